"""Layout: rule files, rule tests and sheets in their canonical form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ipcity_policy.api.changes import FileChange
from ipcity_policy.law.files import bytes_of, closed, inside, is_folder, nothing_in
from ipcity_policy.law.formatting import canonical
from ipcity_policy.law.library import shown
from ipcity_policy.text.diagnostic import Diagnostic, Result
from ipcity_policy.text.message import say


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
