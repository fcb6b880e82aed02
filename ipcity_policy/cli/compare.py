"""`compare`: the same sheets under two versions."""

from datetime import date

import click

from ipcity_policy.cli.options import (
    Day,
    Surface,
    fail_on,
    read_sheets,
    say_diagnostics,
    surface,
)
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.ref import Ref
from ipcity_policy.measure.sheet import Sheet
from ipcity_policy.render.reports.comparison import comparison_json, comparison_report
from ipcity_policy.studies.comparison import compare_versions
from ipcity_policy.text.diagnostic import Diagnostic, did_you_mean, has_errors


@click.command()
@click.option("--before", required=True, metavar="V", help="A version or draft.")
@click.option("--after", required=True, metavar="V", help="The version or draft to compare.")
@click.option("--decision", metavar="NAME", help="One question only; else all they share.")
@click.option(
    "--on", type=Day(), help="The day looked from; what was stated later is not seen."
)
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET...")
@surface
def compare(
    surface: Surface,
    before: str,
    after: str,
    decision: str | None,
    on: date | None,
    sheets: tuple[str, ...],
) -> None:
    """Compare what two versions answer on each SHEET (files, or folders of files)."""
    library = surface.library
    first, second = _find(library, before), _find(library, after)
    if first.measure_id != second.measure_id:
        raise click.UsageError(f"`{first.id}` and `{second.id}` are not of one measure")
    diagnostics: list[Diagnostic] = []
    read: list[Sheet] = []
    for _, sheet in read_sheets(library, sheets):
        diagnostics += sheet.diagnostics
        if sheet.value is not None and not has_errors(sheet.diagnostics):
            read.append(sheet.value)
    result = compare_versions(library, first, second, read, decision=decision, on=on)
    if result.value is None:
        fail_on((*diagnostics, *result.diagnostics))
        return
    if not result.value.decisions:
        raise click.UsageError(f"`{first.id}` and `{second.id}` share no decision `{decision}`")
    say_diagnostics((*diagnostics, *result.diagnostics))
    if surface.json:
        surface.show_json(comparison_json(result.value))
    else:
        surface.show(comparison_report(result.value, surface.language))
    if has_errors(diagnostics):
        raise click.exceptions.Exit(1)


def _find(library: Library, name: str) -> Ref:
    ref = library.find(name)
    if ref is None:
        names = library.names()
        near = did_you_mean(name, names) or f"There is {', '.join(f'`{n}`' for n in names)}."
        raise click.UsageError(f"there is no version or draft `{name}`. {near}")
    return ref
