"""What became of each deadline by a day, over every way in which the events may have gone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ipcity_policy.engines.lifecycle.automatic_transitions import next_day
from ipcity_policy.engines.lifecycle.position import Duty, Fulfilment, StepCause
from ipcity_policy.engines.lifecycle.simulation import Simulation
from ipcity_policy.engines.lifecycle.stretches import stretches_of
from ipcity_policy.engines.lifecycle.worlds import Anchor, DayExpression, Obligation, World
from ipcity_policy.lang.values import NEVER, Dates, Truth, all_of, any_of, opposite
from ipcity_policy.law.lifecycle import Deadline, Lapse, Moment, Term


def duties_of(simulation: Simulation, worlds: Sequence[World]) -> tuple[Duty, ...]:
    """Return every deadline that ran or runs, in the order in which they are due."""
    found: dict[tuple[str, int, tuple[str, int]], list[Duty]] = {}
    once, stretches = _Once(simulation), stretches_of(simulation, worlds)
    for world in worlds:
        for owed in world.owed:
            if simulation.owed_withheld(owed):
                continue
            asked = all_of(
                [
                    owed.governed,
                    _begun(simulation, world, owed),
                    _asked(simulation, world, owed),
                ]
            )
            if asked is not False:
                key = (owed.deadline.id, owed.version, owed.cause)
                duty = replace(once.of(world, owed), certain=asked is True)
                found.setdefault(key, []).append(duty)
        for duty, year in _yearly(simulation, world, stretches):
            found.setdefault((duty.deadline.id, duty.version, ("", year)), []).append(duty)
    duties = [_joined(ones, len(worlds)) for ones in found.values()]
    return tuple(
        sorted(
            duties, key=lambda duty: (duty.due.low or date.min, duty.deadline.id, duty.version)
        )
    )


def _joined(ones: Sequence[Duty], ways: int) -> Duty:
    """Return what the ways on which a duty is owed say of it together."""
    first = ones[0]
    possible = {one for duty in ones for one in duty.possible}
    met = [duty for duty in ones if duty.met_by is not None]
    return Duty(
        deadline=first.deadline,
        after=first.after,
        since=hull([duty.since for duty in ones]),
        due=hull([duty.due for duty in ones]),
        year=first.year,
        until_year=first.until_year,
        possible=tuple(one for one in Fulfilment if one in possible),
        met_on=hull([duty.met_on for duty in met if duty.met_on is not None]) if met else None,
        met_by=met[0].met_by if met else None,
        hangs_on=tuple(sorted({place for duty in ones for place in duty.hangs_on}))
        if len(possible) > 1
        else (),
        certain=len(ones) == ways and all(duty.certain for duty in ones),
        version=first.version,
        reckoned_from=first.reckoned_from,
    )


def _begun(simulation: Simulation, world: World, owed: Obligation) -> Truth:
    """Tell whether what a duty runs from has happened by the day."""
    of, place = owed.cause
    if of != "event":
        return True
    low, high = simulation.days.span(world, simulation.days_of_events[place])
    return True if high <= simulation.on else None if low <= simulation.on else False


def _asked(simulation: Simulation, world: World, owed: Obligation) -> Truth:
    """Tell whether a duty is asked: it was met, or the subject stands where it is owed."""
    during = _open_in(simulation, owed)
    if not owed.deadline.during or simulation.met(world, owed) is True:
        return True
    low, high = simulation.days.span(world, owed.due)
    truths = set[Truth]()
    if low <= simulation.on:
        truths.add(simulation.stood_when(world, during, owed.due))
    if high > simulation.on:
        truths.add(stood_in(simulation, world, during, simulation.on))
    stood = truths.pop() if len(truths) == 1 else None
    # Who left those states while the time ran does not owe it again once back in them.
    stood = all_of([stood, opposite(simulation.stay_over(world, owed))])
    days = (
        simulation.days.span(world, simulation.days_of_events[place])
        for place in simulation.meeting(world, owed)
    )
    return None if stood is False and any(first <= high for first, _ in days) else stood


def _open_in(simulation: Simulation, owed: Obligation) -> tuple[str, ...]:
    """Return the states in which a deadline is asked.

    An option that is taken by moving on is open only where the text lets a subject move so.
    """
    deadline, history = owed.deadline, simulation.texts.programs[owed.version].history
    if not deadline.option or not simulation.moving.issuperset(deadline.met_by):
        return deadline.during
    moves = [one for one in history.transitions.values() if one.event in deadline.met_by]
    return tuple(
        state for state in deadline.during if any(one.leads_from(state) for one in moves)
    )


@dataclass
class _Once:
    """What became of a duty on each way; many ways leave the days that it hangs on alike."""

    simulation: Simulation
    _found: dict[
        tuple[Obligation, tuple[tuple[Anchor, Dates], ...], tuple[tuple[int, bool], ...]], Duty
    ] = field(default_factory=dict)

    def of(self, world: World, owed: Obligation) -> Duty:
        """Return a duty that is due once, as one way has it."""
        bases = owed.since.anchor, owed.due.anchor, owed.opened.anchor
        left = tuple(
            pair
            for pair in world.narrowed
            if pair[0] in bases or self._may_meet(owed.deadline, pair[0])
        )
        meeting = self.simulation.meeting(world, owed)
        key = (owed, left, tuple(meeting.items()))
        if key not in self._found:
            self._found[key] = _once(self.simulation, world, owed, meeting)
        return self._found[key]

    def _may_meet(self, deadline: Deadline, base: Anchor) -> bool:
        place, of = base
        return of == "on" and self.simulation.events[place].kind in deadline.met_by


def _once(
    simulation: Simulation, world: World, owed: Obligation, places: Mapping[int, bool]
) -> Duty:
    since, due = (
        simulation.days.dates(world, owed.since),
        simulation.days.dates(world, owed.due),
    )
    days = {
        place: simulation.days.dates(world, simulation.days_of_events[place])
        for place in places
    }
    opened = simulation.days.dates(world, owed.opened)
    done = [(days[place], surely) for place, surely in places.items()]
    possible = tuple(_possible(simulation, owed.deadline, opened, due, done))
    hangs_on = {owed.due.event, *places}
    duty = _duty(
        simulation,
        owed.deadline,
        owed.version,
        owed.moment,
        (since, due),
        None,
        days,
        possible,
        tuple(p for p in hangs_on if not simulation.days.known(simulation.days_of_events[p])),
        certain=False,
    )
    return replace(duty, reckoned_from=owed.since.event)


def _duty(
    simulation: Simulation,
    deadline: Deadline,
    text: int,
    after: Moment | None,
    span: tuple[Dates, Dates],
    year: int | None,
    days: dict[int, Dates],
    possible: tuple[Fulfilment, ...],
    hangs_on: tuple[int, ...],
    *,
    certain: bool,
) -> Duty:
    met = next(iter(days), None)
    met_on = days[met] if met is not None else None
    since, due = span
    return Duty(
        deadline, after, since, due, year, possible, met_on, met, hangs_on, certain, text
    )


def _possible(
    simulation: Simulation,
    deadline: Deadline,
    opened: Dates,
    due: Dates,
    days: Iterable[tuple[Dates, bool]],
) -> Iterator[Fulfilment]:
    """Yield what may have become of a duty.

    Given are the days on which it may have been met, and of each whether what was done then
    was surely done for it.
    """
    kinds = deadline.met_by
    first, last = due.low or date.min, due.high or date.max
    begun = opened.high or date.max
    done = in_time = may_be_early = may_be_late = False
    for day, surely in days:
        low, high = day.low or date.min, day.high or date.max
        may_be_early = may_be_early or low <= last
        may_be_late = may_be_late or high > first
        if (
            surely and high <= simulation.on and low >= begun
        ):  # else it may come later, or came before
            done = True
            in_time = in_time or high <= first
    if in_time:
        yield Fulfilment.MET
        return
    if may_be_early or not simulation.silent(min(last, simulation.on), kinds):
        yield Fulfilment.MET
    if simulation.on > first and (may_be_late or not simulation.silent(simulation.on, kinds)):
        yield Fulfilment.MET_LATE
    if not done and simulation.on <= last:
        yield Fulfilment.OPEN
    if not done and simulation.on > first:
        yield Fulfilment.PASSED if deadline.option else Fulfilment.OVERDUE


def _yearly(
    simulation: Simulation, world: World, stretches: Sequence[range]
) -> Iterator[tuple[Duty, int]]:
    """Yield the duties of each year that are owed while certain states last.

    Those of a stretch of years are told as one: what becomes of the first becomes of each.
    """
    for text, program in enumerate(simulation.texts.programs):
        for deadline in program.history.deadlines.values():
            if deadline.each_year_by is None or simulation.withheld(deadline.origin):
                continue
            for years in stretches:
                year = years[0]
                day = date(year, *deadline.each_year_by)
                due = Dates(day, day)
                asked = stood_in(simulation, world, deadline.during, min(day, simulation.on))
                if deadline.not_before is not None:
                    since = date(year - 1, *deadline.not_before)
                    asked = all_of([asked, stood_in(simulation, world, deadline.during, since)])
                if deadline.in_term is not None:
                    asked = all_of([asked, _within(simulation, world, deadline.in_term, day)])
                asked = all_of([asked, simulation.texts.governs(text, due)])
                if asked is False or _elsewhere(simulation, world, deadline, day):
                    continue
                days = {
                    place: simulation.days.dates(world, simulation.days_of_events[place])
                    for place in simulation.seen
                    if _is_for(simulation, place, deadline, year)
                }
                start = Dates(date.min, date.min)
                done = [(one, True) for one in days.values()]
                possible = tuple(_possible(simulation, deadline, start, due, done))
                hangs_on = tuple(
                    p for p in days if not simulation.days.known(simulation.days_of_events[p])
                )
                duty = _duty(
                    simulation,
                    deadline,
                    text,
                    None,
                    (due, due),
                    year,
                    days,
                    possible,
                    hangs_on if len(possible) > 1 else (),
                    certain=asked is True and not _may_end(simulation, world, deadline, day),
                )
                yield duty.of_years(years), year


def _within(simulation: Simulation, world: World, term: str, day: date) -> Truth:
    """Tell whether a day lies in a term, whose last day belongs to it.

    The first does where the text counts it, or a notice states it.
    """
    if world.state is None:
        return None
    found: set[Truth] = set()
    last = -1
    for number, began in enumerate(world.terms):
        if began.term != term:
            continue
        counting = simulation.texts.programs[began.version].history.counting.of("terms")
        low, high = simulation.days.span(world, began.start)
        if not counting.opening_day and not _states_first(simulation, world, began.start):
            low, high = next_day(low), next_day(high)
        begun = True if high <= day else None if low <= day else False
        low, high = simulation.days.span(world, began.end)
        runs = True if day <= low else None if day <= high else False
        left = _left(simulation, world, number, day)
        found.add(all_of([begun, runs, opposite(left)]))
        last = number if begun is not False else last
    # A term that is not told of may run until the next that is told begins.
    unknown = any(step.source is None and step.begun > last for step in world.steps)
    if True in found:
        return True
    return None if None in found or unknown else False


def _left(simulation: Simulation, world: World, number: int, day: date) -> Truth:
    """Tell whether the states in which a term goes on were left since it began, by a day."""
    began = world.terms[number]
    term = simulation.texts.programs[began.version].history.terms[began.term]
    found: set[Truth] = set()
    for step in world.steps:
        if step.begun > number and step.target not in (term.state, *term.through):
            low, high = simulation.days.span(world, step.day)
            found.add(True if high <= day else None if low <= day else False)
    return any_of(list(found))


def _states_first(simulation: Simulation, world: World, start: DayExpression) -> bool:
    """Tell whether a notice states the day on which a term begins, be it the event's own."""
    if start.of == "from":
        return True
    if start.of != "on" or start.offsets or simulation.events[start.event].term is None:
        return False
    low, high = simulation.days.span(world, start)
    first, last = simulation.days.span(world, DayExpression(start.event, "from"))
    return first <= low and high <= last


def _may_end(simulation: Simulation, world: World, deadline: Deadline, day: date) -> bool:
    """Tell whether what owes a duty that is ahead may by itself be over before its day."""
    if day <= simulation.on:
        return False
    for auto in simulation.autos(world):
        target = auto.what.target if isinstance(auto.what, Lapse) else auto.what.then
        if isinstance(auto.what, Term) and world.state != auto.what.state:
            continue  # the state stays
        leaves = target is not None and target not in deadline.during
        in_time = leaves and simulation.days.span(world, auto.day)[0] <= day
        if in_time and simulation.comes(world, auto) is not False:
            return True
    return False


def _elsewhere(simulation: Simulation, world: World, deadline: Deadline, day: date) -> bool:
    """Tell whether a day lies before all that is known, in states that do not owe a duty.

    What is known first is an event, and with it the states that it leads out of.
    """
    if not world.steps or world.steps[0].source is not None:
        return False
    first = world.steps[0]
    if day >= simulation.days.span(world, first.day)[1] or first.cause is not StepCause.EVENT:
        return False
    move = simulation.texts.programs[first.version].history.transitions[first.id]
    around = None if move.sources is None else {*move.sources, move.target}
    return around is not None and around.isdisjoint(deadline.during)


def _is_for(simulation: Simulation, place: int, deadline: Deadline, year: int) -> bool:
    event = simulation.events[place]
    if event.kind not in deadline.met_by:
        return False
    if event.year is not None:
        return event.year == year
    low, high = event.on.low or date.min, event.on.high or date.max
    return low.year <= year <= high.year


def stood_in(simulation: Simulation, world: World, states: Sequence[str], day: date) -> Truth:
    """Tell whether a subject stood in one of some states on a day, on one way."""
    if world.state is None:
        return None
    found: set[Truth] = set()
    begin, state = date.min, world.steps[0].source if world.steps else world.state
    for step in world.steps:
        low, high = simulation.days.span(world, step.day)
        # A stay may hold on the day if it may have begun by then and not be over.
        if begin <= day < high:
            known = step.source is not None or (state is not None and simulation.covers(day))
            found.add(state in states if known else None)
        begin, state = low, step.target
    if begin <= day:
        found.add(state in states)
    return found.pop() if len(found) == 1 else None


def hull(spans: Sequence[Dates]) -> Dates:
    """Return the span from the earliest to the latest of several."""
    there = [one for one in spans if one.never is not True]
    if not there:
        return NEVER
    lows = [one.low for one in there]
    highs = [one.high for one in there]
    return Dates(
        None if None in lows else min(day for day in lows if day is not None),
        None if None in highs else max(day for day in highs if day is not None),
        never=None if any(one.never is not False for one in spans) else False,
    )
