"""The laws of counting periods, and the same days as another library reckons."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.lang.time_limits import Counting, first_day_after, last_day
from ipcity_policy.lang.values import Dates, Periods, Truth
from tests.support import examples

#: For each unit, what a period of so many is to the other library.
OTHER: dict[str, Callable[[int], relativedelta]] = {
    "years": lambda count: relativedelta(years=count),
    "months": lambda count: relativedelta(months=count),
    "weeks": lambda count: relativedelta(weeks=count),
    "days": lambda count: relativedelta(days=count),
}
DAY = timedelta(days=1)

units = st.sampled_from(sorted(OTHER))
counts = st.integers(0, 600)
#: Any day, and as often one near the end of a month.
days = st.dates(date(1890, 1, 1), date(2210, 12, 31))
days = days | days.map(lambda day: day.replace(day=1) - DAY * (day.day % 4))
countings = st.builds(Counting, st.booleans(), st.booleans(), st.sampled_from((None, "XX")))


@st.composite
def calendars(draw: st.DrawFn) -> Callable[[date], bool]:
    """Rest days as they may be: at most fourteen in a row."""
    pattern = (*draw(st.lists(st.booleans(), max_size=14)), False)
    return lambda day: pattern[day.toordinal() % len(pattern)]


def calculated(
    start: date, count: int, unit: str, counting: Counting, rest: Callable[[date], bool]
) -> date:
    """The last day of a period, step by step."""
    day = start + OTHER[unit](count)
    for counts_not in (counting.opening_day, not counting.closing_day):
        day -= DAY if counts_not else timedelta()
    while counting.rest_days and rest(day):
        day += DAY
    return day


def known(day: date) -> Dates:
    return Dates(day, day)


@pytest.mark.whole
@examples(500)
@given(days, counts, units)
def test_a_period_ends_where_another_library_says(start: date, count: int, unit: str) -> None:
    expected = known(start + OTHER[unit](count))
    assert last_day(known(start), Periods(count, count, unit), Counting()) == expected


@pytest.mark.whole
@examples(150)
@given(days, counts, units, countings, calendars())
def test_every_way_of_counting_gives_the_day_reckoned_step_by_step(
    start: date, count: int, unit: str, counting: Counting, rest: Callable[[date], bool]
) -> None:
    expected = calculated(start, count, unit, counting, rest)
    period = Periods(count, count, unit)
    assert last_day(known(start), period, counting, rest) == known(expected)
    assert first_day_after(known(start), period, counting, rest) == known(expected + DAY)


@given(
    days,
    st.integers(0, 40),
    st.integers(0, 60),
    st.integers(0, 3),
    units,
    countings,
    calendars(),
)
def test_a_span_is_the_days_that_its_days_give(
    start: date,
    more: int,
    count: int,
    longer: int,
    unit: str,
    counting: Counting,
    rest: Callable[[date], bool],
) -> None:
    span = Dates(start, start + more * DAY)
    given = {
        calculated(start + n * DAY, length, unit, counting, rest)
        for n in range(more + 1)
        for length in range(count, count + longer + 1)
    }
    found = last_day(span, Periods(count, count + longer, unit), counting, rest)
    assert found == Dates(min(given), max(given))


@given(days, counts, units, countings, calendars(), st.sets(st.integers(0, 4)))
def test_what_a_calendar_does_not_tell_contradicts_nothing(
    start: date,
    count: int,
    unit: str,
    counting: Counting,
    rest: Callable[[date], bool],
    hidden: set[int],
) -> None:
    def told(day: date) -> Truth:
        return None if day.toordinal() % 5 in hidden else rest(day)

    full = calculated(start, count, unit, counting, rest)
    period = Periods(count, count, unit)
    for answer in (told, None):
        found = last_day(known(start), period, counting, answer)
        assert found.low is not None
        assert found.high is not None
        assert found.low <= full <= found.high


@given(days, days, counts, counts, units, countings, calendars())
def test_what_is_longer_or_begins_later_never_ends_earlier(
    one: date,
    other: date,
    short: int,
    long: int,
    unit: str,
    counting: Counting,
    rest: Callable[[date], bool],
) -> None:
    (one, other), (short, long) = sorted((one, other)), sorted((short, long))

    def ends(start: date, count: int) -> date:
        last = last_day(known(start), Periods(count, count, unit), counting, rest).low
        assert last is not None
        return last

    assert ends(one, short) <= ends(one, long) <= ends(other, long)


@given(days, counts, units, countings.filter(lambda counting: counting.rest_days is None))
def test_a_day_that_counts_at_the_opening_is_one_less_at_the_end(
    start: date, count: int, unit: str, counting: Counting
) -> None:
    period = Periods(count, count, unit)
    without = last_day(known(start), period, replace(counting, opening_day=False))
    counted = last_day(known(start), period, replace(counting, opening_day=True))
    assert without.low is not None
    assert counted == known(without.low - DAY)


@given(days, counts, units, calendars())
def test_a_rest_day_moves_forward_over_rest_days_to_a_working_day(
    start: date, count: int, unit: str, rest: Callable[[date], bool]
) -> None:
    period = Periods(count, count, unit)
    stays = last_day(known(start), period, Counting()).low
    moved = last_day(known(start), period, Counting(rest_days="XX"), rest).low
    assert stays is not None
    assert moved is not None
    assert stays <= moved
    assert not rest(moved)
    assert all(rest(stays + n * DAY) for n in range((moved - stays).days))


@pytest.mark.whole
@given(
    st.dates(date(1, 2, 1)),
    st.integers(0, 200_000),
    units,
    countings,
    st.sampled_from((True, False, None)),
)
def test_nothing_leads_beyond_the_calendar(
    start: date, count: int, unit: str, counting: Counting, told: Truth
) -> None:
    found = last_day(known(start), Periods(count, count, unit), counting, lambda _: told)
    after = first_day_after(known(start), Periods(count, count, unit), counting, lambda _: told)
    assert found.earliest <= found.latest
    assert found.earliest <= after.earliest
