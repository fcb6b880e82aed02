"""The days of a history, as far as each way in which it may have gone leaves them open.

Every day follows from one that an event states. What must be true of a day, such as that it
lies before another, is carried back to the day that it follows from, so that two days that
hang on the same event are never set against each other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile

from ipcity_policy.engines.lifecycle.version_spans import VersionSpans
from ipcity_policy.engines.lifecycle.worlds import NEXT, DayExpression, Offset, World
from ipcity_policy.lang.time_limits import RestDays, last_day
from ipcity_policy.lang.values import Dates, Periods, Truth
from ipcity_policy.sheet.events import Event

_DAY = timedelta(days=1)
#: The least days and the most of each unit, of several months on average.
_LENGTHS = {"days": (1, 1), "weeks": (7, 7), "months": (30, 31), "years": (365, 366)}
#: Of how many days that an event may have happened on each is looked at: those of a year.
MOST_DAYS = 366


#: The first and the last of the days that a day may be.
_Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Led:
    """Where some periods lead from a day."""

    days: _Span
    #: The last day of the last of them, which what follows is reckoned from; None of none.
    border: _Span | None


@dataclass
class TemporalConstraints:
    """Reckons the days of one history."""

    texts: VersionSpans
    events: Sequence[Event]
    rest: Callable[[str], RestDays | None]
    _offsets: dict[tuple[Offset, date, bool], tuple[_Span, _Span]] = field(default_factory=dict)
    _ordered: dict[tuple[object, ...], tuple[date, date] | None] = field(default_factory=dict)
    _led: dict[tuple[tuple[Offset, ...], bool, date], _Led] = field(default_factory=dict)

    def span(self, world: World, day: DayExpression) -> tuple[date, date]:
        """Return the first and the last day that a day may be, on one way."""
        low, high = self._base(world, day)
        # What is reckoned from an open beginning has none either.
        first = low if low == date.min else self._ends(day, low)[0]
        return first, self._ends(day, high)[1]

    def dates(self, world: World, day: DayExpression) -> Dates:
        """Return the days that a day may be, on one way."""
        return Dates(*self.span(world, day))

    def border(self, world: World, day: DayExpression) -> Dates:
        """Return the days from which what follows the last day of a period is reckoned."""
        low, high = self._base(world, day)
        ends = [self._lead(day.offsets, base, last=day.of == "until") for base in (low, high)]
        first, then = (end.border or end.days for end in ends)
        return Dates(low if low == date.min else first[0], then[1])

    def known(self, day: DayExpression) -> bool:
        """Tell whether a day that an event states is known exactly."""
        low, high = self._stated(day)
        return low == high

    def no_later(self, world: World | None, day: DayExpression, last: date) -> World | None:
        """Return the way once a day lies no later than some day; None where it cannot."""
        if world is None:
            return None
        low, high = self._base(world, day)
        if self._ends(day, low)[0] > last:
            return None
        if self._ends(day, high)[0] <= last:
            return world
        first, beyond = low.toordinal(), high.toordinal()
        while beyond - first > 1:  # INVARIANT: a later day leads to no earlier one
            middle = (first + beyond) // 2
            if self._ends(day, date.fromordinal(middle))[0] <= last:
                first = middle
            else:
                beyond = middle
        return world.narrow(day.anchor, Dates(low, date.fromordinal(first)))

    def no_earlier(self, world: World | None, day: DayExpression, first: date) -> World | None:
        """Return the way once a day lies no earlier than some day; None where it cannot."""
        if world is None:
            return None
        low, high = self._base(world, day)
        if self._ends(day, high)[1] < first:
            return None
        if self._ends(day, low)[1] >= first:
            return world
        short, last = low.toordinal(), high.toordinal()
        while last - short > 1:
            middle = (short + last) // 2
            if self._ends(day, date.fromordinal(middle))[1] >= first:
                last = middle
            else:
                short = middle
        return world.narrow(day.anchor, Dates(date.fromordinal(last), high))

    def before(
        self, world: World | None, day: DayExpression, other: DayExpression
    ) -> World | None:
        """Return the way once a day lies before another; None where it cannot."""
        if world is None:
            return None
        if day.anchor == other.anchor:
            return self._same(world, day, other, strictly=True)
        _, last = self.span(world, other)
        world = self.no_later(world, day, last - _DAY if last > date.min else last)
        if world is None:
            return None
        first, _ = self.span(world, day)
        return self.no_earlier(world, other, first + _DAY if first < date.max else first)

    def not_after(
        self, world: World | None, day: DayExpression, other: DayExpression
    ) -> World | None:
        """Return the way once a day lies no later than another; None where it cannot."""
        if world is None:
            return None
        if day.anchor == other.anchor:
            return self._same(world, day, other, strictly=False)
        world = self.no_later(world, day, self.span(world, other)[1])
        if world is None:
            return None
        return self.no_earlier(world, other, self.span(world, day)[0])

    def _same(
        self, world: World, day: DayExpression, other: DayExpression, *, strictly: bool
    ) -> World | None:
        """Return the way once a day lies before another, or no later, that follows from one."""
        shared = sum(
            1 for _ in takewhile(_alike, zip(day.offsets, other.offsets, strict=False))
        )
        reach, limit = self._reach(day.offsets[shared:]), self._reach(other.offsets[shared:])
        if reach is not None and limit is not None:
            if reach[0] + strictly > limit[1]:
                return None
            if reach[1] + strictly <= limit[0]:
                return world
        low, high = self._base(world, day)
        if (high - low).days > MOST_DAYS:
            return world
        key = (day.of, day.offsets, other.offsets, low, high, strictly)
        if key not in self._ordered:
            apart = _DAY if strictly else timedelta(0)

            def holds(base: date) -> bool:
                return self._ends(day, base)[0] + apart <= self._ends(other, base)[1]

            first = next(filter(holds, _days_up(low, high)), None)
            last = low if first is None else next(filter(holds, _days_down(high, low)))
            self._ordered[key] = (first, last) if first is not None else None
        left = self._ordered[key]
        if left is None or left == (low, high):
            return world if left is not None else None
        return world.narrow(day.anchor, Dates(*left))

    def _reach(self, offsets: tuple[Offset, ...]) -> tuple[int, int] | None:
        """Return how many days some periods lead on at least and at most, from any day.

        None where a rest day may move an end: how far nobody can say.
        """
        least = most = 0
        for offset in offsets:
            if offset == NEXT:
                least, most = least + 1, most + 1
                continue
            text, parameter, _ = offset
            program = self.texts.programs[text]
            length = program.parameters[parameter].value
            assert isinstance(length, Periods)  # INVARIANT: the checker saw to it
            if program.history.counting.rest_days is not None:
                return None
            number, (short, long) = length.low or 0, _LENGTHS[length.unit]
            # Which of its ends count takes two days away at most, a short month two more.
            least += number * short - 2 - (2 if length.unit == "months" else 0)
            most += number * long
        return least, most

    def is_before(self, world: World, day: DayExpression, other: DayExpression) -> Truth:
        """Tell whether a day lies before another; of days that hang on one event, also how."""
        if day.anchor == other.anchor:
            shorter = min(len(day.offsets), len(other.offsets))
            if day.offsets[:shorter] == other.offsets[:shorter]:
                return len(day.offsets) < len(other.offsets)
        (low, high), (first, last) = self.span(world, day), self.span(world, other)
        return True if high < first else False if low >= last else None

    def _stated(self, day: DayExpression) -> tuple[date, date]:
        event = self.events[day.event]
        days = event.on
        if day.of in ("ever", "always"):
            return date.min, date.max if day.of == "ever" else date.min
        if day.of in ("after", "over"):
            return days.low or date.min, date.max
        if day.of != "on":
            assert event.term is not None  # INVARIANT: only a stated term is reckoned from
            days = event.term[0 if day.of == "from" else 1]
        return days.low or date.min, days.high or date.max

    def _base(self, world: World, day: DayExpression) -> tuple[date, date]:
        for base, days in world.narrowed:
            if base == day.anchor:
                return days.low or date.min, days.high or date.max
        return self._stated(day)

    def _ends(self, day: DayExpression, base: date) -> tuple[date, date]:
        """Return where the periods of a day lead from one day; two where rest days are open."""
        offsets, last = day.offsets, day.of == "until"
        if not offsets:
            return base, base
        return self._lead(offsets, base, last=last).days

    def _lead(self, offsets: tuple[Offset, ...], base: date, *, last: bool) -> _Led:
        """Return where some periods lead from a day, which may be the last of a term."""
        if not offsets:
            return _Led((base, base), (base, base) if last else None)
        key = (offsets, last, base)
        if key not in self._led:
            before = self._lead(offsets[:-1], base, last=last)
            if offsets[-1] == NEXT:
                low, high = before.days
                self._led[key] = _Led((_after(low), _after(high)), before.border)
            else:
                low, high = before.border or before.days
                follows = before.border is not None
                first = self._reckon(offsets[-1], low, follows=follows)
                then = self._reckon(offsets[-1], high, follows=follows)
                (days, borders) = zip(first, then, strict=True)
                self._led[key] = _Led((days[0][0], days[1][1]), (borders[0][0], borders[1][1]))
        return self._led[key]

    def _reckon(self, offset: Offset, day: date, *, follows: bool) -> tuple[_Span, _Span]:
        """Return the last day of a period from a day, and that which others follow."""
        key = (offset, day, follows)
        if key not in self._offsets:
            self._offsets[key] = self._counted(offset, day, follows=follows)
        return self._offsets[key]

    def _counted(self, offset: Offset, day: date, *, follows: bool) -> tuple[_Span, _Span]:
        text, parameter, kind = offset
        program = self.texts.programs[text]
        length = program.parameters[parameter].value
        assert isinstance(length, Periods)  # INVARIANT: the checker saw to it
        assert kind is not None  # INVARIANT: only the next day is no period
        counting = program.history.counting.of(kind)
        rest = self.rest(counting.rest_days) if counting.rest_days is not None else None
        from_day = Dates(day, day)
        last = _ends_of(last_day(from_day, length, counting, rest, follows=follows))
        if counting.carried:
            return last, last
        return last, _ends_of(last_day(from_day, length, counting.unmoved, follows=follows))


def _ends_of(days: Dates) -> _Span:
    return days.low or date.min, days.high or date.max


def _after(day: date) -> date:
    return day + _DAY if day < date.max else day


def _days_up(low: date, high: date) -> Iterator[date]:
    return map(date.fromordinal, range(low.toordinal(), high.toordinal() + 1))


def _days_down(high: date, low: date) -> Iterator[date]:
    return map(date.fromordinal, range(high.toordinal(), low.toordinal() - 1, -1))


def _alike(pair: tuple[Offset, Offset]) -> bool:
    return pair[0] == pair[1]
