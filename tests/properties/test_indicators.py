"""What the total of a table may come to, held against every way the table may be filled in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.engines.interpreter.explanation import Reason
from ipcity_policy.lang.values import Numbers
from ipcity_policy.law.library import Library
from ipcity_policy.sheet.reader import open_sheet
from ipcity_policy.sheet.sheet import Sheet

#: The largest points of a block; every way to fill in a table of these is gone through.
MOST = 4


@dataclass(frozen=True)
class Row:
    """An indicator: its points and its score, None where they are not known."""

    points: int | None
    score: int | None


@dataclass(frozen=True)
class Block:
    """Some indicators and what they hold together, and whether there are more of them."""

    points: int | None
    rows: tuple[Row, ...]
    further: bool

    @property
    def open(self) -> bool:
        """Whether it may hold more than the points that are known of its indicators."""
        return self.further or any(row.points is None for row in self.rows)

    def totals(self, points: int) -> set[int]:
        """Return what the block may come to where it holds some points."""
        left = points - sum(row.points or 0 for row in self.rows)
        open_ = [row for row in self.rows if row.points is None]
        found: set[int] = set()
        for shares in product(range(left + 1), repeat=len(open_) + 1):
            rest = shares[-1]
            if sum(shares) != left or (rest and not self.further):
                continue
            held = iter(shares)
            ways = [scores(row, next(held) if row.points is None else row.points)
                    for row in self.rows]  # fmt: skip
            found |= {sum(way) for way in product(*ways, range(rest + 1))}
        return found


def scores(row: Row, points: int) -> range:
    """Return what an indicator of some points may score."""
    if row.score is None:
        return range(points + 1)
    return range(row.score, row.score + 1) if row.score <= points else range(0)


def totals(blocks: tuple[Block, ...], points: int, *, further: bool) -> set[int]:
    """Return what a table may come to, gone through value by value."""
    left = points - sum(block.points or 0 for block in blocks)
    open_ = [block for block in blocks if block.points is None]
    found: set[int] = set()
    for shares in product(range(left + 1), repeat=len(open_) + 1):
        rest = shares[-1]
        if sum(shares) != left or (rest and not further):
            continue
        held = iter(shares)
        ways = [
            block.totals(next(held) if block.points is None else block.points)
            for block in blocks
        ]
        found |= {sum(way) for way in product(*ways, range(rest + 1))}
    return found


@st.composite
def rows(draw: st.DrawFn) -> Row:
    points = draw(st.none() | st.integers(1, 2))
    most = MOST if points is None else points
    return Row(points, draw(st.none() | st.integers(0, most)))


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[Block, ...], int, bool]:
    """Draw a table whose points add up, and scores that fit it."""
    blocks = []
    for _ in range(draw(st.integers(1, 2))):
        inside = tuple(draw(st.lists(rows(), min_size=0, max_size=2)))
        held = sum(row.points or 0 for row in inside)
        open_ = any(row.points is None for row in inside)
        further = draw(st.booleans()) or not inside
        extra = draw(st.integers(1, MOST - 1)) if open_ or further else 0
        points = draw(st.sampled_from((None, held + extra)))
        blocks.append(Block(points, inside, further))
    held = sum(block.points or sum(r.points or 0 for r in block.rows) for block in blocks)
    further = draw(st.booleans())
    open_ = further or any(block.points is None and block.open for block in blocks)
    extra = draw(st.integers(1, MOST)) if open_ else 0
    return tuple(blocks), held + extra, further


VERSION = """\
title-en: Rules
title-zh: 规则
in-force: {from: 2001-01-01, until: open, basis: attested}
"""
FACT = """\
  {0}:
    type: number
    unit: points
    range: at least 0
    label-en: a
    label-zh: 甲
    asks-en: How many?
    asks-zh: 多少？
"""
VOCABULARY = """\
measure: parcels
title-en: Parcels
title-zh: 包裹
subject: {key: parcel, label-en: parcel, label-zh: 包裹}
units:
  points: {label-en: points, label-zh: 分}
facts:
"""


def written(blocks: tuple[Block, ...], points: int, *, further: bool) -> Iterator[str]:
    """Yield the lines of the article that holds a table."""
    yield "{article: 1, title-en: A, title-zh: 甲, basis: attested,"
    yield "rules: {asked: {title-en: A, title-zh: 甲, require: whole is known}},"
    yield "decisions: {asked: {asks-en: A?, asks-zh: 甲？, outcomes: {"
    yield "yes-it-is: {says-en: A, says-zh: 甲, when: asked},"
    yield "no-it-is-not: {says-en: B, says-zh: 乙, when: otherwise}}}},"
    yield f"indicators: {{whole: {{title-en: A, title-zh: 甲, points: {points} points,"
    yield "further: yes," if further else ""
    yield "blocks: {"
    for number, block in enumerate(blocks):
        yield f"b{number}: {{title-en: A, title-zh: 甲, points: {said(block.points)},"
        yield "further: yes," if block.further else ""
        yield "rows: {"
        for place, row in enumerate(block.rows):
            yield f"s{number}-{place}: "
            yield f"{{title-en: A, title-zh: 甲, points: {said(row.points)}}},"
        yield "}},"
    yield "}}}}"


def said(points: int | None) -> str:
    return "unknown" if points is None else f"{points} points"


def total_of(blocks: tuple[Block, ...], points: int, *, further: bool) -> Numbers:
    """Return what the evaluator makes of a table and its scores."""
    stated = {
        f"s{number}-{place}": row.score
        for number, block in enumerate(blocks)
        for place, row in enumerate(block.rows)
    }
    with TemporaryDirectory() as folder:
        home = Path(folder) / "parcels"
        (home / "1").mkdir(parents=True)
        facts = "".join(FACT.format(name) for name in (*stated, "other"))
        (home / "facts.yaml").write_text(VOCABULARY + facts, "utf-8")
        (home / "1" / "measure.yaml").write_text(VERSION, "utf-8")
        text = "\n".join(written(blocks, points, further=further))
        (home / "1" / "article-01.yaml").write_text(text, "utf-8")
        library = Library(home.parent, "a test")
        (ref,) = library.named("parcels/1")
        program = library.program(ref)
        assert program.value is not None, [d.message_text for d in program.diagnostics]
        (home / "sheet.yaml").write_text(
            "sheet: 1\nmeasure: parcels\nparcel: {name-en: A, name-zh: 甲}\nfacts:\n"
            + "".join(f"  {n}: {s} points\n" for n, s in stated.items() if s is not None),
            "utf-8",
        )
        sheet = open_sheet(library, home / "sheet.yaml").value
        assert isinstance(sheet, Sheet)
        values = {name: one.value for name, one in sheet.statements.items()}
        found = answer(program.value, values, "asked")
    value = next(r.values["whole"] for r in every(found.reasons) if "whole" in r.values)
    assert isinstance(value, Numbers)
    return value


def every(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        yield from every(reason.because)


@pytest.mark.whole
def test_a_total_lies_between_the_least_and_the_most_that_any_filling_in_gives() -> None:
    tried: Counter[str] = Counter()

    @settings(max_examples=80)
    @given(tables())
    def filled_in(table: tuple[tuple[Block, ...], int, bool]) -> None:
        blocks, points, further = table
        possible = totals(blocks, points, further=further)
        assume(possible)  # else the scores do not fit the table, which is a fault of the sheet
        found = total_of(blocks, points, further=further)
        assert found == Numbers(Decimal(min(possible)), Decimal(max(possible)), "points")
        tried["open" if len(possible) > 1 else "known"] += 1

    filled_in()
    assert tried["open"] > 30, tried
    assert tried["known"] > 4, tried
