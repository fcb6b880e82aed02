"""`draft new`: a draft to fill in."""

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
from ipcity_policy.measure.drafting import new_draft
from ipcity_policy.text.message import said_by_system, say


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
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Misuse(
            say("`{file}` exists already; nothing was written", file=str(output))
        ) from None
    except OSError as error:
        raise Misuse(
            say(
                "`{file}` cannot be written: {reason}",
                file=str(output),
                reason=said_by_system(error),
            )
        ) from None
    done = say("{file} written; fill it in and run `ipcity check {file}`", file=str(output))
    click.echo(done.text(surface.language))
