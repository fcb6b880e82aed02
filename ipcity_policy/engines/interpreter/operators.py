"""What each operator means: a truth, known or not, of what is still possible."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.calendar import length, shift
from ipcity_policy.lang.datatypes import PERCENT, ChoiceType
from ipcity_policy.lang.operators import OPERATORS
from ipcity_policy.lang.qualifiers import Rounding, Ties
from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Numbers,
    Options,
    Periods,
    Ranks,
    Sets,
    Truth,
    Value,
    all_of,
    any_of,
    opposite,
)

#: What stands on a side: a value, or the options of a set.
Side: TypeAlias = "Value | tuple[str, ...]"
#: Two ends that can be compared; None is open.
_Ends: TypeAlias = "tuple[Any, Any]"


def truth_of(asked: core.Apply, sides: tuple[Side, ...]) -> Truth:
    """Tell whether a comparison holds of the values of its operands."""
    if asked.operator in _OF_PLACES:
        return TRUTHS[asked.operator](*sides, asked.rounding, asked.ties)
    truth = TRUTHS[asked.operator](*(_scaled(asked, side) for side in sides))
    happened = all_of([opposite(side.never) for side in sides if isinstance(side, Dates)])
    return truth if happened is True else _of_days(asked.operator, truth, happened)


def _of_days(operator: str, truth: Truth, happened: Truth) -> Truth:
    """Tell whether a comparison holds of days that may not be there.

    Whatever is asked of a day, such as to lie before another or a year back, does not hold
    of what did not happen; only what denies it does.
    """
    if operator in _DENYING:
        return opposite(all_of([opposite(truth), happened]))
    return all_of([truth, happened])


def _scaled(asked: core.Apply, side: Side) -> Side:
    """Return the options of an ordered choice as places in its order, others as they are."""
    datatype = None if isinstance(asked.left, core.OptionRef) else asked.left.datatype
    if asked.operator not in _BY_SIZE or not isinstance(datatype, ChoiceType):
        return side
    names = side.names if isinstance(side, Options) else side
    assert isinstance(names, (frozenset, tuple))  # INVARIANT: the checker saw to it
    places = [Decimal(datatype.options.index(name)) for name in names]
    return Numbers(min(places), max(places), "")


def span_of(side: Side) -> _Ends:
    """Return the two ends of what is possible; a period in months, or in days."""
    match side:
        case Numbers(low, high) | Dates(low, high):
            return low, high
        case Periods(low, high, unit):
            ends = (None if end is None else length(end, unit) for end in (low, high))
            return next(ends), next(ends)
    raise AssertionError(side)  # INVARIANT: the checker lets nothing else be measured


def _at_least(left: Side, right: Side) -> Truth:
    (low, high), (first, last) = span_of(left), span_of(right)
    if low is not None and last is not None and low >= last:
        return True
    if high is not None and first is not None and high < first:
        return False
    return None


def _exactly(left: Side, right: Side) -> Truth:
    if isinstance(left, Options):
        names = right.names if isinstance(right, Options) else frozenset(_options(right))
        if not left.names & names:
            return False
        return True if len(left.names) == len(names) == 1 else None
    return all_of([_at_least(left, right), _at_least(right, left)])


def _options(side: Side) -> tuple[str, ...]:
    assert isinstance(side, tuple)  # INVARIANT: the checker saw to it
    return side


def _one_of(left: Options, names: tuple[str, ...]) -> Truth:
    if left.names <= frozenset(names):
        return True
    return None if left.names & frozenset(names) else False


def _time_at_least(start: Dates, end: Dates, period: Periods) -> Truth:
    return _at_least(end, shift(start, period))


def _time_at_most(start: Dates, end: Dates, period: Periods) -> Truth:
    return _at_least(shift(start, period), end)


def last_place(rank: Ranks, ties: Ties | None) -> tuple[int, int | None]:
    """Return the possible places, those who share one counted before if a sentence says so."""
    shared = rank.tied - 1 if ties is Ties.LAST else 0
    high = rank.of_high if rank.high is None else rank.high
    return rank.low + shared, None if high is None else high + shared


def top_limits(rank: Ranks, share: Side, rounding: Rounding | None) -> _Ends:
    """Return up to which place the top of a cohort reaches, for its possible sizes."""
    assert isinstance(share, Numbers)  # INVARIANT: the checker saw to it
    if share.unit != PERCENT:
        return share.low, share.high
    limits: list[Decimal | None] = []
    for size, percent in ((rank.of_low, share.low), (rank.of_high, share.high)):
        limit = None
        if size is not None and percent is not None:
            limit = decimals.percent_of(percent, Decimal(size))
            if rounding is not None:
                limit = decimals.round_to(limit, Decimal(1), rounding)
        limits.append(limit)
    return limits[0], limits[1]


def _whole_cohort(share: Side) -> bool:
    """Tell whether every place lies within a share, whatever the size of the cohort."""
    assert isinstance(share, Numbers)  # INVARIANT: the checker saw to it
    return share.unit == PERCENT and share.low is not None and share.low >= 100


def _nobody(share: Side) -> bool:
    """Tell whether no place lies within a share, whatever the size of the cohort."""
    assert isinstance(share, Numbers)  # INVARIANT: the checker saw to it
    return share.high is not None and share.high <= 0


def _in_top(rank: Side, share: Side, rounding: Rounding | None, ties: Ties | None) -> Truth:
    """Tell whether a place is in the top, whichever place and size are possible together.

    A larger cohort lets more places in, and no more than one for each member. So a place is
    worst in the smallest cohort that it fits in, and the last one in the largest.
    """
    assert isinstance(rank, Ranks)  # INVARIANT: the checker saw to it
    if _whole_cohort(share):
        return True
    if _nobody(share):
        return False
    behind, shared = rank.tied - 1, rank.tied - 1 if ties is Ties.LAST else 0

    def within(place: int, size: int | None, which: int) -> bool | None:
        one = replace(rank, of_low=size or 1, of_high=size)
        limit = top_limits(one, share, rounding)[which]
        return None if limit is None else place + shared <= limit

    if rank.last:
        best: Truth = within(rank.low, rank.low + behind, 1)
        worst = [None] if rank.high is None else [within(rank.high, rank.high + behind, 0)]
    else:
        best = within(rank.low, rank.of_high, 1)
        fitting = rank.of_low - behind
        middle = fitting if rank.high is None else min(rank.high, fitting)
        worst = [within(middle, rank.of_low, 0)]
        if rank.high is None or rank.high > fitting:
            far = None if rank.high is None else within(rank.high, rank.high + behind, 0)
            worst.append(far)
    if best is False:
        return False
    return True if all(one is True for one in worst) else None


def _last(rank: Ranks, _: Rounding | None, ties: Ties | None) -> Truth:
    ties = ties or Ties.LAST
    if rank.last:
        return rank.tied == 1 or ties is Ties.LAST
    best, worst = last_place(rank, ties)
    if rank.place_known and rank.size_known:
        return best == rank.of_low
    return False if worst is not None and worst < rank.of_low else None


def _includes(of: Sets, names: tuple[str, ...]) -> list[Truth]:
    return [True if one in of.inside else None if one in of.open else False for one in names]


def _submitted(document: Documents) -> Truth:
    return _one_of(document.submitted, ("yes",))


def _dated(compare: Callable[..., Truth]) -> Callable[..., Truth]:
    return lambda document, day: all_of([_submitted(document), compare(document.on, day)])


def _known(side: Side) -> Truth:
    return isinstance(side, tuple) or side.known


def _flip(truth: Callable[..., Truth]) -> Callable[..., Truth]:
    return lambda *sides: opposite(truth(*sides))


def _swap(truth: Callable[..., Truth]) -> Callable[..., Truth]:
    return lambda left, right: truth(right, left)


_AT_MOST = _swap(_at_least)
_BELOW, _ABOVE = _flip(_at_least), _flip(_AT_MOST)
#: The operators that deny something of a day, and hold where there is none.
_DENYING = frozenset({"not-exactly", "not-known"})
_OF_PLACES = frozenset({"in-top", "not-in-top", "last", "not-last"})
_BY_SIZE = frozenset({"at-least", "at-most", "above", "below"})

#: What each operator means; `between` is told apart before, and places are also told how
#: they are counted.
TRUTHS: Mapping[str, Callable[..., Truth]] = {
    "at-least": _at_least,
    "at-most": _AT_MOST,
    "above": _ABOVE,
    "below": _BELOW,
    "exactly": _exactly,
    "not-exactly": _flip(_exactly),
    "on-or-after": _at_least,
    "on-or-before": _AT_MOST,
    "after": _ABOVE,
    "before": _BELOW,
    "time-at-least": _time_at_least,
    "time-at-most": _time_at_most,
    "time-above": _flip(_time_at_most),
    "time-below": _flip(_time_at_least),
    "one-of": _one_of,
    "not-one-of": _flip(_one_of),
    "same": _one_of,
    "different": _flip(_one_of),
    "in-top": _in_top,
    "not-in-top": _flip(_in_top),
    "last": _last,
    "not-last": _flip(_last),
    "includes": lambda of, names: all_of(_includes(of, names)),
    "includes-all": lambda of, names: all_of(_includes(of, names)),
    "includes-any": lambda of, names: any_of(_includes(of, names)),
    "includes-none": _flip(lambda of, names: any_of(_includes(of, names))),
    "submitted": _submitted,
    "not-submitted": _flip(_submitted),
    "submitted-on-or-before": _dated(_AT_MOST),
    "submitted-before": _dated(_BELOW),
    "submitted-on-or-after": _dated(_at_least),
    "submitted-after": _dated(_ABOVE),
    "known": _known,
    "not-known": _flip(_known),
}
#: Operators that the checker writes out as others.
WRITTEN_OUT = frozenset({"between"})
assert (
    TRUTHS.keys() | WRITTEN_OUT == OPERATORS.keys()
)  # INVARIANT: every operator has a meaning
