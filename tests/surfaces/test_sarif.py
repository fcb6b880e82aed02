"""`check --format sarif`: what the published schema asks for, and what editors need of it."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import referencing

from ipcity_policy.formats.sarif import diagnostics_sarif
from ipcity_policy.text.codes import CODES
from ipcity_policy.text.diagnostic import Edit, Fix, Related, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Source, Span
from tests.support import HEAD, ROOT, SMALL, Ipcity, Make

ARTICLE = SMALL["1/article-01.yaml"]


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    path = ROOT / "tests" / "data" / "sarif" / "sarif-schema-2.1.0.json"
    value = json.loads(path.read_text("utf-8"))
    jsonschema.Draft4Validator.check_schema(value)
    return jsonschema.Draft4Validator(value, registry=referencing.Registry())


def results(log: Any) -> Any:
    (run,) = log["runs"]
    return run["results"]


def region(at: tuple[int, int], end: tuple[int, int]) -> dict[str, int]:
    return {"startLine": at[0], "startColumn": at[1], "endLine": end[0], "endColumn": end[1]}


@pytest.mark.whole
def test_sound_files_give_a_log_without_results(
    ipcity: Ipcity, schema: jsonschema.Draft4Validator
) -> None:
    ran = ipcity("check", "--format", "sarif")
    assert ran.status == 0
    schema.validate(ran.json)
    assert results(ran.json) == []
    (run,) = ran.json["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    assert all(rule["help"]["text"] == CODES[rule["id"]].rule for rule in rules)
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in rules}
    assert (levels["S101"], levels["L101"], levels["S205"]) == ("error", "warning", "note")


@pytest.mark.whole
def test_every_kind_of_result_with_its_places_and_fixes(
    ipcity: Ipcity,
    make: Make,
    schema: jsonschema.Draft4Validator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = ARTICLE.replace("title-en: Weight", "titel-en: Weight", 1)
    text += "rules:\n  城-x: {title-en: 城, title-zh: 市, require: weigth is below light}\n"
    made = make(
        {
            "1/article-01.yaml": text,
            "1/第 2 条.yaml": "article: 2\n\ttitle-en: x\n",
            "1/article-03.yaml": "a: [",
            "notes.yml": "",
            "1/more.yml": "x: 1",
        }
    )
    monkeypatch.chdir(made.home)
    ran = ipcity("check", ".", "--format", "sarif")
    assert ran.status == 1
    schema.validate(ran.json)
    found = results(ran.json)
    by_code = {one["ruleId"]: one for one in found}
    assert {"S201", "S105", "S106", "M116"} <= set(by_code)
    rules = ran.json["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in found)
    for one in found:
        for place in one["locations"]:
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9%/._~-]+", uri)
            assert (made.home / unquote(uri)).exists()

    slip = by_code["S201"]
    assert slip["level"] == "error"
    assert (
        "`titel-en` is not a key of an article; did you mean `title-en`?"
        in (slip["message"]["text"])
    )
    where = {"uri": "1/article-01.yaml", "uriBaseId": "SRCROOT"}
    title = region((2, 1), (2, 9))
    assert slip["locations"] == [
        {"physicalLocation": {"artifactLocation": where, "region": title}}
    ]
    assert slip["fixes"] == [
        {
            "description": {"text": "write `title-en` for `titel-en`"},
            "artifactChanges": [
                {
                    "artifactLocation": where,
                    "replacements": [
                        {"deletedRegion": title, "insertedContent": {"text": "title-en"}}
                    ],
                }
            ],
        }
    ]
    (again,) = by_code["S106"]["relatedLocations"]
    assert again["message"]["text"] == "it was written here first"
    assert (
        again["physicalLocation"]["region"]["startLine"]
        == ARTICLE.split("\n").index("rules:") + 1
    )
    tabbed = [one for one in found if one["ruleId"] == "S105"]
    uris = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in tabbed
    ]
    assert uris == ["1/article-03.yaml", "1/%E7%AC%AC%202%20%E6%9D%A1.yaml"]
    # What is said of a whole file or folder has no region.
    stray = by_code["M116"]["locations"][0]["physicalLocation"]
    assert stray == {"artifactLocation": {"uri": "1/more.yml", "uriBaseId": "SRCROOT"}}


@pytest.mark.whole
def test_columns_count_code_points(
    ipcity: Ipcity, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make({"1/article-02.yaml": HEAD + "note-zh: 𠮷\nnote-en: x\nno-te: y\n"})
    text = "article: 3\n{}: 1\n".format("𠮷城x y")
    (made.home / "1/article-03.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(made.home)
    found = results(ipcity("check", ".", "--format", "sarif").json)
    (key,) = [one for one in found if "𠮷城x y" in one["message"]["text"]]
    assert key["locations"][0]["physicalLocation"]["region"] == region((2, 1), (2, 6))


def test_files_that_lie_elsewhere_are_named_in_full(
    ipcity: Ipcity, make: Make, schema: jsonschema.Draft4Validator
) -> None:
    made = make({"1/article-02.yaml": HEAD + "no: 1\n"})
    log = ipcity("check", str(made.home), "--format", "sarif").json
    schema.validate(log)
    (one,) = results(log)
    artifact = one["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": (made.home / "1/article-02.yaml").as_uri()}


def test_a_path_that_is_not_there(ipcity: Ipcity, schema: jsonschema.Draft4Validator) -> None:
    ran = ipcity("check", "nowhere:1", "--format", "sarif")
    assert ran.status == 1
    schema.validate(ran.json)
    (one,) = results(ran.json)
    assert one["ruleId"] == "S101"
    where = one["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": "nowhere%3A1", "uriBaseId": "SRCROOT"}


def test_what_sarif_reads_as_more_than_text_is_written_so_that_it_is_not(
    schema: jsonschema.Draft4Validator,
) -> None:
    source = Source("x.yaml", "a: {0} [b](1) c\\d\n")
    at = Span(source, 3, 6)
    edits = (Edit(Span(source, 0, 0), "# x\n"), Edit(at, ""))
    one = diagnose(
        "S204",
        say(r"`{{0}}` and `[b](1)` and `[c]` and `d\e`"),
        at,
        related=[Related(at, say("here")), Related(at, say("and here"))],
        fix=Fix(say("do"), edits),
    )
    log = diagnostics_sarif([one])
    schema.validate(log)
    (result,) = results(log)
    assert result["message"]["text"].startswith(r"`{{0}}` and `\[b](1)` and `[c]` and `d\\e`;")
    assert [place["id"] for place in result["relatedLocations"]] == [0, 1]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": region((1, 1), (1, 1)), "insertedContent": {"text": "# x\n"}},
        {"deletedRegion": region((1, 4), (1, 7))},
    ]


def test_a_log_after_mending_tells_what_is_left(
    ipcity: Ipcity, make: Make, schema: jsonschema.Draft4Validator
) -> None:
    slip = ARTICLE.replace("title-en: Weight", "titel-en: Weight", 1)
    made = make({"1/article-01.yaml": slip, "1/article-02.yaml": HEAD + "no: 1\n"})
    log = ipcity("check", "--fix", str(made.home), "--format", "sarif").json
    schema.validate(log)
    assert [one["ruleId"] for one in results(log)] == ["S201"]
    assert Path(made.home / "1/article-01.yaml").read_text("utf-8") == ARTICLE
