"""What a version says of time in words: each state, transition, term, deadline and lapse."""

from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from ipcity_policy.lang import core
from ipcity_policy.lang.time_limits import PERIOD_KINDS, Counting
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
from ipcity_policy.law.model import Localized, Origin
from ipcity_policy.law.program import Program
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import effect_said
from ipcity_policy.text.subject import EntryKind
from ipcity_policy.words.sentences import BASES

#: What stands under a kind of entry that says something of time.
OfTime: TypeAlias = State | Transition | Term | Deadline | Lapse | Derived

_SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "or": Localized(" or ", "或"),
        "comma": Localized(", ", "、"),
        "apart": Localized("; ", "；"),
        "quoted": Localized("“{text}”", "“{text}”"),
        "state": Localized("state: {label}", "状态：{label}"),
        "initial": Localized(
            "{text}, in which a subject stands before anything has happened",
            "{text}（初始状态）",
        ),
        "moves": Localized(
            "{event}: from {sources} to {target}", "{event}：由{sources}转为{target}"
        ),
        "any-state": Localized("any state", "任何状态"),
        "first": Localized("{text}, the first round", "{text}（第一轮）"),
        "next": Localized("{text}, the next round", "{text}（下一轮）"),
        "gives": Localized(
            "{text}; only if the answer to “{asks}” is: {outcome}",
            "{text}；前提是“{asks}”的结论为：{outcome}",
        ),
        "needs": Localized("{text}; only if: {condition}", "{text}；前提是：{condition}"),
        "causes": Localized("{text}; legal effect: {effect}", "{text}；法律效果：{effect}"),
        "term": Localized(
            "{label}: {period} from the day on which this state begins: {state}",
            "{label}：自进入下列状态之日起{period}：{state}",
        ),
        "then": Localized("{text}; then: {state}", "{text}；期满转为：{state}"),
        "through": Localized(
            "{text}; it goes on through: {states}", "{text}；转入下列状态后继续：{states}"
        ),
        "holds-back": Localized(
            "{text}; before its last day these move nothing: {events}",
            "{text}；最后一日之前下列事件不改变状态：{events}",
        ),
        "later-rounds": Localized(
            "{text}; that this holds in a later round: {basis}", "{text}；后续各轮亦然：{basis}"
        ),
        "not-before": Localized(
            "{text}; owed only by one that stood there on {day} of the year before",
            "{text}；仅限上一年{day}已处于该状态者",
        ),
        "in-term": Localized(
            "{text}; only where that day lies in the term: {term}",
            "{text}；仅限该日在下列期间之内：{term}",
        ),
        "within": Localized(
            "{says}, within {period} after {moment}", "{moment}后{period}内{says}"
        ),
        "each-year": Localized("{says}, by {day} of each year", "每年{day}以前{says}"),
        "day": Localized("{day} {month}", "{number}月{day}日"),
        "duty-of": Localized("{text}; by whom: {office}", "{text}；义务人：{office}"),
        "option-of": Localized(
            "{text}; an option, not a duty, of: {office}", "{text}；可选而非义务，由：{office}"
        ),
        "met-by": Localized("{text}; met by: {events}", "{text}；以下列事件为履行：{events}"),
        "during": Localized(
            "{text}; owed only in the state: {states}", "{text}；仅限状态：{states}"
        ),
        "early": Localized("{text}; earlier counts too", "{text}；提前履行有效"),
        "judged": Localized(
            "{text}; judged by the text in force at {moment}",
            "{text}；适用{moment}时有效的文本",
        ),
        "opening-counts": Localized("the opening day counts", "开始当日计入"),
        "opening-not": Localized("the opening day does not count", "开始当日不计入"),
        "closing-counts": Localized("the last day still belongs to the period", "最后一日计入"),
        "closing-not": Localized(
            "the last day no longer belongs to the period", "最后一日不计入"
        ),
        "rest-stays": Localized("an end on a rest day stays", "期满逢休息日不顺延"),
        "rest-moves": Localized(
            "an end on a rest day moves to the next working day", "期满逢休息日顺延至工作日"
        ),
        "rest-moves-some": Localized(
            "the end of {kinds} on a rest day moves to the next working day",
            "{kinds}期满逢休息日的顺延至工作日",
        ),
        "kind-terms": Localized("a term", "周期"),
        "kind-deadlines": Localized("the time for a duty", "义务期限"),
        "kind-bars": Localized("a bar", "限制期"),
        "rest-not-carried": Localized(
            "what follows is reckoned from the day that did not move",
            "后续期间仍自未顺延之日起算",
        ),
        "start": Localized("the start of the {term}", "{term}开始"),
        "end": Localized("the end of the {term}", "{term}届满"),
        "lapse": Localized(
            "{label}: from {sources} to {target}, where this was not done in time: {duty}",
            "{label}：未按期{duty}的，由{sources}转为{target}",
        ),
        "unless": Localized(
            "{text}; but not if the {office} did not do this in time: {duty}",
            "{text}；但{office}未按期{duty}的除外",
        ),
        "if": Localized(
            "{text}; and only if the {office} did not do this in time: {duty}",
            "{text}；且仅限{office}未按期{duty}的情形",
        ),
        "derived": Localized("{fact}: {source}", "{fact}：{source}"),
        "day-of": Localized("the latest day of {names}", "{names}的最近日期"),
        "of-start": Localized("the first day of the {term}", "{term}的首日"),
        "of-end": Localized("the last day of the {term}", "{term}的最后一日"),
        "of-duty": Localized(
            "the last day of the time for this: {duty}", "下列事项期限的最后一日：{duty}"
        ),
        "since": Localized("since when it has stood in {states}", "自进入{states}之日"),
        "by-round": Localized("{text}, of the latest round", "{text}（仅计最近一轮）"),
        "lost-in": Localized(
            "{text}; a stay before no longer counts in {states}",
            "{text}；进入{states}后，此前的不再计入",
        ),
        "by-state": Localized("{option} in {states}", "{states}：{option}"),
        "barred": Localized(
            "whether a bar on {application} runs", "是否处于不得{application}的限制期内"
        ),
        "by-year": Localized(
            "by year, what is stated of {fact} with {event}", "按年度取随{event}填报的{fact}"
        ),
    }
)


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

    def say(self, key: str, **parts: str) -> str:
        """Fill a sentence."""
        return _SENTENCES[key][self.language].format(**parts)

    def text(self, entry: OfTime) -> str:
        """Say an entry."""
        match entry:
            case State():
                text = self.say("state", label=entry.label[self.language])
                return self.say("initial", text=text) if entry.initial else text
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
        return self.say("comma").join(
            (
                self.say("opening-counts" if counting.opening_day else "opening-not"),
                self.say("closing-counts" if counting.closing_day else "closing-not"),
                *self._rest(counting),
            )
        )

    def _rest(self, counting: Counting) -> Iterator[str]:
        if counting.rest_days is None:
            yield self.say("rest-stays")
            return
        if counting.moved == PERIOD_KINDS:
            yield self.say("rest-moves")
        else:
            kinds = (self.say(f"kind-{one}") for one in sorted(counting.moved))
            yield self.say("rest-moves-some", kinds=self.say("or").join(kinds))
        if not counting.carried:
            yield self.say("rest-not-carried")

    def _transition(self, move: Transition) -> str:
        text = self.say(
            "moves",
            event=self.event(move.event),
            sources=self.states(move.sources) if move.sources else self.say("any-state"),
            target=self.state(move.target),
        )
        text = text if move.round == "same" else self.say(move.round, text=text)
        if move.guard is not None:
            decision = self.program.decisions[move.guard.decision]
            row = next(row for row in decision.outcomes if row.outcome == move.guard.outcome)
            asks, outcome = decision.asks[self.language], row.says[self.language]
            text = self.say("gives", text=text, asks=asks, outcome=outcome)
        if move.condition is not None:
            condition = self.wording.condition(move.condition)
            text = self.say("needs", text=text, condition=condition)
        return self._with_effects(text, move.effects, move.origin)

    def _term(self, term: Term) -> str:
        label, period = term.label[self.language], self._period(term.lasts)
        text = self.say("term", label=label, period=period, state=self.state(term.state))
        text = self.say("then", text=text, state=self.state(term.then)) if term.then else text
        if term.through:
            text = self.say("through", text=text, states=self.states(term.through))
        if term.holds_back:
            events = self._either(map(self.event, term.holds_back))
            text = self.say("holds-back", text=text, events=events)
        if term.later_rounds is not None:
            basis = BASES[term.later_rounds][self.language]
            text = self.say("later-rounds", text=text, basis=basis)
        return text

    def _deadline(self, deadline: Deadline) -> str:
        says = deadline.says[self.language]
        if deadline.within is not None:
            period = self._period(deadline.within)
            moment = self._either(map(self.moment, deadline.after))
            text = self.say("within", says=says, period=period, moment=moment)
        else:
            assert (
                deadline.each_year_by is not None
            )  # INVARIANT: a deadline is one of two kinds
            text = self.say("each-year", says=says, day=self._day(deadline.each_year_by))
        if deadline.office in self.vocabulary.offices:
            office = self.vocabulary.offices[deadline.office][self.language]
            whose = "option-of" if deadline.option else "duty-of"
            text = self.say(whose, text=text, office=office)
        text = self.say(
            "met-by", text=text, events=self._either(map(self.event, deadline.met_by))
        )
        if deadline.during:
            text = self.say("during", text=text, states=self.states(deadline.during))
        if deadline.not_before is not None:
            text = self.say("not-before", text=text, day=self._day(deadline.not_before))
        if deadline.in_term is not None:
            label = self.history.terms[deadline.in_term].label[self.language]
            text = self.say("in-term", text=text, term=label)
        if deadline.governed_by is not None:
            text = self.say("judged", text=text, moment=self.moment(deadline.governed_by))
        return self.say("early", text=text) if deadline.early else text

    def _day(self, of_year: tuple[int, int]) -> str:
        number, day = of_year
        parts = {"month": month_name[number], "number": str(number), "day": str(day)}
        return self.say("day", **parts)

    def _lapse(self, lapse: Lapse) -> str:
        duty = self.history.deadlines[lapse.missed].says[self.language]
        text = self.say(
            "lapse",
            label=lapse.label[self.language],
            sources=self.states(lapse.sources),
            target=self.state(lapse.target),
            duty=duty,
        )
        if lapse.unless_missed is not None:
            other = self.history.deadlines[lapse.unless_missed]
            office = self.vocabulary.offices[other.office][self.language]
            duty = other.says[self.language]
            text = self.say("unless", text=text, office=office, duty=duty)
        if lapse.if_missed is not None:
            other = self.history.deadlines[lapse.if_missed]
            office = self.vocabulary.offices[other.office][self.language]
            text = self.say("if", text=text, office=office, duty=other.says[self.language])
        return self._with_effects(text, lapse.effects, lapse.origin)

    def _derived(self, derived: Derived) -> str:
        source = self._source(derived)
        return self.say("derived", fact=self.wording.label(derived.fact), source=source)

    def _source(self, derived: Derived) -> str:
        match derived.source:
            case DayOf(names):
                return self.say("day-of", names=self._either(map(self.happening, names)))
            case OfTerm(term, which):
                label = self.history.terms[term].label[self.language]
                return self.say(f"of-{which}", term=label)
            case OfDuty(deadline):
                duty = self.history.deadlines[deadline].says[self.language]
                return self.say("of-duty", duty=duty)
            case Since(states, lost_in, by_round):
                text = self.say("since", states=self.states(states))
                text = self.say("by-round", text=text) if by_round else text
                if not lost_in:
                    return text
                return self.say("lost-in", text=text, states=self.states(lost_in))
            case ByState(options):
                fact = self.vocabulary.facts[derived.fact]
                said = (
                    self.say(
                        "by-state",
                        option=fact.options[option][self.language],
                        states=self.states(states),
                    )
                    for option, states in options.items()
                )
                return self.say("apart").join(said)
            case Barred(application):
                label = self.vocabulary.applications[application][self.language]
                return self.say("barred", application=label)
            case ByYear(event, fact):
                label = self.wording.label(fact)
                return self.say("by-year", fact=label, event=self.event(event))

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
        return self.say(moment.of, term=self.history.terms[moment.name].label[self.language])

    def _quoted(self, text: str) -> str:
        return self.say("quoted", text=text)

    def _either(self, names: Iterable[str]) -> str:
        return self.say("or").join(names)

    def _period(self, parameter: str) -> str:
        return self.wording.value(self.wording.parameter(parameter).value)

    def _with_effects(self, text: str, effects: tuple[core.Effect, ...], origin: Origin) -> str:
        said = self.say("apart").join(effect_said(one, origin, self.wording) for one in effects)
        return self.say("causes", text=text, effect=said) if said else text
