"""Diagnostics as lines: place, what is wrong, the source line with a caret, the help."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ipcity_policy.text.catalogue import translated
from ipcity_policy.text.cells import cells
from ipcity_policy.text.codes import Severity
from ipcity_policy.text.confusables import visible
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Cell, Place

SEVERITIES: Mapping[Severity, Message] = MappingProxyType(
    {
        Severity.ERROR: say("error"),
        Severity.WARNING: say("warning"),
        Severity.HINT: say("hint"),
    }
)
#: How much of a long line is shown around the place.
_BEFORE, _AFTER = 50, 60


def diagnostics_text(diagnostics: Iterable[Diagnostic], language: str = "en") -> str:
    """Write diagnostics one below the other, each with its line and a caret."""
    return "".join(_one(diagnostic, language) + "\n" for diagnostic in diagnostics)


def _one(diagnostic: Diagnostic, language: str) -> str:
    code = diagnostic.code
    severity, name = SEVERITIES[code.severity].text(language), say(code.name).text(language)
    said = diagnostic.message.text(language)
    lines = [f"{diagnostic.at.place}: {severity} {code.id} {name}{_colon(language)}{said}"]
    lines += excerpt(diagnostic.at)
    for related in diagnostic.related:
        lines.append(f"  {related.at.place}: {related.note.text(language)}")
        lines += excerpt(related.at)
    help = diagnostic.help.text(language)
    lines.append(f"  {say('help').text(language)}{_colon(language)}{help}")
    return visible("\n".join(lines)) + "\n"


def fixes_text(fixed: Iterable[Diagnostic], language: str = "en") -> str:
    """Write what was fixed, a line each."""
    return visible(
        "".join(
            f"{d.at.place}: {say('fixed').text(language)} {d.code.id} "
            f"{say(d.code.name).text(language)}{_colon(language)}{d.fix.title.text(language)}\n"
            for d in fixed
            if d.fix is not None
        )
    )


def _colon(language: str) -> str:
    return translated(language, ": ")


def excerpt(at: Place) -> list[str]:
    """Return the line of a place with a caret below it; none where there is no text."""
    if isinstance(at, Cell):
        line, number, start, length = at.text, at.name, 0, len(at.text)
    elif not at.source.text:
        return []
    else:
        line, number, start = at.source.line(at.row), str(at.row), at.position.column - 1
        length = max(1, min(at.end - at.start, len(line) - start))
    first = max(0, start - _BEFORE) if len(line) > _BEFORE + _AFTER else 0
    last = (
        min(len(line), start + _AFTER) if first or len(line) > _BEFORE + _AFTER else len(line)
    )
    line = visible(line.replace("\t", " "))
    shown, before = line[first:last], line[first:start]
    marked = line[start : min(start + length, last)]
    margin = " " * len(number)
    ahead, behind = "…" if first else "", "…" if last < len(line) else ""
    caret = " " * cells(ahead + before) + "^" * max(1, cells(marked))
    return [f"  {number} | {ahead}{shown}{behind}", f"  {margin} | {caret}"]
