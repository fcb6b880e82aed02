"""Random histories of one city under the measures of 2016, each a way that the text allows."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from tests.properties.reckoned_time import DAY, FROM, Event

#: No history goes on beyond it.
LAST = date(2036, 12, 31)
PASSING = ("60", "60.5", "61", "69", "69.99", "70", "71", "95")
FAILING = ("0", "59", "59.99")
#: What is for the record, or asked to be issued, is there: the plan that each is of.
PLAN_OF = {
    "pilot-plan-recorded": "pilot-plan-issued",
    "model-plan-issue-requested": "model-plan-drawn-up",
}
PLANS = frozenset({"next-round-plan-issued", "fostering-plan-issued"})


def months(start: date, number: int) -> date:
    """Return the day so many months after another."""
    return start + relativedelta(months=number)


@dataclass
class Chronicle:
    """A history in the making."""

    rng: Random
    events: list[Event] = field(default_factory=list)
    #: Days on which something changes, to look from.
    turns: list[date] = field(default_factory=list)

    def add(self, kind: str, on: date, score: str | None = None) -> None:
        """Add an event."""
        self.events.append(Event(kind, on, None if score is None else Decimal(score)))
        self.turns.append(on)

    def chance(self, percent: int) -> bool:
        """Say yes so often of a hundred."""
        return self.rng.randrange(100) < percent

    def between(self, first: date, last: date) -> date:
        """Draw a day between two, often one of them."""
        self.turns += [first, last]
        match self.rng.randrange(5):
            case 0:
                return first
            case 1:
                return last
            case _:
                return first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))

    # What is due beside the way of the city

    def duties(self, kinds: Sequence[str], start: date, last: date) -> None:
        """Add what is due up to a day: the day before, on it, the day after, or never."""
        self.turns += [start, last, last + DAY]
        for kind in kinds:
            days = (start + DAY, last - DAY, last, last + DAY, last + timedelta(days=200), None)
            on = self.rng.choice(days)
            plan = PLAN_OF.get(kind)
            drawn = {one.on for one in self.events if one.kind == plan and one.on >= start}
            if on is not None and (plan is None or any(day <= on for day in drawn)):
                self.add(kind, on)

    def reports(self, kind: str, first: date, last: date) -> None:
        """Add the report of each January, or none."""
        for year in range(first.year, last.year + 2):
            when = self.rng.choice(((1, 2), (1, 30), (1, 31), (2, 1), (6, 5), None))
            if when is not None and first < (on := date(year, *when)):
                self.add(kind, on)
            self.turns += [date(year, 1, 31)]

    # The way of a city; each returns the day from which on it may go on, or None

    def pilot(self, start: date) -> tuple[str, date] | None:
        """A pilot round that begins on a day: the acceptance, and what it leads to."""
        last = months(start, 36)
        self.reports("pilot-report-submitted", start, last)
        if self.chance(7):
            return self.lose(self.between(start + DAY, last))
        closed = months(last, 4)
        self.turns += [last, last + DAY, closed, closed + DAY]
        match self.rng.randrange(12):
            case 0:
                return None  # no acceptance is held
            case 1:
                held = self.between(months(start, 30), last - DAY)
            case 2:
                held = self.between(closed + DAY, months(closed, 8))
            case _:
                held = self.between(last + DAY, closed)
        late = held > closed
        self.duties(["acceptance-materials-sent"], held, held + timedelta(weeks=2))
        if self.chance(20):
            self.add("acceptance-failed", held, self.rng.choice(FAILING))
            free = held + relativedelta(years=2) + DAY
            self.turns += [free - DAY, free]
            return "pilot", free
        score = self.rng.choice(PASSING)
        if self.chance(6):
            self.add("acceptance-passed", held)  # with how many points is not known
            return None
        self.add("acceptance-passed", held, score)
        if self.chance(7):
            return self.lose(self.between(held + DAY, max(held + DAY, months(last, 6))))
        return self.enter(start, last, held, late=late, above=Decimal(score) >= 70)

    def enter(
        self, start: date, last: date, held: date, *, late: bool, above: bool
    ) -> tuple[str, date] | None:
        """Enter the fostering stage or another pilot round, or do not."""
        over = months(last, 6)
        self.turns += [over, over + DAY]
        if self.chance(30):
            # A record is of a plan, be it that of an earlier round.
            recorded = self.chance(25) and any(one.kind in PLANS for one in self.events)
            if recorded:
                self.add("record-completed", self.between(held + DAY, over))
            if late or recorded:
                return None
            free = months(over, 36) + DAY
            self.turns += [free - DAY, free]
            return ("pilot", free) if self.chance(50) else None
        if late:
            issued = self.between(held + DAY, months(held, 6))
        else:
            issued = self.between(held + DAY, over)
        if self.chance(50):
            self.add("record-completed", issued + timedelta(days=self.rng.randrange(1, 30)))
        if above and self.chance(85):
            self.add("fostering-plan-issued", issued)
            return self.fostering(issued)
        self.add("next-round-plan-issued", issued)
        return "round", issued

    def fostering(self, start: date) -> tuple[str, date] | None:
        """Be fostered, and become a model city or not."""
        last = months(start, 36)
        self.turns += [last, last + DAY]
        if self.chance(10):
            return self.lose(self.between(start + DAY, last))
        if self.chance(15):
            return None
        if self.chance(12):
            again = self.between(months(start, 20), months(last, 6))
            self.add("fostering-plan-issued", again)
            return self.fostering(again)
        on = self.between(months(start, 13), months(last, 6))
        self.add("model-applied", on - timedelta(days=20))
        self.add("model-approved", on)
        return "model", on

    def model(self, start: date, *, named: bool) -> tuple[str, date] | None:
        """A model round that begins on a day: the re-examination, and what it leads to."""
        last = months(start, 36)
        self.reports("model-report-submitted", start, last)
        if named:
            self.duties(
                [
                    "model-mechanism-established",
                    "model-plan-drawn-up",
                    "model-plan-issue-requested",
                ],
                start,
                months(start, 4),
            )
        if self.chance(10):
            return self.lose(self.between(start + DAY, last))
        over = months(last, 4)
        self.turns += [last, last + DAY, over, over + DAY]
        if self.chance(30):
            free = months(over, 36) + DAY
            self.turns += [free - DAY, free]
            return self.back(over + DAY, free)
        applied = self.between(last + DAY, over)
        self.add("re-examination-applied", applied)
        if self.chance(15):
            return None
        result = self.between(applied + DAY, months(applied, 8))
        if self.chance(40):
            self.add("re-examination-failed", result)
            free = months(result, 24) + DAY
            self.turns += [free - DAY, free]
            return self.back(result + DAY, free)
        self.add("re-examination-passed", result)
        return "model-round", result

    def back(self, lost: date, free: date) -> tuple[str, date] | None:
        """Be a pilot city again, which no bar forbids, or a model city once the bar is over."""
        if self.chance(40):
            return "pilot", self.between(lost, free)
        if self.chance(40):
            self.add("model-approved", free)
            return "model", free
        return None

    def lose(self, on: date) -> tuple[str, date] | None:
        """Lose the title under Article 31 or 32; no bar is stated."""
        self.add(self.rng.choice(("title-cancelled", "title-removed")), on)
        return self.rng.choice((None, ("pilot", on + timedelta(days=30))))

    def apply(self, on: date) -> date:
        """Apply to become a pilot city, in vain once or not, and be approved."""
        if self.chance(40):
            self.add("pilot-applied", on)
            on += timedelta(days=60)
            if self.chance(15) and len(self.events) == 1:
                self.add("pilot-not-listed", on)
                return self.apply(on + timedelta(days=300))
        self.add("pilot-approved", on)
        self.duties(
            ["pilot-plan-issued", "pilot-mechanism-established", "pilot-plan-recorded"],
            on,
            months(on, 2),
        )
        return on


def a_start(rng: Random) -> date:
    """Draw the day on which a history begins, often one that no later month has."""
    year, month = rng.randint(2017, 2020), rng.randint(1, 12)
    length = calendar.monthrange(year, month)[1]
    return rng.choice(
        (
            date(2020, 2, 29),
            date(year, month, length),
            date(year, month, 1),
            *(date(year, month, rng.randint(1, length)) for _ in range(3)),
        )
    )


def draw_history(rng: Random) -> tuple[list[Event], date]:
    """Draw a history, and a day to look from, often one on which something changes."""
    made = Chronicle(rng)
    step: tuple[str, date] | None = ("pilot", a_start(rng))
    while step is not None and step[1] < date(2029, 1, 1):
        match step:
            case ("pilot", on):
                step = made.pilot(made.apply(on))
            case ("round", on):
                step = made.pilot(on)
            case ("model" | "model-round" as kind, on):
                step = made.model(on, named=kind == "model")
            case _:
                step = None
    events = [one for one in made.events if one.on <= LAST]
    on = rng.choice(made.turns) + timedelta(days=rng.choice((-1, 0, 0, 0, 1, 1, 40)))
    return sorted(events, key=lambda one: one.on), min(on, LAST)


def draw_vague(rng: Random, events: Sequence[Event], on: date) -> Event | None:
    """Draw an event alone in its month, to be known only to it; the day asked lies outside."""
    alone = [
        one
        for one in events
        if one.kind in FROM
        and (one.on.year, one.on.month) != (on.year, on.month)
        and sum(f"{one.on:%Y-%m}" == f"{other.on:%Y-%m}" for other in events) == 1
    ]
    return rng.choice(alone) if alone else None


def days_of_the_month(day: date) -> list[date]:
    """Return the days of the month of a day."""
    length = calendar.monthrange(day.year, day.month)[1]
    return [day.replace(day=number) for number in range(1, length + 1)]


def as_history(events: Sequence[Event], vague: Event | None = None) -> dict[str, Any]:
    """Write a history as a sheet in which every event is known, one only to its month."""
    written = []
    for one in events:
        day = f"{one.on:%Y-%m}" if one is vague else one.on.isoformat()
        line: dict[str, Any] = {"event": one.kind, "on": day}
        if one.score is not None:
            line["facts"] = {"acceptance-score": f"{one.score} points"}
        written.append(line)
    return {
        "sheet": 1,
        "measure": "ip-cities",
        "city": {
            "name-en": "Somewhere",
            "name-zh": "某市",
            "type": "prefecture-level-city",
        },
        "events-known-until": "2040-12-31",
        "events": written,
    }
