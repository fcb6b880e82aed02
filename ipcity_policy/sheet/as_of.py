"""What a sheet states, as seen from a day: for itself, or with what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from ipcity_policy.lang.narrowing import intersection
from ipcity_policy.lang.values import Dates, Value
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.sheet.statements import Statement


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated of each fact on a day."""

    statements: Mapping[str, Statement]
    #: The event with which a fact was stated, where the sheet does not state it for itself.
    happened: Mapping[str, Event]
    #: The facts that are left out because they were stated later.
    unseen: tuple[str, ...]

    @property
    def values(self) -> dict[str, Value]:
        """What is stated, by fact."""
        return {name: one.value for name, one in self.statements.items()}


def stated_on(sheet: Sheet, on: date | None = None) -> Stated:
    """Return what is stated on a day; without one, whenever it was stated.

    A later event comes before an earlier one, and what the sheet states for itself before
    all, unless it says that it was stated before the event. What was stated of one event says
    nothing of the next.
    """
    seen = [event for event in sheet.events if not _later(event.on, on)]
    statements: dict[str, Statement] = {}
    happened: dict[str, Event] = {}
    unseen: list[str] = []
    of = _by_kind(sheet)
    for event in seen:
        for name in of.get(event.kind, ()):
            statements.pop(name, None)
            happened.pop(name, None)
        statements |= event.statements
        happened |= dict.fromkeys(event.statements, event)
    for name, statement in sheet.statements.items():
        if _later(statement.on, on):
            unseen.append(name)
        elif of_an_earlier(sheet, statement, seen):
            continue
        elif name not in happened or not _is_before(statement.on, happened[name].on):
            # Of one that knows it in part, what was stated with the event says more.
            with_event = statements.get(name)
            narrowed = intersection(statement.value, with_event.value) if with_event else None
            value = statement.value if narrowed is None else narrowed
            statements[name] = replace(statement, value=value)
            happened.pop(name, None)
    return Stated(statements, happened, tuple(unseen))


@dataclass
class StatedWith:
    """Tells what is stated on the day of each event; fastest if asked in their order."""

    sheet: Sheet
    #: How many events what has happened goes up to, and what was stated with them.
    _upto: int = 0
    _happened: dict[str, Value] = field(default_factory=dict)

    @cached_property
    def _last(self) -> dict[str, int]:
        """The place of the last event of each kind."""
        return {event.kind: place for place, event in enumerate(self.sheet.events)}

    @cached_property
    def _of(self) -> Mapping[str, Sequence[str]]:
        return _by_kind(self.sheet)

    @cached_property
    def _overtaken(self) -> dict[str, int]:
        """For each statement the first event with which it is of an earlier one, if any."""
        events = self.sheet.events
        return {
            name: place
            for name, statement in self.sheet.statements.items()
            if (place := _first_after(self.sheet, statement, events)) is not None
        }

    def on(self, place: int) -> dict[str, Value]:
        """Return what is stated on the day of an event: of the event itself first.

        What the sheet states for itself without a day is said of the last event that it is of.
        """
        sheet, event = self.sheet, self.sheet.events[place]
        itself: dict[str, Value] = {}
        for name, statement in sheet.statements.items():
            day = statement.on
            kinds = sheet.of_events.get(name, frozenset())
            of_a_later = day is None and any(self._last.get(kind, -1) > place for kind in kinds)
            later = day is not None and _later(day, event.on.latest)
            of_an_earlier = self._overtaken.get(name, place + 1) <= place
            if not (of_a_later or later or of_an_earlier):
                itself[name] = statement.value
        if place + 1 < self._upto:
            self._upto, self._happened = 0, {}
        for one in sheet.events[self._upto : place + 1]:
            for name in self._of.get(one.kind, ()):
                self._happened.pop(name, None)
            self._happened |= {name: said.value for name, said in one.statements.items()}
        self._upto = place + 1
        return itself | self._happened


def _first_after(sheet: Sheet, statement: Statement, seen: Sequence[Event]) -> int | None:
    """Return the first event by which a statement is of an earlier one; None where none is.

    Once another one of its kinds has followed, that remains so.
    """
    kinds, day = sheet.of_events.get(statement.fact), statement.on
    if kinds is None or day is None:
        return None
    last = day.latest
    by_then: int | None = None
    after: int | None = None
    for place, event in enumerate(seen):
        if event.kind in kinds:
            if by_then is None and event.on.earliest <= last:
                by_then = place
            if after is None and day.interval.before(event.on.interval) is True:
                after = place
        if by_then is not None and after is not None:
            return place
    return None


def _by_kind(sheet: Sheet) -> Mapping[str, Sequence[str]]:
    """Return the facts that are of an event of each kind."""
    found: dict[str, list[str]] = {}
    for name, kinds in sheet.of_events.items():
        for kind in kinds:
            found.setdefault(kind, []).append(name)
    return found


def of_an_earlier(sheet: Sheet, statement: Statement, seen: Sequence[Event]) -> bool:
    """Tell whether a statement is of an event that another one of its kinds has followed."""
    return _first_after(sheet, statement, seen) is not None


def _is_before(days: Dates | None, other: Dates) -> bool:
    """Tell whether something that may have no day lies surely before another."""
    return days is not None and days.interval.before(other.interval) is True


def _later(days: Dates | None, on: date | None) -> bool:
    """Tell whether something may lie after the day looked from."""
    return on is not None and days is not None and days.latest > on
