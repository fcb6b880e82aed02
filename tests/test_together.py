"""Which facts and events of the measures can both be: every one is looked at, pair by pair."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.model import EventKind, Fact, Vocabulary
from ipcity_policy.law.relations import ITS_YEAR
from ipcity_policy.questions.validating import contradictions_in
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.text.codes import Severity
from tests.support import ROOT, opened

PAIRS: dict[str, list[dict[str, Any]]] = yaml.load(
    (ROOT / "tests" / "data" / "together.yaml").read_text("utf-8"), yaml.BaseLoader
)
ROWS = [(measure, row) for measure, rows in PAIRS.items() for row in rows]
#: How a city became a model city: a score that opens the way, and every step in time.
MODEL = {
    "pilot-approved": "2013-12-20",
    "acceptance-passed": "2017-02-10",
    "fostering-plan-issued": "2017-05-31",
    "record-completed": "2017-06-05",
    "model-approved": "2018-10-31",
}


@pytest.fixture(scope="module")
def policies() -> Library:
    """The shipped policies, read once for all pairs."""
    return opened(ROOT / "policies")


@pytest.fixture(scope="module")
def harbour() -> Library:
    """The law made up for the tests, of which the table has some pairs."""
    return open_library(ROOT / "tests" / "second_law")


def vocabulary(policies: Library, measure: str) -> Vocabulary:
    """Return the vocabulary of a measure."""
    home = policies.measure(measure)
    assert home is not None
    found = policies.vocabulary(home).value
    assert found is not None
    return found


def found(policies: Library, measure: str, row: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield the code of what a sheet of both is told, and whether it is an error."""
    subject = vocabulary(policies, measure).subject
    events = []
    course = MODEL if "course" in row else {}
    for kind, day in {**course, **row.get("events", {})}.items():
        on, _, year = day.partition(" for ")
        events.append({"event": kind, "on": on} | ({"for": year} if year else {}))
    sheet = {
        "sheet": 1,
        "measure": measure,
        subject: {"name-en": "A", "name-zh": "甲"},
        "facts": ({"acceptance-score": "82 points"} if course else {}) | row.get("facts", {}),
        "events": events,
        "events-known-until": "2023-12-31",
    }
    document = read_bytes("s.yaml", json.dumps(sheet).encode()).value
    assert document is not None
    read = sheet_from(policies, document)
    assert read.value is not None, read.diagnostics
    for one in (*read.diagnostics, *contradictions_in(policies, read.value)):
        yield one.code.id, one.code.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("measure", "row"), ROWS, ids=[" ".join(row["pair"]) for _, row in ROWS]
)
def test_what_cannot_both_be_is_told_and_nothing_else_is(
    policies: Library, harbour: Library, measure: str, row: dict[str, Any]
) -> None:
    library = policies if policies.measure(measure) is not None else harbour
    told = set(found(library, measure, row))
    assert row["why"]
    if row["verdict"] == "contradiction":
        assert told == {(row["code"], True)}
    else:
        assert row["verdict"] in ("condition", "possible", "alone")
        assert not [code for code, error in told if error]


@pytest.mark.parametrize("measure", ["ip-cities", "strong-cities"])
def test_every_fact_and_event_and_every_relation_stands_in_the_table(
    policies: Library, measure: str
) -> None:
    words = vocabulary(policies, measure)
    named = {name for row in PAIRS[measure] for name in row["pair"]}
    assert {*words.facts, *words.events} <= named
    pairs = [{*row["pair"]} for row in PAIRS[measure] if row["verdict"] == "contradiction"]
    entries: list[Fact | EventKind] = [*words.facts.values(), *words.events.values()]
    for entry in entries:
        for other in entry.not_before:
            assert any({entry.id, other} <= pair for pair in pairs) or _in_turn(entry, pairs)
    for fact in words.facts.values():
        events = words.events.keys()
        others = [name for name in (*fact.of, fact.at_most) if name and name not in events]
        assert not others or any({fact.id, other} <= p for other in others for p in pairs)


def _in_turn(entry: Fact | EventKind, pairs: list[set[str]]) -> bool:
    """Tell whether one of several that an entry may not be before stands in the table."""
    return len(entry.not_before) > 1 and any(
        {entry.id, other} <= pair for other in entry.not_before for pair in pairs
    )


def test_the_year_of_an_event_is_no_name(policies: Library) -> None:
    for measure in ("ip-cities", "strong-cities"):
        words = vocabulary(policies, measure)
        assert ITS_YEAR not in {*words.facts, *words.events}
