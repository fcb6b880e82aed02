"""The shipped measures: sound, in two languages, and right about real cities."""

from collections.abc import Iterator
from decimal import Decimal

import jsonschema
import pytest

from ipcity_policy.engines.interpreter import answer
from ipcity_policy.lang.values import Numbers
from ipcity_policy.measure.library import Library
from ipcity_policy.text.document import Mapping, Node, Scalar, Sequence
from ipcity_policy.text.shape import LANGUAGES
from tests.support import ROOT, Ipcity

CITIES = ROOT / "policies" / "ip-cities" / "cities"
LIANYUNGANG = "policies/ip-cities/cities/lianyungang.yaml"


def test_the_policies_are_clean_and_every_rule_test_passes(ipcity: Ipcity) -> None:
    checked = ipcity("check", "policies")
    assert (checked.status, checked.err) == (0, "")
    assert checked.out.rstrip().endswith("nothing wrong")
    tested = ipcity("test", "policies", "--format", "json")
    assert tested.status == 0
    assert tested.json["passed"] == len(tested.json["cases"]) > 0


def test_every_rule_and_outcome_is_seen_met_not_met_and_unknown(ipcity: Ipcity) -> None:
    coverage = ipcity("test", "policies", "--format", "json").json["coverage"]
    assert coverage["seen"] == coverage["all"] > 0
    assert coverage["untested-versions"] == []
    options = {one["version"]: one["untried-options"] for one in coverage["versions"]}
    assert options["ip-cities/2016"] == []


def test_every_city_sheet_is_valid_and_has_a_rule_test(
    ipcity: Ipcity, library: Library
) -> None:
    assert ipcity("validate", str(CITIES)).status == 0
    tests = (ROOT / "policies" / "ip-cities" / "tests" / "cities.yaml").read_text("utf-8")
    for path in CITIES.glob("*.yaml"):
        assert f"../cities/{path.name}" in tests


def texts(node: Node) -> Iterator[tuple[str, str]]:
    """Yield every key and text of a document."""
    match node:
        case Mapping(entries):
            for key, value in entries:
                if isinstance(value, Scalar):
                    yield key.text, value.text
                yield from texts(value)
        case Sequence(items):
            for item in items:
                yield from texts(item)


def test_what_a_reader_sees_is_written_in_both_languages(library: Library) -> None:
    for path in sorted((ROOT / "policies").glob("**/*.yaml")):
        document = library.document(path).value
        assert document is not None
        keys = [key for key, _ in texts(document)]
        counts = {
            language: sorted(k[:-3] for k in keys if k.endswith(f"-{language}"))
            for language in LANGUAGES
        }
        assert counts["en"] == counts["zh"], path
        for key, text in texts(document):
            if key.endswith("-zh"):
                assert any("\u4e00" <= char <= "\u9fff" for char in text), (path, text)
            if key.endswith("-en"):
                assert any("a" <= char <= "z" for char in text), (path, text)


def test_lianyungang_as_json(
    ipcity: Ipcity, verdict_schema: jsonschema.Draft202012Validator
) -> None:
    args = ("--version", "2016", "--decision", "acceptance", "--format", "json")
    first, second = (ipcity("evaluate", LIANYUNGANG, *args) for _ in range(2))
    assert first.status == 0
    assert first.out == second.out
    verdict_schema.validate(first.json)
    assert first.json["outcome"] == "fostering-stage"
    assert first.json["decided-by"] == ["art-14-d"]


def scored(score: str | None) -> bytes:
    facts = f"facts: {{acceptance-score: {score}}}\n" if score else ""
    head = "sheet: 1\nmeasure: ip-cities\ncity: {name-en: A city, name-zh: 某市}\n"
    return (head + facts).encode()


@pytest.mark.parametrize(
    ("score", "outcome", "readings", "others"),
    [
        ("59.995 points", "title-withdrawn", [], []),
        ("60 points", "next-pilot-round", ["exactly-sixty"], ["title-withdrawn"]),
        ("69.999 points", "next-pilot-round", [], []),
        ("70 points", "fostering-stage", ["exactly-seventy"], ["next-pilot-round"]),
        ("70.001 points", "fostering-stage", [], []),
    ],
)
def test_scores_at_and_beside_the_limits(
    ipcity: Ipcity, verdict_schema: jsonschema.Draft202012Validator,
    score: str, outcome: str, readings: list[str], others: list[str],
) -> None:  # fmt: skip
    ran = ipcity(
        "evaluate", "-", "--version", "2016", "--decision", "acceptance", "--format", "json",
        stdin=scored(score),
    )  # fmt: skip
    verdict_schema.validate(ran.json)
    assert ran.json["outcome"] == outcome
    assert [one["reading"] for one in ran.json["readings"]] == readings
    assert [
        given["outcome"]
        for one in ran.json["readings"]
        for given in one["alternatives"].values()
    ] == others
    assert ran.json["basis"] == ("inferred" if readings else "attested")


@pytest.mark.parametrize(
    ("score", "readings", "effects"),
    [
        ("55 points", ["start-of-the-bar", "barred-title"], ["pilot-application"]),
        ("65 points", [], ["next-pilot-round-entry"]),
        (
            "95 points",
            ["choice-above-seventy"],
            ["fostering-stage-entry", "next-pilot-round-entry"],
        ),
    ],
)
def test_doubts_about_what_an_outcome_causes_are_readings_too(
    ipcity: Ipcity, verdict_schema: jsonschema.Draft202012Validator,
    score: str, readings: list[str], effects: list[str],
) -> None:  # fmt: skip
    ran = ipcity(
        "evaluate", "-", "--version", "2016", "--decision", "acceptance", "--format", "json",
        stdin=scored(score),
    )  # fmt: skip
    verdict_schema.validate(ran.json)
    assert [one["reading"] for one in ran.json["effect-readings"]] == readings
    assert [one["application"] for one in ran.json["effects"]] == effects
    assert (ran.json["readings"], ran.json["basis"]) == ([], "attested")


def test_without_a_score_three_outcomes_are_possible_and_one_fact_is_missing(
    ipcity: Ipcity, verdict_schema: jsonschema.Draft202012Validator
) -> None:
    ran = ipcity(
        "evaluate", "-", "--version", "2016", "--decision", "acceptance", "--format", "json",
        stdin=scored(None),
    )  # fmt: skip
    verdict_schema.validate(ran.json)
    assert ran.json["outcome"] is None
    assert ran.json["possible"] == ["title-withdrawn", "next-pilot-round", "fostering-stage"]
    assert [(m["kind"], m["name"]) for m in ran.json["missing"]] == [
        ("fact", "acceptance-score")
    ]
    assert ran.json["settled-by"] == [["acceptance-score"]]


@pytest.mark.parametrize("tenths", range(0, 1001, 7))
def test_every_score_against_the_text_of_article_14(library: Library, tenths: int) -> None:
    score = Decimal(tenths) / 10
    ref = library.find("ip-cities/2016")
    assert ref is not None
    program = library.program(ref).value
    assert program is not None
    found = answer(program, {"acceptance-score": Numbers(score, score, "points")}, "acceptance")
    # Below 60 the title goes; between 60 and 70 another round; above 70 fostering.
    if score < 60:
        assert found.outcome == "title-withdrawn"
    elif 60 < score < 70:
        assert found.outcome == "next-pilot-round"
    elif score > 70:
        assert found.outcome == "fostering-stage"


@pytest.mark.parametrize(
    ("on", "version", "outcome", "how"),
    [
        ("2016-05-05", "ip-cities/2014", "eligible", "in-force"),
        ("2017-05-05", "ip-cities/2016", "not-eligible", "in-force"),
        ("2013-01-01", None, None, "none"),
        ("2023-05-05", "ip-cities/2016", "not-eligible", "in-doubt"),
    ],
)
def test_yiwu_with_no_facts_beyond_its_type(
    ipcity: Ipcity, verdict_schema: jsonschema.Draft202012Validator,
    on: str, version: str | None, outcome: str | None, how: str,
) -> None:  # fmt: skip
    text = (
        "sheet: 1\nmeasure: ip-cities\n"
        "city: {name-en: Yiwu, name-zh: 义乌, type: county-level-city}\n"
    )
    args = ("--on", on, "--decision", "applicant", "--format", "json")
    ran = ipcity("evaluate", "-", *args, stdin=text.encode())
    assert ran.status == 0
    verdict_schema.validate(ran.json)
    assert (ran.json["version"], ran.json["outcome"]) == (version, outcome)
    assert ran.json["version-choice"]["how"] == how
    if outcome is not None:
        assert ran.json["basis"] == "attested"
        assert ran.json["decided-by"] == ["art-3"]
    if how == "in-doubt":
        assert "end-in-doubt" in [a["kind"] for a in ran.json["assumptions"]]
        assert ran.json["version-basis"] == "assumed"


def test_every_type_of_unit_under_article_3(ipcity: Ipcity) -> None:
    # Typed from the articles: what each of them names.
    named = {
        "2014": {"separate-planning-city", "sub-provincial-city", "prefecture-level-city",
                 "municipal-district", "county-level-city"},
        "2016": {"separate-planning-city", "sub-provincial-city", "prefecture-level-city",
                 "municipal-district"},
    }  # fmt: skip
    for version, types in named.items():
        for one in (*named["2014"], "other-unit"):
            city = f"{{name-en: A, name-zh: 某, type: {one}}}"
            text = f"sheet: 1\nmeasure: ip-cities\ncity: {city}\n"
            args = ("--version", version, "--decision", "applicant", "--format", "json")
            ran = ipcity("evaluate", "-", *args, stdin=text.encode())
            assert ran.json["outcome"] == ("eligible" if one in types else "not-eligible")


def test_the_change_of_2016_moves_the_county_level_cities_and_no_other(ipcity: Ipcity) -> None:
    args = ("--before", "2014", "--after", "2016", str(CITIES), "--format", "json")
    ran = ipcity("compare", *args)
    assert ran.status == 0
    county = {
        path.stem
        for path in CITIES.glob("*.yaml")
        if "county-level-city" in path.read_text("utf-8")
    }
    moved = {
        row["subject"]["en"].lower(): row["decisions"]["applicant"]["causes"]
        for row in ran.json["subjects"]
        if any(d["movement"] == "moved" for d in row["decisions"].values())
    }
    assert moved == {city: [["parameters.eligible-types"]] for city in county}
    assert [(c["clause"], c["after"]) for c in ran.json["clauses"]] == [
        ("parameters.eligible-types", "art-3")
    ]


def test_the_draft_moves_them_back_and_names_what_it_changes(ipcity: Ipcity) -> None:
    args = (
        "--before",
        "2016",
        "--after",
        "county-level-again",
        str(CITIES),
        "--format",
        "json",
    )
    ran = ipcity("compare", *args)
    assert {
        row["subject"]["en"]: row["decisions"]["applicant"]["after"]["outcome"]
        for row in ran.json["subjects"]
        if row["decisions"]["applicant"]["movement"] == "moved"
    } == {"Jimo": "eligible", "Yiwu": "eligible"}
    assert [c["clause"] for c in ran.json["clauses"]] == [
        "parameters.eligible-types",
        "parameters.fostering-floor",
    ]


def test_the_modelines_lead_to_the_schema_of_the_file() -> None:
    count = 0
    for path in (ROOT / "policies").glob("**/*.yaml"):
        first = path.read_text("utf-8").partition("\n")[0]
        if "$schema=" in first:
            name = "sources" if path.name == "sources.yaml" else "measure"
            target = (path.parent / first.partition("$schema=")[2]).resolve()
            assert target == ROOT / "schemas" / f"{name}.schema.json"
            count += 1
    assert count >= 10
