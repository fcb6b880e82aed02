"""*Terms and obligations.* What begins to run in a world: a term in its state, and duties.

A term has two sets of days: as its notice states them, and as the version calculates them. What
both say is taken together as far as they agree. Where they do not, the version tells which of
the two counts.
"""

from collections.abc import Iterator
from dataclasses import replace

from ipcity_policy.engines.lifecycle.context import Context, is_withheld
from ipcity_policy.engines.lifecycle.observed_events import events_of, is_covered_from_first
from ipcity_policy.engines.lifecycle.position import EventIndex, VersionIndex
from ipcity_policy.engines.lifecycle.temporal_constraints import dates, span
from ipcity_policy.engines.lifecycle.worlds import (
    Cause,
    DayExpression,
    Obligation,
    Offset,
    TermStart,
    World,
    give_up,
)
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.lifecycle import Moment, Term

#: What is left of the world, the first day, the last, and the last as it is calculated.
TermDays = tuple[World, DayExpression, DayExpression, DayExpression | None]

# Terms


def begin_term(
    context: Context,
    world: World,
    day: DayExpression,
    version: VersionIndex,
    event: EventIndex | None,
) -> World:
    """Return the world with the term that begins in its state, and what that brings.

    >>> from ipcity_policy.engines.lifecycle.worlds import ANY_ROUND
    >>> from tests.boxes import history
    >>> context = history("registered 2010-06-01", on="2011-01-01")
    >>> held, (day,) = World("held", ANY_ROUND), context.event_days
    >>> found = begin_term(context, held, day, VersionIndex(0), EventIndex(0))
    >>> found.running.term, str(span(context, found, found.running.end)[1])
    ('hold', '2011-06-01')
    """
    term = term_in(context, world.state, version)
    if term is None:
        return world
    length: Offset | None = (version, term.lasts, "terms")
    stated = event is not None and context.events[event].term is not None
    if is_withheld(context, term.origin, (version, term.lasts)):
        if not stated:
            return give_up([with_doubtful_term(context, world, term, day)])
        length = None
    if term.later and event is not None and state_named_by(context, event) == term.state:
        day = DayExpression(event, "after")
    if stated:
        world, start, end, calculated = _stated_days(
            context, world, day, length, yields=term.notice_yields
        )
    else:
        assert length is not None  # INVARIANT: it is given up above
        start, end = day, day.then(length)
        calculated = end
    began = TermStart(term.id, version, start, end, calculated, event, world.round)
    world = replace(world, running=began, terms=(*world.terms, began))
    return world.with_obligations(obligations_of_term(context, world, began, "start"))


def _stated_days(
    context: Context, world: World, day: DayExpression, length: Offset | None, *, yields: bool
) -> TermDays:
    """Return the days of a term that the notice of an event states.

    It begins on `day` by the version, and is of a `length`; None where that is withheld. With
    `yields`, the notice gives way to the version where they do not agree.
    """
    first, last = DayExpression(day.event, "from"), DayExpression(day.event, "until")
    start, agreed = first, _agreed(context, world, day, first)
    if agreed is not None:
        world, start = agreed
    elif yields:
        start = day
    if length is None:
        return world, start, last, None
    calculated = start.then(length)
    agreed = _agreed(context, world, calculated, last)
    if agreed is not None:
        world, end = agreed
        return world, start, end, calculated
    return world, start, calculated if yields else last, calculated


def _agreed(
    context: Context, world: World, one: DayExpression, stated: DayExpression
) -> tuple[World, DayExpression] | None:
    """Return the day that both may be, or the part of the stated one; None where none is."""
    (low, high), (first, last) = span(context, world, one), span(context, world, stated)
    if high < first or low > last:
        return None
    if first <= low and high <= last:
        return world, one
    if low <= first and last <= high:
        return world, stated
    return world.narrow(stated.anchor, Dates(max(low, first), min(high, last))), stated


def term_in(context: Context, state: str | None, version: VersionIndex) -> Term | None:
    """Return the term that runs in a state under a version; None where there is none.

    >>> from tests.boxes import history
    >>> term_in(history(on="2011-01-01"), "held", VersionIndex(0)).id
    'hold'
    """
    terms = context.programs[version].history.terms.values()
    return next((term for term in terms if term.state == state), None)


def term_of(
    context: Context, world: World, began: TermStart
) -> tuple[VersionIndex, Term] | None:
    """Return what the law says of a term that began, with the version; None for nothing.

    Where the version that it began under is withheld, the notice tells when it ends, and the
    version of that day what follows.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2011-01-01")
    >>> version, term = term_of(context, world, world.running)
    >>> version, term.id, term.then
    (0, 'hold', 'over')
    """
    term = context.programs[began.version].history.terms[began.term]
    if not is_withheld(context, term.origin):
        return began.version, term
    for version in context.versions.sole(dates(context, world, began.end)):
        other = context.programs[version].history.terms.get(began.term)
        if other is not None and other.state == term.state:
            return None if is_withheld(context, other.origin) else (version, other)
    return None


def state_named_by(context: Context, event: EventIndex) -> str | None:
    """Return the state that an event names by its own words; None where it names none.

    >>> from tests.boxes import history
    >>> context = history("registered 2010-06-01", on="2011-01-01")
    >>> print(state_named_by(context, EventIndex(0)))
    None
    """
    return context.programs[0].vocabulary.events[context.events[event].kind].names


# Obligations


def obligations_from(
    context: Context,
    world: World,
    moment: Moment,
    since: DayExpression,
    cause: Cause,
    opened: DayExpression | None = None,
) -> list[Obligation]:
    """Return the obligations that run from a moment, under the versions that govern them.

    `opened` is the first day of the term that they follow, if they follow one.

    >>> from ipcity_policy.engines.lifecycle.worlds import ANY_ROUND
    >>> from tests.boxes import history
    >>> context = history("registered 2010-06-01", on="2011-01-01")
    >>> held = World("held", ANY_ROUND)
    >>> moment, (day,) = Moment("event", "registered"), context.event_days
    >>> (found,) = obligations_from(context, held, moment, day, ("event", 0))
    >>> found.deadline.id, str(span(context, held, found.due)[1])
    ('inspection', '2010-08-01')
    """
    found: list[Obligation] = []
    for version, program in context.versions.each():
        for deadline in program.history.deadlines.values():
            if moment not in deadline.after or deadline.within is None:
                continue
            judged = dates(context, world, since)
            if deadline.governed_by is not None:
                judged = _judged_on(context, world, deadline.governed_by, since)
            governed = context.versions.governs(version, judged)
            if governed is not False:
                due = since.then((version, deadline.within, "deadlines"))
                begun = (opened or since) if deadline.early else since
                found.append(
                    Obligation(deadline, version, moment, since, due, begun, cause, governed)
                )
    return found


def _judged_on(context: Context, world: World, moment: Moment, since: DayExpression) -> Dates:
    """Return the latest day of a moment by another day; that day where there is none."""
    low, high = span(context, world, since)
    if moment.of != "event":
        terms = [term for term in world.terms if term.term == moment.name]
        if not terms:
            return Dates(low, high)
        last = terms[-1]
        return dates(context, world, last.start if moment.of == "start" else last.end)
    events = events_of(context, (moment.name,))
    days = [span(context, world, context.event_days[event]) for event in events]
    by_then = [first for first, last in days if last <= low]
    perhaps = [min(last, high) for first, last in days if first <= high]
    return Dates(
        max(by_then) if by_then else min((low, *(first for first, _ in days))),
        max(perhaps) if by_then else high,
    )


def obligations_of_term(
    context: Context, world: World, began: TermStart, which: str
) -> list[Obligation]:
    """Return what the `start` or the `end` of a term brings, but for what was met early.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2011-01-01")
    >>> found = obligations_of_term(context, world, world.running, "end")
    >>> [(one.deadline.id, str(span(context, world, one.due)[1])) for one in found]
    [('renewal', '2011-07-01')]
    """
    cause = (f"{which} of {began.term}", sum(t.term == began.term for t in world.terms))
    day = began.start if which == "start" else began.end
    found = obligations_from(context, world, Moment(which, began.term), day, cause, began.start)
    there = {(one.deadline.id, one.version, one.cause) for one in world.obligations}
    return [one for one in found if (one.deadline.id, one.version, one.cause) not in there]


def with_doubtful_term(context: Context, world: World, term: Term, day: DayExpression) -> World:
    """Return the world with what a term may bring whose provision is not available.

    How long it lasts is not known, and so on which day it ends.

    >>> from ipcity_policy.engines.lifecycle.worlds import ANY_ROUND
    >>> from tests.boxes import history, law
    >>> context = history("registered 2010-06-01", on="2011-01-01")
    >>> held = World("held", ANY_ROUND)
    >>> term, (day,) = law().history.terms["hold"], context.event_days
    >>> (found,) = with_doubtful_term(context, held, term, day).obligations
    >>> found.deadline.id, found.withheld, str(span(context, held, found.since)[0])
    ('renewal', True, '2010-06-01')
    """
    found: list[Obligation] = []
    for which, moment in (("start", day), ("end", DayExpression(day.event, "over"))):
        cause = (f"{which} of {term.id}", day.event)
        found += obligations_from(context, world, Moment(which, term.id), moment, cause, day)
    return world.with_obligations([_doubtful(one) for one in found])


def with_unstated_causes(context: Context, world: World, event: EventIndex) -> World:
    """Return the world with the obligations that may run from before all that is known.

    Those that a lapse rests on that leads out of the state that the subject is in.

    >>> from ipcity_policy.engines.lifecycle.worlds import ANY_ROUND
    >>> from tests.boxes import history
    >>> context = history("renewed 2011-06-10", on="2011-07-01")
    >>> found = with_unstated_causes(context, World("over", ANY_ROUND), EventIndex(0))
    >>> [(one.deadline.id, one.withheld) for one in found.obligations]
    [('renewal', True), ('inspection', True)]
    """
    day, opened = DayExpression(event, "ever"), DayExpression(event, "always")
    there = {one.deadline.id for one in world.obligations}
    begun = {began.term for began in world.terms}
    found: list[Obligation] = []
    for moment in dict.fromkeys(_moments_of_lapses(context, world.state)):
        is_event = moment.of == "event"
        known = is_covered_from_first(context) if is_event else moment.name in begun
        if not known:
            cause = (f"{moment.of} of {moment.name}", -1 - event)
            found += obligations_from(context, world, moment, day, cause, opened)
    return world.with_obligations(
        [_doubtful(one) for one in found if one.deadline.id not in there]
    )


def _moments_of_lapses(context: Context, state: str | None) -> Iterator[Moment]:
    """Yield what the obligations run from that the lapses out of a state rest on."""
    for program in context.programs:
        history = program.history
        for lapse in history.lapses.values():
            if state in lapse.sources:
                for name in (lapse.missed, lapse.unless_missed, lapse.if_missed):
                    deadline = history.deadlines.get(name) if name is not None else None
                    if deadline is not None:
                        yield from deadline.after


def _doubtful(obligation: Obligation) -> Obligation:
    """Return an obligation of which it is not known whether it runs."""
    governed = None if obligation.governed else obligation.governed
    return replace(obligation, withheld=True, governed=governed)
