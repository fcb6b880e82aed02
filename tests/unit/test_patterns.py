"""Patterns match what `literals` reads, and nothing else."""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.lang import patterns


def matches(pattern: str, text: str) -> bool:
    return re.search(f"^(?:{pattern})$", text) is not None


def test_every_day_month_and_year_is_a_date_and_no_other() -> None:
    for year in range(10_000):
        assert matches(patterns.DATE, f"{year:04}") == (year > 0)
        last = monthrange(year, 2)[1] if year else 0
        for day in (28, 29, 30):
            assert matches(patterns.DATE, f"{year:04}-02-{day}") == (day <= last), (year, day)
    for year in (1900, 1999, 2000):
        first = date(year, 1, 1)
        real = {(first + timedelta(n)).isoformat() for n in range(366 if year == 2000 else 365)}
        for month in range(14):
            assert matches(patterns.DATE, f"{year}-{month:02}") == (month in range(1, 13))
            for day in range(33):
                text = f"{year}-{month:02}-{day:02}"
                assert matches(patterns.DATE, text) == (text in real), text
    assert not any(matches(patterns.DATE, text) for text in ("", "99", "2000-1", "2000-001"))


DIGITS = st.text("0159", min_size=1, max_size=3)
NUMERALS = st.builds(
    lambda sign, whole, fraction: f"{sign}{whole}" + (f".{fraction}" if fraction else ""),
    st.sampled_from(("", "-")),
    DIGITS,
    st.none() | DIGITS,
)


@pytest.mark.whole
@given(NUMERALS, NUMERALS, NUMERALS)
def test_a_number_between_two_ends_is_matched_and_no_other(
    one: str, other: str, numeral: str
) -> None:
    low, high = sorted((Decimal(one), Decimal(other)))
    value = Decimal(numeral)
    assert matches(patterns.number(low, high), numeral) == (low <= value <= high)
    assert matches(patterns.number(low, None), numeral) == (low <= value)
    assert matches(patterns.number(None, high), numeral) == (value <= high)
    assert matches(patterns.number(None, None), numeral)
    assert matches(patterns.number(value, value), numeral)


@given(st.text("-.019e+ １", max_size=5))
def test_what_is_no_number_is_not_matched(text: str) -> None:
    written = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)
    assert matches(patterns.number(Decimal(-9), Decimal(900)), text) == (
        written is not None and -9 <= Decimal(text) <= 900
    )
