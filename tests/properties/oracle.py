"""What the law gives of a subject of whom everything is known: a plain second reckoning.

Written from DESIGN section 5 and what the operators say of themselves, over the generator's
own data, with fractions and dates. It shares nothing with the package.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor

from tests.properties.made import (
    Band,
    Block,
    Compared,
    Condition,
    Decision,
    Expression,
    Included,
    Joined,
    Listed,
    Measure,
    Met,
    Moved,
    Named,
    Not,
    Operand,
    Option,
    Papers,
    Period,
    Reckoned,
    Rounded,
    Time,
    Years,
)
from tests.properties.sheets import Document, Rank, Series, Value, World

MET, NOT_MET, NOT_ASKED = "met", "not-met", "not-applicable"
#: To whole numbers.
ROUNDED: dict[str, Callable[[Fraction], int]] = {
    "up": ceil,
    "down": floor,
    "half up": lambda value: floor(value + Fraction(1, 2)),
}

Found = Value | tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """What a decision gives: the status of each outcome, and the one, or why there is none."""

    statuses: dict[str, str]
    outcome: str | None
    fault: str | None

    @property
    def held(self) -> frozenset[str]:
        """The outcomes that hold."""
        return frozenset(name for name, status in self.statuses.items() if status == MET)


@dataclass
class Oracle:
    """One measure and one world."""

    measure: Measure
    world: World
    rules: dict[str, str] = field(default_factory=dict)
    #: The years of each series that were looked at.
    asked: dict[str, set[int]] = field(default_factory=dict)

    def rule(self, name: str) -> str:
        """Return what became of a rule."""
        if name not in self.rules:
            rule = self.measure.rules[name]
            self.rules[name] = self.whole(rule.require, rule.applies, rule.unless)
        return self.rules[name]

    def decide(self, decision: Decision) -> Given:
        """Return what a decision gives."""
        if decision.bands:
            first = self.band(decision)
            statuses = {one.name: MET if one is first else NOT_MET for one in decision.bands}
        else:
            statuses = {
                one.name: self.whole(one.when, None, one.unless)
                for one in decision.outcomes
                if one.when is not None
            }
            others = MET not in statuses.values()
            for one in decision.outcomes:
                if one.when is None:
                    statuses[one.name] = MET if others else NOT_MET
        held = [name for name, status in statuses.items() if status == MET]
        fault = {0: "gap", 1: None}.get(len(held), "overlap")
        return Given(statuses, held[0] if len(held) == 1 else None, fault)

    def band(self, decision: Decision) -> Band | None:
        """Return the first band that takes the value that is divided."""
        return next((one for one in decision.bands if self.banded(decision.by, one)), None)

    def banded(self, by: str, band: Band) -> bool:
        """Tell whether a band takes the value that is divided."""
        if band.limit is None:
            return True
        return compare(band.words, self.value(Named(by)), self.value(band.limit))

    def whole(
        self, part: Condition, applies: Condition | None, unless: Condition | None
    ) -> str:
        """Return what becomes of a condition, where it is asked, with its exception."""
        if applies is not None and self.status(applies) != MET:
            return NOT_ASKED
        status = self.status(part)
        if unless is None or status == NOT_ASKED:
            return status
        return NOT_MET if self.status(unless) == MET else status

    def status(self, asked: Condition) -> str:
        """Return what becomes of a condition."""
        match asked:
            case Met(name):
                return self.rule(name)
            case Not(part):
                return opposite(self.status(part))
            case Joined(word, parts):
                return join("all" if word == "and" else "any", self.each(parts))
            case Block(key, parts, least):
                if least is None:
                    return join(key, self.each(parts))
                return join(key, self.each(parts), self.count(least))
        return MET if self.holds(asked) else NOT_MET

    def each(self, parts: Sequence[Condition]) -> list[str]:
        """Return what becomes of several."""
        return [self.status(part) for part in parts]

    def count(self, name: Named) -> int:
        """Return a plain count that the law sets."""
        value = self.measure.parameters[name.name].value
        assert isinstance(value, Fraction)
        assert value.denominator == 1
        return value.numerator

    def holds(self, asked: Condition) -> bool:
        """Tell whether a comparison holds."""
        match asked:
            case Compared():
                return self.compared(asked)
            case Included(of, words, what):
                inside = self.value(of)
                assert isinstance(inside, frozenset)
                wanted = (what.name,) if isinstance(what, Option) else self.listed(what)
                there = [one in inside for one in wanted]
                return {"any of": any(there), "none of": not any(there)}.get(words, all(there))
            case Years(says, least, window, reach, day):
                last = self.day(day).year - (reach == "before")
                years = range(last - self.period(window)[0] + 1, last + 1)
                held = [self.in_year(says, year) for year in years]
                return sum(held) >= self.count(least)
            case Time(start, end, words, period):
                count, unit = self.period(period)
                return compare(words, self.day(end), moved(self.day(start), count, unit))
            case Papers(papers, words, day):
                right = () if day is None else (day,)
                said = f"submitted {words}".strip()
                return all(
                    self.compared(Compared(Named(name), said, right))
                    for name in self.listed(papers)
                )
        raise AssertionError(asked)

    def in_year(self, says: Compared, year: int) -> bool:
        """Tell whether something held in one year of a series."""
        assert isinstance(says.left, Named)
        series = self.value(says.left)
        assert isinstance(series, Series)
        self.asked.setdefault(says.left.name, set()).add(year)
        options = None
        each = self.measure.facts[says.left.name].each
        if each is not None and each.options:
            options = each.options
        return self.said(says, series.of(year), options)

    def compared(self, asked: Compared) -> bool:
        """Tell whether a comparison holds of its left side."""
        options = None
        if isinstance(asked.left, Named) and asked.left.name in self.measure.facts:
            options = self.measure.facts[asked.left.name].options
        return self.said(asked, self.value(asked.left), options)

    def said(self, asked: Compared, left: Found, options: Sequence[str] | None) -> bool:
        """Tell whether what is said of a value holds."""
        words = asked.words
        if words.startswith("not "):
            return not self.said(
                Compared(asked.left, words[4:], asked.right, asked.ways, asked.cohort),
                left,
                options,
            )
        if words == "not":
            return not self.said(Compared(asked.left, "", asked.right), left, options)
        if words == "known":
            return True
        right = [self.value(one) for one in asked.right]
        match left:
            case Rank(place, size, tied) if words == "last":
                return place + tied - 1 == size
            case Rank():
                (named,) = asked.right
                assert isinstance(named, Named)
                share = self.number(named)
                set_ = self.measure.parameters.get(named.name)
                if set_ is not None and set_.unit != "percent":
                    return counted(left, asked.ways) <= share
                return in_share(left, share, asked.ways)
            case Document(submitted, on):
                dated = words.removeprefix("submitted").strip()
                return submitted and (not dated or compare(dated, on, right[0]))
            case str() if words == "one of":
                assert isinstance(right[0], tuple)
                return left in right[0]
            case str() if words in ("", "exactly"):
                return left == right[0]
            case str():
                assert options is not None
                places = [options.index(str(one)) for one in (left, right[0])]
                return compare(words, *places)
        if words == "between":
            low, high = ("first" in asked.ways[0], "last" in asked.ways[0])
            both = {"with both included": (True, True), "with both excluded": (False, False)}
            low, high = both.get(asked.ways[0], (low, high))
            return compare("at least" if low else "above", left, right[0]) and compare(
                "at most" if high else "below", left, right[1]
            )
        return compare(words, left, right[0])

    # Values

    def value(self, operand: Operand) -> Found:
        """Return what an operand is."""
        match operand:
            case Option(name):
                return name
            case Moved(period, day, sign):
                count, unit = self.period(period)
                return moved(self.day(day), sign * count, unit)
            case Named(name):
                if name in self.measure.facts:
                    return self.world[name]
                if name in self.measure.quantities:
                    return self.reckon(self.measure.quantities[name])
                if name in self.measure.tables:
                    rows = self.measure.tables[name].rows
                    return sum((self.number(Named(row)) for row in rows), Fraction(0))
                return self.measure.parameters[name].value

    def day(self, operand: Operand) -> date:
        """Return a date."""
        value = self.value(operand)
        assert isinstance(value, date)
        return value

    def period(self, operand: Operand) -> Period:
        """Return a period."""
        value = self.value(operand)
        assert isinstance(value, tuple)
        assert isinstance(value[0], int)
        return value[0], str(value[1])

    def listed(self, name: Named) -> tuple[str, ...]:
        """Return the names of a list."""
        value = self.measure.parameters[name.name].value
        assert isinstance(value, tuple)
        return tuple(map(str, value))

    def reckon(self, expression: Expression) -> Found:
        """Return what a quantity comes to."""
        match expression:
            case Rounded(part, way, step):
                value, one = self.number(part), self.number(step)
                return ROUNDED[way](value / one) * one
            case Listed(key, parts):
                numbers = [self.number(part) for part in parts]
                if key == "sum":
                    return sum(numbers, Fraction(0))
                return min(numbers) if key == "least" else max(numbers)
            case Reckoned("times", left, weight):
                assert isinstance(weight, Named)
                percent = self.measure.parameters[weight.name].unit == "percent"
                return self.number(left) * self.number(weight) / (100 if percent else 1)
            case Reckoned(operator, first, second):
                one, other = self.number(first), self.number(second)
                results = {
                    "plus": one + other,
                    "minus": one - other,
                    "lesser": min(one, other),
                    "greater": max(one, other),
                }
                return results[operator]
        return self.value(expression)

    def number(self, expression: Expression) -> Fraction:
        """Return a number."""
        value = self.reckon(expression)
        assert isinstance(value, Fraction)
        return value


def opposite(status: str) -> str:
    """Return what becomes of the opposite."""
    return {MET: NOT_MET, NOT_MET: MET}.get(status, status)


def join(key: str, parts: Sequence[str], least: int | None = None) -> str:
    """Join what became of parts; one that is not asked counts neither for nor against."""
    asked = [part for part in parts if part != NOT_ASKED]
    if not asked:
        return NOT_ASKED
    met = asked.count(MET)
    holds = {
        "all": met == len(asked),
        "any": met > 0,
        "none": met == 0,
        "of": least is not None and met >= least,
    }
    return MET if holds[key] else NOT_MET


def compare(words: str, left: object, right: object) -> bool:
    """Tell whether two values stand to each other as words say."""
    by = apart(left, right)
    return {
        "at least": by >= 0, "on or after": by >= 0,
        "at most": by <= 0, "on or before": by <= 0,
        "above": by > 0, "after": by > 0,
        "below": by < 0, "before": by < 0,
        "exactly": by == 0,
    }[words]  # fmt: skip


def apart(left: object, right: object) -> Fraction | int:
    """Return by how much a value is above another of its kind."""
    match left, right:
        case date() as day, date() as other:
            return (day - other).days
        case (int(count), str(unit)), (int(counted), str(by)):
            return length(count, unit) - length(counted, by)
        case (int() | Fraction()) as number, (int() | Fraction()) as other:
            return number - other
    raise AssertionError((left, right))


def counted(rank: Rank, ways: Sequence[str]) -> int:
    """Return a place, those who share it counted before it if a sentence says so."""
    return rank.place + (rank.tied - 1 if "ties at the last" in ways else 0)


def in_share(rank: Rank, share: Fraction, ways: Sequence[str]) -> bool:
    """Tell whether a place is within a share in percent."""
    limit = share * rank.size / 100
    for way, rounded in ROUNDED.items():
        if f"rounded {way}" in ways:
            limit = Fraction(rounded(limit))
    return counted(rank, ways) <= limit


def length(count: int, unit: str) -> int:
    """Return a period in months, or in days where it counts those."""
    return count * {"years": 12, "months": 1, "weeks": 7, "days": 1}[unit]


def moved(day: date, count: int, unit: str) -> date:
    """Return the day a period after; one off the calendar is its first or last day."""
    if unit in ("weeks", "days"):
        ordinal = day.toordinal() + length(count, unit)
        return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
    months = day.year * 12 + day.month - 1 + length(count, unit)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        return date.min if year < 1 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
