"""The rest days of a country, from the library that the extra `calendar` brings."""

from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING

from ipcity_policy.lang.time_limits import RestDays
from ipcity_policy.lang.values import Truth
from ipcity_policy.text.message import Message, say

if TYPE_CHECKING:
    from holidays import HolidayBase

#: Up to which day the last year announced is known: what is announced for a new year may
#: move days at the end of the old one.
_KNOWN_UNTIL = (12, 25)


def rest_days(code: str) -> RestDays | Message:
    """Return the rest days of a country by its code of two letters, or why there are none.

    Weekends and public holidays are rest days; a weekend on which work is made up is not.
    """
    try:
        import holidays  # an extra: only a reading by which rest days count asks for it
    except ImportError:
        return say(
            "rest days need a calendar; install one with `{command}`",
            command="pip install 'ipcity-policy[calendar]'",
        )
    if code not in holidays.list_supported_countries(include_aliases=False):
        return say("no calendar of rest days is known for the country `{code}`", code=code)
    country = holidays.country_holidays(code)
    first, last = _known(country)

    def rest(day: date) -> Truth:
        return not country.is_working_day(day) if first <= day <= last else None

    return rest


def calendar_name(code: str) -> str:
    """Name the calendar of a country, with the version of the library that keeps it."""
    return f"{code} (holidays {version('holidays')})"


def _known(country: "HolidayBase") -> tuple[date, date]:
    """Return the first and the last day of which a calendar tells.

    Where working days are moved by announcement it ends with what is announced. The library
    goes on from there by estimates, which are not taken.
    """
    announced = [
        year
        for year, days in getattr(country, "special_public_holidays", {}).items()
        # A moved day is written with the day it is moved from, any other with a name.
        if any(len(day) > len(("month", "day", "name")) for day in _rows(days))
    ]
    if announced:
        return date(min(announced), 1, 1), date(max(announced), *_KNOWN_UNTIL)
    return date(country.start_year, 1, 1), date(country.end_year, 12, 31)


def _rows(days: tuple[object, ...]) -> tuple[tuple[object, ...], ...]:
    """Return the days of a year, which may be written as one."""
    return tuple(day for day in days if isinstance(day, tuple)) or (days,)
