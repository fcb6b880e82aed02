"""What `compare` says at its head is true, in every format, as a reader would quote it."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import jsonschema
import pytest

from ipcity_policy.law.library import Library
from ipcity_policy.law.ref import Ref
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.studies.comparison.comparison import Comparison, compare_versions
from ipcity_policy.text.diagnostic import Result
from tests.support import ROOT, Ipcity

CITIES = ROOT / "policies" / "ip-cities" / "cities"
ANSWERED = ["--decision", "acceptance", "--on", "2018-01-01"]
#: Art. 14 with another band on top, which nobody has adopted. From 60 points on a city may
#: apply for another round, from 70 to enter the fostering stage; here from 85 with honours.
HONOURS = """\
amends: ip-cities/2016
title-en: An honours band
title-zh: 增设优秀档
add:
  parameters.honours-floor:
    provision: art-14-d
    label-en: honours floor
    label-zh: 优秀线
    value: 85 points
change:
  decisions.acceptance.bands:
    - outcome: title-withdrawn
      says-en: the city's title is withdrawn
      says-zh: 取消称号
      when: below acceptance-floor
      effects: [bar pilot-application for failed-acceptance-bar after acceptance-date]
    - outcome: next-pilot-round
      says-en: the city may apply for another round
      says-zh: 可以申请进入新一轮试点
      when: below fostering-floor
      effects: [permit next-pilot-round-entry]
    - outcome: fostering-stage
      says-en: the city may apply to enter the fostering stage
      says-zh: 可以申请进入示范培育阶段
      when: below honours-floor
      effects: [permit fostering-stage-entry, permit next-pilot-round-entry]
    - outcome: honours
      says-en: the city enters the fostering stage with honours
      says-zh: 以优秀成绩进入示范培育阶段
      when: otherwise
      effects: [permit fostering-stage-entry]
"""


@pytest.fixture(scope="module")
def honours(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A draft that adds a band at 85 points."""
    path = tmp_path_factory.mktemp("drafts") / "honours.yaml"
    path.write_text(HONOURS, "utf-8")
    return str(path)


@pytest.fixture(scope="module", autouse=True)
def _compared_once() -> Iterator[None]:
    """Compare the same sheets once, however many ways there are to tell what came of it."""
    compared: dict[tuple[object, ...], Result[Comparison]] = {}

    def once(
        library: Library, before: Ref, after: Ref, sheets: Sequence[Sheet], **asked: object
    ) -> Result[Comparison]:
        key = (
            before,
            after,
            *((one.digest, one.span.source.name) for one in sheets),
            *map(str, asked.items()),
        )
        if key not in compared:
            compared[key] = compare_versions(library, before, after, sheets, **asked)  # type: ignore[arg-type]
        return compared[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ipcity_policy.api.comparisons.compare_versions", once)
        yield


@pytest.mark.whole
def test_one_answer_changes_and_the_open_ones_stay_open(
    ipcity: Ipcity, honours: str, comparison_schema: jsonschema.Draft202012Validator
) -> None:
    # The sheets say who has a score at all: Lianyungang 95, and two fictitious cities 82.
    texts = [path.read_text("utf-8") for path in CITIES.glob("*.yaml")]
    stated = [
        re.findall(r"^  acceptance-score:\s+(?:value: )?(\d+) p", one, re.M) for one in texts
    ]
    assert len(texts) == 72
    assert sorted(one for (one,) in filter(None, stated)) == ["82", "82", "95"]
    ran = ipcity(
        "compare", "--before", "2016", "--after", honours, str(CITIES), "--format", "json"
    )  # fmt: skip
    assert ran.status == 0
    comparison_schema.validate(ran.json)
    told = {
        decision: {movement: n for movement, n in counts.items() if n}
        for decision, counts in ran.json["counts"].items()
    }
    assert told.pop("acceptance") == {"changed": 1, "more-possible": 69, "same": 2}
    assert len(told) > 10
    assert all(counts == {"same": 72} for counts in told.values())
    (city,) = (
        row["subject"]["en"]
        for row in ran.json["subjects"]
        if row["decisions"]["acceptance"]["movement"] == "changed"
    )
    assert city == "Lianyungang"


#: What text, Markdown and pages say in one line each, by language.
HEADS = {
    "en": [
        "Of 72: 1 answer changes; 69 stay open, with one more possible outcome; "
        "2 stay the same.",
        "1 answer changes, fostering-stage → honours: Lianyungang",
        "69 stay open, with one more possible outcome (new: honours): Anyang, ",
        "15 questions, of 72 in each: 72 stay the same.",
    ],
    "zh": [
        "比较对象共72个：1个结论改变；69个仍不能确定，可能的结果增加一种；2个不变。",
        "1个结论改变，“可以申请进入示范培育阶段”（fostering-stage）"
        "→“以优秀成绩进入示范培育阶段”（honours）：连云港",
        "69个仍不能确定，可能的结果增加一种（新增：“以优秀成绩进入示范培育阶段”（honours））：安阳、",
        "另有15个事项，每项的比较对象均为72个：72个不变。",
    ],
}


@pytest.mark.whole
@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_the_head_says_so_in_every_format(
    ipcity: Ipcity, honours: str, format_: str, language: str
) -> None:
    ran = ipcity(
        "compare", "--before", "2016", "--after", honours, str(CITIES),
        "--format", format_, "--lang", language,
    )  # fmt: skip
    assert ran.status == 0

    def plain(text: str) -> str:
        return re.sub(r"\\|\s", "", text.replace("&#x27;", "'"))

    for line in HEADS[language]:
        assert plain(ran.out).count(plain(line)) == 1
    if format_ == "text":
        assert len(ran.out.splitlines()) < 80


@pytest.mark.whole
def test_what_is_only_assumed_of_2014_is_counted_as_nothing_known(ipcity: Ipcity) -> None:
    # Art. 3 of 2014 is known, and admitted ten county-level cities of these; of all else the
    # text is not available, so that nothing is known to be as it was.
    ran = ipcity("compare", "--before", "2014", "--after", "2016", str(CITIES))
    heads = re.sub(r"\s+", " ", ran.out.partition("\n\n")[2]).partition(
        " Is it entitled to apply at all? ·"
    )[0]
    assert heads == (
        " - Is it entitled to apply at all? Of 72: 10 answers change; 62 stay the same. "
        "- 15 questions, of 72 in each: 72 cannot be compared, because one side is only used "
        "in place of a text that is not available."
    )
    counts = ipcity(
        "compare", "--before", "2014", "--after", "2016", str(CITIES), "--format", "json"
    ).json["counts"]
    county_level = sum(
        "county-level-city" in path.read_text("utf-8") for path in CITIES.glob("*")
    )
    assert county_level == counts.pop("applicant")["changed"] == 10
    assert {counted["cannot-be-compared"] for counted in counts.values()} == {72}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_event_that_cannot_be_is_told_alike_whatever_is_asked(
    ipcity: Ipcity, tmp_path: Path, language: str
) -> None:
    sheet = (CITIES / "lianyungang.yaml").read_text("utf-8")
    path = tmp_path / "slip.yaml"
    path.write_text(sheet.replace("value: 95 points", "value: 55 points"), "utf-8")
    told = ipcity("validate", str(path), "--lang", language).out.partition("\n\n")[0]
    assert ":20:5: " in told.partition("\n")[0]
    assert "F122" in told
    for command in (
        ("evaluate", "--decision", "acceptance"),
        ("compare", "--before", "2016", "--after", "2016", "--decision", "acceptance"),
    ):
        ran = ipcity(*command, str(path), "--lang", language)
        assert ran.status == 1
        assert ran.err.strip() == told


@pytest.mark.whole
def test_what_happened_is_no_fault_where_another_law_is_tried(
    ipcity: Ipcity, honours: str
) -> None:
    # Nobody is accepted "with honours" by the law in force; Lianyungang was by its own.
    city = str(CITIES / "lianyungang.yaml")
    asked = ("--decision", "acceptance", "--format", "json")
    ran = ipcity("evaluate", city, "--version", honours, *asked)
    assert (ran.status, ran.json["outcome"]) == (0, "honours")
    ran = ipcity("evaluate", city, "--set", "fostering-floor=96 points", *asked)
    assert (ran.status, ran.json["outcome"]) == (0, "next-pilot-round")


def test_sheets_with_faults_are_left_out_by_name(
    ipcity: Ipcity, tmp_path: Path, comparison_schema: jsonschema.Draft202012Validator
) -> None:
    sheet = (CITIES / "lianyungang.yaml").read_text("utf-8")
    late = sheet.replace("value: 95 points", "value: 55 points")  # and accepted all the same
    assert late != sheet
    path = tmp_path / "slip.yaml"
    path.write_text(late, "utf-8")
    ran = ipcity(
        "compare", "--before", "2016", "--after", "2016", *ANSWERED, str(path),
        str(CITIES / "yiwu.yaml"), "--format", "json",
    )  # fmt: skip
    assert ran.status == 1
    comparison_schema.validate(ran.json)
    assert [one["en"] for one in ran.json["left-out"]] == ["Lianyungang"]
    assert sum(ran.json["counts"]["acceptance"].values()) == 1
    alone = ipcity("compare", "--before", "2016", "--after", "2016", *ANSWERED, str(path))
    assert "No sheet could be compared." in alone.out
    assert "Left out, because something of the sheet is wrong: Lianyungang." in alone.out
