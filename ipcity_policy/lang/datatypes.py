"""The types of facts and parameters."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from ipcity_policy.lang.values import Dates, Numbers, Options, Text, Value


@dataclass(frozen=True, slots=True)
class NumberType:
    """A number in a unit, between two ends if any are declared."""

    unit: str
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DateType:
    """A day, or a month or year of which the day is not known."""


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """One of the declared options, in the order declared. Yes and no are a choice too."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextType:
    """A text, which no rule can ask about."""


@dataclass(frozen=True, slots=True)
class PeriodType:
    """A length of calendar time; only parameters have it."""


@dataclass(frozen=True, slots=True)
class SetType:
    """A set of options; only parameters have it."""


FactType: TypeAlias = NumberType | DateType | ChoiceType | TextType
DataType: TypeAlias = FactType | PeriodType | SetType

YES_NO = ChoiceType(("yes", "no"))


def unknown(datatype: FactType) -> Value:
    """Return the value that allows everything the type allows."""
    match datatype:
        case NumberType(unit, low, high):
            return Numbers(low, high, unit)
        case DateType():
            return Dates(date.min, date.max)
        case ChoiceType(options):
            return Options(frozenset(options))
        case TextType():
            return Text(None)


def name_of(datatype: DataType) -> str:
    """Name a type in a reader's words."""
    match datatype:
        case NumberType(unit):
            return f"a number of {unit}"
        case DateType():
            return "a date"
        case ChoiceType(("yes", "no")):
            return "yes or no"
        case ChoiceType():
            return "a choice"
        case TextType():
            return "a text"
        case PeriodType():
            return "a period"
        case SetType():
            return "a set of options"
