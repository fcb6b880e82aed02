"""`show`: the law as the tool understands it."""

import shlex
from collections.abc import Container, Sequence

import click

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import Surface, fail_on, find_version, newest, surface
from ipcity_policy.formats.json.interpretations import shown_json
from ipcity_policy.formats.json.law import provision_json, version_json
from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.library import SHIPPED, Library
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import text_of
from ipcity_policy.law.ref import Ref
from ipcity_policy.report.reports.interpretation import interpretation_report
from ipcity_policy.report.reports.law import provision_report
from ipcity_policy.report.reports.version import version_report
from ipcity_policy.studies.provision_index import resting_on
from ipcity_policy.studies.rule_tests.runner import RuleTest, run_tests, test_files
from ipcity_policy.text.diagnostic import Diagnostic, did_you_mean
from ipcity_policy.text.message import say


@click.command()
@click.argument("provision", metavar="PROVISION")
@click.argument("version", required=False, metavar="[VERSION]")
@click.option("--all", "unfold", is_flag=True, help="Show what is folded too.")
@surface
def show(surface: Surface, provision: str, version: str | None, *, unfold: bool) -> None:
    """Show a PROVISION, such as art-3, of a VERSION or draft in plain words.

    PROVISION may also be the name of a decision, rule, quantity, indicator system, parameter or
    reading: then the provision it stands under is shown. Without VERSION it is the newest that
    has it. The name or path of a version, draft or interpretation in place of PROVISION shows
    the whole of it.
    """
    library = surface.library
    if version is None and library.named(provision):
        _show_version(surface, find_version(library, provision), unfold=unfold)
        return
    if version is None and _show_interpretation(surface, provision):
        return
    programs: list[tuple[Ref, Program]] = []
    wrong: list[Diagnostic] = []
    for ref in _refs(library, version):
        result = library.program(ref)
        if version is not None:
            fail_on(result.diagnostics, surface.language)
        wrong += result.diagnostics if result.value is None else ()
        if result.value is not None:
            programs.append((ref, result.value))
    known: set[str] = set()
    for ref, program in programs:
        stands = _stands(program)
        known |= stands.keys()
        if provision in stands:
            own = stands[provision]
            _say_elsewhere(surface, provision, ref, programs)
            if surface.json:
                surface.show_json(provision_json(program, own))
            else:
                cases = _cases(library, ref, program, resting_on(program, own))
                adopted = _adopted(library, ref)
                report = provision_report(program, own, cases, surface.language, adopted)
                surface.show(report, unfold=unfold)
            return
    fail_on(wrong, surface.language)  # it may stand in a version that has errors
    wrong_name = say("there is no `{name}` in these policies", name=provision)
    if version is not None:
        wrong_name = say("there is no `{name}` in `{version}`", name=provision, version=version)
    homes = library.measures()
    known |= {path.stem for home in homes for path in library.interpretations(home)}
    near = did_you_mean(provision, {*known, *library.names()})
    raise Misuse(
        wrong_name if near is None else say("{what}; {mend}", what=wrong_name, mend=near)
    )


def _say_elsewhere(
    surface: Surface, name: str, shown: Ref, programs: Sequence[tuple[Ref, Program]]
) -> None:
    """Say in which other measures a name stands, and how to see it there."""
    homes = {shown.measure}
    for ref, program in programs:
        if ref.measure not in homes and name in _stands(program):
            homes.add(ref.measure)
            found = surface.library.found
            folder = "" if found in SHIPPED else f" --policies {shlex.quote(found)}"
            told = say(
                "`{name}` stands in `{version}` too: `{command}`",
                name=name,
                version=ref.id,
                command=f"ipcity show {name} {ref.id}{folder}",
            )
            click.echo(told.text(surface.language), err=True)


def _show_interpretation(surface: Surface, name: str) -> bool:
    """Show an interpretation; tell whether there is one of that name or path."""
    library = surface.library
    for home in library.measures():
        path = library.find_interpretation(name, home.name)
        if path is None or text_of(library.document(path).value, "interprets") != home.name:
            continue
        result, vocabulary = library.interpretation(path, home), library.vocabulary(home).value
        fail_on(result.diagnostics, surface.language)
        assert result.value is not None  # INVARIANT: without errors it has a value
        assert vocabulary is not None
        refs = [ref for v in result.value.versions if (ref := library.find(v)) is not None]
        read = [library.program(ref).value for ref in refs]
        programs = [program for program in read if program is not None]
        if surface.json:
            surface.show_json(shown_json(result.value, programs))
        else:
            report = interpretation_report(result.value, vocabulary, programs, surface.language)
            surface.show(report)
        return True
    return False


def _show_version(surface: Surface, ref: Ref, *, unfold: bool) -> None:
    """Show a whole version or draft."""
    result = surface.library.program(ref)
    fail_on(result.diagnostics, surface.language)
    assert result.value is not None  # INVARIANT: a version without errors has a Program
    if surface.json:
        surface.show_json(version_json(result.value))
    else:
        shown = unfold or surface.format == "html"  # where they are folded, none is run
        decisions = result.value.decisions if shown else ()
        cases = _cases(surface.library, ref, result.value, decisions)
        adopted = _adopted(surface.library, ref)
        report = version_report(result.value, cases, surface.language, adopted)
        surface.show(report, unfold=unfold)


def _adopted(library: Library, ref: Ref) -> list[Interpretation]:
    """Return the interpretations kept with the measure of a version, those without errors."""
    kept = library.interpretations(ref.measure)
    read = (library.interpretation(path, ref.measure).value for path in kept)
    return [one for one in read if one is not None]


def _cases(
    library: Library, ref: Ref, program: Program, decisions: Container[str]
) -> list[RuleTest]:
    """Return the rule tests of some decisions that were decided under a version."""
    cases = run_tests(library, test_files(ref.measure), decisions, thorough=False).value
    return [
        case
        for case in cases or ()
        if case.verdict and case.verdict.program and case.verdict.program.id == program.id
    ]


def _refs(library: Library, version: str | None) -> list[Ref]:
    """Return the version asked for, or all of them, the newest first."""
    if version is None:
        return newest(library)
    return [find_version(library, version)]


def _stands(program: Program) -> dict[str, str]:
    """Return what can be shown, and the provision that shows it."""
    stands: dict[str, str] = {}
    every = (
        program.readings,
        program.parameters,
        program.systems,
        program.quantities,
        program.rules,
        program.decisions,
    )
    for entries in every:
        for id, entry in entries.items():
            origin = entry.origin
            if origin.carried_from is not None:
                stands[id] = program.carried[origin.carried_from].provision
            elif origin.provision in program.provisions:
                stands[id] = origin.provision
    return stands | {id: id for id in program.provisions}
