"""Small measures that are read in several ways, or of which two versions may govern.

What `measures` makes is wide; here it is narrow, so that each doubt matters often, and so
small that everything that may be so can be gone through. Every fact is asked about in one
place: then a decision is open only where the facts that are not known can still turn it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random
from typing import TypeAlias

from tests.properties.files import measure_files
from tests.properties.made import (
    Band,
    Block,
    Compared,
    Condition,
    Decision,
    Fact,
    Joined,
    Measure,
    Met,
    Named,
    Not,
    Option,
    Outcome,
    Parameter,
    Reading,
    Rule,
    Table,
)
from tests.properties.oracle import Given, Oracle
from tests.properties.sheets import Days, Sheet, Value, World, exactly

#: The only decision, the fact that says which version governs, and the day on which one gives
#: way to the other.
ASKED, GOVERNS, TURN = "answer", "governing-day", date(2001, 7, 1)
NUMBER = "banded-number"
UNIT = "points"
OPTIONS = ("good", "poor", "in-between")
DAY = timedelta(days=1)
MIDDLE = date(2001, 4, 10)
BELOW = ("below", "at most")
KINDS = ("number", "number", "number", "date", "date", "choice", "yes-no")
MOST, DATED = ("at least", "at most", "above", "below"), ("after", "before", "on or after")

Options: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Doubt:
    """A measure, perhaps with a version that follows it, and the values to look at."""

    measure: Measure
    later: Measure | None
    #: By fact, values on each side of every limit that it is compared with anywhere.
    values: Mapping[str, tuple[Value, ...]]
    #: What is the sum of others, by fact.
    totals: Mapping[str, tuple[str, ...]]

    @property
    def versions(self) -> tuple[Measure, ...]:
        """The versions, the oldest first."""
        return (self.measure,) if self.later is None else (self.measure, self.later)

    def worlds(self, sheet: Sheet) -> Iterator[World]:
        """Yield what may be so of a subject of which a sheet is so, in every way."""
        ways = [
            [one for one in values if fits(one, sheet.get(name))]
            for name, values in self.values.items()
        ]
        for chosen in product(*ways):
            world = self.summed(dict(zip(self.values, chosen, strict=True)))
            if all(fits(world[name], sheet.get(name)) for name in self.totals):
                yield world

    def summed(self, world: World) -> World:
        """Return what is so with the totals of it."""
        found = dict(world)
        for total, rows in self.totals.items():
            found[total] = sum((points(world[row]) for row in rows), Fraction(0))
        return found

    def given(self, world: World) -> Given:
        """Return what the version that governs gives in a world."""
        governing = world.get(GOVERNS)
        late = self.later is not None and isinstance(governing, date) and governing >= TURN
        measure = self.later if late and self.later is not None else self.measure
        return Oracle(measure, world).decide(measure.decisions[ASKED])


def points(value: Value) -> Fraction:
    """Return what a row of a table has."""
    assert isinstance(value, Fraction)
    return value


def fits(value: Value, stated: object) -> bool:
    """Tell whether a value is as a sheet states it."""
    if stated is None:
        return True
    if isinstance(stated, Days):
        assert isinstance(value, date)
        return stated.low <= value <= stated.high
    return value == stated


def read(measure: Measure, options: Options) -> Measure:
    """Return a measure as some options have it; the other readings are left as they are."""
    parameters, rules = dict(measure.parameters), dict(measure.rules)
    for reading in measure.readings:
        if reading.name not in options:
            continue
        instead = reading.options[options[reading.name]]
        _, name, *_ = reading.path.split(".")
        if isinstance(instead, Parameter):
            parameters[name] = instead
        else:
            rules[name] = replace(rules[name], require=instead)
    return replace(measure, parameters=parameters, rules=rules)


def every(readings: Sequence[Reading]) -> Iterator[dict[str, str]]:
    """Yield every way in which some readings can be switched, few of them first."""
    ways = [[None, *reading.options] for reading in readings]
    found = [
        {r.name: o for r, o in zip(readings, chosen, strict=True) if o is not None}
        for chosen in product(*ways)
    ]
    yield from sorted((one for one in found if one), key=len)


def doubt_files(doubt: Doubt) -> dict[str, str]:
    """Write a measure, each version in force up to the day on which the next begins."""
    files = measure_files(doubt.measure)
    if doubt.later is None:
        return files
    head = files["1/measure.yaml"]
    files["1/measure.yaml"] = head.replace("until: open", f"until: {TURN}")
    files["2/measure.yaml"] = head.replace("from: 1990-01-01", f"from: {TURN}")
    files["2/article-01.yaml"] = measure_files(doubt.later)["1/article-01.yaml"]
    return files


class Doubting:
    """Makes doubts: with readings, or with a second version that sets other limits."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.facts: dict[str, Fact] = {}
        self.parameters: dict[str, Parameter] = {}
        self.rules: dict[str, Rule] = {}
        self.values: dict[str, tuple[Value, ...]] = {}
        self.tables: dict[str, Table] = {}
        #: Whether a table is asked about at all.
        self.tabled = False
        #: The limits of bands.
        self.edges: tuple[str, ...] = ()

    def doubt(self, most: int, *, readings: int = 0, versions: int = 1) -> Doubt:
        """Make a doubt about at most so many facts; `readings` is how many at most."""
        # Of a total two versions are taken to say what they say apart, though they may agree.
        self.tabled = versions == 1 and not readings
        if self.random.random() < 0.2:
            decision = self.banded()
        else:
            for number in range(self.random.randint(2, most)):
                self.rule(number, f"fact-{number}")
            decision = self.decided()
        places = [*self.rules, *self.edges]
        governed = GOVERNS if versions > 1 else ""
        if governed:
            self.facts[GOVERNS] = Fact(GOVERNS, "date")
            self.values[GOVERNS] = (TURN - DAY, TURN)
        decision = replace(decision, governed_by=governed)
        measure = Measure(
            (UNIT,),
            self.facts,
            self.parameters,
            {},
            self.rules,
            {ASKED: decision},
            (),
            self.tables,
        )
        if readings:
            some = self.random.sample(places, min(readings, len(places)))
            found = [self.reading(f"reading-{place}", place) for place in some]
            measure = replace(measure, readings=tuple(found))
        later = self.amended(measure) if versions > 1 else None
        totals = {one.given: tuple(one.rows) for one in self.tables.values()}
        return Doubt(measure, later, self.about(measure, later), totals)

    # What is asked

    def decided(self) -> Decision:
        """Ask by conditions whether something is so; where it is not, it may be a gap."""
        places = list(self.rules)
        self.random.shuffle(places)
        outcomes = [Outcome("first-one", self.condition(places))]
        if self.random.random() < 0.8:
            outcomes.append(Outcome("otherwise-so", None))
        return Decision(ASKED, tuple(outcomes))

    def banded(self) -> Decision:
        """Ask into which band a number falls; each is wider than a reading moves its limit."""
        self.facts[NUMBER] = Fact(NUMBER, "number", UNIT, Fraction(0), Fraction(100))
        self.edges = tuple(f"edge-{number}" for number in range(self.random.randint(2, 3)))
        for number, name in enumerate(self.edges):
            self.parameters[name] = Parameter(name, Fraction(25 + 25 * number), UNIT)
        below = [Band(f"under-{e}", self.random.choice(BELOW), Named(e)) for e in self.edges]
        rest = Band("otherwise-so", "otherwise", None)
        return Decision(ASKED, (), NUMBER, (*below, rest))

    def rule(self, number: int, name: str) -> None:
        """Ask about a fact in a rule of its own, by a limit of its own."""
        kind = self.random.choice(KINDS)
        if self.tabled and not self.tables and number < 2:  # there are many ways to fill in one
            kind = self.random.choice((kind, "table"))
        limit, left = f"limit-{number}", Named(name)
        match kind:
            case "number":
                self.facts[name] = Fact(name, kind, UNIT, Fraction(0), Fraction(100))
                self.parameters[limit] = Parameter(
                    limit, Fraction(self.random.randint(20, 80)), UNIT
                )
                asked: Condition = Compared(left, self.random.choice(MOST), (Named(limit),))
            case "date":
                self.facts[name] = Fact(name, kind)
                day = MIDDLE + self.random.randint(-60, 60) * DAY
                self.parameters[limit] = Parameter(limit, day)
                asked = Compared(left, self.random.choice(DATED), (Named(limit),))
            case "table":
                asked = Compared(self.table(name), self.random.choice(MOST), (Named(limit),))
                self.parameters[limit] = Parameter(
                    limit, Fraction(self.random.choice((2, 3))), UNIT
                )
            case "choice":
                self.facts[name] = Fact(name, kind, options=OPTIONS)
                asked = Compared(left, "", (Option(self.random.choice(OPTIONS)),))
            case _:
                self.facts[name] = Fact(name, kind, options=("yes", "no"))
                asked = Compared(left, "", (Option(self.random.choice(("yes", "no"))),))
        self.rules[f"rule-{number}"] = Rule(f"rule-{number}", asked)

    def table(self, name: str) -> Named:
        """Add a table of two rows, whose total may be given by itself."""
        rows = {f"{name}-row-{one}": Fraction(most) for one, most in (("a", 3), ("b", 2))}
        for row in (name, *rows):
            self.facts[row] = Fact(row, "number", UNIT, Fraction(0), Fraction(100))
        self.values |= {
            row: tuple(Fraction(half, 2) for half in range(int(2 * most) + 1))
            for row, most in rows.items()
        }
        table = f"{name}-table"
        self.tables[table] = Table(rows, name, UNIT)
        return Named(table)

    def condition(self, rules: Sequence[str]) -> Condition:
        """Join rules, each once."""
        if len(rules) == 1:
            one: Condition = Met(rules[0])
            return Not(one) if self.random.random() < 0.2 else one
        if len(rules) > 2 and self.random.random() < 0.2:
            return self.some(rules)
        cut = self.random.randint(1, len(rules) - 1)
        parts = (self.condition(rules[:cut]), self.condition(rules[cut:]))
        if self.random.random() < 0.3:
            return Block(self.random.choice(("all", "any", "none")), parts)
        if any(isinstance(part, Block) for part in parts):
            return Block(self.random.choice(("all", "any")), parts)
        return Joined(self.random.choice(("and", "or")), parts)

    def some(self, rules: Sequence[str]) -> Condition:
        """Let so many of some rules be enough."""
        name = f"enough-{len(self.parameters)}"
        count = self.random.randint(1, len(rules))
        self.parameters[name] = Parameter(name, Fraction(count))
        return Block("of", tuple(map(Met, rules)), Named(name))

    # What is doubted

    def reading(self, name: str, place: str) -> Reading:
        """Read a place in one to three other ways."""
        ways = self.otherwise(place, self.random.choice((1, 1, 2, 2, 3)))
        first, *more = ways
        path = f"rules.{place}.require"
        if isinstance(first, Parameter):
            path = f"parameters.{first.name}"
        return Reading(name, path, first, tuple(more))

    def otherwise(self, place: str, number: int) -> Sequence[Condition | Parameter]:
        """Return other ways to set the limit of a rule or a band, or to say what it asks."""
        right: object = Named(place)
        if place in self.rules:
            asked = self.rules[place].require
            assert isinstance(asked, Compared)
            (right,) = asked.right
            if isinstance(right, Option):
                assert isinstance(asked.left, Named)
                options = self.facts[asked.left.name].options
                others = [Option(one) for one in options if one != right.name]
                return [replace(asked, right=(one,)) for one in others][:number]
        assert isinstance(right, Named)
        limit = self.parameters[right.name]
        steps = self.random.sample((-9, -4, -1, 1, 3, 7), number)
        if isinstance(limit.value, Fraction):
            return [replace(limit, value=limit.value + step) for step in steps]
        assert isinstance(limit.value, date)
        return [replace(limit, value=limit.value + step * DAY) for step in steps]

    def amended(self, measure: Measure) -> Measure:
        """Return the version that follows, which sets some limits or asks for others."""
        parameters, rules = dict(measure.parameters), dict(measure.rules)
        places = [*self.rules, *self.edges]
        for place in self.random.sample(places, self.random.randint(1, len(places))):
            (instead,) = self.otherwise(place, 1)
            if isinstance(instead, Parameter):
                parameters[instead.name] = instead
            else:
                rules[place] = replace(rules[place], require=instead)
        return replace(measure, parameters=parameters, rules=rules)

    def about(self, measure: Measure, later: Measure | None) -> dict[str, tuple[Value, ...]]:
        """Return values of each fact on each side of every limit that it is compared with."""
        ways = [measure, *(read(measure, one) for one in every(measure.readings))]
        ways += [later] if later is not None else []
        limits = [(NUMBER, edge) for edge in self.edges]
        for rule in self.rules.values():
            assert isinstance(rule.require, Compared)
            assert isinstance(rule.require.left, Named)
            (right,) = rule.require.right
            if isinstance(right, Named) and rule.require.left.name in self.facts:
                limits.append((rule.require.left.name, right.name))
        apart = {*self.values, *(one.given for one in self.tables.values())}
        found: dict[str, set[Value]] = {
            name: {*fact.options} for name, fact in self.facts.items() if name not in apart
        }
        for (name, limit), one in product(limits, ways):
            match one.parameters[limit].value:
                case date() as day:
                    found[name] |= {day - DAY, day, day + DAY}
                case Fraction() as number:
                    found[name] |= {number + Fraction(step, 2) for step in (-1, 0, 1)}
        whole = {name: tuple(sorted(some, key=str)) for name, some in found.items()}
        return {**whole, **self.values}


def partly(doubt: Doubt, random: Random, open_: int) -> Sheet:
    """State some world, of which so many facts at most are not known.

    Of the day that governs only the year is known, in which one version gave way to the other.
    """
    world = doubt.summed({n: random.choice(values) for n, values in doubt.values.items()})
    apart = {*doubt.totals, *(row for rows in doubt.totals.values() for row in rows)}
    others = [name for name in world if name not in apart]
    unknown = set(random.sample(others, min(len(others), random.randint(0, open_))))
    for total, rows in doubt.totals.items():
        left = random.choice((0, 1, 2)) if open_ else 0
        unknown |= {total, *random.sample(rows, left)} if left else set()
    sheet = {name: exactly(value) for name, value in world.items() if name not in unknown}
    if doubt.later is not None:
        sheet[GOVERNS] = Days(date(TURN.year, 1, 1), date(TURN.year, 12, 31))
    return sheet
