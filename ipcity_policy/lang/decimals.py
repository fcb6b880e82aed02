"""Exact arithmetic on decimals, however many digits it takes."""

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal

from ipcity_policy.lang.qualifiers import Rounding

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_HUNDREDTH = Decimal("0.01")


def plus(left: Decimal, right: Decimal) -> Decimal:
    """Return the sum.

    >>> plus(Decimal("1E+30"), Decimal("0.1"))
    Decimal('1000000000000000000000000000000.1')
    """
    return _EXACT.add(left, right)


def minus(left: Decimal, right: Decimal) -> Decimal:
    """Return the difference.

    >>> minus(Decimal("1.50"), Decimal(1))
    Decimal('0.50')
    """
    return _EXACT.subtract(left, right)


def times(left: Decimal, right: Decimal) -> Decimal:
    """Return the product.

    >>> times(Decimal("1.5"), Decimal("1.5"))
    Decimal('2.25')
    """
    return _EXACT.multiply(left, right)


def percent_of(share: Decimal, whole: Decimal) -> Decimal:
    """Return a share, in percent, of a whole.

    >>> percent_of(Decimal(30), Decimal(25))
    Decimal('7.50')
    """
    return times(times(share, whole), _HUNDREDTH)


def round_to(value: Decimal, step: Decimal, way: Rounding) -> Decimal:
    """Round to a multiple of a step above 0.

    >>> round_to(Decimal("7.5"), Decimal(1), Rounding.HALF_UP)
    Decimal('8')
    """
    places = -min(_exponent(value), _exponent(step))
    count = int(_EXACT.scaleb(value, places))
    one = int(_EXACT.scaleb(step, places))
    match way:
        case Rounding.UP:
            multiple = -(-count // one)
        case Rounding.HALF_UP:
            multiple = (2 * count + one) // (2 * one)
        case Rounding.DOWN:
            multiple = count // one
    return times(Decimal(multiple), step)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # INVARIANT: no number of ours is infinite
    return min(exponent, 0)
