"""An empty fact sheet with its questions: what an office fills in."""

from collections.abc import Iterator
from typing import assert_never

from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import ChoiceType, DateType, NumberType, TextType
from ipcity_policy.lang.literals import number_text
from ipcity_policy.measure.model import Fact, Program, Words
from ipcity_policy.render.as_text import wrap
from ipcity_policy.render.wording import Wording

_WIDTH = 88
_SENTENCES = {
    "head": Words("A fact sheet for {title} ({id}).", "《{title}》（{id}）事实表。"),
    "question": Words("It answers: {asks}", "用于回答：{asks}"),
    "how": Words(
        "Write what is known in place of `unknown`. A fact may carry who stated it, when, and "
        "where it was read: {example}",
        "请以已知内容替换 unknown。事实可以注明由谁、何时填报以及来源：{example}",
    ),
    "name-en": Words("the name in English", "英文名称"),
    "name-zh": Words("the name in Chinese", "中文名称"),
    "number": Words(
        "a number of {unit}, such as `{example}`", "数值，单位{unit}，如 {example}"
    ),
    "join": Words(", ", "，"),
    "from": Words("{low} or more", "不低于{low}"),
    "to": Words("{high} or less", "不高于{high}"),
    "date": Words(
        "a day, or only its month or year: `2001-05-17`, `2001-05`, `2001`",
        "日期，或仅年月、年份：2001-05-17、2001-05、2001",
    ),
    "choice": Words("one of these:", "选填其一："),
    "option": Words("`{name}`: {label}", "{name}：{label}"),
    "by": Words("stated by the {offices}", "由{offices}填报"),
    "asked-by": Words("asked by {cites}", "依据{cites}"),
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
        if self.decision is not None:
            asks = self.program.decisions[self.decision].asks[self.language]
            yield from self._comment("", self.say("question", asks=asks))
        example = "{value: …, by: …, on: 2001-05-17, source: …}"
        yield from self._comment("", self.say("how", example=example))
        yield from ("sheet: 1", f"measure: {vocabulary.measure}", f"{vocabulary.subject}:")
        yield f"  name-en: {_SENTENCES['name-en'].en}"
        yield f"  name-zh: {_SENTENCES['name-zh'].zh}"
        for fact in self.facts(of_subject=True):
            yield from self._fact(fact)
        yield "facts:"
        for fact in self.facts(of_subject=False):
            yield from self._fact(fact)

    def facts(self, *, of_subject: bool) -> tuple[Fact, ...]:
        """Return the facts that are asked: those of the subject's own block, or the others."""
        return tuple(
            fact
            for fact in self.program.vocabulary.facts.values()
            if fact.of_subject is of_subject
            and (
                self.decision is None or ("fact", fact.id) in self.program.reach(self.decision)
            )
        )

    def _fact(self, fact: Fact) -> Iterator[str]:
        yield from self._comment("  ", fact.asks[self.language])
        for detail in (*self.details(fact), self.form(fact)):
            yield from self._comment("    ", detail) if detail else ()
        if isinstance(fact.datatype, ChoiceType) and fact.datatype.options != ("yes", "no"):
            for name in fact.datatype.options:
                label = fact.options[name][self.language]
                yield from self._comment("      ", self.say("option", name=name, label=label))
        yield f"  {fact.id}: unknown"

    def details(self, fact: Fact) -> tuple[str, ...]:
        """Return who states a fact, and which provisions ask for it."""
        details: list[str] = []
        if fact.offices:
            offices = self.program.vocabulary.offices
            names = self.wording.say("list_or").join(
                offices[office][self.language] for office in fact.offices if office in offices
            )
            details.append(self.say("by", offices=names))
        cites = self.wording.say("comma").join(self._cites(fact))
        if cites:
            details.append(self.say("asked-by", cites=cites))
        return tuple(details)

    def form(self, fact: Fact) -> str:
        """Return in what form a fact is written; nothing for a text."""
        match fact.datatype:
            case NumberType(unit, low, high):
                label = self.program.vocabulary.units[unit].label[self.language]
                said = [self.say("number", unit=label, example=f"1 {unit}")]
                if low is not None:
                    said.append(self.say("from", low=number_text(low)))
                if high is not None:
                    said.append(self.say("to", high=number_text(high)))
                return self.say("join").join(said)
            case DateType():
                return self.say("date")
            case ChoiceType(("yes", "no")):
                return "`yes` / `no`"
            case ChoiceType():
                return self.say("choice")
            case TextType():
                return ""
            case _:
                assert_never(fact.datatype)

    def _cites(self, fact: Fact) -> Iterator[str]:
        """Cite the provisions under which something asks for a fact."""
        wanted = ("fact", fact.id)
        cited: dict[str, None] = {}
        for decision in self.program.decisions.values():
            if self.decision not in (None, decision.id):
                continue
            reach = self.program.reach(decision.id)
            for row in decision.rows:
                if row.condition is not None and wanted in core.names(row.condition):
                    cited[self.wording.origin(row.origin)] = None
            for rule in self.program.rules.values():
                if ("rule", rule.id) in reach and wanted in core.names(rule.condition):
                    cited[self.wording.origin(rule.origin)] = None
        yield from cited

    def _comment(self, indent: str, text: str) -> Iterator[str]:
        for line in wrap(text, _WIDTH - len(indent) - 2):
            yield f"{indent}# {line}"
