"""Which years are looked at one by one for a duty of each year, and which of them as one.

From one year to the next something can become of such a duty only where a day lies that is
known of: one of an event, of a step or a term, of a version, the last that the sheet tells of.
Between those days each year is as the one before.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ipcity_policy.engines.lifecycle.simulation import Simulation
from ipcity_policy.engines.lifecycle.worlds import World
from ipcity_policy.lang.values import Dates

#: How many years up to that of the day asked about are looked at one by one in any case.
NEAR = 10
#: Fewer years than so many are not taken as one.
FEW = 4
#: For how many years a day may change what becomes of a duty: a duty may hang on a day of the
#: year before, and that on the day after the last of a year.
_AFTER = 4


def stretches_of(simulation: Simulation, worlds: Sequence[World]) -> tuple[range, ...]:
    """Return the years in which a duty may be due, up to the first after the day asked about.

    In each stretch of them, every duty of a year is alike on each of some ways.
    """
    lows = [simulation.events[place].on.earliest for place in simulation.seen]
    first = min((day.year for day in lows), default=simulation.on.year)
    first = max(first, date.min.year + 1)
    last = min(simulation.on.year + 1, date.max.year)
    telling = {*range(max(first, simulation.on.year - NEAR + 1), last + 1)}
    for year in {*_years_known(simulation, worlds)}:
        telling.update(range(year, year + _AFTER))
    return tuple(_stretches(first, last, sorted(telling)))


def _stretches(first: int, last: int, telling: Sequence[int]) -> Iterator[range]:
    """Yield the years that tell something one by one, and those between them as one."""
    begun = first
    for year in (*(one for one in telling if first <= one <= last), last + 1):
        between = range(begun, year)
        if len(between) >= FEW:
            yield between
        else:
            yield from (range(one, one + 1) for one in between)
        if year <= last:
            yield range(year, year + 1)
        begun = year + 1


def _years_known(simulation: Simulation, worlds: Sequence[World]) -> Iterator[int]:
    """Yield the years of the days on which what becomes of a duty may hang."""
    for place in simulation.seen:
        event = simulation.events[place]
        yield from _years(event.on)
        yield from () if event.year is None else (event.year,)
    for day in (simulation.silence.known_until, simulation.silence.known_from):
        yield from () if day is None else (day.year,)
    for text in range(len(simulation.texts.programs)):
        yield from _years(Dates(*simulation.texts.span(text)))
    for world in worlds:
        reckoned = [step.day for step in world.steps]
        reckoned += [day for term in world.terms for day in (term.start, term.end)]
        for one in reckoned:
            yield from _years(simulation.days.dates(world, one))


def _years(days: Dates) -> Iterator[int]:
    yield from (day.year for day in (days.low, days.high) if day is not None)
