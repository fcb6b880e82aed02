"""Calendar arithmetic: a period after or before a day.

A period in months or years ends on the same day number, or on the month's last day where
that number does not exist.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from ipcity_policy.lang.values import Dates, Periods

#: What one of each unit of calendar time is: months and days.
UNITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"years": (12, 0), "months": (1, 0), "weeks": (0, 7), "days": (0, 1)}
)


#: The ends of the calendar, which stand for a date without an end.
_NO_END = (None, date.min, date.max)


def in_months(unit: str) -> bool:
    """Tell whether a unit counts months, which have no fixed number of days."""
    return UNITS[unit][0] > 0


def length(count: int, unit: str) -> int:
    """Return a period in months, or in days where its unit counts days."""
    months, days = UNITS[unit]
    return count * (months or days)


def add(day: date, count: int, unit: str) -> date | None:
    """Return the day a period after `day`, before it if negative; None off the calendar."""
    months, days = UNITS[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + count * months, 12)
    if not 1 <= year <= 9999:
        return None
    last = monthrange(year, month + 1)[1]
    try:
        same = date(year, month + 1, min(day.day, last))
        return date.fromordinal(same.toordinal() + count * days)
    except (ValueError, OverflowError):
        return None


def shift(days: Dates, period: Periods, sign: int = 1) -> Dates:
    """Return the possible days a period after the days given; before them for sign -1."""
    first, last = (period.low, period.high)[::sign], (days.low, days.high)
    ends = [
        None if day in _NO_END or count is None else add(day, sign * count, period.unit)
        for day, count in zip(last, first, strict=True)
    ]
    return Dates(ends[0], ends[1])
