"""Every command says the same in every format, in one language, on pages that hold together."""

import re
from collections.abc import Callable, Hashable
from itertools import pairwise
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from ipcity_policy.law.library import Library
from ipcity_policy.questions.evaluation import evaluate_sheet
from ipcity_policy.questions.query import timeline_of
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.cells import cells
from tests.support import SECOND_LAW, Ipcity, Make

pytestmark = pytest.mark.usefixtures("few_cases")

Answered = TypeVar("Answered")
CITIES = "policies/ip-cities/cities"
LYG, YIWU = f"{CITIES}/lianyungang.yaml", f"{CITIES}/yiwu.yaml"
HAIDIAN = f"{CITIES}/haidian.yaml"
WHOLE = f"{CITIES}/fictitious-whole.yaml"
LAW = ("--policies", str(SECOND_LAW))
BOATS = str(SECOND_LAW / "berths" / "boats")
#: Commands, and words that what they say must hold, in English and in Chinese.
RUNS: dict[tuple[str, ...], tuple[str, str]] = {
    ("list",): ("ip-cities/2016", "文号"),
    ("list", "--provisions"): ("evaluated", "依事实判断"),
    ("list", "--readings"): ("as read here", "采用"),
    ("check", "tests/second_law"): ("berths", "berths"),
    ("validate", CITIES): ("", ""),
    ("test", "policies/ip-cities/tests/acceptance.yaml"): ("cases pass", "个案例中"),
    ("explain", "N101"): ("name", "名称"),
    ("explain",): ("N101", "N101"),
    ("show", "art-14"): ("60 points", "60分"),
    ("show", "2016"): ("60 points", "60分"),
    ("show", "2014"): ("No text of it is available", "条文未能找到"),
    ("show", "county-level-again"): ("changed by the draft", "草案改动"),
    ("show", "berths/1998", *LAW): ("at least 3 of these", "以下至少3项符合"),
    ("evaluate", LYG, "--decision", "acceptance"): (
        "35 points above the acceptance floor", "比验收合格线高35分",
    ),
    ("evaluate", LYG, "--version", "2014", "--strict", "--decision", "acceptance"):
        ("cannot be decided", "尚不能确定"),
    ("evaluate", WHOLE, "--decision", "model-application"): ("inside the limit", "在界限以内"),
    ("evaluate", BOATS, "--version", "1998", *LAW): ("foot", "英尺"),
    ("timeline", LYG, "--on", "2017-12-12"): ("position on 2017-12-12", "的状态"),
    ("timeline", LYG, YIWU, HAIDIAN, "--on", "2017-12-12", "--due", "90"):
        ("Overdue", "已逾期"),
    ("compare", "--before", "2014", "--after", "2016", YIWU, LYG):
        ("1 answer changes", "1个结论改变"),
    ("compare", "--before", "berths/1998", "--after", "berths/2004", BOATS, *LAW):
        ("at least one of these", "以下至少一项符合"),
}  # fmt: skip


@pytest.fixture
def asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a question be answered once, in whatever form and language the answer is told."""
    evaluated, followed = remembering(evaluate_sheet), remembering(timeline_of)
    monkeypatch.setattr("ipcity_policy.api.verdicts.evaluate_sheet", evaluated)
    monkeypatch.setattr("ipcity_policy.api.timelines.timeline_of", followed)


def remembering(answer: Callable[..., Answered]) -> Callable[..., Answered]:
    """Return what remembers the answer to each question about a sheet."""
    known: dict[tuple[Path, str, Hashable], Answered] = {}

    def remembered(library: Library, sheet: Sheet, question: Hashable) -> Answered:
        key = library.root, sheet.span.file, question
        if key not in known:
            known[key] = answer(library, sheet, question)
        return known[key]

    return remembered


def page(html: str) -> Element:
    """Read a page as strictly as can be."""
    return ElementTree.fromstring(html.partition("\n")[2])


def said(html: str) -> str:
    """What a reader of a page reads, and hears of its pictures; each element on a line."""
    body = page(html).find("body")
    assert body is not None
    heard = [one.get("aria-label") or "" for one in body.iter()]
    return "\n".join((*body.itertext(), *heard))


@pytest.mark.whole
@pytest.mark.usefixtures("asked_once")
@pytest.mark.parametrize("args", RUNS, ids=" ".join)
def test_every_command_speaks_every_format_and_one_language(
    ipcity: Ipcity, args: tuple[str, ...]
) -> None:
    for language, words in zip(("en", "zh"), RUNS[args], strict=True):
        for form in ("text", "markdown", "html"):
            ran = ipcity(*args, "--lang", language, "--format", form)
            assert ran.status in (0, 1)
            text = said(ran.out) if form == "html" else ran.out
            joined = "".join(text.split())
            assert "".join(words.split()) in joined
            own = args[0] not in ("check", "validate", "explain") and LAW[1] not in args
            if language == "zh" and own:  # the second law has no Chinese for its figures
                assert english(text) == []
        if form == "html":
            holds_together(page(ran.out))
    assert isinstance(ipcity(*args, "--format", "json").json, (dict, list))


def english(text: str) -> list[str]:
    """Return where two English words stand side by side, names of the language aside."""
    for own in ("--reading ", "`ipcity check`", "ipcity evaluate "):
        text = text.replace(own, "")
    found = []
    for column in re.split(r"\n|  +", text):
        for one, other in pairwise(column.split()):
            if all(w.isascii() and w.strip("()[].,;:*\\").isalpha() for w in (one, other)):
                found.append(column)
    return found


def holds_together(root: Element) -> None:
    """Every place has one name, and every link leads to a place."""
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    links = [one.get("href") or "" for one in root.iter("a")]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert [one.tag for one in root.iter("script")] == []


@pytest.mark.whole
def test_a_reason_links_to_the_provision_that_is_folded_below(ipcity: Ipcity) -> None:
    args = ("evaluate", LYG, "--decision", "acceptance")
    root = page(ipcity(*args, "--format", "html").out)
    links = [one.get("href") for one in root.iter("a") if one.text == "Art. 14 (our letter a)"]
    assert links == ["#art-14-a"]
    (row,) = (one for one in root.iter("tr") if one.get("id") == "art-14-a")
    assert "withdrawn" in "".join(row.itertext())
    folded = [one for details in root.iter("details") for one in details.iter("tr")]
    assert row in folded


@pytest.mark.whole
def test_on_a_page_every_threshold_has_its_picture(ipcity: Ipcity) -> None:
    args = ("evaluate", LYG, "--decision", "acceptance")
    root = page(ipcity(*args, "--format", "html", "--lang", "zh").out)
    pictures = [(one.get("class"), one.get("aria-label")) for one in root.iter("svg")]
    assert pictures == [
        ("bar not-met", "60分, 95分, 比验收合格线高35分"),
        ("bar not-met", "70分, 95分, 比示范培育线高25分"),
        ("bar met", "60分, 95分, 比验收合格线高35分"),  # folded: it has no part in the answer
        ("bar met", "70分, 95分, 比示范培育线高25分"),
    ]


@pytest.mark.whole
def test_a_whole_version_shows_every_article_once_and_links_to_it(ipcity: Ipcity) -> None:
    root = page(ipcity("show", "ip-cities/2016", "--format", "html").out)
    titles = [one.get("id") for one in root.iter("h2") if "art-" in (one.get("id") or "")]
    assert titles == [f"art-{number}" for number in range(1, 34)]
    (contents,) = root.iter("nav")
    links = [one.get("href") for one in contents.iter("a")]
    assert [link for link in links if link in {f"#{one}" for one in titles}] == [
        f"#{one}" for one in titles
    ]


@pytest.mark.whole
def test_a_version_is_shown_by_its_name_its_folder_or_its_file(ipcity: Ipcity) -> None:
    by_name = ipcity("show", "2016", "--format", "json")
    assert by_name.status == 0
    assert by_name.json["version"] == "ip-cities/2016"
    assert "art-14" in [one["provision"] for one in by_name.json["provisions"]]
    assert ipcity("show", "policies/ip-cities/2016", "--format", "json").json == by_name.json
    draft = "policies/ip-cities/drafts/county-level-again.yaml"
    shown = ipcity("show", draft)
    assert shown.status == 0
    assert "75 points (changed by the draft)" in " ".join(shown.out.split())


def test_show_names_who_judges_and_which_documents_are_asked_for(ipcity: Ipcity) -> None:
    ran = ipcity("show", "honour", "1998", *LAW)
    judged, documents, facts = (
        ran.out.partition(heading)[2].partition("\n\n")[0]
        for heading in ("What an office judges\n", "Documents it requires\n",
                        "Facts it requires\n")
    )  # fmt: skip
    assert re.search(r"that it is well kept \(well-kept\) .*harbour master", judged)
    assert re.findall(r"\((\w+)\)", documents) == ["petition", "drawing"]
    assert "launch (launched)" in facts
    assert "petition" not in facts


def test_of_a_long_condition_that_changed_only_the_change_is_said(
    ipcity: Ipcity, make: Make
) -> None:
    rules = (
        "rules:\n  r:\n    title-en: R\n    title-zh: 则\n    require:\n      all:\n"
        '        - sealed is yes\n        - weight is below light\n        - colour is "red"\n'
    )
    article = (
        "article: 2\ntitle-en: M\ntitle-zh: 多\nbasis: attested\n"
        + rules
        + "decisions:\n  d:\n    asks-en: D?\n    asks-zh: 问？\n    outcomes:\n"
        "      a: {says-en: a, says-zh: 甲, when: r}\n"
        "      b: {says-en: b, says-zh: 乙, when: otherwise}\n"
    )
    draft = (
        "amends: small/1\ntitle-en: T\ntitle-zh: 案\nchange:\n  rules.r.require:\n    all:\n"
        '      - sealed is yes\n      - weight is below light\n      - colour is "blue"\n'
    )
    sheet = "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\nfacts: {sealed: yes}\n"
    made = make({"1/article-02.yaml": article, "drafts/t.yaml": draft, "things/t.yaml": sheet})
    ran = ipcity(
        "compare", "--before", "1", "--after", "t", str(made.home / "things"),
        "--policies", str(made.home.parent),
    )  # fmt: skip
    assert ran.status == 0, ran.err
    lines = [line.strip() for line in ran.out.partition("Changed clauses")[2].splitlines()]
    after = lines.index("· after: small/t: the same, except:")
    assert lines[after + 1 :] == ["· no longer: colour is red", "· new: colour is blue"]


@pytest.mark.whole
@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_of_text_keep_to_the_width(ipcity: Ipcity, language: str) -> None:
    for args in (("show", "2016", "--all"), ("list",), ("list", "--readings")):
        ran = ipcity(*args, "--lang", language)
        assert max(map(cells, ran.out.splitlines())) <= 88


@pytest.mark.whole
def test_the_same_inputs_give_the_same_bytes(ipcity: Ipcity) -> None:
    args = ("show", "2016", "--format", "html")
    assert ipcity(*args).out == ipcity(*args).out
