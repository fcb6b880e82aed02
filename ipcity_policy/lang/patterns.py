"""What `literals` reads, as regular expressions: for editors and forms, which only match.

They keep to what ECMA-262 and Python share, and are written to stand between `^` and `$`.
"""

from collections.abc import Iterator
from decimal import Decimal

from ipcity_policy.lang.literals import NUMBER, number_text

#: A year by its four digits that has a 29 February, such as 1904 and 2000.
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DAYS = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    "02-(?:0[1-9]|1[0-9]|2[0-8])",
)
#: The days, months and years that there are.
DATE = rf"(?!0000)(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]|{'|'.join(_DAYS)}))?|{_LEAP}-02-29)"
_ANY_FRACTION = r"(?:\.[0-9]+)?"
_WHOLE = NUMBER.replace("[0-9]{1,12}", "0{1,12}")


def number(low: Decimal | None, high: Decimal | None, *, whole: bool = False) -> str:
    """Return the pattern of the numbers, or whole ones, between two ends, both included.

    An end that is None is open. The pattern is not anchored.

    >>> import re
    >>> bounded = number(Decimal(10), Decimal(50))
    >>> [text for text in ("9.9", "10", "49.95", "50.1") if re.fullmatch(bounded, text)]
    ['10', '49.95']
    """
    ends = []
    if low is not None:
        ends.append(rf"[0-9.]+|-{_up_to(-low)}" if low <= 0 else _from(low))
    if high is not None:
        ends.append(rf"-[0-9.]+|{_up_to(high)}" if high >= 0 else f"-{_from(-high)}")
    return "".join(f"(?=(?:{end})(?![0-9.]))" for end in ends) + (_WHOLE if whole else NUMBER)


def days_in_part(day: str) -> str:
    """Return the pattern of a day that may be known in part: between two, or beside one.

    `day` is the pattern of a day. That the second of two days comes first, no pattern can tell.

    >>> import re
    >>> texts = ("2001-05", "2001-05 to 2001-07", "on or before 2001-05", "in May")
    >>> [text for text in texts if re.fullmatch(days_in_part(DATE), text)]
    ['2001-05', '2001-05 to 2001-07', 'on or before 2001-05']
    """
    return rf"(?:{day})|(?:{day}) +to +(?:{day})|on +or +(?:before|after) +(?:{day})"


def in_part(number: str, unit: str = "") -> str:
    """Return the pattern of an amount that may be known in part: one end, or both.

    `number` and `unit` are patterns themselves, the space before a unit included.

    >>> import re
    >>> texts = ("55 grams", "55 to 68 grams", "at least 55 grams", "about 55 grams")
    >>> [text for text in texts if re.fullmatch(in_part("[0-9]+", " grams"), text)]
    ['55 grams', '55 to 68 grams', 'at least 55 grams']
    """
    one = f"(?:{number}){unit}"
    return rf"{one}|(?:{number})(?:{unit})? +to +{one}|at +(?:least|most) +{one}"


def _from(bound: Decimal) -> str:
    """Return the pattern of the numbers that are at least one above zero."""
    whole, fraction = _digits(bound)
    return _one_of(
        rf"[1-9][0-9]{{{len(whole)},}}{_ANY_FRACTION}",
        *(f"{start}[0-9]{{{left}}}{_ANY_FRACTION}" for start, left in _steps(whole, 1)),
        *(rf"{whole}\.{start}[0-9]*" for start, _ in _steps(fraction, 1)),
        rf"{whole}\.{fraction}[0-9]*" if fraction else f"{whole}{_ANY_FRACTION}",
    )


def _up_to(bound: Decimal) -> str:
    """Return the pattern of the numbers that are at most one of zero or above."""
    whole, fraction = _digits(bound)
    shorter = (fraction[:count] for count in range(1, len(fraction)))
    return _one_of(
        *([f"[0-9]{{0,{len(whole) - 1}}}{_ANY_FRACTION}"] if whole else []),
        *(f"{start}[0-9]{{{left}}}{_ANY_FRACTION}" for start, left in _steps(whole, -1)),
        *(rf"{whole}\.{start}[0-9]*" for start, _ in _steps(fraction, -1)),
        rf"{whole}(?:\.(?:{'|'.join((*shorter, fraction + '0*'))}))?",
    )


def _one_of(*options: str) -> str:
    """Return the pattern of any of several numbers, after idle zeros."""
    return f"0*(?:{'|'.join(options)})"


def _digits(number: Decimal) -> tuple[str, str]:
    """Return the digits before and after the point, without idle zeros."""
    whole, _, fraction = number_text(number).partition(".")
    return whole.lstrip("0"), fraction


def _steps(digits: str, way: int) -> Iterator[tuple[str, int]]:
    """Yield how digits begin that are more (1) or less (-1), and how many digits are left."""
    for place, digit in enumerate(digits):
        others = range(int(digit) + 1, 10) if way > 0 else range(int(digit))
        if others:
            yield f"{digits[:place]}[{others[0]}-{others[-1]}]", len(digits) - place - 1
