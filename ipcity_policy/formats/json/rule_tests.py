"""The outcome of rule tests, for machines."""

from collections.abc import Sequence
from typing import Any

from ipcity_policy.formats.json.parts import place_json
from ipcity_policy.lang.literals import date_text
from ipcity_policy.report.reports.ruletests import asked_text, point_text
from ipcity_policy.studies.rule_tests.expected_verdict import Difference
from ipcity_policy.studies.rule_tests.runner import RuleTest
from ipcity_policy.yaml.schema import LANGUAGES


def tests_json(cases: Sequence[RuleTest]) -> dict[str, Any]:
    """Return the outcome of rule tests for machines."""
    return {
        "tests": 1,
        "passed": sum(case.passed for case in cases),
        "cases": [
            {
                "case": case.name.en,
                "decision": case.decision,
                "on": case.on,
                "passed": case.passed,
                "needs": case.needs.text() if case.needs is not None else None,
                "differences": [_difference(difference) for difference in case.differences],
            }
            for case in cases
        ],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "what": difference.what,
        "expected": difference.expected,
        "actual": difference.actual,
        "grounds": [
            {
                "version": ground.program.id,
                **place_json(ground.origin),
                "on": date_text(ground.day),
                "text": {one: ground.says[one] for one in LANGUAGES},
            }
            for ground in difference.grounds
        ],
        "reasons": [
            {
                "version": turn.verdict.program.id if turn.verdict.program else None,
                "kind": turn.whole.kind,
                "name": turn.whole.id,
                **place_json(turn.whole.origin),
                "status": turn.whole.status,
                "text": {one: asked_text(turn.whole, turn, one) for one in LANGUAGES},
                "because": {
                    "status": turn.point.status,
                    "text": {one: point_text(turn, one) for one in LANGUAGES},
                },
            }
            for turn in difference.turns
        ],
    }
