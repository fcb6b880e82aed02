"""Bands on one quantity: the first that holds, written out as what each one covers.

Bands are a short form. Here they become conditions that exclude one another, so that no
engine needs to know them, and a value that no band answers is found at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import TypeAlias

from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import NumberType
from ipcity_policy.lang.interval import Interval, Order
from ipcity_policy.lang.literals import number_text
from ipcity_policy.lang.operators import kind_of, ordered
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span

Limit: TypeAlias = Decimal | date

Measured: TypeAlias = core.FactRef | core.QuantityRef


@dataclass(frozen=True, slots=True)
class Band:
    """A band as written: what it says of the quantity, None for `otherwise`."""

    outcome: str
    says: core.Apply | None
    #: The value that it compares with.
    limit: Limit | None
    span: Span


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Values among which no limit lies: a single limit, or what is between two."""

    sample: Limit
    #: The limit that it is, or lies above; None below the lowest.
    low: Limit | None
    #: The limit that it is, or lies below; None above the highest.
    high: Limit | None
    single: bool


def write_out(
    quantity: Measured, bands: Sequence[Band]
) -> tuple[dict[str, core.Condition], tuple[Diagnostic, ...]]:
    """Return the condition under which each band gives the outcome, and what is wrong."""
    low = high = None
    whole = False
    if isinstance(quantity.datatype, NumberType):
        low, high = quantity.datatype.low, quantity.datatype.high
        whole = quantity.datatype.whole
    limits = sorted({band.limit for band in bands if band.limit is not None})
    stretches = _stretches(limits, low, high, whole=whole)
    owners = [next((b for b in bands if _holds(b, s.sample)), None) for s in stretches]
    diagnostics: list[Diagnostic] = []
    owned: dict[str, list[int]] = {band.outcome: [] for band in bands}
    for index, owner in enumerate(owners):
        if owner is not None:
            owned[owner.outcome].append(index)
        elif index == 0 or owners[index - 1] is not None:  # once for each gap
            diagnostics.append(
                diagnose(
                    "M106",
                    say(
                        "no band covers a value of {value}",
                        value=_text(stretches[index].sample),
                    ),
                    bands[-1].span,
                    help=say(
                        "let each band begin where the one before ends, or add `otherwise`"
                    ),
                )
            )
    diagnostics += _disorder(bands, owned)
    conditions: dict[str, core.Condition] = {}
    for band in bands:
        mine = owned[band.outcome]
        if not mine:
            diagnostics.append(
                diagnose(
                    "M107",
                    say(
                        "`{outcome}` never holds: earlier bands take all of it",
                        outcome=band.outcome,
                    ),
                    band.span,
                    help=say("bands go from low to high; the first that holds counts"),
                )
            )
        else:  # INVARIANT: what single comparisons leave over is one unbroken stretch
            conditions[band.outcome] = _condition(
                quantity, bands, band, stretches[mine[0]], stretches[mine[-1]]
            )
    return conditions, tuple(diagnostics)


def _disorder(bands: Sequence[Band], owned: dict[str, list[int]]) -> tuple[Diagnostic, ...]:
    """Report a band that reaches to the other side of the one after it than the rest do."""
    rising = [(band, owned[band.outcome]) for band in bands if owned[band.outcome]]
    steps = [after[0] > mine[0] for (_, mine), (_, after) in pairwise(rising)]
    if len(set(steps)) < 2:
        return ()
    band = rising[steps.index(not steps[0])][0]
    message = say(
        "`{outcome}` is not between the bands before and after it", outcome=band.outcome
    )
    help = say("put the bands in order, from low to high; check which way it compares")
    return (diagnose("M130", message, band.span, help=help),)


def _stretches(
    limits: Sequence[Limit], low: Limit | None, high: Limit | None, *, whole: bool
) -> list[_Stretch]:
    """Divide the values between `low` and `high` at the limits."""
    inside = [limit for limit in limits if limit in Interval(low, high)]
    if not inside:
        return [_Stretch(_middle(low, high, limits), None, None, single=False)]
    if whole:  # the ends of the range belong to it: what lies beyond is the next whole number
        low, high = _next(low, ROUND_CEILING, -1), _next(high, ROUND_FLOOR, 1)
    found: list[_Stretch] = []
    first = _apart(low, inside[0], whole=whole)
    if first is not None:
        found.append(_Stretch(first, None, inside[0], single=False))
    for limit, following in zip(inside, (*inside[1:], None), strict=True):
        if not whole or limit == _next(limit, ROUND_FLOOR, 0):
            found.append(_Stretch(limit, limit, limit, single=True))
        end = high if following is None else following
        between = _apart(limit, end, whole=whole)
        if between is not None:
            found.append(_Stretch(between, limit, following, single=False))
    return found


def _next(end: Limit | None, rounding: str, step: int) -> Limit | None:
    return end.to_integral_value(rounding) + step if isinstance(end, Decimal) else end


def _middle(low: Limit | None, high: Limit | None, limits: Sequence[Limit]) -> Limit:
    """Return some value between two ends among which no limit lies."""
    if low is not None:
        return low
    if high is not None:
        return high
    return limits[0] if limits else Decimal(0)


def _apart(low: Limit | None, high: Limit | None, *, whole: bool) -> Limit | None:
    """Return a value between two others; None where there is none. An end may be open."""
    if isinstance(low, date) or isinstance(high, date):
        first = low.toordinal() + 1 if isinstance(low, date) else date.min.toordinal()
        last = high.toordinal() - 1 if isinstance(high, date) else date.max.toordinal()
        return date.fromordinal(last if low is None else first) if first <= last else None
    if low is None:
        below = None if high is None else high - 1
        return below.to_integral_value(ROUND_CEILING) if whole and below is not None else below
    if whole:
        following = low.to_integral_value(ROUND_FLOOR) + 1
        return following if high is None or following < high else None
    if high is None:
        return low + 1
    return (low + high) / 2 if low < high else None


def _holds(band: Band, value: Limit) -> bool:
    if band.says is None:
        return True
    order = band.says.row.order
    assert order is not None  # INVARIANT: a band that says something has an order and a limit
    assert band.limit is not None
    return order.holds(Interval.exactly(value), Interval.exactly(band.limit)) is True


def _condition(
    quantity: Measured, bands: Sequence[Band], band: Band, first: _Stretch, last: _Stretch
) -> core.Condition:
    parts: list[core.Condition] = []
    if first.low is not None:
        order = Order.AT_LEAST if first.single else Order.ABOVE
        parts.append(_bound(quantity, bands, band, first.low, order))
    if last.high is not None:
        order = Order.AT_MOST if last.single else Order.BELOW
        parts.append(_bound(quantity, bands, band, last.high, order))
    return parts[0] if len(parts) == 1 else core.All(tuple(parts))


def _bound(
    quantity: Measured, bands: Sequence[Band], band: Band, limit: Limit, order: Order
) -> core.Apply:
    """Compare with the parameter that sets this limit, the band's own if it names it."""
    setter = next(b for b in (band, *bands) if b.limit == limit and b.says is not None)
    assert setter.says is not None
    operator = ordered(order, kind_of(quantity.datatype))
    return core.Apply(operator.name, (quantity, setter.says.operands[1]), band.span)


def _text(point: Limit) -> str:
    return point.isoformat() if isinstance(point, date) else number_text(point)
