"""What became of each deadline by a day, over every way in which the events may have gone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.timeline.branch import Branch, Owed
from ipcity_policy.engines.timeline.standing import Duty, Fulfilment
from ipcity_policy.engines.timeline.walk import Walk
from ipcity_policy.lang.values import Dates, Truth, all_of
from ipcity_policy.measure.history import Deadline


def duties_of(walk: Walk, branches: Sequence[Branch]) -> tuple[Duty, ...]:
    """Return every deadline that ran or runs, in the order in which they are due."""
    owed: dict[tuple[str, tuple[str, int]], list[Owed]] = {}
    for branch in branches:
        for one in branch.owed:
            if one.governed is not False:
                asked = _asked(walk, branch, one)
                if asked is not False:
                    found = replace(one, governed=all_of([one.governed, asked]))
                    owed.setdefault((one.deadline.id, one.cause), []).append(found)
    duties = [_once(walk, ones, len(branches)) for ones in owed.values()]
    duties += _yearly(walk, branches)
    return tuple(
        sorted(duties, key=lambda duty: (duty.due.low or date.min, duty.deadline.id, duty.text))
    )


def _asked(walk: Walk, branch: Branch, owed: Owed) -> Truth:
    """Tell whether a duty is asked: it was met, or the subject stands where it is owed."""
    during = owed.deadline.during
    if not during or walk.met(owed) is True:
        return True
    last = min(owed.due.high or date.max, walk.on)
    first = min(owed.due.low or date.min, last)
    truths = {_stood_in(branch, during, first), _stood_in(branch, during, last)}
    return truths.pop() if len(truths) == 1 else None


def _once(walk: Walk, ones: Sequence[Owed], ways: int) -> Duty:
    first = ones[0]
    since, due = hull([one.since for one in ones]), hull([one.due for one in ones])
    certain = len(ones) >= ways and all(one.governed is True for one in ones)
    places = walk.meeting(first)
    return _duty(walk, first.deadline, first.text, since, due, places, None, certain=certain)


def _duty(
    walk: Walk,
    deadline: Deadline,
    text: int,
    since: Dates,
    due: Dates,
    places: Sequence[int],
    year: int | None,
    *,
    certain: bool,
) -> Duty:
    met = next(iter(places), None)
    return Duty(
        deadline,
        since,
        due,
        year,
        tuple(_possible(walk, since, due, places)),
        walk.events[met].on if met is not None else None,
        met,
        certain,
        text,
    )


def _possible(
    walk: Walk, since: Dates, due: Dates, places: Sequence[int]
) -> Iterator[Fulfilment]:
    """Yield what may have become of a duty, given the events that may have met it."""
    first, last = due.low or date.min, due.high or date.max
    begun = since.high or date.max
    sure_early = sure = early = late = False
    for place in places:
        days = walk.events[place].on
        low, high = days.low or date.min, days.high or date.max
        after = low >= begun  # else it may have come before the duty began
        early = early or low <= last
        late = late or high > first
        if high <= walk.on and after:
            sure = True
            sure_early = sure_early or high <= first
    if sure_early:
        yield Fulfilment.MET
        return
    until = walk.known_until or date.min
    silent = until >= walk.on
    if early or until < min(last, walk.on):
        yield Fulfilment.MET
    if walk.on > first and (late or not silent):
        yield Fulfilment.MET_LATE
    if not sure and walk.on <= last:
        yield Fulfilment.OPEN
    if not sure and walk.on > first:
        yield Fulfilment.OVERDUE


def _yearly(walk: Walk, branches: Sequence[Branch]) -> Iterator[Duty]:
    """Yield the duties of each year that are owed while certain states last."""
    for text, program in enumerate(walk.texts.programs):
        for deadline in program.history.deadlines.values():
            if deadline.each_year_by is None:
                continue
            for year in _years(walk):
                day = date(year, *deadline.each_year_by)
                days = Dates(day, day)
                if walk.texts.governs(text, days) is not True:
                    continue
                owed = [_stood_in(branch, deadline.during, day) for branch in branches]
                if all(truth is False for truth in owed):
                    continue
                certain = all(truth is True for truth in owed)
                places = [p for p in walk.seen() if _is_for(walk, p, deadline, year)]
                start = Dates(date(year - 1, 1, 1), date(year - 1, 1, 1))
                yield _duty(walk, deadline, text, start, days, places, year, certain=certain)


def _years(walk: Walk) -> range:
    """Return the years in which a duty may be due: to the end of the one after the day."""
    lows = [walk.events[place].on.low for place in walk.seen()]
    first = min((day.year for day in lows if day is not None), default=walk.on.year)
    return range(max(first, date.min.year + 1), min(walk.on.year + 1, date.max.year) + 1)


def _is_for(walk: Walk, place: int, deadline: Deadline, year: int) -> bool:
    event = walk.events[place]
    if event.kind not in deadline.met_by:
        return False
    if event.year is not None:
        return event.year == year
    low, high = event.on.low or date.min, event.on.high or date.max
    return low.year <= year <= high.year


def _stood_in(branch: Branch, states: Sequence[str], day: date) -> Truth:
    """Tell whether a subject stood in one of some states on a day, on one way."""
    if branch.state is None:
        return None
    found: set[bool] = set()
    since = date.min
    source = branch.steps[0].source if branch.steps else branch.state
    stays = [(source, since, branch.steps[0].day if branch.steps else None)]
    for number, step in enumerate(branch.steps):
        following = branch.steps[number + 1].day if number + 1 < len(branch.steps) else None
        stays.append((step.target, step.day.low or date.min, following))
    for state, begin, end in stays:
        # The state may hold on the day if it may have begun by then and not be over.
        if begin <= day and (end is None or (end.high or date.max) > day):
            found.add(state in states)
    return found.pop() if len(found) == 1 else None


def hull(spans: Sequence[Dates]) -> Dates:
    """Return the span from the earliest to the latest of several."""
    lows = [one.low for one in spans]
    highs = [one.high for one in spans]
    return Dates(
        None if None in lows else min(day for day in lows if day is not None),
        None if None in highs else max(day for day in highs if day is not None),
    )
