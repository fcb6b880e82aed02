"""Diagnostics as lines: place, what is wrong, the source line with a caret, the mend."""

from collections.abc import Iterable

from ipcity_policy.text.diagnostic import Diagnostic, Fix
from ipcity_policy.text.source import Span, cells

#: How much of a long line is shown around the place.
_BEFORE, _AFTER = 50, 60


def diagnostics_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics one below the other, each with its line and a caret."""
    return "".join(_one(diagnostic) + "\n" for diagnostic in diagnostics)


def _one(diagnostic: Diagnostic) -> str:
    code = diagnostic.code
    lines = [
        f"{diagnostic.at.place}: {code.severity} {code.id} {code.name}: {diagnostic.message}"
    ]
    lines += excerpt(diagnostic.at)
    for related in diagnostic.related:
        lines.append(f"  {related.at.place}: {related.note}")
        lines += excerpt(related.at)
    if diagnostic.help:
        lines.append(f"  help: {diagnostic.help}")
    return "\n".join(lines) + "\n"


def fixes_text(mended: Iterable[Diagnostic]) -> str:
    """Write what was mended, a line each."""
    return "".join(
        f"{d.at.place}: mended {d.code.id} {d.code.name}: {d.fix.title}\n"
        for d in mended
        if d.fix is not None
    )


def excerpt(span: Span) -> list[str]:
    """Return the line of a place with a caret below it; none where there is no text."""
    if not span.source.text:
        return []
    position = span.position
    line = span.source.line(position.line)
    start = position.column - 1
    length = max(1, min(span.end - span.start, len(line) - start))
    first = max(0, start - _BEFORE) if len(line) > _BEFORE + _AFTER else 0
    last = (
        min(len(line), start + _AFTER) if first or len(line) > _BEFORE + _AFTER else len(line)
    )
    shown = line[first:last].replace("\t", " ")
    before = line[first:start].replace("\t", " ")
    marked = line[start : min(start + length, last)].replace("\t", " ")
    number = str(position.line)
    margin = " " * len(number)
    ahead, behind = "…" if first else "", "…" if last < len(line) else ""
    caret = " " * cells(ahead + before) + "^" * max(1, cells(marked))
    return [f"  {number} | {ahead}{shown}{behind}", f"  {margin} | {caret}"]


def diagnostics_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Return diagnostics for machines."""
    return [
        {
            "code": d.code.id,
            "name": d.code.name,
            "severity": d.severity,
            "message": d.message,
            "help": d.help,
            **_place(d.at),
            "related": [{"note": r.note, **_place(r.at)} for r in d.related],
            "fix": _fix(d.fix) if d.fix is not None else None,
        }
        for d in diagnostics
    ]


def _fix(fix: Fix) -> dict[str, object]:
    edits = [{**_place(edit.at), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "edits": edits}


def _place(span: Span) -> dict[str, object]:
    start, end = span.position, span.source.position(span.end)
    return {
        "file": span.source.name,
        "line": start.line,
        "column": start.column,
        "end-line": end.line,
        "end-column": end.column,
    }
