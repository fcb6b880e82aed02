"""Whether a bar runs on a day, each of the three known in part: worked out by hand."""

from datetime import date

import pytest

from ipcity_policy.engines.lifecycle.position import RunningBar, VersionIndex
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.law.model import Basis, Origin

OPEN = (None, None)
Span = tuple[int | None, int | None]


def days(span: Span) -> Dates:
    """Return days of one month."""
    low, high = (None if day is None else date(2001, 5, day) for day in span)
    return Dates(low, high)


@pytest.mark.parametrize(
    ("first", "until", "on", "runs"),
    [
        # From the tenth to the twentieth, both counted.
        ((10, 10), (20, 20), (9, 9), False),
        ((10, 10), (20, 20), (10, 10), True),
        ((10, 10), (20, 20), (20, 20), True),
        ((10, 10), (20, 20), (21, 21), False),
        ((10, 10), (20, 20), (9, 10), None),
        ((10, 10), (20, 20), (10, 20), True),
        ((10, 10), (20, 20), (20, 21), None),
        # It began on a day from the tenth to the twelfth, and ends on one from the 18th on.
        ((10, 12), (18, 20), (9, 9), False),
        ((10, 12), (18, 20), (10, 10), None),
        ((10, 12), (18, 20), (11, 11), None),
        ((10, 12), (18, 20), (12, 18), True),
        ((10, 12), (18, 20), (19, 19), None),
        ((10, 12), (18, 20), (21, 21), False),
        # One end is not known at all.
        (OPEN, (18, 20), (12, 12), None),
        (OPEN, (18, 20), (21, 21), False),
        ((10, 12), OPEN, (9, 9), False),
        ((10, 12), OPEN, (30, 30), None),
        # Nor is the day.
        ((10, 12), (18, 20), OPEN, None),
        ((10, 12), (18, 20), (None, 9), False),
        ((10, 12), (18, 20), (21, None), False),
    ],
)
def test_a_bar_runs_from_its_first_day_to_its_last(
    first: Span, until: Span, on: Span, runs: Truth
) -> None:
    where = Origin("art-1", Basis.ATTESTED)

    def bar(*, certain: bool) -> RunningBar:
        began, ends = days(first), days(until)
        return RunningBar(
            "renewal", "pause", began, began, ends, "ending", where, certain, VersionIndex(0)
        )

    assert bar(certain=True).runs_on(days(on)) is runs
    # One that may not be there at all runs on no day surely.
    assert bar(certain=False).runs_on(days(on)) is (None if runs else runs)
