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
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.sentences import basis_word
from ipcity_policy.words.wrapping import wrap

_WIDTH = 88


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

    def lines(self) -> Iterator[str]:
        """Yield the lines of the sheet."""
        vocabulary = self.program.vocabulary
        title = self.program.title[self.language]
        yield from self._comment(
            "",
            tell(
                self.language,
                "A fact sheet for {title} ({id}).",
                title=title,
                id=self.program.id,
            ),
        )
        for question in self.questions():
            yield from self._comment("", question)
        example = "{value: …, by: …, on: 2001-05-17, source: …}"
        yield from self._comment(
            "",
            tell(
                self.language,
                "Write what is known in place of `unknown`. A fact may carry who "
                "stated it, when, and where it was read: {example}",
                example=example,
            ),
        )
        yield from self._comment(
            "",
            tell(
                self.language,
                "What is known in part is written like this: `5 to 9{unit}`, `at least "
                "5{unit}`, `at most 9{unit}`; `2001-05-17 to 2001-06-03`, `on or before "
                "2001-05-17`, `on or after 2001-05-17`; for an option `{{one of: [this, "
                "that]}}`; `{{rank: 5 to 9, of: 40 to 60}}`, `{{rank: last, of: 40}}`.",
                unit=self._a_unit(),
            ),
        )
        yield from ("sheet: 1", f"measure: {vocabulary.measure}", f"{vocabulary.subject}:")
        yield "  name-en: the name in English"
        yield "  name-zh: 中文名称"
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
            tell(
                self.language,
                "It answers: {asks}"
                if name == self.decision
                else "It also asks for what another question needs: {asks}",
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
        yield from self._comment(
            "",
            tell(
                self.language,
                "What happened, in any order, as a list of such events: {example}",
                example=example,
            ),
        )
        for kind in kinds:
            parts = {"name": kind.id, "label": kind.label[self.language]}
            acts = tell(
                self.language,
                "`{name}`: {label}, an act of the {offices}",
                offices=self._offices(kind.offices),
                **parts,
            )
            said = acts if kind.offices else tell(self.language, "`{name}`: {label}", **parts)
            if kind.not_before:
                more = tell(
                    self.language, "not before: {names}", names=self._labels(kind.not_before)
                )
                said = tell(self.language, "{said}; {more}", said=said, more=more)
            yield from self._comment("    ", said)
        example = "events-known-until: 2001-05-17"
        yield from self._comment(
            "",
            tell(
                self.language,
                "For one that did not happen write `on: never`. Where every event up to a "
                "day is listed, add that day: {example}",
                example=example,
            ),
        )
        yield "events: []"

    def _offices(self, names: tuple[str, ...]) -> str:
        offices = self.program.vocabulary.offices
        labels = (offices[name][self.language] for name in names if name in offices)
        return tell(self.language, " or ").join(labels)

    def _fact(self, fact: Fact) -> Iterator[str]:
        yield from self._comment("  ", fact.asks[self.language])
        for detail in (*self.details(fact), self.form(fact)):
            yield from self._comment("    ", detail) if detail else ()
        if fact.kind in ("choice", "set", "series") and fact.options:
            for name, label in fact.options.items():
                said = tell(
                    self.language, "`{name}`: {label}", name=name, label=label[self.language]
                )
                yield from self._comment("      ", said)
        yield f"  {fact.id}: unknown"

    def details(self, fact: Fact) -> tuple[str, ...]:
        """Return who states a fact, and which provisions ask for it."""
        details: list[str] = []
        if fact.offices:
            details.append(
                tell(
                    self.language,
                    "stated by the {offices}",
                    offices=self._offices(fact.offices),
                )
            )
        cites = tell(self.language, ", ").join(self._cites(fact))
        if cites:
            details.append(tell(self.language, "required by {cites}", cites=cites))
        return (*details, *self._scores(fact), *self._relations(fact))

    def _relations(self, fact: Fact) -> Iterator[str]:
        """Say what a fact has to do with others by its meaning."""
        events = self.program.vocabulary.events.keys()
        if events.isdisjoint(fact.of) and fact.of:
            yield tell(self.language, "only if there is: {facts}", facts=self._labels(fact.of))
        elif fact.of:
            yield tell(
                self.language,
                "stated again for each of these: {events}",
                events=self._labels(fact.of),
            )
        if fact.at_most is not None:
            yield tell(
                self.language, "no more than: {fact}", fact=self._labels((fact.at_most,))
            )
        if fact.not_before:
            yield tell(
                self.language, "not before: {names}", names=self._labels(fact.not_before)
            )

    def _labels(self, names: tuple[str, ...]) -> str:
        """Name facts, events and the year that an event is about, any one of which will do."""
        vocabulary, language = self.program.vocabulary, self.language
        known = {ITS_YEAR: tell(language, "the year that it concerns")}
        known |= {id: fact.label[language] for id, fact in vocabulary.facts.items()}
        known |= {id: kind.label[language] for id, kind in vocabulary.events.items()}
        template = say("{name}", context="among-others") if len(names) > 1 else say("{name}")
        said = (tell(language, template, name=known[name]) for name in names)
        return tell(language, " or ").join(said)

    def _scores(self, fact: Fact) -> Iterator[str]:
        """Say which indicator a fact is the score of, and how much that may be."""
        for system in self.program.systems.values():
            if fact.id in system.bounds:
                most = tell(
                    self.language, "at most {points}", points=self.wording.value(system.whole)
                )
                title = system.title[self.language]
                yield tell(self.language, "scored by: {title}, {most}", title=title, most=most)
            for row in system.indicators():
                if row.fact != fact.id:
                    continue
                most = tell(self.language, "its points are not known")
                if row.points is not None:
                    points = self.wording.value(system.amount(row.points))
                    most = tell(self.language, "at most {points}", points=points)
                said = [most] if row.unit is None else [most, self._measured(row.unit)]
                said += [tell(self.language, "lower is better")] if row.reverse else []
                title, name = row.title[self.language], system.title[self.language]
                most = tell(self.language, say(", ", context="join")).join(said)
                yield tell(
                    self.language,
                    "the score of: {title} ({system}), {most}",
                    title=title,
                    system=name,
                    most=most,
                )

    def _measured(self, unit: Localized) -> str:
        return tell(self.language, "measured: {unit}", unit=unit[self.language])

    def form(self, fact: Fact) -> str:
        """Say how a fact is written; nothing of a text."""
        if fact.kind == "finding":
            office = next(iter(fact.offices), "…")
            return tell(
                self.language,
                "a judgement, with the office that made it: `{example}`",
                example=f"{{value: met, by: {office}, on: 2001-05-17}}",
            )
        return self.typed(fact.datatype)

    def typed(self, datatype: FactType) -> str:
        """Say how a value of a type is written."""
        match datatype:
            case NumberType():
                return self._number(datatype)
            case PeriodType(unit):
                return tell(
                    self.language, "a length of time, such as `{example}`", example=f"6 {unit}"
                )
            case DateType():
                return tell(
                    self.language,
                    "a day, or only its month or year: `2001-05-17`, `2001-05`, `2001`",
                )
            case ChoiceType(("yes", "no")):
                return "`yes` / `no`"
            case ChoiceType():
                return tell(self.language, "one of these:")
            case RankType(cohort):
                label = self.program.vocabulary.cohorts[cohort][self.language]
                return tell(
                    self.language,
                    "the place and how many there are among the {cohort}: `{example}`",
                    cohort=label,
                    example="{rank: 3, of: 25}",
                )
            case SeriesType(each):
                example = self._example(each)
                years = f"{{2001: {example}, 2002: unknown}}"
                said = tell(
                    self.language,
                    "year by year, such as `{example}`; each year:",
                    example=years,
                )
                return f"{said} {self.typed(each)}"
            case SetType(options):
                return tell(
                    self.language,
                    "a list of all that there are, such as `{example}`; or each with "
                    "yes, no or unknown",
                    example=f"[{', '.join(options[:2])}]",
                )
            case DocumentType():
                return tell(
                    self.language,
                    "`yes` / `no`, or with who submitted it and when: `{example}`",
                    example="{submitted: yes, by: …, on: 2001-05-17}",
                )
            case TextType():
                return ""
            case _:
                assert_never(datatype)

    def _number(self, datatype: NumberType) -> str:
        unit, low, high = datatype.unit, datatype.low, datatype.high
        if unit:
            label = self.program.vocabulary.units[unit].label[self.language]
            template = (
                say("a whole number of {unit}, such as `{example}`")
                if datatype.whole
                else say("a number of {unit}, such as `{example}`")
            )
            said = [tell(self.language, template, unit=label, example=self._example(datatype))]
        else:
            said = [tell(self.language, "a whole number, such as `3`")]
        if low is not None:
            said.append(tell(self.language, "{low} or more", low=number_text(low)))
        if high is not None:
            said.append(tell(self.language, "{high} or less", high=number_text(high)))
        return tell(self.language, say(", ", context="join")).join(said)

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
            said = basis_word(basis, self.language)
            attested = basis is Basis.ATTESTED
            yield (
                cite
                if attested
                else tell(self.language, "{cite} ({basis})", cite=cite, basis=said)
            )

    def _comment(self, indent: str, text: str) -> Iterator[str]:
        for line in wrap(text, _WIDTH - len(indent) - 2):
            # What is deeper is so within the remark: all of them stand where the fact does.
            yield f"{indent[:2]}# {indent[2:]}{line}"
