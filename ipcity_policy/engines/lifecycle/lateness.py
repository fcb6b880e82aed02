"""How late a duty is or how long it is open, in days, and what would settle which it is."""

from datetime import date

from ipcity_policy.engines.lifecycle.position import Duty, Fulfilment, Position
from ipcity_policy.lang.values import Dates, Periods


def days_left(duty: Duty, on: date) -> Periods:
    """Return how many days are left for a duty that is open; 0 on its last day."""
    return _days(_between(on, duty.due.low), _between(on, duty.due.high), 0)


def days_overdue(duty: Duty, on: date) -> Periods:
    """Return by how many days a duty that is not done is late."""
    return _days(_between(duty.due.high, on), _between(duty.due.low, on), 1)


def days_late(duty: Duty) -> Periods:
    """Return by how many days a duty was met late."""
    met = duty.met_on or Dates(None, None)
    return _days(_between(duty.due.high, met.low), _between(duty.due.low, met.high), 1)


def _between(first: date | None, last: date | None) -> int | None:
    return None if first is None or last is None else (last - first).days


def _days(low: int | None, high: int | None, least: int) -> Periods:
    return Periods(max(low if low is not None else least, least), high, "days")


def settled_by(duty: Duty, on: date) -> tuple[int, ...]:
    """Return the events whose day, once it is known, tells what became of a duty."""
    held = duty.met_on if duty.met_on is not None else Dates(on, on)
    limits = [duty.due] if duty.met_on is None else [duty.since, duty.due]
    return duty.hangs_on if any(_may_be_after(held, one) for one in limits) else ()


def _may_be_after(held: Dates, limit: Dates) -> bool:
    """Tell whether it is not known if something lies before or after a day."""
    first, last = limit.low or date.min, limit.high or date.max
    return (held.high or date.max) > first and (held.low or date.min) <= last


def may_be_unstated(duty: Duty, position: Position) -> bool:
    """Tell whether a duty may have been met by an event that is not stated."""
    met = {Fulfilment.MET, Fulfilment.MET_LATE} & {*duty.possible}
    told = position.covered and not {*duty.deadline.met_by} & {*position.not_known}
    return duty.met_by is None and not told and bool(met)
