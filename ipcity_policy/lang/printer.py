"""The surface tree back to text: the one canonical form of a sentence.

Single spaces, keywords as in the grammar, brackets only where the grammar needs them.
"""

from typing import assert_never

from ipcity_policy.lang import syntax
from ipcity_policy.lang.operators import OPERATORS
from ipcity_policy.lang.parser import Sentence


def print_sentence(sentence: Sentence) -> str:
    """Return the canonical text of a sentence: parsed again, it gives an equal tree."""
    match sentence:
        case syntax.Relation():
            return _relation(sentence)
        case syntax.Otherwise():
            return "otherwise"
        case syntax.Bar(application, period, after):
            return f"bar {application.name} for {period.name} after {after.name}"
        case syntax.Permit(application):
            return f"permit {application.name}"
        case _:
            return _condition(sentence)


def _condition(condition: syntax.Condition) -> str:
    match condition:
        case syntax.RuleName(name):
            return name
        case syntax.Comparison(left, relation):
            return f"{_operand(left)} is {_relation(relation)}"
        case syntax.Negation(part):
            return f"not {_part(part)}"
        case syntax.Conjunction(parts):
            return " and ".join(map(_part, parts))
        case syntax.Disjunction(parts):
            return " or ".join(map(_part, parts))
        case _:
            assert_never(condition)


def _part(condition: syntax.Condition) -> str:
    """Print what stands behind `not` or beside `and` or `or`."""
    text = _condition(condition)
    joined = isinstance(condition, syntax.Conjunction | syntax.Disjunction)
    return f"({text})" if joined else text


def _relation(relation: syntax.Relation) -> str:
    words = OPERATORS[relation.operator].words.removeprefix("is").strip()
    return f"{words} {_operand(relation.right)}".strip()


def _operand(operand: syntax.Operand) -> str:
    match operand:
        case syntax.Name(name):
            return name
        case syntax.Quoted("yes" | "no" as word):
            return word
        case syntax.Quoted(text):
            return f'"{text}"'
        case syntax.Amount(text):
            return text
        case _:
            assert_never(operand)
