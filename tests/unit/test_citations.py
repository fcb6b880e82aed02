"""What is cited exists, wherever it is cited."""

import pytest

from ipcity_policy.studies.ruletests import run_tests
from ipcity_policy.text.source import Source
from tests.support import READING, SMALL, Make

ARTICLE = SMALL["1/article-01.yaml"]
CASE = """\
tests: small
cases:
  - case-en: A light thing
    case-zh: 轻物
    given: {thing: {name-en: T, name-zh: 物}, facts: {weight: 5 grams}}
    version: small/1
    decision: class
    expect: {outcome: low, decided-by: [PROVISION]}
    why-en: The text.
    why-zh: 条文。
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    why-en: W", "    provision: art-1-z\n    why-en: W"),
        ("  light: 10 grams", "  light: {provision: art-1-z, value: 10 grams}"),
        ("  is-light: {", "  is-light: {provision: art-1-z, "),
        ("- {outcome: low,", "- {provision: art-1-z, outcome: low,"),
        ("    asks-en: Which", "    provision: art-1-z\n    asks-en: Which"),
        # In what an option would have the text say.
        (": 9 grams", ": {value: 9 grams, provision: art-1-z}"),
    ],
)
def test_what_is_cited_exists_wherever_it_is_cited(make: Make, old: str, new: str) -> None:
    text = ARTICLE + READING.replace("CHANGE", "parameters.light: 9 grams")
    assert old in text
    text = text.replace(old, new, 1)
    place = Source("1/article-01.yaml", text).position(text.index("art-1-z"))
    expected = ("M114", f"1/article-01.yaml:{place.line}:{place.column}")
    assert make({"1/article-01.yaml": text}).places() == [expected]


@pytest.mark.parametrize(
    ("provision", "expected"),
    [
        ("art-1", []),
        ("art-1-z", [("R101", "tests/cases.yaml:8:41")]),
    ],
)
def test_what_a_rule_test_cites_exists(
    make: Make, provision: str, expected: list[tuple[str, str]]
) -> None:
    made = make({"tests/cases.yaml": CASE.replace("PROVISION", provision)})
    (case,) = run_tests(made.library, [made.home / "tests/cases.yaml"]).value or ()
    assert made.placed(case.diagnostics) == expected
    assert case.passed is (expected == [])
