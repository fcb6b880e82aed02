"""Which versions the events of a sheet are judged by, and which events do not fit them."""

from collections.abc import Sequence
from datetime import date

from ipcity_policy.lang.values import Dates
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.questions.choices import Pairs
from ipcity_policy.questions.known_facts import FactBase, KnownFacts
from ipcity_policy.questions.misfits import misfits
from ipcity_policy.questions.versions import find_versions
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic


def judging(
    library: Library,
    sheet: Sheet,
    version: str | None = None,
    readings: Pairs = (),
    parameters: Pairs = (),
    interpretations: Sequence[str] = (),
) -> tuple[Program, ...]:
    """Return the versions that a history is judged by; none where a sheet tells of none.

    None either where what is chosen does not hold together.

    >>> from tests.boxes import box, library
    >>> sheets = box("registered 2010-06-01"), box(weight="8 grams")
    >>> [[program.id for program in judging(library(), sheet)] for sheet in sheets]
    [['small/1', 'small/2'], []]
    """
    if not sheet.tells_of_events:
        return ()
    found = find_versions(
        library, sheet.measure, version, readings, parameters, interpretations
    )
    read = found.value.as_read() if found.value is not None else None
    return tuple(read.value or ()) if read is not None else ()


def _known_at_last(
    library: Library, sheet: Sheet, programs: Sequence[Program], *, strict: bool = False
) -> KnownFacts | None:
    """Return what is known on the last day that is told of; None where nothing is followed."""
    days = [sheet.known_until]
    for event in sheet.events:  # one that may come on any later day tells of its first
        days.append(event.on.earliest if event.on.high is None else event.on.high)
    days += [date.max] if sheet.never and not sheet.events else []  # whatever day it is
    last = max((day for day in days if day is not None), default=None)
    if last is None or not programs:
        return None
    fact_base = FactBase(sheet, programs, last, strict=strict, rest=library.rest_days)
    return fact_base.under(programs[-1], Dates(last, last))


def unfit_events(
    library: Library,
    sheet: Sheet,
    readings: Pairs = (),
    interpretations: Sequence[str] = (),
    *,
    strict: bool = False,
) -> tuple[Diagnostic, ...]:
    """Return which events of a sheet cannot be, by the law that was in force or by its facts.

    They are followed to the last of them; what holds only on some day is left aside. They
    happened under it whatever other version or number is tried, so only how that law is
    read counts; what is chosen that it does not know is left aside with all that is chosen.

    >>> from tests.boxes import box, library
    >>> sheet = box("taken-back 2010-06-01", until="2011-01-01")  # which was never registered
    >>> [str(one.message) for one in unfit_events(library(), sheet)]
    ['`taken-back` cannot happen in the state not registered (`fresh`)']
    """
    if not (sheet.events or sheet.never):
        return ()
    programs = judging(library, sheet, None, readings, (), interpretations)
    programs = programs or judging(library, sheet)
    known = _known_at_last(library, sheet, programs, strict=strict)
    if known is None:
        return ()
    if known.position is None:
        return known.diagnostics
    return (*known.diagnostics, *misfits(known.position, sheet, lasting=True))
