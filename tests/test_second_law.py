"""A law that has nothing to do with cities is evaluated from its folder alone."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import jsonschema
import pytest
from click.testing import CliRunner

from ipcity_policy.cli.main import ipcity as command
from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.engines.interpreter.explanation import Reason
from ipcity_policy.engines.lifecycle.position import Fulfilment, Position
from ipcity_policy.lang.values import Dates, Numbers, Options
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library
from ipcity_policy.law.schemas.vocabulary import TYPES
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from ipcity_policy.sheet.reader import sheet_from
from tests.support import SECOND_LAW, Ipcity, Ran


@pytest.fixture(scope="module")
def tested() -> Ran:
    """What its rule tests come to, run once."""
    ran = CliRunner().invoke(command, ["test", str(SECOND_LAW), "--format", "json"])
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


@pytest.mark.whole
def test_it_checks_and_its_rule_tests_pass(ipcity: Ipcity, tested: Ran) -> None:
    checked = ipcity("check", str(SECOND_LAW))
    assert (checked.status, checked.err) == (0, "")
    assert tested.status == 0
    assert tested.json["passed"] == len(tested.json["cases"]) > 0


def test_every_rule_and_outcome_is_seen_met_not_met_and_unknown(tested: Ran) -> None:
    coverage = tested.json["coverage"]
    assert coverage["seen"] == coverage["all"] > 0
    assert coverage["of-time"]["seen"] == coverage["of-time"]["all"] > 0
    assert coverage["untested-versions"] == []
    assert coverage["untested-interpretations"] == []
    assert [one["untried-options"] for one in coverage["versions"]] == [[], [], []]


def test_its_verdicts_conform_and_speak_of_boats(
    ipcity: Ipcity, verdict_schema: jsonschema.Draft202012Validator
) -> None:
    ran = ipcity(
        "evaluate", str(SECOND_LAW / "berths" / "boats"), "--policies", str(SECOND_LAW),
        "--on", "2005-07-01", "--format", "json",
    )  # fmt: skip
    assert ran.status == 0
    verdicts = ran.json
    for verdict in verdicts:
        verdict_schema.validate(verdict)
    assert [(v["subject"]["name"]["en"], v["decision"], v["outcome"]) for v in verdicts] == [
        ("Dot", "berth", "admitted"),
        ("Dot", "honour", None),  # the byelaw of 2004 has no mooring of honour
        ("Dot", "fee", "small-fee"),
        ("Nellie", "berth", "admitted"),
        ("Nellie", "honour", None),
        ("Nellie", "fee", "great-fee"),
    ]


def test_it_uses_every_type_that_a_fact_can_have(second_law: Library) -> None:
    home = second_law.measure("berths")
    assert home is not None
    vocabulary = second_law.vocabulary(home).value
    assert vocabulary is not None
    assert {fact.kind for fact in vocabulary.facts.values()} == set(TYPES)


def test_a_score_with_an_unknown_part_is_a_range(second_law: Library) -> None:
    ref = second_law.find("berths/1998")
    assert ref is not None
    program = second_law.program(ref).value
    assert program is not None
    hull = Decimal(90)
    given = answer(program, {"hull": Numbers(hull, hull, "points")}, "honour")
    found = [
        reason.values["honour-score"]
        for reason in _all(given.reasons)
        if "honour-score" in reason.values
    ]
    # 60 percent of 90 is 54; rigging adds 0 to 40.
    assert found
    assert set(found) == {Numbers(Decimal(54), Decimal(94), "points")}


def _all(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        yield from _all(reason.because)


def test_its_bar_is_reckoned_from_the_arrival(ipcity: Ipcity) -> None:
    text = (
        "sheet: 1\nmeasure: berths\nboat: {name-en: Deep, name-zh: 深号}\n"
        "facts: {arrival: 2004-08-31, draught: 12 feet}\n"
    )
    ran = ipcity(
        "evaluate", "-", "--policies", str(SECOND_LAW), "--decision", "berth",
        "--format", "json", stdin=text.encode(),
    )  # fmt: skip
    assert ran.status == 0
    (effect,) = ran.json["effects"]
    # Eighteen months on it is February 2006, which has no day 31.
    assert (effect["after"], effect["last-day"]) == ("2004-08-31", "2006-02-28")


OWING = (
    "sheet: 1\nmeasure: berths\nboat: {name-en: Owe, name-zh: 欠号, rig: sail}\n"
    "facts: {draught: 4 feet, insured: yes}\n"
    "events: [{event: berth-allotted, on: 2004-06-15}]\nevents-known-until: 2007-12-31\n"
)


def _position(library: Library, text: str, on: str, **readings: str) -> Position:
    node = read_bytes("s.yaml", text.encode()).value
    assert node is not None
    sheet = sheet_from(library, node)
    assert sheet.value is not None
    asked = PositionQuestion(on=date.fromisoformat(on), readings=tuple(readings.items()))
    found = timeline_of(library, sheet.value, asked)
    assert (sheet.diagnostics, found.diagnostics) == ((), ())
    assert found.value is not None
    return found.value.position


def test_a_boat_keeps_its_berth_over_a_winter_on_land(second_law: Library) -> None:
    text = (SECOND_LAW / "berths" / "boats" / "nellie.yaml").read_text("utf-8")
    winter = _position(second_law, text, "2005-12-31")
    assert winter.possible == ("on-land",)
    assert [run.running for run in winter.terms] == [False]
    after = _position(second_law, text, "2006-12-31")
    assert after.possible == ("berthed",)
    # Five years from the allotment, and anew from when it was put afloat again.
    ends = [(str(run.started.end.low), run.running) for run in after.terms]
    assert ends == [("2009-06-15", False), ("2011-04-09", True)]
    duties = {(one.deadline.id, one.year): one.possible for one in after.duties}
    # On the very last day of the six weeks.
    assert duties["fee", None] == (Fulfilment.MET,)
    assert duties["notice", 2005] == (Fulfilment.MET,)
    assert duties["notice", 2006] == (Fulfilment.OVERDUE,)
    since = after.derived["berthed-since"].value
    assert since == Dates(date(2004, 6, 15), date(2004, 6, 15))
    assert after.derived["where"].value == Options(frozenset({"afloat"}))


@pytest.mark.parametrize(
    ("on", "first_day", "state"),
    [
        # Six weeks from 15 June are over on 27 July, or the day before if the 15th counts.
        ("2004-07-26", "left-out", "berthed"),
        ("2004-07-27", "left-out", "berthed"),
        ("2004-07-28", "left-out", "off-the-list"),
        ("2004-07-26", "counted", "berthed"),
        ("2004-07-27", "counted", "off-the-list"),
    ],
)
def test_who_does_not_pay_is_struck_off(
    second_law: Library, on: str, first_day: str, state: str
) -> None:
    position = _position(second_law, OWING, on, **{"first-day": first_day})
    assert position.possible == (state,)


@pytest.mark.parametrize(("on", "barred"), [("2006-07-28", "yes"), ("2006-07-29", "no")])
def test_the_bar_of_a_lapse_ends_with_its_last_day(
    second_law: Library, on: str, barred: str
) -> None:
    position = _position(second_law, OWING, on)
    (bar,) = position.bars
    assert (str(bar.since.low), str(bar.until.high)) == ("2004-07-28", "2006-07-28")
    assert position.derived["winter-barred"].value == Options(frozenset({barred}))
