"""Two statements of one thing narrow each other."""

from datetime import date
from decimal import Decimal

import pytest

from ipcity_policy.engines.interpreter.components import RANK, SIZE, with_component
from ipcity_policy.lang.narrowing import intersection
from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Numbers,
    Options,
    Periods,
    Ranks,
    Series,
    Sets,
    Text,
    Value,
)
from tests.support import HEAD, RICH, Ipcity, Make, outcomes

A, B, C = date(2001, 1, 1), date(2001, 1, 31), date(2001, 3, 1)


def number(low: int | None, high: int | None) -> Numbers:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    return Numbers(next(ends), next(ends), "grams")


def plan(submitted: str, low: date, high: date) -> Documents:
    return Documents(Options(frozenset(submitted.split())), Dates(low, high))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (Dates(A, C), Dates(date.min, B), Dates(A, B)),
        (Dates(A, A), Dates(C, C), None),
        (Dates(A, C, None), Dates(A, B), Dates(A, B)),
        (Dates(A, A, None), Dates(C, C, None), Dates(None, None, never=True)),
        (Dates(None, None, never=True), Dates(A, B), None),
        (Options(frozenset("ab")), Options(frozenset("bc")), Options(frozenset("b"))),
        (Options(frozenset("a")), Options(frozenset("b")), None),
        (Periods(2, None, "months"), Periods(0, 5, "months"), Periods(2, 5, "months")),
        (Periods(6, 6, "months"), Periods(0, 5, "months"), None),
        (Periods(1, 1, "years"), Periods(6, 18, "months"), Periods(12, 12, "months")),
        (Periods(1, 3, "years"), Periods(2, 5, "years"), Periods(2, 3, "years")),
        (number(2, None), number(None, 5), number(2, 5)),
        (number(None, 5), number(None, 3), number(None, 3)),
        (number(2, None), number(3, None), number(3, None)),
        (number(2, 5), number(5, 9), number(5, 5)),
        (number(2, 4), number(5, 9), None),
        (plan("yes no", A, C), plan("yes", date.min, B), plan("yes", A, B)),
        (plan("yes", A, A), plan("no", A, A), None),
        (plan("yes", A, A), plan("yes no", B, C), None),
        (
            Series(((2001, number(1, 3)),), number(0, 9)),
            Series(((2001, number(2, 5)), (2008, number(4, 4))), number(0, 9)),
            Series(((2001, number(2, 3)), (2008, number(4, 4))), number(0, 9)),
        ),
        (
            Series(((2001, number(1, 3)),), number(0, 9)),
            Series(((2001, number(4, 5)),), number(0, 9)),
            None,
        ),
        (Text("A"), Text(None), Text("A")),
        (Text("A"), Text("B"), None),
        (Ranks(1, None, 1, None), Ranks(3, 3, 4, 9, tied=2), Ranks(3, 3, 4, 9, tied=2)),
        (Ranks(3, 3, 3, 9), Ranks(3, 3, 4, 9, tied=2), None),
        (Ranks(5, 9, 5, None), Ranks(1, None, 8, 12), Ranks(5, 9, 8, 12)),
        # The last of twelve, and no worse than ninth: of nine or fewer.
        (Ranks(1, 12, 1, 12, last=True), Ranks(1, 9, 1, None), Ranks(1, 9, 1, 9, last=True)),
        (Ranks(5, 5, 5, None), Ranks(1, 4, 4, 4), None),
        (
            Sets(frozenset("a"), frozenset("bc")),
            Sets(frozenset("b"), frozenset("ad")),
            Sets(frozenset("ab"), frozenset()),
        ),
        (Sets(frozenset("a"), frozenset()), Sets(frozenset("b"), frozenset()), None),
    ],
)
def test_what_both_leave_is_possible(one: Value, other: Value, together: Value | None) -> None:
    assert intersection(one, other) == together
    assert intersection(other, one) == together


@pytest.mark.parametrize(
    ("rank", "possible"),
    [
        # Two share the last place, which is the fifth at the worst: they are six at most.
        (Ranks(1, 5, 1, None, tied=2, last=True), Ranks(1, 5, 2, 6, tied=2, last=True)),
        # Of eight to ten, the last two are seventh to ninth.
        (Ranks(1, None, 8, 10, tied=2, last=True), Ranks(7, 9, 8, 10, tied=2, last=True)),
        # Behind the third stand two who share the place with it: they are five at least.
        (Ranks(3, None, 1, 9, tied=3), Ranks(3, 7, 5, 9, tied=3)),
        (Ranks(3, 9, 1, 5, tied=3), Ranks(3, 3, 5, 5, tied=3)),
        (Ranks(3, None, 1, 4, tied=3), None),
        (Ranks(4, 4, 6, None, last=True), None),
    ],
)
def test_a_place_and_the_size_of_its_cohort_leave_each_other_no_more(
    rank: Ranks, possible: Ranks | None
) -> None:
    assert rank.narrowed() == possible


@pytest.mark.parametrize(
    ("part", "low", "high", "known"),
    [
        # Third of nine at the worst; of three to five.
        (RANK, None, "3", Ranks(1, 3, 1, 9)),
        (RANK, "2", None, Ranks(2, 9, 2, 9)),
        (SIZE, "3", "5", Ranks(1, 5, 3, 5)),
        (SIZE, None, "5", Ranks(1, 5, 1, 5)),
    ],
)
def test_what_is_learnt_of_a_place_or_of_its_cohort(
    part: str, low: str | None, high: str | None, known: Ranks
) -> None:
    first, last = (None if end is None else Decimal(end) for end in (low, high))
    assert with_component(Ranks(1, None, 1, 9), part, Numbers(first, last, "")) == known


def test_what_is_learnt_of_a_year_stands_in_the_order_of_years() -> None:
    one, any_of = Options(frozenset({"yes"})), Options(frozenset({"yes", "no"}))
    known = with_component(Series(((2015, one),), any_of), "2013", one)
    assert known == Series(((2013, one), (2015, one)), any_of)


EVENTS = """\
events:
  weighed: {label-en: weighing, label-zh: 称重}
"""


@pytest.mark.parametrize(
    ("stated", "possible"),
    [
        ("", ["in", "out"]),
        ("weight: at most 40 grams", ["in"]),
        ("weight: at most 60 grams", ["in", "out"]),
        ("weight: {value: at most 40 grams, on: 2001-07-01}", ["in"]),
    ],
)
def test_what_a_sheet_states_beside_an_event_never_widens(
    make: Make, ipcity: Ipcity, stated: str, possible: list[str]
) -> None:
    body = outcomes(**{"in": "weight is below heavy", "out": "otherwise"})
    files = {"facts.yaml": RICH["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + body}
    made = make({**RICH, **files})
    assert made.codes() == []
    sheet = made.home / "s.yaml"
    with_it = "facts: {weight: 30 to 55 grams}"
    sheet.write_text(
        "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\n"
        f"facts: {{{stated}}}\nevents: [{{event: weighed, on: 2001-06-05, {with_it}}}]\n",
        "utf-8",
    )
    ran = ipcity(
        "evaluate", str(sheet), "--policies", str(made.home.parent), "--version", "1",
        "--decision", "d", "--format", "json", "--on", "2001-08-01",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert ran.json["possible"] == possible
