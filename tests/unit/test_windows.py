"""In how many of the last years something held, against each window counted year by year."""

from datetime import date
from itertools import product

import pytest

from ipcity_policy.engines.interpreter.windows import enough_years, windows_of
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import FINDING, NumberType, PeriodType, SeriesType
from ipcity_policy.lang.values import Dates, Options, Periods, Series, Truth
from ipcity_policy.text.source import Source, Span

NOWHERE = Span(Source("", ""), 0, 0)
OPEN = Options(frozenset({"met", "not-met"}))
YEARS = (2001, 2002, 2004)


def in_years(*, including: bool) -> core.InYears:
    return core.InYears(
        core.FactRef("grades", SeriesType(FINDING)),
        "one-of",
        (),
        core.ParameterRef("least", NumberType("", whole=True)),
        core.ParameterRef("window", PeriodType("years")),
        core.FactRef("made", FINDING),
        including,
        NOWHERE,
    )


def counted(
    truths: dict[int, Truth], other: Truth, first: int, last: int, length: int, least: int
) -> Truth:
    """Count in the window that ends with each year, and tell what all of them tell."""
    found = set[Truth]()
    for end in range(first, last + 1):
        held = [truths.get(year, other) for year in range(end - length + 1, end + 1)]
        sure, perhaps = held.count(True), held.count(True) + held.count(None)
        found.add(True if sure >= least else None if perhaps >= least else False)
    return found.pop() if len(found) == 1 else None


@pytest.mark.parametrize("including", [True, False])
@pytest.mark.parametrize("other", [True, False, None])
def test_in_enough_of_the_last_years(other: Truth, *, including: bool) -> None:
    asked = in_years(including=including)
    series = Series(tuple((year, OPEN) for year in YEARS), OPEN)
    for first, beyond, length, least in product(range(2000, 2006), (0, 1, 4), range(5), (1, 2)):
        day = Dates(date(first, 6, 1), date(first + beyond, 6, 1))
        windows = windows_of(asked, series, day, Periods(length, length, "years"))
        back = 0 if including else 1
        ends = first - back, first + beyond - back
        for truths in product([True, False, None], repeat=len(YEARS)):
            held = dict(zip(YEARS, truths, strict=True))
            wanted = counted(held, other, *ends, length, least)
            found = enough_years(windows, held, other, least)
            assert found is wanted, (ends, length, least, held)


@pytest.mark.parametrize(
    ("first", "last", "length", "shown", "told"),
    [
        # The window of two years that ends before 2005, and those that end before 2005 to 2007.
        (2005, 2005, 2, (2003, 2004), True),
        (2005, 2007, 2, (2003, 2004, 2005, 2006), True),
        # Of many windows or years only those that are stated: from the first window's first
        # year to the last's last.
        (2004, 2007, 2, (2002, 2004), False),
        (2003, 2006, 2, (2001, 2002, 2004), False),
        (2004, 2004, 31, (2001, 2002), False),
        (2002, 2006, 1, (2001, 2002, 2004), False),
        (2003, 2003, 0, (), True),
    ],
)
def test_which_years_are_shown(
    first: int, last: int, length: int, shown: tuple[int, ...], *, told: bool
) -> None:
    series = Series(tuple((year, OPEN) for year in YEARS), OPEN)
    day = Dates(date(first, 1, 1), date(last, 12, 31))
    period = Periods(length, length, "years")
    found = windows_of(in_years(including=False), series, day, period)
    assert (found.shown, found.complete, found.length) == (shown, told, length)
