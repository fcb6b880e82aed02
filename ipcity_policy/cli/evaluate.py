"""`evaluate`: the verdict on a sheet, with its reasons."""

from datetime import date
from pathlib import Path

import click

from ipcity_policy.cli.options import (
    DayParam,
    Surface,
    choosing,
    leave,
    once,
    read_sheets,
    say_diagnostics,
    surface,
)
from ipcity_policy.formats.json.verdict import verdict_json
from ipcity_policy.law.files import is_folder
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.report.reports.verdict import verdict_report
from ipcity_policy.text.diagnostic import Diagnostic, has_errors


@click.command()
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET...")
@click.option("--decision", metavar="NAME", help="One question only; else all of them.")
@click.option(
    "--on",
    type=DayParam(),
    metavar="DATE",
    help="The day looked from; what was stated later is not seen.",
)
@click.option("--version", metavar="V", help="A version or draft; else the day chooses.")
@choosing
@click.option("--all", "unfold", is_flag=True, help="Show the branches that do not decide too.")
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
    question = Question(
        decision,
        on,
        version,
        once(readings, "--reading"),
        once(parameters, "--set"),
        strict,
        interpretations,
    )
    verdicts: list[DecisionVerdict] = []
    diagnostics: list[Diagnostic] = []
    for _, sheet in read_sheets(surface.library, sheets):
        diagnostics += sheet.diagnostics
        if sheet.value is None or has_errors(sheet.diagnostics):
            continue
        result = evaluate_sheet(surface.library, sheet.value, question)
        diagnostics += result.diagnostics
        verdicts += result.value or ()
    say_diagnostics(diagnostics, surface.language)
    if surface.json:
        one = decision is not None and len(sheets) == 1 and not is_folder(Path(sheets[0]))
        found = [verdict_json(verdict) for verdict in verdicts]
        if not one:
            surface.show_json(found)
        elif found:
            surface.show_json(found[0])
    elif verdicts:
        surface.show(*(verdict_report(v, surface.language) for v in verdicts), unfold=unfold)
    leave(diagnostics)
