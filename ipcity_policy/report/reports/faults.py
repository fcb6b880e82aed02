"""What is wrong with files as a report: a part for each diagnostic, line and help included."""

from collections.abc import Iterator, Sequence

from ipcity_policy.report.block import Block, Heading, Items, Paragraph, Verbatim
from ipcity_policy.report.reports.diagnostics import SEVERITIES, excerpt
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.text.inline import Badge, RichText
from ipcity_policy.text.message import say, tell


def faults_report(
    what: Sequence[str],
    diagnostics: Sequence[Diagnostic],
    language: str,
    *,
    fixed: Sequence[Diagnostic] = (),
    most: int,
) -> Iterator[Block]:
    """Yield what was found in some files, at `most` so many, after what was fixed."""
    yield Heading(
        tell(language, "What was found in {what}", what=tell(language, ", ").join(what)), 1
    )
    done = (
        tell(
            language,
            "Fixed: {title}",
            title=_related(one, one.fix.title.text(language), language),
        )
        for one in fixed
        if one.fix is not None
    )
    if fixed:
        yield Items(tuple(done))
    for diagnostic in diagnostics[:most]:
        yield from _fault(diagnostic, language)
    if len(diagnostics) > most:
        yield Paragraph(
            tell(
                language,
                say("… and {n} more like these", context="more"),
                n=str(len(diagnostics) - most),
            )
        )
    if not diagnostics:
        yield Paragraph(tell(language, "Nothing is wrong."))


def _fault(one: Diagnostic, language: str) -> Iterator[Block]:
    severity = SEVERITIES[one.code.severity].text(language)
    yield Heading(f"{one.code.id} {say(one.code.name).text(language)}")
    said = tell(
        language,
        "{place}: {severity}: {message}",
        place=one.at.place,
        severity=RichText(Badge(severity, one.code.severity)),
        message=one.message.text(language),
    )
    yield Paragraph(said)
    line = excerpt(one.at)
    if line:
        yield Verbatim("\n".join(line))
    more = [
        tell(language, "{place}: {note}", place=other.at.place, note=other.note.text(language))
        for other in one.related
    ]
    more.append(tell(language, "help: {help}", help=one.help.text(language)))
    yield Items(tuple(more))


def _related(one: Diagnostic, note: str, language: str) -> str:
    return tell(language, "{place}: {note}", place=one.at.place, note=note)
