"""The reference: bands, outcomes, basis, decisive branches, effects, faults."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.engines.interpreter.explanation import (
    Answer,
    Fault,
    Reason,
    Status,
    decided_by,
)
from ipcity_policy.lang.calendar import add
from ipcity_policy.lang.values import Dates, Numbers, Options, Periods, Value
from ipcity_policy.law.model import Basis
from ipcity_policy.law.program import Program
from ipcity_policy.questions.sufficiency import settled_by
from tests.support import RICH, Make

HEAD = """\
article: 2
title-en: More
title-zh: 其他
basis: attested
provisions:
  art-2-a: {basis: inferred, says-en: A., says-zh: 甲。}
"""

DECISION = """\
decisions:
  case:
    asks-en: Which?
    asks-zh: 哪个？
    outcomes:
"""


def number(text: str) -> Numbers:
    return Numbers(Decimal(text), Decimal(text), "grams")


def option(*names: str) -> Options:
    return Options(frozenset(names))


def program(make: Make, body: str = "") -> Program:
    made = make({"1/article-02.yaml": HEAD + body} if body else {})
    ref = made.library.find("small/1")
    assert ref is not None
    result = made.library.program(ref)
    assert result.ok, result.diagnostics
    assert result.value is not None
    return result.value


def outcome(name: str, when: str) -> str:
    return f"      {name}: {{says-en: {name}, says-zh: {name}, when: {when}}}\n"


def leaves(reasons: tuple[Reason, ...]) -> list[Reason]:
    found: list[Reason] = []
    for reason in reasons:
        found += leaves(reason.because) if reason.because else [reason]
    return found


@pytest.mark.parametrize(
    ("low", "high", "possible"),
    [
        ("0", "0", ["low"]),
        ("9.999", "9.999", ["low"]),
        ("10", "10", ["middle"]),
        ("49.999", "49.999", ["middle"]),
        ("50", "50", ["high"]),
        ("9", "10", ["low", "middle"]),
        ("10", "49", ["middle"]),
        ("9", "50", ["low", "middle", "high"]),
        ("60", "80", ["high"]),
    ],
)
def test_a_band_takes_the_range_of_its_quantity_exactly(
    make: Make, low: str, high: str, possible: list[str]
) -> None:
    value = Numbers(Decimal(low), Decimal(high), "grams")
    found = answer(program(make), {"weight": value}, "class")
    assert list(found.possible) == possible
    assert found.outcome == (possible[0] if len(possible) == 1 else None)
    assert found.fault is None
    assert [m.name for m in found.missing] == ([] if len(possible) == 1 else ["weight"])


def test_the_margin_counts_in_the_unit_and_is_positive_when_met(make: Make) -> None:
    found = answer(program(make), {"weight": number("49.5")}, "class")
    (row,) = [r for r in found.reasons if r.id == "middle"]
    low, high = leaves((row,))
    assert low.margin is not None
    assert high.margin is not None
    assert (low.margin.low, low.margin.high, low.margin.unit) == (
        Decimal("39.5"), Decimal("39.5"), "grams",
    )  # fmt: skip
    assert high.margin.low == high.margin.high == Decimal("0.5")
    open_ = answer(program(make), {}, "class")
    margins = [leaf.margin for leaf in leaves(open_.reasons)]
    assert [(m.low, m.high) for m in margins if m] == [
        (Decimal(-90), Decimal(10)),
        (Decimal(-10), Decimal(90)),
        (Decimal(-50), Decimal(50)),
        (Decimal(-50), Decimal(50)),
    ]


THREE = {
    "yes": (option("yes"), Status.MET),
    "no": (option("no"), Status.NOT_MET),
    "unknown": (option("yes", "no"), Status.UNKNOWN),
}


@pytest.mark.parametrize(
    ("condition", "value", "status"),
    [
        ("sealed is yes", {"sealed": option("yes")}, Status.MET),
        ("sealed is no", {"sealed": option("yes")}, Status.NOT_MET),
        ("not sealed is yes", {"sealed": option("yes")}, Status.NOT_MET),
        ("sealed is yes", {}, Status.UNKNOWN),
        ("not sealed is yes", {}, Status.UNKNOWN),
        ('colour is "red"', {"colour": option("red", "blue")}, Status.UNKNOWN),
        ('colour is not "green"', {"colour": option("red", "blue")}, Status.MET),
        ("colour is one of warm", {"colour": option("red")}, Status.MET),
        ("colour is not one of warm", {"colour": option("blue", "green")}, Status.MET),
        ("made is on or after start", {"made": Dates(date(2001, 6, 1), date(2001, 6, 1))},
         Status.MET),
        ("made is after start", {"made": Dates(date(2001, 6, 1), date(2001, 6, 30))},
         Status.UNKNOWN),
        ("made is before start", {"made": Dates(date(2001, 5, 1), date(2001, 5, 31))},
         Status.MET),
        ("made is on or before sold", {"made": Dates(date(2001, 5, 1), date(2001, 5, 31)),
         "sold": Dates(date(2001, 5, 31), date(2001, 5, 31))}, Status.MET),
        ("sealed is yes and weight is above light", {"weight": number("1")}, Status.NOT_MET),
        ("sealed is yes or weight is above light", {"weight": number("11")}, Status.MET),
    ],
)  # fmt: skip
def test_a_condition_is_decided_when_everything_possible_is_on_one_side(
    make: Make, condition: str, value: Mapping[str, Value], status: Status
) -> None:
    quoted = condition.replace('"', '\\"')
    body = DECISION + outcome("holds", f'"{quoted}"') + outcome("fails", "otherwise")
    found = answer(program(make, body), value, "case")
    assert found.reasons[0].status is status


def test_exactly_one_outcome_or_a_fault(make: Make) -> None:
    body = DECISION + outcome("light", "is-light") + outcome("sealed-one", "sealed is yes")
    made = program(make, body)
    light, heavy = number("1"), number("99")
    cases: list[tuple[dict[str, Value], str | None, list[str], Fault | None]] = [
        ({"weight": light, "sealed": option("no")}, "light", ["light"], None),
        (
            {"weight": light, "sealed": option("yes")},
            None,
            ["light", "sealed-one"],
            Fault.OVERLAP,
        ),
        ({"weight": heavy, "sealed": option("no")}, None, [], Fault.GAP),
        ({"weight": heavy}, None, ["sealed-one"], None),
    ]
    for values, expected, possible, fault in cases:
        found = answer(made, values, "case")
        assert (found.outcome, list(found.possible), found.fault) == (expected, possible, fault)


def test_otherwise_holds_when_all_others_are_false(make: Make) -> None:
    body = DECISION + outcome("light", "is-light") + outcome("other", "otherwise")
    made = program(make, body)
    assert answer(made, {"weight": number("1")}, "case").outcome == "light"
    assert answer(made, {"weight": number("10")}, "case").outcome == "other"
    assert list(answer(made, {}, "case").possible) == ["light", "other"]


def test_the_branches_that_decide_are_marked(make: Make) -> None:
    body = DECISION + outcome("ok", "is-light and sealed is yes") + outcome("no", "otherwise")
    found = answer(
        program(make, body), {"weight": number("20"), "sealed": option("yes")}, "case"
    )
    assert found.outcome == "no"
    assert [(sorted(leaf.values), leaf.decisive) for leaf in leaves(found.reasons[:1])] == [
        (["light", "weight"], True),
        (["sealed"], False),
    ]


def test_where_a_parameter_stands_decides_nothing_by_itself(make: Make) -> None:
    few = "parameters: {few: {value: 10 grams, provision: art-2-a}}\n"
    body = few + DECISION + outcome("ok", "weight is below few") + outcome("no", "otherwise")
    found = answer(program(make, body), {"weight": number("1")}, "case")
    assert (found.outcome, found.basis) == ("ok", Basis.INFERRED)
    assert [one.provision for one in decided_by(found.reasons)] == ["art-2"]


def test_an_outcome_that_holds_by_itself_is_not_decided_by_what_others_ask(make: Make) -> None:
    body = DECISION + outcome("ok", "is-light") + outcome("no", "sealed is yes")
    values: dict[str, Value] = {"weight": number("1"), "sealed": option("no")}
    found = answer(program(make, body + outcome("other", "otherwise")), values, "case")
    assert found.outcome == "ok"
    assert [leaf.decisive for leaf in leaves(found.reasons[:2])] == [True, False]


def test_the_basis_is_the_weakest_along_a_reason_and_the_best_among_several(make: Make) -> None:
    rules = """\
rules:
  firm: {title-en: F, title-zh: 甲, require: sealed is yes}
  guessed: {title-en: G, title-zh: 乙, provision: art-2-a, require: colour is one of warm}
"""
    both = {"sealed": option("yes"), "colour": option("red")}
    neither = {"sealed": option("no"), "colour": option("blue")}
    for combination, values, basis in (
        ("firm and guessed", both, Basis.INFERRED),
        ("firm or guessed", both, Basis.ATTESTED),
        ("firm and guessed", neither, Basis.ATTESTED),
        ("firm or guessed", neither, Basis.INFERRED),
        ("firm and guessed", {**both, "sealed": option("no")}, Basis.ATTESTED),
    ):
        body = rules + DECISION + outcome("ok", combination) + outcome("no", "otherwise")
        assert answer(program(make, body), values, "case").basis is basis, combination


def test_the_smallest_sets_of_facts_that_settle(make: Make) -> None:
    body = DECISION + outcome("ok", "is-light and (sealed is yes or colour is one of warm)")
    made = program(make, body + outcome("no", "otherwise"))

    def sets(values: Mapping[str, Value]) -> set[frozenset[str]]:
        found: Answer = answer(made, values, "case")
        return {
            frozenset(one.text for one in facts)
            for facts in settled_by(made, values, "case", found, strict=False)
        }

    assert sets({"weight": number("1"), "sealed": option("no")}) == {frozenset({"colour"})}
    assert sets({"sealed": option("no"), "colour": option("red")}) == {frozenset({"weight"})}
    assert sets({}) == {frozenset({"weight", "sealed", "colour"})}
    assert sets({"weight": number("99")}) == set()


@pytest.mark.parametrize(
    ("when", "sets"),
    [
        # Where nothing is known of the cohort, some place is among the first 30 percent.
        ("place is in the top few of all-things and sealed is yes", [{"place", "sealed"}]),
        ("place is in the top few of all-things or sealed is yes", [{"place", "sealed"}]),
        # None is among the first of nobody, so that nothing is left to be asked.
        ("place is in the top nobody of all-things and sealed is yes", []),
    ],
)
def test_a_place_is_tried_in_large_cohorts_and_small_ones(
    make: Make, when: str, sets: list[set[str]]
) -> None:
    body = "parameters: {few: 30 percent, nobody: 0 percent}\n" + DECISION
    body += outcome("ok", when) + outcome("no", "otherwise")
    made = make({**RICH, "1/article-02.yaml": HEAD + body})
    ref = made.library.find("small/1")
    assert ref is not None
    law = made.library.program(ref).value
    assert law is not None
    found = answer(law, {}, "case")
    settled = settled_by(law, {}, "case", found, strict=False)
    assert [{path.fact for path in one} for one in settled] == sets


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        (date(2016, 2, 29), Periods(2, 2, "years"), date(2018, 2, 28)),
        (date(2016, 2, 29), Periods(4, 4, "years"), date(2020, 2, 29)),
        (date(2017, 1, 31), Periods(1, 1, "months"), date(2017, 2, 28)),
        (date(2017, 8, 31), Periods(18, 18, "months"), date(2019, 2, 28)),
        (date(2017, 12, 12), Periods(14, 14, "days"), date(2017, 12, 26)),
        (date(9999, 12, 31), Periods(1, 1, "days"), date.max),
        (date(9998, 12, 31), Periods(2, 2, "years"), date.max),
        (date(1, 1, 1), Periods(-1, -1, "weeks"), date.min),
        (date(2, 1, 31), Periods(-12, -12, "months"), date(1, 1, 31)),
        (date(1, 1, 31), Periods(-99999, -99999, "months"), date.min),
    ],
)
def test_a_date_and_a_period(day: date, period: Periods, expected: date) -> None:
    assert add(day, period.low or 0, period.unit) == expected


def test_a_bar_runs_from_the_date_that_its_sentence_names(make: Make) -> None:
    body = DECISION + (
        "      out:\n        says-en: out\n        says-zh: 出\n        when: sealed is no\n"
        "        effects: [bar renewal for pause after sold]\n"
    )
    made = program(make, body + outcome("in", "otherwise"))
    sold = Dates(date(2001, 8, 31), date(2001, 8, 31))
    (known,) = answer(made, {"sealed": option("no"), "sold": sold}, "case").effects
    assert known.until == Dates(date(2002, 2, 28), date(2002, 2, 28))
    (unknown,) = answer(made, {"sealed": option("no")}, "case").effects
    assert unknown.since is None
    assert unknown.until is None
