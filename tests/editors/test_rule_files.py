"""What an editor with a language server for YAML shows of rule files.

The server comes from the npm registry: `npm ci --prefix tests/editors`, then
`pytest tests/editors`.
"""

from pathlib import Path

import pytest

from tests.editors.language_server import Editor, Shown, plain
from tests.support import ROOT, SECOND_LAW

pytestmark = pytest.mark.deep

SCHEMA = ROOT / "schemas" / "measure.schema.json"
SHIPPED = sorted(
    path
    for path in (ROOT / "policies").rglob("*.yaml")
    if path.read_text("utf-8").startswith("# yaml-language-server: ")
)
OF_SECOND_LAW = sorted(
    path
    for path in SECOND_LAW.rglob("*.yaml")
    if path.name != "sources.yaml" and "sheet:" not in path.read_text("utf-8")
)
#: Where files are that are only open in the editor.
VERSION = ROOT / "policies" / "ip-cities" / "2016"
ARTICLE = """\
article: 7
title-en: An example
title-zh: 示例
basis: attested
"""


def show(editor: Editor, text: str, path: Path | None = None) -> Shown:
    """Open a text that keeps to the schema of rule files."""
    return editor.show(text, SCHEMA, path or VERSION / f"new-{editor.asked}.yaml")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_wrong_with_a_shipped_file(editor: Editor, path: Path) -> None:
    text = path.read_text("utf-8")
    assert editor.diagnostics(path, text) == []
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    hover = editor.at("hover", path, first, 1)
    assert "schema.json" in plain(hover["contents"])  # so that it was held against one


@pytest.mark.parametrize("path", OF_SECOND_LAW, ids=lambda path: path.name)
def test_nothing_is_wrong_with_another_law(editor: Editor, path: Path) -> None:
    assert show(editor, path.read_text("utf-8") + "¦", path).wrong == []


@pytest.mark.parametrize("text", ["¦", "\n¦\n", "ar¦"])
def test_an_empty_file_is_offered_every_kind_whole_and_its_keys(
    editor: Editor, text: str
) -> None:
    offered = show(editor, text).offered
    kinds = {"an article", "a version", "a draft", "the vocabulary", "a file of rule tests"}
    assert kinds <= offered.keys()
    kinds = {"article", "provision", "in-force", "amends", "subject", "tests", "interprets"}
    assert kinds <= offered.keys()
    explained, inserted = offered["an article"]
    assert explained.startswith("an article of the law")
    assert inserted.startswith("article: $1\ntitle-en: $2\ntitle-zh: $3\nbasis: ${4|attested,")
    assert offered["amends"][0].startswith("the version that it amends")


def test_a_file_whose_kind_is_not_said_yet_is_offered_the_keys_of_all(editor: Editor) -> None:
    shown = show(editor, "title-en: An example\n¦")
    assert {"article", "amends", "issuer-en", "cases"} <= shown.offered.keys()
    assert "title-en" not in shown.offered
    ((line, message),) = shown.wrong
    assert line == 1
    assert message.startswith("a rule file says what it is by one of the keys article, ")


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("article: 7\n¦", {"title-en", "basis", "rules", "readings"}, {"article", "amends"}),
        ("title-en: A draft\namends: small/1\n¦", {"change", "repeal", "why-zh"}, {"rules"}),
        (ARTICLE + "ru¦", {"rules"}, {"title-en", "tests"}),
        (ARTICLE + "rules:\n  a-rule:\n    ¦", {"require", "basis"}, {"when", "rules"}),
        (ARTICLE + "rules:\n  a-rule:\n    title-en: A\n    ¦", {"title-zh"}, {"title-en"}),
        (
            ARTICLE + "decisions:\n  d:\n    bands:\n      - outcome: out\n        ¦",
            {"when", "effects", "says-en"},
            {"outcome", "bands"},
        ),
        ("tests: small\ncases:\n  - decision: d\n    expect:\n      ¦", {"decided-by"}, {"on"}),
        ("in-force:\n  from: 2001-01-01\n  ¦", {"until", "why-en"}, {"from", "issuer-en"}),
    ],
)
def test_the_keys_that_belong_there_are_offered(
    editor: Editor, text: str, there: set[str], not_there: set[str]
) -> None:
    offered = show(editor, text).offered
    assert there <= offered.keys()
    assert not not_there & offered.keys()
    assert all(offered[key][0] for key in there)  # each is explained


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ARTICLE.replace("attested", "¦"), {"attested", "inferred", "assumed", "unavailable"}),
        (ARTICLE.replace("attested", "in¦"), {"inferred"}),
        (ARTICLE + "readings:\n  r:\n    confidence: ¦", {"high", "medium", "low"}),
        ("tests: small\ncases:\n  - strict: ¦", {'"yes"', '"no"'}),
    ],
)
def test_the_words_that_a_value_may_be_are_offered_each_with_its_meaning(
    editor: Editor, text: str, words: set[str]
) -> None:
    offered = show(editor, text).offered
    assert words <= offered.keys()
    explanations = [offered[word][0] for word in words]
    assert all(explanations)
    assert len(set(explanations)) == len(words)


def test_a_named_entry_is_offered_whole(editor: Editor) -> None:
    offered = show(editor, ARTICLE + "rules:\n  ¦").offered
    assert offered["a rule"] == (
        "one condition of the law, which is met or not",
        "${1:name}:\n  title-en: $2\n  title-zh: $3\n  require: $4",
    )
    assert "joined by hyphens" in offered["name"][0]


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        (ARTICLE.replace("basis", "ba¦sis"), "what its text is based on"),
        (ARTICLE.replace("attested", "att¦ested"), "`attested`: the text itself says so"),
        (ARTICLE + "rules:\n  ¦a-rule:\n    require: x", "one condition of the law"),
        (ARTICLE + "rules:\n  a-rule:\n    re¦quire: x", "the condition"),
        (ARTICLE + "parameters:\n  fl¦oor: 60 points", "an amount, a period, a date or some"),
        ("amends: small/1\nch¦ange:\n  parameters.floor: 1 m", "what is replaced"),
    ],
)
def test_a_key_a_name_and_a_value_are_explained(
    editor: Editor, text: str, explanation: str
) -> None:
    assert explanation in show(editor, text).explained


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (ARTICLE + "rulez: {}¦", 5, "Property rulez is not allowed."),
        (ARTICLE + "note-en: x\ntests: x¦", 6, "Property tests is not allowed."),
        (
            ARTICLE.replace("attested", "certain¦"),
            4,
            'Value is not accepted. Valid values: "attested", "inferred", "assumed", '
            '"unavailable".',
        ),
        (ARTICLE.replace("7", "seven¦"), 1, "this is not the number of an article"),
        (
            ARTICLE + "rules:\n  A Rule:\n    title-en: x\n    require: y¦",
            6,
            "a name is written in lower-case words joined by hyphens",
        ),
        (ARTICLE + "rules:\n  a-rule:\n    title-en: x¦", 6, 'Missing property "require".'),
        (ARTICLE.replace("basis: attested\n", "¦"), 1, 'Missing property "basis".'),
        ("amends: small¦", 1, "this is not a version such as `measure/2000`"),
    ],
)
def test_a_slip_is_shown_on_its_line(
    editor: Editor, text: str, line: int, message: str
) -> None:
    assert (line, message) in show(editor, text).wrong


def test_a_word_of_the_law_in_chinese_is_a_name(editor: Editor) -> None:
    text = ARTICLE + "rules:\n  规则-一:\n    title-en: x\n    title-zh: 一\n    require: y¦"
    assert show(editor, text).wrong == []
