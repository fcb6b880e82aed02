"""What became of a duty, or of an option, in a sentence."""

from collections.abc import Iterator
from typing import assert_never

from ipcity_policy.engines.lifecycle.deadlines import (
    days_late,
    days_left,
    days_overdue,
    may_be_unstated,
    settled_by,
)
from ipcity_policy.engines.lifecycle.position import Duty, Fulfilment
from ipcity_policy.lang.values import Dates, Periods
from ipcity_policy.report.prose.position import Telling, as_stated
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.sentences import one_of


def status(telling: Telling, duty: Duty, *, brief: bool = False) -> str:
    """Say the status of a duty, and where that is not known what would settle it.

    In brief: without whose it is, and without what would settle it.
    """
    if len(duty.possible) == 1:
        text = _fulfilment(telling, duty.possible[0], duty, brief=brief)
        settling = []
    else:
        text = not_known(telling, duty)
        settling = [] if brief else list(_settling(telling, duty))
    during = tell(telling.language, " or ").join(map(telling.quoted, duty.deadline.during))
    option = duty.deadline.option
    if not duty.certain and during and not brief:
        text = tell(
            telling.language,
            "if this option exists, which is not certain (only in the state {states}): {text}"
            if option
            else "if it is owed, which is not certain (only in the state {states}): {text}",
            text=text,
            states=during,
        )
    elif not duty.certain:
        text = tell(
            telling.language,
            "if this option exists, which is not certain: {text}"
            if option
            else "if it is owed, which is not certain: {text}",
            text=text,
        )
    return tell(telling.language, "; ").join((text, *settling))


def not_known(telling: Telling, duty: Duty) -> str:
    """Say that the status of a duty is not known, and how far that is open."""
    possible, option = {*duty.possible}, duty.deadline.option
    if possible == {Fulfilment.MET, Fulfilment.OPEN}:
        template = (
            say("not known whether it was done")
            if option
            else say("not known whether it was done", context="whether-done")
        )
        return tell(telling.language, template)
    missed = {Fulfilment.OVERDUE, Fulfilment.PASSED}
    if possible >= {Fulfilment.MET, Fulfilment.MET_LATE} and possible & missed:
        return tell(
            telling.language,
            say("not known whether it was done, or in time")
            if option
            else say("not known whether it was done, or in time", context="whether-in-time"),
        )
    return tell(telling.language, "not known whether {either}", either=either(telling, duty))


def either(telling: Telling, duty: Duty) -> str:
    """Say in a few words what may have become of a duty."""
    return one_of([_in_brief(telling, one, duty) for one in duty.possible], telling.language)


def perhaps(telling: Telling, duty: Duty, became: str) -> str:
    """Add that it is not certain whether a duty is owed to what became of it."""
    return tell(
        telling.language,
        "{became}, if this option exists"
        if duty.deadline.option
        else "{became}, if it is owed",
        became=became,
    )


def _in_brief(telling: Telling, status: Fulfilment, duty: Duty) -> str:
    """Say what may have become of a duty in a few words."""
    option = duty.deadline.option
    match status:
        case Fulfilment.MET:
            return tell(telling.language, "done in time" if option else "met in time")
        case Fulfilment.MET_LATE:
            return tell(telling.language, "done after its time" if option else "met late")
        case Fulfilment.OPEN:
            return tell(telling.language, "open")
        case Fulfilment.OVERDUE:
            return tell(telling.language, "overdue")
        case Fulfilment.PASSED:
            return tell(telling.language, "not done, and its time is over")
        case _:
            assert_never(status)


def _settling(telling: Telling, duty: Duty) -> Iterator[str]:
    """Yield why the status of a duty is not known, and what would settle it."""
    for place in settled_by(duty, telling.of.position.on):
        event = telling.of.sheet.events[place]
        days = as_stated(event.on, telling.language)
        yield tell(
            telling.language,
            "the day of “{event}”, known only as {days}, would settle it",
            event=telling.kind(event.kind),
            days=days,
        )
    position = telling.of.position
    if may_be_unstated(duty, position):
        if position.known_until is None:
            yield tell(
                telling.language,
                "whether it was done is not stated, nor up to which day all events are",
            )
        elif {*duty.deadline.met_by} & {*position.not_known} or position.covered:
            yield tell(telling.language, "the sheet states nothing about it")
        else:
            until = Dates(position.known_until, position.known_until)
            yield tell(
                telling.language,
                "whether it was done is not stated after {day}",
                day=telling.day(until),
            )


def _fulfilment(telling: Telling, status: Fulfilment, duty: Duty, *, brief: bool) -> str:
    on = telling.of.position.on
    office = "" if brief else telling.office(duty.deadline.office)
    match status:
        case Fulfilment.MET | Fulfilment.MET_LATE if duty.met_by is None:
            return _in_brief(telling, status, duty)
        case Fulfilment.MET:
            assert duty.met_by is not None
            return tell(
                telling.language,
                "done: {event}, {day}" if duty.deadline.option else "met: {event}, {day}",
                **telling.event(duty.met_by),
            )
        case Fulfilment.MET_LATE:
            assert duty.met_by is not None
            if duty.deadline.option:
                template = say("done after its time: {event}, {day}; {n} too late")
            elif office:
                template = say("met late: {event}, {day}; the {office} was late by {n}")
            else:
                template = say("met late: {event}, {day}; late by {n}")
            n, event = _count(telling, days_late(duty)), telling.event(duty.met_by)
            return tell(telling.language, template, n=n, office=office, **event)
        case Fulfilment.OPEN:
            left = days_left(duty, on)
            if left.high == 0:
                return tell(telling.language, "open, due on this day")
            return tell(telling.language, "open, {n} left", n=_count(telling, left))
        case Fulfilment.OVERDUE:
            n = _count(telling, days_overdue(duty, on))
            return tell(
                telling.language,
                "overdue: the {office} is late by {n}" if office else "overdue by {n}",
                n=n,
                office=office,
            )
        case Fulfilment.PASSED:
            return tell(
                telling.language,
                "not done; its time ended {n} ago",
                n=_count(telling, days_overdue(duty, on)),
            )
        case _:
            assert_never(status)


def _count(telling: Telling, days: Periods) -> str:
    if days.known:
        return telling.wordings[0].value(days)
    ends = {"low": str(days.low), "high": str(days.high)}
    return tell(
        telling.language,
        "{low} days or more" if days.high is None else "{low} to {high} days",
        **ends,
    )
