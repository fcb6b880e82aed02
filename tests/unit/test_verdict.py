"""What a verdict tells, where a reader could take it for something else."""

import pytest

from ipcity_policy import Verdict, evaluate
from tests.support import HEAD, READING, SMALL, Made, Make, outcomes

LIGHT = "decisions.class.low.when: at most light"


def told(
    made: Made,
    facts: str,
    language: str = "en",
    *,
    other: bool = False,
    decision: str = "class",
) -> str:
    """Return the text of a verdict, on one line."""
    found = verdict(made, facts, other=other, decision=decision)
    return " ".join(found.as_text(lang=language).split())


def verdict(made: Made, facts: str, *, other: bool = False, decision: str = "class") -> Verdict:
    """Return the verdict on a sheet that states some facts, perhaps as read otherwise."""
    path = made.home / "s.yaml"
    thing = "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\n"
    path.write_text(f"{thing}facts: {{{facts}}}\n", "utf-8")
    readings = {"edge": "other"} if other else {}
    found = evaluate(
        made.library, path, version="1", decision=decision, readings=readings
    ).value
    assert found is not None
    return found[0]


@pytest.fixture
def doubtful(make: Make) -> Made:
    """A measure with a reading that counts at the limit."""
    rule = SMALL["1/article-01.yaml"] + READING.replace("{CHANGE}", f"{{{LIGHT}}}")
    made = make({"1/article-01.yaml": rule})
    assert made.codes() == []
    return made


def test_of_a_chosen_reading_the_reason_is_that_of_the_default(doubtful: Made) -> None:
    assert "Q Here: A. W Confidence: low." in told(doubtful, "weight: 10 grams")
    said = told(doubtful, "weight: 10 grams", other=True)
    assert "Q Here, as chosen: B. The default is another one: A." in said
    assert "Why that is the default: W Confidence in the default: low." in said
    said = told(doubtful, "weight: 10 grams", "zh", other=True)
    assert "问按所作选择采用：乙。默认的理解是另一种：甲。采用该默认理解的理由：因" in said


def test_of_a_chosen_reading_without_effect_it_is_told_that_it_has_none(
    doubtful: Made,
) -> None:
    said = told(doubtful, "weight: 9 grams", other=True)
    assert "Q Here, as chosen: B. With the default nothing would change: A." in said
    assert "--reading edge=other" in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_readings_without_effect_are_named_by_their_questions(
    doubtful: Made, language: str
) -> None:
    said = told(doubtful, "weight: 9 grams", language)
    assert {"en": "“Q”", "zh": "“问”"}[language] in said
    assert "edge" not in said


def test_what_was_found_is_what_the_answer_rests_on(make: Make) -> None:
    when = {"in": "weight is below light and sealed is yes", "out": "otherwise"}
    made = make({"1/article-02.yaml": HEAD + outcomes(**when)})
    facts = "weight: 9 grams, sealed: no"
    found, _, _ = told(made, facts, decision="d").partition(" Basis ")
    assert "seal: no" in found
    assert "weight: 9 grams" not in found
    whole = " ".join(verdict(made, facts, decision="d").as_text(unfold=True).split())
    assert "Stated, without effect on the answer - weight: 9 grams" in whole


def test_an_outcome_for_all_other_cases_is_not_named_beside_the_item_that_decided(
    make: Make,
) -> None:
    body = HEAD + "provisions:\n  art-2-b: {says-en: B., says-zh: 乙。}\n"
    body += "rules:\n  dry:\n    provision: art-2-b\n"
    body += "    title-en: D\n    title-zh: 干\n    require: sealed is yes\n"
    made = make({"1/article-02.yaml": body + outcomes(**{"in": "dry", "out": "otherwise"})})
    assert made.codes() == []
    decided = verdict(made, "sealed: no", decision="d").as_json()["decided-by"]
    assert decided == ["art-2-b"]


def test_a_margin_stands_apart_from_the_last_of_several_facts(make: Make) -> None:
    when = {"in": "time from made to sold is at least pause", "out": "otherwise"}
    made = make({"1/article-02.yaml": HEAD + outcomes(**when)})
    said = told(made, "made: 2001-01-01, sold: 2001-06-01", decision="d")
    # Six months end on the first of July, thirty days later.
    assert "6 months after day of making: 2001-07-01; 30 days short of 6 months" in said
