"""What each operator means: a truth, known or not, of what is still possible."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.calendar import counted, shift, smallest
from ipcity_policy.lang.datatypes import PERCENT, ChoiceType
from ipcity_policy.lang.interval import Interval
from ipcity_policy.lang.operators import OPERATORS, OperandKind, Operator, Right
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
    of_type,
    opposite,
)

#: What stands on a side: a value, or the options of a set.
Side: TypeAlias = Value | tuple[str, ...]
Sides: TypeAlias = tuple[Side, ...]
#: What a comparison comes to for the values of its operands.
Meaning: TypeAlias = Callable[[core.Apply, Sides], Truth]


def truth_of(asked: core.Apply, sides: Sides) -> Truth:
    """Tell whether a comparison holds of the values of its operands: strong Kleene's truth.

    True where all pairs of what is still possible bear it out, False where none does.

    >>> from tests.boxes import grams, law
    >>> light, part = law().rules["is-light"].condition, Numbers(Decimal(5), None, "grams")
    >>> [truth_of(light, (weight, grams(10))) for weight in (grams(8), grams(60), part)]
    [True, False, None]
    """
    truth = TRUTHS[asked.operator](asked, sides)
    happened = all_of([opposite(side.never) for side in sides if isinstance(side, Dates)])
    return truth if happened is True else _of_days(asked.row, truth, happened)


def _of_days(row: Operator, truth: Truth, happened: Truth) -> Truth:
    """Tell whether a comparison holds of days that may not be there.

    Whatever is asked of a day, such as to lie before another or a year back, does not hold
    of what did not happen; only what denies it does.
    """
    if row.denies_days:
        return opposite(all_of([opposite(truth), happened]))
    return all_of([truth, happened])


def interval_of(side: Side) -> Interval[Any]:
    """Return what is possible between two ends; a period in months, or in days.

    >>> interval_of(Periods(1, 2, "years"))
    Interval(low=12, high=24)
    """
    match side:
        case Numbers() | Dates():
            return side.interval
        case Periods():
            return counted(side, smallest(side.unit))
    raise AssertionError(side)  # INVARIANT: the checker lets nothing else be measured


def _in_order(row: Operator) -> Meaning:
    """Return what an operator means that asks how two values stand to one another."""
    order = row.order
    assert order is not None  # INVARIANT: only rows with an order come here

    def sizes(asked: core.Apply, sides: Sides) -> Truth:
        left, right = (interval_of(_scaled(asked, side)) for side in sides)
        return order.holds(left, right)

    def time(_: core.Apply, sides: Sides) -> Truth:
        start, end = of_type(sides[0], Dates), of_type(sides[1], Dates)
        after = shift(start, of_type(sides[2], Periods))
        return order.holds(end.interval, after.interval)

    def submission(asked: core.Apply, sides: Sides) -> Truth:
        document, day = of_type(sides[0], Documents), of_type(sides[1], Dates)
        in_time = order.holds(document.on.interval, day.interval)
        return all_of([_submitted(asked, sides), in_time])

    if row.of_time:
        return time
    return submission if OperandKind.DOCUMENT in row.kinds else sizes


def _scaled(asked: core.Apply, side: Side) -> Side:
    """Return the options of an ordered choice as places in its order, others as they are."""
    if isinstance(asked.left, core.OptionRef) or not isinstance(side, (Options, tuple)):
        return side
    datatype = of_type(asked.left.datatype, ChoiceType)
    places = [Decimal(datatype.options.index(name)) for name in _names(side)]
    return Numbers(min(places), max(places), "")


def _names(side: Side) -> frozenset[str]:
    """Return the options that are possible, or that a set holds."""
    return side.names if isinstance(side, Options) else frozenset(of_type(side, tuple))


def _exactly(_: core.Apply, sides: Sides) -> Truth:
    left, right = sides
    if isinstance(left, Options):
        names = _names(right)
        if not left.names & names:
            return False
        return True if len(left.names) == len(names) == 1 else None
    one, other = interval_of(left), interval_of(right)
    return all_of([one.at_least(other), other.at_least(one)])


def _one_of(_: core.Apply, sides: Sides) -> Truth:
    return _among(of_type(sides[0], Options), _names(sides[1]))


def _among(possible: Options, names: frozenset[str]) -> Truth:
    if possible.names <= names:
        return True
    return None if possible.names & names else False


def last_place(rank: Ranks, ties: Ties | None) -> Interval[int]:
    """Return the possible places, those who share one counted before if a sentence says so.

    >>> shared = Ranks(3, 3, of_low=40, of_high=40, tied=2)
    >>> last_place(shared, Ties.FIRST).ends, last_place(shared, Ties.LAST).ends
    ((3, 3), (4, 4))
    """
    shared = rank.tied - 1 if ties is Ties.LAST else 0
    high = rank.of_high if rank.high is None else rank.high
    return Interval(rank.low, high).map(lambda place: place + shared)


def top_limits(rank: Ranks, share: Numbers, rounding: Rounding | None) -> Interval[Decimal]:
    """Return up to which place the top of a cohort reaches, for its possible sizes.

    A share in percent is of each size, rounded as the sentence says; places are counted.

    >>> rank = Ranks(1, None, of_low=25, of_high=40)
    >>> share = Numbers(Decimal(30), Decimal(30), PERCENT)
    >>> [str(limit) for limit in top_limits(rank, share, Rounding.UP).ends]
    ['8', '12']
    """
    if share.unit != PERCENT:
        return share.interval

    def limit(percent: Decimal, size: int) -> Decimal:
        exact = decimals.percent_of(percent, Decimal(size))
        return exact if rounding is None else decimals.round_to(exact, Decimal(1), rounding)

    return share.interval.shift(rank.sizes, limit)


def _whole_cohort(share: Numbers) -> bool:
    """Tell whether every place lies within a share, whatever the size of the cohort."""
    return share.unit == PERCENT and share.low is not None and share.low >= 100


def _nobody(share: Numbers) -> bool:
    """Tell whether no place lies within a share, whatever the size of the cohort."""
    return share.high is not None and share.high <= 0


def _in_top(asked: core.Apply, sides: Sides) -> Truth:
    """Tell whether a place is in the top, whichever place and size are possible together.

    A larger cohort lets more places in, and no more than one for each member. So a place is
    worst in the smallest cohort that it fits in, and the last one in the largest.
    """
    rank, share = of_type(sides[0], Ranks), of_type(sides[1], Numbers)
    if _whole_cohort(share):
        return True
    if _nobody(share):
        return False
    behind, shared = rank.tied - 1, rank.tied - 1 if asked.ties is Ties.LAST else 0

    def within(place: int, size: int | None, which: int) -> bool | None:
        one = replace(rank, of_low=size or 1, of_high=size)
        limit = top_limits(one, share, asked.rounding).ends[which]
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


def _last(asked: core.Apply, sides: Sides) -> Truth:
    rank, ties = of_type(sides[0], Ranks), asked.ties or Ties.LAST
    if rank.last:
        return rank.tied == 1 or ties is Ties.LAST
    places = last_place(rank, ties)
    if rank.place_known and rank.size_known:
        return places.low == rank.of_low
    return False if places.high is not None and places.high < rank.of_low else None


def _included(sides: Sides) -> list[Truth]:
    """Tell of each option on the right whether it is in the set."""
    of = of_type(sides[0], Sets)
    return [
        True if one in of.inside else None if one in of.open else False
        for one in _names(sides[1])
    ]


def _all_included(_: core.Apply, sides: Sides) -> Truth:
    return all_of(_included(sides))


def _any_included(_: core.Apply, sides: Sides) -> Truth:
    return any_of(_included(sides))


def _submitted(_: core.Apply, sides: Sides) -> Truth:
    return _among(of_type(sides[0], Documents).submitted, frozenset({"yes"}))


def _known(_: core.Apply, sides: Sides) -> Truth:
    return isinstance(sides[0], tuple) or sides[0].known


def _denied(meaning: Meaning) -> Meaning:
    return lambda asked, sides: opposite(meaning(asked, sides))


_MEANINGS: Mapping[str, Meaning] = {
    "exactly": _exactly,
    "one-of": _one_of,
    "same": _one_of,
    "in-top": _in_top,
    "last": _last,
    "includes": _all_included,
    "includes-all": _all_included,
    "includes-any": _any_included,
    "submitted": _submitted,
    "known": _known,
}
#: What each operator means; `between` is told apart before. What denies one of these and what
#: asks for an order follows from its row.
TRUTHS: Mapping[str, Meaning] = {
    **{name: _in_order(row) for name, row in OPERATORS.items() if row.order is not None},
    **_MEANINGS,
    **{
        denying: _denied(meaning)
        for name, meaning in _MEANINGS.items()
        if (denying := OPERATORS[name].opposite) is not None
    },
}
#: Operators that the checker writes out as others.
WRITTEN_OUT = frozenset(row.name for row in OPERATORS.values() if row.right is Right.ENDS)
assert (
    TRUTHS.keys() | WRITTEN_OUT == OPERATORS.keys()
)  # INVARIANT: every operator has a meaning
