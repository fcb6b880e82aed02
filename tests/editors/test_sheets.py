"""What an editor with a language server for YAML shows of a fact sheet."""

import json
from pathlib import Path

import pytest

from ipcity_policy.law.library import open_library
from ipcity_policy.report.forms.sheet_schema import sheet_schema
from tests.editors.language_server import Editor, Shown
from tests.support import ROOT, SECOND_LAW

pytestmark = pytest.mark.deep

SCHEMA = ROOT / "schemas" / "sheets" / "ip-cities" / "2016.schema.json"
CITIES = ROOT / "policies" / "ip-cities" / "cities"
SHEET = """\
sheet: 1
measure: ip-cities
city:
  name-en: A city
  name-zh: 某市
  type: prefecture-level-city
facts:
  acceptance-score: 70 points
"""
BERTHS = "sheet: 1\nmeasure: berths\nboat: {name-en: Nellie, name-zh: 内莉}\nfacts:\n  "


def show(editor: Editor, text: str) -> Shown:
    """Open a text that keeps to the schema of sheets."""
    return editor.show(text, SCHEMA, CITIES / f"new-{editor.asked}.yaml")


@pytest.mark.parametrize("path", sorted(CITIES.glob("*.yaml")), ids=lambda path: path.name)
def test_nothing_is_wrong_with_a_shipped_sheet(editor: Editor, path: Path) -> None:
    assert editor.show(path.read_text("utf-8") + "¦", SCHEMA, path).wrong == []


def test_an_empty_file_is_offered_the_keys_of_a_sheet(editor: Editor) -> None:
    offered = show(editor, "¦").offered
    assert {"sheet", "measure", "city", "facts", "sources"} <= offered.keys()


def test_facts_are_offered_with_their_questions(editor: Editor) -> None:
    offered = show(editor, SHEET + "  ¦").offered
    assert "acceptance-score" not in offered
    explained, inserted = offered["acceptance-date"]
    assert explained.startswith("acceptance date: On which day did the examination")
    assert inserted == "acceptance-date: ${1:unknown}"


def test_options_and_offices_are_offered_with_their_labels(editor: Editor) -> None:
    offered = show(editor, SHEET.replace("prefecture-level-city", "¦")).offered
    assert offered["municipal-district"][0].startswith("district of a municipality")
    assert "unknown" in offered
    offered = show(
        editor, SHEET.replace("70 points", "\n    value: 70 points\n    by: ¦")
    ).offered
    assert offered["provincial-office"][0] == "provincial intellectual property office"
    assert "city-government" not in offered  # which may not state a score


def test_a_fact_is_explained(editor: Editor) -> None:
    explained = show(editor, SHEET.replace("acceptance-score", "acceptance-¦score")).explained
    assert "How many points did the city get" in explained
    assert "required by Art. 14 (our letter a)" in explained
    assert "a number of points" in explained


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("70 points", "70", 8, "expected here: a number of points, such as"),
        ("70 points", "-1 points", 8, "expected here: a number of points, such as"),
        ("acceptance-score", "aceptance-score", 8, "Property aceptance-score is not allowed."),
        ("prefecture-level-city", "village", 6, "Value is not accepted. Valid values:"),
        ("sheet: 1", "sheet: 2", 1, "Value is above the maximum of 1."),
        ("ip-cities", "ip-city", 2, 'Value must be "ip-cities".'),
        (
            "acceptance-score: 70 points",
            "acceptance-date: 2015-02-30",
            8,
            "expected here: a day, or only its month or year",
        ),
    ],
)
def test_a_slip_is_shown_on_its_line(
    editor: Editor, old: str, new: str, line: int, message: str
) -> None:
    wrong = show(editor, SHEET.replace(old, new, 1) + "¦").wrong
    assert [at for at, said in wrong if said.startswith(message)] == [line], wrong


@pytest.fixture(scope="module")
def berths(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schema of the sheets for a law that has a fact of every type."""
    library = open_library(SECOND_LAW)
    ref = library.find("berths/2004")
    assert ref is not None
    program = library.program(ref).value
    assert program is not None
    path = tmp_path_factory.mktemp("schemas") / "berths.schema.json"
    path.write_text(json.dumps(sheet_schema(program, None, "en")), "utf-8")
    return path


@pytest.mark.parametrize(
    ("fact", "offered"),
    [
        ("regatta-rank:\n    ¦", {"rank", "of", "tied", "value", "by"}),
        ("care-grades:\n    2001: ¦", {"good", "poor", "unknown"}),
        ("gear:\n    - ¦", {"buoy", "flare", "horn"}),
        ("petition:\n    ¦", {"submitted", "by", "on", "source", "value"}),
        ("well-kept:\n    value: ¦", {"met", "not-met", "unknown"}),
    ],
)
def test_every_type_of_fact_is_helped(
    editor: Editor, berths: Path, fact: str, offered: set[str]
) -> None:
    shown = editor.show(BERTHS + fact, berths, berths.with_name(f"new-{editor.asked}.yaml"))
    assert offered <= shown.offered.keys()
    assert all(shown.offered[one][0] for one in offered)


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ("regatta-rank: 3", "expected here: the place and how many there are among the"),
        ("care-grades: {201: good}", "Value is below the minimum of 1000."),
        ("crew: 3.5", "expected here: a whole number"),
        ("sound-planks: 30%", "expected here: a number of percent"),
        ("time-afloat: 3", "expected here: a length of time, such as `6 months`"),
        ("gear: [bell]", 'Value is not accepted. Valid values: "buoy", "flare", "horn".'),
        ("well-kept: met", "expected here: a judgement, with the office that made it"),
        ("well-kept: {value: met}", 'Missing property "by".'),
    ],
)
def test_a_value_that_is_not_of_its_type_is_shown(
    editor: Editor, berths: Path, fact: str, message: str
) -> None:
    path = berths.with_name(f"new-{editor.asked}.yaml")
    wrong = editor.show(BERTHS + fact + "¦", berths, path).wrong
    assert [line for line, said in wrong if said.startswith(message)] == [5], wrong
