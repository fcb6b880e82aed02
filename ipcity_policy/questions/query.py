"""What is asked of a sheet over time: under which versions, which readings, on which day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipcity_policy.engines.lifecycle.follow import follow
from ipcity_policy.engines.lifecycle.position import (
    Position,
    PositionDependence,
    SupposedPosition,
)
from ipcity_policy.engines.lifecycle.version_spans import gaps_in, texts_of
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
    """Where the subject of a sheet stands on a day, with what is needed to say so again."""

    sheet: Sheet
    vocabulary: Vocabulary
    #: Where it stands without what is only assumed.
    position: Position
    #: The readings that it depends on.
    turns: tuple[PositionDependence, ...]
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
        """The same with what is assumed; None where nothing hangs on it."""
        if self.supposed is None:
            return None
        position, turns = self.supposed.position, self.supposed.dependences
        return replace(self, position=position, turns=turns, supposed=None)


def timeline_of(
    library: Library,
    sheet: Sheet,
    asked: PositionQuestion,
) -> Result[SubjectTimeline]:
    """Return where the subject of a sheet stands on a day, and what other readings give."""
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
    return _Asking(found.value, sheet, asked).timeline(chosen.value)


class _Asking:
    def __init__(self, versions: Versions, sheet: Sheet, asked: PositionQuestion) -> None:
        self.versions, self.library = versions, versions.library
        self.sheet, self.asked = sheet, asked
        self.diagnostics: list[Diagnostic] = []

    def timeline(self, programs: Sequence[Program]) -> Result[SubjectTimeline]:
        """Return the answer, or what stands in its way."""
        asked = self.asked
        if self._silent(programs):
            return Result(None, in_order(self.diagnostics))
        followed = self._follow(programs, strict=asked.strict)
        assert followed.value is not None
        self.diagnostics += followed.diagnostics
        self.diagnostics += without_calendar(self.library, programs, self.sheet)
        self.diagnostics += misstated(self.sheet, asked.on)
        self.diagnostics += misfits(followed.value, self.sheet, lasting=True)
        position, supposed = self._headed(programs, followed.value)
        turns = self._turns(position, strict=asked.strict or position is not followed.value)
        return Result(
            SubjectTimeline(
                sheet=self.sheet,
                vocabulary=programs[0].vocabulary,
                position=position,
                turns=turns,
                supposed=supposed,
                version=asked.version,
                chosen=dict(asked.readings),
                parameters=dict(asked.parameters),
                strict=asked.strict,
                adoptions=self.versions.adoptions(self._readings()),
                rules=self.library.digests(self.versions.written),
                calendars=calendars_of(self.library, programs),
                no_calendars=no_calendars(self.library, _texts(turns, supposed)),
                engine=__version__,
                policies=self.library.found,
            ),
            in_order(self.diagnostics),
        )

    def _headed(
        self, programs: Sequence[Program], loosely: Position
    ) -> tuple[Position, SupposedPosition | None]:
        """Return where it stands without what is assumed, and beside it with that.

        Where no text that is assumed is in reach, nothing is followed twice.
        """
        texts = texts_of(programs)
        gaps = gaps_in(texts, self.sheet, self.asked.on)
        if self.asked.strict or not gaps:
            return loosely, None
        strictly = self._follow(programs, strict=True).value
        assert strictly is not None
        if strictly.gist == loosely.gist:
            return strictly, None
        turns = self._turns(loosely, strict=False)
        return strictly, SupposedPosition(loosely, gaps, turns)

    def _silent(self, programs: Sequence[Program]) -> bool:
        """Tell, and say, that no version says where a subject may stand."""
        if any(program.history.states for program in programs):
            return False
        name = self.asked.version or self.sheet.measure
        message = say("`{name}` says nothing of states, terms or deadlines", name=name)
        place = Span(Source("--version", name), 0, len(name))
        self.diagnostics.append(diagnose("N104", message, place))
        return True

    def _turns(self, base: Position, *, strict: bool) -> tuple[PositionDependence, ...]:
        """Return the readings of which another option alone changes where it stands."""
        return tuple(self._turning(base, strict=strict)) if self.asked.try_readings else ()

    def _turning(self, base: Position, *, strict: bool) -> Iterator[PositionDependence]:
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
        rest = self.library.rest_days
        return follow(programs, self.sheet, self.asked.on, strict=strict, rest=rest)


def _texts(
    turns: Sequence[PositionDependence], supposed: SupposedPosition | None
) -> Iterator[Program]:
    """Yield the versions as other readings have them."""
    for turn in (*turns, *(supposed.dependences if supposed is not None else ())):
        for other in turn.others.values():
            yield from other.versions
