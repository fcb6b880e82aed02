"""Elements of a page, built and never written by hand: no text is read as markup."""

import re
from decimal import Decimal
from xml.etree.ElementTree import Element

#: What an element holds: text and other elements, in order.
Inside = str | Element

#: What neither HTML nor XML can hold.
_UNFIT = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]"
)


def element(tag: str, *inside: Inside, **attributes: str | int | Decimal | None) -> Element:
    """Build an element; what no page can hold is shown as U+FFFD.

    `aria_label` is the attribute `aria-label`, `class_` is `class`; None leaves one out.
    """
    made = Element(
        tag,
        {
            name.rstrip("_").replace("_", "-"): _fit(str(value))
            for name, value in attributes.items()
            if value is not None
        },
    )
    last: Element | None = None
    for part in inside:
        if not isinstance(part, str):
            made.append(part)
            last = part
        elif last is None:
            made.text = (made.text or "") + _fit(part)
        else:
            last.tail = (last.tail or "") + _fit(part)
    return made


def stacked(tag: str, *inside: Element, **attributes: str | int | Decimal | None) -> Element:
    """Build an element that holds others, each on a line of its own."""
    lines = (part for one in inside for part in (one, "\n"))
    return element(tag, "\n", *lines, **attributes)


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)
