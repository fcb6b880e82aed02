"""Values as what is still possible: known exactly, known in part, or not known at all.

A number, date, period or rank is a range whose ends are both possible; a choice is the set
of options that remain. Something not known is the whole declared range, so that a missing
fact, a month and an open choice follow one rule.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias, TypeVar

from ipcity_policy.lang.interval import Interval

#: Three-valued truth (strong Kleene): None is unknown.
Truth: TypeAlias = bool | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number between two ends, in a unit; an end that is None is open.

    A plain count has the empty unit.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str

    @property
    def interval(self) -> Interval[Decimal]:
        """The numbers between the ends.

        >>> Numbers(Decimal(1), None, "kilos").interval
        Interval(low=Decimal('1'), high=None)
        """
        return Interval(self.low, self.high)

    @property
    def known(self) -> bool:
        """Whether only one number is possible."""
        return self.interval.known


@dataclass(frozen=True, slots=True)
class Periods:
    """A length of calendar time between two ends; an end that is None is open."""

    low: int | None
    high: int | None
    #: `years`, `months`, `weeks` or `days`: what the ends count.
    unit: str

    @property
    def interval(self) -> Interval[int]:
        """The counts between the ends, in the unit.

        >>> Periods(2, 3, "years").interval
        Interval(low=2, high=3)
        """
        return Interval(self.low, self.high)

    @property
    def known(self) -> bool:
        """Whether only one length is possible."""
        return self.interval.known


@dataclass(frozen=True, slots=True)
class Dates:
    """A day between two days; an end that is None is open.

    The first day of the calendar stands for all before it and the last for all after it, so
    that an end there is open unless no other day is possible. A day that follows from a
    history may also be none: what it is the day of did not happen.

    >>> Dates(date.min, date(2020, 1, 1))
    Dates(low=None, high=datetime.date(2020, 1, 1), never=False)
    """

    low: date | None
    high: date | None
    #: Whether it did not happen, so that there is no such day; None: it may not have.
    never: Truth = False

    def __post_init__(self) -> None:
        if self.low == date.min != self.high:
            object.__setattr__(self, "low", None)
        if self.high == date.max != self.low:
            object.__setattr__(self, "high", None)

    @property
    def interval(self) -> Interval[date]:
        """The days between the ends.

        >>> Dates(date(2020, 1, 1), date.max).interval
        Interval(low=datetime.date(2020, 1, 1), high=None)
        """
        return Interval(self.low, self.high)

    @property
    def earliest(self) -> date:
        """The first day that is possible, the first of the calendar where the end is open.

        >>> Dates(None, date(2020, 1, 1)).earliest
        datetime.date(1, 1, 1)
        """
        return self.low or date.min

    @property
    def latest(self) -> date:
        """The last day that is possible, the last of the calendar where the end is open.

        >>> Dates(date(2020, 1, 1), None).latest
        datetime.date(9999, 12, 31)
        """
        return self.high or date.max

    @property
    def finite_ends(self) -> tuple[date | None, date | None]:
        """The ends, None where one is open or lies beyond the calendar.

        >>> Dates(date.max, date.max).finite_ends
        (datetime.date(9999, 12, 31), None)
        """
        low, high = self.low, self.high
        return None if low == date.min else low, None if high == date.max else high

    @property
    def known(self) -> bool:
        """Whether there is a day, and only one is possible."""
        return self.interval.known and self.never is False


#: What did not happen has no day.
NEVER = Dates(None, None, never=True)


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a choice that are possible. `yes` and `no` are options too."""

    names: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether only one option is possible."""
        return len(self.names) == 1


@dataclass(frozen=True, slots=True)
class Ranks:
    """A place among the members of a cohort: 1 is the first; an end that is None is open."""

    low: int
    high: int | None
    #: How many members the cohort has.
    of_low: int
    of_high: int | None
    #: How many share the place, this one counted.
    tied: int = 1
    #: Whether it is known to be the last place, with those who share it.
    last: bool = False

    @property
    def places(self) -> Interval[int]:
        """The places that are possible.

        >>> Ranks(2, 3, 10, None).places
        Interval(low=2, high=3)
        """
        return Interval(self.low, self.high)

    @property
    def sizes(self) -> Interval[int]:
        """The sizes of the cohort that are possible.

        >>> Ranks(2, 3, 10, None).sizes
        Interval(low=10, high=None)
        """
        return Interval(self.of_low, self.of_high)

    def narrowed(self) -> "Ranks | None":
        """Return what is possible of the place and the size together; None if nothing is.

        Those who share a place stand behind it, so that it is not among the last of all.

        >>> Ranks(1, None, 1, 10, tied=2).narrowed()
        Ranks(low=1, high=9, of_low=2, of_high=10, tied=2, last=False)
        """
        behind = self.tied - 1
        low, of_low = self.low, max(self.of_low, self.low + behind)
        high, of_high = self.high, self.of_high
        if of_high is not None:
            high = of_high - behind if high is None else min(high, of_high - behind)
        if self.last:
            low = max(low, of_low - behind)
            of_high = high if high is None else high + behind
        if (high is not None and low > high) or (of_high is not None and of_low > of_high):
            return None
        return Ranks(low, high, of_low, of_high, self.tied, self.last)

    @property
    def place_known(self) -> bool:
        """Whether only one place is possible."""
        return self.places.known

    @property
    def size_known(self) -> bool:
        """Whether only one size of the cohort is possible."""
        return self.sizes.known

    @property
    def known(self) -> bool:
        """Whether the place and the size of the cohort are both known."""
        return self.place_known and self.size_known


@dataclass(frozen=True, slots=True)
class Series:
    """A value for each year."""

    #: Years with what is stated of them, in order.
    stated: tuple[tuple[int, "Element"], ...]
    #: What is possible in any other year.
    otherwise: "Element"

    def of(self, year: int) -> "Element":
        """Return what is possible in a year."""
        return next((value for one, value in self.stated if one == year), self.otherwise)

    @property
    def known(self) -> bool:
        """Whether every year that could matter is known; what matters a rule must say."""
        return bool(self.stated) and all(value.known for _, value in self.stated)


@dataclass(frozen=True, slots=True)
class Sets:
    """A set of options: those that are in it, and those that may be."""

    inside: frozenset[str]
    open: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether of every option it is known if it is in the set."""
        return not self.open


@dataclass(frozen=True, slots=True)
class Documents:
    """A document: whether it was submitted, and when."""

    submitted: Options
    on: Dates

    @property
    def known(self) -> bool:
        """Whether it is known if it was submitted; the day is asked for where it matters."""
        return self.submitted.known


@dataclass(frozen=True, slots=True)
class Text:
    """A text, or None where it is not known. Nothing is ever compared with it."""

    text: str | None

    @property
    def known(self) -> bool:
        """Whether the text is known."""
        return self.text is not None


#: What a year of a series can be.
Element: TypeAlias = Numbers | Options
Value: TypeAlias = (
    Numbers | Periods | Dates | Options | Ranks | Series | Sets | Documents | Text
)


_V = TypeVar("_V")


def of_type(value: object, kind: type[_V]) -> _V:
    """Return a value by its type, which the checker saw to.

    >>> of_type(Options(frozenset({"yes"})), Options).known
    True
    """
    assert isinstance(value, kind)  # INVARIANT: the checker saw to it
    return value


def all_of(truths: list[Truth]) -> Truth:
    """Return Kleene's conjunction; of nothing it is true.

    >>> all_of([True, None]), all_of([False, None])
    (None, False)
    """
    if any(truth is False for truth in truths):
        return False
    return None if any(truth is None for truth in truths) else True


def any_of(truths: list[Truth]) -> Truth:
    """Return Kleene's disjunction; of nothing it is false.

    >>> any_of([True, None]), any_of([False, None])
    (True, None)
    """
    return opposite(all_of([opposite(truth) for truth in truths]))


def opposite(truth: Truth) -> Truth:
    """Return Kleene's negation.

    >>> opposite(True), opposite(None)
    (False, None)
    """
    return None if truth is None else not truth
