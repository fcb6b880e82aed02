"""Where a subject stands on a day: what all ways in which its events may have gone share."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.lifecycle.bars import bars_of
from ipcity_policy.engines.lifecycle.deadlines import duties_of, hull
from ipcity_policy.engines.lifecycle.derived_facts import derive, origin_of
from ipcity_policy.engines.lifecycle.position import (
    Conflict,
    Position,
    PossibleState,
    Prospect,
    StartedTerm,
    Step,
    StepCause,
    StepTaken,
    TermOnDay,
)
from ipcity_policy.engines.lifecycle.reachability import possible_states
from ipcity_policy.engines.lifecycle.simulation import Simulation
from ipcity_policy.engines.lifecycle.worlds import TermStart, World, WorldStep
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.law.lifecycle import Lapse, Rounds, Term, Transition
from ipcity_policy.law.model import weakest


def position_of(simulation: Simulation, worlds: Sequence[World]) -> Position:
    """Return where a subject stands once its events were followed to a day."""
    nowhere = any(world.state is None for world in worlds)
    lost = any(world.lost for world in worlds)
    possible = possible_states(simulation, worlds)
    bars = bars_of(simulation, worlds)
    return Position(
        on=simulation.on,
        versions=simulation.texts.programs,
        states=() if nowhere else _places(simulation, worlds),
        covered=simulation.covered,
        known_until=simulation.silence.known_until,
        known_from=simulation.silence.known_from,
        not_known=simulation.silence.not_known,
        possible=possible,
        steps=_steps(simulation, worlds),
        terms=_terms(simulation, worlds),
        duties=duties_of(simulation, worlds),
        bars=bars,
        prospects=tuple(_next(simulation, worlds)),
        conflicts=_conflicts(worlds),
        derived=derive(
            simulation, worlds, possible, bars, covered=simulation.covered and not lost
        ),
        lost=lost,
    )


def _places(simulation: Simulation, worlds: Sequence[World]) -> tuple[PossibleState, ...]:
    found: dict[tuple[str, Rounds], list[World]] = {}
    for world in worlds:
        assert world.state is not None
        found.setdefault((world.state, world.round), []).append(world)
    return tuple(
        PossibleState(
            state, hull([_entered(simulation, one) for one in ones]), turn, _text(ones[0])
        )
        for (state, turn), ones in found.items()
    )


def _entered(simulation: Simulation, world: World) -> Dates:
    """Return the day since which a subject has stood where it stands, in this round."""
    since = Dates(date.min, date.min)
    for step in world.steps:
        same = (
            step.source == step.target
            and step.cause is StepCause.EVENT
            and not _new_round(simulation, step)
        )
        since = since if same else simulation.days.dates(world, step.day)
        if step.may_stay:
            since = Dates(None, since.high)
    return since


def _new_round(simulation: Simulation, step: WorldStep) -> bool:
    if step.cause is not StepCause.EVENT:
        return True
    return simulation.texts.programs[step.version].history.transitions[step.id].round != "same"


def _text(world: World) -> int:
    return world.steps[-1].version if world.steps else 0


def _steps(simulation: Simulation, worlds: Sequence[World]) -> tuple[StepTaken, ...]:
    found: dict[tuple[object, ...], list[tuple[WorldStep, Dates]]] = {}
    last = {id(world.past[-1]) for world in worlds if world.past}
    for world in worlds:
        seen = Counter[str]()
        for step in (*world.past, *world.steps):
            # The same lapse or end of a term may come again in a later round.
            turn = step.event if step.event is not None else seen[step.id]
            seen[step.id] += 1
            day = simulation.days.dates(world, step.day)
            found.setdefault((step.cause, step.id, turn), []).append((step, day))
    every = (
        replace(
            _taken(simulation, ones, worlds),
            last_known=any(id(step) in last for step, _ in ones),
        )
        for ones in found.values()
    )
    return tuple(sorted(every, key=_when))


def _taken(
    simulation: Simulation, ones: Sequence[tuple[WorldStep, Dates]], worlds: Sequence[World]
) -> StepTaken:
    first, _ = ones[0]
    sources = {step.source for step, _ in ones}
    joined = Step(
        first.cause,
        first.id,
        hull([day for _, day in ones]),
        first.source if len(sources) == 1 else None,
        first.target,
        _rounds([step.round for step, _ in ones]),
        first.version,
        first.event,
    )
    origin = origin_of(simulation.texts.programs, first)
    certain = len(ones) == len(worlds) and all(_is_told(simulation, step) for step, _ in ones)
    return StepTaken(joined, origin, certain)


def _is_told(simulation: Simulation, step: WorldStep) -> bool:
    """Tell whether an event itself tells where it led, and not only one that came after it."""
    if step.cause is not StepCause.EVENT or step.source is None or step.event is None:
        return True
    kind = simulation.events[step.event].kind
    truths = [
        simulation.guards(step.version, move, step.event)
        for move in simulation.texts.programs[step.version].history.transitions.values()
        if move.event == kind and move.leads_from(step.source)
    ]
    return True in truths or len([one for one in truths if one is None]) <= 1


def _when(taken: StepTaken) -> tuple[date, date]:
    day = taken.step.day
    return day.low or date.min, day.high or date.max


def _rounds(rounds: Sequence[Rounds]) -> Rounds:
    highs = [one.high for one in rounds]
    return Rounds(
        min(one.low for one in rounds),
        None if None in highs else max(high for high in highs if high is not None),
    )


def _terms(simulation: Simulation, worlds: Sequence[World]) -> tuple[TermOnDay, ...]:
    found: dict[tuple[object, ...], list[tuple[StartedTerm, Truth]]] = {}
    begun: dict[tuple[object, ...], list[TermStart]] = {}
    for world in worlds:
        for number, began in enumerate((*world.past_terms, *world.terms)):
            key = (began.term, began.event if began.event is not None else ("", number))
            found.setdefault(key, []).append(_run(simulation, world, began))
            begun.setdefault(key, []).append(began)
    terms: list[TermOnDay] = []
    for one, pairs in found.items():
        runs = [run for run, _ in pairs]
        truths = {truth for _, truth in pairs}
        first = runs[0]
        joined = replace(
            first,
            start=hull([run.start for run in runs]),
            end=hull([run.end for run in runs]),
            reckoned=_hull_of_known([run.reckoned for run in runs]),
        )
        term = simulation.texts.programs[first.version].history.terms[first.term]
        running = truths.pop() if len(truths) == 1 else None
        origins = [term.origin_in(began.round) for began in begun[one]]
        origin = next(one for one in origins if one.basis is weakest(o.basis for o in origins))
        terms.append(TermOnDay(term, joined, origin, running, len(pairs) == len(worlds)))
    return tuple(sorted(terms, key=lambda one: one.started.start.low or date.min))


def _hull_of_known(spans: Sequence[Dates | None]) -> Dates | None:
    known = [one for one in spans if one is not None]
    return hull(known) if len(known) == len(spans) else None


def _run(simulation: Simulation, world: World, began: TermStart) -> tuple[StartedTerm, Truth]:
    """Return a term of one way, and whether it runs on the day."""
    start, end = (
        simulation.days.dates(world, began.start),
        simulation.days.dates(world, began.end),
    )
    reckoned = None if began.reckoned is None else simulation.days.dates(world, began.reckoned)
    stated = simulation.events[began.event].term if began.event is not None else None
    run = StartedTerm(began.term, began.version, start, end, reckoned, stated, began.event)
    low, high = start.low or date.min, start.high or date.max
    if began in world.past_terms:  # it may have been cut short, or have been over
        over = (end.high or date.max) < simulation.on or low > simulation.on
        return run, False if over else None
    if world.running != began:
        return run, False
    return run, True if high <= simulation.on else None if low <= simulation.on else False


def _next(simulation: Simulation, worlds: Sequence[World]) -> Iterator[Prospect]:
    """Yield what may come next, under the text of the day."""
    found: dict[tuple[str, str | None], list[Prospect]] = {}
    today = Dates(simulation.on, simulation.on)
    for world in worlds:
        for auto in simulation.autos(world):
            way = simulation.if_comes(world, auto)
            if way is None:
                continue
            target = auto.what.target if isinstance(auto.what, Lapse) else auto.what.then
            if isinstance(auto.what, Term) and world.state != auto.what.state:
                target = None  # the state was left before
            day = simulation.days.dates(way, auto.day)
            one = Prospect(auto.what, day, auto.text, target)
            found.setdefault((auto.what.id, target), []).append(one)
    for ones in found.values():
        yield replace(ones[0], day=hull([one.day for one in ones if one.day is not None]))
    for text, _ in simulation.texts.of(today):
        for move in simulation.texts.programs[text].history.transitions.values():
            leads = any(b.state is None or _leads(move, b.state) for b in worlds)
            if leads and not simulation.withheld(move.origin):
                yield Prospect(move, None, text, move.target)


def _leads(move: Transition, state: str) -> bool:
    return move.sources is not None and state in move.sources


def _conflicts(worlds: Sequence[World]) -> tuple[Conflict, ...]:
    lapses = Counter(pair for world in worlds for pair in world.conflicts)
    terms = Counter(pair for world in worlds for pair in world.held_back)
    return (
        *(
            Conflict(event, lapse, count == len(worlds))
            for (event, lapse), count in sorted(lapses.items())
        ),
        *(
            Conflict(event, None, count == len(worlds), term)
            for (event, term), count in sorted(terms.items())
        ),
    )
