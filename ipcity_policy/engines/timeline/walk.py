"""From the events of a sheet to every way in which they may have gone.

A day that is known as a span, a guard of which it is not known whether it holds and an
event that may not be stated leave several ways open. Each is followed; what all of them
agree on is known. Where the ways are too many, the course is given up until an event tells
again where the subject stands: that is less than could be known, and never more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ipcity_policy.engines.timeline.branch import Branch, Owed
from ipcity_policy.engines.timeline.standing import How, Rounds, Run, Step
from ipcity_policy.engines.timeline.texts import Texts
from ipcity_policy.lang.counting import RestDays, last_day
from ipcity_policy.lang.values import Dates, Periods, Truth, Value, all_of, opposite
from ipcity_policy.measure.events import Event
from ipcity_policy.measure.history import Deadline, Lapse, Moment, Term, Transition

#: How many ways are followed at once.
MAX_BRANCHES = 24
#: How many events whose order is not known are put in every order.
MAX_UNORDERED = 5
#: How many states may follow one another by themselves between two events.
MAX_MOVES = 60

#: Tells whether what guards a transition holds on an event, by the version and the places.
Guards = Callable[[int, Transition, int], Truth]
#: What comes by itself: the end of a term, or a lapse with the duty that it hangs on.
Auto = tuple[Term | Lapse, Owed | None]

_DAY = timedelta(days=1)
_LOST = Rounds(1, None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that no way leads to."""

    event: int
    #: The states in which the subject stood.
    states: tuple[str, ...]
    #: Whether a transition was there, and what guards it does not hold.
    guarded: tuple[Transition, ...]
    text: int


@dataclass
class Walk:
    """Follows the events up to a day."""

    texts: Texts
    events: Sequence[Event]
    on: date
    known_until: date | None
    guards: Guards
    rest: Callable[[str], RestDays | None]
    #: What the sheet states of facts, whenever it was stated.
    stated: Mapping[str, Value] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    lost: bool = False
    _meeting: dict[tuple[str, tuple[str, int]], tuple[int, ...]] = field(default_factory=dict)

    def follow(self) -> tuple[Branch, ...]:
        """Return every way in which the events may have gone by the end of the day."""
        branches = [self._start()]
        for group in self._groups():
            (first, *more) = group
            if not more and not self._moves(first):
                branches = [self._observed(branch, first) for branch in branches]
            else:
                branches = self._any_order(branches, group)
        today = Dates(self.on, self.on)
        ends = [one for branch in branches for one in self._advance(branch, today)]
        return tuple(self._kept(ends))

    def seen(self) -> Iterator[int]:
        """Yield the events that may have happened by the day."""
        for place, event in enumerate(self.events):
            if (event.on.low or date.min) <= self.on:
                yield place

    def perhaps_later(self, place: int) -> bool:
        """Tell whether an event may have happened only after the day."""
        return (self.events[place].on.high or date.max) > self.on

    # Where it begins

    def _start(self) -> Branch:
        # INVARIANT: one state of a version stands before anything has happened.
        states = self.texts.programs[0].history.states.values()
        first = next((state.id for state in states if state.initial), None)
        return Branch(first, Dates(date.min, date.min), Rounds(0, 0))

    def _moves(self, place: int) -> bool:
        """Tell whether an event moves a subject at all, under any version."""
        kind = self.events[place].kind
        return any(
            transition.event == kind
            for program in self.texts.programs
            for transition in program.history.transitions.values()
        )

    def _groups(self) -> Iterator[list[int]]:
        """Yield the events in their order; together those of which the order is not known."""
        group: list[int] = []
        reach = date.min
        for place in self.seen():
            event = self.events[place]
            low, high = event.on.low or date.min, event.on.high or date.max
            if not self._moves(place):
                if group and low > reach:
                    yield group
                    group = []
                yield [place]
                continue
            if group and low > reach:
                yield group
                group = []
            group.append(place)
            reach = max(reach, high) if len(group) > 1 else high
        if group:
            yield group

    def _any_order(self, branches: list[Branch], group: list[int]) -> list[Branch]:
        """Return where some events lead, in every order that their days allow."""
        if len(group) > MAX_UNORDERED:
            return self._give_up(branches, group)
        ways: dict[frozenset[int], list[Branch]] = {frozenset(): branches}
        for size in range(len(group)):
            for done in [done for done in ways if len(done) == size]:
                for place in self._may_be_next(group, done):
                    found = self._applied(ways[done], place)
                    ways.setdefault(done | {place}, []).extend(found)
        ends = self._kept(ways.get(frozenset(group), []))
        if ends:
            return ends
        return self._refused(branches, group)

    def _may_be_next(self, group: list[int], done: frozenset[int]) -> Iterator[int]:
        """Yield the events before which none of the others must have happened."""
        left = [place for place in group if place not in done]
        for place in left:
            low = self.events[place].on.low or date.min
            if all((self.events[other].on.high or date.max) >= low for other in left):
                yield place

    def _give_up(self, branches: list[Branch], group: list[int]) -> list[Branch]:
        """Return that nothing is known of the state once some events have happened."""
        self.lost = True
        low = min(self.events[place].on.low or date.min for place in group)
        one = branches[0]
        for place in group:
            one = self._observed(one, place)
        return [replace(one, state=None, running=None, round=_LOST).after(Dates(low, None))]

    def _refused(self, branches: list[Branch], group: list[int]) -> list[Branch]:
        """Go on without the events that no way leads to, one after the other."""
        for place in group:
            found = self._kept(self._applied(branches, place))
            if found:
                branches = found
            else:
                self._refuse(branches, place)
        return branches

    def _refuse(self, branches: list[Branch], place: int) -> None:
        event = self.events[place]
        text = next((text for text, _ in self.texts.of(event.on)), 0)
        states = dict.fromkeys(one.state for one in self._before(branches, event.on))
        moves = self.texts.programs[text].history.transitions.values()
        guarded = tuple(
            move
            for move in moves
            if move.event == event.kind
            and any(state is not None and move.leads_from(state) for state in states)
        )
        named = tuple(state for state in states if state is not None)
        self.refusals.append(Refusal(place, named, guarded, text))

    def _before(self, branches: list[Branch], days: Dates) -> Iterator[Branch]:
        for branch in branches:
            yield from self._advance(branch, days)

    # An event

    def _applied(self, branches: Iterable[Branch], place: int) -> list[Branch]:
        """Return where an event leads, on every way that leads to it."""
        branches = list(branches)
        event = self.events[place]
        seen = Dates(event.on.low, min(event.on.high or date.max, self.on))
        found: list[Branch] = []
        gaps: list[Branch] = []
        for text, days in self.texts.of(seen):
            for branch in branches:
                for one in self._advance(branch, days):
                    day = one.at(days)
                    assert day.high is not None
                    if one.cursor <= day.high:
                        self._happen(one, place, day, text, found, gaps)
        if not found and not self._covers(event.on):
            found = gaps
        if self.perhaps_later(place):
            found += branches
        return self._kept(found)

    def _happen(
        self,
        branch: Branch,
        place: int,
        day: Dates,
        text: int,
        found: list[Branch],
        gaps: list[Branch],
    ) -> None:
        """Add where an event on a day leads on one way, and where it would after a gap."""
        history = self.texts.programs[text].history
        kind = self.events[place].kind
        moves = [move for move in history.transitions.values() if move.event == kind]
        if not moves:  # under this version it moves nothing
            found.append(self._observed(branch, place))
            return
        truths = [(move, self.guards(text, move, place)) for move in moves]
        lost = branch.state is None
        here = [
            move
            for move, truth in truths
            if truth is not False and (branch.state is None or move.leads_from(branch.state))
        ]
        sure = [move for move, truth in truths if move in here and truth is True]
        taken = here if lost else sure or here
        found += [self._moved(branch, move, place, day, text) for move in taken]
        if not taken:
            lapse = self._in_the_way(branch, moves)
            if lapse is not None:
                stopped = replace(branch, conflicts=(*branch.conflicts, (place, lapse)))
                found.append(self._observed(stopped.after(day), place))
            elif any(truth is not False for _, truth in truths):
                gaps += [
                    self._moved(branch, move, place, day, text, gap=True)
                    for move, truth in truths
                    if truth is not False
                ]

    def _in_the_way(self, branch: Branch, moves: Sequence[Transition]) -> str | None:
        """Return the lapse but for which an event would have moved the subject."""
        for step in reversed(branch.steps):
            if step.how not in (How.LAPSE, How.TERM):
                return None
            stopped = step.how is How.LAPSE and step.source is not None
            if stopped and any(move.leads_from(step.source or "") for move in moves):
                return step.id
        return None

    def _moved(
        self,
        branch: Branch,
        move: Transition,
        place: int,
        day: Dates,
        text: int,
        *,
        gap: bool = False,
    ) -> Branch:
        """Return the branch once an event has moved the subject."""
        was = branch.round
        lost = branch.state is None or gap
        match move.round:
            case "first":
                turn = Rounds(1, 1)
            case "next":
                turn = Rounds(was.low + 1, None if was.high is None else was.high + 1)
                turn = _LOST if lost else turn
            case _:
                turn = _LOST if lost else was
        steps = branch.steps
        if gap:
            steps = (
                *steps,
                Step(How.GAP, move.id, day, branch.state, branch.state or "", was, text, None),
            )
        stays = branch.state == move.target and move.round == "same"
        step = Step(How.EVENT, move.id, day, branch.state, move.target, turn, text, place)
        moved = replace(
            branch,
            state=move.target,
            since=branch.since if stays else day,
            round=turn,
            running=branch.running if stays else None,
            steps=(*steps, step),
        ).after(day)
        moved = self._observed(moved, place)
        return moved if stays else self._begun(moved, day, text, place)

    def _observed(self, branch: Branch, place: int) -> Branch:
        """Return the branch with the duties that an event brings."""
        event = self.events[place]
        owed = [
            one
            for text, days in self.texts.of(event.on)
            for deadline in self._deadlines(Moment("event", event.kind))
            for one in self._owed(branch, deadline, days, ("event", place), text)
        ]
        return replace(branch, owed=(*branch.owed, *owed)) if owed else branch

    # Terms and duties

    def _begun(self, branch: Branch, day: Dates, text: int, place: int | None) -> Branch:
        """Return the branch with the term that begins in its state."""
        program = self.texts.programs[text]
        term = next(
            (t for t in program.history.terms.values() if t.state == branch.state), None
        )
        if term is None:
            return branch
        reckoned = self._last_day(text, day, term.lasts)
        event = self.events[place] if place is not None else None
        stated = event.term if event is not None else None
        run = Run(
            term.id,
            text,
            stated[0] if stated is not None else day,
            stated[1] if stated is not None else reckoned,
            reckoned,
            stated,
            place,
        )
        branch = replace(branch, running=run, runs=(*branch.runs, run))
        owed = self._of_term(branch, run, "start", run.start)
        return replace(branch, owed=(*branch.owed, *owed))

    def _of_term(self, branch: Branch, run: Run, which: str, days: Dates) -> list[Owed]:
        cause = (f"{which} of {run.term}", len(branch.runs))
        return [
            one
            for deadline in self._deadlines(Moment(which, run.term))
            for text, part in self.texts.of(days)
            for one in self._owed(branch, deadline, part, cause, text)
        ]

    def _deadlines(self, moment: Moment) -> list[Deadline]:
        """Return the deadlines that run from a moment, under any version."""
        found: dict[str, Deadline] = {}
        for program in self.texts.programs:
            for deadline in program.history.deadlines.values():
                if deadline.after == moment:
                    found[deadline.id] = deadline
        return list(found.values())

    def _owed(
        self, branch: Branch, named: Deadline, since: Dates, cause: tuple[str, int], text: int
    ) -> Iterator[Owed]:
        """Yield a deadline that runs since a moment, under a version that may govern it."""
        moment = named.governed_by
        days = since
        if moment is not None:
            days = self._day_of(branch, moment) or since
        for judge, _ in self.texts.of(days):
            if moment is None and judge != text:
                continue
            program = self.texts.programs[judge]
            deadline = program.history.deadlines.get(named.id)
            if deadline is None or deadline.within is None or deadline.after != named.after:
                continue
            due = self._last_day(judge, since, deadline.within)
            yield Owed(deadline, judge, since, due, cause, self.texts.governs(judge, days))

    def _day_of(self, branch: Branch, moment: Moment) -> Dates | None:
        """Return the latest day of a moment."""
        if moment.of == "event":
            days = [
                self.events[p].on for p in self.seen() if self.events[p].kind == moment.name
            ]
            return days[-1] if days else None
        runs = [run for run in branch.runs if run.term == moment.name]
        if not runs:
            return None
        return runs[-1].start if moment.of == "start" else runs[-1].end

    def _last_day(self, text: int, since: Dates, parameter: str) -> Dates:
        program = self.texts.programs[text]
        length = program.parameters[parameter].value
        assert isinstance(length, Periods)  # INVARIANT: the checker saw to it
        counting = program.history.counting
        rest = self.rest(counting.rest_days) if counting.rest_days is not None else None
        return last_day(since, length, counting, rest)

    def meeting(self, owed: Owed) -> tuple[int, ...]:
        """Return the events that may meet a duty, by their places."""
        key = (owed.deadline.id, owed.cause)
        if key not in self._meeting:
            since = owed.since.low or date.min
            self._meeting[key] = tuple(
                place
                for place in self.seen()
                if self.events[place].kind in owed.deadline.met_by
                and (self.events[place].on.high or date.max) >= since
            )
        return self._meeting[key]

    def met(self, owed: Owed) -> Truth:
        """Tell whether a duty was met in time, as far as is known on the day."""
        since = owed.since.high or date.max
        low, high = owed.due.low or date.min, owed.due.high or date.max
        perhaps = False
        for place in self.meeting(owed):
            days = self.events[place].on
            first, last = days.low or date.min, days.high or date.max
            if first >= since and last <= min(low, self.on):
                return True
            perhaps = perhaps or first <= high
        silent = self.known_until is not None and high <= self.known_until
        return False if silent and not perhaps else None

    def _covers(self, days: Dates) -> bool:
        """Tell whether every event up to some days is stated."""
        return self.known_until is not None and (days.high or date.max) <= self.known_until

    # What comes by itself

    def autos(self, branch: Branch) -> list[tuple[Auto, Dates]]:
        """Return what may come by itself, each with the first day on which it has come."""
        found: list[tuple[Auto, Dates]] = []
        if branch.state is None:
            return found
        run = branch.running
        if run is not None:
            term = self.texts.programs[run.text].history.terms[run.term]
            if term.then is not None:
                found.append(((term, None), _after(run.end)))
        for owed in branch.owed:
            for lapse in self.texts.programs[owed.text].history.lapses.values():
                if (
                    lapse.missed == owed.deadline.id
                    and branch.state in lapse.sources
                    and (lapse.id, owed.cause) not in branch.settled
                ):
                    found.append(((lapse, owed), _after(owed.due)))
        return [(auto, branch.at(days)) for auto, days in found]

    def _advance(self, branch: Branch, until: Dates) -> list[Branch]:
        """Return the ways on which what comes by itself has come before some days."""
        todo, found = [branch], []
        low, high = until.low or date.min, until.high or date.max
        moves = 0
        while todo:
            one = todo.pop()
            autos = [(auto, days) for auto, days in self.autos(one) if _low(days) <= high]
            if not autos:
                found.append(one)
                continue
            moves += 1
            if moves > MAX_MOVES:
                self.lost = True
                return [replace(branch, state=None, running=None, round=_LOST)]
            soonest = min(days.high or date.max for _, days in autos)
            if low < soonest:
                found.append(one)
            for auto, days in autos:
                if _low(days) <= soonest:
                    came = Dates(days.low, min(days.high or date.max, high))
                    todo += self._come(one, auto, came)
        return found

    def _come(self, branch: Branch, auto: Auto, day: Dates) -> Iterator[Branch]:
        """Yield the ways in which something comes by itself, or does not."""
        what, owed = auto
        if isinstance(what, Term):
            yield self._over(branch, what, day)
            return
        assert owed is not None  # INVARIANT: a lapse hangs on a duty
        happens = all_of(
            [owed.governed, opposite(self.met(owed)), self._not_spared(branch, what)]
        )
        if happens is not False:
            yield self._lapsed(branch, what, owed, day)
        if happens is not True:
            yield replace(branch, settled=branch.settled | {(what.id, owed.cause)})

    def _not_spared(self, branch: Branch, lapse: Lapse) -> Truth:
        """Tell whether the duty of another that keeps a lapse from coming was met."""
        others = [o for o in branch.owed if o.deadline.id == lapse.unless_missed]
        return self.met(others[-1]) if others else True

    def _over(self, branch: Branch, term: Term, day: Dates) -> Branch:
        run = branch.running
        assert run is not None
        assert term.then is not None
        step = Step(
            How.TERM, term.id, day, branch.state, term.then, branch.round, run.text, None
        )
        over = replace(
            branch, state=term.then, since=day, running=None, steps=(*branch.steps, step)
        ).after(day)
        owed = self._of_term(over, run, "end", run.end)
        over = replace(over, owed=(*over.owed, *owed))
        return self._begun(over, day, run.text, None)

    def _lapsed(self, branch: Branch, lapse: Lapse, owed: Owed, day: Dates) -> Branch:
        step = Step(
            How.LAPSE, lapse.id, day, branch.state, lapse.target, branch.round, owed.text, None
        )
        lapsed = replace(
            branch,
            state=lapse.target,
            since=day,
            running=None,
            steps=(*branch.steps, step),
            settled=branch.settled | {(lapse.id, owed.cause)},
        ).after(day)
        return self._begun(lapsed, day, owed.text, None)

    def _kept(self, branches: Iterable[Branch]) -> list[Branch]:
        """Return each way once; where they are too many, one on which nothing is known."""
        unlike = list(dict.fromkeys(branches))
        if len(unlike) <= MAX_BRANCHES:
            return unlike
        self.lost = True
        cursor = min(one.cursor for one in unlike)
        return [replace(unlike[0], state=None, running=None, round=_LOST, cursor=cursor)]


def _after(last: Dates) -> Dates:
    """Return the day after the last of something."""
    return Dates(
        *(day if day in (None, date.max) else day + _DAY for day in (last.low, last.high))
    )


def _low(days: Dates) -> date:
    return days.low or date.min
