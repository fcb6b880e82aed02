"""The generated schemas: they accept what is shipped, and explain every key and word."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ipcity_policy.law.files import read_bytes
from tests.support import ROOT, SECOND_LAW, as_texts, validator

SCHEMAS = ROOT / "schemas"
#: Those that are made from shapes, for editors.
#: The forms of answers are written by hand; nobody fills them in.
_WRITTEN = {
    SCHEMAS / f"{name}.schema.json" for name in ("verdict", "timeline", "comparison", "status")
}
GENERATED = sorted({*SCHEMAS.rglob("*.schema.json")} - _WRITTEN)
#: What tells one kind of rule file from another.
KINDS = {"article", "provision", "in-force", "amends", "subject", "tests", "interprets"}


def accepts(path: Path, document: object) -> bool:
    return validator(json.loads(path.read_text("utf-8"))).is_valid(document)


def read(path: Path) -> Any:
    node = read_bytes(path.name, path.read_bytes()).value
    assert node is not None
    return as_texts(node)


@pytest.mark.whole
def test_the_shipped_files_conform_to_the_schema_of_their_kind() -> None:
    kinds: set[str] = set()
    for path in (*(ROOT / "policies").rglob("*.yaml"), *SECOND_LAW.rglob("*.yaml")):
        document = read(path)
        if path.name == "sources.yaml":
            assert accepts(SCHEMAS / "sources.schema.json", document), path
        elif "sheet" not in document:
            assert accepts(SCHEMAS / "measure.schema.json", document), path
            kinds |= KINDS & document.keys()
    assert kinds == KINDS


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"title-en": "x", "title-zh": "一"},
        {"article": "1", "basis": "attested"},
        {"article": "1", "title-en": "x", "basis": "attested", "tests": "small"},
        {"amends": "small/1", "title-en": "x", "rules": {}},
        "article",
        [],
    ],
)
def test_what_is_no_rule_file_does_not_conform(document: object) -> None:
    assert not accepts(SCHEMAS / "measure.schema.json", document)


def within(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every block of a schema."""
    if isinstance(schema, dict):
        yield schema
    for one in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(one, (dict, list)):
            yield from within(one)


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_every_key_and_every_word_is_explained(path: Path) -> None:
    keys = words = 0
    for block in within(json.loads(path.read_text("utf-8"))):
        if isinstance(block.get("properties"), dict):
            for name, value in block["properties"].items():
                keys += 1
                asked = set(value) == {"const"}  # it is compared, and not offered
                assert asked or value.get("description") or "$ref" in value, name
        if isinstance(block.get("enum"), list):
            words += 1
            assert len(block["enum"]) == len([one for one in block["enumDescriptions"] if one])
    assert keys
    assert words or path.name == "sources.schema.json"
