"""Exact numbers: sums, shares and multiples of a step, worked out by hand."""

from decimal import Decimal

import pytest

from ipcity_policy.lang import decimals
from ipcity_policy.lang.qualifiers import Rounding

LONG = "12345678901234567890123456789012345678901234567890"


@pytest.mark.parametrize(
    ("value", "step", "up", "down", "half_up"),
    [
        ("7", "5", "10", "5", "5"),
        ("7.5", "5", "10", "5", "10"),
        ("7.49", "5", "10", "5", "5"),
        ("10", "5", "10", "10", "10"),
        ("0", "5", "0", "0", "0"),
        # Up is up and down is down below zero, too; from the middle it goes up.
        ("-7", "5", "-5", "-10", "-5"),
        ("-7.5", "5", "-5", "-10", "-5"),
        ("-7.51", "5", "-5", "-10", "-10"),
        ("1.04", "0.1", "1.1", "1.0", "1.0"),
        ("1.05", "0.1", "1.1", "1.0", "1.1"),
        ("0.3", "0.25", "0.50", "0.25", "0.25"),
        ("12", "1E+1", "20", "10", "10"),
        ("1E+2", "30", "120", "90", "90"),
        (LONG + ".5", "1", LONG[:-1] + "1", LONG, LONG[:-1] + "1"),
    ],
)
def test_multiples_of_a_step(value: str, step: str, up: str, down: str, half_up: str) -> None:
    ways = {Rounding.UP: up, Rounding.DOWN: down, Rounding.HALF_UP: half_up}
    found = {way: decimals.round_to(Decimal(value), Decimal(step), way) for way in ways}
    assert found == {way: Decimal(text) for way, text in ways.items()}


def test_no_digit_is_lost() -> None:
    one, long = Decimal(1), Decimal(LONG)
    assert decimals.plus(long, one) == Decimal(LONG[:-1] + "1")
    assert decimals.minus(long, one) == Decimal(LONG[:-2] + "89")
    assert decimals.times(long, Decimal(2)) == Decimal(
        "24691357802469135780246913578024691357802469135780"
    )
    assert decimals.percent_of(Decimal(30), Decimal(11)) == Decimal("3.3")
    assert decimals.percent_of(Decimal("12.5"), long) == Decimal(
        "1543209862654320986265432098626543209862654320986.25"
    )
