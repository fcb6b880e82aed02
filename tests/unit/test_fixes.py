"""Which fixes are certain: what is written for what, and what is left to the author."""

import pytest

from ipcity_policy.text.diagnostic import Diagnostic, Fix
from ipcity_policy.text.fixes import instead, nearest
from ipcity_policy.text.nearest import as_name
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import removal
from ipcity_policy.yaml.edits import splice
from ipcity_policy.yaml.reader import read_document


def at(text: str) -> Span:
    return Span(Source("x", text), 0, len(text))


def after(fix: Fix | None, text: str) -> str | None:
    return None if fix is None else splice(text.encode(), fix.edits).decode()


@pytest.mark.parametrize(
    ("word", "known", "said", "fixed"),
    [
        ("weigth", ["weight", "volume"], "weight", "weight"),
        ("tpye", ["type", "unit", "label-en"], "type", "type"),
        ("Weight", ["weight", "wait"], "weight", "weight"),
        ("day_of_sale", ["day-of-sale", "day-of-hire"], "day-of-sale", "day-of-sale"),
        ("gramms", ["grams", "litres"], "grams", "grams"),
        # Two are as near, or nearly so.
        ("heigh", ["height", "weigh"], "height", None),
        # What is numbered otherwise, or has another Chinese word in it, is another thing.
        ("stage-3", ["stage-1"], "stage-1", None),
        ("容量上限", ["重量上限"], "重量上限", None),
        # The word holds more than the name: its value, behind a lost colon.
        ("says-zh，中额", ["says-zh", "basis"], "says-zh", None),
        ("unit: g", ["unit", "range"], "unit", None),
        ("nothing", ["weight"], "", None),
        ("", ["weight"], "", None),
    ],
)
def test_the_nearest_name_and_whether_it_is_certain(
    word: str, known: list[str], said: str, fixed: str | None
) -> None:
    text, fix = nearest(word, known, at(word))
    assert str(text or "") == (f"did you mean `{said}`?" if said else "")
    assert after(fix, word) == fixed


def test_of_very_many_names_none_is_certain() -> None:
    many = [f"rule-{'x' * (i % 7)}-{i}" for i in range(1000)]
    text, fix = nearest("rule--1", many, at("rule--1"))
    assert (str(text)[:20], fix) == ("did you mean `rule-x", None)


@pytest.mark.parametrize(
    ("text", "old", "fixed"),
    [
        ("a.old.b", "old", "a.new.b"),
        ('"old"', "old", '"new"'),
        ("12 old", "old", "12 new"),
        ("older", "old", None),
        ("old-one", "old", None),
        ("old.old", "old", None),
        ("", "old", None),
    ],
)
def test_a_word_is_replaced_where_it_stands_once(
    text: str, old: str, fixed: str | None
) -> None:
    assert after(instead(at(text), old, "new"), text) == fixed


def test_names_are_written_as_names() -> None:
    assert as_name(" Foo_Bar  baz ") == "foo-bar-baz"
    assert as_name("“Ｆｏｏ”") == "foo"
    assert as_name("重量 Limit") == "重量-limit"


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("a: 1\nbefore: x\nc: 2\n", "a: 1\nc: 2\n"),
        ("a: 1\nbefore:\n  - x\n  - y\nc: 2\n", "a: 1\nc: 2\n"),
        ("a: 1\nbefore: |\n  x\n  y\nc: 2\n", "a: 1\nc: 2\n"),
        ("a: 1\nbefore: x", "a: 1\n"),
        ("{a: 1, before: x, c: 2}", "{a: 1, c: 2}"),
        ("{a: 1, before: x}", "{a: 1}"),
        # It begins its block, or a remark would go with it.
        ("before: x\na: 1\n", None),
        ("a: 1\nbefore: x  # see art. 2\n", None),
        ("a: 1\nbefore:\n  # see art. 2\n  - x\n", None),
        ("a: 1\n", None),
    ],
)
def test_an_entry_is_taken_out_of_its_block(text: str, fixed: str | None) -> None:
    node = read_document(Source("x", text)).value
    assert node is not None
    assert after(removal(node, "before"), text) == fixed


def fault(text: str) -> Diagnostic:
    (found,) = read_document(Source("x", text)).diagnostics
    return found


@pytest.mark.parametrize(
    ("text", "place", "fixed"),
    [
        # tabs
        ("a:\n\tb: 1\n", "2:1", "a:\n  b: 1\n"),
        ("a:\n\tb:\n\t\tc: 1\n\t\td: 2\n", "2:1", "a:\n  b:\n    c: 1\n    d: 2\n"),
        ("a:\n    b: 1\n\tc: 1\n", "3:1", "a:\n    b: 1\n    c: 1\n"),
        ("a:\n  - x: 1\n\ty: 2\n", "3:1", None),
        ("a:\n  b:\n    x: 1\n\ty: 2\n", "4:1", None),
        # quotation marks
        ('a: "x\nb: 1\n', "1:4", 'a: "x"\nb: 1\n'),
        ('a: "x\nb: "y"\n', "1:4", 'a: "x"\nb: "y"\n'),
        ("- 'x\n- y\n", "1:3", "- 'x'\n- y\n"),
        ('a: {b: "x, c: 1}\n', "1:8", None),
        ('a: "x # y\n', "1:4", None),
        ("a: 'it's'\n", "1:8", 'a: "it\'s"\n'),
        ('a: "say "x" now"\n', "1:10", "a: 'say \"x\" now'\n"),
        ('a: "it\'s "x" now"\n', "1:11", None),
        # values that begin with a sign
        ("a: @x y # z\n", "1:4", 'a: "@x y" # z\n'),
        ('a: %"x"\n', "1:4", "a: '%\"x\"'\n"),
        ("a: > 3 grams\n", "1:4", 'a: "> 3 grams"\n'),
        ("a: {b: @x}\n", "1:8", None),
        # a colon in prose
        ("says-en: One: two\n", "1:13", 'says-en: "One: two"\n'),
        ("says-en: One says-zh: 一\n", "1:21", None),
        ("says-en: One parts: {b: 1}\n", "1:19", None),
        ("basis: One: two\n", "1:11", None),
        # brackets
        ("a: [1, 2\nb: 3\n", "1:9", "a: [1, 2]\nb: 3\n"),
        ("a: {x: [1, 2, y: 2\nb: 3\n", "1:19", None),
        ("a: {x: [1, 2\nb: 3\n", "1:13", "a: {x: [1, 2]}\nb: 3\n"),
        ("a: {x: {y: 1}\nb: 3\n", "1:14", "a: {x: {y: 1}}\nb: 3\n"),
        ("a: {x: 1, y\nb: 3}\n", "1:12", None),
        ("a: {x: 1}}\n", "1:10", None),
        # colons
        ("a: 1\nb:2\nc: 3\n", "2:2", "a: 1\nb: 2\nc: 3\n"),
        ("b: 1\na：2\nc: 3\n", "2:2", "b: 1\na: 2\nc: 3\n"),
        ("a: {b: 1，c: 2}\n", "1:9", "a: {b: 1, c: 2}\n"),
        # lines that do not line up
        ("a:\n  b: 1\n c: 2\n", "3:2", None),
    ],
)
def test_what_is_not_yaml_is_said_at_its_place_and_mended_where_certain(
    text: str, place: str, fixed: str | None
) -> None:
    found = fault(text)
    assert (found.code.id, found.at.place) == ("S105", f"x:{place}")
    assert after(found.fix, text) == fixed
    if fixed is not None:
        assert read_document(Source("x", fixed)).diagnostics == ()


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("a: &x 1\n", "a: 1\n"),
        ("a: !!int 1\n", "a: 1\n"),
        ("a: &x\n  b: 1\n", "a: \n  b: 1\n"),
        ("a: [&x 1, 2]\n", "a: [1, 2]\n"),
    ],
)
def test_labels_and_tags_say_nothing_and_can_go(text: str, fixed: str) -> None:
    assert after(fault(text).fix, text) == fixed


def test_a_label_that_is_used_cannot_go() -> None:
    found = read_document(Source("x", "a: &x 1\nb: *x\n")).diagnostics
    assert [(d.code.id, d.fix) for d in found] == [("S107", None), ("S107", None)]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("a: 1\nb: 2\na: 1\n", "a: 1\nb: 2\n"),
        ("{a: 1, b: 2, a: 1}", "{a: 1, b: 2}"),
        ("a:\n  x: 1\nb: 2\na: {x: 1}\n", "a:\n  x: 1\nb: 2\n"),
        ("a: 1\nb: 2\na: 3\n", None),
        ("a: 1\na: 1  # or 2\n", None),
    ],
)
def test_a_key_that_says_the_same_twice_is_written_once(text: str, fixed: str | None) -> None:
    found = fault(text)
    assert found.code.id == "S106"
    assert after(found.fix, text) == fixed
