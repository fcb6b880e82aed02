"""The last day of a bar, and how firmly it stands.

What an outcome would cause and what came of an event or a lapse is calculated here alike.
"""

from collections.abc import Callable
from dataclasses import replace

from ipcity_policy.lang import core
from ipcity_policy.lang.time_limits import RestDays, last_day
from ipcity_policy.lang.values import Dates, Periods, of_type
from ipcity_policy.law.model import Origin, weakest
from ipcity_policy.law.program import Program
from ipcity_policy.text.subject import EntryPath

#: Tells the rest days by a country's code; None where there is no calendar of them.
Calendars = Callable[[str], RestDays | None]


def no_calendar(_: str) -> RestDays | None:
    """Tell of no country's rest days: an end that may give way to them stays open.

    >>> print(no_calendar("UT"))
    None
    """
    return None


def bar_until(program: Program, bar: core.Bar, since: Dates, rest: Calendars) -> Dates:
    """Return the last day of a bar that runs from a day.

    Where that is the last day of another period, the bar follows that period.

    >>> from datetime import date
    >>> from tests.boxes import law
    >>> day, bar = date(2011, 8, 31), core.Bar("renewal", "pause", "sold")  # of six months
    >>> bar_until(law(), bar, Dates(day, day), no_calendar).high
    datetime.date(2012, 2, 29)
    """
    length = of_type(program.parameters[bar.period].value, Periods)
    counting = program.history.counting.of("bars")
    calendar = rest(counting.rest_days) if counting.rest_days is not None else None
    follows = program.history.ends_a_period(bar.after)
    return last_day(since, length, counting, calendar, follows=follows)


def bar_origin(program: Program, bar: core.Bar, owner: EntryPath, cause: Origin) -> Origin:
    """Return where a bar stands: where its period does, and no firmer than its cause.

    `owner` is what the effect belongs to. Where a reading decides from which day the bar
    runs, or for how long, that is no more than what the reading rests on.

    >>> from tests.boxes import law
    >>> lapse = law().history.lapses["not-renewed"]
    >>> found = bar_origin(law(), lapse.effects[0], EntryPath(lapse.key), lapse.origin)
    >>> lapse.origin.provision, found.provision, found.basis.value
    ('art-2-d', 'art-1', 'attested')
    """
    period = program.parameters[bar.period]
    origin, effects = period.origin, EntryPath(owner.key, (*owner.steps, "effects"))
    read = program.read_at(effects, EntryPath(period.key))
    return replace(origin, basis=weakest((origin.basis, cause.basis, *read)))
