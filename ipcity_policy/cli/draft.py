"""`draft new`: a draft to fill in."""

import os
from pathlib import Path

import click

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import (
    Surface,
    fail_on,
    file_surface,
    find_version,
    language_option,
)
from ipcity_policy.law.drafting import new_draft
from ipcity_policy.law.writing import write_first
from ipcity_policy.text.message import say


@click.group()
@language_option
def draft(lang: str | None) -> None:
    """Drafts: changes to a version, kept apart from it."""


@draft.command()
@click.option("--amends", required=True, metavar="V", help="The version that it amends.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it to a new file instead of printing it.",
)
@file_surface
def new(surface: Surface, amends: str, output: Path | None) -> None:
    """Print an empty draft that lists what can be changed, with its present values."""
    library = surface.library
    ref = find_version(library, amends, drafts=False)
    result = library.version(ref)
    fail_on(result.diagnostics, surface.language)
    assert result.value is not None  # INVARIANT: a version without errors was read
    text = new_draft(result.value, surface.language)
    if output is None:
        click.echo(text, nl=False)
        return
    if os.path.lexists(output):
        raise Misuse(say("`{file}` exists already; nothing was written", file=str(output)))
    wrong = write_first(output, str(output), text.encode())
    if wrong is not None:
        fail_on([wrong], surface.language)
    done = say("{file} written; fill it in and run `ipcity check {file}`", file=str(output))
    click.echo(done.text(surface.language))
