"""Entries and places in them, as paths spell them."""

import pytest

from ipcity_policy.text.subject import EntryKey, EntryKind, EntryPath


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
