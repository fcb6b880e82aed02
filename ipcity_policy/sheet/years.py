"""The years that a sheet names, held against those that its measure lies in."""

from collections.abc import Iterator, Mapping, Sequence

from ipcity_policy.lang.values import Dates, Documents, Series
from ipcity_policy.law.model import Vocabulary
from ipcity_policy.law.years import unlikely, years_of
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.statements import Statement
from ipcity_policy.text.diagnostic import Diagnostic


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


def _of_value(statement: Statement) -> Iterator[int]:
    """Yield the years that a value names."""
    match statement.value:
        case Dates() as days:
            yield from years_of(days)
        case Documents(_, on):
            yield from years_of(on)
        case Series(stated):
            yield from (year for year, _ in stated)
