"""What the checker says of gaps, overlaps and outcomes that never hold, against trying all."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor, prod
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.lang.values import Dates, Numbers
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.ref import Ref
from ipcity_policy.questions.representatives import samples_of
from ipcity_policy.studies.lints.completeness import MAX_CASES, decision_faults
from ipcity_policy.text.subject import EntryKind, FactPath
from tests.properties.files import NAME, measure_files
from tests.properties.made import (
    Band,
    Compared,
    Condition,
    Decision,
    Fact,
    Measure,
    Named,
    Outcome,
)
from tests.properties.measures import BOUNDS, DATED, Maker
from tests.properties.oracle import Oracle
from tests.properties.sheets import Value
from tests.support import examples, write

randoms = st.randoms(use_true_random=False)


class Plain(Maker):
    """Makes decisions that ask of each fact by itself how it stands to what the law sets."""

    def vocabulary(self, units: Sequence[str]) -> None:
        """Make a fact of each type that is asked so."""
        self.fact("number", "points", self.number_fact("number", "points"))
        self.fact("whole", "", self.number_fact("whole", ""))
        self.fact("date", "date")
        self.fact("choice", "", self.choice())
        self.fact("yes-no", "", Fact("", "yes-no", options=("yes", "no")))

    def number_fact(self, kind: str, unit: str) -> Fact:
        """Return a number with a range, of which the ends need not be whole."""
        low, high = self.pick(((0, 10), (None, None), (0, None), (None, 6), (-5, 2)))
        half = self.pick((Fraction(0), Fraction(1, 2)))
        least, most = (None if end is None else end + half for end in (low, high))
        return Fact("", kind, unit, least, most)

    def near(self, fact: Fact) -> Fraction:
        """Return a limit near the ends of a range."""
        ends = [end for end in (fact.low, fact.high) if end is not None] or [Fraction(0)]
        return self.pick(ends) + Fraction(self.random.randrange(-6, 7), 2)

    def leaf(self) -> Condition:
        """Compare one fact with what the law sets."""
        fact = self.pick(list(self.facts.values()))
        left = Named(fact.name)
        match fact.type:
            case "choice":
                return self.chosen(fact, left)
            case "yes-no":
                return self.of_word()
            case "date":
                if self.chance(5):
                    right = (self.parameter(self.day()), self.parameter(self.day()))
                    return Compared(left, "between", right, (self.pick(BOUNDS),))
                words = self.pick((*DATED, "exactly", "not exactly"))
                return Compared(left, words, (self.parameter(self.day()),))
        return self.sized(left, lambda: self.parameter(self.near(fact), fact.unit))

    def day(self) -> date:
        """Return one of few days, some of them next to each other."""
        return date(2001, 5, 1) + timedelta(days=self.random.randrange(4))


def one_decision(random: Random, *, bands: bool) -> Measure:
    """Make a measure of one decision."""
    maker = Plain(random)
    maker.vocabulary(("points",))
    if bands:
        fact = maker.of_type("number", "whole", "date")
        words = ("before", "on or before", "after", "on or after")
        if fact.type != "date":
            words = ("below", "at most", "above", "at least")
        rows = []
        for number in range(1 + random.randrange(4)):
            value = maker.day() if fact.type == "date" else maker.near(fact)
            limit = maker.parameter(value, fact.unit)
            rows.append(Band(f"band-{number}", maker.pick(words), limit))
        if maker.chance(2):
            rows.append(Band("otherwise-so", "otherwise", None))
        decision = Decision("d", (), fact.name, tuple(rows))
    else:
        outcomes = [
            Outcome(f"o-{number}", maker.condition(1))
            for number in range(1 + random.randrange(3))
        ]
        if maker.chance(3):
            outcomes.append(Outcome("otherwise-so", None))
        decision = Decision("d", tuple(outcomes))
    return Measure(("points",), maker.facts, maker.parameters, {}, maker.rules, {"d": decision})


def laid(measure: Measure, folder: Path) -> tuple[Library, Ref]:
    write(folder / NAME, measure_files(measure))
    library = open_library(folder)
    ref = library.find(f"{NAME}/1")
    assert ref is not None
    return library, ref


def grid(fact: Fact, measure: Measure) -> list[Value]:
    """Return values of a fact so many that no comparison changes between two of them."""
    limits = [one.value for one in measure.parameters.values()]
    if fact.options:
        return list(fact.options)
    if fact.type == "date":
        days = [limit for limit in limits if isinstance(limit, date)]
        near = {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}
        return [date.min, *sorted(near), date.max]
    numbers = {limit for limit in limits if isinstance(limit, Fraction)} | {Fraction(0)}
    if fact.type == "whole":
        first, last = floor(min(numbers)) - 2, ceil(max(numbers)) + 2
        points = {Fraction(number) for number in range(first, last + 1)}
    else:
        ends = {end for end in (fact.low, fact.high) if end is not None}
        points = {min(numbers) - 1, *numbers, *ends, max(numbers) + 1}
        points |= {(a + b) / 2 for a, b in pairwise(sorted(points))}
    return [
        point
        for point in sorted(points)
        if (fact.low is None or fact.low <= point) and (fact.high is None or point <= fact.high)
    ]


@pytest.mark.whole
@examples(100)
@given(randoms)
def test_bands_leave_a_gap_or_never_hold_as_trying_every_value_shows(random: Random) -> None:
    measure = one_decision(random, bands=True)
    decision = measure.decisions["d"]
    note(str(measure))
    values = grid(measure.facts[decision.by], measure)
    held = [Oracle(measure, {decision.by: value}).band(decision) for value in values]
    with TemporaryDirectory() as folder:
        library, ref = laid(measure, Path(folder))
        result = library.program(ref)
    found = [(d.code.id, d.message_text) for d in result.diagnostics]
    assert ("M106" in {code for code, _ in found}) == (None in held), found
    never = {band.name for band in decision.bands if band not in held}
    assert {text.split("`")[1] for code, text in found if code == "M107"} == never, found
    if result.value is not None:
        for value, band in zip(values, held, strict=True):
            assert band is not None
            known = {decision.by: exact(value, measure.facts[decision.by].unit)}
            assert answer(result.value, known, "d").outcome == band.name


def exact(value: Value, unit: str) -> Numbers | Dates:
    """Return a value as the interpreter knows it."""
    if isinstance(value, Fraction):
        number = Decimal(value.numerator) / value.denominator
        return Numbers(number, number, unit)
    assert isinstance(value, date)
    return Dates(value, value)


@pytest.mark.deep
def test_conditions_leave_gaps_and_overlap_as_trying_everything_shows() -> None:
    tried: Counter[str] = Counter()

    @settings(max_examples=150)
    @given(randoms)
    def every_way(random: Random) -> None:
        measure = one_decision(random, bands=False)
        decision = measure.decisions["d"]
        note(str(measure))
        with TemporaryDirectory() as folder:
            library, ref = laid(measure, Path(folder))
            program = library.program(ref).value
            assert program is not None
            told = [(d.code.id, d.message_text) for d in decision_faults(library, ref)]
        asked = sorted(name for kind, name in program.reach("d") if kind is EntryKind.FACT)
        cases = prod(len(list(samples_of(program, {}, "d", FactPath(name)))) for name in asked)
        values = [grid(measure.facts[name], measure) for name in asked]
        assume(cases <= MAX_CASES and prod(map(len, values)) <= MAX_CASES)
        given_ = [
            Oracle(measure, dict(zip(asked, chosen, strict=True))).decide(decision)
            for chosen in product(*values)
        ]
        codes = {code for code, _ in told}
        faults = {one.fault for one in given_}
        assert ("M106" in codes) == ("gap" in faults), told
        assert ("M118" in codes) == ("overlap" in faults), told
        held = {name for one in given_ for name in one.held}
        never = {one.name for one in decision.outcomes} - held
        assert {text.split("`")[1] for code, text in told if code == "M107"} == never, told
        tried["gone through"] += 1
        tried.update(one or "neither" for one in faults)
        tried["never"] += bool(never)

    every_way()
    assert tried["gone through"] > 75, tried
    assert min(tried[one] for one in ("gap", "overlap", "neither", "never")) > 6, tried
