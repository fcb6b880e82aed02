"""Conditions that cannot be meant: one that counts twice, a branch that can never hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipcity_policy.engines.interpreter.operators import truth_of
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import ChoiceType, DateType, NumberType, PeriodType, unknown
from ipcity_policy.lang.values import NEVER, Value
from ipcity_policy.law.program import Program
from ipcity_policy.questions.representatives import samples_between
from ipcity_policy.studies.lints.wordings import Worded
from ipcity_policy.text.diagnostic import Diagnostic, Related, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span

#: The types of facts of which a few samples stand for all values.
_SAMPLED = (NumberType, DateType, ChoiceType, PeriodType)


def lint_branches(wording: Worded) -> Iterator[Diagnostic]:
    """Report conditions that count twice, and branches that can never hold."""
    for key, condition in wording.conditions:
        yield from (one.found_in(key) for one in _seen(wording.program, condition))


def _seen(program: Program, condition: core.Condition) -> Iterator[Diagnostic]:
    yield from _never(program, (condition,))
    for part in _within(condition):
        match part:
            case core.AtLeast(_, parts):
                yield from _twice(parts)
                yield from _never(program, parts)
            case core.Any(parts):
                yield from _never(program, parts)


def _within(condition: core.Condition) -> Iterator[core.Condition]:
    yield condition
    for part in core.parts_of(condition):
        yield from _within(part)


def _twice(parts: tuple[core.Condition, ...]) -> Iterator[Diagnostic]:
    """Report a condition that stands twice among those that are counted."""
    seen: dict[core.Condition, core.Condition] = {}
    for part in parts:
        first = seen.setdefault(part, part)
        if first is not part and (at := _place(part)) is not None:
            message = say("this is already among what is counted, and would count twice")
            other = _place(first)
            related = () if other is None else (Related(other, say("it is here first")),)
            help = say("delete it, or write what is meant there")
            yield diagnose("M127", message, at, help=help, related=related)


def _place(condition: core.Condition) -> Span | None:
    """Return where a condition begins."""
    return next((leaf.span for leaf in core.leaves(condition)), None)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A comparison or rule that a branch asks, or asks not to hold, and where it does."""

    leaf: core.Apply | core.InYears | core.Met
    holds: bool
    at: Span


def _never(program: Program, parts: Sequence[core.Condition]) -> Iterator[Diagnostic]:
    """Report conditions of which some things that are asked exclude one another."""
    for part in parts:
        clash = _clash(program, tuple(_asked(program, part)))
        if clash is not None:
            *others, last = clash
            message = say(
                "this never holds: what is required here excludes what is required with it"
            )
            note = say("this is required with it")
            related = tuple(Related(one.at, note) for one in others if one.at != last.at)
            help = say("check which of them is wrong, or delete what never holds")
            names = {key for one in clash for key in core.names(one.leaf)}
            yield diagnose("M128", message, last.at, help=help, related=related, names=names)


def _asked(
    program: Program,
    condition: core.Condition,
    *,
    holds: bool = True,
    at: Span | None = None,
) -> Iterator[_Asked]:
    """Yield what must hold, or must not, where a condition holds; rules are looked into."""
    match condition:
        case core.Not(part):
            yield from _asked(program, part, holds=not holds, at=at)
        case core.All(parts) if holds:
            for part in parts:
                yield from _asked(program, part, at=at)
        case core.Any(parts) if not holds:
            for part in parts:
                yield from _asked(program, part, holds=False, at=at)
        case core.Unless(part, exception) if holds:
            yield from _asked(program, part, at=at)
            yield from _asked(program, exception, holds=False, at=at)
        case core.Apply(span=span) | core.InYears(span=span):
            yield _Asked(condition, holds, at or span)
        case core.Met(rule, span):
            yield _Asked(condition, holds, at or span)
            inner = program.rules[rule].condition
            # A rule that is not asked is neither met nor not met.
            if not any(isinstance(one, core.Where) for one in _within(inner)):
                yield from _asked(program, inner, holds=holds, at=at or span)


def _clash(program: Program, asked: Sequence[_Asked]) -> tuple[_Asked, ...] | None:
    """Return what cannot hold together of what is asked; None where all of it may."""
    first: dict[core.Condition, _Asked] = {}
    alone: dict[core.FactRef, list[_Asked]] = {}
    for one in asked:
        other = first.setdefault(one.leaf, one)
        if other.holds is not one.holds:
            return (other, one)
        fact = _fact_of(one.leaf)
        if fact is not None:
            alone.setdefault(fact, []).append(one)
    for fact, some in alone.items():
        if len(some) > 1 and not any(
            all(_may_be(program, one, value) for one in some)
            for value in _samples(program, fact, some)
        ):
            return tuple(some)
    return None


def _fact_of(leaf: core.Condition) -> core.FactRef | None:
    """Return the fact that a comparison is about, where it is compared with the law alone."""
    if not isinstance(leaf, core.Apply) or leaf.row.of_sheet:
        return None
    left, *right = leaf.operands
    law = all(isinstance(one, (core.ParameterRef, core.OptionRef)) for one in right)
    if law and isinstance(left, core.FactRef) and isinstance(left.datatype, _SAMPLED):
        return left
    return None


def _samples(program: Program, fact: core.FactRef, asked: Sequence[_Asked]) -> Iterator[Value]:
    """Yield values that stand for all that a fact may be to what it is compared with."""
    sides = (side for one in asked for side in _law_in(one.leaf))
    limits = (_set_by(program, side) for side in sides)
    values = tuple(one for one in limits if not isinstance(one, tuple))
    yield from samples_between(unknown(fact.datatype), fact.datatype, values)
    if isinstance(fact.datatype, DateType):
        yield NEVER


def _may_be(program: Program, asked: _Asked, value: Value) -> bool:
    """Tell whether what is asked may be so of a value of its fact."""
    assert isinstance(asked.leaf, core.Apply)  # INVARIANT: only comparisons are of one fact
    sides = (_set_by(program, side) for side in _law_in(asked.leaf))
    return truth_of(asked.leaf, (value, *sides)) is not (not asked.holds)


def _law_in(leaf: core.Condition) -> Iterator[core.ParameterRef | core.OptionRef]:
    if isinstance(leaf, core.Apply):
        for side in leaf.operands[1:]:
            if isinstance(side, (core.ParameterRef, core.OptionRef)):
                yield side


def _set_by(
    program: Program, side: core.ParameterRef | core.OptionRef
) -> Value | tuple[str, ...]:
    """Return what the law sets: the value of a parameter, or an option that it names."""
    return (
        (side.name,)
        if isinstance(side, core.OptionRef)
        else program.parameters[side.name].value
    )
