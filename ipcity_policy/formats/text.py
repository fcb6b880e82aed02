"""Blocks as plain text: aligned by terminal cells, wrapped to a width."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from ipcity_policy.formats.gantt_text import course_lines
from ipcity_policy.report.block import (
    Block,
    Contents,
    Fold,
    GanttChart,
    Heading,
    Items,
    Mark,
    Paragraph,
    Table,
    Tree,
    TreeLine,
    Verbatim,
    has_asides,
)
from ipcity_policy.text.cells import cells
from ipcity_policy.words.wrapping import wrap

#: The narrowest window that text is broken for.
NARROWEST = 20
#: The sign that is set for each mark, in every format.
SIGNS = {
    Mark.MET: "✓",
    Mark.NOT_MET: "✗",
    Mark.UNKNOWN: "?",
    Mark.NOT_ASKED: "–",
    Mark.NONE: "·",
}
_COLOURS = {
    Mark.MET: "32",
    Mark.NOT_MET: "31",
    Mark.UNKNOWN: "33",
    Mark.NOT_ASKED: "2",
    Mark.NONE: "2",
}
_GAP = 2
#: No column is made narrower than this to make room for others.
_NARROW = 16


def as_text(
    blocks: Iterable[Block], *, width: int = 88, colour: bool = False, unfold: bool = False
) -> str:
    """Write blocks as text of at most `width` cells a line, where words allow it.

    What is folded is left out; with `unfold` it is shown too.
    """
    writer = _Writer(max(width, NARROWEST), colour=colour, unfold=unfold)
    return "\n".join(writer.write(blocks)) + "\n"


class _Writer:
    def __init__(self, width: int, *, colour: bool, unfold: bool) -> None:
        self.width = width
        self.colour = colour
        self.unfold = unfold
        #: Whether it is a report with contents, whose parts stand out.
        self.long = False

    def write(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Yield the lines of the blocks, with a blank one before each heading."""
        first = True
        previous: Block | None = None
        for block in self._unfolded(blocks):
            below_title = isinstance(previous, Heading) and previous.level > 1
            if not first and not below_title:
                yield ""
            first, previous = False, block
            self.long = self.long or isinstance(block, Contents)
            yield from self._block(block)

    def _unfolded(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            if not isinstance(block, Fold):
                yield block
            elif self.unfold:
                yield Heading(block.title, 3)
                yield from self._unfolded(block.blocks)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(text, level):
                yield from (self._paint(line, "1") for line in wrap(text, self.width))
                if level == 1 or (level == 2 and self.long):
                    yield "─" * min(cells(text), self.width)
            case Paragraph(text):
                yield from wrap(text, self.width)
            case Items(texts):
                for text in texts:
                    yield from _hang("  - ", "    ", text, self.width)
            case Table(header, rows):
                yield from self._table(header, rows)
            case Tree():
                yield from self._tree(block)
            case Contents(links):
                for link in links:
                    yield from _hang("  ", "    ", link.text, self.width)
            case Verbatim(text):
                yield from (f"    {line}".rstrip() for line in text.splitlines())
            case GanttChart():
                for line in course_lines(block, self.width):
                    yield f"  {line}".rstrip()
            case Fold():
                raise AssertionError(block)  # INVARIANT: unfolded before
            case _:
                assert_never(block)

    def _tree(self, tree: Tree) -> Iterator[str]:
        for branch in tree.branches:
            yield from self._branch(branch, 1)
        less = has_asides(tree.branches) and not self.unfold
        said = [one for one in (tree.legend, tree.left_out if less else "") if one]
        yield from [""] if said else []
        for one in said:
            yield from wrap(one, self.width)

    def _branch(self, branch: TreeLine, depth: int) -> Iterator[str]:
        if branch.aside and not self.unfold:
            return
        indent = "  " * min(depth, self.width // 4)  # half of a narrow window is left
        sign = SIGNS[branch.mark]
        lines = _hang(f"{indent}{sign} ", f"{indent}  ", branch.text, self.width)
        for number, line in enumerate(lines):
            if number == 0:
                painted = self._paint(sign, _COLOURS[branch.mark])
                line = f"{indent}{painted}{line[len(indent) + 1 :]}"
            yield line
        for below in branch.below:
            yield from self._branch(below, depth + 2)

    def _table(
        self, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
    ) -> Iterator[str]:
        everything = (header, *rows) if header else rows
        if not everything:
            return
        widths = self._widths(everything)
        if sum(widths) + _GAP * len(widths) > self.width:
            yield from self._stacked(header, rows)
            return
        for number, row in enumerate(everything):
            for line in _row(row, widths):
                yield self._paint(line, "1") if header and not number else line

    def _stacked(
        self, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
    ) -> Iterator[str]:
        """Write the columns of a row one below the other, where the window is too narrow."""
        for row in rows:
            for number, text in enumerate(row):
                named = f"{header[number]}: {text}" if header and number and text else text
                yield from _hang("    " if number else "  ", "      ", named, self.width)

    def _widths(self, rows: tuple[tuple[str, ...], ...]) -> list[int]:
        """Give each column what it needs; where that is too much, the widest give way.

        None becomes narrower than its longest word.
        """
        columns = tuple(zip(*rows, strict=True))
        widths = [max(map(cells, column)) for column in columns]
        least = [
            max(cells(line) for text in column for line in wrap(text, _NARROW) or [""])
            for column in columns
        ]
        room = self.width - 2 - _GAP * (len(widths) - 1)
        while sum(widths) > room:
            wide = [i for i, width in enumerate(widths) if width > least[i]]
            if not wide:
                break
            widths[max(wide, key=lambda i: widths[i])] -= 1
        return widths

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour and text else text


def _row(row: tuple[str, ...], widths: list[int]) -> list[str]:
    columns = [wrap(text, width) or [""] for text, width in zip(row, widths, strict=True)]
    lines = []
    for number in range(max(map(len, columns))):
        parts = [column[number] if number < len(column) else "" for column in columns]
        padded = (
            text + " " * (width - cells(text))
            for text, width in zip(parts, widths, strict=True)
        )
        lines.append(("  " + (" " * _GAP).join(padded)).rstrip())
    return lines


def _hang(first: str, rest: str, text: str, width: int) -> list[str]:
    lines = wrap(text, width - max(cells(first), cells(rest))) or [""]
    return [first + lines[0], *(rest + line for line in lines[1:])]
