"""The program agrees with a second reckoning of the measures of 2016, written from the text."""

from collections.abc import Iterable

import pytest

from tests.properties.reckoned_trying import MISSED, STATES, Difference, Trial
from tests.properties.reckoning import DECISIONS

pytestmark = pytest.mark.whole

#: `python -m bench.reckoning` tries fifty thousand, and twenty thousand.
SHEETS = 60
HISTORIES = 300
WITH_A_MONTH = 200


@pytest.fixture(scope="module")
def trial() -> Trial:
    """The program, opened once."""
    return Trial()


@pytest.fixture(scope="module")
def differences(trial: Trial) -> list[Difference]:
    """Where the two differ on random histories."""
    return [one for seed in range(HISTORIES) for one in trial.history(seed)]


def none_of(found: Iterable[Difference]) -> None:
    """Fail with the first differences, if there is one."""
    listed = list(found)
    assert not listed, "\n".join([f"{len(listed)} differences", *map(str, listed[:20])])


def test_the_decisions_agree(trial: Trial) -> None:
    none_of(one for seed in range(SHEETS) for one in trial.sheet(seed))
    for decision in DECISIONS:
        answers = {answer for asked, answer in trial.seen if asked == decision}
        assert len(answers) > 1, decision


@pytest.mark.parametrize("about", ["the history", "state", "title", "terms", "bars", "barred"])
def test_where_a_city_stands_agrees(about: str, differences: list[Difference]) -> None:
    none_of(one for one in differences if one.about == about)


#: Articles 8, 12, 13, 15 to 17, 21, 26 and 27.
DEADLINES = [
    *("pilot-plan", "pilot-mechanism", "pilot-record", "pilot-report"),
    *("acceptance-by-province", "acceptance-materials"),
    *("fostering-plan", "next-round-plan", "record-work"),
    *("model-mechanism", "model-plan", "model-plan-issue", "model-report"),
    "re-examination-application",
]


@pytest.mark.parametrize("deadline", DEADLINES)
def test_what_is_due_agrees(deadline: str, trial: Trial, differences: list[Difference]) -> None:
    none_of(one for one in differences if one.about == deadline)
    assert trial.seen["due", deadline]


def test_every_difference_is_looked_at_by_a_test(differences: list[Difference]) -> None:
    apart = {"the history", "state", "title", "terms", "bars", "barred"}
    none_of(one for one in differences if one.about not in {*DEADLINES, *apart})


def test_the_histories_come_to_every_state(trial: Trial, differences: list[Difference]) -> None:
    del differences  # the histories were followed
    seen = {
        one for about, states in trial.seen if about == "state" for one in states.split(", ")
    }
    assert seen == STATES


def test_no_possible_state_is_missed_where_a_day_is_not_known(trial: Trial) -> None:
    found = [one for seed in range(WITH_A_MONTH) for one in trial.vague_history(seed)]
    none_of(one for one in found if one.about in {MISSED, "the history"})
    assert trial.seen["histories", "with a month"] > WITH_A_MONTH // 2
