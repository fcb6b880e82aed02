"""What the text leaves open, and what was found: both tables, held to the rule files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ipcity_policy.law.program import Program
from tests.support import ROOT, opened

DATA = ROOT / "tests" / "data"
OPEN_PLACES, REVIEW = DATA / "open-places.txt", DATA / "review.txt"
MEASURE, LATEST = "ip-cities", "2016"
#: The findings that rows must answer; each may have several points.
FINDINGS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19)
#: What may be quoted of the text, in words.
MOST_QUOTED = 8
#: What a row may name, by its kind: a reading, an open fact or answer, or anything.
MAY_NAME = {
    "reading": {"readings"},
    "open": {"facts", "decisions"},
    "none": None,
}
DONE = {"mended": None, "reading": {"readings"}, "answered": None}


@dataclass(frozen=True)
class Row:
    """A row of a table, with its place."""

    place: str
    #: The provision, or the number of a finding.
    of: str
    #: What is open, or what was found.
    what: str
    kind: str
    where: tuple[str, ...]
    why: str


def rows(path: Path) -> list[Row]:
    """Return the rows of a table; comments are left out."""
    return list(_rows(path))


def _rows(path: Path) -> Iterator[Row]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            columns = [one.strip() for one in line.split("|")]
            place = f"{path.name}:{number}"
            assert len(columns) == 5, place
            of, what, kind, where, why = columns
            named = tuple(one.strip() for one in where.split(",") if one.strip())
            yield Row(place, of, what, kind, named, why)


def marked() -> set[str]:
    """Return the provisions of which the inventory names something open."""
    lines = (DATA / "inventory-2016.txt").read_text("utf-8").splitlines()
    split = [line.partition("|") for line in lines if not line.startswith("#")]
    return {entry.split()[0] for entry, _, mark in split if mark.strip()}


@pytest.fixture(scope="module")
def program_of() -> dict[str, Program]:
    """The versions that rows may name."""
    library = opened(ROOT / "policies")
    found: dict[str, Program] = {}
    for version in ("2014", "2016"):
        ref = library.find(f"{MEASURE}/{version}")
        assert ref is not None
        program = library.program(ref).value
        assert program is not None
        found[version] = program
    return found


def names_of(program: Program) -> dict[str, set[str]]:
    """Return what a version holds, by kind."""
    history = program.history
    return {
        "readings": {*program.readings},
        "rules": {*program.rules},
        "decisions": {*program.decisions},
        "parameters": {*program.parameters},
        "states": {*history.states},
        "transitions": {*history.transitions},
        "terms": {*history.terms},
        "deadlines": {*history.deadlines},
        "lapses": {*history.lapses},
        "derived": {*history.derived},
    }


def exists(programs: dict[str, Program], named: str) -> bool:
    """Tell whether what a row names is there."""
    version, slash, rest = named.rpartition("/")
    kind, dot, name = rest.partition(".")
    if not slash:
        vocabulary = programs[LATEST].vocabulary
        shared = {
            "facts": vocabulary.facts,
            "events": vocabulary.events,
            "offices": vocabulary.offices,
        }
        return kind in shared and name in shared[kind]
    if version not in programs:
        return False
    program = programs[version]
    names = names_of(program)
    return name in names[kind] if dot and kind in names else rest in program.provisions


def kind_of(named: str) -> str:
    """Return the kind of what is named: readings, facts, and so on; a provision has none."""
    return named.rpartition("/")[2].partition(".")[0]


ALL = [*rows(OPEN_PLACES), *rows(REVIEW)]


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.place)
def test_what_a_row_names_is_there(row: Row, program_of: dict[str, Program]) -> None:
    for named in row.where:
        assert exists(program_of, named), named
    kinds = MAY_NAME if row.place.startswith(OPEN_PLACES.name) else DONE
    assert row.kind in kinds
    allowed = kinds[row.kind]
    if allowed is not None:
        assert row.where
        assert {kind_of(named) for named in row.where} <= allowed
    assert row.what
    assert row.why


@pytest.mark.parametrize("row", rows(OPEN_PLACES), ids=lambda row: row.place)
def test_an_open_place_stands_at_a_provision(row: Row, program_of: dict[str, Program]) -> None:
    version, slash, provision = row.of.rpartition("/")
    program = program_of[version if slash else LATEST]
    assert provision in program.provisions


@pytest.mark.parametrize("row", rows(REVIEW), ids=lambda row: row.place)
def test_the_text_is_quoted_in_a_few_words(row: Row) -> None:
    for quoted in re.findall("“([^”]*)”", row.why):
        assert len(quoted.split()) <= MOST_QUOTED


def test_no_row_stands_twice() -> None:
    for path in (OPEN_PLACES, REVIEW):
        found = [(row.of, row.what) for row in rows(path)]
        assert len(found) == len(set(found)), path


def test_every_provision_that_leaves_something_open_has_a_row() -> None:
    assert marked()
    assert marked() - {row.of for row in rows(OPEN_PLACES)} == set()


def test_every_finding_has_a_row() -> None:
    assert {row.of for row in rows(REVIEW)} == {str(number) for number in FINDINGS}


def test_every_reading_at_an_open_place_stands_in_the_table(
    program_of: dict[str, Program],
) -> None:
    """A reading decides what its provision leaves open, so that a row names it."""
    places = {row.of for row in rows(OPEN_PLACES)}
    named = {one for row in rows(OPEN_PLACES) for one in row.where}
    for id, reading in program_of[LATEST].readings.items():
        if reading.origin.provision in places:
            assert f"{LATEST}/readings.{id}" in named
