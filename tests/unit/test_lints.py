"""What `check` finds by looking: gaps, overlaps, what nothing uses."""

import pytest

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.lang.values import Options
from ipcity_policy.studies.lints.completeness import decision_faults
from ipcity_policy.studies.lints.unused import lint_version, lint_vocabulary
from tests.support import HEAD, READING, SMALL, Made, Make, outcomes


def linted(made: Made) -> list[tuple[str, str]]:
    ref = made.library.find("small/1")
    assert ref is not None
    assert made.library.program(ref).value is not None
    return [(d.code.id, d.message_text) for d in decision_faults(made.library, ref)]


def test_a_gap_and_an_overlap_come_with_a_sample_that_shows_them(make: Make) -> None:
    red = "'colour is \"red\"'"
    made = make({"1/article-02.yaml": HEAD + outcomes(a="sealed is yes", b=red)})
    found = linted(made)
    assert [code for code, _ in found] == ["M106", "M118"]
    assert "`sealed` is no" in found[0][1]
    assert "`colour` is red, `sealed` is yes" in found[1][1]
    # The sample of the overlap, evaluated, shows it.
    ref = made.library.find("small/1")
    assert ref is not None
    program = made.library.program(ref).value
    assert program is not None
    values = {"colour": Options(frozenset({"red"})), "sealed": Options(frozenset({"yes"}))}
    assert answer(program, values, "d").fault == "overlap"


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        ({"a": "weight is below light", "b": "weight is at least light"}, []),
        ({"a": "weight is below light", "b": "weight is above light"}, ["M106"]),
        ({"a": "weight is at most light", "b": "weight is at least light"}, ["M118"]),
        ({"a": "weight is at most light", "b": "otherwise"}, []),
        ({"a": "made is before start", "b": "made is after start"}, ["M106"]),
        ({"a": "is-light", "b": "not is-light"}, []),
        ({"a": "is-light", "b": "is-light"}, ["M106", "M118"]),
    ],
)
def test_outcomes_by_conditions(make: Make, when: dict[str, str], codes: list[str]) -> None:
    made = make({"1/article-02.yaml": HEAD + outcomes(**when)})
    assert sorted(code for code, _ in linted(made)) == codes


def test_what_nothing_uses_is_a_warning(make: Make) -> None:
    made = make({"1/article-01.yaml": SMALL["1/article-01.yaml"] + READING.replace(
        "CHANGE", "rules.is-light.require: volume is below bulky")})  # fmt: skip
    ref = made.library.find("small/1")
    assert ref is not None
    names = {d.message_text.split("`")[1] for d in lint_version(made.library, ref)}
    # The reading brings in `bulky`, and touches a rule that no decision rests on.
    assert names == {"pause", "start", "warm", "edge"}
    facts = {d.message_text.split("`")[1] for d in lint_vocabulary(made.library, (ref,))}
    assert facts == {"sealed", "made", "sold", "colour"}
