"""`draft new`: a draft to fill in."""

import os
from pathlib import Path

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand, Group
from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import language_option
from ipcity_policy.cli.surface import Surface, file_surface
from ipcity_policy.text.message import say


@click.group(cls=Group)
@language_option
def draft(lang: str | None) -> None:
    """Drafts: changes to a version, kept apart from it."""


@draft.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity draft new --amends 2004",
        "ipcity draft new --amends 2004 --output new-draft.yaml",
    ),
)
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
    text = surface.value(api.draft_new(surface.policies, amends, lang=surface.language))
    if output is None:
        click.echo(text, nl=False)
        return
    if os.path.lexists(output):
        raise Misuse(say("`{file}` exists already; nothing was written", file=str(output)))
    wrong = api.write_first(output, str(output), text.encode())
    if wrong is not None:
        surface.fail_on([wrong])
    surface.say(
        say("{file} written; fill it in and run `ipcity check {file}`", file=str(output))
    )
