"""*Deadlines.* The status of each duty and option by a day, in any world, and how late it is.

A deadline runs from a moment (`worlds.Obligation`), or is due once in each year. In each world
it may have been met, met late, be open or overdue; a duty says what is possible in any of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.lifecycle.automatic_transitions import pending_in, will_come
from ipcity_policy.engines.lifecycle.context import (
    Context,
    is_withheld,
    obligation_withheld,
)
from ipcity_policy.engines.lifecycle.observed_events import (
    has_begun,
    is_closed,
    is_met,
    meeting,
    was_in,
    was_left,
)
from ipcity_policy.engines.lifecycle.position import (
    Duty,
    EventIndex,
    Fulfilment,
    Position,
    StepCause,
    VersionIndex,
    ends,
)
from ipcity_policy.engines.lifecycle.stretches import stretches_of
from ipcity_policy.engines.lifecycle.temporal_constraints import (
    dates,
    has_come,
    hull,
    is_exact,
    span,
)
from ipcity_policy.engines.lifecycle.worlds import (
    NEXT,
    Anchor,
    Cause,
    DayExpression,
    Obligation,
    World,
)
from ipcity_policy.lang.values import Dates, Periods, Truth, all_of, any_of, opposite
from ipcity_policy.law.lifecycle import Deadline

#: What the duty of an obligation rests on in a world: the obligation, what is left of the days
#: that it follows from, and the events that may meet it.
_Grounds = tuple[Obligation, tuple[tuple[Anchor, Dates], ...], tuple[tuple[int, bool], ...]]


def duties_of(context: Context, worlds: Sequence[World]) -> tuple[Duty, ...]:
    """Return every deadline that ran or runs, in the order in which they are due.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2010-07-01", until="2012-01-01")
    >>> found = duties_of(context, [world])
    >>> [(one.deadline.id, str(one.due.high), " or ".join(one.possible)) for one in found]
    [('inspection', '2010-08-01', 'open'), ('note', '2011-03-31', 'open')]
    """
    found: dict[tuple[str, VersionIndex, Cause], list[Duty]] = {}
    known: dict[_Grounds, Duty] = {}
    stretches = stretches_of(context, worlds)
    for world in worlds:
        for one in world.obligations:
            asked = _is_asked(context, world, one)
            if asked is not False:
                key = (one.deadline.id, one.version, one.cause)
                duty = _due_once(context, known, world, one)
                found.setdefault(key, []).append(replace(duty, certain=asked is True))
        for duty, year in _yearly(context, world, stretches):
            found.setdefault((duty.deadline.id, duty.version, ("", year)), []).append(duty)
    duties = [_joined(ones, len(worlds)) for ones in found.values()]
    return tuple(sorted(duties, key=_when_due))


def _when_due(duty: Duty) -> tuple[date, str, int]:
    return duty.due.low or date.min, duty.deadline.id, duty.version


def _joined(ones: Sequence[Duty], worlds: int) -> Duty:
    """Return what the worlds in which a duty is owed say of it together; of `worlds` in all."""
    possible = {one for duty in ones for one in duty.possible}
    met = [duty for duty in ones if duty.met_by is not None]
    open_events = {event for duty in ones for event in duty.open_events}
    return replace(
        ones[0],
        since=hull([duty.since for duty in ones]),
        due=hull([duty.due for duty in ones]),
        possible=tuple(one for one in Fulfilment if one in possible),
        met_on=hull([duty.met_on for duty in met if duty.met_on is not None]) if met else None,
        met_by=met[0].met_by if met else None,
        open_events=tuple(sorted(open_events)) if len(possible) > 1 else (),
        certain=len(ones) == worlds and all(duty.certain for duty in ones),
    )


# Due once


def _is_asked(context: Context, world: World, obligation: Obligation) -> Truth:
    """Tell whether an obligation asks for anything in a world."""
    if obligation_withheld(context, obligation):
        return False
    begun = has_begun(context, world, obligation)
    return all_of([obligation.governed, begun, _is_owed(context, world, obligation)])


def _is_owed(context: Context, world: World, obligation: Obligation) -> Truth:
    """Tell whether an obligation was met, or the subject is in a state in which it is owed."""
    during = _open_in(context, obligation)
    if not obligation.deadline.during or is_met(context, world, obligation) is True:
        return True
    low, high = span(context, world, obligation.due)
    truths = set[Truth]()
    if low <= context.on:
        truths.add(was_in(context, world, during, obligation.due))
    if high > context.on:
        truths.add(was_in(context, world, during, context.on))
    owed = truths.pop() if len(truths) == 1 else None
    # Who left those states while the time ran does not owe it again once back in them.
    owed = all_of([owed, opposite(was_left(context, world, obligation))])
    events = meeting(context, world, obligation)
    days = (span(context, world, context.event_days[event]) for event in events)
    return None if owed is False and any(first <= high for first, _ in days) else owed


def _open_in(context: Context, obligation: Obligation) -> tuple[str, ...]:
    """Return the states in which a deadline is asked.

    An option that is taken by moving on is open only where a transition leads on.
    """
    deadline, history = obligation.deadline, context.programs[obligation.version].history
    if not deadline.option or not context.moving.issuperset(deadline.met_by):
        return deadline.during
    moves = [one for one in history.transitions.values() if one.event in deadline.met_by]
    return tuple(
        state for state in deadline.during if any(one.leads_from(state) for one in moves)
    )


def _due_once(
    context: Context, known: dict[_Grounds, Duty], world: World, obligation: Obligation
) -> Duty:
    """Return the duty of an obligation in a world.

    Many worlds leave alike what it rests on: `known` has those that were looked at before.
    """
    anchors = {day.anchor for day in (obligation.since, obligation.due, obligation.opened)}
    met_by = obligation.deadline.met_by
    left = tuple(
        pair
        for pair in world.narrowed
        if pair[0] in anchors
        or (pair[0][1] == "on" and context.events[pair[0][0]].kind in met_by)
    )
    events = meeting(context, world, obligation)
    grounds = (obligation, left, tuple(events.items()))
    if grounds not in known:
        known[grounds] = _of_obligation(context, world, obligation, events)
    return known[grounds]


def _of_obligation(
    context: Context,
    world: World,
    obligation: Obligation,
    events: Mapping[EventIndex, bool],
) -> Duty:
    due, opened = (dates(context, world, one) for one in (obligation.due, obligation.opened))
    days = {event: dates(context, world, context.event_days[event]) for event in events}
    done = [(days[event], surely) for event, surely in events.items()]
    met = next(iter(days), None)
    return Duty(
        deadline=obligation.deadline,
        after=obligation.moment,
        since=dates(context, world, obligation.since),
        due=due,
        year=None,
        possible=tuple(_possible(context, obligation.deadline, opened, due, done)),
        met_on=None if met is None else days[met],
        met_by=met,
        open_events=_inexact(context, {obligation.due.event, *events}),
        certain=False,
        version=obligation.version,
        calculated_from=obligation.since.event,
    )


def _inexact(context: Context, events: Iterable[EventIndex]) -> tuple[EventIndex, ...]:
    """Return the events whose day the sheet does not state exactly."""
    return tuple(one for one in events if not is_exact(context, context.event_days[one]))


def _possible(
    context: Context,
    deadline: Deadline,
    opened: Dates,
    due: Dates,
    days: Iterable[tuple[Dates, bool]],
) -> Iterator[Fulfilment]:
    """Yield what may have become of a duty.

    Given are the days on which it may have been met, and of each whether what was done then
    was surely done for it.
    """
    kinds, on = deadline.met_by, context.on
    first, last = ends(due)
    begun = opened.high or date.max
    done = in_time = may_be_early = may_be_late = False
    for day, surely in days:
        low, high = ends(day)
        may_be_early = may_be_early or low <= last
        may_be_late = may_be_late or high > first
        # Else it may come later, or came before.
        if surely and high <= on and low >= begun:
            done = True
            in_time = in_time or high <= first
    if in_time:
        yield Fulfilment.MET
        return
    if may_be_early or not is_closed(context, kinds, min(last, on)):
        yield Fulfilment.MET
    if on > first and (may_be_late or not is_closed(context, kinds, on)):
        yield Fulfilment.MET_LATE
    if not done and on <= last:
        yield Fulfilment.OPEN
    if not done and on > first:
        yield Fulfilment.PASSED if deadline.option else Fulfilment.OVERDUE


# Due each year


def _yearly(
    context: Context, world: World, stretches: Sequence[range]
) -> Iterator[tuple[Duty, int]]:
    """Yield the duties of each year that are owed while certain states last, and the year.

    Those of a stretch of years are one: the status of the first is that of each.
    """
    for version, program in context.versions.each():
        for deadline in program.history.deadlines.values():
            if deadline.each_year_by is None or is_withheld(context, deadline.origin):
                continue
            for years in stretches:
                day = date(years[0], *deadline.each_year_by)
                owed = _is_owed_on(context, world, version, deadline, day)
                if owed is False or _is_elsewhere(context, world, deadline, day):
                    continue
                certain = owed is True and not _may_end(context, world, deadline, day)
                duty = _of_year(context, world, version, deadline, day, certain=certain)
                yield duty.of_years(years), years[0]


def _is_owed_on(
    context: Context, world: World, version: VersionIndex, deadline: Deadline, day: date
) -> Truth:
    """Tell whether a duty of each year is owed that is due on a day."""
    during, governs = deadline.during, context.versions.governs(version, Dates(day, day))
    if governs is False:
        return False
    truths = [was_in(context, world, during, min(day, context.on))]
    if deadline.not_before is not None:
        since = date(day.year - 1, *deadline.not_before)
        truths.append(was_in(context, world, during, since))
    if deadline.in_term is not None:
        truths.append(_is_within(context, world, deadline.in_term, day))
    return all_of([*truths, governs])


def _of_year(
    context: Context,
    world: World,
    version: VersionIndex,
    deadline: Deadline,
    day: date,
    *,
    certain: bool,
) -> Duty:
    """Return a duty that is due on a day of a year."""
    due, always = Dates(day, day), Dates(date.min, date.min)
    days = {
        event: dates(context, world, context.event_days[event])
        for event in context.seen
        if _is_for(context, event, deadline, day.year)
    }
    done = [(one, True) for one in days.values()]
    possible = tuple(_possible(context, deadline, always, due, done))
    met = next(iter(days), None)
    return Duty(
        deadline=deadline,
        after=None,
        since=due,
        due=due,
        year=day.year,
        possible=possible,
        met_on=None if met is None else days[met],
        met_by=met,
        open_events=_inexact(context, days) if len(possible) > 1 else (),
        certain=certain,
        version=version,
    )


def _is_within(context: Context, world: World, term: str, day: date) -> Truth:
    """Tell whether a day lies in a term, whose last day belongs to it.

    The first does where the version counts it, or a notice states it.
    """
    if world.state is None:
        return None
    found: set[Truth] = set()
    last = -1
    for number, began in enumerate(world.terms):
        if began.term != term:
            continue
        counting = context.programs[began.version].history.counting.of("terms")
        start, (low, high) = began.start, span(context, world, began.end)
        if not counting.opening_day and not _states_first(context, world, start):
            start = start.then(NEXT)
        begun = has_come(context, world, start, day)
        runs = True if day <= low else None if day <= high else False
        left = _was_left_since(context, world, number, day)
        found.add(all_of([begun, runs, opposite(left)]))
        last = number if begun is not False else last
    # A term that is not known may run until the next that is begins.
    if any(step.source is None and step.begun > last for step in world.steps):
        found.add(None)
    return any_of([*found])


def _was_left_since(context: Context, world: World, number: int, day: date) -> Truth:
    """Tell whether the states in which a term goes on were left since it began, by a day."""
    began = world.terms[number]
    term = context.programs[began.version].history.terms[began.term]
    found: set[Truth] = set()
    for step in world.steps:
        if step.begun > number and step.target not in (term.state, *term.through):
            found.add(has_come(context, world, step.day, day))
    return any_of([*found])


def _states_first(context: Context, world: World, start: DayExpression) -> bool:
    """Tell whether a notice states the day on which a term begins, be it the event's own."""
    if start.of == "from":
        return True
    if start.of != "on" or start.offsets or context.events[start.event].term is None:
        return False
    low, high = span(context, world, start)
    first, last = span(context, world, DayExpression(start.event, "from"))
    return first <= low and high <= last


def _may_end(context: Context, world: World, deadline: Deadline, day: date) -> bool:
    """Tell whether the states of a duty that is ahead may be left by itself before its day."""
    if day <= context.on:
        return False
    for pending in pending_in(context, world):
        target = pending.target_in(world)
        leaves = target is not None and target not in deadline.during
        in_time = leaves and span(context, world, pending.day)[0] <= day
        if in_time and will_come(context, world, pending) is not False:
            return True
    return False


def _is_elsewhere(context: Context, world: World, deadline: Deadline, day: date) -> bool:
    """Tell whether a day lies before all that is known, in states that do not owe a duty.

    What is known first is an event, and with it the states that it leads out of.
    """
    if not world.steps or world.steps[0].source is not None:
        return False
    first = world.steps[0]
    if day >= span(context, world, first.day)[1] or first.cause is not StepCause.EVENT:
        return False
    move = context.programs[first.version].history.transitions[first.id]
    around = None if move.sources is None else {*move.sources, move.target}
    return around is not None and around.isdisjoint(deadline.during)


def _is_for(context: Context, index: EventIndex, deadline: Deadline, year: int) -> bool:
    """Tell whether an event may meet the duty of a year."""
    event = context.events[index]
    if event.kind not in deadline.met_by:
        return False
    if event.year is not None:
        return event.year == year
    low, high = ends(event.on)
    return low.year <= year <= high.year


# How late it is


def days_left(duty: Duty, on: date) -> Periods:
    """Return how many days are left for a duty that is open; 0 on its last day.

    An end that is None is open: the duty may never be due.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2010-07-01")
    >>> inspection, _ = duties_of(context, [world])
    >>> days_left(inspection, date(2010, 7, 30))
    Periods(low=2, high=2, unit='days')
    """
    return _days(_between(on, duty.due.low), _between(on, duty.due.high), 0)


def days_overdue(duty: Duty, on: date) -> Periods:
    """Return by how many days a duty that is not done is late.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06", on="2010-07-01")  # on some day of June
    >>> inspection, _ = duties_of(context, [world])
    >>> days_overdue(inspection, date(2010, 9, 1))
    Periods(low=2, high=31, unit='days')
    """
    return _days(_between(duty.due.high, on), _between(duty.due.low, on), 1)


def days_late(duty: Duty) -> Periods:
    """Return by how many days a duty was met late.

    >>> from tests.boxes import course
    >>> stated = "registered 2010-06-01", "inspected 2010-08-11"  # due on the first of August
    >>> context, world = course(*stated, on="2010-09-01")
    >>> days_late(duties_of(context, [world])[0])
    Periods(low=10, high=10, unit='days')
    """
    met = duty.met_on or Dates(None, None)
    return _days(_between(duty.due.high, met.low), _between(duty.due.low, met.high), 1)


def _between(first: date | None, last: date | None) -> int | None:
    return None if first is None or last is None else (last - first).days


def _days(low: int | None, high: int | None, least: int) -> Periods:
    return Periods(max(low if low is not None else least, least), high, "days")


def settled_by(duty: Duty, on: date) -> tuple[int, ...]:
    """Return the events whose day, once it is known, decides the status of a duty, by index.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", "inspected 2010-08", on="2010-09-01")
    >>> inspection, _ = duties_of(context, [world])  # due on the first of August
    >>> " or ".join(inspection.possible), settled_by(inspection, context.on)
    ('met or met-late', (1,))
    """
    held = duty.met_on if duty.met_on is not None else Dates(on, on)
    limits = [duty.due] if duty.met_on is None else [duty.since, duty.due]
    return duty.open_events if any(_may_be_after(held, one) for one in limits) else ()


def _may_be_after(held: Dates, limit: Dates) -> bool:
    """Tell whether it is not known if something lies before or after a day."""
    (low, high), (first, last) = ends(held), ends(limit)
    return high > first and low <= last


def may_be_unstated(duty: Duty, position: Position) -> bool:
    """Tell whether a duty may have been met by an event that is not stated.

    >>> from ipcity_policy.engines.lifecycle.follow import follow
    >>> from tests.boxes import box, law
    >>> sheets = [box("registered 2010-06-01", until=until) for until in (None, "2012-01-01")]
    >>> positions = [follow([law()], sheet, date(2010, 9, 1)).value for sheet in sheets]
    >>> [may_be_unstated(one.duties[0], one) for one in positions]
    [True, False]
    """
    met = {Fulfilment.MET, Fulfilment.MET_LATE} & {*duty.possible}
    closed = position.covered and not {*duty.deadline.met_by} & {*position.not_known}
    return duty.met_by is None and not closed and bool(met)
