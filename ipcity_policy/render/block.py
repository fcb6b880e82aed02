"""What a report is made of: a handful of blocks that every format knows how to show."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Mark(StrEnum):
    """A sign before a line of a tree."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"
    NOT_ASKED = "not-asked"
    #: What stands there is neither; a line that explains.
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; level 1 is the report's own."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in columns; the header may be empty."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of a tree and what hangs below it."""

    mark: Mark
    text: str
    #: Whether it is one of the lines that give the result.
    decisive: bool = False
    below: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """Lines that explain one another."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines shown as they are: a file, what a command prints."""

    text: str


Block: TypeAlias = Heading | Text | Items | Table | Tree | Verbatim
