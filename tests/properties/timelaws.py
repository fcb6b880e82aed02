"""What holds of every history, as functions that the tests and the soak call.

Each raises where the law does not hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.lifecycle.follow import follow
from ipcity_policy.engines.lifecycle.position import Position
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic
from tests.properties.courses import MEASURE, SUBJECT, Law, course_files
from tests.properties.daily import Daily, ImpossibleError, TooManyError
from tests.properties.histories import DAY, History, day, history_sheet
from tests.properties.views import View, contradictions, of_position, of_world
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
        assert not result.diagnostics, [str(d.message_text) for d in result.diagnostics]
        assert result.value is not None
        return result.value

    def position(
        self, sheet: Sheet, on: date, *, strict: bool = False
    ) -> tuple[Position, tuple[Diagnostic, ...]]:
        """Return where the subject stands on a day, and what is wrong with the events."""
        result = follow(self.programs, sheet, on, strict=strict)
        assert result.value is not None
        return result.value, result.diagnostics

    def view(self, history: History, on: date, *, strict: bool = False) -> tuple[View, bool]:
        """Return what is said on a day, and whether the history is possible."""
        sheet = self.read(history)
        position, wrong = self.position(sheet, on, strict=strict)
        return of_position(position, sheet), not wrong


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
        assert result.value is not None, [str(d.message_text) for d in result.diagnostics]
        found.append(result.value)
    return tuple(found)


def as_reckoned_daily(
    course: Course, history: History, on: date, reckoning: type[Daily] = Daily
) -> str:
    """What is said of a history of which every day is known is so in every world."""
    view, possible = course.view(history, on)
    daily = reckoning(course.law, history, on)
    try:
        worlds = daily.worlds()
    except ImpossibleError:
        assert not possible or view.lost, "an event that cannot have happened is not reported"
        return "impossible"
    except TooManyError:
        return "too many"
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


def in_any_order(course: Course, history: History, on: date, random: Random) -> str:
    """The order in which events are written does not matter."""
    events = list(history.events)
    random.shuffle(events)
    one = course.position(course.read(history), on)
    two = course.position(course.read(replace(history, events=tuple(events))), on)
    assert one[0] == two[0]
    assert [d.message_text for d in one[1]] == [d.message_text for d in two[1]]
    return "order"


def not_by_what_comes_after(course: Course, history: History, on: date, random: Random) -> str:
    """An event after the day asked about changes nothing."""
    later = tuple(
        replace(event, on=day(on + random.randint(1, 500) * DAY), term=None)
        for event in random.sample(history.events, min(3, len(history.events)))
    )
    view, possible = course.view(history, on)
    with_more = replace(history, events=(*history.events, *later))
    assert course.view(with_more, on) == (view, possible)
    return "after"


def never_contradicted(course: Course, sharper: Sequence[History], on: date) -> str:
    """What is said of a history holds of the same history once its days are known better."""
    wide, wide_possible = course.view(sharper[0], on)
    told = "nothing sharper"
    for history in sharper[1:]:
        narrow, possible = course.view(history, on)
        if (
            not possible or narrow.gaps
        ):  # an event cannot be on that day, or something is left out
            continue
        assert wide_possible, "an event is reported that can have happened"
        if taken_for_granted(wide, narrow):
            return "recovered"
        found = list(contradictions(wide, narrow))
        assert not found, f"{history}\n" + "\n".join(found)
        wide, told = narrow, "sharper"
    return told


def taken_for_granted(wide: View, narrow: View) -> bool:
    """Tell whether an event was taken to have had its effect where the state was not known."""
    return wide.lost and any(claim.key[0] == "stopped" for claim in narrow.claims)


def as_in_every_world(course: Course, history: History, on: date) -> str:
    """What is said of a history holds whatever the days are, reckoned one by one."""
    view, wide_possible = course.view(history, on)
    states: set[str] = set()
    for exact in history.every():
        daily = Daily(course.law, exact, on)
        try:
            worlds = daily.worlds()
        except ImpossibleError:
            continue
        except TooManyError:
            return "too many"
        if daily.gaps and not view.gaps:
            continue
        assert wide_possible, "an event is reported that can have happened"
        for world in worlds:
            states.add(world.state)
            found = list(contradictions(view, of_world(daily, world)))
            assert not found, f"{exact}\n" + "\n".join(found)
    if view.lost or not daily.told(on):
        return "open"
    if not states:
        return "wider: impossible" if wide_possible else "impossible"
    return "same" if states == view.states else "wider"


def whatever_is_assumed(course: Course, otherwise: Course, history: History, on: date) -> str:
    """What is said strictly of a law with a text that is assumed holds with another for it."""
    wide, wide_possible = course.view(history, on, strict=True)
    narrow, possible = otherwise.view(history, on)
    if not possible or narrow.gaps or narrow.lost or taken_for_granted(wide, narrow):
        return "not asked"
    assert wide_possible, "an event is reported that can have happened"
    # Of a duty that is not known nothing is said.
    assumed = {name for version in course.law.versions for name in version.assumed}
    unsaid = {
        duty.name
        for version in course.law.versions
        for duty in version.duties
        if not assumed.isdisjoint((duty.name, duty.within))
    }
    views = (wide.without_duties(unsaid), narrow.without_duties(unsaid))
    found = list(contradictions(*views))
    assert not found, "\n".join(found)
    return "left open" if wide.lost else "strict"


def as_it_stood(course: Course, history: History, earlier: date, later: date) -> str:
    """What a later day says of an earlier one agrees with what that day said itself."""
    then, possible = course.view(history, earlier)
    now, still = course.view(history, later)
    if then.lost or now.lost or not (possible and still) or then.gaps or now.gaps:
        return "not asked"
    for one, other, when in ((then, now, "then"), (now, then, "now")):
        for claim in one.claims:
            if not claim.certain or not one.came_by(claim, earlier):
                continue
            assert any(claim.like(two) for two in other.claims), f"only {when}: {claim}"
    return "cut"


def better_known(history: History, random: Random) -> list[History]:
    """Return a history, and others that know its days better and better, at last exactly."""
    found = [history]
    for _ in range(2):
        found.append(found[-1].sharper(random))
    return [*found, found[-1].exactly(random)]
