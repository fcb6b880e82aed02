"""What another reading of the text changes of where a subject stands: only what differs."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from ipcity_policy.engines.lifecycle.position import Duty, Position, TermOnDay
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.lifecycle import Barred, OfTerm
from ipcity_policy.report.prose.duties import either, perhaps
from ipcity_policy.report.prose.position import Telling
from ipcity_policy.text.message import say, tell

#: Duties by what they are, and which one of its kind each is.
Numbered: TypeAlias = dict[tuple[object, ...], Duty]


def differences(telling: Telling, other: Position) -> Iterator[str]:
    """Yield what another position says otherwise than the one that is told."""
    own = telling.of.position
    # What an option adds to the law only the texts that the other position rests on can name.
    theirs = Telling(replace(telling.of, position=other), telling.language)
    found = [
        *_states(theirs, own, other),
        *_terms(theirs, own, other),
        *_duties(telling, theirs),
        *_bars(theirs, own, other),
        *_conflicts(theirs, own, other),
        *_facts(theirs, own, other),
    ]
    if not found and own.gist != other.gist:
        found.append(tell(telling.language, "it reached this state in another way"))
    yield from found


def _states(telling: Telling, own: Position, other: Position) -> Iterator[str]:
    if [(p.state, p.round, p.since) for p in own.states] == [
        (p.state, p.round, p.since) for p in other.states
    ]:
        if own.covered and own.possible != other.possible:
            states = tell(telling.language, "; ").join(map(telling.state, other.possible))
            yield tell(telling.language, "states that are possible: {states}", states=states)
        return
    if not other.states:
        yield tell(
            telling.language,
            "not known: so much is open that the course of events could not be followed"
            if other.lost
            else "not known",
        )
        return
    places = tell(telling.language, say(" or ", context="sentences")).join(
        telling.place(place) for place in other.states
    )
    yield tell(telling.language, "state: {state}", state=places)


def _terms(telling: Telling, own: Position, other: Position) -> Iterator[str]:
    def held(one: TermOnDay) -> tuple[object, ...]:
        return (
            one.started.term,
            one.started.end,
            one.started.calculated,
            one.running,
            one.certain,
        )

    before = {held(one) for one in own.terms}
    for one in other.terms:
        if held(one) not in before:
            until = tell(telling.language, "up to {day}", day=telling.term_end(one))
            days = tell(telling.language, say(", ", context="join")).join(
                (until, telling.term_runs(one))
            )
            yield tell(
                telling.language,
                "{term}: {days}",
                term=one.term.label[telling.language],
                days=days,
            )


def _duties(telling: Telling, theirs: Telling) -> Iterator[str]:
    before, after = _alike(telling.of.position, theirs.of.position)
    for key, duty in after.items():
        if key not in before or _held(before[key]) != _held(duty):
            status = either(theirs, duty)
            if not duty.certain:
                status = perhaps(theirs, duty, status)
            due = theirs.due(duty)
            yield tell(
                theirs.language,
                "{duty}: last day {day}; {became}",
                duty=theirs.duty(duty),
                day=due,
                became=status,
            )
    for key, duty in before.items():
        if key not in after:
            yield _gone(telling, theirs, duty)


def _gone(telling: Telling, theirs: Telling, duty: Duty) -> str:
    """Say that a duty is not among those of another position, and why where that is open."""
    span = Dates(duty.since.low, duty.due.high)
    if not all(
        theirs.versions[version].available
        for version, _ in VersionSpans(theirs.versions).of(span)
    ):
        return tell(
            telling.language,
            "{duty}: no such duty is known; not all of the text that counts then is available",
            duty=telling.duty(duty),
        )
    told = {event.kind for event in telling.of.sheet.events}
    id = telling.versions[duty.version].id
    moments = [
        moment
        for program in theirs.versions
        if program.id == id and duty.deadline.id in program.history.deadlines
        for moment in program.history.deadlines[duty.deadline.id].after
    ]
    if moments and all(one.of == "event" and one.name not in told for one in moments):
        events = tell(telling.language, " or ").join(theirs.kind(one.name) for one in moments)
        return tell(
            telling.language,
            "{duty}: its time would run from “{event}”, which is not among the events that "
            "are stated",
            duty=telling.duty(duty),
            event=events,
        )
    return tell(
        telling.language,
        "{duty}: no such option" if duty.deadline.option else "{duty}: no such duty",
        duty=telling.duty(duty),
    )


def _held(duty: Duty) -> tuple[object, ...]:
    return duty.due, duty.possible, duty.certain


def _alike(own: Position, other: Position) -> tuple[Numbered, Numbered]:
    """Return the duties of two positions, where both tell of several years, of the same years.

    What one tells of a stretch of years the other may tell of parts of it.
    """
    begun: dict[str, set[int]] = {}
    for duty in (*own.duties, *other.duties):
        ends = begun.setdefault(duty.deadline.id, set())
        ends |= {duty.years[0], duty.years[-1] + 1} if duty.years else set()
    parted = {id: sorted(years) for id, years in begun.items()}
    return _numbered(own, parted), _numbered(other, parted)


def _numbered(position: Position, parted: Mapping[str, Sequence[int]]) -> Numbered:
    """Return the duties by what they are: which one of its kind, or for which years."""
    found: Numbered = {}
    seen = Counter[tuple[object, ...]]()
    for whole in position.duties:
        for duty in _parts(whole, parted[whole.deadline.id]):
            kind = (duty.deadline.id, duty.years)
            found[(*kind, seen[kind])] = duty
            seen[kind] += 1
    return found


def _parts(duty: Duty, parted: Sequence[int]) -> Iterator[Duty]:
    """Yield a duty of several years as one of each part of them."""
    if duty.until_year is None:
        yield duty
        return
    first, last = bisect_left(parted, duty.years[0]), bisect_left(parted, duty.until_year + 1)
    for low, high in pairwise(parted[first : last + 1]):
        yield duty.of_years(range(low, high))


def _bars(telling: Telling, own: Position, other: Position) -> Iterator[str]:
    before = {(bar.application, bar.since, bar.until, bar.certain) for bar in own.bars}
    for bar in other.bars:
        if (bar.application, bar.since, bar.until, bar.certain) not in before:
            yield telling.bar_runs(bar)
    barred = {bar.application for bar in other.bars}
    gone = dict.fromkeys(bar.application for bar in own.bars)
    for application in (one for one in gone if one not in barred):
        label = telling.of.vocabulary.applications[application][telling.language]
        yield tell(telling.language, "no bar on {application}", application=label)


def _conflicts(telling: Telling, own: Position, other: Position) -> Iterator[str]:
    if own.conflicts and not other.conflicts:
        yield tell(telling.language, "every event has its effect")
    before = {one.event for one in own.conflicts}
    for one in other.conflicts:
        if one.event not in before:
            yield telling.without_effect(one)


def _facts(telling: Telling, own: Position, other: Position) -> Iterator[str]:
    wording = telling.wordings[telling.today]
    for fact, one in other.derived.items():
        if isinstance(one.derived.source, (OfTerm, Barred)):
            continue  # that is said with the terms and the bars
        if fact not in own.derived or own.derived[fact].value != one.value:
            said = telling.fact(one)
            yield tell(
                telling.language, "{fact}: {value}", fact=wording.label(fact), value=said
            )
