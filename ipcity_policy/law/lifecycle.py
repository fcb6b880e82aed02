"""What a version says of time: states, what moves between them, terms, duties and lapses.

Nothing here knows a state, an event or a period: all of them are the law's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from ipcity_policy.lang import core
from ipcity_policy.lang.time_limits import Counting
from ipcity_policy.law.model import Basis, Localized, Origin, weakest
from ipcity_policy.text.subject import EntryKey, EntryKind


@dataclass(frozen=True, slots=True)
class State:
    """Where a subject may stand."""

    id: str
    label: Localized
    #: Whether a subject stands here before anything has happened.
    initial: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Guard:
    """What a decision must give for a transition to be taken."""

    decision: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Transition:
    """That an event moves a subject from one state to another."""

    id: str
    event: str
    #: The states that it leads out of; None is any.
    sources: tuple[str, ...] | None
    target: str
    #: What happens to the number of the round: `first`, `next` or `same`.
    round: str
    #: What a decision must give; None where none is asked.
    guard: Guard | None
    #: What must hold of what the event states; None where nothing is asked.
    condition: core.Condition | None
    effects: tuple[core.Effect, ...]
    origin: Origin

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.TRANSITION, self.id)

    def leads_from(self, state: str) -> bool:
        """Tell whether it leads out of a state."""
        return self.sources is None or state in self.sources

    def leads_from_any(self, states: Iterable[str]) -> bool:
        """Tell whether it leads out of one of some states."""
        return any(map(self.leads_from, states))


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in a history: that of an event, or the first or last day of a term."""

    #: `event`, `start` or `end`.
    of: str
    name: str


@dataclass(frozen=True, slots=True)
class Rounds:
    """The number of a round between two ends; an end that is None is open."""

    low: int
    high: int | None

    @property
    def may_be_later(self) -> bool:
        """Whether it may be a round after the first."""
        return self.high is None or self.high > 1


@dataclass(frozen=True, slots=True)
class Term:
    """A time that runs from the day on which a state is entered."""

    id: str
    label: Localized
    state: str
    #: The parameter that holds its length.
    lasts: str
    #: The state that follows on its last day; None where it stays.
    then: str | None
    #: The states in which it goes on once the subject has left the one that it runs in.
    through: tuple[str, ...]
    #: Whether it may begin only after the day on which the state is entered.
    later: bool
    #: Whether what the text calculates counts where a notice states other days.
    notice_yields: bool
    origin: Origin
    #: The events that move nothing before its last day.
    holds_back: tuple[str, ...] = ()
    #: What its length rests on in a round after the first; None where that is the same.
    later_rounds: Basis | None = None

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.TERM, self.id)

    def origin_in(self, rounds: Rounds) -> Origin:
        """Return where it stands, and how firmly in a round."""
        if self.later_rounds is None or not rounds.may_be_later:
            return self.origin
        return replace(self.origin, basis=weakest((self.origin.basis, self.later_rounds)))


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is to be done by a day, or may be: so long after a moment, or each year."""

    id: str
    says: Localized
    #: The office that is to do it, or may.
    office: str
    #: Whether it is an option: the office may do it in this time, and need not.
    option: bool
    #: The parameter that holds the time for it; None for a duty of each year.
    within: str | None
    #: What the time runs from: each begins one of its own; none for a duty of each year.
    after: tuple[Moment, ...]
    #: Month and day of each year; None for a duty that is due once.
    each_year_by: tuple[int, int] | None
    #: A day of the year before; who stood in its states only later owes it the next year.
    not_before: tuple[int, int] | None
    #: Of a duty of each year, the term in which its day lies; None where that does not matter.
    in_term: str | None
    #: The states in which it is owed on the day it is due; empty where that does not matter.
    during: tuple[str, ...]
    #: The events of which any one meets it.
    met_by: tuple[str, ...]
    #: Whether an event while the term still runs meets it too, after which it is due.
    early: bool
    #: The moment whose day says which version governs; None: that from which the time runs.
    governed_by: Moment | None
    origin: Origin

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.DEADLINE, self.id)


@dataclass(frozen=True, slots=True)
class Lapse:
    """That a subject's state ends by itself because a duty was not met."""

    id: str
    label: Localized
    #: The deadline that was missed.
    missed: str
    sources: tuple[str, ...]
    target: str
    #: The deadline whose being missed keeps this from happening; None where none does.
    unless_missed: str | None
    #: The other deadline that must have been missed for this to happen; None where none.
    if_missed: str | None
    effects: tuple[core.Effect, ...]
    origin: Origin

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.LAPSE, self.id)


@dataclass(frozen=True, slots=True)
class DayOf:
    """The day of the latest of some events and lapses."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfTerm:
    """The first or the last day of the latest run of a term."""

    term: str
    #: `start` or `end`.
    which: str


@dataclass(frozen=True, slots=True)
class OfDuty:
    """The last day of the latest time that ran for a duty."""

    deadline: str


@dataclass(frozen=True, slots=True)
class Since:
    """The day since which a subject has stood in one of some states without a break.

    Where it has left them since, that of the latest stay.
    """

    states: tuple[str, ...]
    #: The states in which a stay before no longer counts.
    lost_in: tuple[str, ...] = ()
    #: Whether each round begins a stay of its own.
    by_round: bool = False


@dataclass(frozen=True, slots=True)
class ByState:
    """The option that goes with the state."""

    options: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Barred:
    """Whether a bar on an application runs."""

    application: str
    #: Whether only a bar counts that began under the version itself.
    own: bool = False


@dataclass(frozen=True, slots=True)
class ByYear:
    """What the events of a kind state of a fact, by year."""

    event: str
    fact: str


#: What entries that say something of time name of one another.
_OWN = (EntryKind.STATE, EntryKind.TERM, EntryKind.DEADLINE)
#: The kinds of entry that say something of time.
OF_TIME = (
    EntryKind.STATE,
    EntryKind.TRANSITION,
    EntryKind.TERM,
    EntryKind.DEADLINE,
    EntryKind.LAPSE,
    EntryKind.DERIVED,
    EntryKind.COUNTING,
)
DerivedFrom: TypeAlias = DayOf | OfTerm | OfDuty | Since | ByState | Barred | ByYear


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that follows from the history where a sheet does not state it."""

    fact: str
    source: DerivedFrom
    origin: Origin


@dataclass(frozen=True, slots=True)
class History:
    """All that a version says of time."""

    states: Mapping[str, State] = field(default_factory=dict)
    transitions: Mapping[str, Transition] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    lapses: Mapping[str, Lapse] = field(default_factory=dict)
    derived: Mapping[str, Derived] = field(default_factory=dict)
    counting: Counting = field(default_factory=Counting)

    def names(self) -> frozenset[EntryKey]:
        """Return what it mentions besides itself."""
        keys = (
            key
            for kind, entries in self._naming().items()
            for id in entries
            for key in named_in(self, EntryKey(kind, id))
        )
        return frozenset(key for key in keys if key.kind not in _OWN)

    def has(self, key: EntryKey) -> bool:
        """Tell whether it holds an entry that may name others."""
        return key.id in self._naming().get(key.kind, {})

    def _naming(self) -> Mapping[EntryKind, Mapping[str, object]]:
        return {
            EntryKind.TRANSITION: self.transitions,
            EntryKind.TERM: self.terms,
            EntryKind.DEADLINE: self.deadlines,
            EntryKind.LAPSE: self.lapses,
            EntryKind.DERIVED: self.derived,
        }

    def events(self) -> frozenset[str]:
        """Return the kinds of events that it mentions."""
        found = {transition.event for transition in self.transitions.values()}
        for deadline in self.deadlines.values():
            moments = (*deadline.after, deadline.governed_by)
            found |= {m.name for m in moments if m is not None and m.of == "event"}
            found |= {*deadline.met_by}
        for term in self.terms.values():
            found |= {*term.holds_back}
        for derived in self.derived.values():
            match derived.source:
                case DayOf(names):
                    found |= {*names} - self.lapses.keys()
                case ByYear(event, _):
                    found.add(event)
        return frozenset(found)

    def ends_a_period(self, fact: str) -> bool:
        """Tell whether a fact names the last day of a period, which others may follow."""
        derived = self.derived.get(fact)
        match derived.source if derived is not None else None:
            case OfTerm(_, which):
                return which == "end"
            case OfDuty():
                return True
        return False

    def of_events_alone(self, derived: Derived) -> bool:
        """Tell whether a fact follows from events, wherever they led."""
        match derived.source:
            case DayOf(names):
                return self.lapses.keys().isdisjoint(names)
            case ByYear():
                return True
        return False

    def leading_to(self, state: str) -> Iterator[EntryKey]:
        """Yield what a subject may come to a state by, and where it begins."""
        begins = (one.id for one in self.states.values() if one.initial)
        yield from _keys(EntryKind.STATE, begins)
        yield from (move.key for move in self.moves() if move.target == state)
        yield from (term.key for term in self.terms.values() if term.then == state)

    def moves(self) -> Iterator[Transition | Lapse]:
        """Yield all that moves a subject and may have effects."""
        yield from self.transitions.values()
        yield from self.lapses.values()


def named_in(history: History, entry: EntryKey) -> frozenset[EntryKey]:
    """Return what one entry names besides itself."""
    id = entry.id
    match entry.kind:
        case EntryKind.TRANSITION:
            return frozenset(_of_transition(history.transitions[id]))
        case EntryKind.TERM:
            term = history.terms[id]
            states = (term.state, term.then, *term.through)
            return _keys(EntryKind.STATE, states) | _keys(EntryKind.PARAMETER, (term.lasts,))
        case EntryKind.DEADLINE:
            return frozenset(_of_deadline(history.deadlines[id]))
        case EntryKind.LAPSE:
            return frozenset(_of_lapse(history.lapses[id]))
        case EntryKind.DERIVED:
            return frozenset(_of_derived(history.derived[id]))
    return frozenset()


def _keys(kind: EntryKind, names: Iterable[str | None]) -> frozenset[EntryKey]:
    return frozenset(EntryKey(kind, name) for name in names if name is not None)


def _of_transition(move: Transition) -> Iterator[EntryKey]:
    yield from _keys(EntryKind.STATE, (move.target, *(move.sources or ())))
    for effect in move.effects:
        yield from core.caused(effect)
    if move.guard is not None:
        yield EntryKey(EntryKind.DECISION, move.guard.decision)
    if move.condition is not None:
        yield from core.names(move.condition)


def _of_deadline(deadline: Deadline) -> Iterator[EntryKey]:
    yield from _keys(EntryKind.STATE, deadline.during)
    yield from _keys(EntryKind.PARAMETER, (deadline.within,))
    yield from _keys(EntryKind.TERM, (deadline.in_term,))
    terms = (one.name for one in deadline.after if one.of != "event")
    yield from _keys(EntryKind.TERM, terms)


def _of_lapse(lapse: Lapse) -> Iterator[EntryKey]:
    yield from _keys(EntryKind.STATE, (lapse.target, *lapse.sources))
    missed = (lapse.missed, lapse.unless_missed, lapse.if_missed)
    yield from _keys(EntryKind.DEADLINE, missed)
    for effect in lapse.effects:
        yield from core.caused(effect)


def _of_derived(derived: Derived) -> Iterator[EntryKey]:
    yield EntryKey(EntryKind.FACT, derived.fact)
    match derived.source:
        case OfTerm(name, _):
            yield EntryKey(EntryKind.TERM, name)
        case OfDuty(name):
            yield EntryKey(EntryKind.DEADLINE, name)
        case ByYear(_, name):
            yield EntryKey(EntryKind.FACT, name)
