"""Which facts would settle a decision: the smallest sets that do, whatever they turn out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise, product

from ipcity_policy.engines.interpreter import answer
from ipcity_policy.engines.verdict import Answer, MissingKind
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import unknown
from ipcity_policy.lang.values import Dates, Numbers, Options, Value
from ipcity_policy.measure.model import Program

#: How many answers are worked out before the search is given up.
MAX_ANSWERS = 4_096


def settled_by(
    program: Program, values: Mapping[str, Value], decision: str, found: Answer, *, strict: bool
) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of facts that settle the decision whatever they turn out.

    Every value of a fact behaves like one of a few samples, between which no limit that it
    is compared with lies; those are tried. Empty where nothing that can be asked settles
    it; all missing facts together where the search grows too large.
    """
    missing = tuple(m.name for m in found.missing if m.kind is MissingKind.FACT)
    if not missing or any(m.kind is MissingKind.TEXT for m in found.missing):
        return ()
    samples = {name: tuple(samples_of(program, values, decision, name)) for name in missing}
    sets: list[tuple[str, ...]] = []
    tried = 0
    for size in range(1, len(missing) + 1):
        for names in combinations(missing, size):
            if any(set(smaller) <= set(names) for smaller in sets):
                continue
            settles = True
            for chosen in product(*(samples[name] for name in names)):
                tried += 1
                if tried > MAX_ANSWERS:
                    return tuple(sets) or (missing,)
                learnt = {**values, **dict(zip(names, chosen, strict=True))}
                if answer(program, learnt, decision, strict=strict).outcome is None:
                    settles = False
                    break
            if settles:
                sets.append(names)
    return tuple(sets)


def settled_together(
    programs: Sequence[Program],
    values: Mapping[str, Value],
    decision: str,
    missing: tuple[str, ...],
    date_fact: str | None,
    *,
    strict: bool,
    agree: bool,
) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of facts that settle a question several versions may govern.

    Without the date that chooses the version, all must give one answer; with it, each must
    give some. `date_fact` is None where even that date may leave no version; `agree` says
    whether the versions cover every day that is possible.
    """
    samples = {
        name: tuple(
            {
                repr(v): v for p in programs for v in samples_of(p, values, decision, name)
            }.values()
        )
        for name in missing
    }
    names = missing if date_fact is None else (date_fact, *missing)
    sets: list[tuple[str, ...]] = []
    tried = 0
    for size in range(1, len(names) + 1):
        for group in combinations(names, size):
            if any(set(smaller) <= set(group) for smaller in sets):
                continue
            dated = date_fact in group
            facts = [name for name in group if name != date_fact]
            if not (dated or agree):
                continue
            settles = True
            for chosen in product(*(samples[name] for name in facts)):
                tried += len(programs)
                if tried > MAX_ANSWERS:
                    return tuple(sets)
                learnt = {**values, **dict(zip(facts, chosen, strict=True))}
                given = [answer(p, learnt, decision, strict=strict).outcome for p in programs]
                if None in given or not (dated or len(set(given)) == 1):
                    settles = False
                    break
            if settles:
                sets.append(group)
    return tuple(sets)


def samples_of(
    program: Program, values: Mapping[str, Value], decision: str, name: str
) -> Iterator[Value]:
    """Yield one value for each way that a fact can stand to what it is compared with."""
    value = values.get(name) or unknown(program.vocabulary.facts[name].datatype)
    match value:
        case Options(names):
            for option in sorted(names):
                yield Options(frozenset({option}))
        case Numbers(low, high, unit):
            limits = [
                n
                for v in _limits(program, values, decision, name)
                if isinstance(v, Numbers)
                for n in (v.low, v.high)
                if n is not None
            ]
            for number in _between(limits, low, high):
                yield Numbers(number, number, unit)
        case Dates(low, high):
            days = [
                d
                for v in _limits(program, values, decision, name)
                if isinstance(v, Dates)
                for d in (v.low, v.high)
                if d is not None
            ]
            for day in _around(days, low, high):
                yield Dates(day, day)
        case _:
            yield value


def _limits(
    program: Program, values: Mapping[str, Value], decision: str, name: str
) -> Iterator[Value]:
    """Yield what a fact is compared with anywhere in a decision."""
    todo: list[core.Condition] = [
        row.condition for row in program.decisions[decision].rows if row.condition is not None
    ]
    todo += [
        program.rules[id].condition for kind, id in program.reach(decision) if kind == "rule"
    ]
    while todo:
        match todo.pop():
            case core.Apply(_, left, right):
                for side, other in ((left, right), (right, left)):
                    if not (isinstance(side, core.FactRef) and side.name == name):
                        continue
                    if isinstance(other, core.ParameterRef):
                        limit = program.parameters[other.name].value
                        if not isinstance(limit, tuple):
                            yield limit
                    elif isinstance(other, core.FactRef) and other.name in values:
                        yield values[other.name]
            case core.Not(part):
                todo.append(part)
            case core.All(parts) | core.Any(parts):
                todo += parts
            case core.Met():
                pass


def _between(
    limits: list[Decimal], low: Decimal | None, high: Decimal | None
) -> Iterator[Decimal]:
    inside = sorted(
        {n for n in limits if (low is None or n >= low) and (high is None or n <= high)}
    )
    first = low if low is not None else (inside[0] if inside else Decimal(0)) - 1
    last = high if high is not None else (inside[-1] if inside else Decimal(0)) + 1
    points = sorted({first, *inside, last})
    yield from points
    for before, after in pairwise(points):
        yield (before + after) / 2


def _around(limits: list[date], low: date | None, high: date | None) -> Iterator[date]:
    first, last = low or date.min, high or date.max
    day = timedelta(days=1)
    near = {first, last}
    for limit in limits:
        near |= {limit}
        near |= {limit - day} if limit > date.min else set()
        near |= {limit + day} if limit < date.max else set()
    yield from sorted(one for one in near if first <= one <= last)
