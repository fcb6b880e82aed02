"""Proposed cases as a file that somebody reviews and copies from."""

import textwrap
from collections.abc import Sequence

from ipcity_policy.report.reports.ruletests import difference_text
from ipcity_policy.studies.rule_tests.proposals import proposed
from ipcity_policy.studies.rule_tests.runner import RuleTest
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.wrapping import wrap
from ipcity_policy.yaml import document
from ipcity_policy.yaml.writer import yaml_text

_WIDTH = 92
_HEAD = say(
    "Proposals for {file}, rewritten by each `ipcity test --accept` and never read. "
    "`expect:` and `stands:` hold what the program gave, which is not yet what the "
    "law gives: check each case against the text, adjust `why`, and copy what is "
    "right.",
)


def proposals_text(cases: Sequence[RuleTest], language: str) -> str | None:
    """Return the failed cases of one file as they would pass; None where there is none."""
    found = [(case, node) for case in cases if (node := proposed(case)) is not None]
    if not found:
        return None
    first = found[0][0]
    lines = _comment(tell(language, _HEAD, file=first.file.name), "")
    lines += [f"tests: {first.measure}", "cases:"]
    for number, (case, node) in enumerate(found):
        lines += [""] if number else []
        for difference in case.differences:
            lines += _comment(difference_text(difference, language), "  ")
        item = yaml_text(document.Sequence((node,), node.span))
        lines.append(textwrap.indent(item, "  ").rstrip("\n"))
    return "\n".join(lines) + "\n"


def _comment(text: str, indent: str) -> list[str]:
    return [f"{indent}# {line}" for line in wrap(text, _WIDTH - len(indent))]
