"""What can have come by a day: states in the time there was, duties met early, bars."""

from datetime import date

import pytest
import yaml

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.lifecycle.deadlines import days_left, days_overdue
from ipcity_policy.engines.lifecycle.position import Duty, Fulfilment, Position
from ipcity_policy.lang.values import Dates, Options, Periods
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.questions.known_facts import FactBase
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from ipcity_policy.sheet.sheet import Sheet
from tests.properties.timelaws import programs_of
from tests.support import ROOT, opened

CITY = """\
sheet: 1
measure: ip-cities
city: {name-en: A city, name-zh: 某市, type: prefecture-level-city}
"""
FAILED = """\
events:
  - {event: pilot-approved, on: 2018-06-01}
  - {event: acceptance-failed, on: 2021-03-10, facts: {acceptance-score: 46 points}}
"""
APPROVED = "events:\n  - {event: pilot-approved, on: 2018-06-01}\n"
ALL = "events-known-until: 2030-12-31\n"


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped policies, opened once."""
    return opened(ROOT / "policies")


@pytest.fixture(scope="module")
def programs(library: Library) -> tuple[Program, ...]:
    """The versions of the shipped law."""
    return programs_of(library, "ip-cities")


def sheet(library: Library, lines: str) -> Sheet:
    """A sheet of a city."""
    read = read_sheet(library, yaml.load(CITY + lines, Loader=yaml.BaseLoader))
    assert read.value is not None
    assert not read.diagnostics
    return read.value


def position(library: Library, lines: str, on: str, *readings: tuple[str, str]) -> Position:
    """Where a city stands on a day."""
    asked = PositionQuestion(date.fromisoformat(on), readings=readings, try_readings=False)
    found = timeline_of(library, sheet(library, lines), asked)
    assert found.value is not None
    return found.value.position


def duty(of: Position, name: str, year: int | None = None) -> Duty:
    """A duty by its name and year."""
    (found,) = (one for one in of.duties if (one.deadline.id, one.year) == (name, year))
    return found


@pytest.mark.parametrize(
    ("on", "not_yet"),
    [
        # Art. 13, 15, 27: no term of three years, nor what follows one, within three years.
        ("2018-09-01", {"pilot-expired", "fostering-expired", "model-expired", "withdrawn"}),
        # The term is over from 2 June 2021; fostering from its earliest day a day later.
        ("2021-06-01", {"pilot-expired", "fostering-expired", "model-expired", "withdrawn"}),
        ("2021-06-02", {"fostering-expired", "model-expired", "withdrawn"}),
        # An acceptance and a plan of the day after the approval: three years to 2 June 2021.
        ("2021-06-03", {"withdrawn"}),
        # Art. 27: named on 2 June 2018, four months after 2 June 2021.
        ("2021-10-02", {"withdrawn"}),
        ("2021-10-03", set()),
    ],
)
def test_no_state_is_reached_before_its_time(
    library: Library, on: str, not_yet: set[str]
) -> None:
    lines = "events-known-until: 2018-06-01\n" + APPROVED
    found = position(library, lines, on)
    ended = {"pilot-expired", "fostering-expired", "model-expired", "withdrawn"}
    assert ended - {*found.possible} == not_yet


def test_what_is_told_of_cannot_have_happened_unstated(library: Library) -> None:
    lines = ALL + "events-not-known: [acceptance-passed]\n" + APPROVED
    found = position(library, lines, "2019-06-01")
    # Of all kinds but one it is told: nothing but that one may have moved the city.
    assert {*found.possible} == {"pilot", "accepted-for-next-round", "accepted-for-fostering"}


@pytest.mark.parametrize("on", ["2021-03-10", "2021-05-31", "2022-01-01"])
def test_a_duty_met_within_the_term_is_told_once_it_is_met(library: Library, on: str) -> None:
    # Art. 13(c): the term would have run to 1 June 2021, the four months to 1 October.
    one = duty(position(library, ALL + FAILED, on), "acceptance-by-province")
    assert (one.fulfilment, one.certain) == (Fulfilment.MET, True)
    assert one.due == Dates(date(2021, 10, 1), date(2021, 10, 1))
    assert one.met_on == Dates(date(2021, 3, 10), date(2021, 3, 10))


def test_it_is_not_told_before_it_is_met_nor_twice_after_the_term(library: Library) -> None:
    before = position(library, ALL + FAILED, "2021-03-09")
    assert "acceptance-by-province" not in {one.deadline.id for one in before.duties}
    passed = FAILED.replace("failed", "passed").replace("46 points", "66 points")
    for on in ("2021-03-10", "2021-06-02"):
        one = duty(position(library, ALL + passed, on), "acceptance-by-province")
        assert one.fulfilment is Fulfilment.MET


ACCEPTED = APPROVED + (
    "  - {event: acceptance-passed, on: 2021-08-10, facts: {acceptance-score: 66 points}}\n"
)
LISTED = ("who-reports-as-a-pilot-city", "all-on-the-list")


@pytest.mark.parametrize(
    ("lines", "on", "chosen", "year", "certain"),
    [
        # Art. 12: a pilot city whose term runs to 1 June 2021 owes the reports up to 2021.
        (APPROVED, "2018-09-01", (), 2019, True),
        (APPROVED, "2020-02-01", (), 2021, True),
        # In January 2022 the term will be over: a duty only if all on the list report.
        (APPROVED, "2021-02-01", (LISTED,), 2022, True),
        # Art. 17: without a plan for the next round the city is off the list from 2 December.
        (ACCEPTED, "2021-09-01", (LISTED,), 2022, False),
    ],
)
def test_a_report_ahead_is_owed_unless_the_state_may_end_first(
    library: Library,
    lines: str,
    on: str,
    chosen: tuple[tuple[str, str], ...],
    year: int,
    *,
    certain: bool,
) -> None:
    one = duty(position(library, ALL + lines, on, *chosen), "pilot-report", year)
    assert (one.certain, one.possible) == (certain, (Fulfilment.OPEN,))


def test_no_report_is_ahead_for_a_january_after_the_term(library: Library) -> None:
    found = position(library, ALL + APPROVED, "2021-02-01")
    reports = {one.year for one in found.duties if one.deadline.id == "pilot-report"}
    assert reports == {2019, 2020, 2021}


def test_a_duty_met_on_its_last_day_is_met_though_not_all_is_told(library: Library) -> None:
    # Art. 8: two months from 1 June 2018 end on 1 August.
    for day, status in (("2018-08-01", {Fulfilment.MET}), ("2018-08-02", None)):
        lines = APPROVED + f"  - {{event: pilot-plan-issued, on: {day}}}\n"
        one = duty(position(library, lines, "2019-01-01"), "pilot-plan")
        if status is not None:
            assert {*one.possible} == status
        else:  # another that is not stated may have come in time
            assert {*one.possible} == {Fulfilment.MET, Fulfilment.MET_LATE}


def test_a_bar_bars_from_the_day_that_brought_it(library: Library) -> None:
    for start, since in (("end-of-the-time", "2021-12-01"), ("end-of-the-term", "2021-06-01")):
        chosen = ("start-of-the-bar-after-the-record", start)
        (bar,) = position(library, ALL + ACCEPTED, "2022-01-01", chosen).bars
        assert (str(bar.since.low), str(bar.first.low)) == (since, "2021-12-02")
        eve, day = date(2021, 12, 1), date(2021, 12, 2)
        assert bar.runs_on(Dates(eve, eve)) is False
        assert bar.runs_on(Dates(day, day)) is True
        assert bar.runs_on(Dates(eve, day)) is None
        assert bar.origin.basis == "inferred"


def test_an_event_after_the_day_asked_about_is_not_seen_for_a_later_application(
    library: Library, programs: tuple[Program, ...]
) -> None:
    told = sheet(library, ALL + FAILED)
    later = Dates(date(2022, 1, 1), date(2022, 1, 1))
    for on, barred in ((date(2021, 3, 9), "no"), (date(2021, 3, 10), "yes")):
        facts = FactBase(told, programs, on, strict=False, rest=library.rest_days)
        known = facts.under(programs[-1], later)
        assert known.position is not None
        assert known.position.on == on
        assert known.values["barred-from-pilot-application"] == Options(frozenset({barred}))


def test_by_how_many_days_a_duty_is_late_at_least_and_at_most(library: Library) -> None:
    # Art. 8: approved in June 2018, the two months end on a day of August.
    lines = ALL + APPROVED.replace("2018-06-01", "2018-06")
    one = duty(position(library, lines, "2018-08-15"), "pilot-plan")
    assert {*one.possible} == {Fulfilment.OPEN, Fulfilment.OVERDUE}
    on = date(2018, 8, 15)
    assert days_overdue(one, on) == Periods(1, 14, "days")
    assert days_left(one, on) == Periods(0, 15, "days")
