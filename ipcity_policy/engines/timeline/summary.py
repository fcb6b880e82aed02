"""Where a subject stands on a day: what all ways in which its events may have gone share."""

from collections.abc import Iterator, Sequence
from datetime import date

from ipcity_policy.engines.timeline.bans import bans_of
from ipcity_policy.engines.timeline.branch import Branch
from ipcity_policy.engines.timeline.derivations import derive
from ipcity_policy.engines.timeline.duties import duties_of, hull
from ipcity_policy.engines.timeline.standing import (
    Conflict,
    How,
    Next,
    Place,
    Rounds,
    Run,
    RunOf,
    Standing,
    Step,
    StepTaken,
)
from ipcity_policy.engines.timeline.walk import Walk
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.measure.history import Lapse, Term, Transition
from ipcity_policy.measure.model import Origin
from ipcity_policy.measure.program import Program


def standing_of(walk: Walk, branches: Sequence[Branch]) -> Standing:
    """Return where a subject stands once its events were followed to a day."""
    covered = walk.known_until is not None and walk.known_until >= walk.on
    lost = any(branch.state is None for branch in branches)
    possible = _possible(walk, branches, covered=covered)
    bans = bans_of(walk, branches)
    return Standing(
        on=walk.on,
        texts=walk.texts.programs,
        places=() if lost else _places(branches),
        covered=covered,
        known_until=walk.known_until,
        possible=possible,
        steps=_steps(walk, branches),
        terms=_terms(walk, branches),
        duties=duties_of(walk, branches),
        bans=bans,
        next=tuple(_next(walk, branches)),
        conflicts=_conflicts(branches),
        derived=derive(walk, branches, possible, bans, covered=covered and not lost),
        lost=lost,
    )


def _places(branches: Sequence[Branch]) -> tuple[Place, ...]:
    found: dict[tuple[str, Rounds], list[Branch]] = {}
    for branch in branches:
        assert branch.state is not None
        found.setdefault((branch.state, branch.round), []).append(branch)
    return tuple(
        Place(state, hull([one.since for one in ones]), turn, _text(ones[0]))
        for (state, turn), ones in found.items()
    )


def _text(branch: Branch) -> int:
    return branch.steps[-1].text if branch.steps else 0


def _possible(walk: Walk, branches: Sequence[Branch], *, covered: bool) -> tuple[str, ...]:
    """Return the states that are possible, where need be by events that are not stated."""
    states = list(
        dict.fromkeys(id for program in walk.texts.programs for id in program.history.states)
    )
    reached = {branch.state for branch in branches if branch.state is not None}
    if any(branch.state is None for branch in branches):
        return tuple(states)
    if not covered:
        todo = list(reached)
        while todo:
            for following in _following(walk.texts.programs, todo.pop()):
                if following not in reached:
                    reached.add(following)
                    todo.append(following)
    return tuple(state for state in states if state in reached)


def _following(programs: Sequence[Program], state: str) -> Iterator[str]:
    """Yield the states that may follow one."""
    for program in programs:
        history = program.history
        yield from (m.target for m in history.transitions.values() if m.leads_from(state))
        yield from (lapse.target for lapse in history.lapses.values() if state in lapse.sources)
        for term in history.terms.values():
            if term.state == state and term.then is not None:
                yield term.then


def _steps(walk: Walk, branches: Sequence[Branch]) -> tuple[StepTaken, ...]:
    found: dict[tuple[object, ...], list[Step]] = {}
    for branch in branches:
        for number, step in enumerate(branch.steps):
            # The same lapse or end of a term may come again in a later round.
            again = sum(other.id == step.id for other in branch.steps[:number])
            turn = step.event if step.event is not None else again
            found.setdefault((step.how, step.id, turn), []).append(step)
    taken = [
        StepTaken(
            Step(
                ones[0].how,
                ones[0].id,
                hull([one.day for one in ones]),
                ones[0].source if len({one.source for one in ones}) == 1 else None,
                ones[0].target,
                _rounds([one.round for one in ones]),
                ones[0].text,
                ones[0].event,
            ),
            _origin(walk.texts.programs, ones[0]),
            len(ones) == len(branches),
        )
        for ones in found.values()
    ]
    return tuple(sorted(taken, key=_when))


def _when(taken: StepTaken) -> tuple[date, date]:
    day = taken.step.day
    return day.low or date.min, day.high or date.max


def _rounds(rounds: Sequence[Rounds]) -> Rounds:
    highs = [one.high for one in rounds]
    return Rounds(
        min(one.low for one in rounds),
        None if None in highs else max(high for high in highs if high is not None),
    )


def _origin(programs: Sequence[Program], step: Step) -> Origin:
    history = programs[step.text].history
    match step.how:
        case How.TERM:
            return history.terms[step.id].origin
        case How.LAPSE:
            return history.lapses[step.id].origin
    return history.transitions[step.id].origin


def _terms(walk: Walk, branches: Sequence[Branch]) -> tuple[RunOf, ...]:
    found: dict[tuple[object, ...], list[tuple[Run, Truth]]] = {}
    for branch in branches:
        for number, run in enumerate(branch.runs):
            key = (run.term, run.event if run.event is not None else ("", number))
            goes_on = branch.running == run
            low, high = run.start.low or date.min, run.start.high or date.max
            begun: Truth = True if high <= walk.on else None if low <= walk.on else False
            found.setdefault(key, []).append((run, begun if goes_on else False))
    terms = []
    for pairs in found.values():
        runs = [run for run, _ in pairs]
        truths = {truth for _, truth in pairs}
        first = runs[0]
        joined = Run(
            first.term,
            first.text,
            hull([run.start for run in runs]),
            hull([run.end for run in runs]),
            hull([run.reckoned for run in runs]),
            first.stated,
            first.event,
        )
        term = walk.texts.programs[first.text].history.terms[first.term]
        running = truths.pop() if len(truths) == 1 else None
        terms.append(RunOf(term, joined, running, len(pairs) == len(branches)))
    return tuple(sorted(terms, key=lambda one: one.run.start.low or date.min))


def _next(walk: Walk, branches: Sequence[Branch]) -> Iterator[Next]:
    """Yield what may come next, under the text of the day."""
    seen: dict[tuple[str, str], Next] = {}
    today = Dates(walk.on, walk.on)
    for branch in branches:
        for (what, _), day in walk.autos(branch):
            kind = "lapse" if isinstance(what, Lapse) else "term"
            text = branch.running.text if isinstance(what, Term) and branch.running else 0
            seen.setdefault((kind, what.id), Next(what, day, text))
    for text, _ in walk.texts.of(today):
        for move in walk.texts.programs[text].history.transitions.values():
            if any(b.state is None or _leads(move, b.state) for b in branches):
                seen.setdefault(("event", move.id), Next(move, None, text))
    yield from seen.values()


def _leads(move: Transition, state: str) -> bool:
    return move.sources is not None and state in move.sources


def _conflicts(branches: Sequence[Branch]) -> tuple[Conflict, ...]:
    found: dict[tuple[int, str], int] = {}
    for branch in branches:
        for pair in branch.conflicts:
            found[pair] = found.get(pair, 0) + 1
    return tuple(
        Conflict(event, lapse, count == len(branches))
        for (event, lapse), count in sorted(found.items())
    )
