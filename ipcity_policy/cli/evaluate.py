"""`evaluate`: the verdict on a sheet, with its reasons."""

from datetime import date

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.options import choosing, day_option, once, sheets_argument
from ipcity_policy.cli.surface import Surface, leave, surface


@click.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity evaluate sheet.yaml --on 2005-06-01",
        "ipcity evaluate sheets --version 2004 --decision fee --format json",
    ),
)
@sheets_argument
@click.option("--decision", metavar="NAME", help="Only this question; by default all of them.")
@day_option
@click.option("--version", metavar="V", help="A version or draft; by default the day decides.")
@choosing
@click.option(
    "--all", "unfold", is_flag=True, help="Also show the branches that do not decide."
)
@surface
def evaluate(
    surface: Surface,
    sheets: tuple[str, ...],
    decision: str | None,
    on: date | None,
    version: str | None,
    readings: tuple[tuple[str, str], ...],
    parameters: tuple[tuple[str, str], ...],
    interpretations: tuple[str, ...],
    *,
    strict: bool,
    unfold: bool,
) -> None:
    """Give the verdict on each SHEET (a file, a folder of files, or - for standard input).

    As JSON, one sheet with --decision gives one object; anything else gives a list.
    """
    chosen, values = once(readings, "--reading"), once(parameters, "--set")
    read = api.read_sheets(surface.policies, surface.sheets(sheets))
    results = [
        api.evaluate(
            surface.policies,
            sheet,
            decision=decision,
            on=on,
            version=version,
            readings=chosen,
            parameters=values,
            strict=strict,
            interpretations=interpretations,
        )
        for sheet in read.value or ()
    ]
    verdicts = [verdict for result in results for verdict in result.value or ()]
    diagnostics = (*read.diagnostics, *(d for one in results for d in one.diagnostics))
    surface.say_diagnostics(diagnostics)
    if surface.json:
        one = decision is not None and len(sheets) == 1 and api.names_one(sheets[0])
        surface.show_each([verdict.as_json() for verdict in verdicts], one=one)
    elif verdicts:
        surface.show(*(one.blocks(surface.language) for one in verdicts), unfold=unfold)
    leave(diagnostics)
