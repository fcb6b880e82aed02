"""The law as the tool understands it: one provision in plain words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ipcity_policy.engines.interpreter.decision import effect_origin
from ipcity_policy.engines.interpreter.explanation import decided_by
from ipcity_policy.lang.datatypes import FINDING, DocumentType
from ipcity_policy.law.indicators import System
from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import (
    Basis,
    Decision,
    Fact,
    Origin,
    Outcome,
    Parameter,
    Provision,
    Quantity,
    Reading,
    Rule,
)
from ipcity_policy.law.program import Program
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.report.block import (
    Block,
    Fold,
    Heading,
    Mark,
    Paragraph,
    Table,
    Tree,
    TreeLine,
)
from ipcity_policy.report.prose.lifecycle import LawOfTime, OfTime, of_time
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import effect_text
from ipcity_policy.report.prose.versions import in_force_text
from ipcity_policy.report.reports.citations import (
    any_attested,
    provision_text,
    texts_seen,
)
from ipcity_policy.report.reports.conditions import condition_branch
from ipcity_policy.report.reports.indicators import system_blocks
from ipcity_policy.report.reports.provisions import KINDS
from ipcity_policy.studies.provision_index import facts_of, items_of, under
from ipcity_policy.studies.provisions import kinds
from ipcity_policy.studies.rule_tests.runner import RuleTest
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.text.subject import EntryKey
from ipcity_policy.words.days import days_said
from ipcity_policy.words.sentences import CONFIDENCES, basis_said, basis_word

_Entry = TypeVar("_Entry", Decision, Parameter, Quantity, Reading, Rule, System, OfTime)


def provision_report(
    program: Program,
    provision: str,
    cases: Sequence[RuleTest],
    language: str,
    adopted: Sequence[Interpretation] = (),
) -> Iterator[Block]:
    """Yield what a provision says as the tool understands it, with the cases that test it.

    Where an interpretation decides one of its readings, that is said beside the options.
    """
    shown = _Provision(program, program.provisions[provision], cases, language, 1, adopted)
    yield shown.title()
    yield from instrument(program, shown.statements, language)
    yield from shown.law()
    yield from shown.tests()


def provision_part(
    program: Program,
    provision: str,
    cases: Sequence[RuleTest],
    language: str,
    adopted: Sequence[Interpretation],
) -> Iterator[Block]:
    """Yield a provision as a part of a longer report, its cases folded."""
    shown = _Provision(program, program.provisions[provision], cases, language, 2, adopted)
    yield shown.title()
    yield from shown.law()
    tests = shown.tested()
    if tests:
        yield Fold(tell(language, "Cases that test it"), (Tree(tests),))


def instrument(program: Program, shown: Iterable[Provision], language: str) -> Iterator[Block]:
    """Yield which instrument it is, when it governs, from whom and from which text it is."""
    title = tell(
        language, "{title} ({version})", title=program.title[language], version=program.id
    )
    amends = program.vocabulary.version(program.amends or "", language)
    yield Paragraph(f"{title} · {in_force_text(program.in_force, amends, language)}")
    issuer = program.issuer[language] if program.issuer is not None else None
    issued = [part for part in (program.number, issuer) if part is not None]
    if issued:
        yield Paragraph(" · ".join(issued))
    if program.note is not None:
        template = (
            say("On this version: {note}")
            if program.amends is None
            else say("What the draft is for: {note}")
        )
        yield Paragraph(tell(language, template, note=program.note[language]))
    attesting = [program] if any_attested(shown) else []
    yield from (Paragraph(line) for line in texts_seen([program], attesting, language))


@dataclass(frozen=True, slots=True)
class _Provision:
    program: Program
    provision: Provision
    cases: Sequence[RuleTest]
    language: str
    #: The level of its title; its parts stand one below.
    level: int
    #: The interpretations kept with the measure.
    adopted: Sequence[Interpretation]

    @property
    def wording(self) -> Wording:
        """The wording of the Program."""
        return Wording(self.program.vocabulary, self.language, self.program)

    @property
    def statements(self) -> tuple[Provision, ...]:
        """The provision with its items."""
        return (self.provision, *items_of(self.program, self.provision.id))

    def own(self, entries: Mapping[str, _Entry]) -> list[_Entry]:
        """Return the entries that stand under this provision or one of its items."""
        own = self.provision.id
        return [one for one in entries.values() if under(self.program, own, one.origin)]

    def part(self, title: Message) -> Heading:
        """Return the heading of a part."""
        return Heading(title[self.language], self.level + 1)

    def title(self) -> Heading:
        """Return the title, to which links lead."""
        return Heading(
            provision_title(self.provision, self.wording), self.level, self.provision.id
        )

    def law(self) -> Iterator[Block]:
        """Yield what the law says, as the tool understands it."""
        program, provision, language = self.program, self.provision, self.language
        if provision.says is not None:
            yield Paragraph(provision.says[language])
        elif provision.basis is Basis.UNAVAILABLE:
            yield Paragraph(tell(language, "No text of it is available."))
        if provision.note is not None:
            yield Paragraph(tell(language, "Note: {note}", note=provision.note[language]))
        basis = basis_said(provision.basis, program.text_seen, language)
        yield Paragraph(tell(language, "Basis: {basis}, unless another is given", basis=basis))
        kind = kinds(program).get(provision.id)
        if kind is not None:
            yield Paragraph(tell(language, "In rules: {kind}", kind=KINDS[kind][language]))
        if items_of(program, provision.id):
            yield self.part(say("What it says, in our own words"))
            yield self._statements()
        for version, carried in program.carried.items():
            if carried.provision == provision.id:
                yield Paragraph(
                    tell(
                        language,
                        "Used here in its place, taken from {version}: {why}",
                        version=self.wording.called(version),
                        why=carried.why[language],
                    )
                )
        for decision in self.own(program.decisions):
            yield from self._decision(decision)
        for system in self.own(program.systems):
            yield from system_blocks(system, self.wording, self.level + 1)
        quantities = [one for one in self.own(program.quantities) if one.system is None]
        if quantities:
            yield self.part(say("What it calculates"))
            yield Tree(tuple(map(self._quantity, quantities)))
        rules = self.own(program.rules)
        if rules:
            yield self.part(say("Its conditions"))
            yield Tree(tuple(map(self._rule, rules)))
        times = tuple(self._times())
        if times:
            yield self.part(say("What happens over time, by the names that drafts use"))
            header = (tell(language, "says"), tell(language, "name"))
            yield Table(header, times)
        numbers = self.own(program.parameters)
        if numbers:
            yield self.part(say("Its figures, by the names that drafts use"))
            yield Table(
                (tell(language, "figure"), tell(language, "name"), tell(language, "value")),
                tuple(parameter_row(one, self.wording) for one in numbers),
                anchors=tuple(f"parameters.{one.id}" for one in numbers),
            )
        yield from self._facts()
        readings = self.own(program.readings)
        if readings:
            yield self.part(say("Points that the text leaves open"))
            yield Tree(tuple(map(self._reading, readings)))

    def tests(self) -> Iterator[Block]:
        """Yield the cases that test it."""
        yield self.part(say("Cases that test it"))
        yield Tree(self.tested() or (TreeLine(Mark.NONE, tell(self.language, "none")),))

    def tested(self) -> tuple[TreeLine, ...]:
        """Return the cases that something under it decides."""
        return tuple(
            TreeLine(
                Mark.NONE,
                tell(
                    self.language,
                    "{name} → {outcome}. {why}",
                    name=case.name[self.language],
                    why=case.why[self.language],
                    outcome=self._outcome(case.verdict),
                ),
            )
            for case in self.cases
            if case.verdict is not None
            and any(
                under(self.program, self.provision.id, origin)
                for origin in decided_by(case.verdict.reasons)
            )
        )

    def _outcome(self, verdict: DecisionVerdict) -> str:
        """Say which outcome a case has, by what it says and its name."""
        if verdict.outcome is None:
            return tell(self.language, "not decided")
        says = verdict.outcomes[verdict.outcome].says[self.language]
        return tell(self.language, "{says} ({id})", says=says, id=verdict.outcome)

    def _statements(self) -> Table:
        items = items_of(self.program, self.provision.id)
        known = kinds(self.program)
        rows = tuple(
            (
                str(self.wording.cite(item.id)),  # a link would lead to itself
                provision_text(item, self.language),
                KINDS[known[item.id]][self.language] if item.id in known else "",
            )
            for item in items
        )
        header = (
            tell(self.language, "in provision"),
            tell(self.language, "says"),
            tell(self.language, "in rules"),
        )
        return Table(header, rows, tuple(item.id for item in items))

    def _decision(self, decision: Decision) -> Iterator[Block]:
        asks = tell(self.language, "Question: {asks}", asks=decision.asks[self.language])
        yield Heading(asks, self.level + 1, f"decisions.{decision.id}")
        yield Tree(tuple(self._row(decision, row) for row in decision.outcomes))
        if decision.governed_by is not None:
            fact = self.wording.label(decision.governed_by)
            yield Paragraph(
                tell(
                    self.language,
                    "Which version governs: the one in force on the {fact}.",
                    fact=fact,
                )
            )
        for other in decision.asks_also:
            asks = self.program.decisions[other].asks[self.language]
            yield Paragraph(
                tell(
                    self.language,
                    "A sheet for it also asks for what another question needs: {asks}",
                    asks=asks,
                )
            )

    def _row(self, decision: Decision, row: Outcome) -> TreeLine:
        """Return an outcome with when it holds and what it causes."""
        language, wording = self.language, self.wording
        says = tell(language, "{says} ({id})", says=row.says[language], id=row.outcome)
        when = (
            TreeLine(Mark.NONE, tell(language, "otherwise"))
            if row.condition is None
            else condition_branch(row.condition, wording, lead=tell(language, "when "))
        )
        causes = tuple(
            TreeLine(
                Mark.NONE,
                tell(
                    language,
                    "legal effect: {effect}",
                    effect=effect_text(effect, origin, wording),
                ),
            )
            for effect in row.effects
            for origin in (effect_origin(effect, decision, row, self.program),)
        )
        return TreeLine(Mark.NONE, self._cited(says, row.origin), below=(when, *causes))

    def _cited(self, text: str, origin: Origin) -> str:
        """Return a text with where it stands, and whether the draft wrote it."""
        said = tell(
            self.language, "{text} [{cite}]", text=text, cite=self.wording.origin(origin)
        )
        if origin.drafted_by is not None:
            said = tell(self.language, "{value} (changed by the draft)", value=said)
        return said

    def _quantity(self, quantity: Quantity) -> TreeLine:
        text = self._cited(quantity.title[self.language], quantity.origin)
        how = TreeLine(Mark.NONE, self.wording.expression(quantity.expression))
        return TreeLine(Mark.NONE, text, below=(how,), anchor=quantity.key.path)

    def _rule(self, rule: Rule) -> TreeLine:
        text = self._cited(rule.title[self.language], rule.origin)
        asked = condition_branch(rule.condition, self.wording)
        return TreeLine(Mark.NONE, text, below=(asked,), anchor=rule.key.path)

    def _times(self) -> Iterator[tuple[str, ...]]:
        """Yield what it says of time, entry by entry, with their names."""
        told = LawOfTime(self.program, self.wording)
        for kind, entries in of_time(self.program.history).items():
            for id, one in entries.items():
                if under(self.program, self.provision.id, one.origin):
                    yield self._cited(told.text(one), one.origin), EntryKey(kind, id).path

    def _facts(self) -> Iterator[Block]:
        """Yield what is asked of a sheet: judgements, documents, and all else."""
        facts = facts_of(self.program, self.provision.id)
        findings = [fact for fact in facts if fact.datatype == FINDING]
        documents = [fact for fact in facts if fact.datatype == DocumentType()]
        others = [fact for fact in facts if fact not in (*findings, *documents)]
        for title, some in (
            (say("What an office judges"), findings),
            (say("Documents it requires"), documents),
            (say("Facts it requires"), others),
        ):
            if some:
                yield self.part(title)
                yield self._asked(some)

    def _asked(self, facts: Sequence[Fact]) -> Table:
        offices = self.program.vocabulary.offices
        comma = tell(self.language, ", ")
        rows = tuple(
            (
                tell(
                    self.language, "{label} ({id})", label=fact.label[self.language], id=fact.id
                ),
                fact.asks[self.language],
                comma.join(offices[one][self.language] for one in fact.offices)
                or tell(self.language, "anyone"),
            )
            for fact in facts
        )
        header = (
            tell(self.language, "fact"),
            tell(self.language, "question"),
            tell(self.language, "stated by"),
        )
        return Table(header, rows)

    def _reading(self, reading: Reading) -> TreeLine:
        language = self.language
        sure = tell(
            language, "confidence: {sure}", sure=CONFIDENCES[reading.confidence][language]
        )
        below = [
            TreeLine(
                Mark.NONE,
                tell(
                    language,
                    "as read here: {says}"
                    if option.id == reading.default
                    else "the other way: {says} (ipcity evaluate … "
                    "--reading {reading}={option})",
                    says=option.says[language],
                    reading=reading.id,
                    option=option.id,
                ),
            )
            for option in reading.options.values()
        ]
        below += [
            TreeLine(Mark.NONE, text)
            for one in self.adopted
            if (text := self._adopted(one, reading)) is not None
        ]
        why = tell(
            language,
            "why: {why} ({basis}, {sure})",
            why=reading.why[language],
            basis=basis_word(reading.basis, language),
            sure=sure,
        )
        below.append(TreeLine(Mark.NONE, why))
        asks = tell(
            language, "{asks} ({reading})", reading=reading.id, asks=reading.asks[language]
        )
        anchor = reading.key.path
        return TreeLine(Mark.UNKNOWN, asks, below=tuple(below), anchor=anchor)

    def _adopted(self, one: Interpretation, reading: Reading) -> str | None:
        """Say who has adopted which option; None where an interpretation decides nothing."""
        option = one.options_in(self.program).get(reading.id)
        if option is None:
            return None
        return tell(
            self.language,
            "adopted by {office}, {day}: {says} (ipcity evaluate … --interpretation {id})",
            office=self.program.vocabulary.offices[one.office][self.language],
            day=days_said(one.on, self.language),
            says=reading.options[option].says[self.language],
            id=one.id,
        )


def provision_title(provision: Provision, wording: Wording) -> str:
    """Cite a provision with its heading, to which links lead."""
    cite, title = str(wording.cite(provision.id)), provision.title[wording.language]
    return (
        title
        if title == cite
        else tell(wording.language, "{cite}: {title}", cite=cite, title=title)
    )


def parameter_row(parameter: Parameter, wording: Wording) -> tuple[str, str, str]:
    """Return a figure with the name by which drafts change it, and its value."""
    value = wording.figure(parameter)
    if parameter.origin.drafted_by is not None:
        value = tell(wording.language, "{value} (changed by the draft)", value=value)
    return parameter.label[wording.language], f"parameters.{parameter.id}", value
