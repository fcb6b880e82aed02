"""*Simulation.* The events of a sheet, applied in every possible order, to possible worlds.

A day that is known as a span, a guard that is not known to hold and an event that may not be
stated leave several worlds. Each is followed; what all of them agree on is known. Where there
are too many, one stands for all, in which the state is not known until an event names it: that
is less than could be known, and never more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipcity_policy.engines.lifecycle.automatic_transitions import (
    MAX_WORLDS,
    Budget,
    advance,
)
from ipcity_policy.engines.lifecycle.context import Context, is_withheld
from ipcity_policy.engines.lifecycle.observed_events import covers, guard_holds, meeting
from ipcity_policy.engines.lifecycle.position import (
    EventIndex,
    StepCause,
    VersionIndex,
    ends,
)
from ipcity_policy.engines.lifecycle.temporal_constraints import (
    span,
    where_before,
    where_not_after,
)
from ipcity_policy.engines.lifecycle.terms import (
    begin_term,
    obligations_from,
    obligations_of_term,
    state_named_by,
    term_in,
    with_doubtful_term,
    with_unstated_causes,
)
from ipcity_policy.engines.lifecycle.worlds import (
    ANY_ROUND,
    TermStart,
    World,
    WorldStep,
    give_up,
)
from ipcity_policy.law.lifecycle import Moment, Rounds, Transition

#: How many events whose order is not known are put in every order.
MAX_UNORDERED = 5


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that cannot happen in any world."""

    event: EventIndex
    #: The states in which the subject was.
    states: tuple[str, ...]
    #: The transitions that were there, and whose guards do not hold.
    guarded: tuple[Transition, ...]
    version: VersionIndex


def simulate(context: Context) -> tuple[tuple[World, ...], tuple[Refusal, ...]]:
    """Return the possible worlds at the end of the day, and the events that cannot be.

    >>> from tests.boxes import history
    >>> stated = "registered 2010-06-01", "taken-back 2010-07"  # on some day of July
    >>> worlds, refusals = simulate(history(*stated, on="2010-07-15"))
    >>> [world.state for world in worlds], refusals
    (['gone', 'held'], ())
    """
    budget, refusals = Budget(), list[Refusal]()
    worlds = [_start(context)]
    for group in _groups(context):
        (first, *more) = group
        if not more and context.events[first].kind not in context.moving:
            worlds = _still(context, budget, worlds, first)
        else:
            applied = _in_any_order(context, budget, worlds, group)
            if not applied:
                applied, refused = _one_by_one(context, budget, worlds, group)
                refusals += refused
            worlds = applied
    at_end = [one for world in worlds for one in advance(context, budget, world, None)]
    return tuple(_kept(at_end)), tuple(refusals)


def _still(
    context: Context, budget: Budget, worlds: list[World], event: EventIndex
) -> list[World]:
    """Return the worlds after an event that moves nothing.

    Where it may meet a duty early, the term that runs by then must have begun.
    """
    if context.events[event].kind not in context.early:
        return [_observe(context, world, event) for world in worlds]
    return _applied(context, budget, worlds, event, gaps=False)


# Where it begins, and in which order


def _start(context: Context) -> World:
    if context.silence.known_from is not None:
        return World(None, ANY_ROUND)
    states = (s for program in context.programs for s in program.history.states.values())
    first = next((state.id for state in states if state.initial), None)
    return World(first, Rounds(0, 0) if first is not None else ANY_ROUND)


def _groups(context: Context) -> Iterator[list[EventIndex]]:
    """Yield the events in their order; together those of which the order is not known."""
    group: list[EventIndex] = []
    reach = date.min
    for event in context.seen:
        low, high = ends(context.events[event].on)
        if group and low > reach:
            yield group
            group = []
        if context.events[event].kind not in context.moving:
            yield [event]
            continue
        reach = max(reach, high) if group else high
        group.append(event)
    if group:
        yield group


def _in_any_order(
    context: Context, budget: Budget, worlds: list[World], group: list[EventIndex]
) -> list[World]:
    """Return the worlds after some events, in every order that their days allow.

    There are none where they cannot happen in any.
    """
    if len(group) > MAX_UNORDERED:
        return [_unordered(context, worlds, group)]
    after: dict[frozenset[EventIndex], list[World]] = {frozenset(): worlds}
    for size in range(len(group)):
        for done in [done for done in after if len(done) == size]:
            after[done] = _kept(after[done])
            for event in _may_be_next(context, group, done):
                found = _applied(context, budget, after[done], event, gaps=False)
                after.setdefault(done | {event}, []).extend(found)
    found = _kept(after.get(frozenset(group), []))
    if all(map(_is_perhaps, found)):
        return _with_gaps(context, budget, worlds, group)
    return found


def _with_gaps(
    context: Context,
    budget: Budget,
    worlds: list[World],
    group: list[EventIndex],
    done: frozenset[EventIndex] = frozenset(),
) -> list[World]:
    """Return the worlds after some events, in every order, if something may be left out.

    One order after the other: that an event fits in one says nothing of it in another.
    """
    if len(done) == len(group):
        return worlds
    found: list[World] = []
    for event in _may_be_next(context, group, done):
        some = _applied(context, budget, worlds, event)
        found += _with_gaps(context, budget, some, group, done | {event}) if some else []
    return _kept(found)


def _may_be_next(
    context: Context, group: list[EventIndex], done: frozenset[EventIndex]
) -> Iterator[EventIndex]:
    """Yield the events before which none of the others must have happened."""
    left = {event: ends(context.events[event].on) for event in group if event not in done}
    for event, (low, _) in left.items():
        if all(high >= low for _, high in left.values()):
            yield event


def _unordered(context: Context, worlds: list[World], group: list[EventIndex]) -> World:
    """Return one world for all orders of some events, in which the state is not known."""
    world = give_up(worlds)
    for event in group:
        world = _observe(context, world, event)
    return world.after(min(ends(context.events[event].on)[0] for event in group))


def _one_by_one(
    context: Context, budget: Budget, worlds: list[World], group: list[EventIndex]
) -> tuple[list[World], list[Refusal]]:
    """Return the worlds after some events, without those that cannot happen in any."""
    refusals: list[Refusal] = []
    for event in group:
        found = _applied(context, budget, worlds, event)
        if found:
            worlds = found
        else:
            refusals.append(_refused(context, budget, worlds, event))
    return worlds, refusals


def _refused(
    context: Context, budget: Budget, worlds: list[World], index: EventIndex
) -> Refusal:
    event = context.events[index]
    version = next((version for version, _ in context.versions.of(event.on)), VersionIndex(0))
    reached = [one for world in worlds for one in advance(context, budget, world, index)]
    states = tuple(dict.fromkeys(one.state for one in reached if one.state is not None))
    anywhere = any(one.state is None for one in reached)
    moves = context.programs[version].history.transitions.values()
    guarded = tuple(
        move
        for move in moves
        if move.event == event.kind
        and (anywhere or any(map(move.leads_from, states)))
        and guard_holds(context, version, move, index) is False
    )
    return Refusal(index, states, guarded, version)


def _kept(worlds: Iterable[World]) -> list[World]:
    """Return each world once; where there are too many, one that stands for all."""
    unlike = list(dict.fromkeys(worlds))
    return unlike if len(unlike) <= MAX_WORLDS else [give_up(unlike)]


# An event


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Where an event leads from one world."""

    worlds: Sequence[World] = ()
    #: Where it would if something was left out before it.
    left_out: Sequence[World] = ()
    #: Where it would by a provision that is withheld: what that leads out of is not known.
    #: These count where nothing else leads on.
    withheld: Sequence[World] = ()


def _applied(
    context: Context,
    budget: Budget,
    worlds: Sequence[World],
    event: EventIndex,
    *,
    gaps: bool = True,
) -> list[World]:
    """Return the worlds after an event: none where it cannot happen in any.

    With `gaps`, where none leads to it, also as if something were left out before it.
    """
    stated, day = context.events[event].on, context.event_days[event]
    budget.tries -= len(worlds)
    if budget.tries < 0 and len(worlds) > 1:
        worlds = [give_up(worlds)]
    found: list[_Outcome] = []
    for version, days in context.versions.of(stated):
        first, last = ends(days)
        for world in worlds:
            within = where_not_after(context, world, max(first, world.cursor), day)
            within = where_not_after(context, within, day, min(last, context.on))
            for one in advance(context, budget, within, event) if within is not None else ():
                found.append(_happen(context, one, event, version))
    after = [one for outcome in found for one in outcome.worlds]
    last = ends(stated)[1]
    # Something may be left out even where what perhaps came by itself explains the event.
    if gaps and all(map(_is_perhaps, after)):
        after += (one for outcome in found for one in outcome.withheld)
        if not covers(context, last):
            after += (one for outcome in found for one in outcome.left_out)
    if last > context.on:  # it may happen only after the day
        later = (where_before(context, one, context.on, day) for one in worlds)
        after += (one for one in later if one is not None)
    return _kept(after)


def _happen(
    context: Context, world: World, event: EventIndex, version: VersionIndex
) -> _Outcome:
    """Return where an event leads in one world."""
    history, kind = context.programs[version].history, context.events[event].kind
    world = world.after(span(context, world, context.event_days[event])[0])
    moves = [move for move in history.transitions.values() if move.event == kind]
    if not moves:  # under this version it moves nothing
        return _Outcome([_observe(context, world, event)])
    guarded = [(move, guard_holds(context, version, move, event)) for move in moves]
    free = [(move, truth) for move, truth in guarded if truth is not False]
    if world.state is None:
        if any(_stays(move, world) for move, _ in free):  # it says nothing new
            return _Outcome([_observe(context, world, event)])
        return _Outcome([_taken(context, world, move, event, version) for move, _ in free])
    here = [(move, truth) for move, truth in free if move.leads_from(world.state)]
    sure = [move for move, truth in here if truth is True]
    found: list[World] = []
    for move in sure or [move for move, _ in here]:
        early, late = _split_by_term(context, world, event)
        if early is not None and early.running is not None:
            held = (*early.held_back, (event, early.running.term))
            found.append(_observe(context, replace(early, held_back=held), event))
        if late is not None:
            found.append(_taken(context, late, move, event, version))
    if here:
        return _Outcome(found)
    return _unexplained(context, world, [move for move, _ in free], event, version)


def _unexplained(
    context: Context,
    world: World,
    moves: Sequence[Transition],
    event: EventIndex,
    version: VersionIndex,
) -> _Outcome:
    """Return where an event leads that no transition leads on from the state of a world."""
    lapse, named = _in_the_way(world, moves), state_named_by(context, event)
    says = next((move for move in moves if move.target == named), None)
    if lapse is not None and says is not None and named is not None:
        # What an event says by its own words holds, whatever should have come before.
        return _Outcome([_named(context, world, says, named, event, version)])
    if lapse is not None:
        stopped = replace(world, conflicts=(*world.conflicts, (event, lapse)))
        return _Outcome([stopped])  # without an effect it brings no duties either
    withheld = [move for move in moves if is_withheld(context, move.origin)]
    others = [move for move in moves if not is_withheld(context, move.origin)]
    return _Outcome(
        left_out=[_moved(context, world, one, event, version, gap=True) for one in others],
        withheld=[_taken(context, world, one, event, version) for one in withheld],
    )


def _split_by_term(
    context: Context, world: World, event: EventIndex
) -> tuple[World | None, World | None]:
    """Return the part of a world in which a term holds an event back, and the other."""
    began = world.running
    if began is None:
        return None, world
    term = context.programs[began.version].history.terms[began.term]
    if context.events[event].kind not in term.holds_back:
        return None, world
    day, end = context.event_days[event], began.end
    return where_before(context, world, day, end), where_not_after(context, world, end, day)


# A transition


def _taken(
    context: Context, world: World, move: Transition, event: EventIndex, version: VersionIndex
) -> World:
    """Return the world after a transition.

    Where that is withheld, nothing is known but the state that the event itself names.
    """
    if not is_withheld(context, move.origin):
        return _moved(context, world, move, event, version)
    named = state_named_by(context, event)
    if named is None:
        return _observe(context, give_up([world]), event)
    return _named(context, world, move, named, event, version)


def _named(
    context: Context,
    world: World,
    move: Transition,
    state: str,
    event: EventIndex,
    version: VersionIndex,
) -> World:
    """Return the world once an event has named a state, whatever the law makes of it."""
    day, rounds = context.event_days[event], Rounds(context.least_rounds.get(state, 0), None)
    step = WorldStep(
        StepCause.NAMED, move.id, day, None, state, rounds, version, event, len(world.terms)
    )
    named = replace(world, state=state, round=rounds, running=None, steps=(*world.steps, step))
    named = _observe(context, named, event)
    term = term_in(context, state, version)
    stated = context.events[event].term is not None
    if term is None or stated or not is_withheld(context, term.origin, (version, term.lasts)):
        return begin_term(context, named, day, version, event)
    # What a provision would add to the name, a term and all that follows from it, is supposed.
    return give_up([with_doubtful_term(context, named, term, day)])


def _moved(
    context: Context,
    world: World,
    move: Transition,
    event: EventIndex,
    version: VersionIndex,
    *,
    gap: bool = False,
) -> World:
    """Return the world once an event has moved the subject; with a `gap`, from any state."""
    source, same = None if gap else world.state, move.round == "same"
    was = world.round if source is not None else _any_round(context, move)
    stays = source == move.target and same
    step = WorldStep(
        StepCause.GAP if gap else StepCause.EVENT,
        move.id,
        context.event_days[event],
        source,
        move.target,
        _round(move.round, was),
        version,
        event,
        begun=len(world.terms),
        may_stay=source is None and same and move.leads_from(move.target),
    )
    moved = replace(
        world,
        state=move.target,
        round=step.round,
        running=world.running if stays or _goes_on(context, world, move) else None,
        steps=(*world.steps, step),
    )
    moved = _observe(context, _met_early(context, moved, world.running, event), event)
    if step.may_stay and term_in(context, move.target, version) is not None:
        return give_up([moved])  # another may have begun before, or be over
    if not stays:
        moved = begin_term(context, moved, step.day, version, event)
    return with_unstated_causes(context, moved, event) if source is None else moved


def _any_round(context: Context, move: Transition) -> Rounds:
    """Return the rounds in which a transition may have found the subject."""
    least = context.least_rounds
    sources = least if move.sources is None else move.sources
    return Rounds(min((least.get(state, 0) for state in sources), default=0), None)


def _goes_on(context: Context, world: World, move: Transition) -> bool:
    """Tell whether the term that runs goes on in the state that an event leads to."""
    began = world.running
    if began is None or world.state is None or move.round != "same":
        return False
    term = context.programs[began.version].history.terms[began.term]
    return move.target in (term.state, *term.through)


def _observe(context: Context, world: World, event: EventIndex) -> World:
    """Return the world with the obligations that an event brings, or meets early."""
    world = _met_early(context, world, world.running, event)
    moment, day = Moment("event", context.events[event].kind), context.event_days[event]
    return world.with_obligations(
        obligations_from(context, world, moment, day, ("event", event))
    )


def _met_early(
    context: Context, world: World, began: TermStart | None, event: EventIndex
) -> World:
    """Return the world with what the end of a term brings and an event meets before it.

    It is met then, even if the term is broken off.
    """
    if began is None:
        return world
    kind = context.events[event].kind
    return world.with_obligations(
        [
            one
            for one in obligations_of_term(context, world, began, "end")
            if one.deadline.early
            and kind in one.deadline.met_by
            and meeting(context, world, one).get(event) is not None
        ]
    )


def _is_perhaps(world: World) -> bool:
    """Tell whether a world rests on a lapse of which it is not known whether it could come."""
    return any(step.perhaps for step in world.steps)


def _stays(move: Transition, world: World) -> bool:
    """Tell whether a transition leaves a subject in the last state that an event named."""
    if not world.past or world.past[-1].cause is not StepCause.NAMED:
        return False
    named = world.past[-1].target
    return move.target == named and move.leads_from(named) and move.round == "same"


def _in_the_way(world: World, moves: Sequence[Transition]) -> str | None:
    """Return the lapse but for which one of some transitions would have been taken.

    Once one event went on as if a lapse had not come, so do those after it.
    """
    if world.conflicts and moves:
        return world.conflicts[-1][1]
    for step in reversed(world.steps):
        if step.cause not in (StepCause.LAPSE, StepCause.TERM):
            return None
        stopped = step.cause is StepCause.LAPSE and step.source is not None
        if stopped and any(move.leads_from(step.source or "") for move in moves):
            return step.id
    return None


def _round(which: str, was: Rounds) -> Rounds:
    match which:
        case "first":
            return Rounds(1, 1)
        case "next":
            return Rounds(was.low + 1, None if was.high is None else was.high + 1)
    return was
