"""Fact sheets: read, found faulty, begun anew, and described to editors."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from ipcity_policy.api.arguments import unanswerable
from ipcity_policy.api.policies import VersionLike, find_version, newest_first
from ipcity_policy.formats.json.diagnostics import diagnostics_json
from ipcity_policy.law.files import inside, is_folder, nothing_in, read_bytes, whole
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.questions.validating import contradictions_in
from ipcity_policy.report.block import Block
from ipcity_policy.report.forms.sheet import sheet_form
from ipcity_policy.report.forms.sheet_schema import sheet_schema as _sheet_schema
from ipcity_policy.report.reports.faults import faults_report
from ipcity_policy.sheet.reader import open_sheet, sheet_from
from ipcity_policy.sheet.sheet import Sheet, later_than
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    did_you_mean,
    has_errors,
    in_order,
)
from ipcity_policy.text.message import Message, listed, say
from ipcity_policy.text.source import Source, Span

_SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Given:
    """What is no file by its path, such as standard input.

    >>> Given("-", lambda: Result(b"sheet: 1")).name
    '-'
    """

    #: What it is called in diagnostics.
    name: str
    #: Gives its bytes when it is its turn, or says why there are none.
    read: Callable[[], Result[bytes]]


#: A sheet: the path of a file, its content as nested dictionaries of texts, its bytes, or one
#: that was read before.
SheetLike: TypeAlias = str | Path | Mapping[str, Any] | Given | Sheet


@dataclass(frozen=True, slots=True)
class Validated:
    """What is wrong with some sheets."""

    #: How many were looked at, and how many of them have errors.
    count: int
    faulty: int
    #: All that was found, in the order of files and places.
    diagnostics: tuple[Diagnostic, ...]

    def as_json(self, lang: str = "en") -> Any:
        """Return the diagnostics for machines, in `en` or `zh`."""
        return diagnostics_json(self.diagnostics, lang)

    def blocks(self, lang: str, names: Iterable[str], *, most: int) -> Iterator[Block]:
        """Yield it as a report on what is called `names`, with at most so many diagnostics."""
        return faults_report(tuple(names), self.diagnostics, lang, most=most)


def read_sheet(policies: Library, sheet: SheetLike) -> Result[Sheet]:
    """Read a sheet from a file, bytes or a mapping.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> read_sheet(policies, "tests/second_law/berths/boats/dot.yaml").value.measure
    'berths'
    >>> read_sheet(policies, "nowhere.yaml").diagnostics[0].message_text
    'there is no such file'
    """
    match sheet:
        case Sheet():
            return Result(sheet)
        case Given(name, read):
            data = read()
            if data.value is None:
                return Result(None, data.diagnostics)
            return _from(policies, name, data.value)
        case str() | Path():
            return open_sheet(policies, Path(sheet))
        case _:
            text = json.dumps(sheet, ensure_ascii=False, default=str)
            return _from(policies, "the mapping", text.encode())


def read_sheets(policies: Library, sheets: Iterable[SheetLike]) -> Result[tuple[Sheet, ...]]:
    """Read sheets, and of a folder all that are in it; the value is those without errors.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> len(read_sheets(policies, ["tests/second_law/berths/boats"]).value)
    2
    """
    found = [*_each(policies, sheets)]
    sound = (one.value for one in found if not has_errors(one.diagnostics))
    diagnostics = (told for one in found for told in one.diagnostics)
    return Result(tuple(one for one in sound if one is not None), tuple(diagnostics))


def unreadable(name: str, reason: Message) -> Result[bytes]:
    """Say that there are no bytes to read, for `Given`.

    >>> from ipcity_policy.text.message import say
    >>> unreadable("-", say("it is closed")).diagnostics[0].message_text
    'the file cannot be read: it is closed'
    """
    message = say("the file cannot be read: {said}", said=reason)
    return Result(None, (diagnose("S101", message, Span(Source(name, ""), 0, 0)),))


def names_one(sheet: SheetLike) -> bool:
    """Tell whether a name is that of one sheet, and not of a folder of them.

    >>> names_one("tests/second_law/berths/boats")
    False
    """
    return not (isinstance(sheet, str | Path) and is_folder(Path(sheet)))


def validate(policies: Library, sheet: SheetLike) -> tuple[Diagnostic, ...]:
    """Return every fault of a sheet; none where it can be used.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> [one.code.id for one in validate(policies, {"sheet": "1"})]
    ['F106']
    """
    return _faults(policies, read_sheet(policies, sheet))


def validate_all(
    policies: Library, sheets: Iterable[SheetLike], *, on: date | None = None
) -> Validated:
    """Return every fault of some sheets, and what lies after the day `on`.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> found = validate_all(policies, ["tests/second_law/berths/boats"])
    >>> found.count, found.faulty, found.diagnostics
    (2, 0, ())
    """
    found: list[Diagnostic] = []
    count = faulty = 0
    for sheet in _each(policies, sheets):
        faults = _faults(policies, sheet)
        count, faulty = count + 1, faulty + has_errors(faults)
        found += faults
        if on is not None and sheet.value is not None:
            found += later_than(sheet.value, on)
    return Validated(count, faulty, in_order(found))


def sheet_new(
    policies: Library,
    version: VersionLike | None = None,
    *,
    decision: str | None = None,
    lang: str = "en",
    schema: str | None = None,
) -> Result[str]:
    """Return the text of an empty sheet with its questions, for one decision or all.

    Without a version it is the newest that has the decision. `schema` is the path by which an
    editor finds the sheet's schema.

    >>> from ipcity_policy.api import open_policies
    >>> text = sheet_new(open_policies("tests/second_law"), "2004", decision="fee").value
    >>> text.splitlines()[0]
    '# A fact sheet for Harbour byelaw of 2004 (berths/2004).'
    """
    program = _program(policies, version, decision)
    if program.value is None:
        return Result(None, program.diagnostics)
    return Result(sheet_form(program.value, decision, lang, schema), program.diagnostics)


def sheet_schema(
    policies: Library,
    version: VersionLike | None = None,
    *,
    decision: str | None = None,
    lang: str = "en",
) -> Result[dict[str, Any]]:
    """Return the JSON Schema of the sheets for a version, or else for the newest.

    >>> from ipcity_policy.api import open_policies
    >>> schema = sheet_schema(open_policies("tests/second_law"), "2004").value
    >>> schema["type"]
    'object'
    """
    program = _program(policies, version, decision)
    if program.value is None:
        return Result(None, program.diagnostics)
    return Result(_sheet_schema(program.value, decision, lang), program.diagnostics)


def _from(policies: Library, name: str, data: bytes) -> Result[Sheet]:
    document = read_bytes(name, data)
    if document.value is None:
        return Result(None, document.diagnostics)
    read = sheet_from(policies, document.value)
    return Result(read.value, document.diagnostics + read.diagnostics)


def _each(policies: Library, sheets: Iterable[SheetLike]) -> Iterator[Result[Sheet]]:
    for sheet in sheets:
        if not isinstance(sheet, str | Path) or names_one(sheet):
            yield read_sheet(policies, sheet)
            continue
        folder = Path(sheet)
        files = [file for file in inside(folder) if file.suffix in _SUFFIXES]
        if not files:
            yield Result(None, (nothing_in(folder, say("there are no sheets here")),))
        for file in files:
            yield open_sheet(policies, file, whole(folder))


def _faults(policies: Library, sheet: Result[Sheet]) -> tuple[Diagnostic, ...]:
    wrong = contradictions_in(policies, sheet.value) if sheet.value is not None else ()
    return sheet.diagnostics + wrong


def _program(
    policies: Library, version: VersionLike | None, decision: str | None
) -> Result[Program]:
    """Return the version that is named, or else the newest with the decision."""
    refs = newest_first(policies)
    if version is not None:
        named = find_version(policies, version)
        if named.value is None:
            return Result(None, named.diagnostics)
        refs = (named.value,)
    found: list[Program] = []
    known: dict[str, None] = {}
    told: list[Diagnostic] = []
    for ref in refs:
        result = policies.program(ref)
        told += result.diagnostics
        if result.value is None:
            return Result(None, tuple(told))
        known |= dict.fromkeys(result.value.decisions)
        if decision is None or decision in result.value.decisions:
            found.append(result.value)
    wrong = None
    if not found:
        wrong = _no_decision(decision or "", known, [ref.id for ref in refs])
    elif len({program.vocabulary.measure for program in found}) > 1:
        names = listed(program.id for program in found)
        message = say("several measures are meant")
        mend = say("name one of the versions {names}", names=names)
        wrong = unanswerable("version", "", message, mend)
    return Result(None, (*told, wrong)) if wrong is not None else Result(found[0], tuple(told))


def _no_decision(decision: str, known: Iterable[str], versions: Iterable[str]) -> Diagnostic:
    names = tuple(known)
    mend = did_you_mean(decision, names) or say("there is {names}", names=listed(names))
    message = say(
        "no decision `{decision}` in {versions}", decision=decision, versions=listed(versions)
    )
    return unanswerable("decision", decision, message, mend)
