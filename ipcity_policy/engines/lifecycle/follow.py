"""*Entry.* A sheet's events under the versions that govern, followed to a day: its position."""

from collections.abc import Sequence
from datetime import date

from ipcity_policy.engines.interpreter.bar_ends import Calendars, no_calendar
from ipcity_policy.engines.lifecycle.aggregate import position_of
from ipcity_policy.engines.lifecycle.context import Context
from ipcity_policy.engines.lifecycle.position import Position
from ipcity_policy.engines.lifecycle.simulation import Refusal, simulate
from ipcity_policy.engines.lifecycle.testimony import unmet
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans, spans_of
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import Localized
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose
from ipcity_policy.text.message import Message, any_of, either, say


def follow(
    programs: Sequence[Program],
    sheet: Sheet,
    on: date,
    *,
    when: Dates | None = None,
    strict: bool = False,
    rest: Calendars = no_calendar,
) -> Result[Position]:
    """Return where the subject of a sheet stands on a day; report events that cannot be.

    `programs` are the versions that govern, or one that is applied to every day. `when` is the
    span in which the day lies that bars are asked for, where it is not `on`. With `strict`, a
    provision that is only assumed counts as one that is not available. `rest` gives the
    calendar of a country by its code; None where there is none.

    >>> from tests.boxes import box, law
    >>> sheet = box("registered 2010-06-01", "inspected 2010-07-01", until="2012-01-01")
    >>> days = date(2010, 12, 1), date(2011, 6, 20), date(2011, 9, 1)
    >>> [follow([law()], sheet, day).value.state for day in days]
    ['held', 'over', 'gone']
    """
    versions, days = spans_of(programs), when or Dates(on, on)
    context = Context(versions, sheet, on, days, strict, rest)
    worlds, refusals = simulate(context)
    faults = tuple(_refused(versions, sheet.events, refusal) for refusal in refusals)
    return Result(position_of(context, worlds), faults)


def _refused(versions: VersionSpans, events: Sequence[Event], refusal: Refusal) -> Diagnostic:
    """Say why an event cannot have happened where it is stated."""
    event, program = events[refusal.event], versions.programs[refusal.version]
    if refusal.guarded:
        return _unmet(event, refusal)
    message = say("`{event}` cannot follow what was stated before it", event=event.kind)
    if refusal.states:
        states = _named(versions, refusal.states)
        message = say(
            "`{event}` cannot happen in the state {states}", event=event.kind, states=states
        )
    return diagnose("F121", message, event.span, help=_sources(versions, program, event.kind))


def _unmet(event: Event, refusal: Refusal) -> Diagnostic:
    guards = [move.guard for move in refusal.guarded if move.guard is not None]
    if guards:
        return unmet(event, guards)
    message = say(
        "`{event}` does not fit what is stated: what {transitions} requires does not hold",
        event=event.kind,
        transitions=any_of(move.id for move in refusal.guarded),
    )
    help = say("check whether the event or what is stated with it is wrong")
    return diagnose("F122", message, event.span, help=help)


def _named(versions: VersionSpans, states: Sequence[str]) -> Message:
    """Name some states as the law does, and as a rule file does."""
    labels: dict[str, Localized] = {}
    for program in versions.programs:
        labels |= {state.id: state.label for state in program.history.states.values()}
    return either(tuple(say("{label} (`{id}`)", label=labels[id], id=id) for id in states))


def _sources(versions: VersionSpans, program: Program, kind: str) -> Message:
    """Say out of which states an event leads."""
    moves = [m for m in program.history.transitions.values() if m.event == kind]
    sources = list(dict.fromkeys(s for m in moves for s in m.sources or ()))
    if not sources:
        return say("check whether its day or that of another event is wrong")
    return say(
        "it is possible only in {states}: check whether a day is wrong or an event is missing",
        states=_named(versions, sources),
    )
