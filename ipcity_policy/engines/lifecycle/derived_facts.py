"""The facts that follow from a history: days, states, bars, what events stated by year.

Where a sheet tells of all events, silence tells too: what is not stated did not happen, and
its day is none.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.lifecycle.deadlines import hull
from ipcity_policy.engines.lifecycle.position import DerivedFact, RunningBar, StepCause
from ipcity_policy.engines.lifecycle.reachability import following
from ipcity_policy.engines.lifecycle.simulation import Simulation
from ipcity_policy.engines.lifecycle.worlds import (
    NEXT,
    DayExpression,
    Obligation,
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

#: A day with the events that it follows from, by their places.
_Found = tuple[Dates, tuple[int, ...]]


def day_of(
    simulation: Simulation, world: World, fact: str, text: int, step: int | None = None
) -> Dates | None:
    """Return the day that a fact names on one way; None where nothing tells it.

    With a `step`, by its place, the day as it was when that step was taken; where there was
    none by then, the first one after it.
    """
    derived = simulation.texts.programs[text].history.derived.get(fact)
    told = derived is not None and not simulation.withheld(derived.origin)
    found = _day(simulation, world, derived, step) if derived is not None and told else None
    if found is not None and found[0].never is False:
        return found[0]
    stated = simulation.stated.get(fact)
    return stated if isinstance(stated, Dates) else None


def border_of(
    simulation: Simulation, world: World, fact: str, text: int, step: int | None = None
) -> Dates | None:
    """Return the day from which what follows a period is reckoned, whose last day a fact names.

    None where it names no such day. It is that last day, unless a rest day moved that and
    what follows is reckoned as if it had not.
    """
    derived = simulation.texts.programs[text].history.derived.get(fact)
    if derived is None or simulation.withheld(derived.origin):
        return None
    match derived.source:
        case OfTerm(term, "end"):
            began = _latest_run(world, term, step)
            return None if began is None else simulation.days.border(world, began.end)
        case OfDuty(deadline):
            found = _latest_due(simulation, world, deadline, step, simulation.days.border)
            return None if found is None else found[0]
    return None


def is_ahead(simulation: Simulation, world: World, derived: Derived) -> bool:
    """Tell whether a day that has not come is one that an event or a lapse will bring."""
    match derived.source:
        case DayOf(names):
            return not simulation.withheld(derived.origin) and not _forgotten(
                simulation, world, names
            )
    return False


def _day(
    simulation: Simulation, world: World, derived: Derived, step: int | None
) -> _Found | None:
    """Return the day that a fact names on one way, perhaps none; None where it is not told."""
    found: _Found | None = None
    match derived.source:
        case DayOf(names):
            if not _forgotten(simulation, world, names, step):
                found = _latest(
                    simulation, world, list(_days(simulation, world, names, step)), step
                )
        case OfTerm(term, which):
            last = _latest_run(world, term, step)
            if last is not None:
                day = simulation.days.dates(world, last.start if which == "start" else last.end)
                found = day, () if last.event is None else (last.event,)
        case OfDuty(deadline):
            found = _latest_due(simulation, world, deadline, step, simulation.days.dates)
        case Since():
            found = _last_stay(simulation, world, derived.source, step)
            stands = (
                found is None or found[0].never is False or _told(simulation, derived.source)
            )
            return found if stands else None
    if step is None and (found is None or found[0].never is not False):
        surely = _surely_not(simulation, world, derived.source)
        return (found or (NEVER, ())) if surely else None
    return found


def _surely_not(simulation: Simulation, world: World, source: DerivedFrom) -> bool:
    """Tell whether what a day is of did not happen by the day, but for what was found."""
    if simulation.silence.known_from is not None or world.lost:
        return False  # it may have happened before
    match source:
        case DayOf(names):
            lapses = {
                id for program in simulation.texts.programs for id in program.history.lapses
            }
            events = simulation.silent(
                simulation.on, [name for name in names if name not in lapses]
            )
            return events and (lapses.isdisjoint(names) or simulation.covered)
        case OfTerm() | OfDuty():
            return simulation.covered and not any(
                isinstance(source, OfDuty) and owed.deadline.id == source.deadline
                for owed in world.owed
            )
    return False


def _latest_run(world: World, term: str, step: int | None) -> TermStart | None:
    """Return the latest run of a term; with a step, the latest that had begun before it."""
    begun = world.terms if step is None else world.terms[: world.steps[step].begun]
    return next((one for one in reversed(begun) if one.term == term), None)


def _latest_due(
    simulation: Simulation,
    world: World,
    deadline: str,
    step: int | None,
    day_of: Callable[[World, DayExpression], Dates],
) -> _Found | None:
    """Return the last day of the time for a duty that ended last; None where it is not known.

    With a step, of those that ran by then; of a lapse, that of the duty not met.
    """
    if step is not None:
        taken = world.steps[step]
        lapses = simulation.texts.programs[taken.version].history.lapses
        if taken.cause is StepCause.LAPSE and lapses[taken.id].missed == deadline:
            assert taken.day.offsets[-1] == NEXT  # INVARIANT: it comes on the day after
            due = replace(taken.day, offsets=taken.day.offsets[:-1])
            return day_of(world, due), (due.event,)
    if world.lost:
        return None  # where the course was given up, others may have run
    surely, perhaps = list[Dates](), list[Dates]()
    places: list[int] = []
    for owed in world.owed:
        if owed.deadline.id != deadline:
            continue
        ran = _ran(simulation, world, owed, step)
        if ran is not False and (owed.governed is None or simulation.owed_withheld(owed)):
            return None
        if ran is not False:
            (surely if ran else perhaps).append(day_of(world, owed.due))
            places.append(owed.due.event)
    if not surely:
        return None
    high = max(map(_high, (*surely, *perhaps)))
    return Dates(max(map(_low, surely)), high), tuple(dict.fromkeys(places))


def _ran(simulation: Simulation, world: World, owed: Obligation, step: int | None) -> Truth:
    """Tell whether the time for a duty ran by a step, or without one by the day."""
    if step is not None:
        return opposite(simulation.days.is_before(world, world.steps[step].day, owed.since))
    of, place = owed.cause
    if of != "event":
        return True
    low, high = simulation.days.span(world, simulation.days_of_events[place])
    return True if high <= simulation.on else None if low <= simulation.on else False


def _days(
    simulation: Simulation, world: World, names: Sequence[str], step: int | None
) -> Iterator[tuple[_Found, Truth]]:
    """Yield the days of some events and lapses, and whether each lies no later than a step.

    Without a `step`, no later than the day asked about.
    """
    moved = {taken.event: number for number, taken in enumerate(world.steps)}
    reach = (simulation.on, simulation.on)
    if step is not None:
        reach = simulation.days.span(world, world.steps[step].day)
    for place in simulation.of_kinds(tuple(names)):
        low, high = simulation.days.span(world, simulation.days_of_events[place])
        by_then: Truth = True if high <= reach[0] else None if low <= reach[1] else False
        if step is not None and place in moved:
            by_then = moved[place] <= step
        yield (Dates(low, high), (place,)), by_then
    for number, taken in enumerate(world.steps):
        if taken.cause is StepCause.LAPSE and taken.id in names:
            yield (simulation.days.dates(world, taken.day), ()), step is None or number <= step


def _latest(
    simulation: Simulation, world: World, days: list[tuple[_Found, Truth]], step: int | None
) -> _Found | None:
    """Return the latest of some days: those that may be it, from the last that must.

    Where a step is asked about and there was none by then, the first one after it.
    """
    surely = [one for (one, _), by_then in days if by_then is True]
    perhaps = [found for found, by_then in days if by_then is not False]
    if step is None or surely:
        if not surely:
            return _perhaps(simulation, perhaps)
        reach = (
            simulation.on
            if step is None
            else simulation.days.span(world, world.steps[step].day)[1]
        )
        low = max(map(_low, surely))
        high = max(min(_high(one), reach) for one, _ in perhaps)
        return Dates(low, high), tuple(
            p for one, ps in perhaps if _high(one) >= low for p in ps
        )
    if not days:
        return None
    first = min(_low(one) for (one, _), _ in days)
    ahead = [_high(one) for (one, _), _ in days if _high(one) <= simulation.on]
    if not ahead:
        return Dates(
            min(first, simulation.days.span(world, world.steps[step].day)[0]), None
        ), ()
    return Dates(first, max(ahead) if perhaps else min(ahead)), ()


def _perhaps(simulation: Simulation, perhaps: Sequence[_Found]) -> _Found | None:
    """Return the day of what may have happened by the day asked about, and may not have."""
    if not perhaps:
        return None
    low = min(_low(one) for one, _ in perhaps)
    places = tuple(place for _, places in perhaps for place in places)
    return Dates(low, simulation.on, never=None), places


def _low(days: Dates) -> date:
    return days.low or date.min


def _high(days: Dates) -> date:
    return days.high or date.max


def _forgotten(
    simulation: Simulation, world: World, names: Sequence[str], upto: int | None = None
) -> bool:
    """Tell whether the last of some lapses may have come where the course was given up.

    One that came since then, up to a step, is later.
    """
    since = world.steps if upto is None else world.steps[: upto + 1]
    if any(step.cause is StepCause.LAPSE and step.id in names for step in since):
        return False
    lapses = {id for program in simulation.texts.programs for id in program.history.lapses}
    return world.lost and not lapses.isdisjoint(names)


def _last_stay(
    simulation: Simulation, world: World, source: Since, upto: int | None
) -> _Found | None:
    """Return the day on which the last unbroken stay in some states began.

    It is none where there was no such stay. A stay that was there before something that the
    sheet does not state, or before anything happened, began no later than that.
    """
    found: _Found | None = (NEVER, ())
    first = world.steps[0].source if world.steps else world.state
    if simulation.silence.known_from is not None or world.lost:
        found = None
    elif first in source.states:
        steps = world.steps
        found = (
            Dates(
                None, simulation.days.span(world, steps[0].day)[1] if steps else simulation.on
            ),
            (),
        )
    for step in world.steps if upto is None else world.steps[: upto + 1]:
        places = () if step.event is None else (step.event,)
        if step.cause is StepCause.NAMED:
            found = None  # where it came from is not known
            if step.target in source.states:
                found = Dates(None, simulation.days.span(world, step.day)[1]), places
        inside: Truth = step.source in source.states
        if step.source is None and step.cause in (StepCause.EVENT, StepCause.GAP):
            sources = (
                simulation.texts.programs[step.version].history.transitions[step.id].sources
            )
            inside = _among(sources, source.states)
            before: Truth = inside
            if (
                inside is False
                and _among(sources, _remembering(simulation, source)) is not False
            ):
                before = None
            if before is False:
                found = NEVER, ()
            else:
                by_then = Dates(
                    None, simulation.days.span(world, step.day)[1], opposite(before)
                )
                found = by_then, places
        if step.target in source.lost_in:
            found = NEVER, ()
        elif step.target in source.states and source.by_round and _new_round(simulation, step):
            found = simulation.days.dates(world, step.day), places
        elif step.target in source.states and inside is None:
            found = Dates(None, simulation.days.span(world, step.day)[1]), places
        elif step.target in source.states and inside is False:
            found = simulation.days.dates(world, step.day), places
    return found


def _new_round(simulation: Simulation, step: WorldStep) -> bool:
    """Tell whether a step begins a round."""
    if step.cause not in (StepCause.EVENT, StepCause.GAP):
        return False
    return simulation.texts.programs[step.version].history.transitions[step.id].round != "same"


def _among(sources: Sequence[str] | None, states: Collection[str]) -> Truth:
    """Tell whether a state out of which a transition led is one of some."""
    if sources is None:
        return None
    held = {one in states for one in sources}
    return held.pop() if len(held) == 1 else None


def _remembering(simulation: Simulation, source: Since) -> frozenset[str]:
    """Return the states in which a stay in some states may lie behind, and count."""
    found: set[str] = set()
    todo = list(source.states)
    while todo:
        state = todo.pop()
        if state not in found and state not in source.lost_in:
            found.add(state)
            for one in following(simulation, state):
                if one is None:  # it may be any
                    states = (s for p in simulation.texts.programs for s in p.history.states)
                    return frozenset(states).difference(source.lost_in)
                todo.append(one)
    return frozenset(found)


def _told(simulation: Simulation, source: Since) -> bool:
    """Tell whether every event up to the day that may have begun a stay is stated."""
    ways_in: set[str] = set()
    for program in simulation.texts.programs:
        history = program.history
        for move in history.transitions.values():
            leads_in = move.target in source.states or simulation.withheld(move.origin)
            ways_in |= {move.event} if leads_in else set()
        targets = {
            *(one.target for one in history.lapses.values()),
            *(one.then for one in history.terms.values() if one.state not in source.states),
        }
        if not targets.isdisjoint(source.states):
            return simulation.covered
    return simulation.silent(simulation.on, ways_in)


def derive(
    simulation: Simulation,
    worlds: Sequence[World],
    possible: Sequence[str],
    bars: Sequence[RunningBar],
    *,
    covered: bool,
) -> Mapping[str, DerivedFact]:
    """Return the facts that follow from the history, as the text of the day derives them."""
    texts = simulation.texts
    text = next(text for text, _ in texts.of(Dates(simulation.on, simulation.on)))
    found: dict[str, DerivedFact] = {}
    bases = [origin_of(texts.programs, step).basis for one in worlds for step in one.steps]
    for fact, derived in texts.programs[text].history.derived.items():
        if simulation.withheld(derived.origin):
            continue
        value = _value(simulation, worlds, derived, text, possible, bars, covered=covered)
        if value is not None:
            rests_on = (derived.origin.basis, *bases, *_of_bars(derived, text, bars))
            origin = replace(derived.origin, basis=weakest(rests_on))
            if isinstance(derived.source, (DayOf, ByYear)):  # it rests on events alone
                origin = derived.origin
            found[fact] = DerivedFact(derived, value[0], value[1], origin, text)
    return found


def _of_bars(derived: Derived, text: int, bars: Sequence[RunningBar]) -> Iterator[Basis]:
    """Yield what the days of the bars rest on that a fact follows from."""
    match derived.source:
        case Barred(application, own):
            for bar in bars:
                if bar.application == application and (not own or bar.version == text):
                    yield bar.origin.basis


def _value(
    simulation: Simulation,
    worlds: Sequence[World],
    derived: Derived,
    text: int,
    possible: Sequence[str],
    bars: Sequence[RunningBar],
    *,
    covered: bool,
) -> tuple[Value, tuple[int, ...]] | None:
    match derived.source:
        case ByState(options):
            if not simulation.when.interval.known:
                return None
            told = [[id for id, of in options.items() if state in of] for state in possible]
            if not all(told):
                return None
            return Options(frozenset(option for one in told for option in one)), ()
        case Barred(application, own):
            of_text = [bar for bar in bars if not own or bar.version == text]
            return _barred(simulation, application, of_text, covered=covered)
        case ByYear(event, fact):
            return _series(simulation, derived, event, fact)
    days = [_day(simulation, world, derived, None) for world in worlds]
    known = [one for one in days if one is not None]
    if len(known) < len(days) or not known:
        return None
    places = tuple(dict.fromkeys(place for _, places in known for place in places))
    return hull([one for one, _ in known]), places


def _barred(
    simulation: Simulation, application: str, bars: Sequence[RunningBar], *, covered: bool
) -> tuple[Value, tuple[int, ...]] | None:
    truths = [bar.runs_on(simulation.when) for bar in bars if bar.application == application]
    if True in truths:
        return Options(frozenset({"yes"})), ()
    if None in truths or not covered:
        return None
    return Options(frozenset({"no"})), ()


def _series(
    simulation: Simulation, derived: Derived, kind: str, fact: str
) -> tuple[Value, tuple[int, ...]] | None:
    """Return what events of a kind state for each year; of two for one year, the later."""
    datatype = simulation.texts.programs[0].vocabulary.facts[derived.fact].datatype
    assert isinstance(datatype, SeriesType)  # INVARIANT: the checker saw to it
    stated: dict[int, Element] = {}
    places: list[int] = []
    for place in simulation.seen:
        event = simulation.events[place]
        statement = event.statements.get(fact)
        year = event.year or _only_year(event.on)
        if event.kind == kind and statement is not None and year is not None:
            value = statement.value
            assert isinstance(value, Element)  # INVARIANT: it is of the type of one year
            stated[year] = value
            places.append(place)
    if not stated:
        return None
    blank = unknown(datatype)
    assert isinstance(blank, Series)
    years = tuple(sorted(stated.items()))
    return Series(years, blank.otherwise), tuple(places)


def origin_of(programs: Sequence[Program], step: WorldStep) -> Origin:
    """Return where what a step follows stands in the law."""
    history = programs[step.version].history
    match step.cause:
        case StepCause.TERM:
            return history.terms[step.id].origin_in(step.round)
        case StepCause.LAPSE:
            return history.lapses[step.id].origin
        case StepCause.NAMED:  # it stands in no text
            return Origin("", Basis.ATTESTED)
    return history.transitions[step.id].origin


def _only_year(days: Dates) -> int | None:
    low, high = days.low or date.min, days.high or date.max
    return low.year if low.year == high.year else None
