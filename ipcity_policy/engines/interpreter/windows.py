"""In how many of the last years before a date something held: the windows of a series."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from ipcity_policy.engines.interpreter.operators import Side
from ipcity_policy.lang import core
from ipcity_policy.lang.values import Dates, Periods, Series, Truth, of_type

#: How many windows, and years of a window, are shown year by year; of more, what is stated.
_MANY = 3
_LONG = 30


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows that are possible, of as many years each."""

    length: int
    #: The last years of windows. What holds in one that is left out holds in one of these.
    ends: tuple[int, ...]
    #: The years that an explanation shows.
    shown: tuple[int, ...]
    #: Whether these are all the years that can matter.
    complete: bool


def windows_of(asked: core.InYears, series: Series, day: Dates, window: Side) -> Windows:
    """Return the windows of years that are possible, given what is known of the date.

    >>> from datetime import date
    >>> from ipcity_policy.lang.datatypes import unknown
    >>> from tests.boxes import law
    >>> asked = law().rules["cared-for"].condition  # in the last three years before a day
    >>> day = Dates(date(2010, 6, 1), date(2011, 6, 1))
    >>> found = windows_of(asked, unknown(asked.series.datatype), day, Periods(3, 3, "years"))
    >>> found.ends, found.shown
    ((2009, 2010), (2007, 2008, 2009, 2010))
    """
    length = of_type(window, Periods).low or 0
    back = 0 if asked.including else 1
    first = day.earliest.year - back
    last = day.latest.year - back
    stated = [year for year, _ in series.stated]
    complete = last - first < _MANY and length <= _LONG
    if complete:
        shown = tuple(range(first - length + 1, last + 1)) if length else ()
    else:
        shown = tuple(year for year in stated if first - length < year <= last)
    # Only where a stated year comes in or goes out does one window differ from the next.
    edges = {
        end for year in stated for end in (year - 1, year, year + length - 1, year + length)
    }
    ends = sorted({first, last, *(end for end in edges if first < end < last)})
    return Windows(length, tuple(ends), shown, complete)


def enough_years(
    windows: Windows, truths: Mapping[int, Truth], other: Truth, least: int
) -> Truth:
    """Tell whether in each window something holds often enough; None where they differ.

    `truths` says of the years that are stated, in order, whether it holds there; `other` of
    all others.

    >>> window = Windows(length=3, ends=(2009,), shown=(2007, 2008, 2009), complete=True)
    >>> [enough_years(window, {2007: True, 2009: True}, None, least) for least in (2, 3)]
    [True, None]
    """
    years = list(truths)
    sure = [0, *accumulate(truth is True for truth in truths.values())]
    maybe = [0, *accumulate(truth is not False for truth in truths.values())]
    found: set[Truth] = set()
    for end in windows.ends:
        first, last = bisect_left(years, end - windows.length + 1), bisect_right(years, end)
        rest = windows.length - (last - first)
        held = sure[last] - sure[first] + (rest if other is True else 0)
        may = maybe[last] - maybe[first] + (rest if other is not False else 0)
        found.add(True if held >= least else None if may >= least else False)
    return found.pop() if len(found) == 1 else None
