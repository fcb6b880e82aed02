"""Limits that decide already, and limits that are likely a slip."""

import pytest

from ipcity_policy.studies.lints.completeness import decision_faults
from ipcity_policy.studies.lints.limits import lint_limits
from ipcity_policy.studies.lints.wordings import each_wording
from tests.support import HEAD, READING, RICH, Make, outcomes

TOP = outcomes(a="place is in the top part of all-things", b="otherwise")


def told(make: Make, article: str, **files: str) -> list[tuple[str, str]]:
    made = make({**RICH, "1/article-02.yaml": HEAD + article, **files})
    ref = made.library.find("small/1")
    assert ref is not None
    assert made.library.program(ref).value is not None
    found = each_wording(made.library, ref, lint_limits)
    return [(one.code.id, one.message_text) for one in found]


@pytest.mark.parametrize(
    ("share", "says"),
    [
        ("-5 percent", "this never holds: no place lies in the top `part`"),
        ("0 percent", "this never holds: no place lies in the top `part`"),
        ("0 places", "this never holds: no place lies in the top `part`"),
        ("100 percent", "this always holds: every place lies in the top `part`"),
        ("101 percent", "this always holds: every place lies in the top `part`"),
        ("150 percent", "this always holds: every place lies in the top `part`"),
    ],
)
def test_a_top_share_of_nobody_or_of_all_decides_already(
    make: Make, share: str, says: str
) -> None:
    assert told(make, f"parameters: {{part: {share}}}\n{TOP}") == [("L110", says)]
    reading = READING.replace("CHANGE", f"parameters.part: {share}")
    assert told(make, f"parameters: {{part: 30 percent}}\n{TOP}{reading}") == [
        ("L110", f"with this change, {says}")
    ]


def test_what_is_outside_all_is_nothing(make: Make) -> None:
    top = TOP.replace("is in", "is not in")
    assert told(make, f"parameters: {{part: 100 percent}}\n{top}") == [
        ("L110", "this never holds: every place lies in the top `part`")
    ]


@pytest.mark.parametrize("share", ["1 percent", "99.9 percent", "1 places", "200 places"])
def test_other_shares_are_let_pass(make: Make, share: str) -> None:
    assert told(make, f"parameters: {{part: {share}}}\n{TOP}") == []


def test_a_share_below_one_in_a_hundred_is_a_hint_wherever_it_is_used(make: Make) -> None:
    said = [("L111", "`part` is less than one in a hundred")]
    assert told(make, f"parameters: {{part: 0.3 percent}}\n{TOP}") == said
    assert told(make, f"parameters: {{part: {{value: 0.3 percent}}}}\n{TOP}") == said
    reading = READING.replace("CHANGE", "parameters.part: 0.3 percent")
    assert told(make, f"parameters: {{part: 30 percent}}\n{TOP}{reading}") == said
    plain = outcomes(a="share is at least part", b="otherwise")
    assert told(make, f"parameters: {{part: 0.3 percent}}\n{plain}") == []


@pytest.mark.parametrize(
    "when",
    [
        "weight is at least weight",
        "made is before made",
        "time from made to made is at least pause",
        "3 months after made is after made",
    ],
)
def test_nothing_is_compared_with_itself(make: Make, when: str) -> None:
    when = when.replace("3 months", "pause")
    rule = f"rules: {{r: {{title-en: R, title-zh: 甲, require: {when}}}}}\n"
    found = told(make, rule)
    assert found == ([] if "after made is" in when else [
        ("L110", "this compares something with itself")])  # fmt: skip


def test_a_limit_of_each_year_decides_too(make: Make) -> None:
    facts = RICH["facts.yaml"].replace(
        "    each: choice\n", "    each: percent\n    range: 0 to 100\n", 1
    )
    facts = facts[: facts.index("    options:\n      good")] + facts[facts.index("  goods:") :]
    when = "grades is at least part in at least few of the last span before sold"
    article = (
        "parameters: {part: 130 percent, few: 2, span: 3 years}\n"
        f"rules: {{r: {{title-en: R, title-zh: 甲, require: {when}}}}}\n"
    )
    says = "this never holds: `part` and the range of `grades` decide it"
    assert told(make, article, **{"facts.yaml": facts}) == [("L110", says)]


def test_a_limit_beyond_what_is_usual_of_its_fact(make: Make) -> None:
    facts = RICH["facts.yaml"].replace("range: 0 to 100\n", "usual: 0 to 100\n", 1)
    rule = outcomes(a="weight is at least much", b="otherwise")
    for limit, codes in (("100 grams", []), ("1000 grams", ["L112"]), ("-1 grams", ["L112"])):
        article = f"parameters: {{much: {limit}}}\n{rule}"
        found = told(make, article, **{"facts.yaml": facts})
        assert [code for code, _ in found] == codes


def test_a_draft_is_told_of_what_it_changes_alone(make: Make) -> None:
    article = (
        "parameters: {part: 0 percent, other: 30 percent}\n"
        + TOP
        + TOP.replace("  d:", "  e:").replace("decisions:\n", "").replace("part", "other")
    )
    draft = (
        "amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {parameters.other: 130 percent}\n"
    )
    made = make({**RICH, "1/article-02.yaml": HEAD + article, "drafts/wide.yaml": draft})
    ref = made.library.find("small/wide")
    assert ref is not None
    found = [(d.code.id, d.at.file[-9:]) for d in each_wording(made.library, ref, lint_limits)]
    assert found == [("L110", "wide.yaml")]


def test_outcomes_that_overlap_in_a_large_cohort_alone_are_found(make: Make) -> None:
    # Of one or two nobody is among the first 30 percent.
    first, many = (
        "place is in the top few of all-things",
        "place is in the top many of all-things",
    )
    law = outcomes(ahead=first, near=many, behind="otherwise")
    shares = "parameters: {few: 30 percent, many: 49 percent}\n"
    made = make({**RICH, "1/article-02.yaml": HEAD + shares + law})
    ref = made.library.find("small/1")
    assert ref is not None
    assert [one.code.id for one in decision_faults(made.library, ref)] == ["M118"]
