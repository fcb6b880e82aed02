"""The core tree: every name resolved, every type checked, every short form written out.

Two pieces that say the same are equal wherever they stand and whatever type the names have.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from ipcity_policy.lang.arithmetic import Operation
from ipcity_policy.lang.datatypes import DataType
from ipcity_policy.lang.operators import OPERATORS, Operator
from ipcity_policy.lang.qualifiers import Rounding, Ties
from ipcity_policy.lang.values import Numbers
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryKind


@dataclass(frozen=True, slots=True)
class FactRef:
    """What the sheet states of a fact."""

    name: str
    datatype: DataType = field(compare=False)


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """What the law sets."""

    name: str
    datatype: DataType = field(compare=False)


@dataclass(frozen=True, slots=True)
class QuantityRef:
    """What the law calculates out of facts and parameters."""

    name: str
    datatype: DataType = field(compare=False)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a table of the law; a range where the table is not known in full."""

    value: Numbers
    datatype: DataType = field(compare=False)


@dataclass(frozen=True, slots=True)
class OptionRef:
    """An option of a choice, named in the sentence."""

    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A date a period after another, or before it for sign -1."""

    day: "Operand"
    period: "Operand"
    sign: int
    datatype: DataType = field(compare=False)


Operand: TypeAlias = FactRef | ParameterRef | QuantityRef | OptionRef | Moved


@dataclass(frozen=True, slots=True)
class Calculate:
    """An arithmetic operation on its parts in order."""

    operator: Operation
    parts: tuple["Expression", ...]
    datatype: DataType = field(compare=False)


@dataclass(frozen=True, slots=True)
class Rounded:
    """A value rounded to a multiple of a step."""

    part: "Expression"
    way: Rounding
    step: ParameterRef
    datatype: DataType = field(compare=False)


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total that is calculated, and while its parts leave it open, taken as it is stated."""

    total: "Expression"
    stated: FactRef
    datatype: DataType = field(compare=False)


Expression: TypeAlias = Operand | Amount | Calculate | Rounded | StatedTotal


@dataclass(frozen=True, slots=True)
class Apply:
    """A comparison, by the name of its operator."""

    operator: str
    operands: tuple[Operand, ...]
    span: Span = field(compare=False, repr=False)
    #: How a share of a cohort is rounded to places; None where the sentence does not say.
    rounding: Rounding | None = None
    #: Which place those have who share one; None where the sentence does not say.
    ties: Ties | None = None
    #: The cohort in which a rank is taken.
    cohort: str | None = None

    @property
    def left(self) -> Operand:
        """What is compared."""
        return self.operands[0]

    @property
    def row(self) -> Operator:
        """What the table of operators says of its operator.

        >>> from ipcity_policy.lang.datatypes import DateType
        >>> from ipcity_policy.text.source import Source
        >>> day = FactRef("begun", DateType())
        >>> Apply("before", (day, day), Span(Source("", ""), 0, 0)).row.opposite
        'on-or-after'
        """
        return OPERATORS[self.operator]


@dataclass(frozen=True, slots=True)
class InYears:
    """That a comparison holds in at least some of the last years before a date."""

    series: FactRef
    #: The operator and what each year's value is compared with.
    operator: str
    right: tuple[Operand, ...]
    least: ParameterRef
    window: ParameterRef
    day: Operand
    #: Whether the year of the date is the last of the window.
    including: bool
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
    #: The list that the parts were written out from; None where they were written singly.
    listed: ParameterRef | None = None


@dataclass(frozen=True, slots=True)
class Any:
    """That some part holds; of no parts it is false."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """That so many parts hold as a parameter says."""

    least: ParameterRef
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Unless:
    """That a condition holds and its exception does not."""

    part: "Condition"
    exception: "Condition"


@dataclass(frozen=True, slots=True)
class Where:
    """That a condition holds, asked only where another does; elsewhere it is no requirement."""

    applies: "Condition"
    part: "Condition"


Condition: TypeAlias = Apply | InYears | Met | Not | All | Any | AtLeast | Unless | Where


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


def caused(effect: Effect) -> frozenset[EntryKey]:
    """Return what an effect calculates with: the parameter and the fact of a bar; else nothing.

    >>> [key.path for key in sorted(caused(Bar("renewal", "pause", "sold")))]
    ['facts.sold', 'parameters.pause']
    """
    if isinstance(effect, Permit):
        return frozenset()
    period = EntryKey(EntryKind.PARAMETER, effect.period)
    return frozenset({period, EntryKey(EntryKind.FACT, effect.after)})


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that a condition is made of, one level down; none for a leaf.

    >>> from ipcity_policy.text.source import Source
    >>> at = Span(Source("", ""), 0, 0)
    >>> [part.rule for part in parts_of(Unless(Met("large", at), Met("old", at)))]
    ['large', 'old']
    """
    match condition:
        case Not(part):
            return (part,)
        case All(parts, _) | Any(parts) | AtLeast(_, parts):
            return parts
        case Unless(part, exception):
            return (part, exception)
        case Where(applies, part):
            return (applies, part)
    return ()


def leaves(condition: Condition) -> tuple[Apply | InYears | Met, ...]:
    """Return the comparisons and rules that a condition is made of, in order.

    >>> from ipcity_policy.text.source import Source
    >>> at = Span(Source("", ""), 0, 0)
    >>> [leaf.rule for leaf in leaves(Unless(Met("large", at), Not(Met("old", at))))]
    ['large', 'old']
    """
    if isinstance(condition, (Apply, InYears, Met)):
        return (condition,)
    return tuple(leaf for part in parts_of(condition) for leaf in leaves(part))


def depth(condition: Condition) -> int:
    """Return how many conditions stand in one another.

    >>> from ipcity_policy.text.source import Source
    >>> at = Span(Source("", ""), 0, 0)
    >>> depth(Not(All((Met("large", at),))))
    3
    """
    return 1 + max(map(depth, parts_of(condition)), default=0)


def operands_of(leaf: Apply | InYears) -> tuple[Operand, ...]:
    """Return everything that a comparison mentions, what is compared first.

    >>> from ipcity_policy.lang.datatypes import NumberType
    >>> from ipcity_policy.text.source import Source
    >>> grams, at = NumberType("grams"), Span(Source("", ""), 0, 0)
    >>> light = Apply("below", (FactRef("weight", grams), ParameterRef("light", grams)), at)
    >>> [one.name for one in operands_of(light)]
    ['weight', 'light']
    """
    if isinstance(leaf, Apply):
        return leaf.operands
    return (leaf.series, *leaf.right, leaf.least, leaf.window, leaf.day)


def references(expression: Expression) -> tuple[FactRef | ParameterRef | QuantityRef, ...]:
    """Return the facts, parameters and quantities that an expression names, in order.

    >>> from ipcity_policy.lang.datatypes import DateType, PeriodType
    >>> day, term = FactRef("begun", DateType()), ParameterRef("term", PeriodType("years"))
    >>> [one.name for one in references(Moved(day, term, 1, DateType()))]
    ['begun', 'term']
    """
    match expression:
        case FactRef() | ParameterRef() | QuantityRef():
            return (expression,)
        case Moved(day, period):
            return (*references(day), *references(period))
        case Calculate(_, parts):
            return tuple(one for part in parts for one in references(part))
        case Rounded(part, _, step):
            return (*references(part), step)
        case StatedTotal(total, stated):
            return (*references(total), stated)
    return ()


def is_open(expression: Expression) -> bool:
    """Tell whether a value is calculated from a table of the law that is not known in full.

    >>> from decimal import Decimal
    >>> from ipcity_policy.lang.datatypes import COUNT
    >>> known, part = Numbers(Decimal(5), Decimal(5), ""), Numbers(Decimal(0), Decimal(5), "")
    >>> is_open(Amount(known, COUNT)), is_open(Amount(part, COUNT))
    (False, True)
    """
    match expression:
        case Amount(value):
            return not value.known
        case Calculate(_, parts):
            return any(map(is_open, parts))
    return False


_KINDS = {
    FactRef: EntryKind.FACT,
    ParameterRef: EntryKind.PARAMETER,
    QuantityRef: EntryKind.QUANTITY,
}


def named(expression: Expression) -> frozenset[EntryKey]:
    """Return the entries that an expression mentions, each once.

    >>> from ipcity_policy.lang.datatypes import DateType, PeriodType
    >>> day, term = FactRef("begun", DateType()), ParameterRef("term", PeriodType("years"))
    >>> sorted(key.path for key in named(Moved(day, term, 1, DateType())))
    ['facts.begun', 'parameters.term']
    """
    return frozenset(EntryKey(_KINDS[type(one)], one.name) for one in references(expression))


def names(condition: Condition) -> frozenset[EntryKey]:
    """Return what a condition mentions: facts, parameters, quantities and rules.

    >>> from ipcity_policy.text.source import Source
    >>> at = Span(Source("", ""), 0, 0)
    >>> from ipcity_policy.lang.datatypes import COUNT
    >>> sorted(k.path for k in names(AtLeast(ParameterRef("two", COUNT), (Met("large", at),))))
    ['parameters.two', 'rules.large']
    """
    found: set[EntryKey] = set()
    todo = [condition]
    while todo:
        one = todo.pop()
        match one:
            case Met(rule):
                found.add(EntryKey(EntryKind.RULE, rule))
            case Apply() | InYears():
                found |= {key for side in operands_of(one) for key in named(side)}
            case AtLeast(least, _):
                found.add(EntryKey(EntryKind.PARAMETER, least.name))
            case All(_, ParameterRef(name)):
                found.add(EntryKey(EntryKind.PARAMETER, name))
        todo += parts_of(one)
    return frozenset(found)
