"""A few values that stand for all that a fact may turn out to be.

Between them no limit lies that the fact is compared with, so that every value of it decides
like one of them. Facts that are compared or calculated together have no such few.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ipcity_policy.engines.interpreter.components import RANK, component_of, with_component
from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.calendar import add, counted, length, smallest
from ipcity_policy.lang.datatypes import PERCENT, FactType, SeriesType, unknown
from ipcity_policy.lang.interval import Interval
from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Element,
    Numbers,
    Options,
    Periods,
    Ranks,
    Series,
    Sets,
    Value,
)
from ipcity_policy.law.program import Program
from ipcity_policy.text.subject import FactPath


def learn(
    program: Program,
    values: Mapping[str, Value],
    learnt: Iterable[tuple[FactPath, Value | None]],
) -> dict[str, Value]:
    """Return what is known once facts, or components of them, are learnt; of None, nothing is.

    >>> from tests.boxes import grams, law
    >>> learn(law(), {}, [(FactPath("weight"), grams(8)), (FactPath("sealed"), None)])
    {'weight': Numbers(low=Decimal('8'), high=Decimal('8'), unit='grams')}
    """
    known = dict(values)
    for (fact, component), value in learnt:
        if value is not None:
            known[fact] = with_component(known_of(program, known, fact), component, value)
    return known


def known_of(program: Program, values: Mapping[str, Value], fact: str) -> Value:
    """Return what is still possible of a fact: what is known, or all that its type allows.

    >>> from tests.boxes import law
    >>> known_of(law(), {}, "weight")
    Numbers(low=Decimal('0'), high=Decimal('100'), unit='grams')
    """
    value = values.get(fact)
    return unknown(program.vocabulary.facts[fact].datatype) if value is None else value


def samples_of(
    program: Program, values: Mapping[str, Value], decision: str, path: FactPath
) -> Iterator[Value]:
    """Yield one value for each way that a fact or component can stand to its limits.

    >>> from tests.boxes import law
    >>> samples = samples_of(law(), {}, "class", FactPath("weight"))  # its limits: 10 and 50
    >>> sorted(int(one.low) for one in samples)
    [0, 5, 10, 30, 50, 75, 100]
    """
    fact, component = path
    whole = known_of(program, values, fact)
    limits = tuple(_limits(program, values, decision, fact))
    datatype = program.vocabulary.facts[fact].datatype
    yield from samples_between(whole, datatype, limits, component)


def samples_between(
    whole: Value, datatype: FactType, limits: Sequence[Value], component: str = ""
) -> Iterator[Value]:
    """Yield one value for each way that what is still possible can stand to some limits.

    They are the boundary values and one of each equivalence class, as software testing has it.

    >>> from ipcity_policy.lang.datatypes import PeriodType
    >>> whole, limit = Periods(0, None, "months"), Periods(1, 1, "years")
    >>> [one.low for one in samples_between(whole, PeriodType("months"), [limit])]
    [0, 1, 11, 12, 13, 14]
    """
    value = component_of(whole, component)
    match value:
        case Options(names):
            for option in sorted(names):
                yield Options(frozenset({option}))
        case Numbers(unit=unit):
            ends = _ends(limits, Numbers)
            if isinstance(whole, Ranks):
                ends = _rank_limits(whole, limits, component)
            points = _between(ends, value.interval)
            elements = datatype.each if isinstance(datatype, SeriesType) else datatype
            whole_numbers = isinstance(whole, Ranks) or getattr(elements, "whole", False)
            for number in points:
                if not whole_numbers or number == number.to_integral_value():
                    yield Numbers(number, number, unit)
        case Periods(unit=unit):
            plain = smallest(unit)
            for count in sorted(_around_periods(limits, counted(value, plain))):
                yield Periods(count, count, plain)
        case Dates():
            for day in _around(_ends(limits, Dates), value):
                yield Dates(day, day)
        case Ranks():
            yield from _ranks(value, limits)
        case Series(_, otherwise):
            yield from _series(value, otherwise, limits)
        case Sets(inside, open_):
            yield Sets(inside, frozenset())
            yield Sets(inside | open_, frozenset())
            for option in sorted(open_):
                yield Sets(inside | {option}, frozenset())
        case Documents(submitted, on):
            for answer_ in sorted(submitted.names):
                for day in _around(_ends(limits, Dates), on):
                    yield Documents(Options(frozenset({answer_})), Dates(day, day))
        case _:
            yield value


def comparisons(program: Program, decision: str) -> Iterator[core.Apply | core.InYears]:
    """Yield every comparison that a decision rests on, as its rows lead to them.

    That order is the same in whatever order the rules are written.

    >>> from tests.boxes import law
    >>> [(one.left.name, one.operator) for one in comparisons(law(), "sale")]
    [('sealed', 'same'), ('weight', 'below')]
    """
    rows = program.decisions[decision].outcomes
    todo = [row.condition for row in reversed(rows) if row.condition is not None]
    seen: set[str] = set()
    while todo:
        rules: list[str] = []
        for leaf in core.leaves(todo.pop()):
            if not isinstance(leaf, core.Met):
                yield leaf
            elif leaf.rule not in seen:
                seen.add(leaf.rule)
                rules.append(leaf.rule)
        todo += [program.rules[name].condition for name in reversed(rules)]


def _limits(
    program: Program, values: Mapping[str, Value], decision: str, fact: str
) -> Iterator[Value]:
    """Yield what a fact is compared with anywhere in a decision."""
    for leaf in comparisons(program, decision):
        operands = core.operands_of(leaf)
        sides = [one for side in operands for one in core.references(side)]
        if not any(isinstance(one, core.FactRef) and one.name == fact for one in sides):
            continue
        for one in sides:
            if isinstance(one, core.ParameterRef):
                limit = program.parameters[one.name].value
                if not isinstance(limit, tuple):
                    yield limit
            elif isinstance(one, core.FactRef) and one.name != fact and one.name in values:
                yield values[one.name]


def _ends(limits: Sequence[Value], kind: type[Numbers] | type[Dates]) -> Iterator[Any]:
    """Yield the ends of those limits that are of a type."""
    for limit in limits:
        if isinstance(limit, kind):
            yield from (end for end in limit.interval.ends if end is not None)


def _between(limits: Iterable[Decimal], within: Interval[Decimal]) -> Iterator[Decimal]:
    low, high = within.ends
    inside = sorted({limit for limit in limits if limit in within})
    least = inside[0] if inside else Decimal(0) if high is None else high
    most = inside[-1] if inside else Decimal(0) if low is None else low
    first = low if low is not None else least - 1
    last = high if high is not None else most + 1
    points = sorted({first, *inside, last})
    yield from points
    for before, after in pairwise(points):
        middle = (before + after) / 2
        yield middle
        whole = middle.to_integral_value()
        if whole != middle and before < whole < after:
            yield whole


def _around(limits: Iterable[date], within: Dates) -> list[date]:
    """Return the days just before, at and after what a day is compared with."""
    near = {within.earliest, within.latest}
    for limit in limits:
        near |= {add(limit, days, "days") for days in (-1, 0, 1)}
    return sorted(day for day in near if day in within.interval)


def _around_periods(limits: Sequence[Value], within: Interval[int]) -> set[int]:
    """Return months, or days, just below, at and above what a period is compared with."""
    least, most = within.low or 0, within.high
    near = {least, least + 1}
    for limit in limits:
        if isinstance(limit, Periods) and limit.low is not None:
            count = length(limit.low, limit.unit)
            near |= {count - 1, count, count + 1}
    near.add(max(near) + 1 if most is None else most)
    return {one for one in near if one in Interval(least, most)}


def _rank_limits(rank: Ranks, limits: Sequence[Value], component: str) -> Iterator[Decimal]:
    """Yield places, or sizes of the cohort, about which a share of it is decided."""
    for share in limits:
        if not isinstance(share, Numbers) or not share.low:
            continue
        if share.unit != PERCENT:
            edge = share.low
        elif component == RANK:
            edge = decimals.percent_of(share.low, Decimal(rank.of_low))
        else:
            edge = Decimal(100 * (rank.low + rank.tied)) / share.low
        whole = edge.to_integral_value()
        for shared in (-rank.tied, 0, rank.tied):
            yield from (whole + shared + step for step in (-2, -1, 0, 1, 2))
    yield from (Decimal(rank.of_low), Decimal(rank.low))


def _ranks(rank: Ranks, limits: Sequence[Value]) -> Iterator[Ranks]:
    """Yield first and last places in a small and a large cohort, and those at its limits."""
    for size in (rank.of_low, rank.of_high or max(rank.of_low, 1000)):
        sized = replace(rank, of_low=size, of_high=size)
        edges = {Decimal(rank.low), Decimal(rank.high or size), Decimal(size - rank.tied + 1)}
        for place in sorted(edges | {*_rank_limits(sized, limits, RANK)}):
            if rank.low <= place <= (rank.high or size):
                one = replace(sized, low=int(place), high=int(place)).narrowed()
                yield from [one] if one is not None else []


def _series(series: Series, otherwise: Element, limits: Sequence[Value]) -> Iterator[Series]:
    """Yield series that are the same in every year that is not known."""
    options: list[Element] = []
    if isinstance(otherwise, Options):
        options = [Options(frozenset({name})) for name in sorted(otherwise.names)]
    else:
        points = _between(_ends(limits, Numbers), otherwise.interval)
        options = [Numbers(number, number, otherwise.unit) for number in points]
    for option in options:
        stated = tuple(
            (year, value if value.known else option) for year, value in series.stated
        )
        yield Series(stated, option)
