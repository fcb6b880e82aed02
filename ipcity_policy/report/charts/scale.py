"""A scale of years, or of months where the time is short: where each day lies on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipcity_policy.lang.values import Dates
from ipcity_policy.words.days import days_said

#: How many months there may be from one mark of a scale to the next.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
#: How many marks there may be, of months and of years.
_MOST_MONTHS, _MOST_YEARS = 8, 12
_FIRST, _LAST = 12, 9999 * 12 + 11
_PLACES = Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from the first day of a month up to that of a later one."""

    #: Months counted from the year 0; the second is where the scale ends.
    first: int
    last: int
    #: How many months there are from one mark to the next.
    step: int

    @property
    def _low(self) -> int:
        return _day(self.first).toordinal()

    def place(self, day: date) -> Decimal:
        """Return where the beginning of a day lies, between 0 and 1."""
        whole = _day(self.last).toordinal() - self._low
        at = Decimal(day.toordinal() - self._low) / whole
        return min(max(at.quantize(_PLACES), Decimal(0)), Decimal(1))

    def reach(self, days: Dates) -> tuple[Decimal, Decimal]:
        """Return where a day may lie; a span without an end goes to that of the scale."""
        return self.place(days.earliest), self.place(days.latest)

    def ticks(self, language: str) -> tuple[tuple[Decimal, str], ...]:
        """Return the marks of the scale, with the years or months that begin there."""
        return tuple(
            (self.place(_day(month)), self._said(month, language))
            for month in range(-(-self.first // self.step) * self.step, self.last, self.step)
        )

    def _said(self, month: int, language: str) -> str:
        first, step = _day(month), 12 if self.step >= 12 else 1
        last = date.fromordinal(_day(month + step).toordinal() - 1)
        return days_said(Dates(first, last), language)


def scale_of(days: Iterable[date]) -> Scale:
    """Return the scale on which some days lie, with as many marks as can be read."""
    months = [day.year * 12 + day.month - 1 for day in days]
    low, high = min(months), max(months) + 1
    for step in _STEPS:
        first, last = low // step * step, -(-high // step) * step
        if (last - first) // step <= (_MOST_MONTHS if step < 12 else _MOST_YEARS):
            break
    return Scale(max(first, _FIRST), min(last, _LAST), step)


def _day(month: int) -> date:
    year, number = divmod(min(month, _LAST), 12)
    return date(year, number + 1, 1)
