"""`compare`: the same sheets under two versions."""

from datetime import date

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.options import day_option, once, reading, sheets_argument
from ipcity_policy.cli.surface import Surface, leave, refuse, surface


@click.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity compare --before 1998 --after 2004 sheets",
        "ipcity compare --before 2004 --after draft.yaml sheets --decision fee",
    ),
)
@click.option("--before", required=True, metavar="V", help="A version or draft.")
@click.option("--after", required=True, metavar="V", help="The version or draft to compare.")
@click.option(
    "--decision", metavar="NAME", help="Only this question; by default all that both answer."
)
@day_option
@reading
@sheets_argument
@surface
def compare(
    surface: Surface,
    before: str,
    after: str,
    decision: str | None,
    on: date | None,
    readings: tuple[tuple[str, str], ...],
    interpretations: tuple[str, ...],
    sheets: tuple[str, ...],
) -> None:
    """Compare what two versions answer on each SHEET (files, or folders of files)."""
    result = api.compare(
        surface.policies,
        surface.version(before),
        surface.version(after),
        surface.sheets(sheets),
        decision=decision,
        on=on,
        readings=once(readings, "--reading"),
        interpretations=interpretations,
    )
    refuse(result.diagnostics)
    surface.say_diagnostics(result.diagnostics)
    if result.value is not None and surface.json:
        surface.show_json(api.comparison_json(result.value))
    elif result.value is not None:
        surface.show(api.comparison_report(result.value, surface.language))
    leave(result.diagnostics)
