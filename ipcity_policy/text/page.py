"""Markdown pages as we write them: headings, fences and prose, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

_TITLE = re.compile(r"(#{1,6}) +(.*)")
_FENCE = re.compile(r"(`{3,})(\S*) ?(.*)")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; level 1 is the page's own."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A text between backticks: an example, a file, what a command prints."""

    language: str
    #: What stands after the language: the name of a file; empty where there is none.
    name: str
    body: str
    #: The line on which the body begins.
    line: int


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines up to a blank one: a paragraph, a list, or a table."""

    lines: tuple[str, ...]
    line: int

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells of a table, row by row, the header first; empty for other prose."""
        if not self.lines[0].startswith("|"):
            return ()
        rows = [tuple(cell.strip() for cell in line[1:-1].split("|")) for line in self.lines]
        return (rows[0], *rows[2:])

    @property
    def items(self) -> tuple[str, ...]:
        """The items of a list; empty for other prose."""
        if not self.lines[0].startswith("- "):
            return ()
        return tuple(re.split(r"^- ", "\n".join(self.lines), flags=re.MULTILINE)[1:])


PagePart: TypeAlias = Title | Fence | Prose


def read_page(text: str) -> tuple[PagePart, ...]:
    """Read a page: what it is made of, in order."""
    return tuple(_parts(text.split("\n")))


def _parts(lines: list[str]) -> Iterator[PagePart]:
    at = 0
    while at < len(lines):
        start = at
        at += 1
        if fence := _FENCE.fullmatch(lines[start]):
            while at < len(lines) and lines[at] != fence[1]:
                at += 1
            body = "".join(f"{line}\n" for line in lines[start + 1 : at])
            at += 1
            yield Fence(fence[2], fence[3], body, start + 2)
        elif title := _TITLE.fullmatch(lines[start]):
            yield Title(len(title[1]), title[2], start + 1)
        elif lines[start].strip():
            while at < len(lines) and _is_prose(lines[at]):
                at += 1
            yield Prose(tuple(lines[start:at]), start + 1)


def _is_prose(line: str) -> bool:
    return bool(line.strip()) and not _FENCE.fullmatch(line) and not _TITLE.fullmatch(line)
