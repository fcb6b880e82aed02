"""How a rule test is written: its sheet, its question, and where it stands in its file."""

from pathlib import Path

from ipcity_policy.lang.literals import read_date
from ipcity_policy.law.library import Library
from ipcity_policy.law.reader import child, entries_of, items_of, text_of
from ipcity_policy.questions.evaluation import Question
from ipcity_policy.sheet.reader import open_sheet, sheet_from
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar


def top_of(node: Node) -> Span:
    """Return the place where a case begins in its file."""
    return node.entries[0][1].span if isinstance(node, document.Mapping) else node.span


def sheet_of(library: Library, path: Path, measure: str, node: Node) -> Result[Sheet]:
    """Return the sheet that a case is about."""
    named, given = text_of(node, "sheet"), child(node, "given")
    if named is not None and given is None:
        return open_sheet(library, path.parent / named)
    if not isinstance(given, document.Mapping):
        message = say("a case has `sheet:` or `given:`, or both")
        help = say("name a sheet by its path, or write the facts under `given:`")
        return Result(None, (diagnose("S202", message, top_of(node), help=help),))
    if named is not None:
        read = library.document(path.parent / named)
        if read.value is None:
            return Result(None, read.diagnostics)
        found = sheet_from(library, _laid_over(read.value, given))
        return Result(found.value, (*read.diagnostics, *found.diagnostics))
    head = tuple(
        (Scalar(key, given.span), Scalar(value, given.span))
        for key, value in (("sheet", "1"), ("measure", measure))
    )
    return sheet_from(library, document.Mapping((*head, *given.entries), given.span))


def _laid_over(before: Node, given: Node, depth: int = 2) -> Node:
    """Return a sheet in which what is given stands instead: of its blocks, key by key."""
    blocks = isinstance(before, document.Mapping) and isinstance(given, document.Mapping)
    if not blocks or not depth:
        return given
    assert isinstance(before, document.Mapping)
    assert isinstance(given, document.Mapping)
    over = {key.text: (key, value) for key, value in given.entries}
    entries: list[tuple[Scalar, Node]] = []
    for key, value in before.entries:
        name, new = over.pop(key.text, (key, value))
        entries.append((name, value if new is value else _laid_over(value, new, depth - 1)))
    return document.Mapping((*entries, *over.values()), before.span)


def question_of(node: Node, diagnostics: list[Diagnostic]) -> Question:
    """Return what a case asks; report a day that is none."""
    text = text_of(node, "on")
    days = read_date(text) if text is not None else None
    if text is not None and (days is None or not days.known):
        place = child(node, "on")
        diagnostics.append(
            diagnose(
                "S204",
                say("`{text}` is not a day", text=text),
                (place or node).span,
                help=say("write a full date"),
            )
        )
    return Question(
        decision=text_of(node, "decision") or "",
        on=days.low if days is not None else None,
        version=text_of(node, "version"),
        readings=tuple(
            (key.text, value.text)
            for key, value in entries_of(node, "readings")
            if isinstance(value, Scalar)
        ),
        strict=text_of(node, "strict") == "yes",
        interpretations=_interpretations(node),
    )


def _interpretations(node: Node) -> tuple[str, ...]:
    one = text_of(node, "interpretation")
    several = items_of(node, "interpretation")
    return (
        (one,) if one is not None else tuple(i.text for i in several if isinstance(i, Scalar))
    )


def at_case(diagnostic: Diagnostic, node: Node) -> Diagnostic:
    """Place what is wrong with the question at the case that asks it."""
    at_option = diagnostic.at.file.startswith("--")
    if not at_option:
        return diagnostic
    keys = {
        "--version": "version",
        "--decision": "decision",
        "--reading": "readings",
        "--interpretation": "interpretation",
    }
    key = keys.get(diagnostic.at.file, "")
    place = child(node, key)
    at = place.span if place is not None else top_of(node)
    return diagnose(diagnostic.code.id, diagnostic.message, at, help=diagnostic.help)
