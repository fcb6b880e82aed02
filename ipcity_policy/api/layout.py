"""Layout: rule files, rule tests and sheets in their canonical form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ipcity_policy.api.changes import FileChange
from ipcity_policy.api.policies import nothing_here
from ipcity_policy.law.files import (
    bytes_of,
    closed,
    inside,
    is_folder,
    nothing_in,
    read_bytes,
)
from ipcity_policy.law.formatting import canonical
from ipcity_policy.law.library import Library, shown
from ipcity_policy.law.migration import rewriting
from ipcity_policy.text.diagnostic import Diagnostic, Result, has_errors
from ipcity_policy.text.message import say
from ipcity_policy.yaml.document import Node
from ipcity_policy.yaml.edits import splice


@dataclass(frozen=True, slots=True)
class Formatted:
    """What the layout of some files should be."""

    #: How many files were looked at.
    count: int
    #: Those that are not in canonical form.
    changes: tuple[FileChange, ...]
    #: What cannot be read, and what is wrong in what can.
    diagnostics: tuple[Diagnostic, ...]


def fmt(text: bytes, name: str = "-") -> Result[bytes]:
    """Return the bytes of a YAML file in canonical form.

    Comments, quotes, the order of keys and the breaks between lines stay; lines end with a
    line feed alone, on every system. There is no value where it cannot be read, which is a
    diagnostic under `name`.

    >>> fmt(b"a:   1 # one").value.decode().splitlines()
    ['a: 1  # one']
    >>> fmt(b"a: [", "draft.yaml").diagnostics[0].code.id
    'S105'
    """
    return canonical(name, text)


def fmt_files(paths: Iterable[str | Path]) -> Formatted:
    """Bring files, and of folders all YAML files below them, into canonical form.

    Nothing is written: `FileChange.write` does that. Hidden files, links and JSON are passed
    over.

    >>> found = fmt_files(["tests/second_law"])
    >>> found.count > 10, found.changes, found.diagnostics
    (True, (), ())
    """
    diagnostics: list[Diagnostic] = []
    changes: list[FileChange] = []
    files = dict.fromkeys(file for path in paths for file in _files(Path(path), diagnostics))
    for file in files:
        read = bytes_of(file, shown(file))
        diagnostics += read.diagnostics
        if read.value is not None:
            result = canonical(shown(file), read.value)
            diagnostics += result.diagnostics
            if result.value is not None and result.value != read.value:
                changes.append(FileChange(file, shown(file), read.value, result.value))
    return Formatted(len(files), tuple(changes), tuple(diagnostics))


def migrate_files(paths: Iterable[str | Path]) -> Formatted:
    """Rewrite measures in the newest rule language: folders of measures, or of one.

    Comments and layout stay. A measure is rewritten whole or not at all: where a file of it
    cannot be read, or something can only be fixed by hand, that is told. Nothing is written:
    `FileChange.write` does that, in the order given, until one fails.

    >>> found = migrate_files(["tests/second_law"])
    >>> found.count > 10, found.changes, found.diagnostics
    (True, (), ())
    """
    diagnostics: list[Diagnostic] = []
    changes: list[FileChange] = []
    homes: dict[Path, None] = {}
    for path in map(Path, paths):
        measures = Library(path, "").measures()
        diagnostics += [] if measures else [nothing_here(path)]
        homes |= dict.fromkeys(measures)
    count = 0
    for home in homes:
        before: dict[str, bytes] = {}
        read: dict[str, Result[Node]] = {}
        for file in _files(home, diagnostics):
            data = bytes_of(file, shown(file))
            name = file.relative_to(home).as_posix()
            before[name] = data.value or b""
            read[name] = Result(None, data.diagnostics)
            if data.value is not None:
                read[name] = read_bytes(shown(file), data.value)
        count += len(read)
        faults = [told for one in read.values() for told in one.diagnostics]
        nodes = {name: one.value for name, one in read.items() if one.value is not None}
        if len(nodes) < len(read) or has_errors(faults):
            diagnostics += faults
            continue
        made = rewriting(nodes)
        diagnostics += made.barred
        for name, edits in made.edits.items():
            after = splice(before[name], edits)
            changes.append(FileChange(home / name, shown(home / name), before[name], after))
    return Formatted(count, tuple(changes), tuple(diagnostics))


def _files(path: Path, diagnostics: list[Diagnostic]) -> Iterator[Path]:
    """Yield the YAML files at or below a path: none that is hidden, and no links."""
    if not is_folder(path):
        if path.suffix.lower() != ".json":  # it has no form of its own here
            yield path
        return
    found: list[Path] = []
    folders = [path]
    barred: list[Diagnostic] = []
    while folders:
        folder = folders.pop()
        told = closed(folder)
        barred += [told] if told is not None else []
        for one in inside(folder):
            if one.name.startswith(".") or one.is_symlink():
                continue
            if is_folder(one):
                folders.append(one)
            elif one.suffix.lower() in (".yaml", ".yml"):
                found.append(one)
    yield from sorted(found)
    diagnostics += barred
    if not found and not barred:
        diagnostics.append(nothing_in(path, say("there are no YAML files here")))
