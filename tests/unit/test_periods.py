"""The days of every period under every way to count them, against a table reckoned apart.

`tests/data/periods/reckon.py` reckons the table from the rules with dateutil and knows nothing
of this package. Saturdays and Sundays are the rest days here.
"""

import csv
import io
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.lifecycle.position import Position
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.library import Library
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from tests.support import ROOT, opened

DATA = ROOT / "tests/data/periods"
Row = Mapping[str, str]
#: The readings that a column of the table chooses an option of.
READINGS = {
    "opening": ("first-day-of-a-period",),
    "closing": ("last-day-of-a-period",),
    "rest": ("end-on-a-rest-day",),
    "then": ("after-a-moved-end",),
    "start": ("start-of-the-bar-after-the-record", "start-of-the-bar-after-not-applying"),
}
EVENTS = {
    "pilot": "pilot-approved",
    "model": "model-approved",
    "failed": "acceptance-failed",
    "re-examined": "re-examination-failed",
}


def _table() -> dict[tuple[str, ...], list[Row]]:
    """Return the rows of the table, together those of one sheet and one way to read."""
    found: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    with (DATA / "periods.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            found[tuple(row[key] for key in ("tried", "event", *READINGS))].append(row)
    return dict(found)


TABLE = _table()


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped policies, opened once."""
    return opened(ROOT / "policies")


@pytest.fixture(autouse=True)
def weekends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Saturdays and Sundays be the rest days of every country."""
    monkeypatch.setattr(Library, "rest_days", lambda _, __: lambda day: day.weekday() >= 5)


def _position(library: Library, row: Row) -> Position:
    """Return where a city stands long after the event that a row begins with."""
    begun = date.fromisoformat(row["event"])
    events = [{"event": EVENTS[row["tried"]], "on": row["event"], "facts": {}}]
    if row["tried"] == "failed":
        events[0]["facts"] = {"acceptance-score": "55 points"}
    if row["tried"] == "pilot":
        accepted = begun + relativedelta(years=3) + timedelta(days=40)
        facts = {"acceptance-score": "66 points"}
        events.append({"event": "acceptance-passed", "on": str(accepted), "facts": facts})
    sheet = {
        "sheet": "1",
        "measure": "ip-cities",
        "city": {"name-en": "A city", "name-zh": "某市", "type": "prefecture-level-city"},
        "events-known-from": row["event"],
        "events-known-until": "2100-01-01",
        "events": [{k: v for k, v in event.items() if v} for event in events],
    }
    read = read_sheet(library, sheet)
    assert read.value is not None
    assert not read.diagnostics
    options = tuple((reading, row[key]) for key, ids in READINGS.items() for reading in ids)
    asked = PositionQuestion(date(2035, 1, 1), readings=options, try_readings=False)
    found = timeline_of(library, read.value, asked)
    assert found.value is not None
    assert not found.diagnostics
    return found.value.position


def _days(position: Position, what: str) -> list[Dates]:
    """Return the days that a position gives for something."""
    kind, name = what.split()
    match kind:
        case "term":
            return [one.started.end for one in position.terms if one.term.id == name]
        case "duty":
            return [one.due for one in position.duties if one.deadline.id == name]
        case "report":
            reports = [one for one in position.duties if one.deadline.each_year_by is not None]
            return [one.due for one in reports if str(one.year) == name and one.certain]
        case "bar":
            return [one.until for one in position.bars if one.application == name]
    return [one.step.day for one in position.steps if one.step.target == name]


def test_the_table_is_what_the_rules_give() -> None:
    written = (DATA / "periods.csv").read_text(encoding="utf-8")
    made = subprocess.run(
        [sys.executable, DATA / "reckon.py"], capture_output=True, text=True, check=True
    )
    assert made.stdout == written
    rows = list(csv.DictReader(io.StringIO(written)))
    assert len({(row["event"], row["day"]) for row in rows}) > 200
    assert "ipcity" not in (DATA / "reckon.py").read_text(encoding="utf-8")


@pytest.mark.whole
@pytest.mark.parametrize("tried", EVENTS)
def test_every_day_of_the_table(library: Library, tried: str) -> None:
    wrong: list[str] = []
    for key, rows in TABLE.items():
        if key[0] != tried:
            continue
        position = _position(library, rows[0])
        for row in rows:
            day = date.fromisoformat(row["day"])
            found = _days(position, row["what"])
            if found != [Dates(day, day)]:
                wrong.append(f"{key} {row['what']}: {day}, not {found}")
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize(
    ("tried", "event", "start", "what", "day"),
    [
        # Art. 13 and 17: three years, six months, three years.
        ("pilot", "2018-06-01", "end-of-the-time", "term pilot-term", "2021-06-01"),
        ("pilot", "2018-06-01", "end-of-the-time", "duty record-work", "2021-12-01"),
        ("pilot", "2018-06-01", "end-of-the-time", "state withdrawn", "2021-12-02"),
        ("pilot", "2018-06-01", "end-of-the-time", "bar pilot-application", "2024-12-01"),
        ("pilot", "2018-06-01", "day-after", "bar pilot-application", "2024-12-02"),
        ("pilot", "2018-06-01", "end-of-the-term", "bar pilot-application", "2024-06-01"),
        # Art. 27: three years, four months, three years.
        ("model", "2017-02-15", "end-of-the-time", "term model-term", "2020-02-15"),
        ("model", "2017-02-15", "end-of-the-time", "duty re-examination-application",
         "2020-06-15"),
        ("model", "2017-02-15", "end-of-the-time", "bar model-application", "2023-06-15"),
        ("model", "2017-02-15", "end-of-the-term", "bar model-application", "2023-02-15"),
        # The ends of months, link by link: 31 August, 28 February, 28 February.
        ("pilot", "2017-08-31", "end-of-the-time", "term pilot-term", "2020-08-31"),
        ("pilot", "2017-08-31", "end-of-the-time", "duty record-work", "2021-02-28"),
        ("pilot", "2017-08-31", "end-of-the-time", "bar pilot-application", "2024-02-28"),
    ],
)  # fmt: skip
def test_worked_examples_stand_in_the_table(
    tried: str, event: str, start: str, what: str, day: str
) -> None:
    read = ("not-counted", "included", "stay", "from-the-moved-day")
    rows = [*TABLE[tried, event, *read, start], *TABLE[tried, event, *read, "end-of-the-time"]]
    assert day in [row["day"] for row in rows if row["what"] == what]


def test_a_bar_that_an_outcome_would_cause_ends_with_the_bar_that_came(
    library: Library,
) -> None:
    # Art. 14: the same table, of a sheet that states the facts and tells of no event.
    rows = [row for group in TABLE.values() for row in group if row["tried"] == "failed"]
    bars = [row for row in rows if row["what"] == "bar pilot-application"]
    assert len(bars) > 30
    for row in bars:
        sheet = {
            "sheet": "1",
            "measure": "ip-cities",
            "city": {"name-en": "A city", "name-zh": "某市", "type": "prefecture-level-city"},
            "facts": {"acceptance-score": "55 points", "acceptance-date": row["event"]},
        }
        read = read_sheet(library, sheet)
        assert read.value is not None
        options = tuple((reading, row[key]) for key, ids in READINGS.items() for reading in ids)
        asked = Question("acceptance", None, "ip-cities/2016", options, thorough=False)
        found = evaluate_sheet(library, read.value, asked)
        assert found.value is not None
        (verdict,) = found.value
        (effect,) = verdict.answer.effects
        day = date.fromisoformat(row["day"])
        assert effect.until == Dates(day, day), row
        assert effect.origin.basis == "inferred"
