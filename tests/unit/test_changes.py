"""Drafts and readings: what they change exists, changes something, and is changed once."""

import pytest

from tests.support import HEAD, READING, SMALL, Make
from tests.unit.test_expected_position import EVENTS, LAW

ARTICLE = SMALL["1/article-01.yaml"]
#: The head of a draft; what it changes begins on line 4.
DRAFT = "amends: small/1\ntitle-en: D\ntitle-zh: 草\n"
#: The line on which the options of a reading begin, below the article.
OPTIONS = (ARTICLE + READING).splitlines().index("    options:") + 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # The same path, changed and taken out.
        (
            "change:\n  rules.is-light.title-en: slight\n"
            "repeal:\n  - rules.is-light.title-en\n",
            [("M123", "drafts/d.yaml:7:5")],
        ),
        # A place inside one that is taken out, whichever is written first.
        (
            "change:\n  rules.is-light.require: weight is below heavy\n"
            "repeal:\n  - rules.is-light\n",
            [("M123", "drafts/d.yaml:7:5")],
        ),
        (
            "repeal:\n  - rules.is-light\n"
            "change:\n  rules.is-light.require: weight is below heavy\n",
            [("M123", "drafts/d.yaml:7:3")],
        ),
        # A value, and the block that holds it.
        (
            "change:\n  parameters.light.value: 9 grams\n"
            "  parameters.light: {value: 8 grams}\n",
            [("M123", "drafts/d.yaml:6:3")],
        ),
        # A row may be named with and without the key that holds it: it is one place.
        (
            "change:\n  decisions.class.low.when: at most light\n"
            "  decisions.class.bands.low.when: below heavy\n",
            [("M123", "drafts/d.yaml:6:3")],
        ),
        (
            "change:\n  decisions.class.bands.middle.says-en: mid\n"
            "repeal:\n  - decisions.class.middle\n",
            [("M123", "drafts/d.yaml:7:5")],
        ),
        # Each place inside one that is taken out is named.
        (
            "change:\n  decisions.class.low.when: at most light\n"
            "  decisions.class.asks-en: Which?\n"
            "repeal:\n  - decisions.class\n",
            [("M123", "drafts/d.yaml:8:5"), ("M123", "drafts/d.yaml:8:5")],
        ),
        # Names that only begin alike, and two places of one entry.
        (
            "change:\n  parameters.light: 9 grams\n"
            "add:\n  parameters.light-ish: {value: 12 grams, provision: art-1}\n",
            [],
        ),
        (
            "change:\n  decisions.class.low.when: at most light\n"
            "  decisions.class.low.says-en: light\n  decisions.class.asks-en: Which?\n",
            [],
        ),
    ],
)
def test_a_place_is_changed_once(
    make: Make, body: str, expected: list[tuple[str, str]]
) -> None:
    made = make({"drafts/d.yaml": DRAFT + body})
    assert made.places("small/d") == expected


def test_an_option_changes_a_place_once_too(make: Make) -> None:
    change = "rules.is-light.require: weight is below heavy}, repeal: [rules.is-light]"
    made = make({"1/article-01.yaml": ARTICLE + READING.replace("CHANGE}", change)})
    assert [code for code, _ in made.places()] == ["M123"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("as-is: {says-en: A, says-zh: 甲}", [("M124", (1, 7))]),
        # Where the default is the one that was left out, that is said and nothing else.
        (
            "one: {says-en: B, says-zh: 乙, change: {parameters.light: 9 grams}}",
            [("M105", (-1, 14))],
        ),
        # Two options with the same change, in whatever order it is written.
        (
            "as-is: {says-en: A, says-zh: 甲}\n"
            "one: {says-en: B, says-zh: 乙, change: {parameters.light: 9 grams}}\n"
            'two: {says-en: C, says-zh: 丙, change: {parameters.light: "9 grams"}}',
            [("M124", (3, 7))],
        ),
        (
            "as-is: {says-en: A, says-zh: 甲}\n"
            "one: {says-en: B, says-zh: 乙, change: {parameters.light: 9 grams}}\n"
            "two: {says-en: C, says-zh: 丙, change: {parameters.light: 8 grams}}",
            [],
        ),
        # Two options that a reader cannot tell apart, in one language or in both.
        (
            "as-is: {says-en: A, says-zh: 甲}\n"
            "one: {says-en: A, says-zh: 乙, change: {parameters.light: 9 grams}}",
            [("M124", (2, 22))],
        ),
        (
            "as-is: {says-en: A, says-zh: 甲}\n"
            "one: {says-en: B, says-zh: 甲, change: {parameters.light: 9 grams}}",
            [("M124", (2, 34))],
        ),
        (
            "as-is: {says-en: A, says-zh: 甲}\n"
            "one: {says-en: A, says-zh: 甲, change: {parameters.light: 9 grams}}",
            [("M124", (2, 22))],
        ),
        # Only the default is the text as written; a second one like it changes nothing.
        (
            "as-is: {says-en: A, says-zh: 甲}\none: {says-en: B, says-zh: 乙}",
            [("M104", (2, 7))],
        ),
    ],
)
def test_the_options_of_a_reading_differ(
    make: Make, options: str, expected: list[tuple[str, tuple[int, int]]]
) -> None:
    head = READING[: READING.index("      as-is:")]
    body = "".join(f"      {line}\n" for line in options.splitlines())
    made = make({"1/article-01.yaml": ARTICLE + head + body})
    places = [
        (code, f"1/article-01.yaml:{OPTIONS + line}:{column}")
        for code, (line, column) in expected
    ]
    assert made.places() == places


def test_a_draft_amends_a_version_and_no_draft(make: Make) -> None:
    second = DRAFT.replace("small/1", "small/d") + "change: {parameters.light: 8 grams}\n"
    made = make(
        {
            "drafts/d.yaml": DRAFT + "change: {parameters.light: 9 grams}\n",
            "drafts/e.yaml": second,
        }
    )
    assert made.places("small/d") == []
    assert made.places("small/e") == [("M101", "drafts/e.yaml:1:9")]


def _two(first: str, second: str) -> str:
    """Return an article with two readings, each of which makes one change."""
    one, other = (READING.replace("{CHANGE}", f"{{{change}}}") for change in (first, second))
    below = other.partition("\n")[2].replace("  edge:", "  limit:")
    return ARTICLE + one + below


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        # One place, and two texts for it.
        ("parameters.light: 9 grams", "parameters.light: 8 grams", True),
        # One place, and one text for it: neither undoes the other.
        ("parameters.light: 9 grams", "parameters.light: 9 grams", False),
        # A place inside one that is changed as a whole, whichever is written first.
        ("parameters.light: 9 grams", "parameters.light.label-en: slight", True),
        ("parameters.light.label-en: slight", "parameters.light: 9 grams", True),
        # A row may be named with and without the key that holds it.
        (
            "decisions.class.low.when: at most light",
            "decisions.class.bands.low.when: below bulky",
            True,
        ),
        (
            "decisions.class.low.when: at most light",
            "decisions.class.bands.low.when: at most light",
            False,
        ),
        # Two places of one entry, and names that only begin alike.
        (
            "decisions.class.low.when: at most light",
            "decisions.class.middle.when: at most heavy",
            False,
        ),
        ("in-force.from: 2001-02-01", "in-force.from: 2001-03-01", True),
        ("in-force.from: 2001-02-01", "in-force.until: 2005-01-01", False),
    ],
)
def test_two_readings_that_change_a_place_each_in_its_way_are_named(
    make: Make, first: str, second: str, *, meet: bool
) -> None:
    made = make({"1/article-01.yaml": _two(first, second)})
    ref = made.library.find("small/1")
    assert ref is not None
    found = [d for d in made.library.program(ref).diagnostics if d.code.id == "M126"]
    assert len(found) == meet
    assert all("`edge` and `limit`" in one.message_text for one in found)


#: An article with a list, of which two readings may change an item each.
LISTED = """\
article: 2
title-en: B
title-zh: 乙
basis: attested
parameters: {bright: [red, green]}
rules:
  is-bright: {title-en: bright, title-zh: 亮, require: colour is one of bright}
decisions:
  shown:
    asks-en: S
    asks-zh: 示
    outcomes:
      shown: {says-en: it is shown, says-zh: 展示, when: is-bright}
      hidden: {says-en: it is hidden, says-zh: 不展示, when: otherwise}
readings:
"""
READINGS = """\
  FIRST:
    asks-en: Q FIRST
    asks-zh: 问 FIRST
    why-en: W
    why-zh: 因
    basis: inferred
    confidence: low
    default: as-is
    options:
      as-is: {says-en: A, says-zh: 甲}
      other: {says-en: B, says-zh: 乙, CHANGE}
"""


def reading(id: str, change: str) -> str:
    return READINGS.replace("FIRST", id).replace("CHANGE", change)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Each has an item of its own in the list.
        ("add: {parameters.bright: [blue]}", "repeal: [parameters.bright.red]", []),
        # Both take in the same, so that neither undoes the other.
        (
            "add: {parameters.bright: [blue]}",
            "add: {parameters.bright: [blue]}, repeal: [parameters.bright.red]",
            [],
        ),
        # One writes the list anew, so that what the other takes out is lost.
        (
            "change: {parameters.bright: [green, blue]}",
            "repeal: [parameters.bright.red]",
            ["M126"],
        ),
    ],
)
def test_two_readings_may_change_one_list(
    make: Make, one: str, other: str, expected: list[str]
) -> None:
    text = LISTED + reading("one", one) + reading("other", other)
    made = make({"1/article-02.yaml": text})
    assert [code for code, _ in made.places()] == expected


def test_a_list_takes_in_what_is_added_and_gives_up_what_is_repealed(make: Make) -> None:
    body = "add:\n  parameters.bright: [blue]\nrepeal:\n  - parameters.bright.red\n"
    made = make(
        {
            "1/article-02.yaml": LISTED.removesuffix("readings:\n"),
            "drafts/d.yaml": DRAFT + body,
        }
    )
    ref = made.library.find("small/d")
    assert ref is not None
    program = made.library.program(ref).value
    assert program is not None
    assert program.parameters["bright"].value == ("green", "blue")


def test_one_item_is_not_both_put_in_and_taken_out(make: Make) -> None:
    body = "add:\n  parameters.bright: [blue]\nrepeal:\n  - parameters.bright.blue\n"
    made = make(
        {
            "1/article-02.yaml": LISTED.removesuffix("readings:\n"),
            "drafts/d.yaml": DRAFT + body,
        }
    )
    assert [code for code, _ in made.places("small/d")] == ["M123"]


#: An article with a second decision, whose sentences name two parameters of one unit.
LIMITED = """\
article: 2
title-en: B
title-zh: 乙
basis: attested
parameters: {slight: 3 grams, bulky-one: 4 grams}
rules:
  is-small:
    title-en: small
    title-zh: 小
    require: weight is below slight or weight is above bulky-one
decisions:
  sized:
    asks-en: S
    asks-zh: 大
    outcomes:
      small: {says-en: it is small, says-zh: 小, when: is-small}
      other: {says-en: it is not, says-zh: 不小, when: otherwise}
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # What a sentence names is changed, and so is what stands beside it there.
        (
            "change:\n  parameters.slight: small\n  parameters.bulky-one: 2001-01-01\n",
            [("T101", "drafts/d.yaml:5:3"), ("T101", "drafts/d.yaml:6:3")],
        ),
        # What is named is gone, and another entry of the same rule is changed too.
        (
            "change:\n  parameters.bulky-one: 5 grams\nrepeal:\n  - parameters.slight\n",
            [("N101", "drafts/d.yaml:7:5")],
        ),
        (
            "change:\n  rules.is-small.title-en: slight\nrepeal:\n  - parameters.slight\n",
            [("N101", "drafts/d.yaml:7:5")],
        ),
        # Of two changes the one that the sentence rests on through others, and not the last.
        (
            "change:\n  parameters.slight: 9 grams\n  parameters.light: 8 grams\n"
            "  decisions.sized.small.says-en: slight\nrepeal:\n  - rules.is-small\n",
            [("N101", "drafts/d.yaml:9:5")],
        ),
    ],
)
def test_what_a_draft_makes_wrong_is_told_at_the_change_that_does(
    make: Make, body: str, expected: list[tuple[str, str]]
) -> None:
    made = make({"1/article-02.yaml": LIMITED, "drafts/d.yaml": DRAFT + body})
    assert made.places("small/d") == expected


@pytest.mark.parametrize("name", ["loan-time", '"loan-time"'])
def test_a_length_without_its_unit_is_told_however_its_name_is_quoted(
    make: Make, name: str
) -> None:
    law = LAW.replace("loan-time: 1 month", "loan-time: 7")
    law = law.replace("lasts: loan-time", f"lasts: {name}")
    made = make({"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + law})
    assert [code for code, _ in made.places()] == ["T102"]


def test_a_state_out_of_reach_is_told_at_the_change_of_what_led_there(make: Make) -> None:
    body = (
        "change:\n  terms.loan.then: free\n  parameters.light: 9 grams\n"
        "  deadlines.asking.says-en: ask\n"
    )
    made = make(
        {
            "facts.yaml": SMALL["facts.yaml"] + EVENTS,
            "1/article-02.yaml": HEAD + LAW,
            "drafts/d.yaml": DRAFT + body,
        }
    )
    assert set(made.places("small/d")) == {
        ("M150", "drafts/d.yaml:5:3"),
        ("M152", "drafts/d.yaml:5:3"),
    }
