"""The JSON schema of a kind of file and the reader accept the same documents."""

import json
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.schemas.rules import ARTICLE, DRAFT, HEADER
from ipcity_policy.law.schemas.sheet import SOURCES
from ipcity_policy.law.schemas.tests import TESTS
from ipcity_policy.law.schemas.vocabulary import VOCABULARY
from ipcity_policy.text.diagnostic import has_errors
from ipcity_policy.yaml.json_schema import json_schema
from ipcity_policy.yaml.schema import (
    Again,
    Anything,
    ByPath,
    Either,
    Leaf,
    ListOf,
    MapOf,
    Record,
    Schema,
    written,
)
from ipcity_policy.yaml.validate import conform
from tests.properties.slips import VALUES, slipped
from tests.support import validator

SHAPES: dict[str, Schema] = {
    "article": ARTICLE,
    "header": HEADER,
    "draft": DRAFT,
    "vocabulary": VOCABULARY,
    "tests": TESTS,
    "sources": SOURCES,
}
NAMES = st.sampled_from(("a", "a-name", "b2", "名"))


def conforming(shape: Schema, depth: int = 0) -> st.SearchStrategy[Any]:
    """Return documents that conform to a shape."""
    match shape:
        case Leaf(words=words) if words:
            return st.sampled_from([word for word, _ in words])
        case Leaf(pattern=None):
            return st.sampled_from(("a text", "一", 7, 2.5))
        case Leaf(pattern=pattern, numbers=numbers):
            text: st.SearchStrategy[Any] = st.from_regex(rf"\A(?:{pattern})\Z")
            return text if numbers is None else text | st.integers(*numbers)
        case ListOf(item):
            return st.lists(conforming(item, depth + 1), max_size=2)
        case MapOf(value):
            return st.dictionaries(NAMES, conforming(value, depth + 1), max_size=2)
        case Record(keys=keys, short=short):
            values = {
                name: (key.required, conforming(key.shape, depth + 1))
                for key in keys
                for name in written(key)
            }
            block = st.fixed_dictionaries(
                {name: value for name, (required, value) in values.items() if required},
                optional={n: value for n, (required, value) in values.items() if not required},
            )
            return block if short is None else block | values[short][1]
        case Either(text=one, list=many, block=inner):
            several = [s for s in (one, many, inner) if s is not None]
            return st.one_of(*(conforming(s, depth + 1) for s in several))
        case Again(_, inner_shape):
            deep = depth > 5
            return st.just("a sentence") if deep else conforming(inner_shape(), depth + 1)
        case Anything():
            return VALUES
        case ByPath():
            paths = st.sampled_from(("rules.a-rule", "parameters.一"))
            return st.dictionaries(paths, VALUES, max_size=2)
    raise AssertionError(shape)


@cache
def validator_of(name: str) -> jsonschema.Draft202012Validator:
    definitions: dict[str, Any] = {}
    return validator(json_schema(SHAPES[name], definitions) | {"$defs": definitions})


DOCUMENTS = {name: conforming(shape).flatmap(slipped) for name, shape in SHAPES.items()}


@pytest.mark.whole
@pytest.mark.parametrize("name", SHAPES)
@given(data=st.data())
def test_the_json_schema_of_a_file_accepts_what_the_reader_accepts(
    name: str, data: st.DataObject
) -> None:
    document = data.draw(DOCUMENTS[name])
    read = read_bytes("x.json", json.dumps(document, ensure_ascii=False).encode())
    assert read.value is not None
    found = [*read.diagnostics, *conform(read.value, SHAPES[name])]
    # A character that only looks like the right one is for the reader to tell.
    found = [d for d in found if d.code.id != "S109"]
    accepts = validator_of(name).is_valid(document)
    assert accepts != has_errors(found), [d.message_text for d in found]
