"""Conditions that count twice, and those that can never hold."""

import pytest

from ipcity_policy.studies.lints.branches import lint_branches
from ipcity_policy.studies.lints.wordings import each_wording
from tests.support import HEAD, READING, RICH, Make

PARAMETERS = "parameters: {few: 2, far: 2001-01-01, sunny: [green, blue], cold: [red, blue]}\n"


def told(make: Make, require: str, rest: str = "") -> list[str]:
    rule = f"rules: {{r: {{title-en: R, title-zh: 甲, require: {require}}}}}\n"
    made = make({**RICH, "1/article-02.yaml": HEAD + PARAMETERS + rule + rest})
    ref = made.library.find("small/1")
    assert ref is not None
    assert made.library.program(ref).value is not None
    return [one.code.id for one in each_wording(made.library, ref, lint_branches)]


@pytest.mark.parametrize(
    ("of", "codes"),
    [
        ("sealed is yes, tidy is met, sealed is yes", ["M127"]),
        ("sealed is yes, sealed is yes, sealed is yes", ["M127", "M127"]),
        ("is-light, weight is below light, is-light", ["M127"]),
        ("{any: [sealed is yes, tidy is met]}, {any: [sealed is yes, tidy is met]}", ["M127"]),
        ("sealed is yes, sealed is no, tidy is met", []),
        ("weight is below light, weight is below heavy, is-light", []),
    ],
)
def test_what_is_counted_stands_there_once(make: Make, of: str, codes: list[str]) -> None:
    assert told(make, f"{{at-least: few, of: [{of}]}}") == codes


@pytest.mark.parametrize(
    "branch",
    [
        "weight is below light and weight is above heavy",
        "weight is below light and weight is exactly light",
        "weight is below light and not is-light",
        "is-light and weight is at least heavy",
        "sealed is yes and sealed is no",
        "sealed is yes and not (sealed is yes or weight is below light)",
        'colour is "red" and colour is "green"',
        'not (colour is "red") and not (colour is "green") and not (colour is "blue")',
        'colour is one of sunny and colour is one of cold and colour is not "blue"',
        "made is before far and made is after start",
        "age is below pause and age is above pause",
        "volume is between bulky and bulky with both excluded",
        "tidy is met and tidy is not met",
        'goods includes "bread" and not (goods includes "bread")',
    ],
)
def test_a_branch_that_can_never_hold(make: Make, branch: str) -> None:
    assert told(make, f"{{any: [place is last of all-things, '{branch}']}}") == ["M128"]
    assert told(make, f"'{branch}'") == ["M128"]
    assert told(make, f"{{none: [place is last of all-things, '{branch}']}}") == ["M128"]


@pytest.mark.parametrize(
    "branch",
    [
        "weight is at least light and weight is at most heavy",
        "weight is at most light and weight is at least light",
        "weight is below light or weight is above heavy",
        'not (colour is "red") and not (colour is "green")',
        "made is on or after start and sold is before far",
        "made is not exactly far and not (made is after far)",
        "age is known and age is not known",
        "not (made is after far) and not (made is on or before far)",
    ],
)
def test_what_may_hold_is_let_pass(make: Make, branch: str) -> None:
    assert told(make, f"{{any: [place is last of all-things, '{branch}']}}") == []


def test_a_reading_that_brings_it_in_is_told(make: Make) -> None:
    reading = READING.replace("CHANGE", "parameters.few-kilos: 60 grams")
    low = "parameters: {few-kilos: 5 grams}\n" + reading
    rule = "{any: [sealed is yes, weight is above few-kilos and weight is below heavy]}"
    made = make(
        {
            **RICH,
            "1/article-02.yaml": HEAD
            + f"rules: {{r: {{title-en: R, title-zh: 甲, require: {rule}}}}}\n"
            + low,
        }
    )
    ref = made.library.find("small/1")
    assert ref is not None
    found = list(each_wording(made.library, ref, lint_branches))
    assert [(d.code.id, d.at.text) for d in found] == [("M128", "parameters.few-kilos")]
