"""*Derived facts.* What follows from a history: days, states, bars, what events stated by year.

Where the sheet is closed (`observed_events`), what is not stated did not happen, and its day is
none. A day is followed to the events that it rests on.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ipcity_policy.engines.lifecycle.context import (
    Context,
    is_withheld,
    obligation_withheld,
)
from ipcity_policy.engines.lifecycle.observed_events import (
    events_of,
    has_begun,
    is_closed,
    is_covered,
)
from ipcity_policy.engines.lifecycle.position import (
    DerivedFact,
    EventIndex,
    RunningBar,
    StepCause,
    VersionIndex,
    ends,
)
from ipcity_policy.engines.lifecycle.reachability import successors
from ipcity_policy.engines.lifecycle.temporal_constraints import (
    border,
    dates,
    has_come,
    hull,
    span,
)
from ipcity_policy.engines.lifecycle.worlds import (
    NEXT,
    DayExpression,
    TermStart,
    World,
    WorldStep,
)
from ipcity_policy.lang.datatypes import SeriesType, unknown
from ipcity_policy.lang.values import (
    NEVER,
    Dates,
    Element,
    Options,
    Series,
    Truth,
    Value,
    any_of,
    opposite,
)
from ipcity_policy.law.lifecycle import (
    Barred,
    ByState,
    ByYear,
    DayOf,
    Derived,
    DerivedFrom,
    OfDuty,
    OfTerm,
    Since,
)
from ipcity_policy.law.model import Basis, Origin, weakest
from ipcity_policy.law.program import Program

#: A day with the events that it follows from.
_Found = tuple[Dates, tuple[EventIndex, ...]]


def day_of(
    context: Context, world: World, fact: str, version: VersionIndex, step: int | None = None
) -> Dates | None:
    """Return the day that a fact names in a world; None where it is not known.

    With a `step`, by its index, the day as it was when that step was taken; where there was
    none by then, the first one after it.

    >>> from tests.boxes import course
    >>> stated = "registered 2010-06-01", "taken-back 2010-07-01"
    >>> context, world = course(*stated, on="2011-01-01")
    >>> str(day_of(context, world, "sold", VersionIndex(0)).high)
    '2010-07-01'
    """
    derived = context.programs[version].history.derived.get(fact)
    found: _Found | None = None
    if derived is not None and not is_withheld(context, derived.origin):
        found = _day(context, world, derived, step)
    if found is not None and found[0].never is False:
        return found[0]
    stated = context.stated.get(fact)
    return stated if isinstance(stated, Dates) else None


def border_of(
    context: Context, world: World, fact: str, version: VersionIndex, step: int | None = None
) -> Dates | None:
    """Return the day that what follows a period is calculated from; a fact names its last day.

    None where it names no such day. It is that last day, unless a rest day moved that and
    what follows is calculated as if it had not.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2010-12-01")
    >>> str(border_of(context, world, "held-until", VersionIndex(0)).high)
    '2011-06-01'
    """
    derived = context.programs[version].history.derived.get(fact)
    if derived is None or is_withheld(context, derived.origin):
        return None
    match derived.source:
        case OfTerm(term, "end"):
            began = _latest_run(world, term, step)
            return None if began is None else border(context, world, began.end)
        case OfDuty(deadline):
            found = _latest_due(context, world, deadline, step, border)
            return None if found is None else found[0]
    return None


def is_ahead(context: Context, world: World, derived: Derived) -> bool:
    """Tell whether a day that has not come is one that an event or a lapse will bring.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2010-12-01")
    >>> derived = context.programs[0].history.derived
    >>> {name: is_ahead(context, world, one) for name, one in derived.items()}
    {'held-until': False, 'renewed-on': True, 'sold': True}
    """
    match derived.source:
        case DayOf(names):
            return not is_withheld(context, derived.origin) and not _is_forgotten(
                context, world, names
            )
    return False


def _day(context: Context, world: World, derived: Derived, step: int | None) -> _Found | None:
    """Return the day that a fact names in a world, perhaps none; None where it is not known."""
    found: _Found | None = None
    match derived.source:
        case DayOf(names):
            if not _is_forgotten(context, world, names, step):
                found = _latest(context, world, list(_days(context, world, names, step)), step)
        case OfTerm(term, which):
            last = _latest_run(world, term, step)
            if last is not None:
                day = dates(context, world, last.start if which == "start" else last.end)
                found = day, () if last.event is None else (last.event,)
        case OfDuty(deadline):
            found = _latest_due(context, world, deadline, step, dates)
        case Since():
            found = _last_stay(context, world, derived.source, step)
            stands = (
                found is None
                or found[0].never is False
                or _is_closed_for(context, derived.source)
            )
            return found if stands else None
    if step is None and (found is None or found[0].never is not False):
        surely = _surely_not(context, world, derived.source)
        return (found or (NEVER, ())) if surely else None
    return found


def _surely_not(context: Context, world: World, source: DerivedFrom) -> bool:
    """Tell whether what a day is of did not happen by the day, but for what was found."""
    if context.silence.known_from is not None or world.lost:
        return False  # it may have happened before
    match source:
        case DayOf(names):
            events = [name for name in names if name not in context.lapses]
            closed = is_closed(context, events, context.on)
            return closed and (context.lapses.isdisjoint(names) or is_covered(context))
        case OfTerm() | OfDuty():
            return is_covered(context) and not any(
                isinstance(source, OfDuty) and one.deadline.id == source.deadline
                for one in world.obligations
            )
    return False


def _latest_run(world: World, term: str, step: int | None) -> TermStart | None:
    """Return the latest run of a term; with a step, the latest that had begun before it."""
    begun = world.terms if step is None else world.terms[: world.steps[step].begun]
    return next((one for one in reversed(begun) if one.term == term), None)


def _latest_due(
    context: Context,
    world: World,
    deadline: str,
    step: int | None,
    days_of: Callable[[Context, World, DayExpression], Dates],
) -> _Found | None:
    """Return the last day of the time for a duty that ended last; None where it is not known.

    With a step, of those that ran by then; of a lapse, that of the duty not met.
    """
    if step is not None:
        taken = world.steps[step]
        lapses = context.programs[taken.version].history.lapses
        if taken.cause is StepCause.LAPSE and lapses[taken.id].missed == deadline:
            assert taken.day.offsets[-1] == NEXT  # INVARIANT: it comes on the day after
            due = replace(taken.day, offsets=taken.day.offsets[:-1])
            return days_of(context, world, due), (due.event,)
    if world.lost:
        return None  # in one of the worlds that it stands for others may have run
    surely, perhaps = list[Dates](), list[Dates]()
    events: list[EventIndex] = []
    for one in world.obligations:
        if one.deadline.id != deadline:
            continue
        ran = has_begun(context, world, one)
        if step is not None:
            ran = has_come(context, world, one.since, world.steps[step].day)
        if ran is not False and (one.governed is None or obligation_withheld(context, one)):
            return None
        if ran is not False:
            (surely if ran else perhaps).append(days_of(context, world, one.due))
            events.append(one.due.event)
    if not surely:
        return None
    high = max(one.latest for one in (*surely, *perhaps))
    return Dates(max(one.earliest for one in surely), high), tuple(dict.fromkeys(events))


def _days(
    context: Context, world: World, names: Sequence[str], step: int | None
) -> Iterator[tuple[_Found, Truth]]:
    """Yield the days of some events and lapses, and whether each lies no later than a step.

    Without a `step`, no later than the day asked about.
    """
    moved = {taken.event: number for number, taken in enumerate(world.steps)}
    reach = (context.on, context.on)
    if step is not None:
        reach = span(context, world, world.steps[step].day)
    for event in events_of(context, tuple(names)):
        low, high = span(context, world, context.event_days[event])
        by_then: Truth = True if high <= reach[0] else None if low <= reach[1] else False
        if step is not None and event in moved:
            by_then = moved[event] <= step
        yield (Dates(low, high), (event,)), by_then
    for number, taken in enumerate(world.steps):
        if taken.cause is StepCause.LAPSE and taken.id in names:
            yield (dates(context, world, taken.day), ()), step is None or number <= step


def _latest(
    context: Context, world: World, days: list[tuple[_Found, Truth]], step: int | None
) -> _Found | None:
    """Return the latest of some days: those that may be it, from the last that must.

    Where a step is asked about and there was none by then, the first one after it.
    """
    surely = [one for (one, _), by_then in days if by_then is True]
    perhaps = [found for found, by_then in days if by_then is not False]
    if step is None or surely:
        if not surely:
            return _perhaps(context, perhaps)
        reach = context.on if step is None else span(context, world, world.steps[step].day)[1]
        low = max(one.earliest for one in surely)
        high = max(min(one.latest, reach) for one, _ in perhaps)
        may_be_it = (events for one, events in perhaps if one.latest >= low)
        return Dates(low, high), tuple(chain.from_iterable(may_be_it))
    if not days:
        return None
    first = min(one.earliest for (one, _), _ in days)
    ahead = [one.latest for (one, _), _ in days if one.latest <= context.on]
    if not ahead:
        return Dates(min(first, span(context, world, world.steps[step].day)[0]), None), ()
    return Dates(first, max(ahead) if perhaps else min(ahead)), ()


def _perhaps(context: Context, perhaps: Sequence[_Found]) -> _Found | None:
    """Return the day of what may have happened by the day asked about, and may not have."""
    if not perhaps:
        return None
    low = min(one.earliest for one, _ in perhaps)
    events = chain.from_iterable(events for _, events in perhaps)
    return Dates(low, context.on, never=None), tuple(events)


def _is_forgotten(
    context: Context, world: World, names: Sequence[str], upto: int | None = None
) -> bool:
    """Tell whether the last of some lapses may be one that a world that was given up had.

    One that came since then, up to a step, is later.
    """
    since = world.steps if upto is None else world.steps[: upto + 1]
    if any(step.cause is StepCause.LAPSE and step.id in names for step in since):
        return False
    return world.lost and not context.lapses.isdisjoint(names)


def _last_stay(
    context: Context, world: World, source: Since, upto: int | None
) -> _Found | None:
    """Return the day on which the last unbroken stay in some states began.

    It is none where there was no such stay. A stay that was there before something that the
    sheet does not state, or before anything happened, began no later than that.
    """
    found: _Found | None = (NEVER, ())
    first = world.steps[0].source if world.steps else world.state
    if context.silence.known_from is not None or world.lost:
        found = None
    elif first in source.states:
        by_then = span(context, world, world.steps[0].day)[1] if world.steps else context.on
        found = Dates(None, by_then), ()
    for step in world.steps if upto is None else world.steps[: upto + 1]:
        events = () if step.event is None else (step.event,)
        day = dates(context, world, step.day)
        enters = step.target in source.states
        if step.cause is StepCause.NAMED:
            found = None  # where it came from is not known
        inside: Truth = step.source in source.states
        if step.source is None and step.cause in (StepCause.EVENT, StepCause.GAP):
            sources = context.programs[step.version].history.transitions[step.id].sources
            inside = before = _among(sources, source.states)
            if inside is False and _among(sources, _remembering(context, source)) is not False:
                before = None
            found = (NEVER, ())
            if before is not False:
                found = Dates(None, day.high, opposite(before)), events
        if step.target in source.lost_in:
            found = NEVER, ()
        elif enters and (inside is False or (source.by_round and begins_round(context, step))):
            found = day, events
        elif enters and inside is None:
            found = Dates(None, day.high), events
    return found


def begins_round(context: Context, step: WorldStep) -> bool:
    """Tell whether a step begins a round.

    >>> from tests.boxes import course
    >>> stated = "registered 2010-06-01", "taken-back 2010-07-01"
    >>> context, world = course(*stated, on="2011-01-01")
    >>> [(step.id, begins_round(context, step)) for step in world.steps]
    [('registration', True), ('taking-back', False)]
    """
    if step.cause not in (StepCause.EVENT, StepCause.GAP):
        return False
    return context.programs[step.version].history.transitions[step.id].round != "same"


def _among(sources: Sequence[str] | None, states: Collection[str]) -> Truth:
    """Tell whether a state out of which a transition led is one of some."""
    if sources is None:
        return None
    held = {one in states for one in sources}
    return held.pop() if len(held) == 1 else None


def _remembering(context: Context, source: Since) -> frozenset[str]:
    """Return the states in which an earlier stay in some states may still count."""
    found: set[str] = set()
    todo = list(source.states)
    while todo:
        state = todo.pop()
        if state not in found and state not in source.lost_in:
            found.add(state)
            for one in successors(context, state):
                if one is None:  # it may be any
                    states = (s for p in context.programs for s in p.history.states)
                    return frozenset(states).difference(source.lost_in)
                todo.append(one)
    return frozenset(found)


def _is_closed_for(context: Context, source: Since) -> bool:
    """Tell whether the sheet states every event up to the day that may have begun a stay."""
    ways_in: set[str] = set()
    for program in context.programs:
        history = program.history
        for move in history.transitions.values():
            leads_in = move.target in source.states or is_withheld(context, move.origin)
            ways_in |= {move.event} if leads_in else set()
        targets = {
            *(one.target for one in history.lapses.values()),
            *(one.then for one in history.terms.values() if one.state not in source.states),
        }
        if not targets.isdisjoint(source.states):
            return is_covered(context)
    return is_closed(context, ways_in, context.on)


def derive(
    context: Context,
    worlds: Sequence[World],
    possible: Sequence[str],
    bars: Sequence[RunningBar],
    *,
    covered: bool,
) -> Mapping[str, DerivedFact]:
    """Return the facts that follow from the history, as the version of the day derives them.

    `possible` are the states on the day; `covered` tells whether there can be no other bars.

    >>> from tests.boxes import course
    >>> stated = "registered 2010-06-01", "taken-back 2010-07-01"
    >>> context, world = course(*stated, on="2011-01-01")
    >>> found = derive(context, [world], ["gone"], [], covered=False)
    >>> {name: (str(one.value.high), one.events) for name, one in found.items()}
    {'held-until': ('2011-06-01', (0,)), 'sold': ('2010-07-01', (1,))}
    """
    today = Dates(context.on, context.on)
    version = next(version for version, _ in context.versions.of(today))
    found: dict[str, DerivedFact] = {}
    bases = [origin_of(context.programs, step).basis for one in worlds for step in one.steps]
    for fact, derived in context.programs[version].history.derived.items():
        if is_withheld(context, derived.origin):
            continue
        on_it = [bar for bar in bars if _is_meant(derived.source, bar, version)]
        value = _value(context, worlds, derived, possible, on_it, covered=covered)
        if value is None:
            continue
        origin = derived.origin
        if not isinstance(derived.source, (DayOf, ByYear)):  # those rest on events alone
            rests_on = (origin.basis, *bases, *(bar.origin.basis for bar in on_it))
            origin = replace(origin, basis=weakest(rests_on))
        found[fact] = DerivedFact(derived, *value, origin, version)
    return found


def _is_meant(source: DerivedFrom, bar: RunningBar, version: VersionIndex) -> bool:
    """Tell whether a fact follows from a bar."""
    if not isinstance(source, Barred) or source.application != bar.application:
        return False
    return not source.own or bar.version == version


def _value(
    context: Context,
    worlds: Sequence[World],
    derived: Derived,
    possible: Sequence[str],
    bars: Sequence[RunningBar],
    *,
    covered: bool,
) -> tuple[Value, tuple[EventIndex, ...]] | None:
    match derived.source:
        case ByState(options):
            if not context.when.interval.known:
                return None
            each = [[id for id, of in options.items() if state in of] for state in possible]
            return (Options(frozenset(chain.from_iterable(each))), ()) if all(each) else None
        case Barred():
            runs = any_of([bar.runs_on(context.when) for bar in bars])
            if runs is None or (runs is False and not covered):
                return None
            return Options(frozenset({"yes" if runs else "no"})), ()
        case ByYear(event, fact):
            return _series(context, derived, event, fact)
    days = [_day(context, world, derived, None) for world in worlds]
    known = [one for one in days if one is not None]
    if len(known) < len(days) or not known:
        return None
    events = tuple(dict.fromkeys(event for _, events in known for event in events))
    return hull([one for one, _ in known]), events


def _series(
    context: Context, derived: Derived, kind: str, fact: str
) -> tuple[Value, tuple[EventIndex, ...]] | None:
    """Return what events of a kind state for each year; of two for one year, the later."""
    datatype = context.programs[0].vocabulary.facts[derived.fact].datatype
    assert isinstance(datatype, SeriesType)  # INVARIANT: the checker saw to it
    stated: dict[int, Element] = {}
    events: list[EventIndex] = []
    for index in context.seen:
        event = context.events[index]
        statement = event.statements.get(fact)
        year = event.year or _only_year(event.on)
        if event.kind == kind and statement is not None and year is not None:
            value = statement.value
            assert isinstance(value, Element)  # INVARIANT: it is of the type of one year
            stated[year] = value
            events.append(index)
    if not stated:
        return None
    blank = unknown(datatype)
    assert isinstance(blank, Series)
    years = tuple(sorted(stated.items()))
    return Series(years, blank.otherwise), tuple(events)


def origin_of(programs: Sequence[Program], step: WorldStep) -> Origin:
    """Return where what a step follows stands in the law.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2011-06-20")
    >>> [(step.id, origin_of(context.programs, step).provision) for step in world.steps]
    [('registration', 'art-2'), ('hold', 'art-2-a')]
    """
    history = programs[step.version].history
    match step.cause:
        case StepCause.TERM:
            return history.terms[step.id].origin_in(step.round)
        case StepCause.LAPSE:
            return history.lapses[step.id].origin
        case StepCause.NAMED:  # no provision says so
            return Origin("", Basis.ATTESTED)
    return history.transitions[step.id].origin


def _only_year(days: Dates) -> int | None:
    low, high = ends(days)
    return low.year if low.year == high.year else None
