"""A day far from every event: duties of each year that came to the same are told once."""

from pathlib import Path

import pytest

from tests.support import SECOND_LAW, Ipcity
from tests.surfaces.test_bounds import counted

SHEET = """\
sheet: 1
measure: berths
boat: {name-en: Nellie, name-zh: 奈莉号, rig: sail, home-port: Gravesend}
facts: {length: 42 feet, draught: 9 feet, surveyed: 2003-05}
events:
  - {event: berth-allotted, on: 2004-06-15, by: harbour-master}
  - {event: fee-paid, on: 2004-07-01}
  - {event: use-notified, on: 2005-04-28, by: owner}
  - {event: laid-up, on: 2005-10-01}
events-known-until: 9999-12-31
"""
CASES = """\
tests: berths
cases:
  - case-en: years far from every event
    case-zh: 距各事件甚远之年
    given:
      boat: {name-en: Nellie, name-zh: 奈莉号, rig: sail, home-port: Gravesend}
      facts: {length: 42 feet, draught: 9 feet, surveyed: 2003-05}
      events:
        - {event: berth-allotted, on: 2004-06-15, by: harbour-master}
        - {event: fee-paid, on: 2004-07-01}
        - {event: use-notified, on: 2005-04-28, by: owner}
        - {event: laid-up, on: 2005-10-01}
      events-known-until: 9999-12-31
    on: 9999-12-31
    stands:
      deadlines: {notice 2005: met, notice 2006: overdue, notice 5000: overdue}
      due: {notice 5000: 5000-04-30, notice 9999: 9999-04-30}
    why-en: Article 4(iii) asks for it each year.
    why-zh: 第四条第三项要求每年报告。
"""


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "nellie.yaml"
    path.write_text(SHEET, "utf-8")
    return str(path)


def arguments(sheet: str, on: str, *more: str) -> tuple[str, ...]:
    return ("timeline", sheet, "--on", on, "--policies", str(SECOND_LAW), *more)


def test_a_stretch_of_years_is_told_once_in_every_form(ipcity: Ipcity, sheet: str) -> None:
    far = arguments(sheet, "9999-12-31")
    said = {
        ("en", "text"): "2013 to 9989 (7,977",
        ("en", "markdown"): "2013 to 9989 (7,977 years): report that the boat is in use",
        ("en", "html"): "2013 to 9989 (7,977 years): report that the boat is in use",
        ("zh", "text"): "2013年至9989年",
        ("zh", "markdown"): "2013年至9989年（共7,977年）：报告使用情况",
        ("zh", "html"): "2013年至9989年（共7,977年）：报告使用情况",
    }
    for (language, form), part in said.items():
        out = ipcity(*far, "--lang", language, "--format", form).out
        assert part in out
        # Ten years back, and those after the last day that is known of, stand in full.
        assert "9990" in out
        assert len(out) < 60_000, (language, form)
    assert len(ipcity(*far, "--format", "ics").out) < 5_000


def test_machines_are_told_the_years_of_a_stretch(ipcity: Ipcity, sheet: str) -> None:
    found = ipcity(*arguments(sheet, "9999-12-31", "--format", "json")).json
    notices = [one for one in found["deadlines"] if one["deadline"] == "notice"]
    (several,) = [one for one in notices if one["years"] is not None]
    assert several["years"] == {"first": 2013, "last": 9989, "number": 7977}
    assert several["year"] is None
    assert several["due"] == {"low": "2013-04-30", "high": "9989-04-30"}
    assert several["became"] == "overdue"
    assert several["days-late"] == {"low": 3897, "high": 2917071}
    of_one = [one["year"] for one in notices if one is not several]
    assert of_one == [*range(2005, 2013), *range(9990, 10_000)]


@pytest.mark.whole
def test_the_years_between_ask_for_no_work(ipcity: Ipcity, sheet: str) -> None:
    def work(on: str) -> int:
        return counted(lambda: ipcity(*arguments(sheet, on)))[1]

    work("2100-12-31")  # what is only loaded once
    assert work("9999-12-31") < 1.2 * work("2100-12-31")


@pytest.mark.whole
def test_a_rule_test_asks_for_any_year(ipcity: Ipcity, tmp_path: Path) -> None:
    cases = tmp_path / "far.yaml"
    cases.write_text(CASES, "utf-8")
    ran = ipcity("test", str(cases), "--policies", str(SECOND_LAW))
    assert "1 of 1 cases pass" in ran.out, ran.out
    cases.write_text(CASES.replace("notice 5000: overdue", "notice 5000: met"), "utf-8")
    ran = ipcity("test", str(cases), "--policies", str(SECOND_LAW))
    assert "5000-04-30" in ran.out, ran.out
