"""The functions over possible worlds, one by one: days, constraints, silence, what may come."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.lifecycle.automatic_transitions import Budget, advance, pending_in
from ipcity_policy.engines.lifecycle.context import Context
from ipcity_policy.engines.lifecycle.observed_events import is_closed, was_in
from ipcity_policy.engines.lifecycle.position import EventIndex, StepCause, VersionIndex
from ipcity_policy.engines.lifecycle.simulation import simulate
from ipcity_policy.engines.lifecycle.temporal_constraints import (
    MOST_DAYS,
    has_come,
    is_before,
    span,
    where_before,
    where_not_after,
)
from ipcity_policy.engines.lifecycle.version_spans import spans_of
from ipcity_policy.engines.lifecycle.worlds import (
    ANY_ROUND,
    NEXT,
    DayExpression,
    Offset,
    World,
    give_up,
    occurrences,
)
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.lifecycle import Rounds, Term
from tests.leases import LEASES
from tests.properties.timelaws import programs_of
from tests.support import write

HEAD = {"sheet": "1", "measure": "small", "thing": {"name-en": "Box", "name-zh": "匣"}}
Given = Callable[..., Context]
FIRST, SECOND = (DayExpression(EventIndex(index)) for index in (0, 1))
#: The time of holding, a year, and the grace after it, thirty days.
YEAR: Offset = (VersionIndex(0), "hold-time", "terms")
GRACE: Offset = (VersionIndex(0), "grace", "deadlines")
#: A world of which nothing is known.
WORLD = World(None, ANY_ROUND)
JUNE = date(2010, 6, 1), date(2010, 6, 30)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("leases")
    write(folder / "small", LEASES)
    return open_library(folder)


@pytest.fixture
def given(library: Library) -> Given:
    """Return the context of some events on a day."""
    return given_under(library)


def given_under(library: Library) -> Given:
    """Return the same under the law of a library."""

    def made(
        *events: tuple[str, str], on: date = date(2020, 1, 1), until: str | None = None
    ) -> Context:
        stated = [{"event": kind, "on": day} for kind, day in events]
        known = {"events-known-until": until} if until is not None else {}
        read = read_sheet(library, {**HEAD, **known, "events": stated})
        assert read.value is not None, [str(one.message_text) for one in read.diagnostics]
        versions = spans_of(programs_of(library, "small"))
        return Context(
            versions, read.value, on, Dates(on, on), strict=False, rest_days=lambda _: None
        )

    return made


def test_a_day_is_offsets_from_the_day_that_an_event_states(given: Given) -> None:
    context = given(("registered", "2010-06"))
    assert span(context, WORLD, FIRST) == JUNE
    year = FIRST.then(YEAR)
    assert span(context, WORLD, year) == (date(2011, 6, 1), date(2011, 6, 30))
    assert span(context, WORLD, year.then(NEXT))[0] == date(2011, 6, 2)
    assert span(context, WORLD, year.then(NEXT, GRACE))[0] == date(2011, 7, 1)


def test_a_constraint_is_carried_back_to_the_day_that_is_stated(given: Given) -> None:
    context = given(("registered", "2010-06"))
    end = FIRST.then(YEAR)
    late = where_not_after(context, WORLD, date(2011, 6, 20), end)
    assert late is not None
    assert span(context, late, FIRST) == (date(2010, 6, 20), date(2010, 6, 30))
    both = where_not_after(context, late, end, date(2011, 6, 25))
    assert both is not None
    assert span(context, both, FIRST) == (date(2010, 6, 20), date(2010, 6, 25))
    assert where_not_after(context, both, end, date(2011, 6, 19)) is None
    assert where_not_after(context, None, end, date.max) is None
    assert where_not_after(context, both, end, date.max) is both


def test_an_order_narrows_both_days(given: Given) -> None:
    context = given(("registered", "2010-06"), ("inspected", "2010-06"))
    world = where_before(context, WORLD, FIRST, SECOND)
    assert world is not None
    assert span(context, world, FIRST) == (date(2010, 6, 1), date(2010, 6, 29))
    assert span(context, world, SECOND) == (date(2010, 6, 2), date(2010, 6, 30))
    assert where_not_after(context, WORLD, FIRST, SECOND) is WORLD
    assert is_before(context, WORLD, FIRST, SECOND) is None


def test_days_with_one_anchor_are_in_order_however_little_is_known(given: Given) -> None:
    context = given(("registered", "2010"))
    end = FIRST.then(YEAR)
    assert is_before(context, WORLD, FIRST, end) is True
    assert has_come(context, WORLD, end, FIRST) is False
    assert where_before(context, WORLD, FIRST, end) is WORLD
    assert where_before(context, WORLD, end, FIRST) is None
    assert (date(2010, 12, 31) - date(2010, 1, 1)).days < MOST_DAYS


@pytest.mark.parametrize(
    ("day", "period", "shortest"),
    [
        # A day counts as the first, and what is said to be the last does not.
        ("2010-06-01", "5 days", 3),
        ("2010-06-01", "1 week", 5),
        ("2010-06-01", "1 year", 363),
        # From 31 January to the end of February: 28 days, without those two.
        ("2010-01-31", "1 month", 26),
    ],
)
def test_a_period_reaches_no_further_than_the_days_that_count(
    tmp_path: Path, day: str, period: str, shortest: int
) -> None:
    text = LEASES["1/article-02.yaml"].partition("readings:")[0]
    counting = "opening-day: not-counted, last-day: included"
    text = text.replace(counting, "opening-day: counted, last-day: excluded")
    text = text.replace("hold-time: {value: 1 year", f"hold-time: {{value: {period}")
    write(tmp_path / "small", {**LEASES, "1/article-02.yaml": text})
    context = given_under(open_library(tmp_path))(("registered", day))
    end, later = FIRST.then(YEAR), FIRST.then(*[NEXT] * shortest)
    assert span(context, WORLD, end) == span(context, WORLD, later)
    assert where_not_after(context, WORLD, end, later) is WORLD
    assert where_not_after(context, WORLD, later, end) is WORLD
    assert where_before(context, WORLD, end, later) is None
    assert where_before(context, WORLD, later, end) is None


def test_silence_tells_as_far_as_the_sheet_is_closed(given: Given) -> None:
    context = given(("registered", "2010-06-01"), until="2012-01-01")
    assert is_closed(context, ["renewed"], date(2012, 1, 1))
    assert not is_closed(context, ["renewed"], date(2012, 1, 2))
    assert not is_closed(given(), ["renewed"], date(2012, 1, 1))


def test_a_term_ends_by_itself_and_the_duty_after_it_begins(given: Given) -> None:
    context = given(("registered", "2010-06-01"), on=date(2011, 6, 20))
    (world,), refusals = simulate(context)
    assert refusals == ()
    assert [step.cause for step in world.steps] == [StepCause.EVENT, StepCause.TERM]
    assert world.state == "over"
    assert [one.deadline.id for one in world.obligations] == ["inspection", "renewal"]
    assert was_in(context, world, ["held"], date(2011, 6, 1)) is True
    assert was_in(context, world, ["held"], date(2011, 6, 2)) is False
    (pending,) = pending_in(context, world)
    assert pending.target_in(world) == "gone"


def test_a_step_is_known_by_its_event_in_whichever_order_those_came(given: Given) -> None:
    days = ("registered", "2010-01-05"), ("renewed", "2010-02"), ("renewed", "2010-02")
    worlds, _ = simulate(given(*days, on=date(2010, 3, 1)))
    orders = {tuple(step.event for step in world.steps) for world in worlds}
    assert orders == {(0, 1, 2), (0, 2, 1)}
    for world in worlds:
        assert [which for _, which in occurrences(world.steps)] == [
            step.event for step in world.steps
        ]


def test_a_world_splits_where_it_is_not_known_whether_a_term_is_over(given: Given) -> None:
    context = given(("registered", "2010-06"), on=date(2011, 6, 15))
    running, over = sorted(simulate(context)[0], key=lambda world: len(world.steps))
    assert (running.state, over.state) == ("held", "over")
    assert span(context, running, FIRST) == (date(2010, 6, 15), date(2010, 6, 30))
    assert span(context, over, FIRST) == (date(2010, 6, 1), date(2010, 6, 14))


def test_what_comes_by_itself_is_not_followed_for_ever(given: Given) -> None:
    context = given(("registered", "2010-06-01"), on=date(2010, 6, 1))
    (world,), _ = simulate(context)
    (pending,) = pending_in(context, world)
    assert isinstance(pending.what, Term)
    later = given(("registered", "2010-06-01"))
    (lost,) = advance(later, Budget(moves=0), world, None)
    assert (lost.state, lost.lost) == (None, True)


def test_a_world_that_stands_for_several_keeps_what_they_share(given: Given) -> None:
    context = given(("registered", "2010-06"), on=date(2011, 6, 15))
    worlds = simulate(context)[0]
    one = give_up(worlds)
    assert (one.state, one.round) == (None, Rounds(0, None))
    assert [step.cause for step in one.past] == [StepCause.EVENT]
    doubtful = [owed.deadline.id for owed in one.obligations if owed.governed is None]
    assert doubtful == ["renewal"]


def test_an_event_that_cannot_happen_is_refused(given: Given) -> None:
    context = given(
        ("registered", "2010-06-01"),
        ("registered", "2010-06-05"),
        until="2012-01-01",
    )
    (world,), (refusal,) = simulate(context)
    assert (refusal.event, refusal.states) == (1, ("held",))
    assert world.state is not None
