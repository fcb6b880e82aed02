"""What comes by itself: terms begin and end, duties are owed, lapses strike.

What may come on a way before an event, or by the day asked about, parts it into several.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from ipcity_policy.engines.lifecycle.observed_events import ObservedEvents
from ipcity_policy.engines.lifecycle.position import StepCause
from ipcity_policy.engines.lifecycle.terms import stated_term
from ipcity_policy.engines.lifecycle.worlds import (
    NEXT,
    DayExpression,
    Obligation,
    Offset,
    TermStart,
    World,
    WorldStep,
)
from ipcity_policy.lang.values import Truth, all_of, opposite
from ipcity_policy.law.lifecycle import Lapse, Moment, Rounds, Term

#: How many states may follow one another by themselves between two events.
MAX_MOVES = 60
#: How much may come by itself on all ways together.
MAX_ALL_MOVES = 50

ANY_ROUND = Rounds(0, None)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Auto:
    """What comes by itself: the end of a term, or a lapse with the duty that it hangs on."""

    what: Term | Lapse
    owed: Obligation | None
    #: The first day on which it has come.
    day: DayExpression
    text: int


@dataclass(kw_only=True)
class AutomaticTransitions(ObservedEvents):
    """Follows what comes by itself on one way."""

    #: How much more may come by itself until the course is given up wherever something does.
    left: int = MAX_ALL_MOVES
    #: By state, once that was asked: the lapses out of it, and the duties withheld of those.
    _out_of: dict[str, Mapping[tuple[int, str], Sequence[Lapse]]] = field(
        default_factory=dict, repr=False
    )
    _hanging: dict[str, Collection[tuple[int, str]]] = field(default_factory=dict, repr=False)

    # Terms and duties

    def begun(self, world: World, day: DayExpression, text: int, place: int | None) -> World:
        """Return the branch with the term that begins in its state."""
        term = self.term_in(world.state, text)
        if term is None:
            return world
        length: Offset | None = (text, term.lasts, "terms")
        stated = place is not None and self.events[place].term is not None
        if self.withheld(term.origin, (text, term.lasts)):
            if not stated:
                return self.given_up([self.if_it_began(world, term, day)])
            length = None
        if term.later and place is not None and self._names(place) == term.state:
            day = DayExpression(place, "after")
        if stated:
            world, start, end, reckoned = stated_term(
                self.days, world, day, length, yields=term.notice_yields
            )
        else:
            assert length is not None
            start, end = day, day.then(length)
            reckoned = end
        began = TermStart(term.id, text, start, end, reckoned, place, world.round)
        world = replace(world, running=began, terms=(*world.terms, began))
        return self._with_duties_of(world, began, "start", start)

    def if_it_began(self, world: World, term: Term, day: DayExpression) -> World:
        """Return the branch with the duties that a term may bring whose text is not available.

        How long it lasts is not known, and so on which day it ends.
        """
        found: list[Obligation] = []
        for which, moment in (("start", day), ("end", DayExpression(day.event, "over"))):
            cause = (f"{which} of {term.id}", day.event)
            found += self.owing(world, Moment(which, term.id), moment, cause, day)
        return replace(world, owed=(*world.owed, *map(_doubtful, found)))

    def with_what_may_run(self, world: World, place: int) -> World:
        """Return the branch with the duties that may run from before what is told.

        Those that a lapse hangs on which takes away the state that the subject is in.
        """
        day, opened = DayExpression(place, "ever"), DayExpression(place, "always")
        there = {owed.deadline.id for owed in world.owed}
        begun = {began.term for began in world.terms}
        found: list[Obligation] = []
        for moment in dict.fromkeys(self._moments_of_lapses(world.state)):
            told = moment.name in begun if moment.of != "event" else self.covered_from_first
            if not told:
                cause = (f"{moment.of} of {moment.name}", -1 - place)
                found += self.owing(world, moment, day, cause, opened)
        new = (_doubtful(owed) for owed in found if owed.deadline.id not in there)
        return replace(world, owed=(*world.owed, *new))

    def _moments_of_lapses(self, state: str | None) -> Iterator[Moment]:
        """Yield what the duties run from that keep the lapses of a state off, or bring them."""
        for program in self.texts.programs:
            history = program.history
            for lapse in history.lapses.values():
                if state in lapse.sources:
                    for name in (lapse.missed, lapse.unless_missed, lapse.if_missed):
                        deadline = history.deadlines.get(name) if name is not None else None
                        if deadline is not None:
                            yield from deadline.after

    def term_of(self, world: World, began: TermStart) -> tuple[int, Term] | None:
        """Return the text of a term that began, by its version; None where none is there.

        Where the one that it began under is withheld, the notice tells when it ends, and
        the text of that day what follows.
        """
        term = self.texts.programs[began.version].history.terms[began.term]
        if not self.withheld(term.origin):
            return began.version, term
        for text in self.texts.sole(self.days.dates(world, began.end)):
            other = self.texts.programs[text].history.terms.get(began.term)
            if other is not None and other.state == term.state:
                return None if self.withheld(other.origin) else (text, other)
        return None

    def _names(self, place: int) -> str | None:
        """Return the state that an event names by its own words."""
        vocabulary = self.texts.programs[0].vocabulary
        return vocabulary.events[self.events[place].kind].names

    def term_withheld(self, state: str, text: int) -> bool:
        """Tell whether a term runs in a state by a text that counts as not available."""
        term = self.term_in(state, text)
        return term is not None and self.withheld(term.origin, (text, term.lasts))

    def term_in(self, state: str | None, text: int) -> Term | None:
        """Return the term that runs in a state, if there is one."""
        terms = self.texts.programs[text].history.terms.values()
        return next((term for term in terms if term.state == state), None)

    def _with_duties_of(
        self, world: World, began: TermStart, which: str, day: DayExpression
    ) -> World:
        """Return the branch with the duties that the start or the end of a term brings."""
        owed = self.owed_at(world, began, which, day)
        return replace(world, owed=(*world.owed, *owed)) if owed else world

    def owed_at(
        self, world: World, began: TermStart, which: str, day: DayExpression
    ) -> list[Obligation]:
        """Return the duties that the start or the end of a term brings and that are not there.

        One that was met early is.
        """
        cause = (f"{which} of {began.term}", sum(t.term == began.term for t in world.terms))
        owed = self.owing(world, Moment(which, began.term), day, cause, began.start)
        there = {(one.deadline.id, one.version, one.cause) for one in world.owed}
        return [one for one in owed if (one.deadline.id, one.version, one.cause) not in there]

    # What comes by itself

    def autos(self, world: World) -> list[Auto]:
        """Return what may come by itself."""
        found: list[Auto] = []
        if world.state is None:
            return found
        began = world.running
        if began is not None:
            term = self.texts.programs[began.version].history.terms[began.term]
            text, term = self.term_of(world, began) or (began.version, term)
            found.append(Auto(term, None, began.end.then(NEXT), text))
        lapses = self._lapses(world.state)
        for owed in world.owed if lapses else ():
            for lapse in lapses.get((owed.version, owed.deadline.id), ()):
                if (lapse.id, owed.cause) not in world.settled:
                    found.append(Auto(lapse, owed, owed.over, owed.version))
        return found

    def _lapses(self, state: str) -> Mapping[tuple[int, str], Sequence[Lapse]]:
        """Return the lapses out of a state, by the version and the duty that they hang on."""
        if state not in self._out_of:
            found: dict[tuple[int, str], list[Lapse]] = {}
            for text, program in enumerate(self.texts.programs):
                for lapse in program.history.lapses.values():
                    if state in lapse.sources:
                        found.setdefault((text, lapse.missed), []).append(lapse)
            self._out_of[state] = found
        return self._out_of[state]

    def advance(self, world: World, place: int | None) -> list[World]:
        """Return the ways on which what comes by itself has come, up to an event or the day."""
        todo: list[World] = [world]
        found: list[World] = []
        for _ in range(MAX_MOVES):
            self._step(todo.pop(), place, todo, found)
            if not todo:
                return found
            self.left -= 1
            if self.left < 0:
                break
        return [self.given_up([world])]

    def _step(
        self, world: World, place: int | None, todo: list[World], found: list[World]
    ) -> None:
        """Add the ways on which nothing more comes by itself, or something does."""
        if self._hangs_on_withheld(world):
            found.append(self.given_up([world]))
            return
        until = None if place is None else self.days_of_events[place]
        last = self.on if until is None else self.days.span(world, until)[1]
        autos: list[Auto] = []
        for auto in self.autos(world):
            too_late, in_time = self._parted(world, auto)
            todo += too_late
            if in_time is None:
                return
            world = in_time
            if self._first(world, auto) <= last:
                autos.append(auto)
        ahead: World | None = world
        for auto in autos:
            if until is not None:
                ahead = self.days.before(ahead, until, auto.day)
            else:
                ahead = self.days.no_earlier(ahead, auto.day, next_day(self.on))
        if ahead is not None:
            found.append(ahead)
        for auto in autos:
            came: World | None = world
            for other in autos:
                if other is not auto:
                    came = self.days.not_after(came, auto.day, other.day)
            if until is not None:
                came = self.days.not_after(came, auto.day, until)
            else:
                came = self.days.no_later(came, auto.day, self.on)
            if came is not None:
                todo += self._come(came, auto)

    def _hangs_on_withheld(self, world: World) -> bool:
        """Tell whether a lapse may strike that hangs on a duty whose text is withheld."""
        withheld = self._withheld_in(world.state) if world.state is not None else ()
        return bool(withheld) and any(
            (owed.version, owed.deadline.id) in withheld for owed in world.owed
        )

    def _withheld_in(self, state: str) -> Collection[tuple[int, str]]:
        """Return the duties that a lapse out of a state hangs on and whose text is withheld."""
        if state not in self._hanging:
            self._hanging[state] = frozenset(
                (text, name)
                for text, program in enumerate(self.texts.programs)
                for lapse in program.history.lapses.values()
                for name in (lapse.missed, lapse.unless_missed, lapse.if_missed)
                if state in lapse.sources
                and name is not None
                and self.deadline_withheld(text, program.history.deadlines[name])
            )
        return self._hanging[state]

    def _parted(self, world: World, auto: Auto) -> tuple[list[World], World | None]:
        """Return the ways on which something should have come before the state was entered.

        And the way on which it should not. A term is then over at once; a lapse takes away
        only the state in which the subject stands on its day.
        """
        if not world.steps:
            return [], world
        entered = world.steps[-1].day
        past = self.days.before(world, auto.day, entered)
        if past is None:
            return [], world
        in_time = self.days.not_after(world, entered, auto.day)
        if isinstance(auto.what, Term):
            return [self._over(past, auto.what, replace(auto, day=entered))], in_time
        assert auto.owed is not None  # INVARIANT: a lapse hangs on a duty
        settled = past.settled | {(auto.what.id, auto.owed.cause)}
        return [replace(past, settled=settled)], in_time

    def _first(self, world: World, auto: Auto) -> date:
        return max(self.days.span(world, auto.day)[0], world.cursor)

    def _come(self, world: World, auto: Auto) -> Iterator[World]:
        """Yield the ways in which something comes by itself, or does not."""
        if isinstance(auto.what, Term):
            yield self._over(world, auto.what, auto)
            return
        lapse, owed, happens = auto.what, auto.owed, self.comes(world, auto)
        assert owed is not None  # INVARIANT: a lapse hangs on a duty
        if happens is not False:
            for missed in [world] if happens else self.if_missed(world, owed):
                one = missed if happens else self._if_not_spared(missed, auto)
                if one is not None:
                    withheld = self.withheld(lapse.origin)
                    yield self.given_up([one]) if withheld else self._lapsed(one, lapse, auto)
        if happens is not True:
            spare = (
                not any(self._latest(world, auto, lapse.unless_missed))
                and lapse.if_missed is None
                and owed.governed is True
            )
            kept = self.if_met(world, owed) if spare else world
            if kept is not None:
                yield replace(kept, settled=world.settled | {(lapse.id, owed.cause)})

    def comes(self, world: World, auto: Auto) -> Truth:
        """Tell whether something comes by itself once its day is there."""
        if isinstance(auto.what, Term):
            return True
        assert auto.owed is not None  # INVARIANT: a lapse hangs on a duty
        lapse = auto.what
        spared = self._was_missed(world, auto, lapse.unless_missed)
        needed: Truth = True
        if lapse.if_missed is not None:
            needed = self._was_missed(world, auto, lapse.if_missed)
        missed = opposite(self.met(world, auto.owed))
        return all_of([self._governed(world, auto.owed), missed, opposite(spared), needed])

    def _governed(self, world: World, owed: Obligation) -> Truth:
        """Tell whether the version of a duty governs it, by what a way leaves of its days."""
        deadline = owed.deadline
        if owed.withheld and deadline.governed_by in (None, *deadline.after):
            dates = self.days.dates(world, owed.since)
            return False if self.texts.governs(owed.version, dates) is False else owed.governed
        return owed.governed

    def _was_missed(self, world: World, auto: Auto, deadline: str | None) -> Truth:
        """Tell whether another duty was missed before a lapse strikes."""
        truths = {
            other is not None and self.missed_by(world, other, auto.day)
            for other in self._latest(world, auto, deadline)
        }
        return truths.pop() if len(truths) == 1 else None

    def if_comes(self, world: World, auto: Auto) -> World | None:
        """Return the way if something comes by itself; None where it does not."""
        comes = self.comes(world, auto)
        if comes is not None or isinstance(auto.what, Term):
            return world if comes else None
        return self._if_not_spared(world, auto)

    def _if_not_spared(self, world: World, auto: Auto) -> World | None:
        """Return the way if a lapse is not kept off; None where it is."""
        assert isinstance(auto.what, Lapse)
        (last, *others) = self._latest(world, auto, auto.what.unless_missed)
        if last is not None and not others and self._over_by(world, last, auto.day):
            return self.if_met(world, last)
        return world

    def _latest(
        self, world: World, auto: Auto, deadline: str | None
    ) -> list[Obligation | None]:
        """Return the duties of which one keeps a lapse off, or lets it come, if it is missed.

        It is the last that runs by then, and None where no such duty runs. More are returned
        where that is not known.
        """
        found: list[Obligation | None] = [None]
        for owed in world.owed:
            if owed.deadline.id == deadline:
                later = self.days.is_before(world, auto.day, owed.since)
                if later is not True:
                    found = [owed] if later is False else [*found, owed]
        return found

    def _over(self, world: World, term: Term, auto: Auto) -> World:
        began = world.running
        assert began is not None
        if self.term_of(world, began) is None:
            over = self._with_duties_of(world, began, "end", began.end)
            return self.given_up([over]).after(self._first(world, auto))
        if term.then is None or world.state != term.state:
            stays = replace(world, running=None).after(self._first(world, auto))
            return self._with_duties_of(stays, began, "end", began.end)
        over = self._entered(world, StepCause.TERM, term.id, auto, term.then)
        over = self._with_duties_of(over, began, "end", began.end)
        return self.begun(over, auto.day, auto.text, None)

    def _lapsed(self, world: World, lapse: Lapse, auto: Auto) -> World:
        assert auto.owed is not None
        lapsed = self._entered(world, StepCause.LAPSE, lapse.id, auto, lapse.target)
        settled = world.settled | {(lapse.id, auto.owed.cause)}
        return self.begun(replace(lapsed, settled=settled), auto.day, auto.text, None)

    def _entered(self, world: World, how: StepCause, id: str, auto: Auto, target: str) -> World:
        was, begun = world.state, len(world.terms)
        perhaps = auto.owed is not None and auto.owed.withheld
        step = WorldStep(
            how,
            id,
            auto.day,
            was,
            target,
            world.round,
            auto.text,
            None,
            begun,
            perhaps=perhaps,
        )
        entered = replace(world, state=target, running=None, steps=(*world.steps, step))
        return entered.after(self._first(world, auto))

    # Where it is given up

    def given_up(self, worlds: Sequence[World]) -> World:
        """Return one way for all, on which the state is not known."""
        cursor = min(one.cursor for one in worlds)
        every = worlds[0].owed
        if any(world.owed != every for world in worlds):
            owed = dict.fromkeys(one for world in worlds for one in world.owed)
            # What is owed on some ways only may not be owed.
            shared = set(every).intersection(*(world.owed for world in worlds))
            every = tuple(one if one in shared else replace(one, governed=None) for one in owed)
        return World(
            None,
            ANY_ROUND,
            owed=tuple(dict.fromkeys(every)),
            cursor=cursor,
            lost=True,
            past=_shared([(*one.past, *one.steps) for one in worlds]),
            past_terms=_shared([(*one.past_terms, *one.terms) for one in worlds]),
        )


def _doubtful(owed: Obligation) -> Obligation:
    """Return a duty of which it is not known whether it runs."""
    return replace(owed, withheld=True, governed=None if owed.governed else owed.governed)


def _shared(ways: Sequence[tuple[T, ...]]) -> tuple[T, ...]:
    """Return what all of some ways have, in the order of the first."""
    first, *others = ways
    if all(other == first for other in others):
        return first
    held = [set(other) for other in others]
    return tuple(one for one in first if all(one in other for other in held))


def next_day(day: date) -> date:
    """Return the day after; the last one there is has none."""
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))
