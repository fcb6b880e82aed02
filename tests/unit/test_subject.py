"""Entries and places in them, as paths spell them."""

import pytest

from ipcity_policy.api import read_sheet
from ipcity_policy.text.subject import EntryKey, EntryKind, EntryPath, FactPath
from tests.support import HEAD, Make

RULE = """\
rules:
  is-odd: {title-en: odd, title-zh: 奇, require: weight is below nowhere}
"""


@pytest.mark.parametrize("kind", EntryKind)
def test_what_is_written_is_read_again(kind: EntryKind) -> None:
    for steps in ((), ("pass",), ("pass", "when")):
        path = EntryPath(EntryKey(kind, "grade"), steps)
        assert EntryPath.parse(path.text) == path
        assert path.text.startswith(path.key.path)


@pytest.mark.parametrize("text", ["", "rules", "rule.grade", "in-force.from", "grade"])
def test_what_names_no_entry_is_none(text: str) -> None:
    assert EntryPath.parse(text) is None


@pytest.mark.parametrize(
    ("inner", "outer", "lies"),
    [
        ("rules.a", "rules.a", True),
        ("rules.a.require", "rules.a", True),
        ("rules.a", "rules.a.require", False),
        ("rules.ab.require", "rules.a", False),
        ("parameters.a", "rules.a", False),
    ],
)
def test_a_place_lies_in_another(inner: str, outer: str, *, lies: bool) -> None:
    one, other = EntryPath.parse(inner), EntryPath.parse(outer)
    assert one is not None
    assert other is not None
    assert one.lies_in(other) is lies


def test_what_is_wrong_with_a_fact_of_a_sheet_is_about_the_fact(make: Make) -> None:
    sheet = {"sheet": "1", "measure": "small", "thing": {"name-en": "T", "name-zh": "物"}}
    read = read_sheet(make({}).library, sheet | {"facts": {"weight": "heavy"}})
    assert [(one.code.id, one.subject) for one in read.diagnostics] == [
        ("F102", FactPath("weight"))
    ]


def test_what_is_wrong_in_a_rule_is_about_the_rule_and_what_is_missing(make: Make) -> None:
    made = make({"1/article-02.yaml": HEAD + RULE})
    ref = made.library.find("small/1")
    assert ref is not None
    (one,) = made.library.program(ref).diagnostics
    assert (one.code.id, one.subject) == ("N101", EntryKey(EntryKind.RULE, "is-odd"))
    assert EntryKey(EntryKind.PARAMETER, "nowhere") in one.missing
