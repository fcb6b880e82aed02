"""Which calendars of rest days an answer was counted by, and which were not there."""

from collections.abc import Iterable, Iterator

from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message, say

#: The code under which is told that a calendar is not there.
NO_CALENDAR = "F124"


def calendars_of(library: Library, programs: Iterable[Program]) -> tuple[str, ...]:
    """Return the calendars by which ends on rest days are moved, with who keeps them.

    >>> from dataclasses import replace
    >>> from types import SimpleNamespace
    >>> from ipcity_policy.lang.time_limits import Counting
    >>> from tests.boxes import law
    >>> moving = replace(law().history, counting=Counting(rest_days="UT"))
    >>> programs = [law(), replace(law(), history=moving)]
    >>> calendars_of(SimpleNamespace(calendar="{} (a calendar)".format), programs)
    ('UT (a calendar)',)
    """
    found = (library.calendar(code) for code in _codes(programs))
    return tuple(name for name in found if name is not None)


def without_calendar(
    library: Library, programs: Iterable[Program], sheet: Sheet
) -> Iterator[Diagnostic]:
    """Report where rest days count and no calendar tells them: such ends stay open; `F124`.

    >>> from dataclasses import replace
    >>> from types import SimpleNamespace
    >>> from ipcity_policy.lang.time_limits import Counting
    >>> from tests.boxes import box, law
    >>> moving = replace(law().history, counting=Counting(rest_days="UT"))
    >>> library = SimpleNamespace(no_calendar=lambda _: say("no calendar of `UT` is known"))
    >>> found = without_calendar(library, [replace(law(), history=moving)], box())
    >>> [(one.code.id, str(one.message)) for one in found]
    [('F124', 'no calendar of `UT` is known')]
    """
    for why in no_calendars(library, programs):
        help = say("until then an end that may move is shown as a span of days")
        yield diagnose(NO_CALENDAR, why, sheet.span, help=help)


def no_calendars(library: Library, programs: Iterable[Program]) -> tuple[Message, ...]:
    """Return why there is no calendar of the rest days that count by some versions.

    >>> from dataclasses import replace
    >>> from types import SimpleNamespace
    >>> from ipcity_policy.lang.time_limits import Counting
    >>> from tests.boxes import law
    >>> moving = replace(law().history, counting=Counting(rest_days="UT"))
    >>> library = SimpleNamespace(no_calendar=lambda _: say("no calendar of `UT` is known"))
    >>> [str(one) for one in no_calendars(library, [law(), replace(law(), history=moving)])]
    ['no calendar of `UT` is known']
    """
    found = (library.no_calendar(code) for code in _codes(programs))
    return tuple(why for why in found if why is not None)


def _codes(programs: Iterable[Program]) -> dict[str, None]:
    codes = (program.history.counting.rest_days for program in programs)
    return dict.fromkeys(code for code in codes if code is not None)
