"""An empty fact sheet with its questions: what an office fills in."""

from collections.abc import Iterator
from typing import assert_never

from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import (
    ChoiceType,
    DateType,
    DocumentType,
    FactType,
    NumberType,
    PeriodType,
    RankType,
    SeriesType,
    SetType,
    TextType,
)
from ipcity_policy.lang.literals import number_text
from ipcity_policy.law.model import Basis, Fact, Localized, strongest
from ipcity_policy.law.program import Program
from ipcity_policy.law.relations import ITS_YEAR
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.words.sentences import BASES
from ipcity_policy.words.wrapping import wrap

_WIDTH = 88
_SENTENCES = {
    "head": Localized("A fact sheet for {title} ({id}).", "《{title}》（{id}）事实表。"),
    "question": Localized("It answers: {asks}", "用于回答：{asks}"),
    "also": Localized(
        "It also asks for what another question needs: {asks}",
        "并收集另一问题所需的事实：{asks}",
    ),
    "how": Localized(
        "Write what is known in place of `unknown`. A fact may carry who stated it, when, and "
        "where it was read: {example}",
        "请以已知内容替换 unknown。事实可以注明由谁、何时填报以及来源：{example}",
    ),
    "in-part": Localized(
        "What is known in part is written so: `5 to 9{unit}`, `at least 5{unit}`, `at most "
        "9{unit}`; `2001-05-17 to 2001-06-03`, `on or before 2001-05-17`, `on or after "
        "2001-05-17`; of an option `{{one of: [this, that]}}`; `{{rank: 5 to 9, of: 40 to "
        "60}}`, `{{rank: last, of: 40}}`.",
        "只知一部分的，写作 5 to 9{unit}、at least 5{unit}、at most 9{unit}；"
        "2001-05-17 to 2001-06-03、on or before 2001-05-17、on or after 2001-05-17；"
        "选项写作 {{one of: [this, that]}}；{{rank: 5 to 9, of: 40 to 60}}、"
        "{{rank: last, of: 40}}。",
    ),
    "name-en": Localized("the name in English", "英文名称"),
    "name-zh": Localized("the name in Chinese", "中文名称"),
    "number": Localized(
        "a number of {unit}, such as `{example}`", "数值，单位{unit}，如 {example}"
    ),
    "join": Localized(", ", "，"),
    "from": Localized("{low} or more", "不低于{low}"),
    "to": Localized("{high} or less", "不高于{high}"),
    "whole": Localized(
        "a whole number of {unit}, such as `{example}`", "整数，单位{unit}，如 {example}"
    ),
    "count": Localized("a whole number, such as `3`", "整数，如 3"),
    "period": Localized("a length of time, such as `{example}`", "期间，如 {example}"),
    "rank": Localized(
        "the place and how many there are among the {cohort}: `{example}`",
        "名次及{cohort}总数：{example}",
    ),
    "series": Localized(
        "year by year, such as `{example}`; each year:", "逐年填报，如 {example}；每年："
    ),
    "set": Localized(
        "a list of all that there are, such as `{example}`; or each with yes, no or unknown",
        "列出全部，如 {example}；或逐项填 yes、no、unknown",
    ),
    "document": Localized(
        "`yes` / `no`, or with who submitted it and when: `{example}`",
        "yes / no，或注明由谁、何时提交：{example}",
    ),
    "finding": Localized(
        "a judgement, with the office that made it: `{example}`",
        "由有关部门作出的判断，注明部门：{example}",
    ),
    "date": Localized(
        "a day, or only its month or year: `2001-05-17`, `2001-05`, `2001`",
        "日期，或仅年月、年份：2001-05-17、2001-05、2001",
    ),
    "choice": Localized("one of these:", "选填其一："),
    "option": Localized("`{name}`: {label}", "{name}：{label}"),
    "by": Localized("stated by the {offices}", "由{offices}填报"),
    "scores": Localized(
        "the score of: {title} ({system}), {most}", "计分指标：{title}（{system}），{most}"
    ),
    "at-most": Localized("at most {points}", "至多{points}"),
    "scored-by": Localized("scored by: {title}, {most}", "计分所依：{title}，{most}"),
    "of": Localized("only where there is: {facts}", "仅在具备以下事项时填报：{facts}"),
    "of-each": Localized("of each of these anew: {events}", "每次分别填报：{events}"),
    "no-more-than": Localized("no more than: {fact}", "不大于：{fact}"),
    "not-before": Localized("not before: {names}", "不早于：{names}"),
    "its-year": Localized("the year that it is about", "其所针对的年度"),
    "after-label": Localized("{said}; {more}", "{said}；{more}"),
    "no-points": Localized("its points are not known", "分值不详"),
    "measured": Localized("measured: {unit}", "计量：{unit}"),
    "reverse": Localized("the less the better", "逆向指标"),
    "events": Localized(
        "What happened, in any order, as a list of such events: {example}",
        "所发生的事件，不论顺序，逐项列出，如 {example}",
    ),
    "event-by": Localized(
        "`{name}`: {label}, an act of the {offices}", "{name}：{label}，由{offices}作出"
    ),
    "known-until": Localized(
        "Of one that did not happen write `on: never`. Where every event up to a day is "
        "listed, add that day: {example}",
        "未曾发生的写 on: never。某日以前的事件已全部列出的，请注明该日：{example}",
    ),
    "asked-by": Localized("asked by {cites}", "依据{cites}"),
    "on-basis": Localized("{cite} ({basis})", "{cite}（{basis}）"),
}


def sheet_form(
    program: Program, decision: str | None, language: str, schema: str | None = None
) -> str:
    """Return an empty sheet for one decision, or for everything a version may ask.

    With `schema` its first line tells an editor where the schema of the sheet is.
    """
    lines = [] if schema is None else [f"# yaml-language-server: $schema={schema}"]
    return "\n".join([*lines, *SheetForm(program, decision, language).lines()]) + "\n"


class SheetForm:
    """What a sheet is asked for one decision, or for all of a version, in one language."""

    def __init__(self, program: Program, decision: str | None, language: str) -> None:
        self.program = program
        self.decision = decision
        self.language = language
        self.wording = Wording(program.vocabulary, language, program)

    def say(self, key: str, **parts: str) -> str:
        """Fill a sentence."""
        return _SENTENCES[key][self.language].format(**parts)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the sheet."""
        vocabulary = self.program.vocabulary
        title = self.program.title[self.language]
        yield from self._comment("", self.say("head", title=title, id=self.program.id))
        for question in self.questions():
            yield from self._comment("", question)
        example = "{value: …, by: …, on: 2001-05-17, source: …}"
        yield from self._comment("", self.say("how", example=example))
        yield from self._comment("", self.say("in-part", unit=self._a_unit()))
        yield from ("sheet: 1", f"measure: {vocabulary.measure}", f"{vocabulary.subject}:")
        yield f"  name-en: {_SENTENCES['name-en'].en}"
        yield f"  name-zh: {_SENTENCES['name-zh'].zh}"
        for fact in self.facts(of_subject=True):
            yield from self._fact(fact)
        yield "facts:"
        for fact in self.facts(of_subject=False):
            yield from self._fact(fact)
        yield from self._events()

    @property
    def decisions(self) -> tuple[str, ...]:
        """The decisions whose facts are asked for."""
        if self.decision is None:
            return tuple(self.program.decisions)
        return self.program.asked_with(self.decision)

    def questions(self) -> tuple[str, ...]:
        """Say what a sheet for one decision answers, and for what else it asks."""
        if self.decision is None:
            return ()
        return tuple(
            self.say(
                "question" if name == self.decision else "also",
                asks=self.program.decisions[name].asks[self.language],
            )
            for name in self.decisions
        )

    def facts(self, *, of_subject: bool) -> tuple[Fact, ...]:
        """Return the facts that are asked: those of the subject's own block, or the others."""
        return tuple(
            fact
            for fact in self.program.vocabulary.facts.values()
            if fact.of_subject is of_subject
            and (
                self.decision is None
                or any(fact.key in self.program.reach(one) for one in self.decisions)
            )
        )

    def _events(self) -> Iterator[str]:
        """Yield the list of events, for all of a version or where a fact follows from them."""
        history, vocabulary = self.program.history, self.program.vocabulary
        known = history.events()
        kinds = [kind for name, kind in vocabulary.events.items() if name in known]
        asked = (*self.facts(of_subject=True), *self.facts(of_subject=False))
        follows = any(fact.id in history.derived for fact in asked)
        if not kinds or (self.decision is not None and not follows):
            return
        example = f"{{event: {kinds[0].id}, on: 2001-05-17, by: …, source: …}}"
        yield from self._comment("", self.say("events", example=example))
        for kind in kinds:
            parts = {"name": kind.id, "label": kind.label[self.language]}
            acts = self.say("event-by", offices=self._offices(kind.offices), **parts)
            said = acts if kind.offices else self.say("option", **parts)
            if kind.not_before:
                more = self.say("not-before", names=self._labels(kind.not_before))
                said = self.say("after-label", said=said, more=more)
            yield from self._comment("    ", said)
        example = "events-known-until: 2001-05-17"
        yield from self._comment("", self.say("known-until", example=example))
        yield "events: []"

    def _offices(self, names: tuple[str, ...]) -> str:
        offices = self.program.vocabulary.offices
        labels = (offices[name][self.language] for name in names if name in offices)
        return self.wording.say("list_or").join(labels)

    def _fact(self, fact: Fact) -> Iterator[str]:
        yield from self._comment("  ", fact.asks[self.language])
        for detail in (*self.details(fact), self.form(fact)):
            yield from self._comment("    ", detail) if detail else ()
        if fact.kind in ("choice", "set", "series") and fact.options:
            for name, label in fact.options.items():
                said = self.say("option", name=name, label=label[self.language])
                yield from self._comment("      ", said)
        yield f"  {fact.id}: unknown"

    def details(self, fact: Fact) -> tuple[str, ...]:
        """Return who states a fact, and which provisions ask for it."""
        details: list[str] = []
        if fact.offices:
            details.append(self.say("by", offices=self._offices(fact.offices)))
        cites = self.wording.say("comma").join(self._cites(fact))
        if cites:
            details.append(self.say("asked-by", cites=cites))
        return (*details, *self._scores(fact), *self._relations(fact))

    def _relations(self, fact: Fact) -> Iterator[str]:
        """Say what a fact has to do with others by its meaning."""
        events = self.program.vocabulary.events.keys()
        if events.isdisjoint(fact.of) and fact.of:
            yield self.say("of", facts=self._labels(fact.of))
        elif fact.of:
            yield self.say("of-each", events=self._labels(fact.of))
        if fact.at_most is not None:
            yield self.say("no-more-than", fact=self._labels((fact.at_most,)))
        if fact.not_before:
            yield self.say("not-before", names=self._labels(fact.not_before))

    def _labels(self, names: tuple[str, ...]) -> str:
        """Name facts, events and the year that an event is about, any one of which will do."""
        vocabulary, language = self.program.vocabulary, self.language
        known = {ITS_YEAR: self.say("its-year")}
        known |= {id: fact.label[language] for id, fact in vocabulary.facts.items()}
        known |= {id: kind.label[language] for id, kind in vocabulary.events.items()}
        return self.wording.say("list_or").join(known[name] for name in names)

    def _scores(self, fact: Fact) -> Iterator[str]:
        """Say which indicator a fact is the score of, and how much that may be."""
        for system in self.program.systems.values():
            if fact.id in system.bounds:
                most = self.say("at-most", points=self.wording.value(system.whole))
                title = system.title[self.language]
                yield self.say("scored-by", title=title, most=most)
            for row in system.indicators():
                if row.fact != fact.id:
                    continue
                most = self.say("no-points")
                if row.points is not None:
                    points = self.wording.value(system.amount(row.points))
                    most = self.say("at-most", points=points)
                said = [most] if row.unit is None else [most, self._measured(row.unit)]
                said += [self.say("reverse")] if row.reverse else []
                title, name = row.title[self.language], system.title[self.language]
                most = self.say("join").join(said)
                yield self.say("scores", title=title, system=name, most=most)

    def _measured(self, unit: Localized) -> str:
        return self.say("measured", unit=unit[self.language])

    def form(self, fact: Fact) -> str:
        """Say how a fact is written; nothing of a text."""
        if fact.kind == "finding":
            office = next(iter(fact.offices), "…")
            return self.say("finding", example=f"{{value: met, by: {office}, on: 2001-05-17}}")
        return self.typed(fact.datatype)

    def typed(self, datatype: FactType) -> str:
        """Say how a value of a type is written."""
        match datatype:
            case NumberType():
                return self._number(datatype)
            case PeriodType(unit):
                return self.say("period", example=f"6 {unit}")
            case DateType():
                return self.say("date")
            case ChoiceType(("yes", "no")):
                return "`yes` / `no`"
            case ChoiceType():
                return self.say("choice")
            case RankType(cohort):
                label = self.program.vocabulary.cohorts[cohort][self.language]
                return self.say("rank", cohort=label, example="{rank: 3, of: 25}")
            case SeriesType(each):
                example = self._example(each)
                years = f"{{2001: {example}, 2002: unknown}}"
                return f"{self.say('series', example=years)} {self.typed(each)}"
            case SetType(options):
                return self.say("set", example=f"[{', '.join(options[:2])}]")
            case DocumentType():
                return self.say("document", example="{submitted: yes, by: …, on: 2001-05-17}")
            case TextType():
                return ""
            case _:
                assert_never(datatype)

    def _number(self, datatype: NumberType) -> str:
        unit, low, high = datatype.unit, datatype.low, datatype.high
        if unit:
            label = self.program.vocabulary.units[unit].label[self.language]
            key = "whole" if datatype.whole else "number"
            said = [self.say(key, unit=label, example=self._example(datatype))]
        else:
            said = [self.say("count")]
        if low is not None:
            said.append(self.say("from", low=number_text(low)))
        if high is not None:
            said.append(self.say("to", high=number_text(high)))
        return self.say("join").join(said)

    def _a_unit(self) -> str:
        """Return a unit of one of the facts after a space; nothing where there is none."""
        facts = (*self.facts(of_subject=True), *self.facts(of_subject=False))
        types = (fact.datatype for fact in facts)
        units = (one.unit for one in types if isinstance(one, NumberType) and one.unit)
        return next((f" {unit}" for unit in units), "")

    def _example(self, datatype: NumberType | ChoiceType) -> str:
        if isinstance(datatype, ChoiceType):
            return datatype.options[0]
        return f"1 {datatype.unit}".strip()

    def _cites(self, fact: Fact) -> Iterator[str]:
        """Cite the provisions under which something asks for a fact."""
        wanted = fact.key
        cited: dict[str, Basis] = {}
        for decision in (self.program.decisions[name] for name in self.decisions):
            reach = self.program.reach(decision.id)
            asking = [
                (core.names(row.condition), row.origin)
                for row in decision.outcomes
                if row.condition is not None
            ]
            asking += [
                (rule.names, rule.origin)
                for rule in self.program.rules.values()
                if rule.key in reach
            ]
            asking += [
                (core.named(quantity.expression), quantity.origin)
                for quantity in self.program.quantities.values()
                if quantity.key in reach
            ]
            for names, origin in asking:
                if wanted in names:
                    cite = self.wording.origin(origin)
                    cited[cite] = strongest((origin.basis, cited.get(cite, origin.basis)))
        for cite, basis in cited.items():
            said = BASES[basis][self.language]
            attested = basis is Basis.ATTESTED
            yield cite if attested else self.say("on-basis", cite=cite, basis=said)

    def _comment(self, indent: str, text: str) -> Iterator[str]:
        for line in wrap(text, _WIDTH - len(indent) - 2):
            # What is deeper is so within the remark: all of them stand where the fact does.
            yield f"{indent[:2]}# {indent[2:]}{line}"
