"""`validate`: every fault of a sheet, with its place."""

from datetime import date

import click

from ipcity_policy.cli.options import (
    MAX_SHOWN,
    DayParam,
    Surface,
    read_sheets,
    say_diagnostics,
    surface,
)
from ipcity_policy.formats.json.diagnostics import diagnostics_json
from ipcity_policy.questions.validating import contradictions_in
from ipcity_policy.report.reports.faults import faults_report
from ipcity_policy.sheet.sheet import later_than
from ipcity_policy.text.diagnostic import Diagnostic, has_errors, in_order
from ipcity_policy.text.message import say, say_of


@click.command()
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET...")
@click.option(
    "--on",
    type=DayParam(),
    metavar="DATE",
    help="The day asked about; what lies after it is told.",
)
@surface
def validate(surface: Surface, sheets: tuple[str, ...], on: date | None) -> None:
    """Find every fault in each SHEET (a file, a folder of files, or - for standard input)."""
    diagnostics: list[Diagnostic] = []
    count = faulty = 0
    for _, sheet in read_sheets(surface.library, sheets):
        count += 1
        found = list(sheet.diagnostics)
        if sheet.value is not None:
            found += contradictions_in(surface.library, sheet.value)
        faulty += has_errors(found)
        diagnostics += found
        if on is not None and sheet.value is not None:
            diagnostics += later_than(sheet.value, on)
    diagnostics = list(in_order(diagnostics))
    if surface.json:
        surface.show_json(diagnostics_json(diagnostics, surface.language))
    elif surface.format != "text":
        report = faults_report(sheets, diagnostics, surface.language, most=MAX_SHOWN)
        surface.show(report)
    else:
        say_diagnostics(diagnostics, surface.language, err=False)
        what = say_of(count, "1 sheet", "{n} sheets")
        wrong = say("{what} validated, {n} with errors", what=what, n=faulty)
        if not faulty:
            wrong = say("{what} validated, none with errors", what=what)
        click.echo(wrong.text(surface.language))
    if has_errors(diagnostics):
        raise click.exceptions.Exit(1)
