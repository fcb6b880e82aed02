"""What moves from one version to another, and which clause moves it."""

from datetime import date

import jsonschema
import pytest

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.interpreter.explanation import Answer, Fault
from ipcity_policy.formats.html import as_html
from ipcity_policy.formats.json.comparison import comparison_json
from ipcity_policy.formats.markdown import as_markdown
from ipcity_policy.formats.text import as_text
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.model import Basis
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.report.reports.comparison import comparison_report
from ipcity_policy.sheet.reader import open_sheet
from ipcity_policy.studies.comparison.comparison import Comparison, Pair, compare_versions
from ipcity_policy.studies.comparison.movement import Movement, movement_of
from tests.support import HEAD, SECOND_LAW, SMALL, Make
from tests.unit.test_expected_position import EVENTS, LAW, lent_sheet

BOATS = SECOND_LAW / "berths" / "boats"


def compared(library: Library, before: str, after: str) -> Comparison:
    sheets = [open_sheet(library, BOATS / name).value for name in ("dot.yaml", "nellie.yaml")]
    first, second = library.find(before), library.find(after)
    assert first is not None
    assert second is not None
    found = [sheet for sheet in sheets if sheet is not None]
    result = compare_versions(library, first, second, found)
    assert result.value is not None
    return result.value


def causes(comparison: Comparison) -> dict[tuple[str, str], list[list[str]]]:
    return {
        (row.sheet.name.en, pair.decision): [[c.key.id for c in group] for group in pair.causes]
        for row in comparison.rows
        for pair in row.pairs
        if pair.movement.moves
    }


def test_the_clauses_that_move_an_answer_are_the_fewest_that_do(second_law: Library) -> None:
    # Dot: under 1998 its insurance was asked for; 2004 lets rowing boats off, with the set
    # that the new rule names. Nellie: the basin was deepened, and a survey now counts.
    assert causes(compared(second_law, "1998", "2004")) == {
        ("Dot", "berth"): [["covered"]],
        ("Nellie", "berth"): [["depth", "covered"]],
    }


def test_a_draft_moves_what_it_changes_and_nothing_else(second_law: Library) -> None:
    comparison = compared(second_law, "2004", "longer-boats")
    assert causes(comparison) == {("Nellie", "fee"): [["great"]]}
    assert [clause.key.id for clause in comparison.clauses] == ["great", "giant", "fee"]


def test_a_version_compared_with_itself_moves_nothing(second_law: Library) -> None:
    comparison = compared(second_law, "2004", "2004")
    assert comparison.clauses == ()
    assert {p.movement for row in comparison.rows for p in row.pairs} == {Movement.SAME}


def test_what_is_carried_over_counts_neither_as_same_nor_as_moved(library: Library) -> None:
    home = library.measures()[0]
    sheet = open_sheet(library, home / "cities" / "lianyungang.yaml").value
    before, after = library.find("2014"), library.find("2016")
    assert sheet is not None
    assert before is not None
    assert after is not None
    result = compare_versions(library, before, after, [sheet], decision="acceptance")
    assert result.value is not None
    ((pair,),) = (row.pairs for row in result.value.rows)
    assert pair.movement is Movement.ASSUMED
    assert result.value.clauses == ()
    # 95 points are above both floors of 2016, which stand in for those of 2014.
    assert (pair.before.outcome, pair.after.outcome) == (None, "fostering-stage")
    assert pair.supposed is not None
    supposed = (pair.supposed.before.outcome, pair.supposed.after.outcome)
    assert supposed == ("fostering-stage", "fostering-stage")
    assert {(one.id, gap.instead) for one, gap in pair.supposed.gaps if gap.instead} == {
        ("ip-cities/2014", "ip-cities/2016")
    }


#: A red thing is marked by a text that is not available; the new text takes it for plain.
ASSUMED_AND_NEW = {
    "1/article-02.yaml": HEAD
    + """\
decisions:
  d:
    asks-en: D
    asks-zh: 决
    outcomes:
      marked: {says-en: A, says-zh: 甲, when: colour is "red", basis: assumed}
      plain: {says-en: B, says-zh: 乙, when: otherwise}
""",
    "drafts/d.yaml": """\
amends: small/1
title-en: D
title-zh: 草
change:
  decisions.d:
    asks-en: D
    asks-zh: 决
    outcomes:
      marked: {says-en: A, says-zh: 甲, when: colour is "blue"}
      plain: {says-en: B, says-zh: 乙, when: otherwise}
""",
}


@pytest.mark.parametrize(
    ("facts", "supposed", "line"),
    [
        ({"colour": "red"}, ("marked", "plain"), "marked before, plain after"),
        ({"colour": "blue"}, ("plain", "marked"), "plain before, marked after"),
        # With nothing known, what is assumed answers no more than what is not.
        ({}, None, ""),
    ],
)
def test_what_is_only_supposed_is_told_beside_what_cannot_be_compared(
    make: Make,
    comparison_schema: jsonschema.Draft202012Validator,
    facts: dict[str, str],
    supposed: tuple[str, str] | None,
    line: str,
) -> None:
    made = make(ASSUMED_AND_NEW)
    thing = {"name-en": "T", "name-zh": "物"}
    sheet = read_sheet(
        made.library, {"sheet": "1", "measure": "small", "thing": thing, "facts": facts}
    ).value
    before, after = made.library.find("small/1"), made.library.find("small/d")
    assert sheet is not None
    assert before is not None
    assert after is not None
    found = compare_versions(made.library, before, after, [sheet], decision="d").value
    assert found is not None
    told = comparison_json(found)
    comparison_schema.validate(told)
    pair = told["subjects"][0]["decisions"]["d"]
    assert pair["movement"] == "cannot-be-compared"
    if supposed is None:
        assert pair["supposed"] is None
        assert "supposing" not in as_text(comparison_report(found, "en"))
        return
    sides = (pair["supposed"][side]["outcome"] for side in ("before", "after"))
    assert tuple(sides) == supposed
    assert pair["supposed"]["provisions"] == [
        {"version": "small/1", "provision": "art-2", "instead": None}
    ]
    for form in (as_text, as_markdown):
        said = " ".join(form(comparison_report(found, "en")).split())
        assert "1 cannot be compared: T" in said
        assert line in said
    page = as_html([comparison_report(found, "zh")], "zh")
    says = {"marked": "甲", "plain": "乙"}
    first, second = (f"“{says[one]}”（{one}）" for one in supposed)
    assert f"之前{first}，之后{second}" in page


def given(
    outcome: str | None,
    *possible: str,
    fault: Fault | None = None,
    basis: Basis = Basis.ATTESTED,
) -> Answer:
    possible = (outcome,) if outcome is not None else possible
    return Answer(outcome, possible, fault, basis, (), (), ())


@pytest.mark.parametrize(
    ("before", "after", "causing", "movement"),
    [
        (given("a"), given("b"), "another", Movement.CHANGED),
        (given("a"), given(None, fault=Fault.GAP), "the same", Movement.CHANGED),
        (
            given(None, "a", "b", fault=Fault.OVERLAP),
            given(None, "a", "c", fault=Fault.OVERLAP),
            "the same",
            Movement.CHANGED,
        ),
        (given(None, "a", "b"), given("a"), "another", Movement.DECIDED),
        (given(None, "a", "b"), given(None, fault=Fault.GAP), "the same", Movement.DECIDED),
        (given("a"), given(None, "a", "b"), "another", Movement.OPENED),
        (given("a"), given("a"), "another", Movement.EFFECTS),
        (given("a"), given("a"), "the same", Movement.SAME),
        (given(None, "a", "b"), given(None, "a", "b", "c"), "the same", Movement.MORE),
        (given(None, "a", "b", "c"), given(None, "a", "c"), "the same", Movement.FEWER),
        (given(None, "a", "b"), given(None, "a", "c"), "the same", Movement.OTHERS),
        # In what order a rule file has its outcomes is nothing that moves.
        (given(None, "a", "b"), given(None, "b", "a"), "the same", Movement.SAME),
        (given("a", basis=Basis.INFERRED), given("b"), "the same", Movement.CHANGED),
        (given("a"), given("b", basis=Basis.ASSUMED), "the same", Movement.ASSUMED),
        (given("a", basis=Basis.ASSUMED), given("a"), "the same", Movement.ASSUMED),
        (
            given(None, "a", "b", basis=Basis.UNAVAILABLE),
            given("a"),
            "the same",
            Movement.ASSUMED,
        ),
    ],
)
def test_only_an_answer_that_changed_counts_as_changed(
    before: Answer, after: Answer, causing: str, movement: Movement
) -> None:
    same = causing == "the same"
    assert movement_of(before, after, same_effects=same) is movement


def compared_with(
    make: Make, article: str, draft: str, facts: dict[str, str]
) -> tuple[Comparison, Pair]:
    """Compare the small measure with a draft of it, for its decision `d`, on one thing."""
    text = "amends: small/1\ntitle-en: D\ntitle-zh: 草\n" + draft
    made = make({"1/article-02.yaml": HEAD + article, "drafts/d.yaml": text})
    for name in ("small/1", "small/d"):
        assert made.places(name) == []
    thing = {"name-en": "T", "name-zh": "物"}
    sheet = {"sheet": "1", "measure": "small", "thing": thing, "facts": facts}
    read = read_sheet(made.library, sheet)
    before, after = made.library.find("small/1"), made.library.find("small/d")
    assert read.value is not None, read.diagnostics
    assert before is not None
    assert after is not None
    found = compare_versions(made.library, before, after, [read.value], decision="d")
    assert found.value is not None
    ((pair,),) = (row.pairs for row in found.value.rows)
    return found.value, pair


def several_limits(number: int, needed: int) -> tuple[str, str]:
    """Return rules of which some must hold, each with a limit, and a draft that lowers all.

    A weight of 20 is below every limit before, and below none after.
    """
    parameters = "".join(f"  p{i}: 30 grams\n" for i in range(number))
    rules = "".join(
        f"  r{i}: {{title-en: R, title-zh: 则, require: weight is below p{i}}}\n"
        for i in range(number)
    )
    names = ", ".join(f"r{i}" for i in range(number))
    article = (
        f"parameters:\n  enough: {needed}\n{parameters}rules:\n{rules}"
        "decisions:\n  d:\n    asks-en: D\n    asks-zh: 决\n    outcomes:\n"
        "      yes-it-is:\n        says-en: A\n        says-zh: 甲\n        when:\n"
        f"          at-least: enough\n          of: [{names}]\n"
        "      no-it-is-not: {says-en: B, says-zh: 乙, when: otherwise}\n"
    )
    changed = "".join(f"  parameters.p{i}: 10 grams\n" for i in range(number))
    return article, f"change:\n{changed}"


def test_three_clauses_that_only_together_move_an_answer_are_found(make: Make) -> None:
    # Two of four are enough: any three that fail leave one, and two that fail leave two.
    article, draft = several_limits(4, 2)
    _, pair = compared_with(make, article, draft, {"weight": "20 grams"})
    assert pair.movement is Movement.CHANGED
    assert [[clause.key.id for clause in group] for group in pair.causes] == [
        ["p0", "p1", "p2"],
        ["p0", "p1", "p3"],
        ["p0", "p2", "p3"],
        ["p1", "p2", "p3"],
    ]


@pytest.mark.parametrize("number", [5, 25])
def test_of_more_clauses_than_are_tried_together_none_too_many_is_named(
    make: Make, number: int
) -> None:
    # Two are enough, so that all but one have to fail; which one stays does not matter.
    article, draft = several_limits(number, 2)
    comparison, pair = compared_with(make, article, draft, {"weight": "20 grams"})
    (group,) = pair.causes
    assert len(group) == len({clause.key.id for clause in group}) == number - 1
    assert len(comparison.clauses) == number


#: The weight is 20; a renewal is barred for six months after 31 August 2003.
BARRING = """\
parameters: {rest: 6 months, again: 6 months, limit: 30 grams}
decisions:
  d:
    asks-en: D
    asks-zh: 决
    outcomes:
      a:
        says-en: A
        says-zh: 甲
        when: weight is below limit
        effects: [bar renewal for rest after sold]
      b: {says-en: B, says-zh: 乙, when: otherwise, effects: [bar renewal for again after sold]}
"""


@pytest.mark.parametrize(
    ("draft", "facts", "movement", "ends", "causes"),
    [
        # 31 August and seven months: 31 March.
        ("parameters.rest: 7 months", {}, Movement.EFFECTS, "2004-03-31", [["rest"]]),
        # The end of February, or four days earlier.
        ("decisions.d.a.effects: [bar renewal for rest after made]", {},
         Movement.EFFECTS, "2004-02-25", [["d"]]),
        # What the period is called, and by which of two equal days it is reckoned, is the same.
        ("decisions.d.a.effects: [bar renewal for again after sold]", {},
         Movement.SAME, "2004-02-29", []),
        ("decisions.d.a.effects: [bar renewal for rest after made]", {"made": "2003-08-31"},
         Movement.SAME, "2004-02-29", []),
        # Another limit that this weight does not reach.
        ("parameters.limit: 25 grams", {}, Movement.SAME, "2004-02-29", []),
    ],
)  # fmt: skip
def test_what_an_answer_causes_moves_by_its_days(
    make: Make,
    draft: str,
    facts: dict[str, str],
    movement: Movement,
    ends: str,
    causes: list[list[str]],
) -> None:
    stated = {"weight": "20 grams", "sold": "2003-08-31", "made": "2003-08-25", **facts}
    comparison, pair = compared_with(make, BARRING, f"change: {{{draft}}}\n", stated)
    assert (pair.before.outcome, pair.after.outcome) == ("a", "a")
    assert pair.movement is movement
    (effect,) = pair.after.effects
    assert effect.until is not None
    assert str(effect.until.low) == str(effect.until.high) == ends
    assert [[clause.key.id for clause in group] for group in pair.causes] == causes
    said = as_text(comparison_report(comparison, "en"))
    assert ("1 stays the same, with other effects" in said) is (movement is Movement.EFFECTS)


def test_a_bar_whose_days_are_not_known_moves_by_its_length(make: Make) -> None:
    change = "change: {parameters.rest: 7 months}\n"
    _, pair = compared_with(make, BARRING, change, {"weight": "20 grams"})
    assert (pair.movement, pair.after.effects[0].until) == (Movement.EFFECTS, None)


COURSE = """\
decisions:
  lending:
    asks-en: May it be lent again?
    asks-zh: 可否再次借出？
    outcomes:
      refused: {says-en: it may not, says-zh: 不得借出, when: barred-from-renewal is yes}
      allowed: {says-en: it may, says-zh: 可以借出, when: otherwise}
"""
BARRED = """\
  barred-from-renewal:
    {type: yes-no, label-en: bar, label-zh: 限制, asks-en: B?, asks-zh: 限？}
"""
#: Lost on 11 March 2003, and barred for a year: up to 11 March 2004.
LOST = {"event": "lent", "on": "2003-01-31"}


@pytest.mark.parametrize(
    ("change", "on", "moves", "cause"),
    [
        ("change: {parameters.rest: 2 years}", "2004-03-11", None, ""),
        (
            "change: {parameters.rest: 2 years}",
            "2004-03-12",
            ("allowed", "refused"),
            "parameters.rest",
        ),
        # A month more, and it was not lost yet on the day asked about.
        (
            "change: {parameters.asking-time: 41 days}",
            "2003-03-11",
            ("refused", "allowed"),
            "parameters.asking-time",
        ),
        (
            "repeal: [lapses.losing.effects]",
            "2003-03-11",
            ("refused", "allowed"),
            "lapses.losing",
        ),
    ],
)
def test_what_follows_from_events_is_compared_too(
    make: Make, change: str, on: str, moves: tuple[str, str] | None, cause: str
) -> None:
    derived = "derived:\n  barred-from-renewal: {barred: renewal}\n"
    law = LAW.replace("derived:\n", derived) + COURSE
    vocabulary = SMALL["facts.yaml"] + BARRED + EVENTS
    draft = f"amends: small/1\ntitle-en: D\ntitle-zh: 草\n{change}\n"
    made = make(
        {"facts.yaml": vocabulary, "1/article-02.yaml": HEAD + law, "drafts/d.yaml": draft}
    )
    assert made.codes() == []
    library = open_library(made.home.parent)
    sheet = lent_sheet(library, LOST)
    before, after = library.find("small/1"), library.find("small/d")
    assert before is not None
    assert after is not None
    day = date.fromisoformat(on)
    found = compare_versions(library, before, after, [sheet], decision="lending", on=day)
    assert found.value is not None, found.diagnostics
    ((pair,),) = (row.pairs for row in found.value.rows)
    if moves is None:
        assert pair.movement is Movement.SAME
        return
    assert pair.movement is Movement.CHANGED
    assert (pair.before.outcome, pair.after.outcome) == moves
    ((clause,),) = pair.causes
    assert clause.key.path == cause
    for language in ("en", "zh"):
        assert cause in as_text(comparison_report(found.value, language))
    # Whatever version it is asked by, evaluating and comparing say the same.
    for version, outcome in zip(("small/1", "small/d"), moves, strict=True):
        asked = Question("lending", day, version, thorough=False)
        verdicts = evaluate_sheet(library, sheet, asked).value
        assert verdicts is not None
        assert [one.outcome for one in verdicts] == [outcome]


def test_clauses_that_do_not_lead_there_are_not_named_as_what_moves_it(make: Make) -> None:
    # What the draft takes away moves the answer, and the longer rest beside it does not.
    derived = "derived:\n  barred-from-renewal: {barred: renewal}\n"
    law = LAW.replace("derived:\n", derived) + COURSE
    draft = (
        "amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {parameters.rest: 2 years}\n"
        "repeal: [derived.barred-from-renewal]\n"
    )
    vocabulary = SMALL["facts.yaml"] + BARRED + EVENTS
    made = make(
        {"facts.yaml": vocabulary, "1/article-02.yaml": HEAD + law, "drafts/d.yaml": draft}
    )
    before, after = made.library.find("small/1"), made.library.find("small/d")
    assert before is not None
    assert after is not None
    sheet = lent_sheet(made.library, LOST)
    day = date(2003, 3, 11)
    found = compare_versions(made.library, before, after, [sheet], decision="lending", on=day)
    assert found.value is not None, found.diagnostics
    ((pair,),) = (row.pairs for row in found.value.rows)
    assert (pair.movement, pair.causes) == (Movement.OPENED, ())
    assert "parameters.rest" in {clause.key.path for clause in found.value.clauses}
    said = as_text(comparison_report(found.value, "en"))
    assert "1 decided answer is open now, refused → not decided (refused, allowed): T" in said
    assert "moved by" not in said


def test_a_bar_reckoned_from_another_event_ends_on_another_day(make: Make) -> None:
    # Lost on 11 March 2003, lent on 31 January: the year ends on that day of 2004.
    decision = """\
decisions:
  lending:
    asks-en: May it be lent again?
    asks-zh: 可否再次借出？
    outcomes:
      refused:
        says-en: it may not
        says-zh: 不得借出
        when: sold is on or after start
        effects: [bar renewal for rest after sold]
      allowed: {says-en: it may, says-zh: 可以借出, when: otherwise}
"""
    draft = (
        "amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {derived.sold: {day-of: [lent]}}\n"
    )
    made = make(
        {
            "facts.yaml": SMALL["facts.yaml"] + EVENTS,
            "1/article-02.yaml": HEAD + LAW + decision,
            "drafts/d.yaml": draft,
        }
    )
    before, after = made.library.find("small/1"), made.library.find("small/d")
    assert before is not None
    assert after is not None
    sheet, day = lent_sheet(made.library, LOST), date(2003, 6, 1)
    found = compare_versions(made.library, before, after, [sheet], decision="lending", on=day)
    assert found.value is not None, found.diagnostics
    ((pair,),) = (row.pairs for row in found.value.rows)
    ends = [effect.until for one in (pair.before, pair.after) for effect in one.effects]
    assert ends == [
        Dates(date(2004, 3, 11), date(2004, 3, 11)),
        Dates(date(2004, 1, 31), date(2004, 1, 31)),
    ]
    assert pair.movement is Movement.EFFECTS
    assert [[clause.key.id for clause in group] for group in pair.causes] == [["sold"]]
    assert "1 stays the same, with other effects (refused): T" in as_text(
        comparison_report(found.value, "en")
    )


#: A thing that is weighed is taken or sent back, by what it weighs; both are told of by events.
GUARDED = """\
parameters: {limit: 30 grams, closing: 2010-01-01}
decisions:
  size:
    asks-en: S
    asks-zh: 大
    governed-by: weighed-on
    by: weight
    bands:
      - {outcome: light, says-en: light, says-zh: 轻, when: below limit}
      - {outcome: heavy, says-en: heavy, says-zh: 重, when: otherwise}
  lending:
    asks-en: L
    asks-zh: 借
    outcomes:
      lent-out: {says-en: A, says-zh: 甲, when: sold is on or before closing}
      not-lent: {says-en: B, says-zh: 乙, when: otherwise}
states:
  free: {label-en: free, label-zh: 在库, initial: yes}
  kept: {label-en: kept, label-zh: 留存}
  gone: {label-en: gone, label-zh: 遗失}
transitions:
  keeping: {event: counted, from: [free], to: kept, decision: size, gives: light}
  leaving: {event: counted, from: [free], to: gone, decision: size, gives: heavy}
  asking: {event: asked, from: [free], to: free, decision: size, gives: light}
derived:
  weighed-on: {day-of: [counted, asked]}
  sold: {since: [gone]}
"""
WEIGHED_ON = (
    "  weighed-on: {type: date, label-en: d, label-zh: 日, asks-en: D?, asks-zh: 日？}\n"
)


@pytest.mark.parametrize(
    ("draft", "event", "decision", "moves", "causes"),
    [
        # What the event asks is what it tells of the weight, which nobody stated.
        ("transitions.asking.gives: heavy", {"event": "asked"}, "size",
         ("light", "heavy"), [["asking"]]),
        # It tells nothing where one of its transitions asks nothing.
        ("transitions.asking: {event: asked, from: [free], to: free}", {"event": "asked"},
         "size", ("light", None), [["asking"]]),
        # A day that no event gives is not a day on which one tells anything.
        ("derived.weighed-on: {day-of: [counted]}", {"event": "asked"}, "size",
         ("light", None), [["weighed-on"]]),
        # Of 40 grams it is heavy, and the two lead the other way only together.
        ("transitions.keeping.gives: heavy, transitions.leaving.gives: light",
         {"event": "counted", "facts": {"weight": "40 grams"}}, "lending",
         ("lent-out", "not-lent"), [["keeping", "leaving"]]),
        ("transitions.keeping.gives: heavy, transitions.leaving.gives: light",
         {"event": "asked"}, "size", None, []),
    ],
)  # fmt: skip
def test_what_guards_a_transition_is_named_where_it_moves_an_answer(
    make: Make,
    draft: str,
    event: dict[str, object],
    decision: str,
    moves: tuple[str | None, str | None] | None,
    causes: list[list[str]],
) -> None:
    facts = SMALL["facts.yaml"].replace("facts:\n", f"facts:\n{WEIGHED_ON}", 1) + EVENTS
    text = f"amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {{{draft}}}\n"
    made = make(
        {
            "facts.yaml": facts,
            "1/article-02.yaml": HEAD + GUARDED,
            "drafts/d.yaml": text,
        }
    )
    sheet = lent_sheet(made.library, {"on": "2003-01-31", **event})
    before, after = made.library.find("small/1"), made.library.find("small/d")
    assert before is not None
    assert after is not None
    found = compare_versions(
        made.library, before, after, [sheet], decision=decision, on=date(2003, 6, 1)
    )
    assert found.value is not None, found.diagnostics
    ((pair,),) = (row.pairs for row in found.value.rows)
    assert [[clause.key.id for clause in group] for group in pair.causes] == causes
    if moves is None:
        assert pair.movement is Movement.SAME
    else:
        assert (pair.before.outcome, pair.after.outcome) == moves
