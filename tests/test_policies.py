"""The shipped measures: sound, in two languages, and right about real cities."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import jsonschema
import pytest

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.lang.values import Numbers
from ipcity_policy.law.library import Library
from ipcity_policy.questions.sufficiency import settled_by
from ipcity_policy.sheet.reader import open_sheet
from ipcity_policy.studies.provisions import ProvisionKind, kinds
from ipcity_policy.text.subject import FactPath
from ipcity_policy.yaml.document import Mapping, Node, Scalar, Sequence
from ipcity_policy.yaml.schema import LANGUAGES
from tests.support import ROOT, Ipcity

CITIES = ROOT / "policies" / "ip-cities" / "cities"
LIANYUNGANG = "policies/ip-cities/cities/lianyungang.yaml"


@pytest.mark.whole
def test_the_policies_are_clean(ipcity: Ipcity) -> None:
    checked = ipcity("check", "policies")
    assert (checked.status, checked.err) == (0, "")
    assert checked.out.rstrip().endswith("nothing wrong")


@pytest.mark.whole
def test_every_rule_test_passes_and_sees_every_rule_and_outcome(ipcity: Ipcity) -> None:
    tested = ipcity("test", "policies", "--format", "json")
    assert tested.status == 0
    assert tested.json["passed"] == len(tested.json["cases"]) > 0
    coverage = tested.json["coverage"]
    # Of what is decided each is seen met, not met and unknown; of time, both ways.
    assert coverage["seen"] == coverage["all"] > 0
    assert coverage["of-time"]["seen"] == coverage["of-time"]["all"] > 0
    assert coverage["untested-versions"] == []
    assert coverage["untested-interpretations"] == []
    options = {one["version"]: one["untried-options"] for one in coverage["versions"]}
    assert options["ip-cities/2016"] == []


@pytest.mark.whole
def test_every_city_sheet_is_valid_and_has_a_rule_test_or_stands_in_the_roster(
    ipcity: Ipcity, library: Library
) -> None:
    assert ipcity("validate", str(CITIES)).status == 0
    files = (ROOT / "policies" / "ip-cities" / "tests").glob("*.yaml")
    tests = "".join(file.read_text("utf-8") for file in files)
    roster = (ROOT / "tests" / "data" / "roster.txt").read_text("utf-8")
    for path in CITIES.glob("*.yaml"):
        sheet = open_sheet(library, path).value
        assert sheet is not None
        held = f"../cities/{path.name}" in tests
        assert held or f" | {sheet.name.en} | {sheet.name.zh} | " in roster, path


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


@pytest.mark.whole
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


@pytest.mark.whole
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


@pytest.mark.whole
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


@pytest.mark.whole
@pytest.mark.parametrize(
    ("score", "readings", "effects"),
    [
        ("55 points", ["bar-after-failure"], ["pilot-application"]),
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


@pytest.mark.whole
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


@pytest.mark.parametrize(
    ("low", "high", "possible"),
    [
        # Article 14 takes the title below 60, opens another round between 60 and 70 and the
        # stage of fostering above 70. Of 60 and of 70 it is read which band they are in.
        ("0", "59.999", {"title-withdrawn"}),
        ("59.999", "60", {"title-withdrawn", "next-pilot-round"}),
        ("60", "60", {"next-pilot-round"}),
        ("60.001", "69.999", {"next-pilot-round"}),
        ("69.999", "70", {"next-pilot-round", "fostering-stage"}),
        ("70", "70", {"fostering-stage"}),
        ("70.001", "100", {"fostering-stage"}),
        ("59.999", "70.001", {"title-withdrawn", "next-pilot-round", "fostering-stage"}),
        ("0", "0", {"title-withdrawn"}),
        ("100", "100", {"fostering-stage"}),
    ],
)
def test_scores_about_the_limits_of_article_14(
    library: Library, low: str, high: str, possible: set[str]
) -> None:
    ref = library.find("ip-cities/2016")
    assert ref is not None
    program = library.program(ref).value
    assert program is not None
    score = Numbers(Decimal(low), Decimal(high), "points")
    found = answer(program, {"acceptance-score": score}, "acceptance")
    assert {*found.possible} == possible
    assert found.outcome == (next(iter(possible)) if len(possible) == 1 else None)


@pytest.mark.whole
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
    answer = ran.json["supposed"] if how == "in-doubt" else ran.json
    assert (ran.json["version"], answer["outcome"]) == (version, outcome)
    assert ran.json["version-choice"]["how"] == how
    if outcome is not None:
        assert answer["basis"] == "attested"
        assert answer["decided-by"] == ["art-3"]
    if how == "in-doubt":
        assert "end-in-doubt" in [a["kind"] for a in ran.json["assumptions"]]
        assert ran.json["version-basis"] == "assumed"


@pytest.mark.whole
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


#: What is known to stand in the status table, beside facts that other questions need too.
STATUS = (
    "ip-office-exists",
    "office-staff",
    "enforcement-staff",
    "ip-budget-share",
    "inventions-per-10000",
)


@pytest.mark.whole
@pytest.mark.parametrize("decision", ["pilot-application", "model-application"])
def test_the_sheet_of_an_application_asks_for_the_status_table(
    ipcity: Ipcity, decision: str
) -> None:
    form = ipcity("sheet", "new", "--decision", decision).out
    for fact in STATUS:
        about = form.split(f"\n  {fact}: unknown\n")[0].rpartition(": unknown\n")[2]
        assert "table of the basic status (inferred)" in " ".join(about.split())
    schema = ipcity("sheet", "schema", "--decision", decision).out
    assert all(f'"{fact}"' in schema for fact in STATUS)


@pytest.mark.whole
@pytest.mark.parametrize("decision", ["pilot-application", "model-application"])
def test_what_the_status_table_asks_has_no_part_in_the_application(
    ipcity: Ipcity, decision: str
) -> None:
    text = (ROOT / WANHENG).read_text("utf-8")
    without = re.sub(rf"^  ({'|'.join(STATUS)}): .*\n", "", text, flags=re.MULTILINE)
    assert len(text.splitlines()) - len(without.splitlines()) == len(STATUS)
    args = ("evaluate", "-", "--decision", decision, "--format", "json")
    answers = [ipcity(*args, stdin=one.encode()).json for one in (text, without)]
    for said in answers:
        assert (said["outcome"], said["missing"]) == ("may-apply", [])


def county_level_cities() -> set[str]:
    """Return the files of the county-level cities."""
    files = CITIES.glob("*.yaml")
    return {path.stem for path in files if "county-level-city" in path.read_text("utf-8")}


@pytest.mark.whole
def test_the_change_of_2016_moves_the_county_level_cities_and_no_other(ipcity: Ipcity) -> None:
    args = ("--before", "2014", "--after", "2016", str(CITIES), "--format", "json")
    ran = ipcity("compare", *args)
    assert ran.status == 0
    moved = {
        row["subject"]["en"].lower(): row["decisions"]["applicant"]["causes"]
        for row in ran.json["subjects"]
        if any(d["movement"] == "changed" for d in row["decisions"].values())
    }
    assert moved == {city: [["parameters.eligible-types"]] for city in county_level_cities()}
    # What becomes a model city, no list of cities in fostering any more, and so another day
    # on which fostering begins.
    assert [(c["clause"], c["before"], c["after"]) for c in ran.json["clauses"]] == [
        ("parameters.eligible-types", "art-3", "art-3"),
        ("transitions.model-approval", "art-4", "art-20-b"),
        ("transitions.fostering-listing", "practice-fostering", None),
        ("derived.fostering-start", "practice-fostering", "art-15-b"),
    ]


@pytest.mark.whole
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
        row["subject"]["en"].lower(): row["decisions"]["applicant"]["after"]["outcome"]
        for row in ran.json["subjects"]
        if row["decisions"]["applicant"]["movement"] == "changed"
    } == dict.fromkeys(county_level_cities(), "eligible")
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


#: Statements that could be decided and are kept in words, and why.
KEPT_IN_WORDS = {
    "art-7-a": "once a year in principle binds to no day",
    "art-12-b": "what is major is not said, and no day is set",
    "art-13-f": "how the indicators are scored was not found, so the score is a stated fact",
    "art-16-c": "no number of rounds is set, so there is none at which to stop",
    "art-20-a": "once a year in principle binds to no day",
    "art-26-b": "what is major is not said, and no day is set",
    "art-28-a": "nothing follows from the one way of examining or the other",
    "art-30-b": "a power over provinces, from which nothing follows for a city",
    "art-33-d": "no document that differs is put into rules",
}


def test_every_statement_of_2016_has_its_place(library: Library) -> None:
    lines = (ROOT / "tests" / "data" / "inventory-2016.txt").read_text("utf-8").splitlines()
    entries = [line.partition("|")[0] for line in lines if not line.startswith("#")]
    inventory = dict(entry.split() for entry in entries)
    ref = library.find("ip-cities/2016")
    assert ref is not None
    program = library.program(ref).value
    assert program is not None
    found = kinds(program)
    assert set(found) == set(inventory)
    allowed = {
        "Y": {ProvisionKind.EVALUATED},
        "P": {ProvisionKind.EVALUATED, ProvisionKind.JUDGED},
        "N": {ProvisionKind.EVALUATED, ProvisionKind.JUDGED, ProvisionKind.RECORDED},
    }
    others = {id for id, mark in inventory.items() if found[id] not in allowed[mark]}
    assert others == set(KEPT_IN_WORDS)
    for id in KEPT_IN_WORDS:
        note = program.provisions[id].note
        assert note is not None, id


WANHENG = "policies/ip-cities/cities/fictitious-whole.yaml"


@pytest.mark.whole
def test_the_size_of_the_population_would_settle_jinings_place(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    """A city for which all is well, but for the place that was published of Jining."""
    published = "overall-enforcement-rank: {value: {rank: 37, of: unknown}, source: jining}"
    assert published in (CITIES / "jining.yaml").read_text("utf-8")
    text = (ROOT / WANHENG).read_text("utf-8")
    sheet = tmp_path / "jining.yaml"
    stated = "overall-enforcement-rank: {rank: 40, of: 300}"
    assert stated in text
    sheet.write_text(text.replace(stated, published), "utf-8")
    asked = ("--decision", "model-application")
    reading = ("--reading", "pilot-city-population=all-evaluated")
    args = ("evaluate", str(sheet), *asked, *reading)
    verdict = ipcity(*args, "--format", "json").json
    assert verdict["outcome"] is None
    assert [one["name"] for one in verdict["missing"]] == ["overall-enforcement-rank.of"]
    assert verdict["settled-by"] == [["overall-enforcement-rank.of"]]
    english, chinese = ipcity(*args).out, ipcity(*args, "--lang", "zh").out
    assert "how many there are" in " ".join(english.split())
    assert "共有多少" in "".join(chinese.split())
    # 37 is within three in ten of 124, and not of 123.
    for size, outcome in ((123, "may-not-apply"), (124, "may-apply")):
        sheet.write_text(text.replace(stated, published.replace("unknown", str(size))), "utf-8")
        assert ipcity(*args, "--format", "json").json["outcome"] == outcome


@pytest.mark.whole
def test_with_two_facts_missing_the_answer_is_that_of_trying_every_value(
    library: Library,
) -> None:
    """A place and a grade are missing: every pair of values is tried by hand."""
    sheet = open_sheet(library, ROOT / WANHENG).value
    ref = library.find("ip-cities/2016")
    assert sheet is not None
    assert ref is not None
    program = library.program(ref).value
    assert program is not None
    known = {name: one.value for name, one in sheet.statements.items()}
    score, total = "objective-score", "converted-total"
    few = {name: value for name, value in known.items() if name not in (score, total)}
    open_ = answer(program, few, "model-application")
    assert set(open_.possible) == {"may-apply", "may-not-apply"}
    assert [one.name for one in open_.missing] == [score, total]
    found = settled_by(program, few, "model-application", open_, strict=False)
    assert set(found) == {(FactPath(score), FactPath(total))}
    outcomes: dict[tuple[int, int], str | None] = {}
    for pair in product(range(0, 101, 5), range(0, 101, 5)):
        stated = {
            name: Numbers(Decimal(points), Decimal(points), "points")
            for name, points in zip((score, total), pair, strict=True)
        }
        given = answer(program, {**few, **stated}, "model-application")
        outcomes[pair] = given.outcome
        enough = pair[0] >= 60 and pair[1] >= 80
        assert given.outcome == ("may-apply" if enough else "may-not-apply")
    # Neither alone settles it whatever it turns out to be.
    for number in (0, 1):
        assert any(
            len({outcomes[pair] for pair in outcomes if pair[number] == points}) > 1
            for points in range(0, 101, 5)
        )


#: What of the measures of 2014 is attested, and so decided where nothing assumed counts.
ATTESTED_IN_2014 = {"applicant"}


@pytest.mark.deep
def test_strict_leaves_of_2014_what_is_attested(ipcity: Ipcity, library: Library) -> None:
    ref = library.find("ip-cities/2014")
    assert ref is not None
    program = library.program(ref).value
    assert program is not None
    assert set(program.decisions) > ATTESTED_IN_2014
    for decision in program.decisions:
        asked = (WANHENG, "--version", "ip-cities/2014", "--decision", decision)
        headline = ipcity("evaluate", *asked, "--format", "json").json
        strict = ipcity("evaluate", *asked, "--strict", "--format", "json").json
        assert headline["outcome"] == strict["outcome"], decision
        loose = headline["supposed"] or headline
        assert loose["outcome"] is not None, decision
        if decision in ATTESTED_IN_2014:
            assert (loose["basis"], strict["outcome"]) == ("attested", loose["outcome"])
        else:
            assert loose["basis"] in ("assumed", "unavailable"), decision
            assert (strict["outcome"], strict["basis"]) == (None, "unavailable"), decision


def told_city(score: str, *events: str) -> bytes:
    """Return a sheet of a city approved on 1 June 2018 and accepted on 10 August 2021."""
    lines = [
        "{event: pilot-approved, on: 2018-06-01}",
        f"{{event: acceptance-passed, on: 2021-08-10, facts: {{acceptance-score: {score}}}}}",
        *events,
    ]
    head = "sheet: 1\nmeasure: ip-cities\ncity: {name-en: A city, name-zh: 某市}\n"
    rest = "\n".join(f"  - {line}" for line in lines)
    return f"{head}events-known-until: 2030-12-31\nevents:\n{rest}\n".encode()


@pytest.mark.whole
def test_whose_each_deadline_is(ipcity: Ipcity) -> None:
    """Articles 12 to 17: cities report, governments may go on, the province accepts."""
    args = ("timeline", "-", "--version", "2016", "--on", "2021-09-01", "--format", "json")
    found = ipcity(*args, stdin=told_city("75 points")).json["deadlines"]
    whose = {one["deadline"]: (one["duty-of"], one["option-of"]) for one in found}
    # Article 12: pilot cities submit.
    assert whose["pilot-report"] == ("city", None)
    # Article 8: their governments issue the plan.
    assert whose["pilot-plan"] == ("city-government", None)
    # Article 13: the province organises the acceptance.
    assert whose["acceptance-by-province"] == ("provincial-office", None)
    # Articles 14, 15 and 17: a city may apply; it has six months for that, and need not.
    assert whose["fostering-plan"] == (None, "city-government")
    assert whose["record-work"] == (None, "city-government")


@pytest.mark.whole
@pytest.mark.parametrize(
    ("language", "option", "consequence", "passed"),
    [
        (
            "en",
            "an option, not a duty",
            "if it is not done: left the list",
            "not done; its time",
        ),
        ("zh", "属选择权，不属义务", "后果：逾期未备案，视为退出", "未办理，期限已过"),
    ],
)
def test_what_a_city_may_do_is_told_as_an_option(
    ipcity: Ipcity, language: str, option: str, consequence: str, passed: str
) -> None:
    """The six months of Articles 15 to 17 run from 1 June to 1 December 2021."""
    sheet = told_city("75 points")

    def said(*args: str) -> str:
        asked = ("timeline", "-", "--version", "2016", "--lang", language, *args)
        out = re.sub(r"\r\n ", "", ipcity(*asked, stdin=sheet).out).replace("\\,", ",")
        return re.sub(r"\s+", " " if language == "en" else "", out)

    open_ = said("--on", "2021-09-01", "--format", "markdown")
    assert (option in open_, consequence in open_, passed in open_) == (True, True, False)
    assert option in said("--on", "2021-09-01", "--due", "100", "--format", "markdown")
    assert option in said("--on", "2021-09-01", "--format", "ics")
    # A day later the city counts as having left: nobody is told to be late for it.
    after = said("--on", "2021-12-02", "--format", "markdown")
    assert passed in after
    due = ("--on", "2021-12-02", "--due", "30", "--format", "json")
    agenda = ipcity("timeline", "-", "--version", "2016", *due, stdin=sheet).json
    late = {one["deadline"] for key in ("overdue", "unknown") for one in agenda[key]}
    assert late
    assert late.isdisjoint({"fostering-plan", "next-round-plan", "record-work"})


@pytest.mark.whole
def test_three_years_are_attested_of_the_first_pilot_round_alone(ipcity: Ipcity) -> None:
    """Article 13 states the period, Article 16 none for another round."""
    args = ("timeline", "-", "--version", "2016", "--on", "2022-01-01", "--format", "json")
    plan = "{event: next-round-plan-issued, on: 2021-09-01}"
    terms = ipcity(*args, stdin=told_city("65 points", plan)).json["terms"]
    assert [(one["term"], one["from"]["low"], one["basis"]) for one in terms] == [
        ("pilot-term", "2018-06-01", "attested"),
        ("pilot-term", "2021-09-01", "inferred"),
    ]


def test_what_a_reading_lets_a_score_cause_is_inferred(ipcity: Ipcity) -> None:
    """Article 14(d) lets a city above 70 enter fostering; another round is a reading."""
    args = ("evaluate", "-", "--version", "2016", "--decision", "acceptance")
    effects = ipcity(*args, "--format", "json", stdin=scored("95 points")).json["effects"]
    assert [(one["application"], one["basis"]) for one in effects] == [
        ("fostering-stage-entry", "attested"),
        ("next-pilot-round-entry", "inferred"),
    ]
    assert "choice-above-seventy" in ipcity(*args, stdin=scored("95 points")).out


def test_a_reading_of_what_2014_has_of_its_own_is_not_carried_over(library: Library) -> None:
    """By 2014 a model city may come from wherever it stood: no reading of 2016 narrows that."""
    program_of = {}
    for version in ("ip-cities/2014", "ip-cities/2016"):
        ref = library.find(version)
        assert ref is not None
        program = library.program(ref).value
        assert program is not None
        program_of[version] = program
    only = {"way-back-to-the-model-title"}
    assert only <= program_of["ip-cities/2016"].readings.keys()
    assert only.isdisjoint(program_of["ip-cities/2014"].readings)
    assert program_of["ip-cities/2014"].history.transitions["model-approval"].sources is None
