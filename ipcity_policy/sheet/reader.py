"""A fact sheet read from a file, with the vocabulary and the sources of its measure."""

from pathlib import Path

from ipcity_policy.law.library import Library
from ipcity_policy.law.reader import child
from ipcity_policy.sheet.sheet import Sheet, measure_of, read_sheet
from ipcity_policy.text.diagnostic import Result, diagnose, in_order
from ipcity_policy.text.message import listed, say
from ipcity_policy.text.nearest import did_you_mean
from ipcity_policy.yaml.document import Node


def open_sheet(library: Library, path: Path, within: Path | None = None) -> Result[Sheet]:
    """Read a fact sheet: one that a user named, or one found in a folder."""
    read = library.document(path, within, stream=within is None)
    if read.value is None:
        return Result(None, read.diagnostics)
    result = sheet_from(library, read.value)
    return Result(result.value, in_order(read.diagnostics + result.diagnostics))


def sheet_from(library: Library, node: Node) -> Result[Sheet]:
    """Read a fact sheet that is already a document."""
    name = measure_of(node)
    if name.value is None:
        return Result(None, name.diagnostics)
    home = library.measure(name.value)
    if home is None:
        place = child(node, "measure") or node
        known = [path.name for path in library.measures()]
        there = say(
            "known names: {names}; give the folder that holds it with `--policies`",
            names=listed(known),
        )
        help = did_you_mean(name.value, known) or there
        message = say("there is no measure `{measure}`", measure=name.value)
        return Result(None, (diagnose("M101", message, place.span, help=help),))
    vocabulary, sources = library.vocabulary(home), library.sources(home)
    if vocabulary.value is None or not vocabulary.ok:
        return Result(None, vocabulary.diagnostics)
    read = read_sheet(node, vocabulary.value, sources.value or {})
    return Result(read.value, sources.diagnostics + read.diagnostics)
