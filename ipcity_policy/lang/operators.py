"""The operators of the language: name, how they are written, what they compare, meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What an operator takes on its left side."""

    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to compare two values."""

    name: str
    #: The words between the two sides.
    words: str
    kinds: frozenset[Kind]
    doc: str
    #: The operator that is true exactly where this one is false.
    opposite: str


def _table(*rows: tuple[str, str, Kind, str, str]) -> Mapping[str, Operator]:
    return MappingProxyType(
        {
            name: Operator(name, words, frozenset({kind}), doc, opposite)
            for name, words, kind, doc, opposite in rows
        }
    )


_N, _D, _C = Kind.NUMBER, Kind.DATE, Kind.CHOICE

OPERATORS = _table(
    ("at-least", "is at least", _N, "The left number is the right one or more.", "below"),
    ("at-most", "is at most", _N, "The left number is the right one or less.", "above"),
    ("above", "is above", _N, "The left number is more than the right one.", "at-most"),
    ("below", "is below", _N, "The left number is less than the right one.", "at-least"),
    ("on-or-after", "is on or after", _D, "The left day is the right one or later.", "before"),
    (
        "on-or-before",
        "is on or before",
        _D,
        "The left day is the right one or earlier.",
        "after",
    ),
    ("after", "is after", _D, "The left day is later than the right one.", "on-or-before"),
    ("before", "is before", _D, "The left day is earlier than the right one.", "on-or-after"),
    ("one-of", "is one of", _C, "The option on the left is in the set.", "not-one-of"),
    ("not-one-of", "is not one of", _C, "The option on the left is not in the set.", "one-of"),
    ("same", "is", _C, "The option on the left is the one named.", "different"),
    ("different", "is not", _C, "The option on the left is not the one named.", "same"),
)

#: Words that the grammar keeps for itself, so that no name can be mistaken for one.
KEYWORDS = frozenset(
    {"above", "after", "and", "at", "bar", "before", "below", "for", "is", "least", "most"}
    | {"no", "not", "of", "on", "one", "or", "otherwise", "permit", "yes"}
)
