"""What is asked of a sheet over time: under which versions, which readings, on which day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipcity_policy.engines.choices import Choices, not_there, read_choices
from ipcity_policy.engines.misfits import misfits, misstated
from ipcity_policy.engines.restdays import calendars_of, without_calendar
from ipcity_policy.engines.standing import Standing, Turn
from ipcity_policy.engines.timeline.following import follow
from ipcity_policy.engines.times import read_times
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.model import Reading, Vocabulary
from ipcity_policy.measure.program import Program
from ipcity_policy.measure.ref import Ref
from ipcity_policy.measure.sheet import Sheet
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    has_errors,
    in_order,
)
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.version import __version__


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a sheet over time."""

    on: date
    #: A version or draft by name or path, applied to every day; None: each day has its own.
    version: str | None = None
    readings: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    strict: bool = False
    #: Whether the other readings are tried.
    try_readings: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Where the subject of a sheet stands on a day, with what is needed to say so again."""

    sheet: Sheet
    vocabulary: Vocabulary
    standing: Standing
    #: The readings that it depends on.
    turns: tuple[Turn, ...]
    #: The version or draft that was asked for; None: each day has its own.
    version: str | None
    #: The readings and parameters that were chosen instead of what is written.
    chosen: Mapping[str, str]
    parameters: Mapping[str, str]
    strict: bool
    #: SHA-256 of the rule files of each version that was applied.
    digests: Mapping[str, str]
    #: The calendars of rest days that days were counted by.
    calendars: tuple[str, ...]
    #: The version of this package.
    engine: str
    #: Where the rule files were found.
    policies: str


def timeline_of(
    library: Library,
    sheet: Sheet,
    asked: Asked,
) -> Result[Timeline]:
    """Return where the subject of a sheet stands on a day, and what other readings give."""
    return _Asking(library, sheet, asked).timeline()


class _Asking:
    def __init__(
        self,
        library: Library,
        sheet: Sheet,
        asked: Asked,
    ) -> None:
        self.library, self.sheet, self.asked = library, sheet, asked
        home = library.measure(sheet.measure)
        assert home is not None  # INVARIANT: a sheet is read with its measure's vocabulary
        self.home = home
        self.diagnostics: list[Diagnostic] = []

    def timeline(self) -> Result[Timeline]:
        """Return the answer, or what stands in its way."""
        refs = self._refs()
        written = {ref: self._written(ref) for ref in refs}
        if not refs or None in written.values():
            return Result(None, in_order(self.diagnostics))
        programs = {ref: program for ref, program in written.items() if program is not None}
        choices = self._choices(programs)
        if choices is None:
            return Result(None, in_order(self.diagnostics))
        chosen = self._programs(programs, choices, {})
        if chosen is None or self._silent(chosen):
            return Result(None, in_order(self.diagnostics))
        followed = self._follow(chosen)
        self.diagnostics += followed.diagnostics
        self.diagnostics += without_calendar(self.library, chosen, self.sheet)
        assert followed.value is not None
        self.diagnostics += misstated(self.sheet, self.asked.on)
        self.diagnostics += misfits(followed.value, self.sheet, lasting=True)
        turns: tuple[Turn, ...] = ()
        if self.asked.try_readings:
            turns = tuple(self._turns(programs, choices, followed.value))
        vocabulary = self.library.vocabulary(self.home).value
        assert vocabulary is not None
        return Result(
            Timeline(
                sheet=self.sheet,
                vocabulary=vocabulary,
                standing=followed.value,
                turns=turns,
                version=self.asked.version,
                chosen=dict(self.asked.readings),
                parameters=dict(self.asked.parameters),
                strict=self.asked.strict,
                digests={ref.id: self.library.digest(ref) for ref in programs},
                calendars=calendars_of(self.library, chosen),
                engine=__version__,
                policies=self.library.found,
            ),
            in_order(self.diagnostics),
        )

    def _silent(self, programs: Sequence[Program]) -> bool:
        """Tell, and say, that no version says where a subject may stand."""
        if any(program.history.states for program in programs):
            return False
        name = self.asked.version or self.sheet.measure
        message = say("`{name}` says nothing of states, terms or deadlines", name=name)
        place = Span(Source("--version", name), 0, len(name))
        self.diagnostics.append(diagnose("N104", message, place))
        return True

    def _refs(self) -> tuple[Ref, ...]:
        name = self.asked.version
        if name is None:
            return self.library.versions(self.home)
        ref = self.library.find(name, self.sheet.measure)
        if ref is None or ref.measure_id != self.sheet.measure:
            self.diagnostics.append(
                not_there(say("version or draft"), name, self.library.names(), "--version")
            )
            return ()
        return (ref,)

    def _written(self, ref: Ref) -> Program | None:
        result = self.library.program(ref)
        self.diagnostics += [d for d in result.diagnostics if has_errors((d,))]
        return result.value

    def _choices(self, programs: Mapping[Ref, Program]) -> dict[Ref, Choices] | None:
        """Return what is chosen under each version that knows it; None where none does."""
        found: dict[Ref, Choices] = {}
        wrong: list[Diagnostic] = []
        known: set[str] = set()
        for ref, program in programs.items():
            readings = tuple(p for p in self.asked.readings if p[0] in program.readings)
            settings = tuple(p for p in self.asked.parameters if p[0] in program.parameters)
            known |= {name for name, _ in (*readings, *settings)}
            result = read_choices(program, readings, settings)
            wrong += result.diagnostics
            if result.value is not None:
                found[ref] = result.value
        newest = list(programs.values())[-1]
        for what, pairs, names, option in (
            (say("reading"), self.asked.readings, newest.readings, "--reading"),
            (say("parameter"), self.asked.parameters, newest.parameters, "--set"),
        ):
            wrong += [
                not_there(what, name, names, option) for name, _ in pairs if name not in known
            ]
        self.diagnostics += wrong
        return None if wrong else found

    def _programs(
        self,
        written: Mapping[Ref, Program],
        choices: Mapping[Ref, Choices],
        switched: Mapping[str, str],
    ) -> tuple[Program, ...] | None:
        """Return the versions as chosen and with some readings switched."""
        chosen = {id: one for each in choices.values() for id, one in each.options.items()}
        timed = read_times(self.library, written, {**chosen, **switched}).value
        if timed is None:
            return None
        programs: list[Program] = []
        for ref, program in written.items():
            known = {id: one for id, one in switched.items() if id in program.readings}
            patches = choices[ref].patches(program, known)
            result = self.library.program(ref, patches) if patches else Result(program)
            if result.value is None:
                if not switched:
                    self.diagnostics += [d for d in result.diagnostics if has_errors((d,))]
                return None
            programs.append(replace(result.value, in_force=timed[ref].in_force))
        return tuple(programs)

    def _turns(
        self, written: Mapping[Ref, Program], choices: Mapping[Ref, Choices], base: Standing
    ) -> Iterator[Turn]:
        """Yield the readings of which another option alone changes where the subject stands."""
        readings: dict[str, Reading] = {}
        now: dict[str, str] = {}
        for ref, program in written.items():
            for reading in program.readings_of_time():
                readings[reading.id] = reading
                now[reading.id] = choices[ref].options.get(reading.id, reading.default)
        for reading in readings.values():
            others = {
                option: standing
                for option in reading.options
                if option != now[reading.id]
                and (standing := self._standing(written, choices, {reading.id: option}))
            }
            if any(standing.gist != base.gist for standing in others.values()):
                yield Turn(reading, now[reading.id], others)

    def _standing(
        self,
        written: Mapping[Ref, Program],
        choices: Mapping[Ref, Choices],
        switched: Mapping[str, str],
    ) -> Standing | None:
        programs: Sequence[Program] | None = self._programs(written, choices, switched)
        if programs is None:
            return None
        return self._follow(programs).value

    def _follow(self, programs: Sequence[Program]) -> Result[Standing]:
        asked, rest = self.asked, self.library.rest_days
        return follow(programs, self.sheet, asked.on, strict=asked.strict, rest=rest)
