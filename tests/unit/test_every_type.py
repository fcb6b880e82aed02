"""A fact of every type: what may be asked of it, and what is answered at the edges."""

from typing import Any

import pytest

from tests.support import HEAD, RICH, Ipcity, Make, outcomes

THING = "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\n"


@pytest.fixture
def asked(ipcity: Ipcity, make: Make) -> Any:
    """Ask whether a condition holds: the verdict of a decision of `in` and `out`."""

    def ask(when: str, facts: str = "", **entries: str) -> Any:
        body = "".join(f"{kind}:\n{text}" for kind, text in entries.items())
        decision = outcomes(**{"in": when, "out": "otherwise"})
        made = make({**RICH, "1/article-02.yaml": HEAD + body + decision})
        assert made.codes() == []
        sheet = made.home / "s.yaml"
        sheet.write_text(THING + (f"facts: {{{facts}}}\n" if facts else ""), "utf-8")
        ran = ipcity(
            "evaluate", str(sheet), "--policies", str(made.home.parent), "--version", "1",
            "--decision", "d", "--format", "json",
        )  # fmt: skip
        assert ran.status == 0, ran.err
        return ran.json

    return ask


def test_a_rank_can_be_asked_whether_it_is_known(asked: Any) -> None:
    known, open_ = "place: {rank: 3, of: 9}", "place: {rank: 3, of: unknown}"
    assert asked("place is known", known)["outcome"] == "in"
    assert asked("place is not known", known)["outcome"] == "out"
    assert asked("place is not known", open_)["outcome"] == "in"


RULES = """\
  r: {title-en: R, title-zh: 则, applies: sealed is yes, require: weight is below light}
  s: {title-en: S, title-zh: 则, require: r, unless: makers is at least some}
"""


@pytest.mark.parametrize(
    ("when", "missing"),
    [
        # Held back or not asked: either way it does not hold, and nothing is missing.
        ("s", set()),
        ("{at-least: more-than-all, of: [r]}", set()),
        # Met or not asked: only the one holds.
        ("{at-least: none-of-it, of: [r]}", {"sealed", "weight"}),
    ],
)
def test_what_may_turn_out_not_to_be_asked_is_not_decided(
    asked: Any, when: str, missing: set[str]
) -> None:
    entries = {
        "parameters": "  {some: 1, none-of-it: 0, more-than-all: 2}\n",
        "rules": RULES,
    }
    # While it is not known whether `r` is asked, the whole may turn out not to be asked.
    found = asked(when, "makers: 3", **entries)
    assert found["reasons"][0]["status"] == "unknown"
    assert {one["name"] for one in found["missing"]} == missing
    assert found["outcome"] == (None if missing else "out")
    found = asked(when, "makers: 3, sealed: no", **entries)
    assert found["reasons"][0]["status"] == "not-applicable"


def test_what_is_rounded_can_leave_the_range_of_what_it_was_reckoned_from(make: Make) -> None:
    # Of at most 9 makers, rounded up to whole fives, there can be 10.
    body = (
        HEAD
        + """\
parameters: {five: 5, nine: 9}
quantities: {crew: {title-en: C, title-zh: 数, reckon: makers rounded up to five}}
decisions:
  d:
    asks-en: D
    asks-zh: 决
    by: crew
    bands:
      - {outcome: few, says-en: few, says-zh: 少, when: at most nine}
"""
    )
    assert make({**RICH, "1/article-02.yaml": body}).codes() == ["M106"]
    body += "      - {outcome: many, says-en: many, says-zh: 多, when: otherwise}\n"
    assert make({**RICH, "1/article-02.yaml": body}).codes() == []


@pytest.mark.parametrize("reach", ["before", "up to"])
def test_of_no_day_at_all_no_year_is_known(asked: Any, reach: str) -> None:
    when = f'grades is "good" in at least two of the last pair {reach} made'
    found = asked(f"'{when}'", parameters="  {two: 2, pair: 2 years}\n")
    assert found["possible"] == ["in", "out"]
    assert {one["name"] for one in found["missing"]} == {"made", "grades"}
    known = "made: 2004-05-01, grades: {2002: good, 2003: good, 2004: good}"
    assert (
        asked(f"'{when}'", known, parameters="  {two: 2, pair: 2 years}\n")["outcome"] == "in"
    )


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ("made: 2001-05-17, sold: 2004-01-01", "out"),
        ("made: 9998-05-17, sold: 9999-12-30", "out"),
        ("made: 0001-01-01, sold: 9999-12-30", "out"),
    ],
)
def test_a_period_that_leads_off_the_calendar_has_not_passed(
    asked: Any, facts: str, outcome: str
) -> None:
    entries = {"parameters": "  {age-long: 99999 years}\n"}
    found = asked("time from made to sold is at least age-long", facts, **entries)
    assert (found["outcome"], found["missing"]) == (outcome, [])
    found = asked("age-long before sold is before made", facts, **entries)
    assert found["outcome"] == ("out" if "0001" in facts else "in")


@pytest.mark.parametrize(
    ("when", "facts", "entries", "settled"),
    [
        (
            "time from made to sold is at least two-years and "
            "time from made to sold is at most three-years and sealed is yes",
            "sold: 2004-01-01",
            {"parameters": "  {two-years: 2 years, three-years: 3 years}\n"},
            ["made", "sealed"],
        ),
        (
            "volume is below room or sealed is yes",
            "",
            {
                "parameters": "  {some: 3 litres, more: 4 litres}\n",
                "quantities": "  room: {title-en: R, title-zh: 数, reckon: some plus more}\n",
            },
            ["sealed", "volume"],
        ),
        (
            "goods includes none of pair or goods includes all of pair or sealed is yes",
            "",
            {"parameters": "  {pair: [bread, honey]}\n"},
            ["goods", "sealed"],
        ),
        (
            'grades is "good" in at least once of the last two-years before sold and '
            'grades is "poor" in at least once of the last two-years before sold and '
            "sealed is yes",
            "sold: 2004-01-01",
            {"parameters": "  {once: 1, two-years: 2 years}\n"},
            ["grades.2002", "grades.2003", "sealed"],
        ),
    ],
)
def test_what_settles_it_settles_it_at_every_value(
    asked: Any, when: str, facts: str, entries: dict[str, str], settled: list[str]
) -> None:
    found = asked(f"'{when}'", facts, **entries)["settled-by"]
    # A fact alone settles it only where no value of it leaves the other one to be asked.
    assert [sorted(names) for names in found] == [sorted(settled)]


@pytest.mark.parametrize(
    ("bands", "codes"),
    [
        ([("none-of-it", "below single"), ("some", "otherwise")], []),
        ([("some", "at least single")], ["M106"]),
        ([("some", "at most eight"), ("all", "otherwise")], []),
        ([("some", "below nine")], ["M106"]),
        ([("some", "below broken"), ("more", "above broken")], []),
    ],
)
def test_bands_of_a_count_reach_from_its_first_to_its_last(
    make: Make, bands: list[tuple[str, str]], codes: list[str]
) -> None:
    rows = "".join(
        f"      - {{outcome: {name}, says-en: x, says-zh: 甲, when: {when}}}\n"
        for name, when in bands
    )
    limits = "parameters: {single: 1, broken: 2.5, eight: 8, nine: 9}\n"
    head = "decisions:\n  d:\n    asks-en: D\n    asks-zh: 决\n    by: makers\n    bands:\n"
    # There are from 0 to 9 makers.
    assert make({**RICH, "1/article-02.yaml": HEAD + limits + head + rows}).codes() == codes


@pytest.mark.parametrize("asks", ['includes "bread"', "includes all of wares", "is known"])
def test_what_a_list_of_the_law_holds_is_no_question(make: Make, asks: str) -> None:
    body = (
        HEAD + "parameters: {wares: [bread]}\n" + outcomes(a=f"'wares {asks}'", b="otherwise")
    )
    assert make({**RICH, "1/article-02.yaml": body}).codes() == ["T101"]


def test_quantities_that_share_much_are_told_once_each(asked: Any) -> None:
    # Told again wherever it is used, the first of these would stand there a billion times.
    calculated = ["volume", "volume plus q-0"]
    calculated += [f"q-{number - 1} plus q-{number - 2}" for number in range(2, 45)]
    entries = {
        "parameters": "  room: 1 litres\n",
        "quantities": "".join(
            f"  q-{number}: {{title-en: Q, title-zh: 数, reckon: {how}}}\n"
            for number, how in enumerate(calculated)
        ),
    }
    found = asked("q-44 is at least room", "volume: 1 litres", **entries)
    assert found["outcome"] == "in"
    assert str(found["reasons"]).count("'again': False") < 60
    # Each is the sum of the two before it: the numbers of Fibonacci.
    assert "1836311903 litres" in str(found["reasons"])
