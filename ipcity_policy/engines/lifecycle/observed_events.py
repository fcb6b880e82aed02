"""What a sheet tells of a history: its events, and which duties they meet, or leave unmet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from ipcity_policy.engines.lifecycle.temporal_constraints import TemporalConstraints
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans, least_rounds
from ipcity_policy.engines.lifecycle.worlds import DayExpression, Obligation, World
from ipcity_policy.lang.values import Dates, Truth, Value, all_of, opposite
from ipcity_policy.law.lifecycle import Deadline, Moment
from ipcity_policy.law.model import Basis, Origin
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.silence import Silence

#: Into how many ways one duty that was not met may part.
MAX_WAYS = 32


@dataclass(kw_only=True)
class ObservedEvents:
    """The events of one sheet up to a day, and how far silence tells."""

    texts: VersionSpans
    events: Sequence[Event]
    days: TemporalConstraints
    on: date
    silence: Silence
    #: What the sheet states of facts, whenever it was stated.
    stated: Mapping[str, Value]
    #: Whether what is only assumed counts as a text that is not available.
    strict: bool
    #: The day, or the span in which it lies, that bars are asked for.
    when: Dates
    _of_kinds: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict, repr=False)
    #: What is owed on the way looked at last, by its deadline.
    _grouped: tuple[tuple[Obligation, ...], Mapping[str, Mapping[Obligation, int]]] | None = (
        field(default=None, repr=False)
    )

    @cached_property
    def seen(self) -> tuple[int, ...]:
        """The events that may have happened by the day."""
        places = enumerate(self.events)
        return tuple(p for p, event in places if (event.on.low or date.min) <= self.on)

    @cached_property
    def moving(self) -> frozenset[str]:
        """The kinds of events that move a subject, under any version."""
        return frozenset(
            transition.event
            for program in self.texts.programs
            for transition in program.history.transitions.values()
        )

    @cached_property
    def days_of_events(self) -> tuple[DayExpression, ...]:
        """The day of each event, by its place."""
        return tuple(map(DayExpression, range(len(self.events))))

    def of_kinds(self, kinds: tuple[str, ...]) -> tuple[int, ...]:
        """Return the events of some kinds that may have happened by the day."""
        if kinds not in self._of_kinds:
            found = (place for place in self.seen if self.events[place].kind in kinds)
            self._of_kinds[kinds] = tuple(found)
        return self._of_kinds[kinds]

    @cached_property
    def least_rounds(self) -> dict[str, int]:
        """For each state that can be reached whether a round has surely begun: 0 or 1."""
        return least_rounds(self.texts.programs)

    def owing(
        self,
        world: World,
        moment: Moment,
        since: DayExpression,
        cause: tuple[str, int],
        opened: DayExpression | None = None,
    ) -> list[Obligation]:
        """Return the deadlines that run from a moment, under the versions that govern them.

        `opened` is the first day of the term that they follow, if they follow one.
        """
        found: list[Obligation] = []
        for text, program in enumerate(self.texts.programs):
            for deadline in program.history.deadlines.values():
                if moment not in deadline.after or deadline.within is None:
                    continue
                judged = self.days.dates(world, since)
                if deadline.governed_by is not None:
                    judged = self._judged(world, deadline.governed_by, since)
                governed = self.texts.governs(text, judged)
                if governed is not False:
                    due = since.then((text, deadline.within, "deadlines"))
                    begun = (opened or since) if deadline.early else since
                    found.append(
                        Obligation(deadline, text, moment, since, due, begun, cause, governed)
                    )
        return found

    def _judged(self, world: World, moment: Moment, since: DayExpression) -> Dates:
        """Return the latest day of a moment by another day; that day where there is none."""
        low, high = self.days.span(world, since)
        if moment.of != "event":
            terms = [term for term in world.terms if term.term == moment.name]
            if not terms:
                return Dates(low, high)
            last = terms[-1]
            return self.days.dates(world, last.start if moment.of == "start" else last.end)
        days = [
            self.days.span(world, self.days_of_events[place])
            for place in self.of_kinds((moment.name,))
        ]
        by_then = [first for first, last in days if last <= low]
        perhaps = [min(last, high) for first, last in days if first <= high]
        return Dates(
            max(by_then) if by_then else min((low, *(first for first, _ in days))),
            max(perhaps) if by_then else high,
        )

    def meeting(self, world: World, owed: Obligation) -> dict[int, bool]:
        """Return the events that may meet a duty, by their places, and whether each surely may.

        An event is done for one round: for the latest for which such a duty runs by its day.
        """
        first, _ = self.days.span(world, owed.opened)
        last = self._surely_done_after(world, owed)
        found: dict[int, bool] = {}
        for place in self.of_kinds(owed.deadline.met_by):
            low, high = self.days.span(world, self.days_of_events[place])
            if high < first or low > last:
                continue
            done_for = all_of(
                [
                    self._not_too_early(world, owed, place),
                    opposite(self.stay_over(world, owed, place)),
                    opposite(self._done_for_another(world, owed, place)),
                ]
            )
            if done_for is not False:
                found[place] = done_for is True
        return found

    def _surely_done_after(self, world: World, owed: Obligation) -> date:
        """Return a day after which every event is done for a later duty of the deadline."""
        same = self._of_deadline(world, owed)
        if owed not in same:
            return date.max
        for other in islice(same, same[owed] + 1, None):
            if (
                self.days.is_before(world, owed.since, other.since) is True
                and other.cause != owed.cause
                and {*owed.deadline.met_by} <= {*other.deadline.met_by}
                and (not other.deadline.early or other.moment.of == "event")
                and other.governed is True
                and not self.owed_withheld(other)
            ):
                return self.days.span(world, other.opened)[1]
        return date.max

    def _of_deadline(self, world: World, owed: Obligation) -> Mapping[Obligation, int]:
        """Return what is owed by the same deadline on one way, each with its place."""
        if self._grouped is None or self._grouped[0] is not world.owed:
            by_id: dict[str, dict[Obligation, int]] = {}
            for one in world.owed:
                same = by_id.setdefault(one.deadline.id, {})
                same.setdefault(one, len(same))
            self._grouped = world.owed, by_id
        return self._grouped[1].get(owed.deadline.id, {})

    def _not_too_early(self, world: World, owed: Obligation, place: int) -> Truth:
        """Tell whether an event that came before a duty runs came where it is owed, and counts.

        True of an event that came later.
        """
        if not owed.deadline.early or owed.moment.of == "event":
            return True
        if place == owed.opened.event and owed.opened.of not in ("ever", "always"):
            return False  # what began the term does not meet the duty after it
        early = self.days.is_before(world, self.days_of_events[place], owed.since)
        if early is False or not owed.deadline.during:
            return True
        stood = self._found_in(world, owed.deadline.during, place)
        return opposite(all_of([early, opposite(stood)]))

    def _found_in(self, world: World, states: Collection[str], place: int) -> Truth:
        """Tell whether an event found the subject in one of some states."""
        for step in world.steps:
            if step.event == place:
                return None if step.source is None else step.source in states
        return self.stood_when(world, states, self.days_of_events[place])

    def stay_over(self, world: World, owed: Obligation, place: int | None = None) -> Truth:
        """Tell whether the subject left the states of a duty while its time ran.

        And before the day of an event, if one is named.
        """
        during, found = owed.deadline.during, set[Truth]()
        for step in world.steps:
            if not during or step.target in during or step.event == place is not None:
                continue
            truths = [
                None if step.source is None else step.source in during,
                self.days.is_before(world, owed.since, step.day),
                opposite(self.days.is_before(world, owed.due, step.day)),
            ]
            if place is not None:
                event = self.days_of_events[place]
                truths.append(self.days.is_before(world, step.day, event))
            found.add(all_of(truths))
        return True if True in found else None if None in found else False

    def _done_for_another(self, world: World, owed: Obligation, place: int) -> Truth:
        """Tell whether an event was done for a later duty of the same deadline, or term."""
        found: set[Truth] = {self._in_a_later_term(world, owed, place)}
        day = self.days_of_events[place]
        for other in self._of_deadline(world, owed):
            if (
                other.cause == owed.cause
                or self.events[place].kind not in other.deadline.met_by
            ):
                continue
            truths = [
                self.days.is_before(world, owed.since, other.since),
                opposite(self.days.is_before(world, day, other.opened)),
            ]
            if all_of(truths) is not False:
                truths.append(self._not_too_early(world, other, place))
            truths.append(None if self.owed_withheld(other) else other.governed)
            found.add(all_of(truths))
        return True if True in found else None if None in found else False

    def _in_a_later_term(self, world: World, owed: Obligation, place: int) -> bool:
        """Tell whether an event moved the subject on in a later term than that of a duty."""
        _, number = owed.cause
        if owed.moment.of == "event" or owed.withheld:
            return False
        for step in world.steps:
            if step.event == place:
                begun = world.terms[: step.begun]
                return sum(one.term == owed.moment.name for one in begun) > number
        return False

    def stood_when(self, world: World, states: Collection[str], day: DayExpression) -> Truth:
        """Tell whether a subject stood in one of some states on a reckoned day, on one way.

        A day and the steps around it may hang on the same event, which then tells their order.
        """
        if world.state is None:
            return None
        _, last = self.days.span(world, day)
        found: set[Truth] = set()
        came: Truth = True
        state = world.steps[0].source if world.steps else world.state
        for step in world.steps:
            left = opposite(self.days.is_before(world, day, step.day))
            if all_of([came, opposite(left)]) is not False:
                known = step.source is not None or (state is not None and self.covers(last))
                found.add(state in states if known else None)
            came, state = left, step.target
        if came is not False:
            found.add(state in states)
        return found.pop() if len(found) == 1 else None

    def met(self, world: World, owed: Obligation) -> Truth:
        """Tell whether a duty was met in time, as far as is known on the day."""
        _, begun = self.days.span(world, owed.opened)
        low, high = self.days.span(world, owed.due)
        perhaps = False
        for place, surely in self.meeting(world, owed).items():
            first, last = self.days.span(world, self.days_of_events[place])
            if surely and first >= begun and last <= min(low, self.on):
                return True
            perhaps = perhaps or first <= high
        silent = self.silent(high, owed.deadline.met_by)
        return False if not perhaps and silent else None

    def withheld(self, origin: Origin, period: tuple[int, str] | None = None) -> bool:
        """Tell whether a text, or a period in it, counts as not available."""
        bases = {origin.basis}
        if period is not None:
            text, parameter = period
            bases.add(self.texts.programs[text].parameters[parameter].origin.basis)
        return Basis.UNAVAILABLE in bases or (self.strict and Basis.ASSUMED in bases)

    def owed_withheld(self, owed: Obligation) -> bool:
        """Tell whether the text of a duty counts as not available, or of what it runs from."""
        return owed.withheld or self.duty_withheld(owed)

    def duty_withheld(self, owed: Obligation) -> bool:
        """Tell whether the text of a duty itself counts as not available."""
        return self.deadline_withheld(owed.version, owed.deadline)

    def deadline_withheld(self, text: int, deadline: Deadline) -> bool:
        """Tell whether the text of a deadline counts as not available, or its time."""
        period = (text, deadline.within) if deadline.within is not None else None
        return self.withheld(deadline.origin, period)

    def silent(self, day: date, kinds: Collection[str]) -> bool:
        """Tell whether an event of some kinds up to a day that is not stated did not happen."""
        return self.silence.excludes(day, kinds)

    @property
    def covered_from_first(self) -> bool:
        """Whether every event that moves the subject is stated, from the first to the day."""
        return self.silence.known_from is None and self.covers(self.on)

    @property
    def covered(self) -> bool:
        """Whether every event up to the day that moves the subject is stated."""
        begun = (self.silence.known_from or date.min) <= self.on
        return begun and self.covers(self.on)

    def covers(self, day: date) -> bool:
        """Tell whether every event up to a day that moves the subject is stated."""
        return self.silent(day, self.moving)

    def missed_by(self, world: World, owed: Obligation, day: DayExpression) -> Truth:
        """Tell whether a duty has been missed by a day."""
        if self.days.before(world, owed.due, day) is None:
            return False
        missed = opposite(self.met(world, owed))
        return missed if missed is False or self._over_by(world, owed, day) else None

    def _over_by(self, world: World, owed: Obligation, day: DayExpression) -> bool:
        """Tell whether the time for a duty is over by a day."""
        return self.days.not_after(world, day, owed.due) is None

    def if_missed(self, world: World, owed: Obligation) -> list[World]:
        """Return the ways on which no event met a duty in time: each came later, or before."""
        ways = [world]
        for place, surely in self.meeting(world, owed).items():
            if not surely:
                continue  # it may have been done for another
            day = self.days_of_events[place]
            late = [self.days.before(way, owed.due, day) for way in ways]
            early = [self.days.before(way, day, owed.opened) for way in ways]
            ways = [way for way in (*late, *early) if way is not None]
            if len(ways) > MAX_WAYS:
                return [world]
        return ways

    def if_met(self, world: World, owed: Obligation) -> World | None:
        """Return the way if a duty was met in time; None where that cannot be."""
        places, kinds = [*self.meeting(world, owed)], owed.deadline.met_by
        day = self.days_of_events[places[0]] if len(places) == 1 else None
        if day is None or not self.silent(self.days.span(world, day)[1], kinds):
            return world
        # One that is not stated comes after this: in time only if this is in time too.
        met = self.days.not_after(world, day, owed.due)
        if met is None or not self.silent(self.days.span(met, owed.due)[1], kinds):
            return met
        return self.days.not_after(met, owed.opened, day)
