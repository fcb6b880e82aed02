"""What is wrong with files as a report: a part for each diagnostic, line and mend included."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ipcity_policy.law.model import Localized
from ipcity_policy.report.block import Badge, Block, Heading, Items, Paragraph, Verbatim
from ipcity_policy.report.reports.diagnostics import SEVERITIES, excerpt
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.text.message import say

_SENTENCES: Mapping[str, Localized] = MappingProxyType(
    {
        "title": Localized("What was found in {what}", "{what}：检查结果"),
        "comma": Localized(", ", "、"),
        "nothing": Localized("Nothing is wrong.", "未发现问题。"),
        "mended": Localized("Mended: {title}", "已改正：{title}"),
        "one": Localized("{place}: {severity}: {message}", "{place}：{severity}：{message}"),
        "related": Localized("{place}: {note}", "{place}：{note}"),
        "help": Localized("help: {help}", "改正方法：{help}"),
        "more": Localized("… and {n} more like these", "……另有{n}处"),
    }
)


def _say(language: str, key: str, **parts: str) -> str:
    return _SENTENCES[key][language].format(**parts)


def faults_report(
    what: Sequence[str],
    diagnostics: Sequence[Diagnostic],
    language: str,
    *,
    mended: Sequence[Diagnostic] = (),
    most: int,
) -> Iterator[Block]:
    """Yield what was found in some files, at `most` so many, after what was mended."""
    yield Heading(_say(language, "title", what=_say(language, "comma").join(what)), 1)
    done = (
        _say(language, "mended", title=_related(one, one.fix.title.text(language), language))
        for one in mended
        if one.fix is not None
    )
    if mended:
        yield Items(tuple(done))
    for diagnostic in diagnostics[:most]:
        yield from _fault(diagnostic, language)
    if len(diagnostics) > most:
        yield Paragraph(_say(language, "more", n=str(len(diagnostics) - most)))
    if not diagnostics:
        yield Paragraph(_say(language, "nothing"))


def _fault(one: Diagnostic, language: str) -> Iterator[Block]:
    severity = SEVERITIES[one.code.severity].text(language)
    yield Heading(f"{one.code.id} {say(one.code.name).text(language)}")
    said = _say(
        language,
        "one",
        place=one.at.place,
        severity=severity,
        message=one.message.text(language),
    )
    yield Paragraph(said, (Badge(severity, one.code.severity),))
    line = excerpt(one.at)
    if line:
        yield Verbatim("\n".join(line))
    more = [
        _say(language, "related", place=other.at.place, note=other.note.text(language))
        for other in one.related
    ]
    more.append(_say(language, "help", help=one.help.text(language)))
    yield Items(tuple(more))


def _related(one: Diagnostic, note: str, language: str) -> str:
    return _say(language, "related", place=one.at.place, note=note)
