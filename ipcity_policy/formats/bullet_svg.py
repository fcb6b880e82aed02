"""A bar as a picture: its line, what is met, the limit, what was found and how far apart."""

from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

from ipcity_policy.formats.markup import element, stacked
from ipcity_policy.report.block import BulletChart, Mark

#: The size of the picture, and where its line begins and how long it is.
_WIDTH, _HEIGHT, _START, _LENGTH = 640, 62, 8, 624
#: How high its parts lie: the words of the limit, the line, the margin, what was found.
_ABOVE, _LINE, _THICK, _MARGIN, _BELOW = 11, 20, 8, 38, 56
#: How near to an end words no longer stand in the middle of their place.
_NEAR = Decimal("0.2")


def bar_svg(bar: BulletChart, mark: Mark) -> Element:
    """Draw a bar; `mark` tells the status of the comparison."""
    said = (*(label for _, label in bar.limits), bar.says, *filter(None, [bar.margin]))
    return stacked(
        "svg",
        _stretch("line", Decimal(0), Decimal(1)),
        _stretch("zone", *bar.met),
        *_limits(bar),
        *_ends(bar),
        *_found(bar),
        class_=f"bar {mark}",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_label=", ".join(said),
    )


def _limits(bar: BulletChart) -> Iterator[Element]:
    for place, label in bar.limits:
        yield element("path", class_="limit", d=f"M{_x(place)} {_LINE - 5}v{_THICK + 10}")
        yield _words("limit", place, _ABOVE, label)


def _found(bar: BulletChart) -> Iterator[Element]:
    low, high = bar.found
    middle = (low + high) / 2
    if low == high:
        yield element("circle", class_="found", cx=_x(low), cy=_LINE + _THICK // 2, r=6)
    else:
        yield _stretch("found", low, high)
    limit, _ = bar.limits[0]
    if bar.margin and low == high != limit:
        first, last = sorted((low, limit))
        drawn = f"M{_x(first)} {_MARGIN - 4}v8m0 -4H{_x(last)}m0 -4v8"
        yield element("path", class_="margin", d=drawn)
    said = f"{bar.says} · {bar.margin}" if bar.margin else bar.says
    yield _words("found", middle, _BELOW, said)


def _ends(bar: BulletChart) -> Iterator[Element]:
    """Yield what stands at the ends of the line, where nothing else stands."""
    for place, label in zip((Decimal(0), Decimal(1)), bar.ends, strict=True):
        if label and all(abs(place - one) > _NEAR for one, _ in bar.limits):
            yield _words("end", place, _ABOVE, label)


def _x(place: Decimal) -> str:
    """Return where a place of the line lies."""
    return f"{_START + place * _LENGTH:.1f}"


def _stretch(name: str, low: Decimal, high: Decimal) -> Element:
    wide = f"{max((high - low) * _LENGTH, Decimal(2)):.1f}"
    return element("rect", class_=name, x=_x(low), y=_LINE, width=wide, height=_THICK)


def _words(name: str, place: Decimal, height: int, text: str) -> Element:
    near = "start" if place < _NEAR else "end" if place > 1 - _NEAR else "middle"
    x = f"{_START}" if place < _NEAR / 4 else _x(place)
    return element("text", text, class_=name, x=x, y=height, text_anchor=near)
