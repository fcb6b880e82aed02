"""Indicator systems: the shipped table against what is known of it, and what hangs on one."""

import re
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from ipcity_policy.api import validate
from ipcity_policy.engines.interpreter.arithmetic import calculated
from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import NumberType
from ipcity_policy.lang.values import Numbers, Value
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Basis
from tests.support import SMALL, Ipcity, Made, Make

#: By number: the block, the points, and whether less is better. It breaks off at the sixth.
KNOWN = {
    "1": ("strength-in-creation", 4, False),
    "2": ("strength-in-creation", 3, False),
    "3": ("strength-in-creation", 4, False),
    "4": ("strength-in-creation", 2, True),
    "5": ("strength-in-creation", 2, True),
    "6": ("strength-in-use", None, False),
}


@pytest.mark.whole
def test_the_shipped_table_says_what_is_known_and_no_more(library: Library) -> None:
    (ref,) = library.named("ip-cities/2016")
    program = library.program(ref).value
    assert program is not None
    system = program.systems["objective-strength"]
    found = {
        row.number: (block.id, None if row.points is None else int(row.points), row.reverse)
        for block in system.blocks
        for row in block.indicators
    }
    assert found == KNOWN
    assert [block.points for block in system.blocks] == [Decimal(15), Decimal(20)]
    assert [block.further for block in system.blocks] == [False, True]
    assert (system.points, system.left) == (Decimal(100), Decimal(65))
    assert system.further
    assert {row.method for row in system.indicators()} == {None}
    assert system.origin.provision == "appendix-2"
    assert system.origin.basis is Basis.INFERRED
    # How the parts are weighted and what they come to at most is not known: a fact has it.
    assert set(program.systems) == {"objective-strength"}
    total = program.vocabulary.facts["converted-total"]
    assert isinstance(total.datatype, NumberType)
    assert (total.datatype.low, total.datatype.high) == (Decimal(0), None)


@pytest.mark.parametrize(
    ("rows", "stated", "total"),
    [
        ((5, 5), (7, 7), (5, 5)),  # what is known of every row comes first
        ((5, 9), (7, 7), (7, 7)),
        ((5, 9), (8, 12), (8, 9)),
        ((5, 6), (8, 12), (8, 12)),
    ],
)
def test_a_total_is_as_calculated_and_where_that_is_open_as_stated(
    rows: tuple[int, int], stated: tuple[int, int], total: tuple[int, int]
) -> None:
    sums, given, both = (
        Numbers(Decimal(low), Decimal(high), "grams") for low, high in (rows, stated, total)
    )
    grams = NumberType("grams")
    fact = core.FactRef("whole", grams)
    asked = core.StatedTotal(core.Amount(sums, grams), fact, grams)
    assert calculated(asked, lambda _: given) == both


TABLE = """\
article: 2
title-en: B
title-zh: 乙
basis: attested
parameters: {floor: 6 grams}
indicators:
  goodness:
    title-en: goodness
    title-zh: 优良
    points: 10 grams
    given: weight
    basis: inferred
    blocks:
      looks:
        title-en: looks
        title-zh: 外观
        points: 10 grams
        rows:
          shine: {title-en: shine, title-zh: 光泽, points: 7 grams}
          smell: {title-en: smell, title-zh: 气味, points: 3 grams}
decisions:
  good:
    asks-en: Is it good?
    asks-zh: 是否优良？
    outcomes:
      fine: {says-en: it is, says-zh: 是, when: goodness is at least floor}
      poor: {says-en: it is not, says-zh: 否, when: otherwise}
"""
FACT = """\
  {0}:
    {{type: number, unit: grams, range: at least 0, label-en: a, label-zh: 甲,
    asks-en: A?, asks-zh: 甲？}}
"""
SHEET = """\
sheet: 1
measure: small
thing: {name-en: A, name-zh: 甲}
facts:
"""


def made_with_table(make: Make) -> Made:
    facts = SMALL["facts.yaml"] + FACT.format("shine") + FACT.format("smell")
    return make({"facts.yaml": facts, "1/article-02.yaml": TABLE})


def test_a_total_that_is_given_rests_on_no_table(make: Make) -> None:
    library = made_with_table(make).library
    (ref,) = library.named("small/1")
    program = library.program(ref).value
    assert program is not None
    seven, none, two = (Numbers(Decimal(n), Decimal(n), "grams") for n in (7, 0, 2))
    scored = answer(program, {"shine": seven, "smell": none}, "good")
    assert (scored.outcome, scored.basis) == ("fine", Basis.INFERRED)
    given = answer(program, {"weight": seven}, "good")
    assert (given.outcome, given.basis) == ("fine", Basis.ATTESTED)
    partly = answer(program, {"shine": two}, "good")
    assert (partly.outcome, partly.basis) == ("poor", Basis.INFERRED)


@pytest.mark.parametrize(
    ("floor", "weight", "asked"),
    [
        # Without a point for its shine it comes to 7 at most; with all three, to 3 to 10.
        ("8", None, True),
        ("3", None, True),
        ("6", None, False),
        # Whatever its shine, it comes to 2 to 7 or 3 to 9: a floor of 6 may be reached or not.
        ("6", ("2", "9"), False),
        ("8", ("2", "9"), True),
    ],
)
def test_scores_are_asked_for_where_they_can_decide(
    make: Make, floor: str, weight: tuple[str, str] | None, *, asked: bool
) -> None:
    # Of ten points only the three for its shine are known.
    table = TABLE.replace("floor: 6", f"floor: {floor}")
    table = table.replace("    given: weight", "    further: yes\n    given: weight")
    table = re.sub(r"\n +smell: .*", "", table).replace("points: 7 grams", "points: 3 grams")
    table = table.replace("        points: 10 grams\n", "        points: 3 grams\n")
    files = {
        "facts.yaml": SMALL["facts.yaml"] + FACT.format("shine"),
        "1/article-02.yaml": table,
    }
    library = make(files).library
    (ref,) = library.named("small/1")
    result = library.program(ref)
    assert result.value is not None, result.diagnostics
    stated: dict[str, Value] = {}
    if weight is not None:
        stated["weight"] = Numbers(Decimal(weight[0]), Decimal(weight[1]), "grams")
    found = answer(result.value, stated, "good")
    assert found.possible == ("fine", "poor")
    assert ("shine" in [one.name for one in found.missing]) is asked


def test_a_contradiction_is_told_by_every_verb_and_decides_nothing(
    make: Make, ipcity: Ipcity, tmp_path: Path
) -> None:
    made = made_with_table(make)
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(f"{SHEET}  shine: 5 grams\n  smell: 1 grams\n  weight: 7 grams\n", "utf-8")
    assert made.placed(validate(made.library, sheet)) == [("F112", f"{sheet}:7:11")]
    policies = ("--policies", str(tmp_path))
    for verb in (
        ("validate",),
        ("evaluate", "--version", "1", "--decision", "good"),
        ("compare", "--before", "1", "--after", "1"),
    ):
        ran = ipcity(*verb, str(sheet), *policies)
        assert (ran.status, "F112" in ran.out + ran.err) == (1, True), verb
        assert "(fine)" not in ran.out


def test_a_verdict_that_hangs_on_a_table_conforms(
    make: Make,
    ipcity: Ipcity,
    tmp_path: Path,
    verdict_schema: jsonschema.Draft202012Validator,
) -> None:
    made_with_table(make)
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(f"{SHEET}  shine: 4 grams\n", "utf-8")
    ran = ipcity(
        "evaluate", str(sheet), "--policies", str(tmp_path), "--version", "1",
        "--decision", "good", "--format", "json",
    )  # fmt: skip
    verdict_schema.validate(ran.json)
    assert ran.json["settled-by"] == [["weight"], ["smell"]]
    assert [one["name"] for one in ran.json["missing"]] == ["weight", "smell"]


READING = """\
readings:
  points-for-smell:
    asks-en: 3 or 2?
    asks-zh: 3还是2？
    basis: inferred
    confidence: low
    why-en: The copies differ.
    why-zh: 各本不一。
    default: three
    options:
      three: {says-en: three, says-zh: 三}
      two:
        says-en: two
        says-zh: 二
        change:
          indicators.goodness.blocks.looks.rows.smell.points: 2 grams
          indicators.goodness.blocks.looks.rows.shine.points: 8 grams
"""


def test_a_verdict_says_that_it_depends_on_how_a_table_is_read(
    make: Make, ipcity: Ipcity, tmp_path: Path
) -> None:
    facts = SMALL["facts.yaml"] + FACT.format("shine") + FACT.format("smell")
    make({"facts.yaml": facts, "1/article-02.yaml": TABLE + READING})
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(f"{SHEET}  shine: 3 grams\n", "utf-8")
    ran = ipcity(
        "evaluate", str(sheet), "--policies", str(tmp_path), "--version", "1",
        "--decision", "good", "--format", "json",
    ).json  # fmt: skip
    # With 3 grams for the smell it comes to 6 at most, with 2 to 5.
    assert ran["possible"] == ["fine", "poor"]
    (reading,) = ran["readings"]
    assert reading["reading"] == "points-for-smell"
    assert [one["possible"] for one in reading["alternatives"].values()] == [["poor"]]


def test_a_table_is_shown_to_machines_with_what_is_not_known_as_null(ipcity: Ipcity) -> None:
    shown = ipcity("show", "appendix-2", "2016", "--format", "json").json["indicators"]
    table = shown["objective-strength"]
    assert (table["points"], table["left"], table["further"]) == ("100", "65", True)
    sixth = table["blocks"]["strength-in-use"]["indicators"]["sixth-indicator-score"]
    assert (sixth["points"], sixth["method"], sixth["basis"]) == (None, None, "unavailable")
    assert set(shown) == {"objective-strength"}


def test_an_empty_sheet_says_how_much_a_score_may_be(ipcity: Ipcity) -> None:
    lines = ipcity("sheet", "new", "--version", "2016").out.splitlines()
    place = lines.index("  designs-given-up-score: unknown")
    asked = " ".join(line.strip(" #") for line in lines[place - 6 : place])
    assert "at most 2 points, measured: percent of the designs, lower is better" in asked
    place = lines.index("  sixth-indicator-score: unknown")
    assert "its points are not known" in " ".join(lines[place - 4 : place])
