"""Rest days, against what was officially announced and another library."""

import subprocess
import sys
import tomllib
from datetime import date, timedelta

import chinese_calendar
import pytest

from ipcity_policy.lang.time_limits import LONGEST_REST, Counting, RestDays, last_day
from ipcity_policy.lang.values import Dates, Periods
from ipcity_policy.law.rest_days import rest_days
from ipcity_policy.text.message import Message
from tests.support import ROOT

#: The holidays that the General Office of the State Council announced for each year, the one
#: of 2020 as it was prolonged: from when until when, in the year's days.
HOLIDAYS = {
    2016: "0101-0103 0207-0213 0402-0404 0430-0502 0609-0611 0915-0917 1001-1007",
    2017: "0101-0102 0127-0202 0402-0404 0429-0501 0528-0530 1001-1008",
    2018: "0101-0101 0215-0221 0405-0407 0429-0501 0616-0618 0922-0924 1001-1007 1230-1231",
    2019: "0101-0101 0204-0210 0405-0407 0501-0504 0607-0609 0913-0915 1001-1007",
    2020: "0101-0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008",
}
#: The Saturdays and Sundays on which, for those, people worked.
WORKED = {
    2016: "0206 0214 0612 0918 1008 1009",
    2017: "0122 0204 0401 0527 0930",
    2018: "0211 0224 0408 0428 0929 0930 1229",
    2019: "0202 0203 0428 0505 0929 1012",
    2020: "0119 0426 0509 0628 0927 1010",
}
MOVING = Counting(rest_days="CN")


def every_day(first: date, last: date) -> list[date]:
    """The days from one to another."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def on(year: int, day: str) -> date:
    """A day by its month and number."""
    return date(year, int(day[:2]), int(day[2:]))


def of(code: str) -> RestDays:
    """The rest days of a country that has them."""
    found = rest_days(code)
    assert not isinstance(found, Message), found
    return found


@pytest.mark.parametrize("year", HOLIDAYS)
def test_every_day_of_a_year_is_as_it_was_announced(year: int) -> None:
    spans = [span.split("-") for span in HOLIDAYS[year].split()]
    free = {day for a, b in spans for day in every_day(on(year, a), on(year, b))}
    worked = {on(year, day) for day in WORKED[year].split()}
    assert all(day.weekday() >= 5 for day in worked)
    rest = of("CN")
    for day in every_day(date(year, 1, 1), date(year, 12, 31)):
        assert rest(day) is (day in free or (day.weekday() >= 5 and day not in worked)), day


def test_another_library_has_the_same_days() -> None:
    rest = of("CN")
    days = every_day(date(2004, 1, 1), date(2026, 12, 25))
    other = {day: chinese_calendar.is_holiday(day) for day in days}
    # A Saturday that was worked for the New Year of 2006; the other does not know of it.
    assert rest(date(2005, 12, 31)) is False
    assert {day for day in days if rest(day) is not other[day]} <= {date(2005, 12, 31)}


@pytest.mark.parametrize(
    ("start", "last"),
    [
        # Two months to a Sunday in the week of the Spring Festival that was worked.
        ("2017-12-11", "2018-02-11"),
        # To the first day of the Spring Festival, a Thursday: to Thursday the 22nd.
        ("2017-12-15", "2018-02-22"),
        # To 1 October, a Sunday; the week ran to Sunday the 8th.
        ("2017-08-01", "2017-10-09"),
        # To 24 January 2020; the festival was prolonged to Sunday 2 February.
        ("2019-11-24", "2020-02-03"),
        # To an ordinary Saturday and Sunday.
        ("2016-01-12", "2016-03-14"),
        ("2016-01-13", "2016-03-14"),
    ],
)
def test_a_period_of_two_months_past_rest_days(start: str, last: str) -> None:
    day, end = date.fromisoformat(start), date.fromisoformat(last)
    two = Periods(2, 2, "months")
    assert last_day(Dates(day, day), two, MOVING, of("CN")) == Dates(end, end)


@pytest.mark.parametrize("day", [date(2099, 3, 17), date(2000, 12, 31), date.min, date.max])
def test_of_days_that_were_never_announced_nothing_is_known(day: date) -> None:
    assert of("CN")(day) is None


def test_an_end_before_the_first_announcement_moves_no_further_than_it() -> None:
    # 2 January 2001, a Tuesday, was the first working day of that year.
    start = Dates(date(2000, 12, 27), date(2000, 12, 27))
    last = last_day(start, Periods(1, 1, "days"), MOVING, of("CN"))
    assert last == Dates(date(2000, 12, 28), date(2001, 1, 2))


def test_no_rest_is_longer_than_an_end_may_move() -> None:
    rest, run, longest = of("CN"), 0, 0
    for day in every_day(date(2001, 1, 1), date(2026, 12, 25)):
        run = run + 1 if rest(day) else 0
        longest = max(longest, run)
    # From 24 January to 2 February 2020.
    assert longest == 10 < LONGEST_REST


def test_another_country_has_its_own_days() -> None:
    # Independence Day of 2023, a Tuesday; and a Tuesday without one.
    rest = of("US")
    assert (rest(date(2023, 7, 4)), rest(date(2023, 7, 11))) == (True, False)
    assert of("CN")(date(2023, 7, 4)) is False
    # A Monday of 2024 was free, and the Saturday after it was worked.
    rest = of("VN")
    assert (rest(date(2024, 4, 29)), rest(date(2024, 5, 4))) == (True, False)


@pytest.mark.parametrize("code", ["", "cn", "CHN", "ZZ", "China", "__init__", "中国"])
def test_a_country_without_a_calendar(code: str) -> None:
    said = rest_days(code)
    assert isinstance(said, Message)
    assert said.text() == f"no calendar of rest days is known for the country `{code}`"


def test_a_missing_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    said = rest_days("CN")
    assert isinstance(said, Message)
    assert said.text() == (
        "rest days need a calendar; install one with `pip install 'ipcity-policy[calendar]'`"
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["name"] == "ipcity-policy"
    (needed,) = project["optional-dependencies"]["calendar"]
    assert needed.startswith("holidays")


def test_the_library_is_imported_only_when_asked_for() -> None:
    code = (
        "import sys, ipcity_policy.law.rest_days\n"
        "assert 'holidays' not in sys.modules\n"
        "ipcity_policy.law.rest_days.rest_days('CN')\n"
        "assert 'holidays' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
