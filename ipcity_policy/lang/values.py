"""Values as what is still possible: known exactly, known in part, or not known at all.

A number or date is a range whose ends are both possible; a choice is the set of options
that remain. Something not known is the whole declared range, so that a missing fact, a
month and an open choice follow one rule.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

#: Three-valued truth (strong Kleene): None is unknown.
Truth: TypeAlias = bool | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number between two ends, in a unit; an end that is None is open."""

    low: Decimal | None
    high: Decimal | None
    unit: str

    @property
    def known(self) -> bool:
        """Whether only one number is possible."""
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class Dates:
    """A day between two days; an end that is None is open."""

    low: date | None
    high: date | None

    @property
    def known(self) -> bool:
        """Whether only one day is possible."""
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a choice that are possible. `yes` and `no` are options too."""

    names: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether only one option is possible."""
        return len(self.names) == 1


@dataclass(frozen=True, slots=True)
class Text:
    """A text, or None where it is not known. Nothing is ever compared with it."""

    text: str | None

    @property
    def known(self) -> bool:
        """Whether the text is known."""
        return self.text is not None


@dataclass(frozen=True, slots=True)
class Period:
    """A length of calendar time."""

    years: int = 0
    months: int = 0
    days: int = 0


Value: TypeAlias = Numbers | Dates | Options | Text | Period


def add(day: date, period: Period) -> date | None:
    """Return the day `period` after `day`; None past the end of the calendar.

    A period in months ends on the same day number, or on the month's last day where that
    number does not exist.
    """
    months = day.year * 12 + day.month - 1 + period.years * 12 + period.months
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        return None
    last = monthrange(year, month + 1)[1]
    try:
        return date.fromordinal(
            date(year, month + 1, min(day.day, last)).toordinal() + period.days
        )
    except (ValueError, OverflowError):
        return None


def shift(days: Dates, period: Period) -> Dates:
    """Return the possible days `period` after the possible days given."""
    return Dates(
        None if days.low is None else add(days.low, period),
        None if days.high is None else add(days.high, period),
    )


def all_of(truths: list[Truth]) -> Truth:
    """Return Kleene's conjunction; of nothing it is true."""
    if any(truth is False for truth in truths):
        return False
    return None if any(truth is None for truth in truths) else True


def any_of(truths: list[Truth]) -> Truth:
    """Return Kleene's disjunction; of nothing it is false."""
    return opposite(all_of([opposite(truth) for truth in truths]))


def opposite(truth: Truth) -> Truth:
    """Return Kleene's negation."""
    return None if truth is None else not truth
