"""Fixes made: the edits that diagnostics offer, round after round, and none that harms."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from ipcity_policy.text.codes import Severity
from ipcity_policy.text.diagnostic import Diagnostic, Edit
from ipcity_policy.text.message import Message
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.edits import compatible, splice
from ipcity_policy.yaml.reader import decode

#: How many rounds are made, and how often the files are looked at in all of them.
MAX_ROUNDS = 20
MAX_LOOKS = 60
#: What keeps a whole file from being read.
_BARS = ("S101", "S102", "S103", "S104", "S105", "S108")

Edited: TypeAlias = Mapping[Path, bytes]
#: What is wrong, wherever in its file it stands: edits move it.
_Kind: TypeAlias = tuple[str, Message, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in files, and where each file lies that is named in it."""

    diagnostics: tuple[Diagnostic, ...]
    paths: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class AppliedFixes:
    """What was fixed, the bytes that the files then hold, and what is left."""

    fixed: tuple[Diagnostic, ...]
    before: Edited
    after: Edited
    seen: Seen


def apply_fixes(
    seen: Seen, look: Callable[[Edited], Seen], read: Callable[[Path], bytes | None]
) -> AppliedFixes:
    """Make the edits that are offered by what was seen, until none is left that can be made.

    `look` tells what is found where some files hold other bytes; `read` gives the bytes of
    a file that may be edited, and None for every other.
    """
    fixing = _Fixing(seen, look, read)
    for _ in range(MAX_ROUNDS):
        if not fixing.round():
            break
    before = {path: fixing.original[path] for path in fixing.edited}
    left = tuple(
        replace(one, fix=None) if _kind(one) in fixing.refused else one
        for one in fixing.seen.diagnostics
    )
    seen = replace(fixing.seen, diagnostics=left)
    return AppliedFixes(tuple(fixing.fixed), before, fixing.edited, seen)


@dataclass
class _Fixing:
    seen: Seen
    look: Callable[[Edited], Seen]
    read: Callable[[Path], bytes | None]
    edited: dict[Path, bytes] = field(default_factory=dict)
    original: dict[Path, bytes] = field(default_factory=dict)
    fixed: list[Diagnostic] = field(default_factory=list)
    #: What did harm; it is not tried again.
    refused: set[_Kind] = field(default_factory=set)
    looks: int = 0

    def round(self) -> bool:
        """Make what can be made together; tell whether anything was."""
        sources = {
            id(e.at.source): e.at.source for d in self.seen.diagnostics for e in _edits(d)
        }
        current = {key for key, one in sources.items() if self._current(one.name) == one}
        wanted = [
            diagnostic
            for diagnostic in self.seen.diagnostics
            if _kind(diagnostic) not in self.refused
            and all(id(edit.at.source) in current for edit in _edits(diagnostic))
        ]
        start, held = self.seen, dict(self.edited)
        for depth in range(3):
            if depth == 2 and _errors(start.diagnostics, 1):
                break  # what seems misspelt may be declared where nothing could be understood
            todo = compatible(one for one in wanted if _depth(one) == depth)
            made = self._make(start, held, [], todo)
            if made:
                self.fixed += made
                return True
        return False

    def _current(self, name: str) -> Source | None:
        """Return what a file says now; None where it may not be edited."""
        path = self.seen.paths.get(name)
        if path is None:
            return None
        if path not in self.original:
            data = self.read(path)
            if data is None:
                return None
            self.original[path] = data
        return decode(name, self.edited.get(path, self.original[path])).value

    def _make(
        self, start: Seen, held: Edited, made: list[Diagnostic], todo: Sequence[Diagnostic]
    ) -> list[Diagnostic]:
        """Make `todo` beside what was made; where that harms, each half of it alone."""
        if not todo or self.looks == MAX_LOOKS:
            return made
        self.looks += 1
        edited = self._with(start, held, [*made, *todo])
        seen = self.look(edited)
        spoilt = _spoils(self.seen, seen, todo, beside=made)
        if not spoilt and _better(self.seen, seen, todo):
            self.edited, self.seen = edited, seen
            return [*made, *todo]
        if len(todo) == 1:
            self.refused.add(_kind(todo[0]))
            return made
        half = len(todo) // 2
        made = self._make(start, held, made, todo[:half])
        return self._make(start, held, made, todo[half:])

    def _with(
        self, start: Seen, held: Edited, diagnostics: Iterable[Diagnostic]
    ) -> dict[Path, bytes]:
        """Return the bytes of the files with these fixes made in what the round began with."""
        edits: dict[Path, list[Edit]] = {}
        for diagnostic in diagnostics:
            for edit in _edits(diagnostic):
                edits.setdefault(start.paths[edit.at.source.name], []).append(edit)
        changed = {
            path: splice(held.get(path, self.original[path]), some)
            for path, some in edits.items()
        }
        return {**held, **changed}


def _edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return diagnostic.fix.edits if diagnostic.fix is not None else ()


def _depth(diagnostic: Diagnostic) -> int:
    """Order fixes: a file must be read, and have its form, before the rest can be judged."""
    return 0 if diagnostic.code.id in _BARS else 1 if diagnostic.code.id[0] == "S" else 2


def _better(before: Seen, after: Seen, made: Sequence[Diagnostic]) -> bool:
    """Tell whether what was to be fixed is gone, and nothing came instead.

    To fix the form of a file may bring to light what its other errors are; they count only
    for fixes of what is said in it.
    """
    depth = _depth(made[0])
    if depth == 0:
        return all(_reads_further(after, diagnostic) for diagnostic in made)
    kinds = Counter(map(_kind, after.diagnostics))
    were = Counter(map(_kind, before.diagnostics))
    gone = Counter(map(_kind, made))
    if any(kinds[kind] > were[kind] - count for kind, count in gone.items()):
        return False
    # Several at once must each be worth it, so that none hides behind another; and one error
    # for another is no fix, unless it stands below a key or a name that is now understood.
    fixed = _errors(made, depth) if len(made) > 1 or depth == 2 else 0
    return _barred(after) <= _barred(before) and all(
        _errors(after.diagnostics, deep) + (fixed if deep == depth else 0)
        <= _errors(before.diagnostics, deep)
        for deep in range(1, depth + 1)
    )


def _spoils(
    before: Seen, after: Seen, made: Sequence[Diagnostic], *, beside: Sequence[Diagnostic]
) -> bool:
    """Tell whether an error came to where something was fixed: it was meant otherwise.

    One that can be fixed itself was only hidden before.
    """
    were = set(map(_kind, before.diagnostics))
    lines = set(_lines(made, beside))
    return any(
        one.severity is Severity.ERROR
        and one.fix is None
        and (one.at.file, one.at.row) in lines
        and _kind(one) not in were
        for one in after.diagnostics
    )


def _lines(
    made: Sequence[Diagnostic], beside: Sequence[Diagnostic]
) -> Iterator[tuple[str, int]]:
    """Yield the lines on which edits stand, by file, once those beside them are made too."""
    edits = [(edit, one in made) for one in (*made, *beside) for edit in _edits(one)]
    moved = Counter[str]()
    for edit, asked in sorted(edits, key=lambda pair: pair[0].at.start):
        name = edit.at.source.name
        if asked:
            yield name, edit.at.position.line + moved[name]
        moved[name] += edit.text.count("\n") - edit.at.text.count("\n")


def _barred(seen: Seen) -> set[str]:
    return {d.at.file for d in seen.diagnostics if d.code.id in _BARS}


def _kind(diagnostic: Diagnostic) -> _Kind:
    return diagnostic.code.id, diagnostic.message, diagnostic.at.file


def _errors(diagnostics: Iterable[Diagnostic], depth: int) -> int:
    """Count the errors up to a depth."""
    return sum(d.severity is Severity.ERROR and _depth(d) <= depth for d in diagnostics)


def _reads_further(after: Seen, fixed: Diagnostic) -> bool:
    """Tell whether nothing bars the file any more up to the place that was fixed."""
    return all(
        _rest(bar) < _rest(fixed)
        for bar in after.diagnostics
        if bar.code.id in _BARS and bar.at.file == fixed.at.file
    )


def _rest(diagnostic: Diagnostic) -> int:
    """Count what follows the place: an edit before it does not change that."""
    at = diagnostic.at
    return len(at.source.text) - at.start if isinstance(at, Span) else 0
