"""A fact sheet: every fault at once, each at its place."""

import pytest

from ipcity_policy.lang.values import Numbers
from ipcity_policy.law.files import read_bytes
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Result
from tests.support import RICH, Made, Make

GOOD = """\
sheet: 1
measure: small
thing: {name-en: A thing, name-zh: 某物}
facts:
  weight: {value: 12.5 grams, by: clerk, on: 2001-02, source: book}
  volume: -3 litres
  sealed: no
  made: 2001-02-28
  colour: unknown
sources:
  book: {title-en: A book, title-zh: 一书}
"""


def read(made: Made, text: str) -> Result[Sheet]:
    document = read_bytes("s.yaml", text.encode())
    assert document.value is not None
    result = sheet_from(made.library, document.value)
    return Result(result.value, document.diagnostics + result.diagnostics)


def test_a_good_sheet_is_read(make: Make) -> None:
    result = read(make({}), GOOD)
    assert result.diagnostics == ()
    assert result.value is not None
    assert {n: s.written for n, s in result.value.statements.items()} == {
        "weight": "12.5 grams",
        "volume": "-3 litres",
        "sealed": "no",
        "made": "2001-02-28",
        "colour": "unknown",
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("  weight:", "  wieght:", "F101", "5:3"),
        ("12.5 grams", "12.5 litres", "F102", "5:19"),
        ("12.5 grams", "12.5", "F102", "5:19"),
        ("12.5 grams", "１２ grams", "F102", "5:19"),
        ("12.5 grams", "101 grams", "F103", "5:19"),
        ("12.5 grams", "-0.1 grams", "F103", "5:19"),
        ("by: clerk", "by: clark", "F105", "5:35"),
        ("on: 2001-02,", "on: 2001-02-29,", "F102", "5:46"),
        ("source: book", "source: bok", "F104", "5:63"),
        ("sealed: no", "sealed: false", "F102", "7:11"),
        ("made: 2001-02-28", "made: 2001-02-29", "F102", "8:9"),
        ("made: 2001-02-28", "made: 28.2.2001", "F102", "8:9"),
        ("colour: unknown", "colour: gren", "F102", "9:11"),
        ("colour: unknown", "colour: red\n  colour: blue", "S106", "10:3"),
        ("measure: small", "measure: smal", "M101", "2:10"),
        ("measure: small\n", "", "F106", "1:1"),
        ("sheet: 1", "sheet: 2", "S204", "1:8"),
        ("thing: {name-en: A thing, name-zh: 某物}", "thing: {}", "S202", "3:8"),
        ("value: 12.5 grams", "valu: 12.5 grams", "S201", "5:12"),
    ],
)
def test_a_fault_is_found_where_it_was_made(
    make: Make, old: str, new: str, code: str, place: str
) -> None:
    assert old in GOOD
    result = read(make({}), GOOD.replace(old, new, 1))
    assert (code, f"s.yaml:{place}") in [(d.code.id, d.at.place) for d in result.diagnostics]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("12.5", "write `12.5 grams`"),
        ("12.5grams", "write `12.5 grams`"),
        ("12.5 gram", "write `12.5 grams`"),
        ("about 12.5 grams", "write a number and `grams`"),
        ("12,5 grams", "write a number and `grams`"),
        ("12 or 13 grams", "write a number and `grams`"),
        ("n/a", "write `unknown`"),
    ],
)
def test_a_mend_is_offered_where_there_is_one(make: Make, text: str, help: str) -> None:
    (told,) = read(make({}), GOOD.replace("12.5 grams", f'"{text}"')).diagnostics
    assert told.help_text == help


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("{rank: 8, of: 7}", "the place 8 is beyond the size of the cohort, 7"),
        (
            "{rank: 6, of: 7, tied: 3}",
            "3 from the place 6 on are beyond the size of the cohort, 7",
        ),
        ("{rank: 8 to 6, of: 7}", "`8 to 6` begins above where it ends"),
        ("{rank: 3, of: 7 to 6}", "`7 to 6` begins above where it ends"),
    ],
)
def test_what_is_wrong_with_a_place_is_said(make: Make, place: str, message: str) -> None:
    made = make(RICH)
    (told,) = read(made, GOOD.replace("  sealed: no\n", f"  place: {place}\n")).diagnostics
    assert told.message_text == message


@pytest.mark.parametrize(
    ("options", "help"),
    [
        ("red, unknown", "name the options that are possible, or write `unknown`"),
        ("red, gren", "did you mean `green`?"),
        ("", "name the options that are possible, or write `unknown`"),
    ],
)
def test_options_that_remain_are_named(make: Make, options: str, help: str) -> None:
    text = GOOD.replace("colour: unknown", f"colour: {{one of: [{options}]}}")
    (told,) = read(make({}), text).diagnostics
    assert told.help_text == help


@pytest.mark.parametrize("grams", ["0 grams", "100 grams"])
def test_both_ends_of_a_range_may_be_stated(make: Make, grams: str) -> None:
    result = read(make({}), GOOD.replace("12.5 grams", grams))
    assert result.diagnostics == ()
    assert result.value is not None
    weight = result.value.statements["weight"].value
    assert isinstance(weight, Numbers)
    assert weight.low == weight.high == int(grams.partition(" ")[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- measure\n", "- measure\n"),
        ("facts: {}\nsheet: 1\n", "facts"),
        ("mesure: a\n", "mesure"),
    ],
)
def test_a_sheet_that_names_no_measure_is_told_of_at_its_top(
    make: Make, text: str, told: str
) -> None:
    (wrong,) = (d for d in read(make({}), text).diagnostics if d.code.id == "F106")
    assert wrong.at.text.strip() == told.strip()


def test_all_faults_are_reported_at_once(make: Make) -> None:
    text = GOOD.replace("12.5 grams", "1 ton").replace("sealed: no", "sealed: perhaps")
    text = text.replace("colour:", "color:")
    result = read(make({}), text)
    assert [d.code.id for d in result.diagnostics] == ["F102", "F102", "F101"]


def test_json_is_read_as_a_sheet(make: Make) -> None:
    text = '{"sheet": 1, "measure": "small", "thing": {"name-en": "T", "name-zh": "物"},\n'
    text += ' "facts": {"weight": "12 grams", "made": {"value": "2001-05"}}}'
    result = read(make({}), text)
    assert result.diagnostics == ()
    assert result.value is not None
    assert list(result.value.statements) == ["weight", "made"]


def test_the_digest_depends_on_what_is_stated_and_not_on_its_layout(make: Make) -> None:
    made = make({})
    first = read(made, GOOD).value
    moved = GOOD.replace("  volume: -3 litres\n", "").replace(
        "facts:\n", "facts:  # in another order\n  volume: '-3 litres'\n"
    )
    second, third = read(made, moved).value, read(made, GOOD.replace("12.5", "12.6")).value
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.digest == second.digest != third.digest


@pytest.mark.parametrize(
    ("since", "until", "codes"),
    [
        ("2001-06-01", "2001-05-31", ["F130"]),
        ("2002", "2001-12", ["F130"]),
        ("2001", "2001-01-01", []),
        ("2001-05-31", "2001-05-31", []),
    ],
)
def test_the_time_that_is_told_does_not_end_before_it_begins(
    make: Make, since: str, until: str, codes: list[str]
) -> None:
    told = f"events-known-from: {since}\nevents-known-until: {until}\n"
    assert [d.code.id for d in read(make({}), GOOD + told).diagnostics] == codes
