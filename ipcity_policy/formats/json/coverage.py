"""What the rule tests have seen, for machines."""

from typing import Any

from ipcity_policy.formats.json.parts import place_json
from ipcity_policy.studies.rule_tests.coverage import WANTED, Coverage, CoveredEntry


def coverage_json(coverage: Coverage) -> dict[str, Any]:
    """Return what the cases have seen for machines: counts of cases by status."""
    seen, whole = coverage.counts(of_time=False)
    of_time, all_of_time = coverage.counts(of_time=True)
    return {
        "seen": seen,
        "all": whole,
        "of-time": {"seen": of_time, "all": all_of_time},
        "versions": [
            {
                "version": one.program.id,
                "articles": [
                    {"article": article, "entries": [_entry(entry) for entry in entries]}
                    for article, entries in one.articles.items()
                ],
                "untried-options": list(one.untried),
            }
            for one in coverage.tested
        ],
        "untested-versions": list(coverage.untested),
        "untested-interpretations": list(coverage.unfollowed),
    }


def _entry(entry: CoveredEntry) -> dict[str, Any]:
    counted = dict.fromkeys(WANTED, 0) | dict(entry.seen)
    return {
        "entry": entry.path.text,
        **place_json(entry.origin),
        "cases": {str(status): count for status, count in counted.items()},
        "unseen": [str(status) for status in entry.unseen],
    }
