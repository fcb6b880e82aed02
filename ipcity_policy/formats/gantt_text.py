"""A course in characters: a line for each row, the years over it."""

from collections.abc import Collection, Iterator
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

from ipcity_policy.report.block import GanttChart, GanttReach, GanttRow, GanttShape
from ipcity_policy.text.cells import cells
from ipcity_policy.words.wrapping import wrap

#: What stands for each shape; every one of them fills one cell.
_SIGNS = {
    GanttShape.STATE: "#",
    GanttShape.NOW: ">",
    GanttShape.TERM: "=",
    GanttShape.WINDOW: "-",
    GanttShape.BAR: "/",
    GanttShape.DELAY: ".",
    GanttShape.EVENT: "*",
    GanttShape.DUE: "]",
    GanttShape.MET: "✓",
    GanttShape.MET_LATE: "!",
    GanttShape.OPEN: "o",
    GanttShape.OVERDUE: "✗",
    GanttShape.PASSED: "x",
    GanttShape.UNKNOWN: "?",
    GanttShape.CALCULATED: "^",
    GanttShape.UNSEEN: "·",
}
_OPEN, _ON = "~", "|"
#: How much of a line the words of a row take at most.
_WORDS = 36


def course_lines(course: GanttChart, width: int) -> Iterator[str]:
    """Yield a course as lines of at most `width` cells and an indent of two."""
    rows = [row for part in course.parts for row in part.rows]
    words = min(max(cells(row.label) for row in rows) + 4, _WORDS, width // 2)
    strip = _Strip(course, width - 2 - words - 1)
    gap = " " * words
    yield gap + strip.over(*course.on)
    yield gap + strip.years()
    drawn = set[str]()
    for part in course.parts:
        yield from wrap(part.title, width - 2)
        for row in part.rows:
            first, *others = wrap(row.label, words - 4) or [""]
            room, line = " " * (words - 2 - cells(first)), strip.row(row)
            drawn |= set(line)
            yield f"  {first}{room}{line}".rstrip()
            yield from (f"  {line}" for line in others)
    yield ""
    yield from _packed(tuple(_legend(course, drawn)), width - 2)
    yield from wrap(course.known[1], width - 2) if course.known[1] else []


def _legend(course: GanttChart, drawn: Collection[str]) -> Iterator[str]:
    """Yield what the signs mean that are drawn."""
    if _ON in drawn:
        yield f"{_ON} {course.on[1]}"
    for shape, said in course.legend:
        sign = _OPEN if shape is None else _SIGNS[shape]
        if sign in drawn:
            yield f"{sign} {said}"


def _packed(texts: tuple[str, ...], width: int) -> Iterator[str]:
    """Yield texts side by side, as many as have room in a line."""
    line = ""
    for text in [short for whole in texts for short in wrap(whole, width)]:
        if line and cells(f"{line}   {text}") > width:
            yield line
            line = ""
        line = f"{line}   {text}" if line else text
    yield line


class _Strip:
    """The part of a line on which things are drawn."""

    def __init__(self, course: GanttChart, width: int) -> None:
        self.course, self.width = course, width

    def at(self, place: Decimal) -> int:
        """Return the cell in which a place lies."""
        return min(int((place * self.width).to_integral_value(ROUND_FLOOR)), self.width - 1)

    def over(self, place: Decimal, label: str) -> str:
        """Write a label over its place, moved where it would go beyond an end."""
        at = self.at(place) - cells(label) // 2
        return " " * max(min(at, self.width - cells(label)), 0) + label

    def years(self) -> str:
        """Write the years, or every second, third, … of them where there is too little room."""
        ticks = [(self.at(place), label) for place, label in self.course.ticks]
        every = 1
        while any(
            last + cells(label) >= at for (last, label), (at, _) in pairwise(ticks[::every])
        ):
            every += 1
        line = ""
        for at, label in ticks[::every]:
            line += " " * (at - cells(line)) + label
        return line

    def row(self, row: GanttRow) -> str:
        """Draw a row."""
        on = self.at(self.course.on[0])
        unseen = self.at(self.course.known[0])
        dots, after = _SIGNS[GanttShape.UNSEEN], " "
        line = [dots if unseen < n < on else after for n in range(self.width)]
        line[on] = _ON
        for stretch in row.stretches:
            delay = stretch.shape is GanttShape.DELAY
            sign = _SIGNS[stretch.shape] if stretch.certain or delay else _OPEN
            self._fill(line, (stretch.begins[0], stretch.ends[1]), sign)
            for reach in (stretch.begins, stretch.ends):
                if reach[0] < reach[1] and not delay:
                    self._fill(line, reach, _OPEN)
            if (
                stretch.shape is GanttShape.STATE
            ):  # what came to be after what is known, nobody says
                line[unseen + 1 : on] = [dots] * max(on - unseen - 1, 0)
        for point in row.points:
            low, high = point.at
            if low < high:
                self._fill(line, point.at, _OPEN)
            if low == high or point.shape is not GanttShape.DUE:
                line[self.at((low + high) / 2)] = _SIGNS[point.shape]
        return "".join(line)

    def _fill(self, line: list[str], reach: GanttReach, sign: str) -> None:
        first, last = map(self.at, reach)
        line[first : last + 1] = sign * (last + 1 - first)
