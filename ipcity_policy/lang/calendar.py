"""Calendar arithmetic: a period after or before a day.

A period in months or years ends on the same day number, or on the month's last day where
that number does not exist.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date
from types import MappingProxyType

from ipcity_policy.lang.values import Dates, Periods

#: What one of each unit of calendar time is: months and days.
UNITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"years": (12, 0), "months": (1, 0), "weeks": (0, 7), "days": (0, 1)}
)


#: The ends of the calendar; of a span of days they stand for its having no end.
_ENDS = (date.min, date.max)


def in_months(unit: str) -> bool:
    """Tell whether a unit counts months, which have no fixed number of days."""
    return UNITS[unit][0] > 0


def length(count: int, unit: str) -> int:
    """Return a period in months, or in days where its unit counts days."""
    months, days = UNITS[unit]
    return count * (months or days)


def smallest(unit: str) -> str:
    """Return the unit that periods of a kind are all whole numbers of: months, or days."""
    return "months" if in_months(unit) else "days"


def counted(period: Periods, unit: str) -> tuple[int | None, int | None]:
    """Return the ends of a period in its own unit, or in the smallest of its kind."""
    ends = (period.low, period.high)
    if unit == period.unit:
        return ends
    low, high = (None if end is None else length(end, period.unit) for end in ends)
    return low, high


def add(day: date, count: int, unit: str) -> date:
    """Return the day a period after `day`, before it if negative.

    The last day of the calendar stands for all after it, and its first for all before it.
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
    """Return the possible days a period after the days given; before them for sign -1."""
    counts = (period.low, period.high)[::sign]
    ends = [
        None
        if day is None or count is None or (day in _ENDS and not days.known)
        else add(day, sign * count, period.unit)
        for day, count in zip((days.low, days.high), counts, strict=True)
    ]
    return Dates(ends[0], ends[1], days.never)
