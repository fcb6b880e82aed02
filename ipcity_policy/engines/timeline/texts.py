"""The versions that a history is judged by, and which of them a day falls under."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.measure.program import Program


@dataclass(frozen=True, slots=True)
class Texts:
    """Versions, the oldest first; a single one is applied to every day."""

    programs: tuple[Program, ...]

    def span(self, text: int) -> tuple[date, date]:
        """Return the first and the last day that may fall under a version.

        What lies before the first version that is known, or after the end of the last,
        falls under that one: no other text is there. Where it is not known on which day one
        gave way to the next, the days that may fall under both are in the span of both.
        """
        first, last = date.min, date.max
        if text > 0:
            first = _since(self.programs[text])
        if text + 1 < len(self.programs):
            following = self.programs[text + 1].in_force
            assert following is not None
            begins = following.surely_from
            last = begins - timedelta(days=1) if begins is not None else date.max
        return first, last

    def of(self, days: Dates) -> Iterator[tuple[int, Dates]]:
        """Yield each version that a span of days falls under, with the part that does."""
        for text in range(len(self.programs)):
            first, last = self.span(text)
            low, high = max(days.low or date.min, first), min(days.high or date.max, last)
            if low <= high:
                yield text, Dates(low, high)

    def governs(self, text: int, days: Dates) -> Truth:
        """Tell whether all of some days fall under a version, or none."""
        mine = [other for other, _ in self.of(days)]
        if text not in mine:
            return False
        return True if len(mine) == 1 else None


def texts_of(programs: Sequence[Program]) -> Texts:
    """Return the versions that say something of time, in the order of their coming into force.

    A draft stands alone.
    """
    telling = [program for program in programs if program.history.states]
    dated = sorted((p for p in telling if p.in_force is not None), key=_since)
    return Texts(tuple(dated) or tuple(telling))


def _since(program: Program) -> date:
    assert program.in_force is not None  # INVARIANT: drafts stand alone
    return program.in_force.since
