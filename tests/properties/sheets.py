"""Subjects of a generated measure: all that is so of one, and what a sheet states of it.

A world gives every fact one value. A sheet states some of it, some of it in part: a month
of a date, a place without the size of its cohort, some years. Whatever a sheet states is
so in many worlds (`complete`), and another sheet may state more of the same (`sharpen`).
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import TypeAlias

from tests.properties.files import NAME, SUBJECT, Tree, block, number_text
from tests.properties.made import Fact, Measure, Period
from tests.properties.measures import FIRST, LAST, OFFICE

Element: TypeAlias = Fraction | str

#: The largest cohort that a sheet can state.
MOST = 999_999_999
#: The years that a series can be stated for.
YEARS = range(1000, 10000)


@dataclass(frozen=True)
class Series:
    """A value for every year: some by themselves, the others by turns."""

    years: Mapping[int, Element]
    turns: tuple[Element, ...]

    def of(self, year: int) -> Element:
        """Return the value of a year."""
        return self.years.get(year, self.turns[year % len(self.turns)])


@dataclass(frozen=True)
class Rank:
    """A place among so many, shared by so many."""

    place: int
    size: int
    tied: int


@dataclass(frozen=True)
class Document:
    """Whether a document was submitted, and when."""

    submitted: bool
    on: date | None


Value: TypeAlias = Fraction | Period | date | str | Rank | Series | frozenset[str] | Document
World: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class Days:
    """A stated date: a day, a month or a year."""

    low: date
    high: date

    @property
    def text(self) -> str:
        """The date as it is written."""
        whole = self.low.isoformat()
        return (
            whole
            if self.low == self.high
            else whole[: 7 - 3 * (self.low.month != self.high.month)]
        )


@dataclass(frozen=True)
class Placed:
    """A stated rank, of which the place or the size may be left open."""

    place: int | None
    size: int | None
    tied: int


@dataclass(frozen=True)
class Yearly:
    """A stated series; None is a year that is said not to be known."""

    years: Mapping[int, Element | None]


@dataclass(frozen=True)
class Within:
    """A stated set: what is in it, and what may be."""

    inside: frozenset[str]
    open: frozenset[str]


@dataclass(frozen=True)
class Paper:
    """A stated document; None where it is not known whether it was submitted."""

    submitted: bool | None
    on: Days | None


#: What a sheet states of a fact; None is `unknown`.
Statement: TypeAlias = Fraction | Period | Days | str | Placed | Yearly | Within | Paper | None
#: What a sheet states, by fact; what it leaves out is not known either.
Sheet: TypeAlias = Mapping[str, Statement]


class Subjects:
    """Makes worlds and sheets of one measure."""

    def __init__(self, measure: Measure, random: Random) -> None:
        self.facts = measure.facts
        self.random = random
        self.limits: dict[str, list[Fraction]] = {}
        for one in measure.parameters.values():
            if isinstance(one.value, Fraction):
                self.limits.setdefault(one.unit, []).append(one.value)

    # Worlds

    def world(self, *, far: bool = False) -> World:
        """Return what may be so of a subject; with `far`, at any time, and for any time."""
        return {name: self.value(fact, far=far) for name, fact in self.facts.items()}

    def value(self, fact: Fact, *, far: bool = False) -> Value:
        """Return a value of a fact; with `far`, dates sometimes lie anywhere."""
        random = self.random
        match fact.type:
            case "number" | "whole" | "percent":
                return self.number(fact)
            case "period":
                units = (
                    ("years", "months")
                    if fact.unit in ("years", "months")
                    else ("days", "weeks")
                )
                count = 99_999 if far and random.random() < 0.3 else random.randrange(40)
                return count, random.choice((fact.unit, *units))
            case "date":
                return self.day(far=far)
            case "rank":
                size = random.choice((1, 2, 3, 7, 10, 25, 40, MOST))
                place = min(size, random.choice((1, 2, 3, 4, 8, 12, size)))
                return Rank(place, size, random.choice((1, min(2, size - place + 1))))
            case "series":
                return Series({}, tuple(self.element(fact) for _ in range(7)))
            case "set":
                return frozenset(o for o in fact.options if random.random() < 0.5)
            case "document":
                submitted = random.random() < 0.7
                return Document(submitted, self.day(far=far) if submitted else None)
            case "text":
                return random.choice(("1", "文"))
        return random.choice(fact.options)

    def element(self, fact: Fact) -> Element:
        """Return the value of a year."""
        assert fact.each is not None
        value = self.value(fact.each)
        assert isinstance(value, (Fraction, str))
        return value

    def number(self, fact: Fact) -> Fraction:
        """Return a number in the range of a fact, often near something it is compared with."""
        near = self.random.choice(
            (*self.limits.get(fact.unit, ()), Fraction(self.random.randrange(100)))
        )
        step = self.random.choice((0, 0, Fraction(1, 2), Fraction(-1, 100), 1, -1, 7, -13))
        number: Fraction = near + step
        if fact.type == "whole":
            number = Fraction(number // 1)
        if fact.low is not None:
            number = max(number, fact.low)
        return number if fact.high is None else min(number, fact.high)

    def day(self, *, far: bool = False) -> date:
        """Return a day; with `far`, sometimes any day of the calendar, or one of its ends."""
        if far and self.random.random() < 0.2:
            anywhere = date.fromordinal(self.random.randint(1, date.max.toordinal()))
            return self.random.choice((anywhere, anywhere, date.min, date.max))
        day = FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days))
        first = day.replace(day=1)
        return self.random.choice((day, first, first - timedelta(days=1)))

    def complete(self, sheet: Sheet) -> World:
        """Return a world in which all that a sheet states is so."""
        return {name: self.so(fact, sheet.get(name)) for name, fact in self.facts.items()}

    def so(self, fact: Fact, stated: Statement) -> Value:
        """Return a value that is as stated."""
        random = self.random
        match stated:
            case None:
                return self.value(fact, far=True)
            case Days(low, high):
                return date.fromordinal(random.randint(low.toordinal(), high.toordinal()))
            case Placed(place, size, tied):
                if place is None:
                    most = 50 if size is None else size - tied + 1
                    place = random.choice((1, most, random.randint(1, most)))
                least = place + tied - 1
                return Rank(
                    place, size or min(least + random.choice((0, 1, 7, 30)), MOST), tied
                )
            case Yearly(years):
                known = {year: one for year, one in years.items() if one is not None}
                turns = self.value(fact)
                assert isinstance(turns, Series)
                return Series(known, turns.turns)
            case Within(inside, open_):
                return inside | {one for one in sorted(open_) if random.random() < 0.5}
            case Paper(None):
                return self.value(fact, far=True)
            case Paper(submitted, on):
                if not submitted:
                    return Document(submitted=False, on=None)
                assert submitted is not None
                if on is None:
                    return Document(submitted, self.day(far=True))
                span = (on.low.toordinal(), on.high.toordinal())
                return Document(submitted, date.fromordinal(random.randint(*span)))
        return stated

    # Sheets

    def exact(self, world: World, asked: Mapping[str, Iterable[int]]) -> Sheet:
        """State all of a world; of a series, the years that are asked about."""
        return {name: exactly(value, asked.get(name, ())) for name, value in world.items()}

    def partly(self, world: World) -> Sheet:
        """State some of a world."""
        nothing: Sheet = {}
        return self.sharper(nothing, world, often=self.random.choice((0.3, 0.6, 0.9)))

    def sharper(self, sheet: Sheet, world: World, often: float = 0.4) -> Sheet:
        """State more than a sheet of a world in which that sheet is so."""
        found: dict[str, Statement] = {}
        for name, value in world.items():
            if self.random.random() < often:
                found[name] = self.sharpen(self.facts[name], sheet.get(name), value)
            elif name in sheet:
                found[name] = sheet[name]
            elif self.random.random() < 0.3:
                found[name] = None
        return found

    def sharpen(self, fact: Fact, stated: Statement, value: Value) -> Statement:
        """State a value as it is stated, or nearer to all that there is to it."""
        random = self.random
        match value:
            case date():
                return self.nearer(stated if isinstance(stated, Days) else None, value)
            case Rank(place, size, tied):
                known = stated if isinstance(stated, Placed) else Placed(None, None, tied)
                return Placed(
                    place if random.random() < 0.6 else known.place,
                    size if random.random() < 0.6 else known.size,
                    tied,
                )
            case Series():
                years = dict(stated.years) if isinstance(stated, Yearly) else {}
                for year in random.sample(range(FIRST.year - 4, LAST.year + 4), 7):
                    if years.get(year) is None:
                        years[year] = value.of(year) if random.random() < 0.8 else None
                return Yearly(dict(sorted(years.items())))
            case frozenset():
                open_ = stated.open if isinstance(stated, Within) else fact.options
                still = frozenset(
                    one for one in fact.options if one in open_ and random.random() < 0.5
                )
                return Within(value - still, still)
            case Document(submitted, on):
                before = stated.on if isinstance(stated, Paper) else None
                day = None if on is None or random.random() < 0.3 else self.nearer(before, on)
                return Paper(submitted, day or before)
        assert isinstance(value, (Fraction, tuple, str))
        return value

    def nearer(self, days: Days | None, day: date) -> Days:
        """Narrow a date to a year, a month or the day."""
        last = day.replace(day=monthrange(day.year, day.month)[1])
        spans = [Days(day, day), Days(day.replace(day=1), last)]
        spans.append(Days(day.replace(month=1, day=1), day.replace(month=12, day=31)))
        return self.random.choice(
            [
                one
                for one in spans
                if days is None or days.low <= one.low <= one.high <= days.high
            ]
        )


def exactly(value: Value, years: Iterable[int] = ()) -> Statement:
    """State all of a value; of a series, some years."""
    match value:
        case date():
            return Days(value, value)
        case Rank(place, size, tied):
            return Placed(place, size, tied)
        case Series():
            return Yearly({year: value.of(year) for year in sorted(years) if year in YEARS})
        case frozenset():
            return Within(value, frozenset())
        case Document(submitted, on):
            return Paper(submitted, None if on is None else Days(on, on))
    return value


def sheet_text(measure: Measure, sheet: Sheet, order: Random, form: int = 0) -> str:
    """Write a sheet, its facts in some order, each in one of the forms that say the same."""
    names = list(sheet)
    order.shuffle(names)
    blocks: dict[bool, dict[str, Tree]] = {True: {}, False: {}}
    for name in names:
        fact, random = measure.facts[name], Random(f"{form} {name}")
        tree = statement(fact, sheet[name], random)
        long = fact.type == "finding" or random.random() < 0.1
        if long and fact.type != "document":
            tree = {"value": tree, "by": OFFICE}
        blocks[fact.of_subject][name] = tree
    subject = {"name-en": "A", "name-zh": "甲", **blocks[True]}
    whole: Tree = {"sheet": "1", "measure": NAME, SUBJECT: subject, "facts": blocks[False]}
    return block(whole) + "\n"


def statement(fact: Fact, stated: Statement, random: Random) -> Tree:
    """Write what is stated of a fact."""
    unknown = "unknown"
    match stated:
        case None:
            short = fact.type != "document" or random.random() < 0.5
            return unknown if short else {"submitted": unknown}
        case Fraction():
            return element(fact, stated)
        case (int() as count, unit):
            return f"{count} {unit}"
        case Days():
            return stated.text
        case Placed(place, size, tied):
            found = {"rank": str(place or unknown), "of": str(size or unknown)}
            return found if tied == 1 else {**found, "tied": str(tied)}
        case Yearly(years):
            assert fact.each is not None
            each = fact.each
            return {
                str(year): unknown if one is None else element(each, one)
                for year, one in years.items()
            }
        case Within(inside, open_):
            if not open_ and random.random() < 0.7:
                return sorted(inside)
            out = {one: "no" for one in fact.options if one not in inside | open_}
            may = {one: unknown for one in sorted(open_) if random.random() < 0.5}
            return {**dict.fromkeys(sorted(inside), "yes"), **out, **may} or unknown
        case Paper(submitted, on):
            said = {True: "yes", False: "no", None: unknown}[submitted]
            return said if on is None else {"submitted": said, "on": on.text}
    return stated


def element(fact: Fact, value: Element) -> str:
    """Write a number with its unit, or an option."""
    if isinstance(value, str):
        return value
    return f"{number_text(value)} {fact.unit}".strip()
