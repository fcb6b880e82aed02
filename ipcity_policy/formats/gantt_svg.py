"""A course as a picture: rows on a scale of years, their words at the left."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from xml.etree.ElementTree import Element

from ipcity_policy.formats.markup import element, stacked
from ipcity_policy.report.block import (
    GanttChart,
    GanttGroup,
    GanttPoint,
    GanttReach,
    GanttRow,
    GanttShape,
    GanttStretch,
)
from ipcity_policy.text.cells import cells
from ipcity_policy.words.wrapping import wrap

#: How wide the picture is, and where its scale begins and how long it is.
_WIDTH, _START, _LENGTH = 820, 292, 516
#: How many cells a line of words holds, and how high one is.
_LABEL_CELLS, _NOTE_CELLS, _LABEL_LINE, _NOTE_LINE = 41, 45, 16, 14
#: The room above and below the words of a row, and above the first.
_PAD, _TITLE, _HEAD, _FOOT = 5, 26, 44, 6
#: A higher one is broken into pieces, of which two find room on a printed page.
_HIGH, _PIECE = 700, 430
#: How far from each other the lines of a hatching are.
_APART = 5
#: A cell of small words is no wider.
_CELL = Decimal("6.4")
#: How high each stretch is.
_THICK = {
    GanttShape.STATE: 14,
    GanttShape.TERM: 12,
    GanttShape.WINDOW: 8,
    GanttShape.BAR: 12,
    GanttShape.DELAY: 0,
}
#: What is drawn for a day, around its place.
_SIGNS = {
    GanttShape.NOW: "M0 -8L9 0L0 8Z",
    GanttShape.EVENT: "M0 -6L6 0L0 6L-6 0Z",
    GanttShape.DUE: "M0 -10V10",
    GanttShape.MET: "M-4 0L-1 3.5L4.5 -4",
    GanttShape.MET_LATE: "M-4 0L-1 3.5L4.5 -4",
    GanttShape.OPEN: "",
    GanttShape.OVERDUE: "M-4 -4L4 4M4 -4L-4 4",
    GanttShape.PASSED: "M-4 0H4",
    GanttShape.UNKNOWN: "",
    GanttShape.CALCULATED: "M0 -8V8M-3 -8H3M-3 8H3",
}
#: The signs that stand in a circle.
_ROUND = (
    GanttShape.MET,
    GanttShape.MET_LATE,
    GanttShape.OPEN,
    GanttShape.OVERDUE,
    GanttShape.PASSED,
    GanttShape.UNKNOWN,
)
_R = 7
#: The signs that stand on a day of their own, and not on the last one of a window.
_OWN = (
    GanttShape.EVENT,
    GanttShape.DUE,
    GanttShape.MET,
    GanttShape.MET_LATE,
    GanttShape.CALCULATED,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or the title of some, with its words broken into lines."""

    title: str
    row: GanttRow | None
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        if self.row is None:
            return _TITLE
        return len(self.labels) * _LABEL_LINE + len(self.notes) * _NOTE_LINE + 2 * _PAD


def course_svg(course: GanttChart) -> Iterator[Element]:
    """Yield the pictures of a course; a long one is broken so that it can be printed."""
    pages = list(_pages(course))
    for number, page in enumerate(pages):
        yield _page(course, page, last=number == len(pages) - 1)


def _pages(course: GanttChart) -> Iterator[list[_Line]]:
    """Yield what stands on each picture: about as much on one as on the others."""
    parts = [(part.title, list(_lines(part))) for part in course.parts]
    whole = sum(line.height for _, lines in parts for line in lines)
    pages = -(-whole // _PIECE) if whole > _HIGH else 1
    high = -(-whole // pages)
    page: list[_Line] = []
    used = 0
    for title, lines in parts:
        for number, line in enumerate(lines):
            # A title is not left alone where a picture ends.
            needs = line.height if line.row is not None else 3 * _TITLE
            if page and pages > 1 and used + needs // 2 > high:
                yield page
                pages -= 1
                page = [_Line(title, None)] if number else []
                used = _TITLE if number else 0
            page.append(line)
            used += line.height
    yield page


def _lines(part: GanttGroup) -> Iterator[_Line]:
    yield _Line(part.title, None)
    for row in part.rows:
        labels, notes = wrap(row.label, _LABEL_CELLS), [row.when, row.status]
        both = " · ".join(filter(None, notes))
        notes = [both] if cells(both) <= _NOTE_CELLS else notes
        broken = [text for note in notes for text in wrap(note, _NOTE_CELLS)]
        yield _Line("", row, tuple(labels), tuple(broken))


def _page(course: GanttChart, lines: list[_Line], *, last: bool) -> Element:
    bottom = _HEAD + sum(line.height for line in lines)
    height = bottom + _FOOT + (_legend_height(course) if last else 0)
    return stacked(
        "svg",
        element("title", course.title),
        element("desc", _told(course, lines)),
        *_ground(course, bottom),
        *_rows(course, lines, bottom),
        *(
            _words("tick", label, x=_x(place), y=_HEAD - 4, dx=3)
            for place, label in course.ticks
        ),
        *(_legend(course, bottom + _FOOT) if last else ()),
        class_="course",
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_label=course.title,
    )


def _rows(course: GanttChart, lines: list[_Line], bottom: int) -> Iterator[Element]:
    """Yield the rows; the line of the day asked about lies over stretches and below days."""
    drawn: list[tuple[GanttRow, int]] = []
    top = _HEAD
    for line in lines:
        yield from _label(line, top)
        drawn += [(line.row, top + line.height // 2)] if line.row is not None else []
        top += line.height
    for row, y in drawn:
        for stretch in row.stretches:
            yield from _stretch(stretch, y)
    yield _path("on", f"M{_x(course.on[0])} 22V{bottom}")
    for row, y in drawn:
        for point in row.points:
            yield from _point(point, y)


def _told(course: GanttChart, lines: list[_Line]) -> str:
    """Say what the picture shows."""
    said = [course.known[1]]
    for line in lines:
        if line.row is not None:
            said.append(f"{line.row.label}: {line.row.when}")
            said.append(line.row.status)
    return "\n".join(filter(None, said))


def _ground(course: GanttChart, bottom: int) -> Iterator[Element]:
    """Yield what lies under the rows: the years, the day asked about, what is not known."""
    known, said = course.known
    x = _x(known)
    wide = _WIDTH - Decimal(x)
    yield element("rect", class_="unseen", x=x, y=_HEAD, width=wide, height=bottom - _HEAD)
    for place, _ in course.ticks:
        yield _path("tick", f"M{_x(place)} {_HEAD - 10}V{bottom}")
    place, label = course.on
    near = _anchor(place, cells(label) * _CELL)
    yield _words("on", label, x=_x(place), y=17, text_anchor=near)
    if said:
        for number, text in enumerate(wrap(said, _NOTE_CELLS)):
            yield _words("note", text, x=0, y=17 + number * _NOTE_LINE)


def _anchor(place: Decimal, wide: Decimal) -> str:
    half = wide / 2 / _LENGTH
    return "start" if place < half else "end" if place > 1 - half else "middle"


def _label(line: _Line, top: int) -> Iterator[Element]:
    if line.row is None:
        yield _path("part", f"M0 {top + 4}H{_WIDTH}")
        yield _words("part", line.title, x=0, y=top + 20)
        return
    y = top + _PAD
    for text in line.labels:
        y += _LABEL_LINE
        yield _words("label", text, x=0, y=y - 4)
    for text in line.notes:
        y += _NOTE_LINE
        yield _words("note", text, x=0, y=y - 3)


def _stretch(stretch: GanttStretch, y: int) -> Iterator[Element]:
    """Yield a stretch: whole between its two days, hatched where one of them is not known."""
    name = f"{stretch.shape}" if stretch.certain else f"{stretch.shape} perhaps"
    (first, begun), (over, last) = stretch.begins, stretch.ends
    if stretch.shape is GanttShape.DELAY:
        yield _path(name, f"M{_x(first)} {y}H{_x(last)}")
        return
    thick = _THICK[stretch.shape]
    top = y - thick // 2
    begun, over = (begun, over) if begun < over else (last, last)
    if stretch.certain and begun < over:
        yield _box(name, (begun, over), top, thick)
    if stretch.shape is GanttShape.BAR or not stretch.certain:
        hatched: list[GanttReach] = [(first, last)]
    else:
        hatched = [(first, begun), (over, last)]
    for low, high in hatched:
        if low < high:
            yield _hatching(name, (low, high), top, thick)
    yield _box(f"{name} edge", (first, last), top, thick)


def _point(point: GanttPoint, y: int) -> Iterator[Element]:
    """Yield a day as its sign; where it is not known, on the stretch on which it lies."""
    low, high = point.at
    name = f"{point.shape}" if point.certain else f"{point.shape} perhaps"
    exact = low == high
    if not exact and point.shape in _OWN:
        thick = 10
        yield _hatching(name, point.at, y - thick // 2, thick)
        yield _box(f"{name} edge", point.at, y - thick // 2, thick)
    if exact or point.shape not in (GanttShape.DUE, GanttShape.CALCULATED):
        at = f"{_x((low + high) / 2)} {y}"
        yield _sign(point.shape, name if exact else f"{name} within", at)


def _sign(shape: GanttShape, name: str, at: str) -> Element:
    parts = []
    if shape in _ROUND:
        parts.append(element("circle", r=_R))
    if shape is GanttShape.UNKNOWN:
        parts.append(element("text", "?", y=4, text_anchor="middle"))
    if _SIGNS[shape]:
        parts.append(element("path", d=_SIGNS[shape]))
    return stacked("g", *parts, class_=name, transform=f"translate({at})")


def _box(name: str, reach: GanttReach, top: int, thick: int) -> Element:
    low, high = reach
    wide = _px(max(high - low, Decimal(2) / _LENGTH))
    return element("rect", class_=name, x=_x(low), y=top, width=wide, height=thick)


def _hatching(name: str, reach: GanttReach, top: int, thick: int) -> Element:
    """Draw slanting lines through a box, cut off where it ends."""
    low, high = (int(_rounded(place * _LENGTH)) + _START for place in reach)
    parts = []
    # The lines of all boxes lie on one grid, so that neighbours go on in each other.
    for foot in range((low - thick) // _APART * _APART, high, _APART):
        left, right = max(foot, low), min(foot + thick, high)
        if left < right:
            y, rise = top + thick - (left - foot), right - left
            parts.append(f"M{left} {y}l{rise} -{rise}")
    return _path(f"{name} hatching", "".join(parts))


def _path(name: str, drawn: str) -> Element:
    return element("path", class_=name, d=drawn)


def _words(name: str, text: str, **where: str | int) -> Element:
    return element("text", text, class_=name, **where)


def _legend(course: GanttChart, top: int) -> Iterator[Element]:
    yield _path("part", f"M0 {top + 2}H{_WIDTH}")
    for x, y, shape, said in _legend_places(course):
        yield from _sample(shape, x, top + y)
        yield _words("note", said, x=x + 34, y=top + y + 4)


def _legend_places(course: GanttChart) -> Iterator[tuple[int, int, GanttShape | None, str]]:
    x, y = 0, 18
    for shape, said in course.legend:
        wide = 34 + int(cells(said) * _CELL) + 16
        if x and x + wide > _WIDTH:
            x, y = 0, y + 20
        yield x, y, shape, said
        x += wide


def _legend_height(course: GanttChart) -> int:
    return max(y for _, y, _, _ in _legend_places(course)) + 14


def _sample(shape: GanttShape | None, x: int, y: int) -> Iterator[Element]:
    """Yield how something is drawn, as a sample."""
    low, high = (Decimal(at - _START) / _LENGTH for at in (x + 2, x + 28))
    if shape is GanttShape.UNSEEN:
        yield element("rect", class_="unseen", x=x + 2, y=y - 6, width=26, height=12)
    elif shape is None:
        reach = (low, high)
        yield from _point(GanttPoint(GanttShape.EVENT, reach), y)
    elif shape in _THICK:
        yield from _stretch(GanttStretch(shape, (low, low), (high, high)), y)
    else:
        yield _sign(shape, str(shape), f"{x + 15} {y}")


def _x(place: Decimal) -> str:
    return f"{_rounded(place * _LENGTH) + _START}"


def _px(part: Decimal) -> str:
    return f"{_rounded(part * _LENGTH)}"


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)
