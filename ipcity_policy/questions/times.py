"""From when to when each version governs, as the readings of those days have it."""

from collections.abc import Mapping
from dataclasses import replace

from ipcity_policy.law.library import Library
from ipcity_policy.law.model import InForce, Reading, weakest
from ipcity_policy.law.patch import changes_time
from ipcity_policy.law.program import Program
from ipcity_policy.law.ref import Ref
from ipcity_policy.text.diagnostic import Diagnostic, Result


def readings_of_times(programs: Mapping[Ref, Program]) -> dict[str, Reading]:
    """Return the readings of which an option changes when a version is in force, by name.

    >>> from tests.boxes import law, library
    >>> found = readings_of_times({library().find(f"small/{one}"): law(one) for one in "12"})
    >>> {name: [*reading.options] for name, reading in found.items()}
    {'since-when': ['as-is', 'other']}
    """
    found: dict[str, Reading] = {}
    for program in programs.values():
        for reading in program.readings.values():
            if any(changes_time(option.patch) for option in reading.options.values()):
                found.setdefault(reading.id, reading)
    return found


def read_times(
    library: Library,
    programs: Mapping[Ref, Program],
    options: Mapping[Ref, Mapping[str, str]],
) -> Result[dict[Ref, Program]]:
    """Return versions with their time in force as some options of their readings have it.

    What a version repeals ends when it begins. None where the options do not hold together.

    >>> from tests.boxes import law, library
    >>> programs = {library().find(f"small/{one}"): law(one) for one in "12"}
    >>> options = dict.fromkeys(programs, {"since-when": "other"})
    >>> read = read_times(library(), programs, options).value
    >>> [(one.id, str(one.in_force.since), str(one.in_force.until)) for one in read.values()]
    [('small/1', '2001-01-01', '2020-07-01'), ('small/2', '2020-07-01', 'None')]
    """
    read: dict[Ref, Program] = {}
    diagnostics: list[Diagnostic] = []
    for ref, program in programs.items():
        patches = {
            f"reading {name}={option}": patch
            for name, option in options[ref].items()
            if name in program.readings
            and option in program.readings[name].options
            and changes_time(patch := program.readings[name].options[option].patch)
        }
        read[ref] = program
        if patches:
            result = library.program(ref, patches)
            diagnostics += result.diagnostics
            if result.value is None:
                return Result(None, tuple(diagnostics))
            read[ref] = replace(
                program,
                in_force=result.value.in_force,
                decisions=result.value.decisions,
            )
    return Result(_with_ends(programs, read), tuple(diagnostics))


def _with_ends(
    written: Mapping[Ref, Program], read: Mapping[Ref, Program]
) -> dict[Ref, Program]:
    """Let what a version repeals end when that begins, wherever it begins otherwise now."""
    ends: dict[str, InForce] = {}
    for ref, program in read.items():
        then, now = written[ref].in_force, program.in_force
        if program.repeals and then and now and then.begins != now.begins:
            ends[program.repeals] = now
    return {
        ref: replace(program, in_force=_ended(program.in_force, ends[program.id]))
        if program.id in ends and program.in_force is not None
        else program
        for ref, program in read.items()
    }


def _ended(time: InForce, by: InForce) -> InForce:
    """Return a time in force that ends when another begins."""
    early, latest = by.begins
    return replace(
        time,
        until=latest,
        doubtful_from=early if early != latest else None,
        basis=weakest((time.basis, by.basis)),
    )
