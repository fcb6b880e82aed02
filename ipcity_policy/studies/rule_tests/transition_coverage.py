"""What positions have seen of time: each step, term, duty, lapse and bar, both ways."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from types import MappingProxyType

from ipcity_policy.engines.interpreter.explanation import Status, truth_status
from ipcity_policy.engines.lifecycle.position import Fulfilment, Position, StepCause
from ipcity_policy.engines.lifecycle.temporal_constraints import next_day
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans
from ipcity_policy.lang import core
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.law.lifecycle import Deadline, Lapse, Term, Transition
from ipcity_policy.law.model import Origin
from ipcity_policy.law.program import Program
from ipcity_policy.text.subject import EntryKey, EntryKind, EntryPath

#: What a version says of time, with where it stands.
Path = tuple[EntryPath, Origin]

#: Whether a duty was met in time.
_IN_TIME: Mapping[Fulfilment, Truth] = MappingProxyType(
    {
        Fulfilment.MET: True,
        Fulfilment.MET_LATE: False,
        Fulfilment.OVERDUE: False,
        Fulfilment.PASSED: False,
        Fulfilment.OPEN: None,
    }
)


def paths_of_time(program: Program) -> Iterator[Path]:
    """Yield every transition, term, deadline, lapse and bar that is a version's own."""
    history = program.history
    entries: Iterator[Transition | Term | Deadline | Lapse] = chain(
        history.transitions.values(),
        history.terms.values(),
        history.deadlines.values(),
        history.lapses.values(),
    )
    found = [(EntryPath(one.key), one.origin) for one in entries]
    found += _bars(program)
    for path, origin in found:
        drafted = program.amends is None or origin.drafted_by is not None
        if drafted and origin.carried_from is None:
            yield path, origin


def _bars(program: Program) -> Iterator[Path]:
    """Yield each bar that a step may bring, under the owner of the effect."""
    history = program.history
    for step in (*history.transitions, *history.lapses):
        yield from _bars_of(program, step)


def _bars_of(program: Program, step: str) -> Iterator[Path]:
    """Yield the bars of a step: its own, and those of the outcome that guards it."""
    history = program.history
    owners: list[tuple[EntryPath, tuple[core.Effect, ...], Origin]] = []
    if step in history.lapses:
        lapse = history.lapses[step]
        owners.append((EntryPath(lapse.key), lapse.effects, lapse.origin))
    if step in history.transitions:
        move = history.transitions[step]
        owners.append((EntryPath(move.key), move.effects, move.origin))
        guard = move.guard
        for row in program.decisions[guard.decision].outcomes if guard is not None else ():
            if guard is not None and row.outcome == guard.outcome:
                owner = EntryPath(program.decisions[guard.decision].key, (row.outcome,))
                owners.append((owner, row.effects, row.origin))
    for owner, effects, origin in owners:
        for effect in effects:
            if isinstance(effect, core.Bar):
                steps = (*owner.steps, "effects", effect.application)
                yield EntryPath(owner.key, steps), origin


def seen_of_time(position: Position) -> Iterator[tuple[Program, EntryPath, Status]]:
    """Yield what a position shows of each version: the path and the status it is seen in.

    A step is met where it was taken, and not met where the subject stood in a state that it
    leads out of and did not take it. A duty is met where it was met in time. A lapse is not
    met where its duty was owed and the lapse did not come. A term and a bar are met while
    they run, and not met once they are over.
    """
    taken: set[tuple[int, EntryPath]] = set()
    for one in position.steps:
        step = one.step
        if step.cause not in (StepCause.TERM, StepCause.NAMED):
            of_lapse = step.cause is StepCause.LAPSE
            kind = EntryKind.LAPSE if of_lapse else EntryKind.TRANSITION
            path = EntryPath(EntryKey(kind, step.id))
            taken.add((step.version, path))
            yield position.versions[step.version], path, truth_status(one.certain or None)
    for text, path in _left_out(position):
        if (text, path) not in taken:
            yield position.versions[text], path, Status.NOT_MET
    for term in position.terms:
        running = term.running if term.certain else None
        program, path = position.versions[term.started.version], EntryPath(term.term.key)
        yield program, path, truth_status(running)
    for duty in position.duties:
        met = _IN_TIME[duty.fulfilment] if duty.fulfilment is not None else None
        yield position.versions[duty.version], EntryPath(duty.deadline.key), truth_status(met)
    today = Dates(position.on, position.on)
    for bar in position.bars:
        program = position.versions[bar.version]
        for path, _ in _bars_of(program, bar.cause):
            if path.steps[-1] == bar.application:
                yield program, path, truth_status(bar.runs_on(today))


def _left_out(position: Position) -> Iterator[tuple[int, EntryPath]]:
    """Yield what could have come of each version, whether it came or not."""
    texts = VersionSpans(position.versions)
    for text, program in texts.each():
        history = program.history
        states = {
            state for state, days in _stays(position) if texts.governs(text, days) is not False
        }
        for move in history.transitions.values():
            if any(move.leads_from(state) for state in states):
                yield text, EntryPath(move.key)
        owed = {
            duty.deadline.id
            for duty in position.duties
            if duty.version == text and duty.certain and duty.due.latest < position.on
        }
        for lapse in history.lapses.values():
            if lapse.missed in owed:
                yield text, EntryPath(lapse.key)


def _stays(position: Position) -> Iterator[tuple[str, Dates]]:
    """Yield the states in which a subject certainly stood, with the days."""
    steps = [one.step for one in position.steps]
    if not all(one.certain for one in position.steps) or position.lost:
        return
    first = steps[0].source if steps else position.states[0].state
    starts = [date.min, *(step.day.low for step in steps)]
    ends = [*(step.day.high for step in steps), next_day(position.on)]
    states = [first, *(step.target for step in steps)]
    for state, start, end in zip(states, starts, ends, strict=True):
        if state is not None:
            yield state, Dates(start, end)
