"""What is due within some days and what is overdue, across subjects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipcity_policy.engines.lifecycle.position import Duty, Fulfilment
from ipcity_policy.lang.calendar import add
from ipcity_policy.questions.query import SubjectTimeline


class Due(StrEnum):
    """How a duty that may not be done stands."""

    #: Its last day may still come.
    UPCOMING = "upcoming"
    OVERDUE = "overdue"
    #: It is not known whether it was done, or whether it is owed.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Item:
    """A duty of a subject."""

    timeline: SubjectTimeline
    duty: Duty
    how: Due
    #: Whether it is one only if what is assumed holds.
    supposed: bool = False


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due from a day on."""

    on: date
    #: How many days are looked ahead.
    days: int
    items: tuple[Item, ...]

    @property
    def until(self) -> date:
        """The last day that is looked at."""
        return add(self.on, self.days, "days")

    def of(self, how: Due) -> tuple[Item, ...]:
        """Return what stands in one way, by day."""
        return tuple(item for item in self.items if item.how is how)


def agenda_of(timelines: Sequence[SubjectTimeline], on: date, days: int) -> Agenda:
    """Return what is due within some days and what is overdue, in the order of the days."""
    empty = Agenda(on, days, ())
    items = [
        Item(timeline, duty, how)
        for timeline in timelines
        for duty in timeline.position.duties
        if (how := _how(duty, empty.until)) is not None
    ]
    items += [item for timeline in timelines for item in _supposed(timeline, empty.until)]
    items.sort(key=lambda item: (item.duty.due.earliest, item.duty.due.latest))
    return Agenda(on, days, tuple(items))


def _supposed(timeline: SubjectTimeline, until: date) -> Iterator[Item]:
    """Yield the duties that are there only if what is assumed holds; none is known overdue."""
    beside = timeline.as_supposed
    if beside is None:
        return
    known = {duty.what for duty in timeline.position.duties}
    for duty in beside.position.duties:
        how = _how(duty, until)
        if how is not None and duty.what not in known:
            how = Due.UNKNOWN if how is Due.OVERDUE else how
            yield Item(beside, duty, how, supposed=True)


def _how(duty: Duty, until: date) -> Due | None:
    """Tell how a duty stands; None where it is done, or due only later."""
    if Fulfilment.OPEN in duty.possible:
        return Due.UPCOMING if duty.due.earliest <= until else None
    if Fulfilment.OVERDUE not in duty.possible:
        return None
    return Due.OVERDUE if duty.fulfilment is Fulfilment.OVERDUE else Due.UNKNOWN
