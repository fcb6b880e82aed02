"""`list`: what the policies hold."""

from collections.abc import Iterable
from pathlib import Path

import click

from ipcity_policy.cli.options import Surface, surface
from ipcity_policy.formats.json.listing import list_json
from ipcity_policy.formats.json.provisions import provisions_json, readings_json
from ipcity_policy.law.library import Library, shown
from ipcity_policy.law.model import Localized
from ipcity_policy.law.ref import Ref
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.listing import Listed, ListedInterpretation, list_report
from ipcity_policy.report.reports.provisions import provisions_report, readings_report
from ipcity_policy.sheet.reader import open_sheet

#: The folders of a measure that hold no sheets.
_OTHERS = ("drafts", "tests", "interpretations")


@click.command(name="list")
@click.option(
    "--provisions", is_flag=True, help="How many provisions of each article are put into rules."
)
@click.option("--readings", is_flag=True, help="The places that the text leaves open.")
@surface
def list_(surface: Surface, *, provisions: bool, readings: bool) -> None:
    """List measures, versions, drafts, decisions, interpretations and sheets."""
    if provisions or readings:
        _of_versions(surface, provisions=provisions, readings=readings)
        return
    library = surface.library
    reports: list[Iterable[Block]] = []
    machines: list[object] = []
    for home in library.measures():
        vocabulary = library.vocabulary(home).value
        title = vocabulary.title if vocabulary is not None else Localized(home.name, home.name)
        versions = [_listed(library, ref) for ref in library.versions(home)]
        drafts = [_listed(library, ref) for ref in library.drafts(home)]
        adopted = [
            ListedInterpretation(
                path.stem, library.interpretation(path, home).value, vocabulary
            )
            for path in library.interpretations(home)
        ]
        subjects = _sheets(library, home)
        machines.append(list_json(home.name, title, versions, drafts, adopted, subjects))
        language = surface.language
        reports.append(
            list_report(home.name, title, versions, drafts, adopted, subjects, language)
        )
    if surface.json:
        surface.show_json(machines)
    else:
        surface.show(*reports)


def _of_versions(surface: Surface, *, provisions: bool, readings: bool) -> None:
    """Say of every version how it is put into rules, or where its text is open."""
    library = surface.library
    refs = [ref for home in library.measures() for ref in library.versions(home)]
    blocks: list[Block] = []
    machines: list[object] = []
    for program in (library.program(ref).value for ref in refs):
        if program is not None:
            if provisions:
                blocks += provisions_report(program, surface.language)
                machines.append(provisions_json(program))
            if readings:
                blocks += readings_report(program, surface.language)
                machines.append(readings_json(program))
    if surface.json:
        surface.show_json(machines)
    else:
        surface.show(blocks)


def _listed(library: Library, ref: Ref) -> Listed:
    return Listed(ref.id, library.program(ref).value)


def _sheets(library: Library, home: Path) -> list[tuple[str, Localized]]:
    """Return the sheets kept with a measure: every file that says which measure it is for."""
    found: list[tuple[str, Localized]] = []
    for path in sorted(home.glob("*/*.yaml")):
        if (path.parent / "measure.yaml").exists() or path.parent.name in _OTHERS:
            continue
        sheet = open_sheet(library, path).value
        if sheet is not None:
            found.append((shown(path), sheet.name))
    return found
