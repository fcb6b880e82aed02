"""How far each article is put into rules, and where its text is open, as reports."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Block, Heading, Mark, Paragraph, Table, Tree, TreeLine
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.provisions import ProvisionKind, kinds
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.words.sentences import CONFIDENCES, basis_word

KINDS: Mapping[ProvisionKind, Message] = MappingProxyType(
    {
        ProvisionKind.EVALUATED: say("evaluated"),
        ProvisionKind.JUDGED: say("judged"),
        ProvisionKind.RECORDED: say("recorded"),
        ProvisionKind.UNAVAILABLE: say("no text"),
    }
)


def provisions_report(program: Program, language: str) -> Iterator[Block]:
    """Yield how many provisions of each article are of each kind."""
    yield Heading(
        tell(language, "{title} ({id})", title=program.title[language], id=program.id)
    )
    counts: dict[str, Counter[ProvisionKind]] = {}
    for id, kind in kinds(program).items():
        counts.setdefault(program.article_of(id), Counter())[kind] += 1
    total = sum(counts.values(), Counter[ProvisionKind]())
    shown = [kind for kind in ProvisionKind if total[kind]]
    wording = Wording(program.vocabulary, language, program)
    rows = [_row(wording.cite(id), counted, shown) for id, counted in counts.items()]
    whole = total.total()
    shares = [tell(language, "{n}%", n=str(round(100 * total[kind] / whole))) for kind in shown]
    rows.append(_row(tell(language, say("all", context="all")), total, shown))
    rows.append((tell(language, "share"), "", *shares))
    header = (
        tell(language, say("article", context="article")),
        tell(language, say("all", context="all")),
    )
    yield Table((*header, *(KINDS[kind][language] for kind in shown)), tuple(rows))


def _row(
    name: str, counted: Counter[ProvisionKind], shown: list[ProvisionKind]
) -> tuple[str, ...]:
    return (name, str(counted.total()), *(str(counted[kind] or "") for kind in shown))


def readings_report(program: Program, language: str) -> Iterator[Block]:
    """Yield the readings of a version with their options."""
    yield Heading(
        tell(language, "{title} ({id})", title=program.title[language], id=program.id)
    )
    if not program.readings:
        yield Paragraph(tell(language, "No points were noted that the text leaves open."))
        return
    wording = Wording(program.vocabulary, language, program)
    branches: list[TreeLine] = []
    for reading in program.readings.values():
        why = tell(
            language,
            "why: {why} ({basis}, confidence: {sure})",
            why=reading.why[language],
            basis=basis_word(reading.basis, language),
            sure=CONFIDENCES[reading.confidence][language],
        )
        options = [
            TreeLine(
                Mark.NONE,
                tell(
                    language,
                    "{says} ({id}): as read here"
                    if option.id == reading.default
                    else "{says} ({id})",
                    says=option.says[language],
                    id=option.id,
                ),
            )
            for option in reading.options.values()
        ]
        asked = tell(
            language,
            "{asks} ({id}) [{cite}]",
            asks=reading.asks[language],
            id=reading.id,
            cite=wording.origin(reading.origin),
        )
        branches.append(TreeLine(Mark.NONE, asked, below=(*options, TreeLine(Mark.NONE, why))))
    yield Tree(tuple(branches))
