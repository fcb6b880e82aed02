"""How far each article is put into rules, and where its text is open, as reports."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipcity_policy.law.model import Localized
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Block, Heading, Mark, Paragraph, Table, Tree, TreeLine
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.provisions import ProvisionKind, kinds
from ipcity_policy.words.sentences import BASES
from ipcity_policy.words.sentences import SENTENCES as EXPLAINING

KINDS: Mapping[ProvisionKind, Localized] = MappingProxyType(
    {
        ProvisionKind.EVALUATED: Localized("evaluated", "可评估"),
        ProvisionKind.JUDGED: Localized("judged", "依认定"),
        ProvisionKind.RECORDED: Localized("recorded", "仅记载"),
        ProvisionKind.UNAVAILABLE: Localized("no text", "无条文"),
    }
)
SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "provisions": Localized("{title} ({id})", "{title}（{id}）"),
        "article": Localized("article", "条"),
        "all": Localized("all", "合计"),
        "share": Localized("share", "占比"),
        "percent": Localized("{n}%", "{n}%"),
        "none": Localized(
            "The text leaves nothing open that was noted.", "未记载条文未明确之处。"
        ),
        "reading": Localized("{asks} ({id}) [{cite}]", "{asks}（{id}）【{cite}】"),
        "option": Localized("{says} ({id})", "{says}（{id}）"),
        "default": Localized("{says} ({id}): as read here", "{says}（{id}）：采用"),
        "why": Localized(
            "why: {why} ({basis}, confidence: {sure})",
            "理由：{why}（{basis}，把握程度：{sure}）",
        ),
    }
)


def say(language: str, key: str, **parts: str) -> str:
    """Fill a sentence."""
    return SENTENCES[key][language].format(**parts)


def provisions_report(program: Program, language: str) -> Iterator[Block]:
    """Yield how many provisions of each article are of each kind."""
    yield Heading(say(language, "provisions", title=program.title[language], id=program.id))
    counts: dict[str, Counter[ProvisionKind]] = {}
    for id, kind in kinds(program).items():
        counts.setdefault(program.article_of(id), Counter())[kind] += 1
    total = sum(counts.values(), Counter[ProvisionKind]())
    shown = [kind for kind in ProvisionKind if total[kind]]
    wording = Wording(program.vocabulary, language, program)
    rows = [_row(wording.cite(id), counted, shown) for id, counted in counts.items()]
    whole = total.total()
    shares = [
        say(language, "percent", n=str(round(100 * total[kind] / whole))) for kind in shown
    ]
    rows.append(_row(say(language, "all"), total, shown))
    rows.append((say(language, "share"), "", *shares))
    header = (say(language, "article"), say(language, "all"))
    yield Table((*header, *(KINDS[kind][language] for kind in shown)), tuple(rows))


def _row(
    name: str, counted: Counter[ProvisionKind], shown: list[ProvisionKind]
) -> tuple[str, ...]:
    return (name, str(counted.total()), *(str(counted[kind] or "") for kind in shown))


def readings_report(program: Program, language: str) -> Iterator[Block]:
    """Yield the readings of a version with their options."""
    yield Heading(say(language, "provisions", title=program.title[language], id=program.id))
    if not program.readings:
        yield Paragraph(say(language, "none"))
        return
    wording = Wording(program.vocabulary, language, program)
    branches: list[TreeLine] = []
    for reading in program.readings.values():
        why = say(
            language,
            "why",
            why=reading.why[language],
            basis=BASES[reading.basis][language],
            sure=EXPLAINING[reading.confidence][language],
        )
        options = [
            TreeLine(
                Mark.NONE,
                say(
                    language,
                    "default" if option.id == reading.default else "option",
                    says=option.says[language],
                    id=option.id,
                ),
            )
            for option in reading.options.values()
        ]
        asked = say(
            language,
            "reading",
            asks=reading.asks[language],
            id=reading.id,
            cite=wording.origin(reading.origin),
        )
        branches.append(TreeLine(Mark.NONE, asked, below=(*options, TreeLine(Mark.NONE, why))))
    yield Tree(tuple(branches))
