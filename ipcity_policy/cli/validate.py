"""`validate`: every fault of a sheet, with its place."""

import click

from ipcity_policy.cli.options import Surface, read_sheets, say_diagnostics, surface
from ipcity_policy.render.reports.diagnostics import diagnostics_json
from ipcity_policy.text.diagnostic import Diagnostic, has_errors, in_order


@click.command()
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET...")
@surface
def validate(surface: Surface, sheets: tuple[str, ...]) -> None:
    """Find every fault in each SHEET (a file, a folder of files, or - for standard input)."""
    diagnostics: list[Diagnostic] = []
    count = faulty = 0
    for _, sheet in read_sheets(surface.library, sheets):
        count += 1
        faulty += has_errors(sheet.diagnostics)
        diagnostics += sheet.diagnostics
    diagnostics = list(in_order(diagnostics))
    if surface.json:
        surface.show_json(diagnostics_json(diagnostics))
    else:
        say_diagnostics(diagnostics, err=False)
        what = "1 sheet" if count == 1 else f"{count} sheets"
        click.echo(f"{what} validated, {faulty or 'none'} with errors")
    if has_errors(diagnostics):
        raise click.exceptions.Exit(1)
