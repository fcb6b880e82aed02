"""What a sheet states, as seen from a day: for itself, or with what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
    all, unless it says that it was stated before the event.
    """
    statements: dict[str, Statement] = {}
    happened: dict[str, Event] = {}
    unseen: list[str] = []
    for event in sheet.events:
        if not _later(event.on, on):
            statements |= event.statements
            happened |= dict.fromkeys(event.statements, event)
    for name, statement in sheet.statements.items():
        if _later(statement.on, on):
            unseen.append(name)
        elif name not in happened or not is_before(statement.on, happened[name].on):
            statements[name] = statement
            happened.pop(name, None)
    return Stated(statements, happened, tuple(unseen))


def is_before(days: Dates | None, other: Dates) -> bool:
    """Tell whether some days lie surely before others."""
    ends = days.high if days is not None else None
    return ends is not None and other.low is not None and ends < other.low


def _later(days: Dates | None, on: date | None) -> bool:
    """Tell whether something may lie after the day looked from."""
    return on is not None and days is not None and (days.high is None or days.high > on)
