"""Whatever a rule test says, it is run and reported, and what it is proposed then passes."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.formats import junit
from ipcity_policy.formats.text import as_text
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import open_library
from ipcity_policy.report.forms.proposals import proposals_text
from ipcity_policy.report.reports import coverage, ruletests
from ipcity_policy.studies.rule_tests.coverage import coverage_of
from ipcity_policy.studies.rule_tests.runner import run_tests
from tests.support import SECOND_LAW, examples

LIBRARY = open_library(SECOND_LAW)
TESTS = SECOND_LAW / "berths" / "tests"
WHOLE = (TESTS / "boats.yaml").read_text("utf-8") + "".join(
    (TESTS / name).read_text("utf-8").partition("cases:\n")[2]
    for name in ("admission.yaml", "fees.yaml")
)
#: Every key with a plain value, but for what a case says to readers.
PAIRS = list(re.finditer(r"\b(?!case|why|name)([a-z-]+): ([^\s{\[][^,}\n]*)", WHOLE))


@pytest.mark.whole
@examples(20)
@given(st.data())
def test_a_rule_test_with_values_put_in_place_of_others(data: st.DataObject) -> None:
    text = WHOLE
    chosen = data.draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=3, unique=True))
    for pair in sorted(chosen, key=lambda pair: -pair.start()):
        of_the_same_key = [other[2] for other in PAIRS if other[1] == pair[1]]
        piece = data.draw(st.sampled_from([*of_the_same_key, "unknown", "x", "[]", ""]))
        text = text[: pair.start(2)] + piece + text[pair.end(2) :]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cases.yaml"
        path.write_text(text.replace("../boats", str(SECOND_LAW / "berths" / "boats")), "utf-8")
        result = run_tests(LIBRARY, [path])
        cases = result.value or ()
        assert cases or result.diagnostics
        for language in ("en", "zh"):
            as_text(ruletests.tests_report(cases, language))
            as_text(coverage.coverage_report(coverage_of(LIBRARY, cases), language))
            junit.tests_junit(cases, language)
        proposals = proposals_text(cases, "en")
        if proposals is None:
            return
        path.with_name("again.yaml").write_text(proposals, "utf-8")
        again = run_tests(LIBRARY, [path.with_name("again.yaml")])
    # What came out comes out again, so that what is proposed passes.
    assert again.value is not None, read_bytes("x", proposals.encode()).diagnostics
    assert all(case.passed for case in again.value), proposals
