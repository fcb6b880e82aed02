"""A version looked at as it is written, and as each option of its readings has it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from ipcity_policy.lang import core
from ipcity_policy.law.checks.blame import blamed, uses_of
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import Version
from ipcity_policy.law.ref import Ref
from ipcity_policy.questions.choices import Choices
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.text.subject import EntryKey, EntryKind


@dataclass(frozen=True, slots=True)
class Worded:
    """A version as one wording has it, and which of its entries that wording touches."""

    program: Program
    version: Version
    keys: Collection[EntryKey]

    @property
    def conditions(self) -> Iterator[tuple[EntryKey, core.Condition]]:
        """Yield the conditions of the entries that are touched, with the entry of each."""
        for key in self.keys:
            for condition in _written(self.program, key):
                yield key, condition


def each_wording(
    library: Library, ref: Ref, look: Callable[[Worded], Iterator[Diagnostic]]
) -> Iterator[Diagnostic]:
    """Report what is seen in a version, and what more in each option and in a draft.

    What is carried over from another version is told there.
    """
    program, version = library.program(ref).value, library.version(ref).value
    checked = library.checked(ref)
    if program is None or version is None or checked is None:
        return
    entries = version.entries
    own = [key for key, one in entries.items() if one.origin.carried_from is None]
    seen = frozenset[Diagnostic]()
    base = library.find(program.amends) if program.amends is not None else None
    if base is not None and version.patch is not None:
        amended = _amended(library, base)
        if amended is None:
            return
        seen = frozenset(look(amended))
        before = library.checked(base)
        assert before is not None  # INVARIANT: what was amended was checked
        own = list(before.affected(version.patch.entries, version))
        found = tuple(look(Worded(program, version, own)))
        uses = uses_of(program, amended.program)
        yield from _new(blamed(found, seen, (version.patch,), uses), seen)
    else:
        found = tuple(look(Worded(program, version, own)))
        yield from found
    seen |= frozenset(found)
    for reading in program.readings.values():
        if reading.origin.carried_from is not None or (base and not reading.origin.drafted_by):
            continue
        for option in reading.options.values():
            patches = Choices(MappingProxyType({}), {reading.id: option.id}).patches(program)
            patched = library.program(ref, patches).value
            read = library.as_read(ref, patches).value
            if not patches or patched is None or read is None:
                continue
            keys = checked.affected(option.patch.entries, read)
            uses = uses_of(program, patched)
            told = blamed(look(Worded(patched, read, keys)), seen, (option.patch,), uses)
            yield from _new(told, seen)


def _amended(library: Library, base: Ref) -> Worded | None:
    """Return the whole of what a draft amends; None where it does not hold together."""
    program, version = library.program(base).value, library.version(base).value
    if program is None or version is None:
        return None
    return Worded(program, version, tuple(version.entries))


def _new(found: tuple[Diagnostic, ...], seen: frozenset[Diagnostic]) -> Iterator[Diagnostic]:
    return (one for one in found if one not in seen)


def _written(program: Program, key: EntryKey) -> Iterator[core.Condition]:
    """Yield the conditions of an entry."""
    kind, name = key
    match kind:
        case EntryKind.RULE:
            if name in program.rules:
                yield program.rules[name].condition
        case EntryKind.DECISION:
            decision = program.decisions.get(name)
            rows = () if decision is None else decision.outcomes
            yield from (row.condition for row in rows if row.condition is not None)
        case EntryKind.TRANSITION:
            move = program.history.transitions.get(name)
            if move is not None and move.condition is not None:
                yield move.condition
