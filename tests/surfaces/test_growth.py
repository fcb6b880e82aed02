"""Files that grow: the work grows as they do, and where it would not there is a limit."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ipcity_policy.sheet.events import MAX_EVENTS
from tests.growing import HEAD, grades, moves, notices, unknown_facts
from tests.support import SECOND_LAW, Ipcity
from tests.surfaces.test_bounds import counted

ON = ("--on", "2020-12-31", "--policies", str(SECOND_LAW))


def work(ipcity: Ipcity, sheet: Path, text: str) -> int:
    """Count the function calls of saying where the subject of a sheet stands."""
    sheet.write_text(text, "utf-8")
    return counted(lambda: ipcity("timeline", str(sheet), *ON))[1]


@pytest.mark.deep
@pytest.mark.parametrize(
    ("write", "first", "most"),
    # Of events that move the subject, each is held against what the others left open.
    [(grades, 100, 5.0), (notices, 100, 5.0), (unknown_facts, 1000, 5.0), (moves, 100, 9.0)],
)
def test_four_times_as_much_asks_for_about_four_times_the_work(
    ipcity: Ipcity,
    tmp_path: Path,
    write: Callable[[int], str],
    first: int,
    most: float,
) -> None:
    sheet = tmp_path / "s.yaml"
    work(ipcity, sheet, HEAD)  # what is only loaded once
    least = work(ipcity, sheet, HEAD)
    once = work(ipcity, sheet, write(first)) - least
    assert work(ipcity, sheet, write(4 * first)) - least < most * once


@pytest.mark.whole
def test_a_sheet_tells_of_so_many_events_and_no_more(ipcity: Ipcity, tmp_path: Path) -> None:
    sheet = tmp_path / "s.yaml"
    sheet.write_text(grades(MAX_EVENTS), "utf-8")
    assert ipcity("validate", str(sheet), "--policies", str(SECOND_LAW)).status == 0
    sheet.write_text(grades(MAX_EVENTS + 1), "utf-8")
    ran = ipcity("validate", str(sheet), "--policies", str(SECOND_LAW))
    assert ran.status == 1
    assert "S103 too-large: the sheet states 501 events, more than 500" in ran.out + ran.err
    ran = ipcity("validate", str(sheet), "--policies", str(SECOND_LAW), "--lang", "zh")
    assert "事实表填报了501个事件，超过500个" in ran.out + ran.err
