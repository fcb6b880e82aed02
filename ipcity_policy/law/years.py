"""The years that the dates of a measure lie in: one beyond them is likely a slip."""

from collections.abc import Iterator

from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import Vocabulary
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span


def unlikely(vocabulary: Vocabulary, year: int, at: Span) -> Iterator[Diagnostic]:
    """Report a year that lies beyond those of the measure."""
    first, last = vocabulary.years
    if first is None or last is None or first <= year <= last:
        return
    message = say(
        "the year {year} is outside those of this measure, {first} to {last}",
        year=f"{year:04}",
        first=str(first),
        last=str(last),
    )
    help = say("check whether it is wrong; if it is right, leave it")
    yield diagnose("L115", message, at, help=help)


def years_of(days: Dates | None) -> Iterator[int]:
    """Yield the years between which a day lies, as far as they are stated."""
    ends = () if days is None else days.finite_ends
    yield from (end.year for end in ends if end is not None)
