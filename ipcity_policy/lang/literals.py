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
    """Read a number and its unit, if one is written; None if it is no number.

    >>> read_amount("12 kilos")
    (Decimal('12'), 'kilos')
    """
    found = _AMOUNT.fullmatch(text.strip())
    return (Decimal(found[1]), found[2]) if found else None


def read_period(text: str) -> Periods | None:
    """Read a period in days, weeks, months or years; None if it is none.

    >>> read_period("3 days")
    Periods(low=3, high=3, unit='days')
    """
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        return None
    count = int(found[1])
    return Periods(count, count, f"{found[2]}s")


def read_date(text: str) -> Dates | None:
    """Read a day, or a month or year as all of its days; None if it is no date.

    >>> read_date("2001-02")
    Dates(low=datetime.date(2001, 2, 1), high=datetime.date(2001, 2, 28), never=False)
    """
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

    >>> ends_of("55 to 68 points", AMOUNT_ENDS), ends_of("at least 55 points", AMOUNT_ENDS)
    (('55', '68 points'), ('55 points', None))
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

    >>> read_days("on or before 2001-05")
    Dates(low=None, high=datetime.date(2001, 5, 31), never=False)
    """
    pair = _first_and_last(text)
    if pair is None:
        return read_date(text)
    first, last = pair
    return Dates(first.low, last.high) if first.earliest <= last.latest else None


def begins_late(text: str) -> bool:
    """Tell whether a text names two days, and the first after the second.

    >>> begins_late("2001-07 to 2001-05")
    True
    """
    pair = _first_and_last(text)
    return pair is not None and pair[0].earliest > pair[1].latest


def _first_and_last(text: str) -> tuple[Dates, Dates] | None:
    """Read the two dates between which a day lies; one that is not named may be any."""
    ends = ends_of(text, DAY_ENDS)
    if ends is None:
        return None
    first, last = (Dates(None, None) if end is None else read_date(end) for end in ends)
    return None if first is None or last is None else (first, last)


def number_text(number: Decimal) -> str:
    """Write a number in full, without an exponent and without idle zeros.

    >>> number_text(Decimal("1E+2")), number_text(Decimal("1.50"))
    ('100', '1.5')
    """
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def date_text(days: Dates) -> str:
    """Write a date with the precision it has; a span that is no month or year as two days.

    What did not happen has no day: `never`.

    >>> date_text(Dates(date(2001, 5, 1), date(2001, 5, 31)))
    '2001-05'
    >>> date_text(Dates(None, date(2001, 5, 1)))
    '… – 2001-05-01'
    """
    if days.never is True:
        return "never"
    if days.never is None:
        return f"{date_text(Dates(days.low, days.high))} or never"
    low, high = days.low, days.high
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
