"""What a rule test expects: names that exist, and the first reason on which it turns."""

import textwrap

import pytest

from ipcity_policy.law.library import open_library
from ipcity_policy.report.reports.ruletests import failure_branches
from ipcity_policy.studies.rule_tests.expected_verdict import Difference
from ipcity_policy.studies.rule_tests.runner import RuleTest, run_tests
from tests.support import HEAD, Made, Make, outcomes

#: Rules that rest on one another, and one that no decision rests on.
RULES = """\
rules:
  is-sealed: {title-en: sealed, title-zh: 封, require: sealed is yes}
  is-warm: {title-en: warm, title-zh: 暖, require: colour is one of warm}
  is-cold: {title-en: cold, title-zh: 冷, require: not is-warm}
  is-fine: {title-en: fine, title-zh: 好, require: is-light and is-sealed and is-warm}
  is-idle: {title-en: idle, title-zh: 闲, require: sealed is no}
"""
ARTICLE = HEAD + RULES + outcomes(good="is-fine or is-cold", bad="otherwise")


def run(
    make: Make, facts: str, expect: str, *, decision: str = "d", more: str = "version: small/1"
) -> RuleTest:
    """Run one case on a thing of which some facts are stated."""
    made = make({"1/article-02.yaml": ARTICLE, "tests/cases.yaml": ""})
    return run_in(made, facts, expect, decision=decision, more=more)


def run_in(made: Made, facts: str, expect: str, *, decision: str, more: str) -> RuleTest:
    case = f"""\
    tests: small
    cases:
      - case-en: A
        case-zh: 甲
        given: {{thing: {{name-en: T, name-zh: 物}}, facts: {{{facts}}}}}
        {more}
        decision: {decision}
        {expect}
        why-en: The text.
        why-zh: 条文。
    """
    path = made.home / "tests" / "cases.yaml"
    path.write_text(textwrap.dedent(case), "utf-8")
    result = run_tests(open_library(made.home.parent), [path])
    assert result.value is not None, result.diagnostics
    (found,) = result.value
    return found


def codes(case: RuleTest) -> list[tuple[str, str, str]]:
    return [(d.code.id, d.at.text, d.help_text) for d in case.diagnostics]


def turns(difference: Difference) -> list[str]:
    """Return each whole and the names in the condition on which it turns, with statuses."""
    return [
        f"{turn.whole.id} {turn.whole.status}: "
        f"{' '.join(turn.point.values)} {turn.point.status}"
        for turn in difference.turns
    ]


def test_statuses_of_rules_are_found_whether_they_decide_or_not(make: Make) -> None:
    # It is good because it is cold; that it is light and sealed decides nothing.
    facts = "weight: 5 grams, sealed: 'yes', colour: blue"
    rules = "is-light: met, is-sealed: met, is-warm: not-met, is-cold: met, is-fine: not-met"
    assert run(make, facts, f"expect: {{outcome: good, rules: {{{rules}}}}}").passed
    nothing = "is-light: unknown, is-sealed: unknown, is-warm: unknown, is-fine: unknown"
    assert run(make, "", f"expect: {{outcome: unknown, rules: {{{nothing}}}}}").passed


def test_a_wrong_status_shows_the_first_condition_that_gives_it(make: Make) -> None:
    facts = "weight: 20 grams, sealed: 'no', colour: green"
    case = run(make, facts, "expect: {outcome: good, rules: {is-fine: met, is-cold: not-met}}")
    assert not case.passed
    fine, cold = case.differences
    assert (fine.what, fine.expected, fine.actual) == ("rules.is-fine", "met", "not-met")
    # Three conditions fail it; the first in the order of the file is that on the weight.
    assert turns(fine) == ["is-fine not-met: weight light not-met"]
    # It is cold because it is not warm.
    assert turns(cold) == ["is-cold met: colour warm not-met"]


def test_a_wrong_outcome_shows_why_the_one_did_not_hold_and_the_other_did(make: Make) -> None:
    case = run(make, "weight: 5 grams", "expect: {outcome: high}", decision="class")
    (difference,) = case.differences
    assert (difference.expected, difference.actual) == ("high", "low")
    assert turns(difference) == [
        "high not-met: weight heavy not-met",
        "low met: weight light met",
    ]


@pytest.mark.parametrize(
    ("facts", "expected", "actual", "shown"),
    [
        # What holds in all other cases is explained by what does not hold, and once.
        ("weight: 20 grams, colour: red", "good", "bad", "good not-met: weight light not-met"),
        ("weight: 20 grams, colour: red", "unknown", "bad", "bad met: weight light not-met"),
        ("colour: blue", "bad", "good", "good met: colour warm not-met"),
        # What is not known is shown where the file asks for it first.
        ("sealed: 'yes'", "good", "unknown", "good unknown: weight light unknown"),
        ("sealed: 'yes'", "bad", "unknown", "bad unknown: weight light unknown"),
    ],
)
def test_what_a_wrong_outcome_turns_on(
    make: Make, facts: str, expected: str, actual: str, shown: str
) -> None:
    case = run(make, facts, f"expect: {{outcome: {expected}}}")
    (difference,) = case.differences
    assert (difference.expected, difference.actual) == (expected, actual)
    assert turns(difference) == [shown]


def test_what_is_possible_is_explained_by_the_first_outcome_that_differs(make: Make) -> None:
    case = run(make, "", "expect: {outcome: unknown, possible: [bad]}")
    (difference,) = case.differences
    assert (difference.what, difference.actual) == ("possible", "good, bad")
    assert [turn.whole.id for turn in difference.turns] == ["good"]


def test_names_that_nothing_has_are_errors_with_a_suggestion(make: Make) -> None:
    case = run(
        make,
        "",
        "expect: {outcome: goood, possible: [badd], missing: [wieght], readings: [egde], "
        "decided-by: [art-3], version: small/11, rules: {is-ligth: met}}",
    )
    assert not case.passed
    assert codes(case) == [
        ("R101", "goood", "did you mean `good`?"),
        ("R101", "badd", "did you mean `bad`?"),
        ("R101", "wieght", "did you mean `weight`?"),
        ("R101", "egde", "name one that exists"),
        ("R101", "art-3", "did you mean `art-2`?"),
        ("R101", "small/11", "did you mean `small/1`?"),
        ("R101", "is-ligth", "did you mean `is-light`?"),
    ]
    # What does not exist has no status that could differ.
    assert "rules.is-ligth" not in [d.what for d in case.differences]


def test_a_rule_that_the_decision_does_not_reach_is_an_error(make: Make) -> None:
    case = run(
        make,
        "weight: 5 grams",
        "expect: {outcome: low, rules: {is-light: met, is-idle: unknown}}",
        decision="class",
    )
    assert codes(case) == [
        ("R101", "is-light", "expect `d` instead"),
        ("R101", "is-idle", "leave it out; no decision depends on it"),
    ]
    assert not case.passed


#: A rule with an exception, one that is not asked of everything, and both at once.
GUARDED = """\
rules:
  is-sealed: {title-en: sealed, title-zh: 封, require: sealed is yes}
  is-held: {title-en: held, title-zh: 留, require: is-sealed, unless: is-light}
  is-due: {title-en: due, title-zh: 期, applies: made is before start, require: is-sealed}
"""


@pytest.mark.parametrize(
    ("facts", "rules", "shown"),
    [
        # The exception displaces what is met otherwise.
        (
            "sealed: 'yes', weight: 5 grams",
            {"is-held": "not-met"},
            "is-held not-met: weight light met",
        ),
        ("sealed: 'yes', weight: 20 grams", {"is-held": "met"}, "is-held met: sealed met"),
        # What is not asked of it is neither met nor not met.
        (
            "sealed: 'no', made: 2002-01-01",
            {"is-due": "not-applicable"},
            "is-due not-applicable: made start not-met",
        ),
        (
            "sealed: 'no', made: 2001-01-01",
            {"is-due": "not-met"},
            "is-due not-met: sealed not-met",
        ),
    ],
)
def test_exceptions_and_what_is_not_asked(
    make: Make, facts: str, rules: dict[str, str], shown: str
) -> None:
    article = HEAD + GUARDED + outcomes(good="is-held and is-due", bad="otherwise")
    made = make({"1/article-02.yaml": article, "tests/cases.yaml": ""})
    ((rule, status),) = rules.items()
    for expected, differing in ((status, []), ("unknown", [f"rules.{rule}"])):
        expect = f"expect: {{outcome: unknown, rules: {{{rule}: {expected}}}}}"
        case = run_in(made, facts, expect, decision="d", more="version: small/1")
        found = [d for d in case.differences if d.what != "outcome"]
        assert [d.what for d in found] == differing
        assert [turns(d) for d in found] == [[shown]] * len(differing)


def test_a_part_of_a_fact_may_be_missing(make: Make) -> None:
    case = run(make, "", "expect: {outcome: unknown, missing: [weight.of, wieght.of]}")
    assert [at for _, at, _ in codes(case)] == ["wieght.of"]
    assert [d.what for d in case.differences] == ["missing"]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ({"good": "is-light", "bad": "is-sealed"}, "gap"),
        ({"good": "not is-light", "bad": "not is-sealed"}, "overlap"),
    ],
)
def test_a_fault_of_the_rules_is_not_the_same_as_unknown(
    make: Make, rows: dict[str, str], fault: str
) -> None:
    rules = RULES.replace("is-light and is-sealed and is-warm", "is-sealed")
    made = make({"1/article-02.yaml": HEAD + rules + outcomes(**rows), "tests/cases.yaml": ""})
    facts, more = "weight: 90 grams, sealed: 'no'", "version: small/1"
    for expected, passed in ((fault, True), ("unknown", False)):
        expect = f"expect: {{outcome: {expected}}}"
        case = run_in(made, facts, expect, decision="d", more=more)
        assert case.passed is passed


def test_a_case_that_expects_nothing_fails(make: Make) -> None:
    case = run(make, "weight: 5 grams", "note-en: N\n        note-zh: 注", decision="class")
    assert not case.passed
    assert [(d.what, d.expected, d.actual) for d in case.differences] == [
        ("expect", None, "low")
    ]


HEADER = """\
title-en: V
title-zh: 版
in-force: {from: FROM, until: UNTIL, basis: attested}
"""


@pytest.fixture
def two(make: Make) -> Made:
    """Two versions, of which the second turns a rule round and drops another."""
    decision = outcomes(good="is-sealed", bad="otherwise")
    decision = decision.replace("    asks-zh: 决\n", "    asks-zh: 决\n    governed-by: sold\n")
    rules = "rules:\n  is-sealed: {title-en: sealed, title-zh: 封, require: sealed is yes}\n"
    later = HEAD + rules.replace("is yes", "is no") + decision
    old = rules + "  is-made: {title-en: made, title-zh: 制, require: made is before start}\n"
    both = decision.replace("when: is-sealed", "when: is-sealed and is-made")
    return make(
        {
            "1/measure.yaml": HEADER.replace("FROM", "2001-01-01").replace(
                "UNTIL", "2003-07-01"
            ),
            "1/article-02.yaml": HEAD + old + both,
            "2/measure.yaml": HEADER.replace("FROM", "2003-07-01").replace("UNTIL", "open"),
            "2/article-02.yaml": later,
            "tests/cases.yaml": "",
        }
    )


def test_under_several_versions_a_rule_has_a_status_under_each(two: Made) -> None:
    # The year of sale leaves both versions open; under the first it is good.
    facts = "sealed: 'yes', made: 2001-01-01, sold: 2003"
    expect = "expect: {outcome: bad, rules: {is-sealed: met, is-made: met}}"
    case = run_in(two, facts, expect, decision="d", more="on: 2004-01-01")
    outcome, sealed = case.differences
    assert (outcome.actual, sealed.what) == ("unknown", "rules.is-sealed")
    assert sealed.actual == "met (small/1), not-met (small/2)"
    assert [turn.verdict.choice.versions for turn in sealed.turns] == [("small/2",)]
    assert [turn.verdict.choice.versions for turn in outcome.turns] == [("small/1",)]
    assert turns(outcome) == ["good met: sealed met"]


def test_names_are_looked_up_where_no_single_version_governs(two: Made) -> None:
    expect = (
        "expect: {outcome: unknown, missing: [wieght], decided-by: [art-22], "
        "rules: {is-maed: met}}"
    )
    wrong = ["wieght", "art-22", "is-maed"]
    for sold in ("sold: 2003", "sold: 1990-01-01"):
        case = run_in(two, sold, expect, decision="d", more="on: 2004-01-01")
        assert [at for code, at, _ in codes(case) if code == "R101"] == wrong


def test_where_no_version_governs_every_rule_is_unknown(two: Made) -> None:
    expect = "expect: {outcome: unknown, version: none, rules: {is-made: unknown}}"
    case = run_in(two, "sold: 1990-01-01", expect, decision="d", more="on: 2004-01-01")
    assert case.passed, (case.differences, case.diagnostics)
    expect = "expect: {outcome: good, version: small/1, rules: {is-made: met}}"
    case = run_in(two, "sold: 1990-01-01", expect, decision="d", more="on: 2004-01-01")
    assert [(d.what, d.actual) for d in case.differences] == [
        ("outcome", "unknown"),
        ("version", "none"),
        ("rules.is-made", "unknown"),
    ]


@pytest.mark.parametrize("key", ["decision: d", "on: 2004-05-17"])
def test_rules_with_errors_are_told_from_a_case_with_errors(make: Make, key: str) -> None:
    asked = key.startswith("decision")
    expect = "expect: {outcome: good}" if asked else "stands: {state: unknown}"
    files = {"1/article-02.yaml": ARTICLE, "tests/cases.yaml": ""}
    made = make(files)
    text = (
        "tests: small\ncases:\n  - {case-en: A, case-zh: 甲, "
        "given: {thing: {name-en: T, name-zh: 物}, facts: {sealed: FACT}}, "
        f"{key}, version: small/1, {expect}, why-en: W., why-zh: 因。}}\n"
    )
    path = made.home / "tests" / "cases.yaml"
    for fact, article, says in (
        ("maybe", ARTICLE, "the case itself has errors"),
        (
            "yes",
            ARTICLE.replace("sealed is yes", "saeled is yes"),
            "the rules of small/1 have errors",
        ),
    ):
        make({**files, "1/article-02.yaml": article})
        path.write_text(text.replace("FACT", fact), "utf-8")
        result = run_tests(open_library(made.home.parent), [path])
        assert result.value is not None, result.diagnostics
        assert failure_branches(result.value[0], "en")[0].text == says
