"""What each operator means, and how far a value is from its limit."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from ipcity_policy.engines.verdict import Margin
from ipcity_policy.lang.operators import OPERATORS
from ipcity_policy.lang.values import Dates, Numbers, Options, Truth, Value, opposite


def _at_least(left: Numbers | Dates, right: Numbers | Dates) -> Truth:
    # The ends of both sides are of one type; the checker saw to it.
    if left.low is not None and right.high is not None and left.low >= right.high:  # type: ignore[operator]
        return True
    if left.high is not None and right.low is not None and left.high < right.low:  # type: ignore[operator]
        return False
    return None


def _one_of(left: Options, names: tuple[str, ...]) -> Truth:
    if left.names <= frozenset(names):
        return True
    return None if left.names & frozenset(names) else False


def _flip(truth: Callable[..., Truth]) -> Callable[..., Truth]:
    return lambda left, right: opposite(truth(left, right))


def _swap(truth: Callable[..., Truth]) -> Callable[..., Truth]:
    return lambda left, right: truth(right, left)


_NUMBERS: Mapping[str, Callable[..., Truth]] = {
    "at-least": _at_least,
    "below": _flip(_at_least),
    "at-most": _swap(_at_least),
    "above": _flip(_swap(_at_least)),
}

#: What each operator means, for every operator of the table.
TRUTHS: Mapping[str, Callable[..., Truth]] = {
    **_NUMBERS,
    "on-or-after": _NUMBERS["at-least"],
    "before": _NUMBERS["below"],
    "on-or-before": _NUMBERS["at-most"],
    "after": _NUMBERS["above"],
    "one-of": _one_of,
    "not-one-of": _flip(_one_of),
    "same": _one_of,
    "different": _flip(_one_of),
}
assert TRUTHS.keys() == OPERATORS.keys()  # INVARIANT: every operator has a meaning


def margin_of(
    operator: str, left: Value | tuple[str, ...], right: Value | tuple[str, ...]
) -> Margin | None:
    """Return how far the left value is from the right one; None for what has no distance."""
    upward = operator in ("at-least", "above", "on-or-after", "after")
    if isinstance(left, Numbers) and isinstance(right, Numbers):
        low, high = _less(left.low, right.high), _less(left.high, right.low)
        unit = left.unit
    elif isinstance(left, Dates) and isinstance(right, Dates):
        low, high = _days(left.low, right.high), _days(left.high, right.low)
        if low is None and high is None:
            return None
        unit = "days"
    else:
        return None
    if not upward:
        low, high = (None if high is None else -high), (None if low is None else -low)
    return Margin(low, high, unit)


def _days(left: date | None, right: date | None) -> Decimal | None:
    if left in (None, date.min, date.max) or right in (None, date.min, date.max):
        return None
    assert left is not None
    assert right is not None
    return Decimal((left - right).days)


def _less(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left - right
