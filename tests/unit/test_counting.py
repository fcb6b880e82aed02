"""How periods are counted, against days typed from calendars and what others reckon."""

import csv
from datetime import date, timedelta

import pytest

from ipcity_policy.lang.time_limits import Counting, RestDays, first_day_after, last_day
from ipcity_policy.lang.values import Dates, Periods, Truth
from tests.support import ROOT

PLAIN = Counting()
OPENING = Counting(opening_day=True)
WITHOUT_CLOSING = Counting(closing_day=False)
NEITHER = Counting(opening_day=True, closing_day=False)
MOVING = Counting(rest_days="XX")

with (ROOT / "tests/data/postgresql/month-ends.csv").open(encoding="utf-8") as table:
    HEADINGS, *ROWS = csv.reader(table)


def on(day: str) -> Dates:
    """A day that is known."""
    return Dates(date.fromisoformat(day), date.fromisoformat(day))


def between(low: str, high: str) -> Dates:
    """A day between two."""
    return Dates(date.fromisoformat(low), date.fromisoformat(high))


def period(text: str) -> Periods:
    """A length that is known, such as "2 months"."""
    count, unit = text.split()
    return Periods(int(count), int(count), unit)


def weekends(day: date) -> Truth:
    """Every Saturday and Sunday is a rest day."""
    return day.weekday() >= 5


@pytest.mark.parametrize("column", range(1, len(HEADINGS)), ids=HEADINGS[1:])
def test_the_ends_of_months_are_those_of_postgresql(column: int) -> None:
    assert len(ROWS) == 184
    length = period(HEADINGS[column])
    for row in ROWS:
        assert last_day(on(row[0]), length, PLAIN) == on(row[column]), row[0]


@pytest.mark.parametrize(
    ("years", "plain", "opening"),
    [
        (1, "2017-02-28", "2017-02-27"),
        (2, "2018-02-28", "2018-02-27"),
        (3, "2019-02-28", "2019-02-27"),
        (4, "2020-02-29", "2020-02-28"),
    ],
)
def test_years_from_a_leap_day(years: int, plain: str, opening: str) -> None:
    length = Periods(years, years, "years")
    assert last_day(on("2016-02-29"), length, PLAIN) == on(plain)
    assert last_day(on("2016-02-29"), length, OPENING) == on(opening)
    assert last_day(on("2016-02-29"), length, WITHOUT_CLOSING) == on(opening)


@pytest.mark.parametrize(
    ("start", "length", "counting", "last", "after"),
    [
        # Ten days from the 1st: the 2nd is the first, the 11th the tenth.
        ("2021-03-01", "10 days", PLAIN, "2021-03-11", "2021-03-12"),
        ("2021-03-01", "10 days", OPENING, "2021-03-10", "2021-03-11"),
        ("2021-03-01", "10 days", WITHOUT_CLOSING, "2021-03-10", "2021-03-11"),
        ("2021-03-01", "10 days", NEITHER, "2021-03-09", "2021-03-10"),
        # A year from New Year's Day, that day counted, is the calendar year.
        ("2020-01-01", "1 years", OPENING, "2020-12-31", "2021-01-01"),
        ("2020-01-01", "1 years", PLAIN, "2021-01-01", "2021-01-02"),
        ("2020-03-01", "12 months", OPENING, "2021-02-28", "2021-03-01"),
        # Two weeks from a Monday, that day counted, end on a Sunday.
        ("2021-03-01", "2 weeks", OPENING, "2021-03-14", "2021-03-15"),
        ("2021-03-01", "2 weeks", PLAIN, "2021-03-15", "2021-03-16"),
        # Nothing lies within a period of no days; the next day is the first after it.
        ("2021-03-01", "0 days", OPENING, "2021-02-28", "2021-03-01"),
    ],
)
def test_which_days_count(
    start: str, length: str, counting: Counting, last: str, after: str
) -> None:
    assert last_day(on(start), period(length), counting) == on(last)
    assert first_day_after(on(start), period(length), counting) == on(after)


def test_a_month_and_an_uncertain_length_give_a_span() -> None:
    march = between("2021-03-01", "2021-03-31")
    assert last_day(march, period("1 months"), PLAIN) == between("2021-04-01", "2021-04-30")
    assert last_day(march, period("1 months"), OPENING) == between("2021-03-31", "2021-04-29")
    length = Periods(2, 3, "years")
    assert last_day(march, length, PLAIN) == between("2023-03-01", "2024-03-31")


def test_open_ends_stay_open() -> None:
    start, bound = date(2021, 3, 1), date(2021, 3, 2)
    for counting in (PLAIN, OPENING, MOVING):
        assert last_day(Dates(None, None), period("1 years"), counting) == Dates(None, None)
        assert last_day(Dates(start, None), period("1 years"), counting).high is None
        assert last_day(Dates(None, start), period("1 years"), counting).low is None
        assert last_day(Dates(start, bound), Periods(1, None, "years"), counting).high is None
        assert first_day_after(Dates(start, None), period("1 years"), counting).high is None


@pytest.mark.parametrize("counting", [PLAIN, OPENING, MOVING])
@pytest.mark.parametrize("rest", [None, weekends])
def test_what_leads_off_the_calendar_ends_with_it(
    counting: Counting, rest: RestDays | None
) -> None:
    end = Dates(date.max, date.max)
    assert last_day(on("2021-03-01"), period("9000 years"), counting, rest) == end
    assert last_day(end, period("1 days"), counting, rest) == end
    assert first_day_after(end, period("1 days"), counting, rest) == end
    start = Dates(date.min, date.min)
    assert last_day(start, period("0 days"), OPENING, rest) == start


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2021-03-04", "2021-03-05"),  # Friday
        ("2021-03-05", "2021-03-08"),  # Saturday, so Monday
        ("2021-03-06", "2021-03-08"),  # Sunday, so Monday
        ("2021-03-07", "2021-03-08"),  # Monday
    ],
)
def test_a_rest_day_gives_way_to_the_next_working_day(start: str, last: str) -> None:
    assert last_day(on(start), period("1 days"), MOVING, weekends) == on(last)


def test_the_day_that_moves_is_the_last_that_counts() -> None:
    # A week counted from Monday ends on Sunday; not counting the end, from Sunday on Saturday.
    moving = Counting(opening_day=True, rest_days="XX")
    assert last_day(on("2021-03-01"), period("1 weeks"), moving, weekends) == on("2021-03-08")
    moving = Counting(closing_day=False, rest_days="XX")
    assert last_day(on("2021-03-07"), period("1 weeks"), moving, weekends) == on("2021-03-15")


def test_without_the_reading_no_rest_day_moves_anything() -> None:
    assert last_day(on("2021-03-05"), period("1 days"), PLAIN, weekends) == on("2021-03-06")


def test_without_a_calendar_an_end_may_move() -> None:
    expected = between("2021-03-06", "2021-03-20")
    assert last_day(on("2021-03-05"), period("1 days"), MOVING) == expected


def test_an_end_moves_no_further_than_to_a_day_known_to_be_a_working_day() -> None:
    def from_april(day: date) -> Truth:
        return weekends(day) if day >= date(2021, 4, 1) else None

    # 1 April 2021 was a Thursday.
    start = on("2021-03-29")
    assert last_day(start, period("1 days"), MOVING, from_april) == between(
        "2021-03-30", "2021-04-01"
    )


def test_an_end_known_to_move_may_move_into_what_is_not_known() -> None:
    def before_monday(day: date) -> Truth:
        return weekends(day) if day < date(2021, 3, 8) else None

    moved = last_day(on("2021-03-05"), period("1 days"), MOVING, before_monday)
    assert moved.low == date(2021, 3, 8)
    assert moved.high == date(2021, 3, 6) + timedelta(days=14)
