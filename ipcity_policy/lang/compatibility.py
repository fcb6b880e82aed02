"""Which values go together: both sides of a comparison are of one type and in one unit."""

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.calendar import in_months
from ipcity_policy.lang.datatypes import (
    COUNT,
    PERCENT,
    PLACES,
    ChoiceType,
    DataType,
    DateType,
    NumberType,
    PeriodType,
    RankType,
    SetType,
    name_of,
)
from ipcity_policy.lang.names import Names
from ipcity_policy.lang.operators import OPERATORS, OperandKind, Operator, Right, kind_of
from ipcity_policy.text.fixes import instead
from ipcity_policy.text.message import Message, quoted, say
from ipcity_policy.text.source import Span


def takes(
    names: Names, operator: Operator, left: core.FactRef | core.Operand, at: Span
) -> bool:
    """Tell whether an operator is for what stands on its left, and report in `names` where not.

    >>> from ipcity_policy.lang.datatypes import YES_NO
    >>> from ipcity_policy.lang.names import Scope
    >>> from ipcity_policy.text.source import Source
    >>> names, at = Names(Scope({}, {}, {}, {}, *[frozenset()] * 3)), Span(Source("", ""), 0, 0)
    >>> seal = core.FactRef("sealed", YES_NO)
    >>> takes(names, OPERATORS["above"], seal, at), str(names.diagnostics[0].message)
    (False, '`is above` cannot be used for yes or no')
    """
    assert not isinstance(left, core.OptionRef)  # INVARIANT: seen to by whoever calls
    kind = kind_of(left.datatype)
    if kind in operator.kinds:
        return True
    help = words_for(kind)
    if kind is OperandKind.SERIES:
        help = say("say in how many years: `… in at least COUNT of the last YEARS before DATE`")
    message = say(
        "`{words}` cannot be used for {what}", words=operator.words, what=name_of(left.datatype)
    )
    names.say("T101", message, at, help=help, names=core.named(left))
    return False


def words_for(kind: OperandKind) -> Message | None:
    """Say which operators there are for a kind of left side; None where there are none.

    >>> print(words_for(OperandKind.TEXT))
    use `is known`, `is not known`
    """
    fitting = [operator.words for operator in OPERATORS.values() if kind in operator.kinds]
    return say("use {names}", names=quoted(fitting)) if fitting else None


def agrees(names: Names, left: DataType, operator: str, right: core.Operand, at: Span) -> bool:
    """Tell whether a value can be compared with another, and report in `names` where it cannot.

    Options are of one choice, numbers and periods in one unit; a rank goes with a share.

    >>> from ipcity_policy.lang.names import Scope
    >>> from ipcity_policy.text.source import Source
    >>> names, at = Names(Scope({}, {}, {}, {}, *[frozenset()] * 3)), Span(Source("", ""), 0, 0)
    >>> colour, pink = ChoiceType(("red", "green")), core.OptionRef("pink")
    >>> agrees(names, colour, "same", pink, at), str(names.diagnostics[0].message)
    (False, '`pink` is not one of the options declared for this fact')
    """
    match left:
        case ChoiceType(options) | SetType(options):
            if OPERATORS[operator].right is Right.LIST:
                return _is_set(names, options, right, at)
            return _is_option(names, left, options, right, at)
        case NumberType(unit) | PeriodType(unit):
            return _in_unit(names, left, right, at, unit)
        case RankType():
            return is_share(names, right, at)
    return names.typed(right, at, DateType, say("a date")) is not None


def is_share(names: Names, right: core.Operand, at: Span) -> bool:
    """Tell whether a value says how far the top of a cohort reaches: in percent, or in places.

    >>> from ipcity_policy.lang.names import Scope
    >>> from ipcity_policy.text.source import Source
    >>> names, at = Names(Scope({}, {}, {}, {}, *[frozenset()] * 3)), Span(Source("", ""), 0, 0)
    >>> units = (PERCENT, PLACES, "grams")
    >>> [is_share(names, core.QuantityRef("top", NumberType(unit)), at) for unit in units]
    [True, True, False]
    """
    words = say("a share in percent or a number of places")
    share = names.typed(right, at, NumberType, words)
    if share is None or share.unit in (PERCENT, PLACES):
        return share is not None
    if isinstance(right, core.ParameterRef):
        names.misfit(right.name, at, PERCENT, words)
    else:
        names.say(
            "T102",
            say(
                "`{text}` is {type}, but {words} is expected here",
                text=at.text,
                type=name_of(share),
                words=words,
            ),
            at,
            names=core.named(right),
        )
    return False


def same_unit(left: DataType, right: DataType) -> bool:
    """Tell whether two numbers or periods are in one unit.

    >>> same_unit(PeriodType("years"), PeriodType("months"))
    True
    """
    if isinstance(left, NumberType) and isinstance(right, NumberType):
        return left.unit == right.unit
    if isinstance(left, PeriodType) and isinstance(right, PeriodType):
        return in_months(left.unit) == in_months(right.unit)
    return False


def _in_unit(names: Names, left: DataType, right: core.Operand, at: Span, unit: str) -> bool:
    """Tell whether a number or period is compared with one in its unit."""
    if isinstance(right, core.OptionRef) or type(right.datatype) is not type(left):
        if isinstance(right, core.ParameterRef) and right.datatype == COUNT:
            names.misfit(right.name, at, unit, name_of(left))  # its unit was left out
            return False
        return names.typed(right, at, type(left), name_of(left)) is not None
    fits = same_unit(left, right.datatype)
    if not isinstance(right, core.ParameterRef):
        if not fits:
            message = say(
                "`{text}` is {type}, and {left} is compared",
                text=at.text,
                type=name_of(right.datatype),
                left=name_of(left),
            )
            help = say("compare it with {type}", type=name_of(left))
            names.say("T102", message, at, help=help, names=core.named(right))
    elif fits:
        names.in_unit(right.name)
    else:
        names.misfit(right.name, at, unit, name_of(left))
    return fits


def _is_option(
    names: Names, left: DataType, options: tuple[str, ...], right: core.Operand, at: Span
) -> bool:
    """Tell whether an option, a parameter or another choice is of the same options."""
    if isinstance(right, core.OptionRef):
        if right.name in options:
            return True
        names.not_an_option(right.name, options, at)
        return False
    other = names.typed(right, at, ChoiceType, name_of(left))
    if other is None:
        return False
    wrong = [one for one in other.options if one not in options]
    if wrong and isinstance(right, core.ParameterRef):
        place, named = names.scope.places[right.name], core.named(right)
        names.not_an_option(wrong[0], options, place, compared=at, names=named)
    elif wrong or (isinstance(right, core.FactRef) and other.options != options):
        message = say("`{text}` is a choice of other options", text=at.text)
        names.say("T101", message, at, names=core.named(right))
        return False
    return not wrong


def _is_set(names: Names, options: tuple[str, ...], right: core.Operand, at: Span) -> bool:
    """Tell whether a parameter lists only options of a fact."""
    if not isinstance(right, core.ParameterRef) or not isinstance(right.datatype, SetType):
        names.say(
            "T101",
            say("a set of options is expected here"),
            at,
            help=say("name the set under `parameters:` as a list"),
            names=() if isinstance(right, core.OptionRef) else core.named(right),
        )
        return False
    wrong = [one for one in names.scope.sets[right.name] if one[0] not in options]
    for text, place in wrong:
        names.not_an_option(text, options, place, compared=at, names=core.named(right))
    return not wrong


def cohort_agrees(names: Names, rank: RankType, cohort: syntax.Name) -> bool:
    """Tell whether a rank is taken in the cohort that a sentence names, and report where not.

    >>> from ipcity_policy.lang.names import Scope
    >>> from ipcity_policy.text.source import Source
    >>> none, there = frozenset(), frozenset({"boats", "ships"})
    >>> names = Names(Scope({}, {}, {}, {}, none, there, none))
    >>> ships = syntax.Name("ships", span=Span(Source("", "ships"), 0, 5))
    >>> cohort_agrees(names, RankType("boats"), ships), str(names.diagnostics[0].help)
    (False, 'write `boats`')
    """
    if not names.cohort(cohort):
        return False
    if cohort.name == rank.cohort:
        return True
    message = say(
        "this rank is taken among `{cohort}`, but `{name}` is named",
        cohort=rank.cohort,
        name=cohort.name,
    )
    fix = instead(cohort.span, cohort.name, rank.cohort)
    names.say(
        "T105", message, cohort.span, help=say("write `{text}`", text=rank.cohort), fix=fix
    )
    return False
