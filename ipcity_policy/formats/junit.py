"""Rule tests as JUnit XML, which every build server shows."""

from collections.abc import Sequence
from xml.etree import ElementTree

from ipcity_policy.formats.text import as_text
from ipcity_policy.report.block import Tree
from ipcity_policy.report.reports.ruletests import difference_text, failure_branches
from ipcity_policy.studies.rule_tests.runner import RuleTest
from ipcity_policy.text.message import say


def tests_junit(cases: Sequence[RuleTest], language: str) -> str:
    """Return the outcome of rule tests: one test case each, a failure saying what differs."""
    failed = sum(not case.passed and case.needs is None for case in cases)
    counts = {
        "tests": str(len(cases)),
        "failures": str(failed),
        "skipped": str(sum(case.needs is not None for case in cases)),
    }
    suite = ElementTree.Element("testsuite", name="ipcity", attrib=counts)
    for case in cases:
        place = case.span.source.name
        node = ElementTree.SubElement(
            suite,
            "testcase",
            classname=f"{place}.{case.decision or case.key}",
            name=case.name[language],
        )
        if case.passed:
            continue
        if case.needs is not None:
            ElementTree.SubElement(node, "skipped", message=case.needs.text(language))
            continue
        said = [difference_text(one, language) for one in case.differences]
        said += [
            f"{d.at.place}: {d.code.id} {d.message.text(language)}" for d in case.diagnostics
        ]
        said = said or [say("it could not be run").text(language)]
        failure = ElementTree.SubElement(node, "failure", message="; ".join(said))
        failure.text = "\n" + as_text([Tree(failure_branches(case, language))])
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
