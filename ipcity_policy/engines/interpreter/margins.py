"""How far a value is from its limit."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal

from ipcity_policy.engines.interpreter.explanation import Margin
from ipcity_policy.engines.interpreter.operators import Side, last_place, span_of, top_limits
from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.calendar import in_months, shift
from ipcity_policy.lang.datatypes import PLACES
from ipcity_policy.lang.operators import OPERATORS
from ipcity_policy.lang.values import Dates, Documents, Numbers, Periods, Ranks


def margin_of(asked: core.Apply, sides: tuple[Side, ...]) -> Margin | None:
    """Return how far a comparison is from its limit, positive on the side that is met.

    None for what has no distance.
    """
    upward = OPERATORS[asked.operator].upward
    if upward == 0:
        return None
    match sides:
        case (Numbers(unit=unit) as left, Numbers() as right):
            return _between(left, right, unit, upward)
        case (Periods(unit=unit) as left, Periods(unit=other) as right):
            plain = "months" if in_months(unit) else "days"
            if unit != other or unit == plain:
                return _between(left, right, plain, upward)
            ends = [Numbers(_dec(one.low), _dec(one.high), unit) for one in (left, right)]
            return _between(ends[0], ends[1], unit, upward)
        case (Dates() as left, Dates() as right):
            return _days(left, right, upward)
        case (Documents(on=left), Dates() as right):
            return _days(left, right, upward)
        case (Dates() as start, Dates() as end, Periods() as period):
            return _days(end, shift(start, period), upward)
        case (Ranks() as rank, Numbers() as share):
            return _places(asked, rank, share, upward)
    return None


def _dec(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _signed(low: Decimal | None, high: Decimal | None, unit: str, upward: int) -> Margin:
    if upward < 0:
        low, high = _negative(high), _negative(low)
    return Margin(low, high, unit)


def _between(left: Side, right: Side, unit: str, upward: int) -> Margin:
    (low, high), (first, last) = span_of(left), span_of(right)
    least = None if low is None or last is None else decimals.minus(Decimal(low), Decimal(last))
    most = (
        None if high is None or first is None else decimals.minus(Decimal(high), Decimal(first))
    )
    return _signed(least, most, unit, upward)


def _days(left: Dates, right: Dates, upward: int) -> Margin | None:
    if left.never is not False or right.never is not False:
        return None
    low, high = _apart(left.low, right.high), _apart(left.high, right.low)
    if low is None and high is None:
        return None
    return _signed(low, high, "days", upward)


def _apart(left: date | None, right: date | None) -> Decimal | None:
    if left in (None, date.min, date.max) or right in (None, date.min, date.max):
        return None
    assert left is not None
    assert right is not None
    return Decimal((left - right).days)


def _places(asked: core.Apply, rank: Ranks, share: Numbers, upward: int) -> Margin:
    """Return how many places lie between a rank and the last one within the share."""
    best, worst = last_place(rank, asked.ties)
    low, high = (
        None if limit is None else limit.to_integral_value(ROUND_FLOOR)
        for limit in top_limits(rank, share, asked.rounding)
    )
    least = None if worst is None or low is None else low - worst
    most = None if high is None else high - best
    return _signed(least, most, PLACES, upward)


def _negative(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.copy_negate()
