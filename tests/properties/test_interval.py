"""Intervals, held against all the values that lie in them."""

import operator
from collections.abc import Callable
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.lang.interval import Interval
from ipcity_policy.lang.values import Truth

#: Ends lie well within the line of small numbers, so that an open end reaches beyond them.
LINE = range(-3, 13)
ends = st.none() | st.integers(0, 9)
intervals = (
    st.tuples(ends, ends)
    .filter(lambda pair: pair[0] is None or pair[1] is None or pair[0] <= pair[1])
    .map(lambda pair: Interval(*pair))
)


def values(one: Interval[int]) -> set[int]:
    low = LINE.start if one.low is None else one.low
    high = LINE.stop - 1 if one.high is None else one.high
    return set(range(low, high + 1))


def borne_out(
    one: Interval[int], other: Interval[int], by: Callable[[int, int], bool]
) -> Truth:
    found = {by(*pair) for pair in product(values(one), values(other))}
    return found.pop() if len(found) == 1 else None


@given(intervals, intervals)
def test_order_is_true_where_every_pair_of_values_bears_it_out(
    one: Interval[int], other: Interval[int]
) -> None:
    assert one.at_least(other) is borne_out(one, other, operator.ge)
    assert one.before(other) is borne_out(one, other, operator.lt)
    assert one.after(other) is borne_out(one, other, operator.gt)


@given(intervals, intervals)
def test_what_lies_in_both(one: Interval[int], other: Interval[int]) -> None:
    both = values(one) & values(other)
    found = one.intersect(other)
    assert one.overlaps(other) is bool(both)
    assert (values(found) if found is not None else set()) == both


@given(intervals, intervals)
def test_the_hull_is_the_least_interval_that_holds_both(
    one: Interval[int], other: Interval[int]
) -> None:
    both = values(one) | values(other)
    assert values(one.hull(other)) == set(range(min(both), max(both) + 1))


@given(intervals, intervals)
def test_it_lies_within_another_where_all_its_values_do(
    one: Interval[int], other: Interval[int]
) -> None:
    assert one.within(other) is (values(one) <= values(other))


@given(intervals)
def test_it_is_known_where_it_has_one_value(one: Interval[int]) -> None:
    assert one.known is (len(values(one)) == 1)


@given(intervals, intervals)
def test_it_is_moved_as_all_its_values_are(one: Interval[int], by: Interval[int]) -> None:
    moved = one.shift(by, operator.add)
    assert moved.known is (one.known and by.known)
    for value, step in product(values(one), values(by)):
        assert moved.before(Interval.exactly(value + step)) is not True
        assert moved.after(Interval.exactly(value + step)) is not True


@given(intervals)
def test_functions_that_keep_or_turn_the_order(one: Interval[int]) -> None:
    assert one.map(lambda value: 3 * value).flip(operator.neg) == one.flip(
        lambda value: -3 * value
    )
    assert one.flip(operator.neg).flip(operator.neg) == one
