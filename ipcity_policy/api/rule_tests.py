"""Rule tests run: the cases that stand beside a measure, held against what the law gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from ipcity_policy.api.arguments import unanswerable
from ipcity_policy.api.policies import nothing_here
from ipcity_policy.formats.json.coverage import coverage_json
from ipcity_policy.formats.json.rule_tests import tests_json
from ipcity_policy.formats.junit import tests_junit
from ipcity_policy.law.library import Library, shown
from ipcity_policy.law.writing import write_anew
from ipcity_policy.questions.rest_days import NO_CALENDAR
from ipcity_policy.report.block import Block
from ipcity_policy.report.forms.proposals import proposals_text
from ipcity_policy.report.reports.coverage import coverage_line, coverage_report
from ipcity_policy.report.reports.ruletests import tests_report
from ipcity_policy.studies.rule_tests.coverage import Coverage, coverage_of
from ipcity_policy.studies.rule_tests.runner import PROPOSED, RuleTest, run_tests, test_files
from ipcity_policy.text.diagnostic import Diagnostic, Result
from ipcity_policy.text.message import say


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file for review: what came out of the failed cases of a file of rule tests."""

    path: Path
    #: What the file is called in what is said of it.
    name: str
    text: str

    def write(self) -> Diagnostic | None:
        """Write the file, over an older one too; what stands in the way is a diagnostic."""
        return write_anew(self.path, self.name, self.text.encode())


@dataclass(frozen=True)
class RanTests:
    """What came of rule tests."""

    policies: Library
    cases: tuple[RuleTest, ...]

    @property
    def passed(self) -> bool:
        """Whether there are cases, and each came out as expected or needs a calendar."""
        return bool(self.cases) and all(case.passed or case.needs for case in self.cases)

    @cached_property
    def coverage(self) -> Coverage:
        """What of the rules the cases have seen."""
        return coverage_of(self.policies, self.cases)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return tests_json(self.cases) | {"coverage": coverage_json(self.coverage)}

    def as_junit(self, lang: str = "en") -> str:
        """Return it as a report of JUnit, in `en` or `zh`."""
        return tests_junit(self.cases, lang)

    def blocks(self, lang: str = "en", *, unseen: bool = False) -> Iterator[Block]:
        """Yield it as a report, with `unseen` also what no case has seen, in `en` or `zh`."""
        *blocks, count = tests_report(self.cases, lang)
        yield from blocks
        if unseen:
            yield from coverage_report(self.coverage, lang)
        yield count
        yield coverage_line(self.coverage, lang, more=not unseen)

    def proposals(self, lang: str = "en") -> Iterator[Proposal]:
        """Yield a proposal for each file of rule tests that has something to propose."""
        for file, some in groupby(self.cases, key=lambda case: case.file):
            text = proposals_text(tuple(some), lang)
            if text is not None:
                path = file.with_suffix(PROPOSED)
                yield Proposal(path, shown(path), text)


def test(policies: Library, path: str | Path | None = None) -> Result[RanTests]:  # noqa: PT028
    """Run the rule tests in or below a folder, or of a file; without a path, all of them.

    A case that does not come out as expected is no error: `RanTests.passed` tells. What is
    wrong with the files, and what a calendar of rest days would be needed for, are diagnostics.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> found = test(policies, "tests/second_law/berths/tests/fees.yaml").value
    >>> found.passed, len(found.cases) > 1
    (True, True)
    """
    path = Path(path) if path is not None else policies.root
    if path.suffix == PROPOSED:
        message = say("`{path}` holds proposals", path=str(path))
        help = say("copy what is right into a file of rule tests")
        return Result(None, (unanswerable("path", str(path), message, help),))
    files = test_files(path)
    if not files:
        return Result(None, (nothing_here(path),))
    policies = policies.around(path)
    result = run_tests(policies, files)
    cases = result.value or ()
    of_cases = (
        one
        for case in cases
        for one in case.diagnostics
        if one.code.id != NO_CALENDAR  # what a calendar would tell is asked for once
    )
    return Result(RanTests(policies, cases), (*result.diagnostics, *of_cases))
