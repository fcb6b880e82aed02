"""*Testimony.* What an event tells of a question, because it asks that it was answered so.

Where every transition of an event has a guard, that event can have happened only where the
decision of the guard gave what one of them names. So it tells which outcomes are possible, of
the decision that its own transitions name and of no other, whatever state they lead out of.
"""

from collections.abc import Mapping, Sequence

from ipcity_policy.engines.interpreter.explanation import Answer, Testimony
from ipcity_policy.engines.lifecycle.position import Position
from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.lifecycle import DayOf, Derived, Guard, Transition
from ipcity_policy.law.model import Basis, weakest
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.as_of import Stated
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message, any_of, say
from ipcity_policy.text.subject import EntryKey, EntryKind


def testimony_of(
    program: Program, decision: str, position: Position, sheet: Sheet, stated: Stated
) -> Testimony | None:
    """Return what the event that a decision is about tells of its answer; None for nothing.

    The decision is about the event whose day is the date that governs it. Where that may be
    one of several, all of them must tell, and what any of them leaves is possible.

    >>> from datetime import date
    >>> from ipcity_policy.engines.lifecycle.follow import follow
    >>> from ipcity_policy.sheet.as_of import stated_on
    >>> from tests.boxes import box, law
    >>> sheet = box("registered 2010-06-01", "renewed 2011-06-10")  # if granted
    >>> position = follow([law()], sheet, date(2012, 1, 1)).value
    >>> found = testimony_of(law(), "again", position, sheet, stated_on(sheet))
    >>> [event.kind for event in found.events], sorted(found.outcomes)
    (['renewed'], ['granted'])
    """
    named = program.decisions[decision].governed_by
    derived = program.history.derived.get(named) if named is not None else None
    if derived is None or not isinstance(derived.source, DayOf):
        return None
    events = _meant(derived, derived.source.names, position, sheet, stated)
    moves: dict[str, Transition] = {}
    for event in events:
        asking = _guarding(program, decision, event.kind)
        if not asking:
            return None
        moves |= asking
    if not moves:
        return None
    origins = (*(move.origin for move in moves.values()), derived.origin)
    return Testimony(
        events=events,
        origins={
            move.guard.outcome: move.origin for move in moves.values() if move.guard is not None
        },
        basis=weakest(origin.basis for origin in origins),
        later=_stated_later(program, decision, events, sheet),
    )


def withheld(testimony: Testimony) -> bool:
    """Tell whether what an event tells rests on a text that is only assumed.

    >>> said = Testimony(events=(), origins={}, basis=Basis.ASSUMED, later=False)
    >>> withheld(said)
    True
    """
    return testimony.basis in (Basis.ASSUMED, Basis.UNAVAILABLE)


def _guarding(program: Program, decision: str, kind: str) -> Mapping[str, Transition]:
    """Return the transitions of an event; none unless all of them ask for the decision."""
    moves = {
        move.id: move for move in program.history.transitions.values() if move.event == kind
    }
    asks = all(m.guard is not None and m.guard.decision == decision for m in moves.values())
    return moves if asks else {}


def _meant(
    derived: Derived, kinds: Sequence[str], position: Position, sheet: Sheet, stated: Stated
) -> tuple[Event, ...]:
    """Return the events of which one is on the day that a fact names.

    Where a sheet states the fact for itself, those that may be on the day that it states; none
    where one of them may come only after the day looked from.
    """
    statement = stated.statements.get(derived.fact)
    day = statement.value if statement is not None else None
    if isinstance(day, Dates) and day != ANY_DAY and derived.fact not in stated.happened:
        own = [event for event in sheet.events if event.kind in kinds]
        on_it = [
            one
            for one in own
            if one.on.earliest <= day.latest and one.on.latest >= day.earliest
        ]
        seen = all(min(one.on.latest, day.latest) <= position.on for one in on_it)
        return tuple(on_it) if seen else ()
    follows = position.derived.get(derived.fact)
    return tuple(sheet.events[event] for event in follows.events) if follows else ()


def _stated_later(
    program: Program, decision: str, events: Sequence[Event], sheet: Sheet
) -> bool:
    """Tell whether something that the decision rests on may be stated of a later time."""
    reached = max(event.on.latest for event in events)
    reach = program.reach(decision)
    ahead = {event.kind for event in sheet.events if event.on.earliest > reached}
    for name, one in sheet.statements.items():
        kinds = sheet.of_events.get(name, frozenset())
        of_another = one.on is None and not kinds.isdisjoint(ahead)
        if EntryKey(EntryKind.FACT, name) in reach and (
            of_another or (one.on is not None and one.on.latest > reached)
        ):
            return True
    return False


def contradicted(
    given: Answer, testimony: Testimony | None, decision: str
) -> Diagnostic | None:
    """Return that an event does not fit what is stated, where it leaves no outcome; `F122`.

    What is stated of a later time than the event's may be about another one.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import box, grams, law
    >>> (event,) = box("renewed 2011-06-10").events
    >>> origin = law().history.transitions["renewing"].origin
    >>> said = Testimony((event,), {"low": origin}, origin.basis, later=False)
    >>> given = answer(law(), {"weight": grams(60)}, "class")
    >>> print(contradicted(given, said, "class").message)
    `renewed` does not fit what is stated: it requires `class` to give `low`
    """
    if testimony is None or testimony.later or given.fault is not None:
        return None
    if not testimony.outcomes.isdisjoint(given.possible):
        return None
    event = testimony.events[-1]
    asked = tuple(Guard(decision, outcome) for outcome in testimony.origins)
    return unmet(event, asked)


def unmet(event: Event, guards: Sequence[Guard]) -> Diagnostic:
    """Return that what guards an event does not hold by what is stated; `F122`.

    >>> from tests.boxes import box
    >>> (event,) = box("renewed 2011-06-10").events
    >>> print(unmet(event, [Guard("class", "low")]).message)
    `renewed` does not fit what is stated: it requires `class` to give `low`
    """
    message: Message = say(
        "`{event}` does not fit what is stated: it requires `{decision}` to give {names}",
        event=event.kind,
        decision=guards[0].decision,
        names=any_of(dict.fromkeys(guard.outcome for guard in guards)),
    )
    help = say("check whether the event or what is stated with it is wrong")
    return diagnose("F122", message, event.span, help=help)
