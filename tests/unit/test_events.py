"""The events of a sheet: what is read, every fault at its place, the form and the schema."""

from itertools import permutations
from typing import Any

import pytest

from ipcity_policy.lang.values import Dates
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.formatting import canonical
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.report.forms.sheet import sheet_form
from ipcity_policy.report.forms.sheet_schema import sheet_schema
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Result, has_errors
from tests.support import SECOND_LAW, SMALL, Make, as_texts, validator

HEAD = "sheet: 1\nmeasure: berths\nboat: {name-en: A, name-zh: 甲}\n"
ALLOTTED = "{event: berth-allotted, on: 2004-06-15}"
GOOD = f"""\
{HEAD}events:
  - {ALLOTTED}
  - event: fee-paid
    on: 2004-07
    source: book
  - event: care-graded
    on: 2005-12-01
    for: 2004
    by: harbour-master
    term: {{from: 2004-06-15, until: 2009-06-14}}
    facts: {{care-grade: {{value: good, by: harbour-master}}}}
events-known-from: 2004-06
events-known-until: 2006-12-31
events-not-known: [laid-up, fee-paid]
sources:
  book: {{title-en: A book, title-zh: 一书}}
"""


def read(library: Library, text: str) -> Result[Sheet]:
    document = read_bytes("s.yaml", text.encode())
    assert document.value is not None
    result = sheet_from(library, document.value)
    return Result(result.value, document.diagnostics + result.diagnostics)


def program(library: Library, version: str = "berths/2004") -> Program:
    ref = library.find(version)
    assert ref is not None
    found = library.program(ref).value
    assert found is not None
    return found


def accepts(schema: dict[str, Any], text: str) -> bool:
    document = read_bytes("s.yaml", text.encode()).value
    assert document is not None
    return validator(schema).is_valid(as_texts(document))


def test_events_are_read_with_all_that_goes_with_them(second_law: Library) -> None:
    result = read(second_law, GOOD)
    assert result.diagnostics == ()
    assert result.value is not None
    allotted, paid, graded = result.value.events
    assert [one.kind for one in (allotted, paid, graded)] == [
        "berth-allotted", "fee-paid", "care-graded",
    ]  # fmt: skip
    assert str(paid.on.low) == "2004-07-01"
    assert str(paid.on.high) == "2004-07-31"
    assert paid.source == "book"
    assert (graded.year, graded.by) == (2004, "harbour-master")
    assert isinstance(graded.term, tuple)
    assert all(isinstance(end, Dates) for end in graded.term)
    assert [str(end.low) for end in graded.term] == ["2004-06-15", "2009-06-14"]
    assert graded.statements["care-grade"].written == "good"
    assert str(result.value.known_until) == "2006-12-31"
    assert str(result.value.known_from) == "2004-06-30"
    assert result.value.not_known == ("fee-paid", "laid-up")


@pytest.mark.parametrize("key", ["events-known-from", "events-not-known"])
def test_what_a_sheet_does_not_tell_is_part_of_it(second_law: Library, key: str) -> None:
    line = next(line for line in GOOD.splitlines() if line.startswith(key))
    whole = read(second_law, GOOD.replace(f"{line}\n", "")).value
    told = read(second_law, GOOD).value
    assert whole is not None
    assert told is not None
    assert whole.digest != told.digest


def test_the_order_in_which_events_are_written_means_nothing(second_law: Library) -> None:
    items = [
        ALLOTTED,
        "{event: fee-paid, on: 2004-07}",
        "{event: fee-paid, on: 2004-07-03}",
        "{event: laid-up, on: 2004-07-03}",
    ]
    sheets = [
        read(second_law, HEAD + "events:\n" + "".join(f"  - {one}\n" for one in order)).value
        for order in permutations(items)
    ]
    first = sheets[0]
    assert first is not None
    for sheet in sheets:
        assert sheet is not None
        assert sheet.events == first.events
        assert sheet.digest == first.digest
    fewer = read(second_law, f"{HEAD}events:\n  - {items[0]}\n").value
    assert fewer is not None
    assert fewer.digest != first.digest


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("event: fee-paid", "event: fee-payed", "F120", "6:12"),
        ("on: 2004-07\n", "on: 2004-13\n", "F102", "7:9"),
        ("on: 2004-07\n", "on: in July\n", "S204", "7:9"),
        ("    on: 2004-07\n", "", "S202", "6:5"),
        ("source: book", "source: bok", "F104", "8:13"),
        ("    for: 2004", "    four: 2004", "S201", "11:5"),
        ("by: harbour-master\n", "by: owner\n", "F105", "12:9"),
        ("until: 2009-06-14", "until: 2009-06-31", "F102", "13:37"),
        ("until: 2009-06-14", "until: 2003-06-14", "F102", "13:37"),
        ("care-grade: {", "care-graed: {", "F101", "14:13"),
        ("value: good", "value: bad", "F102", "14:33"),
        ("good, by: harbour-master", "good, by: owner", "F105", "14:43"),
        ("known-from: 2004-06", "known-from: 2004-13", "F102", "15:20"),
        ("until: 2006-12-31", "until: 2006-02-29", "F102", "16:21"),
        ("[laid-up, fee-paid]", "[laid-up, fee-payed]", "F120", "17:29"),
        ("[laid-up, fee-paid]", "laid-up", "S203", "17:19"),
    ],
)
def test_a_fault_is_found_where_it_was_made(
    second_law: Library, old: str, new: str, code: str, place: str
) -> None:
    assert old in GOOD
    result = read(second_law, GOOD.replace(old, new, 1))
    assert [(d.code.id, d.at.place) for d in result.diagnostics] == [(code, f"s.yaml:{place}")]


def test_an_event_that_is_not_declared_is_told_with_those_that_are(
    second_law: Library, make: Make
) -> None:
    near = read(second_law, GOOD.replace("fee-paid", "fee-pad"))
    assert near.diagnostics[0].help_text == "did you mean `fee-paid`?"
    other = "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\n"
    none = read(make({}).library, f"{other}events: [{ALLOTTED}]\n")
    assert [d.code.id for d in none.diagnostics] == ["F120"]
    assert none.diagnostics[0].help_text == "leave it out, or declare it in the vocabulary"
    schema = sheet_schema(program(make({}).library, "small/1"), None, "en")
    assert accepts(schema, other)
    assert not accepts(schema, f"{other}events: [{ALLOTTED}]\n")


@pytest.mark.whole
@pytest.mark.parametrize(
    ("accepted", "text"),
    [
        ("yes", GOOD),
        ("no", GOOD.replace("fee-paid", "fee-payed")),
        ("no", GOOD.replace("by: harbour-master\n", "by: owner\n")),
        ("no", GOOD.replace("care-grade: {", "care-graed: {")),
        ("no", GOOD.replace("value: good", "value: bad")),
        ("no", GOOD.replace("on: 2004-07\n", "on: 2004-13\n")),
        ("no", GOOD.replace("    on: 2004-07\n", "")),
        ("no", GOOD.replace("until: 2006-12-31", "until: never")),
        ("no", GOOD.replace("from: 2004-06\n", "from: 2004-06-31\n")),
        ("no", GOOD.replace("[laid-up, fee-paid]", "[laid-up, fee-payed]")),
        ("yes", GOOD.replace("{care-grade: {value: good, by: harbour-master}}", "{rig: sail}")),
        ("no", GOOD.replace("{care-grade: {value: good, by: harbour-master}}", "{rig: raft}")),
        ("yes", f"{HEAD}events:\n  - {{event: fee-paid, on: 2004, by: owner}}\n"),
        ("no", f"{HEAD}events:\n  - {{event: fee-paid, on: 2004, by: mayor}}\n"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_schema_and_the_reader_agree(
    second_law: Library, accepted: str, text: str, language: str
) -> None:
    assert has_errors(read(second_law, text).diagnostics) is (accepted == "no")
    assert accepts(sheet_schema(program(second_law), None, language), text) is (
        accepted == "yes"
    )


def test_the_schema_says_what_each_event_is(second_law: Library) -> None:
    for language, label in (("en", "payment of the fee"), ("zh", "缴费")):
        kind = sheet_schema(program(second_law), None, language)["$defs"]["event"]
        said = kind["properties"]["event"]
        meanings = dict(zip(said["enum"], said["enumDescriptions"], strict=True))
        assert meanings["fee-paid"] == label


def test_a_new_sheet_names_the_events_that_the_version_knows(second_law: Library) -> None:
    form = sheet_form(program(second_law), None, "en")
    assert "#   `laid-up`: laying up\n" in form
    assert (
        "#   `use-notified`: notice that it is in use, an act of the owner of the boat; not"
        in form
    )
    # It tells of a berth that was allotted, which one who fills in the form is told too.
    assert "; not\n  #   before: allotment of a berth\n" in form
    assert "#   `laid-up`：" not in form
    assert "events: []\n" in form
    assert "`laid-up`：上岸停放" in sheet_form(program(second_law), None, "zh")
    # The byelaw of 1998 says nothing of time, nor does the fee hang on it.
    assert "events" not in sheet_form(program(second_law, "berths/1998"), None, "en")
    assert "events" not in sheet_form(program(second_law), "fee", "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_sheet_is_one_that_the_schema_accepts(second_law: Library, language: str) -> None:
    form = sheet_form(program(second_law), None, language)
    result = read(second_law, form)
    assert not has_errors(result.diagnostics)
    assert result.value is not None
    assert result.value.events == ()
    assert accepts(sheet_schema(program(second_law), None, language), form)


def test_files_that_speak_of_time_have_one_form() -> None:
    path = SECOND_LAW / "berths" / "2004" / "article-04.yaml"
    text = path.read_text("utf-8")
    guard = "    decision: berth\n"
    rough = text.replace(guard, f"    when:   ( draught  is   below depth )\n{guard}").replace(
        "[bar winter-berth for", "[bar   winter-berth   for"
    )
    assert rough.count("   ( draught") == rough.count("bar   winter") == 1
    neat = text.replace(guard, f"    when: draught is below depth\n{guard}")
    assert canonical(path.name, rough.encode()).value == neat.encode()


def test_an_event_files_only_an_application_that_is_declared(make: Make) -> None:
    facts = SMALL["facts.yaml"]
    for application, codes in (("renewal", []), ("renewing", ["N101"])):
        events = (
            f"events:\n  asked: {{label-en: A, label-zh: 问, applies-for: {application}}}\n"
        )
        assert make({"facts.yaml": facts + events}).codes() == codes
