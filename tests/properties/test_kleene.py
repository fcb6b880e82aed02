"""The laws of three-valued logic."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.lang.values import Truth, all_of, any_of, opposite

truths = st.lists(st.sampled_from((True, False, None)), max_size=6)


def completions(parts: list[Truth]) -> set[bool]:
    """What the conjunction can be when each unknown part is taken both ways."""
    ways = [(True, False) if part is None else (part,) for part in parts]
    return {all(way) for way in product(*ways)}


@given(truths)
def test_a_conjunction_is_known_exactly_when_every_completion_agrees(
    parts: list[Truth],
) -> None:
    possible = completions(parts)
    assert all_of(parts) is (possible.pop() if len(possible) == 1 else None)


@given(truths)
def test_de_morgan(parts: list[Truth]) -> None:
    assert opposite(any_of(parts)) is all_of([opposite(part) for part in parts])


@given(truths)
def test_order_and_grouping_do_not_matter(parts: list[Truth]) -> None:
    assert all_of(parts) is all_of(parts[::-1])
    half = len(parts) // 2
    assert all_of(parts) is all_of([all_of(parts[:half]), all_of(parts[half:])])
    assert any_of(parts) is any_of([any_of(parts[:half]), any_of(parts[half:])])


@pytest.mark.whole
@given(truths)
def test_nothing_known_is_lost_by_saying_not_twice(parts: list[Truth]) -> None:
    assert [opposite(opposite(part)) for part in parts] == parts
