"""*Query.* Where the subject of a sheet stands on a day: its timeline under chosen readings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipcity_policy.engines.lifecycle.follow import follow
from ipcity_policy.engines.lifecycle.position import (
    Position,
    PositionDependence,
    SupposedPosition,
)
from ipcity_policy.engines.lifecycle.version_spans import gaps_in, spans_of
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Reading, Vocabulary
from ipcity_policy.law.program import Program
from ipcity_policy.law.text_digest import RulesDigest
from ipcity_policy.questions.interpretations import Adoption
from ipcity_policy.questions.misfits import misfits, misstated
from ipcity_policy.questions.rest_days import calendars_of, no_calendars, without_calendar
from ipcity_policy.questions.versions import Versions, find_versions
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    in_order,
)
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.version import __version__


@dataclass(frozen=True, slots=True)
class PositionQuestion:
    """What is asked of a sheet over time."""

    on: date
    #: A version or draft by name or path, applied to every day; None: each day has its own.
    version: str | None = None
    readings: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    strict: bool = False
    #: The interpretations that are followed, by name or path; `readings` go before.
    interpretations: tuple[str, ...] = ()
    #: Whether the other readings are tried.
    try_readings: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectTimeline:
    """Where the subject of a sheet stands on a day, with what is needed to answer so again."""

    sheet: Sheet
    vocabulary: Vocabulary
    #: Where it stands without what is only assumed.
    position: Position
    #: The readings that it depends on.
    dependences: tuple[PositionDependence, ...]
    #: Where it stands with what is assumed; None where that is the same.
    supposed: SupposedPosition | None
    #: The version or draft that was asked for; None: each day has its own.
    version: str | None
    #: The readings and parameters that were chosen instead of what is written.
    chosen: Mapping[str, str]
    parameters: Mapping[str, str]
    strict: bool
    #: The interpretations that decide a reading of how its days and events are read.
    adoptions: tuple[Adoption, ...]
    #: The digests of the versions that were applied.
    rules: RulesDigest
    #: The calendars of rest days that days were counted by.
    calendars: tuple[str, ...]
    #: Why there is no calendar for the ends that another reading moves.
    no_calendars: tuple[Message, ...]
    #: The version of this package.
    engine: str
    #: Where the rule files were found.
    policies: str

    @property
    def as_supposed(self) -> "SubjectTimeline | None":
        """The same with what is assumed; None where nothing depends on it."""
        if self.supposed is None:
            return None
        position, dependences = self.supposed.position, self.supposed.dependences
        return replace(self, position=position, dependences=dependences, supposed=None)


def timeline_of(
    library: Library, sheet: Sheet, asked: PositionQuestion
) -> Result[SubjectTimeline]:
    """Return where the subject of a sheet stands on a day, and what other readings give.

    None where what is asked does not hold together, or no version has states.

    >>> from tests.boxes import box, library
    >>> sheet = box("registered 2010-06-01", until="2012-01-01")
    >>> found = timeline_of(library(), sheet, PositionQuestion(date(2011, 6, 1))).value
    >>> found.position.state, [one.reading.id for one in found.dependences]
    ('held', ['first-day'])
    """
    found = find_versions(
        library,
        sheet.measure,
        asked.version,
        asked.readings,
        asked.parameters,
        asked.interpretations,
    )
    if found.value is None:
        return Result(None, in_order(found.diagnostics))
    chosen = found.value.as_read()
    if chosen.value is None:
        return Result(None, in_order(chosen.diagnostics))
    if not any(program.history.states for program in chosen.value):
        return Result(None, (_without_states(asked.version or sheet.measure),))
    return _Query(found.value, sheet, asked).timeline(chosen.value)


def _without_states(name: str) -> Diagnostic:
    """Say that no version has a state in which a subject may stand."""
    message = say("`{name}` says nothing of states, terms or deadlines", name=name)
    return diagnose("N104", message, Span(Source("--version", name), 0, len(name)))


@dataclass(frozen=True, slots=True)
class _Query:
    """The law, the sheet and the question: follows the events under one reading or another."""

    versions: Versions
    sheet: Sheet
    asked: PositionQuestion

    def timeline(self, programs: Sequence[Program]) -> Result[SubjectTimeline]:
        """Return the answer under the readings that were chosen, and what the others change."""
        asked, library, sheet = self.asked, self.versions.library, self.sheet
        followed = self._follow(programs, strict=asked.strict)
        found = followed.value
        assert found is not None
        position, supposed = self._supposed(programs, found)
        dependences = self._dependences(position, strict=asked.strict or position is not found)
        others = (*dependences, *(supposed.dependences if supposed is not None else ()))
        timeline = SubjectTimeline(
            sheet=sheet,
            vocabulary=programs[0].vocabulary,
            position=position,
            dependences=dependences,
            supposed=supposed,
            version=asked.version,
            chosen=dict(asked.readings),
            parameters=dict(asked.parameters),
            strict=asked.strict,
            adoptions=self.versions.adoptions(self._readings()),
            rules=library.digests(self.versions.written),
            calendars=calendars_of(library, programs),
            no_calendars=no_calendars(library, _otherwise(others)),
            engine=__version__,
            policies=library.found,
        )
        diagnostics = (
            *followed.diagnostics,
            *without_calendar(library, programs, sheet),
            *misstated(sheet, asked.on),
            *misfits(found, sheet, lasting=True),
        )
        return Result(timeline, in_order(diagnostics))

    def _supposed(
        self, programs: Sequence[Program], loosely: Position
    ) -> tuple[Position, SupposedPosition | None]:
        """Return where it stands without what is assumed, and beside it with that.

        Where no provision that is assumed is in reach, nothing is followed twice.
        """
        gaps = gaps_in(spans_of(programs), self.sheet, self.asked.on)
        if self.asked.strict or not gaps:
            return loosely, None
        strictly = self._follow(programs, strict=True).value
        assert strictly is not None
        if strictly.gist == loosely.gist:
            return strictly, None
        dependences = self._dependences(loosely, strict=False)
        return strictly, SupposedPosition(loosely, gaps, dependences)

    def _dependences(self, base: Position, *, strict: bool) -> tuple[PositionDependence, ...]:
        """Return the readings of which another option alone changes where it stands."""
        return tuple(self._depended(base, strict=strict)) if self.asked.try_readings else ()

    def _depended(self, base: Position, *, strict: bool) -> Iterator[PositionDependence]:
        chosen = self.versions.all_options()
        for reading in self._readings().values():
            now = chosen.get(reading.id, reading.default)
            others = {
                option: position
                for option in reading.options
                if option != now
                and (position := self._position({reading.id: option}, strict=strict))
                is not None
            }
            if any(position.gist != base.gist for position in others.values()):
                yield PositionDependence(reading, now, others)

    def _readings(self) -> dict[str, Reading]:
        """Return the readings of what the versions say of time, by name."""
        readings: dict[str, Reading] = {}
        for program in self.versions.written.values():
            readings |= {reading.id: reading for reading in program.readings_of_time()}
        return readings

    def _position(self, switched: Mapping[str, str], *, strict: bool) -> Position | None:
        programs = self.versions.as_read(switched).value
        return self._follow(programs, strict=strict).value if programs is not None else None

    def _follow(self, programs: Sequence[Program], *, strict: bool) -> Result[Position]:
        rest = self.versions.library.rest_days
        return follow(programs, self.sheet, self.asked.on, strict=strict, rest=rest)


def _otherwise(dependences: Iterable[PositionDependence]) -> Iterator[Program]:
    """Yield the versions as other readings have them."""
    for dependence in dependences:
        for other in dependence.others.values():
            yield from other.versions
