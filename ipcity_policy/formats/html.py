"""Blocks as one HTML page that needs nothing else: no script, no network, fit to be printed.

The page is well-formed XML too. Whatever a text holds, it is shown and never read as markup.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import assert_never

from ipcity_policy.formats.bullet_svg import bar_svg
from ipcity_policy.formats.gantt_svg import course_svg
from ipcity_policy.formats.markup import plain
from ipcity_policy.formats.text import SIGNS
from ipcity_policy.report.block import (
    Badge,
    Block,
    Contents,
    Fold,
    GanttChart,
    Heading,
    Items,
    Link,
    Mark,
    Notable,
    Paragraph,
    Table,
    Tree,
    TreeLine,
    Verbatim,
    anchors,
)
from ipcity_policy.text.message import Message, say, tell

_WORDS: Mapping[Mark, Message] = MappingProxyType(
    {
        Mark.MET: say("met"),
        Mark.NOT_MET: say("not met"),
        Mark.UNKNOWN: say("not known", context="Mark.UNKNOWN"),
        Mark.NOT_ASKED: say("not asked here"),
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
    body: list[str] = []
    if several:
        links = (Link(title, f"report-{n}") for n, title in enumerate(titles, 1))
        places = frozenset(f"report-{n}" for n in range(1, len(written) + 1))
        body += _Writer(language, "", places).write([Contents(tuple(links))])
    for number, report in enumerate(written, 1):
        body.append(f'<article id="report-{number}">')
        prefix = f"{number}-" if several else ""
        body += _Writer(language, prefix, frozenset(anchors(report))).write(report)
        body.append("</article>")
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{_TAGS.get(language, language)}">',
        "<head>",
        '<meta charset="utf-8" />',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}" />',
        '<meta name="viewport" content="width=device-width, initial-scale=1" />',
        f"<title>{plain(next(filter(None, titles), 'ipcity'))}</title>",
        f"<style>\n{style()}</style>",
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    )
    return "\n".join(lines) + "\n"


def _title(report: tuple[Block, ...]) -> str:
    return next((one.text for one in report if isinstance(one, Heading)), "")


class _Writer:
    def __init__(self, language: str, prefix: str, anchors: frozenset[str]) -> None:
        self.language = language
        #: The places that links can lead to; a link to any other is only its words.
        self.anchors = anchors
        #: What stands before every anchor, so that the reports of a page have their own.
        self.prefix = prefix

    def write(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Yield the blocks as elements."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(text, level, anchor, notable):
                yield f"<h{level}{self._id(anchor)}>{self._text(text, notable)}</h{level}>"
            case Paragraph(text, notable):
                yield f"<p>{self._text(text, notable)}</p>"
            case Items(texts, notable):
                items = (f"<li>{self._text(text, notable)}</li>" for text in texts)
                yield from ("<ul>", *items, "</ul>")
            case Table():
                yield from self._table(block)
            case Tree(branches, legend):
                yield from self._branches(branches, "tree")
                yield from [f'<p class="legend">{plain(legend)}</p>'] if legend else []
            case Verbatim(text):
                yield f"<pre>{plain(text)}</pre>"
            case Contents(links):
                items = (f"<li>{self._link(link, plain(link.text))}</li>" for link in links)
                title = f"<h2>{tell(self.language, 'Contents')}</h2>"
                yield from ("<nav>", title, "<ol>", *items, "</ol>", "</nav>")
            case Fold(title, blocks):
                yield from self._details(title, self.write(blocks))
            case GanttChart():
                yield from ('<div class="wide">', *course_svg(block), "</div>")
            case _:
                assert_never(block)

    def _details(self, title: str, inside: Iterable[str]) -> Iterator[str]:
        yield from ("<details>", f"<summary>{plain(title)}</summary>", *inside, "</details>")

    def _table(self, table: Table) -> Iterator[str]:
        yield '<div class="wide">'
        pairs = not table.header and all(len(row) == 2 for row in table.rows)
        yield '<table class="pairs">' if pairs else "<table>"
        if table.header:
            names = "".join(f'<th scope="col">{plain(text)}</th>' for text in table.header)
            yield f"<thead><tr>{names}</tr></thead>"
        yield "<tbody>"
        anchors = table.anchors or ("",) * len(table.rows)
        for anchor, row in zip(anchors, table.rows, strict=True):
            first, *others = (self._text(text, table.notable) for text in row)
            named = f'<th scope="row">{first}</th>' if pairs else f"<td>{first}</td>"
            rest = "".join(f"<td>{text}</td>" for text in others)
            yield f"<tr{self._id(anchor)}>{named}{rest}</tr>"
        yield from ("</tbody>", "</table>", "</div>")

    def _branches(self, branches: tuple[TreeLine, ...], kind: str = "") -> Iterator[str]:
        """Yield branches as a list, and those that have no part in the result folded."""
        taking = [one for one in branches if not one.aside]
        aside = tuple(replace(one, aside=False) for one in branches if one.aside)
        if taking:
            yield f'<ul class="{kind}">' if kind else "<ul>"
            for one in taking:
                yield from self._branch(one)
            yield "</ul>"
        if aside:
            yield from self._details(
                tell(self.language, "What has no part in the answer"),
                self._branches(aside, kind),
            )

    def _branch(self, branch: TreeLine) -> Iterator[str]:
        names = f"{branch.mark} decisive" if branch.decisive else str(branch.mark)
        yield f'<li class="{names}"{self._id(branch.anchor)}>'
        if branch.mark is not Mark.NONE:
            said = tell(self.language, _WORDS[branch.mark])
            sign = SIGNS[branch.mark]
            yield f'<span class="mark" role="img" aria-label="{said}">{sign}</span>'
        yield f"<span>{self._text(branch.text, branch.notable)}</span>"
        if branch.bar is not None:
            yield from bar_svg(branch.bar, branch.mark)
        yield from self._branches(branch.below)
        yield "</li>"

    def _text(self, text: str, notable: Notable) -> str:
        """Return a text with its notable words as links and badges."""
        known = {one.text: one for one in notable if one.text and one.text in text}
        if not known:
            return plain(text)
        longest = sorted(known, key=len, reverse=True)
        parts = re.split("|".join(f"({_whole(one)})" for one in longest), text)
        return "".join(
            self._noted(known[part]) if part in known else plain(part) for part in parts if part
        )

    def _noted(self, one: Link | Badge) -> str:
        if isinstance(one, Badge):
            return f'<span class="badge {plain(one.kind)}">{plain(one.text)}</span>'
        return self._link(one, plain(one.text))

    def _link(self, link: Link, text: str) -> str:
        if link.anchor not in self.anchors:
            return text
        return f'<a href="#{plain(self.prefix + link.anchor)}">{text}</a>'

    def _id(self, anchor: str) -> str:
        return f' id="{plain(self.prefix + anchor)}"' if anchor else ""


def _whole(words: str) -> str:
    """Return a pattern of words that are no part of longer ones."""
    before = r"(?<![A-Za-z0-9])" if re.match("[A-Za-z0-9]", words) else ""
    after = r"(?![A-Za-z0-9])" if re.match("[A-Za-z0-9]", words[-1]) else ""
    return f"{before}{re.escape(words)}{after}"
