"""What another event than the stated ones may have done, what a withheld text may say."""

from datetime import date

import pytest

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.lifecycle.context import Context
from ipcity_policy.engines.lifecycle.position import EventIndex
from ipcity_policy.engines.lifecycle.simulation import simulate
from ipcity_policy.engines.lifecycle.temporal_constraints import span
from ipcity_policy.engines.lifecycle.version_spans import spans_of
from ipcity_policy.engines.lifecycle.worlds import DayExpression
from ipcity_policy.lang.values import Dates
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from tests.holding import HEAD, LIGHT, Stated, laid, position, read
from tests.support import READING, Made, Make

#: A note keeps it from being given up, and the clerk has nothing to do with that.
BY_A_NOTE = (
    ("met-by: [renewed], provision: art-2-d", "met-by: [noted], provision: art-2-d"),
    ("    unless-missed: inspection\n", ""),
)


def days_where_kept(made: Made, *events: Stated, on: str, until: str) -> tuple[str, ...]:
    """The days that the last event may be on where the thing was not given up."""
    programs, sheet = read(made, *events, until=until)
    day = date.fromisoformat(on)
    context = Context(
        spans_of(programs), sheet, day, Dates(day, day), strict=False, rest_days=lambda _: None
    )
    worlds, _ = simulate(context)
    assert {world.state for world in worlds} == {"over", "gone"}
    (kept,) = (world for world in worlds if world.state == "over")
    last = DayExpression(EventIndex(len(events) - 1))
    return tuple(map(str, span(context, kept, last)))


@pytest.mark.parametrize(
    ("until", "latest"),
    [
        # A year from 14 June 2010 and thirty days end on 14 July 2011. All is told: the note
        # that is stated is the only one, and was in time.
        ("2011-07-31", "2011-07-14"),
        # Another note may have been written in time, from 6 July on, and the one that is
        # stated after it.
        ("2011-07-05", "2011-07-31"),
        ("2011-07-13", "2011-07-31"),
    ],
)
def test_what_another_act_may_have_done_need_not_have_been_done_in_time(
    make: Make, until: str, latest: str
) -> None:
    made = laid(make, *BY_A_NOTE)
    events = ("registered", "2010-06-14"), ("noted", "2011-07")
    kept = days_where_kept(made, *events, on="2011-09-01", until=until)
    assert kept == ("2011-07-01", latest)


@pytest.mark.parametrize(
    ("until", "earliest"),
    [
        # 370 days from June 2010 end on 6 June 2011 at the earliest: the note was not before.
        ("2011-08-31", "2011-06-06"),
        # The thirty days after them end between 6 July and 4 August: in those that are not
        # told of, another note may have been written, and the one that is stated too early.
        ("2011-07-10", "2011-06-01"),
    ],
)
def test_what_another_act_may_have_done_may_have_been_done_too_early(
    make: Make, until: str, earliest: str
) -> None:
    made = laid(make, *BY_A_NOTE, ("hold-time: {value: 1 year", "hold-time: {value: 370 days"))
    events = ("registered", "2010-06"), ("noted", "2011-06")
    kept = days_where_kept(made, *events, on="2011-09-01", until=until)
    assert kept == (earliest, "2011-06-30")


@pytest.mark.parametrize(
    ("on", "possible"),
    [
        # Renewed on 10 June 2011, it is held for a year, whenever it was held before.
        ("2011-07-01", ("held", "gone")),
        ("2012-06-10", ("held", "gone")),
        ("2012-06-11", ("held", "over", "gone")),
    ],
)
def test_a_term_that_ended_before_the_last_event_ends_nothing_after_it(
    make: Make, on: str, possible: tuple[str, ...]
) -> None:
    events = ("registered", "2010-06-01"), ("renewed", "2011-06-10", LIGHT)
    found, wrong = position(laid(make), *events, on=on, until="2011-06-10")
    assert (found.possible, wrong) == (possible, ())


@pytest.mark.parametrize(
    ("again", "strict", "possible"),
    [
        # What was given up may be registered again: then it is held, until that is over.
        (True, False, ("held", "over", "gone")),
        # How the time of holding ends is not known: that may lead anywhere.
        (True, True, ("fresh", "held", "over", "gone")),
        # Nothing leads to where that time runs.
        (False, True, ("gone",)),
    ],
)
def test_a_term_that_is_withheld_may_lead_anywhere_from_where_it_runs(
    make: Make, *, again: bool, strict: bool, possible: tuple[str, ...]
) -> None:
    only_once = ("from: [fresh, gone], to: held", "from: [fresh], to: held")
    assumed = ("then: over,\n     provision", "then: over, basis: assumed,\n     provision")
    made = laid(make, assumed, *(() if again else (only_once,)))
    events = ("registered", "2010-06-01"), ("taken-back", "2010-06-10")
    found, _ = position(made, *events, on="2012-01-01", until="2010-06-10", strict=strict)
    assert [one.state for one in found.states] == ["gone"]
    assert found.possible == possible


def test_what_is_possible_from_any_state_can_only_be_on_another_day(make: Make) -> None:
    made = laid(
        make,
        ("event: taken-back, from: [held, over]", "event: taken-back, from: any"),
        ("event: renewed, from: [held, over]", "event: renewed, from: [over]"),
    )
    # Renewed once the time was over, so from 2 June 2011 on; and taken back on the day before.
    events = (
        ("registered", "2010-06-01"),
        ("renewed", "2011", LIGHT),
        ("taken-back", "2011-06-01"),
    )
    found, (wrong,) = position(made, *events, on="2012-06-01", until="2012-06-01")
    assert [one.state for one in found.states] == ["held"]
    assert wrong.code.id == "F121"
    assert wrong.help_text == "check whether its day or that of another event is wrong"


@pytest.mark.parametrize(
    ("on", "stays", "possible"),
    [
        # Held since June 2010, and inspected in the two months that the clerk had.
        ("2011-03-01", "same", ("held",)),
        ("2011-03-02", "same", ("held",)),
        # From 1 January on nothing is told: where a note begins another round, the two months
        # may have run from then, and be over.
        ("2011-03-01", "next", ("held",)),
        ("2011-03-02", "next", ("held", "gone")),
    ],
)
def test_what_leaves_a_subject_where_it_stands_begins_nothing_anew(
    make: Make, on: str, stays: str, possible: tuple[str, ...]
) -> None:
    made = laid(
        make,
        ("event: renewed, from: [held, over]", "event: renewed, from: [over]"),
        (
            "  taking-back: {event: taken-back, from: [held, over], to: gone}\n",
            f"  noting: {{event: noted, from: [held], to: held, round: {stays}}}\n",
        ),
        ("after: registered, met-by: [inspected]", "after: start of hold, met-by: [inspected]"),
        ("missed: renewal\n    from: [over]", "missed: inspection\n    from: [held]"),
        ("    unless-missed: inspection\n", ""),
        ("sold: {day-of: [not-renewed, taken-back]}", "sold: {day-of: [not-renewed]}"),
    )
    events = ("registered", "2010-06-01"), ("inspected", "2010-07-01")
    found, wrong = position(made, *events, on=on, until="2010-12-31")
    assert (found.possible, wrong) == (possible, ())


#: By the option nothing is taken back.
KEPT = "repeal: [transitions.taking-back]"
#: By the option there is one state more, into which what is held may be lost.
LOSS = (
    "add: {states.lost: {label-en: lost, label-zh: 遗失, provision: art-2-a}, "
    "transitions.losing: {event: noted, from: [held], to: lost, provision: art-2-a}}"
)


@pytest.mark.parametrize(
    ("option", "known", "states", "depends"),
    [
        # It is held; that it may have been taken back since then no event tells.
        (KEPT, {"events-known-until": "2010-06-10"}, ["held"], False),
        # All is told: it is held by either option.
        (LOSS, {"events-known-until": "2011-01-01"}, ["held"], False),
        # What came before is not told: it is in some state of the law, and there is one more.
        (LOSS, {"events-known-from": "2010-06-10"}, [], True),
        (KEPT, {"events-known-from": "2010-06-10"}, [], False),
    ],
)
def test_what_may_have_happened_unstated_depends_on_no_reading(
    make: Make, option: str, known: dict[str, str], states: list[str], *, depends: bool
) -> None:
    made = laid(make, ("readings:\n", READING.replace("{CHANGE}", "{}, " + option)))
    events = [{"event": "registered", "on": "2010-06-01"}]
    told = {**HEAD, **known, "events": [] if "events-known-from" in known else events}
    sheet = read_sheet(made.library, told).value
    assert sheet is not None
    found = timeline_of(made.library, sheet, PositionQuestion(date(2010, 7, 1))).value
    assert found is not None
    assert [one.state for one in found.position.states] == states
    turns = {turn.reading.id for turn in found.dependences}
    assert ("edge" in turns) is depends
