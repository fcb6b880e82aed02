"""The schema of sheets: what it tells an editor or a form, and what it cannot tell."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.law.schemas.vocabulary import TYPES
from ipcity_policy.report.forms.sheet_schema import sheet_schema
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.text.diagnostic import has_errors
from ipcity_policy.yaml.document import Node
from tests.support import ROOT, SMALL, Ipcity, Make, as_texts, validator

GRAMS = "type: number, unit: grams"


def program_of(library: Library, version: str) -> Program:
    ref = library.find(version)
    assert ref is not None
    program = library.program(ref).value
    assert program is not None
    return program


def accepts(schema: dict[str, Any], document: object) -> bool:
    return validator(schema).is_valid(document)


def read(name: str, text: str) -> Node:
    node = read_bytes(name, text.encode()).value
    assert node is not None
    return node


@pytest.mark.whole
def test_a_fact_is_told_with_label_question_office_article_and_form(library: Library) -> None:
    schema = sheet_schema(program_of(library, "ip-cities/2016"), None, "en")
    score = schema["properties"]["facts"]["properties"]["acceptance-score"]
    assert score["title"] == "acceptance score"
    assert score["description"].split("\n\n") == [
        "acceptance score: How many points did the city get in the examination and acceptance?",
        "stated by the provincial intellectual property office",
        "required by Art. 14 (our letter a), Art. 14 (our letter c), Art. 14 (our letter d)",
        # Art. 13 lets the acceptance be scored by the indicators of Appendix 2.
        "scored by: objective strength, at most 100 points",
        "stated again for each of these: "
        "examination and acceptance passed or examination and acceptance failed or "
        "examination and acceptance held (result not stated)",
        "a number of points, such as `1 points`, 0 or more",
    ]
    value = schema["$defs"]["value-acceptance-score"]
    assert (value["x-type"], value["x-unit"], value["x-at-least"]) == ("number", "points", "0")
    assert "x-at-most" not in value
    kind = schema["$defs"]["value-type"]["anyOf"][0]
    meanings = dict(zip(kind["enum"], kind["enumDescriptions"], strict=True))
    assert (
        meanings["municipal-district"]
        == "district of a municipality under the central government"
    )
    assert meanings["unknown"] == "it was asked for, but is not known"


def test_every_type_of_fact_is_told(second_law: Library) -> None:
    program = program_of(second_law, "berths/2004")
    values = {
        name.removeprefix("value-"): value
        for name, value in sheet_schema(program, None, "en")["$defs"].items()
        if name.startswith("value-")
    }
    assert {name: value["x-type"] for name, value in values.items()} == {
        fact.id: fact.kind for fact in program.vocabulary.facts.values()
    }
    assert {value["x-type"] for value in values.values()} == TYPES.keys()
    draught, crew, paint = (values[name] for name in ("draught", "crew", "paint"))
    assert (draught["x-unit"], draught["x-at-most"]) == ("feet", "30")
    assert (crew["minimum"], "x-unit" in crew) == (0, False)
    assert paint["x-ordered"]


def test_a_rank_beyond_its_cohort_is_left_to_the_reader(second_law: Library) -> None:
    schema = sheet_schema(program_of(second_law, "berths/2004"), None, "en")
    rank = {"regatta-rank": {"rank": 3, "of": 2}}
    sheet = {"sheet": 1, "measure": "berths", "boat": {"name-en": "A"}, "facts": rank}
    found = sheet_from(second_law, read("s.json", json.dumps(sheet))).diagnostics
    assert [one.code.id for one in found] == ["S205", "F110"]
    assert accepts(schema, sheet)


def test_a_schema_for_one_decision_has_what_it_asks(library: Library) -> None:
    program = program_of(library, "ip-cities/2016")
    schema = sheet_schema(program, "acceptance", "en")
    assert list(schema["properties"]["facts"]["properties"]) == [
        "acceptance-date",
        "acceptance-score",
    ]
    assert "type" not in schema["properties"]["city"]["properties"]
    assert schema["description"] == "It answers: What follows from the acceptance score?"


def said(node: Any) -> Iterator[str]:
    """Yield every paragraph of what a schema says to readers."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, str) and key in ("title", "description", "label"):
            yield from value.split("\n\n")
        elif key == "enumDescriptions":
            yield from value
        elif isinstance(value, (dict, list)):
            yield from said(value)


def test_a_schema_in_chinese_is_so_throughout(second_law: Library) -> None:
    texts = list(said(sheet_schema(program_of(second_law, "berths/2004"), None, "zh")))
    assert len(texts) > 100
    assert [text for text in texts if not re.search("[\u4e00-\u9fff]", text)] == []


def test_names_of_facts_may_be_chinese(make: Make) -> None:
    facts = SMALL["facts.yaml"].replace("  remark:", "  得分:").replace("type: text", GRAMS)
    schema = sheet_schema(
        program_of(make({"facts.yaml": facts}).library, "small/1"), None, "zh"
    )
    sheet: dict[str, Any] = {"sheet": 1, "measure": "small", "thing": {"name-en": "T"}}
    assert accepts(schema, sheet | {"facts": {"得分": "3 grams"}})
    assert not accepts(schema, sheet | {"facts": {"得分": "3"}})
    assert not accepts(schema, sheet | {"facts": {"分": "3 grams"}})


@pytest.mark.whole
def test_the_shipped_sheets_conform(library: Library) -> None:
    holds = validator(sheet_schema(program_of(library, "ip-cities/2016"), None, "en"))
    paths = sorted((ROOT / "policies" / "ip-cities" / "cities").glob("*.yaml"))
    assert len(paths) > 3
    for path in paths:
        assert holds.is_valid(as_texts(read(path.name, path.read_text("utf-8")))), path


@pytest.mark.parametrize(
    ("written", "typed", "by_reader", "by_schema"),
    [
        ("remark: x", {"remark": "x"}, True, True),
        # What `BEYOND` lists.
        (
            "remark: {value: x, source: nowhere}",
            {"remark": {"value": "x", "source": "nowhere"}},
            False,
            True,
        ),
        ("remark: x\n  remark: y", {"remark": "y"}, False, True),
        ("made: 2001.0", {"made": 2001.0}, False, True),
        # Where the reader is the milder one.
        ("weight: ' 1 grams '", {"weight": " 1 grams "}, True, False),
        ("remark: true", {"remark": True}, True, False),
        ("", None, True, False),
    ],
)
def test_where_reader_and_schema_part(
    make: Make, written: str, typed: object, *, by_reader: bool, by_schema: bool
) -> None:
    library = make({}).library
    text = "sheet: 1\nmeasure: small\nthing: {name-en: A, name-zh: 某}\nfacts:\n  " + written
    document = read_bytes("s.yaml", text.encode())
    assert document.value is not None
    found = (*document.diagnostics, *sheet_from(library, document.value).diagnostics)
    assert (not has_errors(found)) == by_reader
    names = {"name-en": "A", "name-zh": "某"}
    sheet = {"sheet": 1, "measure": "small", "thing": names, "facts": typed}
    schema = sheet_schema(program_of(library, "small/1"), None, "en")
    assert accepts(schema, sheet) == by_schema


@pytest.mark.whole
def test_sheet_schema_prints_the_shipped_schema(ipcity: Ipcity) -> None:
    shipped = (ROOT / "schemas" / "sheets" / "ip-cities" / "2016.schema.json").read_text(
        "utf-8"
    )
    assert ipcity("sheet", "schema", "2016").out == shipped
    newest = ipcity("sheet", "schema", "--decision", "acceptance").out
    assert newest == ipcity("sheet", "schema", "2016", "--decision", "acceptance").out
    assert ipcity("sheet", "schema").status == 2  # of several measures none is the newest


@pytest.mark.whole
@pytest.mark.parametrize("decision", [("--version", "2016"), ("--decision", "acceptance")])
def test_a_new_sheet_conforms_to_the_schema_that_goes_with_it(
    ipcity: Ipcity, decision: tuple[str, ...]
) -> None:
    form = ipcity("sheet", "new", *decision, "--schema", "city.schema.json")
    first, _, rest = form.out.partition("\n")
    assert first == "# yaml-language-server: $schema=city.schema.json"
    assert rest == ipcity("sheet", "new", *decision).out
    asked = decision[1:] if decision[0] == "--version" else decision
    schema = ipcity("sheet", "schema", *asked).json
    sheet = read("s.yaml", form.out)
    assert accepts(schema, as_texts(sheet))
