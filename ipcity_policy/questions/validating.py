"""What in a sheet does not fit together, whatever is asked of it."""

from ipcity_policy.law.library import Library
from ipcity_policy.questions.judging import unfit_events
from ipcity_policy.questions.misfits import misstated
from ipcity_policy.questions.totals import every_contradiction
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic


def contradictions_in(library: Library, sheet: Sheet) -> tuple[Diagnostic, ...]:
    """Return where facts, tables and events of a sheet contradict one another."""
    return (
        *every_contradiction(library, sheet),
        *misstated(sheet),
        *unfit_events(library, sheet),
    )
