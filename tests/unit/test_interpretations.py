"""Interpretations that an office has adopted: followed by name, told where they bear."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from ipcity_policy.api import compare, evaluate, timeline
from ipcity_policy.formats.json.comparison import comparison_json
from ipcity_policy.formats.json.parts import dumps
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.studies.rule_tests.coverage import coverage_of
from ipcity_policy.studies.rule_tests.runner import run_tests
from ipcity_policy.studies.rule_tests.runner import test_files as files_of_tests
from tests.support import HEAD, READING, SECOND_LAW, SMALL, Ipcity, Make, write

BERTHS = SECOND_LAW / "berths"
DOT, NELLIE = BERTHS / "boats" / "dot.yaml", BERTHS / "boats" / "nellie.yaml"
#: It leaves exactly 20 feet out of the small lengths, which Dot has, and counts the first day.
NOTICE = "harbour-masters-notice"
SOURCES = "circular: {title-en: A circular, title-zh: 通知}\n"
#: Ten grams themselves may be light or not; as the small measure is written they are not.
EDGE = HEAD + READING.replace("CHANGE", "decisions.class.low.when: at most light")


def adopted(options: str, versions: str = "small/1", on: str = "2004-05-17") -> str:
    return (
        "interprets: small\ntitle-en: I\ntitle-zh: 解\nadopted-by: clerk\n"
        f"on: {on}\nsource: circular\nversions: [{versions}]\noptions: {{{options}}}\n"
    )


TEN = {
    "sheet": "1",
    "measure": "small",
    "thing": {"name-en": "T", "name-zh": "物"},
    "facts": {"weight": "10 grams"},
}


def small(make: Make, files: Mapping[str, str]) -> Library:
    """Return the small measure with a doubtful edge, and some interpretations."""
    named = {f"interpretations/{name}.yaml": text for name, text in files.items()}
    made = make({"1/article-02.yaml": EDGE, "sources.yaml": SOURCES, **named})
    assert made.codes() == []
    return made.library


def test_a_verdict_names_what_it_follows_with_source_and_digest(
    second_law: Library, verdict_schema: jsonschema.Draft202012Validator
) -> None:
    found = evaluate(
        second_law, DOT, decision="fee", on=date(2005, 7, 1), interpretations=[NOTICE]
    )
    assert found.value is not None, found.diagnostics
    (verdict,) = found.value
    assert verdict.outcome == "middle-fee"
    told = verdict.as_json()
    verdict_schema.validate(told)
    (one,) = told["interpretations"]
    assert (one["interpretation"], one["adopted-by"], one["on"]) == (
        NOTICE, "harbour-master", "2005-03-01",
    )  # fmt: skip
    assert one["source"]["id"] == "notice-of-2005"
    assert one["decides"] == {"exactly-small": {"option": "excluded", "instead": None}}
    for language, title in (
        ("en", "How the harbour master reads"),
        ("zh", "港务长对2004年章程"),
    ):
        for text in (
            verdict.as_text(language, width=10_000),
            verdict.as_markdown(language),
            verdict.as_html(language),
        ):
            assert title in text
            assert one["digest"].replace(":", ": ") in text


def test_what_it_does_not_bear_on_is_the_same_to_the_byte(second_law: Library) -> None:
    # The notice reads the byelaw of 2004, and no other.
    for decision, version in (("berth", "1998"), ("honour", "1998")):
        both = [
            evaluate(
                second_law, NELLIE, decision=decision, on=date(2003, 7, 1), version=version,
                interpretations=names,
            ).value
            for names in ((), (NOTICE,))
        ]  # fmt: skip
        first, second = ([v.as_json() for v in one or ()] for one in both)
        assert len(first) == 1
        assert dumps(first) == dumps(second)


def test_what_is_chosen_for_itself_goes_before_and_that_is_told(second_law: Library) -> None:
    found = evaluate(
        second_law, DOT, decision="fee", on=date(2005, 7, 1),
        interpretations=[NOTICE], readings={"exactly-small": "included"},
    )  # fmt: skip
    assert found.value is not None
    (verdict,) = found.value
    assert verdict.outcome == "small-fee"
    (one,) = verdict.as_json()["interpretations"]
    assert one["decides"] == {"exactly-small": {"option": "excluded", "instead": "included"}}
    assert "Not followed here, because this was chosen: it does" in verdict.as_text(
        width=10_000
    )
    assert "此处另行选定而未遵循：是" in verdict.as_text("zh", width=10_000)


def test_days_are_counted_as_it_has_them(
    second_law: Library, timeline_schema: jsonschema.Draft202012Validator
) -> None:
    # Six weeks from the allotment on 15 June end on 27 July, and a day sooner if it counts.
    sheet = {
        "sheet": "1",
        "measure": "berths",
        "boat": {"name-en": "B", "name-zh": "船", "rig": "sail"},
        "facts": {},
        "events-known-until": "2004-07-01",
        "events": [{"event": "berth-allotted", "on": "2004-06-15"}],
    }
    due = {}
    for names in ((), (NOTICE,)):
        found = timeline(second_law, sheet, on=date(2004, 7, 1), interpretations=names)
        assert found.value is not None, found.diagnostics
        told = found.value.as_json()
        timeline_schema.validate(told)
        due[names] = next(d["due"]["low"] for d in told["deadlines"] if d["deadline"] == "fee")
        decided = [list(one["decides"]) for one in told["interpretations"]]
        assert decided == ([["first-day"]] if names else [])
        text = found.value.as_text(width=10_000)
        assert ("Does the day of the allotment count? Adopted: it does" in text) is bool(names)
    assert due == {(): "2004-07-27", (NOTICE,): "2004-07-26"}


def test_two_that_differ_are_not_followed_together(make: Make) -> None:
    library = small(make, {"one": adopted("edge: other"), "two": adopted("edge: as-is")})
    found = evaluate(
        library, TEN, version="1", decision="class", interpretations=["one", "two"]
    )
    assert (found.value, [d.code.id for d in found.diagnostics]) == (None, ["M160"])
    # One that says the same is no other, and a choice of one's own settles it.
    for option, outcome in (("other", "low"), ("as-is", "middle")):
        found = evaluate(
            library, TEN, version="1", decision="class",
            interpretations=["one", "two"], readings={"edge": option},
        )  # fmt: skip
        assert found.value is not None, found.diagnostics
        assert [v.outcome for v in found.value] == [outcome]
        assert len(found.value[0].as_json()["interpretations"]) == 2


@pytest.mark.whole
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (adopted("edge: othre"), "N101"),
        (adopted("egde: other"), "N101"),
        (adopted("edge: other", "small/2"), "M101"),
        (adopted("edge: other").replace("clerk", "clark"), "N101"),
        (adopted("edge: other").replace("source: circular", "source: circulars"), "N101"),
        (adopted("edge: other").replace("interprets: small", "interprets: smal"), "M101"),
        (adopted("edge: other", on="2004-02-30"), "S204"),
        (adopted("edge: other").replace("adopted-by: clerk\n", ""), "S202"),
        (adopted("edge: other", ""), "S202"),
        (adopted(""), "S202"),
        (adopted("edge: other") + "otpions: {}\n", "S201"),
    ],
)
def test_a_slip_is_told_with_its_mend_by_check_and_by_who_follows_it(
    make: Make, ipcity: Ipcity, text: str, code: str
) -> None:
    library = small(make, {"one": text})
    found = evaluate(library, TEN, version="1", decision="class", interpretations=["one"])
    assert found.value is None
    assert [d.code.id for d in found.diagnostics] == [code]
    assert found.diagnostics[0].help is not None
    for path in (
        library.root / "small",
        library.root / "small" / "interpretations" / "one.yaml",
    ):
        checked = ipcity("check", str(path), "--format", "json")
        errors = [one["code"] for one in checked.json if one["severity"] == "error"]
        assert (checked.status, errors) == (1, [code])


def test_an_interpretation_of_several_versions_is_one_of_those_that_have_such_places(
    make: Make,
) -> None:
    library = small(make, {})
    later = SMALL["1/measure.yaml"].replace("2001-01-01", "2010-01-01")
    home = library.root / "small"
    write(
        home,
        {
            "1/measure.yaml": SMALL["1/measure.yaml"].replace("open", "2010-01-01"),
            "2/measure.yaml": later,
            "2/article-01.yaml": SMALL["1/article-01.yaml"],
            "interpretations/one.yaml": adopted("edge: other", "small/1, small/2"),
        },
    )
    library = open_library(library.root)
    for version, outcome in (("1", "low"), ("2", "middle")):
        found = evaluate(
            library, TEN, version=version, decision="class", interpretations=["one"]
        )
        assert found.value is not None, found.diagnostics
        assert [v.outcome for v in found.value] == [outcome]
        assert len(found.value[0].as_json()["interpretations"]) == (version == "1")


def test_a_draft_of_a_version_is_read_so_too(make: Make) -> None:
    draft = "amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {parameters.light: 11 grams}\n"
    library = small(make, {"one": adopted("edge: other")})
    write(library.root / "small", {"drafts/d.yaml": draft})
    library = open_library(library.root)
    eleven = {**TEN, "facts": {"weight": "11 grams"}}
    found = evaluate(library, eleven, version="d", decision="class", interpretations=["one"])
    assert found.value is not None, found.diagnostics
    assert [v.outcome for v in found.value] == ["low"]


def test_its_digest_is_of_what_it_says_and_not_of_its_layout(make: Make) -> None:
    plain = adopted("edge: other")
    texts = {
        "one": plain,
        "laid-out": "# A remark.\n" + plain.replace("{edge: other}", "\n  edge: other"),
        "later": adopted("edge: other", on="2004-05-18"),
        "otherwise": adopted("edge: as-is"),
    }
    library = small(make, texts)
    home = library.measures()[0]
    digests = {}
    for path in library.interpretations(home):
        read = library.interpretation(path, home)
        assert read.value is not None, read.diagnostics
        digests[path.stem] = read.value.digest
    assert digests["one"] == digests["laid-out"]
    assert len(set(digests.values())) == 3


def test_one_is_found_by_the_path_of_its_file_too(make: Make, tmp_path: Path) -> None:
    library = small(make, {})
    path = tmp_path / "elsewhere.yaml"
    path.write_text(adopted("edge: other"), "utf-8")
    for name, outcome in ((str(path), "low"), (None, "middle")):
        names = [name] if name is not None else []
        found = evaluate(library, TEN, version="1", decision="class", interpretations=names)
        assert found.value is not None, found.diagnostics
        assert [v.outcome for v in found.value] == [outcome]


def test_versions_are_compared_as_it_reads_them(
    make: Make, comparison_schema: jsonschema.Draft202012Validator
) -> None:
    # Ten grams are light in both, as it has the text: from 10 to 11 grams nothing moves.
    draft = "amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {parameters.light: 11 grams}\n"
    library = small(make, {"one": adopted("edge: other")})
    write(library.root / "small", {"drafts/d.yaml": draft})
    library = open_library(library.root)
    moved = {}
    for names in ((), ("one",)):
        found = compare(library, "small/1", "small/d", [TEN], interpretations=names)
        assert found.value is not None, found.diagnostics
        ((pair,),) = (row.pairs for row in found.value.rows)
        moved[names] = (pair.before.outcome, pair.after.outcome, pair.movement)
        assert [one.interpretation.id for one in found.value.adoptions] == list(names)
        comparison_schema.validate(json.loads(dumps(comparison_json(found.value))))
    assert moved == {(): ("middle", "low", "changed"), ("one",): ("low", "low", "same")}
    chosen = compare(library, "small/1", "small/d", [TEN], readings={"edge": "other"}).value
    assert chosen is not None
    assert [p.movement.value for row in chosen.rows for p in row.pairs] == ["same"]


def test_causes_are_sought_in_the_text_as_it_is_read(make: Make) -> None:
    # With ten grams counted in, only a lower limit moves them.
    draft = (
        "amends: small/1\ntitle-en: D\ntitle-zh: 草\n"
        "change: {parameters.light: 9 grams, parameters.heavy: 60 grams}\n"
    )
    library = small(make, {"one": adopted("edge: other")})
    write(library.root / "small", {"drafts/d.yaml": draft})
    library = open_library(library.root)
    found = compare(library, "small/1", "small/d", [TEN], interpretations=["one"])
    assert found.value is not None, found.diagnostics
    ((pair,),) = (row.pairs for row in found.value.rows)
    assert (pair.before.outcome, pair.after.outcome) == ("low", "middle")
    assert [[clause.key.id for clause in group] for group in pair.causes] == [["light"]]


def test_rule_tests_count_those_that_decide_something(make: Make) -> None:
    case = (
        "tests: small\ncases:\n  - case-en: A\n    case-zh: 甲\n    given:\n"
        "      thing: {name-en: T, name-zh: 物}\n      facts: {weight: 10 grams}\n"
        "    version: small/1\n    decision: class\n    interpretation: one\n"
        "    expect: {outcome: low, readings: [edge]}\n    why-en: W\n    why-zh: 因\n"
    )
    library = small(make, {"one": adopted("edge: other"), "two": adopted("edge: as-is")})
    write(library.root / "small", {"tests/t.yaml": case})
    library = open_library(library.root)
    cases = run_tests(library, files_of_tests(library.root)).value
    assert cases is not None
    assert [one.passed for one in cases] == [True]
    coverage = coverage_of(library, cases)
    assert coverage.unfollowed == ("two",)
    assert [one.untried for one in coverage.tested] == [("edge=as-is",)]


@pytest.mark.whole
def test_list_and_show_tell_of_it(ipcity: Ipcity) -> None:
    args = ("--policies", str(SECOND_LAW))
    (listed,) = ipcity("list", *args, "--format", "json").json
    assert [one["interpretation"] for one in listed["interpretations"]] == [NOTICE]
    shown = ipcity("show", NOTICE, *args, "--format", "json").json
    assert {name: one["option"] for name, one in shown["options"].items()} == {
        "exactly-small": "excluded",
        "first-day": "counted",
    }
    assert shown["digest"] == listed["interpretations"][0]["digest"]
    for language, text in (("en", "Adopted: it does not"), ("zh", "采用：否")):
        assert text in ipcity("show", NOTICE, *args, "--lang", language).out
        assert NOTICE in ipcity("list", *args, "--lang", language).out
    # Where the text leaves the place open, it says who has adopted what.
    for name in ("art-2", "2004"):
        for language, text in (
            ("en", "adopted by harbour master, 2005-03-01: it does not"),
            ("zh", "港务长2005年3月1日采用：否"),
        ):
            assert text in ipcity("show", name, *args, "--all", "--lang", language).out
    assert "adopted by" not in ipcity("show", "art-1", *args).out
    wrong = ipcity("show", "harbour-masters-notise", *args)
    assert (wrong.status, NOTICE in wrong.err) == (2, True)


def test_one_that_is_not_there_is_wrong_usage(ipcity: Ipcity) -> None:
    args = ("--policies", str(SECOND_LAW), "--interpretation", "harbour-masters-notise")
    for command in (
        ("evaluate", str(DOT), "--on", "2005-07-01"),
        ("timeline", str(NELLIE), "--on", "2005-07-01"),
        ("compare", str(DOT), "--before", "1998", "--after", "2004"),
    ):
        ran = ipcity(*command, *args)
        assert (ran.status, "N104" in ran.err, NOTICE in ran.err) == (2, True, True)
