"""The program agrees with a second reckoning of the measures of 2016, written from the text."""

import pytest

from tests.properties.reckoned_trying import STATES, Difference, Trial
from tests.properties.reckoning import DECISIONS

#: `python -m bench.reckoning` tries fifty thousand and twenty thousand.
SHEETS = 150
HISTORIES = 600


@pytest.fixture(scope="module")
def trial() -> Trial:
    """The program, opened once."""
    return Trial()


def told(found: list[Difference]) -> str:
    """Tell the first differences."""
    return "\n".join([f"{len(found)} differences", *map(str, found[:20])])


def test_the_decisions_agree(trial: Trial) -> None:
    found = [one for seed in range(SHEETS) for one in trial.sheet(seed)]
    assert not found, told(found)
    for decision in DECISIONS:
        answers = {answer for asked, answer in trial.seen if asked == decision}
        assert len(answers) > 1, decision


def test_the_histories_agree(trial: Trial) -> None:
    found = [one for seed in range(HISTORIES) for one in trial.history(seed)]
    assert not found, told(found)
    seen = {
        state
        for about, states in trial.seen
        if about == "state"
        for state in states.split(", ")
    }
    assert seen == STATES
