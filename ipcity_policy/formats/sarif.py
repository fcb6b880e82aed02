"""Diagnostics as SARIF 2.1.0, which editors and build servers show beside the text."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from ipcity_policy.text.catalogue import translated
from ipcity_policy.text.codes import CODES, Severity
from ipcity_policy.text.diagnostic import Diagnostic, Fix
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Cell, Place, Span
from ipcity_policy.version import __version__

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
)
_INDEX = {id: index for index, id in enumerate(CODES)}


def diagnostics_sarif(
    diagnostics: Iterable[Diagnostic], language: str = "en"
) -> dict[str, Any]:
    """Return a log of one run, with every code as a rule and every diagnostic as a result."""
    run = {
        "tool": {
            "driver": {"name": "ipcity", "version": __version__, "rules": _rules(language)}
        },
        "invocations": [{"executionSuccessful": True}],
        "language": language,
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(diagnostic, language) for diagnostic in diagnostics],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules(language: str) -> list[dict[str, Any]]:
    return [
        {
            "id": code.id,
            "name": say(code.name).text(language),
            "shortDescription": _message(say(code.rule).text(language)),
            "help": _message(say(code.rule).text(language)),
            "defaultConfiguration": {"level": _LEVELS[code.severity]},
        }
        for code in CODES.values()
    ]


def _result(diagnostic: Diagnostic, language: str) -> dict[str, Any]:
    said = (diagnostic.message.text(language), diagnostic.help.text(language))
    result: dict[str, Any] = {
        "ruleId": diagnostic.code.id,
        "ruleIndex": _INDEX[diagnostic.code.id],
        "level": _LEVELS[diagnostic.severity],
        "message": _message(translated(language, "; ").join(said)),
        "locations": [_location(diagnostic.at)],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(related.at),
                "message": _message(related.note.text(language)),
            }
            for number, related in enumerate(diagnostic.related)
        ]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix, language)]
    return result


def _message(text: str) -> dict[str, str]:
    """Return a message: in one, a brace begins a placeholder, and `[…](…)` is a link."""
    text = text.replace("\\", "\\\\").replace("{", "{{").replace("}", "}}")
    return {"text": re.sub(r"\[(?=[^\]]*\]\()", r"\\[", text)}


def _location(at: Place) -> dict[str, Any]:
    physical = {"artifactLocation": _artifact(at.file)}
    if isinstance(at, Cell):  # a region is one of a text
        cell = {"name": at.name, "fullyQualifiedName": at.place}
        return {"physicalLocation": physical, "logicalLocations": [cell]}
    if at.source.text:
        physical["region"] = _region(at)
    return {"physicalLocation": physical}


def _region(span: Span) -> dict[str, Any]:
    start, end = span.position, span.source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _artifact(name: str) -> dict[str, Any]:
    """Name a file from where the reader stands; one that lies elsewhere, in full."""
    path = PurePath(name)
    uri = quote(path.as_posix(), errors="surrogateescape")
    if path.is_absolute():
        return {"uri": f"file://{'' if uri.startswith('/') else '/'}{uri}"}
    return {"uri": uri, "uriBaseId": "SRCROOT"}


def _fix(fix: Fix, language: str) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement: dict[str, Any] = {"deletedRegion": _region(edit.at)}
        if edit.text:
            replacement["insertedContent"] = {"text": edit.text}
        changes.setdefault(edit.at.source.name, []).append(replacement)
    return {
        "description": _message(fix.title.text(language)),
        "artifactChanges": [
            {"artifactLocation": _artifact(name), "replacements": replacements}
            for name, replacements in changes.items()
        ],
    }
