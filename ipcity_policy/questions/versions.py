"""The versions that a question is asked of, as they are written and as it chooses them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.law.ref import Ref
from ipcity_policy.questions.choices import Choices, Pairs, not_there, option_text, read_choices
from ipcity_policy.questions.interpretations import (
    Adoption,
    adopted,
    adoption_of,
    contradictory,
    misfitting,
)
from ipcity_policy.questions.times import read_times
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose, has_errors
from ipcity_policy.text.message import say

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Versions:
    """One version or draft by its name, or all versions of a measure."""

    library: Library
    #: As they are written.
    written: Mapping[Ref, Program]
    #: The one that was named; None where each day has its own.
    named: Ref | None
    #: Readings and options, parameters and values that were chosen.
    readings: Pairs
    parameters: Pairs
    #: The interpretations that were chosen; what is chosen for itself goes before.
    interpretations: tuple[Interpretation, ...] = ()

    def options(self, program: Program) -> dict[str, str]:
        """Return the options under which a version is read instead of its defaults.

        What was chosen for itself is there even where the version does not know it.
        """
        return {**adopted(self.interpretations, program), **dict(self.readings)}

    def all_options(self) -> dict[str, str]:
        """Return the options under which any of them is read."""
        found: dict[str, str] = {}
        for program in self.written.values():
            found |= self.options(program)
        return found

    def adoptions(self, bearing: Collection[str]) -> tuple[Adoption, ...]:
        """Return the interpretations that decide some of these readings, and how."""
        found = (
            adoption_of(one, self.written.values(), bearing, dict(self.readings))
            for one in self.interpretations
        )
        return tuple(one for one in found if one.adopted)

    def dated(self, switched: Mapping[str, str] = _NOTHING) -> Result[dict[Ref, Program]]:
        """Return them as chosen and switched readings date them, the oldest first."""
        options = {
            ref: {**self.options(program), **switched} for ref, program in self.written.items()
        }
        result = read_times(self.library, self.written, options)
        if result.value is None:
            return result
        return replace(
            result, value=dict(sorted(result.value.items(), key=lambda pair: _age(pair[1])))
        )

    def choices(self, ref: Ref) -> Result[Choices]:
        """Return what was chosen that a version knows."""
        written = self.written[ref]
        readings = tuple(_known(written, self.options(written).items()))
        parameters = tuple(pair for pair in self.parameters if pair[0] in written.parameters)
        return read_choices(written, readings, parameters)

    def as_read(self, switched: Mapping[str, str] = _NOTHING) -> Result[tuple[Program, ...]]:
        """Return them as chosen and with some readings switched, the oldest first.

        None where that does not hold together.
        """
        dated = self.dated(switched)
        if dated.value is None:
            return Result(None, dated.diagnostics)
        programs: list[Program] = []
        for ref, program in dated.value.items():
            choices = self.choices(ref)
            if choices.value is None:
                return Result(None, choices.diagnostics)
            others = dict(_known(program, switched.items()))
            patches = choices.value.patches(self.written[ref], others)
            if not patches:
                programs.append(program)
                continue
            result = self.library.program(ref, patches)
            if result.value is None:
                return Result(None, result.diagnostics)
            programs.append(replace(result.value, in_force=program.in_force))
        return Result(tuple(programs))


def find_versions(
    library: Library,
    measure: str,
    name: str | None,
    readings: Pairs,
    parameters: Pairs,
    interpretations: Sequence[str] = (),
) -> Result[Versions]:
    """Find the versions that a question is asked of, and what it chooses in them.

    None where one is not there or has errors: whether it is the one that governs cannot be
    told then.

    >>> from tests.boxes import library
    >>> found = find_versions(library(), "small", None, (), ())
    >>> [ref.id for ref in found.value.written]
    ['small/1', 'small/2']
    """
    refs: tuple[Ref, ...] = ()
    home = library.measure(measure)
    if name is not None:
        found = library.find(name, measure)
        wrong = tuple(_not_of(library, measure, name, found))
        if found is None or wrong:
            return Result(None, wrong)
        refs = (found,)
    elif home is not None:
        refs = library.versions(home)
    written: dict[Ref, Program] = {}
    faults: list[Diagnostic] = []
    for ref in refs:
        result = library.program(ref)
        faults += [diagnostic for diagnostic in result.diagnostics if has_errors((diagnostic,))]
        if result.value is not None:
            written[ref] = result.value
    if len(written) < len(refs):
        return Result(None, tuple(faults))
    named = refs[0] if name is not None else None
    return interpreted(Versions(library, written, named, readings, parameters), interpretations)


def interpreted(versions: Versions, interpretations: Sequence[str]) -> Result[Versions]:
    """Let versions be read as some interpretations do; none where a choice does not fit.

    >>> from tests.boxes import library
    >>> versions = find_versions(library(), "small", None, (), ()).value
    >>> interpreted(versions, ["notice"]).value.all_options()
    {'first-day': 'counted'}
    """
    written = versions.written
    home = next((ref.measure for ref in written), None)
    followed = _interpretations(versions.library, home, interpretations)
    versions = replace(versions, interpretations=followed.value or ())
    faults = [*followed.diagnostics, *_not_known(versions)]
    programs = {program.id: program for program in written.values()}
    for one in versions.interpretations:
        faults += misfitting(versions.library, one, programs)
    own = dict(versions.readings)
    faults += contradictory(versions.interpretations, written.values(), own)
    return Result(None if faults else versions, tuple(faults))


def _interpretations(
    library: Library, home: Path | None, names: Sequence[str]
) -> Result[tuple[Interpretation, ...]]:
    """Read the interpretations that a question follows."""
    found: list[Interpretation] = []
    wrong: list[Diagnostic] = []
    if home is None:
        return Result(())
    for name in names:
        path = library.find_interpretation(name, home.name)
        if path is None:
            known = [one.stem for one in library.interpretations(home)]
            wrong.append(not_there(say("interpretation"), name, known, "--interpretation"))
            continue
        read = library.interpretation(path, home)
        wrong += [one for one in read.diagnostics if has_errors((one,))]
        found += [read.value] if read.value is not None else []
    return Result(tuple(found), tuple(wrong))


def _not_of(
    library: Library, measure: str, name: str, found: Ref | None
) -> Iterator[Diagnostic]:
    """Report a version that is not there, or of another measure."""
    if found is None:
        yield not_there(say("version or draft"), name, library.names(), "--version")
    elif found.measure_id != measure:
        message = say(
            "`{id}` is not a version of `{measure}`, which the sheet is for",
            id=found.id,
            measure=measure,
        )
        yield diagnose("M101", message, option_text("--version", name).span)


def _not_known(versions: Versions) -> Iterator[Diagnostic]:
    """Report choices that no version knows."""
    programs = versions.written.values()
    known = {name: None for program in programs for name in program.parameters}
    options: dict[str, dict[str, None]] = {}
    for program in programs:
        for reading in program.readings.values():
            options.setdefault(reading.id, {}).update(dict.fromkeys(reading.options))
    for name, option in versions.readings:
        if name not in options:
            yield not_there(say("reading"), name, options, "--reading")
        elif option not in options[name]:
            yield not_there(say("option"), option, options[name], "--reading")
    for name, _ in versions.parameters:
        if name not in known:
            yield not_there(say("parameter"), name, known, "--set")


def _known(program: Program, readings: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the readings and options that a version has."""
    for name, option in readings:
        if name in program.readings and option in program.readings[name].options:
            yield name, option


def _age(program: Program) -> date:
    """Return the day a version came into force; a draft is younger than all."""
    return program.in_force.since if program.in_force is not None else date.max
