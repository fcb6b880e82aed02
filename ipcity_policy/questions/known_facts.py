"""What is known of a subject on a day: what its sheet states, what follows from its events."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from ipcity_policy.engines.interpreter.bar_ends import Calendars
from ipcity_policy.engines.interpreter.explanation import Testimony
from ipcity_policy.engines.lifecycle.follow import follow
from ipcity_policy.engines.lifecycle.position import DerivedFact, Position, RunningBar
from ipcity_policy.engines.lifecycle.testimony import testimony_of, withheld
from ipcity_policy.engines.lifecycle.version_spans import gaps_in, spans_of
from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.narrowing import intersection
from ipcity_policy.lang.values import Dates, Options, Series, Value
from ipcity_policy.law.lifecycle import Since
from ipcity_policy.law.model import Basis, Origin
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.as_of import stated_on
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic

_NOTHING: Mapping[str, DerivedFact] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What is known of a subject on a day, under one version."""

    #: What is stated or follows, by fact.
    values: Mapping[str, Value]
    #: The facts that follow from the events.
    derived: Mapping[str, DerivedFact] = field(default_factory=lambda: _NOTHING)
    #: Where the subject stands; None where nothing is said of its events.
    position: Position | None = None
    #: What is wrong with the events.
    diagnostics: tuple[Diagnostic, ...] = ()
    #: What the event that a decision is about tells of its answer.
    testimony: Testimony | None = None

    @property
    def origins(self) -> Mapping[str, Origin]:
        """Where each fact that follows from the events stands, at its weakest."""
        return {name: one.origin for name, one in self.derived.items()}

    def bars(self, day: Dates | None) -> tuple[RunningBar, ...]:
        """Return the bars that may run on a day; without one, on the day asked."""
        if self.position is None:
            return ()
        when = day or Dates(self.position.on, self.position.on)
        return tuple(bar for bar in self.position.bars if bar.runs_on(when) is not False)


@dataclass
class FactBase:
    """Tells what is known of one subject, for any day and any way to read the versions."""

    sheet: Sheet
    #: The versions that a history is judged by, as chosen.
    programs: Sequence[Program]
    #: The day looked from; what was stated or happened later is not seen.
    on: date | None
    strict: bool
    rest: Calendars
    _known: dict[tuple[frozenset[int], date, Dates], KnownFacts] = field(default_factory=dict)
    #: By the number of a Program, it and the numbers of its parts that events depend on. It is
    #: kept, so that none gives its number to another.
    _parts: dict[int, tuple[Program, frozenset[int]]] = field(default_factory=dict)
    #: What is withheld, with the versions of which that was found.
    _withheld: tuple[Sequence[Program], Collection[str]] | None = None

    def __post_init__(self) -> None:
        self.stated = stated_on(self.sheet, self.on)

    @property
    def tells_of_events(self) -> bool:
        """Whether the sheet says anything of what happened."""
        return self.sheet.tells_of_events

    @property
    def withheld(self) -> Collection[str]:
        """Under `strict`, the facts that follow from the events by what is assumed alone."""
        if self._withheld is None or self._withheld[0] is not self.programs:
            self._withheld = self.programs, tuple(self._assumed())
        return self._withheld[1]

    def _assumed(self) -> Iterator[str]:
        if not self.strict or not self.programs:
            return
        if not gaps_in(spans_of(self.programs), self.sheet, self.on or date.max):
            return
        loosely = FactBase(self.sheet, self.programs, self.on, strict=False, rest=self.rest)
        newest = self.programs[-1]
        position, values = loosely.under(newest).position, self.under(newest).values
        for fact in position.derived if position is not None else ():
            if values.get(fact, ANY_DAY) == ANY_DAY:
                yield fact

    def governing_day(
        self, program: Program, decision: str, values: Mapping[str, Value]
    ) -> Dates | None:
        """Return the day that governs a decision; None where no date is stated for it.

        One that is withheld is any day up to the one looked from.
        """
        named = program.decisions[decision].governed_by
        if named in self.withheld:
            return Dates(None, self.on)
        day = values.get(named) if named is not None else None
        if isinstance(day, Dates) and day != ANY_DAY and day.never is False:
            return day
        return None

    def under(self, program: Program, day: Dates | None = None) -> KnownFacts:
        """Return what is known for a day under one version; without one, for the day asked."""
        seen = self._seen(day)
        if not self.tells_of_events or seen is None:
            return KnownFacts(self.stated.values)
        until, when = seen
        if id(program) not in self._parts:
            parts = frozenset(map(id, program.parts_of_time()))
            self._parts[id(program)] = program, parts
        # Read in another way, a version is mostly the same in what it says of time.
        key = self._parts[id(program)][1], until, when
        if key not in self._known:
            self._known[key] = self._follow(program, until, when)
        return self._known[key]

    def for_decision(
        self, program: Program, decision: str, values: Mapping[str, Value]
    ) -> KnownFacts:
        """Return what is known on the day that governs a decision, which some values tell."""
        known = self._throughout(program, decision, values)
        if known.position is None:
            return known
        testimony = testimony_of(program, decision, known.position, self.sheet, self.stated)
        if testimony is not None and self.strict and withheld(testimony):
            return known
        return replace(known, testimony=testimony)

    def _throughout(
        self, program: Program, decision: str, values: Mapping[str, Value]
    ) -> KnownFacts:
        """Return what is known whichever day of its span governs a decision.

        What follows from the events on the last of the days need not on the first; only the
        day that governs is itself.
        """
        day = self.governing_day(program, decision, values)
        known = self.under(program, day)
        if day is None or day.low in (None, day.high) or known.position is None:
            return known
        first = self.under(program, Dates(day.low, day.low)).derived
        itself = program.decisions[decision].governed_by
        derived: dict[str, DerivedFact] = {}
        for fact, last in known.derived.items():
            either = last if fact == itself else _either_day(first.get(fact), last)
            if either is not None:
                derived[fact] = either
        values = {**self.stated.values, **{fact: one.value for fact, one in derived.items()}}
        return replace(known, values=values, derived=derived)

    def _follow(self, program: Program, until: date, when: Dates) -> KnownFacts:
        programs = [program if one.id == program.id else one for one in self.programs]
        if all(one is not program for one in programs):
            programs = [program]
        if not any(one.history.states for one in programs):
            return KnownFacts(self.stated.values)
        followed = follow(
            programs, self.sheet, until, when=when, strict=self.strict, rest=self.rest
        )
        position = followed.value
        if position is None or followed.diagnostics:
            return KnownFacts(self.stated.values, diagnostics=followed.diagnostics)
        derived = {
            fact: one
            for fact, found in position.derived.items()
            if (one := self._beside_what_is_stated(fact, found)) is not None
        }
        values = {**self.stated.values, **{fact: one.value for fact, one in derived.items()}}
        return KnownFacts(values, derived, position)

    def _beside_what_is_stated(self, fact: str, one: DerivedFact) -> DerivedFact | None:
        """Return what follows of a fact from the events; None where what is stated tells all.

        A statement that knows it in part and what follows by the text itself narrow each other.
        """
        stated = self.stated.statements.get(fact)
        if stated is None or fact in self.stated.happened:
            return one
        narrowed = intersection(stated.value, one.value)
        firm = one.origin.basis is Basis.ATTESTED
        if not firm or narrowed is None or narrowed == stated.value:
            return None
        return replace(one, value=narrowed)

    def _seen(self, day: Dates | None) -> tuple[date, Dates] | None:
        """Return up to which day the events are seen, and the day that is asked about."""
        last = day.high if day is not None else None
        if last is not None and day is not None:
            return min(last, self.on or last), day
        return (self.on, Dates(self.on, self.on)) if self.on is not None else None


def _either_day(first: DerivedFact | None, last: DerivedFact) -> DerivedFact | None:
    """Return what follows from the events on one day or another; None where one is silent."""
    if first is None or first.value == last.value:
        return first
    match first.value, last.value:
        case Dates() as early, Dates() as late:
            value: Value = _between(early, late, last)
        case Options(names), Options(others):
            value = Options(names | others)
        case Series(years, otherwise), Series(later, _):
            value = Series(tuple(pair for pair in years if pair in later), otherwise)
        case _:
            return None
    events = tuple(dict.fromkeys((*first.events, *last.events)))
    return replace(last, value=value, events=events)


def _between(early: Dates, late: Dates, one: DerivedFact) -> Dates:
    """Return what a day is on one of some days, from what it is on the first and on the last.

    It is no earlier on a later day; a stay may have ended in between, and begun again.
    """
    there = early.never is False and late.never is False
    return Dates(
        None if early.never is True else early.low,
        None if late.never is True else late.high,
        never=False if there and not isinstance(one.derived.source, Since) else None,
    )
