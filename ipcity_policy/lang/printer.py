"""The surface tree back to text: the one canonical form of a sentence.

Single spaces, keywords as in the grammar, brackets only where the grammar needs them.
"""

from typing import assert_never

from ipcity_policy.lang import syntax
from ipcity_policy.lang.operators import OPERATORS, Right
from ipcity_policy.lang.parser import Sentence


def print_sentence(sentence: Sentence) -> str:
    """Return the canonical text of a sentence: parsed again, it gives an equal tree.

    >>> from ipcity_policy.lang.parser import parse_sentence
    >>> from ipcity_policy.text.source import Source, Span
    >>> from ipcity_policy.yaml.document import Scalar
    >>> text = "( place is in the top   third of all-boats ties at the last )"
    >>> scalar = Scalar(text, Span(Source("", text), 0, len(text)))
    >>> print_sentence(parse_sentence(scalar, "condition").value)
    'place is in the top third of all-boats ties at the last'
    """
    match sentence:
        case syntax.Relation():
            return _bare(sentence)
        case syntax.Otherwise():
            return "otherwise"
        case syntax.BarPhrase(application, period, after):
            return f"bar {application.name} for {period.name} after {after.name}"
        case syntax.PermitPhrase(application):
            return f"permit {application.name}"
        case (
            syntax.Name()
            | syntax.Quoted()
            | syntax.AmountPhrase()
            | syntax.MovedPhrase()
            | syntax.ArithmeticPhrase()
            | syntax.RoundingPhrase()
        ):
            return _calculation(sentence)
        case _:
            return _condition(sentence)


def _condition(condition: syntax.ConditionPhrase) -> str:
    match condition:
        case syntax.RuleName(name):
            return name
        case syntax.ComparisonPhrase(left, relation):
            return f"{_operand(left)} {_relation(relation)}"
        case syntax.YearsPhrase(left, relation, least, window, reach, day):
            years = f"in at least {least.name} of the last {window.name} {reach}"
            return f"{_operand(left)} {_relation(relation)} {years} {_operand(day)}"
        case syntax.Time(start, end, relation):
            days = f"from {_operand(start)} to {_operand(end)}"
            return f"time {days} {_relation(relation)}"
        case syntax.Submissions(documents, relation):
            return f"all of {documents.name} are {_bare(relation)}"
        case syntax.Negation(part):
            return f"not {_part(part)}"
        case syntax.Conjunction(parts):
            return " and ".join(map(_part, parts))
        case syntax.Disjunction(parts):
            return " or ".join(map(_part, parts))
        case _:
            assert_never(condition)


def _part(condition: syntax.ConditionPhrase) -> str:
    """Print what stands behind `not` or beside `and` or `or`."""
    joined = isinstance(condition, syntax.Conjunction | syntax.Disjunction)
    return f"({_condition(condition)})" if joined else _condition(condition)


def _relation(relation: syntax.Relation) -> str:
    """Print what is said of a value, with its verb."""
    row = OPERATORS[relation.operator]
    match row.right, relation.right:
        case Right.OPTION, (syntax.Quoted("yes" | "no" | "met" as option),):
            return f"{row.words} {option}"
        case Right.SHARE, right:
            amounts = " of ".join(map(_operand, right))
        case _, right:
            amounts = " and ".join(map(_operand, right))
    ways = (relation.bounds, relation.rounding, relation.ties)
    return " ".join(filter(None, (row.words, amounts, *ways)))


def _bare(relation: syntax.Relation) -> str:
    """Print what is said of a value where its verb stands elsewhere, or is understood."""
    return _relation(relation).removeprefix("is ")


def _calculation(calculation: syntax.Calculation) -> str:
    match calculation:
        case syntax.RoundingPhrase(part, way, step):
            text = f"({_calculation(part)})" if _rounded(part) else _calculation(part)
            return f"{text} {way} to {step.name}"
        case syntax.ArithmeticPhrase("plus" | "minus" as operator, left, right):
            first = f"({_calculation(left)})" if _rounded(left) else _calculation(left)
            second = f"({_calculation(right)})" if _added(right) else _calculation(right)
            return f"{first} {operator} {second}"
        case syntax.ArithmeticPhrase("times", left, right):
            return f"{_factor(left)} times {_calculation(right)}"
        case syntax.ArithmeticPhrase(operator, left, right):
            return f"{operator} of {_factor(left)} and {_factor(right)}"
        case _:
            return _operand(calculation)


def _rounded(calculation: syntax.Calculation) -> bool:
    return isinstance(calculation, syntax.RoundingPhrase)


def _added(calculation: syntax.Calculation) -> bool:
    """Tell whether a value would fall apart beside `plus`, `minus` or `times`."""
    match calculation:
        case syntax.RoundingPhrase() | syntax.ArithmeticPhrase("plus" | "minus"):
            return True
    return False


def _factor(calculation: syntax.Calculation) -> str:
    """Print what stands before `times`, or is compared by `lesser of` and `greater of`."""
    match calculation:
        case syntax.RoundingPhrase() | syntax.ArithmeticPhrase("plus" | "minus" | "times"):
            return f"({_calculation(calculation)})"
    return _calculation(calculation)


def _operand(operand: syntax.OperandPhrase) -> str:
    match operand:
        case syntax.Name(name):
            return name
        case syntax.Quoted(text):
            return f'"{text}"'
        case syntax.AmountPhrase(text):
            return text
        case syntax.MovedPhrase(period, day, way):
            return f"{_operand(period)} {way} {_operand(day)}"
        case _:
            assert_never(operand)
