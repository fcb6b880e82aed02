"""Blocks as one HTML page that needs nothing else: no script, no network, fit to be printed.

The page is well-formed XML too. It is built of elements: whatever a text holds, it is shown and
never read as markup.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import assert_never
from xml.etree.ElementTree import Element, tostring

from ipcity_policy.formats.bullet_svg import bar_svg
from ipcity_policy.formats.gantt_svg import course_svg
from ipcity_policy.formats.markup import Inside, element, stacked
from ipcity_policy.formats.text import SIGNS
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
    anchors,
)
from ipcity_policy.text.inline import Badge, Link, RichText
from ipcity_policy.text.message import Message, say, tell

_WORDS: Mapping[Mark, Message] = MappingProxyType(
    {
        Mark.MET: say("met"),
        Mark.NOT_MET: say("not met"),
        Mark.UNKNOWN: say("not known", context="Mark.UNKNOWN"),
        Mark.NOT_ASKED: say("not applicable here"),
    }
)
#: How a browser is told which language it is.
_TAGS = {"en": "en", "zh": "zh-Hans"}
#: The page asks for nothing and runs nothing, whatever comes into it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@cache
def style() -> str:
    """Return how the page looks."""
    return Path(__file__).with_name("page.css").read_text("utf-8")


def as_html(reports: Sequence[Iterable[Block]], language: str) -> str:
    """Write reports as one page in a language; what is folded can be opened."""
    written = [tuple(report) for report in reports]
    titles = [_title(report) for report in written]
    several = len(written) > 1
    body: list[Element] = []
    if several:
        links = (Link(title, f"report-{n}") for n, title in enumerate(titles, 1))
        places = frozenset(f"report-{n}" for n in range(1, len(written) + 1))
        body += _Writer(language, "", places).write([Contents(tuple(links))])
    for number, report in enumerate(written, 1):
        prefix = f"{number}-" if several else ""
        writer = _Writer(language, prefix, frozenset(anchors(report)))
        body.append(stacked("article", *writer.write(report), id=f"report-{number}"))
    head = stacked(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", next(filter(None, titles), "ipcity")),
        element("style"),
    )
    return _page(
        stacked("html", head, stacked("body", *body), lang=_TAGS.get(language, language))
    )


def _page(root: Element) -> str:
    """Write a page so that it reads the same as HTML and as XML."""
    page = tostring(root, encoding="unicode", short_empty_elements=False)
    # In a text `<` is always escaped: a tag that is found here is none of a text. HTML knows no
    # end of a `meta`, and reads a style sheet as it stands, which ours bears in XML too.
    page = page.replace("></meta>", " />")
    page = page.replace("<style></style>", f"<style>\n{style()}</style>")
    return f"<!DOCTYPE html>\n{page}\n"


def _title(report: tuple[Block, ...]) -> str:
    return next((one.text for one in report if isinstance(one, Heading)), "")


class _Writer:
    def __init__(self, language: str, prefix: str, anchors: frozenset[str]) -> None:
        self.language = language
        #: The places that links can lead to; a link to any other is only its words.
        self.anchors = anchors
        #: What stands before every anchor, so that the reports of a page have their own.
        self.prefix = prefix

    def write(self, blocks: Iterable[Block]) -> Iterator[Element]:
        """Yield the blocks as elements."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Element]:
        match block:
            case Heading(text, level, anchor):
                yield element(f"h{level}", *self._text(text), id=self._id(anchor))
            case Paragraph(text):
                yield element("p", *self._text(text))
            case Items(texts):
                yield stacked("ul", *(element("li", *self._text(one)) for one in texts))
            case Table():
                yield self._table(block)
            case Tree(branches, legend):
                yield from self._branches(branches, "tree")
                yield from [element("p", legend, class_="legend")] if legend else []
            case Verbatim(text):
                yield element("pre", text)
            case Contents(links):
                title = element("h2", tell(self.language, "Contents"))
                items = (element("li", self._link(link)) for link in links)
                yield stacked("nav", title, stacked("ol", *items))
            case Fold(title, blocks):
                yield self._details(title, self.write(blocks))
            case GanttChart():
                yield stacked("div", *course_svg(block), class_="wide")
            case _:
                assert_never(block)

    def _details(self, title: str, inside: Iterable[Element]) -> Element:
        return stacked("details", element("summary", title), *inside)

    def _table(self, table: Table) -> Element:
        pairs = not table.header and all(len(row) == 2 for row in table.rows)
        names = (element("th", text, scope="col") for text in table.header)
        head = [element("thead", element("tr", *names))] if table.header else []
        anchors = table.anchors or ("",) * len(table.rows)
        rows = []
        for anchor, row in zip(anchors, table.rows, strict=True):
            first, *others = (self._text(text) for text in row)
            named = element("th", *first, scope="row") if pairs else element("td", *first)
            rest = (element("td", *text) for text in others)
            rows.append(element("tr", named, *rest, id=self._id(anchor)))
        body = stacked("tbody", *rows)
        return stacked(
            "div",
            stacked("table", *head, body, class_="pairs" if pairs else None),
            class_="wide",
        )

    def _branches(self, branches: tuple[TreeLine, ...], kind: str = "") -> Iterator[Element]:
        """Yield branches as a list, and those that have no part in the result folded."""
        taking = [one for one in branches if not one.aside]
        aside = tuple(replace(one, aside=False) for one in branches if one.aside)
        if taking:
            yield stacked("ul", *map(self._branch, taking), class_=kind or None)
        if aside:
            title = tell(self.language, "What does not affect the answer")
            yield self._details(title, self._branches(aside, kind))

    def _branch(self, branch: TreeLine) -> Element:
        inside = [element("span", *self._text(branch.text))]
        if branch.mark is not Mark.NONE:
            said, sign = tell(self.language, _WORDS[branch.mark]), SIGNS[branch.mark]
            inside.insert(0, element("span", sign, class_="mark", role="img", aria_label=said))
        if branch.bar is not None:
            inside.append(bar_svg(branch.bar, branch.mark))
        names = f"{branch.mark} decisive" if branch.decisive else str(branch.mark)
        below = self._branches(branch.below)
        return stacked("li", *inside, *below, class_=names, id=self._id(branch.anchor))

    def _text(self, text: str) -> Iterator[Inside]:
        """Yield a text with its links and badges."""
        for one in text.inlines if isinstance(text, RichText) else (text,):
            match one:
                case Badge(words, kind):
                    yield element("span", words, class_=f"badge {kind}")
                case Link():
                    yield self._link(one)
                case _:
                    yield one

    def _link(self, link: Link) -> Inside:
        if link.anchor not in self.anchors:
            return link.text
        return element("a", link.text, href=f"#{self.prefix}{link.anchor}")

    def _id(self, anchor: str) -> str | None:
        return self.prefix + anchor if anchor else None
