"""The calendar of a timeline, read back by a library that others maintain."""

from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import icalendar
import pytest
import yaml

from ipcity_policy import Timeline, timeline
from ipcity_policy.formats.ics import as_ics
from ipcity_policy.report.reports.calendar import CalendarEntry
from tests.leases import LEASES, sheet
from tests.support import Ipcity, Make

REGISTERED = "event: registered, on: 2001-02-10"
ON = date(2001, 3, 1)


def asked(make: Make, text: str, on: date = ON) -> Timeline:
    """Where the box of a sheet stands."""
    stated = yaml.load(text, yaml.BaseLoader)
    found = timeline(make(LEASES).library, stated, on=on).value
    assert found is not None
    return found


def events(written: str) -> list[Any]:
    """The entries of a calendar."""
    return list(icalendar.Calendar.from_ical(written).walk("VEVENT"))


def of(timeline: Timeline, words: str) -> list[Any]:
    """The entries that say some words."""
    return [one for one in events(timeline.as_ics()) if words in one["SUMMARY"]]


def days(written: str) -> dict[str, date]:
    """The days of a calendar, by what is to be done."""
    return {str(one["SUMMARY"]): one["DTSTART"].dt for one in events(written)}


def test_a_calendar_holds_what_is_due_and_what_ends(make: Make) -> None:
    found = asked(make, sheet(REGISTERED, until="2001-12-31"))
    # Two months and a year from 10 February 2001; the note is due on 31 March, and perhaps in
    # the next year too.
    assert days(found.as_ics()) == {
        "Box: 2001: write the yearly note": date(2001, 3, 31),
        "Box: inspect it": date(2001, 4, 10),
        "Box: the end of the time of holding": date(2002, 2, 10),
        "Box: 2002: write the yearly note": date(2002, 3, 31),
    }
    (one,) = of(found, "inspect")
    assert one["DTSTAMP"].dt.isoformat() == "2001-03-01T00:00:00+00:00"
    assert one["DTSTART"].params["VALUE"] == "DATE"
    assert [str(cat) for cat in one["CATEGORIES"].cats] == ["clerk"]
    lines = str(one["DESCRIPTION"]).splitlines()
    assert lines[0] == "By whom: clerk"
    assert "inspect it, within 2 months after “registration” (2001-02-10)" in lines[1]
    assert {"Basis: attested", "Last day: 2001-04-10"} <= set(lines)


def test_a_day_that_is_a_span_is_entered_where_it_is_safe(make: Make) -> None:
    month = asked(make, sheet("event: registered, on: 2001-02", until="2001-12-31"))
    (one,) = of(month, "inspect")
    # 1 to 28 April: by the first one is in time in any case.
    assert one["DTSTART"].dt == date(2001, 4, 1)
    assert str(one["SUMMARY"]) == "Box: inspect it (the earliest day)"
    assert "a day between 2001-04-01 and 2001-04-28" in one["DESCRIPTION"]
    assert "first day that is possible" in one["DESCRIPTION"]
    later = asked(make, sheet("event: registered, on: 2001-02", until="2001-12-31"),
                  date(2001, 4, 10))  # fmt: skip
    (one,) = of(later, "inspect")
    assert one["DTSTART"].dt == date(2001, 4, 10)
    assert "may have passed already" in one["DESCRIPTION"]


def test_a_bar_ends_on_the_last_day_that_it_may(make: Make) -> None:
    text = sheet("event: registered, on: 2001-02", "event: inspected, on: 2001-03-02",
                 until="2002-12-31")  # fmt: skip
    # Held up to 28 February 2002, thirty days more are up to 30 March; six months from the
    # day after, the last of a month, are up to the last of September.
    (one,) = events(asked(make, text, date(2002, 6, 1)).as_ics())
    assert one["DTSTART"].dt == date(2002, 9, 30)
    assert "latest day" in one["SUMMARY"]


def test_importing_again_changes_an_entry_and_adds_none(make: Make) -> None:
    """A calendar keeps one entry for each identity."""
    first = asked(make, sheet(REGISTERED, until="2001-12-31"))
    corrected = asked(make, sheet("event: registered, on: 2001-02-12", until="2001-12-31"),
                      date(2001, 3, 2))  # fmt: skip
    kept: dict[str, Any] = {}
    for one in chain(
        events(first.as_ics()), events(first.as_ics()), events(corrected.as_ics())
    ):
        kept[str(one["UID"])] = one
    assert {str(one["SUMMARY"]): one["DTSTART"].dt for one in kept.values()} == {
        "Box: 2001: write the yearly note": date(2001, 3, 31),
        "Box: inspect it": date(2001, 4, 12),
        "Box: the end of the time of holding": date(2002, 2, 12),
        "Box: 2002: write the yearly note": date(2002, 3, 31),
    }
    assert {str(one["UID"]) for one in events(first.as_ics("zh"))} == set(kept)


def test_what_runs_from_another_event_is_another_entry(make: Make) -> None:
    text = sheet(REGISTERED, "event: taken-back, on: 2001-02-20",
                 "event: registered, on: 2001-02-25", until="2001-12-31")  # fmt: skip
    found = of(asked(make, text), "inspect")
    assert sorted(one["DTSTART"].dt for one in found) == [date(2001, 4, 10), date(2001, 4, 25)]
    ids = {str(one["UID"]) for one in found}
    assert len(ids) == 2
    # An event of another kind before them changes no identity.
    more = text.replace("events:\n", "events:\n  - {event: noted, on: 2001-01-01}\n")
    assert {str(one["UID"]) for one in of(asked(make, more), "inspect")} == ids


def test_a_bar_that_comes_again_is_another_entry_and_stays_the_same_one(make: Make) -> None:
    # Not renewed by 12 March 2002, and again by 19 April 2003, each time with the clerk in
    # time: two years after the day that follows.
    law = {**LEASES, "1/article-02.yaml": LEASES["1/article-02.yaml"].replace("pause", "rest")}
    law["1/article-02.yaml"] = law["1/article-02.yaml"].replace(
        "parameters:\n", "parameters:\n  rest: {value: 2 years, provision: art-2-d}\n"
    )
    text = sheet(REGISTERED, "event: inspected, on: 2001-03-02",
                 "event: registered, on: 2002-03-20", "event: inspected, on: 2002-04-02",
                 until="2005-12-31")  # fmt: skip

    def bars(on: date) -> dict[date, str]:
        stated = yaml.load(text, yaml.BaseLoader)
        found = timeline(make(law).library, stated, on=on).value
        assert found is not None
        listed = [one for one in events(found.as_ics()) if "bar" in one["CATEGORIES"].cats]
        days = {one["DTSTART"].dt: str(one["UID"]) for one in listed}
        assert len(days) == len(listed)
        return days

    first, second = date(2004, 3, 13), date(2005, 4, 20)
    both = bars(date(2003, 5, 1))
    assert both.keys() == {first, second}
    assert both[first] != both[second]
    # Before the second came, and once the first is over, each is the entry that it was.
    assert bars(date(2002, 4, 1)) == {first: both[first]}
    assert bars(first + timedelta(days=1)) == {second: both[second]}


WORDS = "a, b; c\\d\ne \\n \x07 " + "匣" * 80


def test_lines_are_folded_and_escaped_as_the_standard_says() -> None:
    written = as_ics([CalendarEntry("uid", ON, WORDS, WORDS, "one, two")], ON, "zh")
    assert written.endswith("\r\n")
    assert "\n" not in written.replace("\r\n", "")
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
    (one,) = events(written)
    assert str(one["SUMMARY"]) == WORDS.replace("\x07", " ")
    assert [str(cat) for cat in one["CATEGORIES"].cats] == ["one, two"]
    assert one["SUMMARY"].params["LANGUAGE"] == "zh"


@pytest.mark.parametrize(("option", "count"), [((), 8), (("--due", "45"), 4)])
def test_a_folder_is_one_calendar(
    make: Make, ipcity: Ipcity, tmp_path: Path, option: tuple[str, ...], count: int
) -> None:
    law = make(LEASES)
    folder = tmp_path / "boxes"
    folder.mkdir()
    for name in ("chest", "box"):
        text = sheet(REGISTERED, until="2001-12-31").replace("Box", name)
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    args = ("--policies", str(law.library.root), "--on", "2001-03-01", "--format", "ics")
    first, again = (ipcity("timeline", str(folder), *args, *option) for _ in range(2))
    assert first.out == again.out
    # What each holds is due in 30, 40, 346 and 395 days.
    assert len({str(one["UID"]) for one in events(first.out)}) == count
