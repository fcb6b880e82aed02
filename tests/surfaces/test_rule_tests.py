"""`test` as a user meets it: failures explained, coverage, proposals for review."""

import json
import re
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support import ROOT, SECOND_LAW, Ipcity, Made, Make

HEAD = "tests: small\ncases:\n"
#: A case that fails, one that says nothing of what is expected, one that passes.
CASES = """\
  # A remark that a proposal does not carry over.
  - case-en: Five grams
    case-zh: 五克
    given:
      thing: {name-en: T, name-zh: 物}
      facts: {weight: 5 grams}
    version: small/1
    decision: class
    strict: "yes"
    expect: {outcome: high, decided-by: [art-1], possible: [high]}
    why-en: |
      The text says: "light",
      and so on.
    why-zh: 条文如此。
  - case-en: Seventy grams
    case-zh: 七十克
    given: {thing: {name-en: T, name-zh: 物}, facts: {weight: 70 grams}}
    on: 2002-01-01
    decision: class
    why-en: The text.
    why-zh: 条文。
  - case-en: No weight
    case-zh: 重量不明
    given: {thing: {name-en: T, name-zh: 物}}
    on: 2002-01-01
    decision: class
    expect: {outcome: unknown}
    why-en: The text.
    why-zh: 条文。
"""


@pytest.fixture
def made(make: Make) -> Made:
    return make({"tests/cases.yaml": HEAD + CASES})


def test_a_failure_says_expected_and_actual_and_why(ipcity: Ipcity, made: Made) -> None:
    ran = ipcity("test", str(made.home))
    assert ran.status == 1
    assert ran.out.startswith(
        """\
  ✗ Five grams [class]
      · outcome: expected high, got low
          ✗ high (high) [Art. 1]
              ✗ weight is at least the heavy (50 grams). Found: 5 grams, 45 grams below
                the heavy
          ✓ low (low) [Art. 1]
              ✓ weight is below the light (10 grams). Found: 5 grams, 5 grams below the
                light
      · possible: expected high, got low
      · because the text says: The text says: "light", and so on.
"""
    )
    assert "· nothing is expected here yet; the outcome is high\n" in ran.out
    assert "1 of 3 cases pass" in ran.out


def test_it_says_so_in_chinese(ipcity: Ipcity, made: Made) -> None:
    ran = ipcity("test", str(made.home), "--lang", "zh")
    assert "· outcome：应为high，实为low\n" in ran.out
    assert "✗ 结果不适用：高（high）【第一条】\n" in ran.out
    assert "· 尚未写明应有的结果；实际结果为high\n" in ran.out


def test_machines_learn_the_same(ipcity: Ipcity, made: Made) -> None:
    report = ipcity("test", str(made.home), "--format", "json").json
    first, second, third = report["cases"]
    outcome, possible = first["differences"]
    assert [(r["name"], r["status"]) for r in outcome["reasons"]] == [
        ("high", "not-met"),
        ("low", "met"),
    ]
    reason = outcome["reasons"][0]
    assert (reason["version"], reason["provision"]) == ("small/1", "art-1")
    assert reason["because"]["status"] == "not-met"
    assert (
        reason["because"]["text"]["zh"] == "重量不低于heavy（50克）。填报值：5克，比heavy低45克"
    )
    assert (possible["expected"], possible["actual"]) == ("high", "low")
    assert second["differences"] == [
        {"what": "expect", "expected": None, "actual": "high", "grounds": [], "reasons": []}
    ]
    assert (third["passed"], third["differences"]) == (True, [])


def test_build_servers_learn_the_same(ipcity: Ipcity, made: Made) -> None:
    suite = ElementTree.fromstring(ipcity("test", str(made.home), "--format", "junit").out)
    failures = list(suite.iter("failure"))
    assert [node.get("message") for node in failures] == [
        "outcome: expected high, got low; possible: expected high, got low",
        "nothing is expected here yet; the outcome is high",
    ]
    assert "✗ weight is at least the heavy (50 grams). Found: 5 grams" in (
        failures[0].text or ""
    )
    ran = ipcity("test", str(made.home), "--format", "junit", "--lang", "zh")
    assert "outcome：应为high，实为low" in ran.out


def test_a_text_that_is_not_available_is_the_reason(ipcity: Ipcity, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        "tests: ip-cities\ncases:\n"
        "  - case-en: A\n    case-zh: 甲\n"
        "    given: {city: {name-en: T, name-zh: 某}, facts: {acceptance-score: 80 points}}\n"
        "    version: ip-cities/2014\n    decision: acceptance\n    strict: 'yes'\n"
        "    expect: {outcome: fostering-stage}\n    why-en: W\n    why-zh: 因\n",
        "utf-8",
    )
    ran = ipcity("test", str(path))
    assert "outcome: expected fostering-stage, got unknown" in ran.out
    text = " ".join(ran.out.split())
    assert (
        "? the text of Art. 14 (our letter d) of ip-cities/2016, which is not available" in text
    )


def test_a_line_of_coverage_is_always_there_and_a_table_on_demand(
    ipcity: Ipcity, made: Made
) -> None:
    short = ipcity("test", str(made.home)).out
    assert short.endswith(
        "coverage: 2 of 4 rules and outcomes seen met, not met and unknown (see --coverage)\n"
    )
    assert "rules.is-light" not in short
    long = ipcity("test", str(made.home), "--coverage").out
    assert "  version  article  all  met  not met  unknown\n" in long
    assert "  small/1  Art. 1   4    2    3        3\n" in long
    assert "  - small/1, Art. 1: rules.is-light — met or not met or unknown\n" in long
    assert "  - small/1, Art. 1: decisions.class.middle — met\n" in long
    assert (
        ipcity("test", str(made.home), "--coverage", "--lang", "zh").out.count("从未出现") == 1
    )


def test_coverage_for_machines(ipcity: Ipcity, made: Made) -> None:
    coverage = ipcity("test", str(made.home), "--format", "json").json["coverage"]
    assert (coverage["seen"], coverage["all"]) == (2, 4)
    (version,) = coverage["versions"]
    (article,) = version["articles"]
    assert (version["version"], article["article"]) == ("small/1", "art-1")
    assert article["entries"][1] == {
        "entry": "decisions.class.low",
        "provision": "art-1",
        "ours": None,
        "cases": {"met": 1, "not-met": 1, "unknown": 1},
        "unseen": [],
    }


def test_coverage_of_measures_side_by_side(ipcity: Ipcity) -> None:
    coverage = ipcity("test", str(SECOND_LAW), "--format", "json").json["coverage"]
    assert [one["version"] for one in coverage["versions"]] == [
        "berths/1998",
        "berths/2004",
        "berths/longer-boats",
    ]


PROPOSED = """\
tests: small
cases:
  # outcome: expected high, got low
  # possible: expected high, got low
  - case-en: Five grams
    case-zh: 五克
    given:
      thing: {name-en: T, name-zh: 物}
      facts: {weight: 5 grams}
    version: small/1
    decision: class
    strict: 'yes'
    expect:
      outcome: low
      decided-by: [art-1]
      possible: [low]
    why-en: |
      The text says: "light",
      and so on.
    why-zh: 条文如此。

  # nothing is expected here yet; the outcome is high
  - case-en: Seventy grams
    case-zh: 七十克
    given:
      thing: {name-en: T, name-zh: 物}
      facts: {weight: 70 grams}
    on: 2002-01-01
    decision: class
    expect:
      outcome: high
      version: small/1
      basis: attested
      missing: []
      readings: []
      decided-by: [art-1]
    why-en: The text.
    why-zh: 条文。
"""


def test_accept_proposes_what_came_out_beside_the_test_file(ipcity: Ipcity, made: Made) -> None:
    file = made.home / "tests" / "cases.yaml"
    before = file.read_bytes()
    ran = ipcity("test", str(made.home), "--accept")
    assert ran.status == 1
    beside = file.with_suffix(".proposed")
    assert (
        f"{beside} written: it holds what the program gave, not yet what the law gives"
        in ran.out
    )
    text = beside.read_text("utf-8")
    head, _, body = text.partition("tests: small\n")
    assert "Proposals for cases.yaml" in head
    assert f"tests: small\n{body}" == PROPOSED
    assert file.read_bytes() == before
    # The same again, whatever stood there.
    beside.write_text("something else", "utf-8")
    assert ipcity("test", str(made.home), "--accept").out == ran.out
    assert beside.read_text("utf-8") == text


def test_proposals_are_not_read_until_somebody_copies_them(ipcity: Ipcity, made: Made) -> None:
    file = made.home / "tests" / "cases.yaml"
    before = [ipcity(command, str(made.home)).out for command in ("check", "test")]
    ipcity("test", str(made.home), "--accept")
    assert [ipcity(command, str(made.home)).out for command in ("check", "test")] == before
    beside = file.with_suffix(".proposed")
    named = ipcity("test", str(beside))
    assert named.status == 2
    assert "holds proposals" in named.err
    file.write_text(beside.read_text("utf-8"), "utf-8")
    accepted = ipcity("test", str(made.home))
    assert (accepted.status, accepted.err) == (0, "")
    assert "2 of 2 cases pass" in accepted.out


def test_where_all_pass_nothing_is_proposed(ipcity: Ipcity, make: Make) -> None:
    made = make({"tests/cases.yaml": HEAD + CASES[CASES.index("  - case-en: No weight") :]})
    ran = ipcity("test", str(made.home), "--accept")
    assert ran.status == 0
    assert "written" not in ran.out + ran.err
    assert sorted(path.name for path in (made.home / "tests").iterdir()) == ["cases.yaml"]


@pytest.mark.parametrize("form", ["json", "junit"])
def test_where_proposals_are_is_said_beside_other_formats(
    ipcity: Ipcity, made: Made, form: str
) -> None:
    ran = ipcity("test", str(made.home), "--accept", "--format", form)
    beside = str(made.home / "tests" / "cases.proposed")
    assert beside in ran.err
    if form == "json":
        assert json.loads(ran.out)["proposals"] == [beside]
    else:
        assert ElementTree.fromstring(ran.out).tag == "testsuite"


def test_a_link_in_the_place_of_proposals_is_not_written_through(
    ipcity: Ipcity, made: Made
) -> None:
    file = made.home / "tests" / "cases.yaml"
    before = file.read_bytes()
    file.with_suffix(".proposed").symlink_to(file)
    ipcity("test", str(made.home), "--accept")
    assert file.read_bytes() == before
    assert not file.with_suffix(".proposed").is_symlink()


def test_proposals_that_cannot_be_written_are_told(ipcity: Ipcity, made: Made) -> None:
    (made.home / "tests" / "cases.proposed").mkdir()
    ran = ipcity("test", str(made.home), "--accept")
    assert ran.status == 1
    assert "S110 unwritable-file: the file cannot be written: Is a directory" in ran.err
    assert "cases pass" in ran.out
    assert "cases.proposed written" not in ran.out


def test_a_case_that_could_not_be_run_is_not_proposed(ipcity: Ipcity, make: Make) -> None:
    broken = CASES.replace("weight: 5 grams", "wieght: 5 grams")
    made = make({"tests/cases.yaml": HEAD + broken})
    ran = ipcity("test", str(made.home), "--accept")
    assert "F101" in ran.err
    text = (made.home / "tests" / "cases.proposed").read_text("utf-8")
    assert "Five grams" not in text
    assert "Seventy grams" in text


@pytest.mark.deep
def test_what_needs_a_calendar_is_counted_apart_without_one(
    ipcity: Ipcity, monkeypatch: pytest.MonkeyPatch
) -> None:
    tests = ROOT / "policies/ip-cities/tests/lapses-and-bars.yaml"
    whole = ipcity("test", str(tests))
    monkeypatch.setitem(sys.modules, "holidays", None)
    bare = ipcity("test", str(tests))
    assert (whole.status, bare.status) == (0, 0)
    command = "pip install 'ipcity-policy[calendar]'"
    ran, _, needing = " ".join(bare.out.split()).partition(" cases pass; ")
    (every,) = re.findall(r"(\d+) of \1 cases pass", whole.out)
    (passed,) = re.findall(r"(\d+) of \1$", ran)
    (apart,) = re.findall(r"^(\d+) not run: rest days need a calendar", needing)
    assert int(passed) + int(apart) == int(every)
    assert command in needing
    # What does not hang on a rest day runs, and fails where it is wrong.
    assert int(passed) > int(apart) > 0
    found = ipcity("test", str(tests), "--format", "json").json
    assert sum(one["needs"] is not None for one in found["cases"]) == int(apart)
    assert f'skipped="{apart}"' in ipcity("test", str(tests), "--format", "junit").out


@pytest.mark.whole
def test_a_case_that_is_wrong_without_a_calendar_fails(
    ipcity: Ipcity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "policies/ip-cities", tmp_path / "ip-cities")
    tests = tmp_path / "ip-cities/tests/lapses-and-bars.yaml"
    text = tests.read_text("utf-8")
    assert "bars: {pilot-application: 2020-03-01}" in text
    tests.write_text(
        text.replace("pilot-application: 2020-03-01}", "pilot-application: 2020-03-05}", 1),
        "utf-8",
    )
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert ipcity("test", str(tests)).status == 1
