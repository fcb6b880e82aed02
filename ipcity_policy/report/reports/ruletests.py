"""The outcome of rule tests as a report."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ipcity_policy.engines.interpreter.explanation import Reason, Status
from ipcity_policy.lang.literals import date_text
from ipcity_policy.law.model import Basis
from ipcity_policy.report.block import Block, Mark, Paragraph, Tree, TreeLine
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import reason_text
from ipcity_policy.report.prose.versions import choice_text
from ipcity_policy.report.reports.verdict import MARKS
from ipcity_policy.studies.rule_tests.expected_verdict import DecidingReason, Difference, Ground
from ipcity_policy.studies.rule_tests.runner import RuleTest
from ipcity_policy.text.catalogue import translated
from ipcity_policy.text.message import say, tell


def tests_report(cases: Sequence[RuleTest], language: str) -> Iterator[Block]:
    """Yield one line a case, with what differs and why below those that fail."""
    yield Tree(tuple(_case(case, language) for case in cases))
    needing = Counter(case.needs for case in cases if case.needs is not None)
    passed, run = sum(case.passed for case in cases), len(cases) - needing.total()
    counts = [tell(language, "{passed} of {all} cases pass", passed=str(passed), all=str(run))]
    counts += [
        tell(language, "{n} not run: {why}", n=str(n), why=why.text(language))
        for why, n in needing.items()
    ]
    yield Paragraph(tell(language, "; ").join(counts))


def _case(case: RuleTest, language: str) -> TreeLine:
    name = f"{case.name[language]} [{case.decision or case.on}]"
    if case.needs is not None:
        why = tell(language, "not run: {why}", why=case.needs.text(language))
        return TreeLine(Mark.NOT_ASKED, name, below=(TreeLine(Mark.NONE, why),))
    below = () if case.passed else failure_branches(case, language)
    mark = Mark.MET if case.passed else Mark.NOT_MET
    return TreeLine(mark, name, below=below)


def failure_branches(case: RuleTest, language: str) -> tuple[TreeLine, ...]:
    """Return what differs in a case that failed, and the text that it holds against it."""
    lines = [
        TreeLine(Mark.NONE, difference_text(d, language), below=_explained(case, d, language))
        for d in case.differences
    ]
    if case.came is None or not lines:
        versions = translated(language, ", ", "names").join(case.broken)
        template = (
            say("the rules of {versions} have errors")
            if case.broken
            else say("the case itself has errors")
        )
        lines.append(TreeLine(Mark.NONE, tell(language, template, versions=versions)))
    lines.append(
        TreeLine(
            Mark.NONE, tell(language, "because the text says: {why}", why=case.why[language])
        )
    )
    return tuple(lines)


def difference_text(difference: Difference, language: str) -> str:
    """Say what was expected and what came."""
    what, expected, actual = difference.what, difference.expected, difference.actual
    if expected is None:
        template = (
            say("nothing is expected here yet; the outcome is {actual}")
            if what == "expect"
            else say("nothing is expected here yet; the state is {actual}")
        )
        return tell(language, template, actual=actual)
    return tell(
        language,
        "{what}: expected {expected}, got {actual}",
        what=what,
        expected=expected,
        actual=actual,
    )


def _explained(case: RuleTest, difference: Difference, language: str) -> tuple[TreeLine, ...]:
    """Return the reasons that a difference turns on, or why that version was applied."""
    verdict = case.verdict
    if difference.grounds:
        return tuple(TreeLine(Mark.NONE, _ground(one, language)) for one in difference.grounds)
    if verdict is None or difference.expected is None:
        return ()
    if difference.turns:
        several = bool(verdict.alternatives)
        return tuple(_turn(turn, language, named=several) for turn in difference.turns)
    if difference.what == "version" or (difference.what == "outcome" and not verdict.outcomes):
        wording = Wording(verdict.vocabulary, language, verdict.program)
        return (TreeLine(Mark.NONE, choice_text(verdict.choice, wording)),)
    return ()


def _turn(turn: DecidingReason, language: str, *, named: bool) -> TreeLine:
    text = asked_text(turn.whole, turn, language)
    if named and turn.verdict.program is not None:
        text = tell(language, "{version}: {text}", version=turn.verdict.program.id, text=text)
    point = TreeLine(MARKS[turn.point.status], point_text(turn, language))
    return TreeLine(MARKS[turn.whole.status], text, below=(point,))


def _ground(ground: Ground, language: str) -> str:
    """Say what a position follows from, on which day, and where that stands in the law."""
    wording = Wording(ground.program.vocabulary, language, ground.program)
    return tell(
        language,
        "{day}: {says} ({cite})" if ground.origin.provision else "{day}: {says}",
        day=date_text(ground.day),
        says=ground.says[language],
        cite=wording.origin(ground.origin),
    )


def asked_text(reason: Reason, turn: DecidingReason, language: str) -> str:
    """Say what was asked, in the words of the version that was applied."""
    wording = Wording(turn.verdict.vocabulary, language, turn.verdict.program)
    return reason_text(reason, turn.verdict.decision, wording, turn.verdict.derived)


def point_text(turn: DecidingReason, language: str) -> str:
    """Say the condition that decides, or that the text that would is not available."""
    reason = turn.point
    if reason.basis is Basis.UNAVAILABLE and reason.status is Status.UNKNOWN:
        wording = Wording(turn.verdict.vocabulary, language, turn.verdict.program)
        cite = wording.origin(reason.origin)
        return tell(
            language,
            "the text of {provision}, which is not available; it cannot be asked for",
            provision=cite,
        )
    return asked_text(reason, turn, language)
