"""What in a sheet does not fit together, whatever is asked of it."""

from datetime import date

from ipcity_policy.engines.knowing import Knowing
from ipcity_policy.engines.misfits import misfits, misstated
from ipcity_policy.engines.totals import every_contradiction
from ipcity_policy.lang.values import Dates
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic


def contradictions_in(library: Library, sheet: Sheet) -> tuple[Diagnostic, ...]:
    """Return where facts, tables and events of a sheet contradict one another."""
    return (
        *every_contradiction(library, sheet),
        *misstated(sheet),
        *_in_events(library, sheet),
    )


def _in_events(library: Library, sheet: Sheet) -> tuple[Diagnostic, ...]:
    """Follow the events to the last of them; what holds only on some day is left aside."""
    home = library.measure(sheet.measure)
    days = [event.on.high for event in sheet.events] + [sheet.known_until]
    last = max((day for day in days if day is not None), default=None)
    if home is None or last is None:
        return ()
    found = (library.program(ref).value for ref in library.versions(home))
    programs = sorted(
        (program for program in found if program is not None and program.in_force is not None),
        key=lambda program: program.in_force.since if program.in_force else date.min,
    )
    if not programs:
        return ()
    knowing = Knowing(sheet, programs, last, strict=False, rest=library.rest_days)
    known = knowing.under(programs[-1], Dates(last, last))
    standing = known.standing
    if standing is None:
        return known.diagnostics
    return (*known.diagnostics, *misfits(standing, sheet, lasting=True))
