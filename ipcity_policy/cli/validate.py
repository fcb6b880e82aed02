"""`validate`: every fault of a sheet, with its place."""

from datetime import date

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.options import sheets_argument
from ipcity_policy.cli.params import DayParam
from ipcity_policy.cli.surface import MAX_SHOWN, Surface, surface
from ipcity_policy.text.diagnostic import has_errors
from ipcity_policy.text.message import say, say_of


@click.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity validate sheet.yaml",
        "ipcity validate sheets --on 2005-06-01",
    ),
)
@sheets_argument
@click.option(
    "--on",
    type=DayParam(),
    metavar="DATE",
    help="The day asked about; what is after it is reported.",
)
@surface
def validate(surface: Surface, sheets: tuple[str, ...], on: date | None) -> None:
    """Find every error in each SHEET (a file, a folder of files, or - for standard input)."""
    found = api.validate_all(surface.policies, surface.sheets(sheets), on=on)
    if surface.json:
        surface.show_json(found.as_json(surface.language))
    elif surface.format != "text":
        surface.show(found.blocks(surface.language, sheets, most=MAX_SHOWN))
    else:
        surface.say_diagnostics(found.diagnostics, err=False)
        what = say_of(found.count, "1 sheet", "{n} sheets")
        wrong = say("{what} validated, {n} with errors", what=what, n=found.faulty)
        if not found.faulty:
            wrong = say("{what} validated, none with errors", what=what)
        surface.say(wrong)
    if has_errors(found.diagnostics):
        raise click.exceptions.Exit(1)
