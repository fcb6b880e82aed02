"""What is said of a timeline: its states, terms, duties, bars and steps, each in a sentence."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from ipcity_policy.engines.lifecycle.lateness import (
    days_late,
    days_left,
    days_overdue,
    may_be_unstated,
    settled_by,
)
from ipcity_policy.engines.lifecycle.position import (
    Conflict,
    DerivedFact,
    Duty,
    Fulfilment,
    Position,
    PossibleState,
    RunningBar,
    StepCause,
    StepTaken,
    TermOnDay,
)
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans
from ipcity_policy.lang.literals import date_text
from ipcity_policy.lang.values import Dates, Periods
from ipcity_policy.law.lifecycle import History, Moment, Rounds
from ipcity_policy.law.model import Basis, Origin
from ipcity_policy.questions.query import SubjectTimeline
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.words.days import days_said
from ipcity_policy.words.sentences import BASES
from ipcity_policy.words.sentences import say as say_of_verdict
from ipcity_policy.words.time_sentences import OF_OPTIONS, say


def days_told(days: Dates, language: str) -> str:
    """Say a day, or between which days it lies."""
    low, high = days.finite_ends
    ends = {
        "low": days_said(Dates(low, low), language) if low else "",
        "high": days_said(Dates(high, high), language) if high else "",
    }
    if low is None or high is None:
        key = "since" if low else "by" if high else "some-day"
        return say(language, key, **ends)
    if low == high:
        return ends["low"]
    if len(date_text(days)) <= len("2001-05"):
        return say(language, "within", days=days_said(days, language))
    return say(language, "from-to", **ends)


def as_stated(days: Dates, language: str) -> str:
    """Say a month or a year as it is written, and what has one end by that end."""
    return days_told(days, language) if None in days.finite_ends else days_said(days, language)


class Telling:
    """Says in one language what a timeline holds."""

    def __init__(self, timeline: SubjectTimeline, language: str) -> None:
        self.of = timeline
        self.language = language
        self.texts = timeline.position.versions
        self.wordings = tuple(
            Wording(timeline.vocabulary, language, program) for program in self.texts
        )
        on = Dates(timeline.position.on, timeline.position.on)
        #: The version that the day asked about falls under.
        self.today = next(text for text, _ in VersionSpans(self.texts).of(on))
        told = [timeline.position]
        told += [timeline.supposed.position] if timeline.supposed is not None else []
        cited = {(text, one.carried_from) for of in told for text, one in self.origins(of)}
        #: The versions that something said rests on.
        self.resting_on = tuple(sorted({self.today, *(text for text, _ in cited)}))
        #: Whether a citation is of one version only, so that it need not be named.
        self.one_text = cited <= {(self.today, None)}

    def say(self, key: str, **parts: str) -> str:
        """Fill a sentence."""
        return say(self.language, key, **parts)

    def of_verdict(self, key: str, **parts: str) -> str:
        """Fill a sentence that verdicts say too."""
        return say_of_verdict(self.language, key, **parts)

    def day(self, days: Dates) -> str:
        """Say a day, or between which days it lies."""
        return days_told(days, self.language)

    def history(self, text: int) -> History:
        """Return what a version says of time."""
        return self.texts[text].history

    def state(self, id: str) -> str:
        """Name a state, in the words of the newest version that knows it."""
        label = next(
            program.history.states[id].label
            for program in reversed(self.texts)
            if id in program.history.states
        )
        return label[self.language]

    def kind(self, kind: str) -> str:
        """Name a kind of event."""
        return self.of.vocabulary.events[kind].label[self.language]

    def event(self, place: int) -> dict[str, str]:
        """Return the name of an event and its day, by its place among the sheet's."""
        event = self.of.sheet.events[place]
        return {"event": self.kind(event.kind), "day": self.day(event.on)}

    def office(self, id: str) -> str:
        """Name an office; nothing where none is named."""
        offices = self.of.vocabulary.offices
        return offices[id][self.language] if id in offices else ""

    def cite(self, origin: Origin, text: int) -> str:
        """Cite where an entry stands, with its version where several are cited."""
        cite = self.wordings[text].origin(origin)
        if origin.carried_from is not None or self.one_text:
            return cite
        wording = self.wordings[text]
        return wording.say("of_version", cite=cite, version=self.texts[text].id)

    def cited(self, said: str, origin: Origin, text: int) -> str:
        """Add where an entry stands, and what it rests on where that is not the text."""
        key = "cited" if origin.basis is Basis.ATTESTED else "cited-basis"
        basis = BASES[origin.basis][self.language]
        cite = self.cite(origin, text)
        return self.of_verdict(key, text=said, cite=cite, basis=basis)

    # States

    def rounds(self, turn: Rounds) -> str:
        """Say the number of a round; nothing where there is none."""
        if turn.high is None:
            return self.say("round-or-later", low=str(max(turn.low, 1)))
        if turn.low == turn.high:
            return str(turn.low) if turn.low else ""
        return self.say("rounds", low=str(turn.low), high=str(turn.high))

    def place(self, place: PossibleState) -> str:
        """Say a state with its round and since when."""
        state = self.say("named", label=self.state(place.state), id=place.state)
        if place.since == Dates(date.min, date.min):
            return self.say("from-the-start", state=state)
        turn, day = self.rounds(place.round), self.day(place.since)
        if not turn:
            return self.say("in-state", state=state, day=day)
        return self.say("in-round", state=state, round=turn, day=day)

    def instrument(self, text: int) -> str:
        """Name a version by its title, its number and its id."""
        program = self.texts[text]
        parts = {"title": program.title[self.language], "id": program.id}
        if program.number is None:
            return self.say("no-number", **parts)
        return self.say("instrument", number=program.number, **parts)

    def known_until(self) -> str:
        """Say up to which day all events are stated."""
        position = self.of.position
        since, until = position.known_from, position.known_until
        if since is not None and position.on < since:
            return self.say("known-from", day=self.day(Dates(since, since)))
        if until is None:
            return self.say("known-never")
        if until >= position.on:
            kinds = self.say("apart").join(self.kind(kind) for kind in position.not_known)
            return self.say("known-not", events=kinds)
        return self.say("known-until", day=self.day(Dates(until, until)))

    # Terms

    def term(self, one: TermOnDay) -> str:
        """Name a term with its length, and where it stands."""
        wording = self.wordings[one.started.version]
        lasts = wording.value(wording.parameter(one.term.lasts).value)
        said = self.say("comma").join((one.term.label[self.language], lasts))
        return self.cited(said, one.origin, one.started.version)

    def term_end(self, one: TermOnDay) -> str:
        """Say the last day of a term; where a notice states one, that and the reckoned one."""
        run = one.started
        if run.stated is None:
            return self.day(run.end)
        stated, day = self.day(run.stated[1]), self.day(run.end)
        if run.reckoned is None:
            return self.say("stated-only", day=day)
        if run.stated[1] == run.reckoned:
            return day
        reckoned = self.day(run.reckoned)
        if not run.stated[1].interval.overlaps(run.reckoned.interval):
            if run.end == run.reckoned:
                return self.say("stated-yields", day=day, stated=stated)
            return self.say("stated-term", day=day, reckoned=reckoned)
        return self.say("stated-agrees", day=day, stated=stated, reckoned=reckoned)

    def term_runs(self, one: TermOnDay) -> str:
        """Say whether a term runs on the day."""
        first, on = one.started.start.earliest, self.of.position.on
        key = {True: "running", None: "not-known", False: "over"}[one.running]
        text = self.say("not-begun" if one.running is False and first > on else key)
        return text if one.certain else self.say("perhaps", text=text)

    # Duties

    def of_duty(self, owed: Duty, key: str, **parts: str) -> str:
        """Fill a sentence on a duty, or the one in its place where it is an option."""
        key = OF_OPTIONS.get(key, key) if owed.deadline.option else key
        return self.say(key, **parts)

    def duty(self, duty: Duty) -> str:
        """Say what is to be done, or may be; of a duty of each year, for which."""
        text = duty.deadline.says[self.language]
        text = self.say("option", text=text) if duty.deadline.option else text
        if duty.year is None:
            return text
        if duty.until_year is None:
            return self.say("of-year", year=str(duty.year), text=text)
        ends = {"first": str(duty.year), "last": str(duty.until_year)}
        return self.say("of-years", n=f"{len(duty.years):,}", text=text, **ends)

    def due(self, duty: Duty) -> str:
        """Say the last day for a duty; of several years, the first and the last of them."""
        if duty.until_year is None:
            return self.day(duty.due)
        ends = {"low": duty.due.low, "high": duty.due.high}
        days = {end: self.day(Dates(day, day)) for end, day in ends.items()}
        return self.say("each-year", **days)

    def moment(self, moment: Moment, text: int) -> str:
        """Name a moment."""
        if moment.of == "event":
            return self.say("moment", event=self.kind(moment.name))
        term = self.history(text).terms[moment.name]
        return self.say(moment.of, term=term.label[self.language])

    def duty_within(self, duty: Duty) -> str:
        """Say what is to be done, and from what the time for it is reckoned."""
        deadline, wording = duty.deadline, self.wordings[duty.version]
        text = self.duty(duty)
        if deadline.within is not None and duty.after is not None:
            text = self.say(
                "within-after",
                duty=text,
                period=wording.value(wording.parameter(deadline.within).value),
                moment=self.moment(duty.after, duty.version),
                day=self.day(duty.since),
            )
        lapses = self.history(duty.version).lapses.values()
        labels = [one.label[self.language] for one in lapses if one.missed == deadline.id]
        if deadline.option and labels:
            text = self.say("without", text=text, lapses=self.say("apart").join(labels))
        return self.cited(text, deadline.origin, duty.version)

    def became(self, duty: Duty, *, brief: bool = False) -> str:
        """Say what became of a duty, and where that is not known what would settle it.

        In brief: without whose it is, and without what would settle it.
        """
        if len(duty.possible) == 1:
            text = self._fulfilment(duty.possible[0], duty, brief=brief)
            settling = []
        else:
            text = self.not_known(duty)
            settling = [] if brief else list(self.settling(duty))
        during = self.say("or").join(map(self.state, duty.deadline.during))
        if not duty.certain and during and not brief:
            text = self.of_duty(duty, "if-owed-in", text=text, states=during)
        elif not duty.certain:
            text = self.of_duty(duty, "if-owed", text=text)
        return self.say("apart").join((text, *settling))

    def not_known(self, duty: Duty) -> str:
        """Say that it is not known what became of a duty, and how far that is open."""
        possible = {*duty.possible}
        if possible == {Fulfilment.MET, Fulfilment.OPEN}:
            return self.of_duty(duty, "whether-done")
        missed = {Fulfilment.OVERDUE, Fulfilment.PASSED}
        if possible >= {Fulfilment.MET, Fulfilment.MET_LATE} and possible & missed:
            return self.of_duty(duty, "whether-in-time")
        return self.say("not-known-whether", either=self.either(duty))

    def either(self, duty: Duty) -> str:
        """Say in a few words what may have become of a duty."""
        return self.say("or").join(self.of_duty(duty, f"may-be-{one}") for one in duty.possible)

    def settling(self, duty: Duty) -> Iterator[str]:
        """Yield why it is not known what became of a duty, and what would settle it."""
        for place in settled_by(duty, self.of.position.on):
            event = self.of.sheet.events[place]
            days = as_stated(event.on, self.language)
            yield self.say("settles", event=self.kind(event.kind), days=days)
        position = self.of.position
        if may_be_unstated(duty, position):
            if position.known_until is None:
                yield self.say("unstated-ever")
            elif {*duty.deadline.met_by} & {*position.not_known} or position.covered:
                yield self.say("not-told")
            else:
                until = Dates(position.known_until, position.known_until)
                yield self.say("unstated", day=self.day(until))

    def _fulfilment(self, became: Fulfilment, duty: Duty, *, brief: bool) -> str:
        on = self.of.position.on
        office = "" if brief else self.office(duty.deadline.office)
        nobody = "" if office else "-nobody"
        match became:
            case Fulfilment.MET | Fulfilment.MET_LATE if duty.met_by is None:
                return self.of_duty(duty, f"may-be-{became}")
            case Fulfilment.MET:
                assert duty.met_by is not None
                return self.of_duty(duty, "met", **self.event(duty.met_by))
            case Fulfilment.MET_LATE:
                assert duty.met_by is not None
                n = self._count(days_late(duty))
                event = self.event(duty.met_by)
                return self.of_duty(duty, f"met-late{nobody}", n=n, office=office, **event)
            case Fulfilment.OPEN:
                left = days_left(duty, on)
                if left.high == 0:
                    return self.say("due-today")
                return self.say("open", n=self._count(left))
            case Fulfilment.OVERDUE:
                n = self._count(days_overdue(duty, on))
                return self.say(f"overdue{nobody}", n=n, office=office)
            case Fulfilment.PASSED:
                return self.say("passed", n=self._count(days_overdue(duty, on)))
            case _:
                assert_never(became)

    def _count(self, days: Periods) -> str:
        if days.known:
            return self.wordings[0].value(days)
        ends = {"low": str(days.low), "high": str(days.high)}
        return self.say("days-or-more" if days.high is None else "days-from-to", **ends)

    def fact(self, one: DerivedFact) -> str:
        """Say what a fact is that follows from the events."""
        if isinstance(one.value, Dates) and one.value.never is False:
            return self.day(one.value)
        return self.wordings[self.today].found(one.derived.fact, one.value)

    # Bars, conflicts and steps

    def cause(self, bar: RunningBar) -> str:
        """Say what a bar came from."""
        history = self.history(bar.version)
        if bar.cause in history.lapses:
            return history.lapses[bar.cause].label[self.language]
        return self.kind(history.transitions[bar.cause].event)

    def bar(self, bar: RunningBar) -> str:
        """Say a bar, with its days."""
        wording = self.wordings[bar.version]
        parts = {
            "period": wording.value(wording.parameter(bar.period).value),
            "application": self.of.vocabulary.applications[bar.application][self.language],
            "since": self.bar_from(bar),
            "cause": self.cause(bar),
        }
        if bar.until.low is None and bar.until.high is None:
            said = self.say("bar-open", **parts)
        else:
            said = self.say("bar", until=self.day(bar.until), **parts)
        return self.cited(said, bar.origin, bar.version)

    def bar_from(self, bar: RunningBar) -> str:
        """Say the first day that a bar bars, and that from which it is reckoned if another."""
        if bar.first == bar.since:
            return self.day(bar.first)
        days = {"day": self.day(bar.first), "since": self.day(bar.since)}
        return self.say("reckoned-from", **days)

    def bar_runs(self, bar: RunningBar) -> str:
        """Say a bar, and whether it runs on the day."""
        on = self.of.position.on
        runs = bar.runs_on(Dates(on, on))
        key = {True: "bar-runs", None: "bar-perhaps", False: "bar-over"}[runs]
        if runs is False and bar.first.earliest > on:
            key = "bar-later"
        text = self.say(key, text=self.bar(bar))
        return self.say("not-certain", text=text) if runs is False and not bar.certain else text

    def conflict(self, one: Conflict) -> str:
        """Say which event has no effect, and what stands in its way."""
        return self.in_the_way(one, "conflict" if one.certain else "conflict-perhaps")

    def in_the_way(self, one: Conflict, key: str) -> str:
        """Fill a sentence on an event without effect, or the one in its place for a term."""
        if one.lapse is not None:
            return self.say(key, lapse=self.lapse(one.lapse), **self.event(one.event))
        term = next(
            program.history.terms[one.term or ""].label
            for program in reversed(self.texts)
            if one.term in program.history.terms
        )
        parts = self.event(one.event)
        return self.say(f"{key}-term", term=term[self.language], **parts)

    def lapse(self, id: str) -> str:
        """Name a lapse, in the words of the newest version that knows it."""
        label = next(
            program.history.lapses[id].label
            for program in reversed(self.texts)
            if id in program.history.lapses
        )
        return label[self.language]

    def step(self, taken: StepTaken) -> str:
        """Say how a state was left and another entered, and on which day."""
        step = taken.step
        history, state = self.history(step.version), self.state(step.target)
        match step.cause:
            case StepCause.EVENT | StepCause.GAP | StepCause.NAMED:
                event = self.kind(history.transitions[step.id].event)
                text = self.say("step-event", event=event, state=state)
            case StepCause.TERM:
                term = history.terms[step.id].label[self.language]
                text = self.say("term-ends", term=term, state=state)
            case StepCause.LAPSE:
                lapse = history.lapses[step.id].label[self.language]
                text = self.say("step-lapse", lapse=lapse, state=state)
            case _:
                assert_never(step.cause)
        turn = self.rounds(step.round)
        text = self.say("step-round", text=text, round=turn) if turn else text
        if step.cause is StepCause.NAMED:
            text = self.say("step-named", text=text)
        else:
            text = self.cited(text, taken.origin, step.version)
        text = self.say("step-gap", text=text) if step.cause is StepCause.GAP else text
        text = text if taken.certain else self.say("not-certain", text=text)
        return self.say("step", day=self.day(step.day), text=text)

    def origins(self, position: Position) -> Iterator[tuple[int, Origin]]:
        """Yield where all that is said of a standing stands, by the version."""
        steps = [one for one in position.steps if one.step.cause is not StepCause.NAMED]
        yield from ((one.step.version, one.origin) for one in steps)
        yield from ((one.started.version, one.origin) for one in position.terms)
        yield from ((one.version, one.deadline.origin) for one in position.duties)
        yield from ((one.version, one.origin) for one in position.bars)
        yield from ((one.version, one.move.origin) for one in position.prospects)
