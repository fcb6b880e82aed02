"""What is cited exists, wherever it is cited."""

import re
from collections.abc import Iterator

import jsonschema
import pytest

from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Basis, Localized, TextSeen
from ipcity_policy.law.program import Program
from ipcity_policy.report.prose.lifecycle import of_time
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.rule_tests.runner import run_tests
from ipcity_policy.text.source import Source
from ipcity_policy.words.numerals import chinese_number, roman
from ipcity_policy.words.sentences import basis_said, translated_said
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence
from tests.support import READING, ROOT, SECOND_LAW, SMALL, Ipcity, Make

ARTICLE = SMALL["1/article-01.yaml"]
CASE = """\
tests: small
cases:
  - case-en: A light thing
    case-zh: 轻物
    given: {thing: {name-en: T, name-zh: 物}, facts: {weight: 5 grams}}
    version: small/1
    decision: class
    expect: {outcome: low, decided-by: [PROVISION]}
    why-en: The text.
    why-zh: 条文。
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    why-en: W", "    provision: art-1-z\n    why-en: W"),
        ("  light: 10 grams", "  light: {provision: art-1-z, value: 10 grams}"),
        ("  is-light: {", "  is-light: {provision: art-1-z, "),
        ("- {outcome: low,", "- {provision: art-1-z, outcome: low,"),
        ("    asks-en: Which", "    provision: art-1-z\n    asks-en: Which"),
        # In what an option would have the text say.
        (": 9 grams", ": {value: 9 grams, provision: art-1-z}"),
    ],
)
def test_what_is_cited_exists_wherever_it_is_cited(make: Make, old: str, new: str) -> None:
    text = ARTICLE + READING.replace("CHANGE", "parameters.light: 9 grams")
    assert old in text
    text = text.replace(old, new, 1)
    place = Source("1/article-01.yaml", text).position(text.index("art-1-z"))
    expected = ("M114", f"1/article-01.yaml:{place.line}:{place.column}")
    assert make({"1/article-01.yaml": text}).places() == [expected]


@pytest.mark.parametrize(
    ("provision", "expected"),
    [
        ("art-1", []),
        ("art-1-z", [("R101", "tests/cases.yaml:8:41")]),
    ],
)
def test_what_a_rule_test_cites_exists(
    make: Make, provision: str, expected: list[tuple[str, str]]
) -> None:
    made = make({"tests/cases.yaml": CASE.replace("PROVISION", provision)})
    (case,) = run_tests(made.library, [made.home / "tests/cases.yaml"]).value or ()
    assert made.placed(case.diagnostics) == expected
    assert case.passed is (expected == [])


#: An article with items of the law's own, and one whose items the law runs on.
NUMBERED = """\
article: 14
title-en: Numbered
title-zh: 有编号
basis: attested
provisions:
  art-14-d: {says-en: D., says-zh: 丁。}
  art-14.iv: {says-en: V., says-zh: 四。}
  art-14.iv-b: {says-en: B., says-zh: 乙。}
  art-14.a: {says-en: A., says-zh: 甲。}
  art-14.2: {says-en: T., says-zh: 二。}
  art-14-harbours: {says-en: H., says-zh: 港。}
"""
RUN_ON = """\
article: 32
title-en: Run on
title-zh: 连写
basis: attested
numbering: ours
provisions:
  art-32.iii: {says-en: C., says-zh: 丙。}
  art-32-a: {says-en: A., says-zh: 甲。}
"""
CIRCULAR = """\
provision: circular
title-en: The circular
title-zh: 印发通知
basis: attested
provisions:
  circular-a: {says-en: A., says-zh: 甲。}
"""


@pytest.mark.parametrize(
    ("provision", "english", "chinese"),
    [
        ("art-14", "Art. 14", "第十四条"),
        ("art-14.iv", "Art. 14(iv)", "第十四条第四项"),
        ("art-14.a", "Art. 14(a)", "第十四条第a项"),
        ("art-14.2", "Art. 14(2)", "第十四条第二项"),
        ("art-14-d", "Art. 14 (our letter d)", "第十四条（编者所加序号d）"),
        ("art-14.iv-b", "Art. 14(iv) (our letter b)", "第十四条第四项（编者所加序号b）"),
        (
            "art-14-harbours",
            "Art. 14 (our name “harbours”)",
            "第十四条（编者所加代称“harbours”）",
        ),
        ("art-32.iii", "Art. 32 (our number iii)", "第三十二条（编者所加序号三）"),
        ("art-32-a", "Art. 32 (our letter a)", "第三十二条（编者所加序号a）"),
        ("circular", "The circular", "印发通知"),
        ("circular-a", "The circular", "印发通知"),
    ],
)
def test_what_the_law_does_not_number_is_cited_as_ours(
    make: Make, provision: str, english: str, chinese: str
) -> None:
    files = {"14": NUMBERED, "32": RUN_ON, "40": CIRCULAR}
    made = make({f"1/article-{name}.yaml": text for name, text in files.items()})
    program = program_of(made.library, "small/1")
    for language, said in (("en", english), ("zh", chinese)):
        assert Wording(program.vocabulary, language, program).cite(provision) == said


def test_a_row_is_cited_as_the_decision_that_it_stands_in(make: Make) -> None:
    text = ARTICLE.replace("    asks-en: Which", "    provision: art-1-a\n    asks-en: Which")
    program = program_of(make({"1/article-01.yaml": text}).library, "small/1")
    wording = Wording(program.vocabulary, "en", program)
    rows = program.decisions["class"].outcomes
    assert {wording.origin(row.origin) for row in rows} == {"Art. 1 (our letter a)"}


@pytest.mark.whole
def test_every_entry_is_cited_as_the_provision_that_it_stands_under(
    library: Library, second_law: Library
) -> None:
    for shelf in (library, second_law):
        programs = {name: program_of(shelf, name) for name in shelf.names()}
        for program in programs.values():
            entries = (
                *program.parameters.values(),
                *program.quantities.values(),
                *program.rules.values(),
                *program.decisions.values(),
                *(row for one in program.decisions.values() for row in one.outcomes),
                *program.readings.values(),
                *(one for kind in of_time(program.history).values() for one in kind.values()),
            )
            for origin in (one.origin for one in entries):
                home = programs[origin.carried_from or program.id]
                assert origin.ours == home.provisions[origin.provision].ours, origin


def program_of(shelf: Library, name: str) -> Program:
    ref = shelf.find(name)
    assert ref is not None
    program = shelf.program(ref).value
    assert program is not None
    return program


LIANYUNGANG = "policies/ip-cities/cities/lianyungang.yaml"
WHOLE = "policies/ip-cities/cities/fictitious-whole.yaml"
#: What attests in each version, as its head says it.
ENGLISH = "the English translation; the Chinese original was not seen"
CHINESE = "英文译本；未见中文原文"
REPRINT = "a reprint of the opening of the Chinese notice; the rest of it was not seen"
PORTAL = "the Chinese text of Articles 1 to 4 as a portal mirrors it; the office's own copy"


@pytest.mark.whole
def test_a_number_of_ours_is_marked_where_another_version_stands_in(ipcity: Ipcity) -> None:
    # The English runs the grounds of Article 32 on in one sentence; 2014 has no such text.
    asked = ("--decision", "title-standing", "--version", "2014", "--on", "2016-06-01")
    english = flat(ipcity("evaluate", WHOLE, *asked).out)
    assert "Art. 32 (our number iii) of ip-cities/2016" in english
    assert "32(iii)" not in english
    chinese = flat(ipcity("--lang", "zh", "evaluate", WHOLE, *asked).out).replace(" ", "")
    assert "2016年办法第三十二条（编者所加序号三）" in chinese
    assert "第三十二条第三项" not in chinese


@pytest.mark.whole
def test_machines_are_told_which_part_of_an_id_is_ours(
    ipcity: Ipcity,
    verdict_schema: jsonschema.Draft202012Validator,
    timeline_schema: jsonschema.Draft202012Validator,
) -> None:
    asked = ("--decision", "acceptance", "--on", "2016-11-20", "--format", "json")
    verdict = ipcity("evaluate", WHOLE, *asked).json
    verdict_schema.validate(verdict)
    assert verdict["decided-by"] == ["art-14-d"]
    ours = {one["provision"]: one["ours"] for one in verdict["reasons"]}
    assert ours == {"art-14-a": "-a", "art-14-c": "-c", "art-14-d": "-d"}
    assert [one["ours"] for one in verdict["effects"]] == ["-d", "-d"]
    assert verdict["text-seen"] == {
        "language": "en",
        "translated-from": "zh",
        "original": "unseen",
        "attested-by": {"en": ENGLISH, "zh": CHINESE},
    }
    timeline = ipcity("timeline", WHOLE, "--on", "2018-06-01", "--format", "json").json
    timeline_schema.validate(timeline)
    assert timeline["texts-seen"]["ip-cities/2016"] == verdict["text-seen"]
    assert all(one["ours"] == "-a" for one in timeline["terms"])  # Art. 13, 15, 27
    shown = {
        id: ipcity("show", id, "2016", "--format", "json").json["items"]
        for id in ("art-18", "art-28", "art-32")
    }
    assert shown["art-18"]["art-18.iv"]["ours"] is None
    assert shown["art-18"]["art-18.i-a"]["ours"] == "-a"
    assert shown["art-28"]["art-28.i"]["ours"] is None
    assert shown["art-28"]["art-28-a"]["ours"] == "-a"
    assert shown["art-32"]["art-32.ii"]["ours"] == ".ii"


@pytest.mark.deep
@pytest.mark.parametrize(
    ("command", "expected"),
    [
        # What is attested of 2016 is read in the translation.
        (("evaluate", WHOLE, "--decision", "acceptance", "--on", "2016-11-20"), [ENGLISH]),
        (("timeline", WHOLE, "--on", "2018-06-01"), [ENGLISH]),
        (("timeline", LIANYUNGANG, "--on", "2017-12-10", "--due", "300"), [ENGLISH]),
        (("show", "art-1", "2016"), [ENGLISH]),
        # A draft has no text of its own.
        (("show", "art-1", "county-level-again"), [ENGLISH]),
        # Articles 1 to 4 of 2014 were read in Chinese.
        (("show", "art-1", "2014"), [PORTAL]),
        (("show", "strong-cities/2022"), [REPRINT]),
        (("list",), [PORTAL, ENGLISH, REPRINT]),
        # From Article 5 on nothing of 2014 is attested, and nothing at all of 2025.
        (("show", "articles-5-onward", "2014"), []),
        (("show", "2025"), []),
        (("evaluate", WHOLE, "--decision", "acceptance", "--version", "2014"), []),
    ],
)
def test_what_attests_is_told_once_where_something_attested_is_told(
    ipcity: Ipcity, command: tuple[str, ...], expected: list[str]
) -> None:
    said = flat(ipcity(*command).out)
    assert said.count("“attested” means") == len(expected)
    assert all(said.count(one) == 1 for one in expected)


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_what_attests_is_told_on_pages_in_both_languages(ipcity: Ipcity, form: str) -> None:
    asked = ("--decision", "acceptance", "--on", "2016-11-20", "--format", form)
    pages = [ipcity("--lang", one, "evaluate", WHOLE, *asked).out for one in ("en", "zh")]
    english, chinese = (re.sub("<[^>]+>", "", page) for page in pages)
    assert english.count(f"“attested” means stated by {ENGLISH}") == 1
    assert chinese.count(f"“载明”指见于{CHINESE}") == 1


def test_what_attests_is_told_of_each_side_of_which_something_is_compared(
    ipcity: Ipcity,
) -> None:
    sheet = "policies/ip-cities/cities/jimo.yaml"
    sides = ("compare", "--before", "2014", "--after", "2016", sheet, "--decision")
    applicant = flat(ipcity(*sides, "applicant").out)  # Article 3 stands in both
    assert f"in ip-cities/2014, “attested” means stated by {PORTAL}" in applicant
    assert f"in ip-cities/2016, “attested” means stated by {ENGLISH}" in applicant
    acceptance = flat(ipcity(*sides, "acceptance").out)
    assert "“attested” means stated by the English" in acceptance
    assert PORTAL not in acceptance


TRANSLATED = "本系统依据英文译本编写，中文表述非官方文本"


@pytest.mark.whole
@pytest.mark.parametrize(
    ("command", "count"),
    [
        (("evaluate", WHOLE, "--decision", "acceptance", "--on", "2016-11-20"), 1),
        (("timeline", WHOLE, "--on", "2018-06-01"), 1),
        (("show", "art-1", "2016"), 1),
        (("show", "county-level-again"), 1),
        (("list",), 1),
        # The text of 2014 was read in Chinese.
        (("show", "2014"), 0),
        (("evaluate", WHOLE, "--decision", "applicant", "--version", "2014"), 0),
    ],
)
def test_a_translation_is_told_once_and_never_as_the_text_itself(
    ipcity: Ipcity, command: tuple[str, ...], count: int
) -> None:
    chinese = flat(ipcity("--lang", "zh", *command).out).replace(" ", "")
    english = flat(ipcity(*command).out)
    assert chinese.count(TRANSLATED) == count
    assert english.count("written from a translation into English") == count
    assert count == 0 or "条文载明" not in chinese
    assert count == 0 or "the text itself" not in english


def test_a_translation_names_the_languages_and_one_that_is_not_known_by_its_code() -> None:
    words = Localized("a copy", "副本")
    seen = TextSeen("en", "unseen", words, translated_from="fr")
    assert basis_said(Basis.ATTESTED, seen, "zh") == "译本载明（未核对fr原文）"
    assert basis_said(Basis.INFERRED, seen, "zh") == basis_said(Basis.INFERRED, None, "zh")
    assert translated_said(seen, "zh") == "本系统依据英文译本编写，fr表述非官方文本"
    assert translated_said(TextSeen("en", "whole", words), "en") is None


def test_a_version_is_called_as_the_vocabulary_calls_it(make: Make) -> None:
    named = "versions: {1: {label-en: the small text, label-zh: 小文本}}\nunits:"
    vocabulary = SMALL["facts.yaml"].replace("units:", named, 1)
    program = program_of(make({"facts.yaml": vocabulary}).library, "small/1")
    for language, called in (("en", "the small text"), ("zh", "小文本")):
        wording = Wording(program.vocabulary, language, program)
        assert (wording.called("small/1"), wording.called("small/2")) == (called, "small/2")


def test_what_is_called_a_version_is_one(make: Make) -> None:
    named = "versions:\n  11: {label-en: the small text, label-zh: 小文本}\nunits:"
    vocabulary = SMALL["facts.yaml"].replace("units:", named, 1)
    made = make({"facts.yaml": vocabulary})
    assert ("M101", "facts.yaml:7:3") in made.places()


def flat(text: str) -> str:
    """Return a text without its lines."""
    return re.sub(r"\s+", " ", text)


#: The numbers that people write in Chinese, as ids have them.
NUMBERS = {chinese_number(number): number for number in range(1, 100)}
ITEMS = {
    chinese_number(roman(written)): written
    for written in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
}


def cited_in(text: str) -> Iterator[str]:
    """Yield the items that a text cites in its own words, as ids."""
    for article, marks in re.findall(r"\bArt(?:icle|\.) (\d+)((?:\([a-z]+\))+)", text):
        yield f"art-{article}" + "".join(f".{mark}" for mark in re.findall("[a-z]+", marks))
    numbers = "[一二三四五六七八九十]+"
    for article, item, mark in re.findall(
        f"第({numbers})条(?:第({numbers})项|第?[（(]([^）)]+)[）)])", text
    ):
        mark = item or mark
        yield f"art-{NUMBERS[article]}.{ITEMS.get(mark, mark)}"


def texts_of(node: Node) -> Iterator[str]:
    match node:
        case Scalar(text):
            yield text
        case Sequence(items):
            for item in items:
                yield from texts_of(item)
        case document.Mapping(entries):
            for _, value in entries:
                yield from texts_of(value)


def test_items_are_found_in_both_languages() -> None:
    text = "Article 18(i)(b) and Art. 5(v); 第十八条第三项、第十四条(d)和第十四条（d）"
    assert [*cited_in(text)] == ["art-18.i.b", "art-5.v", "art-18.iii", "art-14.d", "art-14.d"]


@pytest.mark.whole
def test_no_file_cites_a_letter_or_number_of_ours_as_the_laws(
    library: Library, second_law: Library
) -> None:
    for shelf, root in ((library, ROOT / "policies"), (second_law, SECOND_LAW)):
        of_the_law: dict[str, set[str]] = {}
        for name in shelf.names():
            program = program_of(shelf, name)
            of_the_law.setdefault(program.vocabulary.measure, set()).update(
                id.removesuffix(one.ours) for id, one in program.provisions.items()
            )
        seen = 0
        for path in sorted(root.rglob("*.yaml")):
            node = read_bytes(path.name, path.read_bytes()).value
            assert node is not None
            measure = path.relative_to(root).parts[0]
            for cited in (one for text in texts_of(node) for one in cited_in(text)):
                seen += 1
                assert cited in of_the_law[measure], (path, cited)
        assert seen > 10
