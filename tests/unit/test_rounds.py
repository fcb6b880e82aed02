"""Of rounds that meet: for which of them something was done, and what runs of each."""

from datetime import date

import pytest

from ipcity_policy.engines.lifecycle.position import Duty, Fulfilment, Position
from tests.holding import LIGHT, Stated, laid, position
from tests.support import Make

#: What is told of is all that happened.
UNTIL = "2014-12-31"
REGISTERED = ("registered", "2010-06-01")
#: What is held is passed by an inspection, and only what is passed is renewed; the clerk has
#: thirty days after the time of holding, and may inspect it before.
PASSED = (
    ("  held: {", "  passed: {label-en: passed, label-zh: 合格}\n  held: {"),
    ("renewed, from: [held, over]", "renewed, from: [passed]"),
    (
        "transitions:\n",
        "transitions:\n  passing: {event: inspected, from: [held], to: passed}\n",
    ),
    (
        "within: look-time,\n     after: registered,",
        "within: grace, early: counts,\n     after: end of hold,",
    ),
    ("    unless-missed: inspection\n", ""),
)


def where(
    made_of: Make, changes: tuple[tuple[str, str], ...], *events: Stated, on: str
) -> Position:
    """Where a thing stands on a day under the law with some changes."""
    found, wrong = position(laid(made_of, *changes), REGISTERED, *events, on=on, until=UNTIL)
    assert wrong == ()
    return found


def duties(of: Position, name: str) -> list[Duty]:
    """The duties of a name, the first due first."""
    return sorted(
        (one for one in of.duties if one.deadline.id == name),
        key=lambda one: one.due.low or date.min,
    )


@pytest.mark.parametrize("renewed", ["2011-03-01", "2011-03-02"])
def test_of_rounds_that_meet_on_a_day_an_act_is_done_for_the_one_that_it_found(
    make: Make, renewed: str
) -> None:
    events = ("inspected", "2011-03-01"), ("renewed", renewed, LIGHT)
    first, second = duties(where(make, PASSED, *events, on="2012-06-01"), "inspection")
    # A year and thirty days from 1 June 2010, and from the day of the renewal.
    assert (str(first.due.low), first.fulfilment) == ("2011-07-01", Fulfilment.MET)
    ends = {"2011-03-01": "2012-03-31", "2011-03-02": "2012-04-01"}
    assert (str(second.due.low), second.fulfilment) == (ends[renewed], Fulfilment.OVERDUE)


def test_what_begins_a_term_is_done_for_what_runs_from_its_beginning(make: Make) -> None:
    both = (
        "after: registered, met-by: [inspected]",
        "after: [start of hold, end of hold], early: counts, met-by: [registered]",
    )
    first, second = duties(where(make, (both,), on="2011-09-01"), "inspection")
    assert first.after is not None
    assert (first.after.of, first.fulfilment) == ("start", Fulfilment.MET)
    # It was registered for that year, not for what is owed once the year is over.
    assert second.after is not None
    assert (second.after.of, second.fulfilment) == ("end", Fulfilment.OVERDUE)


#: What is over waits for half a year; the clerk inspects it after that, or before.
WAITING = (
    ("parameters:\n", "parameters:\n  half-a-year: {value: 6 months, provision: art-2-a}\n"),
    (
        "terms:\n",
        "terms:\n  waiting:\n    {label-en: waiting, label-zh: 等待, of: over, "
        "lasts: half-a-year, then: gone}\n",
    ),
    (
        "after: registered, met-by: [inspected]",
        "after: end of waiting, early: counts, met-by: [inspected]",
    ),
    ("    unless-missed: inspection\n", ""),
)


@pytest.mark.parametrize(
    ("inspected", "told"),
    [
        # It waits from 2 June 2011 on; renewed, it waits no more.
        ("2011-06-20", [Fulfilment.MET]),
        ("2011-06-02", [Fulfilment.MET]),
        # It did not wait yet, and was never to be inspected.
        ("2011-06-01", []),
    ],
)
def test_what_moves_nothing_meets_a_duty_early_in_the_term_that_runs_by_then(
    make: Make, inspected: str, told: list[Fulfilment]
) -> None:
    events = ("inspected", inspected), ("renewed", "2011-07-01", LIGHT)
    found = where(make, WAITING, *events, on="2011-12-31")
    assert [one.fulfilment for one in duties(found, "inspection")] == told


#: Given up for want of a renewal, it rests for a year; found again, it is given up again.
RESTING = (
    (
        "terms:\n",
        "terms:\n  resting:\n    {label-en: resting, label-zh: 静置, of: gone, "
        "lasts: hold-time, then: fresh}\n",
    ),
    ("transitions:\n", "transitions:\n  finding: {event: noted, from: [gone], to: over}\n"),
    (
        "lapses:\n",
        "lapses:\n  not-renewed-yet: {label-en: again, label-zh: 再次, missed: renewal,\n"
        "    from: [over], to: gone}\n",
    ),
    ("    unless-missed: inspection\n", ""),
)


def test_a_term_that_begins_twice_on_a_day_runs_once(make: Make) -> None:
    # The thirty days end on 1 July 2011.
    found = where(make, RESTING, ("noted", "2011-07-02"), on="2011-12-31")
    assert [one.state for one in found.states] == ["gone"]
    rests = [one for one in found.terms if one.term.id == "resting"]
    assert {str(one.started.start.low) for one in rests} == {"2011-07-02"}
    assert [one.running for one in rests] == [False, True]
