"""The parts of a fact that can be missing by themselves, by name.

A rank has its place (`rank`) and the size of its cohort (`of`), a series its years, a
document the day of its submission (`on`). A fact as a whole is the part without a name.
"""

from dataclasses import replace
from decimal import Decimal

from ipcity_policy.lang import core
from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Element,
    Numbers,
    Options,
    Ranks,
    Series,
    Value,
)

RANK, SIZE, DAY = "rank", "of", "on"


def open_parts(value: Value, asked: core.Condition | None) -> tuple[str, ...]:
    """Return the parts of a value that are not known and that a comparison asks about."""
    match value:
        case Ranks():
            unknown = [] if value.place_known else [RANK]
            unknown += [] if value.size_known else [SIZE]
            return ("",) if len(unknown) > 1 else tuple(unknown)
        case Documents(submitted, on):
            if not submitted.known:
                return ("",)
            dated = isinstance(asked, core.Apply) and len(asked.operands) > 1
            return (DAY,) if dated and "yes" in submitted.names and not on.known else ()
        case Series():
            return ("",)
        case Dates(never=True):  # it is known that there is none
            return ()
    return () if value.known else ("",)


def part_of(value: Value, part: str) -> Value:
    """Return a part of a value."""
    match value:
        case Ranks() if part:
            counts = value.places if part == RANK else value.sizes
            return Numbers(*counts.map(Decimal).ends, "")
        case Documents(_, on) if part:
            return on
        case Series() if part:
            return value.of(int(part))
    return value


def with_part(value: Value, part: str, learnt: Value) -> Value:
    """Return a value of which a part is known as it was learnt."""
    match value, learnt:
        case Ranks(), Numbers(low, high) if part:
            first = int(low or 1)
            last = None if high is None else int(high)
            if part == RANK:
                known = replace(value, low=first, high=last)
            else:
                known = replace(value, of_low=first, of_high=last)
            return known.narrowed() or known
        case Documents(), Dates() if part == DAY:
            return replace(value, on=learnt)
        case Series(stated), Numbers() | Options() if part:
            years: dict[int, Element] = {**dict(stated), int(part): learnt}
            return replace(value, stated=tuple(sorted(years.items())))
    return learnt
