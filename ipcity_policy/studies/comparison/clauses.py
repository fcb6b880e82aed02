"""The clauses that two versions do not have alike, and one version with some of the other's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

from ipcity_policy.lang import core
from ipcity_policy.law.indicators import System
from ipcity_policy.law.lifecycle import OF_TIME, named_in
from ipcity_policy.law.model import Decision, Origin, Parameter, Quantity, Rule
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import Version
from ipcity_policy.text.subject import EntryKey, EntryKind

#: What of an entry says nothing of what it does.
_WORDING = ("origin", "label", "says")


@dataclass(frozen=True, slots=True)
class Clause:
    """A parameter, rule or decision that the two versions do not have alike."""

    key: EntryKey
    #: Where it stands before and after; None where it does not exist.
    before: Origin | None
    after: Origin | None

    @property
    def of_time(self) -> bool:
        """Whether it says something of time."""
        return self.key.kind in OF_TIME

    @property
    def carried(self) -> bool:
        """Whether one side only substitutes for a text that is not available."""
        return any(
            o is not None and o.carried_from is not None for o in (self.before, self.after)
        )


def mixed(
    before: Version, after: Version, group: tuple[Clause, ...], program: Program
) -> Version:
    """Put the clauses of a group as they are after, with what is new that they name."""
    entries = dict(before.entries)
    for clause in group:
        entries[clause.key] = after.entries[clause.key]
        for new in _named(clause.key, program):
            if new in after.entries:
                entries.setdefault(new, after.entries[new])
    provisions = {**after.provisions, **before.provisions}
    return replace(before, entries=entries, provisions=provisions)


def _named(key: EntryKey, program: Program) -> frozenset[EntryKey]:
    """Return all that an entry rests on."""
    match key.kind:
        case EntryKind.DECISION:
            return program.reach(key.id)
        case EntryKind.RULE:
            return program.rests_on(program.rules[key.id].names)
        case EntryKind.SYSTEM:
            totals = program.systems[key.id].totals
            return program.rests_on(one for q in totals for one in core.named(q.expression))
        case EntryKind.QUANTITY:
            return program.rests_on(core.named(program.quantities[key.id].expression))
    return named_in(program.history, key)


def clauses_of(before: Program, after: Program) -> Iterator[Clause]:
    """Yield what the two do not have alike, in the order of the version after."""
    kinds: tuple[tuple[EntryKind, Mapping[str, object], Mapping[str, object]], ...] = (
        (EntryKind.PARAMETER, before.parameters, after.parameters),
        (EntryKind.SYSTEM, before.systems, after.systems),
        (EntryKind.QUANTITY, _calculated(before), _calculated(after)),
        (EntryKind.RULE, before.rules, after.rules),
        (EntryKind.DECISION, before.decisions, after.decisions),
        (EntryKind.STATE, before.history.states, after.history.states),
        (EntryKind.TRANSITION, before.history.transitions, after.history.transitions),
        (EntryKind.TERM, before.history.terms, after.history.terms),
        (EntryKind.DEADLINE, before.history.deadlines, after.history.deadlines),
        (EntryKind.LAPSE, before.history.lapses, after.history.lapses),
        (EntryKind.DERIVED, before.history.derived, after.history.derived),
    )
    for kind, old, new in kinds:
        for id in dict.fromkeys((*new, *old)):
            first, second = old.get(id), new.get(id)
            if _meaning(first) != _meaning(second):
                yield Clause(EntryKey(kind, id), origin_in(first), origin_in(second))


def _calculated(program: Program) -> Mapping[str, Quantity]:
    """Return the quantities that stand for themselves."""
    return {id: one for id, one in program.quantities.items() if one.system is None}


def origin_in(entry: object) -> Origin | None:
    """Return where an entry stands in the law; None where there is none."""
    return getattr(entry, "origin", None)


def _meaning(entry: object) -> object:
    """Return what an entry does, without its titles and places."""
    match entry:
        case None:
            return None
        case Parameter():
            return (entry.datatype, entry.value)
        case Rule():
            return entry.condition
        case Quantity():
            return entry.expression
        case System():
            return tuple((one.id, one.expression) for one in entry.totals)
        case Decision():
            rows = tuple((row.outcome, row.condition, row.effects) for row in entry.outcomes)
            return (entry.governed_by, rows)
    assert is_dataclass(entry)  # INVARIANT: all else says something of time
    names = (one.name for one in fields(entry))
    return tuple(getattr(entry, name) for name in names if name not in _WORDING)
