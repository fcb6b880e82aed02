"""Where a subject stands on a day: what all ways in which its events may have gone share."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.lifecycle.bars import bans_of
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


def standing_of(walk: Simulation, branches: Sequence[World]) -> Position:
    """Return where a subject stands once its events were followed to a day."""
    nowhere = any(branch.state is None for branch in branches)
    lost = any(branch.lost for branch in branches)
    possible = possible_states(walk, branches)
    bans = bans_of(walk, branches)
    return Position(
        on=walk.on,
        versions=walk.texts.programs,
        states=() if nowhere else _places(walk, branches),
        covered=walk.covered,
        known_until=walk.silence.known_until,
        known_from=walk.silence.known_from,
        not_known=walk.silence.not_known,
        possible=possible,
        steps=_steps(walk, branches),
        terms=_terms(walk, branches),
        duties=duties_of(walk, branches),
        bars=bans,
        prospects=tuple(_next(walk, branches)),
        conflicts=_conflicts(branches),
        derived=derive(walk, branches, possible, bans, covered=walk.covered and not lost),
        lost=lost,
    )


def _places(walk: Simulation, branches: Sequence[World]) -> tuple[PossibleState, ...]:
    found: dict[tuple[str, Rounds], list[World]] = {}
    for branch in branches:
        assert branch.state is not None
        found.setdefault((branch.state, branch.round), []).append(branch)
    return tuple(
        PossibleState(state, hull([_entered(walk, one) for one in ones]), turn, _text(ones[0]))
        for (state, turn), ones in found.items()
    )


def _entered(walk: Simulation, branch: World) -> Dates:
    """Return the day since which a subject has stood where it stands, in this round."""
    since = Dates(date.min, date.min)
    for step in branch.steps:
        same = (
            step.source == step.target
            and step.cause is StepCause.EVENT
            and not _new_round(walk, step)
        )
        since = since if same else walk.days.dates(branch, step.day)
        if step.may_stay:
            since = Dates(None, since.high)
    return since


def _new_round(walk: Simulation, step: WorldStep) -> bool:
    if step.cause is not StepCause.EVENT:
        return True
    return walk.texts.programs[step.version].history.transitions[step.id].round != "same"


def _text(branch: World) -> int:
    return branch.steps[-1].version if branch.steps else 0


def _steps(walk: Simulation, branches: Sequence[World]) -> tuple[StepTaken, ...]:
    found: dict[tuple[object, ...], list[tuple[WorldStep, Dates]]] = {}
    last = {id(branch.past[-1]) for branch in branches if branch.past}
    for branch in branches:
        seen = Counter[str]()
        for step in (*branch.past, *branch.steps):
            # The same lapse or end of a term may come again in a later round.
            turn = step.event if step.event is not None else seen[step.id]
            seen[step.id] += 1
            day = walk.days.dates(branch, step.day)
            found.setdefault((step.cause, step.id, turn), []).append((step, day))
    every = (
        replace(
            _taken(walk, ones, branches), last_known=any(id(step) in last for step, _ in ones)
        )
        for ones in found.values()
    )
    return tuple(sorted(every, key=_when))


def _taken(
    walk: Simulation, ones: Sequence[tuple[WorldStep, Dates]], branches: Sequence[World]
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
    origin = origin_of(walk.texts.programs, first)
    certain = len(ones) == len(branches) and all(_is_told(walk, step) for step, _ in ones)
    return StepTaken(joined, origin, certain)


def _is_told(walk: Simulation, step: WorldStep) -> bool:
    """Tell whether an event itself tells where it led, and not only one that came after it."""
    if step.cause is not StepCause.EVENT or step.source is None or step.event is None:
        return True
    kind = walk.events[step.event].kind
    truths = [
        walk.guards(step.version, move, step.event)
        for move in walk.texts.programs[step.version].history.transitions.values()
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


def _terms(walk: Simulation, branches: Sequence[World]) -> tuple[TermOnDay, ...]:
    found: dict[tuple[object, ...], list[tuple[StartedTerm, Truth]]] = {}
    begun: dict[tuple[object, ...], list[TermStart]] = {}
    for branch in branches:
        for number, began in enumerate((*branch.past_terms, *branch.terms)):
            key = (began.term, began.event if began.event is not None else ("", number))
            found.setdefault(key, []).append(_run(walk, branch, began))
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
        term = walk.texts.programs[first.version].history.terms[first.term]
        running = truths.pop() if len(truths) == 1 else None
        origins = [term.origin_in(began.round) for began in begun[one]]
        origin = next(one for one in origins if one.basis is weakest(o.basis for o in origins))
        terms.append(TermOnDay(term, joined, origin, running, len(pairs) == len(branches)))
    return tuple(sorted(terms, key=lambda one: one.started.start.low or date.min))


def _hull_of_known(spans: Sequence[Dates | None]) -> Dates | None:
    known = [one for one in spans if one is not None]
    return hull(known) if len(known) == len(spans) else None


def _run(walk: Simulation, branch: World, began: TermStart) -> tuple[StartedTerm, Truth]:
    """Return a term of one way, and whether it runs on the day."""
    start, end = walk.days.dates(branch, began.start), walk.days.dates(branch, began.end)
    reckoned = None if began.reckoned is None else walk.days.dates(branch, began.reckoned)
    stated = walk.events[began.event].term if began.event is not None else None
    run = StartedTerm(began.term, began.version, start, end, reckoned, stated, began.event)
    low, high = start.low or date.min, start.high or date.max
    if began in branch.past_terms:  # it may have been cut short, or have been over
        over = (end.high or date.max) < walk.on or low > walk.on
        return run, False if over else None
    if branch.running != began:
        return run, False
    return run, True if high <= walk.on else None if low <= walk.on else False


def _next(walk: Simulation, branches: Sequence[World]) -> Iterator[Prospect]:
    """Yield what may come next, under the text of the day."""
    found: dict[tuple[str, str | None], list[Prospect]] = {}
    today = Dates(walk.on, walk.on)
    for branch in branches:
        for auto in walk.autos(branch):
            way = walk.if_comes(branch, auto)
            if way is None:
                continue
            target = auto.what.target if isinstance(auto.what, Lapse) else auto.what.then
            if isinstance(auto.what, Term) and branch.state != auto.what.state:
                target = None  # the state was left before
            day = walk.days.dates(way, auto.day)
            one = Prospect(auto.what, day, auto.text, target)
            found.setdefault((auto.what.id, target), []).append(one)
    for ones in found.values():
        yield replace(ones[0], day=hull([one.day for one in ones if one.day is not None]))
    for text, _ in walk.texts.of(today):
        for move in walk.texts.programs[text].history.transitions.values():
            leads = any(b.state is None or _leads(move, b.state) for b in branches)
            if leads and not walk.withheld(move.origin):
                yield Prospect(move, None, text, move.target)


def _leads(move: Transition, state: str) -> bool:
    return move.sources is not None and state in move.sources


def _conflicts(branches: Sequence[World]) -> tuple[Conflict, ...]:
    lapses = Counter(pair for branch in branches for pair in branch.conflicts)
    terms = Counter(pair for branch in branches for pair in branch.held_back)
    return (
        *(
            Conflict(event, lapse, count == len(branches))
            for (event, lapse), count in sorted(lapses.items())
        ),
        *(
            Conflict(event, None, count == len(branches), term)
            for (event, term), count in sorted(terms.items())
        ),
    )
