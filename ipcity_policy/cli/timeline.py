"""`timeline`: where a subject stands on a day, what is due, and how it came there."""

from datetime import date
from pathlib import Path

import click

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import (
    FORMATS,
    DayParam,
    DaysParam,
    Surface,
    choosing,
    leave,
    once,
    read_sheets,
    say_diagnostics,
    surface_with,
)
from ipcity_policy.formats.ics import as_ics
from ipcity_policy.formats.json.agenda import agenda_json
from ipcity_policy.formats.json.position import timeline_json
from ipcity_policy.lang.calendar import add
from ipcity_policy.law.files import is_folder
from ipcity_policy.questions.query import PositionQuestion, SubjectTimeline, timeline_of
from ipcity_policy.report.reports.agenda import agenda_report
from ipcity_policy.report.reports.calendar import to_come
from ipcity_policy.report.reports.timeline import timeline_report
from ipcity_policy.studies.agenda import Agenda, agenda_of
from ipcity_policy.text.diagnostic import Diagnostic, has_errors
from ipcity_policy.text.message import say


@click.command()
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET...")
@click.option(
    "--on",
    type=DayParam(),
    metavar="DATE",
    help="The day asked about, which is always named; later events are not seen.",
)
@click.option("--version", metavar="V", help="One version or draft for every day.")
@choosing
@click.option(
    "--due",
    type=DaysParam(),
    metavar="DAYS",
    help="Of all sheets, only what is due within so many days and what is overdue.",
)
@click.option("--all", "unfold", is_flag=True, help="Show what is folded too.")
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
    """Say where the subject of each SHEET stands on a day, what is due and what may come.

    SHEET is a file, a folder of files, or - for standard input. As JSON, one file gives one
    object; anything else gives a list. With --format ics it is a calendar of what is due.
    """
    if on is None:
        raise Misuse(say("name the day asked about with `--on`; there is no clock here"))
    asked = PositionQuestion(
        on,
        version,
        once(readings, "--reading"),
        once(parameters, "--set"),
        strict,
        interpretations,
    )
    found: list[SubjectTimeline] = []
    diagnostics: list[Diagnostic] = []
    for _, sheet in read_sheets(surface.library, sheets):
        diagnostics += sheet.diagnostics
        if sheet.value is None or has_errors(sheet.diagnostics):
            continue
        result = timeline_of(surface.library, sheet.value, asked)
        diagnostics += result.diagnostics
        found += [result.value] if result.value is not None else []
    say_diagnostics(diagnostics, surface.language)
    if surface.format == "ics":
        _show_calendar(surface, found, on, due)
    elif due is not None:
        _show_agenda(surface, agenda_of(found, on, due), unfold=unfold)
    else:
        one = len(sheets) == 1 and not is_folder(Path(sheets[0]))
        _show(surface, found, one=one, unfold=unfold)
    leave(diagnostics)


def _show_calendar(
    surface: Surface, found: list[SubjectTimeline], on: date, within: int | None
) -> None:
    last = date.max if within is None else add(on, within, "days")
    entries = (one for timeline in found for one in to_come(timeline, surface.language))
    calendar = as_ics((one for one in entries if one.day <= last), on, surface.language)
    click.echo(calendar.encode(), nl=False)


def _show_agenda(surface: Surface, agenda: Agenda, *, unfold: bool) -> None:
    if surface.json:
        surface.show_json(agenda_json(agenda))
    else:
        surface.show(agenda_report(agenda, surface.language), unfold=unfold)


def _show(surface: Surface, found: list[SubjectTimeline], *, one: bool, unfold: bool) -> None:
    if surface.json:
        written = [timeline_json(timeline) for timeline in found]
        if not one:
            surface.show_json(written)
        elif written:
            surface.show_json(written[0])
    elif found:
        surface.show(*(timeline_report(t, surface.language) for t in found), unfold=unfold)
