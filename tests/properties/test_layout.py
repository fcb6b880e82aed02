"""Laying a file out: the same document, every comment, one form whatever the spaces were."""

import re
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.law.formatting import canonical
from ipcity_policy.text.source import Source
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence
from ipcity_policy.yaml.reader import read_document

words = st.lists(st.sampled_from(["a", "b-c", "60", "得分", "x:y", "d#e", "，"]), min_size=1)


@dataclass(frozen=True)
class Text:
    """A text in one of the ways to write one."""

    style: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """A list or a block in brackets."""

    opening: str
    items: tuple["Text | Flow", ...]
    broken: bool


@dataclass(frozen=True)
class Block:
    """Entries on lines of their own, each behind comments and blank lines, or none."""

    listed: bool
    entries: tuple[tuple[tuple[str, ...], str, "Value"], ...]


Value: TypeAlias = Text | Flow | Block
Read: TypeAlias = "str | list[Read] | dict[str, Read]"

lines = words.map(" ".join)
texts = st.one_of(
    st.builds(Text, st.sampled_from(["plain", "'", '"']), st.tuples(lines)),
    st.builds(Text, st.sampled_from(["plain", "'", '"']), st.tuples(lines, lines)),
    st.builds(Text, st.sampled_from(["|", "|-", ">"]), st.tuples(lines, lines)),
    st.just(Text("none", ())),
)
flows = st.recursive(
    st.builds(Text, st.sampled_from(["'", '"']), st.tuples(lines)),
    lambda inner: st.builds(
        Flow,
        st.sampled_from("[{"),
        st.lists(inner, max_size=3).map(tuple),
        st.booleans(),
    ),
    max_leaves=5,
).filter(lambda value: isinstance(value, Flow))
#: Lines before an entry: comments, and blank ones.
before = st.lists(st.sampled_from(["#", ""]), max_size=3).map(tuple)
trailing = st.sampled_from(["", "#"])
values = st.recursive(
    texts | flows,
    lambda inner: st.builds(
        Block,
        st.booleans(),
        st.lists(st.tuples(before, trailing, inner), min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=8,
)
files = values.filter(lambda value: isinstance(value, Block))


class Hand:
    """Writes a file as someone does who does not look at spaces, noting the comments."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.lines: list[str] = []
        self.comments: list[str] = []

    def some(self, least: int, most: int) -> str:
        return " " * self.random.randint(least, most)

    def comment(self) -> str:
        self.comments.append(f"# remark {len(self.comments)}，得分")
        return self.comments[-1]

    def block(self, block: Block, indent: int) -> None:
        for number, (above, trail, value) in enumerate(block.entries):
            for line in above:
                spaces = self.some(0, indent)
                # More spaces than one might make a blank line part of a text above it.
                self.lines.append(spaces + self.comment() if line else self.some(0, 1))
                self.lines += [self.some(0, 1)] * (0 if line else self.random.randint(0, 2))
            head = "-" if block.listed else f"k{number}{self.some(0, 2)}:"
            self.entry(" " * indent + head, trail, value, indent, listed=block.listed)

    def entry(self, head: str, trail: str, value: Value, indent: int, *, listed: bool) -> None:
        match value:
            case Block():
                self.end(head, trail)
                bare = value.listed and not listed
                self.block(value, indent + self.random.randint(0 if bare else 1, 4))
            case Text("|" | "|-" | ">" as style):
                self.end(f"{head}{self.some(1, 3)}{style}", trail)
                deeper = " " * (indent + self.random.randint(1, 4))
                self.lines += [deeper + line for line in value.lines]
            case Text(style, inner):
                quote = "" if style in ("plain", "none") else style
                pieces = [line + self.some(0, 2) for line in inner]
                text = f"\n{' ' * indent}{self.some(1, 4)}".join(pieces).rstrip()
                self.end(f"{head}{self.some(1, 3)}{quote}{text}{quote}", trail)
            case Flow():
                self.end(head + self.some(1, 3) + self.flow(value, indent), trail)

    def flow(self, value: Text | Flow, indent: int) -> str:
        if isinstance(value, Text):
            return value.style + value.lines[0] + value.style
        pieces = [self.flow(item, indent) for item in value.items]
        if value.opening == "{":
            pieces = [
                f"k{n}{self.some(0, 1)}:{self.some(1, 2)}{p}" for n, p in enumerate(pieces)
            ]
        comma = f"{self.some(0, 1)},{self.some(0, 3)}"
        if value.broken:
            comma += f"\n{self.some(1, 3)}{' ' * indent}"
        end = "]" if value.opening == "[" else "}"
        return value.opening + self.some(0, 2) + comma.join(pieces) + self.some(0, 2) + end

    def end(self, line: str, trail: str) -> None:
        # One space alone: wider ones keep the column of the remark.
        remark = f"{line.rstrip()} {self.comment()}" if trail else line + self.some(0, 2)
        self.lines.append(remark)


def meaning(value: Value) -> Read:
    """Return what a value says, from what YAML says of folding and of block texts."""
    match value:
        case Text("|" | "|-" | ">" as style, lines):
            joined = (" " if style == ">" else "\n").join(lines)
            return joined + ("" if style == "|-" else "\n")
        case Text(_, lines):
            return " ".join(lines)
        case Flow("[", items):
            return [meaning(item) for item in items]
        case Flow(_, items):
            return {f"k{number}": meaning(item) for number, item in enumerate(items)}
        case Block(listed, entries):
            inner = [meaning(value) for _, _, value in entries]
            return inner if listed else {f"k{n}": value for n, value in enumerate(inner)}


def read(node: Node | None) -> Read:
    match node:
        case Scalar(text):
            return text
        case Sequence(items):
            return [read(item) for item in items]
        case document.Mapping(entries):
            return {key.text: read(value) for key, value in entries}
    raise AssertionError("nothing was read")


def written(value: Block, random: Random) -> tuple[str, list[str]]:
    hand = Hand(random)
    hand.block(value, 0)
    return "\n".join([*hand.lines, hand.comment()]), hand.comments


def laid_out(text: str) -> str:
    result = canonical("x.yaml", text.encode())
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value.decode()


randoms = st.randoms(use_true_random=False)


@pytest.mark.whole
@given(files, randoms)
def test_it_says_the_same_with_every_comment(value: Block, random: Random) -> None:
    text, comments = written(value, random)
    after = laid_out(text)
    assert read(read_document(Source("x", after)).value) == meaning(value)
    assert re.findall("# remark .*", after) == comments
    assert laid_out(after) == after


@pytest.mark.whole
@given(files, randoms, randoms)
def test_there_is_one_form_whatever_the_spaces_were(
    value: Block, one: Random, other: Random
) -> None:
    assert laid_out(written(value, one)[0]) == laid_out(written(value, other)[0])


@pytest.mark.whole
@given(files, randoms, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_it_is_in_order(value: Block, random: Random, newline: str, mark: str) -> None:
    after = laid_out(mark + written(value, random)[0].replace("\n", newline))
    assert re.search(r"\t|\r|\ufeff| \n|\n\n\n|\A\n", after) is None
    assert after.endswith("\n")
    assert not after.endswith("\n\n")
    assert all(len(gap) >= 2 for gap in re.findall("[^ \n]( +)# remark", after))
    in_columns(yaml.compose(after, Loader=yaml.BaseLoader), 0)


def in_columns(node: yaml.Node | None, column: int) -> None:
    """Assert that each block stands two columns deeper than the one that holds it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        return
    assert node.start_mark.column == column
    for inner in node.value:
        in_columns(inner[1] if isinstance(inner, tuple) else inner, column + 2)


odd = st.text(st.sampled_from("ab:-[]{},'\"|>&*!#?% \n\t城（。60+\\."), max_size=60)


@given(odd)
def test_what_can_be_read_is_laid_out(text: str) -> None:
    result = canonical("x.yaml", text.encode())
    assert (result.value is None) == bool(result.diagnostics)
    if result.value is not None:
        assert canonical("x.yaml", result.value).value == result.value
