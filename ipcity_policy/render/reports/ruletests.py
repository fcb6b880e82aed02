"""The outcome of rule tests as a report."""

from collections.abc import Iterator, Sequence
from typing import Any

from ipcity_policy.measure.model import Words
from ipcity_policy.render.block import Block, Branch, Mark, Text, Tree
from ipcity_policy.studies.ruletests import Case

_SENTENCES = {
    "differs": Words(
        "{what}: expected {expected}, came {actual}", "{what}：应为{expected}，实为{actual}"
    ),
    "why": Words("because the text says: {why}", "依据：{why}"),
    "count": Words("{passed} of {all} cases pass", "{all}个案例中{passed}个通过"),
    "wrong": Words("the case itself has errors", "案例本身有错误"),
}


def tests_report(cases: Sequence[Case], language: str) -> Iterator[Block]:
    """Yield one line a case, with what differs below those that fail."""
    yield Tree(tuple(_case(case, language) for case in cases))
    passed = sum(case.passed for case in cases)
    said = _SENTENCES["count"][language].format(passed=str(passed), all=str(len(cases)))
    yield Text(said)


def _case(case: Case, language: str) -> Branch:
    below = [
        Branch(
            Mark.NONE,
            _SENTENCES["differs"][language].format(
                what=d.what, expected=d.expected, actual=d.actual
            ),
        )
        for d in case.differences
    ]
    if case.verdict is None or (not below and not case.passed):
        below.append(Branch(Mark.NONE, _SENTENCES["wrong"][language]))
    if below:
        why = _SENTENCES["why"][language].format(why=case.why[language])
        below.append(Branch(Mark.NONE, why))
    mark = Mark.MET if case.passed else Mark.NOT_MET
    return Branch(mark, f"{case.name[language]} [{case.decision}]", below=tuple(below))


def tests_json(cases: Sequence[Case]) -> dict[str, Any]:
    """Return the outcome of rule tests for machines."""
    return {
        "tests": 1,
        "passed": sum(case.passed for case in cases),
        "cases": [
            {
                "case": case.name.en,
                "decision": case.decision,
                "passed": case.passed,
                "differences": [
                    {"what": d.what, "expected": d.expected, "actual": d.actual}
                    for d in case.differences
                ],
            }
            for case in cases
        ],
    }
