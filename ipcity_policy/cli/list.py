"""`list`: what the policies hold."""

from pathlib import Path

import click

from ipcity_policy.cli.options import Surface, surface
from ipcity_policy.measure.library import Library, shown
from ipcity_policy.measure.model import Words
from ipcity_policy.measure.ref import Ref
from ipcity_policy.render.block import Block
from ipcity_policy.render.reports.listing import Listed, list_json, list_report


@click.command(name="list")
@surface
def list_(surface: Surface) -> None:
    """List measures, versions, drafts, decisions and sheets."""
    library = surface.library
    blocks: list[Block] = []
    machines: list[object] = []
    for home in library.measures():
        vocabulary = library.vocabulary(home).value
        title = vocabulary.title if vocabulary is not None else Words(home.name, home.name)
        versions = [_listed(library, ref) for ref in library.versions(home)]
        drafts = [_listed(library, ref) for ref in library.drafts(home)]
        subjects = _sheets(library, home)
        machines.append(list_json(home.name, title, versions, drafts, subjects))
        blocks += list_report(home.name, title, versions, drafts, subjects, surface.language)
    if surface.json:
        surface.show_json(machines)
    else:
        surface.show(blocks)


def _listed(library: Library, ref: Ref) -> Listed:
    return Listed(ref.id, library.program(ref).value)


def _sheets(library: Library, home: Path) -> list[tuple[str, Words]]:
    """Return the sheets kept with a measure: every file that says which measure it is for."""
    found: list[tuple[str, Words]] = []
    for path in sorted(home.glob("*/*.yaml")):
        if (path.parent / "measure.yaml").exists() or path.parent.name in ("drafts", "tests"):
            continue
        sheet = library.sheet(path).value
        if sheet is not None:
            found.append((shown(path), sheet.name))
    return found
