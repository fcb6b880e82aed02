"""What holds of every doubt, as functions that the tests and the soak call.

What is expected is had by going through everything that may be so: each world that a sheet
leaves open, each way in which the readings can be switched, each version. Where the law does
not hold an assertion fails; what was tried is counted.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from random import Random
from typing import TypeAlias

from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.verdict import ChosenBy, DecisionVerdict
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.text.diagnostic import has_errors
from tests.properties.doubts import (
    ASKED,
    GOVERNS,
    Doubt,
    Doubting,
    Options,
    doubt_files,
    every,
    partly,
    read,
)
from tests.properties.files import NAME
from tests.properties.oracle import Given, Oracle
from tests.properties.sheets import Sheet, World, sheet_text
from tests.support import write

#: An outcome, or why there is none.
Answer: TypeAlias = tuple[str | None, str | None]


@dataclass
class Laid:
    """A doubt laid out as files and checked."""

    doubt: Doubt
    random: Random
    library: Library
    tried: Counter[str] = field(default_factory=Counter)

    def verdict(self, sheet: Sheet) -> DecisionVerdict:
        """Answer the decision: by the only version, or by the day that governs."""
        text = sheet_text(
            self.doubt.measure, sheet, self.random, self.random.randrange(1 << 30)
        )
        document = read_bytes("sheet", text.encode()).value
        assert document is not None
        found = sheet_from(self.library, document)
        assert found.value is not None, found.diagnostics
        version = "1" if self.doubt.later is None else None
        answered = evaluate_sheet(self.library, found.value, Question(ASKED, version=version))
        assert answered.value is not None, [one.message for one in answered.diagnostics]
        self.tried["verdicts"] += 1
        return answered.value[0]


def lay(doubt: Doubt, folder: Path, random: Random) -> Laid:
    """Write a doubt to files and check it: it has no errors."""
    write(folder / NAME, doubt_files(doubt))
    library = open_library(folder)
    for number, _ in enumerate(doubt.versions, start=1):
        ref = library.find(f"{NAME}/{number}")
        assert ref is not None
        result = library.program(ref)
        assert not has_errors(result.diagnostics), [d.message for d in result.diagnostics]
    return Laid(doubt, random, library)


# What other readings give


def turns(laid: Laid) -> None:
    """Of a subject of whom all is known, what other readings give is what the law gives.

    Each reading of which an option alone changes the answer is told, with what each option
    gives; of options that change it only together every smallest set is told, and no other.
    """
    doubt = laid.doubt
    sheet = partly(doubt, laid.random, 0)
    (world,) = doubt.worlds(sheet)
    found = laid.verdict(sheet)
    assert not found.untried
    assert found.all_combined
    base = told(doubt.given(world))
    assert (found.outcome, frozenset(found.possible)) == base
    ways = {
        tuple(sorted(one.items())): under(doubt, world, one)
        for one in every(doubt.measure.readings)
    }
    alone = {
        reading.name: {name: ways[((reading.name, name),)] for name in reading.options}
        for reading in doubt.measure.readings
    }
    turning = {name: each for name, each in alone.items() if {*each.values()} != {base}}
    assert {
        one.reading.id: {o: (g.outcome, frozenset(g.possible)) for o, g in one.others.items()}
        for one in found.readings
    } == turning
    smallest: list[set[tuple[str, str]]] = []
    for way, given in ways.items():  # small ones first
        if given != base and not any(one <= set(way) for one in smallest):
            smallest.append(set(way))
    together = [one for one in smallest if len(one) > 1]
    assert alike([one.options.items() for one in found.combinations], together)
    for one in found.combinations:
        given = ways[tuple(sorted(one.options.items()))]
        assert (one.given.outcome, frozenset(one.given.possible)) == given
    laid.tried["readings"] += 1
    laid.tried["readings that matter"] += bool(turning)
    laid.tried["readings of three and more options that matter"] += any(
        len(each) > 1 for each in turning.values()
    )
    laid.tried["a later option alone"] += any(
        base == next(iter(each.values())) for each in turning.values()
    )
    laid.tried["readings that matter only together"] += bool(together)
    laid.tried["three that matter only together"] += any(len(one) > 2 for one in together)


def turns_in_part(laid: Laid) -> None:
    """Of a subject of whom something is not known, no possible answer is left untold."""
    doubt = laid.doubt
    sheet = partly(doubt, laid.random, 2)
    found = laid.verdict(sheet)
    told_ = {
        frozenset({(one.reading.id, option)}): {*given.possible}
        for one in found.readings
        for option, given in one.others.items()
    }
    told_ |= {
        frozenset(one.options.items()): {*one.given.possible} for one in found.combinations
    }
    for way in ({}, *every(doubt.measure.readings)):
        switched = frozenset(way.items())
        possible = told_.get(switched)
        if possible is None and any(one <= switched for one in told_):
            continue  # a smaller set changes the answer, and nothing is told of this one
        held = {o for world in doubt.worlds(sheet) for o in under(doubt, world, way)[1]}
        expected = {*found.possible} if possible is None else possible
        assert held == expected, (way, held, expected)
        laid.tried["what readings leave possible"] += 1


def under(doubt: Doubt, world: World, options: Options) -> tuple[str | None, frozenset[str]]:
    """Return what the law gives in a world as some options read it."""
    measure = read(doubt.measure, options)
    return told(Oracle(measure, world).decide(measure.decisions[ASKED]))


def told(given: Given) -> tuple[str | None, frozenset[str]]:
    """Return the outcome and what holds."""
    return given.outcome, given.held


# What settles it


def settles(laid: Laid, unknown: int) -> None:
    """The answer is what all that may be so agrees on, and the smallest sets settle it."""
    doubt = laid.doubt
    sheet = partly(doubt, laid.random, unknown)
    found = laid.verdict(sheet)
    worlds = list(doubt.worlds(sheet))
    given = [doubt.given(world) for world in worlds]
    answers = [(one.outcome, one.fault) for one in given]
    assert {*found.possible} == {outcome for one in given for outcome in one.held}
    decided = len({*answers}) == 1
    assert found.outcome == (answers[0][0] if decided else None)
    fault = found.answer.fault
    assert (None if fault is None else fault.value) == (answers[0][1] if decided else None)
    open_ = [name for name in worlds[0] if varies(name, worlds)]
    smallest = [] if decided else smallest_sets(open_, worlds, answers)
    settling = [[path.text for path in one] for one in found.settled_by]
    assert alike(settling, smallest), (settling, smallest)
    missing = {one.name for one in found.answer.missing}
    assert missing == {name for names in smallest for name in names}
    laid.tried["settling"] += 1
    laid.tried["open"] += not decided
    laid.tried["several settling sets"] += len(smallest) > 1
    laid.tried["a settling set of several facts"] += any(len(one) > 1 for one in smallest)
    laid.tried["facts that need not be known"] += bool(smallest) and {*open_} > missing
    if doubt.later is not None:
        assert found.choice.chosen_by is ChosenBy.SEVERAL
        late = [str(world[GOVERNS]) for world in worlds]
        each = [
            {a for a, day in zip(answers, late, strict=True) if day == one} for one in {*late}
        ]
        laid.tried["versions"] += 1
        laid.tried["versions that disagree"] += each[0] != each[1]
        laid.tried["settled without the day"] += any(GOVERNS not in one for one in smallest)
        laid.tried["settled by the day alone"] += {GOVERNS} in smallest


def varies(name: str, worlds: Iterable[World]) -> bool:
    """Tell whether a fact is not the same in all worlds."""
    return len({world[name] for world in worlds}) > 1


def smallest_sets(
    names: Collection[str], worlds: Collection[World], answers: Collection[Answer]
) -> list[set[str]]:
    """Return the smallest sets of facts which, whatever they are, leave one answer."""
    found: list[set[str]] = []
    for size in range(len(names) + 1):
        for some in combinations(names, size):
            if any(one <= set(some) for one in found):
                continue
            by: dict[tuple[object, ...], set[Answer]] = {}
            for world, answer in zip(worlds, answers, strict=True):
                by.setdefault(tuple(world[name] for name in some), set()).add(answer)
            if all(len(one) == 1 for one in by.values()):
                found.append(set(some))
    return found


def alike(some: Iterable[Collection[Hashable]], others: Iterable[Collection[Hashable]]) -> bool:
    """Tell whether two lists of sets have the same, each once."""
    first, second = list(map(frozenset, some)), list(map(frozenset, others))
    return {*first} == {*second} and len(first) == len({*first}) == len(second)


# All of it


def try_doubts(seed: int, folder: Path, sheets: int) -> Counter[str]:
    """Try every law of doubts on what a seed gives; count what was tried."""
    random = Random(seed)
    tried: Counter[str] = Counter()
    kinds: Mapping[str, tuple[int, int]] = {"read": (3, 1), "open": (0, 1), "turned": (0, 2)}
    for name, (readings, versions) in kinds.items():
        doubt = Doubting(random).doubt(4, readings=readings, versions=versions)
        laid = lay(doubt, folder / name, random)
        try:
            for _ in range(sheets):
                if readings:
                    turns(laid)
                    turns_in_part(laid)
                else:
                    settles(laid, 2 if versions > 1 else 4)
        except AssertionError as error:
            error.add_note(f"seed {seed}, {name}")
            raise
        tried += laid.tried
    return tried
