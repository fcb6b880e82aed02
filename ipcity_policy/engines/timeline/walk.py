"""From the events of a sheet to every way in which they may have gone.

A day that is known as a span, a guard of which it is not known whether it holds and an
event that may not be stated leave several ways open. Each is followed; what all of them
agree on is known. Where the ways are too many, the course is given up until an event tells
again where the subject stands: that is less than could be known, and never more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ipcity_policy.engines.standing import How, Rounds
from ipcity_policy.engines.timeline.branch import NEXT, Began, Branch, Owed, Reckoned, Taken
from ipcity_policy.engines.timeline.told import MAX_WAYS, Told
from ipcity_policy.lang.values import Dates, Truth, all_of, opposite
from ipcity_policy.measure.history import Lapse, Moment, Term, Transition

#: How many events whose order is not known are put in every order.
MAX_UNORDERED = 5
#: How many states may follow one another by themselves between two events.
MAX_MOVES = 60
#: How much may come by itself on all ways together.
MAX_ALL_MOVES = 300

#: Tells whether what guards a transition holds on an event, by the version and the places.
Guards = Callable[[int, Transition, int], Truth]

_ANY = Rounds(0, None)


@dataclass(frozen=True, slots=True)
class Auto:
    """What comes by itself: the end of a term, or a lapse with the duty that it hangs on."""

    what: Term | Lapse
    owed: Owed | None
    #: The first day on which it has come.
    day: Reckoned
    text: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that no way leads to."""

    event: int
    #: The states in which the subject stood.
    states: tuple[str, ...]
    #: The transitions that were there, and what guards them does not hold.
    guarded: tuple[Transition, ...]
    text: int


@dataclass
class Walk(Told):
    """Follows the events up to a day."""

    guards: Guards
    refusals: list[Refusal] = field(default_factory=list)
    lost: bool = False
    #: How much more may come by itself until the course is given up wherever something does.
    left: int = MAX_ALL_MOVES

    def follow(self) -> tuple[Branch, ...]:
        """Return every way in which the events may have gone by the end of the day."""
        branches = [self._start()]
        for group in self._groups():
            (first, *more) = group
            if not more and self.events[first].kind not in self.moving:
                branches = [self._observed(branch, first) for branch in branches]
            else:
                branches = self._any_order(branches, group)
        ends = [one for branch in branches for one in self._advance(branch, None)]
        return tuple(self._kept(ends))

    # Where it begins, and in which order

    def _start(self) -> Branch:
        if self.known_from is not None:
            return Branch(None, _ANY)
        states = (s for program in self.texts.programs for s in program.history.states.values())
        first = next((state.id for state in states if state.initial), None)
        return Branch(first, Rounds(0, 0) if first is not None else _ANY)

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

    def _any_order(self, branches: list[Branch], group: list[int]) -> list[Branch]:
        """Return where some events lead, in every order that their days allow."""
        if len(group) > MAX_UNORDERED:
            return self._give_up(branches, group)
        for gaps in (False, True):
            ways: dict[frozenset[int], list[Branch]] = {frozenset(): branches}
            for size in range(len(group)):
                for done in [done for done in ways if len(done) == size]:
                    for place in self._may_be_next(group, done):
                        found = self._applied(ways[done], place, gaps=gaps)
                        ways.setdefault(done | {place}, []).extend(found)
            ends = self._kept(ways.get(frozenset(group), []))
            if ends:
                return ends
        return self._refused(branches, group)

    def _may_be_next(self, group: list[int], done: frozenset[int]) -> Iterator[int]:
        """Yield the events before which none of the others must have happened."""
        left = [place for place in group if place not in done]
        for place in left:
            low = _low(self.events[place].on)
            if all(_high(self.events[other].on) >= low for other in left):
                yield place

    def _give_up(self, branches: list[Branch], group: list[int]) -> list[Branch]:
        """Return that nothing is known of the state once some events have happened."""
        one = self._given_up(branches)
        for place in group:
            one = self._observed(one, place)
        return [one.after(min(_low(self.events[place].on) for place in group))]

    def _given_up(self, branches: Sequence[Branch]) -> Branch:
        self.lost = True
        if len(branches) == 1:
            return Branch(None, _ANY, owed=branches[0].owed, cursor=branches[0].cursor)
        cursor = min(one.cursor for one in branches)
        owed = dict.fromkeys(one for branch in branches for one in branch.owed)
        # What is owed on some ways only may not be owed.
        shared = set(branches[0].owed).intersection(*(branch.owed for branch in branches))
        every = (one if one in shared else replace(one, governed=None) for one in owed)
        return Branch(None, _ANY, owed=tuple(every), cursor=cursor)

    def _refused(self, branches: list[Branch], group: list[int]) -> list[Branch]:
        """Go on without the events that no way leads to, one after the other."""
        for place in group:
            found = self._applied(branches, place)
            if found:
                branches = found
            else:
                self._refuse(branches, place)
        return branches

    def _refuse(self, branches: list[Branch], place: int) -> None:
        event = self.events[place]
        text = next((text for text, _ in self.texts.of(event.on)), 0)
        ways = [one for branch in branches for one in self._advance(branch, place)]
        states = tuple(dict.fromkeys(one.state for one in ways if one.state is not None))
        anywhere = any(one.state is None for one in ways)
        moves = self.texts.programs[text].history.transitions.values()
        guarded = tuple(
            move
            for move in moves
            if move.event == event.kind and (anywhere or any(map(move.leads_from, states)))
        )
        self.refusals.append(Refusal(place, states, guarded, text))

    # An event

    def _applied(
        self, branches: Sequence[Branch], place: int, *, gaps: bool = True
    ) -> list[Branch]:
        """Return where an event leads, on every way that leads to it.

        With `gaps`, where none does, also as if something were left out before it.
        """
        event, day = self.events[place], Reckoned(place)
        found: list[Branch] = []
        left_out: list[Branch] = []
        for text, days in self.texts.of(event.on):
            last = min(_high(days), self.on)
            for branch in branches:
                first = max(_low(days), branch.cursor)
                within = self.days.no_earlier(branch, day, first)
                within = self.days.no_later(within, day, last)
                for one in self._advance(within, place) if within is not None else ():
                    self._happen(one, place, text, found, left_out)
        if not found and gaps and not self.covers(_high(event.on)):
            found = left_out
        if _high(event.on) > self.on:  # it may happen only after the day
            later = (self.days.no_earlier(one, day, _next(self.on)) for one in branches)
            found += [one for one in later if one is not None]
        return self._kept(found)

    def _happen(
        self, branch: Branch, place: int, text: int, found: list[Branch], gaps: list[Branch]
    ) -> None:
        """Add where an event leads on one way, and where it would if something was left out."""
        history, kind = self.texts.programs[text].history, self.events[place].kind
        branch = branch.after(self.days.span(branch, Reckoned(place))[0])
        moves = [move for move in history.transitions.values() if move.event == kind]
        if not moves:  # under this version it moves nothing
            found.append(self._observed(branch, place))
            return
        truths = [(move, self.guards(text, move, place)) for move in moves]
        free = [(move, truth) for move, truth in truths if truth is not False]
        if branch.state is None:
            found += [self._taken(branch, move, place, text) for move, _ in free]
            return
        here = [(move, truth) for move, truth in free if move.leads_from(branch.state)]
        sure = [move for move, truth in here if truth is True]
        taken = sure or [move for move, _ in here]
        found += [self._taken(branch, move, place, text) for move in taken]
        if taken:
            return
        lapse = _in_the_way(branch, [move for move, _ in free])
        if lapse is not None:
            stopped = replace(branch, conflicts=(*branch.conflicts, (place, lapse)))
            found.append(stopped)  # without an effect it brings no duties either
        else:
            gaps += [self._taken(branch, move, place, text, gap=True) for move, _ in free]

    def _taken(
        self, branch: Branch, move: Transition, place: int, text: int, *, gap: bool = False
    ) -> Branch:
        """Return where a transition leads; nothing is known where it is withheld."""
        if self.withheld(move.origin):
            return self._observed(self._given_up([branch]), place)
        return self._moved(branch, move, place, text, gap=gap)

    def _moved(
        self, branch: Branch, move: Transition, place: int, text: int, *, gap: bool = False
    ) -> Branch:
        """Return the branch once an event has moved the subject."""
        unknown = gap or branch.state is None
        turn = _round(move.round, self._any_round(move) if unknown else branch.round)
        day, source = Reckoned(place), None if gap else branch.state
        how = How.GAP if gap else How.EVENT
        begun = len(branch.terms)
        same = move.round == "same"
        may_stay = source is None and same and move.leads_from(move.target)
        step = Taken(how, move.id, day, source, move.target, turn, text, place, begun, may_stay)
        stays = source == move.target and same
        goes_on = stays or self._goes_on(branch, move)
        moved = replace(
            branch,
            state=move.target,
            round=turn,
            running=branch.running if goes_on else None,
            steps=(*branch.steps, step),
        )
        moved = self._observed(moved, place)
        if step.may_stay and self._term_in(move.target, text) is not None:
            return self._given_up([moved])  # another may have begun before, or be over
        return moved if stays else self._begun(moved, day, text, place)

    def _any_round(self, move: Transition) -> Rounds:
        """Return the rounds in which a transition may have found the subject."""
        least = self.least_rounds
        sources = least if move.sources is None else move.sources
        return Rounds(min((least.get(state, 0) for state in sources), default=0), None)

    def _goes_on(self, branch: Branch, move: Transition) -> bool:
        """Tell whether the term that runs goes on in the state that an event leads to."""
        began = branch.running
        if began is None or branch.state is None or move.round != "same":
            return False
        term = self.texts.programs[began.text].history.terms[began.term]
        return move.target in (term.state, *term.through)

    def _observed(self, branch: Branch, place: int) -> Branch:
        """Return the branch with the duties that an event brings."""
        event = self.events[place]
        moment = Moment("event", event.kind)
        owed = self.owing(branch, moment, Reckoned(place), ("event", place))
        return replace(branch, owed=(*branch.owed, *owed)) if owed else branch

    # Terms and duties

    def _begun(self, branch: Branch, day: Reckoned, text: int, place: int | None) -> Branch:
        """Return the branch with the term that begins in its state."""
        term = self._term_in(branch.state, text)
        if term is None:
            return branch
        if self.withheld(term.origin, (text, term.lasts)):
            return self._given_up([branch])
        reckoned = day.then((text, term.lasts))
        start, end = day, reckoned
        if place is not None and self.events[place].term is not None:
            start, end = Reckoned(place, "from"), Reckoned(place, "until")
        began = Began(term.id, text, start, end, reckoned, place)
        branch = replace(branch, running=began, terms=(*branch.terms, began))
        return self._with_duties_of(branch, began, "start", start)

    def _term_in(self, state: str | None, text: int) -> Term | None:
        terms = self.texts.programs[text].history.terms.values()
        return next((term for term in terms if term.state == state), None)

    def _with_duties_of(
        self, branch: Branch, began: Began, which: str, day: Reckoned
    ) -> Branch:
        cause = (f"{which} of {began.term}", sum(t.term == began.term for t in branch.terms))
        owed = self.owing(branch, Moment(which, began.term), day, cause, began.start)
        return replace(branch, owed=(*branch.owed, *owed)) if owed else branch

    # What comes by itself

    def autos(self, branch: Branch) -> list[Auto]:
        """Return what may come by itself."""
        found: list[Auto] = []
        if branch.state is None:
            return found
        began = branch.running
        if began is not None:
            term = self.texts.programs[began.text].history.terms[began.term]
            found.append(Auto(term, None, began.end.then(NEXT), began.text))
        for owed in branch.owed:
            for lapse in self.texts.programs[owed.text].history.lapses.values():
                if (
                    lapse.missed == owed.deadline.id
                    and branch.state in lapse.sources
                    and (lapse.id, owed.cause) not in branch.settled
                ):
                    found.append(Auto(lapse, owed, owed.due.then(NEXT), owed.text))
        return found

    def _advance(self, branch: Branch, place: int | None) -> list[Branch]:
        """Return the ways on which what comes by itself has come, up to an event or the day."""
        todo: list[Branch] = [branch]
        found: list[Branch] = []
        for _ in range(min(MAX_MOVES, self.left)):
            self.left -= 1
            if not todo:
                return found
            self._step(todo.pop(), place, todo, found)
        if not todo:
            return found
        return [self._given_up([branch])]

    def _step(
        self, branch: Branch, place: int | None, todo: list[Branch], found: list[Branch]
    ) -> None:
        """Add the ways on which nothing more comes by itself, or something does."""
        if self._hangs_on_withheld(branch):
            found.append(self._given_up([branch]))
            return
        until = None if place is None else Reckoned(place)
        last = self.on if until is None else self.days.span(branch, until)[1]
        autos: list[Auto] = []
        for auto in self.autos(branch):
            too_late, in_time = self._parted(branch, auto)
            todo += too_late
            if in_time is None:
                return
            branch = in_time
            if self._first(branch, auto) <= last:
                autos.append(auto)
        ahead: Branch | None = branch
        for auto in autos:
            if until is not None:
                ahead = self.days.before(ahead, until, auto.day)
            else:
                ahead = self.days.no_earlier(ahead, auto.day, _next(self.on))
        if ahead is not None:
            found.append(ahead)
        for auto in autos:
            came: Branch | None = branch
            for other in autos:
                if other is not auto:
                    came = self.days.not_after(came, auto.day, other.day)
            if until is not None:
                came = self.days.not_after(came, auto.day, until)
            else:
                came = self.days.no_later(came, auto.day, self.on)
            if came is not None:
                todo += self._come(came, auto)

    def _hangs_on_withheld(self, branch: Branch) -> bool:
        """Tell whether a lapse may strike that hangs on a duty whose text is withheld."""
        return self.strict and any(
            branch.state in lapse.sources
            and owed.deadline.id in (lapse.missed, lapse.unless_missed)
            and self.owed_withheld(owed)
            for owed in branch.owed
            for lapse in self.texts.programs[owed.text].history.lapses.values()
        )

    def _parted(self, branch: Branch, auto: Auto) -> tuple[list[Branch], Branch | None]:
        """Return the ways on which something should have come before the state was entered.

        And the way on which it should not. A term is then over at once; a lapse takes away
        only the state in which the subject stands on its day.
        """
        if not branch.steps:
            return [], branch
        entered = branch.steps[-1].day
        past = self.days.before(branch, auto.day, entered)
        if past is None:
            return [], branch
        in_time = self.days.not_after(branch, entered, auto.day)
        if isinstance(auto.what, Term):
            return [self._over(past, auto.what, replace(auto, day=entered))], in_time
        assert auto.owed is not None  # INVARIANT: a lapse hangs on a duty
        settled = past.settled | {(auto.what.id, auto.owed.cause)}
        return [replace(past, settled=settled)], in_time

    def _first(self, branch: Branch, auto: Auto) -> date:
        return max(self.days.span(branch, auto.day)[0], branch.cursor)

    def _come(self, branch: Branch, auto: Auto) -> Iterator[Branch]:
        """Yield the ways in which something comes by itself, or does not."""
        if isinstance(auto.what, Term):
            yield self._over(branch, auto.what, auto)
            return
        lapse, owed, happens = auto.what, auto.owed, self.comes(branch, auto)
        assert owed is not None  # INVARIANT: a lapse hangs on a duty
        if happens is not False:
            for missed in [branch] if happens else self.if_missed(branch, owed):
                one = missed if happens else self._if_not_spared(missed, auto)
                if one is not None:
                    withheld = self.withheld(lapse.origin)
                    yield self._given_up([one]) if withheld else self._lapsed(one, lapse, auto)
        if happens is not True:
            spare = not any(self._sparing(branch, auto)) and owed.governed is True
            kept = self.if_met(branch, owed) if spare else branch
            if kept is not None:
                yield replace(kept, settled=branch.settled | {(lapse.id, owed.cause)})

    def comes(self, branch: Branch, auto: Auto) -> Truth:
        """Tell whether something comes by itself once its day is there."""
        if isinstance(auto.what, Term):
            return True
        assert auto.owed is not None  # INVARIANT: a lapse hangs on a duty
        truths = {
            other is not None and self.missed_by(branch, other, auto.day)
            for other in self._sparing(branch, auto)
        }
        spared = truths.pop() if len(truths) == 1 else None
        missed = opposite(self.met(branch, auto.owed))
        return all_of([auto.owed.governed, missed, opposite(spared)])

    def if_comes(self, branch: Branch, auto: Auto) -> Branch | None:
        """Return the way if something comes by itself; None where it does not."""
        comes = self.comes(branch, auto)
        if comes is not None or isinstance(auto.what, Term):
            return branch if comes else None
        return self._if_not_spared(branch, auto)

    def _if_not_spared(self, branch: Branch, auto: Auto) -> Branch | None:
        """Return the way if a lapse is not kept off; None where it is."""
        (last, *others) = self._sparing(branch, auto)
        if last is not None and not others and self._over_by(branch, last, auto.day):
            return self.if_met(branch, last)
        return branch

    def _sparing(self, branch: Branch, auto: Auto) -> list[Owed | None]:
        """Return the duties of which one keeps a lapse off if it is missed; None for no duty.

        It is the last that runs by then. More are returned where that is not known.
        """
        assert isinstance(auto.what, Lapse)
        found: list[Owed | None] = [None]
        for owed in branch.owed:
            if owed.deadline.id == auto.what.unless_missed:
                later = self.days.is_before(branch, auto.day, owed.since)
                if later is not True:
                    found = [owed] if later is False else [*found, owed]
        return found

    def _over(self, branch: Branch, term: Term, auto: Auto) -> Branch:
        began = branch.running
        assert began is not None
        if term.then is None or branch.state != term.state:
            stays = replace(branch, running=None).after(self._first(branch, auto))
            return self._with_duties_of(stays, began, "end", began.end)
        over = self._entered(branch, How.TERM, term.id, auto, term.then)
        over = self._with_duties_of(over, began, "end", began.end)
        return self._begun(over, auto.day, auto.text, None)

    def _lapsed(self, branch: Branch, lapse: Lapse, auto: Auto) -> Branch:
        assert auto.owed is not None
        lapsed = self._entered(branch, How.LAPSE, lapse.id, auto, lapse.target)
        settled = branch.settled | {(lapse.id, auto.owed.cause)}
        return self._begun(replace(lapsed, settled=settled), auto.day, auto.text, None)

    def _entered(self, branch: Branch, how: How, id: str, auto: Auto, target: str) -> Branch:
        was, begun = branch.state, len(branch.terms)
        step = Taken(how, id, auto.day, was, target, branch.round, auto.text, None, begun)
        entered = replace(branch, state=target, running=None, steps=(*branch.steps, step))
        return entered.after(self._first(branch, auto))

    def _kept(self, branches: Iterable[Branch]) -> list[Branch]:
        """Return each way once; where they are too many, one on which nothing is known."""
        unlike = list(dict.fromkeys(branches))
        return unlike if len(unlike) <= MAX_WAYS else [self._given_up(unlike)]


def _in_the_way(branch: Branch, moves: Sequence[Transition]) -> str | None:
    """Return the lapse but for which one of some transitions would have been taken.

    Once one event went on as if a lapse had not come, so do those after it.
    """
    if branch.conflicts and moves:
        return branch.conflicts[-1][1]
    for step in reversed(branch.steps):
        if step.how not in (How.LAPSE, How.TERM):
            return None
        stopped = step.how is How.LAPSE and step.source is not None
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


def _next(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))
