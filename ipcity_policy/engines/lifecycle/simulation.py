"""From the events of a sheet to every way in which they may have gone.

A day that is known as a span, a guard of which it is not known whether it holds and an
event that may not be stated leave several ways open. Each is followed; what all of them
agree on is known. Where the ways are too many, the course is given up until an event tells
again where the subject stands: that is less than could be known, and never more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ipcity_policy.engines.lifecycle.automatic_transitions import (
    ANY_ROUND,
    AutomaticTransitions,
    next_day,
)
from ipcity_policy.engines.lifecycle.observed_events import MAX_WAYS
from ipcity_policy.engines.lifecycle.position import StepCause
from ipcity_policy.engines.lifecycle.worlds import TermStart, World, WorldStep
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.law.lifecycle import Moment, Rounds, Transition

#: How many events whose order is not known are put in every order.
MAX_UNORDERED = 5
#: How often an event is tried on a way, in the whole course.
MAX_TRIED = 200

#: Tells whether what guards a transition holds on an event, by the version and the places.
Guards = Callable[[int, Transition, int], Truth]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that no way leads to."""

    event: int
    #: The states in which the subject stood.
    states: tuple[str, ...]
    #: The transitions that were there, and what guards them does not hold.
    guarded: tuple[Transition, ...]
    text: int


@dataclass(kw_only=True)
class Simulation(AutomaticTransitions):
    """Follows the events up to a day."""

    guards: Guards
    refusals: list[Refusal] = field(default_factory=list)
    #: How often more an event is tried until all ways become one.
    tries: int = MAX_TRIED

    def follow(self) -> tuple[World, ...]:
        """Return every way in which the events may have gone by the end of the day."""
        worlds = [self._start()]
        for group in self._groups():
            (first, *more) = group
            if not more and self.events[first].kind not in self.moving:
                worlds = [self._observed(world, first) for world in worlds]
            else:
                worlds = self._any_order(worlds, group)
        ends = [one for world in worlds for one in self.advance(world, None)]
        return tuple(self._kept(ends))

    # Where it begins, and in which order

    def _start(self) -> World:
        if self.silence.known_from is not None:
            return World(None, ANY_ROUND)
        states = (s for program in self.texts.programs for s in program.history.states.values())
        first = next((state.id for state in states if state.initial), None)
        return World(first, Rounds(0, 0) if first is not None else ANY_ROUND)

    def _groups(self) -> Iterator[list[int]]:
        """Yield the events in their order; together those of which the order is not known."""
        group: list[int] = []
        reach = date.min
        for place in self.seen:
            event = self.events[place]
            if group and _low(event.on) > reach:
                yield group
                group = []
            if event.kind not in self.moving:
                yield [place]
                continue
            reach = max(reach, _high(event.on)) if group else _high(event.on)
            group.append(place)
        if group:
            yield group

    def _any_order(self, worlds: list[World], group: list[int]) -> list[World]:
        """Return where some events lead, in every order that their days allow."""
        if len(group) > MAX_UNORDERED:
            return self._give_up(worlds, group)
        ways: dict[frozenset[int], list[World]] = {frozenset(): worlds}
        for size in range(len(group)):
            for done in [done for done in ways if len(done) == size]:
                ways[done] = self._kept(ways[done])
                for place in self._may_be_next(group, done):
                    found = self._applied(ways[done], place, gaps=False)
                    ways.setdefault(done | {place}, []).extend(found)
        ends = self._kept(ways.get(frozenset(group), []))
        if all(map(_perhaps, ends)):
            ends = self._with_gaps(worlds, group)
        return ends or self._refused(worlds, group)

    def _with_gaps(
        self, worlds: list[World], group: list[int], done: frozenset[int] = frozenset()
    ) -> list[World]:
        """Return where some events lead, in every order, if something may be left out.

        One order after the other: that an event fits in one tells nothing of it in another.
        """
        if len(done) == len(group):
            return worlds
        found: list[World] = []
        for place in self._may_be_next(group, done):
            some = self._applied(worlds, place)
            found += self._with_gaps(some, group, done | {place}) if some else []
        return self._kept(found)

    def _may_be_next(self, group: list[int], done: frozenset[int]) -> Iterator[int]:
        """Yield the events before which none of the others must have happened."""
        left = [place for place in group if place not in done]
        for place in left:
            low = _low(self.events[place].on)
            if all(_high(self.events[other].on) >= low for other in left):
                yield place

    def _give_up(self, worlds: list[World], group: list[int]) -> list[World]:
        """Return that nothing is known of the state once some events have happened."""
        one = self.given_up(worlds)
        for place in group:
            one = self._observed(one, place)
        return [one.after(min(_low(self.events[place].on) for place in group))]

    def _refused(self, worlds: list[World], group: list[int]) -> list[World]:
        """Go on without the events that no way leads to, one after the other."""
        for place in group:
            found = self._applied(worlds, place)
            if found:
                worlds = found
            else:
                self._refuse(worlds, place)
        return worlds

    def _refuse(self, worlds: list[World], place: int) -> None:
        event = self.events[place]
        text = next((text for text, _ in self.texts.of(event.on)), 0)
        ways = [one for world in worlds for one in self.advance(world, place)]
        states = tuple(dict.fromkeys(one.state for one in ways if one.state is not None))
        anywhere = any(one.state is None for one in ways)
        moves = self.texts.programs[text].history.transitions.values()
        guarded = tuple(
            move
            for move in moves
            if move.event == event.kind
            and (anywhere or any(map(move.leads_from, states)))
            and self.guards(text, move, place) is False
        )
        self.refusals.append(Refusal(place, states, guarded, text))

    # An event

    def _applied(
        self, worlds: Sequence[World], place: int, *, gaps: bool = True
    ) -> list[World]:
        """Return where an event leads, on every way that leads to it.

        With `gaps`, where none does, also as if something were left out before it.
        """
        event, day = self.events[place], self.days_of_events[place]
        self.tries -= len(worlds)
        if self.tries < 0 and len(worlds) > 1:
            worlds = [self.given_up(worlds)]
        found: list[World] = []
        left_out: list[World] = []
        unread: list[World] = []
        for text, days in self.texts.of(event.on):
            last = min(_high(days), self.on)
            for world in worlds:
                first = max(_low(days), world.cursor)
                within = self.days.no_earlier(world, day, first)
                within = self.days.no_later(within, day, last)
                for one in self.advance(within, place) if within is not None else ():
                    self._happen(one, place, text, found, left_out, unread)
        # Something may be left out even where what perhaps came by itself explains the event.
        if gaps and all(map(_perhaps, found)):
            found += unread if self.covers(_high(event.on)) else [*unread, *left_out]
        if _high(event.on) > self.on:  # it may happen only after the day
            later = (self.days.no_earlier(one, day, next_day(self.on)) for one in worlds)
            found += [one for one in later if one is not None]
        return self._kept(found)

    def _happen(
        self,
        world: World,
        place: int,
        text: int,
        found: list[World],
        gaps: list[World],
        unread: list[World],
    ) -> None:
        """Add where an event leads on one way, and where it would if something was left out.

        Out of which states a text leads that is withheld is not known: what it would give
        is `unread`, and counts where nothing else leads on.
        """
        history, kind = self.texts.programs[text].history, self.events[place].kind
        world = world.after(self.days.span(world, self.days_of_events[place])[0])
        moves = [move for move in history.transitions.values() if move.event == kind]
        if not moves:  # under this version it moves nothing
            found.append(self._observed(world, place))
            return
        truths = [(move, self.guards(text, move, place)) for move in moves]
        free = [(move, truth) for move, truth in truths if truth is not False]
        if world.state is None:
            if any(_stays(move, world) for move, _ in free):  # it says nothing new
                found.append(self._observed(world, place))
            else:
                found += [self._taken(world, move, place, text) for move, _ in free]
            return
        here = [(move, truth) for move, truth in free if move.leads_from(world.state)]
        sure = [move for move, truth in here if truth is True]
        taken = sure or [move for move, _ in here]
        for move in taken:
            early, late = self._by_terms(world, place)
            if early is not None and early.running is not None:
                held = (*early.held_back, (place, early.running.term))
                found.append(self._observed(replace(early, held_back=held), place))
            if late is not None:
                found.append(self._taken(late, move, place, text))
        if taken:
            return
        lapse = _in_the_way(world, [move for move, _ in free])
        named = self._names(place)
        says = next((move for move, _ in free if move.target == named), None)
        if lapse is not None and says is not None and named is not None:
            # What an event says by its own words holds, whatever should have come before.
            found.append(self._named(world, says, named, place, text))
        elif lapse is not None:
            stopped = replace(world, conflicts=(*world.conflicts, (place, lapse)))
            found.append(stopped)  # without an effect it brings no duties either
        else:
            withheld = [move for move, _ in free if self.withheld(move.origin)]
            unread += [self._taken(world, move, place, text) for move in withheld]
            others = [move for move, _ in free if not self.withheld(move.origin)]
            gaps += [self._taken(world, move, place, text, gap=True) for move in others]

    def _by_terms(self, world: World, place: int) -> tuple[World | None, World | None]:
        """Return the way on which a term holds an event back, and the other."""
        began, kind = world.running, self.events[place].kind
        if began is None:
            return None, world
        term = self.texts.programs[began.version].history.terms[began.term]
        if kind not in term.holds_back:
            return None, world
        day, end = self.days_of_events[place], began.end
        return self.days.before(world, day, end), self.days.not_after(world, end, day)

    def _taken(
        self, world: World, move: Transition, place: int, text: int, *, gap: bool = False
    ) -> World:
        """Return where a transition leads.

        Where it is withheld, nothing is known but the state that the event itself names.
        """
        if not self.withheld(move.origin):
            return self._moved(world, move, place, text, gap=gap)
        named = self.texts.programs[text].vocabulary.events[move.event].names
        if named is None:
            return self._observed(self.given_up([world]), place)
        return self._named(world, move, named, place, text)

    def _named(
        self, world: World, move: Transition, state: str, place: int, text: int
    ) -> World:
        """Return the branch once an event has named a state, whatever its text says."""
        day, begun = self.days_of_events[place], len(world.terms)
        turn = Rounds(self.least_rounds.get(state, 0), None)
        step = WorldStep(StepCause.NAMED, move.id, day, None, state, turn, text, place, begun)
        named = replace(
            world, state=state, round=turn, running=None, steps=(*world.steps, step)
        )
        named = self._observed(named, place)
        if self.events[place].term is None and self.term_withheld(state, text):
            # What a text would add to the name, a term and all that hangs on it, is supposed.
            term = self.term_in(state, text)
            assert term is not None  # INVARIANT: one that is withheld is there
            return self.given_up([self.if_it_began(named, term, day)])
        return self.begun(named, day, text, place)

    def _moved(
        self, world: World, move: Transition, place: int, text: int, *, gap: bool = False
    ) -> World:
        """Return the branch once an event has moved the subject."""
        unknown = gap or world.state is None
        turn = _round(move.round, self._any_round(move) if unknown else world.round)
        day, source = self.days_of_events[place], None if gap else world.state
        how = StepCause.GAP if gap else StepCause.EVENT
        begun = len(world.terms)
        same = move.round == "same"
        may_stay = source is None and same and move.leads_from(move.target)
        step = WorldStep(
            how, move.id, day, source, move.target, turn, text, place, begun, may_stay
        )
        stays = source == move.target and same
        goes_on = stays or self._goes_on(world, move)
        moved = replace(
            world,
            state=move.target,
            round=turn,
            running=world.running if goes_on else None,
            steps=(*world.steps, step),
        )
        moved = self._observed(self._met_early(moved, world.running, place), place)
        if step.may_stay and self.term_in(move.target, text) is not None:
            return self.given_up([moved])  # another may have begun before, or be over
        if not stays:
            moved = self.begun(moved, day, text, place)
        return self.with_what_may_run(moved, place) if source is None else moved

    def _met_early(self, world: World, began: TermStart | None, place: int) -> World:
        """Return the branch with the duties of the end of a term that an event meets before it.

        They are met then, even if the term is broken off.
        """
        if began is None:
            return world
        kind = self.events[place].kind
        owed = (
            one
            for one in self.owed_at(world, began, "end", began.end)
            if one.deadline.early
            and kind in one.deadline.met_by
            and self.meeting(world, one).get(place) is not None
        )
        return replace(world, owed=(*world.owed, *owed))

    def _any_round(self, move: Transition) -> Rounds:
        """Return the rounds in which a transition may have found the subject."""
        least = self.least_rounds
        sources = least if move.sources is None else move.sources
        return Rounds(min((least.get(state, 0) for state in sources), default=0), None)

    def _goes_on(self, world: World, move: Transition) -> bool:
        """Tell whether the term that runs goes on in the state that an event leads to."""
        began = world.running
        if began is None or world.state is None or move.round != "same":
            return False
        term = self.texts.programs[began.version].history.terms[began.term]
        return move.target in (term.state, *term.through)

    def _observed(self, world: World, place: int) -> World:
        """Return the branch with the duties that an event brings, or meets early."""
        world = self._met_early(world, world.running, place)
        event = self.events[place]
        moment = Moment("event", event.kind)
        owed = self.owing(world, moment, self.days_of_events[place], ("event", place))
        return replace(world, owed=(*world.owed, *owed)) if owed else world

    def _kept(self, worlds: Iterable[World]) -> list[World]:
        """Return each way once; where they are too many, one on which nothing is known."""
        unlike = list(dict.fromkeys(worlds))
        return unlike if len(unlike) <= MAX_WAYS else [self.given_up(unlike)]


def _perhaps(world: World) -> bool:
    """Tell whether a way rests on a lapse of which it is not known whether it could come."""
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


def _low(days: Dates) -> date:
    return days.low or date.min


def _high(days: Dates) -> date:
    return days.high or date.max
