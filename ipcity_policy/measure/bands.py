"""Bands on one quantity: the first that holds, written out as what each one covers.

Bands are a short form. Here they become conditions that exclude one another, so that no
engine needs to know them, and a value that no band answers is found at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import NumberType
from ipcity_policy.lang.literals import number_text
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.source import Span

Point: TypeAlias = Decimal | date

_TESTS: dict[str, Callable[[Point, Point], bool]] = {
    "at-least": lambda value, limit: value >= limit,  # type: ignore[operator]
    "at-most": lambda value, limit: value <= limit,  # type: ignore[operator]
    "above": lambda value, limit: value > limit,  # type: ignore[operator]
    "below": lambda value, limit: value < limit,  # type: ignore[operator]
}
#: Operators on dates, by the one on numbers that means the same.
_ON_DATES = {
    "at-least": "on-or-after",
    "at-most": "on-or-before",
    "above": "after",
    "below": "before",
}
_SAME = {dates: numbers for numbers, dates in _ON_DATES.items()}


@dataclass(frozen=True, slots=True)
class Band:
    """A band as written: what it says of the quantity, None for `otherwise`."""

    outcome: str
    says: core.Apply | None
    #: The value that it compares with.
    limit: Point | None
    span: Span


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Values among which no limit lies: a single limit, or what is between two."""

    sample: Point
    #: The limit that it is, or lies above; None below the lowest.
    low: Point | None
    #: The limit that it is, or lies below; None above the highest.
    high: Point | None
    single: bool


def write_out(
    quantity: core.FactRef, bands: Sequence[Band]
) -> tuple[dict[str, core.Condition], tuple[Diagnostic, ...]]:
    """Return the condition under which each band gives the outcome, and what is wrong."""
    low = high = None
    if isinstance(quantity.datatype, NumberType):
        low, high = quantity.datatype.low, quantity.datatype.high
    limits = sorted({band.limit for band in bands if band.limit is not None})
    stretches = [s for s in _stretches(limits) if _within(s.sample, low, high)]
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
                    f"no band answers a value of {_text(stretches[index].sample)}",
                    bands[-1].span,
                    help="let each band begin where the one before ends, or add `otherwise`",
                )
            )
    conditions: dict[str, core.Condition] = {}
    for band in bands:
        mine = owned[band.outcome]
        if not mine:
            diagnostics.append(
                diagnose(
                    "M107",
                    f"`{band.outcome}` never holds: earlier bands take all of it",
                    band.span,
                    help="bands stand from low to high; the first that holds counts",
                )
            )
        else:  # INVARIANT: what single comparisons leave over is one unbroken stretch
            conditions[band.outcome] = _condition(
                quantity, bands, band, stretches[mine[0]], stretches[mine[-1]]
            )
    return conditions, tuple(diagnostics)


def _stretches(limits: Sequence[Point]) -> list[_Stretch]:
    if not limits:
        return [_Stretch(Decimal(0), None, None, single=False)]
    found = [_Stretch(_step(limits[0], -1), None, limits[0], single=False)]
    for limit, following in zip(limits, (*limits[1:], None), strict=True):
        found.append(_Stretch(limit, limit, limit, single=True))
        between = _step(limit, 1) if following is None else _between(limit, following)
        if between is not None:
            found.append(_Stretch(between, limit, following, single=False))
    return found


def _step(point: Point, by: int) -> Point:
    return point + timedelta(days=by) if isinstance(point, date) else point + by


def _between(low: Point, high: Point) -> Point | None:
    if isinstance(low, date):
        after = low + timedelta(days=1)
        return after if after < high else None  # type: ignore[operator]
    return (low + high) / 2  # type: ignore[operator]


def _within(sample: Point, low: Decimal | None, high: Decimal | None) -> bool:
    if isinstance(sample, date):
        return True
    return (low is None or sample >= low) and (high is None or sample <= high)


def _holds(band: Band, value: Point) -> bool:
    if band.says is None:
        return True
    operator = _SAME.get(band.says.operator, band.says.operator)
    assert band.limit is not None  # INVARIANT: a band that says something has a limit
    return _TESTS[operator](value, band.limit)


def _condition(
    quantity: core.FactRef, bands: Sequence[Band], band: Band, first: _Stretch, last: _Stretch
) -> core.Condition:
    parts: list[core.Condition] = []
    if first.low is not None:
        parts.append(
            _bound(quantity, bands, band, first.low, "at-least" if first.single else "above")
        )
    if last.high is not None:
        parts.append(
            _bound(quantity, bands, band, last.high, "at-most" if last.single else "below")
        )
    return parts[0] if len(parts) == 1 else core.All(tuple(parts))


def _bound(
    quantity: core.FactRef, bands: Sequence[Band], band: Band, limit: Point, operator: str
) -> core.Apply:
    """Compare with the parameter that sets this limit, the band's own if it names it."""
    setter = next(b for b in (band, *bands) if b.limit == limit and b.says is not None)
    assert setter.says is not None
    name = _ON_DATES[operator] if isinstance(limit, date) else operator
    return core.Apply(name, quantity, setter.says.right, band.span)


def _text(point: Point) -> str:
    return point.isoformat() if isinstance(point, date) else number_text(point)
