"""The clauses that two versions do not have alike, and one version with some of the other's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

from ipcity_policy.lang import core
from ipcity_policy.law.indicators import System
from ipcity_policy.law.lifecycle import OF_TIME, named_in
from ipcity_policy.law.model import PLURAL, Decision, Origin, Parameter, Quantity, Rule
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import Version

#: What of an entry says nothing of what it does.
_WORDING = ("origin", "label", "says")


@dataclass(frozen=True, slots=True)
class Clause:
    """A parameter, rule or decision that the two versions do not have alike."""

    kind: str
    id: str
    #: Where it stands before and after; None where it does not exist.
    before: Origin | None
    after: Origin | None

    @property
    def of_time(self) -> bool:
        """Whether it says something of time."""
        return PLURAL[self.kind] in OF_TIME

    @property
    def carried(self) -> bool:
        """Whether one side only stands in for a text that is not available."""
        return any(
            o is not None and o.carried_from is not None for o in (self.before, self.after)
        )


def mixed(
    before: Version, after: Version, group: tuple[Clause, ...], program: Program
) -> Version:
    """Put the clauses of a group as they are after, with what is new that they name."""
    entries = dict(before.entries)
    for clause in group:
        key = (PLURAL[clause.kind], clause.id)
        entries[key] = after.entries[key]
        for kind, name in _named(clause, program):
            new = (PLURAL[kind], name)
            if new in after.entries:
                entries.setdefault(new, after.entries[new])
    provisions = {**after.provisions, **before.provisions}
    return replace(before, entries=entries, provisions=provisions)


def _named(clause: Clause, program: Program) -> frozenset[tuple[str, str]]:
    """Return all that a clause rests on, as pairs of kind and name."""
    match clause.kind:
        case "decision":
            return program.reach(clause.id)
        case "rule":
            return program.rests_on(program.rules[clause.id].names)
        case "system":
            totals = program.systems[clause.id].totals
            return frozenset(
                pair for q in totals for pair in program.rests_on(core.named(q.expression))
            )
        case "quantity":
            return program.rests_on(core.named(program.quantities[clause.id].expression))
    return named_in(program.history, PLURAL[clause.kind], clause.id)


def clauses_of(before: Program, after: Program) -> Iterator[Clause]:
    """Yield what the two do not have alike, in the order of the version after."""
    kinds: tuple[tuple[str, Mapping[str, object], Mapping[str, object]], ...] = (
        ("parameter", before.parameters, after.parameters),
        ("system", before.systems, after.systems),
        ("quantity", _reckoned(before), _reckoned(after)),
        ("rule", before.rules, after.rules),
        ("decision", before.decisions, after.decisions),
        ("state", before.history.states, after.history.states),
        ("transition", before.history.transitions, after.history.transitions),
        ("term", before.history.terms, after.history.terms),
        ("deadline", before.history.deadlines, after.history.deadlines),
        ("lapse", before.history.lapses, after.history.lapses),
        ("derived", before.history.derived, after.history.derived),
    )
    for kind, old, new in kinds:
        for id in dict.fromkeys((*new, *old)):
            first, second = old.get(id), new.get(id)
            if _meaning(first) != _meaning(second):
                yield Clause(kind, id, origin_in(first), origin_in(second))


def _reckoned(program: Program) -> Mapping[str, Quantity]:
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
