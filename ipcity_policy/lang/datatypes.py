"""The types of facts and parameters."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Element,
    Numbers,
    Options,
    Periods,
    Ranks,
    Series,
    Sets,
    Text,
    Value,
)
from ipcity_policy.text.message import Message, say


@dataclass(frozen=True, slots=True)
class NumberType:
    """A number in a unit, between two ends if any are declared; a count has the unit ``""``."""

    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class PeriodType:
    """A length of calendar time in `years`, `months`, `weeks` or `days`."""

    unit: str


@dataclass(frozen=True, slots=True)
class DateType:
    """A day, or a month or year of which the day is not known."""


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """One of the declared options, in the order declared, from low to high if it is ordered.

    Yes and no are a choice too, and so are the two findings.
    """

    options: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class RankType:
    """A place in a cohort, and the size of the cohort."""

    cohort: str


@dataclass(frozen=True, slots=True)
class SeriesType:
    """A value for each year."""

    each: "NumberType | ChoiceType"


@dataclass(frozen=True, slots=True)
class SetType:
    """A set of options."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A document that is submitted or not, on a day."""


@dataclass(frozen=True, slots=True)
class TextType:
    """A text, of which a rule can ask only whether it is known."""


FactType: TypeAlias = (
    NumberType
    | PeriodType
    | DateType
    | ChoiceType
    | RankType
    | SeriesType
    | SetType
    | DocumentType
    | TextType
)
DataType: TypeAlias = FactType

PERCENT = "percent"
#: What places in a cohort are counted in.
PLACES = "places"
#: A number without a unit.
COUNT = NumberType("", whole=True)
YES_NO = ChoiceType(("yes", "no"))
#: A judgement that an office makes.
FINDING = ChoiceType(("met", "not-met"))
#: The day a document was submitted, and other dates without ends.
ANY_DAY = Dates(None, None)


def unknown(datatype: FactType) -> Value:
    """Return the value that allows everything the type allows.

    >>> unknown(RankType("all-boats"))
    Ranks(low=1, high=None, of_low=1, of_high=None, tied=1, last=False)
    """
    match datatype:
        case NumberType() | ChoiceType():
            return _unknown_element(datatype)
        case PeriodType(unit):
            return Periods(0, None, unit)
        case DateType():
            return ANY_DAY
        case RankType():
            return Ranks(1, None, 1, None)
        case SeriesType(each):
            return Series((), _unknown_element(each))
        case SetType(options):
            return Sets(frozenset(), frozenset(options))
        case DocumentType():
            return Documents(Options(frozenset(YES_NO.options)), ANY_DAY)
        case TextType():
            return Text(None)


def _unknown_element(datatype: NumberType | ChoiceType) -> Element:
    if isinstance(datatype, NumberType):
        return Numbers(datatype.low, datatype.high, datatype.unit)
    return Options(frozenset(datatype.options))


def name_of(datatype: DataType) -> Message:
    """Name a type in a reader's words.

    >>> print(name_of(NumberType("kilos", whole=True)))
    a whole number of kilos
    """
    match datatype:
        case NumberType(""):
            return say("a plain count")
        case NumberType("percent"):
            return say("a share in percent")
        case NumberType(unit, _, _, whole):
            if whole:
                return say("a whole number of {unit}", unit=unit)
            return say("a number of {unit}", unit=unit)
        case PeriodType(unit):
            return say("a period in {unit}", unit=unit)
        case DateType():
            return say("a date")
        case ChoiceType(("yes", "no")):
            return say("yes or no")
        case ChoiceType(("met", "not-met")):
            return say("a finding")
        case ChoiceType(_, ordered):
            return say("a choice in order") if ordered else say("a choice")
        case RankType():
            return say("a rank")
        case SeriesType():
            return say("a series by year")
        case SetType():
            return say("a set of options")
        case DocumentType():
            return say("a document")
        case TextType():
            return say("a text")
