"""What rule tests have seen of a measure, counted by hand."""

import textwrap

import pytest

from ipcity_policy.studies.rule_tests.coverage import Coverage, coverage_of
from ipcity_policy.studies.rule_tests.runner import run_tests
from tests.support import HEAD, READING, Made, Make, outcomes

RULES = """\
provisions:
  art-2.i: {says-en: I., says-zh: 一。}
rules:
  is-sealed: {title-en: sealed, title-zh: 封, require: sealed is yes, provision: art-2.i}
  is-idle: {title-en: idle, title-zh: 闲, require: sealed is no}
"""
HEADER = "title-en: V\ntitle-zh: 版\nin-force: {{from: {}, until: {}, basis: attested}}\n"
CHANGE = "decisions.d.good.when: not is-sealed"
DRAFT = "amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {parameters.light: 12 grams}\n"


@pytest.fixture
def made(make: Make) -> Made:
    """A measure with a decision by bands, one by rules, a reading and a draft."""
    article = HEAD + RULES + outcomes(good="is-light and is-sealed", bad="otherwise")
    return make(
        {
            "1/article-02.yaml": article + READING.replace("CHANGE", CHANGE),
            "drafts/heavier.yaml": DRAFT,
        }
    )


def covered(made: Made, *cases: tuple[str, str, str]) -> Coverage:
    """Return what some cases have seen: each a decision, its facts and what else is asked."""
    text = "tests: small\ncases:\n" + "".join(
        textwrap.indent(
            f"- case-en: A\n  case-zh: 甲\n  decision: {decision}\n  {more}\n"
            f"  given: {{thing: {{name-en: T, name-zh: 物}}, facts: {{{facts}}}}}\n"
            "  why-en: W\n  why-zh: 因\n",
            "  ",
        )
        for decision, facts, more in cases
    )
    path = made.home / "tests" / "cases.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    result = run_tests(made.library, [path])
    assert result.value is not None
    assert all(case.verdict is not None for case in result.value), result.value
    return coverage_of(made.library, result.value)


def seen(coverage: Coverage, version: str = "small/1") -> dict[str, dict[str, str]]:
    """Return, by article and entry, how often each status was seen."""
    (one,) = (one for one in coverage.tested if one.program.id == version)
    return {
        article: {
            entry.path.text: " ".join(f"{status} {n}" for status, n in entry.seen.items())
            for entry in entries
        }
        for article, entries in one.articles.items()
    }


ASKED = "version: small/1"


def test_each_rule_and_band_is_counted_once_a_case_whether_it_decides_or_not(
    made: Made,
) -> None:
    coverage = covered(
        made,
        ("class", "weight: 5 grams", ASKED),
        ("class", "weight: 20 grams", ASKED),
        # It is not light, so that the seal decides nothing; it is seen all the same.
        ("d", "weight: 20 grams, sealed: 'yes'", ASKED),
        ("d", "weight: 20 grams", ASKED),
    )
    assert seen(coverage) == {
        "art-1": {
            "rules.is-light": "not-met 2",
            "decisions.class.low": "met 1 not-met 1",
            "decisions.class.middle": "not-met 1 met 1",
            "decisions.class.high": "not-met 2",
        },
        # A rule under an item is counted with its article.
        "art-2": {
            "rules.is-sealed": "met 1 unknown 1",
            "rules.is-idle": "",
            "decisions.d.good": "not-met 2",
            "decisions.d.bad": "met 2",
        },
    }
    assert coverage.counts(of_time=False) == (0, 8)
    assert coverage.untested == ("small/heavier",)


def test_an_entry_is_whole_when_it_was_seen_met_not_met_and_unknown(made: Made) -> None:
    coverage = covered(
        made,
        ("class", "weight: 5 grams", ASKED),
        ("class", "weight: 20 grams", ASKED),
        ("class", "", ASKED),
    )
    (one,) = coverage.tested
    low, middle, high = one.articles["art-1"][1:]
    assert [entry.unseen for entry in (low, middle)] == [(), ()]
    assert [str(status) for status in high.unseen] == ["met"]
    assert coverage.counts(of_time=False) == (2, 8)


def test_what_a_draft_was_asked_is_counted_for_the_draft(made: Made) -> None:
    coverage = covered(made, ("class", "weight: 11 grams", "version: small/heavier"))
    assert seen(coverage, "small/heavier")["art-1"]["decisions.class.low"] == "met 1"
    assert coverage.untested == ("small/1",)


def test_options_of_readings_under_which_nothing_was_decided(made: Made) -> None:
    untouched = covered(made, ("class", "", ASKED))
    # The reading bears on the other decision, so that not even its default was tried.
    assert [one.untried for one in untouched.tested] == [("edge=as-is", "edge=other")]


def test_a_chosen_option_counts_and_so_does_the_default(made: Made) -> None:
    chosen = f"{ASKED}\n  readings: {{edge: other}}"
    coverage = covered(made, ("d", "", ASKED), ("d", "sealed: 'yes'", chosen))
    assert [one.untried for one in coverage.tested] == [()]


def test_under_several_versions_each_is_counted(make: Make) -> None:
    old = "decisions:\n  d:\n    asks-en: D\n    asks-zh: 决\n    governed-by: sold\n"
    rows = outcomes(good="sealed is yes", bad="otherwise").partition("    outcomes:\n")
    article = HEAD + old + "".join(rows[1:])
    made = make(
        {
            "1/measure.yaml": HEADER.format("2001-01-01", "2003-07-01"),
            "1/article-02.yaml": article,
            "2/measure.yaml": HEADER.format("2003-07-01", "open"),
            "2/article-02.yaml": article.replace("is yes", "is no"),
        }
    )
    coverage = covered(made, ("d", "sold: 2003, sealed: 'yes'", "on: 2004-01-01"))
    assert seen(coverage)["art-2"]["decisions.d.good"] == "met 1"
    assert seen(coverage, "small/2")["art-2"]["decisions.d.good"] == "not-met 1"
    assert coverage.untested == ()


def test_what_is_carried_over_is_tested_where_it_comes_from(make: Make) -> None:
    carried = """\
provision: the-rest
title-en: The rest
title-zh: 其余
basis: unavailable
carries-over:
  from: small/1
  decisions: [class]
  why-en: It stands in.
  why-zh: 代之。
"""
    header = HEADER.format("2000-01-01", "2001-01-01")
    made = make({"0/measure.yaml": header, "0/rest.yaml": carried})
    coverage = covered(made, ("class", "weight: 5 grams", "version: small/0"))
    assert seen(coverage, "small/0") == {}
