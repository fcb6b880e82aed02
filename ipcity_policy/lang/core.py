"""The core tree: every name resolved, every type checked, every short form written out."""

from dataclasses import dataclass, field
from typing import TypeAlias

from ipcity_policy.lang.datatypes import DataType
from ipcity_policy.text.source import Span


@dataclass(frozen=True, slots=True)
class FactRef:
    """What the sheet states of a fact."""

    name: str
    datatype: DataType


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """What the law sets."""

    name: str
    datatype: DataType


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a choice, named in the sentence."""

    name: str


Operand: TypeAlias = FactRef | ParameterRef | Option


@dataclass(frozen=True, slots=True)
class Apply:
    """A comparison, by the name of its operator."""

    operator: str
    left: Operand
    right: Operand
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Met:
    """That a rule is met."""

    rule: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """That a condition does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    """That every part holds; of no parts it is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """That some part holds; of no parts it is false."""

    parts: tuple["Condition", ...]


Condition: TypeAlias = Apply | Met | Not | All | Any


@dataclass(frozen=True, slots=True)
class Bar:
    """The effect that an application is barred for a period after a date."""

    application: str
    #: The parameter that holds the period.
    period: str
    #: The fact that holds the date.
    after: str


@dataclass(frozen=True, slots=True)
class Permit:
    """The effect that an application may be made."""

    application: str


Effect: TypeAlias = Bar | Permit


def depth(condition: Condition) -> int:
    """Return how many conditions stand in one another."""
    match condition:
        case Not(part):
            return 1 + depth(part)
        case All(parts) | Any(parts):
            return 1 + max(map(depth, parts), default=0)
    return 1


def names(condition: Condition) -> frozenset[tuple[str, str]]:
    """Return what a condition mentions: pairs of `fact`, `parameter` or `rule` and a name."""
    match condition:
        case Apply(_, left, right):
            return frozenset(
                ("fact" if isinstance(side, FactRef) else "parameter", side.name)
                for side in (left, right)
                if not isinstance(side, Option)
            )
        case Met(rule):
            return frozenset({("rule", rule)})
        case Not(part):
            return names(part)
        case All(parts) | Any(parts):
            return frozenset().union(*map(names, parts))
