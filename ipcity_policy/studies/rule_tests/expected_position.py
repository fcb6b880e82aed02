"""What a rule test expects of a position, held against where the events lead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from ipcity_policy.engines.lifecycle.position import (
    Duty,
    Position,
    PositionDependence,
    PossibleState,
    RunningBar,
    Step,
    StepCause,
    StepTaken,
)
from ipcity_policy.lang.interval import Interval
from ipcity_policy.lang.literals import date_text, number_text
from ipcity_policy.lang.values import Dates, Numbers, Options, Series, Value
from ipcity_policy.law.library import Library
from ipcity_policy.law.lifecycle import Deadline, Rounds
from ipcity_policy.law.model import Localized
from ipcity_policy.law.reader import child, entries_of, items_of
from ipcity_policy.questions.query import SubjectTimeline
from ipcity_policy.studies.rule_tests.expected_verdict import (
    Came,
    Difference,
    Ground,
    came_text,
)
from ipcity_policy.text import codes
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.nearest import did_you_mean
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar

#: What is not known.
UNKNOWN = "unknown"
#: What there is none of.
NONE = "none"
#: What came of a name of which nothing came, by key, where all is told.
NOTHING = {"terms": NONE, "due": NONE, "deadlines": "not-owed", "bars": NONE}


def came_of(timeline: SubjectTimeline) -> Mapping[str, Came]:
    """Return what came out, under each key of `stands:` in the order they are shown."""
    came = _came_of(timeline.position, timeline.dependences)
    supposed = supposed_of(timeline) or {}
    return {key: _open(found, supposed.get(key, {})) for key, found in came.items()}


def _open(came: Came, supposed: Came) -> Came:
    """Return what came, with what is there only by what is assumed as not known."""
    if isinstance(came, Mapping) and isinstance(supposed, Mapping):
        return {**dict.fromkeys(supposed, UNKNOWN), **came}
    return came


def nothing_of(key: str, position: Position | None) -> str:
    """Return what came of a name of which nothing came.

    Where not all of the text that counted is there, others than those told may have brought
    bars, and where it stands for want of it is not known, also duties.
    """
    told = position is not None and not (
        position.lost and (key == "bars" or not position.states)
    )
    return NOTHING.get(key, UNKNOWN) if told else UNKNOWN


def supposed_of(timeline: SubjectTimeline) -> Mapping[str, Came] | None:
    """Return what came out with what is assumed; None where nothing depends on that."""
    supposed = timeline.supposed
    return None if supposed is None else _came_of(supposed.position, supposed.dependences)


def _came_of(position: Position, turns: Sequence[PositionDependence]) -> Mapping[str, Came]:
    duties = {  # the latest of each
        key: (duty, due) for duty in position.duties for key, due in _named(duty)
    }
    return {
        "state": position.state or UNKNOWN,
        "possible": position.possible,
        "round": _round(position.states),
        "since": _since(position.states),
        "under": tuple(dict.fromkeys(position.versions[p.version].id for p in position.states)),
        "terms": {one.term.id: date_text(one.started.end) for one in position.terms},
        "due": {key: date_text(due) for key, (_, due) in duties.items()},
        "deadlines": {key: str(d.fulfilment or UNKNOWN) for key, (d, _) in duties.items()},
        "bars": {bar.application: _until(bar) for bar in position.bars},
        "steps": tuple(taken.step.id for taken in position.steps if taken.certain),
        "facts": {fact: value_text(one.value) for fact, one in position.derived.items()},
        "readings": tuple(turn.reading.id for turn in turns),
    }


def _named(duty: Duty) -> Iterator[tuple[str, Dates]]:
    """Yield what a duty is called, with its last day; of several years, for each of them."""
    id, by = duty.deadline.id, duty.deadline.each_year_by
    if by is None:
        yield id, duty.due
        return
    for year in duty.years:
        day = date(year, *by)
        yield f"{id} {year}", Dates(day, day)


def _round(places: Sequence[PossibleState]) -> str:
    if not places:
        return UNKNOWN
    highs = [place.round.high for place in places]
    known = [high for high in highs if high is not None]
    whole = Rounds(
        min(place.round.low for place in places),
        max(known) if len(known) == len(highs) else None,
    )
    return str(whole.low) if whole.low == whole.high else f"{whole.low} – {whole.high or '…'}"


def _since(places: Sequence[PossibleState]) -> str:
    """Return the day since which it stands where it stands; none if nothing happened yet."""
    if len({place.state for place in places}) != 1:
        return UNKNOWN
    since = reduce(Interval.hull, (place.since.interval for place in places))
    return NONE if since.high == date.min else date_text(Dates(*since.ends))


def _until(bar: RunningBar) -> str:
    return date_text(bar.until) if bar.certain else UNKNOWN


def value_text(value: Value) -> str:
    """Write a value that follows from events."""
    match value:
        case Dates():
            return date_text(value)
        case Options(names):
            return " or ".join(sorted(names))
        case Series(stated):
            return ", ".join(f"{year}: {value_text(element)}" for year, element in stated)
        case Numbers(low, high, unit) if low is not None and low == high:
            return f"{number_text(low)} {unit}".strip()
    return UNKNOWN


def unknown_names(
    expected: Node, timeline: SubjectTimeline, library: Library
) -> Iterator[Diagnostic]:
    """Report names that nothing has, so that a misspelt expectation cannot pass."""
    supposed = child(expected, "supposed")
    if supposed is not None:
        yield from unknown_names(supposed, timeline, library)
    for key, names in _names(timeline, library).items():
        node = child(expected, key)
        written = (node,) if isinstance(node, Scalar) else items_of(expected, key)
        for item in (*written, *(name for name, _ in entries_of(expected, key))):
            if isinstance(item, Scalar) and item.text not in names:
                message = say("there is no `{text}` to expect here", text=item.text)
                help = did_you_mean(item.text, names)
                yield diagnose("R101", message, item.span, help=help)


def _names(timeline: SubjectTimeline, library: Library) -> Mapping[str, Mapping[str, None]]:
    """Return what may be named under each key of `stands:`."""
    texts = timeline.position.versions
    histories = [program.history for program in texts]
    states = [id for history in histories for id in history.states]
    terms = [id for history in histories for id in history.terms]
    moves = [move.id for history in histories for move in history.moves()]
    last = timeline.position.on.year + 1
    told = [event.on.earliest.year for event in timeline.sheet.events]
    years = range(min((*told, last - 100)), last + 1)
    duties = [
        name
        for history in histories
        for deadline in history.deadlines.values()
        for name in _names_of(deadline, years)
    ]
    return {
        "state": dict.fromkeys((*states, UNKNOWN)),
        "possible": dict.fromkeys(states),
        "under": dict.fromkeys(library.names()),
        "terms": dict.fromkeys(terms),
        "due": dict.fromkeys(duties),
        "deadlines": dict.fromkeys(duties),
        "bars": dict.fromkeys(timeline.vocabulary.applications),
        "steps": dict.fromkeys((*moves, *terms)),
        "facts": {fact: None for history in histories for fact in history.derived},
        "readings": {reading: None for program in texts for reading in program.readings},
        "faults": dict.fromkeys(codes.CODES),
    }


def _names_of(deadline: Deadline, years: range) -> Sequence[str]:
    if deadline.each_year_by is None:
        return (deadline.id,)
    return [f"{deadline.id} {year}" for year in reversed(years)]


def differences(
    expected: Node, came: Mapping[str, Came], timeline: SubjectTimeline | None
) -> Iterator[Difference]:
    """Yield what came out otherwise than expected, each with what it follows from."""
    position = timeline.position if timeline is not None else None
    yield from _differences(expected, came, position)
    supposed = child(expected, "supposed")
    if supposed is None or timeline is None:
        return
    with_it = supposed_of(timeline)
    if with_it is None or timeline.supposed is None:
        state = child(supposed, "state")
        wanted = state.text if isinstance(state, Scalar) else None
        yield Difference("supposed", wanted, NONE)
        return
    for one in _differences(supposed, with_it, timeline.supposed.position):
        yield replace(one, what=f"supposed.{one.what}")


def _differences(
    expected: Node, came: Mapping[str, Came], position: Position | None
) -> Iterator[Difference]:
    for key, actual in came.items():
        node = child(expected, key)
        pairs: list[tuple[str, str | None, str, str | None]] = []
        if isinstance(node, document.Mapping) and isinstance(actual, Mapping):
            pairs = [
                (f"{key}.{name.text}", name.text, value.text, actual.get(name.text))
                for name, value in node.entries
                if isinstance(value, Scalar)
            ]
        elif node is not None and not isinstance(actual, Mapping):
            pairs = [(key, None, *_both(key, node, actual))]
        for what, name, wanted, found in pairs:
            text = found if found is not None else nothing_of(key, position)
            if wanted != text:
                grounds = tuple(_grounds(position, key, name)) if position is not None else ()
                yield Difference(what, wanted, text, grounds=grounds)


def _both(key: str, node: Node, actual: str | tuple[str, ...]) -> tuple[str, str]:
    """Return what is expected and what came; alike where only the order differs."""
    if isinstance(node, Scalar):
        return node.text, came_text(actual)
    items = node.items if isinstance(node, document.Sequence) else ()
    wanted = tuple(item.text for item in items if isinstance(item, Scalar))
    if key != "steps" and not isinstance(actual, str) and sorted(wanted) == sorted(actual):
        return came_text(actual), came_text(actual)
    return came_text(wanted), came_text(actual)


def _grounds(position: Position, key: str, name: str | None) -> Iterator[Ground]:
    """Yield what a difference follows from: the last step, a term, a duty, a bar."""
    if key in ("state", "round", "since", "under"):
        for taken in position.steps[-1:]:
            yield _of_step(position, taken)
    elif key == "terms":
        for one in [one for one in position.terms if one.term.id == name][-1:]:
            program = position.versions[one.started.version]
            yield Ground(one.term.label, one.started.start, one.origin, program)
    elif key in ("due", "deadlines"):
        named = [(duty, dict(_named(duty))) for duty in position.duties]
        for duty, days in [(duty, days) for duty, days in named if name in days][-1:]:
            program = position.versions[duty.version]
            due = days[name or ""]
            yield Ground(duty.deadline.says, due, duty.deadline.origin, program)
    elif key == "bars":
        for bar in [bar for bar in position.bars if bar.application == name][-1:]:
            for taken in position.steps:
                if taken.step.id == bar.cause:
                    yield _of_step(position, taken)


def _of_step(position: Position, taken: StepTaken) -> Ground:
    step = taken.step
    program = position.versions[step.version]
    return Ground(_says(position, step), step.day, taken.origin, program)


def _says(position: Position, step: Step) -> Localized:
    """Return what a step is called: its event, its lapse, its term."""
    program = position.versions[step.version]
    match step.cause:
        case StepCause.TERM:
            return program.history.terms[step.id].label
        case StepCause.LAPSE:
            return program.history.lapses[step.id].label
    kind = program.history.transitions[step.id].event
    return program.vocabulary.events[kind].label
