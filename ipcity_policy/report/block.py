"""What a report is made of: a handful of blocks that every format knows how to show.

A text of a block may be a `RichText`, whose links and badges are shown by formats that have
them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from ipcity_policy.text.inline import Link


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
    #: The name by which links lead here; empty where none does.
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
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
    #: The name of each row, by which links lead to it; empty where none does.
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletChart:
    """What was found beside its limit, on a line: the picture of what a branch says.

    Places on the line are between 0 and 1.
    """

    #: The stretch that is met.
    met: tuple[Decimal, Decimal]
    #: What was found: twice the same, or the ends of what is still possible.
    found: tuple[Decimal, Decimal]
    #: The limits with where they lie.
    limits: tuple[tuple[Decimal, str], ...]
    #: What was found, in words.
    says: str
    #: How far it is from its limit; empty where that is not known.
    margin: str = ""
    #: What stands at the two ends of the line.
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A line of a tree and what is below it."""

    mark: Mark
    text: str
    #: Whether it is one of the lines that give the result.
    decisive: bool = False
    below: tuple["TreeLine", ...] = ()
    #: Whether it has no part in the result: it is folded, or left out unless asked for.
    aside: bool = False
    bar: BulletChart | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """Lines that explain one another."""

    branches: tuple[TreeLine, ...]
    #: What its signs mean.
    legend: str = ""
    #: What is said where branches are left out.
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines shown as they are: a file, what a command prints."""

    text: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a long report holds, each with its place."""

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """What only some readers want: folded, or left out unless asked for."""

    title: str
    blocks: tuple["Block", ...]


class GanttShape(StrEnum):
    """What is drawn of a course: a stretch of time, or a day."""

    STATE = "state"
    #: The state on the day asked about.
    NOW = "now"
    TERM = "term"
    WINDOW = "window"
    BAR = "ban"
    #: The time after the last day of a window in which nothing was done.
    DELAY = "delay"
    EVENT = "event"
    #: The last day of a window.
    DUE = "due"
    MET = "met"
    MET_LATE = "met-late"
    OPEN = "open"
    OVERDUE = "overdue"
    PASSED = "passed"
    UNKNOWN = "unknown"
    #: The end of a term as it is calculated, where a notice states another.
    CALCULATED = "calculated"
    #: The time of which the events are not known.
    UNSEEN = "unseen"


#: The first and the last place that a day may have on a course, each between 0 and 1.
GanttReach: TypeAlias = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class GanttStretch:
    """A time from one day to another; one that is not known is where it may lie."""

    shape: GanttShape
    begins: GanttReach
    ends: GanttReach
    #: Whether it is there at all.
    certain: bool = True


@dataclass(frozen=True, slots=True)
class GanttPoint:
    """A day; one that is not known is where it may lie."""

    shape: GanttShape
    at: GanttReach
    certain: bool = True


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A line of a course: what it is, when, its status, and how that is drawn."""

    label: str
    when: str
    status: str
    stretches: tuple[GanttStretch, ...] = ()
    points: tuple[GanttPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class GanttGroup:
    """Rows of one kind."""

    title: str
    rows: tuple[GanttRow, ...]


@dataclass(frozen=True, slots=True)
class GanttChart:
    """What happened, ran and fell due over the years: the picture of a time line."""

    title: str
    #: What the columns hold where it is shown as a table.
    header: tuple[str, str, str]
    parts: tuple[GanttGroup, ...]
    #: Where years or months begin, in words.
    ticks: tuple[tuple[Decimal, str], ...]
    #: The day asked about.
    on: tuple[Decimal, str]
    #: From where on the events are not known, and how that is said.
    known: tuple[Decimal, str]
    #: What its shapes mean; one for hatching too.
    legend: tuple[tuple[GanttShape | None, str], ...]


Block: TypeAlias = (
    Heading | Paragraph | Items | Table | Tree | Verbatim | Contents | Fold | GanttChart
)


def anchors(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the places of a report that links can lead to."""
    for block in blocks:
        match block:
            case Heading(anchor=anchor):
                yield anchor
            case Table(anchors=named):
                yield from named
            case Tree(branches):
                yield from _of_branches(branches)
            case Fold(blocks=inside):
                yield from anchors(inside)


def _of_branches(branches: tuple[TreeLine, ...]) -> Iterator[str]:
    for one in branches:
        yield one.anchor
        yield from _of_branches(one.below)


def has_asides(branches: tuple[TreeLine, ...]) -> bool:
    """Tell whether some branch has no part in the result."""
    return any(one.aside or has_asides(one.below) for one in branches)
