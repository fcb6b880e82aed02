"""The components of a fact that can be missing by themselves, by name.

A rank has its place (`rank`) and the size of its cohort (`of`), a series its years, a
document the day of its submission (`on`). A fact as a whole is the one without a name.
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


def open_components(value: Value, asked: core.Condition | None) -> tuple[str, ...]:
    """Return the components of a value that are not known and that a comparison asks about.

    >>> open_components(Ranks(1, 3, of_low=40, of_high=40), None)
    ('rank',)
    """
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


def component_of(value: Value, component: str) -> Value:
    """Return a component of a value: a count of a rank, a year of a series, a document's day.

    >>> component_of(Ranks(1, 3, of_low=40, of_high=40), SIZE)
    Numbers(low=Decimal('40'), high=Decimal('40'), unit='')
    """
    match value:
        case Ranks() if component:
            counts = value.places if component == RANK else value.sizes
            return Numbers(*counts.map(Decimal).ends, "")
        case Documents(_, on) if component:
            return on
        case Series() if component:
            return value.of(int(component))
    return value


def with_component(value: Value, component: str, learnt: Value) -> Value:
    """Return a value of which a component is known as it was learnt.

    >>> second = Numbers(Decimal(2), Decimal(2), "")
    >>> with_component(Ranks(1, 3, of_low=40, of_high=40), RANK, second).places
    Interval(low=2, high=2)
    """
    match value, learnt:
        case Ranks(), Numbers(low, high) if component:
            first = int(low or 1)
            last = None if high is None else int(high)
            if component == RANK:
                known = replace(value, low=first, high=last)
            else:
                known = replace(value, of_low=first, of_high=last)
            return known.narrowed() or known
        case Documents(), Dates() if component == DAY:
            return replace(value, on=learnt)
        case Series(stated), Numbers() | Options() if component:
            years: dict[int, Element] = {**dict(stated), int(component): learnt}
            return replace(value, stated=tuple(sorted(years.items())))
    return learnt
