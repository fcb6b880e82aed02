"""The sentences of the language: what they mean, and where a slip is found."""

from itertools import product
from typing import get_args

import pytest
from lark import Lark

from ipcity_policy.lang import syntax
from ipcity_policy.lang.interval import Interval, Order
from ipcity_policy.lang.operators import OPERATORS, OperandKind, Operator
from ipcity_policy.lang.parser import MAX_LENGTH, grammar, parse_sentence
from ipcity_policy.lang.syntax import Start
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Scalar

NOWHERE = Span(Source("", ""), 0, 0)


def written(text: str) -> Scalar:
    source = Source("x", text)
    return Scalar(text, Span(source, 0, len(text)))


def parse(text: str, start: Start = "condition") -> object:
    result = parse_sentence(written(text), start)
    assert not result.diagnostics
    return result.value


def name(text: str) -> syntax.Name:
    return syntax.Name(text, span=NOWHERE)


def rule(text: str) -> syntax.RuleName:
    return syntax.RuleName(text, span=NOWHERE)


@pytest.mark.deep
def test_the_grammar_has_no_conflicts_and_no_colliding_words() -> None:
    starts = list(get_args(Start))
    Lark(grammar(), parser="lalr", lexer="basic", start=starts, strict=True)


#: What stands on the right of each operator that is not a plain limit.
RIGHT = {
    "same": '"x"',
    "different": '"x"',
    "includes": '"x"',
    "between": "low and high with both included",
    "in-top": "share of all-boats",
    "not-in-top": "share of all-boats",
    "last": "all-boats",
    "not-last": "all-boats",
    **dict.fromkeys(("submitted", "not-submitted", "known", "not-known"), ""),
}


@pytest.mark.parametrize("operator", OPERATORS.values(), ids=lambda operator: operator.name)
def test_every_operator_is_written_as_its_table_says(operator: Operator) -> None:
    right = RIGHT.get(operator.name, "limit")
    if OperandKind.TIME in operator.kinds:
        timed = parse(f"time from start to end {operator.words} {right}")
        assert isinstance(timed, syntax.Time)
        assert f"time-{timed.relation.operator}" == operator.name
    else:
        parsed = parse(f"left {operator.words} {right}".strip())
        assert isinstance(parsed, syntax.ComparisonPhrase)
        assert parsed.relation.operator == operator.name
    if operator.opposite is not None:
        assert OPERATORS[operator.opposite].opposite == operator.name


@pytest.mark.parametrize(
    "operator",
    [one for one in OPERATORS.values() if one.order is not None],
    ids=lambda one: one.name,
)
def test_an_order_agrees_with_the_rest_of_its_row(operator: Operator) -> None:
    assert operator.order is not None
    assert operator.upward == (1 if operator.order in (Order.AT_LEAST, Order.ABOVE) else -1)
    if operator.opposite is not None:
        denied = OPERATORS[operator.opposite]
        assert denied.kinds == operator.kinds
        assert denied.order is not None
        for left, right in product(range(3), repeat=2):
            sides = Interval.exactly(left), Interval.exactly(right)
            assert operator.order.holds(*sides) is not denied.order.holds(*sides)


def test_brackets_not_and_or() -> None:
    assert parse("a and (b or not c)") == syntax.Conjunction(
        (
            rule("a"),
            syntax.Disjunction(
                (rule("b"), syntax.Negation(rule("c"), span=NOWHERE)), span=NOWHERE
            ),
        ),
        span=NOWHERE,
    )


def test_chinese_names_and_a_name_that_begins_with_a_keyword() -> None:
    assert parse("得分 is at least 下限") == syntax.ComparisonPhrase(
        name("得分"), syntax.Relation("at-least", (name("下限"),), span=NOWHERE), span=NOWHERE
    )
    assert parse("is-old and at-home") == syntax.Conjunction(
        (rule("is-old"), rule("at-home")), span=NOWHERE
    )


def test_bands_outcomes_and_effects() -> None:
    assert parse("below limit", "band") == syntax.Relation(
        "below", (name("limit"),), span=NOWHERE
    )
    assert parse("otherwise", "band") == syntax.Otherwise(span=NOWHERE)
    assert parse("otherwise", "outcome") == syntax.Otherwise(span=NOWHERE)
    assert parse("permit a", "effect") == syntax.PermitPhrase(name("a"), span=NOWHERE)
    assert parse("bar a for b after c", "effect") == syntax.BarPhrase(
        name("a"), name("b"), name("c"), span=NOWHERE
    )


@pytest.mark.parametrize(
    ("text", "code", "place", "help"),
    [
        ("a is at leest b", "S301", "x:1:9", "did you mean `least`?"),
        ("a and b or c", "S302", "x:1:9", "put brackets around what belongs together"),
        ("a or b and c", "S302", "x:1:8", "put brackets around what belongs together"),
        ("a is at least", "S301", "x:1:14",
         "expected here: a date, a name, a number, an option in \"quotes\""),
        ("a，b", "S301", "x:1:2", "remove it; conditions are joined by `and` or `or`"),
        ("a, b", "S301", "x:1:2", "remove it; conditions are joined by `and` or `or`"),
        ("a IS b", "S301", "x:1:3", "did you mean `is`?"),
        ("a is blue", "S301", "x:1:6",
         'if it is an option, put it in quotes: `"blue"`; '
         "a parameter follows words such as `exactly` and `at least`"),
        ("a includes blue", "S301", "x:1:12",
         'if it is an option, put it in quotes: `"blue"`; '
         "a parameter follows `all of`, `any of` or `none of`"),
        ("a >= b", "S301", "x:1:3",
         "write `is at least`, `is at most`, `is above`, `is below`, `is exactly` or `is`"),
        ("is is b", "S301", "x:1:1",
         "expected here: `(`, `all`, `not`, `time`, a date, a name, a number, "
         'an option in "quotes"'),
        ("(a", "S301", "x:1:3", "close the bracket"),
    ],
)  # fmt: skip
def test_a_slip_is_found_where_it_was_made(text: str, code: str, place: str, help: str) -> None:
    result = parse_sentence(written(text), "condition")
    assert result.value is None
    assert [(d.code.id, d.at.place, d.help_text) for d in result.diagnostics] == [
        (code, place, help)
    ]


def test_a_word_of_the_language_is_told_where_a_name_was_meant() -> None:
    (told,) = parse_sentence(written("a is at least half"), "condition").diagnostics
    assert told.message_text == "`half` is a word of the language, and does not fit here"
    (told,) = parse_sentence(written("a is 7"), "condition").diagnostics
    assert told.message_text == "`7` does not fit here"


@pytest.mark.parametrize(
    ("text", "meant", "place"),
    [
        ("a is below （b）", "a is below (b)", "x:1:12"),
        ("a is above ６０", "a is above 60", "x:1:12"),
        ("ѕcore is above b", "score is above b", "x:1:1"),
        ("a is “blue”", 'a is "blue"', "x:1:6"),
    ],
)
def test_a_character_that_only_looks_right_is_mended(text: str, meant: str, place: str) -> None:
    found = parse_sentence(written(text), "condition").diagnostics
    assert (found[0].code.id, found[0].at.place) == ("S109", place)
    assert found[0].fix is not None
    fixed = list(text)
    for edit in found[0].fix.edits:
        fixed[edit.at.start : edit.at.end] = edit.text
    assert "".join(fixed) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a is at leest b", "a is at least b"),
        ("a is blue", 'a is "blue"'),
        ('a is "blue', 'a is "blue"'),
        ('a is blue"', 'a is "blue"'),
        ("a >= b", "a is at least b"),
        ("a is ≤b", "a is at most b"),
        ("a is more than b", "a is above b"),
        ("a less than b", "a is below b"),
        ("a is up to b", "a is at most b"),
        ("a exceeds b", "a is above b"),
        ("a = yes", "a is yes"),
        ("a is true", "a is yes"),
        ("a was submitted", "a is submitted"),
        ("a is no later than b", None),
        ("(a and b", "(a and b)"),
        ("a and b)", "a and b"),
        ("not (a or b", None),
        ("a and b or c", None),
    ],
)
def test_a_mend_is_offered_where_it_is_certain(text: str, meant: str | None) -> None:
    (found,) = parse_sentence(written(text), "condition").diagnostics
    if meant is None:
        assert found.fix is None
        return
    assert found.fix is not None
    (edit,) = found.fix.edits
    assert text[: edit.at.start] + edit.text + text[edit.at.end :] == meant


@pytest.mark.parametrize(
    "text", ["a " * MAX_LENGTH, "(" * 100 + "a" + ")" * 100, "not " * 100 + "a"]
)
def test_a_sentence_keeps_to_its_limits(text: str) -> None:
    result = parse_sentence(written(text), "condition")
    assert [d.code.id for d in result.diagnostics] == ["S303"]


def test_equal_sentences_in_two_places_are_equal() -> None:
    source = Source("y", "xx a and b")
    elsewhere = parse_sentence(Scalar("a and b", Span(source, 3, 10)), "condition").value
    assert elsewhere == parse("a and b")
