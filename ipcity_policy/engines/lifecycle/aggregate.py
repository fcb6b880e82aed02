"""*Aggregation.* The position on a day: what all possible worlds share, and where they differ.

What is the same in all worlds is certain. A day is the span from the earliest to the latest
that it is in any of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.lifecycle.automatic_transitions import pending_in, where_comes
from ipcity_policy.engines.lifecycle.bars import bars_of
from ipcity_policy.engines.lifecycle.context import Context, is_withheld
from ipcity_policy.engines.lifecycle.deadlines import duties_of
from ipcity_policy.engines.lifecycle.derived_facts import begins_round, derive, origin_of
from ipcity_policy.engines.lifecycle.observed_events import guard_holds, is_covered
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
    VersionIndex,
    ends,
)
from ipcity_policy.engines.lifecycle.reachability import possible_states
from ipcity_policy.engines.lifecycle.temporal_constraints import dates, has_come, hull
from ipcity_policy.engines.lifecycle.worlds import TermStart, World, WorldStep, occurrences
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.law.lifecycle import Rounds
from ipcity_policy.law.model import weakest


def position_of(context: Context, worlds: Sequence[World]) -> Position:
    """Return where a subject stands once its events were followed to a day.

    It is what all possible worlds share; where they differ, what is possible.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2011-06-20", until="2012-01-01")
    >>> found = position_of(context, [world])
    >>> found.state, [one.deadline.id for one in found.duties if one.certain]
    ('over', ['inspection', 'note', 'renewal'])
    """
    nowhere = any(world.state is None for world in worlds)
    lost, covered = any(world.lost for world in worlds), is_covered(context)
    possible = possible_states(context, worlds)
    bars = bars_of(context, worlds)
    return Position(
        on=context.on,
        versions=context.programs,
        states=() if nowhere else _states(context, worlds),
        covered=covered,
        known_until=context.silence.known_until,
        known_from=context.silence.known_from,
        not_known=context.silence.not_known,
        possible=possible,
        steps=_steps(context, worlds),
        terms=_terms(context, worlds),
        duties=duties_of(context, worlds),
        bars=bars,
        prospects=tuple(_prospects(context, worlds)),
        conflicts=_conflicts(worlds),
        derived=derive(context, worlds, possible, bars, covered=covered and not lost),
        lost=lost,
    )


def _states(context: Context, worlds: Sequence[World]) -> tuple[PossibleState, ...]:
    found: dict[tuple[str, Rounds], list[World]] = {}
    for world in worlds:
        assert world.state is not None
        found.setdefault((world.state, world.round), []).append(world)
    return tuple(
        PossibleState(
            state,
            hull([_entered(context, one) for one in ones]),
            rounds,
            ones[0].steps[-1].version if ones[0].steps else VersionIndex(0),
        )
        for (state, rounds), ones in found.items()
    )


def _entered(context: Context, world: World) -> Dates:
    """Return the day since which a subject has stood where it stands, in this round."""
    since = Dates(date.min, date.min)
    for step in world.steps:
        same = (
            step.source == step.target
            and step.cause is StepCause.EVENT
            and not begins_round(context, step)
        )
        since = since if same else dates(context, world, step.day)
        if step.may_stay:
            since = Dates(None, since.high)
    return since


def _steps(context: Context, worlds: Sequence[World]) -> tuple[StepTaken, ...]:
    found: dict[tuple[object, ...], list[tuple[WorldStep, Dates]]] = {}
    last = {id(world.past[-1]) for world in worlds if world.past}
    for world in worlds:
        for step, which in occurrences((*world.past, *world.steps)):
            day = dates(context, world, step.day)
            found.setdefault((step.cause, step.id, which), []).append((step, day))
    every = (
        replace(
            _taken(context, ones, worlds),
            last_known=any(id(step) in last for step, _ in ones),
        )
        for ones in found.values()
    )
    return tuple(sorted(every, key=_when))


def _taken(
    context: Context, ones: Sequence[tuple[WorldStep, Dates]], worlds: Sequence[World]
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
    origin = origin_of(context.programs, first)
    certain = len(ones) == len(worlds) and all(_is_sole(context, step) for step, _ in ones)
    return StepTaken(joined, origin, certain)


def _is_sole(context: Context, step: WorldStep) -> bool:
    """Tell whether an event could lead nowhere else, and not only because of a later one."""
    if step.cause is not StepCause.EVENT or step.source is None or step.event is None:
        return True
    kind = context.events[step.event].kind
    truths = [
        guard_holds(context, step.version, move, step.event)
        for move in context.programs[step.version].history.transitions.values()
        if move.event == kind and move.leads_from(step.source)
    ]
    return True in truths or len([one for one in truths if one is None]) <= 1


def _when(taken: StepTaken) -> tuple[date, date]:
    return ends(taken.step.day)


def _rounds(rounds: Sequence[Rounds]) -> Rounds:
    highs = [one.high for one in rounds]
    return Rounds(
        min(one.low for one in rounds),
        None if None in highs else max(high for high in highs if high is not None),
    )


def _terms(context: Context, worlds: Sequence[World]) -> tuple[TermOnDay, ...]:
    found: dict[tuple[object, ...], list[tuple[StartedTerm, Truth]]] = {}
    begun: dict[tuple[object, ...], list[TermStart]] = {}
    for world in worlds:
        every = (*world.past_terms, *world.terms)
        for number, began in enumerate(every):
            key = (began.term, began.event if began.event is not None else ("", number))
            again = began in every[number + 1 :]
            found.setdefault(key, []).append(_run(context, world, began, again=again))
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
            calculated=_hull_of_known([run.calculated for run in runs]),
        )
        term = context.programs[first.version].history.terms[first.term]
        running = truths.pop() if len(truths) == 1 else None
        origins = [term.origin_in(began.round) for began in begun[one]]
        origin = next(one for one in origins if one.basis is weakest(o.basis for o in origins))
        terms.append(TermOnDay(term, joined, origin, running, len(pairs) == len(worlds)))
    return tuple(sorted(terms, key=lambda one: one.started.start.low or date.min))


def _hull_of_known(spans: Sequence[Dates | None]) -> Dates | None:
    known = [one for one in spans if one is not None]
    return hull(known) if len(known) == len(spans) else None


def _run(
    context: Context, world: World, began: TermStart, *, again: bool
) -> tuple[StartedTerm, Truth]:
    """Return a term of one world, and whether it runs on the day.

    One that begins `again` on the same day no longer runs.
    """
    start, end = (dates(context, world, one) for one in (began.start, began.end))
    calculated = None if began.calculated is None else dates(context, world, began.calculated)
    stated = context.events[began.event].term if began.event is not None else None
    run = StartedTerm(began.term, began.version, start, end, calculated, stated, began.event)
    if began in world.past_terms:  # it may have been cut short, or have been over
        over = ends(end)[1] < context.on or ends(start)[0] > context.on
        return run, False if over else None
    if again or world.running != began:
        return run, False
    return run, has_come(context, world, began.start, context.on)


def _prospects(context: Context, worlds: Sequence[World]) -> Iterator[Prospect]:
    """Yield what may come next, under the version of the day."""
    found: dict[tuple[str, str | None], list[Prospect]] = {}
    today = Dates(context.on, context.on)
    for world in worlds:
        for pending in pending_in(context, world):
            came = where_comes(context, world, pending)
            if came is None:
                continue
            move, target = pending.what, pending.target_in(world)
            day = dates(context, came, pending.day)
            prospect = Prospect(move, day, pending.version, target)
            found.setdefault((move.id, target), []).append(prospect)
    for ones in found.values():
        yield replace(ones[0], day=hull([one.day for one in ones if one.day is not None]))
    states = {world.state for world in worlds}
    for version, _ in context.versions.of(today):
        for one in context.programs[version].history.transitions.values():
            leads = None in states or not states.isdisjoint(one.sources or ())
            if leads and not is_withheld(context, one.origin):
                yield Prospect(one, None, version, one.target)


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
