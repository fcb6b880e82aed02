"""Hold the program against the second reckoning: one sheet, or one history, at a time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from ipcity_policy import Timeline, open_policies
from ipcity_policy.api import read_sheet
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from tests.properties.reckoned_histories import (
    as_history,
    days_of_the_month,
    draw_history,
    draw_vague,
)
from tests.properties.reckoned_sheets import ON, as_sheet, draw_facts
from tests.properties.reckoned_time import TITLES, Course, Event, due, follow, title_held
from tests.properties.reckoning import DECISIONS, READINGS

VERSION = "ip-cities/2016"
#: With a day that is not known: possible states may be too many, and never too few.
MISSED, TOO_MANY = "a state missed", "a state too many"


@dataclass(frozen=True)
class Difference:
    """Where the two do not agree."""

    seed: int
    #: A decision, or what it is about over time: the state, the title, a bar, a deadline.
    about: str
    program: str
    reckoning: str
    #: The day looked from, of a history.
    on: date | None = None

    def __str__(self) -> str:
        """Tell it in one line."""
        day = "" if self.on is None else f" on {self.on}"
        return (
            f"seed {self.seed}{day}, {self.about}: "
            f"program {self.program}; reckoning {self.reckoning}"
        )


def listed(names: Any) -> str:
    """Write a set of names."""
    return ", ".join(sorted(map(str, names))) or "none"


class Trial:
    """The program, opened once, and asked without trying readings."""

    def __init__(self) -> None:
        self.policies = open_policies()
        self.readings = tuple(READINGS.items())
        #: By decision and answer, by state, and by deadline, how often each was met with.
        self.seen: Counter[tuple[str, str]] = Counter()

    def sheet(self, seed: int) -> Iterator[Difference]:
        """Yield where the two differ on a random sheet, over all decisions."""
        facts = draw_facts(Random(seed))
        read = read_sheet(self.policies, as_sheet(facts))
        if read.value is None or read.diagnostics:
            yield Difference(seed, "the sheet", listed(read.diagnostics), "a sheet")
            return
        asked = Question(None, ON, VERSION, self.readings, thorough=False)
        found = evaluate_sheet(self.policies, read.value, asked)
        if found.value is None or {one.decision for one in found.value} != set(DECISIONS):
            yield Difference(seed, "the sheet", listed(found.diagnostics), listed(DECISIONS))
            return
        for verdict in found.value:
            calculated = DECISIONS[verdict.decision](facts)
            if calculated is None:
                continue  # the reckoning leaves it open
            self.seen[verdict.decision, listed(calculated)] += 1
            outcome = next(iter(calculated)) if len(calculated) == 1 else None
            if set(verdict.possible) != calculated or verdict.outcome != outcome:
                answer = f"{verdict.outcome} of {listed(verdict.possible)}"
                yield Difference(seed, verdict.decision, answer, listed(calculated))

    def follow(
        self, seed: int, sheet: dict[str, Any], on: date
    ) -> tuple[Timeline | None, list[Difference]]:
        """Let the program follow a history; what it holds against it is a difference."""
        read = read_sheet(self.policies, sheet)
        told = [one.message_text for one in read.diagnostics]
        followed = None
        if read.value is not None and not told:
            asked = PositionQuestion(on, VERSION, self.readings, try_readings=False)
            found = timeline_of(self.policies, read.value, asked)
            told = [one.message_text for one in found.diagnostics]
            followed = None if found.value is None else Timeline(found.value)
        if followed is None or told:
            return None, [Difference(seed, "the history", listed(told), "a history", on)]
        return followed, []

    def history(self, seed: int) -> Iterator[Difference]:
        """Yield where the two differ on a random history, looked at from one day."""
        events, on = draw_history(Random(seed))
        followed, wrong = self.follow(seed, as_history(events), on)
        yield from wrong
        if followed is None:
            return
        told, course = followed.as_json(), follow(events, on)
        self.seen["state", listed(course.states)] += 1
        yield from self.places(seed, told, course, on)
        if not any(one.kind == "acceptance-passed" and one.score is None for one in events):
            # else which stage may be entered is not known, nor what is due then
            yield from self.duties(seed, told, events, on)

    def places(
        self, seed: int, told: dict[str, Any], course: Course, on: date
    ) -> Iterator[Difference]:
        """Yield where the two differ on the state, the title and the bars."""
        answers: dict[str, tuple[set[Any], set[Any]]] = {
            "state": ({one["state"] for one in told["possible"]}, set(course.states)),
            "title": ({told["facts"].get("title-held")}, {title_held(course)}),
            "bars": (bars_told(told), bars_reckoned(course, on)),
            "barred": (barred_told(told), barred_reckoned(course, on)),
            "terms": (terms_told(told), terms_reckoned(course, on)),
        }
        for about, (program, reckoning) in answers.items():
            if program != reckoning:
                yield Difference(seed, about, listed(program), listed(reckoning), on)

    def duties(
        self, seed: int, told: dict[str, Any], events: Sequence[Event], on: date
    ) -> Iterator[Difference]:
        """Yield where the two differ on what is due."""
        program, reckoning = duties_told(told, on), duties_reckoned(events, on)
        self.seen.update(("due", about) for about in reckoning)
        for about in sorted({*program, *reckoning}):
            ours, theirs = program.get(about, set()), reckoning.get(about, set())
            if ours != theirs:
                yield Difference(seed, about, listed(ours - theirs), listed(theirs - ours), on)

    def vague_history(self, seed: int) -> Iterator[Difference]:
        """Yield where the two differ on the possible states, one event known to its month."""
        rng = Random(seed)
        events, on = draw_history(rng)
        vague = draw_vague(rng, events, on)
        if vague is None:
            return
        followed, wrong = self.follow(seed, as_history(events, vague), on)
        yield from wrong
        if followed is None:
            return
        self.seen["histories", "with a month"] += 1
        courses = [
            follow([replace(one, on=day) if one is vague else one for one in events], on)
            for day in days_of_the_month(vague.on)
        ]
        calculated = {state for one in courses if one.lawful for state in one.states}
        possible = set(followed.possible)
        if possible != calculated:
            about = MISSED if calculated - possible else TOO_MANY
            yield Difference(seed, about, listed(possible), listed(calculated), on)


def bars_told(told: dict[str, Any]) -> set[tuple[str, str, bool]]:
    """Return the bars of a timeline: the application, the last day, whether it runs."""
    return {
        (one["application"], one["last-day"]["high"], one["running"]) for one in told["bars"]
    }


def bars_reckoned(course: Course, on: date) -> set[tuple[str, str, bool]]:
    """Return the bars of a course, in the same form."""
    return {(one.application, str(one.last), on <= one.last) for one in course.bars}


def barred_told(told: dict[str, Any]) -> set[str]:
    """Return the applications that may not be made on the day, as decisions see it."""
    kinds = ("pilot-application", "model-application")
    return {one for one in kinds if told["facts"].get(f"barred-from-{one}") == "yes"}


def barred_reckoned(course: Course, on: date) -> set[str]:
    """Return the applications that a bar of a course forbids on the day."""
    return {one.application for one in course.bars if on <= one.last}


def terms_told(told: dict[str, Any]) -> set[tuple[str, str, str, bool]]:
    """Return the terms of a timeline: the kind, the first and the last day, whether it runs."""
    return {
        (
            one["term"].removesuffix("-term"),
            one["from"]["low"],
            one["until"]["high"],
            one["running"],
        )
        for one in told["terms"]
    }


def terms_reckoned(course: Course, on: date) -> set[tuple[str, str, str, bool]]:
    """Return the terms of a course, in the same form."""
    return {
        (one.kind, str(one.first), str(one.last), one.cut is None and on <= one.last)
        for one in course.terms
    }


def duties_told(told: dict[str, Any], on: date) -> dict[str, set[str]]:
    """Return the deadlines of a timeline; those of years that are not due yet are left out."""
    found: dict[str, set[str]] = {}
    for one in told["deadlines"]:
        last, several = one["due"]["high"], one["years"]
        if one["year"] is not None and last > str(on):
            continue
        by = one["duty-of"] or one["option-of"]
        years = range(several["first"], several["last"] + 1) if several else (last[:4],)
        for year in years:
            said = f"{year}{last[4:]} {one['became'] and one['became'].value} by {by}"
            found.setdefault(one["deadline"], set()).add(said)
    return found


def duties_reckoned(events: Sequence[Event], on: date) -> dict[str, set[str]]:
    """Return what is due by the reckoning, in the same form."""
    found: dict[str, set[str]] = {}
    for one in due(events, on):
        if one.year is None or one.last <= on:
            found.setdefault(one.name, set()).add(f"{one.last} {one.status} by {one.by}")
    return found


#: What a random history may come to, and each of these is to be met with in a run.
STATES = frozenset(TITLES) | {"none", "applicant", "withdrawn", "deprived"}
