"""What a sheet states of a fact, held against its events."""

from collections.abc import Iterator
from datetime import date

from ipcity_policy.engines.lifecycle.position import DerivedFact, Position
from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.literals import number_text
from ipcity_policy.lang.values import (
    Dates,
    Numbers,
    Options,
    Periods,
    Series,
    Sets,
    Value,
)
from ipcity_policy.law.lifecycle import DayOf
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message, any_of, say


def misfits(position: Position, sheet: Sheet, *, lasting: bool = False) -> Iterator[Diagnostic]:
    """Yield each fact that a sheet states otherwise than its events give it; `F123`.

    With `lasting`, what holds only on the day that is asked about is left aside.

    >>> from ipcity_policy.engines.lifecycle.follow import follow
    >>> from tests.boxes import box, law
    >>> sheet = box("registered 2010-06-01", "taken-back 2010-07-01", sold="2010-08-01")
    >>> position = follow([law()], sheet, date(2011, 1, 1)).value
    >>> [str(one.message) for one in misfits(position, sheet)]
    ['`sold` is stated differently from what the events give']
    """
    for fact, one in position.derived.items():
        if lasting and isinstance(one.value, Options):
            continue
        statement = sheet.statements.get(fact)
        if statement is None:
            continue
        denied = _is_denied(one, sheet) and _happened(statement.value)
        if denied or not _agree(statement.value, one.value):
            if statement.on is not None and isinstance(one.value, Options):
                continue  # a state that was stated for another day may have changed since
            message = say("`{fact}` is stated differently from what the events give", fact=fact)
            help = say(
                "check which of the two is wrong; the events give {value}",
                value=_text(one.value),
            )
            yield diagnose("F123", message, statement.span, help=help)


def _is_denied(one: DerivedFact, sheet: Sheet) -> bool:
    """Tell whether a sheet says of all events whose day a fact is that they never happened."""
    source = one.derived.source
    return isinstance(source, DayOf) and {*source.names} <= {*sheet.never}


def _happened(value: Value) -> bool:
    """Tell whether a day is stated that surely came."""
    return isinstance(value, Dates) and value.never is False and value != ANY_DAY


def misstated(sheet: Sheet, on: date | None = None) -> Iterator[Diagnostic]:
    """Yield where a sheet states a fact otherwise than it is stated with the latest event.

    It is an `F123`. What was stated for another day may have changed since.

    >>> from tests.boxes import box
    >>> sheet = box("inspected 2010-06-01 weight: 8 grams", weight="60 grams")
    >>> [str(one.message) for one in misstated(sheet)]
    ['`weight` is stated differently with `inspected`']
    """
    for fact, statement in sheet.statements.items():
        events = [
            event
            for event in sheet.events
            if fact in event.statements
            and (on is None or event.on.latest <= on)
            and (statement.on is None or (statement.on.known and statement.on == event.on))
        ]
        days = [one.on.interval for one in events]
        latest = [one for one in events if True not in map(one.on.interval.before, days)]
        if not latest or any(_agree(statement.value, _with(one, fact)) for one in latest):
            continue
        message = say(
            "`{fact}` is stated differently with `{event}`",
            fact=fact,
            event=latest[-1].kind,
        )
        help = say("check which of the two is wrong; if it was so on another day, write `on:`")
        yield diagnose("F123", message, statement.span, help=help)


def _with(event: Event, fact: str) -> Value:
    return event.statements[fact].value


def _agree(one: Value, other: Value) -> bool:
    """Tell whether two values of a type may be the same."""
    match one, other:
        case Dates(), Dates(never=True):
            return True  # that no event tells of it does not gainsay who states its day
        case Dates() as stated, Dates() as given:
            return stated.interval.overlaps(given.interval)
        case Options(names), Options(others):
            return bool(names & others)
        case Series() as stated, Series() as given:
            return all(_agree(stated.of(year), element) for year, element in given.stated)
        case Sets() as stated, Sets() as given:
            return stated.inside <= given.inside | given.open and given.inside <= (
                stated.inside | stated.open
            )
        case Numbers() as stated, Numbers() as given if stated.unit == given.unit:
            return stated.interval.overlaps(given.interval)
        case Periods() as stated, Periods() as given if stated.unit == given.unit:
            return stated.interval.overlaps(given.interval)  # of other units nobody can say
    return True


def _text(value: Value) -> Message:
    """Write a value that follows from events, as a sheet states it."""
    match value:
        case Dates(never=True):
            return say("`{text}`", text="never")
        case Dates():
            return _from_to(str(value.earliest), str(value.latest))
        case Numbers(low, high, unit):
            ends = (number_text(end) if end is not None else "…" for end in (low, high))
            return _from_to(*(f"{end} {unit}".strip() for end in ends))
        case Series(stated):
            years = (say("{year}: {value}", year=str(y), value=_text(one)) for y, one in stated)
            return say("{names}", names=tuple(years))
    assert isinstance(value, Options)  # INVARIANT: nothing else follows from events
    return any_of(sorted(value.names))


def _from_to(low: str, high: str) -> Message:
    if low == high:
        return say("`{text}`", text=low)
    return say("`{low}` to `{high}`", low=low, high=high)
