"""What a timeline says first of its answer: what it rests on, what was chosen, what is open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ipcity_policy.engines.lifecycle.position import StepTaken
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans
from ipcity_policy.lang.values import Dates
from ipcity_policy.report.prose.position import Telling, as_stated


def instruments(telling: Telling) -> Iterator[str]:
    """Yield the versions that what is said rests on, and for which days each is applied."""
    texts = VersionSpans(telling.texts)
    for text in telling.resting_on:
        low, high = texts.span(text)
        first, last = Dates(low, low), Dates(high, high)
        said = telling.instrument(text)
        if low > date.min and high < date.max:
            days = telling.say("days-between", low=telling.day(first), high=telling.day(last))
        elif low > date.min:
            days = telling.say("days-from", day=telling.day(first))
        elif high < date.max:
            following = high + timedelta(days=1)
            days = telling.say("days-before", day=telling.day(Dates(following, following)))
        else:
            yield said
            continue
        yield telling.say("on-days", instrument=said, days=days)


def chosen(telling: Telling) -> Iterator[str]:
    """Yield what was chosen instead of the default, each with the question it answers."""
    readings = {one.id: one for program in telling.texts for one in program.readings.values()}
    for name, option in telling.of.chosen.items():
        reading = readings.get(name)  # it may be of a version that says nothing of time
        if reading is not None and option != reading.default:
            says = reading.options[option].says[telling.language]
            asks = reading.asks[telling.language]
            yield telling.say("read-as-chosen", asks=asks, says=says)


def elsewhere(telling: Telling) -> Iterator[str]:
    """Yield the states that other readings lead to, each with what is read otherwise."""
    for turn in telling.of.turns:
        for option, other in turn.others.items():
            if {one.state for one in other.states} != {
                one.state for one in telling.of.position.states
            }:
                theirs = Telling(replace(telling.of, position=other), telling.language)
                names = dict.fromkeys(theirs.state(one.state) for one in other.states)
                yield telling.say(
                    "read-otherwise",
                    asks=turn.reading.asks[telling.language],
                    says=turn.reading.options[option].says[telling.language],
                    state=telling.say("or").join(names) or telling.say("not-known"),
                )


def spans(telling: Telling) -> Iterator[str]:
    """Yield the events of which the day is not known exactly."""
    for event in telling.of.sheet.events:
        if event.on.earliest <= telling.of.position.on and not event.on.known:
            days = as_stated(event.on, telling.language)
            yield telling.say("day-open", event=telling.kind(event.kind), days=days)


def why_open(telling: Telling) -> Iterator[str]:
    """Yield why the state is not known."""
    position, events = telling.of.position, telling.of.sheet.events
    if not position.covered:
        yield telling.known_until()
    steps: dict[int, list[StepTaken]] = {}
    for taken in position.steps:
        if taken.step.event is not None:
            steps.setdefault(taken.step.event, []).append(taken)
    for place, event in enumerate(events):
        if event.on.earliest > position.on:
            continue
        said = telling.event(place)
        if event.on.known and len({taken.step.id for taken in steps.get(place, ())}) > 1:
            yield telling.say("led-open", event=said["event"], days=said["day"])
