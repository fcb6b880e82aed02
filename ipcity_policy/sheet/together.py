"""What a sheet states that cannot all be true, by the meaning that the vocabulary declares.

Only what surely cannot be is an error: a day that is known as a span, a value that is known
in part and a history that is not told in full leave what is possible.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from ipcity_policy.lang.datatypes import ANY_DAY, FactType, unknown
from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Numbers,
    Options,
    Periods,
    Ranks,
    Series,
    Sets,
    Text,
    Value,
)
from ipcity_policy.law.model import Fact, Vocabulary
from ipcity_policy.law.relations import ITS_YEAR
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.silence import Silence
from ipcity_policy.sheet.statements import Statement
from ipcity_policy.text.diagnostic import Diagnostic, Related, diagnose
from ipcity_policy.text.message import Message, any_of, say
from ipcity_policy.text.source import Span


@dataclass(frozen=True, slots=True)
class _Day:
    """A day that a sheet states, and of what."""

    name: str
    on: Dates
    span: Span
    #: For which day a date was stated; None where the sheet does not say, or it is no date.
    stated: Dates | None
    #: Whether it is the day of an event, of which there may be several.
    event: bool


def clashes(
    vocabulary: Vocabulary,
    statements: Mapping[str, Statement],
    events: Sequence[Event],
    silence: Silence,
) -> Iterator[Diagnostic]:
    """Report, where the later of them stands, two statements that cannot both be true."""
    order = {id: place for place, id in enumerate(vocabulary.facts)}
    for stated in (statements, *(event.statements for event in events)):
        for id in sorted(stated.keys() & order.keys(), key=order.__getitem__):
            yield from _of_nothing(vocabulary.facts[id], stated)
            yield from _too_much(vocabulary.facts[id], stated)
    days = tuple(_days(vocabulary, statements, events))
    yield from _out_of_order(vocabulary, days, silence)
    yield from _before_its_year(vocabulary, events)


def _of_nothing(fact: Fact, stated: Mapping[str, Statement]) -> Iterator[Diagnostic]:
    """Report that something is there of what is not there."""
    one = stated[fact.id]
    present = (stated[name] for name in fact.of if name in stated)
    others = [other for other in present if _alike(one.on, other.on)]
    if not fact.of or len(others) < len(fact.of) or not is_there(one.value, fact.datatype):
        return
    if all(is_absent(other.value) for other in others):
        message = say(
            "`{fact}` is stated, but by the same sheet there is no {others}",
            fact=fact.id,
            others=any_of(other.fact for other in others),
        )
        yield cannot_both_be(message, one.span, max((o.span for o in others), key=_place))


def _too_much(fact: Fact, stated: Mapping[str, Statement]) -> Iterator[Diagnostic]:
    """Report a value above one that it is a part of."""
    one, other = stated[fact.id], stated.get(fact.at_most or "")
    if other is None or not _alike(one.on, other.on) or not _is_above(one.value, other.value):
        return
    message = say("`{fact}` is more than `{other}`", fact=fact.id, other=other.fact)
    yield cannot_both_be(message, one.span, other.span)


def _alike(one: Dates | None, other: Dates | None) -> bool:
    """Tell whether two statements are of one time: neither has a day, or both the same."""
    return one == other and (one is None or one.known)


def is_there(value: Value, datatype: FactType) -> bool:
    """Tell whether a value says that there is something."""
    match value:
        case Numbers(low, _, _) | Periods(low, _, _):
            return low is not None and low > 0
        case Dates():
            return value != ANY_DAY
        case Options(names):
            there = names == {"yes"} or names == {"met"}
            judged = names <= {"yes", "no"} or names <= {"met", "not-met"}
            return there or not (judged or value == unknown(datatype))
        case Ranks():
            return value != unknown(datatype)
        case Series(years):
            return bool(years)
        case Sets(inside, _):
            return bool(inside)
        case Documents(submitted, _):
            return submitted.names == {"yes"}
        case Text(text):
            return text is not None
        case _:
            assert_never(value)


def is_absent(value: Value) -> bool:
    """Tell whether a value says that there is nothing."""
    match value:
        case Options(names):
            return names == {"no"} or names == {"not-met"}
        case Documents(submitted, _):
            return submitted.names == {"no"}
        case Sets(inside, open_):
            return not inside and not open_
        case Numbers(_, high, _):
            return high is not None and high <= 0
    return False


def _is_above(one: Value, other: Value) -> bool:
    """Tell whether one value is surely more than another; of ranks the place or the size."""
    match one, other:
        case Numbers() as part, Numbers() as whole:
            return part.interval.after(whole.interval) is True
        case Ranks() as part, Ranks() as whole:
            behind = part.places.after(whole.places) is True
            return behind or part.sizes.after(whole.sizes) is True
    return False


def _days(
    vocabulary: Vocabulary, statements: Mapping[str, Statement], events: Sequence[Event]
) -> Iterator[_Day]:
    """Yield the days that a sheet states, each with what it is of."""
    for name, one in statements.items():
        paper = isinstance(one.value, Documents)
        day = one.value.on if isinstance(one.value, Documents) else one.value
        if name in vocabulary.facts and isinstance(day, Dates) and day != ANY_DAY:
            yield _Day(name, day, one.span, None if paper else one.on, event=False)
    for event in events:
        yield _Day(event.kind, event.on, event.span, None, event=True)


def _out_of_order(
    vocabulary: Vocabulary, days: Sequence[_Day], silence: Silence
) -> Iterator[Diagnostic]:
    """Report a day that lies before a date, or all the events, that it may not be before.

    An event that is not stated may have come first; where the sheet does not exclude it, or
    what came later belongs to a later one, that is a warning.
    """
    limits = {fact.id: fact.not_before for fact in vocabulary.facts.values()}
    limits_of_events = {kind.id: kind.not_before for kind in vocabulary.events.values()}
    known = _ByName(days)
    last_within: dict[str, date] = {}
    for day in days:
        for name in (limits_of_events if day.event else limits)[day.name]:
            last_within[name] = max(last_within.get(name, date.min), day.on.latest)
    for day in days:
        limit = (limits_of_events if day.event else limits)[day.name]
        other = known.came_later(day, limit)
        if other is None:
            continue
        kinds = tuple(name for name in limit if name in vocabulary.events)
        end, of_one = day.on.latest, not day.event and not other.event
        # What came later may belong to one that came after it; this one did not.
        owned = last_within[other.name] >= other.on.earliest
        message = say(
            "`{earlier}` is before `{later}`, which its meaning excludes",
            earlier=day.name,
            later=other.name,
        )
        told = silence.known_from is None and silence.excludes(end, kinds)
        if of_one or (told and not owned):
            yield cannot_both_be(message, day.span, other.span)
        else:
            message = say(
                "`{earlier}` is before `{later}`, and no earlier one is stated",
                earlier=day.name,
                later=other.name,
            )
            help = say("state the one that came before, or check which day is wrong")
            yield _told("F131", message, day.span, other.span, help)


class _ByName:
    """The days that a sheet states, by what they are of: each date, and the first event."""

    def __init__(self, days: Sequence[_Day]) -> None:
        self.dates: dict[str, _Day] = {}
        self.events: dict[str, tuple[date, int, _Day]] = {}
        self.order = {day.name: place for place, day in enumerate(days) if not day.event}
        for place, day in enumerate(days):
            if not day.event:
                self.dates[day.name] = day
            elif day.name not in self.events or day.on.earliest < self.events[day.name][0]:
                self.events[day.name] = day.on.earliest, place, day

    def came_later(self, day: _Day, limit: Sequence[str]) -> _Day | None:
        """Return what should have come before a day and did not: any date, all events."""
        dates = [
            one
            for name in limit
            if (one := self.dates.get(name)) is not None
            and one.on.earliest > day.on.latest
            and _alike(day.stated, one.stated)
        ]
        if dates:
            return min(dates, key=lambda one: (one.on.earliest, self.order[one.name]))
        first = min((self.events[name] for name in limit if name in self.events), default=None)
        return first[2] if first is not None and first[0] > day.on.latest else None


def _before_its_year(vocabulary: Vocabulary, events: Sequence[Event]) -> Iterator[Diagnostic]:
    """Report an event that lies before the year that it is about, and by its meaning cannot."""
    for event in events:
        looks_back = ITS_YEAR in vocabulary.events[event.kind].not_before
        if looks_back and event.year is not None and event.on.latest.year < event.year:
            message = say(
                "`{event}` is before {year}, the year that it concerns",
                event=event.kind,
                year=str(event.year),
            )
            help = say("check whether the day or the year is wrong")
            yield diagnose("F130", message, event.span, help=help)


def cannot_both_be(message: Message, one: Span, other: Span) -> Diagnostic:
    """Return that two statements cannot both be true, where the later of them stands."""
    return _told("F130", message, one, other, say("check which of the two is wrong"))


def _told(code: str, message: Message, one: Span, other: Span, help: Message) -> Diagnostic:
    first, last = sorted((one, other), key=_place)
    related = (Related(first, say("the other is here")),)
    return diagnose(code, message, last, help=help, related=related)


def _place(span: Span) -> int:
    return span.start
