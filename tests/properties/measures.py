"""Whole small measures made at random, with every type of fact, operator and combination.

A measure is sound by construction: it checks without errors. What makes it is written
against `random.Random`, so that hypothesis can give the choices and shrink them, and the
long run in `bench/` can give them from a seed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from tests.properties.made import (
    Band,
    Block,
    Compared,
    Condition,
    Decision,
    Expression,
    Fact,
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
    Outcome,
    Papers,
    Parameter,
    Period,
    Reading,
    Reckoned,
    Rounded,
    Rule,
    Time,
    Years,
)

T = TypeVar("T")

#: Names as people choose them: some begin like words of the language, some are Chinese.
NAMES = (
    *("weight", "得分", "in-time", "名次-2", "at-least-one", "not-old", "年度等级", "bar-none"),
    *(
        "x",
        "日",
        "the-last",
        "of-all",
        "met-before",
        "一级-a",
        "before-that",
        "yes-men",
        "甲乙",
    ),
    *("plus-minus", "known-well", "size", "优", "with-both-included", "try", "is-it"),
)
UNITS = ("points", "分", "kilos")
OPTIONS = ("good", "poor", "in-between", "优", "良-2", "none-such", "known")
COHORT, APPLICATION, OFFICE = "all-of-them", "renewal", "clerk"
FIRST, LAST = date(1999, 1, 1), date(2006, 12, 31)
BASES = ("attested", "attested", "inferred", "assumed")
MOST = ("at least", "at most", "above", "below")
DATED = ("on or after", "on or before", "after", "before")
BOUNDS = (
    *("with both included", "with both excluded"),
    *("with only the first included", "with only the last included"),
)
SHARES = (Fraction(30), Fraction(25, 2), Fraction(100))
WEIGHTS = (Fraction(40), Fraction(5, 2), Fraction(-100), Fraction(0), Fraction(250))
STEPS = (Fraction(1), Fraction(1, 10), Fraction(7))
RANGES = (
    *((Fraction(0), Fraction(100)), (Fraction(-5), Fraction(20)), (None, Fraction(60))),
    *((Fraction(0), None), (None, None)),
)
#: What a name stands for: the unit of a number, else what it is.
SORTS = ("date", "years", "days")


class Maker:
    """Makes one measure. With `known`, sentences may ask whether a sheet states something."""

    def __init__(self, random: Random, *, known: bool = False) -> None:
        self.random = random
        self.known = known
        self.taken: set[str] = set()
        self.facts: dict[str, Fact] = {}
        self.parameters: dict[str, Parameter] = {}
        self.quantities: dict[str, Expression] = {}
        self.rules: dict[str, Rule] = {}
        self.decisions: dict[str, Decision] = {}
        #: Numbers by their unit; dates, and periods in months or in days, by these words.
        self.sorts: dict[str, list[str]] = {}
        #: What a reading may not set: limits of bands, and steps of rounding.
        self.fixed: set[str] = set()

    def pick(self, some: Sequence[T]) -> T:
        """Take one of several."""
        return some[self.random.randrange(len(some))]

    def chance(self, one_in: int) -> bool:
        """Decide for what happens once in so many times; not at all where it can be left."""
        return self.random.randrange(one_in) == one_in - 1

    def name(self) -> str:
        """Return a name that nothing has yet."""
        name = self.pick(NAMES)
        while name in self.taken:
            name = f"{self.pick(NAMES)}-{len(self.taken)}"
        self.taken.add(name)
        return name

    def measure(self) -> Measure:
        """Make everything."""
        units = tuple(UNITS[: 1 + self.random.randrange(2)])
        self.vocabulary(units)
        for _ in range(self.random.randrange(4)):
            self.quantity()
        for _ in range(2 + self.random.randrange(5)):
            self.rule()
        for _ in range(1 + self.random.randrange(2)):
            self.decision()
        every = tuple(Outcome(f"is-{name}", Met(name)) for name in self.rules)
        self.decisions["every-rule"] = Decision("every-rule", every)
        readings = (self.reading(),) if self.chance(3) else ()
        return Measure(
            units,
            self.facts,
            self.parameters,
            self.quantities,
            self.rules,
            self.decisions,
            tuple(one for one in readings if one is not None),
        )

    # What is asked of a subject

    def vocabulary(self, units: Sequence[str]) -> None:
        """Make a fact or two of every type."""
        for unit in (*units, units[0]):
            self.fact("number", unit, self.number_fact("number", unit))
        for unit in ("", self.pick(units)):
            self.fact("whole", unit, self.number_fact("whole", unit))
        self.fact("percent", "percent", self.number_fact("percent", "percent"))
        for _ in range(2 + self.random.randrange(2)):
            self.fact("date", "date")
        unit = self.pick(("years", "months", "weeks", "days"))
        self.fact(
            "period",
            "years" if unit in ("years", "months") else "days",
            Fact("", "period", unit),
        )
        self.fact("choice", "", self.choice())
        self.fact("choice", "", self.choice())
        self.fact("yes-no", "", Fact("", "yes-no", options=("yes", "no")))
        self.fact("finding", "", Fact("", "finding", options=("met", "not-met")))
        self.fact("rank", "", Fact("", "rank", cohort=COHORT))
        self.fact("set", "", Fact("", "set", options=self.options()))
        self.fact("series", "", Fact("", "series", each=self.element()))
        for _ in range(1 + self.random.randrange(2)):
            self.fact("document")
        self.fact("text")

    def fact(self, kind: str, sort: str = "", like: Fact | None = None) -> None:
        """Declare a fact like another, by the sort of value that it can be compared as."""
        name = self.name()
        like = like or Fact("", kind)
        self.facts[name] = replace(like, name=name, of_subject=self.chance(8))
        if kind in ("number", "whole", "percent", "date", "period"):
            self.sorts.setdefault(sort, []).append(name)

    def number_fact(self, kind: str, unit: str) -> Fact:
        """Return a number with a range, one end of a range, or none."""
        low, high = self.pick(RANGES)
        return Fact("", kind, unit, low, high)

    def choice(self) -> Fact:
        """Return a choice, in order or not."""
        return Fact("", "choice", options=self.options(), ordered=self.chance(2))

    def options(self) -> tuple[str, ...]:
        """Return two to four options."""
        first = self.random.randrange(len(OPTIONS) - 4)
        return OPTIONS[first : first + 2 + self.random.randrange(3)]

    def element(self) -> Fact:
        """Return what each year of a series is."""
        match self.pick(("choice", "yes-no", "number", "whole", "percent")):
            case "choice":
                return self.choice()
            case "yes-no":
                return Fact("", "yes-no", options=("yes", "no"))
            case "whole":
                return self.number_fact("whole", "")
            case "number":
                return self.number_fact("number", UNITS[0])
        return self.number_fact("percent", "percent")

    def of_type(self, *types: str) -> Fact:
        """Return a fact of one of some types."""
        return self.pick([fact for fact in self.facts.values() if fact.type in types])

    # What the law sets

    def parameter(
        self, value: Fraction | Period | date | str | tuple[str, ...], unit: str = ""
    ) -> Named:
        """Set a value, under a name that it has already or a new one."""
        for one in self.parameters.values():
            same = type(one.value) is type(value) and (one.value, one.unit) == (value, unit)
            if same and one.name not in self.fixed and self.chance(2):
                return Named(one.name)
        name = self.name()
        self.parameters[name] = Parameter(name, value, unit)
        return Named(name)

    def number(self, unit: str) -> Named:
        """Set a number."""
        value = Fraction(self.random.randrange(0, 14) * 5)
        if self.chance(4):
            value += self.pick((Fraction(1, 2), Fraction(-1), Fraction(1, 100)))
        return self.parameter(value, unit)

    def count(self, most: int) -> Named:
        """Set a plain count."""
        return self.parameter(Fraction(self.random.randrange(most + 1)))

    def period(self, units: Sequence[str] = ("months", "years", "weeks", "days")) -> Named:
        """Set a period, short enough that series reach as far."""
        unit = self.pick(units)
        most = {"years": 3, "months": 30, "weeks": 60, "days": 400}[unit]
        return self.parameter((self.random.randrange(most), unit))

    def day(self) -> date:
        """Return some day, often the first or last of a month."""
        day = FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days))
        match self.random.randrange(4):
            case 0:
                return day.replace(day=1)
            case 1:
                return day.replace(day=1) - timedelta(days=1)
        return day

    # Operands

    def numeric(self, unit: str) -> Operand:
        """Return something to compare a number with."""
        if self.chance(3):
            return Named(self.pick(self.sorts[unit]))
        return self.number(unit)

    def dated(self, depth: int = 1) -> Operand:
        """Return a date: set, stated, reckoned, or a period from another."""
        if depth and self.chance(3):
            return Moved(self.length(), self.dated(depth - 1), self.pick((1, -1)))
        if self.chance(2):
            return Named(self.pick(self.sorts["date"]))
        return self.parameter(self.day())

    def length(self) -> Operand:
        """Return a period: set, or sometimes stated."""
        stated = [name for sort in ("years", "days") for name in self.sorts.get(sort, ())]
        return Named(self.pick(stated)) if self.chance(8) else self.period()

    # Conditions

    def leaf(self) -> Condition:
        """Return a comparison of any kind, or a rule by its name."""
        kinds: list[Callable[[], Condition]] = [
            *(self.of_number, self.of_number, self.of_date, self.of_date, self.of_period),
            *(self.of_choice, self.of_choice, self.of_word, self.of_rank, self.of_set),
            *(self.of_years, self.of_years, self.of_document, self.of_time, self.of_papers),
        ]
        if self.rules:
            kinds += [lambda: Met(self.pick(list(self.rules)))] * 4
        if self.known:
            kinds += [self.of_sheet] * 4
        return self.pick(kinds)()

    def of_number(self) -> Condition:
        """Compare a number."""
        unit = self.pick([sort for sort in self.sorts if sort not in SORTS])
        left = Named(self.pick(self.sorts[unit]))
        if self.chance(12):
            left = self.number(unit)
        return self.sized(left, lambda: self.numeric(unit))

    def sized(self, left: Operand, other: Callable[[], Operand]) -> Compared:
        """Compare by size."""
        match self.random.randrange(8):
            case 6:
                return Compared(left, self.pick(("exactly", "not exactly")), (other(),))
            case 7:
                return Compared(left, "between", (other(), other()), (self.pick(BOUNDS),))
        return Compared(left, self.pick(MOST), (other(),))

    def of_period(self) -> Condition:
        """Compare a period."""
        sort = self.pick([sort for sort in ("years", "days") if sort in self.sorts])
        units = ("months", "years") if sort == "years" else ("days", "weeks")
        left = Named(self.pick(self.sorts[sort]))
        return self.sized(left, lambda: self.period(units))

    def of_date(self) -> Condition:
        """Compare a date."""
        left = self.dated(1) if self.chance(6) else Named(self.pick(self.sorts["date"]))
        match self.random.randrange(8):
            case 6:
                return Compared(left, self.pick(("exactly", "not exactly")), (self.dated(),))
            case 7:
                right = (self.dated(), self.dated())
                return Compared(left, "between", right, (self.pick(BOUNDS),))
        return Compared(left, self.pick(DATED), (self.dated(),))

    def of_choice(self) -> Condition:
        """Compare a choice."""
        fact = self.of_type("choice")
        return self.chosen(fact, Named(fact.name))

    def chosen(self, fact: Fact, left: Named) -> Compared:
        """Compare an option."""
        named: Operand = Option(self.pick(fact.options))
        if self.chance(3):
            named = self.parameter(self.pick(fact.options))
        match self.random.randrange(6):
            case 0:
                return Compared(left, "", (Option(self.pick(fact.options)),))
            case 1:
                return Compared(left, "not", (Option(self.pick(fact.options)),))
            case 2:
                words = self.pick(("one of", "not one of"))
                return Compared(left, words, (self.listed(fact.options),))
            case 3:
                same = [f for f in self.facts.values() if f.options == fact.options]
                if len(same) > 1 and fact.type == "choice":
                    named = Named(self.pick([f.name for f in same if f.type == "choice"]))
                return Compared(left, self.pick(("exactly", "not exactly")), (named,))
        if not fact.ordered:
            return Compared(left, "", (Option(self.pick(fact.options)),))
        return Compared(left, self.pick(MOST), (named,))

    def listed(self, options: Sequence[str]) -> Named:
        """Set a list of some of the options."""
        some = [one for one in options if self.chance(2)] or [self.pick(options)]
        return self.parameter(tuple(some))

    def of_word(self) -> Condition:
        """Compare a yes-no or a finding."""
        fact = self.of_type("yes-no", "finding")
        words = self.pick(("", "not"))
        option = "met" if fact.type == "finding" else self.pick(fact.options)
        return Compared(Named(fact.name), words, (Option(option),))

    def of_rank(self) -> Condition:
        """Compare a rank."""
        left = Named(self.of_type("rank").name)
        if self.chance(4):
            return Compared(left, self.pick(("last", "not last")), (), (), COHORT)
        share: Operand = self.parameter(Fraction(self.random.randrange(5)), "places")
        if self.chance(2):
            share = self.parameter(self.pick(SHARES), "percent")
        elif self.chance(3):
            share = Named(self.pick(self.sorts["percent"]))
        rounding = self.pick((("rounded up",), ("rounded down",), ("rounded half up",), ()))
        ties = self.pick((("ties at the first",), ("ties at the last",), ()))
        words = self.pick(("in the top", "not in the top"))
        return Compared(left, words, (share,), (*rounding, *ties), COHORT)

    def of_set(self) -> Condition:
        """Ask what is in a set."""
        fact = self.of_type("set")
        words = self.pick(("", "all of", "any of", "none of"))
        if not words:
            return Included(Named(fact.name), "", Option(self.pick(fact.options)))
        return Included(Named(fact.name), words, self.listed(fact.options))

    def of_years(self) -> Condition:
        """Ask in how many years something held."""
        fact = self.of_type("series")
        each, left = fact.each, Named(fact.name)
        assert each is not None
        if each.options:
            says = self.chosen(each, left)
        else:
            words = self.pick((*MOST, "exactly", "not exactly"))
            says = Compared(left, words, (self.number(each.unit),))
        least, window = self.count(3), self.parameter((self.random.randrange(5), "years"))
        return Years(says, least, window, self.pick(("before", "up to")), self.dated())

    def of_document(self) -> Condition:
        """Ask whether a document was submitted, and when."""
        left = Named(self.of_type("document").name)
        words = self.pick(
            ("submitted", "not submitted", *(f"submitted {one}" for one in DATED))
        )
        dated = words not in ("submitted", "not submitted")
        return Compared(left, words, (self.dated(),) if dated else ())

    def of_papers(self) -> Condition:
        """Ask whether all documents of a list were submitted."""
        names = [fact.name for fact in self.facts.values() if fact.type == "document"]
        words = self.pick(("", *DATED))
        return Papers(self.listed(names), words, self.dated() if words else None)

    def of_time(self) -> Condition:
        """Ask how long it is from one date to another."""
        return Time(self.dated(), self.dated(), self.pick(MOST), self.length())

    def of_sheet(self) -> Condition:
        """Ask whether the sheet states something."""
        fact = self.pick([one for one in self.facts.values() if one.type != "series"])
        return Compared(Named(fact.name), self.pick(("known", "not known")))

    def sentence(self, depth: int) -> Condition:
        """Return a condition that can be said in one sentence."""
        if depth == 0 or not self.chance(3):
            return self.leaf()
        if self.chance(3):
            return Not(self.sentence(depth - 1))
        parts = [self.sentence(depth - 1) for _ in range(2 + self.random.randrange(2))]
        return Joined(self.pick(("and", "or")), tuple(parts))

    def condition(self, depth: int = 2) -> Condition:
        """Return a condition of any kind."""
        if depth == 0 or not self.chance(3):
            return self.sentence(2)
        parts = tuple(self.condition(depth - 1) for _ in range(1 + self.random.randrange(3)))
        key = self.pick(("all", "any", "none", "of"))
        return Block(key, parts, self.count(len(parts)) if key == "of" else None)

    # Entries

    def quantity(self) -> None:
        """Reckon something from what there is."""
        if self.chance(4):
            name = self.name()
            self.quantities[name] = self.dated(2)
            self.sorts["date"].append(name)
            return
        unit = self.pick([sort for sort in self.sorts if sort not in SORTS])
        name = self.name()
        self.quantities[name] = self.totalled(unit, 2)
        self.sorts[unit].append(name)

    def totalled(self, unit: str, depth: int) -> Expression:
        """Reckon a number in a unit by a sentence, or out of a list."""
        if depth == 0 or not self.chance(3):
            return self.calculated(unit, 3)
        parts = [self.totalled(unit, depth - 1) for _ in range(1 + self.random.randrange(3))]
        return Listed(self.pick(("sum", "least", "greatest")), tuple(parts))

    def calculated(self, unit: str, depth: int) -> Expression:
        """Reckon a number in a unit."""
        if depth == 0 or self.chance(3):
            return self.numeric(unit)
        below = depth - 1
        match self.random.randrange(6):
            case 0:
                weight = self.parameter(self.pick(WEIGHTS), "percent")
                return Reckoned("times", self.calculated(unit, below), weight)
            case 1 if unit != "percent":  # a share of a count is a count
                return Reckoned("times", self.calculated("", below), self.number(unit))
            case 2:
                step = self.parameter(self.pick(STEPS), unit)
                self.fixed.add(step.name)
                way = self.pick(("up", "down", "half up"))
                return Rounded(self.calculated(unit, below), way, step)
        operator = self.pick(("plus", "minus", "lesser", "greater"))
        return Reckoned(operator, self.calculated(unit, below), self.calculated(unit, below))

    def rule(self) -> None:
        """Add a rule, perhaps with an exception, perhaps not asked everywhere."""
        require = self.condition()
        applies = self.condition(1) if self.chance(3) else None
        unless = self.condition(1) if self.chance(3) else None
        name = self.name()
        self.rules[name] = Rule(name, require, applies, unless, self.pick(BASES))

    def decision(self) -> None:
        """Add a decision."""
        name = self.name()
        governed = self.of_type("date").name if self.chance(4) else ""
        if self.chance(3):
            by, bands = self.bands()
            self.decisions[name] = Decision(name, (), by, bands, governed)
            return
        outcomes = [
            Outcome(
                f"{self.pick(NAMES)}-{number}",
                self.condition(),
                self.condition(1) if self.chance(5) else None,
                self.effects(),
            )
            for number in range(1 + self.random.randrange(3))
        ]
        if not self.chance(4):
            outcomes.append(Outcome("otherwise-so", None, None, self.effects()))
        self.decisions[name] = Decision(name, tuple(outcomes), governed_by=governed)

    def effects(self) -> tuple[str, ...]:
        """Return what an outcome causes."""
        if not self.chance(4):
            return ()
        after = self.of_type("date").name
        bar = f"bar {APPLICATION} for {self.period().name} after {after}"
        return (bar, f"permit {APPLICATION}")[: 1 + self.random.randrange(2)]

    def bands(self) -> tuple[str, tuple[Band, ...]]:
        """Return what bands divide, and the bands, none of them empty."""
        sort = self.pick([sort for sort in self.sorts if sort not in ("years", "days")])
        by = self.pick(self.sorts[sort])
        limits = self.limits(sort, self.behind(by))
        up = not self.chance(3)
        words = ("before", "on or before") if sort == "date" else ("below", "at most")
        if not up:
            words = ("after", "on or after") if sort == "date" else ("above", "at least")
            limits.reverse()
        bands = [Band(f"band-{i}", self.pick(words), limit) for i, limit in enumerate(limits)]
        return by, (*bands, Band("otherwise-so", "otherwise", None))

    def behind(self, name: str) -> Fact | None:
        """Return the fact that is meant, itself or as a quantity that is nothing else."""
        expression = self.quantities.get(name)
        while isinstance(expression, Named):
            name, expression = expression.name, self.quantities.get(expression.name)
        one = self.parameters.get(name)
        if one is not None and isinstance(one.value, Fraction) and not one.unit:
            return Fact("", "whole")  # bands at whole numbers fit a count
        return self.facts.get(name)

    def limits(self, sort: str, fact: Fact | None) -> list[Named]:
        """Set limits from low to high, so far apart that values lie between any two."""
        if sort == "date":
            days = sorted({self.day() for _ in range(1 + self.random.randrange(3))})
            apart = [
                day for i, day in enumerate(days) if i == 0 or (day - days[i - 1]).days > 1
            ]
            named = [self.parameter(day) for day in apart]
        else:
            low = Fraction(-20) if fact is None or fact.low is None else fact.low
            if fact is not None and fact.high is not None:
                low = min(low, fact.high - 20)
            steps = sorted({self.random.randrange(1, 6) for _ in range(3)})
            half = Fraction(1, 2) if fact is None or fact.type != "whole" else Fraction(0)
            named = [self.parameter(low + 3 * step + half, sort) for step in steps]
        self.fixed |= {one.name for one in named}
        return named

    def reading(self) -> Reading | None:
        """Read a rule, or what the law sets, in one to three other ways."""
        numbers = [
            one
            for one in self.parameters.values()
            if isinstance(one.value, Fraction) and one.unit and one.name not in self.fixed
        ]
        if numbers and self.chance(2):
            one = self.pick(numbers)
            assert isinstance(one.value, Fraction)
            steps = (3, 7, -2)[: 1 + len(numbers) % 3]
            first, *more = (replace(one, value=one.value + step) for step in steps)
            return Reading(self.name(), f"parameters.{one.name}", first, tuple(more))
        rule = self.pick(list(self.rules))
        rules, self.rules = self.rules, {}  # a rule must not come to rest on itself
        instead = self.condition(1)
        name, random = self.name(), self.random
        self.random = Random(len(rules))  # so that a seed gives the sheets that it gave before
        others = {self.condition(1) for _ in range(len(rules) % 3)} - {instead}
        self.rules, self.random = rules, random
        return Reading(name, f"rules.{rule}.require", instead, tuple(sorted(others, key=str)))


def measures(*, known: bool = False) -> st.SearchStrategy[Measure]:
    """Return a strategy that makes measures, each choice of which can be shrunk."""
    return st.randoms(use_true_random=False).map(
        lambda random: Maker(random, known=known).measure()
    )
