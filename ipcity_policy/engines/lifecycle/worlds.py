"""One way in which the events of a subject may have gone, as far as their days are known."""

from dataclasses import dataclass, field, replace
from datetime import date

from ipcity_policy.engines.lifecycle.position import StepCause
from ipcity_policy.lang.time_limits import PeriodKind
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.law.lifecycle import Deadline, Moment, Rounds

#: A period by its version, its parameter and what it is for.
Offset = tuple[int, str, PeriodKind | None]
#: The hop from a day to the next.
NEXT: Offset = (-1, "", None)
#: A day that an event states: its own, or the first or last of the term in its notice. Or one
#: that nothing states: no earlier than its own, or any.
Anchor = tuple[int, str]


@dataclass(frozen=True, slots=True)
class DayExpression:
    """A day that follows from one that an event states, by periods one after the other.

    What begins on the day after a period, as `NEXT` says, follows that period: a period that
    comes after `NEXT` is reckoned from the last day of the one before it.
    """

    event: int
    #: `on`, `from` or `until`; `after` for its own day or a later one, `over` for that on which
    #: a term of unknown length ends, `ever` for any day, `always` for the first there is.
    of: str = "on"
    offsets: tuple[Offset, ...] = ()
    #: Reckoned once: ways are told apart often, and days may follow from many.
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.event, self.of, self.offsets)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def anchor(self) -> Anchor:
        """The day that it is reckoned from."""
        return self.event, self.of

    def then(self, *offsets: Offset) -> "DayExpression":
        """Return the day after more periods."""
        return replace(self, offsets=(*self.offsets, *offsets))


@dataclass(frozen=True, slots=True)
class WorldStep:
    """That a state was left for another, or another round began, on one way."""

    cause: StepCause
    #: The transition, term or lapse.
    id: str
    day: DayExpression
    source: str | None
    target: str
    round: Rounds
    version: int
    #: The event that did it; None where none did.
    event: int | None
    #: How many terms had begun before.
    begun: int
    #: Whether the subject may have stood in the state before, for all that is known.
    may_stay: bool = False
    #: Whether it is not known that what it hangs on was there at all.
    perhaps: bool = False


@dataclass(frozen=True, slots=True)
class TermStart:
    """A term that began, on one way."""

    term: str
    version: int
    start: DayExpression
    end: DayExpression
    #: The last day as the text reckons it, whatever the notice states; None where the text
    #: for it is withheld.
    reckoned: DayExpression | None
    #: The event that began it; None where none did.
    event: int | None
    round: Rounds


@dataclass(frozen=True, slots=True)
class Obligation:
    """A deadline that began to run, on one way."""

    deadline: Deadline
    version: int
    #: What its time runs from.
    moment: Moment
    since: DayExpression
    due: DayExpression
    #: The day from which an event meets it.
    opened: DayExpression
    #: Which event or term of those that its time runs from.
    cause: tuple[str, int]
    #: Whether the version that says so governs it.
    governed: Truth
    #: Whether it hangs on a term whose text counts as not available.
    withheld: bool = False
    #: The first day on which its time is over.
    over: DayExpression = field(init=False, compare=False, repr=False)
    #: Reckoned once, as that of a day.
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "over", self.due.then(NEXT))
        key = (self.deadline.id, self.version, self.since, self.due, self.cause)
        object.__setattr__(self, "_hash", hash(key))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class World:
    """Where a subject stands if the events went in one way, and what is still running."""

    #: None where the course of events was lost.
    state: str | None
    round: Rounds
    running: TermStart | None = None
    terms: tuple[TermStart, ...] = ()
    owed: tuple[Obligation, ...] = ()
    steps: tuple[WorldStep, ...] = ()
    #: The events that had no effect, each with the lapse that stood in the way.
    conflicts: tuple[tuple[int, str], ...] = ()
    #: The events that a term held back, each with the term.
    held_back: tuple[tuple[int, str], ...] = ()
    #: The lapses that did not come, each with what the duty ran from.
    settled: frozenset[tuple[str, tuple[str, int]]] = frozenset()
    #: What this way leaves of days that are known as spans.
    narrowed: tuple[tuple[Anchor, Dates], ...] = ()
    #: The day before which nothing more happens.
    cursor: date = date.min
    #: Whether the course was given up on it, even if an event told again where it stands.
    lost: bool = False
    #: The steps and terms that were known when it was given up.
    past: tuple[WorldStep, ...] = ()
    past_terms: tuple[TermStart, ...] = ()

    def __hash__(self) -> int:
        """Return what tells most ways apart without going through all that came before."""
        last = self.steps[-1:], self.terms[-1:], self.owed[-1:]
        sizes = len(self.steps), len(self.owed), len(self.settled)
        return hash((self.state, self.cursor, self.narrowed, sizes, last))

    def narrow(self, base: Anchor, days: Dates) -> "World":
        """Return the branch with less left of a day that an event states."""
        others = tuple(pair for pair in self.narrowed if pair[0] != base)
        return replace(self, narrowed=tuple(sorted((*others, (base, days)), key=_by_base)))

    def after(self, day: date) -> "World":
        """Return the branch once something has happened, at the earliest on a day."""
        return replace(self, cursor=max(self.cursor, day))


def _by_base(pair: tuple[Anchor, Dates]) -> Anchor:
    return pair[0]
