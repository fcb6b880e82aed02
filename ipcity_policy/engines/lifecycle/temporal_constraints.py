"""*Temporal constraints.* The days of a history as a simple temporal network.

Every day is an expression: offsets from an anchor, which is a day that an event states
(`worlds.DayExpression`). A constraint, such as that one day lies before another, is carried
back to the anchors and narrows what a world leaves of them; so two days with one anchor are
never set against each other. A function `where_…` returns the part of a world in which its
constraint holds: None where there is none, and None for None, so that constraints can follow
one another. One of its two days may be a day of the calendar, of which nothing is narrowed.

Simple temporal networks and difference constraints: Dechter, Meiri and Pearl, "Temporal
constraint networks", Artificial Intelligence 49 (1991). Here an offset is no fixed number of
days: a month has 28 to 31, and rest days may move an end.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import takewhile

from ipcity_policy.engines.lifecycle.context import Context, DaySpan, Lead
from ipcity_policy.engines.lifecycle.position import ends
from ipcity_policy.engines.lifecycle.worlds import NEXT, DayExpression, Offset, World
from ipcity_policy.lang.time_limits import last_day
from ipcity_policy.lang.values import NEVER, Dates, Periods, Truth, opposite

#: The least days and the most of each unit, of several months on average.
_LENGTHS = {"days": (1, 1), "weeks": (7, 7), "months": (30, 31), "years": (365, 366)}
#: Of how many days that an anchor may be each is looked at: those of a year.
MOST_DAYS = 366

# What a day may be


def span(context: Context, world: World, day: DayExpression) -> DaySpan:
    """Return the first and the last day that a day may be in a world.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06", on="2011-01-01")  # on some day of June
    >>> [str(day) for day in span(context, world, world.running.end)]
    ['2011-06-01', '2011-06-30']
    """
    low, high = _left(context, world, day)
    # What is calculated from an open beginning has none either.
    first = low if low == date.min else _lead(context, day, low)[0]
    return first, _lead(context, day, high)[1]


def dates(context: Context, world: World, day: DayExpression) -> Dates:
    """Return the days that a day may be in a world: what `span` gives, as a value.

    >>> from ipcity_policy.lang.literals import date_text
    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06", on="2011-01-01")
    >>> date_text(dates(context, world, world.running.start))
    '2010-06'
    """
    return Dates(*span(context, world, day))


def border(context: Context, world: World, day: DayExpression) -> Dates:
    """Return the days from which what follows the last day of a period is calculated.

    It is that last day, unless rest days moved it and the version does not carry that on.

    >>> from ipcity_policy.lang.literals import date_text
    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2011-01-01")
    >>> date_text(border(context, world, world.running.end))
    '2011-06-01'
    """
    low, high = _left(context, world, day)
    leads = [_led(context, day.offsets, one, last=day.of == "until") for one in (low, high)]
    first, last = (border or days for days, border in leads)
    return Dates(low if low == date.min else first[0], last[1])


def is_exact(context: Context, day: DayExpression) -> bool:
    """Tell whether the sheet states an anchor as one day.

    >>> from tests.boxes import history
    >>> context = history("registered 2010-06", "inspected 2010-07-01", on="2011-01-01")
    >>> [is_exact(context, day) for day in context.event_days]
    [False, True]
    """
    low, high = _stated(context, day)
    return low == high


def is_before(
    context: Context, world: World, day: DayExpression, other: DayExpression
) -> Truth:
    """Tell whether a day lies before another in a world.

    Of days with one anchor the offsets may tell, however little is known of the anchor.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010", "inspected 2010-07-01", on="2010-12-31")
    >>> registered, inspected = context.event_days
    >>> others = inspected, world.running.end
    >>> [is_before(context, world, registered, other) for other in others]
    [None, True]
    """
    if day.anchor == other.anchor:
        shorter = min(len(day.offsets), len(other.offsets))
        if day.offsets[:shorter] == other.offsets[:shorter]:
            return len(day.offsets) < len(other.offsets)
    (low, high), (first, last) = span(context, world, day), span(context, world, other)
    return True if high < first else False if low >= last else None


def has_come(
    context: Context, world: World, day: DayExpression, by: DayExpression | date
) -> Truth:
    """Tell whether a day lies no later than another, or than one of the calendar.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2011-01-01")
    >>> end = world.running.end  # 1 June 2011
    >>> [has_come(context, world, end, date(2011, month, 1)) for month in (5, 6)]
    [False, True]
    """
    if isinstance(by, DayExpression):
        return opposite(is_before(context, world, by, day))
    low, high = span(context, world, day)
    return True if high <= by else None if low <= by else False


# Constraints


def where_before(
    context: Context,
    world: World | None,
    day: DayExpression | date,
    other: DayExpression | date,
) -> World | None:
    """Return the part of a world in which a day lies before another; None where there is none.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06", "inspected 2010-06", on="2011-01-01")
    >>> registered, inspected = context.event_days
    >>> found = where_before(context, world, registered, inspected)
    >>> [str(day) for day in span(context, found, registered)]
    ['2010-06-01', '2010-06-29']
    """
    return _where_apart(context, world, day, other, 1)


def where_not_after(
    context: Context,
    world: World | None,
    day: DayExpression | date,
    other: DayExpression | date,
) -> World | None:
    """Return the part of a world in which a day lies no later than another; None for none.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06", on="2011-01-01")
    >>> (registered,) = context.event_days
    >>> found = where_not_after(context, world, date(2011, 6, 20), world.running.end)
    >>> [str(day) for day in span(context, found, registered)]  # a year before that end
    ['2010-06-20', '2010-06-30']
    """
    return _where_apart(context, world, day, other, 0)


def _where_apart(
    context: Context,
    world: World | None,
    day: DayExpression | date,
    other: DayExpression | date,
    apart: int,
) -> World | None:
    """Return the part of a world in which a day lies some days before another, or more."""
    if isinstance(day, DayExpression) and world is not None:
        if isinstance(other, date):
            return _where_no_later(context, world, day, _shifted(other, -apart))
        if day.anchor == other.anchor:
            return _where_ordered(context, world, day, other, apart)
        last = _shifted(span(context, world, other)[1], -apart)
        world = _where_no_later(context, world, day, last)
    if isinstance(other, DayExpression) and world is not None:
        first = day if isinstance(day, date) else span(context, world, day)[0]
        return _where_no_earlier(context, world, other, _shifted(first, apart))
    return world


def _where_no_later(
    context: Context, world: World, day: DayExpression, last: date
) -> World | None:
    low, high = _left(context, world, day)
    if _lead(context, day, low)[0] > last:
        return None
    if _lead(context, day, high)[0] <= last:
        return world
    latest = _furthest(low, high, lambda one: _lead(context, day, one)[0] <= last)
    return world.narrow(day.anchor, Dates(low, latest))


def _where_no_earlier(
    context: Context, world: World, day: DayExpression, first: date
) -> World | None:
    low, high = _left(context, world, day)
    if _lead(context, day, high)[1] < first:
        return None
    if _lead(context, day, low)[1] >= first:
        return world
    earliest = _furthest(high, low, lambda one: _lead(context, day, one)[1] >= first)
    return world.narrow(day.anchor, Dates(earliest, high))


def _where_ordered(
    context: Context, world: World, day: DayExpression, other: DayExpression, apart: int
) -> World | None:
    """Return the part of a world in which a day lies some days before another of its anchor.

    Where no more is known of the anchor than a span of years, all of the world is kept.
    """
    pairs = zip(day.offsets, other.offsets, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    reach = _reach(context, day.offsets[shared:])
    limit = _reach(context, other.offsets[shared:])
    if reach is not None and limit is not None:
        if reach[0] + apart > limit[1]:
            return None
        if reach[1] + apart <= limit[0]:
            return world
    low, high = _left(context, world, day)
    if (high - low).days > MOST_DAYS:
        return world
    key = (day.of, day.offsets, other.offsets, low, high, apart)
    if key not in context.memo.orders:
        between = timedelta(days=apart)

        def holds(anchor: int) -> bool:
            one = date.fromordinal(anchor)
            return _lead(context, day, one)[0] + between <= _lead(context, other, one)[1]

        anchors = range(low.toordinal(), high.toordinal() + 1)
        first = next(filter(holds, anchors), None)
        last = None if first is None else next(filter(holds, reversed(anchors)))
        context.memo.orders[key] = (
            None
            if first is None or last is None
            else (date.fromordinal(first), date.fromordinal(last))
        )
    left = context.memo.orders[key]
    if left is None:
        return None
    return world if left == (low, high) else world.narrow(day.anchor, Dates(*left))


def _furthest(inside: date, outside: date, holds: Callable[[date], bool]) -> date:
    """Return the day furthest from `inside`, before `outside`, that holds, as it does itself.

    INVARIANT: a later anchor leads to no earlier day, so there is one border.
    """
    near, far = inside.toordinal(), outside.toordinal()
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if holds(date.fromordinal(middle)):
            near = middle
        else:
            far = middle
    return date.fromordinal(near)


# Anchors and offsets


def _stated(context: Context, day: DayExpression) -> DaySpan:
    """Return what the sheet leaves of an anchor."""
    event = context.events[day.event]
    match day.of:
        case "on":
            return ends(event.on)
        case "ever":
            return date.min, date.max
        case "always":
            return date.min, date.min
        case "after" | "over":
            return event.on.low or date.min, date.max
    assert event.term is not None  # INVARIANT: only a stated term is calculated from
    return ends(event.term[0 if day.of == "from" else 1])


def _left(context: Context, world: World, day: DayExpression) -> DaySpan:
    """Return what a world leaves of an anchor."""
    for anchor, days in world.narrowed:
        if anchor == day.anchor:
            return ends(days)
    return _stated(context, day)


def _lead(context: Context, day: DayExpression, anchor: date) -> DaySpan:
    """Return where the offsets of a day lead from one day; a span where rest days are open."""
    if not day.offsets:
        return anchor, anchor
    return _led(context, day.offsets, anchor, last=day.of == "until")[0]


def _led(context: Context, offsets: tuple[Offset, ...], anchor: date, *, last: bool) -> Lead:
    """Return where offsets lead from a day, which may be the `last` of a term."""
    if not offsets:
        return (anchor, anchor), (anchor, anchor) if last else None
    key = (offsets, last, anchor)
    leads = context.memo.leads
    if key not in leads:
        days, border = _led(context, offsets[:-1], anchor, last=last)
        if offsets[-1] == NEXT:
            leads[key] = (next_day(days[0]), next_day(days[1])), border
        else:
            follows = border is not None
            low, high = border or days
            first, first_border = _period(context, offsets[-1], low, follows=follows)
            then, then_border = _period(context, offsets[-1], high, follows=follows)
            leads[key] = (first[0], then[1]), (first_border[0], then_border[1])
    return leads[key]


def _period(
    context: Context, offset: Offset, day: date, *, follows: bool
) -> tuple[DaySpan, DaySpan]:
    """Return the last day of a period from a day, and that which others follow."""
    key = (offset, day, follows)
    if key not in context.memo.periods:
        context.memo.periods[key] = _counted(context, offset, day, follows=follows)
    return context.memo.periods[key]


def _counted(
    context: Context, offset: Offset, day: date, *, follows: bool
) -> tuple[DaySpan, DaySpan]:
    version, _, kind = offset
    assert kind is not None  # INVARIANT: only the next day is no period
    counting = context.programs[version].history.counting.of(kind)
    rest = context.rest_days(counting.rest_days) if counting.rest_days is not None else None
    start, length = Dates(day, day), _length(context, offset)
    last = ends(last_day(start, length, counting, rest, follows=follows))
    if counting.carried:
        return last, last
    return last, ends(last_day(start, length, counting.unmoved, follows=follows))


def _length(context: Context, offset: Offset) -> Periods:
    version, parameter, _ = offset
    length = context.programs[version].parameters[parameter].value
    assert isinstance(length, Periods)  # INVARIANT: the checker saw to it
    return length


def _reach(context: Context, offsets: tuple[Offset, ...]) -> tuple[int, int] | None:
    """Return how many days offsets lead on at least and at most, from any day.

    None where a rest day may move an end: how far nobody can say.
    """
    reaches: list[tuple[int, int]] = []
    for offset in offsets:
        if offset == NEXT:
            reaches.append((1, 1))
            continue
        if context.programs[offset[0]].history.counting.rest_days is not None:
            return None
        length = _length(context, offset)
        number, (short, long) = length.low, _LENGTHS[length.unit]
        assert number is not None  # INVARIANT: a period of the law has a length
        # Which of its ends count takes two days away at most, a short month two more.
        taken = 4 if length.unit == "months" else 2
        reaches.append((number * short - taken, number * long))
    return sum(least for least, _ in reaches), sum(most for _, most in reaches)


# Spans of days


def _shifted(day: date, days: int) -> date:
    """Return the day some days later, or the calendar's first or last where there is none."""
    last = date.max.toordinal()
    return date.fromordinal(min(max(day.toordinal() + days, 1), last)) if days else day


def next_day(day: date) -> date:
    """Return the day after; the calendar's last has none, and is its own.

    >>> next_day(date(2020, 2, 29)), next_day(date.max) == date.max
    (datetime.date(2020, 3, 1), True)
    """
    return _shifted(day, 1)


def hull(spans: Sequence[Dates]) -> Dates:
    """Return the span from the earliest to the latest of several: what any of them may be.

    >>> hull([Dates(date(2020, 1, 1), date(2020, 1, 1)), Dates(None, date(2019, 5, 1))])
    Dates(low=None, high=datetime.date(2020, 1, 1), never=False)
    """
    there = [one for one in spans if one.never is not True]
    if not there:
        return NEVER
    lows = [one.low for one in there]
    highs = [one.high for one in there]
    return Dates(
        None if None in lows else min(day for day in lows if day is not None),
        None if None in highs else max(day for day in highs if day is not None),
        never=None if any(one.never is not False for one in spans) else False,
    )
