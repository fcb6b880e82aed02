"""What is said of a timeline: its states, terms, duties, bars and steps, each in a sentence."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from ipcity_policy.engines.lifecycle.position import (
    Conflict,
    DerivedFact,
    Duty,
    Position,
    PossibleState,
    RunningBar,
    StepCause,
    StepTaken,
    TermOnDay,
    VersionIndex,
)
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans
from ipcity_policy.lang.literals import date_text
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.lifecycle import Deadline, History, Lapse, Moment, Rounds
from ipcity_policy.law.model import Basis, Origin
from ipcity_policy.questions.query import SubjectTimeline
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.days import days_said
from ipcity_policy.words.sentences import basis_word, moment_of


def days_told(days: Dates, language: str) -> str:
    """Say a day, or between which days it lies."""
    low, high = days.finite_ends
    ends = {
        "low": days_said(Dates(low, low), language) if low else "",
        "high": days_said(Dates(high, high), language) if high else "",
    }
    if low is None or high is None:
        template = (
            say("{low} or later")
            if low
            else say("{high} or earlier")
            if high
            else say("a day that is not known")
        )
        return tell(language, template, **ends)
    if low == high:
        return ends["low"]
    if len(date_text(days)) <= len("2001-05"):
        return tell(language, "a day in {days}", days=days_said(days, language))
    return tell(language, "a day between {low} and {high}", **ends)


def as_stated(days: Dates, language: str) -> str:
    """Say a month or a year as it is written, and what has one end by that end."""
    return days_told(days, language) if None in days.finite_ends else days_said(days, language)


class Telling:
    """Says in one language what a timeline holds."""

    def __init__(self, timeline: SubjectTimeline, language: str) -> None:
        self.of = timeline
        self.language = language
        self.versions = timeline.position.versions
        on = Dates(timeline.position.on, timeline.position.on)
        #: The version that the day asked about falls under.
        self.today = next(version for version, _ in VersionSpans(self.versions).of(on))
        self.wordings = tuple(
            Wording(
                timeline.vocabulary,
                language,
                program,
                "" if version == self.today else f"{program.id}/",
            )
            for version, program in enumerate(self.versions)
        )
        told = [timeline.position]
        told += [timeline.supposed.position] if timeline.supposed is not None else []
        cited = {
            (version, one.carried_from) for of in told for version, one in self.origins(of)
        }
        #: The versions that something said rests on.
        self.resting_on = tuple(sorted({self.today, *(version for version, _ in cited)}))
        #: Whether a citation is of one version only, so that it need not be named.
        self.one_version = cited <= {(self.today, None)}

    def day(self, days: Dates) -> str:
        """Say a day, or between which days it lies."""
        return days_told(days, self.language)

    def history(self, version: VersionIndex) -> History:
        """Return what a version says of time."""
        return self.versions[version].history

    def state(self, id: str) -> str:
        """Name a state, in the words of the newest version that knows it."""
        label = next(
            program.history.states[id].label
            for program in reversed(self.versions)
            if id in program.history.states
        )
        return label[self.language]

    def called(self, version: VersionIndex) -> str:
        """Name a version as it is called beside others."""
        return self.wordings[version].called(self.versions[version].id)

    def quoted(self, id: str) -> str:
        """Name a state among others: its name may have a comma of its own."""
        return tell(self.language, say("{state}", context="among-others"), state=self.state(id))

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

    def cite(self, origin: Origin, version: VersionIndex) -> str:
        """Cite where an entry stands, with its version where several are cited."""
        wording = self.wordings[version]
        if origin.carried_from is not None or self.one_version:
            return wording.origin(origin)
        return wording.of_version(origin, self.called(version))

    def cited(self, said: str, origin: Origin, version: VersionIndex) -> str:
        """Add where an entry stands, and what it rests on where that is not the text."""
        template = (
            "{text} [{cite}]"
            if origin.basis is Basis.ATTESTED
            else say("{text} [{cite}, {basis}]")
        )
        basis = basis_word(origin.basis, self.language)
        cite = self.cite(origin, version)
        return tell(self.language, template, text=said, cite=cite, basis=basis)

    # States

    def rounds(self, turn: Rounds) -> str:
        """Say the number of a round; nothing where there is none."""
        if turn.high is None:
            return tell(
                self.language,
                say("{low} or later", context="round-or-later"),
                low=str(max(turn.low, 1)),
            )
        if turn.low == turn.high:
            number = str(turn.low) if turn.low else ""
            return number and tell(self.language, say("{n}", context="round"), n=number)
        ends = {"low": str(turn.low), "high": str(turn.high)}
        return tell(self.language, say("{low} to {high}", context="round"), **ends)

    def place(self, place: PossibleState) -> str:
        """Say a state with its round and since when."""
        state = tell(
            self.language, "{label} ({id})", label=self.state(place.state), id=place.state
        )
        if place.since == Dates(date.min, date.min):
            return tell(self.language, "{state}, from the start", state=state)
        turn, day = self.rounds(place.round), self.day(place.since)
        if not turn:
            return tell(self.language, "{state}, since {day}", state=state, day=day)
        return tell(
            self.language,
            "{state}, round {round}, since {day}",
            state=state,
            round=turn,
            day=day,
        )

    def instrument(self, version: VersionIndex) -> str:
        """Name a version by its title, its number and its id, and as it is called below."""
        program = self.versions[version]
        parts = {"title": program.title[self.language], "id": program.id}
        if program.number is None:
            return tell(self.language, say("{title} ({id})", context="no-number"), **parts)
        parts["number"] = program.number
        called = self.called(version)
        if called == program.id:
            return tell(self.language, "{title}, {number} ({id})", **parts)
        template = say("{title}, {number} ({id}), here “{called}”")
        return tell(self.language, template, called=called, **parts)

    def known_until(self) -> str:
        """Say up to which day all events are stated."""
        position = self.of.position
        since, until = position.known_from, position.known_until
        if since is not None and position.on < since:
            return tell(
                self.language,
                "events are stated from {day} on only; what came before is not known",
                day=self.day(Dates(since, since)),
            )
        if until is None:
            return tell(
                self.language,
                "the sheet does not say up to which day all events are stated "
                "(events-known-until)",
            )
        if until >= position.on:
            kinds = tell(self.language, "; ").join(
                self.kind(kind) for kind in position.not_known
            )
            return tell(
                self.language,
                "the sheet does not state whether any of these happened: {events}",
                events=kinds,
            )
        return tell(
            self.language,
            "events are stated up to {day} only; what came after is not known",
            day=self.day(Dates(until, until)),
        )

    # Terms

    def term(self, one: TermOnDay) -> str:
        """Name a term with its length, and where it stands."""
        wording = self.wordings[one.started.version]
        lasts = wording.value(wording.parameter(one.term.lasts).value)
        said = tell(self.language, say(", ", context="join")).join(
            (one.term.label[self.language], lasts)
        )
        return self.cited(said, one.origin, one.started.version)

    def term_end(self, one: TermOnDay) -> str:
        """Say the last day of a term; if a notice states one, that and the calculated one."""
        run = one.started
        if run.stated is None:
            return self.day(run.end)
        stated, day = self.day(run.stated[1]), self.day(run.end)
        if run.calculated is None:
            return tell(self.language, "{day}, as the notice states", day=day)
        if run.stated[1] == run.calculated:
            return day
        calculated = self.day(run.calculated)
        if not run.stated[1].interval.overlaps(run.calculated.interval):
            if run.end == run.calculated:
                return tell(
                    self.language,
                    "{day}, as calculated, which is followed; the notice states {stated}",
                    day=day,
                    stated=stated,
                )
            return tell(
                self.language,
                "{day}, as the notice states, which is followed; the calculated day would "
                "be {reckoned}",
                day=day,
                reckoned=calculated,
            )
        return tell(
            self.language,
            "{day}; the notice states {stated}, and the calculated day is {reckoned}",
            day=day,
            stated=stated,
            reckoned=calculated,
        )

    def term_runs(self, one: TermOnDay) -> str:
        """Say whether a term runs on the day."""
        first, on = one.started.start.earliest, self.of.position.on
        runs = {True: say("running"), None: say("not known"), False: say("over")}[one.running]
        begun = one.running is not False or first <= on
        text = tell(self.language, runs if begun else "not begun")
        return (
            text
            if one.certain
            else tell(self.language, "{text}, if it began, which is not certain", text=text)
        )

    # Duties

    def duty(self, duty: Duty) -> str:
        """Say what is to be done, or may be; of a duty of each year, for which."""
        text = duty.deadline.says[self.language]
        if duty.deadline.option:
            text = tell(self.language, "{text} (an option, not a duty)", text=text)
        if duty.year is None:
            return text
        if duty.until_year is None:
            return tell(self.language, "{year}: {text}", year=str(duty.year), text=text)
        ends = {"first": str(duty.year), "last": str(duty.until_year)}
        return tell(
            self.language,
            "{first} to {last} ({n} years): {text}",
            n=f"{len(duty.years):,}",
            text=text,
            **ends,
        )

    def due(self, duty: Duty) -> str:
        """Say the last day for a duty; of several years, the first and the last of them."""
        if duty.until_year is None:
            return self.day(duty.due)
        ends = {"low": duty.due.low, "high": duty.due.high}
        days = {end: self.day(Dates(day, day)) for end, day in ends.items()}
        return tell(self.language, "{low} to {high}, each year", **days)

    def moment(self, moment: Moment, version: VersionIndex) -> str:
        """Name a moment."""
        if moment.of == "event":
            return tell(self.language, "“{event}”", event=self.kind(moment.name))
        term = self.history(version).terms[moment.name]
        return moment_of(term.label[self.language], moment.of, self.language)

    def duty_within(self, duty: Duty) -> str:
        """Say what is to be done, and from what the time for it is calculated."""
        deadline, wording = duty.deadline, self.wordings[duty.version]
        text = self.duty(duty)
        if deadline.within is not None and duty.after is not None:
            text = tell(
                self.language,
                "{duty}, within {period} after {moment} ({day})",
                duty=text,
                period=wording.value(wording.parameter(deadline.within).value),
                moment=self.moment(duty.after, duty.version),
                day=self.day(duty.since),
            )
        lapses = self.history(duty.version).lapses.values()
        labels = [one.label[self.language] for one in lapses if one.missed == deadline.id]
        if deadline.option and labels:
            text = tell(
                self.language,
                "{text}; if it is not done: {lapses}",
                text=text,
                lapses=tell(self.language, "; ").join(labels),
            )
        return self.cited(text, deadline.origin, duty.version)

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
            said = tell(
                self.language,
                "{application} is barred for {period}; from: {since}; last day: not"
                " known; why: {cause}",
                **parts,
            )
        else:
            said = tell(
                self.language,
                "{application} is barred for {period}; from: {since}; last day: "
                "{until}; why: {cause}",
                until=self.day(bar.until),
                **parts,
            )
        return self.cited(said, bar.origin, bar.version)

    def bar_from(self, bar: RunningBar) -> str:
        """Say the first day that a bar bars, and that from which it is calculated."""
        if bar.first == bar.since:
            return self.day(bar.first)
        days = {"day": self.day(bar.first), "since": self.day(bar.since)}
        return tell(self.language, "{day}, calculated from {since}", **days)

    def bar_runs(self, bar: RunningBar) -> str:
        """Say a bar, and whether it runs on the day."""
        on = self.of.position.on
        runs = bar.runs_on(Dates(on, on))
        template = {
            True: say("{text} – it runs on the day asked about"),
            None: say("{text} – whether it runs on the day asked about is not known"),
            False: say("{text} – it is over"),
        }[runs]
        if runs is False and bar.first.earliest > on:
            template = say("{text} – it has not begun")
        text = tell(self.language, template, text=self.bar(bar))
        return (
            tell(self.language, "{text} – not certain", text=text)
            if runs is False and not bar.certain
            else text
        )

    def conflict(self, one: Conflict) -> str:
        """Say which event has no effect, and what stands in its way."""
        event = self.event(one.event)
        if one.lapse is not None:
            return tell(
                self.language,
                "“{event}”, {day}: as the text is read here, this had happened by then: {lapse}"
                if one.certain
                else "“{event}”, {day}: as the text is read here, this may have happened"
                " by then: {lapse}",
                lapse=self.lapse(one.lapse),
                **event,
            )
        return tell(
            self.language,
            "“{event}”, {day}: as the text is read here, it changes no state before the "
            "last day of this: {term}"
            if one.certain
            else "“{event}”, {day}: as the text is read here, it may have come before the last "
            "day of this, and then changes no state: {term}",
            term=self.term_named(one.term or ""),
            **event,
        )

    def without_effect(self, one: Conflict) -> str:
        """Say in brief that an event has no effect, and why."""
        event = self.event(one.event)["event"]
        if one.lapse is not None:
            return tell(
                self.language,
                "“{event}” has no effect, because this had happened by then: {lapse}",
                event=event,
                lapse=self.lapse(one.lapse),
            )
        return tell(
            self.language,
            "“{event}” has no effect, because it is before the last day of this: {term}",
            event=event,
            term=self.term_named(one.term or ""),
        )

    def term_named(self, id: str) -> str:
        """Name a term, in the words of the newest version that knows it."""
        label = next(
            program.history.terms[id].label
            for program in reversed(self.versions)
            if id in program.history.terms
        )
        return label[self.language]

    def lapse(self, id: str) -> str:
        """Name a lapse, in the words of the newest version that knows it."""
        label = next(
            program.history.lapses[id].label
            for program in reversed(self.versions)
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
                text = tell(self.language, "{event} → {state}", event=event, state=state)
            case StepCause.TERM:
                term = history.terms[step.id].label[self.language]
                text = tell(self.language, "{term} over → {state}", term=term, state=state)
            case StepCause.LAPSE:
                lapse = history.lapses[step.id]
                label = lapse.label[self.language]
                text = tell(self.language, "{lapse} → {state}", lapse=label, state=state)
                if not step.day.known:
                    text = self._missed(text, lapse, step.version)
            case _:
                assert_never(step.cause)
        turn = self.rounds(step.round)
        if turn:
            text = tell(self.language, "{text}, round {round}", text=text, round=turn)
        if step.cause is StepCause.NAMED:
            text = tell(
                self.language, "{text} [by its own wording, whatever the text says]", text=text
            )
        else:
            text = self.cited(text, taken.origin, step.version)
        if step.cause is StepCause.GAP:
            text = tell(
                self.language,
                "{text} – something that the sheet does not state must have happened before "
                "this",
                text=text,
            )
        text = text if taken.certain else tell(self.language, "{text} – not certain", text=text)
        return tell(self.language, "{day}: {text}", day=self.day(step.day), text=text)

    def _missed(self, said: str, lapse: Lapse, version: VersionIndex) -> str:
        """Add, in a language that has words for it, what a lapse of no one day follows."""
        deadlines = self.history(version).deadlines
        parts = {"text": said, **self._time_for(deadlines[lapse.missed], version)}
        if lapse.unless_missed is None:
            return tell(self.language, say("{text}", context="missed"), **parts)
        other = deadlines[lapse.unless_missed]
        parts |= {
            f"other_{one}": words for one, words in self._time_for(other, version).items()
        }
        template = say("{text}", context="missed-where-another-was-kept")
        return tell(self.language, template, office=self.office(other.office), **parts)

    def _time_for(self, deadline: Deadline, version: VersionIndex) -> dict[str, str]:
        """Say what a deadline is for, how long the time for it is, and from when."""
        wording = self.wordings[version]
        lasts = wording.parameter(deadline.within).value if deadline.within else None
        moments = (self.moment(moment, version) for moment in deadline.after)
        return {
            "duty": deadline.says[self.language],
            "period": wording.value(lasts) if lasts is not None else "",
            "moment": tell(self.language, " or ").join(moments),
        }

    def origins(self, position: Position) -> Iterator[tuple[VersionIndex, Origin]]:
        """Yield where all that is said of a position stands, by the version."""
        steps = [one for one in position.steps if one.step.cause is not StepCause.NAMED]
        yield from ((one.step.version, one.origin) for one in steps)
        yield from ((one.started.version, one.origin) for one in position.terms)
        yield from ((one.version, one.deadline.origin) for one in position.duties)
        yield from ((one.version, one.origin) for one in position.bars)
        yield from ((one.version, one.move.origin) for one in position.prospects)
