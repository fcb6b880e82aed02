"""The facts that follow from a history: days, states, bars, what events stated by year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.standing import Ban, Derivation, How
from ipcity_policy.engines.timeline.branch import Branch, Taken
from ipcity_policy.engines.timeline.duties import hull
from ipcity_policy.engines.timeline.walk import Walk
from ipcity_policy.lang.datatypes import SeriesType, unknown
from ipcity_policy.lang.values import Dates, Element, Options, Series, Truth, Value
from ipcity_policy.measure.history import (
    Barred,
    ByState,
    ByYear,
    DayOf,
    Derived,
    OfTerm,
    Since,
)
from ipcity_policy.measure.model import Basis, Origin, weakest
from ipcity_policy.measure.program import Program

#: A day with the events that it follows from, by their places.
Found = tuple[Dates, tuple[int, ...]]


def day_of(
    walk: Walk, branch: Branch, fact: str, text: int, step: int | None = None
) -> Dates | None:
    """Return the day that a fact names on one way; None where nothing tells it.

    With a `step`, by its place, the day as it was when that step was taken; where there was
    none by then, the first one after it.
    """
    derived = walk.texts.programs[text].history.derived.get(fact)
    told = derived is not None and not walk.withheld(derived.origin)
    found = _day(walk, branch, derived, step) if derived is not None and told else None
    if found is not None:
        return found[0]
    stated = walk.stated.get(fact)
    return stated if isinstance(stated, Dates) else None


def is_ahead(walk: Walk, branch: Branch, derived: Derived) -> bool:
    """Tell whether a day that has not come is one that an event or a lapse will bring."""
    match derived.source:
        case DayOf(names):
            return not walk.withheld(derived.origin) and not _forgotten(walk, branch, names)
    return False


def _day(walk: Walk, branch: Branch, derived: Derived, step: int | None) -> Found | None:
    match derived.source:
        case DayOf(names) if _forgotten(walk, branch, names, step):
            return None
        case DayOf(names):
            return _latest(walk, branch, list(_days(walk, branch, names, step)), step)
        case OfTerm(term, which):
            begun = branch.terms if step is None else branch.terms[: branch.steps[step].begun]
            terms = [one for one in begun if one.term == term]
            if not terms:
                return None
            last = terms[-1]
            day = walk.days.dates(branch, last.start if which == "start" else last.end)
            return day, () if last.event is None else (last.event,)
        case Since(states):
            return _last_stay(walk, branch, states, step)
    return None


def _days(
    walk: Walk, branch: Branch, names: Sequence[str], step: int | None
) -> Iterator[tuple[Found, Truth]]:
    """Yield the days of some events and lapses, and whether each lies no later than a step.

    Without a `step`, no later than the day asked about.
    """
    moved = {taken.event: number for number, taken in enumerate(branch.steps)}
    reach = (walk.on, walk.on)
    if step is not None:
        reach = walk.days.span(branch, branch.steps[step].day)
    for place in walk.of_kinds(tuple(names)):
        low, high = walk.days.span(branch, walk.days_of_events[place])
        by_then: Truth = True if high <= reach[0] else None if low <= reach[1] else False
        if step is not None and place in moved:
            by_then = moved[place] <= step
        yield (Dates(low, high), (place,)), by_then
    for number, taken in enumerate(branch.steps):
        if taken.how is How.LAPSE and taken.id in names:
            yield (walk.days.dates(branch, taken.day), ()), step is None or number <= step


def _latest(
    walk: Walk, branch: Branch, days: list[tuple[Found, Truth]], step: int | None
) -> Found | None:
    """Return the latest of some days: those that may be it, from the last that must.

    Where a step is asked about and there was none by then, the first one after it.
    """
    surely = [one for (one, _), by_then in days if by_then is True]
    perhaps = [found for found, by_then in days if by_then is not False]
    if step is None or surely:
        if not surely:
            return None
        reach = walk.on if step is None else walk.days.span(branch, branch.steps[step].day)[1]
        low = max(map(_low, surely))
        high = max(min(_high(one), reach) for one, _ in perhaps)
        return Dates(low, high), tuple(
            p for one, ps in perhaps if _high(one) >= low for p in ps
        )
    if not days:
        return None
    first = min(_low(one) for (one, _), _ in days)
    ahead = [_high(one) for (one, _), _ in days if _high(one) <= walk.on]
    if not ahead:
        return Dates(min(first, walk.days.span(branch, branch.steps[step].day)[0]), None), ()
    return Dates(first, max(ahead) if perhaps else min(ahead)), ()


def _low(days: Dates) -> date:
    return days.low or date.min


def _high(days: Dates) -> date:
    return days.high or date.max


def _forgotten(
    walk: Walk, branch: Branch, names: Sequence[str], upto: int | None = None
) -> bool:
    """Tell whether the last of some lapses may have come where the course was given up.

    One that came since then, up to a step, is later.
    """
    since = branch.steps if upto is None else branch.steps[: upto + 1]
    if any(step.how is How.LAPSE and step.id in names for step in since):
        return False
    lapses = {id for program in walk.texts.programs for id in program.history.lapses}
    return branch.lost and not lapses.isdisjoint(names)


def _last_stay(
    walk: Walk, branch: Branch, states: Sequence[str], upto: int | None
) -> Found | None:
    """Return the day on which the last unbroken stay in some states began.

    A stay that was there before anything happened, or before something that the sheet does
    not state, began on no day that is known.
    """
    found: Found | None = None
    inside = bool(branch.steps) and branch.steps[0].source in states
    for step in branch.steps if upto is None else branch.steps[: upto + 1]:
        if step.how is How.NAMED:  # where it came from is not known
            inside, found = True, None
        elif step.how in (How.EVENT, How.GAP) and step.source is None:
            move = walk.texts.programs[step.text].history.transitions[step.id]
            inside = move.sources is None or any(one in states for one in move.sources)
            found = None if inside else found
        if step.target in states and not inside:
            day = walk.days.dates(branch, step.day)
            found = day, () if step.event is None else (step.event,)
        inside = step.target in states
    return found


def derive(
    walk: Walk,
    branches: Sequence[Branch],
    possible: Sequence[str],
    bans: Sequence[Ban],
    *,
    covered: bool,
) -> Mapping[str, Derivation]:
    """Return the facts that follow from the history, as the text of the day derives them."""
    texts = walk.texts
    text = next(text for text, _ in texts.of(Dates(walk.on, walk.on)))
    found: dict[str, Derivation] = {}
    bases = [origin_of(texts.programs, step).basis for one in branches for step in one.steps]
    for fact, derived in texts.programs[text].history.derived.items():
        if walk.withheld(derived.origin):
            continue
        value = _value(walk, branches, derived, text, possible, bans, covered=covered)
        if value is not None:
            origin = replace(derived.origin, basis=weakest((derived.origin.basis, *bases)))
            if isinstance(derived.source, (DayOf, ByYear)):  # it rests on events alone
                origin = derived.origin
            found[fact] = Derivation(derived, value[0], value[1], origin, text)
    return found


def _value(
    walk: Walk,
    branches: Sequence[Branch],
    derived: Derived,
    text: int,
    possible: Sequence[str],
    bans: Sequence[Ban],
    *,
    covered: bool,
) -> tuple[Value, tuple[int, ...]] | None:
    match derived.source:
        case ByState(options):
            if walk.when.low != walk.when.high:
                return None
            told = [[id for id, of in options.items() if state in of] for state in possible]
            if not all(told):
                return None
            return Options(frozenset(option for one in told for option in one)), ()
        case Barred(application, own):
            of_text = [ban for ban in bans if not own or ban.text == text]
            return _barred(walk, application, of_text, covered=covered)
        case ByYear(event, fact):
            return _series(walk, derived, event, fact)
    days = [_day(walk, branch, derived, None) for branch in branches]
    known = [one for one in days if one is not None]
    if len(known) < len(days) or not known:
        return None
    places = tuple(dict.fromkeys(place for _, places in known for place in places))
    return hull([one for one, _ in known]), places


def _barred(
    walk: Walk, application: str, bans: Sequence[Ban], *, covered: bool
) -> tuple[Value, tuple[int, ...]] | None:
    truths = [ban.runs_on(walk.when) for ban in bans if ban.application == application]
    if True in truths:
        return Options(frozenset({"yes"})), ()
    if None in truths or not covered:
        return None
    return Options(frozenset({"no"})), ()


def _series(
    walk: Walk, derived: Derived, kind: str, fact: str
) -> tuple[Value, tuple[int, ...]] | None:
    """Return what events of a kind state for each year; of two for one year, the later."""
    datatype = walk.texts.programs[0].vocabulary.facts[derived.fact].datatype
    assert isinstance(datatype, SeriesType)  # INVARIANT: the checker saw to it
    stated: dict[int, Element] = {}
    places: list[int] = []
    for place in walk.seen:
        event = walk.events[place]
        statement = event.statements.get(fact)
        year = event.year or _only_year(event.on)
        if event.kind == kind and statement is not None and year is not None:
            value = statement.value
            assert isinstance(value, Element)  # INVARIANT: it is of the type of one year
            stated[year] = value
            places.append(place)
    if not stated:
        return None
    blank = unknown(datatype)
    assert isinstance(blank, Series)
    years = tuple(sorted(stated.items()))
    return Series(years, blank.otherwise), tuple(places)


def origin_of(programs: Sequence[Program], step: Taken) -> Origin:
    """Return where what a step follows stands in the law."""
    history = programs[step.text].history
    match step.how:
        case How.TERM:
            return history.terms[step.id].origin
        case How.LAPSE:
            return history.lapses[step.id].origin
        case How.NAMED:  # it stands in no text
            return Origin("", Basis.ATTESTED)
    return history.transitions[step.id].origin


def _only_year(days: Dates) -> int | None:
    low, high = days.low or date.min, days.high or date.max
    return low.year if low.year == high.year else None
