"""`compare`: the same sheets under two versions."""

from datetime import date

import click

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import (
    DayParam,
    Surface,
    find_version,
    leave,
    once,
    read_sheets,
    reading,
    say_diagnostics,
    surface,
)
from ipcity_policy.formats.json.comparison import comparison_json
from ipcity_policy.report.reports.comparison import comparison_report
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.studies.comparison.comparison import compare_versions
from ipcity_policy.text.diagnostic import Diagnostic, has_errors
from ipcity_policy.text.message import say


@click.command()
@click.option("--before", required=True, metavar="V", help="A version or draft.")
@click.option("--after", required=True, metavar="V", help="The version or draft to compare.")
@click.option("--decision", metavar="NAME", help="One question only; else all they share.")
@click.option(
    "--on",
    type=DayParam(),
    metavar="DATE",
    help="The day looked from; what was stated later is not seen.",
)
@reading
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET...")
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
    library = surface.library
    first, second = find_version(library, before), find_version(library, after)
    if first.measure_id != second.measure_id:
        raise Misuse(
            say(
                "`{before}` and `{after}` are not of one measure",
                before=first.id,
                after=second.id,
            )
        )
    diagnostics: list[Diagnostic] = []
    read: list[Sheet] = []
    for _, sheet in read_sheets(library, sheets):
        diagnostics += sheet.diagnostics
        if sheet.value is None or has_errors(sheet.diagnostics):
            continue
        read.append(sheet.value)
    result = compare_versions(
        library,
        first,
        second,
        read,
        decision=decision,
        on=on,
        readings=once(readings, "--reading"),
        interpretations=interpretations,
    )
    if result.value is None:
        say_diagnostics((*diagnostics, *result.diagnostics), surface.language)
        leave((*diagnostics, *result.diagnostics))
        return
    if not result.value.decisions:
        ids = {"before": first.id, "after": second.id}
        if decision is None:
            raise Misuse(say("`{before}` and `{after}` share no decision", **ids))
        raise Misuse(
            say(
                "`{before}` and `{after}` share no decision `{decision}`",
                **ids,
                decision=decision,
            )
        )
    say_diagnostics((*diagnostics, *result.diagnostics), surface.language)
    if surface.json:
        surface.show_json(comparison_json(result.value))
    else:
        surface.show(comparison_report(result.value, surface.language))
    if has_errors((*diagnostics, *result.diagnostics)):
        raise click.exceptions.Exit(1)
