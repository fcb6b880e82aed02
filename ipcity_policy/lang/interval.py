"""What is known of a value on a line: that it lies between two ends.

Both ends are possible, and an end that is None is open. What is said of two intervals is
true where every pair of their values bears it out, false where none does, and else None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar


class _Ordered(Protocol):
    """What stands in a line, such as a number or a day."""

    def __lt__(self, other: Any, /) -> bool: ...

    def __le__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=_Ordered)
S = TypeVar("S", bound=_Ordered)


@dataclass(frozen=True, slots=True)
class Interval(Generic[T]):
    """The values between two ends, both included; an end that is None is open."""

    low: T | None
    high: T | None

    @classmethod
    def exactly(cls, value: T) -> "Interval[T]":
        """Return the interval of one value.

        >>> Interval.exactly(7)
        Interval(low=7, high=7)
        """
        return cls(value, value)

    @property
    def ends(self) -> tuple[T | None, T | None]:
        """The two ends.

        >>> Interval(None, 7).ends
        (None, 7)
        """
        return self.low, self.high

    @property
    def known(self) -> bool:
        """Whether only one value is possible.

        >>> Interval(7, 7).known, Interval(None, None).known
        (True, False)
        """
        return self.low is not None and self.low == self.high

    def __contains__(self, value: T) -> bool:
        """Tell whether a value lies in it.

        >>> 7 in Interval(None, 7), 8 in Interval(None, 7)
        (True, False)
        """
        return (self.low is None or self.low <= value) and (
            self.high is None or value <= self.high
        )

    def at_least(self, other: "Interval[T]") -> bool | None:
        """Tell whether a value of it is as great as one of the other, or greater.

        >>> Interval(5, 9).at_least(Interval(3, 5)), Interval(5, 9).at_least(Interval(3, 6))
        (True, None)
        """
        if self.low is not None and other.high is not None and other.high <= self.low:
            return True
        if self.high is not None and other.low is not None and self.high < other.low:
            return False
        return None

    def before(self, other: "Interval[T]") -> bool | None:
        """Tell whether a value of it lies before one of the other.

        >>> Interval(1, 2).before(Interval(3, None)), Interval(1, 2).before(Interval(None, 1))
        (True, False)
        """
        later = self.at_least(other)
        return None if later is None else not later

    def after(self, other: "Interval[T]") -> bool | None:
        """Tell whether a value of it lies after one of the other.

        >>> Interval(3, None).after(Interval(1, 2)), Interval(3, 5).after(Interval(4, 4))
        (True, None)
        """
        return other.before(self)

    def overlaps(self, other: "Interval[T]") -> bool:
        """Tell whether some value lies in both.

        >>> Interval(1, 3).overlaps(Interval(3, 4)), Interval(1, 3).overlaps(Interval(4, None))
        (True, False)
        """
        return self.before(other) is not True and self.after(other) is not True

    def within(self, other: "Interval[T]") -> bool:
        """Tell whether every value of it lies in the other.

        >>> Interval(2, 3).within(Interval(1, None)), Interval(None, 3).within(Interval(1, 3))
        (True, False)
        """
        return self.hull(other) == other

    def intersect(self, other: "Interval[T]") -> "Interval[T] | None":
        """Return the values that lie in both; None where there is none.

        >>> Interval(1, 3).intersect(Interval(2, None))
        Interval(low=2, high=3)
        """
        lows = [end for end in (self.low, other.low) if end is not None]
        highs = [end for end in (self.high, other.high) if end is not None]
        low, high = max(lows, default=None), min(highs, default=None)
        return (
            None if low is not None and high is not None and high < low else Interval(low, high)
        )

    def hull(self, other: "Interval[T]") -> "Interval[T]":
        """Return all values from the least to the greatest of both.

        >>> Interval(1, 3).hull(Interval(5, None))
        Interval(low=1, high=None)
        """
        lows, highs = (self.low, other.low), (self.high, other.high)
        low = None if None in lows else min(end for end in lows if end is not None)
        high = None if None in highs else max(end for end in highs if end is not None)
        return Interval(low, high)

    def map(self, function: Callable[[T], S]) -> "Interval[S]":
        """Return what a function that keeps the order makes of its values.

        >>> Interval(1, None).map(lambda value: 12 * value)
        Interval(low=12, high=None)
        """
        low, high = (None if end is None else function(end) for end in self.ends)
        return Interval(low, high)

    def flip(self, function: Callable[[T], S]) -> "Interval[S]":
        """Return what a function that turns the order round makes of its values.

        >>> Interval(1, None).flip(lambda value: -value)
        Interval(low=None, high=-1)
        """
        return Interval(self.high, self.low).map(function)

    def shift(self, by: "Interval[S]", move: Callable[[T, S], T]) -> "Interval[T]":
        """Return its values moved by those of another: the least by the least, and so on.

        >>> Interval(1, 3).shift(Interval(10, None), lambda value, by: value + by)
        Interval(low=11, high=None)
        """
        low, high = (
            None if end is None or step is None else move(end, step)
            for end, step in zip(self.ends, by.ends, strict=True)
        )
        return Interval(low, high)


class Order(StrEnum):
    """How one value stands to another in a line."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOVE = "above"
    BELOW = "below"

    def holds(self, left: Interval[T], right: Interval[T]) -> bool | None:
        """Tell whether a value stands so to another.

        >>> Order.BELOW.holds(Interval(1, 2), Interval(3, None))
        True
        """
        match self:
            case Order.AT_LEAST:
                return left.at_least(right)
            case Order.AT_MOST:
                return right.at_least(left)
            case Order.ABOVE:
                return left.after(right)
            case Order.BELOW:
                return left.before(right)
