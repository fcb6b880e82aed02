"""From the files of a version or draft to the version as written.

Here a version takes in what it carries over, and a draft changes the version it amends.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from ipcity_policy.law.files import inside
from ipcity_policy.law.model import Basis, Localized, Provision
from ipcity_policy.law.patch import apply_patch
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import (
    Version,
    child,
    read_patch,
    read_version,
    texts_of,
    without_unread,
    words_of,
)
from ipcity_policy.law.ref import Ref
from ipcity_policy.law.schemas.rules import DRAFT
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    has_errors,
)
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryKind
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar
from ipcity_policy.yaml.normalize import cleared
from ipcity_policy.yaml.validate import departures

#: The file of a version that is no article.
HEADER_FILE = "measure.yaml"


def rule_files(version: Path) -> tuple[Path, ...]:
    """Return the files of a version's folder, in order of name."""
    return tuple(path for path in inside(version) if path.suffix == ".yaml")


class Shelf(Protocol):
    """What a version may rest on: other versions and drafts, and files."""

    def find(self, name: str) -> Ref | None:
        """Find a version or draft by name."""

    def names(self) -> tuple[str, ...]:
        """Return all names that can be found."""

    def document(self, path: Path) -> Result[Node]:
        """Read a file."""

    def version(self, ref: Ref) -> Result[Version]:
        """Return a version as written."""

    def program(self, ref: Ref) -> Result[Program]:
        """Return a version checked."""


def assemble(shelf: Shelf, ref: Ref) -> Result[Version]:
    """Read a version or draft as written."""
    return _draft(shelf, ref) if ref.is_draft else _own(shelf, ref)


def _own(shelf: Shelf, ref: Ref) -> Result[Version]:
    files = [path for path in rule_files(ref.path) if path.name != HEADER_FILE]
    header = shelf.document(ref.path / HEADER_FILE)
    diagnostics = list(header.diagnostics)
    nodes: list[Node] = []
    for path in files:
        read = shelf.document(path)
        diagnostics += read.diagnostics
        if read.value is not None:
            nodes.append(read.value)
    if header.value is None:
        return Result(None, tuple(diagnostics))
    result = read_version(ref.id, header.value, nodes)
    unread = _keys_unread(diagnostics) if len(nodes) < len(files) else frozenset[str]()
    diagnostics += without_unread(result.diagnostics, unread)
    if result.value is None:
        return Result(None, tuple(diagnostics))
    version = _carry(shelf, replace(result.value, unread=unread), diagnostics)
    repealed = (
        header.value.get("repeals") if isinstance(header.value, document.Mapping) else None
    )
    if isinstance(repealed, Scalar) and repealed.text not in shelf.names():
        near, fix = nearest(repealed.text, shelf.names(), repealed.span)
        message = say("there is no version `{text}` to repeal", text=repealed.text)
        diagnostics.append(diagnose("M101", message, repealed.span, help=near, fix=fix))
    return Result(version, tuple(diagnostics))


def _keys_unread(diagnostics: list[Diagnostic]) -> frozenset[str]:
    """Return what looks like a key in the files that could not be read."""
    sources = {d.at.source for d in diagnostics if isinstance(d.at, Span)}
    return frozenset(
        key for source in sources for key in re.findall(r"([\w.-]+)[:：]", source.text)
    )


def _carry(shelf: Shelf, version: Version, diagnostics: list[Diagnostic]) -> Version:
    """Bring in what substitutes for a text, with all that it rests on."""
    entries = dict(version.entries)
    elsewhere: dict[str, Mapping[str, Provision]] = {}
    for carry in version.carries:
        other = shelf.find(carry.version)
        there = shelf.version(other).value if other else None
        program = shelf.program(other).value if other else None
        if there is None or program is None:
            near, fix = nearest(carry.version, shelf.names(), carry.span)
            message = say("`{version}` does not exist", version=carry.version)
            if other is not None:
                near, fix = say("fix those first"), None
                message = say("`{version}` has errors of its own", version=carry.version)
            diagnostics.append(diagnose("M110", message, carry.span, help=near, fix=fix))
            continue
        wanted: set[EntryKey] = set()
        for decision, at in carry.decisions:
            if decision not in program.decisions:
                near, fix = nearest(decision, program.decisions, at)
                message = say(
                    "`{version}` has no decision `{decision}`",
                    version=carry.version,
                    decision=decision,
                )
                diagnostics.append(diagnose("M110", message, at, help=near, fix=fix))
                continue
            wanted |= _wanted(program, there, decision)
        wanted |= _of_time(program, there, carry.kinds, wanted, entries.keys())
        for key in (key for key in there.entries if key in wanted):
            entry = there.entries[key]
            origin = replace(entry.origin, basis=Basis.ASSUMED, carried_from=there.id)
            entries.setdefault(key, replace(entry, origin=origin))
        elsewhere[there.id] = there.provisions
    return replace(
        version,
        entries=MappingProxyType(entries),
        elsewhere=MappingProxyType(elsewhere),
    )


def _wanted(program: Program, there: Version, decision: str) -> set[EntryKey]:
    """Return the entries that a decision rests on, and those that its readings bring in."""
    reach = {key for one in program.asked_with(decision) for key in program.reach(one)}
    wanted: set[EntryKey] = set()
    while True:
        entries = set(reach)
        touched = {
            reading.key for reading in program.readings.values() if reading.touches(entries)
        }
        entries |= touched
        if entries == wanted:
            return wanted
        wanted = entries
        reach |= _named(program, there, touched)


def _of_time(
    program: Program,
    there: Version,
    kinds: tuple[str, ...],
    others: Set[EntryKey],
    own: Set[EntryKey],
) -> set[EntryKey]:
    """Return the entries of some kinds and what they rest on, with the readings of them alone.

    A reading that also touches what is not taken over, as where the version has its `own`, has
    no meaning here.
    """
    entries = {key for key in there.entries if key.kind in kinds and key not in own}
    readings: set[EntryKey] = {
        reading.key
        for reading in program.readings.values()
        if reading.stays_in(entries | others)
    }
    return entries | readings | _named(program, there, entries | readings)


def _named(program: Program, there: Version, keys: Iterable[EntryKey]) -> set[EntryKey]:
    """Return the rules and parameters that some entries name, and all that those rest on."""
    words = {
        word
        for key in keys
        for text in texts_of(there.entries[key].node)
        for word in re.split(r"[^\w-]+", text)
    }
    kinds = ((EntryKind.RULE, program.rules), (EntryKind.PARAMETER, program.parameters))
    named = {EntryKey(kind, name) for kind, names in kinds for name in names if name in words}
    return set(program.rests_on(named))


def _draft(shelf: Shelf, ref: Ref) -> Result[Version]:
    read = shelf.document(ref.path)
    if read.value is None:
        return Result(None, read.diagnostics)
    node, found = cleared(read.value, DRAFT)
    wrong = (*read.diagnostics, *departures(node, DRAFT))
    diagnostics = [*wrong, *found]
    amends = child(node, "amends")
    if has_errors(wrong) or not isinstance(amends, Scalar):
        return Result(None, tuple(diagnostics))
    base = shelf.find(amends.text)
    if base is None:
        near, fix = nearest(amends.text, shelf.names(), amends.span)
        message = say("there is no version `{text}`", text=amends.text)
        diagnostics.append(diagnose("M101", message, amends.span, help=near, fix=fix))
        return Result(None, tuple(diagnostics))
    if base.is_draft:
        message = say("`{text}` is a draft, but a draft amends a version", text=amends.text)
        help = say("name the version, and write the changes of both drafts into one")
        diagnostics.append(diagnose("M101", message, amends.span, help=help))
        return Result(None, tuple(diagnostics))
    amended = shelf.version(base)
    diagnostics += amended.diagnostics
    if amended.value is None:
        return Result(None, tuple(diagnostics))
    patch = read_patch(node)
    if patch.empty:
        diagnostics.append(
            diagnose(
                "M104",
                say("the draft changes nothing yet"),
                amends.span,
                help=say("write under `change:`, `add:` or `repeal:` what it changes"),
            )
        )
    patched = apply_patch(amended.value, patch, ref.id)
    # Where the version cannot be read whole, what a change names may be in what is missing.
    whole = not has_errors(amended.diagnostics)
    diagnostics += [d for d in patched.diagnostics if whole or d.code.id != "M102"]
    if patched.value is None:
        return Result(None, tuple(diagnostics))
    version = replace(
        patched.value,
        id=ref.id,
        title=words_of(node, "title") or Localized(ref.id, ref.id),
        number=None,
        issuer=None,
        in_force=None,
        repeals=None,
        note=words_of(node, "why"),
        amends=amended.value.id,
        patch=patch,
        span=amends.span,
    )
    return Result(version, tuple(diagnostics))
