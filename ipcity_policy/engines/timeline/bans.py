"""The bars on applications that events and lapses brought."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.standing import Ban, How, Step
from ipcity_policy.engines.timeline.branch import Branch, Taken
from ipcity_policy.engines.timeline.derivations import day_of, is_ahead
from ipcity_policy.engines.timeline.duties import hull
from ipcity_policy.engines.timeline.walk import Walk
from ipcity_policy.lang import core
from ipcity_policy.lang.counting import last_day
from ipcity_policy.lang.values import Dates, Periods
from ipcity_policy.measure.model import Origin
from ipcity_policy.measure.program import Program


def bans_of(walk: Walk, branches: Sequence[Branch]) -> tuple[Ban, ...]:
    """Return the bars that came, in the order in which they begin."""
    found: dict[tuple[object, ...], list[Ban]] = {}
    for branch in branches:
        for place, step in enumerate(branch.steps):
            for number, (effect, origin) in enumerate(effects_of(walk.texts.programs, step)):
                if isinstance(effect, core.Bar):
                    # The same lapse may come again in a later round.
                    again = sum(other.id == step.id for other in branch.steps[:place])
                    turn = step.event if step.event is not None else again
                    key = (step.how, step.id, turn, number)
                    ban = _ban(walk, branch, place, effect, origin)
                    found.setdefault(key, []).append(ban)
    bans = [
        replace(
            ones[0],
            since=hull([one.since for one in ones]),
            until=hull([one.until for one in ones]),
            certain=len(ones) == len(branches),
        )
        for ones in found.values()
    ]
    return tuple(sorted(bans, key=lambda ban: (ban.since.low or date.min, ban.cause)))


def effects_of(
    programs: Sequence[Program], step: Taken | Step
) -> Iterator[tuple[core.Effect, Origin]]:
    """Yield what a step causes: its own effects, and those of the outcome that guards it."""
    program = programs[step.text]
    if step.how is How.LAPSE:
        lapse = program.history.lapses[step.id]
        yield from ((effect, lapse.origin) for effect in lapse.effects)
    if step.how in (How.EVENT, How.GAP):
        move = program.history.transitions[step.id]
        yield from ((effect, move.origin) for effect in move.effects)
        if move.guard is not None:
            rows = program.decisions[move.guard.decision].rows
            row = next(row for row in rows if row.outcome == move.guard.outcome)
            yield from ((effect, row.origin) for effect in row.effects)


def _ban(walk: Walk, branch: Branch, place: int, effect: core.Bar, origin: Origin) -> Ban:
    step = branch.steps[place]
    program = walk.texts.programs[step.text]
    length = program.parameters[effect.period].value
    assert isinstance(length, Periods)  # INVARIANT: the checker saw to it
    since = day_of(walk, branch, effect.after, step.text, place)
    if since is None:
        derived = program.history.derived.get(effect.after)
        # What has not happened by then does so no earlier.
        ahead = derived is not None and is_ahead(walk, branch, derived)
        since = Dates(walk.days.span(branch, step.day)[0] if ahead else None, None)
    if walk.withheld(origin):
        since = Dates(None, None)
    counting = program.history.counting
    rest = walk.days.rest(counting.rest_days) if counting.rest_days is not None else None
    until = last_day(since, length, counting, rest)
    if walk.withheld(origin, (step.text, effect.period)):
        until = Dates(None, None)
    provision = program.parameters[effect.period].origin
    return Ban(
        effect.application,
        effect.period,
        since,
        until,
        step.id,
        provision,
        certain=True,
        text=step.text,
    )
