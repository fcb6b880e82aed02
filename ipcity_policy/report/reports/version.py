"""A whole version as one report: what it is, what it holds, and every provision in turn."""

from collections.abc import Iterator, Sequence

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import Basis
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Block, Contents, Heading, Paragraph, Table
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.reports.law import (
    instrument,
    parameter_row,
    provision_part,
    provision_title,
)
from ipcity_policy.studies.provision_index import heads
from ipcity_policy.studies.rule_tests.runner import RuleTest
from ipcity_policy.text.inline import Link, RichText
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.sentences import basis_word


def version_report(
    program: Program,
    cases: Sequence[RuleTest],
    language: str,
    adopted: Sequence[Interpretation],
) -> Iterator[Block]:
    """Yield a version or draft as it is printed: an overview, then every provision."""
    wording = Wording(program.vocabulary, language, program)
    yield Heading(program.title[language], 1)
    yield from instrument(program, program.provisions.values(), language)
    if program.in_force is not None and program.in_force.why is not None:
        yield Paragraph(
            tell(language, "Time in force: {why}", why=program.in_force.why[language])
        )
    yield _bases(program, wording)
    tables = (
        (say("The questions it answers"), "questions", _questions(program, wording)),
        (say("Its figures at a glance"), "figures", _figures(program, wording)),
        (
            say("Points that the text leaves open, at a glance"),
            "open",
            _doubts(program, wording),
        ),
    )
    filled = [one for one in tables if one[2].rows]
    own = heads(program)
    yield Contents(
        (
            *(Link(title[language], anchor) for title, anchor, _ in filled),
            *(Link(provision_title(program.provisions[id], wording), id) for id in own),
        )
    )
    for title, anchor, table in filled:
        yield Heading(title[language], 2, anchor)
        yield table
    for id in own:
        yield from provision_part(program, id, cases, language, adopted)


def _bases(program: Program, wording: Wording) -> Paragraph:
    """Say how many provisions rest on what."""
    language = wording.language
    bases = [provision.basis for provision in program.provisions.values()]
    counts = tell(language, ", ").join(
        tell(
            language,
            say("{n} {basis}", context="count"),
            n=str(bases.count(basis)),
            basis=basis_word(basis, language),
        )
        for basis in Basis
        if basis in bases
    )
    return Paragraph(
        tell(language, "What its provisions are based on: {counts}", counts=counts)
    )


def _questions(program: Program, wording: Wording) -> Table:
    found, language = program.decisions.values(), wording.language
    rows = tuple(
        (
            RichText(Link(one.asks[language], f"decisions.{one.id}")),
            one.id,
            wording.origin(one.origin),
        )
        for one in found
    )
    header = (
        tell(language, "question"),
        tell(language, "name"),
        tell(language, "in provision"),
    )
    return Table(header, rows)


def _figures(program: Program, wording: Wording) -> Table:
    found, language = program.parameters.values(), wording.language
    rows = tuple(
        (RichText(Link(label, name)), value, wording.origin(one.origin))
        for one in found
        for label, name, value in (parameter_row(one, wording),)
    )
    header = (tell(language, "figure"), tell(language, "value"), tell(language, "in provision"))
    return Table(header, rows)


def _doubts(program: Program, wording: Wording) -> Table:
    found, language = program.readings.values(), wording.language
    rows = tuple(
        (
            RichText(Link(one.asks[language], f"readings.{one.id}")),
            one.options[one.default].says[language],
            wording.origin(one.origin),
        )
        for one in found
    )
    header = (
        tell(language, "question"),
        tell(language, "as read here"),
        tell(language, "in provision"),
    )
    return Table(header, rows)
