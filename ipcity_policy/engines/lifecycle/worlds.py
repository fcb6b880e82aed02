"""*Possible worlds.* A world is one possible history of a subject, up to some event.

A world holds the subject's state, what runs in it, and what it leaves of the days that the
sheet states as spans. A day in a world is an expression: offsets from a day that an event
states (see `temporal_constraints`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeVar

from ipcity_policy.engines.lifecycle.position import EventIndex, StepCause, VersionIndex
from ipcity_policy.lang.time_limits import PeriodKind
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.law.lifecycle import Deadline, Moment, Rounds

T = TypeVar("T")

#: A period: the version that sets it, its parameter and what it is for.
Offset = tuple[VersionIndex, str, PeriodKind | None]
#: The offset from a day to the next.
NEXT: Offset = (VersionIndex(-1), "", None)
#: Which day an event anchors. `on` is its own; `from` and `until` are the first and the last of
#: the term in its notice. The others nothing states: `after` is its own day or a later one,
#: `over` that on which a term of unknown length ends, `ever` any day, `always` the first there
#: is.
AnchorKind = Literal["on", "from", "until", "after", "over", "ever", "always"]
#: A day that others are calculated from.
Anchor = tuple[EventIndex, AnchorKind]
#: What an obligation runs from: `event` and its index, or the start or the end of a term and
#: which of its runs. A run of a term that is not known is told apart by the event after it.
Cause = tuple[str, int]

ANY_ROUND = Rounds(0, None)


@dataclass(frozen=True, slots=True)
class DayExpression:
    """A day as offsets, one after the other, from an anchor.

    What begins on the day after a period, as `NEXT` says, follows that period: a period that
    comes after `NEXT` is calculated from the last day of the one before it.
    """

    event: EventIndex
    of: AnchorKind = "on"
    offsets: tuple[Offset, ...] = ()
    #: Calculated once: worlds are told apart often, and days may have many offsets.
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.event, self.of, self.offsets)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def anchor(self) -> Anchor:
        """The day that it is calculated from."""
        return self.event, self.of

    def then(self, *offsets: Offset) -> "DayExpression":
        """Return the day after more offsets.

        >>> DayExpression(EventIndex(0)).then(NEXT).offsets == (NEXT,)
        True
        """
        return replace(self, offsets=(*self.offsets, *offsets))


@dataclass(frozen=True, slots=True)
class WorldStep:
    """That the subject left a state for another, or began another round."""

    cause: StepCause
    #: The transition, term or lapse.
    id: str
    day: DayExpression
    #: None where it is not known.
    source: str | None
    target: str
    round: Rounds
    version: VersionIndex
    #: The event that did it; None where none did.
    event: EventIndex | None
    #: How many terms had begun before.
    begun: int
    #: Whether the subject may have been in the state before, for all that is known.
    may_stay: bool = False
    #: Whether it is a lapse of an obligation of which it is not known whether it ran at all.
    perhaps: bool = False


@dataclass(frozen=True, slots=True)
class TermStart:
    """A term that began."""

    term: str
    version: VersionIndex
    start: DayExpression
    end: DayExpression
    #: The last day as the version calculates it, whatever the notice states; None where the
    #: provision for it is withheld.
    calculated: DayExpression | None
    #: The event that began it; None where none did.
    event: EventIndex | None
    round: Rounds


@dataclass(frozen=True, slots=True)
class Obligation:
    """A deadline that began to run."""

    deadline: Deadline
    version: VersionIndex
    #: What its time runs from.
    moment: Moment
    since: DayExpression
    due: DayExpression
    #: The day from which an event meets it.
    opened: DayExpression
    cause: Cause
    #: Whether the version that says so governs it.
    governed: Truth
    #: Whether it follows from a term whose provision counts as not available.
    withheld: bool = False
    #: The first day on which its time is over.
    over: DayExpression = field(init=False, compare=False, repr=False)
    #: Calculated once, as that of a day.
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "over", self.due.then(NEXT))
        key = (self.deadline.id, self.version, self.since, self.due, self.cause)
        object.__setattr__(self, "_hash", hash(key))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class World:
    """The state of a subject, how it came there, and what is still running."""

    #: None where it is not known.
    state: str | None
    round: Rounds
    running: TermStart | None = None
    terms: tuple[TermStart, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    steps: tuple[WorldStep, ...] = ()
    #: The events that had no effect, each with the lapse that stood in the way.
    conflicts: tuple[tuple[EventIndex, str], ...] = ()
    #: The events that a term held back, each with the term.
    held_back: tuple[tuple[EventIndex, str], ...] = ()
    #: The lapses that did not come, each with what its obligation ran from.
    settled: frozenset[tuple[str, Cause]] = frozenset()
    #: What this world leaves of anchors that are stated as spans; others are as stated.
    narrowed: tuple[tuple[Anchor, Dates], ...] = ()
    #: The day before which nothing more happens.
    cursor: date = date.min
    #: Whether worlds were given up for it, even if an event has named the state again since.
    lost: bool = False
    #: The steps and terms that those worlds had in common.
    past: tuple[WorldStep, ...] = ()
    past_terms: tuple[TermStart, ...] = ()

    def __hash__(self) -> int:
        """Return what tells most worlds apart without going through all that came before."""
        last = self.steps[-1:], self.terms[-1:], self.obligations[-1:]
        sizes = len(self.steps), len(self.obligations), len(self.settled)
        return hash((self.state, self.cursor, self.narrowed, sizes, last))

    def narrow(self, anchor: Anchor, days: Dates) -> "World":
        """Return the world with less left of an anchor.

        >>> world = World("open", ANY_ROUND)
        >>> day = Dates(date(2020, 1, 1), date(2020, 1, 31))
        >>> world.narrow((EventIndex(0), "on"), day).narrowed == (((0, "on"), day),)
        True
        """
        others = tuple(pair for pair in self.narrowed if pair[0] != anchor)
        return replace(self, narrowed=tuple(sorted((*others, (anchor, days)), key=_anchor)))

    def after(self, day: date) -> "World":
        """Return the world once something has happened, at the earliest on a day.

        >>> World("open", ANY_ROUND).after(date(2020, 1, 1)).cursor
        datetime.date(2020, 1, 1)
        """
        return replace(self, cursor=max(self.cursor, day))

    def with_obligations(self, obligations: Sequence[Obligation]) -> "World":
        """Return the world with more obligations."""
        if not obligations:
            return self
        return replace(self, obligations=(*self.obligations, *obligations))


def occurrences(steps: Iterable[WorldStep]) -> Iterator[tuple[WorldStep, int]]:
    """Yield each step with its event, or with how often it was taken by itself before.

    So the same step of another world is found, and one of a later round told apart.

    >>> from tests.boxes import course
    >>> _, world = course("registered 2010-06-01", on="2011-06-20")
    >>> [(step.id, which) for step, which in occurrences(world.steps)]
    [('registration', 0), ('hold', 0)]
    """
    taken = Counter[str]()
    for step in steps:
        yield step, step.event if step.event is not None else taken[step.id]
        taken[step.id] += 1


def give_up(worlds: Sequence[World]) -> World:
    """Return one world that stands for several, in which the state is not known.

    What it says is true of each of them: it is less than could be known, and never more.

    >>> every = give_up([World("open", Rounds(1, 1)), World("closed", Rounds(1, 1))])
    >>> every.state is None, every.lost
    (True, True)
    """
    obligations = worlds[0].obligations
    if any(world.obligations != obligations for world in worlds):
        every = dict.fromkeys(one for world in worlds for one in world.obligations)
        shared = set(obligations).intersection(*(world.obligations for world in worlds))
        # What runs in some worlds only may not run.
        obligations = tuple(
            one if one in shared else replace(one, governed=None) for one in every
        )
    return World(
        None,
        ANY_ROUND,
        obligations=tuple(dict.fromkeys(obligations)),
        cursor=min(world.cursor for world in worlds),
        lost=True,
        past=_shared([(*one.past, *one.steps) for one in worlds]),
        past_terms=_shared([(*one.past_terms, *one.terms) for one in worlds]),
    )


def _shared(every: Sequence[tuple[T, ...]]) -> tuple[T, ...]:
    """Return what all of some tuples have, in the order of the first."""
    first, *others = every
    if all(other == first for other in others):
        return first
    held = [set(other) for other in others]
    return tuple(one for one in first if all(one in other for other in held))


def _anchor(pair: tuple[Anchor, Dates]) -> Anchor:
    return pair[0]
