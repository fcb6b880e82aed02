"""A few values stand for all: one for each way that a value can stand to its limits."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest

from ipcity_policy.lang.calendar import length
from ipcity_policy.lang.datatypes import DateType, NumberType, PeriodType
from ipcity_policy.lang.values import Dates, Numbers, Periods
from ipcity_policy.questions.representatives import samples_between

#: Limits and ends of what is possible are taken from these.
POINTS = (10, 11, 24, 30)
ENDS = (None, 8, 10, 24, 31)
START = date(2001, 1, 1)
LIMITS = [group for size in range(3) for group in combinations(POINTS, size)]
SPANS = [
    (low, high) for low in ENDS for high in ENDS if low is None or high is None or low <= high
]


def ways(limits: Sequence[int], low: int, high: int, step: float) -> set[tuple[int, ...]]:
    """Return how each value of a range stands to some limits: below, at or above each."""
    found = set[tuple[int, ...]]()
    value: float = low
    while value <= high:
        found.add(tuple((value > limit) - (value < limit) for limit in limits))
        value += step
    return found


@pytest.mark.parametrize("limits", LIMITS, ids=str)
def test_a_number_is_tried_on_each_side_of_its_limits(limits: tuple[int, ...]) -> None:
    for whole in (True, False):
        datatype = NumberType("", None, None, whole=whole)
        for low, high in SPANS:
            first, last = (None if end is None else Decimal(end) for end in (low, high))
            given = [Numbers(Decimal(one), Decimal(one), "") for one in limits]
            found = {
                one.low
                for one in samples_between(Numbers(first, last, ""), datatype, given)
                if isinstance(one, Numbers) and one.low is not None and one.low == one.high
            }
            assert not whole or all(one == int(one) for one in found)
            least, most = -1 if low is None else low, 99 if high is None else high
            assert all(low is None or one >= low for one in found)
            assert all(high is None or one <= high for one in found)
            wanted = ways(limits, least, most, 1 if whole else 0.5)
            assert {
                tuple((one > limit) - (one < limit) for limit in limits) for one in found
            } == wanted, (low, high)


@pytest.mark.parametrize(
    ("low", "high"),
    [("8.2", "8.4"), ("30.5", None), (None, "-5.5"), ("-7.3", "-7.1"), ("8.2", "9.1")],
)
def test_no_number_is_tried_that_is_not_possible(low: str | None, high: str | None) -> None:
    first, last = (None if end is None else Decimal(end) for end in (low, high))
    for whole in (True, False):
        datatype = NumberType("", None, None, whole=whole)
        for one in samples_between(Numbers(first, last, ""), datatype, []):
            assert isinstance(one, Numbers)
            assert one.low is not None
            assert first is None or one.low >= first
            assert last is None or one.low <= last


@pytest.mark.parametrize("limits", LIMITS, ids=str)
@pytest.mark.parametrize("unit", ["months", "days"])
def test_a_period_is_tried_on_each_side_of_its_limits(
    limits: tuple[int, ...], unit: str
) -> None:
    for low, high in SPANS:
        given = [Periods(one, one, unit) for one in limits]
        found = {
            length(one.low, one.unit)
            for one in samples_between(Periods(low, high, unit), PeriodType(unit), given)
            if isinstance(one, Periods) and one.low is not None and one.low == one.high
        }
        assert all(one >= (low or 0) and (high is None or one <= high) for one in found)
        wanted = ways(limits, low or 0, 99 if high is None else high, 1)
        assert {
            tuple((one > limit) - (one < limit) for limit in limits) for one in found
        } == wanted, (low, high)


def test_a_period_in_years_is_tried_about_a_limit_in_months() -> None:
    # Two years and a half lie between whole years, but a period may be so many months.
    given = [Periods(30, 30, "months")]
    found = {
        one.low
        for one in samples_between(Periods(2, 3, "years"), PeriodType("years"), given)
        if isinstance(one, Periods)
    }
    assert {24, 29, 30, 31, 36} <= found


@pytest.mark.parametrize("limits", LIMITS, ids=str)
def test_a_day_is_tried_on_each_side_of_its_limits(limits: tuple[int, ...]) -> None:
    def day(number: int) -> date:
        return START + timedelta(days=number)

    for low, high in SPANS:
        first, last = (None if end is None else day(end) for end in (low, high))
        given = [Dates(day(one), day(one)) for one in limits]
        found = {
            one.low
            for one in samples_between(Dates(first, last), DateType(), given)
            if isinstance(one, Dates) and one.low is not None and one.low == one.high
        }
        assert all(first is None or one >= first for one in found)
        assert all(last is None or one <= last for one in found)
        wanted = ways(limits, -1 if low is None else low, 99 if high is None else high, 1)
        assert {
            tuple((one > day(limit)) - (one < day(limit)) for limit in limits) for one in found
        } == wanted, (low, high)
