"""The picture of a comparison: where the limit lies, what was found, and how far apart."""

from dataclasses import dataclass
from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, ROUND_FLOOR, Context, Decimal

from ipcity_policy.engines.interpreter.explanation import Reason, ReasonKind
from ipcity_policy.engines.interpreter.operators import (
    Side,
    interval_of,
    last_place,
    top_limits,
)
from ipcity_policy.lang import core
from ipcity_policy.lang.calendar import shift
from ipcity_policy.lang.datatypes import ANY_DAY, NumberType
from ipcity_policy.lang.literals import number_text
from ipcity_policy.lang.values import Dates, Documents, Numbers, Periods, Ranks
from ipcity_policy.report.block import BulletChart
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import margin_text, value_of
from ipcity_policy.text.message import tell

#: Places on a line need no more digits, and no number is too large to be drawn.
_ROUGHLY = Context(prec=12, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_NONE, _ONE = Decimal(0), Decimal(1)
#: How much of the line lies beyond what is drawn on it, where its ends are not declared.
_BEYOND = Decimal(4)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn, in numbers of one kind; an end that is None is open."""

    found: tuple[Decimal | None, Decimal | None]
    limit: Decimal
    #: What stands at the limit and at what was found.
    labels: tuple[str, str]
    #: The ends of the line with their words, where they are declared.
    ends: tuple[Decimal, Decimal] | None = None
    end_labels: tuple[str, str] = ("", "")
    #: Whether less is better: the first place is the best.
    backward: bool = False


def bar_of(reason: Reason, wording: Wording) -> BulletChart | None:
    """Return the picture of a comparison; None where there is nothing to draw."""
    asked = reason.asked
    of_year = reason.kind is ReasonKind.YEAR
    if not isinstance(asked, core.Apply) or not reason.values or of_year:
        return None
    upward = asked.row.upward
    if not upward or any(isinstance(one, core.OptionRef) for one in asked.operands):
        return None
    named = (one.name for operand in asked.operands for one in core.references(operand))
    if not all(name in reason.values for name in named):  # something of it was not looked at
        return None
    sides = tuple(value_of(operand, reason) for operand in asked.operands)
    drawn = _drawn(asked, sides, wording)
    if drawn is None or drawn.found == (None, None):
        return None
    low, high = drawn.ends or _ends(drawn)
    if not low < high:
        return None

    def place(value: Decimal | None, other: Decimal) -> Decimal:
        if value is None:
            return other
        whole = _ROUGHLY.subtract(high, low)
        at = _ROUGHLY.divide(_ROUGHLY.subtract(value, low), whole)
        return min(max(at, _NONE), _ONE)

    limit = place(drawn.limit, _NONE)
    return BulletChart(
        met=(limit, _ONE) if (upward > 0) is not drawn.backward else (_NONE, limit),
        found=(place(drawn.found[0], _NONE), place(drawn.found[1], _ONE)),
        limits=((limit, drawn.labels[0]),),
        says=drawn.labels[1],
        margin=margin_text(reason, wording) or "",
        ends=drawn.end_labels,
    )


def _drawn(asked: core.Apply, sides: tuple[Side, ...], wording: Wording) -> _Drawn | None:
    match sides:
        case (Numbers() as left, Numbers(limit, last)) if limit is not None and limit == last:
            return _number(asked, left, limit, sides[1], wording)
        case (Periods() as left, Periods() as right) if right.known:
            labels = (wording.value(right), wording.value(left))
            span, limits = (interval_of(one).map(Decimal) for one in (left, right))
            return None if limits.low is None else _Drawn(span.ends, limits.low, labels)
        case (Dates() as found, Dates() as limit):
            return _days(found, limit, wording)
        case (Documents(on=found), Dates() as limit):
            return _days(found, limit, wording)
        case (Dates() as start, Dates() as end, Periods() as period):
            return _days(end, shift(start, period), wording)
        case (Ranks() as rank, Numbers() as share):
            return _places(asked, rank, share, wording)
    return None


def _number(
    asked: core.Apply, left: Numbers, limit: Decimal, right: Side, wording: Wording
) -> _Drawn:
    labels = (wording.value(right), wording.value(left))
    known = asked.left.datatype if isinstance(asked.left, core.FactRef) else None
    match known:
        case NumberType(unit, low, high) if low is not None and high is not None:
            said = (wording.amount(number_text(end), unit) for end in (low, high))
            inside = low <= limit <= high
            ends = (low, high) if inside else None
            return _Drawn((left.low, left.high), limit, labels, ends, (next(said), next(said)))
    return _Drawn((left.low, left.high), limit, labels)


def _days(found: Dates, limit: Dates, wording: Wording) -> _Drawn | None:
    if found.never is not False or limit.never is not False:
        return None
    if limit.low is None or limit.low != limit.high or found == ANY_DAY:
        return None
    labels = (wording.day(limit), wording.day(found))
    first, last = found.finite_ends
    span = (_ordinal(first), _ordinal(last))
    return _Drawn(span, Decimal(limit.low.toordinal()), labels)


def _ordinal(day: date | None) -> Decimal | None:
    return None if day in (None, date.max) else Decimal(day.toordinal())


def _places(asked: core.Apply, rank: Ranks, share: Numbers, wording: Wording) -> _Drawn | None:
    last = top_limits(rank, share, asked.rounding)
    if last.low is None or not (last.known and rank.place_known and rank.size_known):
        return None
    limit = last.low.to_integral_value(ROUND_FLOOR)
    labels = (
        tell(
            wording.language, "place {n} of {size}", n=number_text(limit), size=str(rank.of_low)
        ),
        wording.value(rank),
    )
    ends = (_ONE, Decimal(rank.of_low))
    best = Decimal(last_place(rank, asked.ties).low or 1)
    return _Drawn((best, best), limit, labels, ends, ("1", str(rank.of_low)), backward=True)


def _ends(drawn: _Drawn) -> tuple[Decimal, Decimal]:
    """Return the ends of a line that shows all there is, with some room on both sides."""
    points = [drawn.limit, *(one for one in drawn.found if one is not None)]
    low, high = min(points), max(points)
    room = _ROUGHLY.divide(_ROUGHLY.subtract(high, low), _BEYOND) or _ONE
    return _ROUGHLY.subtract(low, room), _ROUGHLY.add(high, room)
