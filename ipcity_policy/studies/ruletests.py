"""Run the rule tests that stand beside a measure: a sheet, a day, what the law gives."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipcity_policy.engines.evaluation import Question, evaluate_sheet
from ipcity_policy.engines.verdict import Verdict
from ipcity_policy.lang.literals import read_date
from ipcity_policy.measure.files import inside, is_file, is_folder, whole
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.model import Words
from ipcity_policy.measure.reader import child, entries_of, items_of, text_of, words_of
from ipcity_policy.measure.shapes.sheetfile import TESTS
from ipcity_policy.measure.sheet import Sheet
from ipcity_policy.studies.expectations import (
    Difference,
    came_out,
    differences,
    unknown_names,
)
from ipcity_policy.text import document
from ipcity_policy.text.conforming import conform
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    did_you_mean,
    has_errors,
    in_order,
)
from ipcity_policy.text.document import Node, Scalar
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span

#: How the name of a file with proposals ends; such a file is written and never read.
PROPOSED = ".proposed"


@dataclass(frozen=True, slots=True)
class Case:
    """A rule test, run."""

    name: Words
    why: Words
    #: None where it could not be run.
    verdict: Verdict | None
    differences: tuple[Difference, ...]
    #: What is wrong with the test itself.
    diagnostics: tuple[Diagnostic, ...]
    #: The decision it asks about.
    decision: str
    #: The file it stands in, and how it is written there.
    file: Path
    node: Node = field(compare=False, repr=False)
    span: Span = field(compare=False, repr=False)

    @property
    def passed(self) -> bool:
        """Whether it ran and everything came out as expected."""
        return (
            self.verdict is not None
            and not self.differences
            and not has_errors(self.diagnostics)
        )


def test_files(path: Path) -> tuple[Path, ...]:
    """Return the files of rule tests in or below a folder, or the file itself.

    What was proposed is no rule test until somebody copies it into one.
    """
    if is_file(path):
        return () if path.suffix == PROPOSED else (path,)
    found: list[Path] = []
    folders = [path]
    while folders:
        folder = folders.pop()
        for one in inside(folder):
            if is_folder(one) and not one.is_symlink():
                folders.append(one)
            elif one.suffix == ".yaml" and whole(folder).name == "tests":
                found.append(one)
    return tuple(sorted(found))


def run_tests(
    library: Library,
    files: Sequence[Path],
    decisions: Container[str] | None = None,
    *,
    thorough: bool = True,
) -> Result[tuple[Case, ...]]:
    """Run every case of some files, in the order written; or those on some decisions.

    Where it need not be thorough, they are answered and not held against what they expect.
    """
    cases: list[Case] = []
    diagnostics: list[Diagnostic] = []
    for path in files:
        read = library.document(path)
        diagnostics += read.diagnostics
        if read.value is None:
            continue
        wrong = tuple(conform(read.value, TESTS))
        diagnostics += wrong
        measure = text_of(read.value, "tests") or ""
        if has_errors(wrong) or not isinstance(read.value, document.Mapping):
            continue
        nodes = items_of(read.value, "cases")
        diagnostics += _about_file(library, measure, read.value, nodes)
        for node in nodes:
            if decisions is None or text_of(node, "decision") in decisions:
                cases.append(_run(library, path, measure, node, thorough=thorough))
    return Result(tuple(cases), in_order(diagnostics))


def _about_file(
    library: Library, measure: str, node: document.Mapping, cases: tuple[Node, ...]
) -> Iterator[Diagnostic]:
    named = node.get("tests")
    if named is not None and library.measure(measure) is None:
        known = [home.name for home in library.measures()]
        message = say("there is no measure `{measure}`", measure=measure)
        yield diagnose("M101", message, named.span, help=did_you_mean(measure, known))
    if not cases:
        yield diagnose("S202", say("no case is written here"), (node.key("cases") or node).span)


def _run(library: Library, path: Path, measure: str, node: Node, *, thorough: bool) -> Case:
    name = words_of(node, "case") or Words("", "")
    why = words_of(node, "why") or Words("", "")
    decision = text_of(node, "decision") or ""
    sheet = _sheet(library, path, measure, node)
    diagnostics = list(sheet.diagnostics)
    verdict = None
    found: tuple[Difference, ...] = ()
    if sheet.value is not None and not has_errors(diagnostics):
        question = replace(_question(node, decision, diagnostics), thorough=thorough)
        result = evaluate_sheet(library, sheet.value, question)
        diagnostics += [_here(d, node) for d in result.diagnostics]
        verdict = result.value[0] if result.value else None
    expected = child(node, "expect")
    if expected is None:
        came = came_out(verdict)["outcome"] if verdict is not None else "unknown"
        found = (Difference("expect", None, str(came)),)
    elif verdict is not None and thorough:
        diagnostics += unknown_names(expected, verdict, library)
        found = tuple(differences(expected, verdict))
    return Case(
        name=name,
        why=why,
        verdict=verdict,
        differences=found,
        diagnostics=in_order(diagnostics),
        decision=decision,
        file=path,
        node=node,
        span=_top(node),
    )


def _top(node: Node) -> Span:
    return node.entries[0][1].span if isinstance(node, document.Mapping) else node.span


def _sheet(library: Library, path: Path, measure: str, node: Node) -> Result[Sheet]:
    named, given = text_of(node, "sheet"), child(node, "given")
    if named is not None and given is None:
        return library.sheet(path.parent / named)
    if not isinstance(given, document.Mapping):
        message = say("a case has `sheet:` or `given:`, or both")
        mend = say("name a sheet by its path, or write the facts under `given:`")
        return Result(None, (diagnose("S202", message, _top(node), help=mend),))
    if named is not None:
        read = library.document(path.parent / named)
        if read.value is None:
            return Result(None, read.diagnostics)
        found = library.sheet_of(_laid_over(read.value, given))
        return Result(found.value, (*read.diagnostics, *found.diagnostics))
    head = tuple(
        (Scalar(key, given.span), Scalar(value, given.span))
        for key, value in (("sheet", "1"), ("measure", measure))
    )
    return library.sheet_of(document.Mapping((*head, *given.entries), given.span))


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


def _question(node: Node, decision: str, diagnostics: list[Diagnostic]) -> Question:
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
        decision=decision,
        on=days.low if days is not None else None,
        version=text_of(node, "version"),
        readings=tuple(
            (key.text, value.text)
            for key, value in entries_of(node, "readings")
            if isinstance(value, Scalar)
        ),
        strict=text_of(node, "strict") == "yes",
    )


def _here(diagnostic: Diagnostic, node: Node) -> Diagnostic:
    """Place what is wrong with the question at the case that asks it."""
    at_option = diagnostic.at.source.name.startswith("--")
    if not at_option:
        return diagnostic
    keys = {"--version": "version", "--decision": "decision", "--reading": "readings"}
    key = keys.get(diagnostic.at.source.name, "")
    place = child(node, key)
    at = place.span if place is not None else _top(node)
    return diagnose(diagnostic.code.id, diagnostic.says, at, help=diagnostic.mend)
