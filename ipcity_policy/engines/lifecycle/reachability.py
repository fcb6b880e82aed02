"""The states that may have been reached by events that are not stated, in the time there was.

An event may have happened on any day that the sheet does not tell of. A term and the time for
a duty take the time that they last: what only their end leads to is not reached before. Of
each day the earliest is kept, so that too many states may be said, and never too few.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from ipcity_policy.engines.lifecycle.automatic_transitions import next_day
from ipcity_policy.engines.lifecycle.simulation import Simulation
from ipcity_policy.engines.lifecycle.worlds import DayExpression, World
from ipcity_policy.lang.time_limits import last_day
from ipcity_policy.lang.values import Dates, Periods
from ipcity_policy.law.lifecycle import Lapse, Moment, Transition
from ipcity_policy.law.program import Program


def possible_states(simulation: Simulation, worlds: Sequence[World]) -> tuple[str, ...]:
    """Return the states in which a subject may stand, in the order of the versions."""
    states = tuple(
        dict.fromkeys(
            id for program in simulation.texts.programs for id in program.history.states
        )
    )
    if any(world.state is None for world in worlds):
        return states
    found: set[str] = set()
    for world in worlds:
        assert world.state is not None
        reached = {world.state} if simulation.covered else _Reach(simulation, world).states()
        if reached is None:
            return states
        found |= reached
    return tuple(state for state in states if state in found)


def following(simulation: Simulation, state: str) -> Iterator[str | None]:
    """Yield the states that may follow one; None where the text is not available."""
    for program in simulation.texts.programs:
        history = program.history
        for move in history.transitions.values():
            if move.leads_from(state):
                yield None if simulation.withheld(move.origin) else move.target
        for lapse in history.lapses.values():
            if state in lapse.sources:
                yield None if simulation.withheld(lapse.origin) else lapse.target
        for term in history.terms.values():
            if term.state == state and simulation.withheld(term.origin):
                yield None
            elif term.state == state and term.then is not None:
                yield term.then


@dataclass
class _Reach:
    """The earliest days on which the states may have been reached, on one way.

    What is not stated comes after the last event that is, and before or after what came by
    itself since.
    """

    simulation: Simulation
    world: World
    #: The earliest day on which a state may have been entered, or was.
    entered: dict[str, date] = field(default_factory=dict)
    #: The same of those that only an event that is not stated leads to: by such an event, or
    #: by itself after it, when a period is over.
    afresh: dict[tuple[str, bool], date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        steps = self.world.steps
        events = [place for place, step in enumerate(steps) if step.event is not None]
        self.since = steps[events[-1] :] if events else steps
        #: The terms that ran on the day of the last event, or began since.
        self.terms = self.world.terms
        if self.since:
            begun = self.since[0].begun
            ran = self.world.running
            self.terms = tuple(
                one
                for place, one in enumerate(self.world.terms)
                if place >= begun or one == ran
            )

    def states(self) -> set[str] | None:
        """Return the states that may have been reached by the day; None for any."""
        assert self.world.state is not None
        if not self.since or self.since[0].event is None:
            first = self.since[0].source if self.since else self.world.state
            self.entered = {first or self.world.state: date.min}
        for step in self.since:
            self._enter(step.target, self._low(step.day))
        while True:
            before = dict(self.entered), dict(self.afresh)
            for text, program in enumerate(self.simulation.texts.programs):
                for move in program.history.transitions.values():
                    self._by_event(text, move)
                self._by_terms(text, program)
                for lapse in program.history.lapses.values():
                    self._by_lapse(text, program, lapse)
            if (self.entered, self.afresh) == before:
                break
        any_state = any(None in following(self.simulation, state) for state in self.entered)
        return None if any_state else self._left()

    def _left(self) -> set[str]:
        """Return the states in which it may stand on the day: where it came by, it may not."""
        assert self.world.state is not None
        return {self.world.state, *(state for state, _ in self.afresh)}

    def _low(self, day: DayExpression) -> date:
        return self.simulation.days.span(self.world, day)[0]

    def _enter(self, state: str, day: date) -> None:
        if day <= self.simulation.on:
            self.entered[state] = min(self.entered.get(state, day), day)

    def _enter_afresh(self, state: str, day: date, *, by_itself: bool) -> None:
        self._enter(state, day)
        if day <= self.simulation.on:
            key = state, by_itself
            self.afresh[key] = min(self.afresh.get(key, day), day)

    def _begun(self, state: str) -> Iterator[tuple[date, bool]]:
        """Yield the earliest days on which a state may have been entered afresh, and how."""
        for by_itself in (False, True):
            day = self.afresh.get((state, by_itself))
            if day is not None:
                yield day, by_itself

    def _unstated(self, kind: str) -> date:
        """Return the first day on which an event that is not stated may have happened."""
        until = self.simulation.silence.known_until
        if not self.simulation.silent(until or date.max, (kind,)):
            return date.min
        return date.max if until is None else next_day(until)

    def _by_event(self, text: int, move: Transition) -> None:
        first, last = self.simulation.texts.span(text)
        for state, since in tuple(self.entered.items()):
            if move.leads_from(state):
                day = max(since, first, self._unstated(move.event))
                stays = state == move.target and move.round == "same"
                if day <= last and not stays:
                    self._enter_afresh(move.target, day, by_itself=False)

    def _by_terms(self, text: int, program: Program) -> None:
        for term in program.history.terms.values():
            for end in self._ends(text, program, term.id):
                if term.then is not None:
                    self._enter_afresh(term.then, next_day(end), by_itself=True)

    def _ends(self, text: int, program: Program, term: str) -> Iterator[date]:
        """Yield the earliest days on which a term may end in a state reached afresh."""
        said = program.history.terms[term]
        for begun, by_itself in self._begun(said.state):
            yield self._over(program, begun, said.lasts, by_itself=by_itself)
            for one in self.terms:  # one that goes on once the state is there again
                if (one.version, one.term) == (text, term):
                    yield max(self._low(one.end), begun)

    def _by_lapse(self, text: int, program: Program, lapse: Lapse) -> None:
        sources = [self.entered[one] for one in lapse.sources if one in self.entered]
        if not sources:
            return
        afresh = [day for one in lapse.sources for day, _ in self._begun(one)]
        for owed in self.world.owed if afresh else ():
            settled = (lapse.id, owed.cause) in self.world.settled
            if owed.version == text and owed.deadline.id == lapse.missed and not settled:
                low, high = self.simulation.days.span(self.world, owed.due)
                if min(afresh) <= next_day(high):
                    day = max(min(afresh), next_day(low))
                    self._enter_afresh(lapse.target, day, by_itself=True)
        deadline = program.history.deadlines[lapse.missed]
        if deadline.within is None:
            return
        moments = (self._moments(text, program, one) for one in deadline.after)
        for since, follows in chain.from_iterable(moments):
            over = self._over(program, since, deadline.within, by_itself=follows)
            day = max(min(sources), next_day(over))
            self._enter_afresh(lapse.target, day, by_itself=True)

    def _moments(
        self, text: int, program: Program, moment: Moment
    ) -> Iterator[tuple[date, bool]]:
        """Yield the earliest days of a moment that is not stated, if there may be one.

        And whether it is the day after another period.
        """
        match moment.of:
            case "event":
                begun = self._low(self.since[0].day) if self.since else date.min
                yield max(self._unstated(moment.name), begun), False
            case "start":
                yield from self._begun(program.history.terms[moment.name].state)
            case _:
                ends = self._ends(text, program, moment.name)
                yield from ((next_day(end), True) for end in ends)

    def _over(self, program: Program, since: date, period: str, *, by_itself: bool) -> date:
        """Return the earliest last day of a period from a day.

        What began by itself on it follows the period that was over on the day before.
        """
        length = program.parameters[period].value
        assert isinstance(length, Periods)  # INVARIANT: the checker saw to it
        counting = program.history.counting.unmoved
        day = date.fromordinal(max(since.toordinal() - by_itself, 1))
        last = last_day(Dates(day, day), length, counting, follows=by_itself)
        return last.low or date.min
