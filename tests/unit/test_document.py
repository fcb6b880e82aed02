"""YAML, read strictly: places, limits, and what is refused."""

from pathlib import Path

import pytest

from ipcity_policy.law.files import bytes_of
from ipcity_policy.text.source import Source
from ipcity_policy.yaml.document import Mapping, Scalar, Sequence
from ipcity_policy.yaml.reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, decode, read_document


def read(text: str) -> Mapping:
    result = read_document(Source("x.yaml", text))
    assert not result.diagnostics
    assert isinstance(result.value, Mapping)
    return result.value


def wrong(text: str) -> list[tuple[str, str]]:
    return [(d.code.id, d.at.place) for d in read_document(Source("x.yaml", text)).diagnostics]


def test_every_key_and_value_has_its_place() -> None:
    node = read("一: 甲\nlist:\n  - 1.10\n  - no\n")
    assert [(k.text, k.span.place) for k, _ in node.entries] == [
        ("一", "x.yaml:1:1"),
        ("list", "x.yaml:2:1"),
    ]
    items = node.get("list")
    assert isinstance(items, Sequence)
    assert [(i.text, i.span.place) for i in items.items if isinstance(i, Scalar)] == [
        ("1.10", "x.yaml:3:5"),
        ("no", "x.yaml:4:5"),
    ]


@pytest.mark.parametrize("text", ["NO", "010", "12:30", "1.10", "2016-12-01", "~", "on", "1e3"])
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    value = read(f"key: {text}").get("key")
    assert isinstance(value, Scalar)
    assert value.text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3", [("S106", "x.yaml:3:1")]),
        ("a: &x 1\nb: *x", [("S107", "x.yaml:1:4"), ("S107", "x.yaml:2:4")]),
        ("a: !!int 1", [("S107", "x.yaml:1:4")]),
        ("<<: {a: 1}", [("S107", "x.yaml:1:1")]),
        ("? [a]\n: 1", [("S107", "x.yaml:1:3")]),
        ("a: 1\n---\nb: 2", [("S107", "x.yaml:2:1")]),
        ("", [("S108", "x.yaml:1:1")]),
        ("# nothing\n", [("S108", "x.yaml:1:1")]),
        ("a:\n\tb: 1", [("S105", "x.yaml:2:1")]),
        ("a: [1, 2", [("S105", "x.yaml:1:9")]),
        ("a: b: c", [("S105", "x.yaml:1:5")]),
        ('a: "x', [("S105", "x.yaml:1:4")]),
        ('a: "x\nb: "y"\nc: 1', [("S105", "x.yaml:1:4")]),
        ('a: "x\\e[2J"', [("S104", "x.yaml:1:4")]),
        ("article： 14\nb: 1", [("S105", "x.yaml:1:8")]),
        ("a: {b: 1，c: 2}", [("S105", "x.yaml:1:9")]),
        ("a: 1\n\tb: 2", [("S105", "x.yaml:2:1")]),
        ("a: \u0000", [("S104", "x.yaml:1:4")]),
        ("a: \u202ex\u200b", [("S104", "x.yaml:1:4"), ("S104", "x.yaml:1:6")]),
    ],
)
def test_what_could_hide_a_slip_is_refused_at_its_place(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert wrong(text) == expected


def test_a_repeated_key_names_the_first_one_too() -> None:
    (diagnostic,) = read_document(Source("x.yaml", "a: 1\nb: 2\na: 3")).diagnostics
    assert [related.at.place for related in diagnostic.related] == ["x.yaml:1:1"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 50_000, f"1:{MAX_DEPTH + 1}"),
        ("{" * 50_000, f"1:{MAX_DEPTH + 1}"),
        ("[ " * 50_000, f"1:{2 * MAX_DEPTH + 1}"),
        ("- " * 50_000, f"1:{2 * MAX_DEPTH + 1}"),
        ("? " * 50_000, f"1:{2 * MAX_DEPTH + 1}"),
        ("[\n" * 50_000, f"{MAX_DEPTH + 1}:1"),
        ("\n".join(" " * n + "a:" for n in range(1200)), f"{MAX_DEPTH + 1}:{MAX_DEPTH + 1}"),
        # What the parser gives up for stands behind the limit of depth, on the same line.
        ("[" * 41 + "a: b: c", "1:41"),
    ],
)
def test_the_limit_of_depth_is_ours_and_not_that_of_a_parser(text: str, place: str) -> None:
    assert wrong(text) == [("S103", f"x.yaml:{place}")]


def test_as_deep_as_the_limit_is_read() -> None:
    assert wrong("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []


@pytest.mark.whole
def test_limits_of_nodes_and_bytes() -> None:
    assert [code for code, _ in wrong("- x\n" * (MAX_NODES + 1))] == ["S103"]
    (diagnostic,) = decode("x.yaml", b"a" * (MAX_BYTES + 1)).diagnostics
    assert diagnostic.code.id == "S103"


def test_a_file_that_is_too_large_is_told_its_size_and_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a" * (MAX_BYTES + 4000))
    (diagnostic,) = bytes_of(path, "x.yaml").diagnostics
    assert diagnostic.message_text == "the file has 1,052,576 bytes, and the limit is 1,048,576"
    # Of what is read from somewhere else no more is known than that it goes on.
    (diagnostic,) = decode("-", b"a" * (MAX_BYTES + 1)).diagnostics
    assert (
        diagnostic.message_text == "the file has more than 1,048,576 bytes, which is the limit"
    )


def test_bytes_that_are_not_utf_8_are_said_with_their_place() -> None:
    (diagnostic,) = decode("x.yaml", "a: 1\nb: 城市".encode("gbk")).diagnostics
    assert (diagnostic.code.id, diagnostic.at.place) == ("S102", "x.yaml:2:4")


def test_a_byte_order_mark_and_crlf_are_accepted() -> None:
    source = decode("x.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n").value
    assert source is not None
    node = read_document(source).value
    assert isinstance(node, Mapping)
    assert [(k.text, k.span.place) for k, _ in node.entries] == [
        ("a", "x.yaml:1:1"),
        ("b", "x.yaml:2:1"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("k: one two", "x.yaml:1:8"),
        ("k: 'one two'", "x.yaml:1:9"),
        ('k: "one two"', "x.yaml:1:9"),
        ("k: |\n  one two\n", "x.yaml:2:7"),
        ("k: >\n  one\n  two\n", "x.yaml:3:3"),
        ("k: one\n  two\n", "x.yaml:2:3"),
    ],
)
def test_a_word_in_a_sentence_is_found_in_the_file(text: str, place: str) -> None:
    value = read(text).get("k")
    assert isinstance(value, Scalar)
    start = value.text.index("two")
    span = value.part(start, start + 3)
    assert (span.place, span.text) == (place, "two")
