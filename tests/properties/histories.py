"""Histories of a subject: events with their days, as a sheet states them.

A history may know a day only by its month or its year; others that know it better can be had
from it.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from random import Random

from tests.properties.courses import (
    FLOOR,
    MARKS,
    MEASURE,
    SCORE,
    STATED,
    SUBJECT,
    Law,
    Move,
)
from tests.properties.sheets import Days

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """An event as a sheet states it."""

    kind: str
    on: Days
    #: The year that it is about; None where that is the year of its day.
    year: int | None = None
    term: tuple[Days, Days] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class History:
    """What a sheet states of one subject over time."""

    events: tuple[Event, ...]
    known_until: date | None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether every day is known."""
        return all(days.low == days.high for days in self.days())

    def days(self) -> Iterator[Days]:
        """Yield every day that is stated."""
        for event in self.events:
            yield event.on
            yield from event.term or ()

    def with_days(self, days: Sequence[Days]) -> "History":
        """Return the history with other days, in the order of `days()`."""
        left = iter(days)
        events: list[Event] = []
        for event in self.events:
            on = next(left)
            term = (next(left), next(left)) if event.term is not None else None
            events.append(replace(event, on=on, term=term))
        return replace(self, events=tuple(events))

    def sharper(self, random: Random, *, often: float = 0.5) -> "History":
        """Return the history with some months and years known better."""
        return self.with_days(
            [
                _sharper(days, random) if random.random() < often else days
                for days in self.days()
            ]
        )

    def exactly(self, random: Random) -> "History":
        """Return the history with each day known."""
        return self.with_days([_one(days, random) for days in self.days()])

    def every(self) -> "Iterator[History]":
        """Yield the history with each day known, in every way."""
        for days in product(*(list(_each(days)) for days in self.days())):
            yield self.with_days(days)

    def ways(self) -> int:
        """Return in how many ways each day may be known."""
        number = 1
        for days in self.days():
            number *= (days.high - days.low).days + 1
        return number


def day(on: date) -> Days:
    """Return a day that is known."""
    return Days(on, on)


def month(on: date) -> Days:
    """Return the month of a day."""
    return Days(on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1]))


def year(on: date) -> Days:
    """Return the year of a day."""
    return Days(date(on.year, 1, 1), date(on.year, 12, 31))


def _each(days: Days) -> Iterator[Days]:
    on = days.low
    while on <= days.high:
        yield day(on)
        on += DAY


def _one(days: Days, random: Random) -> Days:
    length = (days.high - days.low).days
    return day(days.low + random.choice((0, length, random.randint(0, length))) * DAY)


def _sharper(days: Days, random: Random) -> Days:
    one = _one(days, random)
    whole = month(one.low)
    inside = days.low <= whole.low and whole.high <= days.high
    return whole if inside and random.random() < 0.3 else one


def history_sheet(
    history: History, measure: str = MEASURE, subject: str = SUBJECT
) -> dict[str, object]:
    """Write a history as a sheet; each event names a source of its own."""
    events: list[dict[str, object]] = []
    for number, event in enumerate(history.events):
        said: dict[str, object] = {"event": event.kind, "on": event.on.text}
        if event.year is not None:
            said["for"] = str(event.year)
        if event.term is not None:
            first, last = event.term
            said["term"] = {"from": first.text, "until": last.text}
        if event.facts:
            said["facts"] = dict(event.facts)
        events.append({**said, "source": f"source-{number}"})
    named = {"title-en": "A source", "title-zh": "来源"}
    sheet: dict[str, object] = {
        "sheet": "1",
        "measure": measure,
        subject: {"name-en": "One", "name-zh": "一"},
        "facts": dict(history.facts),
        "events": events,
        "sources": {f"source-{number}": named for number in range(len(events))},
    }
    if history.known_until is not None:
        sheet["events-known-until"] = history.known_until.isoformat()
    return sheet


class Chronicler:
    """Makes histories under a law: mostly events that can follow one another."""

    def __init__(self, law: Law, random: Random) -> None:
        self.law, self.random = law, random
        #: A day on which something may happen.
        self.first = date(2000, 1, 1)
        self.moves: dict[str, list[Move]] = {}
        for version in law.versions:
            for move in version.moves:
                self.moves.setdefault(move.event, []).append(move)

    def history(
        self,
        most: int,
        *,
        gap: int = 120,
        vague: float = 0.0,
        sloppy: float = 0.15,
        covered: bool = False,
        moving: float = 0.0,
    ) -> History:
        """Make a history of at most so many events, so many days apart at most.

        `moving` is how often, of those that can follow, one is taken that leads on.
        """
        random = self.random
        version = self.law.versions[0]
        where = {version.states[0]}
        on = self.first + random.randint(0, 1500) * DAY
        stated = {
            mark: random.choice(("sheet", "event", "event", "")) for mark in (*MARKS, SCORE)
        }
        facts = {mark: self._value(mark) for mark in stated if stated[mark] == "sheet"}
        if random.random() < 0.3:
            facts[STATED] = (on + random.randint(0, 400) * DAY).isoformat()
        events: list[Event] = []
        for _ in range(random.randint(0, most)):
            kinds = [k for k in self.law.events if self._follows(k, where)]
            kind = random.choice(self.law.events)
            if kinds and random.random() > sloppy:
                leading = [k for k in kinds if k in self.moves] if moving else []
                some = leading if leading and random.random() < moving else kinds
                kind = random.choice(some)
            if random.random() > 0.1:
                on += random.randint(1, gap) * DAY
            given = {mark: self._value(mark) for mark in stated if stated[mark] == "event"}
            term = self._term(on) if random.random() < 0.1 else None
            about = on.year - random.randint(0, 1) if random.random() < 0.1 else None
            events.append(Event(kind, self._days(on, vague), about, term, given))
            targets = {move.target for move in self.moves.get(kind, ())}
            where = targets or where
            for each in self.law.versions:
                where |= {t.then for t in each.terms if t.state in where and t.then}
                where |= {one.target for one in each.lapses if where & {*one.sources}}
        random.shuffle(events)
        known = on + random.randint(-200, 600) * DAY
        none = not covered and random.random() < 0.2
        if covered:
            known = date(2100, 1, 1)
        return History(tuple(events), None if none else known, facts)

    def _follows(self, kind: str, where: set[str]) -> bool:
        moves = self.moves.get(kind)
        return moves is None or any(
            move.sources is None or where & {*move.sources} for move in moves
        )

    def _value(self, mark: str) -> str:
        if mark == SCORE:
            return f"{self.random.choice((FLOOR - 1, FLOOR, FLOOR + 5))} feet"
        return self.random.choice(("yes", "yes", "no"))

    def _days(self, on: date, vague: float) -> Days:
        if self.random.random() >= vague:
            return day(on)
        return month(on) if self.random.random() < 0.8 else year(on)

    def _term(self, on: date) -> tuple[Days, Days]:
        first = on + self.random.randint(-20, 20) * DAY
        return day(first), day(max(first, on) + self.random.randint(1, 400) * DAY)
