"""What a timeline says first of its answer: what it rests on, what was chosen, what is open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ipcity_policy.engines.lifecycle.position import StepTaken
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans
from ipcity_policy.lang.values import Dates
from ipcity_policy.report.prose.position import Telling, as_stated
from ipcity_policy.text.message import tell


def instruments(telling: Telling) -> Iterator[str]:
    """Yield the versions that what is said rests on, and for which days each is applied."""
    spans = VersionSpans(telling.versions)
    for version in telling.resting_on:
        low, high = spans.span(version)
        first, last = Dates(low, low), Dates(high, high)
        said = telling.instrument(version)
        if low > date.min and high < date.max:
            days = tell(
                telling.language,
                "days from {low} to {high}",
                low=telling.day(first),
                high=telling.day(last),
            )
        elif low > date.min:
            days = tell(telling.language, "days from {day} on", day=telling.day(first))
        elif high < date.max:
            following = high + timedelta(days=1)
            days = tell(
                telling.language,
                "days before {day}",
                day=telling.day(Dates(following, following)),
            )
        else:
            yield said
            continue
        yield tell(telling.language, "{instrument}: {days}", instrument=said, days=days)


def chosen(telling: Telling) -> Iterator[str]:
    """Yield what was chosen instead of the default, each with the question it answers."""
    readings = {
        one.id: one for program in telling.versions for one in program.readings.values()
    }
    for name, option in telling.of.chosen.items():
        reading = readings.get(name)  # it may be of a version that says nothing of time
        if reading is not None and option != reading.default:
            says = reading.options[option].says[telling.language]
            asks = reading.asks[telling.language]
            yield tell(telling.language, "{asks} – {says}", asks=asks, says=says)


def elsewhere(telling: Telling) -> Iterator[str]:
    """Yield the states that other readings lead to, each with what is read otherwise."""
    for turn in telling.of.dependences:
        for option, other in turn.others.items():
            if {one.state for one in other.states} != {
                one.state for one in telling.of.position.states
            }:
                theirs = Telling(replace(telling.of, position=other), telling.language)
                names = dict.fromkeys(theirs.quoted(one.state) for one in other.states)
                yield tell(
                    telling.language,
                    "{asks} If {says}: {state}",
                    asks=turn.reading.asks[telling.language],
                    says=turn.reading.options[option].says[telling.language],
                    state=tell(telling.language, " or ").join(names)
                    or tell(telling.language, "not known"),
                )


def spans(telling: Telling) -> Iterator[str]:
    """Yield the events of which the day is not known exactly."""
    for event in telling.of.sheet.events:
        if event.on.earliest <= telling.of.position.on and not event.on.known:
            days = as_stated(event.on, telling.language)
            yield tell(
                telling.language,
                "the day of “{event}” is known only as {days}",
                event=telling.kind(event.kind),
                days=days,
            )


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
            yield tell(
                telling.language,
                "what is stated of “{event}” ({days}) does not settle where it led",
                event=said["event"],
                days=said["day"],
            )
