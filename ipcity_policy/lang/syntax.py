"""The surface tree: what the author wrote, with its places and before its meaning."""

from dataclasses import dataclass, field
from typing import TypeAlias

from ipcity_policy.text.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A piece of a sentence. Two pieces that say the same are equal wherever they stand."""

    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A declared thing, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Quoted(Node):
    """An option of a choice, written in quotes; `yes` and `no` without."""

    text: str


@dataclass(frozen=True, slots=True)
class Amount(Node):
    """A number or a date written in the sentence itself, with its unit if there is one."""

    text: str


Operand: TypeAlias = Name | Quoted | Amount


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """What is said of a quantity: `below limit`."""

    operator: str
    right: Operand


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """A quantity and what is said of it."""

    left: Operand
    relation: Relation


@dataclass(frozen=True, slots=True)
class RuleName(Node):
    """That a rule is met."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """That something does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """That everything holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Disjunction(Node):
    """That something of it holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Otherwise(Node):
    """That no other outcome holds."""


@dataclass(frozen=True, slots=True)
class Bar(Node):
    """The effect that an application may not be made for a period after a date."""

    application: Name
    period: Name
    after: Name


@dataclass(frozen=True, slots=True)
class Permit(Node):
    """The effect that an application may be made."""

    application: Name


Condition: TypeAlias = Comparison | RuleName | Negation | Conjunction | Disjunction
Effect: TypeAlias = Bar | Permit
