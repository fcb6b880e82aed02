"""*Position.* Where a subject stands on a day, and how it came there. Data only.

A position is what every possible world shares (`aggregate`). A day is a span, `Dates`; a
version and an event are given by their index.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NewType

from ipcity_policy.lang.values import Dates, Truth, Value
from ipcity_policy.law.lifecycle import (
    Deadline,
    Derived,
    Lapse,
    Moment,
    Rounds,
    Term,
    Transition,
)
from ipcity_policy.law.model import Origin, Reading
from ipcity_policy.law.program import Gap, Program

#: A version, by its index among those that are applied, the oldest first.
VersionIndex = NewType("VersionIndex", int)
#: An event, by its index among those of the sheet, in the order of their days.
EventIndex = NewType("EventIndex", int)


def ends(days: Dates) -> tuple[date, date]:
    """Return the first and the last day that a day may be; an open end is the calendar's.

    >>> ends(Dates(None, date(2020, 2, 29)))
    (datetime.date(1, 1, 1), datetime.date(2020, 2, 29))
    """
    return days.low or date.min, days.high or date.max


class StepCause(StrEnum):
    """By what a state was left and another entered."""

    EVENT = "event"
    #: The term was over.
    TERM = "term"
    #: A duty was not met.
    LAPSE = "lapse"
    #: An event, before which something lies that the sheet does not state.
    GAP = "gap"
    #: An event whose own words name the state, whatever its version makes of it.
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Step:
    """That a subject left one state for another, or began another round."""

    cause: StepCause
    #: The transition, term or lapse.
    id: str
    day: Dates
    #: The state before; None where it is not known.
    source: str | None
    target: str
    round: Rounds
    #: The version that says so.
    version: VersionIndex
    #: The event that did it; None where none did.
    event: EventIndex | None


@dataclass(frozen=True, slots=True)
class StartedTerm:
    """A term that began."""

    term: str
    version: VersionIndex
    start: Dates
    #: Its last day, by the notice that states it and as calculated, as far as they agree.
    end: Dates
    #: Its last day as calculated from its first; None where the provision for it is withheld.
    calculated: Dates | None
    #: Its first and last day as the notice states them; None where it does not.
    stated: tuple[Dates, Dates] | None
    #: The event that began it; None where none did.
    event: EventIndex | None


class Fulfilment(StrEnum):
    """What may have become of a duty."""

    MET = "met"
    MET_LATE = "met-late"
    OPEN = "open"
    OVERDUE = "overdue"
    #: The time for an option is over, and it was not used.
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Duty:
    """A deadline that ran, or runs: of a duty, or of an option."""

    deadline: Deadline
    #: What its time runs from; None for one of each year.
    after: Moment | None
    #: The day of that, or that on which one of each year is due.
    since: Dates
    due: Dates
    #: The year that it is about, or the first of several; None for a duty that is due once.
    year: int | None
    #: What may have become of it.
    possible: tuple[Fulfilment, ...]
    #: The day on which it was met, if it was.
    met_on: Dates | None
    #: The event that met it; None where none did.
    met_by: EventIndex | None
    #: The events whose days, once they are known exactly, may decide its status.
    open_events: tuple[EventIndex, ...]
    #: Whether it is owed in every possible world.
    certain: bool
    version: VersionIndex
    #: The event from whose day its own is calculated; None for one of each year.
    calculated_from: EventIndex | None = None
    #: The last of several years in each of which the same became of it; `due` then reaches from
    #: its day in the first to that in the last. None for a duty of one year.
    until_year: int | None = None

    @property
    def years(self) -> range:
        """The years that it is about; none for a duty that is due once."""
        if self.year is None:
            return range(0)
        return range(self.year, (self.until_year or self.year) + 1)

    @property
    def what(self) -> tuple[object, ...]:
        """What it is, whatever became of it: which deadline, of which version, since what."""
        return self.deadline.id, self.version, self.years, self.calculated_from

    def of_years(self, years: range) -> "Duty":
        """Return the duty of some years running, in each of which the same became of it."""
        by = self.deadline.each_year_by
        assert by is not None  # INVARIANT: only a duty of each year is about years
        first, last = years[0], years[-1]
        due = Dates(date(first, *by), date(last, *by))
        until = last if len(years) > 1 else None
        return replace(self, year=first, until_year=until, since=due, due=due)

    def one_by_one(self) -> Iterator["Duty"]:
        """Yield a duty for each of its years."""
        if self.until_year is None:
            yield self
            return
        yield from (self.of_years(range(year, year + 1)) for year in self.years)

    @property
    def fulfilment(self) -> Fulfilment | None:
        """Its status; None where that is not known."""
        return self.possible[0] if self.certain and len(self.possible) == 1 else None


@dataclass(frozen=True, slots=True)
class TermOnDay:
    """A term that began, and whether it runs on the day."""

    term: Term
    started: StartedTerm
    #: The provision, and how firmly it stands in the term's round.
    origin: Origin
    #: Whether it runs on the day.
    running: Truth
    certain: bool


@dataclass(frozen=True, slots=True)
class RunningBar:
    """A bar on an application, from an event or a lapse."""

    application: str
    #: The parameter that holds its length.
    period: str
    #: The day that it is calculated from; open where the day is not known.
    since: Dates
    #: The first day that it bars: none before that on which it came.
    first: Dates
    #: Its last day; open where it is not known.
    until: Dates
    #: What it came from.
    cause: str
    origin: Origin
    #: Whether it came in every possible world.
    certain: bool
    version: VersionIndex

    def runs_on(self, days: Dates) -> Truth:
        """Tell whether it runs on a day that is known as a span."""
        first, last = self.first.low or date.min, self.until.high or date.max
        low, high = ends(days)
        if high < first or low > last:
            return False
        inside = (
            self.first.high is not None
            and self.until.low is not None
            and low >= self.first.high
            and high <= self.until.low
        )
        return True if inside and self.certain else None


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step, and whether it was taken in every possible world."""

    step: Step
    origin: Origin
    certain: bool
    #: Whether nothing is known of the state from then on.
    last_known: bool = False


@dataclass(frozen=True, slots=True)
class PossibleState:
    """A state in which a subject may stand on the day."""

    state: str
    since: Dates
    round: Rounds
    #: The version under which the state was entered.
    version: VersionIndex


@dataclass(frozen=True, slots=True)
class Prospect:
    """What may come next."""

    move: Transition | Lapse | Term
    #: The day on which it comes by itself; None for what an event does.
    day: Dates | None
    version: VersionIndex
    #: The state that it leads to; None where the state stays.
    target: str | None


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """A fact that follows from the history."""

    derived: Derived
    value: Value
    #: The events that it follows from.
    events: tuple[EventIndex, ...]
    #: The provision, as firmly as the weakest that it rests on.
    origin: Origin
    version: VersionIndex


@dataclass(frozen=True, slots=True)
class Conflict:
    """An event that does not fit what the law gives, though it is no fault of the sheet."""

    event: EventIndex
    #: The lapse that stands in its way; None where a term does.
    lapse: str | None
    certain: bool
    #: The term that holds it back.
    term: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a subject stands on a day."""

    on: date
    #: The versions that are applied, the oldest first.
    versions: tuple[Program, ...]
    #: The states in which it may stand by the events that are stated.
    states: tuple[PossibleState, ...]
    #: Whether every event up to the day that moves the subject is stated.
    covered: bool
    known_until: date | None
    #: The day before which events are not stated; None where there is none.
    known_from: date | None
    #: The kinds of events of which the sheet does not say whether they happened.
    not_known: tuple[str, ...]
    #: The states that are possible once events that are not stated are counted in.
    possible: tuple[str, ...]
    steps: tuple[StepTaken, ...]
    terms: tuple[TermOnDay, ...]
    duties: tuple[Duty, ...]
    bars: tuple[RunningBar, ...]
    prospects: tuple[Prospect, ...]
    conflicts: tuple[Conflict, ...]
    derived: Mapping[str, DerivedFact]
    #: Whether there are so many worlds that they were not all followed.
    lost: bool

    @property
    def gist(self) -> tuple[object, ...]:
        """What is said of the day, whichever version says it."""
        return (
            self.states,
            # What events that are not stated may have led to is said of no reading.
            () if self.states else self.possible,
            tuple((taken.step, taken.certain) for taken in self.steps),
            tuple((one.started, one.running, one.certain) for one in self.terms),
            tuple((one.deadline.id, one.year, one.due, one.possible) for one in self.duties),
            tuple(
                (bar.application, bar.since, bar.first, bar.until, bar.certain)
                for bar in self.bars
            ),
            self.conflicts,
            tuple((fact, one.value) for fact, one in self.derived.items()),
        )

    @property
    def state(self) -> str | None:
        """The state, or None where more than one is possible."""
        return self.possible[0] if len(self.possible) == 1 else None


@dataclass(frozen=True, slots=True)
class PositionDependence:
    """A reading that a position depends on: what was chosen, and what the others give."""

    reading: Reading
    chosen: str
    #: By option, the chosen one left out.
    others: Mapping[str, Position]


@dataclass(frozen=True, slots=True)
class SupposedPosition:
    """Where a subject stands if provisions that are only assumed hold."""

    position: Position
    #: The provisions that are assumed, each with its version.
    gaps: tuple[tuple[VersionIndex, Gap], ...]
    dependences: tuple[PositionDependence, ...]
