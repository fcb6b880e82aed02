"""How late a duty is, in days, and what would settle what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ipcity_policy.engines.timeline.standing import Duty, Fulfilment, Standing
from ipcity_policy.lang.values import Dates, Periods
from ipcity_policy.measure.events import Event


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Why it is not known what became of a duty."""

    #: The events whose days are not known and would settle it, by their places.
    events: tuple[int, ...]
    #: Whether an event that is not stated may have met it.
    unstated: bool


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


def unsettled(duty: Duty, standing: Standing, events: Sequence[Event]) -> Unsettled:
    """Return why it is not known what became of a duty."""
    on = standing.on
    silent = duty.met_by is None and not standing.covered
    held = duty.met_on if duty.met_on is not None else Dates(on, on)
    open_days = _apart(held, duty.due) or (duty.met_on is not None and _apart(held, duty.since))
    places = list(_open_days(duty, standing, events)) if open_days else []
    unstated = silent and bool({Fulfilment.MET, Fulfilment.MET_LATE} & {*duty.possible})
    return Unsettled(tuple(dict.fromkeys(places)), unstated)


def _apart(held: Dates, due: Dates) -> bool:
    """Tell whether it is not known if something lies before or after some days."""
    low, high = held.low or date.min, held.high or date.max
    first, last = due.low or date.min, due.high or date.max
    return high > first and low <= last and not (held.known and due.known)


def _open_days(duty: Duty, standing: Standing, events: Sequence[Event]) -> Iterator[int]:
    """Yield the events of unknown day from which a duty runs, and the one that met it."""
    after = duty.deadline.after
    if after is not None and after.of == "event":
        yield from (
            place
            for place, event in enumerate(events)
            if event.kind == after.name and not event.on.known and _meet(event.on, duty.since)
        )
    elif after is not None:
        for one in standing.terms:
            ends = one.run.start if after.of == "start" else one.run.end
            place = one.run.event
            if one.run.term != after.name or place is None or not _meet(ends, duty.since):
                continue
            if not events[place].on.known:
                yield place
    if duty.met_by is not None and not events[duty.met_by].on.known:
        yield duty.met_by


def _meet(one: Dates, other: Dates) -> bool:
    """Tell whether two spans have a day in common."""
    first = max(one.low or date.min, other.low or date.min)
    return first <= min(one.high or date.max, other.high or date.max)
