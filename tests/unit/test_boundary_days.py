"""On which side of its limit a day falls: of duties, of versions, and of what both settle.

Each expected answer was counted by hand on the calendar.
"""

from collections.abc import Iterable
from datetime import date

import pytest

from ipcity_policy import evaluate, timeline
from ipcity_policy.engines.interpreter.explanation import AssumptionKind, Fault
from ipcity_policy.engines.lifecycle.deadlines import days_late, days_left, days_overdue
from ipcity_policy.engines.lifecycle.position import Duty
from ipcity_policy.lang.values import Periods
from ipcity_policy.questions.verdict import ChosenBy, DecisionVerdict
from ipcity_policy.text.subject import FactPath
from tests.leases import LEASES
from tests.support import SMALL, Make

THING = {"name-en": "T", "name-zh": "物"}
WHOLE = "2003-12-31"


def owed(make: Make, name: str, on: str, told: str | None, *events: tuple[str, str]) -> Duty:
    """Return what is said of the only duty of a name; `told` is how far all events are."""
    sheet: dict[str, object] = {
        "sheet": "1", "measure": "small", "thing": THING,
        "events": [{"event": kind, "on": day} for kind, day in events],
    }  # fmt: skip
    if told is not None:
        sheet["events-known-until"] = told
    found = timeline(make(LEASES).library, sheet, on=date.fromisoformat(on))
    assert found.value is not None, found.diagnostics
    duties = found.value.whole.position.duties
    (one,) = (duty for duty in duties if duty.deadline.id == name and duty.year in (None, 2001))
    return one


def status(duty: Duty) -> set[str]:
    return set(map(str, duty.possible))


def spelt(sets: Iterable[Iterable[FactPath]]) -> set[tuple[str, ...]]:
    """What settles an answer, by names."""
    return {tuple(path.text for path in one) for one in sets}


@pytest.mark.parametrize(
    ("registered", "inspected", "on", "told", "possible"),
    [
        # Registered on 10 February, to be inspected by 10 April. What was done by then was in
        # time, whatever else may have happened that is not told.
        ("2001-02-10", "2001-04-09", "2001-04-20", None, {"met"}),
        ("2001-02-10", "2001-04-10", "2001-04-20", None, {"met"}),
        ("2001-02-10", "2001-04-10", "2001-04-10", None, {"met"}),
        ("2001-02-10", "2001-04-10", "2001-04-20", "2001-04-09", {"met"}),
        ("2001-02-10", "2001-04-10", "2001-04-20", WHOLE, {"met"}),
        # A day later it was late, unless another inspection came before that is not told.
        ("2001-02-10", "2001-04-11", "2001-04-20", None, {"met", "met-late"}),
        ("2001-02-10", "2001-04-11", "2001-04-20", "2001-04-09", {"met", "met-late"}),
        ("2001-02-10", "2001-04-11", "2001-04-20", "2001-04-10", {"met-late"}),
        ("2001-02-10", "2001-04-11", "2001-04-20", WHOLE, {"met-late"}),
        # Of a month that holds the last day it may have been in time or late.
        ("2001-02-10", "2001-04", "2001-05-20", WHOLE, {"met", "met-late"}),
        ("2001-02-10", "2001-03", "2001-05-20", None, {"met"}),
        ("2001-02-10", "2001-05", "2001-06-20", WHOLE, {"met-late"}),
        ("2001-02-10", "2001-03-20 to 2001-04-10", "2001-05-20", WHOLE, {"met"}),
        ("2001-02-10", "2001-04-11 to 2001-04-12", "2001-05-20", WHOLE, {"met-late"}),
        # Before the registration it counts for nothing; after the last day it was late.
        ("2001-02-10", "2001-01-05 to 2001-04-10", "2001-05-20", WHOLE, {"met", "overdue"}),
        ("2001-02-10", "2001-01-05 to 2001-04-11", "2001-05-20", WHOLE,
         {"met", "met-late", "overdue"}),
        # Registered in February, it is due between 1 and 28 April.
        ("2001-02", "2001-04-01", "2001-05-20", WHOLE, {"met"}),
        ("2001-02", "2001-04-01", "2001-05-20", None, {"met"}),
        ("2001-02", "2001-04-02", "2001-05-20", WHOLE, {"met", "met-late"}),
        ("2001-02", "2001-04-28", "2001-05-20", WHOLE, {"met", "met-late"}),
        ("2001-02", "2001-04-29", "2001-05-20", WHOLE, {"met-late"}),
        # Nothing is told of an inspection.
        ("2001-02-10", None, "2001-04-10", "2001-04-10", {"open"}),
        ("2001-02-10", None, "2001-04-10", "2001-04-09", {"met", "open"}),
        ("2001-02-10", None, "2001-04-11", "2001-04-11", {"overdue"}),
        ("2001-02-10", None, "2001-04-11", "2001-04-10", {"met-late", "overdue"}),
        ("2001-02-10", None, "2001-04-11", "2001-04-09", {"met", "met-late", "overdue"}),
        ("2001-02", None, "2001-04-01", "2001-04-01", {"open"}),
        ("2001-02", None, "2001-04-02", "2001-04-02", {"open", "overdue"}),
        ("2001-02", None, "2001-04-28", "2001-04-28", {"open", "overdue"}),
        ("2001-02", None, "2001-04-29", "2001-04-29", {"overdue"}),
    ],
)  # fmt: skip
def test_what_became_of_a_duty_about_its_last_day(
    make: Make,
    registered: str,
    inspected: str | None,
    on: str,
    told: str | None,
    possible: set[str],
) -> None:
    events = [("registered", registered)]
    events += [("inspected", inspected)] if inspected is not None else []
    assert status(owed(make, "inspection", on, told, *events)) == possible


@pytest.mark.parametrize(
    ("noted", "on", "told", "possible"),
    [
        ("2001-03-31", "2001-04-20", None, {"met"}),
        ("2001-03-31", "2001-03-31", None, {"met"}),
        ("2001-04-01", "2001-04-20", None, {"met", "met-late"}),
        ("2001-04-01", "2001-04-20", "2001-03-31", {"met-late"}),
        ("2001-03", "2001-04-20", None, {"met"}),
        ("2001-04", "2001-05-20", WHOLE, {"met-late"}),
        (None, "2001-03-31", "2001-03-31", {"open"}),
        (None, "2001-04-01", "2001-04-01", {"overdue"}),
    ],
)
def test_what_became_of_a_duty_of_a_year_about_its_day(
    make: Make, noted: str | None, on: str, told: str | None, possible: set[str]
) -> None:
    events = [("registered", "2001-02-10")]
    events += [("noted", noted)] if noted is not None else []
    assert status(owed(make, "note", on, told, *events)) == possible


@pytest.mark.parametrize(
    ("registered", "on", "least", "most"),
    [
        # Due on 10 April.
        ("2001-02-10", "2001-04-11", 1, 1),
        ("2001-02-10", "2001-05-10", 30, 30),
        # Due between 1 and 28 April: the last of them tells how many days it is at least.
        ("2001-02", "2001-04-29", 1, 28),
        ("2001-02", "2001-04-30", 2, 29),
        ("2001-02", "2001-05-10", 12, 39),
        # It may not be overdue yet; where it is, it is so by a day at least.
        ("2001-02", "2001-04-28", 1, 27),
        ("2001-02", "2001-04-02", 1, 1),
    ],
)
def test_by_how_many_days_a_duty_is_overdue(
    make: Make, registered: str, on: str, least: int, most: int
) -> None:
    duty = owed(make, "inspection", on, WHOLE, ("registered", registered))
    assert days_overdue(duty, date.fromisoformat(on)) == Periods(least, most, "days")


@pytest.mark.parametrize(
    ("registered", "inspected", "least", "most"),
    [
        ("2001-02-10", "2001-04-11", 1, 1),
        ("2001-02-10", "2001-05", 21, 51),
        ("2001-02", "2001-04-29", 1, 28),
        ("2001-02", "2001-05", 3, 60),
        ("2001-02", "2001-04-02 to 2001-04-29", 1, 28),
    ],
)
def test_by_how_many_days_a_duty_was_met_late(
    make: Make, registered: str, inspected: str, least: int, most: int
) -> None:
    events = (("registered", registered), ("inspected", inspected))
    duty = owed(make, "inspection", "2001-07-01", WHOLE, *events)
    assert days_late(duty) == Periods(least, most, "days")


def test_how_many_days_are_left_of_a_duty(make: Make) -> None:
    for registered, on, least, most in (
        ("2001-02-10", "2001-04-10", 0, 0),
        ("2001-02-10", "2001-03-31", 10, 10),
        ("2001-02", "2001-03-31", 1, 28),
        ("2001-02", "2001-04-03", 0, 25),
    ):
        duty = owed(make, "inspection", on, WHOLE, ("registered", registered))
        assert days_left(duty, date.fromisoformat(on)) == Periods(least, most, "days"), on


# Versions

#: Surely in force from 1 March 2001 until before 1 June 2004.
DOUBTFUL = SMALL["1/measure.yaml"].replace(
    "from: 2001-01-01, until: open",
    "from: unknown from 2001-01-01 until 2001-03-01, "
    "until: unknown from 2004-06-01 until 2004-09-01",
)
BY_SALE = SMALL["1/article-01.yaml"].replace(
    "    by: weight\n", "    governed-by: sold\n    by: weight\n"
)


def judged(make: Make, files: dict[str, str], facts: dict[str, str]) -> DecisionVerdict:
    """Return the verdict on a thing that was sold on some day."""
    library = make({"1/article-01.yaml": BY_SALE, **files}).library
    sheet = {"sheet": "1", "measure": "small", "thing": THING, "facts": facts}
    found = evaluate(library, sheet, decision="class")
    assert found.value is not None, found.diagnostics
    return found.value[0].whole


IN_FORCE = (ChosenBy.IN_FORCE, None)
BEGINS = (ChosenBy.START_IN_DOUBT, AssumptionKind.START_IN_DOUBT)
ENDS = (ChosenBy.IN_DOUBT, AssumptionKind.END_IN_DOUBT)


@pytest.mark.parametrize(
    ("sold", "expected"),
    [
        ("2000-12-31", (ChosenBy.NONE, None)),
        ("2001-01-01", BEGINS),
        ("2001-02-28", BEGINS),
        ("2001-03-01", IN_FORCE),
        ("2001-02", BEGINS),
        ("2001-02-28 to 2001-03-01", BEGINS),
        ("2001-03", IN_FORCE),
        ("2004-05-31", IN_FORCE),
        ("2004-05", IN_FORCE),
        # From the first day on which it may have ended its end is in doubt.
        ("2004-06-01", ENDS),
        ("2004-05-31 to 2004-06-01", ENDS),
        ("2004-08-31", ENDS),
        ("2004-09-01", (ChosenBy.NONE, None)),
    ],
)
def test_on_which_days_it_is_in_doubt_whether_a_version_is_in_force(
    make: Make, sold: str, expected: tuple[ChosenBy, AssumptionKind | None]
) -> None:
    found = judged(make, {"1/measure.yaml": DOUBTFUL}, {"sold": sold, "weight": "5 grams"})
    how, doubt = expected
    assert found.choice.chosen_by is how
    kinds = {AssumptionKind.START_IN_DOUBT, AssumptionKind.END_IN_DOUBT}
    told = [one.kind for one in found.assumptions if one.kind in kinds]
    assert told == ([doubt] if doubt is not None else [])


#: From 2002 on what is below 20 grams is low, and not only what is below 10.
TWO = {
    "1/measure.yaml": SMALL["1/measure.yaml"].replace("until: open", "until: 2002-01-01"),
    "2/measure.yaml": SMALL["1/measure.yaml"].replace("2001-01-01", "2002-01-01"),
    "2/article-01.yaml": BY_SALE.replace("light: 10 grams", "light: 20 grams"),
}
TURN = "2001-12-31 to 2002-01-01"


@pytest.mark.parametrize(
    ("facts", "outcome", "possible", "settled"),
    [
        # Of 9 and of 20 grams both say the same; from 10 to 19 the day of the sale decides.
        ({"weight": "9 grams"}, "low", {"low"}, set()),
        ({"weight": "10 grams"}, None, {"low", "middle"}, {("sold",)}),
        ({"weight": "19.999 grams"}, None, {"low", "middle"}, {("sold",)}),
        ({"weight": "20 grams"}, "middle", {"middle"}, set()),
        ({"weight": "50 grams"}, "high", {"high"}, set()),
        # The weight alone does not settle it, as the two versions need not agree on it.
        ({}, None, {"low", "middle", "high"}, {("sold", "weight")}),
        ({"weight": "5 grams to 15 grams"}, None, {"low", "middle"}, {("sold", "weight")}),
        # Of these weights it does: both say the same of each.
        ({"weight": "30 grams to 70 grams"}, None, {"middle", "high"}, {("weight",)}),
        ({"weight": "at least 20 grams"}, None, {"middle", "high"}, {("weight",)}),
        # By the later version these are all low; the day of the sale need not settle it.
        ({"weight": "9 grams to 15 grams"}, None, {"low", "middle"}, {("sold", "weight")}),
        # Each version gives one answer for all of them, so that the day does.
        ({"weight": "10 grams to 15 grams"}, None, {"low", "middle"}, {("sold",)}),
    ],
)
def test_what_settles_a_question_that_two_versions_may_govern(
    make: Make,
    facts: dict[str, str],
    outcome: str | None,
    possible: set[str],
    settled: set[tuple[str, ...]],
) -> None:
    found = judged(make, TWO, {"sold": TURN, **facts})
    assert found.choice.chosen_by is ChosenBy.SEVERAL
    assert (found.outcome, {*found.possible}) == (outcome, possible)
    assert spelt(found.settled_by) == settled
    # Where it is decided, nothing is missing and nothing more settles it.
    assert {one.name for one in found.answer.missing} == {n for names in settled for n in names}
    assert [one.choice.versions for one in found.alternatives] == [("small/1",), ("small/2",)]


@pytest.mark.parametrize(
    ("sold", "outcome"),
    [
        ("2001-12-31 to 2002-12-31", "low"),
        # On the day after the second version ended none is in force, whatever both say.
        ("2001-12-31 to 2003-01-01", None),
        ("2001-01-01 to 2002-12-31", "low"),
        ("2000-12-31 to 2002-12-31", None),
    ],
)
def test_versions_that_agree_decide_only_where_one_governs_each_day(
    make: Make, sold: str, outcome: str | None
) -> None:
    ended = TWO["2/measure.yaml"].replace("until: open", "until: 2003-01-01")
    found = judged(make, {**TWO, "2/measure.yaml": ended}, {"sold": sold, "weight": "9 grams"})
    assert found.choice.chosen_by is ChosenBy.SEVERAL
    assert (found.outcome, found.possible) == (outcome, ("low",))
    assert [one.name for one in found.answer.missing] == ([] if outcome else ["sold"])


def test_where_two_versions_both_give_no_outcome_nothing_is_missing(make: Make) -> None:
    # Neither says anything of 60 grams and more: whichever governs, it is a gap.
    bands = BY_SALE.replace("by: weight\n", "outcomes:\n").partition("    bands:")[0] + (
        "      low: {says-en: low, says-zh: 低, when: weight is below light}\n"
        "      high: {says-en: high, says-zh: 高, when: weight is at least light and "
        "weight is below end}\n"
    )
    bands = bands.replace("parameters:\n", "parameters:\n  end: 60 grams\n")
    files = {**TWO, "1/article-01.yaml": bands}
    files["2/article-01.yaml"] = bands.replace("light: 10 grams", "light: 20 grams")
    found = judged(make, files, {"sold": TURN, "weight": "60 grams"})
    assert found.answer.fault is Fault.GAP
    assert (found.outcome, found.possible) == (None, ())
    assert (found.answer.missing, found.settled_by) == ((), ())
    open_ = judged(make, files, {"sold": TURN, "weight": "59 grams to 60 grams"})
    assert (open_.answer.fault, spelt(open_.settled_by)) == (
        None,
        {("weight",)},
    )


@pytest.mark.parametrize("later", ["6 months", "8 months"])
def test_a_bar_is_said_where_two_versions_may_govern(make: Make, later: str) -> None:
    # Six months from 1 January 2002, the later of the two days, and from the day before.
    barring = BY_SALE.replace(
        "when: below light}", "when: below light, effects: [bar renewal for pause after sold]}"
    )
    files = {
        **TWO,
        "1/article-01.yaml": barring,
        "2/article-01.yaml": barring.replace("pause: 6 months", f"pause: {later}"),
    }
    library = make(files).library
    facts = {"sold": TURN, "weight": "5 grams"}
    sheet = {"sheet": "1", "measure": "small", "thing": THING, "facts": facts}
    found = evaluate(library, sheet, decision="class").value
    assert found is not None
    (verdict,) = found
    told = verdict.as_text(lang="en")
    assert verdict.as_text(lang="zh")
    effects = verdict.as_json()["effects"]
    if later == "6 months":
        (effect,) = effects
        assert "6 months" in effect["text"]["en"]
        assert effect["text"]["en"].split(" [")[0] in " ".join(told.split())
    else:
        assert effects == []
