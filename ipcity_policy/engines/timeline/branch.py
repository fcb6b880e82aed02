"""One way in which the events of a subject may have gone, as far as their days are known."""

from dataclasses import dataclass, replace
from datetime import date

from ipcity_policy.engines.timeline.standing import Rounds, Run, Step
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.measure.history import Deadline


@dataclass(frozen=True, slots=True)
class Owed:
    """A deadline that began to run."""

    deadline: Deadline
    text: int
    since: Dates
    due: Dates
    #: What it runs from: the event or the term, and which of several.
    cause: tuple[str, int]
    #: Whether the version that says so governs it.
    governed: Truth


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a subject stands if the events went in one way, and what is still running."""

    #: None where the course of events was lost.
    state: str | None
    since: Dates
    round: Rounds
    running: Run | None = None
    runs: tuple[Run, ...] = ()
    owed: tuple[Owed, ...] = ()
    steps: tuple[Step, ...] = ()
    #: The events that had no effect, each with the lapse that stood in the way.
    conflicts: tuple[tuple[int, str], ...] = ()
    #: The lapses that did not come, each with the duty that was met or not owed.
    settled: frozenset[tuple[str, tuple[str, int]]] = frozenset()
    #: The day before which nothing more happens.
    cursor: date = date.min

    def at(self, days: Dates) -> Dates:
        """Return the part of some days that nothing that happened already rules out."""
        return Dates(max(days.low or date.min, self.cursor), days.high or date.max)

    def after(self, days: Dates) -> "Branch":
        """Return the branch once something has happened on one of some days."""
        return replace(self, cursor=max(self.cursor, days.low or date.min))
