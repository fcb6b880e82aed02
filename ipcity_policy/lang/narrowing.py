"""The intersection of two values of one thing, each of which may know it in part."""

from ipcity_policy.lang.calendar import counted, smallest
from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Element,
    Numbers,
    Options,
    Periods,
    Ranks,
    Series,
    Sets,
    Text,
    Truth,
    Value,
)


def intersection(one: Value, other: Value) -> Value | None:
    """Return what is possible by both of two values of one type; None where nothing is.

    >>> intersection(Options(frozenset({"yes", "no"})), Options(frozenset({"no"})))
    Options(names=frozenset({'no'}))
    """
    match one, other:
        case (Numbers(), Numbers()) | (Options(), Options()):
            return _element(one, other)
        case Periods(unit=unit), Periods(unit=same):
            unit = unit if unit == same else smallest(unit)
            both = counted(one, unit).intersect(counted(other, unit))
            return None if both is None else Periods(*both.ends, unit)
        case Dates(), Dates():
            return _days(one, other)
        case Ranks(), Ranks():
            return _rank(one, other)
        case Series(), Series():
            return _series(one, other)
        case Sets(inside, open_), Sets(others, also_open):
            held = inside | others
            possible = (inside | open_) & (others | also_open)
            return Sets(held, possible - held) if held <= possible else None
        case Documents(), Documents():
            names = one.submitted.names & other.submitted.names
            on = _days(one.on, other.on)
            return Documents(Options(names), on) if names and on is not None else None
        case Text(), Text():
            return (
                other if one.text is None else one if other.text in (None, one.text) else None
            )
    raise AssertionError((one, other))  # INVARIANT: both are of one fact


def _element(one: Value, other: Value) -> Element | None:
    match one, other:
        case Options(names), Options(others):
            return Options(names & others) if names & others else None
        case Numbers(), Numbers():
            both = one.interval.intersect(other.interval)
            return None if both is None else Numbers(*both.ends, one.unit)
    raise AssertionError((one, other))  # INVARIANT: both are of one year of a fact


def _days(one: Dates, other: Dates) -> Dates | None:
    never: Truth = one.never if other.never is None else other.never
    if one.never is not None and other.never is not None and one.never is not other.never:
        return None
    both = one.interval.intersect(other.interval)
    if both is not None:
        return Dates(*both.ends, never)
    return None if never is False else Dates(None, None, never=True)


#: A rank of which nothing is known, how many share it included.
_NO_RANK = Ranks(1, None, 1, None)


def _rank(one: Ranks, other: Ranks) -> Ranks | None:
    if _NO_RANK in (one, other):
        return other if one == _NO_RANK else one
    if one.tied != other.tied:
        return None
    places, sizes = one.places.intersect(other.places), one.sizes.intersect(other.sizes)
    if places is None or sizes is None:
        return None
    low, least, last = places.low or 1, sizes.low or 1, one.last or other.last
    return Ranks(low, places.high, least, sizes.high, one.tied, last).narrowed()


def _series(one: Series, other: Series) -> Series | None:
    years: dict[int, Element] = {}
    for year in sorted({*dict(one.stated), *dict(other.stated)}):
        value = _element(one.of(year), other.of(year))
        if value is None:
            return None
        years[year] = value
    return Series(tuple(years.items()), one.otherwise)
