"""*Observed events.* What the events of a sheet tell of a world, and what its silence does.

Under a closed-world assumption what is not stated did not happen. A sheet says up to which day,
and for which kinds of events, that is so; there it is closed. Elsewhere an event that it does
not state may have happened, and what rests on it is not known.
"""

from collections.abc import Collection, Mapping
from datetime import date
from itertools import islice

from ipcity_policy.engines.interpreter.decision import holds, ruling
from ipcity_policy.engines.lifecycle.context import Context, obligation_withheld
from ipcity_policy.engines.lifecycle.position import EventIndex, VersionIndex
from ipcity_policy.engines.lifecycle.temporal_constraints import has_come, is_before, span
from ipcity_policy.engines.lifecycle.worlds import DayExpression, Obligation, World
from ipcity_policy.lang.values import Truth, Value, all_of, any_of, opposite
from ipcity_policy.law.lifecycle import Guard, Transition
from ipcity_policy.law.program import Program

# The closed-world assumption


def is_closed(context: Context, kinds: Collection[str], upto: date) -> bool:
    """Tell whether the sheet states every event of some kinds up to a day: a closed world.

    >>> from tests.boxes import history
    >>> context = history("registered 2010-06-01", on="2011-01-01", until="2012-01-01")
    >>> [is_closed(context, ["renewed"], date(2012, 1, day)) for day in (1, 2)]
    [True, False]
    """
    return context.silence.excludes(upto, kinds)


def covers(context: Context, upto: date) -> bool:
    """Tell whether the sheet is closed up to a day for all events that move the subject.

    >>> from tests.boxes import history
    >>> context = history("registered 2010-06-01", on="2011-01-01", until="2012-01-01")
    >>> sorted(context.moving), covers(context, date(2012, 1, 1)), covers(context, date.max)
    (['registered', 'renewed', 'taken-back'], True, False)
    """
    return is_closed(context, context.moving, upto)


def is_covered(context: Context) -> bool:
    """Tell whether the sheet is closed so up to the day asked about.

    >>> from tests.boxes import history
    >>> contexts = [history(on=day, until="2012-01-01") for day in ("2012-01-01", "2012-01-02")]
    >>> [*map(is_covered, contexts)]
    [True, False]
    """
    begun = (context.silence.known_from or date.min) <= context.on
    return begun and covers(context, context.on)


def is_covered_from_first(context: Context) -> bool:
    """Tell whether the sheet is closed so from the beginning to the day asked about.

    >>> from dataclasses import replace
    >>> from tests.boxes import history
    >>> whole = history(on="2011-01-01", until="2012-01-01")
    >>> part = replace(whole, sheet=replace(whole.sheet, known_from=date(2005, 1, 1)))
    >>> [(is_covered(one), is_covered_from_first(one)) for one in (whole, part)]
    [(True, True), (True, False)]
    """
    return context.silence.known_from is None and covers(context, context.on)


def events_of(context: Context, kinds: tuple[str, ...]) -> tuple[EventIndex, ...]:
    """Return the events of some kinds that may have happened by the day asked about, by index.

    >>> from tests.boxes import history
    >>> stated = "registered 2010-06-01", "inspected 2010-07-01", "inspected 2011-02-01"
    >>> events_of(history(*stated, on="2011-01-01"), ("inspected",))
    (1,)
    """
    known = context.memo.of_kinds
    if kinds not in known:
        events = context.events
        known[kinds] = tuple(one for one in context.seen if events[one].kind in kinds)
    return known[kinds]


# Where the subject was


def was_in(
    context: Context, world: World, states: Collection[str], day: DayExpression | date
) -> Truth:
    """Tell whether the subject was in one of some states on a day.

    A day of the world and those of its steps may have one anchor: that tells their order.

    >>> from tests.boxes import course
    >>> context, world = course("registered 2010-06-01", on="2011-06-20", until="2012-01-01")
    >>> [was_in(context, world, ["held"], date(2011, 6, day)) for day in (1, 2)]
    [True, False]
    """
    if world.state is None:
        return None
    last = day if isinstance(day, date) else span(context, world, day)[1]
    found: set[Truth] = set()
    entered: Truth = True
    state = world.steps[0].source if world.steps else world.state
    for step in world.steps:
        left = has_come(context, world, step.day, day)
        if entered is not False and left is not True:
            known = step.source is not None or (state is not None and covers(context, last))
            found.add(state in states if known else None)
        entered, state = left, step.target
    if entered is not False:
        found.add(state in states)
    return found.pop() if len(found) == 1 else None


def _was_found_in(
    context: Context, world: World, states: Collection[str], event: EventIndex
) -> Truth:
    """Tell whether an event found the subject in one of some states."""
    for step in world.steps:
        if step.event == event:
            return None if step.source is None else step.source in states
    return was_in(context, world, states, context.event_days[event])


# Which event meets which obligation


def has_begun(context: Context, world: World, obligation: Obligation) -> Truth:
    """Tell whether what an obligation runs from has happened by the day asked about.

    >>> from tests.boxes import course, history
    >>> _, world = course("registered 2010-06", on="2011-01-01")  # on some day of June
    >>> days = "2010-05-31", "2010-06-15", "2010-06-30"
    >>> contexts = [history("registered 2010-06", on=day) for day in days]
    >>> [has_begun(context, world, world.obligations[0]) for context in contexts]
    [False, None, True]
    """
    of, event = obligation.cause
    if of != "event":
        return True
    return has_come(context, world, context.event_days[event], context.on)


def is_met(context: Context, world: World, obligation: Obligation) -> Truth:
    """Tell whether an obligation was met in time, by what is known on the day asked about.

    >>> from tests.boxes import course
    >>> for day in ("2010-08-01", "2010-08", "2010-08-02"):  # due on the first of August
    ...     stated = "registered 2010-06-01", f"inspected {day}"
    ...     context, world = course(*stated, on="2011-01-01", until="2012-01-01")
    ...     print(day, is_met(context, world, world.obligations[0]))
    2010-08-01 True
    2010-08 None
    2010-08-02 False
    """
    _, begun = span(context, world, obligation.opened)
    low, high = span(context, world, obligation.due)
    perhaps = False
    for event, surely in meeting(context, world, obligation).items():
        first, last = span(context, world, context.event_days[event])
        if surely and first >= begun and last <= min(low, context.on):
            return True
        perhaps = perhaps or first <= high
    closed = is_closed(context, obligation.deadline.met_by, high)
    return False if not perhaps and closed else None


def meeting(context: Context, world: World, obligation: Obligation) -> dict[EventIndex, bool]:
    """Return the events that may meet an obligation, and whether each surely is done for it.

    An event is done for one round: for the latest for which such an obligation runs by its
    day.

    >>> from tests.boxes import course
    >>> stated = "registered 2010-06-01", "inspected 2010-07-01"
    >>> context, world = course(*stated, on="2011-01-01")
    >>> meeting(context, world, world.obligations[0])  # by index
    {1: True}
    """
    first, _ = span(context, world, obligation.opened)
    last = _surely_done_after(context, world, obligation)
    found: dict[EventIndex, bool] = {}
    for event in events_of(context, obligation.deadline.met_by):
        low, high = span(context, world, context.event_days[event])
        if high < first or low > last:
            continue
        done_for = all_of(
            [
                _is_in_order(context, world, obligation, event),
                opposite(was_left(context, world, obligation, event)),
                opposite(_is_done_for_another(context, world, obligation, event)),
            ]
        )
        if done_for is not False:
            found[event] = done_for is True
    return found


def was_left(
    context: Context, world: World, obligation: Obligation, event: EventIndex | None = None
) -> Truth:
    """Tell whether the subject left the states of an obligation while its time ran.

    And before the day of an event, if one is named.

    >>> from tests.boxes import course
    >>> stated = "registered 2010-06-01", "taken-back 2011-06-20"  # once its time was over
    >>> context, world = course(*stated, on="2011-08-01", until="2012-01-01")
    >>> {one.deadline.id: was_left(context, world, one) for one in world.obligations}
    {'inspection': False, 'renewal': True}
    """
    during, found = obligation.deadline.during, set[Truth]()
    for step in world.steps:
        if not during or step.target in during or step.event == event is not None:
            continue
        truths = [
            None if step.source is None else step.source in during,
            is_before(context, world, obligation.since, step.day),
            has_come(context, world, step.day, obligation.due),
        ]
        if event is not None:
            truths.append(is_before(context, world, step.day, context.event_days[event]))
        found.add(all_of(truths))
    return any_of([*found])


def _surely_done_after(context: Context, world: World, obligation: Obligation) -> date:
    """Return a day after which every event is done for a later obligation of the deadline."""
    same = _of_deadline(context, world, obligation)
    if obligation not in same:
        return date.max
    for other in islice(same, same[obligation] + 1, None):
        if (
            _is_of_a_later_time(context, world, obligation, other) is True
            and other.cause != obligation.cause
            and {*obligation.deadline.met_by} <= {*other.deadline.met_by}
            and (not other.deadline.early or other.moment.of == "event")
            and other.governed is True
            and not obligation_withheld(context, other)
        ):
            return span(context, world, other.opened)[1]
    return date.max


def _of_deadline(
    context: Context, world: World, obligation: Obligation
) -> Mapping[Obligation, int]:
    """Return the obligations of the same deadline in a world, each with its number."""
    memo = context.memo
    if memo.grouped is None or memo.grouped[0] is not world.obligations:
        by_deadline: dict[str, dict[Obligation, int]] = {}
        for one in world.obligations:
            same = by_deadline.setdefault(one.deadline.id, {})
            same.setdefault(one, len(same))
        memo.grouped = world.obligations, by_deadline
    return memo.grouped[1].get(obligation.deadline.id, {})


def _is_in_order(
    context: Context, world: World, obligation: Obligation, event: EventIndex
) -> Truth:
    """Tell whether an event before the time of an obligation meets it; True of a later one.

    It does where the deadline says so and the event found the subject where it is owed.
    """
    deadline, opened = obligation.deadline, obligation.opened
    if not deadline.early or obligation.moment.of != "end":
        return True
    if event == opened.event and opened.of not in ("ever", "always"):
        return False  # what began the term does not meet the obligation after it
    if _is_in_an_earlier_term(world, obligation, event):
        return False
    early = is_before(context, world, context.event_days[event], obligation.since)
    if early is False or not deadline.during:
        return True
    found = _was_found_in(context, world, deadline.during, event)
    return opposite(all_of([early, opposite(found)]))


def _is_done_for_another(
    context: Context, world: World, obligation: Obligation, event: EventIndex
) -> Truth:
    """Tell whether an event was done for a later obligation of the deadline, or term."""
    found: set[Truth] = {_is_in_a_later_term(world, obligation, event)}
    day, kind = context.event_days[event], context.events[event].kind
    for other in _of_deadline(context, world, obligation):
        if other.cause == obligation.cause or kind not in other.deadline.met_by:
            continue
        truths = [
            _is_of_a_later_time(context, world, obligation, other),
            has_come(context, world, other.opened, day),
        ]
        if all_of(truths) is not False:
            truths.append(_is_in_order(context, world, other, event))
        truths.append(None if obligation_withheld(context, other) else other.governed)
        found.add(all_of(truths))
    return any_of([*found])


def _is_of_a_later_time(
    context: Context, world: World, obligation: Obligation, other: Obligation
) -> Truth:
    """Tell whether another obligation of the deadline runs from something later.

    Of two that run from one term it is that of the later run, even where a notice has that
    run end first.
    """
    if other.moment == obligation.moment and other.moment.of != "event":
        return other.cause[1] > obligation.cause[1]
    return is_before(context, world, obligation.since, other.since)


def _is_in_a_later_term(world: World, obligation: Obligation, event: EventIndex) -> bool:
    """Tell whether an event moved the subject on in a later term than that of an obligation."""
    begun, number = _runs_before(world, obligation, event)
    return begun > number


def _is_in_an_earlier_term(world: World, obligation: Obligation, event: EventIndex) -> bool:
    """Tell whether an event moved the subject on before the term of an obligation began.

    Both may be on one day: the order in which they moved it tells them apart.
    """
    begun, number = _runs_before(world, obligation, event)
    return begun < number


def _runs_before(world: World, obligation: Obligation, event: EventIndex) -> tuple[int, int]:
    """Return how many runs of a term an event found begun, and the run of an obligation.

    Both are the same where the event moved nothing or the obligation runs from another event.
    """
    _, number = obligation.cause
    if obligation.moment.of == "event" or obligation.withheld:
        return number, number
    for step in world.steps:
        if step.event == event:
            begun = world.terms[: step.begun]
            return sum(one.term == obligation.moment.name for one in begun), number
    return number, number


# What is stated with an event


def guard_holds(
    context: Context, version: VersionIndex, move: Transition, event: EventIndex
) -> Truth:
    """Tell whether the guards of a transition hold by what is stated up to an event.

    >>> from tests.boxes import history
    >>> for weight in (8, 60):  # renewed only where it is light
    ...     stated = "registered 2010-06-01", f"renewed 2011-06-10 weight: {weight} grams"
    ...     context = history(*stated, on="2011-07-01")
    ...     renewing = context.programs[0].history.transitions["renewing"]
    ...     print(weight, guard_holds(context, VersionIndex(0), renewing, EventIndex(1)))
    8 True
    60 False
    """
    if move.guard is None and move.condition is None:
        return True
    key, known = (version, move.id, event), context.memo.guards
    if key not in known:
        program, values = context.programs[version], context.stated_with.on(event)
        truths: list[Truth] = []
        if move.guard is not None:
            truths.append(_gives(program, values, move.guard, strict=context.strict))
        if move.condition is not None:
            truths.append(
                holds(program, values, move.condition, move.origin, strict=context.strict)
            )
        known[key] = all_of(truths)
    return known[key]


def _gives(
    program: Program, values: Mapping[str, Value], guard: Guard, *, strict: bool
) -> Truth:
    """Tell whether a decision gives an outcome."""
    found = ruling(program, values, guard.decision, strict=strict)
    if found.outcome is not None:
        return found.outcome == guard.outcome
    return None if guard.outcome in found.possible else False
