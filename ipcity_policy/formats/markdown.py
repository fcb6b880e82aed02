"""Blocks as Markdown: CommonMark with tables, and no HTML in it."""

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

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
    has_asides,
)

#: What Markdown would read wherever it stands.
_READ = re.compile(r"[\\`*_\[<|~&$]")
#: What it would read where a line begins: a heading, a list, a rule, a numbered item.
_FIRST = re.compile(r"[#+=>-]|(?:\d{1,9})[.)](?=\s|$)")


def as_markdown(blocks: Iterable[Block], *, unfold: bool = False) -> str:
    """Write blocks as Markdown; what is folded is left out, unless `unfold` asks for it."""
    return "\n".join(_Writer(unfold=unfold).write(blocks)).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """Return a text in one line, with all that Markdown would read made plain."""
    line = _READ.sub(r"\\\g<0>", " ".join(text.split()))
    first = _FIRST.match(line)
    return line if first is None else f"{line[: first.end() - 1]}\\{line[first.end() - 1 :]}"


class _Writer:
    def __init__(self, *, unfold: bool) -> None:
        self.unfold = unfold

    def write(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Yield the lines of the blocks, with a blank one after each."""
        for block in blocks:
            if not isinstance(block, Fold):
                yield from self._block(block)
                yield ""
            elif self.unfold:
                yield from self.write((Heading(block.title, 3), *block.blocks))

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(text, level):
                yield f"{'#' * level} {escaped(text)}"
            case Paragraph(text):
                yield escaped(text)
            case Items(texts):
                yield from (f"- {escaped(text)}" for text in texts)
            case Table(header, rows):
                yield from _table(header, rows) if header else _pairs(rows)
            case Tree():
                yield from self._tree(block)
            case Verbatim(text):
                runs = re.findall("`+", text)
                fence = "`" * max(3, *(len(run) + 1 for run in runs), 3)
                yield from (fence, *text.splitlines(), fence)
            case Contents(links):
                yield from (f"- {escaped(link.text)}" for link in links)
            case GanttChart():
                yield from _table(("", *block.header), _course_rows(block))
            case Fold():
                raise AssertionError(block)  # INVARIANT: unfolded before
            case _:
                assert_never(block)

    def _tree(self, tree: Tree) -> Iterator[str]:
        for branch in tree.branches:
            yield from self._branch(branch, 0)
        less = has_asides(tree.branches) and not self.unfold
        said = " ".join(filter(None, (tree.legend, tree.left_out if less else "")))
        if said:
            yield from ("", escaped(said))

    def _branch(self, branch: TreeLine, depth: int) -> Iterator[str]:
        if branch.aside and not self.unfold:
            return
        sign = "" if branch.mark is Mark.NONE else f"{SIGNS[branch.mark]} "
        yield f"{'  ' * depth}- {sign}{escaped(branch.text)}"
        for below in branch.below:
            yield from self._branch(below, depth + 1)


def _table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for row in (header, tuple("---" for _ in header), *rows):
        cells = row if row[0] == "---" else map(escaped, row)
        yield f"| {' | '.join(cells)} |"


def _course_rows(course: GanttChart) -> tuple[tuple[str, ...], ...]:
    return tuple(
        ("" if number else part.title, row.label, row.when, row.status)
        for part in course.parts
        for number, row in enumerate(part.rows)
    )


def _pairs(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Write a table without a header as a list; a row without a name goes on with the last."""
    for first, *others in rows:
        rest = " — ".join(escaped(one.removeprefix("- ")) for one in others)
        yield f"- **{escaped(first)}**: {rest}" if first else f"  - {rest}"
