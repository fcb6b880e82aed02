"""The years that the dates of a measure lie in: one beyond them is likely a slip."""

from collections.abc import Iterator, Mapping, Sequence

from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.values import Dates, Documents, Series
from ipcity_policy.measure.events import Event
from ipcity_policy.measure.model import Vocabulary
from ipcity_policy.measure.statements import Statement
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span


def unlikely_years(
    vocabulary: Vocabulary, statements: Mapping[str, Statement], events: Sequence[Event]
) -> Iterator[Diagnostic]:
    """Report the days and years of a sheet that lie beyond those of its measure."""
    stated = (*statements.values(), *(s for e in events for s in e.statements.values()))
    for one in stated:
        for year in dict.fromkeys((*_of_value(one), *years_of(one.on))):
            yield from unlikely(vocabulary, year, one.span)
    for event in events:
        first, last = event.term or (None, None)
        years = (*years_of(event.on), *years_of(first), *years_of(last))
        about = () if event.year is None else (event.year,)
        for year in dict.fromkeys((*years, *about)):
            yield from unlikely(vocabulary, year, event.span)


def unlikely(vocabulary: Vocabulary, year: int, at: Span) -> Iterator[Diagnostic]:
    """Report a year that lies beyond those of the measure."""
    first, last = vocabulary.years
    if first is None or last is None or first <= year <= last:
        return
    message = say(
        "the year {year} lies beyond those of this measure, {first} to {last}",
        year=f"{year:04}",
        first=str(first),
        last=str(last),
    )
    mend = say("see whether it was miswritten; if it is right, leave it")
    yield diagnose("L115", message, at, help=mend)


def _of_value(statement: Statement) -> Iterator[int]:
    """Yield the years that a value names."""
    match statement.value:
        case Dates() as days:
            yield from years_of(days)
        case Documents(_, on):
            yield from years_of(on)
        case Series(stated):
            yield from (year for year, _ in stated)


def years_of(days: Dates | None) -> Iterator[int]:
    """Yield the years between which a day lies, as far as they are stated."""
    ends = () if days is None else (days.low, days.high)
    unstated = (None, ANY_DAY.low, ANY_DAY.high)
    yield from (end.year for end in ends if end is not None and end not in unstated)
