"""A timeline as JSON: the contract for machines, with a schema in `schemas/`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ipcity_policy.engines.lifecycle.deadlines import (
    days_late,
    days_left,
    days_overdue,
    may_be_unstated,
    settled_by,
)
from ipcity_policy.engines.lifecycle.position import (
    Conflict,
    Duty,
    Fulfilment,
    Position,
    PositionDependence,
    PossibleState,
    Prospect,
    RunningBar,
    StepTaken,
    TermOnDay,
    VersionIndex,
)
from ipcity_policy.formats.json.interpretations import adoption_json
from ipcity_policy.formats.json.parts import (
    FORM,
    both,
    digest_json,
    place_json,
    text_seen_json,
    value_json,
)
from ipcity_policy.lang.values import Dates, Periods
from ipcity_policy.law.lifecycle import Lapse, Moment, Rounds, Term, Transition
from ipcity_policy.questions.query import SubjectTimeline
from ipcity_policy.report.prose import summary
from ipcity_policy.report.prose.assumptions import assumptions
from ipcity_policy.report.prose.differences import differences
from ipcity_policy.report.prose.duties import status
from ipcity_policy.report.prose.position import Telling
from ipcity_policy.report.prose.prospects import next_text
from ipcity_policy.report.prose.suppositions import gaps_over_time, provisions
from ipcity_policy.yaml.schema import LANGUAGES


def timeline_json(timeline: SubjectTimeline) -> dict[str, Any]:
    """Return a timeline as an object for machines."""
    return TimelineJson(timeline).timeline()


class TimelineJson:
    """Makes objects of what a timeline holds."""

    def __init__(self, timeline: SubjectTimeline) -> None:
        self.of = timeline
        self.position = timeline.position
        self.tellings = {language: Telling(timeline, language) for language in LANGUAGES}
        supposed = timeline.as_supposed
        #: The same with what is assumed; None where nothing depends on that.
        self.beside = TimelineJson(supposed) if supposed is not None else None

    def timeline(self) -> dict[str, Any]:
        """Return the whole timeline."""
        of, telling = self.of, self.tellings["en"]
        return {
            "timeline": FORM,
            "measure": of.sheet.measure,
            "subject": {"name": both(of.sheet.name)},
            "on": of.position.on.isoformat(),
            "events-known-until": _day(of.position.known_until),
            "events-known-from": _day(of.position.known_from),
            "events-not-known": list(of.position.not_known),
            **self._position(of.position),
            "why-open": self._each(
                lambda telling: [*summary.why_open(telling), *summary.spans(telling)]
            ),
            "readings": self.readings(),
            "supposed": self._supposed(),
            "assumptions": (self.beside or self)._each(
                lambda telling: list(assumptions(telling))
            ),
            "texts-seen": {
                text.id: text_seen_json(text)
                for text in map(self.position.versions.__getitem__, telling.resting_on)
            },
            "asked-version": of.version,
            "chosen-readings": dict(of.chosen),
            "interpretations": [adoption_json(one) for one in of.adoptions],
            "changed-parameters": dict(of.parameters),
            "strict": of.strict,
            "digest": digest_json(of.rules, of.sheet),
            "calendars": list(of.calendars),
            "engine": of.engine,
            "policies": of.policies,
        }

    def readings(self) -> list[dict[str, Any]]:
        """Return the readings that it depends on."""
        return [self._turn(turn) for turn in self.of.dependences]

    def _supposed(self) -> dict[str, Any] | None:
        """Return where it stands with what is assumed, and what that is."""
        if self.beside is None or self.of.supposed is None:
            return None
        return {
            **self.beside._position(self.beside.position),
            "readings": self.beside.readings(),
            "provisions": provisions(gaps_over_time(self.of.supposed)),
        }

    def _each(self, texts: Callable[[Telling], list[str]]) -> list[dict[str, str]]:
        """Return texts in every language, each beside its others."""
        told = [texts(telling) for telling in self.tellings.values()]
        return [dict(zip(self.tellings, one, strict=True)) for one in zip(*told, strict=True)]

    def both(self, text: Callable[[Telling], str]) -> dict[str, str]:
        """Say something in every language."""
        return {language: text(telling) for language, telling in self.tellings.items()}

    def _position(self, position: Position) -> dict[str, Any]:
        return {
            "state": position.state,
            "possible": [self._state(one) for one in position.possible],
            "places": [self._place(one) for one in position.states],
            "covered": position.covered,
            "lost": position.lost,
            "terms": [self._term(one) for one in position.terms],
            "deadlines": [self.duty(one) for one in position.duties],
            "bars": [self._bar(one) for one in position.bars],
            "conflicts": [self._conflict(one) for one in position.conflicts],
            "next": [self._next(one) for one in position.prospects],
            "steps": [self._step(one) for one in position.steps],
            "facts": {fact: value_json(one.value) for fact, one in position.derived.items()},
        }

    def _state(self, id: str) -> dict[str, Any]:
        return {"state": id, "label": self.both(lambda telling: telling.state(id))}

    def _version(self, version: VersionIndex) -> str:
        return self.position.versions[version].id

    def _place(self, one: PossibleState) -> dict[str, Any]:
        return {
            **self._state(one.state),
            "since": span(one.since),
            "round": _rounds(one.round),
            "version": self._version(one.version),
        }

    def event(self, place: int | None) -> dict[str, Any] | None:
        """Return an event by its place among the sheet's."""
        if place is None:
            return None
        event = self.of.sheet.events[place]
        return {"event": event.kind, "on": span(event.on)}

    def _term(self, one: TermOnDay) -> dict[str, Any]:
        run = one.started
        return {
            "term": one.term.id,
            "label": both(one.term.label),
            **place_json(one.origin),
            "basis": one.origin.basis,
            "version": self._version(run.version),
            "from": span(run.start),
            "until": span(run.end),
            "reckoned-until": None if run.calculated is None else span(run.calculated),
            "stated": None
            if run.stated is None
            else {"from": span(run.stated[0]), "until": span(run.stated[1])},
            "event": self.event(run.event),
            "running": one.running,
            "certain": one.certain,
        }

    def duty(self, one: Duty) -> dict[str, Any]:
        """Return a deadline, and its status."""
        deadline, on = one.deadline, self.position.on
        open_ = len(one.possible) > 1
        return {
            "deadline": deadline.id,
            "says": both(deadline.says),
            "year": one.year if one.until_year is None else None,
            "years": None if one.until_year is None else _years(one.years),
            "duty-of": None if deadline.option else deadline.office or None,
            "option-of": deadline.office if deadline.option else None,
            **place_json(deadline.origin),
            "basis": deadline.origin.basis,
            "version": self._version(one.version),
            "after": _moment(one.after),
            "since": span(one.since),
            "due": span(one.due),
            "became": one.fulfilment,
            "possible": list(one.possible),
            "certain": one.certain,
            "met-by": self.event(one.met_by),
            "days-late": _days(self._late(one, on)),
            "days-left": _days(
                days_left(one, on) if one.fulfilment is Fulfilment.OPEN else None
            ),
            "settled-by": [self.event(place) for place in settled_by(one, on)],
            "unstated": open_ and may_be_unstated(one, self.position),
            "text": self.both(lambda telling: status(telling, one)),
        }

    def _late(self, one: Duty, on: date) -> Periods | None:
        if one.fulfilment is Fulfilment.OVERDUE:
            return days_overdue(one, on)
        if one.fulfilment is Fulfilment.MET_LATE and one.met_on is not None:
            return days_late(one)
        return None

    def _bar(self, one: RunningBar) -> dict[str, Any]:
        on = Dates(self.position.on, self.position.on)
        return {
            "application": one.application,
            "after": span(one.since),
            "from": span(one.first),
            "last-day": span(one.until),
            "cause": one.cause,
            **place_json(one.origin),
            "basis": one.origin.basis,
            "version": self._version(one.version),
            "running": one.runs_on(on),
            "certain": one.certain,
            "text": self.both(lambda telling: telling.bar_runs(one)),
        }

    def _conflict(self, one: Conflict) -> dict[str, Any]:
        return {
            "event": self.event(one.event),
            "lapse": one.lapse,
            "term": one.term,
            "certain": one.certain,
            "text": self.both(lambda telling: telling.conflict(one)),
        }

    def _next(self, one: Prospect) -> dict[str, Any]:
        move = one.move
        kinds = {Transition: "event", Term: "term", Lapse: "lapse"}
        guard = move.guard if isinstance(move, Transition) else None
        return {
            "by": kinds[type(move)],
            "id": move.id,
            "event": move.event if isinstance(move, Transition) else None,
            "to": one.target,
            "on": None if one.day is None else span(one.day),
            "needs": None
            if guard is None
            else {"decision": guard.decision, "outcome": guard.outcome},
            **place_json(move.origin),
            "basis": move.origin.basis,
            "version": self._version(one.version),
            "text": self.both(lambda telling: next_text(telling, one)),
        }

    def _step(self, one: StepTaken) -> dict[str, Any]:
        step = one.step
        return {
            "by": step.cause,
            "id": step.id,
            "on": span(step.day),
            "from": step.source,
            "to": step.target,
            "round": _rounds(step.round),
            "event": self.event(step.event),
            **place_json(one.origin),
            "basis": one.origin.basis,
            "version": self._version(step.version),
            "certain": one.certain,
            "text": self.both(lambda telling: telling.step(one)),
        }

    def _turn(self, turn: PositionDependence) -> dict[str, Any]:
        reading = turn.reading
        return {
            "reading": reading.id,
            "asks": both(reading.asks),
            "chosen": turn.chosen,
            "says": both(reading.options[turn.chosen].says),
            "basis": reading.basis,
            "confidence": reading.confidence,
            "why": both(reading.why),
            "alternatives": {
                option: {
                    "says": both(reading.options[option].says),
                    "state": other.state,
                    "possible": list(other.possible),
                    "differs": self._differs(other),
                }
                for option, other in turn.others.items()
            },
        }

    def _differs(self, other: Position) -> list[dict[str, str]]:
        return self._each(lambda telling: list(differences(telling, other)))


def span(days: Dates) -> dict[str, str | None]:
    """Return the first and the last day on which something may lie; null where it is open."""
    low, high = days.finite_ends
    return {"low": _day(low), "high": _day(high)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _days(days: Periods | None) -> dict[str, int | None] | None:
    return None if days is None else {"low": days.low, "high": days.high}


def _rounds(turn: Rounds) -> dict[str, int | None]:
    return {"low": turn.low, "high": turn.high}


def _years(years: range) -> dict[str, int]:
    return {"first": years[0], "last": years[-1], "number": len(years)}


def _moment(moment: Moment | None) -> dict[str, str] | None:
    return None if moment is None else {"of": moment.of, "name": moment.name}
