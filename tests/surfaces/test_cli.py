"""The commands: what they print, and their exit statuses."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import ipcity_policy.cli.main as cli
from ipcity_policy import compare, evaluate, open_policies, validate
from ipcity_policy.text.cells import cells
from tests.support import ROOT, SECOND_LAW, SMALL, Ipcity, Make

CITIES = "policies/ip-cities/cities"
YIWU = f"{CITIES}/yiwu.yaml"


@pytest.mark.whole
def test_list_names_versions_drafts_decisions_and_sheets(ipcity: Ipcity) -> None:
    ran = ipcity("list")
    assert ran.status == 0
    for name in ("ip-cities/2014", "ip-cities/2016", "ip-cities/county-level-again",
                 "applicant", "acceptance", "cities/yiwu.yaml"):  # fmt: skip
        assert name in ran.out
    assert "No repeal was found" in ran.out  # why the end of 2016 is not known
    measure, later = ipcity("list", "--format", "json").json
    assert [one["id"] for one in later["versions"]] == [
        "strong-cities/2022",
        "strong-cities/2025",
    ]
    dates = {v["id"]: v["in-force"] for v in measure["versions"]}
    assert dates["ip-cities/2014"]["until"] == dates["ip-cities/2016"]["from"] == "2016-11-18"
    assert dates["ip-cities/2016"]["unknown-from"] == "2021-01-01"
    assert measure["versions"][0]["provisions"]["articles-5-onward"] == "unavailable"
    assert measure["versions"][1]["number"] == "国知发管字〔2016〕87号"
    assert measure["versions"][1]["issuer"]["zh"] == "国家知识产权局"
    assert measure["versions"][1]["text-seen"]["language"] == "en"
    assert "our own" in measure["versions"][1]["note"]["en"]
    assert measure["drafts"][0]["number"] is measure["drafts"][0]["issuer"] is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("number: 国知发管字〔2016〕87号", "issued by: State Intellectual Property",
                "note: Only Articles 1 to 4", "what for: An example of a draft")),
        ("zh", ("文号：国知发管字〔2016〕87号", "发布机关：国家知识产权局",
                "说明：仅找到第一条", "目的：本项目自拟的草案示例")),
    ],
)  # fmt: skip
def test_list_says_which_instrument_a_version_is(
    ipcity: Ipcity, language: str, words: tuple[str, ...]
) -> None:
    said = ipcity("list", "--lang", language).out
    for word in words:
        assert word in said


@pytest.mark.usefixtures("few_cases")
@pytest.mark.whole
@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("art-14",), ("Art. 14", "60 points", "70 points", "2 years", "exactly-seventy",
                       "59.995")),
        (("art-14", "--lang", "zh"), ("第十四条", "60分", "70分", "2年", "exactly-seventy")),
        (("fostering-floor",), ("Art. 14", "70 points")),
        (("fostering-floor", "county-level-again"), ("75 points (changed by the draft)",)),
        (("art-3", "2014"), ("county-level city", "ip-cities/2014", "〔2014〕34号",
                             "On this version: Only Articles 1 to 4")),
        (("art-3", "2014", "--lang", "zh"), ("〔2014〕34号 · 国家知识产权局",
                                             "版本说明：仅找到第一条")),
        (("art-3", "county-level-again"), ("What the draft is for: An example",)),
        (("acceptance", "2014"), ("No text of it is available", "taken from ip-cities/2016")),
    ],
)  # fmt: skip
def test_show(ipcity: Ipcity, args: tuple[str, ...], words: tuple[str, ...]) -> None:
    ran = ipcity("show", *args)
    assert ran.status == 0
    for word in words:
        assert word in ran.out


def test_show_as_json(ipcity: Ipcity) -> None:
    shown = ipcity("show", "art-14", "--format", "json").json
    assert shown["parameters"]["fostering-floor"]["value"] == {"en": "70 points", "zh": "70分"}
    assert list(shown["decisions"]["acceptance"]["outcomes"]) == [
        "title-withdrawn", "next-pilot-round", "fostering-stage",
    ]  # fmt: skip


def test_show_lists_the_totals_that_an_office_states(ipcity: Ipcity) -> None:
    asked = ipcity("show", "art-18", "2016", "--format", "json").json["facts"]
    assert {"objective-score", "converted-total"} <= set(asked)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (("evaluate", YIWU), 1, "F107"),
        (("evaluate", YIWU, "--on", "2017-05-05", "--decision", "applicant"), 0, ""),
        (("evaluate", YIWU, "--on", "2017-5-5"), 2, "write it as `2001-05-17`"),
        (("evaluate", YIWU, "--on", "20170505"), 2, "write it as `2001-05-17`"),
        (("evaluate", YIWU, "--version", "2015"), 2, "no version or draft `2015`"),
        (("evaluate", YIWU, "--version", "2016", "--decision", "aplicant"), 2, "`applicant`?"),
        (("evaluate", YIWU, "--version", "2016", "--reading", "x"), 2, "name=value"),
        (("evaluate", "nowhere.yaml"), 1, "S101"),
        (("evaluate", "schemas"), 1, ""),
        (("evaluate", "tests/unit"), 1, "M112"),
        (("evaluate",), 2, "Missing argument"),
        (("validate", CITIES), 0, ""),
        (("check", "nowhere"), 1, "S101"),
        (("check", "tests/unit"), 1, "M112"),
        (("check", "policies/ip-cities/drafts/county-level-again.yaml"), 0, ""),
        (("check", "policies/ip-cities/2016"), 0, ""),
        (("check", "policies/ip-cities/2016/article-14.yaml"), 0, ""),
        (("test", "tests/unit"), 1, "M112"),
        (("show", "art-99"), 2, "no `art-99`"),
        (("show", "art-14", "2015"), 2, "no version or draft `2015`"),
        (("compare", "--before", "2014", "--after", "2015", CITIES), 2, "`2015`"),
        (("compare", "--before", "2014", CITIES), 2, "--after"),
        (("sheet", "new", "--decision", "aceptance"), 2, "did you mean `acceptance`?"),
        (("sheet", "new", "--version", "2015"), 2, "`2015`"),
        (("draft", "new", "--amends", "2015"), 2, "`2015`"),
        (("draft", "new", "--amends", "county-level-again"), 2, "no version"),
        (("--policies", "x", "list"), 2, "No such option"),
        (("list", "--policies", "tests/unit"), 1, "M112"),
        (("nonsense",), 2, "No such command"),
        (("--version",), 0, ""),
        ((), 2, ""),
    ],
)
def test_exit_statuses(ipcity: Ipcity, args: tuple[str, ...], status: int, said: str) -> None:
    ran = ipcity(*args)
    assert ran.status == status
    assert said in ran.out + ran.err
    assert "Traceback" not in ran.out + ran.err


def test_a_verdict_against_a_city_is_a_result_and_no_error(ipcity: Ipcity) -> None:
    ran = ipcity("evaluate", YIWU, "--on", "2017-05-05", "--decision", "applicant")
    assert ran.status == 0
    assert "it is not entitled to apply" in ran.out


def test_one_faulty_sheet_does_not_hide_the_others(ipcity: Ipcity, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("sheet: 1\nmeasure: ip-cities\ncity: [\n", "utf-8")
    (tmp_path / "b.yaml").write_bytes((ROOT / YIWU).read_bytes())
    ran = ipcity("evaluate", str(tmp_path), "--version", "2016", "--decision", "applicant")
    assert ran.status == 1
    assert "S105" in ran.err
    assert "Yiwu" in ran.out


@pytest.mark.whole
def test_all_unfolds_the_branches_that_do_not_decide(ipcity: Ipcity) -> None:
    args = ("evaluate", f"{CITIES}/lianyungang.yaml", "--decision", "acceptance")
    floor = "acceptance score is at least the acceptance floor (60 points)"
    assert floor not in " ".join(ipcity(*args).out.split())
    assert floor in " ".join(ipcity(*args, "--all").out.split())


def test_chinese_list_writes_days_and_marks_as_chinese_does(ipcity: Ipcity) -> None:
    said = ipcity("list", "--lang", "zh").out
    assert "2014年6月13日起施行，至2016年11月18日止" in said
    assert "载明 4，推断 8，条文缺失 1" in said


@pytest.mark.deep
def test_text_keeps_to_the_width(ipcity: Ipcity) -> None:
    for language in ("en", "zh"):
        ran = ipcity(
            "compare", "--before", "2014", "--after", "2016", CITIES, "--lang", language
        )
        assert max(map(cells, ran.out.splitlines())) <= 88


@pytest.mark.whole
def test_a_new_draft_lists_what_can_be_changed_and_checks(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    assert (
        ipcity("draft", "new", "--amends", "ip-cities/2016", "--output", str(path)).status == 0
    )
    text = path.read_text("utf-8")
    assert text == ipcity("draft", "new", "--amends", "ip-cities/2016").out
    empty = ipcity("check", str(path))
    assert (empty.status, "M104" in empty.out) == (0, True)
    # Every line that it offers can be taken as it stands.
    path.write_text(text.replace("\n  # ", "\n  "), "utf-8")
    whole = ipcity("check", str(path))
    assert whole.status == 0
    assert re.search(r"checked: \d+ warnings\n$", whole.out)  # each says what stands there
    changed = text.replace(
        "  # parameters.fostering-floor: 70", "  parameters.fostering-floor: 99"
    )
    path.write_text(changed, "utf-8")
    ran = ipcity(
        "compare", "--before", "2016", "--after", str(path), CITIES, "--format", "json"
    )
    assert {
        row["subject"]["en"]
        for row in ran.json["subjects"]
        for decision in row["decisions"].values()
        if decision["movement"] == "changed"
    } == {"Lianyungang", "Fictitious Wanheng", "Fictitious Qianque"}  # 95, 82 and 82 points
    again = ipcity("draft", "new", "--amends", "ip-cities/2016", "--output", str(path))
    assert (again.status, path.read_text("utf-8")) == (2, changed)


@pytest.mark.whole
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("decision", [("--version", "2016"), ("--decision", "acceptance")])
def test_a_new_sheet_is_valid_and_asks_for_what_is_missing(
    ipcity: Ipcity, language: str, decision: tuple[str, ...]
) -> None:
    form = ipcity("sheet", "new", *decision, "--lang", language)
    assert form.status == 0
    question = {"en": "How many points did the city get", "zh": "该城市的考核验收得分是多少"}
    assert question[language] in form.out
    whole = "--decision" not in decision
    assert ("administrative type" in form.out or "type: unknown" in form.out) == whole
    assert {"en": "Art. 14 (our letter a)", "zh": "第十四条（编者所加序号a）"}[
        language
    ] in form.out
    checked = ipcity("validate", "-", stdin=form.out.encode())
    assert (checked.status, checked.err) == (0, "")
    ran = ipcity(
        "evaluate", "-", "--version", "2016", "--decision", "acceptance", "--format", "json",
        stdin=form.out.encode(),
    )  # fmt: skip
    assert [one["name"] for one in ran.json["missing"]] == ["acceptance-score"]
    # What is written in place of `unknown` counts.
    filled = form.out.replace("acceptance-score: unknown", "acceptance-score: 65 points")
    ran = ipcity(
        "evaluate", "-", "--version", "2016", "--decision", "acceptance", "--format", "json",
        stdin=filled.encode(),
    )  # fmt: skip
    assert ran.json["outcome"] == "next-pilot-round"


def test_a_failed_rule_test_shows_expected_actual_and_why(ipcity: Ipcity, make: Make) -> None:
    case = """\
tests: small
cases:
  - case-en: A light thing
    case-zh: 轻物
    given: {thing: {name-en: T, name-zh: 物}, facts: {weight: 5 grams}}
    on: 2001-01-01
    decision: class
    expect: {outcome: high, possible: [low], missing: [], decided-by: [art-1]}
    why-en: The text.
    why-zh: 条文。
  - case-en: A misspelt outcome
    case-zh: 误拼
    given: {thing: {name-en: T, name-zh: 物}, facts: {weight: 5 grams}}
    on: 2001-01-01
    decision: class
    expect: {outcome: lou}
    why-en: The text.
    why-zh: 条文。
"""
    made = make({"tests/cases.yaml": case})
    ran = ipcity("test", str(made.home))
    assert ran.status == 1
    assert "outcome: expected high, got low" in ran.out
    assert "because the text says: The text." in ran.out
    assert "R101" in ran.err
    suite = ElementTree.fromstring(ipcity("test", str(made.home), "--format", "junit").out)
    assert (suite.get("tests"), suite.get("failures")) == ("2", "2")
    failures = [node.get("message") or "" for node in suite.iter("failure")]
    assert "outcome: expected high, got low" in failures[0]
    assert "R101" in failures[1]
    assert "did you mean `low`?" in ran.err


def test_diagnostics_show_the_line_with_a_caret(ipcity: Ipcity, make: Make) -> None:
    slip = "title-zh: 轻, require: weight is below "
    text = SMALL["1/article-01.yaml"].replace(f"{slip}light", f"{slip}lihgt")
    made = make({"1/article-01.yaml": text})
    ran = ipcity("check", str(made.home))
    assert ran.status == 1
    lines = ran.out.splitlines()
    caret = next(i for i, line in enumerate(lines) if line.endswith("^^^^^"))
    # The line holds Chinese, which is two cells wide: the caret stands below the word.
    before = lines[caret - 1].partition("lihgt")[0]
    assert cells(before) == lines[caret].index("^")
    assert lines[caret + 1] == "  help: did you mean `light`?"
    (one,) = ipcity("check", str(made.home), "--format", "json").json
    assert (one["code"], one["line"]) == ("N101", 15)


def test_another_folder_by_option_and_by_environment(
    ipcity: Ipcity, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make({})
    assert "small/1" in ipcity("list", "--policies", str(made.home.parent)).out
    monkeypatch.setenv("IPCITY_POLICIES", str(made.home.parent))
    assert "small/1" in ipcity("list").out


def test_a_fault_of_ours_is_one_sentence(
    ipcity: Ipcity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **options: object) -> None:
        raise RuntimeError("of ours")

    monkeypatch.setattr(cli.ipcity, "main", broken)
    ran = ipcity("list")
    assert ran.status == 3
    assert "a fault of this program" in ran.err
    assert "Traceback" not in ran.err


def test_an_interruption_ends_with_130(ipcity: Ipcity, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.ipcity, "main", interrupted)
    assert ipcity("list").status == 130


@pytest.mark.whole
@pytest.mark.parametrize("how", [["-m", "ipcity_policy"], ["cli.py"]])
def test_the_other_ways_to_start_it_print_utf_8_everywhere(how: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, *how, "explain", "N101", "--lang", "zh"],
        cwd=ROOT, capture_output=True, check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )  # fmt: skip
    assert "名称" in ran.stdout.decode("utf-8")


@pytest.mark.whole
def test_a_reader_that_stops_reading_is_no_error() -> None:
    asked = f"evaluate {CITIES} --version 2016 --decision applicant --format json"
    command = f"{sys.executable} cli.py {asked} | head -c 10"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.whole
def test_the_verbs_from_python() -> None:
    policies = open_policies()
    result = evaluate(policies, ROOT / YIWU, version="2016", decision="applicant")
    assert result.value is not None
    (verdict,) = result.value
    assert verdict.outcome == verdict.as_json()["outcome"] == "not-eligible"
    assert "不具备申报主体资格" in verdict.as_text(lang="zh")
    sheet = {"sheet": 1, "measure": "ip-cities", "city": {"name-en": "A", "name-zh": "甲"},
             "facts": {"acceptance-score": "70 points"}}  # fmt: skip
    assert validate(policies, sheet) == ()
    found = evaluate(policies, sheet, version="2016", decision="acceptance")
    assert found.value is not None
    assert found.value[0].outcome == "fostering-stage"
    wrong = {**sheet, "facts": {"acceptance-score": "70"}}
    assert [d.code.id for d in validate(policies, wrong)] == ["F102"]
    assert evaluate(policies, wrong).value is None
    comparison = compare(policies, "2014", "2016", [ROOT / YIWU], decision="applicant").value
    assert comparison is not None
    assert [p.movement.value for row in comparison.rows for p in row.pairs] == ["changed"]
    assert compare(policies, "2014", "2015", []).value is None
    assert json.dumps(verdict.as_json())


@pytest.mark.whole
def test_a_name_in_several_measures_is_told_of_each(ipcity: Ipcity, tmp_path: Path) -> None:
    for home in (ROOT / "policies/ip-cities", SECOND_LAW / "berths"):
        shutil.copytree(home, tmp_path / home.name)
    ran = ipcity("show", "art-1", "--policies", str(tmp_path))
    assert ran.out.startswith("Art. 1: Purpose")
    command = f"ipcity show art-1 berths/2004 --policies {tmp_path}"
    assert ran.err == f"`art-1` is in `berths/2004` too: `{command}`\n"
    assert ipcity("show", "art-1", "berths/2004", "--policies", str(tmp_path)).err == ""


@pytest.mark.parametrize("name", ["rules", "installed", "basis"])
def test_a_folder_is_told_by_its_name_whatever_that_is(
    ipcity: Ipcity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shutil.copytree(SECOND_LAW, tmp_path / name)
    sheet = next((SECOND_LAW / "berths/boats").glob("*.yaml"))
    monkeypatch.chdir(tmp_path)
    ran = ipcity("evaluate", str(sheet), "--policies", name, "--on", "2004-06-01")
    assert f"rules from       {'./' * (name == 'installed')}{name}\n" in ran.out


def test_a_day_with_one_end_is_told_by_that_end(ipcity: Ipcity, tmp_path: Path) -> None:
    sheet = tmp_path / "s.yaml"
    sheet.write_text(
        "sheet: 1\nmeasure: ip-cities\n"
        "city: {name-en: A, name-zh: 甲, type: prefecture-level-city}\n"
        "facts: {application-date: on or before 2018-06-01}\n",
        "utf-8",
    )
    ran = " ".join(ipcity("evaluate", str(sheet), "--decision", "applicant").out.split())
    # Both measures let it apply (Art. 3); before June 2014 no measure is known.
    assert (
        "not known: on some of the days that are possible no version is known that was in force"
        " and answers this; where there was one: it is entitled to apply"
    ) in ran
    assert "2018-06-01 or earlier (application date) is not known to the day" in ran


def test_what_acts_on_a_terminal_is_shown_as_a_sign(ipcity: Ipcity, tmp_path: Path) -> None:
    sheet = tmp_path / "s.yaml"
    sheet.write_bytes(b"sheet: 1\nmeasure: a\x1b[31mb\xe2\x80\xaec\n")
    told = ipcity("validate", str(sheet)).out
    assert "  2 | measure: a\ufffd[31mb\ufffdc\n    |           ^\n" in told
    assert not {"\x1b", "\u202e"} & {*told}


@pytest.mark.parametrize(
    ("stated", "help"),
    [
        ("acceptance-score: 55 to 68", "write `55 to 68 points`"),
        ("acceptance-score: 55 to 68 point", "write `55 to 68 points`"),
        ("acceptance-score: at least 68", "write `at least 68 points`"),
        ("acceptance-score: between 55 and 68 points", "write `55 to 68 points`"),
        ("acceptance-score: 55至68分", "write `55 to 68 points`"),
        ("acceptance-date: 2019-02-30", "write a day that the calendar has"),
        ("acceptance-date: “2019-03-04”", "write `2019-03-04`"),
        (
            "acceptance-date: between 2019-02-03 and 2019-03-01",
            "write `2019-02-03 to 2019-03-01`",
        ),
        (
            "annual-grades: {2016: excellent or average}",
            "for the options that remain write `{one of: [excellent, average]}`",
        ),
        (
            "annual-grades: {2016: not poor}",
            "for the options that remain write `{one of: [excellent, average]}`",
        ),
        (
            "annual-grades: {2016: at least average}",
            "for the options that remain write `{one of: [this, that]}`",
        ),
        (
            "annual-grades: {2016: {one of: [excellent, unknown]}}",
            "name the options that are possible, or write `unknown`",
        ),
        ("annual-grades: {2016: excellent，2017: average}", "write `,` and a space"),
        (
            "enforcement-rank: {rank: 5}",
            "add `of:` — how many there are in the cohort, or `unknown`",
        ),
    ],
)
def test_what_a_clerk_writes_of_what_is_known_in_part_is_never_made_certain(
    ipcity: Ipcity, tmp_path: Path, stated: str, help: str
) -> None:
    sheet = tmp_path / "s.yaml"
    sheet.write_text(
        "sheet: 1\nmeasure: ip-cities\n"
        "city: {name-en: A, name-zh: 甲, type: prefecture-level-city}\n"
        f"facts:\n  {stated}\n",
        "utf-8",
    )
    found = ipcity("validate", str(sheet), "--format", "json").json
    assert [one["help"] for one in found] == [help]


def test_an_event_named_by_its_label_and_a_misspelt_measure(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    sheet = tmp_path / "s.yaml"
    head = "sheet: 1\nmeasure: ip-cities\ncity: {name-en: A, name-zh: 甲}\n"
    sheet.write_text(f"{head}events: [{{event: 考核验收通过, on: 2019-03-04}}]\n", "utf-8")
    assert "help: write `acceptance-passed`" in ipcity("validate", str(sheet)).out
    sheet.write_text(head.replace("measure", "mesure"), "utf-8")
    assert "s.yaml:2:1: error F106" in ipcity("validate", str(sheet)).out
    assert "help: did you mean `measure`?" in ipcity("validate", str(sheet)).out


@pytest.mark.parametrize(
    ("denied", "codes"),
    [
        (("acceptance-passed", "acceptance-failed", "acceptance-held"), ["F123"]),
        # One of them may have been what the date is of.
        (("acceptance-passed", "acceptance-failed"), []),
        ((), []),
    ],
)
def test_a_day_of_what_is_said_never_to_have_happened_is_a_contradiction(
    ipcity: Ipcity, tmp_path: Path, denied: tuple[str, ...], codes: list[str]
) -> None:
    never = "".join(f"  - {{event: {kind}, on: never}}\n" for kind in denied)
    sheet = tmp_path / "s.yaml"
    sheet.write_text(
        "sheet: 1\nmeasure: ip-cities\n"
        "city: {name-en: A, name-zh: 甲, type: prefecture-level-city}\n"
        "facts: {acceptance-date: 2019-03-04}\n" + (f"events:\n{never}" if never else ""),
        "utf-8",
    )
    found = ipcity("validate", str(sheet), "--format", "json").json
    assert [one["code"] for one in found] == codes
    assert all("the events give `never`" in one["help"] for one in found)


@pytest.mark.whole
def test_what_is_supposed_and_not_decided_says_what_is_supposed(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    sheet = tmp_path / "s.yaml"
    sheet.write_text(
        "sheet: 1\nmeasure: ip-cities\ncity: {name-en: A, name-zh: 甲}\n"
        "facts: {acceptance-date: 2021-09-10, acceptance-score: 58 to 66 points}\n",
        "utf-8",
    )
    told = " ".join(ipcity("evaluate", str(sheet), "--decision", "acceptance").out.split())
    # Whether the measures of 2016 governed after 2020 is not known.
    assert (
        "Supposing if ip-cities/2016 still governed on 2021-09-10, which is not known: "
        "cannot be decided yet; possible are:"
    ) in told
