"""How a period is counted: its opening and its closing day, and a last day of rest.

How a law counts is a reading of it, so all of this comes in as data. A period runs from the
day of a happening, or it follows another: then it is calculated from the last day of that one,
which is not counted again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from ipcity_policy.lang.calendar import add, shift
from ipcity_policy.lang.values import Dates, Periods, Truth

#: Tells whether a day is a rest day; None where the calendar does not reach so far.
RestDays: TypeAlias = Callable[[date], Truth]

#: After how many rest days in a row a working day comes at the latest: where a calendar does
#: not tell, an end moves no further. No calendar known has as many.
LONGEST_REST = 14


#: What a period is for: how long a state lasts, the time for a duty, or a ban.
PeriodKind: TypeAlias = Literal["terms", "deadlines", "bars"]
PERIOD_KINDS: frozenset[PeriodKind] = frozenset(("terms", "deadlines", "bars"))


@dataclass(frozen=True, slots=True)
class Counting:
    """What counts as within a period."""

    #: Whether the day of a happening from which a period runs is its first day; else the next
    #: day is. It says nothing of a period that follows another.
    opening_day: bool = False
    #: Whether the day on which the period ends is within it.
    closing_day: bool = True
    #: The calendar by which a last day that is a rest day gives way to the next working day,
    #: as a country's code; None where it stays.
    rest_days: str | None = None
    #: The kinds of periods of which the last day gives way.
    moved: frozenset[PeriodKind] = PERIOD_KINDS
    #: Whether what follows a period is calculated from the day to which its last day gave way;
    #: else from the day that gave way.
    carried: bool = True

    def of(self, kind: PeriodKind) -> "Counting":
        """Return how periods of one kind are counted."""
        return self if kind in self.moved else self.unmoved

    @property
    def unmoved(self) -> "Counting":
        """How they are counted where no rest day moves an end."""
        return replace(self, rest_days=None)


def last_day(
    start: Dates,
    period: Periods,
    counting: Counting,
    rest: RestDays | None = None,
    *,
    follows: bool = False,
) -> Dates:
    """Return the possible last days within a period that runs from one of the days given.

    With `follows`, those are the last days of another period, which are not counted again.
    Where `counting` names rest days and `rest` does not tell of a day, the last day may stay
    or move; without `rest` nothing is told of any. Of a period too short to have a day, it is
    the day before the first.

    >>> last_day(Dates(date(2020, 1, 31), None), Periods(1, 1, "months"), Counting())
    Dates(low=datetime.date(2020, 2, 29), high=None, never=False)
    """
    short = (counting.opening_day and not follows) + (not counting.closing_day)
    low, high = shift(start, period).interval.map(lambda day: _earlier(day, short)).ends
    if counting.rest_days is None:
        return Dates(low, high)
    return Dates(
        low and _working_days(low, rest or _untold)[0],
        high and _working_days(high, rest or _untold)[1],
    )


def first_day_after(
    start: Dates, period: Periods, counting: Counting, rest: RestDays | None = None
) -> Dates:
    """Return the possible first days that are no longer within a period.

    >>> first_day_after(Dates(date(2020, 1, 1), None), Periods(1, 1, "weeks"), Counting())
    Dates(low=datetime.date(2020, 1, 9), high=None, never=False)
    """
    return shift(last_day(start, period, counting, rest), Periods(1, 1, "days"))


def _earlier(day: date, days: int) -> date:
    """Return a day some days before; the calendar's last, which is all after it, stays."""
    return day if day == date.max else add(day, -days, "days")


def _working_days(day: date, rest: RestDays) -> tuple[date, date]:
    """Return the first day, from a day on, that may be a working day, and that must be."""
    ahead = [add(day, days, "days") for days in range(LONGEST_REST + 1)]
    may = next((one for one in ahead if rest(one) is not True), ahead[-1])
    must = next((one for one in ahead if rest(one) is False), ahead[-1])
    return may, must


def _untold(_: date) -> Truth:
    """Tell nothing of any day."""
    return None
