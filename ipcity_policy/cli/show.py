"""`show`: the law as the tool understands it."""

import click

from ipcity_policy.cli.options import Surface, fail_on, find_version, newest, surface
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.program import Program
from ipcity_policy.measure.ref import Ref
from ipcity_policy.render.reports.law import provision_json, provision_report
from ipcity_policy.studies.ruletests import run_tests, test_files
from ipcity_policy.text.diagnostic import Diagnostic, did_you_mean


@click.command()
@click.argument("provision", metavar="PROVISION")
@click.argument("version", required=False)
@surface
def show(surface: Surface, provision: str, version: str | None) -> None:
    """Show a PROVISION, such as art-3, of a VERSION or draft in plain words.

    PROVISION may also be the name of a decision, rule, quantity, indicator system, parameter or
    reading: then the provision it stands under is shown. Without VERSION it is the newest that
    has it.
    """
    library = surface.library
    refs = _refs(library, version)
    programs: list[tuple[Ref, Program]] = []
    wrong: list[Diagnostic] = []
    for ref in refs:
        result = library.program(ref)
        if version is not None:
            fail_on(result.diagnostics)
        wrong += result.diagnostics if result.value is None else ()
        if result.value is not None:
            programs.append((ref, result.value))
    known: set[str] = set()
    for ref, program in programs:
        stands = _stands(program)
        known |= stands.keys()
        if provision in stands:
            own = stands[provision]
            cases = run_tests(library, test_files(ref.measure)).value or ()
            tests = [
                case
                for case in cases
                if case.verdict
                and case.verdict.program
                and case.verdict.program.id == program.id
            ]
            if surface.json:
                surface.show_json(provision_json(program, own))
            else:
                surface.show(provision_report(program, own, tests, surface.language))
            return
    fail_on(wrong)  # it may stand in a version that has errors
    where = f"in `{version}`" if version is not None else "in these policies"
    near = did_you_mean(provision, known)
    raise click.UsageError(f"there is no `{provision}` {where}. {near}".strip())


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
