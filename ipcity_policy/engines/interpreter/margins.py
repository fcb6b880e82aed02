"""How far a value is from its limit."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from ipcity_policy.engines.interpreter.explanation import Margin
from ipcity_policy.engines.interpreter.operators import (
    Side,
    last_place,
    top_limits,
)
from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.calendar import counted, shift, smallest
from ipcity_policy.lang.datatypes import PLACES
from ipcity_policy.lang.interval import Interval
from ipcity_policy.lang.values import Dates, Documents, Numbers, Periods, Ranks


def margin_of(asked: core.Apply, sides: tuple[Side, ...]) -> Margin | None:
    """Return how far a comparison is from its limit, positive on the side that is met.

    None for what has no distance.

    >>> from tests.boxes import grams, law
    >>> margin_of(law().rules["is-light"].condition, (grams(8), grams(10)))
    Margin(low=Decimal('2'), high=Decimal('2'), unit='grams')
    """
    upward = asked.row.upward
    if upward == 0:
        return None
    match sides:
        case (Numbers(unit=unit) as left, Numbers() as right):
            return _margin(left.interval, right.interval, unit, upward)
        case (Periods(unit=unit) as left, Periods(unit=other) as right):
            unit = unit if unit == other else smallest(unit)
            return _margin(counted(left, unit), counted(right, unit), unit, upward)
        case (Dates() as left, Dates() as right):
            return _days(left, right, upward)
        case (Documents(on=left), Dates() as right):
            return _days(left, right, upward)
        case (Dates() as start, Dates() as end, Periods() as period):
            return _days(end, shift(start, period), upward)
        case (Ranks() as rank, Numbers() as share):
            return _places(asked, rank, share, upward)
    return None


def _margin(value: Interval[Any], limit: Interval[Any], unit: str, upward: int) -> Margin:
    """Return by how much a value passes a limit, or falls short of it for upward -1."""
    over = value.map(Decimal).shift(limit.flip(_negative), decimals.plus)
    return Margin(*(over if upward > 0 else over.flip(_negative)).ends, unit)


def _days(left: Dates, right: Dates, upward: int) -> Margin | None:
    ends = (*left.interval.ends, *right.interval.ends)
    # What lies beyond the calendar is at no distance that is known.
    if left.never is not False or right.never is not False or {date.min, date.max} & {*ends}:
        return None
    days, limits = (one.interval.map(date.toordinal) for one in (left, right))
    found = _margin(days, limits, "days", upward)
    return None if found.low is None and found.high is None else found


def _places(asked: core.Apply, rank: Ranks, share: Numbers, upward: int) -> Margin:
    """Return how many places lie between a rank and the last one within the share."""
    limits = top_limits(rank, share, asked.rounding).map(
        lambda limit: limit.to_integral_value(ROUND_FLOOR)
    )
    return _margin(limits, last_place(rank, asked.ties), PLACES, upward)


def _negative(number: int | Decimal) -> Decimal:
    return Decimal(number).copy_negate()
