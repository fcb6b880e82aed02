"""A second reckoning of histories of which every day is known: day after day, in a plain way.

It says again, from the definitions, what a law of time gives, and shares nothing with the
engine. A period from an event counts that day or not, as the law says; one that follows
another is reckoned from its last day, and so is what begins on the day after it. What did not
happen in a history of which all is told has no day. What is left open (whether an event that
is not stated happened, and which of several events of one day came first) makes several
worlds.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import permutations

from dateutil.relativedelta import relativedelta

from tests.properties.courses import (
    FLOOR,
    SCORE,
    Bar,
    Duty,
    Law,
    Move,
    Version,
)
from tests.properties.histories import History

DAY = timedelta(days=1)
UNITS = {
    "days": relativedelta(days=1),
    "weeks": relativedelta(weeks=1),
    "months": relativedelta(months=1),
    "years": relativedelta(years=1),
}
#: How many worlds are followed: what is open of many events makes more and more.
MOST_WORLDS = 500
LONG_AGO, FAR = date.min, date.max
#: Yes, no, or not known.
Truth = bool | None
#: The number of a round between two ends; the second may be open.
Rounds = tuple[int, int | None]
#: A duty by its name, its version, what it runs from and which of several, or its year.
Owed = tuple[str, int, str, int]


@dataclass(frozen=True)
class Run:
    """A term that began."""

    name: str
    version: int
    start: date
    end: date
    calculated: date
    event: int | None
    #: The last day of the period that it follows; None where it runs from an event.
    follows: date | None = None


@dataclass(frozen=True)
class Due:
    """A duty that is due once."""

    name: str
    version: int
    since: date
    due: date
    #: What it runs from, and which of several.
    cause: tuple[str, int]
    #: The first day on which it can be met.
    opened: date


@dataclass(frozen=True)
class Step:
    """That a state was left for another."""

    how: str
    name: str
    day: date
    source: str | None
    target: str
    round: Rounds
    version: int
    event: int | None
    #: The terms that had begun before.
    runs: tuple[Run, ...] = ()
    #: Whether the event could lead nowhere else; another may be ruled out only by a later one.
    sole: bool = True


@dataclass(frozen=True)
class BarThatCame:
    """A bar, and what brought it; open where the day that it runs from is not stated."""

    application: str
    cause: str
    event: int | None
    #: The day from which it is reckoned.
    since: tuple[date, date]
    #: The first day that it bars, and the last.
    first: tuple[date, date]
    until: tuple[date, date]


@dataclass(frozen=True)
class World:
    """Where the subject stands in one world."""

    state: str
    round: Rounds = (0, 0)
    since: date = LONG_AGO
    running: Run | None = None
    runs: tuple[Run, ...] = ()
    dues: tuple[Due, ...] = ()
    steps: tuple[Step, ...] = ()
    #: The bars, each with the step that brought it and the day that it runs from; that is None
    #: where it is the day of some events, which may come after the step.
    bars: tuple[tuple[Bar, Step, date | None], ...] = ()
    #: The events that a lapse kept from having an effect.
    stopped: tuple[tuple[int, str], ...] = ()
    #: The lapses that were decided upon.
    decided: frozenset[tuple[str, Due]] = frozenset()
    #: The ends of terms that came, each with the number of its run.
    ended: frozenset[tuple[str, int]] = frozenset()


class ImpossibleError(Exception):
    """No world leads to some events of a day."""


class TooManyError(Exception):
    """There are more worlds than can be followed one by one."""


@dataclass
class Daily:
    """Follows one history, day after day, up to some day."""

    law: Law
    history: History
    on: date

    def __post_init__(self) -> None:
        assert self.history.exact
        self.days = [event.on.low for event in self.history.events]
        self.seen = [n for n, day in enumerate(self.days) if day <= self.on]
        self.moving = {move.event for v in self.law.versions for move in v.moves}
        #: Whether something had to be left out for an event to be possible.
        self.gaps = False

    def worlds(self) -> list[World]:
        """Return every world at the end of the day."""
        worlds = [World(self.law.versions[0].states[0])]
        day = min((self.days[n] for n in self.seen), default=self.on)
        while day <= self.on:
            worlds = self._by_itself(worlds, day)
            today = [n for n in self.seen if self.days[n] == day]
            if today:
                worlds = self._happened(worlds, today, day)
            day += DAY
        return worlds

    def version_of(self, day: date) -> int:
        """Return the version that a day falls under."""
        found = 0
        for number, version in enumerate(self.law.versions):
            if number and version.since <= day:
                found = number
        return found

    def last_day(self, version: int, day: date, period: str) -> date:
        """Return the last day of a period that runs from the day of an event."""
        opening = self.law.versions[version].opening_day
        return self.following(version, day, period) - opening * DAY

    def following(self, version: int, last: date, period: str) -> date:
        """Return the last day of a period that follows one of which the last day is known."""
        said = self.law.versions[version]
        number, unit = said.periods[period]
        return last + number * UNITS[unit] - (not said.closing_day) * DAY

    def told(self, day: date) -> bool:
        """Tell whether every event up to a day is stated."""
        return self.history.known_until is not None and day <= self.history.known_until

    # What comes by itself

    def _by_itself(self, worlds: Sequence[World], day: date) -> list[World]:
        """Return where each world leads by what comes on a day by itself."""
        found: list[World] = []
        todo = list(worlds)
        while todo:
            world = todo.pop()
            ways = list(self._ways(world, day))
            todo += ways
            if not ways and world not in found:
                found.append(world)
            if len(found) + len(todo) > MOST_WORLDS:
                raise TooManyError(day)
        return found

    def _ways(self, world: World, day: date) -> Iterator[World]:
        """Yield the world after each of the things that come on a day first."""
        run = world.running
        if run is not None and run.end + DAY <= day:  # a stated term may be over at once
            yield self._over(world, run, day)
        for due in self._owed(world):
            for lapse in self.law.versions[due.version].lapses:
                key = (lapse.name, due)
                if (
                    due.due + DAY != day
                    or lapse.missed != due.name
                    or world.state not in lapse.sources
                    or key in world.decided
                ):
                    continue
                kept = replace(world, decided=world.decided | {key})
                comes = _all(
                    self._missed(world, due), _not(self._spared(world, lapse.unless, day))
                )
                if comes is not False:
                    step = ("lapse", lapse.name, lapse.target, due.version)
                    yield self._entered(kept, step, day, lapse.bars, after=due.due)
                if comes is not True:
                    yield kept

    def _missed(self, world: World, due: Due) -> Truth:
        in_time = [done for day, done in self._done(world, due) if day <= due.due]
        if True in in_time:
            return False
        return True if self.told(due.due) and not in_time else None

    def _owed(self, world: World) -> list[Due]:
        """Return the duties that run: after a term that was broken off, what was met early."""
        return [
            due
            for due in world.dues
            if not due.cause[0].startswith("end of ")
            or due.cause in world.ended
            or any(day <= due.since for day, _ in self._done(world, due))
        ]

    def _done(self, world: World, due: Due) -> list[tuple[date, Truth]]:
        """Return the days on which a duty was met, or may have been, early or late."""
        found: list[tuple[date, Truth]] = []
        for n in self.seen:
            done = self._done_for(world, due, n)
            others = [
                self._done_for(world, other, n)
                for other in world.dues
                if other.name == due.name
                and other.cause != due.cause
                and _is_of_a_later_time(other, due)
            ]
            others.append(self._in_a_later_run(world, due, n))
            stayed = _not(self._left(world, due, min(due.due, self.days[n] - DAY), n))
            done = _all(done, stayed, *map(_not, others))
            if done is not False:
                found.append((self.days[n], done))
        return found

    def _in_a_later_run(self, world: World, due: Due, n: int) -> bool:
        """Tell whether an event moved the subject on once a later run of the term had begun."""
        of, number = due.cause
        return any(
            sum(of.endswith(f" of {run.name}") for run in step.runs) > number
            for step in world.steps
            if step.event == n
        )

    def _before_its_run(self, world: World, due: Due, n: int) -> bool:
        """Tell whether an event moved the subject on before the term of a duty had begun.

        So does the event with which that term begins.
        """
        of, number = due.cause
        return any(
            sum(of.endswith(f" of {run.name}") for run in step.runs) < number
            for step in world.steps
            if step.event == n
        )

    def _done_for(self, world: World, due: Due, n: int) -> Truth:
        """Tell whether an event was done where a duty is owed, and not too early."""
        duty, day = self._duty(due), self.days[n]
        if self.history.events[n].kind not in duty.met_by or day < due.opened:
            return False
        if day < due.since and self._before_its_run(world, due, n):
            return False
        if not duty.during or day >= due.since:
            return True
        own = [step.source for step in world.steps if step.event == n]
        if own:
            return None if own[0] is None else own[0] in duty.during
        return stood_in(self, world, duty.during, day)

    def _left(self, world: World, due: Due, last: date, n: int | None = None) -> Truth:
        """Tell whether the states of a duty were left after its time began, up to some day."""
        states = self._duty(due).during
        found = [
            None if step.source is None else step.source in states
            for step in world.steps
            if due.since < step.day <= last
            and step.target not in states
            and (n is None or step.event != n)
        ]
        return True if True in found else None if None in found else False

    def _spared(self, world: World, unless: str, day: date) -> Truth:
        """Tell whether a lapse is kept off because another duty was missed by then."""
        others = [due for due in world.dues if due.name == unless]
        if not others or others[-1].due >= day:
            return False
        return self._missed(world, others[-1])

    def _duty(self, due: Due) -> Duty:
        duties = self.law.versions[due.version].duties
        return next(duty for duty in duties if duty.name == due.name)

    def _over(self, world: World, run: Run, day: date) -> World:
        term = next(t for t in self.law.versions[run.version].terms if t.name == run.name)
        number = sum(one.name == run.name for one in world.runs)
        if term.then is None or world.state != term.state:
            over = replace(world, running=None)
            return self._end_owing(over, run, number)
        step = ("term", run.name, term.then, run.version)
        # A stated term may have been over before its state was entered, by an event.
        after = run.end if run.end + DAY == day else None
        return self._entered(world, step, day, (), ended=(run, number), after=after)

    def _end_owing(self, world: World, run: Run, number: int) -> World:
        cause = (f"end of {run.name}", number)
        moment = ("end", run.name)
        world = replace(world, ended=world.ended | {cause})
        return self._owing(world, moment, run.end, cause, follows=run.end, opened=run.start)

    def _entered(
        self,
        world: World,
        step: tuple[str, str, str, int],
        day: date,
        bars: Sequence[Bar],
        ended: tuple[Run, int] | None = None,
        after: date | None = None,
    ) -> World:
        how, name, target, version = step
        taken = Step(
            how, name, day, world.state, target, world.round, version, None, world.runs
        )
        world = replace(
            world, state=target, since=day, running=None, steps=(*world.steps, taken)
        )
        world = self._barred(world, taken, bars)
        if ended is not None:
            world = self._end_owing(world, *ended)
        return self._begun(world, day, version, None, follows=after)

    # Terms and duties

    def _begun(
        self,
        world: World,
        day: date,
        version: int,
        event: int | None,
        follows: date | None = None,
    ) -> World:
        terms = [t for t in self.law.versions[version].terms if t.state == world.state]
        if not terms:
            return world
        term = terms[0]
        stated = self.history.events[event].term if event is not None else None
        start = stated[0].low if stated is not None else day
        calculated = self.last_day(version, start, term.lasts)
        if stated is None and follows is not None:
            calculated = self.following(version, follows, term.lasts)
        end = stated[1].low if stated is not None else calculated
        run = Run(term.name, version, start, end, calculated, event, follows)
        world = replace(world, running=run, runs=(*world.runs, run))
        number = sum(one.name == run.name for one in world.runs)
        moment, cause = ("start", run.name), (f"start of {run.name}", number)
        return self._owing(world, moment, start, cause, follows=follows, opened=start)

    def _owing(
        self,
        world: World,
        moment: tuple[str, str],
        since: date,
        cause: tuple[str, int],
        *,
        follows: date | None = None,
        opened: date | None = None,
        only: Collection[str] | None = None,
        source: str | None = None,
    ) -> World:
        """Return the world with the duties that run from a moment, each once.

        With `only`, those that an event meets before the end of the term that they follow,
        and that are owed in the state in which it finds the subject, if that is known.
        """
        for number, version in enumerate(self.law.versions):
            for duty in version.duties:
                if duty.yearly is not None or moment not in duty.after:
                    continue
                judged = self._moment(world, duty.governed_by, since)
                if self.version_of(judged) == number:
                    due = self.last_day(number, since, duty.within)
                    if follows is not None:
                        due = self.following(number, follows, duty.within)
                    begun = (opened or since) if duty.early else since
                    owed = Due(duty.name, number, since, due, cause, begun)
                    wanted = only is None or (
                        duty.early
                        and not {*only}.isdisjoint(duty.met_by)
                        and (source is None or not duty.during or source in duty.during)
                    )
                    if wanted and owed not in world.dues:
                        world = replace(world, dues=(*world.dues, owed))
        return world

    def _moment(self, world: World, moment: tuple[str, str] | None, since: date) -> date:
        """Return the latest day of a moment by then; the day itself where there is none."""
        if moment is None:
            return since
        of, name = moment
        if of == "event":
            kinds = [self.history.events[n].kind for n in range(len(self.days))]
            days = [self.days[n] for n in self.seen if kinds[n] == name]
            return max((day for day in days if day <= since), default=since)
        runs = [run for run in world.runs if run.name == name]
        if not runs:
            return since
        return runs[-1].start if of == "start" else runs[-1].end

    # Events

    def _happened(self, worlds: list[World], today: list[int], day: date) -> list[World]:
        """Return where the events of a day lead, in every order that is possible."""
        still = [n for n in today if self.history.events[n].kind not in self.moving]
        for n in still:
            early = (self._met_early(world, n, world.state) for world in worlds)
            worlds = [self._noted(world, n) for world in early]
        others = [n for n in today if n not in still]
        for gaps in (False, True):
            found: list[World] = []
            for order in permutations(others):
                found += self._in_order(worlds, order, day, gaps=gaps)
            if found:
                self.gaps = self.gaps or gaps
                return list(dict.fromkeys(found))
        raise ImpossibleError(day)

    def _in_order(
        self, worlds: list[World], order: Sequence[int], day: date, *, gaps: bool
    ) -> list[World]:
        for n in order:
            found: list[World] = []
            for world in self._by_itself(worlds, day):
                found += self._moved(world, n, day)
            if not found and gaps and not self.told(day):
                for world in self._by_itself(worlds, day):
                    found += self._after_a_gap(world, n, day)
            worlds = found
        return self._by_itself(worlds, day)

    def _moved(self, world: World, n: int, day: date) -> list[World]:
        """Return where an event leads from one world."""
        version, kind = self.version_of(day), self.history.events[n].kind
        moves = [m for m in self.law.versions[version].moves if m.event == kind]
        if not moves:
            return [self._noted(self._met_early(world, n, world.state), n)]
        here = [m for m in moves if m.sources is None or world.state in m.sources]
        truths = [(m, self._holds(m, n)) for m in here]
        sure = [m for m, truth in truths if truth is True]
        maybe = sure or [m for m, truth in truths if truth is None]
        if maybe:
            sole = len(maybe) == 1
            return [self._go(world, m, n, day, sole=sole) for m in maybe]
        moves = [m for m in moves if self._holds(m, n) is not False]
        if world.stopped and moves:  # it goes on as if the lapse had not come
            stopped = (*world.stopped, (n, world.stopped[-1][1]))
            return [replace(world, stopped=stopped)]
        for step in reversed(world.steps):
            if step.how not in ("lapse", "term"):
                break
            if step.how == "lapse" and any(
                m.sources is None or step.source in m.sources for m in moves
            ):
                stopped = (*world.stopped, (n, step.name))
                return [replace(world, stopped=stopped)]
        return []

    def _after_a_gap(self, world: World, n: int, day: date) -> list[World]:
        version, kind = self.version_of(day), self.history.events[n].kind
        moves = [m for m in self.law.versions[version].moves if m.event == kind]
        return [
            self._go(world, m, n, day, gap=True)
            for m in moves
            if self._holds(m, n) is not False
        ]

    def _go(
        self,
        world: World,
        move: Move,
        n: int,
        day: date,
        *,
        gap: bool = False,
        sole: bool = True,
    ) -> World:
        version = self.version_of(day)
        low, high = (self._least_round(version, move), None) if gap else world.round
        match move.round:
            case "first":
                turn: Rounds = (1, 1)
            case "next":
                turn = (low + 1, None if high is None else high + 1)
            case _:
                turn = (low, high)
        source = None if gap else world.state
        how = "gap" if gap else "event"
        step = Step(
            how, move.name, day, source, move.target, turn, version, n, world.runs, sole
        )
        stays = source == move.target and move.round == "same"
        kept = world.running if stays or self._runs_on(world, move) else None
        world = self._met_early(world, n, source)
        gone = replace(
            world,
            state=move.target,
            round=turn,
            since=world.since if stays else day,
            running=kept,
            steps=(*world.steps, step),
        )
        bars = [*move.bars]
        if move.gives == "fails":
            bars += self.law.versions[version].failing
        gone = self._barred(gone, step, bars)
        gone = self._noted(gone, n)
        return gone if stays else self._begun(gone, day, version, n)

    def _met_early(self, world: World, n: int, source: str | None) -> World:
        """Return the world with the duties of the end of a term that an event meets before."""
        if world.running is None:
            return world
        run, kind = world.running, self.history.events[n].kind
        number = sum(one.name == run.name for one in world.runs)
        return self._owing(
            world,
            ("end", run.name),
            run.end,
            (f"end of {run.name}", number),
            follows=run.end,
            opened=run.start,
            only=(kind,),
            source=source,
        )

    def _runs_on(self, world: World, move: Move) -> bool:
        """Tell whether the term that runs goes on in the state that a move leads to."""
        if world.running is None or move.round != "same":
            return False
        terms = self.law.versions[world.running.version].terms
        term = next(term for term in terms if term.name == world.running.name)
        return move.target in (term.state, *term.through)

    def _least_round(self, version: int, move: Move) -> int:
        """Return the least round in which the subject may have come to where a move begins."""
        first = self.law.versions[0].states[0]
        ways, last = {(first, 0)}, set[tuple[str, int]]()
        while ways != last:
            last = set(ways)
            for said in self.law.versions:
                for state, turn in last:
                    ways |= {
                        (m.target, turn if m.round == "same" else 1)
                        for m in said.moves
                        if m.sources is None or state in m.sources
                    }
                    ways |= {(t.then, turn) for t in said.terms if t.then and t.state == state}
                    ways |= {(one.target, turn) for one in said.lapses if state in one.sources}
        return min(
            (turn for state, turn in ways if move.sources is None or state in move.sources),
            default=0,
        )

    def _noted(self, world: World, n: int) -> World:
        kind = self.history.events[n].kind
        return self._owing(world, ("event", kind), self.days[n], ("event", n))

    def _holds(self, move: Move, n: int) -> Truth:
        """Tell whether what guards a move holds by what is stated with the event."""
        stated = {**self.history.facts, **self.history.events[n].facts}
        truths: list[Truth] = []
        if move.mark:
            truths.append(None if move.mark not in stated else stated[move.mark] == "yes")
        if move.gives:
            number = stated.get(SCORE)
            fails = None if number is None else int(number.split()[0]) < FLOOR
            truths.append(None if fails is None else fails == (move.gives == "fails"))
        return _all(*truths)

    # Bars and facts that follow

    def _barred(self, world: World, step: Step, bars: Sequence[Bar]) -> World:
        found = tuple((bar, step, self._known_by_then(world, step, bar.after)) for bar in bars)
        return replace(world, bars=(*world.bars, *found))

    def bars_that_came(self, world: World) -> list[BarThatCame]:
        """Return the bars that came."""
        found: list[BarThatCame] = []
        for bar, step, day in world.bars:
            since = day or self._day_after(world, step, bar.after)
            derived = self.law.versions[step.version].derived
            key, _ = derived.get(bar.after, ("", ()))
            ends = self.following if key in ("end-of", "last-day-for") else self.last_day
            spans = ((LONG_AGO, FAR), (step.day, FAR), (LONG_AGO, FAR))
            if since is not None:
                until, first = ends(step.version, since, bar.period), max(since, step.day)
                spans = ((since, since), (first, first), (until, until))
                if key == "since" and self._stay_by_then(world, step, bar.after)[0] == LONG_AGO:
                    spans = ((LONG_AGO, since), (step.day, first), (LONG_AGO, until))
            elif key == "day-of":  # what has not happened by then comes later
                last = self.last_day(step.version, step.day, bar.period)
                spans = ((step.day, FAR), (step.day, FAR), (last, FAR))
            found.append(BarThatCame(bar.application, step.name, step.event, *spans))
        return found

    def _known_by_then(self, world: World, step: Step, fact: str) -> date | None:
        """Return the day that a fact names, from a term or a stay before a step."""
        key, names = self.law.versions[step.version].derived.get(fact, ("", ()))
        if key == "since":
            low, high = self._stay_by_then(world, step, fact)
            return None if low is None or high == FAR else high
        runs = [run for run in world.runs if run.name in names]
        if key in ("start-of", "end-of") and runs:
            return runs[-1].start if key == "start-of" else runs[-1].end
        return None

    def _stay_by_then(
        self, world: World, step: Step, fact: str
    ) -> tuple[date, date] | tuple[None, date]:
        version = self.law.versions[step.version]
        steps = world.steps
        if step in steps:
            steps = steps[: steps.index(step) + 1]
        return stay_began(self, replace(world, steps=steps), fact, version)

    def _latest_due(self, world: World, name: str, step: Step | None) -> date | None:
        """Return the last day of the latest time for a duty; of a lapse, of that not met."""
        if step is not None and step.how == "lapse":
            lapses = self.law.versions[step.version].lapses
            if next(one for one in lapses if one.name == step.name).missed == name:
                return step.day - DAY
        dues = [
            due
            for due in self._owed(world)
            if due.name == name and (step is None or due.since <= step.day)
        ]
        return max((due.due for due in dues), default=None)

    def _day_after(self, world: World, step: Step, fact: str) -> date | None:
        key, names = self.law.versions[step.version].derived.get(fact, ("", ()))
        if key == "day-of":
            return self._day_of(world, names, step)
        if key == "last-day-for":
            return self._latest_due(world, names[0], step)
        stated = self.history.facts.get(fact)
        return date.fromisoformat(stated) if stated is not None else None

    def _day_of(self, world: World, names: Sequence[str], step: Step) -> date | None:
        """Return the latest day by a step; what came after it on its day does not count."""
        here = world.steps.index(step)
        before = replace(world, steps=world.steps[: here + 1])
        after = {later.event for later in world.steps[here + 1 :]}
        by_then = [d for d in self._days_of(before, names, after) if d <= step.day]
        return max(by_then) if by_then else min(self._days_of(world, names), default=None)

    def _days_of(
        self, world: World, names: Sequence[str], apart: Collection[int | None] = ()
    ) -> list[date]:
        places = [n for n in self.seen if n not in apart]
        days = [self.days[n] for n in places if self.history.events[n].kind in names]
        return days + [s.day for s in world.steps if s.how == "lapse" and s.name in names]

    def derived(self, world: World) -> dict[str, tuple[date, date] | None]:
        """Return the days that follow from the history, by their facts; None for none.

        That something did not happen is told only where all events are.
        """
        version = self.law.versions[self.version_of(self.on)]
        found: dict[str, tuple[date, date] | None] = {}
        for fact, (key, names) in version.derived.items():
            day: date | None = None
            if key == "since":
                low, high = stay_began(self, world, fact, version)
                if (low, high) == (LONG_AGO, FAR):
                    continue
                if low is not None:
                    found[fact] = low, high
                    continue
            elif key == "day-of":
                day = max(self._days_of(world, names), default=None)
            elif key == "last-day-for":
                day = self._latest_due(world, names[0], None)
            else:
                runs = [run for run in world.runs if run.name == names[0]]
                if runs:
                    day = runs[-1].start if key == "start-of" else runs[-1].end
            if day is not None:
                found[fact] = day, day
            elif self.told(self.on):
                found[fact] = None
        return found

    def chosen(self, world: World) -> dict[str, frozenset[object]]:
        """Return what else follows: from the state, from bars, from what each year had."""
        version = self.law.versions[self.version_of(self.on)]
        found: dict[str, frozenset[object]] = {}
        for fact, options in version.by_state.items():
            here = frozenset(one for one, states in options.items() if world.state in states)
            if here:
                found[fact] = frozenset(here)
        for fact, application in version.barred.items():
            bars = [one for one in self.bars_that_came(world) if one.application == application]
            runs = [self._runs(bar) for bar in bars]
            if True in runs:
                found[fact] = frozenset({"yes"})
            elif None not in runs and self.told(self.on):
                found[fact] = frozenset({"no"})
        for fact, (kind, stated) in version.by_year.items():
            years = self._years(kind, stated)
            if years:
                found[fact] = frozenset(years.items())
        return found

    def _years(self, kind: str, fact: str) -> dict[int, str]:
        """Return what events of a kind state of each year; of two for one, the later."""
        found: dict[int, str] = {}
        for n in sorted(self.seen, key=lambda n: self.days[n]):
            event = self.history.events[n]
            if event.kind == kind and fact in event.facts:
                found[event.year or self.days[n].year] = event.facts[fact]
        return found

    def _runs(self, bar: BarThatCame) -> Truth:
        """Tell whether a bar bars on the day."""
        if self.on < bar.first[0] or self.on > bar.until[1]:
            return False
        return True if bar.first[1] <= self.on <= bar.until[0] else None

    # What became of duties

    def fulfilments(self, world: World) -> dict[Owed, tuple[date, frozenset[str], bool]]:
        """Return when each duty is due, what may have become of it, and whether it is owed."""
        found: dict[Owed, tuple[date, frozenset[str], bool]] = {}
        for due in self._owed(world):
            duty, done = self._duty(due), self._done(world, due)
            status = self._status(duty, due.due, done)
            during = self._open_in(duty, due.version)
            owed = stood_in(self, world, during, min(due.due, self.on))
            owed = _all(owed, _not(self._left(world, due, min(due.due, self.on))))
            in_time = [truth for day, truth in done if day <= due.due]
            if not duty.during or True in in_time:
                owed = True
            elif in_time and owed is False:
                owed = None
            if owed is not False:
                key = (due.name, due.version, *due.cause)
                found[key] = (due.due, status, owed is True)
        for number, version in enumerate(self.law.versions):
            for duty in version.duties:
                if duty.yearly is None:
                    continue
                first = min((self.days[n] for n in self.seen), default=self.on)
                for year in range(first.year, self.on.year + 2):
                    day = date(year, *duty.yearly)
                    if self.version_of(day) != number:
                        continue
                    owed = _all(
                        stood_in(self, world, duty.during, min(day, self.on)),
                        self._in_term(world, duty.in_term, day) if duty.in_term else True,
                    )
                    if owed is False:
                        continue
                    of_year: list[tuple[date, Truth]] = [
                        (self.days[n], True)
                        for n in self.seen
                        if self.history.events[n].kind in duty.met_by
                        and (self.history.events[n].year or self.days[n].year) == year
                    ]
                    sure = owed is True and not self._may_end(world, duty, day)
                    found[(duty.name, number, "", year)] = (
                        day,
                        self._status(duty, day, of_year),
                        sure,
                    )
        return found

    def _open_in(self, duty: Duty, version: int) -> tuple[str, ...]:
        """Return the states in which a duty is owed, and an option open.

        An option that is used by moving on is open only where a move leads on.
        """
        if not duty.option or not self.moving.issuperset(duty.met_by):
            return duty.during
        moves = [m for m in self.law.versions[version].moves if m.event in duty.met_by]
        return tuple(
            state
            for state in duty.during
            if any(m.sources is None or state in m.sources for m in moves)
        )

    def _in_term(self, world: World, name: str, day: date) -> Truth:
        """Tell whether a day counts as one of a term, in which the subject has remained.

        The day of the event from which a term runs counts where the version says so, or the
        notice states it as the first; the last day does.
        """
        found: list[Truth] = []
        begun = 0
        for number, run in enumerate(world.runs, 1):
            said = self.law.versions[run.version]
            term = next(term for term in said.terms if term.name == run.name)
            stated = run.event is not None and self.history.events[run.event].term is not None
            counted = said.opening_day or stated or run.follows is not None
            if run.name != name or day < run.start + (not counted) * DAY:
                continue
            begun = number
            left = any(
                len(step.runs) >= number
                and step.day <= day
                and step.target not in (term.state, *term.through)
                for step in world.steps
            )
            found.append(day <= run.end and not left)
        # What was left out may have begun a term that is not known.
        if any(step.how == "gap" and len(step.runs) >= begun for step in world.steps):
            found.append(None)
        return _not(_all(*map(_not, found)))

    def _may_end(self, world: World, duty: Duty, day: date) -> bool:
        """Tell whether the state that owes a duty may by itself be over before its day."""
        if day <= self.on:
            return False
        run = world.running
        if run is not None and run.end + DAY <= day:
            term = next(t for t in self.law.versions[run.version].terms if t.name == run.name)
            stays = term.then is None or term.state != world.state
            if not stays and term.then not in duty.during:
                return True
        for due in self._owed(world):
            for lapse in self.law.versions[due.version].lapses:
                ahead = (
                    self.on < due.due + DAY <= day and (lapse.name, due) not in world.decided
                )
                leaves = world.state in lapse.sources and lapse.target not in duty.during
                if lapse.missed == due.name and ahead and leaves:
                    missed, last = self._missed(world, due), due.due + DAY
                    spared = self._spared(world, lapse.unless, last)
                    if _all(missed, _not(spared)) is not False:
                        return True
        return False

    def _status(
        self, duty: Duty, due: date, done: Sequence[tuple[date, Truth]]
    ) -> frozenset[str]:
        in_time = [truth for day, truth in done if day <= due]
        surely = [day for day, truth in done if truth is True]
        if True in in_time:
            return frozenset({"met"})
        found: set[str] = set()
        if in_time or not self.told(min(due, self.on)):
            found.add("met")
        if self.on <= due:
            return frozenset(found | {"open"})
        if len(done) > len(in_time) or not self.told(self.on):
            found.add("met-late")
        over = "passed" if duty.option else "overdue"
        return frozenset(found if surely else found | {over})


def stood_in(daily: Daily, world: World, states: Sequence[str], day: date) -> Truth:
    """Tell whether the subject stood in one of some states at the end of a day."""
    state = daily.law.versions[0].states[0]
    for step in world.steps:
        if step.day > day:
            left_out = step.how == "gap" and not daily.told(day)
            return None if left_out else state in states
        state = step.target
    return state in states


def stay_began(
    daily: Daily, world: World, fact: str, version: Version
) -> tuple[date, date] | tuple[None, date]:
    """Return the first and the last day on which the stay that a fact names may have begun.

    None for the first where there was no stay; from the first day there is to the last where
    nothing can be told.
    """
    law, lost_in = daily.law, version.lost_in.get(fact, ())
    _, states = version.derived[fact]
    none, open_ = (None, LONG_AGO), (LONG_AGO, FAR)
    found: tuple[date, date] | tuple[None, date] = none
    if law.versions[0].states[0] in states:
        found = LONG_AGO, world.steps[0].day if world.steps else daily.on
    for step in world.steps:
        held: Truth = step.source in states
        moves = law.versions[step.version].moves
        move = next((one for one in moves if one.name == step.name), None)
        if step.how == "gap":
            assert move is not None
            sources = law.versions[0].states if move.sources is None else move.sources
            among = {one in states for one in sources}
            held = among.pop() if len(among) == 1 and move.sources is not None else None
            behind = not {*sources}.isdisjoint(_remembering(law, states, lost_in))
            if held is True:
                found = LONG_AGO, step.day
            elif held is None or behind:
                found = open_  # there may have been one, or none
            else:
                found = none
        anew = fact in version.anew and step.how in ("event", "gap") and move is not None
        if step.target in lost_in:
            found = none
        elif step.target in states:
            if anew and move is not None and move.round != "same":
                found = step.day, step.day
            elif held is None:
                found = LONG_AGO, step.day
            elif held is False:
                found = step.day, step.day
    return found


def _remembering(law: Law, states: Sequence[str], lost_in: Sequence[str]) -> set[str]:
    """Return the states that may be reached from some without coming to those that forget."""
    found = {*states} - {*lost_in}
    while True:
        more = set(found)
        for version in law.versions:
            for state in found:
                more |= {
                    m.target for m in version.moves if m.sources is None or state in m.sources
                }
                more |= {t.then for t in version.terms if t.then and t.state == state}
                more |= {one.target for one in version.lapses if state in one.sources}
        more -= {*lost_in}
        if more == found:
            return found
        found = more


def _is_of_a_later_time(other: Due, due: Due) -> bool:
    """Tell whether a duty runs from something later: of one term, from a later run."""
    (of, number), (own, its) = other.cause, due.cause
    return number > its if of == own != "event" else other.since > due.since


def _all(*truths: Truth) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth
