"""Values that stand in the cells of a table: read without a sheet, told of at their cell."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from ipcity_policy.formats.json.diagnostics import diagnostics_json
from ipcity_policy.formats.sarif import diagnostics_sarif
from ipcity_policy.formats.text import as_text
from ipcity_policy.lang.datatypes import ChoiceType, SetType
from ipcity_policy.lang.values import Ranks
from ipcity_policy.law.model import Fact
from ipcity_policy.report.reports.diagnostics import diagnostics_text
from ipcity_policy.report.reports.faults import faults_report
from ipcity_policy.sheet.values import (
    Remaining,
    read_document,
    read_rank,
    read_series,
    read_set,
    read_single,
)
from ipcity_policy.text.diagnostic import Diagnostic, in_order
from ipcity_policy.text.source import Cell, Written
from tests.support import RICH, Make


def cell(text: str, column: int = 2, row: int = 7) -> Written:
    return Written(text, Cell("things.xlsx", row, column, text, sheet="all"))


@pytest.fixture
def facts(make: Make) -> dict[str, Fact]:
    made = make(RICH)
    vocabulary = made.library.vocabulary(made.home).value
    assert vocabulary is not None
    return dict(vocabulary.facts)


def wrong(found: object) -> tuple[str, str]:
    """Return the code of a diagnostic and the cell that it names."""
    assert isinstance(found, Diagnostic), found
    return found.code.id, found.at.place


def single(facts: dict[str, Fact], id: str, text: str) -> Any:
    return read_single(facts[id], facts[id].datatype, cell(text))


def test_a_value_in_a_cell_is_the_value_that_it_is_in_a_sheet(facts: dict[str, Fact]) -> None:
    assert str(single(facts, "weight", "12 grams").low) == "12"
    assert single(facts, "colour", "red").names == {"red"}
    assert single(facts, "sealed", "yes").names == {"yes"}
    assert single(facts, "plan", "no").submitted.names == {"no"}
    assert str(single(facts, "made", "2016-11").low) == "2016-11-01"
    assert read_rank(cell("3"), cell("9"), None) == Ranks(3, 3, 9, 9)


def test_every_fault_in_a_cell_names_the_cell(facts: dict[str, Fact]) -> None:
    assert wrong(single(facts, "weight", "12 kilos")) == ("F102", "things.xlsx!all!B7")
    assert wrong(single(facts, "weight", "101 grams")) == ("F103", "things.xlsx!all!B7")
    assert wrong(single(facts, "made", "2016-02-30")) == ("F102", "things.xlsx!all!B7")
    options = Remaining((cell("red", 3), cell("bleu", 4)), cell("", 3).at)
    colour = facts["colour"]
    found = read_single(colour, colour.datatype, options)
    assert wrong(found) == ("F102", "things.xlsx!all!D7")
    assert wrong(read_rank(cell("10"), cell("9", 3), None)) == ("F110", "things.xlsx!all!B7")
    assert wrong(read_rank(cell("1"), cell("9 to 5", 3), None)) == (
        "F113",
        "things.xlsx!all!C7",
    )
    assert wrong(read_document(facts["plan"], cell("no"), cell("2016-01-01", 28))) == (
        "F102",
        "things.xlsx!all!AB7",
    )


def test_years_and_options_in_cells_are_told_of_one_by_one(facts: dict[str, Fact]) -> None:
    told: list[Diagnostic] = []
    each = ChoiceType(("good", "poor"))
    years = [(cell("2001", 2, 1), cell("good")), (cell("20", 3, 1), cell("good", 3))]
    series = read_series(facts["grades"], each, years, told)
    assert [year for year, _ in series.stated] == [2001]
    goods = facts["goods"]
    assert isinstance(goods.datatype, SetType)
    held = [(cell("bread", 4, 1), "yes"), (cell("honig", 5, 1), "no")]
    assert read_set(goods, goods.datatype.options, held, "unknown", told) is None
    assert [one.at.place for one in told] == ["things.xlsx!all!C1", "things.xlsx!all!E1"]


def test_a_fault_in_a_cell_is_told_in_every_format(facts: dict[str, Fact]) -> None:
    numbers = count()

    def faults() -> Iterator[Diagnostic]:
        for row in (10, 9):
            weight = facts["weight"]
            found = read_single(
                weight, weight.datatype, cell(f"{next(numbers)} kilos", row=row)
            )
            assert isinstance(found, Diagnostic)
            yield found

    told = in_order(faults())
    assert [one.at.row for one in told] == [9, 10]  # as numbers are sorted, not as words are
    text = diagnostics_text(told)
    assert "things.xlsx!all!B9: error F102" in text
    assert "  B9 | 1 kilos\n     | ^^^^^^^" in text
    page = as_text(faults_report(("things.xlsx",), told, "en", most=9))
    assert "things.xlsx!all!B10" in page
    first = diagnostics_json(told)[0]
    place = {"file": "things.xlsx", "sheet": "all", "row": 9, "column": 2}
    assert place.items() <= first.items()
    result = diagnostics_sarif(told)["runs"][0]["results"][0]
    (location,) = result["locations"]
    assert location["logicalLocations"] == [
        {"name": "B9", "fullyQualifiedName": "things.xlsx!all!B9"}
    ]
    assert "region" not in location["physicalLocation"]
