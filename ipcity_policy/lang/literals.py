"""How a value is written: `12 kilos`, `30 percent`, `3 days`, `2001-05-17`, `2001-05`.

What is known in part is written by its ends: `55 to 68 points`, `at least 55 points`,
`2001-05 to 2001-07`, `on or before 2001-05-17`.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ipcity_policy.lang.values import Dates, Periods

#: Digits are ASCII and not without end, so that a number is what it looks like.
NUMBER = r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?"
PERIOD = r"[0-9]{1,5} (?:day|week|month|year)s?"
DATE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"

#: What stands before the one end that is known, and whether that is the first.
AMOUNT_ENDS = {"at least": True, "at most": False}
DAY_ENDS = {"on or after": True, "on or before": False}

_AMOUNT = re.compile(rf"({NUMBER})(?: +(\S+))?")
_PERIOD = re.compile(r"([0-9]{1,5}) +(day|week|month|year)s?")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def read_amount(text: str) -> tuple[Decimal, str | None] | None:
    """Read a number and its unit, if one is written; None if it is no number."""
    found = _AMOUNT.fullmatch(text.strip())
    return (Decimal(found[1]), found[2]) if found else None


def read_period(text: str) -> Periods | None:
    """Read a period in days, weeks, months or years; None if it is none."""
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        return None
    count = int(found[1])
    return Periods(count, count, f"{found[2]}s")


def read_date(text: str) -> Dates | None:
    """Read a day, or a month or year as all of its days; None if it is no date."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = int(found[1]), found[2], found[3]
    try:
        if month is None:
            return Dates(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            last = monthrange(year, int(month))[1]
            return Dates(date(year, int(month), 1), date(year, int(month), last))
        exact = date(year, int(month), int(day))
    except ValueError:
        return None
    return Dates(exact, exact)


def ends_of(text: str, words: Mapping[str, bool]) -> tuple[str | None, str | None] | None:
    """Split what is known in part into the texts of its two ends; None if it is not so written.

    An end that is not known is None. `words` stand before the one that is.
    """
    text = " ".join(text.split())
    for said, first in words.items():
        if text.startswith(f"{said} "):
            end = text[len(said) + 1 :]
            return (end, None) if first else (None, end)
    low, to, high = text.partition(" to ")
    return (low, high) if to else None


def read_days(text: str) -> Dates | None:
    """Read a date, or the days between two; None if it is neither.

    The days of `2001-05 to 2001-07` are those from the first of May to the last of July.
    """
    low, high = _first_and_last(text) or (None, None)
    if low is None or high is None:
        return read_date(text)
    return Dates(low, high) if low <= high else None


def begins_late(text: str) -> bool:
    """Tell whether a text names two days, and the first after the second."""
    days = _first_and_last(text)
    return days is not None and days[0] > days[1]


def _first_and_last(text: str) -> tuple[date, date] | None:
    """Read the ends of days known in part, the first and last there are where one is open."""
    ends = ends_of(text, DAY_ENDS)
    if ends is None:
        return None
    first, last = (Dates(date.min, date.max) if e is None else read_date(e) for e in ends)
    if first is None or last is None or first.low is None or last.high is None:
        return None
    return first.low, last.high


def number_text(number: Decimal) -> str:
    """Write a number in full, without an exponent and without idle zeros."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def date_text(days: Dates) -> str:
    """Write a date with the precision it has; a span that is no month or year as two days.

    What did not happen has no day: `never`.
    """
    if days.never is True:
        return "never"
    if days.never is None:
        return f"{date_text(Dates(days.low, days.high))} or never"
    low, high = days.low, days.high
    if low != high:  # the ends of the calendar stand for ends that are not known
        low, high = (None if low == date.min else low), (None if high == date.max else high)
    if low is None or high is None:
        return f"{low or '…'} – {high or '…'}"
    if low == high:
        return low.isoformat()
    if (low.year, low.month) == (high.year, high.month):
        if low.day == 1 and high.day == monthrange(low.year, low.month)[1]:
            return f"{low:%Y-%m}"
    elif low.year == high.year and (low.month, low.day, high.month, high.day) == (1, 1, 12, 31):
        return f"{low:%Y}"
    return f"{low.isoformat()} – {high.isoformat()}"
