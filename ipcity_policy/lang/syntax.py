"""The surface tree: what the author wrote, with its places and before its meaning."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ipcity_policy.text.source import Span

#: The places where a sentence may stand, named as in the grammar.
Start: TypeAlias = Literal["condition", "outcome", "band", "reckoning", "effect"]


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
    """An option of a choice, written in quotes; `yes`, `no` and `met` without."""

    text: str


@dataclass(frozen=True, slots=True)
class Amount(Node):
    """A number or a date written in the sentence itself, with its unit if there is one."""

    text: str


@dataclass(frozen=True, slots=True)
class Moved(Node):
    """A date a period after another, or before it: `pause after start`."""

    period: "Operand"
    day: "Operand"
    #: `after` or `before`.
    way: str


Operand: TypeAlias = Name | Quoted | Amount | Moved


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """What is said of a value: `below limit`, `in the top share of all-boats`."""

    operator: str
    right: tuple[Operand, ...] = ()
    #: How it is counted, in the words of the sentence: bounds, rounding, ties.
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """A value and what is said of it."""

    left: Operand
    relation: Relation


@dataclass(frozen=True, slots=True)
class InYears(Node):
    """That a relation holds in some of the last years of a series, reckoned from a date."""

    left: Operand
    relation: Relation
    least: Name
    window: Name
    #: `before`: the years before that of the date; `up to`: the year of the date is the last.
    reach: str
    day: Operand


@dataclass(frozen=True, slots=True)
class Time(Node):
    """What is said of the time from one date to another."""

    start: Operand
    end: Operand
    relation: Relation


@dataclass(frozen=True, slots=True)
class Submissions(Node):
    """That all documents of a list are submitted, perhaps by a day."""

    documents: Name
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
class Arithmetic(Node):
    """Two values joined by `plus`, `minus`, `times`, or the `lesser` or `greater` of both."""

    operator: str
    left: "Reckoning"
    right: "Reckoning"


@dataclass(frozen=True, slots=True)
class Rounding(Node):
    """A value rounded to a multiple of a step."""

    part: "Reckoning"
    #: `rounded up`, `rounded down` or `rounded half up`.
    way: str
    step: Name


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


Condition: TypeAlias = (
    Comparison | InYears | Time | Submissions | RuleName | Negation | Conjunction | Disjunction
)
Reckoning: TypeAlias = Operand | Arithmetic | Rounding
Effect: TypeAlias = Bar | Permit
