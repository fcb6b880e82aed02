"""What a quantity comes to: arithmetic on what is still possible of its parts."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import assert_never

from ipcity_policy.engines.interpreter.operators import Side
from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.arithmetic import Operation
from ipcity_policy.lang.calendar import shift
from ipcity_policy.lang.datatypes import PERCENT, NumberType
from ipcity_policy.lang.values import Dates, Numbers, Periods, of_type

#: Gives the value of an operand.
Lookup = Callable[[core.Operand], Side]


def moved(operand: core.Moved, found: Lookup) -> Dates:
    """Return the possible days a period after or before others; `found` gives each operand.

    >>> from ipcity_policy.lang.datatypes import DateType, PeriodType
    >>> from ipcity_policy.lang.literals import date_text, read_date
    >>> day = core.FactRef("made", DateType())
    >>> pause = core.ParameterRef("pause", PeriodType("months"))
    >>> found = {day: read_date("2001-02"), pause: Periods(6, 6, "months")}.get
    >>> date_text(moved(core.Moved(day, pause, 1, DateType()), found))
    '2001-08-01 – 2001-08-28'
    """
    day, period = of_type(found(operand.day), Dates), of_type(found(operand.period), Periods)
    return shift(day, period, operand.sign)


def calculated(expression: core.Expression, found: Lookup) -> Side:
    """Return what an expression comes to; `found` gives the value of an operand.

    This is interval arithmetic: of parts that are known in part, all that they may come to.

    >>> net, case = (core.FactRef(name, NumberType("grams")) for name in ("net", "case"))
    >>> part, whole = (Numbers(Decimal(low), Decimal(9), "grams") for low in (5, 9))
    >>> sum = core.Calculate("plus", (net, case), NumberType("grams"))
    >>> calculated(sum, {net: part, case: whole}.get)
    Numbers(low=Decimal('14'), high=Decimal('18'), unit='grams')
    """
    match expression:
        case core.Calculate(operator, parts, datatype):
            numbers = [_number(calculated(part, found)) for part in parts]
            return _joined(operator, numbers, of_type(datatype, NumberType).unit)
        case core.Rounded(part, way, step):
            value, multiple = _number(calculated(part, found)), _number(found(step))
            unit = _exact(multiple)
            rounded = value.interval.map(lambda one: decimals.round_to(one, unit, way))
            return Numbers(*rounded.ends, value.unit)
        case core.Amount(amount):
            return amount
        case core.StatedTotal(total, stated):
            return _given(_number(calculated(total, found)), _number(found(stated)))
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


def _number(value: Side) -> Numbers:
    return of_type(value, Numbers)


def _exact(parameter: Numbers) -> Decimal:
    assert parameter.low is not None  # INVARIANT: a parameter has one value
    return parameter.low


def _joined(operator: Operation, numbers: list[Numbers], unit: str) -> Numbers:
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
        case "greater":
            return _negative(_lesser([_negative(one) for one in numbers], unit))


def _sum(left: Numbers, right: Numbers, unit: str) -> Numbers:
    return Numbers(*left.interval.shift(right.interval, decimals.plus).ends, unit)


def _negative(value: Numbers) -> Numbers:
    return Numbers(*value.interval.flip(Decimal.copy_negate).ends, value.unit)


def _weighted(value: Numbers, weight: Numbers, unit: str) -> Numbers:
    factor = _exact(weight)
    by = decimals.percent_of if weight.unit == PERCENT else decimals.times
    if factor == 0:
        return Numbers(Decimal(0), Decimal(0), unit)
    weigh = value.interval.map if factor > 0 else value.interval.flip
    return Numbers(*weigh(lambda one: by(factor, one)).ends, unit)


def _given(total: Numbers, stated: Numbers) -> Numbers:
    """Return a total that is calculated, and where that leaves it open, as it is stated."""
    if total.known:
        return total
    both = total.interval.intersect(stated.interval)
    return stated if both is None else Numbers(*both.ends, total.unit)


def _lesser(numbers: list[Numbers], unit: str) -> Numbers:
    lows = [one.low for one in numbers if one.low is not None]
    highs = [one.high for one in numbers if one.high is not None]
    low = min(lows) if len(lows) == len(numbers) else None
    return Numbers(low, min(highs, default=None), unit)
