"""What a sheet states, as seen from a day: for itself, or with what happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipcity_policy.lang.narrowing import both
from ipcity_policy.lang.values import Dates, Value
from ipcity_policy.measure.events import Event
from ipcity_policy.measure.sheet import Sheet
from ipcity_policy.measure.statements import Statement


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
    for event in seen:
        for name in _of(sheet, event.kind):
            statements.pop(name, None)
            happened.pop(name, None)
        statements |= event.statements
        happened |= dict.fromkeys(event.statements, event)
    for name, statement in sheet.statements.items():
        if _later(statement.on, on):
            unseen.append(name)
        elif of_an_earlier(sheet, statement, seen):
            continue
        elif name not in happened or not is_before(statement.on, happened[name].on):
            # Of one that knows it in part, what was stated with the event says more.
            with_event = statements.get(name)
            narrowed = both(statement.value, with_event.value) if with_event else None
            value = statement.value if narrowed is None else narrowed
            statements[name] = replace(statement, value=value)
            happened.pop(name, None)
    return Stated(statements, happened, tuple(unseen))


def stated_with(sheet: Sheet, place: int) -> dict[str, Value]:
    """Return what is stated on the day of an event: of the event itself first.

    What the sheet states for itself without a day is said of the last event that it is of.
    """
    event, seen = sheet.events[place], sheet.events[: place + 1]
    ahead = {later.kind for later in sheet.events[place + 1 :]}
    itself: dict[str, Value] = {}
    for name, statement in sheet.statements.items():
        day = statement.on
        kinds = sheet.of_events.get(name, frozenset())
        of_a_later = day is None and not kinds.isdisjoint(ahead)
        later = day is not None and _later(day, event.on.high or date.max)
        if not (of_a_later or later or of_an_earlier(sheet, statement, seen)):
            itself[name] = statement.value
    happened: dict[str, Value] = {}
    for one in seen:
        for name in _of(sheet, one.kind):
            happened.pop(name, None)
        happened |= {name: said.value for name, said in one.statements.items()}
    return itself | happened


def _of(sheet: Sheet, kind: str) -> Iterator[str]:
    """Yield the facts that are of an event of some kind."""
    return (name for name, kinds in sheet.of_events.items() if kind in kinds)


def of_an_earlier(sheet: Sheet, statement: Statement, seen: Sequence[Event]) -> bool:
    """Tell whether a statement is of an event that another one of its kinds has followed."""
    kinds = sheet.of_events.get(statement.fact)
    day = statement.on
    if kinds is None or day is None:
        return False
    own = [event for event in seen if event.kind in kinds]
    last = day.high or date.max
    by_then = any((event.on.low or date.min) <= last for event in own)
    return by_then and any(is_before(day, event.on) for event in own)


def is_before(days: Dates | None, other: Dates) -> bool:
    """Tell whether some days lie surely before others."""
    ends = days.high if days is not None else None
    return ends is not None and other.low is not None and ends < other.low


def _later(days: Dates | None, on: date | None) -> bool:
    """Tell whether something may lie after the day looked from."""
    return on is not None and days is not None and (days.high is None or days.high > on)
