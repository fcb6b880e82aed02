"""Real cities over time: the roster of the first four cohorts, and cities with dated events."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ipcity_policy.engines.lifecycle.position import Duty, Fulfilment, Position, StepCause
from ipcity_policy.lang.values import Dates, Options
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Localized
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from ipcity_policy.sheet.reader import open_sheet
from ipcity_policy.sheet.sheet import Sheet
from tests.support import ROOT, opened

CITIES = ROOT / "policies" / "ip-cities" / "cities"
NEXT_PROGRAMME = ROOT / "policies" / "strong-cities" / "cities"
NEW_TEXT = date(2016, 11, 18)
DAY = timedelta(days=1)
SUB_PROVINCIAL = ("sub-provincial-city", "separate-planning-city")


def rows(name: str) -> list[list[str]]:
    """Return the lines of a table typed by hand, cut into columns."""
    lines = (ROOT / "tests" / "data" / name).read_text("utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if line[:1] != "#"]


def days(text: str) -> Dates:
    """Return the days of a day, month or year, or of a span between two."""
    first, _, last = text.partition(" - ")
    return Dates(_ends(first)[0], _ends(last or first)[1])


def _ends(text: str) -> tuple[date, date]:
    year, *rest = (int(part) for part in text.split("-"))
    match rest:
        case [month, day]:
            return date(year, month, day), date(year, month, day)
        case [month]:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


ROSTER = rows("roster.txt")
COHORTS = {row[0]: row[1:] for row in rows("cohorts.txt")}
POSITIONS = rows("positions.txt")


@pytest.fixture(scope="module")
def policies() -> Library:
    """The shipped policies, whose programs are made once."""
    return opened(ROOT / "policies")


@pytest.fixture(scope="module")
def sheets(policies: Library) -> Mapping[str, Sheet]:
    """Every sheet of a city, by the name of its file."""
    found: dict[str, Sheet] = {}
    for path in CITIES.glob("*.yaml"):
        sheet = open_sheet(policies, path).value
        assert sheet is not None
        found[path.stem] = sheet
    return found


@pytest.fixture(scope="module")
def units(sheets: Mapping[str, Sheet]) -> Mapping[str, Sheet]:
    """The sheets of the roster, by the English name of the unit."""
    named = {sheet.name.en: sheet for sheet in sheets.values()}
    return {name: named[name] for _, name, *_ in ROSTER}


def position(
    policies: Library,
    sheet: Sheet,
    on: date,
    readings: tuple[tuple[str, str], ...] = (),
    *,
    known: bool = False,
) -> Position:
    """Return where a sheet's subject stands on a day, which nothing stands in the way of.

    With what is only assumed, unless only what is `known` is asked for.
    """
    result = timeline_of(
        policies, sheet, PositionQuestion(on, readings=readings, try_readings=False)
    )
    assert result.diagnostics == ()
    assert result.value is not None
    beside = None if known else result.value.as_supposed
    return (beside or result.value).position


def _within(told: Dates, stated: Dates) -> bool:
    low, high = stated.low or date.max, stated.high or date.min
    return low <= (told.low or date.min) and (told.high or date.max) <= high


def named(duties: tuple[Duty, ...], deadline: str) -> Duty:
    """Return the one duty of a deadline."""
    (found,) = (duty for duty in duties if duty.deadline.id == deadline)
    return found


def test_the_table_counts_as_its_sources_count() -> None:
    sizes = [(cohort, sum(row[0] == cohort for row in ROSTER)) for cohort in COHORTS]
    assert sizes == [("1", 23), ("2", 18), ("3a", 8), ("3b", 4), ("4", 11)]
    first = [kind for cohort, _, _, kind, _ in ROSTER if cohort in ("1", "2")]
    # Under separate planning or sub-provincial; at the prefecture level; county-level.
    assert (sum(kind in SUB_PROVINCIAL for kind in first), len(first)) == (14, 41)
    of_the_level = first.count("prefecture-level-city") + first.count("autonomous-prefecture")
    assert (of_the_level, first.count("county-level-city")) == (25, 2)
    assert sum(row[3] == "county-level-city" for row in ROSTER) == 9


@pytest.mark.parametrize(
    ("cohort", "english", "chinese", "kind", "province"), ROSTER, ids=[r[1] for r in ROSTER]
)
def test_each_unit_has_its_sheet(
    units: Mapping[str, Sheet],
    cohort: str,
    english: str,
    chinese: str,
    kind: str,
    province: str,
) -> None:
    sheet = units[english]
    approved, term, *_ = COHORTS[cohort]
    assert sheet.name == Localized(english, chinese)
    assert sheet.statements["type"].value == Options(frozenset({kind}))
    assert sheet.statements["province"].written == province
    (event,) = (event for event in sheet.events if event.kind == "model-approved")
    first, _, last = term.partition(" - ")
    assert (event.on, event.term) == (days(approved), (days(first), days(last)))
    assert event.source in sheet.sources


@pytest.mark.whole
@pytest.mark.parametrize(("whose", "on", "states", "how_far", "what"), POSITIONS)
def test_where_each_stood_on_some_days(
    policies: Library,
    sheets: Mapping[str, Sheet],
    units: Mapping[str, Sheet],
    whose: str,
    on: str,
    states: str,
    how_far: str,
    what: str,
) -> None:
    own = [sheets[whose]] if whose in sheets else []
    asked = own or [units[row[1]] for row in ROSTER if row[0] == whose]
    assert asked
    for sheet in asked:
        found = position(policies, sheet, date.fromisoformat(on))
        expected = set(states.split(", "))
        assert {place.state for place in found.states} == expected, (sheet.name.en, what)
        assert found.covered == (how_far != "silent")
        assert (found.state is not None) == (how_far == "known")
        assert expected <= set(found.possible)
        assert (expected == set(found.possible)) == found.covered


@pytest.mark.parametrize("cohort", COHORTS)
def test_before_its_approval_nothing_is_known_of_a_unit(
    policies: Library, units: Mapping[str, Sheet], cohort: str
) -> None:
    """Most had been pilot cities, or held a title of an earlier instrument."""
    for sheet in (units[row[1]] for row in ROSTER if row[0] == cohort):
        first = sheet.events[0].on.low
        assert first is not None
        found = position(policies, sheet, first - DAY)
        assert (found.states, found.state, found.covered) == ((), None, False)
        assert {"none", "pilot", "fostering", "model"} <= set(found.possible)
        assert not any(duty.certain for duty in found.duties)
        assert (found.bars, found.lost) == ((), False)


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_stated_term_is_shown_beside_the_reckoned_one(
    policies: Library, units: Mapping[str, Sheet], cohort: str
) -> None:
    _, term, *_ = COHORTS[cohort]
    first, _, last = term.partition(" - ")
    for sheet in (units[row[1]] for row in ROSTER if row[0] == cohort):
        terms = position(policies, sheet, date(2020, 1, 1)).terms
        (one,) = (one for one in terms if one.term.id == "model-term")
        assert one.started.stated == (days(first), days(last))
        # As known, it has the days that the notice states; supposed, sharper ones within them.
        for told, stated in zip(
            (one.started.start, one.started.end), one.started.stated, strict=True
        ):
            assert _within(told, stated)


@pytest.mark.whole
@pytest.mark.parametrize("cohort", ["3a", "3b", "4"])
def test_the_four_months_of_re_examination(
    policies: Library, units: Mapping[str, Sheet], cohort: str
) -> None:
    _, _, calculated, months, due, signed = COHORTS[cohort]
    for sheet in (units[row[1]] for row in ROSTER if row[0] == cohort):
        stated = position(policies, sheet, date(2020, 1, 1), known=True)
        duty = named(stated.duties, "re-examination-application")
        assert f"{duty.since.low:%Y-%m} - {duty.due.high:%Y-%m}" == months
        assert duty.due == days(due)
        assert duty.deadline.office == "city-government"
        # Nothing is known of an application: it is not said that the city left the list.
        assert duty.fulfilment is None
        unstated = replace(sheet, events=tuple(replace(e, term=None) for e in sheet.events))
        duty = named(
            position(policies, unstated, date(2020, 1, 1)).duties, "re-examination-application"
        )
        assert (duty.since, duty.due) == (days(calculated), days(signed))


@pytest.mark.whole
@pytest.mark.parametrize("cohort", ["1", "2"])
def test_terms_that_were_over_before_the_measures_of_2016_are_not_judged_by_them(
    policies: Library, units: Mapping[str, Sheet], cohort: str
) -> None:
    for sheet in (units[row[1]] for row in ROSTER if row[0] == cohort):
        for on in (NEW_TEXT, date(2017, 3, 1), date(2020, 1, 1)):
            # As the sheet is, and if nothing had happened that it does not state.
            for one in (sheet, replace(sheet, known_until=on)):
                found = position(policies, one, on)
                assert {place.state for place in found.states} == {"model-expired"}
                assert (found.duties, found.bars, found.conflicts) == ((), (), ())


@pytest.mark.parametrize("cohort", ["3a", "3b", "4"])
def test_a_city_known_not_to_have_applied_left_the_list(
    policies: Library, units: Mapping[str, Sheet], cohort: str
) -> None:
    last = days(COHORTS[cohort][4]).high
    assert last is not None
    for sheet in (units[row[1]] for row in ROSTER if row[0] == cohort):
        after = replace(sheet, known_until=last + DAY)
        found = position(policies, after, last + DAY, known=True)
        assert found.state == "withdrawn"
        (bar,) = found.bars
        assert (bar.application, bar.certain) == ("model-application", True)
        on_the_last = position(policies, after, last, known=True)
        assert on_the_last.state is None  # its last day may be this one


def test_lianyungang_was_accepted_late_by_the_fault_of_the_province(
    policies: Library, sheets: Mapping[str, Sheet]
) -> None:
    found = position(policies, sheets["lianyungang"], date(2017, 12, 12))
    # Approved on a day of December 2013; three years, then four and six months.
    (term,) = found.terms
    assert (term.started.start, term.started.end) == (days("2013-12"), days("2016-12"))
    acceptance = named(found.duties, "acceptance-by-province")
    assert (acceptance.since, acceptance.due) == (days("2016-12"), days("2017-04"))
    assert acceptance.deadline.office == "provincial-office"
    assert (acceptance.fulfilment, acceptance.met_on) == (
        Fulfilment.MET_LATE,
        days("2017-12-12"),
    )
    record = named(found.duties, "record-work")
    # Article 17: nobody was bound to it, and its six months were over.
    assert (record.due, record.fulfilment) == (days("2017-06"), Fulfilment.PASSED)
    assert (found.state, found.bars, found.conflicts) == ("accepted-for-fostering", (), ())


@pytest.mark.whole
def test_the_literal_reading_would_have_lianyungang_withdrawn_and_barred(
    policies: Library, sheets: Mapping[str, Sheet]
) -> None:
    on = date(2017, 12, 12)
    whole = timeline_of(policies, sheets["lianyungang"], PositionQuestion(on)).value
    assert whole is not None
    answer = whole.as_supposed  # the term, and so the lapse, rests on an assumed text
    assert answer is not None
    (turn,) = (turn for turn in answer.dependences if turn.reading.id == "province-late")
    literal = turn.others["to-the-letter"]
    assert (turn.chosen, literal.state) == ("city-not-bound", "withdrawn")
    (step,) = (taken.step for taken in literal.steps if taken.step.cause is StepCause.LAPSE)
    # The day after six months from a day of December 2016; three years from there.
    assert step.day == days("2017-06-02 - 2017-07-01")
    (bar,) = literal.bars
    assert (bar.application, bar.until, bar.certain) == (
        "pilot-application",
        days("2020-06-01 - 2020-06-30"),
        True,
    )
    # That it was accepted all the same does not fit that reading, which says so.
    assert [(c.lapse, c.certain) for c in literal.conflicts] == [("record-missed", True)]
    others = (
        one.state for t in answer.dependences if t is not turn for one in t.others.values()
    )
    assert set(others) == {"accepted-for-fostering"}


@pytest.mark.deep
def test_the_day_of_the_notice_would_settle_whether_tongnan_was_accepted_in_time(
    policies: Library, sheets: Mapping[str, Sheet]
) -> None:
    sheet, on = sheets["tongnan"], date(2020, 11, 19)
    approved = [event.kind for event in sheet.events].index("pilot-approved")
    duty = named(position(policies, sheet, on).duties, "acceptance-by-province")
    assert duty.fulfilment is None
    assert duty.possible == (Fulfilment.MET, Fulfilment.MET_LATE)
    assert duty.open_events == (approved,)
    for number in range(365):
        day = date(2017, 1, 1) + number * DAY
        events = list(sheet.events)
        events[approved] = replace(events[approved], on=Dates(day, day))
        found = position(policies, replace(sheet, events=tuple(events)), on)
        told = [d for d in found.duties if d.deadline.id == "acceptance-by-province"]
        # Three years and four months from 19 July 2017 end on the day of the acceptance; a term
        # that was not over by then had no acceptance to wait for.
        if day < date(2017, 7, 19):
            assert [d.fulfilment for d in told] == [Fulfilment.MET_LATE], day
        elif day < date(2017, 11, 19):
            assert [d.fulfilment for d in told] == [Fulfilment.MET], day
        else:
            assert all(d.fulfilment is Fulfilment.MET for d in told), day


def test_tongnan_is_not_said_to_have_left_undone_what_the_press_is_silent_about(
    policies: Library, sheets: Mapping[str, Sheet]
) -> None:
    found = position(policies, sheets["tongnan"], date(2020, 11, 19))
    reports = [duty for duty in found.duties if duty.deadline.id == "pilot-report"]
    assert {duty.year for duty in reports} == {2017, 2018, 2019, 2020}
    plans = ("pilot-plan", "pilot-mechanism", "pilot-record")
    started = [duty for duty in found.duties if duty.deadline.id in plans]
    assert len(started) == len(plans)
    for duty in (*reports, *started):
        assert duty.possible == (Fulfilment.MET, Fulfilment.MET_LATE, Fulfilment.OVERDUE)
    # It is not so where the sheet claims to tell of everything.
    whole = position(policies, replace(sheets["tongnan"], not_known=()), date(2020, 11, 19))
    told = [duty for duty in whole.duties if duty.deadline.id == "pilot-report"]
    assert {duty.possible for duty in told} == {(Fulfilment.OVERDUE,)}


@pytest.mark.parametrize("city", ["zhuzhou", "dongguan", "zhongshan", "huizhou"])
def test_a_title_is_held_under_its_instrument(
    policies: Library, sheets: Mapping[str, Sheet], city: str
) -> None:
    later = open_sheet(policies, NEXT_PROGRAMME / f"{city}.yaml").value
    assert later is not None
    assert (later.name, later.measure) == (sheets[city].name, "strong-cities")
    assert [event.kind for event in sheets[city].events] == ["model-approved"]
    found = position(policies, later, date(2022, 8, 11))
    assert found.state == "pilot"
    assert [text.id for text in found.versions] == ["strong-cities/2022"]
    (term,) = found.terms
    assert (term.started.start, term.started.end) == (days("2022-07"), days("2025-06"))
    assert position(policies, later, date(2025, 6, 15)).state is None
    over = position(policies, later, date(2025, 7, 1))
    assert [place.state for place in over.states] == ["pilot-expired"]
