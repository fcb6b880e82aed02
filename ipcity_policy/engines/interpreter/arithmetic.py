"""What a quantity comes to: arithmetic on what is still possible of its parts."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import assert_never

from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.calendar import shift
from ipcity_policy.lang.datatypes import PERCENT, NumberType
from ipcity_policy.lang.values import Dates, Numbers, Periods, Value

Lookup = Callable[[core.Operand], "Value | tuple[str, ...]"]


def moved(operand: core.Moved, found: Lookup) -> Dates:
    """Return the possible days a period after or before others."""
    day, period = found(operand.day), found(operand.period)
    assert isinstance(day, Dates)  # INVARIANT: the checker saw to both
    assert isinstance(period, Periods)
    return shift(day, period, operand.sign)


def reckoned(expression: core.Expression, found: Lookup) -> "Value | tuple[str, ...]":
    """Return what an expression comes to; `found` gives the value of an operand."""
    match expression:
        case core.Reckon(operator, parts, datatype):
            numbers = [_number(reckoned(part, found)) for part in parts]
            assert isinstance(datatype, NumberType)
            return _joined(operator, numbers, datatype.unit)
        case core.Rounded(part, way, step):
            value, multiple = _number(reckoned(part, found)), _number(found(step))
            assert multiple.low is not None  # INVARIANT: a parameter has one value
            low, high = (
                None if end is None else decimals.round_to(end, multiple.low, way)
                for end in (value.low, value.high)
            )
            return Numbers(low, high, value.unit)
        case core.Amount(amount):
            return amount
        case core.StatedTotal(total, stated):
            return _given(_number(reckoned(total, found)), _number(found(stated)))
        case (
            core.FactRef()
            | core.ParameterRef()
            | core.QuantityRef()
            | core.OptionRef()
            | core.Moved()
        ):
            return found(expression)
        case _:
            assert_never(expression)


def _number(value: "Value | tuple[str, ...]") -> Numbers:
    assert isinstance(value, Numbers)  # INVARIANT: the checker lets only numbers be reckoned
    return value


def _joined(operator: str, numbers: list[Numbers], unit: str) -> Numbers:
    match operator:
        case "plus":
            return reduce(lambda a, b: _sum(a, b, unit), numbers)
        case "minus":
            left, right = numbers
            return _sum(left, _negative(right), unit)
        case "times":
            left, weight = numbers
            return _weighted(left, weight, unit)
        case "lesser":
            return _lesser(numbers, unit)
        case _:
            return _negative(_lesser([_negative(one) for one in numbers], unit))


def _sum(left: Numbers, right: Numbers, unit: str) -> Numbers:
    low = None if left.low is None or right.low is None else decimals.plus(left.low, right.low)
    high = (
        None
        if left.high is None or right.high is None
        else decimals.plus(left.high, right.high)
    )
    return Numbers(low, high, unit)


def _negative(value: Numbers) -> Numbers:
    low = None if value.high is None else value.high.copy_negate()
    high = None if value.low is None else value.low.copy_negate()
    return Numbers(low, high, value.unit)


def _weighted(value: Numbers, weight: Numbers, unit: str) -> Numbers:
    factor = weight.low
    assert factor is not None  # INVARIANT: a parameter has one value
    by = decimals.percent_of if weight.unit == PERCENT else decimals.times
    low = None if value.low is None else by(factor, value.low)
    high = None if value.high is None else by(factor, value.high)
    if factor == 0:
        return Numbers(Decimal(0), Decimal(0), unit)
    return Numbers(low, high, unit) if factor > 0 else Numbers(high, low, unit)


def _given(total: Numbers, stated: Numbers) -> Numbers:
    """Return a total that is reckoned, and where that leaves it open, as it is stated."""
    if total.known:
        return total
    both = within(total, stated)
    return stated if both is None else both


def within(one: Numbers, other: Numbers) -> Numbers | None:
    """Return what two ranges share; None where they share nothing."""
    lows = [end for end in (one.low, other.low) if end is not None]
    highs = [end for end in (one.high, other.high) if end is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return None
    return Numbers(low, high, one.unit)


def _lesser(numbers: list[Numbers], unit: str) -> Numbers:
    lows = [one.low for one in numbers if one.low is not None]
    highs = [one.high for one in numbers if one.high is not None]
    low = min(lows) if len(lows) == len(numbers) else None
    return Numbers(low, min(highs, default=None), unit)
