"""How far each article is put into rules, and where its text is open, as reports."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipcity_policy.law.model import Words
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Block, Branch, Heading, Mark, Table, Text, Tree
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.provisions import Kind, kinds
from ipcity_policy.words.sentences import BASES
from ipcity_policy.words.sentences import SENTENCES as EXPLAINING

KINDS: Mapping[Kind, Words] = MappingProxyType(
    {
        Kind.EVALUATED: Words("evaluated", "可评估"),
        Kind.JUDGED: Words("judged", "依认定"),
        Kind.RECORDED: Words("recorded", "仅记载"),
        Kind.UNAVAILABLE: Words("no text", "无条文"),
    }
)
SENTENCES: Mapping[str, Words] = MappingProxyType(
    {
        "provisions": Words("{title} ({id})", "{title}（{id}）"),
        "article": Words("article", "条"),
        "all": Words("all", "合计"),
        "share": Words("share", "占比"),
        "percent": Words("{n}%", "{n}%"),
        "none": Words("The text leaves nothing open that was noted.", "未记载条文未明确之处。"),
        "reading": Words("{asks} ({id}) [{cite}]", "{asks}（{id}）【{cite}】"),
        "option": Words("{says} ({id})", "{says}（{id}）"),
        "default": Words("{says} ({id}): as read here", "{says}（{id}）：采用"),
        "why": Words(
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
    counts: dict[str, Counter[Kind]] = {}
    for id, kind in kinds(program).items():
        counts.setdefault(program.article_of(id), Counter())[kind] += 1
    total = sum(counts.values(), Counter[Kind]())
    shown = [kind for kind in Kind if total[kind]]
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


def _row(name: str, counted: Counter[Kind], shown: list[Kind]) -> tuple[str, ...]:
    return (name, str(counted.total()), *(str(counted[kind] or "") for kind in shown))


def readings_report(program: Program, language: str) -> Iterator[Block]:
    """Yield the readings of a version with their options."""
    yield Heading(say(language, "provisions", title=program.title[language], id=program.id))
    if not program.readings:
        yield Text(say(language, "none"))
        return
    wording = Wording(program.vocabulary, language, program)
    branches: list[Branch] = []
    for reading in program.readings.values():
        why = say(
            language,
            "why",
            why=reading.why[language],
            basis=BASES[reading.basis][language],
            sure=EXPLAINING[reading.confidence][language],
        )
        options = [
            Branch(
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
        branches.append(Branch(Mark.NONE, asked, below=(*options, Branch(Mark.NONE, why))))
    yield Tree(tuple(branches))
