"""What in a sheet does not fit together, whatever is asked of it."""

from collections.abc import Sequence

from ipcity_policy.engines.choices import Pairs
from ipcity_policy.engines.knowing import Knowing, Known
from ipcity_policy.engines.misfits import misfits, misstated
from ipcity_policy.engines.totals import every_contradiction
from ipcity_policy.engines.versions import find_versions
from ipcity_policy.lang.values import Dates
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.program import Program
from ipcity_policy.measure.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic


def contradictions_in(library: Library, sheet: Sheet) -> tuple[Diagnostic, ...]:
    """Return where facts, tables and events of a sheet contradict one another."""
    return (
        *every_contradiction(library, sheet),
        *misstated(sheet),
        *_in_events(library, sheet),
    )


def unfit_events(
    library: Library,
    sheet: Sheet,
    readings: Pairs = (),
    interpretations: Sequence[str] = (),
    *,
    strict: bool = False,
) -> tuple[Diagnostic, ...]:
    """Return which events of a sheet cannot have happened by the law that was in force.

    They happened under it whatever other version or number is tried, so only how that law is
    read counts; what is chosen that it does not know is left aside with all that is chosen.
    """
    if not sheet.events:
        return ()
    programs = _as_read(library, sheet, readings, interpretations)
    programs = programs or _as_read(library, sheet)
    known = _at_last(library, sheet, programs, strict=strict)
    return known.diagnostics if known is not None else ()


def _in_events(library: Library, sheet: Sheet) -> tuple[Diagnostic, ...]:
    """Follow the events to the last of them; what holds only on some day is left aside."""
    if not sheet.events and sheet.known_until is None:
        return ()
    known = _at_last(library, sheet, _as_read(library, sheet), strict=False)
    if known is None:
        return ()
    if known.standing is None:
        return known.diagnostics
    return (*known.diagnostics, *misfits(known.standing, sheet, lasting=True))


def _as_read(
    library: Library,
    sheet: Sheet,
    readings: Pairs = (),
    interpretations: Sequence[str] = (),
) -> tuple[Program, ...]:
    """Return all versions of the measure of a sheet; none where they do not hold together."""
    found = find_versions(library, sheet.measure, None, readings, (), interpretations).value
    return (found.as_read().value if found is not None else None) or ()


def _at_last(
    library: Library, sheet: Sheet, programs: Sequence[Program], *, strict: bool
) -> Known | None:
    """Return what is known on the last day that is told of; None where nothing is followed."""
    days = [event.on.high for event in sheet.events] + [sheet.known_until]
    last = max((day for day in days if day is not None), default=None)
    if last is None or not programs:
        return None
    knowing = Knowing(sheet, programs, last, strict=strict, rest=library.rest_days)
    return knowing.under(programs[-1], Dates(last, last))
