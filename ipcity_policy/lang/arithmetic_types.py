"""What a quantity is calculated from: arithmetic resolved, its types and units checked."""

from collections.abc import Sequence

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.arithmetic import Operation
from ipcity_policy.lang.compatibility import same_unit
from ipcity_policy.lang.datatypes import (
    PERCENT,
    DataType,
    DateType,
    NumberType,
    PeriodType,
    name_of,
)
from ipcity_policy.lang.names import Names
from ipcity_policy.lang.qualifiers import Rounding
from ipcity_policy.lang.values import of_type
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span


def calculate(names: Names, node: syntax.Calculation) -> core.Expression | None:
    """Return what a calculation means: its names resolved, its types and units checked.

    None where something in it is wrong; what is wrong is then told in `names`.

    >>> from ipcity_policy.lang.names import Scope
    >>> from ipcity_policy.lang.parser import parse_sentence
    >>> from ipcity_policy.text.source import Source
    >>> from ipcity_policy.yaml.reader import read_document
    >>> grams, none = NumberType("grams"), frozenset()
    >>> names = Names(Scope({"net": grams, "box": grams}, {}, {}, {}, none, none, none))
    >>> sentence = read_document(Source("", "net plus box")).value
    >>> calculate(names, parse_sentence(sentence, "calculation").value).datatype.unit
    'grams'
    """
    match node:
        case syntax.ArithmeticPhrase("times", left, weight):
            return _weighted(names, left, weight)
        case syntax.ArithmeticPhrase(operator, left, right):
            parts = [(calculate(names, side), side.span) for side in (left, right)]
            return combine(names, operator, parts)
        case syntax.RoundingPhrase(part, way, step):
            return _rounded(names, part, way, step)
        case _:
            return names.operand(node)


def combine(
    names: Names, operator: Operation, parts: Sequence[tuple[core.Expression | None, Span]]
) -> core.Expression | None:
    """Join numbers of one unit by an operation, left to right; their ranges are not kept.

    None where they do not go together; of each that does not, `names` is told at its span.

    >>> from ipcity_policy.lang.names import Scope
    >>> from ipcity_policy.text.source import Source
    >>> names = Names(Scope({}, {}, {}, {}, *[frozenset()] * 3))
    >>> at = Span(Source("", "age"), 0, 3)
    >>> parts = [(core.FactRef("x", NumberType(unit)), at) for unit in ("grams", "litres")]
    >>> combine(names, "plus", parts), str(names.diagnostics[0].message)
    (None, '`age` is a number of litres, and a number of grams comes before it')
    """
    whole: list[core.Expression] = []
    first: NumberType | None = None
    right = True
    for part, span in parts:
        datatype = _number(names, part, span)
        if part is None or datatype is None:
            right = False
            continue
        whole.append(part)
        if first is None:
            first = datatype
        elif not same_unit(first, datatype):
            names.say(
                "T102",
                say(
                    "`{text}` is {type}, and {first} comes before it",
                    text=span.text,
                    type=name_of(datatype),
                    first=name_of(first),
                ),
                span,
                help=say("only numbers in the same unit can be added or compared"),
                names=core.named(part),
            )
            right = False
    if not right or first is None:
        return None
    return core.Calculate(operator, tuple(whole), NumberType(first.unit))


def type_of(expression: core.Expression) -> DataType | None:
    """Return the type of what an expression gives; None for an option, which has none alone.

    >>> type_of(core.FactRef("net", PeriodType("weeks"))), type_of(core.OptionRef("red"))
    (PeriodType(unit='weeks'), None)
    """
    return None if isinstance(expression, core.OptionRef) else expression.datatype


def _number(names: Names, part: core.Expression | None, span: Span) -> NumberType | None:
    if part is None:
        return None
    datatype = type_of(part)
    if isinstance(datatype, NumberType):
        return datatype
    what = say("an option") if datatype is None else name_of(datatype)
    names.say(
        "T101",
        say("`{text}` is {what}, but a number is expected here", text=span.text, what=what),
        span,
        names=core.named(part),
    )
    return None


def _weighted(
    names: Names, left: syntax.Calculation, weight: syntax.Calculation
) -> core.Expression | None:
    part = calculate(names, left)
    datatype = _number(names, part, left.span)
    assert isinstance(weight, syntax.Name)  # INVARIANT: the grammar has a name here
    factor = names.parameter(weight, NumberType, say("a weight"))
    if part is None or datatype is None or factor is None:
        return None
    unit = of_type(factor.datatype, NumberType).unit
    if unit == PERCENT:
        unit = datatype.unit
    elif datatype.unit:
        # Without its unit a share would weigh a hundredfold, and nobody would be told.
        names.misfit(weight.name, weight.span, PERCENT, say("a weight in percent"))
        return None
    return core.Calculate("times", (part, factor), NumberType(unit))


def _rounded(
    names: Names, node: syntax.Calculation, way: Rounding, step: syntax.Name
) -> core.Expression | None:
    part = calculate(names, node)
    datatype = _number(names, part, node.span)
    multiple = names.parameter(step, NumberType, say("a number"))
    if part is None or datatype is None or multiple is None:
        return None
    if not same_unit(datatype, multiple.datatype):
        names.misfit(step.name, step.span, datatype.unit, name_of(datatype))
        return None
    names.in_unit(step.name)
    # What is rounded may come to lie outside the range of its parts, and be no whole number.
    return core.Rounded(part, way, multiple, NumberType(datatype.unit))


def can_be_calculated(datatype: DataType | None) -> bool:
    """Tell whether a quantity can be of a type: a number, a period or a date.

    >>> from ipcity_policy.lang.datatypes import YES_NO
    >>> [can_be_calculated(one) for one in (NumberType("grams"), DateType(), YES_NO, None)]
    [True, True, False, False]
    """
    return isinstance(datatype, (NumberType, PeriodType, DateType))
