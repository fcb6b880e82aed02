"""A whole version as one report: what it is, what it holds, and every provision in turn."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.model import Basis, Localized
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
from ipcity_policy.words.sentences import BASES

_SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "rests": Localized("What its provisions rest on: {counts}", "各条款的依据：{counts}"),
        "count": Localized("{n} {basis}", "{basis}{n}项"),
        "in-force": Localized("Time in force: {why}", "施行期间：{why}"),
        "question": Localized("question", "问题"),
        "name": Localized("name", "代号"),
        "stands": Localized("stands in", "所在"),
        "figure": Localized("figure", "数值名称"),
        "value": Localized("value", "数值"),
        "read": Localized("as read here", "采用的理解"),
        "questions": Localized("The questions it answers", "所定事项"),
        "figures": Localized("Its figures at a glance", "数值一览"),
        "open": Localized(
            "Points that the text leaves open, at a glance", "条文未明确之处一览"
        ),
    }
)


def _say(language: str, key: str, **parts: str) -> str:
    return _SENTENCES[key][language].format(**parts)


def _header(language: str, *keys: str) -> tuple[str, ...]:
    return tuple(_say(language, key) for key in keys)


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
        yield Paragraph(_say(language, "in-force", why=program.in_force.why[language]))
    yield _bases(program, wording)
    questions = _questions(program, wording)
    figures, doubts = _figures(program, wording), _doubts(program, wording)
    tables = {"questions": questions, "figures": figures, "open": doubts}
    filled = {key: table for key, table in tables.items() if table.rows}
    own = heads(program)
    yield Contents(
        (
            *(Link(_say(language, key), key) for key in filled),
            *(Link(provision_title(program.provisions[id], wording), id) for id in own),
        )
    )
    for key, table in filled.items():
        yield Heading(_say(language, key), 2, key)
        yield table
    for id in own:
        yield from provision_part(program, id, cases, language, adopted)


def _bases(program: Program, wording: Wording) -> Paragraph:
    """Say how many provisions rest on what."""
    language = wording.language
    bases = [provision.basis for provision in program.provisions.values()]
    counts = wording.say("comma").join(
        _say(language, "count", n=str(bases.count(basis)), basis=BASES[basis][language])
        for basis in Basis
        if basis in bases
    )
    badges = tuple(Badge(words[language], basis) for basis, words in BASES.items())
    return Paragraph(_say(language, "rests", counts=counts), badges)


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
