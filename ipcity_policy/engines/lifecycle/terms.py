"""Which days a term has: as its notice states them, and as the text reckons them.

What both say is taken together as far as they agree. Where they do not, the text tells which
of the two counts.
"""

from ipcity_policy.engines.lifecycle.temporal_constraints import TemporalConstraints
from ipcity_policy.engines.lifecycle.worlds import DayExpression, Offset, World
from ipcity_policy.lang.values import Dates

#: The way that is left, the first day, the last, and the last as it is reckoned.
TermDays = tuple[World, DayExpression, DayExpression, DayExpression | None]


def stated_term(
    days: TemporalConstraints,
    world: World,
    day: DayExpression,
    length: Offset | None,
    *,
    yields: bool,
) -> TermDays:
    """Return the days of a term that the notice of an event states, on one way.

    It begins on `day` by the text, and is of a `length`; None where that is withheld. With
    `yields`, the notice gives way to the text where they do not agree.
    """
    first, last = DayExpression(day.event, "from"), DayExpression(day.event, "until")
    start, agreed = first, _agreed(days, world, day, first)
    if agreed is not None:
        world, start = agreed
    elif yields:
        start = day
    if length is None:
        return world, start, last, None
    reckoned = start.then(length)
    agreed = _agreed(days, world, reckoned, last)
    if agreed is not None:
        world, end = agreed
        return world, start, end, reckoned
    return world, start, reckoned if yields else last, reckoned


def _agreed(
    days: TemporalConstraints, world: World, one: DayExpression, stated: DayExpression
) -> tuple[World, DayExpression] | None:
    """Return the day that both may be, or the part of the stated one; None where none is."""
    (low, high), (first, last) = days.span(world, one), days.span(world, stated)
    if high < first or low > last:
        return None
    if first <= low and high <= last:
        return world, one
    if low <= first and last <= high:
        return world, stated
    return world.narrow(stated.anchor, Dates(max(low, first), min(high, last))), stated
