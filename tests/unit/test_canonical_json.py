"""Canonical JSON is that of RFC 8785, and a digest is of it."""

import hashlib
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.text.canonical_json import MAX_INTEGER, canonical_json
from ipcity_policy.text.digest import digest, is_digest

#: The examples of sections 3.2.2 and 3.2.3, the first without its numbers, which no digest
#: of ours holds.
STRINGS = r"""
{
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}
"""
SORTED = r"""
{
  "\u20ac": "Euro Sign",
  "\r": "Carriage Return",
  "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "1": "One",
  "\ud83d\ude00": "Emoji: Grinning Face",
  "\u0080": "Control",
  "\u00f6": "Latin Small Letter O With Diaeresis"
}
"""


def test_the_first_example_of_the_standard() -> None:
    expected = (
        "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c"
        "22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d"
    )
    assert canonical_json(json.loads(STRINGS)).hex() == expected


def test_keys_stand_in_the_order_of_the_standard() -> None:
    written = json.loads(canonical_json(json.loads(SORTED)))
    assert list(written.values()) == [
        "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis",
        "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
    ]  # fmt: skip


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.whole
@given(VALUES)
def test_it_is_what_another_implementation_writes(value: Any) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


@given(st.dictionaries(st.characters(codec="utf-8"), st.none(), min_size=2))
def test_keys_of_any_plane_stand_in_one_order(value: dict[str, None]) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [0.5, {"a": 1.0}, {1: "a"}, {"a", "b"}, b"a"])
def test_what_is_no_exact_json_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize("value", [MAX_INTEGER + 1, -MAX_INTEGER - 1, "\ud800", {"\udfff": 1}])
def test_what_has_no_exact_form_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"whole numbers|surrogates"):
        canonical_json(value)


def test_a_digest_says_of_what_it_is_and_how_it_was_made() -> None:
    made = digest("text", {"b": "2", "a": ["1"]})
    packed = b'{"a":["1"],"b":"2"}'
    assert made == f"text-sha256:{hashlib.sha256(packed).hexdigest()}"
    assert is_digest("text", made)
    assert not is_digest("facts", made)
    assert not is_digest("text", made[:-1])
    assert not is_digest("text", made.upper())
