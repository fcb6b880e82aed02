"""What is said of a history where only what is not assumed counts."""

import re
from datetime import date

import pytest

from ipcity_policy.engines.lifecycle.position import Position
from ipcity_policy.law.library import open_library
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from tests.support import HEAD, SMALL, Make
from tests.unit.test_expected_position import EVENTS, LAW, lent_sheet

#: Lent on 31 January, late from 1 March; lost on 11 March, since nobody asked for it.
LENT = {"event": "lent", "on": "2003-01-31"}


def position(
    make: Make, assumed: str, on: str, *events: dict[str, str], law: str = LAW
) -> Position:
    """Where a thing stands on a day, strictly, where some entries of the law are assumed."""
    text = law
    for name in assumed.split():
        text, times = re.subn(rf"^(  {name}:\s+){{", r"\1{basis: assumed, ", text, flags=re.M)
        assert times == 1
    home = make({"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + text})
    library = open_library(home.home.parent)
    asked = PositionQuestion(date.fromisoformat(on), strict=True, try_readings=False)
    found = timeline_of(library, lent_sheet(library, LENT, *events), asked)
    assert found.value is not None, found.diagnostics
    return found.value.position


@pytest.mark.parametrize(
    ("assumed", "known", "unknown"),
    [
        ("lending", "2003-01-30", "2003-01-31"),
        ("loan", "2003-01-30", "2003-01-31"),
        ("asking", "2003-02-28", "2003-03-01"),
        ("losing", "2003-03-10", "2003-03-11"),
    ],
)
def test_from_where_a_text_is_assumed_the_state_is_not_known(
    make: Make, assumed: str, known: str, unknown: str
) -> None:
    assert len(position(make, assumed, known).possible) == 1
    lost = position(make, assumed, unknown)
    assert (lost.states, lost.lost) == ((), True)
    assert set(lost.possible) == {"free", "lent", "late", "gone"}


def test_what_an_event_names_lasts_as_long_as_a_text_that_is_known_says(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = EVENTS.replace("label-zh: 借出}", "label-zh: 借出, names: lent}", 1)
    monkeypatch.setattr(f"{__name__}.EVENTS", named)
    # That it was lent its name tells; how long a loan lasts is attested.
    assert position(make, "lending", "2003-02-28").possible == ("lent",)
    assert position(make, "lending", "2003-03-01").possible == ("late",)
    assert len(position(make, "lending loan", "2003-02-28").possible) == 4


@pytest.mark.parametrize(
    ("leads", "which", "moves"),
    [
        # It was named as lent before: that it stays so is nothing that happens to it.
        (("lent", "lent"), "same", False),
        # Another round, another state, or a state that it came back from is.
        (("lent", "lent"), "next", True),
        (("lent", "free"), "same", True),
        (("late", "lent"), "same", True),
    ],
)
def test_after_an_event_that_names_a_state_only_what_leaves_it_there_is_no_step(
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    leads: tuple[str, str],
    which: str,
    *,
    moves: bool,
) -> None:
    named = EVENTS.replace("label-zh: 借出}", "label-zh: 借出, names: lent}", 1)
    monkeypatch.setattr(f"{__name__}.EVENTS", named)
    source, target = leads
    again = f"{{event: counted, from: [{source}], to: {target}, round: {which}}}"
    law = LAW.replace("terms:\n", f"  again: {again}\nterms:\n", 1)
    event = {"event": "counted", "on": "2003-02-15"}
    found = position(make, "lending loan", "2003-02-20", event, law=law)
    told = [one.step.id for one in found.steps]
    assert told == (["lending", "again"] if moves else ["lending"])


def test_an_event_whose_text_is_assumed_does_not_tell_where_it_leads(make: Make) -> None:
    back = {"event": "returned", "on": "2003-05-01"}
    # What was lost by then is not known, so that the return is the first that could tell.
    assert position(make, "losing", "2003-05-01", back).possible == ("free",)
    asked = {"event": "asked", "on": "2003-03-02"}
    events = (asked, back)
    assert position(make, "losing", "2003-05-01", *events).possible == ("free",)
    assert position(make, "returning", "2003-04-30", *events).possible == ("late",)
    assert len(position(make, "returning", "2003-05-01", *events).possible) == 4
    # Nor where it is not known out of which state it leads.
    assert len(position(make, "loan returning", "2003-05-01", *events).possible) == 4


def test_a_duty_whose_text_is_assumed_is_not_owed(make: Make) -> None:
    names = {one.deadline.id for one in position(make, "counting", "2003-02-01").duties}
    assert names == set()
    ahead = position(make, "losing", "2003-03-05")
    assert [one.deadline.id for one in ahead.duties] == ["counting", "asking", "counting"]


def test_a_bar_from_a_day_whose_text_is_assumed_may_run_at_any_time(make: Make) -> None:
    (bar,) = position(make, "sold", "2003-03-11").bars
    assert (bar.certain, bar.since.low, bar.since.high) == (True, None, None)
    assert (bar.until.low, bar.until.high) == (None, None)
    (bar,) = position(make, "counting", "2003-03-11").bars
    assert (bar.since.low, bar.until.low) == (date(2003, 3, 11), date(2004, 3, 11))


def test_what_is_not_followed_leaves_the_rest_known(make: Make) -> None:
    regained = "  regaining: {event: returned, from: [gone], to: free}\nterms:\n"
    law = LAW.replace("terms:\n", regained, 1)
    # It was lent first, whatever the day: that it was regained need not be looked at.
    events = ({"event": "returned", "on": "2003-01-31"},)
    found = position(make, "regaining", "2003-06-30", *events, law=law)
    assert (found.lost, found.possible) == (False, ("free",))


def test_other_readings_are_tried_as_strictly_as_the_answer_is_given(make: Make) -> None:
    law = LAW.replace("  losing:\n    {", "  losing:\n    {basis: assumed, ")
    home = make({"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + law})
    library = open_library(home.home.parent)
    sheet = lent_sheet(library, LENT)
    found = timeline_of(library, sheet, PositionQuestion(date(2003, 3, 12))).value
    assert found is not None
    assert found.supposed is not None
    # By either reading it is gone if what is assumed holds, and else nobody knows.
    (turn,), (other,) = found.dependences, found.supposed.dependences
    assert (found.position.lost, turn.others["excluded"].lost) == (True, True)
    assert (found.supposed.position.possible, other.others["excluded"].possible) == (
        ("gone",),
        ("gone",),
    )
