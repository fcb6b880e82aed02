"""The words that qualify a comparison: which ends belong to it, how it rounds and counts ties.

Each value is what a sentence says, so that the printer writes it as it is.
"""

from enum import StrEnum


class Bounds(StrEnum):
    """Which of the two ends of `between` belong to it."""

    BOTH = "with both included"
    NEITHER = "with both excluded"
    FIRST = "with only the first included"
    LAST = "with only the last included"


class Rounding(StrEnum):
    """How a value is rounded to a multiple of a step."""

    UP = "rounded up"
    DOWN = "rounded down"
    HALF_UP = "rounded half up"


class Ties(StrEnum):
    """Which place those have who share one."""

    FIRST = "ties at the first"
    LAST = "ties at the last"


class Reach(StrEnum):
    """Which year is the last of a window of years."""

    BEFORE = "before"
    UP_TO = "up to"
