"""Edits in the bytes of a file: what is edited changes, and nothing else."""

from codecs import BOM_UTF8

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.text.diagnostic import Diagnostic, Edit, Fix, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.edits import compatible, splice
from ipcity_policy.yaml.reader import decode


def source_of(data: bytes) -> Source:
    source = decode("x.yaml", data).value
    assert source is not None
    return source


def edit(source: Source, old: str, new: str) -> Edit:
    start = source.text.index(old)
    return Edit(Span(source, start, start + len(old)), new)


@pytest.mark.parametrize(
    ("data", "old", "new", "expected"),
    [
        (b"a: 1\nb: 2\n", "2", "3", b"a: 1\nb: 3\n"),
        (b"a: 1\r\nb: 2\r\n", "2", "3", b"a: 1\r\nb: 3\r\n"),
        (b"a: 1\rb: 2", "2", "3", b"a: 1\rb: 3"),
        (BOM_UTF8 + "城：1\r\nb: 2".encode(), "：", ": ", BOM_UTF8 + "城: 1\r\nb: 2".encode()),
        # A line that is put in or taken out ends as the others do.
        (b"a: 1\r\nb: 2\r\n", "b: 2", "b: 2\nc: 3", b"a: 1\r\nb: 2\r\nc: 3\r\n"),
        (b"a: 1\r\nb: 2\r\nc: 3\r\n", "b: 2\n", "", b"a: 1\r\nc: 3\r\n"),
        # Line breaks of several kinds stay what they are.
        (b"a\r\nb\nc\rd", "d", "e", b"a\r\nb\nc\re"),
        # A character that JSON writes as two escapes is one of the text.
        (b'{"a": "\\ud842\\udfb7", "b": 1}', "1", "2", b'{"a": "\\ud842\\udfb7", "b": 2}'),
        (b'{"a": "\\ud842\\udfb7x"}', "𠮷", "吉", '{"a": "吉x"}'.encode()),
    ],
)
def test_an_edit_changes_its_stretch_and_no_other_byte(
    data: bytes, old: str, new: str, expected: bytes
) -> None:
    assert splice(data, [edit(source_of(data), old, new)]) == expected


pieces = st.sampled_from(
    ["a", "城", "𠮷", " ", ": ", "\n", "\r\n", "\r", "\\ud842\\udfb7", "："]
)


@pytest.mark.whole
@given(st.lists(pieces, max_size=30), st.sampled_from([b"", BOM_UTF8]), st.data())
def test_what_is_not_edited_is_the_same_bytes(
    written: list[str], mark: bytes, data: st.DataObject
) -> None:
    raw = mark + "".join(written).encode()
    source = source_of(raw)
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    same = Edit(Span(source, start, end), "X")
    after = splice(raw, [same])
    # The part before and the part behind are those of the file, to the byte.
    before, _, behind = after.rpartition(b"X")
    assert raw.startswith(before)
    assert raw.endswith(behind)
    read = source_of(after).text
    assert read == source.text[:start] + "X" + source.text[end:] or b"\r" in raw
    assert splice(raw, []) == raw


def offered(*edits: Edit) -> Diagnostic:
    return diagnose("S204", say("m"), edits[0].at, fix=Fix(say("t"), edits))


def test_of_edits_that_overlap_the_first_is_made() -> None:
    source = Source("x", "abcdef")
    ab, bc, de = (Edit(Span(source, *at), "X") for at in ((0, 2), (1, 3), (3, 5)))
    at_two = Edit(Span(source, 2, 2), "Y")
    elsewhere = Edit(Span(Source("y", "abcdef"), 0, 2), "X")
    told = [offered(one) for one in (ab, bc, de, elsewhere)]
    assert compatible(told) == (told[0], told[2], told[3])
    # What is put in at an end of another stretch would stand on either side of it.
    assert compatible((offered(ab), offered(at_two))) == (offered(ab),)
    assert compatible((offered(ab), offered(de))) == (offered(ab), offered(de))
    # All edits of a fix are made, or none.
    both = offered(de, bc)
    assert compatible((offered(ab), both)) == (offered(ab),)
    assert compatible((both, offered(ab))) == (both,)
    assert compatible((diagnose("S204", say("m"), ab.at),)) == ()
