"""The surface tree: what the author wrote, with its places and before its meaning."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ipcity_policy.lang.arithmetic import Operation
from ipcity_policy.lang.qualifiers import Bounds, Reach, Rounding, Ties
from ipcity_policy.text.source import Span

#: The places where a sentence may stand, named as in the grammar.
Start: TypeAlias = Literal["condition", "outcome", "band", "calculation", "effect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A piece of a sentence. Two pieces that say the same are equal wherever they stand."""

    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name(Phrase):
    """A declared thing, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Quoted(Phrase):
    """An option of a choice, written in quotes; `yes`, `no` and `met` without."""

    text: str


@dataclass(frozen=True, slots=True)
class AmountPhrase(Phrase):
    """A number or a date written in the sentence itself, with its unit if there is one."""

    text: str


@dataclass(frozen=True, slots=True)
class MovedPhrase(Phrase):
    """A date a period after another, or before it: `pause after start`."""

    period: "OperandPhrase"
    day: "OperandPhrase"
    way: Literal["after", "before"]


OperandPhrase: TypeAlias = Name | Quoted | AmountPhrase | MovedPhrase


@dataclass(frozen=True, slots=True)
class Relation(Phrase):
    """What is said of a value: `below limit`, `in the top share of all-boats`."""

    operator: str
    right: tuple[OperandPhrase, ...] = ()
    bounds: Bounds | None = None
    rounding: Rounding | None = None
    ties: Ties | None = None


@dataclass(frozen=True, slots=True)
class ComparisonPhrase(Phrase):
    """A value and what is said of it."""

    left: OperandPhrase
    relation: Relation


@dataclass(frozen=True, slots=True)
class YearsPhrase(Phrase):
    """That a relation holds in some of the last years of a series, calculated from a date."""

    left: OperandPhrase
    relation: Relation
    least: Name
    window: Name
    reach: Reach
    day: OperandPhrase


@dataclass(frozen=True, slots=True)
class Time(Phrase):
    """What is said of the time from one date to another."""

    start: OperandPhrase
    end: OperandPhrase
    relation: Relation


@dataclass(frozen=True, slots=True)
class Submissions(Phrase):
    """That all documents of a list are submitted, perhaps by a day."""

    documents: Name
    relation: Relation


@dataclass(frozen=True, slots=True)
class RuleName(Phrase):
    """That a rule is met."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation(Phrase):
    """That something does not hold."""

    part: "ConditionPhrase"


@dataclass(frozen=True, slots=True)
class Conjunction(Phrase):
    """That everything holds."""

    parts: tuple["ConditionPhrase", ...]


@dataclass(frozen=True, slots=True)
class Disjunction(Phrase):
    """That something of it holds."""

    parts: tuple["ConditionPhrase", ...]


@dataclass(frozen=True, slots=True)
class Otherwise(Phrase):
    """That no other outcome holds."""


@dataclass(frozen=True, slots=True)
class ArithmeticPhrase(Phrase):
    """Two values joined by `plus`, `minus`, `times`, or the `lesser` or `greater` of both."""

    operator: Operation
    left: "Calculation"
    right: "Calculation"


@dataclass(frozen=True, slots=True)
class RoundingPhrase(Phrase):
    """A value rounded to a multiple of a step."""

    part: "Calculation"
    way: Rounding
    step: Name


@dataclass(frozen=True, slots=True)
class BarPhrase(Phrase):
    """The effect that an application may not be made for a period after a date."""

    application: Name
    period: Name
    after: Name


@dataclass(frozen=True, slots=True)
class PermitPhrase(Phrase):
    """The effect that an application may be made."""

    application: Name


ConditionPhrase: TypeAlias = (
    ComparisonPhrase
    | YearsPhrase
    | Time
    | Submissions
    | RuleName
    | Negation
    | Conjunction
    | Disjunction
)
Calculation: TypeAlias = OperandPhrase | ArithmeticPhrase | RoundingPhrase
EffectPhrase: TypeAlias = BarPhrase | PermitPhrase
