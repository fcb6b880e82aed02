"""`test`: run the rule tests that stand beside a measure."""

from pathlib import Path

import click

from ipcity_policy.cli.options import Surface, nothing_here, say_diagnostics, surface_with
from ipcity_policy.render.as_junit import tests_junit
from ipcity_policy.render.reports.ruletests import tests_json, tests_report
from ipcity_policy.studies.ruletests import run_tests, test_files
from ipcity_policy.text.diagnostic import Diagnostic, has_errors


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@surface_with("text", "json", "junit")
def test(surface: Surface, path: Path | None) -> None:
    """Run the rule tests below PATH: a folder or a file; without PATH, all of them."""
    files = test_files(path or surface.library.root)
    if not files:
        say_diagnostics([nothing_here(path or surface.library.root)])
        raise click.exceptions.Exit(1)
    result = run_tests(surface.library.around(path or surface.library.root), files)
    cases = result.value or ()
    diagnostics: list[Diagnostic] = list(result.diagnostics)
    for case in cases:
        diagnostics += case.diagnostics
    say_diagnostics(diagnostics)
    if surface.json:
        surface.show_json(tests_json(cases))
    elif surface.format == "junit":
        click.echo(tests_junit(cases, surface.language), nl=False)
    else:
        surface.show(tests_report(cases, surface.language))
    if has_errors(diagnostics) or not all(case.passed for case in cases) or not cases:
        raise click.exceptions.Exit(1)
