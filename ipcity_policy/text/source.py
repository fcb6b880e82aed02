"""A text with a name, and places in it; and places in a table.

Offsets count code points and ranges are half-open; lines, rows and columns start at 1.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TypeAlias

_WIDE = r"[\u2e80-\u9fff\uff00-\uffef]"
_BETWEEN_CHINESE = re.compile(rf"(?<={_WIDE}) (?={_WIDE})")


def flow(text: str) -> str:
    """Join the lines of a text, without a space between Chinese characters."""
    return _BETWEEN_CHINESE.sub("", " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A line and a column, both from 1; the column counts code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text and the name by which its reader knows it, usually a path."""

    name: str
    text: str
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        object.__setattr__(self, "_starts", tuple(starts))

    def position(self, offset: int) -> LineColumn:
        """Return the line and column of an offset; past the end counts as the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        return LineColumn(line, offset - self._starts[line - 1] + 1)

    def start_of(self, number: int) -> int:
        """Return the offset at which line `number` begins."""
        return self._starts[number - 1]

    def line(self, number: int) -> str:
        """Return line `number`, from 1, without its line break."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source. It knows its text, so a message can quote it alone."""

    source: Source = field(repr=False)
    start: int
    end: int

    @property
    def position(self) -> LineColumn:
        """Where the stretch begins."""
        return self.source.position(self.start)

    @property
    def text(self) -> str:
        """What is written there."""
        return self.source.text[self.start : self.end]

    @property
    def file(self) -> str:
        """The name of what it stands in."""
        return self.source.name

    @property
    def row(self) -> int:
        """The line on which it begins."""
        return self.position.line

    @property
    def order(self) -> tuple[str, int, int]:
        """By what places are sorted: as they are read, file after file."""
        return self.source.name, self.start, self.end

    def lies_in(self, outer: "Span") -> bool:
        """Tell whether it is that stretch of the source, or a part of it."""
        same = self.source.name == outer.source.name
        return same and outer.start <= self.start and self.end <= outer.end

    @property
    def place(self) -> str:
        """`file:line:column`, the form editors jump to."""
        position = self.position
        return f"{self.source.name}:{position.line}:{position.column}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with what is written there.

    >>> Cell("parcels.xlsx", 7, 28, "12 kilos", sheet="all").place
    'parcels.xlsx!all!AB7'
    """

    file: str
    row: int
    column: int
    text: str
    #: The sheet of a workbook; empty where the file is one table.
    sheet: str = ""

    def lies_in(self, outer: Span) -> bool:
        """Tell whether it is a part of a text, which no cell is."""
        return False

    @property
    def order(self) -> tuple[str, int, int]:
        """By what places are sorted: as they are read, row after row."""
        return f"{self.file}!{self.sheet}", self.row, self.column

    @property
    def name(self) -> str:
        """`B7`, as spreadsheet programs name it."""
        letters, left = "", self.column
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.row}"

    @property
    def place(self) -> str:
        """`file!sheet!B7`."""
        return "!".join(filter(None, (self.file, self.sheet, self.name)))


#: Where something that a user wrote stands.
Place: TypeAlias = Span | Cell


@dataclass(frozen=True, slots=True)
class Written:
    """What a user wrote at a place."""

    text: str
    at: Place
