"""Diagnostics for machines."""

from collections.abc import Iterable

from ipcity_policy.text.diagnostic import Diagnostic, Fix
from ipcity_policy.text.source import Cell, Place


def diagnostics_json(
    diagnostics: Iterable[Diagnostic], language: str = "en"
) -> list[dict[str, object]]:
    """Return diagnostics for machines."""
    return [
        {
            "code": d.code.id,
            "name": d.code.name,
            "severity": d.severity,
            "message": d.message.text(language),
            "help": d.help.text(language),
            **_place(d.at),
            "related": [{"note": r.note.text(language), **_place(r.at)} for r in d.related],
            "fix": _fix(d.fix, language) if d.fix is not None else None,
        }
        for d in diagnostics
    ]


def _fix(fix: Fix, language: str) -> dict[str, object]:
    edits = [{**_place(edit.at), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title.text(language), "edits": edits}


def _place(at: Place) -> dict[str, object]:
    if isinstance(at, Cell):
        return {"file": at.file, "sheet": at.sheet, "row": at.row, "column": at.column}
    start, end = at.position, at.source.position(at.end)
    return {
        "file": at.file,
        "line": start.line,
        "column": start.column,
        "end-line": end.line,
        "end-column": end.column,
    }
