"""*Bars.* The bars on applications that events and lapses brought.

A bar is calculated from the day that its provision names, and bars no day before
what brought it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.interpreter.bar_ends import bar_origin, bar_until
from ipcity_policy.engines.lifecycle.context import Context, is_withheld
from ipcity_policy.engines.lifecycle.derived_facts import border_of, day_of, is_ahead
from ipcity_policy.engines.lifecycle.position import RunningBar, StepCause, ends
from ipcity_policy.engines.lifecycle.temporal_constraints import dates, hull, span
from ipcity_policy.engines.lifecycle.worlds import World, WorldStep, occurrences
from ipcity_policy.lang import core
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import Origin
from ipcity_policy.text.subject import EntryPath


def bars_of(context: Context, worlds: Sequence[World]) -> tuple[RunningBar, ...]:
    """Return the bars that came, in the order in which they begin.

    >>> from tests.boxes import course
    >>> stated = "registered 2010-06-01", "inspected 2010-07-01"  # and not renewed in time
    >>> context, world = course(*stated, on="2011-08-01", until="2012-01-01")
    >>> (bar,) = bars_of(context, [world])
    >>> bar.application, bar.cause, str(bar.first.low), str(bar.until.high)
    ('renewal', 'not-renewed', '2011-07-02', '2012-01-02')
    """
    found: dict[tuple[object, ...], list[RunningBar]] = {}
    for world in worlds:
        for index, (step, which) in enumerate(occurrences(world.steps)):
            for number, (effect, path, origin) in enumerate(_effects(context, step)):
                if isinstance(effect, core.Bar):
                    key = (step.cause, step.id, which, number)
                    bar = _bar(context, world, index, effect, path, origin)
                    found.setdefault(key, []).append(bar)
    bars = [
        replace(
            ones[0],
            since=hull([one.since for one in ones]),
            first=hull([one.first for one in ones]),
            until=hull([one.until for one in ones]),
            certain=len(ones) == len(worlds),
        )
        for ones in found.values()
    ]
    return tuple(sorted(bars, key=lambda bar: (bar.since.low or date.min, bar.cause)))


def _effects(
    context: Context, step: WorldStep
) -> Iterator[tuple[core.Effect, EntryPath, Origin]]:
    """Yield what a step causes, with what it belongs to and where that stands.

    Those are its own effects, and those of the outcome that guards it.
    """
    program = context.programs[step.version]
    if step.cause is StepCause.LAPSE:
        lapse = program.history.lapses[step.id]
        yield from ((effect, EntryPath(lapse.key), lapse.origin) for effect in lapse.effects)
    if step.cause in (StepCause.EVENT, StepCause.GAP):
        move = program.history.transitions[step.id]
        yield from ((effect, EntryPath(move.key), move.origin) for effect in move.effects)
        if move.guard is not None:
            rows = program.decisions[move.guard.decision].outcomes
            row = next(row for row in rows if row.outcome == move.guard.outcome)
            owner = EntryPath(program.decisions[move.guard.decision].key, (row.outcome,))
            yield from ((effect, owner, row.origin) for effect in row.effects)


def _bar(
    context: Context,
    world: World,
    index: int,
    effect: core.Bar,
    owner: EntryPath,
    origin: Origin,
) -> RunningBar:
    step = world.steps[index]
    program = context.programs[step.version]
    since = day_of(context, world, effect.after, step.version, index)
    border = border_of(context, world, effect.after, step.version, index) or since
    if since is None or border is None:
        derived = program.history.derived.get(effect.after)
        # What has not happened by then does so no earlier.
        ahead = derived is not None and is_ahead(context, world, derived)
        since = Dates(span(context, world, step.day)[0] if ahead else None, None)
        border = since
    if is_withheld(context, origin):
        since = border = Dates(None, None)
    until = bar_until(program, effect, border, context.rest_days)
    if is_withheld(context, origin, (step.version, effect.period)):
        until = Dates(None, None)
    return RunningBar(
        effect.application,
        effect.period,
        since,
        _later(dates(context, world, step.day), since),
        until,
        step.id,
        bar_origin(program, effect, owner, origin),
        certain=True,
        version=step.version,
    )


def _later(one: Dates, other: Dates) -> Dates:
    """Return the later of two days, each known as a span."""
    high = None if None in (one.high, other.high) else max(ends(one)[1], ends(other)[1])
    return Dates(max(ends(one)[0], ends(other)[0]), high)
