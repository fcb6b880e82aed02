"""What the commands print in Chinese over the shipped measures: no English word, no bare id."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from ipcity_policy.cli import surface
from tests.support import ROOT, Ipcity

#: How wide a line is that is never broken.
WIDE = 4000
ID = r"[a-z][\w./-]*"
#: Where ids, options and names of files stand, each in its own place; elsewhere no letter is.
PLACES = (
    # What repeats an answer: digests, what was chosen, the program; to the end of its table.
    ("what repeats an answer", r"^版本与校验信息\n(?:─+\n)?(?:  .*\n?)+"),
    # Where a mistake is, its severity and its code; then the lines that it quotes.
    ("the head of a diagnostic", r"^\S+:\d+:\d+: (?:错误|警告|提示) [A-Z]\d{3}\b"),
    ("quoted lines", r"^ +\d* \|.*$"),
    ("names as they are written", r"`[^`\n]*`"),
    ("how a command is called", r"^用法：ipcity[a-z ]*"),
    ("an option, with its value", r"--[a-z][a-z-]*(?:[ =][\w./-]+(?:=[\w./-]+)?)?"),
    ("what is in brackets behind its label", r"（[^（）\n]*）|【[^【】\n]*】"),
    # In a column of their own: the names that drafts and commands use.
    ("a cell of a table", rf"(?<=  ){ID}(?:、{ID})*(?=  |\n|$)|^  {ID}(?=  )"),
)
#: A comma between what is quoted, or between titles (GB/T 15834).
COMMA = re.compile("[”》]、[“《]")
CITIES = sorted(
    path.relative_to(ROOT).as_posix() for path in ROOT.glob("policies/*/cities/*.yaml")
)
FEW = ("ip-cities/cities/fictitious-waiting", "strong-cities/cities/zhuzhou")
#: How many of the command lines over cities are tried; `bench.outputs` tries all.
TRIED, PARTS = 32, 4
VERSIONS = ("ip-cities/2014", "ip-cities/2016", "strong-cities/2022", "strong-cities/2025")


def leaking(printed: str) -> list[str]:
    """Return the lines with words or ids outside of their places, without the latter."""
    left = printed
    for _, place in PLACES:
        before = ""
        while before != left:  # brackets stand in brackets
            before, left = left, re.sub(place, "", left, flags=re.MULTILINE)
    return [line.strip() for line in left.splitlines() if re.search("[A-Za-z]{2}", line)]


def wrong(printed: str) -> list[str]:
    """Return what is not as it should be in what was printed."""
    commas = [line.strip() for line in printed.splitlines() if COMMA.search(line)]
    return leaking(printed) + commas


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no line be broken, so that what belongs together stands on one line."""
    monkeypatch.setattr(surface, "WIDTH", WIDE)


def over(city: str) -> Iterator[Sequence[str]]:
    """Yield what is asked of a city."""
    measure = city.split("/")[1]
    before, after = (one for one in VERSIONS if one.startswith(f"{measure}/"))
    yield "evaluate", city, "--on", "2018-06-30"
    yield "timeline", city, "--on", "2021-11-15", "--all"
    yield "compare", "--before", before, "--after", after, city
    yield "validate", city


@pytest.mark.parametrize("name", FEW)
@pytest.mark.whole
def test_the_output_over_a_city_is_chinese(ipcity: Ipcity, name: str) -> None:
    city = f"policies/{name}.yaml"
    for args in over(city):
        ran = ipcity(*args, "--lang", "zh")
        assert wrong(ran.out + ran.err) == [], args


@pytest.mark.deep
@pytest.mark.parametrize("part", range(PARTS))
def test_the_output_over_many_cities_is_chinese(ipcity: Ipcity, part: int) -> None:
    lines = [args for city in CITIES for args in over(city)]
    for args in Random(0).sample(lines, TRIED)[part::PARTS]:
        ran = ipcity(*args, "--lang", "zh")
        assert wrong(ran.out + ran.err) == [], args


@pytest.mark.whole
@pytest.mark.usefixtures("few_cases")
@pytest.mark.parametrize("version", [*VERSIONS, "county-level-again"])
def test_a_printed_version_is_chinese(ipcity: Ipcity, version: str) -> None:
    shown = ipcity("show", version, "--all", "--lang", "zh")
    assert shown.status == 0
    assert wrong(shown.out) == []


@pytest.mark.deep
def test_every_case_of_a_printed_version_is_chinese(ipcity: Ipcity) -> None:
    assert wrong(ipcity("show", "2016", "--all", "--lang", "zh").out) == []


@pytest.mark.parametrize("provision", ["art-10", "appendix-2"])
def test_a_provision_is_shown_in_chinese(ipcity: Ipcity, provision: str) -> None:
    assert wrong(ipcity("show", provision, "2016", "--lang", "zh").out) == []


def test_a_mistake_is_told_in_chinese(ipcity: Ipcity, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(
        "sheet: 1\nmeasure: ip-cities\ncity: {name-en: A, name-zh: 甲, kind: city}\n"
        "facts: {acceptance-score: {value: 95 points, by: city-government}, "
        "improper-means: met}\nwhom: 3\n",
        "utf-8",
    )
    told = ipcity("validate", str(sheet), "--lang", "zh")
    said = (told.out + told.err).replace(str(sheet), "sheet.yaml")
    assert "省级知识产权局（`provincial-office`）" in said
    assert wrong(said) == []


@pytest.mark.parametrize(
    "args",
    [
        ("list",),
        ("list", "--provisions"),
        ("list", "--readings"),
        ("law", "status"),
        ("law", "status", "strong-cities/2022", "--all"),
    ],
    ids=" ".join,
)
@pytest.mark.whole
def test_what_is_listed_is_chinese(ipcity: Ipcity, args: Sequence[str]) -> None:
    assert wrong(ipcity(*args, "--lang", "zh").out) == []


@pytest.mark.parametrize(
    "asked",
    [
        ("ip-cities/2016", "--decision", "acceptance"),
        *(pytest.param((version,), marks=pytest.mark.whole) for version in VERSIONS),
    ],
    ids=" ".join,
)
def test_the_questions_of_a_sheet_are_chinese(ipcity: Ipcity, asked: Sequence[str]) -> None:
    form = ipcity("sheet", "new", "--version", *asked, "--lang", "zh").out
    remarks = re.sub("^ *# *", " ", "\n".join(re.findall("^ *#.*$", form, re.M)), flags=re.M)
    # A remark is broken as the file is, so that a name may go on in the next line.
    assert wrong(" ".join(remarks.split())) == []


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("适用ip-cities/2016时：甲", "适用ip-cities/2016时：甲"),
        ("结论为applicant", "结论为applicant"),
        ("该城市（第十四条（our letter））", ""),
        ("试点城市（pilot），自即日起", ""),
        ("  试点城市  states.pilot", ""),
        ("查看该结论：--reading top-share-rounding=round-up", ""),
        ("a.yaml:3:1: 错误 F107 没有日期：the day", "没有日期：the day"),
        (
            "版本与校验信息\n────\n  规则文件  ip-cities/2016 text-sha256: 0a\n\nthe end",
            "the end",
        ),
    ],
)
def test_a_leak_is_found_and_what_is_in_its_place_is_none(printed: str, left: str) -> None:
    found = leaking(printed)
    assert (found == []) if not left else (len(found) == 1 and left in found[0])
