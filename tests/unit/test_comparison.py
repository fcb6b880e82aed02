"""What moves from one version to another, and which clause moves it."""

from ipcity_policy.measure.library import Library
from ipcity_policy.studies.comparison import Comparison, Movement, compare_versions
from tests.support import SECOND_LAW

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
