"""What of the law is known, and what hangs on a text that is not, as reports."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ipcity_policy.law.model import Basis, Localized
from ipcity_policy.report.block import (
    Block,
    Fold,
    Heading,
    Items,
    Mark,
    Paragraph,
    Table,
    Tree,
    TreeLine,
)
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.status import StatusPart, VersionStatus
from ipcity_policy.words.sentences import BASES

PARTS: Mapping[StatusPart, Localized] = MappingProxyType(
    {
        StatusPart.PROVISIONS: Localized("provisions", "条款"),
        StatusPart.PARAMETERS: Localized("figures", "数值"),
        StatusPart.RULES: Localized("rules, sums and tables", "规则、计算与指标表"),
        StatusPart.OUTCOMES: Localized("outcomes of questions", "事项的结果"),
        StatusPart.TIME: Localized("states, terms and deadlines", "状态、周期与期限"),
        StatusPart.READINGS: Localized("readings", "解读"),
    }
)
SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "all": Localized("What of the law is known", "法律文本的已知程度"),
        "version": Localized("{title} ({id})", "{title}（{id}）"),
        "what": Localized("provisions of", "条款所属版本"),
        "rests": Localized("rests on", "依据"),
        "hang": Localized("questions that hang on it", "取决于缺文的事项"),
        "share": Localized("{n} of {all}", "{all}项中{n}项"),
        "open": Localized("Whose text is not available", "未能找到条文的条款"),
        "none": Localized(
            "{title}: no text, and nothing stands in for it", "{title}：缺文，无可代替"
        ),
        "stands-in": Localized(
            "{title}: no text; {version} stands in for it, as assumed",
            "{title}：缺文；暂以{version}代之，属假定",
        ),
        "whole": Localized("All of its text is available.", "该版本的条文均已找到。"),
        "hangs": Localized(
            "Questions that hang on a text that is not available, {n} of {all}: {names}",
            "取决于未能找到的条文的事项（{all}项中{n}项）：{names}",
        ),
        "hangs-none": Localized(
            "No question hangs on a text that is not available.",
            "没有事项取决于未能找到的条文。",
        ),
        "by-basis": Localized("What rests on what, by name", "各项依据（按名称）"),
        "part": Localized("part", "部分"),
        "names": Localized("names", "名称"),
        "questions": Localized("What each question hangs on", "各事项所取决的内容"),
        "asks": Localized("{asks} ({id})", "{asks}（{id}）"),
        "on": Localized("hangs on {names}", "取决于{names}"),
        "on-none": Localized("hangs on nothing that is assumed", "不取决于任何假定内容"),
        "comma": Localized(", ", "、"),
    }
)


def say(language: str, key: str, **parts: str) -> str:
    """Fill a sentence."""
    return SENTENCES[key][language].format(**parts)


def status_report(found: Sequence[VersionStatus], language: str) -> Iterator[Block]:
    """Yield what is known of some versions: of one in full, of several side by side."""
    if len(found) == 1:
        yield from _version(found[0], language)
        return
    yield Heading(say(language, "all"), 1)
    header = (
        say(language, "what"),
        *(BASES[basis][language] for basis in Basis),
        say(language, "hang"),
    )
    yield Table(header, tuple(_row(one, language) for one in found))
    open_ = [line for one in found for line in _open(one, language)]
    if open_:
        yield Heading(say(language, "open"))
        yield Items(tuple(open_))
    for one in found:
        yield Fold(one.program.id, tuple(_version(one, language)))


def _row(one: VersionStatus, language: str) -> tuple[str, ...]:
    counts = (str(len(one.parts[StatusPart.PROVISIONS][basis]) or "") for basis in Basis)
    n, every = str(len(one.hang)), str(len(one.hanging))
    return (one.program.id, *counts, say(language, "share", n=n, all=every))


def _version(one: VersionStatus, language: str) -> Iterator[Block]:
    program = one.program
    yield Heading(say(language, "version", title=program.title[language], id=program.id), 1)
    rows = tuple(
        (PARTS[part][language], *(str(len(of[basis]) or "") for basis in Basis))
        for part, of in one.parts.items()
        if any(of.values())
    )
    yield Table((say(language, "rests"), *(BASES[b][language] for b in Basis)), rows)
    open_ = tuple(_open(one, language))
    if open_:
        yield Heading(say(language, "open"))
        yield Items(open_)
    else:
        yield Paragraph(say(language, "whole"))
    yield Paragraph(_hanging(one, language))
    if one.hang:
        yield Fold(say(language, "questions"), (_questions(one, language),))
    yield Fold(say(language, "by-basis"), (_names(one, language),))


def _open(one: VersionStatus, language: str) -> Iterator[str]:
    """Say of each provision without a text what stands in for it."""
    wording = Wording(one.program.vocabulary, language, one.program)
    for open_ in one.open:
        title = wording.cite(open_.provision.id)
        if title != open_.provision.id:
            title = say(language, "version", title=title, id=open_.provision.id)
        if not open_.stands_in:
            yield say(language, "none", title=title)
        for version in open_.stands_in:
            yield say(language, "stands-in", title=title, version=version)


def _hanging(one: VersionStatus, language: str) -> str:
    """Say how many questions hang on what is not known, and which."""
    if not one.hang:
        return say(language, "hangs-none")
    names = say(language, "comma").join(one.hang)
    n, every = str(len(one.hang)), str(len(one.hanging))
    return say(language, "hangs", n=n, all=every, names=names)


def _questions(one: VersionStatus, language: str) -> Tree:
    branches: list[TreeLine] = []
    for id, on in one.hanging.items():
        asks = one.program.decisions[id].asks[language]
        names = say(language, "comma").join(on)
        said = say(language, "on", names=names) if on else say(language, "on-none")
        head = say(language, "asks", asks=asks, id=id)
        branches.append(TreeLine(Mark.NONE, head, below=(TreeLine(Mark.NONE, said),)))
    return Tree(tuple(branches))


def _names(one: VersionStatus, language: str) -> Table:
    """Name all that rests on each basis."""
    header = tuple(say(language, key) for key in ("part", "rests", "names"))
    rows = tuple(
        (PARTS[part][language], BASES[basis][language], say(language, "comma").join(names))
        for part, of in one.parts.items()
        for basis, names in of.items()
        if names
    )
    return Table(header, rows)
