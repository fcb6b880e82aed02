"""The operators of the language: name, how they are written, what they compare, meaning."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from ipcity_policy.lang.datatypes import (
    ChoiceType,
    DataType,
    DateType,
    DocumentType,
    NumberType,
    PeriodType,
    RankType,
    SeriesType,
    SetType,
    TextType,
)
from ipcity_policy.lang.interval import Order


class OperandKind(StrEnum):
    """What an operator takes on its left side."""

    NUMBER = "number"
    PERIOD = "period"
    DATE = "date"
    CHOICE = "choice"
    ORDERED = "ordered choice"
    RANK = "rank"
    SERIES = "series"
    SET = "set"
    DOCUMENT = "document"
    TEXT = "text"
    #: The time from one date to another.
    TIME = "time"


class Right(StrEnum):
    """What stands on the right side of an operator."""

    NOTHING = "nothing"
    VALUE = "value"
    #: The two ends of a range.
    ENDS = "ends"
    #: An option by its name, `yes`, `no` and `met` without quotes.
    OPTION = "option"
    #: A parameter that lists options.
    LIST = "list"
    #: A share of a cohort.
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to compare values."""

    name: str
    #: The words after the left side.
    words: str
    _: KW_ONLY
    kinds: frozenset[OperandKind]
    right: Right = Right.VALUE
    #: How the left side stands to the right one; None where it asks for something else.
    order: Order | None = None
    #: 1 where more on the left side meets it, -1 where less does, 0 where neither.
    upward: int = 0
    #: The operator that is true exactly where this one is false; None where there is none.
    opposite: str | None = None
    #: Whether it denies something of a day, and so holds where there is none.
    denies_days: bool = False
    #: Whether it asks about the sheet and not about what the sheet states.
    of_sheet: bool = False
    doc_en: str
    doc_zh: str

    @property
    def of_time(self) -> bool:
        """Whether it asks for the time from one date to another.

        >>> OPERATORS["time-above"].of_time, OPERATORS["above"].of_time
        (True, False)
        """
        return self.kinds == _TIME

    @property
    def of_cohort(self) -> bool:
        """Whether it asks for a place in a cohort.

        >>> OPERATORS["in-top"].of_cohort, OPERATORS["known"].of_cohort
        (True, False)
        """
        return self.kinds == _RANK


_SIZES = frozenset({OperandKind.NUMBER, OperandKind.PERIOD, OperandKind.ORDERED})
_EXACT = _SIZES | {OperandKind.DATE, OperandKind.CHOICE}
_CHOICES = frozenset({OperandKind.CHOICE, OperandKind.ORDERED})
_ANY = frozenset(OperandKind) - {OperandKind.TIME, OperandKind.SERIES}
_RANK, _SET = frozenset({OperandKind.RANK}), frozenset({OperandKind.SET})
_DATE, _TIME = frozenset({OperandKind.DATE}), frozenset({OperandKind.TIME})
_DOCUMENT = frozenset({OperandKind.DOCUMENT})

_ROWS = (
    Operator(
        "at-least",
        "is at least",
        kinds=_SIZES,
        order=Order.AT_LEAST,
        upward=1,
        opposite="below",
        doc_en="The left side is the right one or more.",
        doc_zh="左边大于或等于右边。",
    ),
    Operator(
        "at-most",
        "is at most",
        kinds=_SIZES,
        order=Order.AT_MOST,
        upward=-1,
        opposite="above",
        doc_en="The left side is the right one or less.",
        doc_zh="左边小于或等于右边。",
    ),
    Operator(
        "above",
        "is above",
        kinds=_SIZES,
        order=Order.ABOVE,
        upward=1,
        opposite="at-most",
        doc_en="The left side is more than the right one.",
        doc_zh="左边大于右边。",
    ),
    Operator(
        "below",
        "is below",
        kinds=_SIZES,
        order=Order.BELOW,
        upward=-1,
        opposite="at-least",
        doc_en="The left side is less than the right one.",
        doc_zh="左边小于右边。",
    ),
    Operator(
        "exactly",
        "is exactly",
        kinds=_EXACT,
        opposite="not-exactly",
        doc_en="Both sides are the same.",
        doc_zh="左右相等。",
    ),
    Operator(
        "not-exactly",
        "is not exactly",
        kinds=_EXACT,
        opposite="exactly",
        denies_days=True,
        doc_en="The sides differ.",
        doc_zh="左右不等。",
    ),
    Operator(
        "between",
        "is between",
        kinds=frozenset({OperandKind.NUMBER, OperandKind.PERIOD, OperandKind.DATE}),
        right=Right.ENDS,
        doc_en="The left side lies between two ends, which are said to be included or not.",
        doc_zh="左边在两端之间，是否含端点须写明。",
    ),
    Operator(
        "time-at-least",
        "is at least",
        kinds=_TIME,
        order=Order.AT_LEAST,
        upward=1,
        opposite="time-below",
        doc_en="The period after the first day has come on the second.",
        doc_zh="自前一日期起，经过该期间之日等于或早于后一日期。",
    ),
    Operator(
        "time-at-most",
        "is at most",
        kinds=_TIME,
        order=Order.AT_MOST,
        upward=-1,
        opposite="time-above",
        doc_en="The second day is not later than the period after the first.",
        doc_zh="后一日期不晚于自前一日期起经过该期间之日。",
    ),
    Operator(
        "time-above",
        "is above",
        kinds=_TIME,
        order=Order.ABOVE,
        upward=1,
        opposite="time-at-most",
        doc_en="The second day is later than the period after the first.",
        doc_zh="后一日期晚于自前一日期起经过该期间之日。",
    ),
    Operator(
        "time-below",
        "is below",
        kinds=_TIME,
        order=Order.BELOW,
        upward=-1,
        opposite="time-at-least",
        doc_en="The period after the first day has not come on the second.",
        doc_zh="后一日期早于自前一日期起经过该期间之日。",
    ),
    Operator(
        "on-or-after",
        "is on or after",
        kinds=_DATE,
        order=Order.AT_LEAST,
        upward=1,
        opposite="before",
        doc_en="The left day is the right one or later.",
        doc_zh="左边的日期等于或晚于右边。",
    ),
    Operator(
        "on-or-before",
        "is on or before",
        kinds=_DATE,
        order=Order.AT_MOST,
        upward=-1,
        opposite="after",
        doc_en="The left day is the right one or earlier.",
        doc_zh="左边的日期等于或早于右边。",
    ),
    Operator(
        "after",
        "is after",
        kinds=_DATE,
        order=Order.ABOVE,
        upward=1,
        opposite="on-or-before",
        doc_en="The left day is later than the right one.",
        doc_zh="左边的日期晚于右边。",
    ),
    Operator(
        "before",
        "is before",
        kinds=_DATE,
        order=Order.BELOW,
        upward=-1,
        opposite="on-or-after",
        doc_en="The left day is earlier than the right one.",
        doc_zh="左边的日期早于右边。",
    ),
    Operator(
        "one-of",
        "is one of",
        kinds=_CHOICES,
        right=Right.LIST,
        opposite="not-one-of",
        doc_en="The option on the left is in the set.",
        doc_zh="左边的选项在所列之中。",
    ),
    Operator(
        "not-one-of",
        "is not one of",
        kinds=_CHOICES,
        right=Right.LIST,
        opposite="one-of",
        doc_en="The option on the left is not in the set.",
        doc_zh="左边的选项不在所列之中。",
    ),
    Operator(
        "same",
        "is",
        kinds=_CHOICES,
        right=Right.OPTION,
        opposite="different",
        doc_en="The option on the left is the one named.",
        doc_zh="左边就是所写的选项。",
    ),
    Operator(
        "different",
        "is not",
        kinds=_CHOICES,
        right=Right.OPTION,
        opposite="same",
        doc_en="The option on the left is not the one named.",
        doc_zh="左边不是所写的选项。",
    ),
    Operator(
        "in-top",
        "is in the top",
        kinds=_RANK,
        right=Right.SHARE,
        upward=1,
        opposite="not-in-top",
        doc_en=(
            "The place lies within a share of the cohort: 100 times the place is at most "
            "the share in percent times the size, unless the sentence says how to round."
        ),
        doc_zh="名次在参评范围的前百分之几以内：名次乘以100不超过百分数乘以参评总数；如何取整由语句写明。",
    ),
    Operator(
        "not-in-top",
        "is not in the top",
        kinds=_RANK,
        right=Right.SHARE,
        upward=-1,
        opposite="in-top",
        doc_en="The place lies outside a share of the cohort.",
        doc_zh="名次不在参评范围的前百分之几以内。",
    ),
    Operator(
        "last",
        "is last of",
        kinds=_RANK,
        right=Right.NOTHING,
        upward=-1,
        opposite="not-last",
        doc_en="The place is the last one of its cohort.",
        doc_zh="名次为参评范围的最后一名。",
    ),
    Operator(
        "not-last",
        "is not last of",
        kinds=_RANK,
        right=Right.NOTHING,
        upward=1,
        opposite="last",
        doc_en="The place is not the last one of its cohort.",
        doc_zh="名次不是参评范围的最后一名。",
    ),
    Operator(
        "includes",
        "includes",
        kinds=_SET,
        right=Right.OPTION,
        doc_en="The option is in the set.",
        doc_zh="集合含有该选项。",
    ),
    Operator(
        "includes-all",
        "includes all of",
        kinds=_SET,
        right=Right.LIST,
        doc_en="Every option listed is in the set.",
        doc_zh="所列选项全部在集合之中。",
    ),
    Operator(
        "includes-any",
        "includes any of",
        kinds=_SET,
        right=Right.LIST,
        opposite="includes-none",
        doc_en="Some option listed is in the set.",
        doc_zh="所列选项至少有一个在集合之中。",
    ),
    Operator(
        "includes-none",
        "includes none of",
        kinds=_SET,
        right=Right.LIST,
        opposite="includes-any",
        doc_en="No option listed is in the set.",
        doc_zh="所列选项都不在集合之中。",
    ),
    Operator(
        "submitted",
        "is submitted",
        kinds=_DOCUMENT,
        right=Right.NOTHING,
        opposite="not-submitted",
        doc_en="The document was submitted.",
        doc_zh="材料已提交。",
    ),
    Operator(
        "not-submitted",
        "is not submitted",
        kinds=_DOCUMENT,
        right=Right.NOTHING,
        opposite="submitted",
        doc_en="The document was not submitted.",
        doc_zh="材料未提交。",
    ),
    Operator(
        "submitted-on-or-before",
        "is submitted on or before",
        kinds=_DOCUMENT,
        order=Order.AT_MOST,
        upward=-1,
        doc_en="The document was submitted on that day or earlier.",
        doc_zh="材料在该日或之前提交。",
    ),
    Operator(
        "submitted-before",
        "is submitted before",
        kinds=_DOCUMENT,
        order=Order.BELOW,
        upward=-1,
        doc_en="The document was submitted earlier than that day.",
        doc_zh="材料在该日之前提交。",
    ),
    Operator(
        "submitted-on-or-after",
        "is submitted on or after",
        kinds=_DOCUMENT,
        order=Order.AT_LEAST,
        upward=1,
        doc_en="The document was submitted on that day or later.",
        doc_zh="材料在该日或之后提交。",
    ),
    Operator(
        "submitted-after",
        "is submitted after",
        kinds=_DOCUMENT,
        order=Order.ABOVE,
        upward=1,
        doc_en="The document was submitted later than that day.",
        doc_zh="材料在该日之后提交。",
    ),
    Operator(
        "known",
        "is known",
        kinds=_ANY,
        right=Right.NOTHING,
        opposite="not-known",
        of_sheet=True,
        doc_en="The sheet states it exactly. It asks of the sheet, and is never unknown.",
        doc_zh="事实表对此有确定的填报。问的是事实表本身，因此不会不明。",
    ),
    Operator(
        "not-known",
        "is not known",
        kinds=_ANY,
        right=Right.NOTHING,
        opposite="known",
        denies_days=True,
        of_sheet=True,
        doc_en=(
            "The sheet does not state it exactly. It asks of the sheet, and is never unknown."
        ),
        doc_zh="事实表对此没有确定的填报。问的是事实表本身，因此不会不明。",
    ),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType({row.name: row for row in _ROWS})

_ORDERED = {(row.order, kind): row for row in _ROWS if row.order for kind in row.kinds}


def ordered(order: Order, kind: OperandKind) -> Operator:
    """Return the operator that asks whether values of a kind stand in an order.

    >>> ordered(Order.AT_LEAST, OperandKind.DATE).name
    'on-or-after'
    """
    return _ORDERED[order, kind]


def kind_of(datatype: DataType) -> OperandKind:
    """Return what kind of left side a type is.

    >>> kind_of(ChoiceType(("low", "high"), ordered=True)).value
    'ordered choice'
    """
    match datatype:
        case NumberType():
            return OperandKind.NUMBER
        case PeriodType():
            return OperandKind.PERIOD
        case DateType():
            return OperandKind.DATE
        case ChoiceType(_, ordered):
            return OperandKind.ORDERED if ordered else OperandKind.CHOICE
        case RankType():
            return OperandKind.RANK
        case SeriesType():
            return OperandKind.SERIES
        case SetType():
            return OperandKind.SET
        case DocumentType():
            return OperandKind.DOCUMENT
        case TextType():
            return OperandKind.TEXT
        case _:
            assert_never(datatype)
