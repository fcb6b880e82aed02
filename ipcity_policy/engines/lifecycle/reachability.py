"""*Reachability.* The states that events that are not stated may have led to, in time.

Where a sheet is not closed an event may have happened on any day. A term and the time for a
duty take the time that they last: what only their end leads to is not reached before. Of each
state the earliest day is kept, so that too many states may be said, and never too few.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from ipcity_policy.engines.lifecycle.context import Context, is_withheld
from ipcity_policy.engines.lifecycle.observed_events import is_closed, is_covered
from ipcity_policy.engines.lifecycle.position import VersionIndex
from ipcity_policy.engines.lifecycle.temporal_constraints import next_day, span
from ipcity_policy.engines.lifecycle.worlds import DayExpression, World
from ipcity_policy.lang.time_limits import last_day
from ipcity_policy.lang.values import Dates, Periods
from ipcity_policy.law.lifecycle import Lapse, Moment, Transition
from ipcity_policy.law.program import Program


def possible_states(context: Context, worlds: Sequence[World]) -> tuple[str, ...]:
    """Return the states in which a subject may stand, in the order of the versions.

    >>> from tests.boxes import course
    >>> for until in (None, "2012-01-01"):
    ...     context, world = course("registered 2010-06-01", on="2010-12-01", until=until)
    ...     print(until, possible_states(context, [world]))
    None ('held', 'gone')
    2012-01-01 ('held',)
    """
    states = tuple(
        dict.fromkeys(id for program in context.programs for id in program.history.states)
    )
    if any(world.state is None for world in worlds):
        return states
    found: set[str] = set()
    for world in worlds:
        assert world.state is not None
        reached = {world.state} if is_covered(context) else _Reach(context, world).states()
        if reached is None:
            return states
        found |= reached
    return tuple(state for state in states if state in found)


def successors(context: Context, state: str) -> Iterator[str | None]:
    """Yield the states that may follow one; None where a provision for that is withheld.

    >>> from tests.boxes import history
    >>> [*successors(history(on="2011-01-01"), "over")]
    ['held', 'gone', 'gone']
    """
    for program in context.programs:
        history = program.history
        for move in history.transitions.values():
            if move.leads_from(state):
                yield None if is_withheld(context, move.origin) else move.target
        for lapse in history.lapses.values():
            if state in lapse.sources:
                yield None if is_withheld(context, lapse.origin) else lapse.target
        for term in history.terms.values():
            if term.state == state and is_withheld(context, term.origin):
                yield None
            elif term.state == state and term.then is not None:
                yield term.then


@dataclass
class _Reach:
    """Finds the earliest days on which states may have been reached in a world: a fixed point.

    What is not stated comes after the last event that is, and before or after what came by
    itself since.
    """

    context: Context
    world: World
    #: The earliest day on which a state may have been entered, or was.
    entered: dict[str, date] = field(default_factory=dict)
    #: The same of those that only an event that is not stated leads to: by such an event, or
    #: by itself after it, when a period is over.
    afresh: dict[tuple[str, bool], date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        steps = self.world.steps
        events = [number for number, step in enumerate(steps) if step.event is not None]
        self.since = steps[events[-1] :] if events else steps
        #: The terms that ran on the day of the last event, or began since.
        self.terms = self.world.terms
        if self.since:
            begun = self.since[0].begun
            ran = self.world.running
            self.terms = tuple(
                one
                for number, one in enumerate(self.world.terms)
                if number >= begun or one == ran
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
            for version, program in self.context.versions.each():
                days = self.context.versions.span(version)
                for move in program.history.transitions.values():
                    self._by_event(move, *days)
                self._by_terms(version, program)
                for lapse in program.history.lapses.values():
                    self._by_lapse(version, program, lapse)
            if (self.entered, self.afresh) == before:
                break
        if any(_leads_anywhere(self.context, state) for state in self.entered):
            return None
        # In a state that it only came by it cannot be on the day.
        return {self.world.state, *(state for state, _ in self.afresh)}

    def _low(self, day: DayExpression) -> date:
        return span(self.context, self.world, day)[0]

    def _enter(self, state: str, day: date) -> None:
        if day <= self.context.on:
            self.entered[state] = min(self.entered.get(state, day), day)

    def _enter_afresh(self, state: str, day: date, *, by_itself: bool) -> None:
        self._enter(state, day)
        if day <= self.context.on:
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
        known = self.context.memo.unstated
        if kind not in known:
            until = self.context.silence.known_until
            if not is_closed(self.context, (kind,), until or date.max):
                known[kind] = date.min
            else:
                known[kind] = date.max if until is None else next_day(until)
        return known[kind]

    def _by_event(self, move: Transition, first: date, last: date) -> None:
        """Enter where a move leads on the days between two, those of its version."""
        entered = self.entered  # asked very often: what leads from nowhere is passed over
        sources = entered if move.sources is None else move.sources
        since = [entered[one] for one in sources if one in entered and not _stays(move, one)]
        if since:
            day = max(min(since), first, self._unstated(move.event))
            if day <= last:
                self._enter_afresh(move.target, day, by_itself=False)

    def _by_terms(self, version: VersionIndex, program: Program) -> None:
        for term in program.history.terms.values():
            for end in self._ends(version, program, term.id):
                if term.then is not None:
                    self._enter_afresh(term.then, next_day(end), by_itself=True)

    def _ends(self, version: VersionIndex, program: Program, term: str) -> Iterator[date]:
        """Yield the earliest days on which a term may end in a state reached afresh."""
        said = program.history.terms[term]
        for begun, by_itself in self._begun(said.state):
            yield self._over(version, begun, said.lasts, by_itself=by_itself)
            for one in self.terms:  # one that goes on once the state is there again
                if (one.version, one.term) == (version, term):
                    yield max(self._low(one.end), begun)

    def _by_lapse(self, version: VersionIndex, program: Program, lapse: Lapse) -> None:
        sources = [self.entered[one] for one in lapse.sources if one in self.entered]
        if not sources:
            return
        afresh = [day for one in lapse.sources for day, _ in self._begun(one)]
        for one in self.world.obligations if afresh else ():
            settled = (lapse.id, one.cause) in self.world.settled
            if one.version == version and one.deadline.id == lapse.missed and not settled:
                low, high = span(self.context, self.world, one.due)
                if min(afresh) <= next_day(high):
                    day = max(min(afresh), next_day(low))
                    self._enter_afresh(lapse.target, day, by_itself=True)
        deadline = program.history.deadlines[lapse.missed]
        if deadline.within is None:
            return
        moments = (self._moments(version, program, one) for one in deadline.after)
        for since, follows in chain.from_iterable(moments):
            over = self._over(version, since, deadline.within, by_itself=follows)
            day = max(min(sources), next_day(over))
            self._enter_afresh(lapse.target, day, by_itself=True)

    def _moments(
        self, version: VersionIndex, program: Program, moment: Moment
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
                ends = self._ends(version, program, moment.name)
                yield from ((next_day(end), True) for end in ends)

    def _over(
        self, version: VersionIndex, since: date, period: str, *, by_itself: bool
    ) -> date:
        """Return the earliest last day of a period from a day.

        What began by itself on it follows the period that was over on the day before.
        """
        known, key = self.context.memo.over, (version, since, period, by_itself)
        if key not in known:
            program = self.context.programs[version]
            known[key] = _last(program, since, period, by_itself=by_itself)
        return known[key]


def _last(program: Program, since: date, period: str, *, by_itself: bool) -> date:
    length = program.parameters[period].value
    assert isinstance(length, Periods)  # INVARIANT: the checker saw to it
    counting = program.history.counting.unmoved
    day = date.fromordinal(max(since.toordinal() - by_itself, 1))
    last = last_day(Dates(day, day), length, counting, follows=by_itself)
    return last.low or date.min


def _stays(move: Transition, state: str) -> bool:
    """Tell whether a move leaves the subject where it stands."""
    return state == move.target and move.round == "same"


def _leads_anywhere(context: Context, state: str) -> bool:
    """Tell whether a provision for what follows a state is withheld."""
    known = context.memo.leads_anywhere
    if state not in known:
        known[state] = None in successors(context, state)
    return known[state]
