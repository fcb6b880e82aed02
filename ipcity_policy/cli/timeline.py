"""`timeline`: where a subject stands on a day, what is due, and how it came there."""

from datetime import date

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import choosing, once, sheets_argument
from ipcity_policy.cli.params import DayParam, DaysParam
from ipcity_policy.cli.surface import FORMATS, Surface, leave, surface_with
from ipcity_policy.text.message import say


@click.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity timeline sheet.yaml --on 2005-06-01",
        "ipcity timeline sheets --on 2005-06-01 --due 90",
    ),
)
@sheets_argument
@click.option(
    "--on",
    type=DayParam(),
    metavar="DATE",
    help="The day asked about, always required; later events are not used.",
)
@click.option("--version", metavar="V", help="One version or draft for every day.")
@choosing
@click.option(
    "--due",
    type=DaysParam(),
    metavar="DAYS",
    help="Over all sheets, only what is due within this many days and what is overdue.",
)
@click.option("--all", "unfold", is_flag=True, help="Also show what is folded.")
@surface_with(*FORMATS, "ics")
def timeline(
    surface: Surface,
    sheets: tuple[str, ...],
    on: date | None,
    version: str | None,
    readings: tuple[tuple[str, str], ...],
    parameters: tuple[tuple[str, str], ...],
    interpretations: tuple[str, ...],
    due: int | None,
    *,
    strict: bool,
    unfold: bool,
) -> None:
    """Show the position of each SHEET's subject on a day, what is due and what may come next.

    SHEET is a file, a folder of files, or - for standard input. As JSON, one file gives one
    object; anything else gives a list. With --format ics it is a calendar of what is due.
    """
    if on is None:
        raise Misuse(say("give the day asked about with `--on`; the program reads no clock"))
    chosen, values = once(readings, "--reading"), once(parameters, "--set")
    read = api.read_sheets(surface.policies, surface.sheets(sheets))
    results = [
        api.timeline(
            surface.policies,
            sheet,
            on=on,
            version=version,
            readings=chosen,
            parameters=values,
            strict=strict,
            interpretations=interpretations,
        )
        for sheet in read.value or ()
    ]
    found = [result.value for result in results if result.value is not None]
    diagnostics = (*read.diagnostics, *(d for one in results for d in one.diagnostics))
    surface.say_diagnostics(diagnostics)
    if surface.format == "ics":
        written = api.calendar_of(found, on, surface.language, days=due)
        click.echo(written.encode(), nl=False)
    elif due is not None:
        agenda = api.due_soon(found, on=on, days=due)
        if surface.json:
            surface.show_json(agenda.as_json())
        else:
            surface.show(agenda.blocks(surface.language), unfold=unfold)
    elif surface.json:
        one = len(sheets) == 1 and api.names_one(sheets[0])
        surface.show_each([timeline.as_json() for timeline in found], one=one)
    elif found:
        surface.show(*(one.blocks(surface.language) for one in found), unfold=unfold)
    leave(diagnostics)
