"""Which years lie before a date: the windows of a series that a rule may look at."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from ipcity_policy.lang import core
from ipcity_policy.lang.values import Dates, Periods, Series, Value

#: How many years a date may leave open before only the years that are stated are looked at.
_MANY = 3


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows that are possible."""

    #: The years of each window; of several that hold no stated year one stands for all.
    spans: tuple[range, ...]
    #: The years that an explanation shows.
    shown: tuple[int, ...]
    #: Whether these are all the years that can matter.
    told: bool


def windows_of(
    asked: core.InYears, series: Series, day: Dates, window: "Value | tuple[str, ...]"
) -> Windows:
    """Return the windows of years that are possible, given what is known of the date."""
    assert isinstance(window, Periods)  # INVARIANT: the checker saw to it
    count = window.low or 0
    back = 0 if asked.including else 1
    first = (day.low or date.min).year - back
    last = (day.high or date.max).year - back
    stated = [year for year, _ in series.stated]
    ends = range(first, last + 1)
    told = len(ends) <= _MANY
    if not told:
        near = {year + step for year in stated for step in range(count)}
        inside = sorted(end for end in near if end in ends)
        # One window that holds no stated year stands for all such.
        outside = next((end for end in ends if end not in near), None)
        kept = [*inside, *([] if outside is None else [outside])]
    else:
        kept = list(ends)
    spans = tuple(range(max(end - count + 1, MINYEAR - 1), end + 1) for end in kept)
    union = {year for span in spans for year in span if year <= MAXYEAR}
    shown = sorted(union if told else union & set(stated))
    return Windows(spans, tuple(shown), told)
