"""What holds of every decision and everything that may be known of a subject."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import unknown
from ipcity_policy.lang.values import Dates, Numbers, Options, Value
from ipcity_policy.law.library import open_library
from ipcity_policy.law.model import Basis, Decision, Localized, Origin, Outcome
from ipcity_policy.law.program import Program
from ipcity_policy.questions.sufficiency import settled_by
from ipcity_policy.text.source import Source, Span
from tests.support import SMALL, write

NOWHERE = Span(Source("", ""), 0, 0)
DAY = date(2001, 6, 1)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Program:
    root: Path = tmp_path_factory.mktemp("policies")
    write(root / "small", SMALL)
    library = open_library(root)
    ref = library.find("small/1")
    assert ref is not None
    program = library.program(ref).value
    assert program is not None
    return program


def comparisons() -> st.SearchStrategy[tuple[str, str, str]]:
    """An operator, a fact and a parameter that go together."""
    ordered = st.sampled_from(("at-least", "at-most", "above", "below"))
    dated = st.sampled_from(("on-or-after", "on-or-before", "after", "before"))
    return st.one_of(
        st.tuples(ordered, st.just("weight"), st.sampled_from(("light", "heavy"))),
        st.tuples(dated, st.just("made"), st.just("start")),
        st.tuples(
            st.sampled_from(("one-of", "not-one-of")), st.just("colour"), st.just("warm")
        ),
        st.tuples(st.sampled_from(("same", "different")), st.just("colour"), st.just("=green")),
        st.tuples(st.sampled_from(("same", "different")), st.just("sealed"), st.just("=yes")),
    )


#: A condition as nested tuples, so that hypothesis can shrink and print it.
conditions = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(("all", "any")), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)


def built(shape: object, program: Program) -> core.Condition:
    match shape:
        case ("not", part):
            return core.Not(built(part, program))
        case ("all", [*parts]):
            return core.All(tuple(built(part, program) for part in parts))
        case ("any", [*parts]):
            return core.Any(tuple(built(part, program) for part in parts))
        case (str(operator), str(fact), str(right)):
            left = core.FactRef(fact, program.vocabulary.facts[fact].datatype)
            if right.startswith("="):
                return core.Apply(operator, (left, core.OptionRef(right[1:])), NOWHERE)
            parameter = core.ParameterRef(right, program.parameters[right].datatype)
            return core.Apply(operator, (left, parameter), NOWHERE)
    raise AssertionError(shape)


def deciding(program: Program, shape: object) -> Program:
    """Return the program with one decision: `in` when the condition holds, else `out`."""
    origin = Origin("art-1", Basis.ATTESTED)
    words = Localized("", "")
    rows = (
        Outcome("in", words, built(shape, program), (), origin),
        Outcome("out", words, None, (), origin),
    )
    decision = Decision("d", words, (), None, None, rows, origin)
    return replace(program, decisions={"d": decision})


numbers = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(
    lambda ends: Numbers(Decimal(min(ends)), Decimal(max(ends)), "grams")
)
dates = st.tuples(st.integers(-40, 40), st.integers(-40, 40)).map(
    lambda ends: Dates(DAY + timedelta(days=min(ends)), DAY + timedelta(days=max(ends)))
)
colours = st.sets(st.sampled_from(("red", "green", "blue")), min_size=1).map(
    lambda names: Options(frozenset(names))
)
seals = st.sets(st.sampled_from(("yes", "no")), min_size=1).map(
    lambda names: Options(frozenset(names))
)
sheets = st.fixed_dictionaries(
    {}, optional={"weight": numbers, "made": dates, "colour": colours, "sealed": seals}
)


def exact(value: Value, pick: int) -> Value:
    """Return one of the values that are possible."""
    match value:
        case Numbers(low, high, unit):
            assert low is not None
            assert high is not None
            number = low + (high - low) * pick / 7
            return Numbers(number, number, unit)
        case Dates(low, high):
            first, last = low or date.min, high or date.max
            day = first + timedelta(days=(last - first).days * pick // 7)
            return Dates(day, day)
        case Options(names):
            ordered = sorted(names)
            return Options(frozenset({ordered[pick % len(ordered)]}))
    raise AssertionError(value)


def possibly(values: Mapping[str, Value], fact: str, program: Program) -> Value:
    return values.get(fact) or unknown(program.vocabulary.facts[fact].datatype)


FACTS = ("weight", "made", "colour", "sealed")
picks = st.fixed_dictionaries({fact: st.integers(0, 7) for fact in FACTS})


@pytest.mark.whole
@given(conditions, sheets, picks, st.sets(st.sampled_from(FACTS)))
def test_learning_a_fact_never_flips_an_answer_nor_adds_an_outcome(
    small: Program,
    shape: object,
    values: dict[str, Value],
    pick: dict[str, int],
    learn: set[str],
) -> None:
    program = deciding(small, shape)
    before = answer(program, values, "d")
    learnt = dict(values)
    for fact in learn:
        learnt[fact] = exact(possibly(values, fact, program), pick[fact])
    after = answer(program, learnt, "d")
    assert set(after.possible) <= set(before.possible)
    if before.outcome is not None:
        assert after.outcome == before.outcome


@pytest.mark.whole
@given(conditions, sheets, picks)
def test_everything_known_decides_and_agrees_with_plain_logic(
    small: Program, shape: object, values: dict[str, Value], pick: dict[str, int]
) -> None:
    program = deciding(small, shape)
    whole = {f: exact(possibly(values, f, program), pick[f]) for f in FACTS}
    found = answer(program, whole, "d")
    assert found.outcome == ("in" if plainly(shape, whole) else "out")
    assert found.missing == ()
    assert found.outcome in answer(program, values, "d").possible


LIMITS: dict[str, object] = {
    "light": Decimal(10), "heavy": Decimal(50), "start": DAY, "warm": {"red"},
    "=green": {"green"}, "=yes": {"yes"},
}  # fmt: skip


def plainly(shape: object, values: Mapping[str, Value]) -> bool:
    """An independent reckoning of a condition from exact values."""
    match shape:
        case ("not", part):
            return not plainly(part, values)
        case ("all", [*parts]):
            return all(plainly(part, values) for part in parts)
        case ("any", [*parts]):
            return any(plainly(part, values) for part in parts)
        case (str(operator), str(fact), str(right)):
            value, limit = values[fact], LIMITS[right]
            if isinstance(value, Options):
                assert isinstance(limit, set)
                inside = next(iter(value.names)) in limit
                return inside if operator in ("one-of", "same") else not inside
            assert isinstance(value, (Numbers, Dates))
            apart = (value.low > limit) - (value.low < limit)  # type: ignore[operator]
            return {
                "at-least": apart >= 0, "on-or-after": apart >= 0,
                "at-most": apart <= 0, "on-or-before": apart <= 0,
                "above": apart > 0, "after": apart > 0,
                "below": apart < 0, "before": apart < 0,
            }[operator]  # fmt: skip
    raise AssertionError(shape)


@pytest.mark.whole
@given(conditions, sheets, picks)
def test_missing_facts_are_there_exactly_when_nothing_is_decided(
    small: Program, shape: object, values: dict[str, Value], pick: dict[str, int]
) -> None:
    program = deciding(small, shape)
    found = answer(program, values, "d")
    assert bool(found.missing) == (found.outcome is None)
    learnt = dict(values)
    for one in found.missing:
        learnt[one.name] = exact(possibly(values, one.name, program), pick[one.name])
    assert answer(program, learnt, "d").outcome is not None


@pytest.mark.whole
@given(conditions, sheets, picks)
def test_what_settles_a_decision_settles_it_whatever_it_turns_out(
    small: Program, shape: object, values: dict[str, Value], pick: dict[str, int]
) -> None:
    program = deciding(small, shape)
    found = answer(program, values, "d")
    sets = settled_by(program, values, "d", found, strict=False)
    assert bool(sets) == (found.outcome is None)
    for names in sets:
        learnt = dict(values)
        for name, _ in names:
            learnt[name] = exact(possibly(values, name, program), pick[name])
        assert answer(program, learnt, "d").outcome is not None
    for one, other in product(sets, sets):
        assert one == other or not set(one) < set(other)


@pytest.mark.whole
@given(
    st.lists(st.tuples(st.sampled_from(("below", "at-most")), st.integers(1, 99)), max_size=5),
    st.integers(0, 1000),
)
def test_bands_are_the_first_that_holds(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, int]], tenths: int
) -> None:
    value = Decimal(tenths) / 10
    rising = sorted(set(written), key=lambda pair: (pair[1], pair[0] == "at-most"))
    root = tmp_path_factory.mktemp("bands")
    files = dict(SMALL)
    head, _, _ = files["1/article-01.yaml"].partition("    bands:")
    head = head.replace(
        "parameters:\n", "parameters:\n" + "".join(
            f"  limit-{i}: {limit} grams\n" for i, (_, limit) in enumerate(rising))
    )  # fmt: skip
    words = {"below": "below", "at-most": "at most"}
    rows = [f"{words[operator]} limit-{i}" for i, (operator, _) in enumerate(rising)]
    files["1/article-01.yaml"] = head + "    bands:\n" + "".join(
        f"      - {{outcome: band-{i}, says-en: x, says-zh: 甲, when: {when}}}\n"
        for i, when in enumerate([*rows, "otherwise"])
    )  # fmt: skip
    write(root / "small", files)
    library = open_library(root)
    ref = library.find("small/1")
    assert ref is not None
    result = library.program(ref)
    assert result.value is not None, [d.message_text for d in result.diagnostics]
    first = next(
        (
            i
            for i, (operator, limit) in enumerate(rising)
            if value < limit or (operator == "at-most" and value == limit)
        ),
        len(rising),
    )
    found = answer(result.value, {"weight": Numbers(value, value, "grams")}, "class")
    assert found.outcome == f"band-{first}"
