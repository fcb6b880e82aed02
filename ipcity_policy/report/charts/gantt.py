"""The picture of a time line: what happened, what ran and what fell due, row by row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import reduce
from types import MappingProxyType

from ipcity_policy.engines.lifecycle.position import Duty, Fulfilment, StepTaken
from ipcity_policy.lang.interval import Interval
from ipcity_policy.lang.values import Dates
from ipcity_policy.questions.query import SubjectTimeline
from ipcity_policy.report.block import (
    GanttChart,
    GanttGroup,
    GanttPoint,
    GanttReach,
    GanttRow,
    GanttShape,
    GanttStretch,
)
from ipcity_policy.report.charts.gantt_words import meaning
from ipcity_policy.report.charts.scale import Scale, scale_of
from ipcity_policy.report.prose.duties import either, not_known, perhaps
from ipcity_policy.report.prose.position import Telling
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.days import days_said

_SHAPES: Mapping[Fulfilment, GanttShape] = MappingProxyType(
    {one: GanttShape(one.value) for one in Fulfilment}
)
#: So many days of one kind of event are told one by one.
_FEW = 3
#: So many signs stand for a stretch of years at most.
_SIGNS = 20


def course_of(timeline: SubjectTimeline, language: str) -> GanttChart | None:
    """Return the picture of a time line; None where nothing has happened yet."""
    return _Drawing(timeline, language).course()


class _Drawing:
    def __init__(self, timeline: SubjectTimeline, language: str) -> None:
        self.of, self.language = timeline, language
        self.telling = Telling(timeline, language)
        self.position = timeline.position
        self.on = Dates(self.position.on, self.position.on)
        supposed = timeline.as_supposed
        #: The same with what is assumed; None where nothing depends on that.
        self.beside = _Drawing(supposed, language) if supposed is not None else None
        days = [*self.days(), *(self.beside.days() if self.beside is not None else ())]
        self.scale: Scale = scale_of(days)
        if self.beside is not None:
            self.beside.scale = self.scale

    def course(self) -> GanttChart | None:
        """Return the whole picture."""
        parts = tuple(
            GanttGroup(title, found)
            for number, (title, rows) in enumerate(self.rows())
            if (found := (*rows, *self._supposed(number, rows)))
        )
        if not parts:
            return None
        day = self.day(self.on)
        subject = self.of.sheet.name[self.language]
        seen = min(self.position.known_until or date.min, self.position.on)
        unseen = "" if seen == self.position.on else self._unseen()
        return GanttChart(
            title=tell(
                self.language,
                "The time line of {subject}, as on {day}",
                subject=subject,
                day=day,
            ),
            header=(
                tell(self.language, "What"),
                tell(self.language, "When"),
                tell(self.language, "On the day asked"),
            ),
            parts=parts,
            ticks=self.scale.ticks(self.language),
            on=(self.scale.place(self.position.on), day),
            known=(self.scale.place(seen), unseen),
            legend=tuple(self._legend(parts)),
        )

    def rows(self) -> Iterator[tuple[str, tuple[GanttRow, ...]]]:
        """Yield the rows of each part of the picture under its title."""
        yield tell(self.language, "State"), tuple(self._together(self._states()))
        yield tell(self.language, "Events"), tuple(self._events())
        yield tell(self.language, "Terms"), tuple(self._terms())
        yield tell(self.language, "Deadlines"), tuple(self._duties())
        yield tell(self.language, "Bars"), tuple(self._bars())

    def _supposed(self, part: int, known: Sequence[GanttRow]) -> Iterator[GanttRow]:
        """Yield the rows of a part that are there only if what is assumed holds."""
        if self.beside is None:
            return
        said = {(row.label, row.when, row.status) for row in known}
        _, rows = tuple(self.beside.rows())[part]
        for row in rows:
            if (row.label, row.when, row.status) not in said:
                yield replace(
                    row,
                    label=tell(self.language, "supposed: {text}", text=row.label),
                    stretches=tuple(replace(one, certain=False) for one in row.stretches),
                    points=tuple(replace(one, certain=False) for one in row.points),
                )

    def day(self, days: Dates) -> str:
        """Say a day as short as can be."""
        low, high = days.finite_ends
        if low is None and high is None:
            return tell(self.language, "not known")
        if low is None or high is None:
            return self.telling.day(days)
        return days_said(Dates(low, high), self.language)

    def _time(self, begins: Dates, ends: Dates) -> str:
        days = self.day(begins), self.day(ends)
        return ("→" if " " not in "".join(days) else " → ").join(days)

    def _unseen(self) -> str:
        until = self.position.known_until
        if until is None:
            return self.telling.known_until()
        return tell(
            self.language, "events after {day} are not known", day=self.day(Dates(until, until))
        )

    def days(self) -> Iterator[date]:
        """Yield the days between which everything lies."""
        position = self.position
        yield position.on
        found = [event.on for event in self.of.sheet.events if self._seen(event.on)]
        found += [taken.step.day for taken in position.steps]
        for one in position.terms:
            found += [one.started.start, one.started.end]
            found += [one.started.calculated] if one.started.calculated is not None else []
        for duty in position.duties:
            found += [duty.due] if duty.year is not None else [duty.since, duty.due]
        for bar in position.bars:
            found += [bar.first, bar.until]
        for days in found:
            # What lies beyond the calendar would stretch the scale to its end.
            yield from (day for day in days.finite_ends if day not in (None, date.max))

    def _seen(self, days: Dates) -> bool:
        return days.earliest <= self.position.on

    # The rows

    def _states(self) -> Iterator[GanttRow]:
        steps = [one for one in self.position.steps if _moves(one)]
        for number, taken in enumerate(steps):
            step = taken.step
            ends, now = self._left(taken, steps[number + 1 :])
            turn = self.telling.rounds(step.round)
            label = self.telling.state(step.target)
            if turn:
                label = tell(self.language, "{state}, round {round}", state=label, round=turn)
            sure = now and len(self.position.states) == 1
            status = (
                "state on the day asked"
                if sure
                else say("possible state on the day asked")
                if now
                else "not certain"
            )
            points = (
                (GanttPoint(GanttShape.NOW, self.scale.reach(self.on), sure),) if now else ()
            )
            yield GanttRow(
                label,
                tell(self.language, "from {day}", day=self.day(step.day))
                if now
                else self._time(step.day, ends),
                tell(self.language, status) if now or not taken.certain else "",
                (self._stretch(GanttShape.STATE, step.day, ends, certain=taken.certain),),
                points,
            )

    def _together(self, rows: Iterable[GanttRow]) -> Iterator[GanttRow]:
        """Put what is of one name in one row."""
        named: dict[str, list[GanttRow]] = {}
        for row in rows:
            named.setdefault(row.label, []).append(row)
        for label, ones in named.items():
            when = tell(self.language, ", ").join(one.when for one in ones)
            yield GanttRow(
                label,
                when
                if len(ones) < _FEW
                else tell(self.language, "{n} times", n=str(len(ones))),
                tell(self.language, "; ").join({one.status: 0 for one in ones if one.status}),
                tuple(stretch for one in ones for stretch in one.stretches),
                tuple(point for one in ones for point in one.points),
            )

    def _left(self, taken: StepTaken, later: Sequence[StepTaken]) -> tuple[Dates, bool]:
        """Return when a state was left, and whether it may last on the day asked about."""
        step, found = taken.step, list[Dates]()
        if taken.last_known:  # it may have been left at once
            found.append(step.day)
        now = any(
            (place.state, place.round) == (step.target, step.round)
            for place in self.position.states
        )
        for other in later:
            same = step.event is not None and other.step.event == step.event
            if other.step.source in (step.target, None) and not same:
                found.append(other.step.day)
                if other.certain:
                    now = False
                    break
        if not found:
            return self.on, now
        found += [self.on] if now else []
        return Dates(*reduce(Interval.hull, (days.interval for days in found)).ends), now

    def _events(self) -> Iterator[GanttRow]:
        kinds: dict[str, list[Dates]] = {}
        for event in self.of.sheet.events:
            if self._seen(event.on):
                kinds.setdefault(event.kind, []).append(event.on)
        for kind, days in kinds.items():
            said = [self.day(one) for one in days]
            when = tell(self.language, ", ").join(said)
            if len(said) > _FEW:
                when = tell(
                    self.language,
                    "{n} times, {first} to {last}",
                    n=str(len(said)),
                    first=said[0],
                    last=said[-1],
                )
            points = tuple(GanttPoint(GanttShape.EVENT, self.scale.reach(one)) for one in days)
            yield GanttRow(self.telling.kind(kind), when, "", points=points)

    def _terms(self) -> Iterator[GanttRow]:
        for one in self.position.terms:
            run = one.started
            status, points = [self.telling.term_runs(one)], tuple[GanttPoint, ...]()
            if run.stated is not None and run.calculated not in (None, run.end):
                assert run.calculated is not None
                status.append(
                    tell(self.language, "calculated: {day}", day=self.day(run.calculated))
                )
                points = (GanttPoint(GanttShape.CALCULATED, self.scale.reach(run.calculated)),)
            yield GanttRow(
                one.term.label[self.language],
                self._time(run.start, run.end),
                tell(self.language, "; ").join(status),
                (self._stretch(GanttShape.TERM, run.start, run.end, certain=one.certain),),
                points,
            )

    def _duties(self) -> Iterator[GanttRow]:
        yearly: dict[tuple[str, int], list[Duty]] = {}
        for duty in self.position.duties:
            if duty.year is None:
                yield self._once(duty)
            elif (duty.deadline.id, duty.version) in yearly:
                yearly[duty.deadline.id, duty.version].append(duty)
            else:
                yearly[duty.deadline.id, duty.version] = [duty]
        for duties in yearly.values():
            yield self._yearly(duties)

    def _once(self, duty: Duty) -> GanttRow:
        stretches = [
            self._stretch(GanttShape.WINDOW, duty.since, duty.due, certain=duty.certain)
        ]
        held = duty.met_on if duty.met_on is not None else self.on
        if {*duty.possible} <= {Fulfilment.MET_LATE, Fulfilment.OVERDUE}:
            late = self._stretch(GanttShape.DELAY, duty.due, held, certain=duty.certain)
            stretches.append(late)
        due = self.scale.reach(duty.due)
        return GanttRow(
            self.telling.duty(duty),
            tell(self.language, "last day {day}", day=self.day(duty.due)),
            self._status(duty),
            tuple(stretches),
            (GanttPoint(GanttShape.DUE, due, duty.certain), self._sign(duty)),
        )

    def _yearly(self, duties: Sequence[Duty]) -> GanttRow:
        """Return the row of a duty of each year."""
        first, last = duties[0], duties[-1]
        years: dict[str, list[str]] = {}
        for duty in duties:
            years.setdefault(self._status(duty), []).append(self._years(duty))
        status = [
            tell(
                self.language,
                "{became}: {years}",
                became=one,
                years=tell(self.language, ", ").join(of),
            )
            for one, of in years.items()
        ]
        ends = (Dates(first.due.low, first.due.low), Dates(last.due.high, last.due.high))
        says = first.deadline.says[self.language]
        return GanttRow(
            tell(self.language, "{text} (an option, not a duty)", text=says)
            if first.deadline.option
            else says,
            tell(
                self.language,
                "last day {day}",
                day=self._time(*ends) if ends[0] != ends[1] else self.day(ends[0]),
            ),
            tell(self.language, "; ").join(status),
            points=tuple(self._sign(one) for duty in duties for one in _each(duty)),
        )

    def _years(self, duty: Duty) -> str:
        if duty.until_year is None:
            return str(duty.year)
        return tell(
            self.language, "{first} to {last}", first=str(duty.year), last=str(duty.until_year)
        )

    def _sign(self, duty: Duty) -> GanttPoint:
        """Return the sign for the status of a duty, on its day."""
        shape = _SHAPES[duty.possible[0]] if len(duty.possible) == 1 else GanttShape.UNKNOWN
        held = duty.due if duty.met_on is None or shape is GanttShape.UNKNOWN else duty.met_on
        at = duty.due if duty.year is not None else held
        return GanttPoint(shape, self.scale.reach(at), duty.certain)

    def _status(self, duty: Duty) -> str:
        telling = self.telling
        said = not_known(telling, duty) if len(duty.possible) > 1 else either(telling, duty)
        return said if duty.certain else perhaps(telling, duty, said)

    def _bars(self) -> Iterator[GanttRow]:
        for bar in self.position.bars:
            said = self.of.vocabulary.applications[bar.application][self.language]
            status = [self.telling.cause(bar)] + (
                [] if bar.certain else [tell(self.language, "not certain")]
            )
            yield GanttRow(
                said,
                self._time(bar.first, bar.until),
                tell(self.language, "; ").join(status),
                (self._stretch(GanttShape.BAR, bar.first, bar.until, certain=bar.certain),),
            )

    # The shapes

    def _stretch(
        self, shape: GanttShape, begins: Dates, ends: Dates, *, certain: bool
    ) -> GanttStretch:
        first, last = self.scale.reach(begins), self.scale.reach(ends)
        # What has no known end does not end before it begins.
        last = max(first[0], last[0]), max(first[1], last[1])
        return GanttStretch(shape, first, last, certain)

    def _legend(self, parts: Iterable[GanttGroup]) -> Iterator[tuple[GanttShape | None, str]]:
        """Yield what the shapes mean that are drawn."""
        rows = [row for part in parts for row in part.rows]
        used = {one.shape for row in rows for one in row.stretches}
        used |= {one.shape for row in rows for one in row.points}
        for shape in GanttShape:
            if shape in used | {GanttShape.UNSEEN}:
                yield shape, meaning(self.language, shape)
        reaches: list[GanttReach] = [point.at for row in rows for point in row.points]
        for row in rows:
            for one in row.stretches:
                reaches += [one.begins, one.ends] if one.certain else [(Decimal(0), Decimal(1))]
        if any(low < high for low, high in reaches):
            yield None, tell(self.language, "between these days, or not certain")


def _each(duty: Duty) -> Iterator[Duty]:
    """Yield a duty of several years as one of some of them, as many as can be told apart."""
    years = duty.years
    for year in years[:: len(years) // _SIGNS + 1]:
        yield duty.of_years(range(year, year + 1))


def _moves(taken: StepTaken) -> bool:
    """Tell whether a step led into another state or round."""
    return taken.step.source != taken.step.target or taken.step.event is not None
