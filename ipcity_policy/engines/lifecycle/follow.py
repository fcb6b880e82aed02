"""The timeline of a sheet: its events under the versions that govern, up to a day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ipcity_policy.engines.interpreter.decision import holds, ruling
from ipcity_policy.engines.lifecycle.aggregate import position_of
from ipcity_policy.engines.lifecycle.position import Position
from ipcity_policy.engines.lifecycle.simulation import Refusal, Simulation
from ipcity_policy.engines.lifecycle.temporal_constraints import TemporalConstraints
from ipcity_policy.engines.lifecycle.testimony import unmet
from ipcity_policy.engines.lifecycle.version_spans import VersionSpans, texts_of
from ipcity_policy.lang.time_limits import RestDays
from ipcity_policy.lang.values import Dates, Truth, Value, all_of
from ipcity_policy.law.lifecycle import Guard, Transition
from ipcity_policy.law.model import Localized
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.as_of import StatedWith, stated_on
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose
from ipcity_policy.text.message import Message, any_of, either, say


def follow(
    programs: Sequence[Program],
    sheet: Sheet,
    on: date,
    *,
    when: Dates | None = None,
    strict: bool = False,
    rest: Callable[[str], RestDays | None] = lambda _: None,
) -> Result[Position]:
    """Return where the subject of a sheet stands on a day; report events that cannot be.

    `when` is the span in which the day lies that bars are asked for, where it is not `on`.
    """
    texts = texts_of(programs)
    guarding = _Guarding(texts, sheet, strict)
    days = TemporalConstraints(texts, sheet.events, rest)
    simulation = Simulation(
        texts=texts,
        events=sheet.events,
        days=days,
        on=on,
        silence=sheet.silence,
        guards=guarding.truth,
        stated=guarding.stated(None),
        when=when or Dates(on, on),
        strict=strict,
    )
    worlds = simulation.follow()
    found = tuple(_refused(texts, sheet.events, refusal) for refusal in simulation.refusals)
    return Result(position_of(simulation, worlds), found)


@dataclass
class _Guarding:
    """Tells whether what guards a transition holds on an event."""

    texts: VersionSpans
    sheet: Sheet
    strict: bool

    def __post_init__(self) -> None:
        self._known: dict[tuple[int, str, int], Truth] = {}
        self._with = StatedWith(self.sheet)

    def truth(self, text: int, move: Transition, place: int) -> Truth:
        """Tell whether the guards of a transition hold by what is stated up to an event."""
        if move.guard is None and move.condition is None:
            return True
        key = (text, move.id, place)
        if key not in self._known:
            program, values = self.texts.programs[text], self.stated(place)
            truths: list[Truth] = []
            if move.guard is not None:
                truths.append(_gives(program, values, move.guard, strict=self.strict))
            if move.condition is not None:
                truths.append(
                    holds(program, values, move.condition, move.origin, strict=self.strict)
                )
            self._known[key] = all_of(truths)
        return self._known[key]

    def stated(self, place: int | None) -> dict[str, Value]:
        """Return what is stated on the day of an event, or ever: of the event itself first."""
        if place is None:
            return stated_on(self.sheet).values
        return self._with.on(place)


def _gives(
    program: Program, values: Mapping[str, Value], guard: Guard, *, strict: bool
) -> Truth:
    found = ruling(program, values, guard.decision, strict=strict)
    if found.outcome is not None:
        return found.outcome == guard.outcome
    return None if guard.outcome in found.possible else False


def _refused(texts: VersionSpans, events: Sequence[Event], refusal: Refusal) -> Diagnostic:
    """Say why an event cannot have happened where it is stated."""
    event, program = events[refusal.event], texts.programs[refusal.text]
    if refusal.guarded:
        return _unmet(event, refusal)
    message = say("`{event}` cannot follow what was stated before it", event=event.kind)
    if refusal.states:
        states = _named(texts, refusal.states)
        message = say(
            "`{event}` cannot happen in the state {states}", event=event.kind, states=states
        )
    return diagnose("F121", message, event.span, help=_way_in(texts, program, event.kind))


def _unmet(event: Event, refusal: Refusal) -> Diagnostic:
    guards = [move.guard for move in refusal.guarded if move.guard is not None]
    if guards:
        return unmet(event, guards)
    message = say(
        "`{event}` does not fit what is stated: what {transitions} asks does not hold",
        event=event.kind,
        transitions=any_of(move.id for move in refusal.guarded),
    )
    mend = say("see whether the event or what is stated with it was miswritten")
    return diagnose("F122", message, event.span, help=mend)


def _named(texts: VersionSpans, states: Sequence[str]) -> Message:
    """Name some states as the law does, and as a rule file does."""
    labels: dict[str, Localized] = {}
    for program in texts.programs:
        labels |= {state.id: state.label for state in program.history.states.values()}
    return either(tuple(say("{label} (`{id}`)", label=labels[id], id=id) for id in states))


def _way_in(texts: VersionSpans, program: Program, kind: str) -> Message:
    """Say out of which states an event leads."""
    moves = [m for m in program.history.transitions.values() if m.event == kind]
    sources = list(dict.fromkeys(s for m in moves for s in m.sources or ()))
    if not sources:
        return say("see whether its day or that of another event was miswritten")
    return say(
        "it leads out of {states}: see whether a day was miswritten or an event left out",
        states=_named(texts, sources),
    )
