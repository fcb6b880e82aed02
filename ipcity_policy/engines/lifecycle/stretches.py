"""*Stretches of years.* For a duty of each year: the years that are alike and judged as one.

From one year to the next something else can become of such a duty only where a day lies that is
stated or calculated: of an event, a step or a term, of a version, the last that the sheet is
closed up to. Between those days each year is as the one before.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ipcity_policy.engines.lifecycle.context import Context
from ipcity_policy.engines.lifecycle.temporal_constraints import dates
from ipcity_policy.engines.lifecycle.worlds import World
from ipcity_policy.lang.values import Dates

#: How many years up to that of the day asked about are looked at one by one in any case.
NEAR = 10
#: Fewer years than so many are not taken as one.
FEW = 4
#: For how many years a day may change the status of a duty: a duty may rest on a day of the
#: year before, and that on the day after the last of a year.
_AFTER = 4


def stretches_of(context: Context, worlds: Sequence[World]) -> tuple[range, ...]:
    """Return the years in which a duty may be due, up to the first after the day asked about.

    In each stretch of them the same becomes of every duty of a year, in each of some worlds.

    >>> from tests.boxes import course
    >>> stated = "registered 1950-06-01", "taken-back 1950-07-01"
    >>> context, world = course(*stated, on="2010-01-01")
    >>> [(years[0], years[-1]) for years in stretches_of(context, [world]) if len(years) > 1]
    [(1955, 2000)]
    """
    lows = [context.events[event].on.earliest for event in context.seen]
    first = min((day.year for day in lows), default=context.on.year)
    first = max(first, date.min.year + 1)
    last = min(context.on.year + 1, date.max.year)
    eventful = {*range(max(first, context.on.year - NEAR + 1), last + 1)}
    for year in {*_years_known(context, worlds)}:
        eventful.update(range(year, year + _AFTER))
    return tuple(_stretches(first, last, sorted(eventful)))


def _stretches(first: int, last: int, eventful: Sequence[int]) -> Iterator[range]:
    """Yield the years in which something happens one by one, and those between as one."""
    begun = first
    for year in (*(one for one in eventful if first <= one <= last), last + 1):
        between = range(begun, year)
        if len(between) >= FEW:
            yield between
        else:
            yield from (range(one, one + 1) for one in between)
        if year <= last:
            yield range(year, year + 1)
        begun = year + 1


def _years_known(context: Context, worlds: Sequence[World]) -> Iterator[int]:
    """Yield the years of the days that may change the status of a duty."""
    for index in context.seen:
        event = context.events[index]
        yield from _years(event.on)
        yield from () if event.year is None else (event.year,)
    for day in (context.silence.known_until, context.silence.known_from):
        yield from () if day is None else (day.year,)
    for version, _ in context.versions.each():
        yield from _years(Dates(*context.versions.span(version)))
    for world in worlds:
        calculated = [step.day for step in world.steps]
        calculated += [day for term in world.terms for day in (term.start, term.end)]
        for one in calculated:
            yield from _years(dates(context, world, one))


def _years(days: Dates) -> Iterator[int]:
    yield from (day.year for day in (days.low, days.high) if day is not None)
