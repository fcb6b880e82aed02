"""*Automatic transitions.* A term that ends, or a lapse, moves the subject without an event.

A lapse comes on the day after a deadline that was missed. Each transition is tried before the
next event, and before the end of the day asked about. Where it is not certain that it comes, or
on which side of the event its day lies, the world splits in two.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipcity_policy.engines.lifecycle.context import Context, deadline_withheld, is_withheld
from ipcity_policy.engines.lifecycle.observed_events import is_closed, is_met, meeting
from ipcity_policy.engines.lifecycle.position import EventIndex, StepCause, VersionIndex
from ipcity_policy.engines.lifecycle.temporal_constraints import (
    dates,
    is_before,
    span,
    where_before,
    where_not_after,
)
from ipcity_policy.engines.lifecycle.terms import begin_term, obligations_of_term, term_of
from ipcity_policy.engines.lifecycle.worlds import (
    NEXT,
    DayExpression,
    Obligation,
    World,
    WorldStep,
    give_up,
)
from ipcity_policy.lang.values import Truth, all_of, opposite
from ipcity_policy.law.lifecycle import Lapse, Term

#: How much may come by itself in the whole history, in all worlds together.
MAX_MOVES = 50
#: How often an event is tried on a world, in the whole history.
MAX_TRIED = 200
#: How many worlds are followed.
MAX_WORLDS = 32


@dataclass
class Budget:
    """How much more is tried before worlds are given up for one that stands for all."""

    moves: int = MAX_MOVES
    tries: int = MAX_TRIED


@dataclass(frozen=True, slots=True)
class Pending:
    """What is to come by itself: the end of a term, or a lapse with what it rests on."""

    what: Term | Lapse
    obligation: Obligation | None
    #: The first day on which it has come.
    day: DayExpression
    version: VersionIndex

    @property
    def lapse(self) -> tuple[Lapse, Obligation]:
        """The lapse, and the obligation that must have been missed."""
        assert isinstance(self.what, Lapse)
        assert self.obligation is not None  # INVARIANT: a lapse rests on an obligation
        return self.what, self.obligation

    def target_in(self, world: World) -> str | None:
        """Return the state that it leads to from a world; None where the state stays."""
        if isinstance(self.what, Lapse):
            return self.what.target
        return self.what.then if world.state == self.what.state else None


def pending_in(context: Context, world: World) -> list[Pending]:
    """Return what may come by itself in a world, whenever that is: term ends, and lapses.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2011-06-20")
    >>> [(one.what.id, one.target_in(world)) for one in pending_in(context, world)]
    [('not-renewed', 'gone')]
    """
    found: list[Pending] = []
    if world.state is None:
        return found
    began = world.running
    if began is not None:
        term = context.programs[began.version].history.terms[began.term]
        version, term = term_of(context, world, began) or (began.version, term)
        found.append(Pending(term, None, began.end.then(NEXT), version))
    lapses = _lapses_from(context, world.state)
    for one in world.obligations if lapses else ():
        for lapse in lapses.get((one.version, one.deadline.id), ()):
            if (lapse.id, one.cause) not in world.settled:
                found.append(Pending(lapse, one, one.over, one.version))
    return found


def _lapses_from(
    context: Context, state: str
) -> Mapping[tuple[VersionIndex, str], Sequence[Lapse]]:
    """Return the lapses out of a state, by the version and the deadline that is missed."""
    known = context.memo.lapses
    if state not in known:
        found: dict[tuple[VersionIndex, str], list[Lapse]] = {}
        for version, program in context.versions.each():
            for lapse in program.history.lapses.values():
                if state in lapse.sources:
                    found.setdefault((version, lapse.missed), []).append(lapse)
        known[state] = found
    return known[state]


# Up to an event or the day


def advance(
    context: Context, budget: Budget, world: World, event: EventIndex | None
) -> list[World]:
    """Return the worlds once all has come by itself that does before an event.

    Without an event, all that does up to the day asked about. A world splits where it is not
    known whether something comes; past the `budget`, one stands for all.

    >>> from tests.boxes import course, history
    >>> _, world = course("registered 2010-06-01", on="2011-05-01")
    >>> later = history("registered 2010-06-01", on="2011-06-20")
    >>> world.state, [one.state for one in advance(later, Budget(), world, None)]
    ('held', ['over'])
    """
    todo: list[World] = [world]
    found: list[World] = []
    while True:
        ahead, moved = _step(context, todo.pop(), event)
        found += ahead
        todo += moved
        if not todo:
            return found
        budget.moves -= 1
        if budget.moves < 0:
            return [give_up([world])]


def _step(
    context: Context, world: World, event: EventIndex | None
) -> tuple[list[World], list[World]]:
    """Return the worlds in which nothing more comes by itself, and those in which it did."""
    if _rests_on_withheld(context, world):
        return [give_up([world])], []
    until = context.on if event is None else context.event_days[event]
    last = until if isinstance(until, date) else span(context, world, until)[1]
    moved: list[World] = []
    due: list[Pending] = []
    for pending in pending_in(context, world):
        too_late, in_time = _split_at_entry(context, world, pending)
        moved += too_late
        if in_time is None:
            return [], moved
        world = in_time
        if _earliest(context, world, pending) <= last:
            due.append(pending)
    ahead: World | None = world
    for pending in due:
        ahead = where_before(context, ahead, until, pending.day)
    for pending in due:
        came: World | None = world
        for other in due:
            if other is not pending:
                came = where_not_after(context, came, pending.day, other.day)
        came = where_not_after(context, came, pending.day, until)
        if came is not None:
            moved += _split(context, came, pending)
    return [] if ahead is None else [ahead], moved


def _rests_on_withheld(context: Context, world: World) -> bool:
    """Tell whether a lapse may come that rests on a deadline which is withheld."""
    withheld = _withheld_from(context, world.state) if world.state is not None else ()
    return bool(withheld) and any(
        (one.version, one.deadline.id) in withheld for one in world.obligations
    )


def _withheld_from(context: Context, state: str) -> Collection[tuple[VersionIndex, str]]:
    """Return the deadlines that a lapse out of a state rests on and that are withheld."""
    known = context.memo.withheld
    if state not in known:
        known[state] = frozenset(
            (version, name)
            for version, program in context.versions.each()
            for lapse in program.history.lapses.values()
            for name in (lapse.missed, lapse.unless_missed, lapse.if_missed)
            if state in lapse.sources
            and name is not None
            and deadline_withheld(context, version, program.history.deadlines[name])
        )
    return known[state]


def _split_at_entry(
    context: Context, world: World, pending: Pending
) -> tuple[list[World], World | None]:
    """Return the worlds in which it should have come before the state was entered.

    And the part in which it should not. A term is then over at once; a lapse takes away only
    the state that the subject is in on its day.
    """
    if not world.steps:
        return [], world
    entered = world.steps[-1].day
    past = where_before(context, world, pending.day, entered)
    if past is None:
        return [], world
    in_time = where_not_after(context, world, entered, pending.day)
    if isinstance(pending.what, Term):
        over = _term_over(context, past, pending.what, replace(pending, day=entered))
        return [over], in_time
    lapse, obligation = pending.lapse
    settled = past.settled | {(lapse.id, obligation.cause)}
    return [replace(past, settled=settled)], in_time


def _earliest(context: Context, world: World, pending: Pending) -> date:
    return max(span(context, world, pending.day)[0], world.cursor)


# What comes, and what does not


def _split(context: Context, world: World, pending: Pending) -> Iterator[World]:
    """Yield the worlds in which something comes by itself, and those in which it does not."""
    if isinstance(pending.what, Term):
        yield _term_over(context, world, pending.what, pending)
        return
    (lapse, obligation), comes = pending.lapse, will_come(context, world, pending)
    if comes is not False:
        for missed in [world] if comes else _where_missed(context, world, obligation):
            one = missed if comes else _where_not_spared(context, missed, pending)
            if one is not None:
                withheld = is_withheld(context, lapse.origin)
                yield give_up([one]) if withheld else _lapsed(context, one, pending)
    if comes is not True:
        was_met = (
            not any(_latest(context, world, pending, lapse.unless_missed))
            and lapse.if_missed is None
            and obligation.governed is True
        )
        kept = _where_met(context, world, obligation) if was_met else world
        if kept is not None:
            yield replace(kept, settled=world.settled | {(lapse.id, obligation.cause)})


def will_come(context: Context, world: World, pending: Pending) -> Truth:
    """Tell whether something comes by itself once its day is there; None where nobody knows.

    >>> from tests.boxes import course
    >>> stated = "registered 2010-06-01", "inspected 2010-07-01"  # and not that it was renewed
    >>> for until in (None, "2012-01-01"):
    ...     context, world = course(*stated, on="2011-06-20", until=until)
    ...     (lapse,) = pending_in(context, world)
    ...     print(lapse.what.id, will_come(context, world, lapse))
    not-renewed None
    not-renewed True
    """
    if isinstance(pending.what, Term):
        return True
    lapse, obligation = pending.lapse
    spared = _was_missed(context, world, pending, lapse.unless_missed)
    needed: Truth = True
    if lapse.if_missed is not None:
        needed = _was_missed(context, world, pending, lapse.if_missed)
    missed = opposite(is_met(context, world, obligation))
    governed = _is_governed(context, world, obligation)
    return all_of([governed, missed, opposite(spared), needed])


def where_comes(context: Context, world: World, pending: Pending) -> World | None:
    """Return the part of a world in which something comes by itself; None where it does not.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2010-12-01")
    >>> (term,) = pending_in(context, world)
    >>> where_comes(context, world, term).state, term.target_in(world)
    ('held', 'over')
    """
    comes = will_come(context, world, pending)
    if comes is not None or isinstance(pending.what, Term):
        return world if comes else None
    return _where_not_spared(context, world, pending)


def _is_governed(context: Context, world: World, obligation: Obligation) -> Truth:
    """Tell whether its version governs an obligation, by what a world leaves of its days."""
    deadline = obligation.deadline
    if obligation.withheld and deadline.governed_by in (None, *deadline.after):
        days = dates(context, world, obligation.since)
        if context.versions.governs(obligation.version, days) is False:
            return False
    return obligation.governed


def _was_missed(
    context: Context, world: World, pending: Pending, deadline: str | None
) -> Truth:
    """Tell whether another deadline was missed before a lapse comes."""
    truths = {
        other is not None and _was_missed_by(context, world, other, pending.day)
        for other in _latest(context, world, pending, deadline)
    }
    return truths.pop() if len(truths) == 1 else None


def _was_missed_by(
    context: Context, world: World, obligation: Obligation, day: DayExpression
) -> Truth:
    """Tell whether an obligation has been missed by a day."""
    if where_before(context, world, obligation.due, day) is None:
        return False
    missed = opposite(is_met(context, world, obligation))
    over = _is_over_by(context, world, obligation, day)
    return missed if missed is False or over else None


def _is_over_by(
    context: Context, world: World, obligation: Obligation, day: DayExpression
) -> bool:
    """Tell whether the time of an obligation is surely over by a day."""
    return where_not_after(context, world, day, obligation.due) is None


def _latest(
    context: Context, world: World, pending: Pending, deadline: str | None
) -> list[Obligation | None]:
    """Return the obligations one of which keeps a lapse off, or lets it come, if missed.

    It is the last of the deadline that runs by then, and None where none does. More are
    returned where that is not known.
    """
    found: list[Obligation | None] = [None]
    for one in world.obligations:
        if one.deadline.id == deadline:
            later = is_before(context, world, pending.day, one.since)
            if later is not True:
                found = [one] if later is False else [*found, one]
    return found


def _where_not_spared(context: Context, world: World, pending: Pending) -> World | None:
    """Return the part of a world in which no other duty keeps a lapse off; None for none."""
    lapse, _ = pending.lapse
    (last, *others) = _latest(context, world, pending, lapse.unless_missed)
    if last is not None and not others and _is_over_by(context, world, last, pending.day):
        return _where_met(context, world, last)
    return world


def _where_missed(context: Context, world: World, obligation: Obligation) -> list[World]:
    """Return the parts of a world in which no event met an obligation in time.

    In each, every event that is done for it came later, or before its time.
    """
    worlds = [world]
    for event, surely in meeting(context, world, obligation).items():
        if not surely:
            continue  # it may have been done for another
        day = context.event_days[event]
        late = [where_before(context, one, obligation.due, day) for one in worlds]
        early = [where_before(context, one, day, obligation.opened) for one in worlds]
        worlds = [one for one in (*late, *early) if one is not None]
        if len(worlds) > MAX_WORLDS:
            return [world]
    return worlds


def _where_met(context: Context, world: World, obligation: Obligation) -> World | None:
    """Return the part of a world in which an obligation was met in time; None for none."""
    events, kinds = [*meeting(context, world, obligation)], obligation.deadline.met_by
    day = context.event_days[events[0]] if len(events) == 1 else None
    if day is None or not is_closed(context, kinds, span(context, world, day)[1]):
        return world
    # One that is not stated comes after this: in time only if this is in time too.
    met = where_not_after(context, world, day, obligation.due)
    if met is None or not is_closed(context, kinds, span(context, met, obligation.due)[1]):
        return met
    return where_not_after(context, met, obligation.opened, day)


# The transitions


def _term_over(context: Context, world: World, term: Term, pending: Pending) -> World:
    began = world.running
    assert began is not None  # INVARIANT: what is pending is the end of the term that runs
    ended = obligations_of_term(context, world, began, "end")
    if term_of(context, world, began) is None:
        lost = give_up([world.with_obligations(ended)])
        return lost.after(_earliest(context, world, pending))
    if term.then is None or world.state != term.state:
        stays = replace(world, running=None).after(_earliest(context, world, pending))
        return stays.with_obligations(ended)
    over = _entered(context, world, StepCause.TERM, pending, term.then).with_obligations(ended)
    return begin_term(context, over, pending.day, pending.version, None)


def _lapsed(context: Context, world: World, pending: Pending) -> World:
    lapse, obligation = pending.lapse
    lapsed = _entered(context, world, StepCause.LAPSE, pending, lapse.target)
    settled = world.settled | {(lapse.id, obligation.cause)}
    lapsed = replace(lapsed, settled=settled)
    return begin_term(context, lapsed, pending.day, pending.version, None)


def _entered(
    context: Context, world: World, cause: StepCause, pending: Pending, target: str
) -> World:
    """Return the world once the subject has entered a state by itself."""
    step = WorldStep(
        cause,
        pending.what.id,
        pending.day,
        world.state,
        target,
        world.round,
        pending.version,
        event=None,
        begun=len(world.terms),
        perhaps=pending.obligation is not None and pending.obligation.withheld,
    )
    entered = replace(world, state=target, running=None, steps=(*world.steps, step))
    return entered.after(_earliest(context, world, pending))
