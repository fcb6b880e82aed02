"""What in a sheet does not fit together, whatever is asked of it."""

from ipcity_policy.law.library import Library
from ipcity_policy.questions.judging import unfit_events
from ipcity_policy.questions.misfits import misstated
from ipcity_policy.questions.totals import every_contradiction
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic


def contradictions_in(library: Library, sheet: Sheet) -> tuple[Diagnostic, ...]:
    """Return where facts, tables and events of a sheet contradict one another.

    >>> from tests.boxes import box, library
    >>> sheet = box("inspected 2010-06-01 weight: 8 grams", weight="60 grams", shine="8 points")
    >>> [(one.code.id, one.at.text) for one in contradictions_in(library(), sheet)]
    [('F111', '8 points'), ('F123', '60 grams')]
    """
    return (
        *every_contradiction(library, sheet),
        *misstated(sheet),
        *unfit_events(library, sheet),
    )
