"""The operators of the language: name, how they are written, what they compare, meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to compare values."""

    name: str
    #: The words after the left side.
    words: str
    kinds: frozenset[OperandKind]
    doc_en: str
    doc_zh: str
    #: The operator that is true exactly where this one is false; None where there is none.
    opposite: str | None
    #: 1 where more on the left side meets it, -1 where less does, 0 where neither.
    upward: int


def _row(
    name: str,
    words: str,
    kinds: "OperandKind | frozenset[OperandKind]",
    docs: tuple[str, str],
    opposite: str | None = None,
    upward: int = 0,
) -> Operator:
    taken = kinds if isinstance(kinds, frozenset) else frozenset({kinds})
    return Operator(name, words, taken, *docs, opposite, upward)


_SIZES = frozenset({OperandKind.NUMBER, OperandKind.PERIOD, OperandKind.ORDERED})
_EXACT = frozenset(
    {
        OperandKind.NUMBER,
        OperandKind.PERIOD,
        OperandKind.DATE,
        OperandKind.CHOICE,
        OperandKind.ORDERED,
    }
)
_CHOICES = frozenset({OperandKind.CHOICE, OperandKind.ORDERED})
_ANY = frozenset(OperandKind) - {OperandKind.TIME, OperandKind.SERIES}
_R, _S, _D, _P, _T = (
    OperandKind.RANK,
    OperandKind.SET,
    OperandKind.DATE,
    OperandKind.DOCUMENT,
    OperandKind.TIME,
)

_ROWS = (
    _row(
        "at-least",
        "is at least",
        _SIZES,
        ("The left side is the right one or more.", "左边大于或等于右边。"),
        "below",
        1,
    ),
    _row(
        "at-most",
        "is at most",
        _SIZES,
        ("The left side is the right one or less.", "左边小于或等于右边。"),
        "above",
        -1,
    ),
    _row(
        "above",
        "is above",
        _SIZES,
        ("The left side is more than the right one.", "左边大于右边。"),
        "at-most",
        1,
    ),
    _row(
        "below",
        "is below",
        _SIZES,
        ("The left side is less than the right one.", "左边小于右边。"),
        "at-least",
        -1,
    ),
    _row(
        "exactly",
        "is exactly",
        _EXACT,
        ("Both sides are the same.", "左右相等。"),
        "not-exactly",
    ),
    _row(
        "not-exactly", "is not exactly", _EXACT, ("The sides differ.", "左右不等。"), "exactly"
    ),
    _row(
        "between",
        "is between",
        frozenset({OperandKind.NUMBER, OperandKind.PERIOD, _D}),
        (
            "The left side lies between two ends, which are said to be included or not.",
            "左边在两端之间，是否含端点须写明。",
        ),
    ),
    _row(
        "time-at-least",
        "is at least",
        _T,
        (
            "The period after the first day has come on the second.",
            "自前一日期起，经过该期间之日等于或早于后一日期。",
        ),
        "time-below",
        1,
    ),
    _row(
        "time-at-most",
        "is at most",
        _T,
        (
            "The second day is not later than the period after the first.",
            "后一日期不晚于自前一日期起经过该期间之日。",
        ),
        "time-above",
        -1,
    ),
    _row(
        "time-above",
        "is above",
        _T,
        (
            "The second day is later than the period after the first.",
            "后一日期晚于自前一日期起经过该期间之日。",
        ),
        "time-at-most",
        1,
    ),
    _row(
        "time-below",
        "is below",
        _T,
        (
            "The period after the first day has not come on the second.",
            "后一日期早于自前一日期起经过该期间之日。",
        ),
        "time-at-least",
        -1,
    ),
    _row(
        "on-or-after",
        "is on or after",
        _D,
        ("The left day is the right one or later.", "左边的日期等于或晚于右边。"),
        "before",
        1,
    ),
    _row(
        "on-or-before",
        "is on or before",
        _D,
        ("The left day is the right one or earlier.", "左边的日期等于或早于右边。"),
        "after",
        -1,
    ),
    _row(
        "after",
        "is after",
        _D,
        ("The left day is later than the right one.", "左边的日期晚于右边。"),
        "on-or-before",
        1,
    ),
    _row(
        "before",
        "is before",
        _D,
        ("The left day is earlier than the right one.", "左边的日期早于右边。"),
        "on-or-after",
        -1,
    ),
    _row(
        "one-of",
        "is one of",
        _CHOICES,
        ("The option on the left is in the set.", "左边的选项在所列之中。"),
        "not-one-of",
    ),
    _row(
        "not-one-of",
        "is not one of",
        _CHOICES,
        ("The option on the left is not in the set.", "左边的选项不在所列之中。"),
        "one-of",
    ),
    _row(
        "same",
        "is",
        _CHOICES,
        ("The option on the left is the one named.", "左边就是所写的选项。"),
        "different",
    ),
    _row(
        "different",
        "is not",
        _CHOICES,
        ("The option on the left is not the one named.", "左边不是所写的选项。"),
        "same",
    ),
    _row(
        "in-top",
        "is in the top",
        _R,
        (
            "The place lies within a share of the cohort: 100 times the place is at most the "
            "share in percent times the size, unless the sentence says how to round.",
            "名次在群体的前百分之几以内：名次乘以100不超过百分数乘以群体数量；如何取整由句子写明。",
        ),
        "not-in-top",
        1,
    ),
    _row(
        "not-in-top",
        "is not in the top",
        _R,
        ("The place lies outside a share of the cohort.", "名次不在群体的前百分之几以内。"),
        "in-top",
        -1,
    ),
    _row(
        "last",
        "is last of",
        _R,
        ("The place is the last one of its cohort.", "名次为群体的最后一名。"),
        "not-last",
        -1,
    ),
    _row(
        "not-last",
        "is not last of",
        _R,
        ("The place is not the last one of its cohort.", "名次不是群体的最后一名。"),
        "last",
        1,
    ),
    _row("includes", "includes", _S, ("The option is in the set.", "集合含有该选项。")),
    _row(
        "includes-all",
        "includes all of",
        _S,
        ("Every option listed is in the set.", "所列选项全部在集合之中。"),
    ),
    _row(
        "includes-any",
        "includes any of",
        _S,
        ("Some option listed is in the set.", "所列选项至少有一个在集合之中。"),
        "includes-none",
    ),
    _row(
        "includes-none",
        "includes none of",
        _S,
        ("No option listed is in the set.", "所列选项都不在集合之中。"),
        "includes-any",
    ),
    _row(
        "submitted",
        "is submitted",
        _P,
        ("The document was submitted.", "材料已提交。"),
        "not-submitted",
    ),
    _row(
        "not-submitted",
        "is not submitted",
        _P,
        ("The document was not submitted.", "材料未提交。"),
        "submitted",
    ),
    _row(
        "submitted-on-or-before",
        "is submitted on or before",
        _P,
        ("The document was submitted on that day or earlier.", "材料在该日或之前提交。"),
        None,
        -1,
    ),
    _row(
        "submitted-before",
        "is submitted before",
        _P,
        ("The document was submitted earlier than that day.", "材料在该日之前提交。"),
        None,
        -1,
    ),
    _row(
        "submitted-on-or-after",
        "is submitted on or after",
        _P,
        ("The document was submitted on that day or later.", "材料在该日或之后提交。"),
        None,
        1,
    ),
    _row(
        "submitted-after",
        "is submitted after",
        _P,
        ("The document was submitted later than that day.", "材料在该日之后提交。"),
        None,
        1,
    ),
    _row(
        "known",
        "is known",
        _ANY,
        (
            "The sheet states it exactly. It asks of the sheet, and is never unknown.",
            "事实表对此有确定的陈述。问的是事实表本身，因此不会不明。",
        ),
        "not-known",
    ),
    _row(
        "not-known",
        "is not known",
        _ANY,
        (
            "The sheet does not state it exactly. It asks of the sheet, and is never unknown.",
            "事实表对此没有确定的陈述。问的是事实表本身，因此不会不明。",
        ),
        "known",
    ),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType({row.name: row for row in _ROWS})

#: Operators that ask about the sheet and not about what it states.
OF_SHEET = frozenset({"known", "not-known"})


def kind_of(datatype: DataType) -> OperandKind:
    """Return what kind of left side a type is."""
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
