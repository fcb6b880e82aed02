"""What a hostile user tries: an answer in words, at the right place, in good time."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import (
    HEAD,
    READING,
    RICH,
    ROOT,
    SECOND_LAW,
    SMALL,
    Ipcity,
    Made,
    Make,
    Ran,
    outcomes,
)

ARTICLE = SMALL["1/article-01.yaml"]
THING = "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\n"


def city(*facts: str) -> bytes:
    lines = "".join(f"  {fact}\n" for fact in facts)
    head = "sheet: 1\nmeasure: ip-cities\ncity: {name-en: X, name-zh: 某}\n"
    return (head + (f"facts:\n{lines}" if lines else "")).encode()


def places(ran: Ran) -> list[str]:
    """The first line of each diagnostic: `code at file:line`."""
    found = []
    for line in (ran.out + ran.err).splitlines():
        if ": error " in line or ": warning " in line:
            place, _, rest = line.partition(": ")
            found.append(f"{rest.split()[1]} at {':'.join(place.split(':')[:2])}")
    return found


@pytest.mark.parametrize("value", ["80 points", "0.5 points", "60 litres", "sixty"])
def test_a_setting_that_does_not_fit_gives_no_verdict(ipcity: Ipcity, value: str) -> None:
    ran = ipcity(
        "evaluate", "-", "--version", "2016", "--decision", "acceptance",
        "--set", f"acceptance-floor={value}", stdin=city("acceptance-score: 50 points"),
    )  # fmt: skip
    if value == "0.5 points":  # it fits: bands may lie anywhere in the range
        assert (ran.status, "next-pilot-round" in ran.out) == (0, True)
    else:
        assert ran.status == 1
        assert ran.out == ""
        assert all(place.split(" at ")[1].startswith("--set") for place in places(ran))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--set", "nosuch=3"), "no parameter `nosuch`"),
        (("--reading", "nosuch=a"), "no reading `nosuch`"),
        (
            ("--set", "acceptance-floor=61 points", "--set", "acceptance-floor=62 points"),
            "twice",
        ),
    ],
)
def test_a_choice_that_names_nothing_is_wrong_usage(
    ipcity: Ipcity, args: tuple[str, ...], said: str
) -> None:
    ran = ipcity(
        "evaluate",
        "policies/ip-cities/cities/lianyungang.yaml",
        "--decision",
        "acceptance",
        *args,
    )
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_limit_close_to_the_end_of_the_range_is_a_limit_like_any(ipcity: Ipcity) -> None:
    ran = ipcity(
        "evaluate", "-", "--version", "2016", "--decision", "acceptance", "--format", "json",
        "--set", "fostering-floor=99.5 points", stdin=city("acceptance-score: 99.5 points"),
    )  # fmt: skip
    assert ran.json["outcome"] == "fostering-stage"
    assert [one["reading"] for one in ran.json["readings"]] == ["exactly-seventy"]
    assert ran.json["basis"] == "inferred"


def test_a_gap_close_to_the_end_of_the_range_is_found(make: Make) -> None:
    text = ARTICLE.replace("light: 10 grams", "light: 0.5 grams")
    only = text.partition("      - {outcome: low")[0]
    only += "      - {outcome: low, says-en: low, says-zh: 低, when: at least light}\n"
    assert make({"1/article-01.yaml": only}).codes() == ["M106"]


def test_readings_that_do_not_fit_what_was_chosen_are_named(ipcity: Ipcity, make: Make) -> None:
    reading = READING.replace("CHANGE", "decisions.class.middle.when: at most heavy")
    made = make({"1/article-01.yaml": ARTICLE + reading, "s.yaml": THING})
    args = ("evaluate", str(made.home / "s.yaml"), "--policies", str(made.home.parent),
            "--version", "1", "--decision", "class", "--format", "json")  # fmt: skip
    (made.home / "s.yaml").write_text(THING + "facts: {weight: 100 grams}\n", "utf-8")
    verdict = ipcity(*args, "--set", "heavy=100 grams").json
    # Read as "at most 100 grams", the middle band would leave nothing for the last.
    assert verdict["untried-readings"] == ["edge=other"]
    assert (verdict["outcome"], verdict["basis"]) == ("high", "inferred")


@pytest.mark.whole
@pytest.mark.parametrize("day", ["2014", "2014-06"])
def test_a_span_that_begins_before_the_first_version_is_not_surely_governed(
    ipcity: Ipcity, day: str
) -> None:
    facts = city(f"acceptance-date: {day}", "acceptance-score: 65 points")
    args = ("evaluate", "-", "--decision", "acceptance", "--format", "json")
    ran = ipcity(*args, stdin=facts).json
    assert ran["version-choice"]["how"] == "partly"
    assert ran["version-basis"] == "assumed"
    assert "within" in [one["kind"] for one in ran["assumptions"]]
    strict = ipcity(*args, "--strict", stdin=facts).json
    assert strict["outcome"] is None


def test_under_several_versions_nothing_that_is_missing_is_lost(ipcity: Ipcity) -> None:
    ran = ipcity(
        "evaluate", "-", "--decision", "acceptance", "--format", "json",
        stdin=city("acceptance-date: 2016-11"),
    ).json  # fmt: skip
    # Both versions divide the score alike, but the one of 2014 only as it is assumed to: a day
    # that falls under it would leave the answer open whatever the score, so nothing that can be
    # asked for surely settles it.
    missing = ["acceptance-date", "articles-5-onward", "acceptance-score"]
    assert [m["name"] for m in ran["missing"]] == missing
    assert ran["settled-by"] == []
    assert [one["version-choice"]["how"] for one in ran["alternatives"]] == ["partly", "partly"]


@pytest.mark.whole
def test_a_change_of_what_an_outcome_causes_is_a_change(ipcity: Ipcity, tmp_path: Path) -> None:
    draft = tmp_path / "longer.yaml"
    draft.write_text(
        "amends: ip-cities/2016\ntitle-en: L\ntitle-zh: 长\n"
        "change: {parameters.failed-acceptance-bar: 5 years}\n",
        "utf-8",
    )
    sheet = tmp_path / "s.yaml"
    sheet.write_bytes(city("acceptance-date: 2016-02-29", "acceptance-score: 50 points"))
    args = ("compare", "--before", "2016", "--after", str(draft), str(sheet))
    (row,) = ipcity(*args, "--format", "json").json["subjects"]
    moved = row["decisions"]["acceptance"]
    assert moved["movement"] == "effects"
    assert moved["causes"] == [["parameters.failed-acceptance-bar"]]
    text = " ".join(ipcity(*args).out.split())
    assert "up to and including 2018-02-28" in text
    assert "up to and including 2021-02-28" in text


@pytest.mark.whole
def test_sheets_of_another_measure_are_not_compared(ipcity: Ipcity, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies" / "ip-cities", tmp_path / "ip-cities")
    shutil.copytree(ROOT / "tests" / "second_law" / "berths", tmp_path / "berths")
    ran = ipcity(
        "compare", "--policies", str(tmp_path), "--before", "ip-cities/2014",
        "--after", "ip-cities/2016", str(tmp_path / "berths" / "boats"),
    )  # fmt: skip
    assert ran.status == 1
    assert "M101" in ran.err
    assert "Nellie" not in ran.out
    only = ipcity(
        "compare", "--policies", str(tmp_path), "--before", "1998", "--after", "2004",
        str(tmp_path / "berths" / "boats"),
    )  # fmt: skip
    assert "fee: only in berths/2004" in only.out


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped policies, to be spoilt."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.setenv("IPCITY_POLICIES", str(tmp_path / "policies"))
    return tmp_path / "policies" / "ip-cities"


@pytest.mark.whole
def test_what_a_draft_makes_wrong_is_said_at_the_draft(
    ipcity: Ipcity, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "amends: ip-cities/2016\ntitle-en: D\ntitle-zh: 草\n"
    monkeypatch.delenv("IPCITY_POLICIES")
    for body in (
        "change: {parameters.fostering-floor: 60 points}",
        "repeal: [rules.eligible-type]",
        "repeal: [parameters.acceptance-floor]",
        "repeal: [decisions.acceptance.next-pilot-round]",
        "change: {parameters.acceptance-floor.provision: art-99}",
        "add: {parameters.Foo Bar: {value: 1 points, provision: art-14-a}}",
        "add: {decisions.acceptance.x: {before: fostering-stge, when: below fostering-floor, "
        "says-en: x, says-zh: 甲}}",
    ):
        path = copied / "drafts" / "county-level-again.yaml"
        path.write_text(f"{head}{body}\n", "utf-8")
        ran = ipcity("check", str(path))
        assert ran.status == 1, body
        found = places(ran)
        assert found, body
        assert all("county-level-again.yaml:4" in place for place in found), (body, found)


@pytest.mark.whole
def test_a_draft_of_a_broken_version_is_broken(ipcity: Ipcity, copied: Path) -> None:
    header = copied / "2016" / "measure.yaml"
    header.write_text(header.read_text("utf-8") + "nonsense: x\n", "utf-8")
    ran = ipcity("check", str(copied / "drafts" / "county-level-again.yaml"))
    assert ran.status == 1
    assert "S201" in ran.out


def _rename(path: Path, name: str) -> None:
    path.rename(path.parent / name)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("2016/measure.yaml", "unknown from 2021", "2015-01-01", "M117"),
        ("2016/measure.yaml", "repeals: ip-cities/2014", "repeals: ip-cities/1999", "M101"),
        ("facts.yaml", "measure: ip-cities", "measure: ip-citis", "M111"),
        ("sources.yaml", "jimo-2016:", " x: [", "S105"),
        ("2016/article-14.yaml", "", "article-14.yml", "M116"),
        ("2014/measure.yaml", "", "measure.txt", "M116"),
        ("drafts/county-level-again.yaml", "", "2016.yaml", "M115"),
    ],
)
def test_nothing_is_passed_over_without_a_word(
    ipcity: Ipcity, copied: Path, file: str, old: str, new: str, code: str
) -> None:
    if old:
        _replace(copied / file, old, new)
    else:
        _rename(copied / file, new)
    ran = ipcity("check")
    assert f" {code} " in ran.out
    assert "Traceback" not in ran.out + ran.err
    jimo = str(copied / "cities" / "jimo.yaml")
    assert ipcity("evaluate", jimo, "--on", "2018-01-01").status < 2


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.whole
def test_rules_that_share_much_and_rules_that_go_deep(ipcity: Ipcity, make: Make) -> None:
    def rules(count: int, again: str) -> str:
        lines = ["  r0: {title-en: R, title-zh: 则, require: weight is below light}"]
        lines += [
            f"  r{i}: {{title-en: R, title-zh: 则, require: {again.format(f'r{i - 1}')}}}"
            for i in range(1, count)
        ]
        body = "\n".join(lines)
        last = f"r{count - 1}"
        return (
            "article: 2\ntitle-en: M\ntitle-zh: 二\nbasis: attested\nrules:\n"
            + body
            + "\ndecisions:\n  d:\n    asks-en: D\n    asks-zh: 决\n    outcomes:\n"
            + f"      in: {{says-en: i, says-zh: 入, when: {last}}}\n"
            + "      out: {says-en: o, says-zh: 出, when: otherwise}\n"
        )

    wide = make({"1/article-02.yaml": rules(40, "{0} and {0}")})
    sheet = wide.home / "s.yaml"
    sheet.write_text(THING + "facts: {weight: 5 grams}\n", "utf-8")
    args = ("evaluate", str(sheet), "--version", "1", "--decision", "d", "--policies")
    for form, most in (("text", 50_000), ("json", 500_000)):
        ran = ipcity(*args, str(wide.home.parent), "--format", form)
        assert ran.status == 0
        assert len(ran.out) < most
    deep = make({"1/article-02.yaml": rules(1000, "{0}")})
    assert deep.codes() == ["M108"]
    assert ipcity(*args, str(deep.home.parent)).status == 1


@pytest.mark.deep
def test_many_misspelt_names_are_reported_in_good_time(ipcity: Ipcity, make: Make) -> None:
    rules = "\n".join(
        f"  eligible-rule-number-{i}: "
        f"{{title-en: R, title-zh: 则, require: eligible-rule-numbr-{i}}}"
        for i in range(6000)
    )
    head = "article: 2\ntitle-en: M\ntitle-zh: 二\nbasis: attested\nrules:\n"
    ran = ipcity("check", str(make({"1/article-02.yaml": head + rules}).home))
    assert ran.status == 1
    assert "… and 5800 more like these" in ran.out
    # Of so many names only some are compared, among them the one that is meant.
    assert "did you mean `eligible-rule-number-7`?" in ran.out


@pytest.mark.parametrize(
    "args",
    [
        ("evaluate", "x" * 300),
        ("evaluate", "x\0y"),
        ("evaluate", "policies/ip-cities/cities/yiwu.yaml", "--version", "v" * 300),
        ("compare", "--before", "v" * 300, "--after", "2016", "policies/ip-cities/cities"),
        ("check", "x" * 300),
        ("check", "policies/ip-cities/cities/yiwu.yaml"),
        ("check", "policies/ip-cities/tests/cities.yaml"),
        ("test", "x" * 300),
        ("show", "art-14", "v" * 300),
        ("list", "--policies", "x" * 300),
        ("validate", "/dev/null"),
        ("evaluate", "policies/ip-cities/cities/yiwu.yaml", "--on", "2016-W50-1"),
    ],
)
def test_names_and_paths_of_every_kind(ipcity: Ipcity, args: tuple[str, ...]) -> None:
    ran = ipcity(*args)
    assert ran.status in (1, 2)
    assert len(ran.out + ran.err) < 2000


@pytest.mark.whole
def test_a_file_name_that_is_no_utf_8() -> None:
    command: list[bytes] = [sys.executable.encode(), b"cli.py", b"validate", b"\xb1\xb1.yaml"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True)
    assert ran.returncode == 1
    assert b"there is no such file" in ran.stdout


@pytest.mark.whole
def test_from_wherever_a_drafter_stands(
    ipcity: Ipcity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of a small law: where one stands is asked, and not what the law says.
    home = Path(shutil.copytree(SECOND_LAW, tmp_path / "policies")) / "berths"
    for folder, args in (
        (home / "2004", ("check", ".")),
        (home / "2004", ("check", "article-01.yaml")),
        (home, ("check", ".")),
        (home, ("check", "sources.yaml")),
        (home, ("list", "--policies", ".")),
        (home.parent, ("check", "berths/drafts/longer-boats.yaml")),
        (home, ("test", "tests")),
        (home / "tests", ("test", ".")),
    ):
        monkeypatch.chdir(folder)
        ran = ipcity(*args)
        assert ran.status == 0, (folder, args, ran.out, ran.err)
    link = tmp_path / "link"
    link.symlink_to(home)
    assert ipcity("check", str(link)).status == 0
    # What it amends is found where nothing else is said: in the policies that are shipped.
    outside = tmp_path / "dr.yaml"
    outside.write_text(
        "amends: ip-cities/2016\ntitle-en: D\ntitle-zh: 草\n"
        "change: {parameters.fostering-floor: 80 points}\n",
        "utf-8",
    )
    monkeypatch.chdir(home.parent)
    assert ipcity("check", str(outside)).status == 0


@pytest.mark.whole
def test_a_plain_name_that_may_mean_two_says_which(ipcity: Ipcity, copied: Path) -> None:
    second = copied.parent / "berths"
    shutil.copytree(ROOT / "tests" / "second_law" / "berths", second)
    (second / "2004").rename(second / "2016")
    ran = ipcity("show", "art-3", "2016")
    assert ran.status == 2
    assert "`berths/2016` and `ip-cities/2016`" in ran.err


@pytest.mark.whole
def test_json_with_escapes_for_rare_characters(ipcity: Ipcity) -> None:
    place = {"name-en": "X", "name-zh": "𠮷市", "type": "county-level-city"}
    sheet = {"sheet": 1, "measure": "ip-cities", "city": place}
    data = json.dumps(sheet)
    assert "\\ud842\\udfb7" in data
    ran = ipcity("evaluate", "-", "--on", "2017-01-01", "--lang", "zh", stdin=data.encode())
    assert ran.status == 0
    assert "𠮷市" in ran.out


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("weight: １０ grams", "write `10 grams`"),
        ("weight: 10\u3000grams", "write `10 grams`"),
        ("weight: 10 gram", "write `10 grams`"),
        ("weight: 10克", "write `10 grams`"),
        ("weight: １０ 克", "write `10 grams`"),
        ("weight: 10", "write `10 grams`"),
        ("share: 30％", "write `30 percent`"),
        ("age: 36个月", "write `36 months`"),
        ("age: 1年", "write `1 year`"),
        ("age: 36天", "write a number and `months`"),
        ("weight: Unknown", "write `unknown`"),
        ("weight: null", "write `unknown`"),
    ],
)
def test_the_mend_of_a_value_is_the_value(
    ipcity: Ipcity, make: Make, written: str, help: str
) -> None:
    made = make(RICH)
    text = THING + f"facts: {{{written}}}\n"
    ran = ipcity("validate", "-", "--policies", str(made.home.parent), stdin=text.encode())
    assert ran.status == 1
    assert f"help: {help}" in ran.out


@pytest.mark.whole
def test_what_is_only_assumed_or_has_no_text_decides_nothing(
    ipcity: Ipcity, copied: Path
) -> None:
    article = copied / "2016" / "article-03.yaml"
    jimo = str(copied / "cities" / "jimo.yaml")
    args = (
        "evaluate",
        jimo,
        "--on",
        "2018-01-01",
        "--decision",
        "applicant",
        "--format",
        "json",
    )
    for basis, strict in (("assumed", ("--strict",)), ("unavailable", ())):
        _replace(article, "basis: attested" if basis == "assumed" else "basis: assumed",
                 f"basis: {basis}")  # fmt: skip
        verdict = ipcity(*args, *strict).json
        assert (verdict["outcome"], verdict["basis"]) == (None, "unavailable")
        assert [(m["kind"], m["name"]) for m in verdict["missing"]] == [("text", "art-3")]
        assert verdict["settled-by"] == []


@pytest.mark.whole
def test_a_draft_offers_nested_conditions_whole(ipcity: Ipcity, copied: Path) -> None:
    article = copied / "2016" / "article-03.yaml"
    _replace(
        article,
        "require: type is one of eligible-types",
        'require: {any: [type is one of eligible-types, {all: [type is "other-unit", '
        '{none: [type is "county-level-city"]}]}]}',
    )
    text = ipcity("draft", "new", "--amends", "2016").out.replace("\n  # ", "\n  ")
    draft = copied / "drafts" / "whole.yaml"
    draft.write_text(text, "utf-8")
    ran = ipcity("check", str(draft))
    assert ran.status == 0
    # Everything offered says what stands there already, and nothing else is wrong.
    assert {place.split()[0] for place in places(ran)} == {"M104"}
    assert any("rules.eligible-type.require" in line for line in ran.out.splitlines())


def verdict_on(ipcity: Ipcity, made: Made, facts: str, *args: str) -> Any:
    sheet = made.home / "s.yaml"
    sheet.write_text(THING + f"facts: {{{facts}}}\n", "utf-8")
    ran = ipcity(
        "evaluate", str(sheet), "--policies", str(made.home.parent), "--version", "1",
        "--decision", "d", "--format", "json", *args,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    return ran.json


@pytest.mark.whole
def test_a_wrong_word_for_a_basis_is_a_slip_and_no_crash(ipcity: Ipcity, copied: Path) -> None:
    draft = copied / "drafts" / "county-level-again.yaml"
    draft.write_text(
        "amends: ip-cities/2016\ntitle-en: D\ntitle-zh: 草\n"
        "change: {readings.exactly-seventy.basis: guess}\n",
        "utf-8",
    )
    ran = ipcity("check", str(draft))
    assert ran.status == 1
    assert "S204" in ran.out


def test_a_reading_that_comes_into_reach_through_another_is_tried(
    ipcity: Ipcity, make: Make
) -> None:
    rules = "rules:\n  open: {title-en: O, title-zh: 开, require: sealed is no}\n"
    rules += "  hidden: {title-en: H, title-zh: 隐, require: weight is below light}\n"
    readings = READING.replace("edge", "one").replace("CHANGE", "decisions.d.a.when: hidden")
    second = READING.partition("\n")[2].replace("edge", "two")
    readings += second.replace("CHANGE", "rules.hidden.require: weight is below heavy")
    body = HEAD + rules + outcomes(a="not open", b="otherwise") + readings
    made = make({"1/article-02.yaml": body})
    facts = "sealed: no, weight: 30 grams"
    default = verdict_on(ipcity, made, facts)
    assert default["outcome"] == "b"
    assert [one["options"] for one in default["combined-readings"]] == [
        {"one": "other", "two": "other"}
    ]
    chosen = verdict_on(ipcity, made, facts, "--reading", "one=other")
    assert [one["reading"] for one in chosen["readings"]] == ["two"]


def test_what_is_set_stays_set_whatever_a_reading_says(ipcity: Ipcity, make: Make) -> None:
    reading = READING.replace("CHANGE", "parameters.light: 40 grams")
    rules = "rules:\n  small: {title-en: S, title-zh: 小, require: weight is below light}\n"
    made = make(
        {"1/article-02.yaml": HEAD + rules + outcomes(a="small", b="otherwise") + reading}
    )
    args = ("--reading", "edge=other", "--set", "light=20 grams")
    assert verdict_on(ipcity, made, "weight: 30 grams", *args)["outcome"] == "b"


def test_an_outcome_that_is_met_beside_an_open_one_says_what_is_open(
    ipcity: Ipcity, make: Make
) -> None:
    colour = "'colour is \"red\"'"
    made = make({"1/article-02.yaml": HEAD + outcomes(a="sealed is yes", b=colour)})
    verdict = verdict_on(ipcity, made, "sealed: yes")
    assert (verdict["outcome"], verdict["possible"]) == ("a", ["a", "b"])
    assert [one["name"] for one in verdict["missing"]] == ["colour"]
    assert verdict_on(ipcity, made, "sealed: yes, colour: red")["fault"] == "overlap"
    assert verdict_on(ipcity, made, "sealed: no, colour: blue")["fault"] == "gap"


def test_an_otherwise_without_a_text_decides_nothing(ipcity: Ipcity, make: Make) -> None:
    head = HEAD + "provisions:\n  art-2-a: {basis: unavailable, says-en: A, says-zh: 甲}\n"
    body = outcomes(a="sealed is yes", b="otherwise, provision: art-2-a")
    made = make({"1/article-02.yaml": head + body})
    verdict = verdict_on(ipcity, made, "sealed: no")
    assert (verdict["outcome"], verdict["basis"]) == (None, "unavailable")
    assert [(m["kind"], m["name"]) for m in verdict["missing"]] == [("text", "art-2-a")]


def test_sentences_keep_their_brackets(ipcity: Ipcity, make: Make) -> None:
    rules = (
        "rules:\n  r: {title-en: R, title-zh: 则, require: "
        "not (sealed is no or weight is above heavy) and "
        "(sealed is yes or weight is below light)}\n"
    )
    made = make({"1/article-02.yaml": HEAD + rules + outcomes(a="r", b="otherwise")})
    args = ("show", "art-2", "--policies", str(made.home.parent))
    shown = ipcity(*args, "--format", "json").json["rules"]["r"]["require"]
    assert (
        shown["en"] == "(not: (seal is no or weight is above the heavy (50 grams))) and "
        "(seal is yes or weight is below the light (10 grams))"
    )
    assert "（不存在下列情形：（“封缄”一项为“否”" in shown["zh"]
    # In the page the parts stand in a list, and what is denied stands below its own line.
    lines = [line.strip() for line in ipcity(*args).out.splitlines()]
    assert "· all of these:" in lines
    assert "· not: (seal is no or weight is above the heavy (50 grams))" in lines


def test_many_separate_nots_are_not_nested(ipcity: Ipcity, make: Make) -> None:
    sentence = " and ".join(["not sealed is yes"] * 33)
    made = make({"1/article-02.yaml": HEAD + outcomes(a=sentence, b="otherwise")})
    assert made.codes() == []


@pytest.mark.whole
def test_a_broken_version_is_not_passed_over_in_silence(ipcity: Ipcity, copied: Path) -> None:
    article = copied / "2016" / "article-03.yaml"
    article.write_text(article.read_text("utf-8") + "nonsense: 1\n", "utf-8")
    ran = ipcity("evaluate", str(copied / "cities" / "yiwu.yaml"), "--on", "2018-01-01")
    assert (ran.status, ran.out) == (1, "")
    assert "S201" in ran.err


def test_a_setting_on_a_draft_is_blamed_once_and_on_the_setting(ipcity: Ipcity) -> None:
    ran = ipcity(
        "evaluate", "policies/ip-cities/cities/lianyungang.yaml", "--decision", "acceptance",
        "--version", "county-level-again", "--set", "fostering-floor=55 points",
    )  # fmt: skip
    assert places(ran) == ["M107 at --set:1"]
    assert ran.err.count("with this change,") == 1


@pytest.mark.whole
def test_slips_in_what_a_draft_of_carried_text_cites(ipcity: Ipcity, copied: Path) -> None:
    draft = copied / "drafts" / "county-level-again.yaml"
    head = "amends: ip-cities/2014\ntitle-en: D\ntitle-zh: 草\n"
    for body in (
        "change: {parameters.acceptance-floor.provision: art-99}",
        "add: {decisions.acceptance.x: {outcome: y, when: below fostering-floor, "
        "says-en: x, says-zh: 甲}}",
    ):
        draft.write_text(f"{head}{body}\n", "utf-8")
        assert ipcity("check", str(draft)).status == 1, body


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("red: {label-en", "unknown: {label-en", "N103"),
        ("range: 0 to 100", "range: 100 to 0", "S204"),
    ],
)
def test_slips_in_the_vocabulary(make: Make, old: str, new: str, code: str) -> None:
    assert old in SMALL["facts.yaml"]
    made = make({"facts.yaml": SMALL["facts.yaml"].replace(old, new, 1)})
    assert code in made.codes()


def test_a_date_of_the_law_is_a_day(make: Make) -> None:
    text = ARTICLE.replace("start: 2001-06-01", "start: 2001-06")
    assert make({"1/article-01.yaml": text}).codes() == ["S204"]


def test_comparing_shared_rules_takes_no_longer_than_evaluating_them(
    ipcity: Ipcity, make: Make
) -> None:
    lines = ["  r0: {title-en: R, title-zh: 则, require: weight is below light}"]
    lines += [
        f"  r{i}: {{title-en: R, title-zh: 则, require: r{i - 1} and r{i - 1}}}"
        for i in range(1, 24)
    ]
    body = HEAD + "rules:\n" + "\n".join(lines) + "\n" + outcomes(a="r23", b="otherwise")
    draft = "amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {parameters.light: 4 grams}\n"
    made = make({"1/article-02.yaml": body, "drafts/d.yaml": draft})
    sheet = made.home / "s.yaml"
    sheet.write_text(THING + "facts: {weight: 5 grams}\n", "utf-8")
    ran = ipcity(
        "compare",
        "--policies",
        str(made.home.parent),
        "--before",
        "1",
        "--after",
        "d",
        str(sheet),
    )
    assert ran.status == 0
    assert len(ran.out) < 20_000


def test_what_is_wrong_in_one_place_hides_nothing_elsewhere(make: Make) -> None:
    facts = SMALL["facts.yaml"].replace("grams: {", "grams: {sort: small, ")
    facts = facts.replace("{type: yes-no,", "{type: yes-no, sort: closing,")
    facts = facts.replace("range: 0 to 100", "range: 100 to 0")
    article = ARTICLE.replace("when: below heavy", "when: below haevy")
    article += DOUBT.format(change="rules.is-lihgt.require: weight is below heavy")
    made = make({"facts.yaml": facts, "1/article-01.yaml": article})
    # An option, a band of the fact with the bad range, two keys, and that range.
    assert sorted(made.codes()) == ["M102", "N101", "S201", "S201", "S204"]


DOUBT = """\
readings:
  doubt:
    asks-en: Which?
    asks-zh: 哪一种？
    basis: inferred
    confidence: low
    why-en: It is not said.
    why-zh: 未写明。
    default: one
    options:
      one: {{says-en: one way, says-zh: 一种}}
      other:
        says-en: another way
        says-zh: 另一种
        change:
          {change}
"""


@pytest.mark.whole
def test_very_many_readings_are_checked_in_bounded_time(make: Make) -> None:
    count = 700
    rules = [
        f"  r{i}: {{title-en: R{i}, title-zh: 则{i}, require: weight is below light}}"
        for i in range(count)
    ]
    every = ", ".join(f"r{i}" for i in range(count))
    one, other = DOUBT.partition("options:")[0].splitlines()[2:], "weight is below heavy"
    readings = [
        "\n".join(
            (
                f"  q{i}:",
                *one,
                "    options:",
                "      one: {says-en: one way, says-zh: 一种}",
                "      other:",
                "        says-en: another way",
                "        says-zh: 另一种",
                f"        change: {{rules.r{i}.require: {other}}}",
            )
        )
        for i in range(count)
    ]
    body = HEAD + "rules:\n" + "\n".join(rules) + "\nreadings:\n" + "\n".join(readings) + "\n"
    body += outcomes(a=f"{{any: [{every}]}}", b="otherwise")
    assert make({"1/article-02.yaml": body}).codes() == []
