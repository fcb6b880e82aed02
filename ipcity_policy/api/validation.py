"""Fact sheets found faulty: every fault, with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipcity_policy.api.sheets import SheetLike, each_sheet, read_sheet
from ipcity_policy.formats.json.diagnostics import diagnostics_json
from ipcity_policy.law.library import Library
from ipcity_policy.questions.validating import contradictions_in
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.faults import faults_report
from ipcity_policy.sheet.sheet import Sheet, later_than
from ipcity_policy.text.diagnostic import Diagnostic, Result, has_errors, in_order


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
    for sheet in each_sheet(policies, sheets):
        faults = _faults(policies, sheet)
        count, faulty = count + 1, faulty + has_errors(faults)
        found += faults
        if on is not None and sheet.value is not None:
            found += later_than(sheet.value, on)
    return Validated(count, faulty, in_order(found))


def _faults(policies: Library, sheet: Result[Sheet]) -> tuple[Diagnostic, ...]:
    wrong = contradictions_in(policies, sheet.value) if sheet.value is not None else ()
    return sheet.diagnostics + wrong
