"""Histories under the law that is shipped, made from what its versions say of time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from ipcity_policy.law.program import Program
from tests.properties.courses import Law, Move, Term, Version
from tests.properties.histories import DAY, Chronicler, Event, History, day, month
from tests.properties.timelaws import Course, programs_of
from tests.support import opened

MEASURE, SUBJECT = "ip-cities", "city"
SCORES = ("55 points", "65 points", "75 points", "95 points")
SCORE = "acceptance-score"
BEGAN = date(2016, 12, 1)
ITS_YEAR = "its-year"


def shipped(policies: Path) -> Course:
    """Return the law that is shipped, as far as a chronicler asks for it."""
    library = opened(policies)
    programs = programs_of(library, MEASURE)
    versions: list[Version] = []
    for program in programs:
        history = program.history
        moves = tuple(
            Move(move.id, move.event, move.sources, move.target, move.round)
            for move in history.transitions.values()
        )
        terms = tuple(Term(t.id, t.state, t.lasts, t.then) for t in history.terms.values())
        first = tuple(history.states)
        versions.append(Version(date(1990, 1, 1), first, moves, terms, (), (), {}, {}, {}))
    events = tuple(programs[0].vocabulary.events)
    return Course(Law(events, tuple(versions)), library, programs, MEASURE, SUBJECT)


def that_can_be(programs: Sequence[Program], history: History) -> History:
    """Leave out what tells of something, or uses it, that may have come only afterwards."""
    kinds, events = programs[0].vocabulary.events, list(history.events)
    while True:
        kept = [one for one in events if _comes_after(kinds[one.kind].not_before, one, events)]
        if kept == events:
            return replace(history, events=tuple(kept))
        events = kept


def _comes_after(named: Sequence[str], event: Event, events: Sequence[Event]) -> bool:
    """Say whether one of the events that come first, if any is stated, surely did."""
    if ITS_YEAR in named and event.year is not None and event.on.low.year < event.year:
        return False
    others = [one for one in events if one.kind in named]
    return not others or any(one.on.high <= event.on.low for one in others)


def city_history(course: Course, random: Random, most: int, *, vague: float = 0.4) -> History:
    """Make a history of a city, with scores here and there."""
    law, programs = course.law, course.programs
    if random.random() < 0.6:
        return that_can_be(programs, _career(random, most, vague=vague))
    chronicler = Chronicler(law, random)
    # Mostly under the text of 2016, which says the most of time.
    chronicler.first = random.choice((date(2003, 1, 1), date(2012, 1, 1), *[BEGAN] * 4))
    gap, sloppy = random.choice((60, 200, 500)), random.choice((0.0, 0.1, 0.5))
    moving = random.choice((0.0, 0.9, 0.9))
    history = chronicler.history(most, gap=gap, vague=vague, sloppy=sloppy, moving=moving)
    events = tuple(replace(event, facts=_scored(event, random)) for event in history.events)
    return that_can_be(programs, History(events, history.known_until))


#: By event, what comes after it in the career of a city, and how many days later.
CAREER: Mapping[str, tuple[tuple[str, int, int], ...]] = {
    "pilot-approved": (
        *[("pilot-plan-issued", 10, 90)] * 2,
        *[("acceptance-passed", 1000, 1300)] * 2,
        *[("acceptance-failed", 1000, 1300)] * 3,
    ),
    "pilot-plan-issued": (("acceptance-passed", 900, 1200), ("acceptance-failed", 900, 1200)),
    "acceptance-passed": (
        ("fostering-plan-issued", 10, 200),
        ("next-round-plan-issued", 10, 200),
    ),
    "acceptance-failed": (("pilot-applied", 300, 900),),
    "fostering-plan-issued": (("model-approved", 300, 900),),
    "model-approved": (("re-examination-applied", 1000, 1250),),
    "re-examination-applied": (
        ("re-examination-passed", 10, 90),
        *[("re-examination-failed", 10, 90)] * 2,
    ),
}


def _career(random: Random, most: int, *, vague: float) -> History:
    """Make the history of a city that does what it may for some time, by the text of 2016."""
    on = BEGAN + random.randint(0, 900) * DAY
    kind, events = "pilot-approved", list[Event]()
    while True:
        known = day(on) if random.random() >= vague / 2 else month(on)
        event = Event(kind, known)
        events.append(replace(event, facts=_scored(event, random)))
        if kind not in CAREER or len(events) >= most or random.random() < 0.1:
            break
        kind, least, longest = random.choice(CAREER[kind])
        on += random.randint(least, longest) * DAY
    random.shuffle(events)
    until = on + random.choice((-100, 0, 2000, 4000, 4000)) * DAY
    return History(tuple(events), until if random.random() < 0.8 else None)


def _scored(event: Event, random: Random) -> Mapping[str, str]:
    if not event.kind.startswith("acceptance-") or random.random() > 0.7:
        return {}
    fitting = {"acceptance-failed": SCORES[:1], "acceptance-passed": SCORES[1:]}
    scores = fitting.get(event.kind, SCORES) if random.random() < 0.8 else SCORES
    return {SCORE: random.choice(scores)}


def a_day(history: History, random: Random) -> date:
    """Return a day to ask about, mostly one on which something may just have happened."""
    days = [event.on.low for event in history.events] or [date(2016, 1, 1)]
    return random.choice(days) + timedelta(days=random.choice((0, 0, 1, 40, 400, 2000)))
