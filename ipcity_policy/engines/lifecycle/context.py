"""*Context.* What all worlds of one history share: the law, the sheet and the day. Data only.

Every function of this room takes the context first and, where it is about one world, the world
next. Nothing in a context changes but its memo, which holds what was calculated once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ipcity_policy.engines.interpreter.bar_ends import Calendars
from ipcity_policy.engines.lifecycle.position import EventIndex, VersionIndex
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans, least_rounds
from ipcity_policy.engines.lifecycle.worlds import DayExpression, Obligation, Offset
from ipcity_policy.lang.values import Dates, Truth, Value
from ipcity_policy.law.lifecycle import Deadline, Lapse
from ipcity_policy.law.model import Basis, Origin
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.as_of import StatedWith, stated_on
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.sheet.silence import Silence

#: The first and the last of the days that a day may be.
DaySpan = tuple[date, date]
#: Where offsets lead from one day, and the last day of the last period, which what follows it
#: is calculated from; None where there was no period.
Lead = tuple[DaySpan, DaySpan | None]


@dataclass
class Memo:
    """What was found once and is asked for again: it saves time and changes no answer."""

    #: By an offset, a day, and whether the period follows another.
    periods: dict[tuple[Offset, date, bool], tuple[DaySpan, DaySpan]] = field(
        default_factory=dict
    )
    #: By offsets, whether the first follows a term, and a day.
    leads: dict[tuple[tuple[Offset, ...], bool, date], Lead] = field(default_factory=dict)
    #: What an order of two days that have one anchor leaves of it; None where it leaves none.
    orders: dict[tuple[object, ...], DaySpan | None] = field(default_factory=dict)
    #: Whether what guards a transition holds, by the version, the transition and the event.
    guards: dict[tuple[VersionIndex, str, EventIndex], Truth] = field(default_factory=dict)
    of_kinds: dict[tuple[str, ...], tuple[EventIndex, ...]] = field(default_factory=dict)
    #: By kind, the first day on which an event that is not stated may have happened.
    unstated: dict[str, date] = field(default_factory=dict)
    #: Whether a provision for what follows a state is withheld.
    leads_anywhere: dict[str, bool] = field(default_factory=dict)
    #: The earliest last day of a period of a version from a day, after another one or not.
    over: dict[tuple[VersionIndex, date, str, bool], date] = field(default_factory=dict)
    #: By state: the lapses out of it, by the version and the deadline that is missed.
    lapses: dict[str, Mapping[tuple[VersionIndex, str], Sequence[Lapse]]] = field(
        default_factory=dict
    )
    #: By state: the deadlines that those lapses rest on and that are withheld.
    withheld: dict[str, Collection[tuple[VersionIndex, str]]] = field(default_factory=dict)
    #: The obligations of the world looked at last, by their deadline, each with its number.
    grouped: tuple[tuple[Obligation, ...], Mapping[str, Mapping[Obligation, int]]] | None = None


@dataclass(frozen=True)
class Context:
    """What is given of one history, and the day that it is followed to."""

    versions: VersionSpans
    sheet: Sheet
    on: date
    #: The day, or the span in which it lies, that bars are asked for.
    when: Dates
    #: Whether a provision that is only assumed counts as one that is not available.
    strict: bool
    rest_days: Calendars
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)

    @property
    def programs(self) -> tuple[Program, ...]:
        """The versions, the oldest first."""
        return self.versions.programs

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events of the sheet, in the order of their days."""
        return self.sheet.events

    @cached_property
    def silence(self) -> Silence:
        """How far the sheet states every event that happened."""
        return self.sheet.silence

    @cached_property
    def seen(self) -> tuple[EventIndex, ...]:
        """The events that may have happened by the day."""
        days = enumerate(event.on.low for event in self.events)
        return tuple(EventIndex(one) for one, low in days if (low or date.min) <= self.on)

    @cached_property
    def event_days(self) -> tuple[DayExpression, ...]:
        """The day of each event."""
        return tuple(DayExpression(EventIndex(one)) for one in range(len(self.events)))

    @cached_property
    def moving(self) -> frozenset[str]:
        """The kinds of events that move a subject, under any version."""
        moves = (move for one in self.programs for move in one.history.transitions.values())
        return frozenset(move.event for move in moves)

    @cached_property
    def early(self) -> frozenset[str]:
        """The kinds of events that meet a duty while a term still runs, under any version."""
        duties = (duty for one in self.programs for duty in one.history.deadlines.values())
        return frozenset(kind for duty in duties if duty.early for kind in duty.met_by)

    @cached_property
    def lapses(self) -> frozenset[str]:
        """The names of the lapses, under any version."""
        return frozenset(name for one in self.programs for name in one.history.lapses)

    @cached_property
    def least_rounds(self) -> Mapping[str, int]:
        """For each state that can be reached whether a round has surely begun: 0 or 1."""
        return least_rounds(self.programs)

    @cached_property
    def stated(self) -> Mapping[str, Value]:
        """What the sheet states of facts, whenever it was stated."""
        return stated_on(self.sheet).values

    @cached_property
    def stated_with(self) -> StatedWith:
        """What the sheet states on the day of each event."""
        return StatedWith(self.sheet)


def is_withheld(
    context: Context, origin: Origin, period: tuple[VersionIndex, str] | None = None
) -> bool:
    """Tell whether a provision counts as not available, or a period that it names.

    >>> from dataclasses import replace
    >>> from tests.boxes import history, law
    >>> note, context = law().history.deadlines["note"], history(on="2011-01-01")
    >>> note.origin.basis.value, is_withheld(context, note.origin)
    ('assumed', False)
    >>> is_withheld(replace(context, strict=True), note.origin)
    True
    """
    bases = {origin.basis}
    if period is not None:
        version, parameter = period
        bases.add(context.programs[version].parameters[parameter].origin.basis)
    return Basis.UNAVAILABLE in bases or (context.strict and Basis.ASSUMED in bases)


def deadline_withheld(context: Context, version: VersionIndex, deadline: Deadline) -> bool:
    """Tell whether a deadline counts as not available, or its time.

    >>> from dataclasses import replace
    >>> from tests.boxes import history, law
    >>> context = replace(history(on="2011-01-01"), strict=True)  # what is assumed is withheld
    >>> deadlines = law().history.deadlines.values()
    >>> [one.id for one in deadlines if deadline_withheld(context, VersionIndex(0), one)]
    ['note']
    """
    period = (version, deadline.within) if deadline.within is not None else None
    return is_withheld(context, deadline.origin, period)


def obligation_withheld(context: Context, obligation: Obligation) -> bool:
    """Tell whether an obligation's deadline counts as not available, or what it runs from.

    >>> from dataclasses import replace
    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2010-12-01")
    >>> (inspection,) = world.obligations
    >>> doubtful = replace(inspection, withheld=True)
    >>> [obligation_withheld(context, one) for one in (inspection, doubtful)]
    [False, True]
    """
    if obligation.withheld:
        return True
    return deadline_withheld(context, obligation.version, obligation.deadline)
