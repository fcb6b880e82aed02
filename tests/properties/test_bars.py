"""The last day of a bar and the day after it, under every way in which days are counted.

What is expected is reckoned with dateutil: a period from an event counts the day of the event
or not, and one that follows another is reckoned from the last day of that one, which is not
counted again. Saturdays and Sundays are the rest days here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest
from dateutil.relativedelta import relativedelta

from ipcity_policy.api import read_sheet
from ipcity_policy.lang.values import Options
from ipcity_policy.law.library import Library
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from tests.support import ROOT, opened

DAY = timedelta(days=1)
#: Which option of each reading about counting is chosen.
WAYS = tuple(product(("not-counted", "counted"), ("included", "excluded"), ("stay", "move")))


@dataclass(frozen=True)
class Way:
    """A way in which days are counted."""

    opening: str
    closing: str
    rest: str

    def __str__(self) -> str:
        return f"{self.opening} {self.closing} {self.rest}"

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """The options of the readings."""
        return (
            ("first-day-of-a-period", self.opening),
            ("last-day-of-a-period", self.closing),
            ("end-on-a-rest-day", self.rest),
        )

    def last_day(self, event: date, length: relativedelta) -> date:
        """Return the last day of a period that runs from an event."""
        return self._working(event + length - (self.opening == "counted") * DAY)

    def following(self, last: date, length: relativedelta) -> date:
        """Return the last day of a period that follows one that ends on a day."""
        return self._working(last + length)

    def _working(self, day: date) -> date:
        day -= (self.closing == "excluded") * DAY
        while self.rest == "move" and day.weekday() >= 5:
            day += DAY
        return day


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped policies, opened once."""
    return opened(ROOT / "policies")


@pytest.fixture(autouse=True)
def weekends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Saturdays and Sundays be the rest days of every country."""
    monkeypatch.setattr(Library, "rest_days", lambda _, __: lambda day: day.weekday() >= 5)


def barred(library: Library, way: Way, what: str, on: date, *events: tuple[str, date]) -> str:
    """Return whether a city is barred from an application on a day."""
    sheet = {
        "sheet": "1",
        "measure": "ip-cities",
        "city": {"name-en": "A city", "name-zh": "某市", "type": "prefecture-level-city"},
        "events-known-until": "2100-01-01",
        "events": [
            {"event": kind, "on": day.isoformat(), **scored(kind)} for kind, day in events
        ],
    }
    (kind, day), *_ = events
    if kind == "model-approved":  # of a city of which nothing else is told
        sheet["events-known-from"] = day.isoformat()
    read = read_sheet(library, sheet)
    assert read.value is not None
    assert not read.diagnostics
    asked = PositionQuestion(on, readings=way.readings, try_readings=False)
    found = timeline_of(library, read.value, asked)
    assert found.value is not None
    assert not found.diagnostics
    value = found.value.position.derived[f"barred-from-{what}"].value
    assert isinstance(value, Options)
    (option,) = value.names
    return option


def scored(kind: str) -> dict[str, object]:
    """Return the facts that are stated with an acceptance."""
    score = {"acceptance-failed": "55 points", "acceptance-passed": "75 points"}.get(kind)
    return {"facts": {"acceptance-score": score}} if score is not None else {}


def days_from(first: date, number: int) -> list[date]:
    """Return so many days from one on."""
    return [first + n * DAY for n in range(number)]


@pytest.mark.whole
@pytest.mark.parametrize("way", [Way(*options) for options in WAYS], ids=str)
@pytest.mark.parametrize(
    "failed", [*days_from(date(2018, 2, 26), 4), *days_from(date(2020, 2, 27), 4)], ids=str
)
def test_two_years_after_a_failed_acceptance(library: Library, way: Way, failed: date) -> None:
    events = (("pilot-approved", date(2017, 1, 10)), ("acceptance-failed", failed))
    last = way.last_day(failed, relativedelta(years=2))
    for day, expected in ((failed, "yes"), (last, "yes"), (last + DAY, "no")):
        assert barred(library, way, "pilot-application", day, *events) == expected, day


@pytest.mark.whole
@pytest.mark.parametrize("way", [Way(*options) for options in WAYS], ids=str)
@pytest.mark.parametrize("approved", days_from(date(2020, 8, 25), 6), ids=str)
def test_three_years_after_missing_the_record(
    library: Library, way: Way, approved: date
) -> None:
    end = way.last_day(approved, relativedelta(years=3))
    accepted = end + 40 * DAY
    due = way.following(end, relativedelta(months=6))  # on or about 29 February 2024
    left, last = due + DAY, way.following(due, relativedelta(years=3))
    events = (("pilot-approved", approved), ("acceptance-passed", accepted))
    for day, expected in ((left - DAY, "no"), (left, "yes"), (last, "yes"), (last + DAY, "no")):
        assert barred(library, way, "pilot-application", day, *events) == expected, day


@pytest.mark.whole
@pytest.mark.parametrize("way", [Way(*options) for options in WAYS], ids=str)
@pytest.mark.parametrize("approved", days_from(date(2020, 10, 26), 6), ids=str)
def test_three_years_after_not_applying_for_re_examination(
    library: Library, way: Way, approved: date
) -> None:
    end = way.last_day(approved, relativedelta(years=3))
    due = way.following(end, relativedelta(months=4))  # on or about 29 February 2024
    left, last = due + DAY, way.following(due, relativedelta(years=3))
    events = (("model-approved", approved),)
    for day, expected in ((left - DAY, "no"), (left, "yes"), (last, "yes"), (last + DAY, "no")):
        assert barred(library, way, "model-application", day, *events) == expected, day
