"""What is answered once an assumed text is replaced by nothing, by a path of its own.

Each entry of a version that is only assumed is marked as not available, as if nobody had
put anything in its place. Then nothing is left to suppose, and the answer that is given must
be the headline of the law as it is shipped, and what `--strict` gives.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Basis, Origin
from ipcity_policy.law.program import Program
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.sheet.reader import open_sheet
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Result
from tests.support import opened

#: Days before, under and between the versions, at their borders, and once the last is in doubt.
DAYS = (
    date(2013, 10, 1),
    date(2014, 6, 12),
    date(2015, 3, 15),
    date(2015, 12, 31),
    date(2016, 8, 31),
    date(2016, 11, 17),
    date(2016, 11, 18),
    date(2017, 12, 12),
    date(2018, 4, 20),
    date(2019, 6, 1),
    date(2020, 12, 31),
    date(2022, 7, 1),
)


def without_assumed(program: Program) -> Program:
    """Return a version in which what is only assumed is not available."""
    emptied = _emptied(program, {})
    assert isinstance(emptied, Program)
    return emptied


def _emptied(value: Any, done: dict[int, Any]) -> Any:
    match value:
        case Origin():
            assumed = value.basis is Basis.ASSUMED
            return replace(value, basis=Basis.UNAVAILABLE) if assumed else value
        case Mapping():
            return MappingProxyType({key: _emptied(one, done) for key, one in value.items()})
        case tuple():
            return tuple(_emptied(one, done) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        if id(value) not in done:
            told = {
                one.name: _emptied(getattr(value, one.name), done)
                for one in fields(value)
                if one.init and one.name not in ("vocabulary", "span")
            }
            done[id(value)] = replace(value, **told)
        return done[id(value)]
    return value


#: Each version with the one that it becomes; kept, so that none gives its number to another.
_EMPTIED: dict[int, tuple[Program, Program]] = {}


@contextmanager
def nothing_assumed() -> Iterator[None]:
    """Let every library hand out versions in which what is assumed is not available."""
    given = Library.program

    def program(self: Library, *asked: Any, **more: Any) -> Result[Program]:
        found = given(self, *asked, **more)
        if found.value is None:
            return found
        if id(found.value) not in _EMPTIED:
            _EMPTIED[id(found.value)] = found.value, without_assumed(found.value)
        return Result(_EMPTIED[id(found.value)][1], found.diagnostics)

    with patch.object(Library, "program", program):
        yield


def try_headlines(folder: Path, sheets: Sequence[Path], days: Sequence[date]) -> int:
    """Hold the answers on some sheets and days against each other; return how many differ.

    What differs is what is answered with what is assumed: if nothing ever did, nothing would
    have been tried.
    """
    library, emptied = opened(folder), opened(folder)
    supposed = 0
    for path in sheets:
        sheet = open_sheet(library, path).value
        assert sheet is not None
        for on in days:
            headlines = _answers(library, sheet, on)
            strictly = _answers(library, sheet, on, strict=True)
            with nothing_assumed():
                without = _answers(emptied, sheet, on)
            assert headlines.keys() == strictly.keys() == without.keys()
            for decision, one in headlines.items():
                said = f"{path.stem}, {decision}, {on}"
                assert _said(one) == _said(strictly[decision]), said
                assert _said(one)[:2] == _said(without[decision])[:2], said
                if one.supposed is not None:
                    supposed += 1
                    beside = one.supposed.verdict
                    assert (one.outcome, one.possible) != (beside.outcome, beside.possible) or (
                        one.answer.effects != beside.answer.effects
                    ), said
                    assert set(beside.possible) <= set(one.possible), said
            assert position(library, sheet, on) == position(library, sheet, on, strict=True)
            with nothing_assumed():
                alone = position(emptied, sheet, on)
            assert position(library, sheet, on) == alone, f"{path.stem}, {on}"
    return supposed


def position(
    library: Library, sheet: Sheet, on: date, *, strict: bool = False
) -> tuple[object, ...] | None:
    """Return what is said of the position of a subject."""
    found = timeline_of(library, sheet, PositionQuestion(on, strict=strict, try_readings=False))
    return None if found.value is None else found.value.position.gist


def _answers(
    library: Library, sheet: Sheet, on: date, *, strict: bool = False
) -> Mapping[str, DecisionVerdict]:
    question = Question(on=on, strict=strict, thorough=False)
    return {one.decision: one for one in evaluate_sheet(library, sheet, question).value or ()}


def _said(verdict: DecisionVerdict) -> tuple[object, ...]:
    answer = verdict.answer
    return answer.outcome, answer.possible, answer.fault, answer.missing, answer.effects
