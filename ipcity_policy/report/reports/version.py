"""A whole version as one report: what it is, what it holds, and every provision in turn."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import Basis
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Badge, Block, Contents, Heading, Link, Paragraph, Table
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.reports.citations import cited
from ipcity_policy.report.reports.law import (
    instrument,
    parameter_row,
    provision_part,
    provision_title,
)
from ipcity_policy.studies.provision_index import heads
from ipcity_policy.studies.rule_tests.runner import RuleTest
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.words.sentences import BASES

_SENTENCES: Mapping[str, Message] = MappingProxyType(
    {
        "question": say("question"),
        "name": say("name"),
        "stands": say("stands in"),
        "figure": say("figure"),
        "value": say("value"),
        "read": say("as read here"),
        "questions": say("The questions it answers"),
        "figures": say("Its figures at a glance"),
        "open": say("Points that the text leaves open, at a glance"),
    }
)


def _header(language: str, *keys: str) -> tuple[str, ...]:
    return tuple(tell(language, _SENTENCES[key]) for key in keys)


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
    questions = _questions(program, wording)
    figures, doubts = _figures(program, wording), _doubts(program, wording)
    tables = {"questions": questions, "figures": figures, "open": doubts}
    filled = {key: table for key, table in tables.items() if table.rows}
    own = heads(program)
    yield Contents(
        (
            *(Link(tell(language, _SENTENCES[key]), key) for key in filled),
            *(Link(provision_title(program.provisions[id], wording), id) for id in own),
        )
    )
    for key, table in filled.items():
        yield Heading(tell(language, _SENTENCES[key]), 2, key)
        yield table
    for id in own:
        yield from provision_part(program, id, cases, language, adopted)


def _bases(program: Program, wording: Wording) -> Paragraph:
    """Say how many provisions rest on what."""
    language = wording.language
    bases = [provision.basis for provision in program.provisions.values()]
    counts = tell(wording.language, ", ").join(
        tell(
            language,
            say("{n} {basis}", context="count"),
            n=str(bases.count(basis)),
            basis=BASES[basis][language],
        )
        for basis in Basis
        if basis in bases
    )
    badges = tuple(Badge(words[language], basis) for basis, words in BASES.items())
    return Paragraph(
        tell(language, "What its provisions rest on: {counts}", counts=counts), badges
    )


def _questions(program: Program, wording: Wording) -> Table:
    found, language = program.decisions.values(), wording.language
    rows = tuple((one.asks[language], one.id, wording.origin(one.origin)) for one in found)
    notable = [Link(one.asks[language], f"decisions.{one.id}") for one in found]
    links = (link for one in found for link in cited(one.origin, wording))
    return Table(_header(language, "question", "name", "stands"), rows, (*notable, *links))


def _figures(program: Program, wording: Wording) -> Table:
    found = program.parameters.values()
    rows = tuple(
        (label, value, wording.origin(one.origin))
        for one in found
        for label, _, value in (parameter_row(one, wording),)
    )
    header = _header(wording.language, "figure", "value", "stands")
    language = wording.language
    notable = (Link(one.label[language], f"parameters.{one.id}") for one in found)
    links = (link for one in found for link in cited(one.origin, wording))
    return Table(header, rows, (*notable, *links))


def _doubts(program: Program, wording: Wording) -> Table:
    language = wording.language
    found = program.readings.values()
    rows = tuple(
        (
            one.asks[language],
            one.options[one.default].says[language],
            wording.origin(one.origin),
        )
        for one in found
    )
    notable = (Link(one.asks[language], f"readings.{one.id}") for one in found)
    links = (link for one in found for link in cited(one.origin, wording))
    return Table(_header(language, "question", "read", "stands"), rows, (*notable, *links))
