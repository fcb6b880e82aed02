"""The shipped law as the daily reckoning takes a law, with the figures that its text names.

The text of 2014 is known up to Article 4: from there on the rule files take what 2016 says of
states, transitions and terms in its place, and nothing of duties and lapses, and so does this.

What a decision other than that of Article 14 gives rests on facts that these histories do not
state: such a transition is taken where its event leads, as the event says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from ipcity_policy.lang import core
from ipcity_policy.lang.values import Periods
from ipcity_policy.law import lifecycle as says
from ipcity_policy.law.program import Program
from tests.properties import courses
from tests.properties.courses import Duty, Lapse, Law, Move, Period, Term, Version
from tests.properties.daily import Daily, ImpossibleError, TooManyError, Truth
from tests.properties.histories import DAY, Event, History, day
from tests.properties.shipped import BEGAN, SCORE, SCORES, a_day, city_history, that_can_be
from tests.properties.timelaws import Course

#: What the text of 2016 sets, by the article that says it.
PERIODS: Mapping[str, Period] = {
    "pilot-start-time": (2, "months"),  # Article 8
    "pilot-period": (3, "years"),  # Article 13
    "acceptance-time": (4, "months"),  # Article 13
    "materials-time": (2, "weeks"),  # Article 13
    "failed-acceptance-bar": (2, "years"),  # Article 14
    "fostering-entry-time": (6, "months"),  # Article 15
    "fostering-period": (3, "years"),  # Article 15
    "round-entry-time": (6, "months"),  # Article 16
    "record-time": (6, "months"),  # Article 17
    "missed-record-bar": (3, "years"),  # Article 17
    "model-start-time": (4, "months"),  # Article 21
    "model-period": (3, "years"),  # Article 27
    "re-examination-time": (4, "months"),  # Article 27
    "missed-re-examination-bar": (3, "years"),  # Article 27
    "failed-re-examination-bar": (2, "years"),  # Article 29
}
#: The day before which a report is due, by Articles 12 and 26.
REPORTS = (1, 31)
#: All is told up to then.
TOLD = date(2100, 1, 1)
GRADE, GRADES = "annual-grade", ("excellent", "average", "poor")


def law_of(programs: Sequence[Program]) -> Law:
    """Return versions as a law, the oldest of which holds on every day before the next."""
    versions: list[Version] = []
    for program in programs:
        assert program.in_force is not None
        since = program.in_force.since if versions else date(1990, 1, 1)
        assert since is not None
        versions.append(_version(program, since))
    return Law(tuple(programs[0].vocabulary.events), tuple(versions))


def _version(program: Program, since: date) -> Version:
    history = program.history
    counting = history.counting
    assert counting.rest_days is None
    derived = history.derived.values()
    stays = {d.fact: d.source for d in derived if isinstance(d.source, says.Since)}
    return Version(
        since,
        tuple(history.states),
        tuple(_move(program, one) for one in history.transitions.values()),
        tuple(map(_term, history.terms.values())),
        tuple(map(_duty, history.deadlines.values())),
        tuple(map(_lapse, history.lapses.values())),
        _periods(program),
        {d.fact: said for d in derived for said in _days(d)},
        {d.fact: d.source.options for d in derived if isinstance(d.source, says.ByState)},
        opening_day=counting.opening_day,
        closing_day=counting.closing_day,
        lost_in={fact: stay.lost_in for fact, stay in stays.items() if stay.lost_in},
        anew=frozenset(fact for fact, stay in stays.items() if stay.by_round),
        barred={
            d.fact: _barred(d.source) for d in derived if isinstance(d.source, says.Barred)
        },
        by_year={
            d.fact: (d.source.event, d.source.fact)
            for d in derived
            if isinstance(d.source, says.ByYear)
        },
    )


def _periods(program: Program) -> dict[str, Period]:
    """Return the lengths that a version sets: those of its text."""
    found: dict[str, Period] = {}
    for name in PERIODS.keys() & program.parameters.keys():
        value = program.parameters[name].value
        assert isinstance(value, Periods)
        assert value.low is not None
        found[name] = value.low, value.unit
    assert found.items() <= PERIODS.items()
    return found


def _bars(effects: Sequence[core.Effect]) -> tuple[courses.Bar, ...]:
    return tuple(
        courses.Bar(one.application, one.period, one.after)
        for one in effects
        if isinstance(one, core.Bar)
    )


def _move(program: Program, move: says.Transition) -> Move:
    assert move.condition is None
    effects, gives = [*move.effects], ""
    if move.guard is not None:
        gives = move.guard.outcome
        rows = program.decisions[move.guard.decision].outcomes
        effects += next(row.effects for row in rows if row.outcome == gives)
    return Move(
        move.id,
        move.event,
        move.sources,
        move.target,
        move.round,
        gives=gives,
        bars=_bars(effects),
    )


def _term(term: says.Term) -> Term:
    assert not any((term.later, term.notice_yields, term.holds_back))
    return Term(term.id, term.state, term.lasts, term.then, term.through)


def _duty(duty: says.Deadline) -> Duty:
    assert duty.each_year_by in (None, REPORTS)
    assert duty.not_before is None
    governed_by = duty.governed_by
    return Duty(
        duty.id,
        duty.met_by,
        duty.during,
        duty.within or "",
        tuple((moment.of, moment.name) for moment in duty.after),
        duty.each_year_by,
        None if governed_by is None else (governed_by.of, governed_by.name),
        duty.early,
        duty.in_term or "",
        duty.option,
    )


def _lapse(lapse: says.Lapse) -> Lapse:
    assert lapse.if_missed is None
    return Lapse(
        lapse.id,
        lapse.missed,
        lapse.sources,
        lapse.target,
        lapse.unless_missed or "",
        _bars(lapse.effects),
    )


def _barred(source: says.Barred) -> str:
    assert not source.own
    return source.application


def _days(derived: says.Derived) -> Iterator[tuple[str, tuple[str, ...]]]:
    match derived.source:
        case says.DayOf(names):
            yield "day-of", names
        case says.OfTerm(term, which):
            yield f"{which}-of", (term,)
        case says.OfDuty(duty):
            yield "last-day-for", (duty,)
        case says.Since(states):
            yield "since", states


class CityDaily(Daily):
    """Follows a city, whose acceptance leads where Article 14 says by its score."""

    def _holds(self, move: Move, n: int) -> Truth:
        if not move.gives:
            return True
        stated = {**self.history.facts, **self.history.events[n].facts}.get(SCORE)
        if stated is None:
            return None
        score = Decimal(stated.split()[0])
        band = "title-withdrawn" if score < 60 else "next-pilot-round"
        return move.gives == ("fostering-stage" if score >= 70 else band)


# Histories


def begun_earlier(history: History, by: timedelta) -> History:
    """Return a history so much earlier, so that more of it falls under the text of 2014."""
    days = [day(one.low - by) for one in history.days()]
    until = None if history.known_until is None else history.known_until - by
    return replace(history.with_days(days), known_until=until)


#: By event, what may be done soon after it and moves nothing, and how many days later.
_AFTER: Mapping[str, tuple[tuple[str, int], ...]] = {
    "pilot-approved": (
        ("pilot-mechanism-established", 90),
        ("pilot-report-submitted", 500),
        ("annual-assessment", 900),
    ),
    "pilot-plan-issued": (("pilot-plan-recorded", 60), ("pilot-report-submitted", 900)),
    "acceptance-passed": (("acceptance-materials-sent", 30), ("pilot-report-submitted", 200)),
    "acceptance-failed": (("acceptance-materials-sent", 30),),
    "next-round-plan-issued": (("record-completed", 20), ("pilot-report-submitted", 400)),
    "fostering-plan-issued": (("record-completed", 20), ("annual-assessment", 900)),
    "model-approved": (
        ("model-mechanism-established", 200),
        ("model-plan-drawn-up", 100),
        ("model-plan-issue-requested", 150),
        ("model-plan-issued", 200),
        ("model-report-submitted", 900),
    ),
}


_PLANS = ("fostering-plan-issued", "next-round-plan-issued")


def with_what_is_due(programs: Sequence[Program], history: History, random: Random) -> History:
    """Return a history with more of what a city is to do, in time or late, and its grades."""
    events = list(history.events)
    for one in history.events:
        for kind, longest in _AFTER.get(one.kind, ()):
            if random.random() < 0.5:
                on = one.on.low + random.randint(0, longest) * DAY
                made = Event(kind, day(on))
                if kind == "annual-assessment":
                    grade = {GRADE: random.choice(GRADES)}
                    made = replace(made, year=on.year - 1, facts=grade)
                events.append(made)
    return that_can_be(programs, replace(history, events=tuple(events)))


def a_history(course: Course, random: Random) -> History:
    """Make a history of which each day is known; of some a part falls under 2014."""
    kind = random.random()
    if kind < 0.3:
        history = _of_a_model_city(random)
    elif kind < 0.38:
        history = _of_a_city_under_fostering(random)
    else:
        history = city_history(course, random, 6, vague=0.0).exactly(random)
        history = _told_otherwise(history, random)
        if random.random() < 0.4 and all(on.low >= BEGAN for on in history.days()):
            history = begun_earlier(history, random.randint(100, 1500) * DAY)
    history = with_what_is_due(course.programs, history, random)
    return replace(history, known_until=TOLD) if random.random() < 0.8 else history


def _told_otherwise(history: History, random: Random) -> History:
    """Return a history with some results told by their scores, and without some plans.

    Some plans are issued on the day of what came before them.
    """
    events: list[Event] = []
    for one in history.events:
        scored = one.kind in ("acceptance-passed", "acceptance-failed") and SCORE in one.facts
        if scored and random.random() < 0.3:
            events.append(replace(one, kind="acceptance-held"))
        elif one.kind not in _PLANS or random.random() < 0.4:
            events.append(one)
        elif random.random() < 0.6:
            before = [two.on.low for two in history.events if two.on.low < one.on.low]
            events.append(replace(one, on=day(max(before, default=one.on.low))))
    return replace(history, events=tuple(events))


def _of_a_model_city(random: Random) -> History:
    """Make the history of a city that was approved under 2014, and is re-examined or not."""
    on = BEGAN - random.randint(20, 1200) * DAY
    events = [Event("model-approved", day(on))]
    while random.random() < 0.6:
        on += random.randint(1050, 1250) * DAY
        events.append(Event("re-examination-applied", day(on)))
        on += random.randint(1, 60) * DAY
        passed = random.random() < 0.6
        events.append(Event(f"re-examination-{'passed' if passed else 'failed'}", day(on)))
        if not passed:
            break
    random.shuffle(events)
    return History(tuple(events), on + random.randint(0, 1500) * DAY)


def _of_a_city_under_fostering(random: Random) -> History:
    """Make the history of a city that was accepted with a high score, and is then let be."""
    approved = BEGAN + random.randint(0, 900) * DAY
    accepted = approved + random.randint(1000, 1300) * DAY
    planned = accepted + random.randint(10, 170) * DAY
    events = (
        Event("pilot-approved", day(approved)),
        Event("acceptance-passed", day(accepted), facts={SCORE: random.choice(SCORES[2:])}),
        Event("fostering-plan-issued", day(planned)),
    )
    return History(events, planned + random.randint(1000, 4000) * DAY)


def a_telling_day(course: Course, history: History, random: Random) -> date:
    """Return a day to ask about: for many, one on which something ends, or the next."""
    on = a_day(history, random)
    last = max((one.low for one in history.days()), default=on)
    if random.random() < 0.4:
        return on
    try:
        worlds = CityDaily(course.law, history, last + timedelta(days=2500)).worlds()
    except (ImpossibleError, TooManyError):
        return on
    world = random.choice(worlds)
    daily = CityDaily(course.law, history, last + timedelta(days=2500))
    bars = [low for bar in daily.bars_that_came(world) for low, _ in (bar.first, bar.until)]
    runs = [run.end for run in world.runs]
    if runs and random.random() < 0.2:
        # Few events come after it, so that what has ended has not begun again.
        return max(*runs, *bars, on) + random.choice((0, 1)) * DAY
    ends = [*runs, *bars, *(due.due for due in world.dues)]
    ends += [date(one.day.year + 1, *REPORTS) for one in world.steps]
    return random.choice(ends or [on]) + random.choice((0, 1)) * DAY
