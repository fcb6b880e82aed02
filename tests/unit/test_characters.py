"""Look-alikes: found at their place, named, fixed; prose is left alone."""

import pytest

from ipcity_policy.text.confusables import meant
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Mapping, Scalar
from ipcity_policy.yaml.edits import splice
from ipcity_policy.yaml.normalize import clear, cleared
from ipcity_policy.yaml.reader import read_document
from ipcity_policy.yaml.schema import Key, Leaf, ListOf, MapOf, Record
from ipcity_policy.yaml.validate import conform
from tests.support import Make

SHAPE = Record(
    "a thing",
    "what the tests read",
    (
        Key("name", Leaf("[a-z-]+", "a name"), "d"),
        Key("number", Leaf("[0-9]+", "a number"), "d"),
        Key("colours", ListOf(Leaf("[a-z]+", "a colour")), "d"),
        Key("amount", Leaf(form="an amount", plain=True), "d"),
        Key("says", Leaf(), "prose", bilingual=True),
        Key("parts", MapOf(Leaf("[a-z]+", "a part")), "d"),
    ),
)


def wrong(text: str) -> list[Diagnostic]:
    read = read_document(Source("x.yaml", text))
    assert read.value is not None
    return [*read.diagnostics, *conform(read.value, SHAPE)]


def fixed(text: str) -> str:
    edits = {edit for d in wrong(text) if d.fix is not None for edit in d.fix.edits}
    return splice(text.encode(), edits).decode()


@pytest.mark.parametrize(
    ("text", "place", "message", "after"),
    [
        ("name: ѕcore", "1:7", "U+0455, CYRILLIC SMALL LETTER DZE", "name: score"),
        ("name: a-сode", "1:9", "U+0441, CYRILLIC SMALL LETTER ES", "name: a-code"),
        ("name: νame", "1:7", "U+03BD, GREEK SMALL LETTER NU", "name: vame"),
        ("name: a–b", "1:8", "U+2013, EN DASH", "name: a-b"),
        ("number: １４", "1:9", "`１４` is written where `14` is meant", "number: 14"),
        ("number: ٣", "1:9", "U+0663, ARABIC-INDIC DIGIT THREE", "number: 3"),
        ("colours: [red，green]", "1:14", "U+FF0C, FULLWIDTH COMMA", "colours: [red, green]"),
        ("colours: [red、green]", "1:14", "U+3001, IDEOGRAPHIC COMMA", "colours: [red, green]"),
        ("colours: [rеd]", "1:12", "U+0435, CYRILLIC SMALL LETTER IE", "colours: [red]"),
        ("amount: 10\u3000grams", "1:11", "a space is meant", "amount: 10 grams"),
        ("amount: 10\u00a0grams", "1:11", "U+00A0, NO-BREAK SPACE", "amount: 10 grams"),
        ("nаme: x", "1:2", "U+0430, CYRILLIC SMALL LETTER A", "name: x"),
        ("{name：x}", "1:6", "U+FF1A, FULLWIDTH COLON", "{name: x}"),
        ("name: “x”", "1:7", "U+201C, LEFT DOUBLE QUOTATION MARK", 'name: "x"'),
        ("“name”: x", "1:1", "U+201C, LEFT DOUBLE QUOTATION MARK", '"name": x'),
        ('number: "１"', "1:10", "U+FF11, FULLWIDTH DIGIT ONE", 'number: "1"'),
        ("parts: {а: b}", "1:9", "U+0430, CYRILLIC SMALL LETTER A", "parts: {a: b}"),
    ],
)
def test_a_look_alike_is_found_named_and_mended(
    text: str, place: str, message: str, after: str
) -> None:
    found = wrong(text)
    assert {d.code.id for d in found} == {"S109"}
    assert found[0].at.place == f"x.yaml:{place}"
    assert message in found[0].message_text
    assert fixed(text) == after
    assert wrong(after) == []


def test_the_mend_names_the_letter() -> None:
    (found,) = wrong("name: ѕcore")
    assert found.help_text == "write `s` (U+0073, LATIN SMALL LETTER S)"
    assert found.at.text == "ѕ"
    assert found.fix is not None
    assert str(found.fix.title) == "write `s` for `ѕ`"


def test_prose_may_hold_what_it_likes() -> None:
    text = "says-zh: “１４”，甲（乙）：丙；ѕ\nsays-en: ‘a’ – b  # 注：（，）\n"
    assert wrong(text) == []


@pytest.mark.parametrize(
    "text", ["name: жук", "name: 重量，容积", "amount: 良好", "name: ж–b", "number: ２x"]
)
def test_what_is_no_plain_word_in_disguise_is_said_as_before(text: str) -> None:
    assert {d.code.id for d in wrong(text)} <= {"S204"}


def test_what_was_meant_is_read_on() -> None:
    node = read_document(Source("x", "name: ѕcore\ncolours: [red，blue]\nsays-zh: ѕ")).value
    assert node is not None
    clear_node, found = cleared(node, SHAPE)
    assert isinstance(clear_node, Mapping)
    assert clear_node.get("name") == Scalar("score", node.span)
    read = read_document(Source("x", "name: score\ncolours: [red, blue]\nsays-zh: ѕ")).value
    assert clear_node == read
    assert len(found) == 2


def sentence(text: str) -> tuple[str, list[str], str]:
    """What a sentence is read as, the columns of its slips, and the sentence fixed."""
    source = Source("x", text)
    read, found = clear(Scalar(text, Span(source, 0, len(text))), but="，。；、：")
    assert {d.code.id for d in found} <= {"S109"}
    edits = {edit for d in found if d.fix is not None for edit in d.fix.edits}
    return read.text, [d.at.place[2:] for d in found], splice(text.encode(), edits).decode()


def test_a_sentence_is_read_as_it_was_meant_with_its_places() -> None:
    plain = '(weight is at least 10 grams) and colour is "red"'
    written = "（weight is аt least １０ grams） and colour is “red”"
    assert sentence(written) == (
        plain, ["1:1", "1:12", "1:21", "1:29", "1:45", "1:49"], plain,
    )  # fmt: skip
    # Marks that the language does not have are left to who reads the sentence.
    assert sentence("得分，a is yes。") == ("得分，a is yes。", [], "得分，a is yes。")


def test_quotes_inside_of_quotes_stay_inside() -> None:
    source = Source("x", 'when: "colour is “red”"')
    node = read_document(source).value
    assert isinstance(node, Mapping)
    when = node.get("when")
    assert isinstance(when, Scalar)
    read, found = clear(when)
    assert read.text == 'colour is "red"'
    assert found[0].fix is not None
    after = splice(source.text.encode(), found[0].fix.edits).decode()
    assert after == 'when: "colour is \\"red\\""'
    assert found[1].at.place == "x:1:22"
    again = read_document(Source("x", after)).value
    assert isinstance(again, Mapping)
    assert again.get("when") == read


def test_plain_characters_mean_themselves() -> None:
    plain = "".join(map(chr, range(0x20, 0x7F))) + "重量㐀"
    assert "".join(map(meant, plain)) == plain
    assert all(meant(meant(char)) == meant(char) for char in map(chr, range(0x80, 0x3100)))


@pytest.mark.parametrize(
    ("char", "said", "after"),
    [
        (
            "\u202e",
            "reorders what is displayed (U+202E, RIGHT-TO-LEFT OVERRIDE)",
            "says-en: ab",
        ),
        ("\u2067", "reorders what is displayed (U+2067, RIGHT-TO-LEFT ISOLATE)", "says-en: ab"),
        ("\u200b", "invisible character here (U+200B, ZERO WIDTH SPACE)", "says-en: ab"),
        ("\ufeff", "(U+FEFF, ZERO WIDTH NO-BREAK SPACE)", "says-en: ab"),
        ("\u0007", "invisible character here (U+0007)", "says-en: ab"),
        # What may stand for a line break, or for another encoding, is not deleted unseen.
        ("\u2028", "(U+2028, LINE SEPARATOR)", None),
        ("\0", "(U+0000)", None),
    ],
)
def test_what_cannot_be_seen_is_refused_in_prose_too(
    char: str, said: str, after: str | None
) -> None:
    source = Source("x", f"says-en: a{char}b")
    (found,) = read_document(source).diagnostics
    assert (found.code.id, found.at.place) == ("S104", "x:1:11")
    assert said in found.message_text
    assert (found.fix is None) == (after is None)
    if found.fix is not None:
        assert splice(source.text.encode(), found.fix.edits).decode() == after


def test_one_letter_of_another_script_is_said_once(make: Make) -> None:
    article = (
        "аrticle: 2\ntitle-en: M\ntitle-zh: 二\nbasis: attestеd\n"
        "parameters:\n  lаrge: １０ grams\n  mid: 5 grаms\n"
        "rules:\n  r: {title-en: R, title-zh: 则, require: weight is at least large}\n"
        "decisions:\n  d:\n    asks-en: Q\n    asks-zh: 问\n    by: weіght\n    bands:\n"
        "      - {outcome: а, says-en: A, says-zh: 甲, when: below large}\n"
        "      - {outcome: b, says-en: B, says-zh: 乙, when: otherwise, provision: аrt-1}\n"
    )
    made = make({"1/article-02.yaml": article})
    assert made.places() == [
        ("S109", f"1/article-02.yaml:{place}")
        for place in ("1:1", "4:14", "6:4", "6:10", "7:12", "14:11", "16:19", "17:74")
    ]
