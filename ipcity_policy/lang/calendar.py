"""Calendar arithmetic: a period after or before a day.

A period in months or years ends on the same day number, or on the month's last day where
that number does not exist.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date
from operator import neg
from types import MappingProxyType

from ipcity_policy.lang.interval import Interval
from ipcity_policy.lang.values import Dates, Periods

#: What one of each unit of calendar time is: months and days.
UNITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"years": (12, 0), "months": (1, 0), "weeks": (0, 7), "days": (0, 1)}
)


def in_months(unit: str) -> bool:
    """Tell whether a unit counts months, which have no fixed number of days.

    >>> in_months("years"), in_months("weeks")
    (True, False)
    """
    return UNITS[unit][0] > 0


def length(count: int, unit: str) -> int:
    """Return a period in months, or in days where its unit counts days.

    >>> length(2, "years"), length(2, "weeks")
    (24, 14)
    """
    months, days = UNITS[unit]
    return count * (months or days)


def smallest(unit: str) -> str:
    """Return the unit that periods of a kind are all whole numbers of: months, or days.

    >>> smallest("years"), smallest("weeks")
    ('months', 'days')
    """
    return "months" if in_months(unit) else "days"


def counted(period: Periods, unit: str) -> Interval[int]:
    """Return a period counted in its own unit, or in the smallest of its kind.

    >>> counted(Periods(1, 2, "years"), "months")
    Interval(low=12, high=24)
    """
    if unit == period.unit:
        return period.interval
    return period.interval.map(lambda count: length(count, period.unit))


def add(day: date, count: int, unit: str) -> date:
    """Return the day a period after `day`, before it if negative.

    The last day of the calendar stands for all after it, and its first for all before it.

    >>> add(date(2020, 1, 31), 1, "months")
    datetime.date(2020, 2, 29)
    """
    months, days = UNITS[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + count * months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    last = monthrange(year, month + 1)[1]
    same = date(year, month + 1, min(day.day, last))
    there = same.toordinal() + count * days
    return date.fromordinal(min(max(there, date.min.toordinal()), date.max.toordinal()))


def shift(days: Dates, period: Periods, sign: int = 1) -> Dates:
    """Return the possible days a period after the days given; before them for sign -1.

    >>> shift(Dates(date(2020, 1, 31), None), Periods(1, 2, "months"))
    Dates(low=datetime.date(2020, 2, 29), high=None, never=False)
    """
    counts = period.interval if sign > 0 else period.interval.flip(neg)
    moved = days.interval.shift(counts, lambda day, count: add(day, count, period.unit))
    return Dates(*moved.ends, days.never)
