"""What is said of a history on a day, by the engine or in one world, to be compared."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from ipcity_policy.engines.lifecycle.position import Position, StepCause
from ipcity_policy.lang.values import Dates, Element, Options, Series
from ipcity_policy.law.lifecycle import Rounds
from ipcity_policy.sheet.sheet import Sheet
from tests.properties.daily import Daily, World

#: From the first to the last that is possible.
Span: TypeAlias = tuple[int, int]
ENDLESS = 10**9


@dataclass(frozen=True)
class Claim:
    """Something that is said, with what it leaves open."""

    key: tuple[object, ...]
    certain: bool
    spans: tuple[Span, ...]
    options: tuple[frozenset[object], ...] = ()

    def holds(self, other: "Claim") -> bool:
        """Tell whether all that another leaves open is left open here."""
        return (
            self.key == other.key
            and all(
                a <= c and d <= b
                for (a, b), (c, d) in zip(self.spans, other.spans, strict=True)
            )
            and all(a >= b for a, b in zip(self.options, other.options, strict=True))
        )

    def fits(self, other: "Claim") -> bool:
        """Tell whether something is left open by both."""
        return (
            self.key == other.key
            and all(
                a <= d and c <= b
                for (a, b), (c, d) in zip(self.spans, other.spans, strict=True)
            )
            and all(a & b for a, b in zip(self.options, other.options, strict=True))
        )

    def like(self, other: "Claim") -> bool:
        """Tell whether another may say the same on another day: what runs may be over."""
        return replace(self, options=()).fits(replace(other, options=()))


@dataclass(frozen=True)
class View:
    """All that is said."""

    states: frozenset[str]
    #: Whether the course was given up somewhere.
    lost: bool
    #: How often something must have been left out for an event to be possible.
    gaps: int = 0
    claims: frozenset[Claim] = field(default_factory=frozenset)

    def without(self, *kinds: str) -> "View":
        """Return the view without some kinds of claims."""
        return replace(self, claims=frozenset(c for c in self.claims if c.key[0] not in kinds))

    def without_duties(self, names: Collection[str]) -> "View":
        """Return the view without the duties of some names."""
        kept = (c for c in self.claims if c.key[0] != "duty" or c.key[1] not in names)
        return replace(self, claims=frozenset(kept))

    def came_by(self, claim: Claim, on: date) -> bool:
        """Tell whether something is a step, a term or a bar that came by a day."""
        kind, *names = claim.key
        last = on.toordinal()
        steps = [one for one in self.claims if one.key[0] == "step"]
        match kind, names:
            case ("step", _) | ("term", [_, None]):
                return claim.spans[0][1] <= last
            case "term", [_, event]:
                steps = [one for one in steps if one.key[3] == event]
            case "bar", [_, cause]:
                steps = [one for one in steps if one.key[2] == cause]
            case _:
                return False
        return all(one.spans[0][1] <= last for one in steps)


def contradictions(wide: View, narrow: View) -> Iterator[str]:
    """Say where what is said of less that is known does not hold of more."""
    if not narrow.lost and not narrow.states <= wide.states:
        yield f"states {set(narrow.states)}, not among {set(wide.states)}"
    if narrow.lost:
        return
    for claim in wide.claims:
        if claim.certain and not any(claim.fits(other) for other in narrow.claims):
            yield f"certain, and then not there: {claim}"
    if wide.lost:
        return
    for claim in narrow.claims:
        if claim.key[0] != "fact" and not any(other.holds(claim) for other in wide.claims):
            yield f"not foreseen: {claim}"


# Of a position


def of_position(position: Position, sheet: Sheet) -> View:
    """Return what a position says."""
    return View(
        frozenset(position.possible),
        position.lost,
        sum(taken.step.cause is StepCause.GAP for taken in position.steps),
        frozenset(
            (
                *_places(position),
                *_steps(position, sheet),
                *_terms(position, sheet),
                *_duties(position),
                *(
                    Claim(
                        ("bar", b.application, b.cause),
                        b.certain,
                        (_span(b.since), _span(b.first), _span(b.until)),
                    )
                    for b in position.bars
                ),
                *(
                    Claim(("stopped", _source(sheet, one.event), one.lapse), one.certain, ())
                    for one in position.conflicts
                ),
                *_facts(position),
            )
        ),
    )


def _places(position: Position) -> Iterator[Claim]:
    alone = len(position.states) == 1
    for place in position.states:
        yield Claim(("place", place.state), alone, (_span(place.since), _rounds(place.round)))


def _steps(position: Position, sheet: Sheet) -> Iterator[Claim]:
    states = frozenset(
        state for program in position.versions for state in program.history.states
    )
    for taken in position.steps:
        step = taken.step
        by_event = step.cause in (StepCause.GAP, StepCause.NAMED)
        how = StepCause.EVENT if by_event else step.cause
        source = states | {None} if step.source is None else {step.source}
        if step.cause is StepCause.GAP:
            source = frozenset({None})
        yield Claim(
            ("step", str(how), step.id, _source(sheet, step.event)),
            taken.certain,
            (_span(step.day), _rounds(step.round)),
            (frozenset(source), frozenset({step.target})),
        )


def _terms(position: Position, sheet: Sheet) -> Iterator[Claim]:
    for one in position.terms:
        running = {True, False} if one.running is None else {one.running}
        yield Claim(
            ("term", one.term.id, _source(sheet, one.started.event)),
            one.certain,
            (_span(one.started.start), _span(one.started.end), _span(one.started.calculated)),
            (frozenset(running),),
        )


def _duties(position: Position) -> Iterator[Claim]:
    for duty in (one for whole in position.duties for one in whole.one_by_one()):
        yield Claim(
            ("duty", duty.deadline.id, duty.version, duty.year),
            duty.certain,
            (_span(duty.due),),
            (frozenset(map(str, duty.possible)),),
        )


def _facts(position: Position) -> Iterator[Claim]:
    for fact, one in position.derived.items():
        match one.value:
            case Dates(never=never):
                told = {True: {"none"}, None: {"none", "day"}, False: {"day"}}[never]
                span = _span(one.value)
                yield Claim(
                    ("fact", fact), certain=True, spans=(span,), options=(frozenset(told),)
                )
            case Options(options):
                yield Claim(
                    ("fact", fact), certain=True, spans=(), options=(frozenset(options),)
                )
            case Series(stated):
                years = frozenset((year, _only(value)) for year, value in stated)
                yield Claim(("fact", fact), certain=True, spans=(), options=(years,))


def _only(value: Element) -> str:
    assert isinstance(value, Options)
    (option,) = value.names
    return option


def _span(days: Dates | None) -> Span:
    if days is None:
        return date.min.toordinal(), date.max.toordinal()
    return (days.low or date.min).toordinal(), (days.high or date.max).toordinal()


def _rounds(rounds: Rounds) -> Span:
    return rounds.low, ENDLESS if rounds.high is None else rounds.high


def _source(sheet: Sheet, event: int | None) -> str | None:
    return None if event is None else sheet.events[event].source


# Of a world


def of_world(daily: Daily, world: World) -> View:
    """Return what is so in a world."""
    on = daily.on
    claims = [
        Claim(
            ("place", world.state), certain=True, spans=(_day(world.since), _turns(world.round))
        )
    ]
    for step in world.steps:
        how = "event" if step.how == "gap" else step.how
        claims.append(
            Claim(
                ("step", how, step.name, _event(step.event)),
                certain=step.sole,
                spans=(_day(step.day), _turns(step.round)),
                options=(frozenset({step.source}), frozenset({step.target})),
            )
        )
    for run in world.runs:
        claims.append(
            Claim(
                ("term", run.name, _event(run.event)),
                certain=True,
                spans=(_day(run.start), _day(run.end), _day(run.calculated)),
                options=(frozenset({run is world.running and run.start <= on}),),
            )
        )
    for (name, version, cause, number), (due, status, owed) in daily.fulfilments(world).items():
        year = number if not cause else None
        key = ("duty", name, version, year)
        claims.append(Claim(key, owed, (_day(due),), (status,)))
    for bar in daily.bars_that_came(world):
        spans = tuple(
            (low.toordinal(), high.toordinal())
            for low, high in (bar.since, bar.first, bar.until)
        )
        claims.append(_so(("bar", bar.application, bar.cause), *spans))
    for event, lapse in world.stopped:
        claims.append(_so(("stopped", _event(event), lapse)))
    for fact, days in daily.derived(world).items():
        low, high = days if days is not None else (date.min, date.max)
        told = frozenset({"day" if days is not None else "none"})
        span = (low.toordinal(), high.toordinal())
        claims.append(_so(("fact", fact), span, options=(told,)))
    for fact, options in daily.chosen(world).items():
        claims.append(_so(("fact", fact), options=(options,)))
    return View(frozenset({world.state}), lost=False, claims=frozenset(claims))


def _so(
    key: tuple[object, ...], *spans: Span, options: tuple[frozenset[object], ...] = ()
) -> Claim:
    return Claim(key, certain=True, spans=spans, options=options)


def _day(day: date) -> Span:
    return day.toordinal(), day.toordinal()


def _turns(rounds: tuple[int, int | None]) -> Span:
    low, high = rounds
    return low, ENDLESS if high is None else high


def _event(event: int | None) -> str | None:
    return None if event is None else f"source-{event}"
