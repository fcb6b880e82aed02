"""The second reckoning over time: where a city stands on a day, its bars, what is due.

Written from the text alone, as `reckoning.py` is, with the choices that stand at its head. A
history is a list of events, each on one day, under the measures of 2016. The opening day of a
period is not counted, its last day belongs to it, a period that follows another is reckoned
from the other's last day, and what comes of itself comes on the day after.

What is taken besides, where the text is silent:

- Art. 8, 13, 21: what is done after another approval, or another acceptance, is done for that
  one. What is not done yet when the title is lost is no longer due: the articles bind pilot
  cities and model cities.
- Art. 12, 26: a report is owed for each 31 January after the first day of a term, up to its
  last; an acceptance within the term does not end it (Art. 13: three years), and a round that
  begins on that day follows the one before without a break. The text sets a last day only, so
  that a report of the same January made before an approval is one.
- Art. 14 to 17: a record made while the term runs and before the acceptance belongs to an
  earlier entry; once the term is over, Art. 17 asks only that it be made in the six months.
  A city above 70 may choose either stage; once it chose in time, the other is no option, and
  what arises when its time is over is none.
- Art. 14: each acceptance has a score of its own; without it, two bands are possible for one
  that was passed.
- Art. 15: another round of fostering begins with its plan.
- Art. 20, 27, 29: a city that left the list, or lost the title, may be named again; a bar on
  becoming a model city does not bar it from being a pilot city.
- Art. 21: a plan whose issue was requested had been developed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from tests.properties.reckoning import band

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something that happened on a day; a score where it is an acceptance."""

    kind: str
    on: date
    score: Decimal | None = None


@dataclass
class Term:
    """Three years of pilot work, of fostering or of model work (Art. 13, 15, 27)."""

    kind: str
    first: date
    #: The day on which the city left the state that the term is about before it was over.
    cut: date | None = None

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + relativedelta(years=3)


@dataclass(frozen=True)
class Bar:
    """An application that may not be made, up to a day."""

    application: str
    start: date
    years: int

    @property
    def last(self) -> date:
        """The last day of the bar."""
        return self.start + relativedelta(years=self.years)


@dataclass(frozen=True)
class Due:
    """What is to be done up to a day, or may be, and what became of it."""

    name: str
    last: date
    status: str
    by: str
    year: int | None = None


@dataclass
class Course:
    """How a city came where it stands."""

    #: The states that are possible; more than one after an acceptance without a score.
    states: frozenset[str] = frozenset({"none"})
    terms: list[Term] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    #: When the record work was completed that follows the acceptance (Art. 17).
    recorded: date | None = None
    #: The acceptance of the running pilot round.
    accepted: Event | None = None
    #: Each acceptance with the term it is about.
    acceptances: list[tuple[Event, Term]] = field(default_factory=list)
    #: Whether each event could happen where the city stood.
    lawful: bool = True
    #: The days on which a title was lost.
    losses: list[date] = field(default_factory=list)

    def term(self, kind: str) -> Term:
        """Return the latest term of a kind."""
        return next(one for one in reversed(self.terms) if one.kind == kind)


ACCEPTED = frozenset({"accepted-for-next-round", "accepted-for-fostering"})
#: Art. 4: the titles, and the states in which they are held.
TITLES = {
    "pilot": "pilot",
    "pilot-expired": "pilot",
    "accepted-for-next-round": "pilot",
    "accepted-for-fostering": "pilot",
    "fostering": "pilot",
    "fostering-expired": "pilot",
    "model": "model",
    "model-expired": "model",
    "under-re-examination": "model",
}


FOSTERED = frozenset({"fostering", "fostering-expired"})
NO_TITLE = frozenset({"none", "withdrawn", "deprived"})
#: The states in which an event finds a city, of those events that move it.
FROM = {
    "pilot-applied": NO_TITLE,
    "pilot-not-listed": frozenset({"applicant"}),
    "pilot-approved": NO_TITLE | {"applicant"},
    "acceptance-passed": frozenset({"pilot", "pilot-expired"}),
    "acceptance-failed": frozenset({"pilot", "pilot-expired"}),
    "next-round-plan-issued": ACCEPTED,  # Art. 14, 16
    "fostering-plan-issued": FOSTERED | {"accepted-for-fostering"},  # Art. 14, 15
    "model-approved": FOSTERED | {"withdrawn", "deprived"},  # Art. 20, and 27 and 29 after it
    "re-examination-applied": frozenset({"model-expired"}),  # Art. 27
    "re-examination-passed": frozenset({"under-re-examination"}),  # Art. 29
    "re-examination-failed": frozenset({"under-re-examination"}),
    "title-cancelled": frozenset(TITLES),  # Art. 31
    "title-removed": frozenset(TITLES),  # Art. 32
}
#: What takes the title away: Art. 14, 29, 31, 32.
LOSING = frozenset(
    {"acceptance-failed", "re-examination-failed", "title-cancelled", "title-removed"}
)


def time_for_entering(course: Course) -> date:
    """Return the last day of the six months of Articles 15 to 17."""
    return course.term("pilot").last + relativedelta(months=6)


def enters(course: Course, on: date) -> bool:
    """Say whether a record made on a day is of entering the stage that follows the term.

    One made before the acceptance, while the term runs, is of an earlier entry.
    """
    return course.accepted is not None or (
        bool(course.terms) and on >= course.term("pilot").last
    )


def accepted_in_time(course: Course) -> bool:
    """Say whether the province held the acceptance within its four months (Art. 13)."""
    last = course.term("pilot").last + relativedelta(months=4)
    return course.accepted is not None and course.accepted.on <= last


def of_itself(course: Course) -> tuple[date, str] | None:
    """Return what comes next of itself: its day, and the state that it leads to."""
    if course.states == {"pilot"}:  # Art. 13
        return course.term("pilot").last + DAY, "pilot-expired"
    if course.states <= ACCEPTED and accepted_in_time(course) and course.recorded is None:
        return time_for_entering(course) + DAY, "withdrawn"  # Art. 17
    if course.states == {"fostering"}:  # Art. 15
        return course.term("fostering").last + DAY, "fostering-expired"
    if course.states == {"model"}:  # Art. 27
        return course.term("model").last + DAY, "model-expired"
    if course.states == {"model-expired"}:  # Art. 27
        return course.term("model").last + relativedelta(months=4) + DAY, "withdrawn"
    return None


def let_pass(course: Course, until: date) -> None:
    """Let come what comes of itself up to a day."""
    while (found := of_itself(course)) is not None and found[0] <= until:
        on, state = found
        if state == "withdrawn":
            model = course.states == {"model-expired"}
            application = "model-application" if model else "pilot-application"
            course.bars.append(Bar(application, on - DAY, 3))  # Art. 17, 27
            course.losses.append(on)
        course.states = frozenset({state})


def cut_terms(course: Course, on: date) -> None:
    """End the terms that still run, because the city leaves what they are about."""
    for term in course.terms:
        if term.cut is None and term.last >= on:
            term.cut = on


def begin(course: Course, kind: str, on: date) -> None:
    """Begin a term, and enter the state that it is about."""
    cut_terms(course, on)
    course.terms.append(Term(kind, on))
    course.states = frozenset({kind})
    if kind == "pilot":
        course.recorded = None
        course.accepted = None


def accept(course: Course, event: Event) -> None:
    """Article 14: what an acceptance leads to."""
    course.accepted = event
    course.acceptances.append((event, course.term("pilot")))
    if event.kind == "acceptance-failed":
        cut_terms(course, event.on)
        course.states = frozenset({"deprived"})
        course.bars.append(Bar("pilot-application", event.on, 2))
    elif event.score is None:
        course.states = ACCEPTED
    elif band(event.score) == "next-pilot-round":
        course.states = frozenset({"accepted-for-next-round"})
    else:
        course.states = frozenset({"accepted-for-fostering"})


def take(course: Course, event: Event) -> None:
    """Follow one event."""
    match event.kind:
        case "pilot-applied":  # Art. 6
            course.states = frozenset({"applicant"})
        case "pilot-not-listed":  # Art. 7
            course.states = frozenset({"none"})
        case "pilot-approved" | "next-round-plan-issued":  # Art. 7, 16
            begin(course, "pilot", event.on)
        case "acceptance-passed" | "acceptance-failed":
            accept(course, event)
        case "fostering-plan-issued":  # Art. 15
            begin(course, "fostering", event.on)
        case "record-completed" if enters(course, event.on):  # Art. 14, 17
            course.recorded = event.on
        case "model-approved" | "re-examination-passed":  # Art. 20, 29
            begin(course, "model", event.on)
        case "re-examination-applied":  # Art. 27
            course.states = frozenset({"under-re-examination"})
        case "re-examination-failed":  # Art. 29
            course.states = frozenset({"deprived"})
            course.bars.append(Bar("model-application", event.on, 2))
        case "title-cancelled" | "title-removed":  # Art. 31, 32
            cut_terms(course, event.on)
            course.states = frozenset({"deprived"})
        case _:
            pass


def follow(events: Sequence[Event], on: date) -> Course:
    """Follow a history up to a day."""
    course = Course()
    for event in sorted(events, key=lambda one: one.on):
        if event.on <= on:
            let_pass(course, event.on)
            course.lawful &= bool(course.states & FROM.get(event.kind, course.states))
            take(course, event)
            if event.kind in LOSING:
                course.losses.append(event.on)
    let_pass(course, on)
    return course


def title_held(course: Course) -> str:
    """Return the title that the city holds."""
    return {TITLES.get(state, "none") for state in course.states}.pop()


# What is due


#: Article 8, and what meets it.
PILOT_DUTIES = {
    "pilot-plan": {"pilot-plan-issued"},
    "pilot-mechanism": {"pilot-mechanism-established"},
    "pilot-record": {"pilot-plan-recorded"},
}
#: Article 21, and what meets it: a plan whose issue was requested had been developed.
MODEL_DUTIES = {
    "model-mechanism": {"model-mechanism-established"},
    "model-plan": {"model-plan-drawn-up", "model-plan-issue-requested"},
    "model-plan-issue": {"model-plan-issue-requested"},
}


def status(events: Sequence[Event], kinds: set[str], since: date, last: date, on: date) -> str:
    """Say what became of what is due, or may be done, from a day up to another."""
    done = [one.on for one in events if one.kind in kinds and since <= one.on <= on]
    if done:
        return "met" if min(done) <= last else "met-late"
    return "open" if on <= last else "overdue"


def after_approvals(events: Sequence[Event], course: Course, on: date) -> list[Due]:
    """Articles 8 and 21: what is due within two, and within four, months of an approval.

    What is done after another approval is done for that one. What is not done yet when the
    title is lost is no longer due.
    """
    found = []
    for approval, months, by, asked in (
        ("pilot-approved", 2, "city-government", PILOT_DUTIES),  # Art. 8
        ("model-approved", 4, "city", MODEL_DUTIES),  # Art. 21
    ):
        starts = [one.on for one in events if one.kind == approval]
        for number, start in enumerate(starts):
            until = starts[number + 1] if number + 1 < len(starts) else on + DAY
            # What comes of itself on the day of an approval came before it.
            lost = min((one for one in course.losses if one > start), default=on + DAY)
            last = start + relativedelta(months=months)
            for name, kinds in asked.items():
                seen = [one for one in events if one.on < until]
                what = status(seen, kinds, start, last, on)
                early = [one for one in seen if one.on <= lost]
                open_then = status(early, kinds, start, last, min(lost, on)) == "open"
                if not (open_then and lost <= min(on, last)):
                    found.append(Due(name, last, what, by))
    return found


def yearly_reports(events: Sequence[Event], course: Course, on: date) -> list[Due]:
    """Articles 12 and 26: a report each January that lies in a term."""
    found = []
    for term in course.terms:
        if term.kind == "fostering":
            continue
        until = term.last if term.cut is None else term.cut - DAY
        if any(one.kind == term.kind and one.first == term.cut for one in course.terms):
            until = term.cut or term.last  # a city that goes on in another round is one all day
        for year in range(term.first.year, until.year + 1):
            last = date(year, 1, 31)
            if not term.first < last <= until or date(year, 1, 1) > on:
                continue
            of_year = [one for one in events if one.on.year == year]
            what = status(
                of_year, {f"{term.kind}-report-submitted"}, date(year, 1, 1), last, on
            )  # the text sets a last day only
            found.append(Due(f"{term.kind}-report", last, what, "city", year))
    return found


def lost_while_open(course: Course, since: date, last: date, what: str, on: date) -> bool:
    """Say whether the title was lost before something was done, and while it still could be."""
    lost = [one for one in course.losses if since <= one <= min(on, last)]
    return bool(lost) and what not in {"met", "met-late"}


def after_terms(events: Sequence[Event], course: Course, on: date) -> list[Due]:
    """Articles 13, 15 to 17 and 27: what follows the end of a term."""
    found = []
    for number, term in enumerate(course.terms):
        later = [one.first for one in course.terms[number + 1 :] if one.kind == term.kind]
        until = min([on, *later])
        if term.kind == "pilot":
            found += after_a_pilot_term(events, course, term, until, on)
        elif term.kind == "model" and term.cut is None and on > term.last:
            last = term.last + relativedelta(months=4)  # Art. 27
            seen = [one for one in events if one.on <= until]
            what = status(seen, {"re-examination-applied"}, term.last, last, on)
            if not lost_while_open(course, term.last, last, what, on):
                found.append(Due("re-examination-application", last, what, "city-government"))
    return found


def papers(events: Sequence[Event], course: Course, on: date) -> list[Due]:
    """Article 13: the papers on each acceptance, which those on the next do not replace."""
    found = []
    for number, (held, _) in enumerate(course.acceptances):
        following = course.acceptances[number + 1 : number + 2]
        until = following[0][0].on if following else on + DAY
        seen = [one for one in events if one.on < until]
        last = held.on + timedelta(weeks=2)
        what = status(seen, {"acceptance-materials-sent"}, held.on, last, on)
        found.append(Due("acceptance-materials", last, what, "provincial-office"))
    return found


def after_a_pilot_term(
    events: Sequence[Event], course: Course, term: Term, until: date, on: date
) -> list[Due]:
    """Articles 13 and 15 to 17: the acceptance, and entering what follows.

    Nothing of it is due before the term ends; a term that another round or a loss of the title
    cut short has no such end. What was done before it ends is told at once.
    """
    held = next((one for one, about in course.acceptances if about is term), None)
    failed = held is not None and held.kind == "acceptance-failed"
    last = term.last + relativedelta(months=4)  # Art. 13
    if on <= term.last or (term.cut is not None and not failed):
        return done_early(events, term, held, until)
    found = []
    if held is None:
        what = "open" if on <= last else "overdue"
    else:
        what = "met" if held.on <= last else "met-late"
    if not lost_while_open(course, term.last, last, what, on):
        found.append(Due("acceptance-by-province", last, what, "provincial-office"))
    if held is not None and failed:
        if held.on <= term.last + relativedelta(months=6):
            return found  # the title was lost before the time for entering was over
        held = None
    return found + entering(events, course, term, held, until, on)


def done_early(
    events: Sequence[Event], term: Term, held: Event | None, until: date
) -> list[Due]:
    """Articles 13 and 17: what was done while the term ran, and meets what follows its end."""
    if held is None:
        return []
    last = term.last + relativedelta(months=4)
    found = [Due("acceptance-by-province", last, "met", "provincial-office")]
    stages = {"next-round-plan-issued", "fostering-plan-issued", "record-completed"}
    entered = [one for one in events if one.kind in stages and held.on <= one.on <= until]
    if held.kind == "acceptance-passed" and entered:
        last = term.last + relativedelta(months=6)
        found.append(Due("record-work", last, "met", "city-government"))
    return found


def entering(
    events: Sequence[Event],
    course: Course,
    term: Term,
    accepted: Event | None,
    until: date,
    on: date,
) -> list[Due]:
    """Articles 15 to 17: the time for entering a stage, which is an option and no duty."""
    last = term.last + relativedelta(months=6)
    plans: dict[str, str] = {}
    if accepted is not None and accepted.on <= last:
        plans["next-round-plan"] = "next-round-plan-issued"  # Art. 14, 16
        if accepted.score is not None and band(accepted.score) == "fostering-stage":
            plans["fostering-plan"] = "fostering-plan-issued"  # Art. 14, 15
    since = term.last if accepted is None else min(term.last, accepted.on)
    seen = [one for one in events if since <= one.on <= until]
    chosen = {one.kind for one in seen if one.on <= last}
    taken = {name: kind for name, kind in plans.items() if kind in chosen}
    asked = {name: {kind} for name, kind in (taken or plans).items()}
    asked["record-work"] = {  # Art. 17
        "record-completed",
        "next-round-plan-issued",
        "fostering-plan-issued",
    }
    found = []
    for name, kinds in asked.items():
        what = status(seen, kinds, since, last, on)
        if not lost_while_open(course, since, last, what, on):
            told = "passed" if what == "overdue" else what
            found.append(Due(name, last, told, "city-government"))
    return found


def due(events: Sequence[Event], on: date) -> list[Due]:
    """Return what was and is due on a day."""
    seen = sorted((one for one in events if one.on <= on), key=lambda one: one.on)
    course = follow(seen, on)
    return [
        *after_approvals(seen, course, on),
        *yearly_reports(seen, course, on),
        *papers(seen, course, on),
        *after_terms(seen, course, on),
    ]
