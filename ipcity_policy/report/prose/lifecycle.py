"""What a version says of time in words: each state, transition, term, deadline and lapse."""

from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, assert_never

from ipcity_policy.lang import core
from ipcity_policy.lang.time_limits import PERIOD_KINDS, Counting, PeriodKind
from ipcity_policy.law.lifecycle import (
    Barred,
    ByState,
    ByYear,
    DayOf,
    Deadline,
    Derived,
    History,
    Lapse,
    Moment,
    OfDuty,
    OfTerm,
    Since,
    State,
    Term,
    Transition,
)
from ipcity_policy.law.model import Origin
from ipcity_policy.law.program import Program
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import effect_said
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.text.subject import EntryKind
from ipcity_policy.words.sentences import basis_word, moment_of

#: What stands under a kind of entry that says something of time.
OfTime: TypeAlias = State | Transition | Term | Deadline | Lapse | Derived


def of_time(history: History) -> Mapping[EntryKind, Mapping[str, OfTime]]:
    """Return the entries that say something of time, by their kinds."""
    return {
        EntryKind.STATE: history.states,
        EntryKind.TRANSITION: history.transitions,
        EntryKind.TERM: history.terms,
        EntryKind.DEADLINE: history.deadlines,
        EntryKind.LAPSE: history.lapses,
        EntryKind.DERIVED: history.derived,
    }


class LawOfTime:
    """Says what one version says of time."""

    def __init__(self, program: Program, wording: Wording) -> None:
        self.program, self.wording = program, wording
        self.history, self.language = program.history, wording.language
        self.vocabulary = wording.vocabulary

    def text(self, entry: OfTime) -> str:
        """Say an entry."""
        match entry:
            case State():
                text = tell(self.language, "state: {label}", label=entry.label[self.language])
                return (
                    tell(
                        self.language,
                        "{text}, the state before anything has happened",
                        text=text,
                    )
                    if entry.initial
                    else text
                )
            case Transition():
                return self._transition(entry)
            case Term():
                return self._term(entry)
            case Deadline():
                return self._deadline(entry)
            case Lapse():
                return self._lapse(entry)
        return self._derived(entry)

    def counting(self) -> str:
        """Say how days are counted."""
        counting = self.history.counting
        return tell(self.language, ", ").join(
            (
                tell(
                    self.language,
                    "the opening day counts"
                    if counting.opening_day
                    else "the opening day does not count",
                ),
                tell(
                    self.language,
                    "the last day still belongs to the period"
                    if counting.closing_day
                    else "the last day no longer belongs to the period",
                ),
                *self._rest(counting),
            )
        )

    def _rest(self, counting: Counting) -> Iterator[str]:
        if counting.rest_days is None:
            yield tell(self.language, "an end on a rest day stays")
            return
        if counting.moved == PERIOD_KINDS:
            yield tell(self.language, "an end on a rest day moves to the next working day")
        else:
            kinds = (_period(one)[self.language] for one in sorted(counting.moved))
            yield tell(
                self.language,
                "the end of {kinds} on a rest day moves to the next working day",
                kinds=tell(self.language, " or ").join(kinds),
            )
        if not counting.carried:
            yield tell(
                self.language, "what follows is calculated from the day that did not move"
            )

    def _transition(self, move: Transition) -> str:
        text = tell(
            self.language,
            "{event}: from {sources} to {target}",
            event=self.event(move.event),
            sources=self.states(move.sources)
            if move.sources
            else tell(self.language, "any state"),
            target=self.state(move.target),
        )
        if move.round != "same":
            text = tell(
                self.language,
                "{text}, the first round"
                if move.round == "first"
                else "{text}, the next round",
                text=text,
            )
        if move.guard is not None:
            decision = self.program.decisions[move.guard.decision]
            row = next(row for row in decision.outcomes if row.outcome == move.guard.outcome)
            asks, outcome = decision.asks[self.language], row.says[self.language]
            text = tell(
                self.language,
                "{text}; only if the answer to “{asks}” is: {outcome}",
                text=text,
                asks=asks,
                outcome=outcome,
            )
        if move.condition is not None:
            condition = self.wording.condition(move.condition)
            text = tell(
                self.language, "{text}; only if: {condition}", text=text, condition=condition
            )
        return self._with_effects(text, move.effects, move.origin)

    def _term(self, term: Term) -> str:
        label, period = term.label[self.language], self._period(term.lasts)
        text = tell(
            self.language,
            "{label}: {period} from the day on which this state begins: {state}",
            label=label,
            period=period,
            state=self.state(term.state),
        )
        if term.then:
            text = tell(
                self.language, "{text}; then: {state}", text=text, state=self.state(term.then)
            )
        if term.through:
            text = tell(
                self.language,
                "{text}; it continues in: {states}",
                text=text,
                states=self.states(term.through),
            )
        if term.holds_back:
            events = self._either(map(self.event, term.holds_back))
            text = tell(
                self.language,
                "{text}; before its last day these change no state: {events}",
                text=text,
                events=events,
            )
        if term.later_rounds is not None:
            basis = basis_word(term.later_rounds, self.language)
            text = tell(
                self.language,
                "{text}; that this holds in a later round: {basis}",
                text=text,
                basis=basis,
            )
        return text

    def _deadline(self, deadline: Deadline) -> str:
        says = deadline.says[self.language]
        if deadline.within is not None:
            period = self._period(deadline.within)
            moment = self._either(map(self.moment, deadline.after))
            text = tell(
                self.language,
                "{says}, within {period} after {moment}",
                says=says,
                period=period,
                moment=moment,
            )
        else:
            assert (
                deadline.each_year_by is not None
            )  # INVARIANT: a deadline is one of two kinds
            text = tell(
                self.language,
                "{says}, by {day} of each year",
                says=says,
                day=self._day(deadline.each_year_by),
            )
        if deadline.office in self.vocabulary.offices:
            office = self.vocabulary.offices[deadline.office][self.language]
            whose = (
                say("{text}; an option, not a duty, of: {office}")
                if deadline.option
                else say("{text}; by whom: {office}")
            )
            text = tell(self.language, whose, text=text, office=office)
        text = tell(
            self.language,
            "{text}; met by: {events}",
            text=text,
            events=self._either(map(self.event, deadline.met_by)),
        )
        if deadline.during:
            text = tell(
                self.language,
                "{text}; owed only in the state: {states}",
                text=text,
                states=self.states(deadline.during),
            )
        if deadline.not_before is not None:
            text = tell(
                self.language,
                "{text}; owed only if the subject was in that state on {day} of the year "
                "before",
                text=text,
                day=self._day(deadline.not_before),
            )
        if deadline.in_term is not None:
            label = self.history.terms[deadline.in_term].label[self.language]
            text = tell(
                self.language,
                "{text}; only where that day lies in the term: {term}",
                text=text,
                term=label,
            )
        if deadline.governed_by is not None:
            text = tell(
                self.language,
                "{text}; judged by the text in force at {moment}",
                text=text,
                moment=self.moment(deadline.governed_by),
            )
        return (
            tell(self.language, "{text}; an earlier act counts too", text=text)
            if deadline.early
            else text
        )

    def _day(self, of_year: tuple[int, int]) -> str:
        number, day = of_year
        parts = {"month": month_name[number], "number": str(number), "day": str(day)}
        return tell(self.language, "{day} {month}", **parts)

    def _lapse(self, lapse: Lapse) -> str:
        duty = self.history.deadlines[lapse.missed].says[self.language]
        text = tell(
            self.language,
            "{label}: from {sources} to {target}, where this was not done in time: {duty}",
            label=lapse.label[self.language],
            sources=self.states(lapse.sources),
            target=self.state(lapse.target),
            duty=duty,
        )
        if lapse.unless_missed is not None:
            other = self.history.deadlines[lapse.unless_missed]
            office = self.vocabulary.offices[other.office][self.language]
            duty = other.says[self.language]
            text = tell(
                self.language,
                "{text}; but not if the {office} did not do this in time: {duty}",
                text=text,
                office=office,
                duty=duty,
            )
        if lapse.if_missed is not None:
            other = self.history.deadlines[lapse.if_missed]
            office = self.vocabulary.offices[other.office][self.language]
            text = tell(
                self.language,
                "{text}; and only if the {office} did not do this in time: {duty}",
                text=text,
                office=office,
                duty=other.says[self.language],
            )
        return self._with_effects(text, lapse.effects, lapse.origin)

    def _derived(self, derived: Derived) -> str:
        source = self._source(derived)
        return tell(
            self.language,
            "{fact}: {source}",
            fact=self.wording.label(derived.fact),
            source=source,
        )

    def _source(self, derived: Derived) -> str:
        match derived.source:
            case DayOf(names):
                return tell(
                    self.language,
                    "the latest day of {names}",
                    names=self._either(map(self.happening, names)),
                )
            case OfTerm(term, which):
                label = self.history.terms[term].label[self.language]
                return tell(
                    self.language,
                    "the first day of the {term}"
                    if which == "start"
                    else "the last day of the {term}",
                    term=label,
                )
            case OfDuty(deadline):
                duty = self.history.deadlines[deadline].says[self.language]
                return tell(
                    self.language, "the last day of the time for this: {duty}", duty=duty
                )
            case Since(states, lost_in, by_round):
                text = tell(
                    self.language,
                    "the day since which it has been in {states}",
                    states=self.states(states),
                )
                if by_round:
                    text = tell(self.language, "{text}, of the latest round", text=text)
                if not lost_in:
                    return text
                return tell(
                    self.language,
                    "{text}; an earlier stay no longer counts in {states}",
                    text=text,
                    states=self.states(lost_in),
                )
            case ByState(options):
                fact = self.vocabulary.facts[derived.fact]
                said = (
                    tell(
                        self.language,
                        "{option} in {states}",
                        option=fact.options[option][self.language],
                        states=self.states(states),
                    )
                    for option, states in options.items()
                )
                return tell(self.language, "; ").join(said)
            case Barred(application):
                label = self.vocabulary.applications[application][self.language]
                return tell(
                    self.language, "whether a bar on {application} runs", application=label
                )
            case ByYear(event, fact):
                label = self.wording.label(fact)
                return tell(
                    self.language,
                    "by year, what is stated of {fact} with {event}",
                    fact=label,
                    event=self.event(event),
                )

    # Names

    def state(self, id: str) -> str:
        """Name a state."""
        return self._quoted(self.history.states[id].label[self.language])

    def states(self, ids: Iterable[str]) -> str:
        """Name states of which one is meant."""
        return self._either(map(self.state, ids))

    def event(self, kind: str) -> str:
        """Name a kind of event."""
        return self._quoted(self.vocabulary.events[kind].label[self.language])

    def happening(self, name: str) -> str:
        """Name a kind of event or a lapse."""
        if name in self.history.lapses:
            return self._quoted(self.history.lapses[name].label[self.language])
        return self.event(name)

    def moment(self, moment: Moment) -> str:
        """Name a moment."""
        if moment.of == "event":
            return self.event(moment.name)
        term = self.history.terms[moment.name].label[self.language]
        return moment_of(term, moment.of, self.language)

    def _quoted(self, text: str) -> str:
        return tell(self.language, "“{text}”", text=text)

    def _either(self, names: Iterable[str]) -> str:
        return tell(self.language, " or ").join(names)

    def _period(self, parameter: str) -> str:
        return self.wording.value(self.wording.parameter(parameter).value)

    def _with_effects(self, text: str, effects: tuple[core.Effect, ...], origin: Origin) -> str:
        said = tell(self.language, "; ").join(
            effect_said(one, origin, self.wording) for one in effects
        )
        return (
            tell(self.language, "{text}; legal effect: {effect}", text=text, effect=said)
            if said
            else text
        )


def _period(kind: PeriodKind) -> Message:
    match kind:
        case "terms":
            return say("a term", context="kind-terms")
        case "deadlines":
            return say("the time for a duty")
        case "bars":
            return say("a bar")
        case _:
            assert_never(kind)
