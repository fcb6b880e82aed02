"""What holds of every history, as functions that the tests and the soak call.

Each raises where the law does not hold.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipcity_policy.engines.timeline.standing import Standing

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.timeline.following import follow
from ipcity_policy.measure.library import Library, open_library
from ipcity_policy.measure.program import Program
from ipcity_policy.measure.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic
from tests.properties.courses import MEASURE, SUBJECT, Law, course_files
from tests.properties.daily import Daily, Impossible
from tests.properties.histories import History, history_sheet
from tests.properties.views import View, contradictions, of_standing, of_world
from tests.support import write


@dataclass
class Course:
    """A law of time laid out as files and checked."""

    law: Law
    library: Library
    programs: tuple[Program, ...]
    measure: str = MEASURE
    subject: str = SUBJECT

    def read(self, history: History) -> Sheet:
        """Read the sheet of a history; it has no faults."""
        result = read_sheet(self.library, history_sheet(history, self.measure, self.subject))
        assert not result.diagnostics, [str(d.message) for d in result.diagnostics]
        assert result.value is not None
        return result.value

    def standing(self, sheet: Sheet, on: date) -> tuple[Standing, tuple[Diagnostic, ...]]:
        """Return where the subject stands on a day, and what is wrong with the events."""
        result = follow(self.programs, sheet, on)
        assert result.value is not None
        return result.value, result.diagnostics

    def view(self, history: History, on: date) -> tuple[View, bool]:
        """Return what is said on a day, and whether the history is possible."""
        sheet = self.read(history)
        standing, wrong = self.standing(sheet, on)
        return of_standing(standing, sheet), not wrong


def lay(law: Law, folder: Path) -> Course:
    """Write a law as files and check it: it has no errors."""
    write(folder / MEASURE, course_files(law))
    library = open_library(folder)
    return Course(law, library, programs_of(library, MEASURE))


def programs_of(library: Library, measure: str) -> tuple[Program, ...]:
    """Return the versions of a measure that has no errors."""
    home = library.measure(measure)
    assert home is not None
    found: list[Program] = []
    for ref in library.versions(home):
        result = library.program(ref)
        assert result.value is not None, [str(d.message) for d in result.diagnostics]
        found.append(result.value)
    return tuple(found)


def as_reckoned_daily(course: Course, history: History, on: date) -> str:
    """What is said of a history of which every day is known is so in every world."""
    view, possible = course.view(history, on)
    daily = Daily(course.law, history, on)
    try:
        worlds = daily.worlds()
    except Impossible:
        assert not possible, "an event that cannot have happened is not reported"
        return "impossible"
    assert possible, "an event is reported that can have happened"
    if view.lost:
        return "lost"
    for world in worlds:
        found = list(contradictions(view, of_world(daily, world)))
        assert not found, "\n".join(found)
    if daily.told(on):
        assert view.states == {world.state for world in worlds}
    if len(worlds) > 1:
        return "open"
    if daily.gaps:
        return "gaps"
    told = of_world(daily, worlds[0])
    if not daily.told(on):  # what an event that is not stated may change is left open
        view, told = view.without("fact"), told.without("fact")
    assert view.claims == told.claims, differences(view, told)
    return "exact"


def differences(view: View, told: View) -> str:
    """Say in what two views differ."""
    extra = sorted(map(str, view.claims - told.claims))
    missing = sorted(map(str, told.claims - view.claims))
    return "\n".join(
        ["", *(f"  said: {one}" for one in extra), *(f"  so: {one}" for one in missing)]
    )
