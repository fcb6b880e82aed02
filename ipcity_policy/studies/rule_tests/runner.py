"""Run the rule tests that stand beside a measure: a sheet, a day, what the law gives."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipcity_policy.law.files import inside, is_file, is_folder, whole
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Localized
from ipcity_policy.law.reader import child, entries_of, items_of, text_of, words_of
from ipcity_policy.law.schemas.tests import TESTS
from ipcity_policy.questions.evaluation import evaluate_sheet
from ipcity_policy.questions.query import PositionQuestion, SubjectTimeline, timeline_of
from ipcity_policy.questions.rest_days import NO_CALENDAR
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.studies.rule_tests import expected_position, expected_verdict
from ipcity_policy.studies.rule_tests.expected_position import supposed_of
from ipcity_policy.studies.rule_tests.expected_verdict import OF_READINGS, Came, Difference
from ipcity_policy.studies.rule_tests.test_file import at_case, question_of, sheet_of, top_of
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    has_errors,
    in_order,
)
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.nearest import did_you_mean
from ipcity_policy.text.source import Span
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node
from ipcity_policy.yaml.validate import conform

#: How the name of a file with proposals ends; such a file is written and never read.
PROPOSED = ".proposed"


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A rule test, run."""

    name: Localized
    why: Localized
    #: What came out, under each key of what is expected; None where it could not be run.
    came: Mapping[str, Came] | None
    #: The same with what is only assumed; None where nothing depends on that.
    supposed: Mapping[str, Came] | None
    differences: tuple[Difference, ...]
    #: What is wrong with the test itself, or with the rules that it is about.
    diagnostics: tuple[Diagnostic, ...]
    #: The versions and drafts of which the rules have these errors.
    broken: tuple[str, ...]
    #: The decision it asks about; None where it asks where the subject stands.
    decision: str | None
    #: The answer to it.
    verdict: DecisionVerdict | None
    #: Where the subject stands.
    timeline: SubjectTimeline | None
    #: The day asked about, as it is written.
    on: str | None
    #: The file it stands in, and how it is written there.
    file: Path
    node: Node = field(compare=False, repr=False)
    span: Span = field(compare=False, repr=False)

    @property
    def passed(self) -> bool:
        """Whether it ran and everything came out as expected."""
        return (
            self.came is not None and not self.differences and not has_errors(self.diagnostics)
        )

    @property
    def needs(self) -> Message | None:
        """What is not installed that it needs; None where nothing is, or it passes without."""
        if self.passed or has_errors(self.diagnostics):
            return None
        lacking = [one.message for one in self.diagnostics if one.code.id == NO_CALENDAR]
        if self.timeline is not None and all(map(_of_readings, self.differences)):
            lacking += self.timeline.no_calendars  # a reading may matter, or not
        open_ = all(_of_readings(one) or _is_open(one) for one in self.differences)
        return lacking[0] if lacking and open_ else None

    @property
    def key(self) -> str:
        """The key under which it says what is expected."""
        return "expect" if self.decision is not None else "stands"

    @property
    def measure(self) -> str | None:
        """The measure whose law answers it; None where it could not be run."""
        answer = self.verdict or self.timeline
        return answer.sheet.measure if answer is not None else None


def _of_readings(difference: Difference) -> bool:
    return difference.what.removeprefix("supposed.") in OF_READINGS


def _is_open(difference: Difference) -> bool:
    """Tell whether nothing certain came: not known, or a day between two."""
    return difference.actual == "unknown" or " – " in difference.actual


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
) -> Result[tuple[RuleTest, ...]]:
    """Run every case of some files, in the order written; or those on some decisions.

    Where it need not be thorough, they are answered and not held against what they expect.
    """
    cases: list[RuleTest] = []
    diagnostics: list[Diagnostic] = []
    for path in files:
        read = library.document(path)
        diagnostics += read.diagnostics
        if read.value is None:
            continue
        measure = text_of(read.value, "tests") or ""
        home = library.measure(measure)
        newer = library.too_new(home) if home is not None else None
        if newer is not None:
            diagnostics.append(newer)
            continue
        wrong = tuple(conform(read.value, TESTS))
        diagnostics += wrong
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


def _run(library: Library, path: Path, measure: str, node: Node, *, thorough: bool) -> RuleTest:
    sheet = sheet_of(library, path, measure, node)
    run = _Run(library, node, list(sheet.diagnostics))
    if child(node, "decision") is None:
        run.stand(sheet.value)
    elif child(node, "stands") is not None:
        run.wrong(
            say("a case has `decision:` or `stands:`, but not both"),
            say("delete one of the two"),
        )
    else:
        run.decide(sheet.value, thorough=thorough)
    return RuleTest(
        name=words_of(node, "case") or Localized("", ""),
        why=words_of(node, "why") or Localized("", ""),
        came=run.came,
        supposed=run.supposed,
        differences=run.differences,
        diagnostics=in_order(run.diagnostics),
        broken=tuple(_broken(library, measure, run.diagnostics)),
        decision=text_of(node, "decision"),
        verdict=run.verdict,
        timeline=run.timeline,
        on=text_of(node, "on"),
        file=path,
        node=node,
        span=top_of(node),
    )


def _broken(library: Library, measure: str, found: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield the versions and drafts whose rules some errors are in."""
    home = library.measure(measure)
    errors = {one for one in found if has_errors((one,))}
    if home is not None and errors:
        for ref in (*library.versions(home), *library.drafts(home)):
            if not errors.isdisjoint(library.program(ref).diagnostics):
                yield ref.id


@dataclass
class _Run:
    """Answers one case, and holds the answer against what is expected."""

    library: Library
    node: Node
    diagnostics: list[Diagnostic]
    came: Mapping[str, Came] | None = None
    supposed: Mapping[str, Came] | None = None
    differences: tuple[Difference, ...] = ()
    verdict: DecisionVerdict | None = None
    timeline: SubjectTimeline | None = None

    def wrong(self, problem: Message, help: Message) -> None:
        """Report what makes it no case."""
        at = top_of(self.node)
        self.diagnostics.append(diagnose("S202", problem, at, help=help))

    def decide(self, sheet: Sheet | None, *, thorough: bool) -> None:
        """Answer a decision."""
        expected, tried = child(self.node, "expect"), False
        if sheet is not None and not has_errors(self.diagnostics):
            question = question_of(self.node, self.diagnostics)
            # That other readings are tried takes most of the time, and few cases ask for it.
            keys = _keys(self.node, "expect")
            tried = thorough and (not keys or not keys.isdisjoint(OF_READINGS))
            question = replace(question, thorough=tried)
            result = evaluate_sheet(self.library, sheet, question)
            self.diagnostics += [at_case(d, self.node) for d in result.diagnostics]
            self.verdict = result.value[0] if result.value else None
        if self.verdict is not None:
            self.came = expected_verdict.came_out(self.verdict, tried=tried)
            if self.verdict.supposed is not None:
                supposed = self.verdict.supposed.verdict
                self.supposed = expected_verdict.came_out(supposed, tried=tried)
        if expected is None:
            self._nothing_expected("outcome")
        elif self.verdict is not None and thorough:
            self.diagnostics += expected_verdict.unknown_names(
                expected, self.verdict, self.library
            )
            self.differences = tuple(expected_verdict.differences(expected, self.verdict))

    def stand(self, sheet: Sheet | None) -> None:
        """Say where the subject stands."""
        expected = child(self.node, "stands")
        if expected is None:
            self.wrong(
                say("a case has `decision:` or `stands:`"),
                say("name the question, or write the position of the subject"),
            )
            return
        question = question_of(self.node, self.diagnostics)
        if question.on is None:
            self.wrong(say("a case with `stands:` has `on:`"), say("write the day asked about"))
            return
        faults: list[Diagnostic] = []
        if child(expected, "faults") is not None:
            faults, self.diagnostics = self.diagnostics, []
        if sheet is not None and not has_errors(self.diagnostics):
            keys = _keys(self.node, "stands")
            result = timeline_of(
                self.library,
                sheet,
                PositionQuestion(
                    on=question.on,
                    version=question.version,
                    readings=question.readings,
                    strict=question.strict,
                    interpretations=question.interpretations,
                    try_readings=not keys or "readings" in keys,
                ),
            )
            self.timeline = result.value
            found = [at_case(d, self.node) for d in result.diagnostics]
            self._hold(expected, faults, found)
        elif faults:
            self._hold(expected, faults, [])

    def _hold(
        self, expected: Node, faults: Sequence[Diagnostic], found: Sequence[Diagnostic]
    ) -> None:
        """Hold what came out against what is expected."""
        came = (
            dict(expected_position.came_of(self.timeline)) if self.timeline is not None else {}
        )
        if child(expected, "faults") is None:
            self.diagnostics += found
            if has_errors(found) or self.timeline is None:
                return
        else:
            came["faults"] = tuple(dict.fromkeys(d.code.id for d in (*faults, *found)))
        self.came = came
        self.supposed = supposed_of(self.timeline) if self.timeline is not None else None
        if isinstance(expected, document.Mapping) and not expected.entries:
            self._nothing_expected("state")
            return
        if self.timeline is not None:
            self.diagnostics += expected_position.unknown_names(
                expected, self.timeline, self.library
            )
        self.differences = tuple(expected_position.differences(expected, came, self.timeline))

    def _nothing_expected(self, key: str) -> None:
        actual = str((self.came or {}).get(key, "unknown"))
        what = "expect" if key == "outcome" else "stands"
        self.differences = (Difference(what, None, actual),)


def _keys(case: Node, key: str) -> set[str]:
    """Return the keys under which a case expects something, or supposes it."""
    below = (*entries_of(case, key), *entries_of(child(case, key), "supposed"))
    return {key.text for key, _ in below}
