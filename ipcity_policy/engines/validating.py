"""What in a sheet does not fit together, whatever is asked of it."""

from ipcity_policy.engines.knowing import Knowing
from ipcity_policy.engines.misfits import misfits, misstated
from ipcity_policy.engines.totals import every_contradiction
from ipcity_policy.engines.versions import find_versions
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
    days = [event.on.high for event in sheet.events] + [sheet.known_until]
    last = max((day for day in days if day is not None), default=None)
    if last is None:
        return ()
    versions = find_versions(library, sheet.measure, None, (), ()).value
    programs = versions.as_read().value if versions is not None else None
    if not programs:
        return ()
    knowing = Knowing(sheet, programs, last, strict=False, rest=library.rest_days)
    known = knowing.under(programs[-1], Dates(last, last))
    standing = known.standing
    if standing is None:
        return known.diagnostics
    return (*known.diagnostics, *misfits(standing, sheet, lasting=True))
