"""What moves from one version to another, and which clause moves it."""

from datetime import date

import pytest

from ipcity_policy.engines.evaluation import Question, evaluate_sheet
from ipcity_policy.measure.library import Library, open_library
from ipcity_policy.measure.model import PLURAL
from ipcity_policy.render.as_text import as_text
from ipcity_policy.render.reports.comparison import comparison_report
from ipcity_policy.studies.comparison import Comparison, Movement, compare_versions
from tests.support import HEAD, SECOND_LAW, SMALL, Make
from tests.unit.test_standings import EVENTS, LAW, lent_sheet

BOATS = SECOND_LAW / "berths" / "boats"


def compared(library: Library, before: str, after: str) -> Comparison:
    sheets = [library.sheet(BOATS / name).value for name in ("dot.yaml", "nellie.yaml")]
    first, second = library.find(before), library.find(after)
    assert first is not None
    assert second is not None
    found = [sheet for sheet in sheets if sheet is not None]
    result = compare_versions(library, first, second, found)
    assert result.value is not None
    return result.value


def causes(comparison: Comparison) -> dict[tuple[str, str], list[list[str]]]:
    return {
        (row.sheet.name.en, pair.decision): [[c.id for c in group] for group in pair.causes]
        for row in comparison.rows
        for pair in row.pairs
        if pair.movement is Movement.MOVED
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
    assert [clause.id for clause in comparison.clauses] == ["great", "giant", "fee"]


def test_a_version_compared_with_itself_moves_nothing(second_law: Library) -> None:
    comparison = compared(second_law, "2004", "2004")
    assert comparison.clauses == ()
    assert {p.movement for row in comparison.rows for p in row.pairs} == {Movement.SAME}


def test_what_is_carried_over_counts_neither_as_same_nor_as_moved(library: Library) -> None:
    home = library.measures()[0]
    sheet = library.sheet(home / "cities" / "lianyungang.yaml").value
    before, after = library.find("2014"), library.find("2016")
    assert sheet is not None
    assert before is not None
    assert after is not None
    result = compare_versions(library, before, after, [sheet], decision="acceptance")
    assert result.value is not None
    assert [p.movement for row in result.value.rows for p in row.pairs] == [Movement.ASSUMED]
    assert result.value.clauses == ()


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
    assert (pair.before.outcome, pair.after.outcome) == moves
    ((clause,),) = pair.causes
    assert f"{PLURAL[clause.kind]}.{clause.id}" == cause
    for language in ("en", "zh"):
        assert cause in as_text(comparison_report(found.value, language))
    # Whatever version it is asked by, evaluating and comparing say the same.
    for version, outcome in zip(("small/1", "small/d"), moves, strict=True):
        asked = Question("lending", day, version, thorough=False)
        verdicts = evaluate_sheet(library, sheet, asked).value
        assert verdicts is not None
        assert [one.outcome for one in verdicts] == [outcome]
