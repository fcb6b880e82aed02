"""`draft new`: a draft to fill in."""

from pathlib import Path

import click

from ipcity_policy.cli.options import Surface, fail_on, file_surface, find_version
from ipcity_policy.measure.drafting import new_draft


@click.group()
def draft() -> None:
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
    fail_on(result.diagnostics)
    assert result.value is not None  # INVARIANT: a version without errors was read
    text = new_draft(result.value)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise click.UsageError(f"`{output}` exists already; nothing was written") from None
    except OSError as error:
        raise click.UsageError(f"`{output}` cannot be written: {error.strerror}") from None
    click.echo(f"{output} written; fill it in and run `ipcity check {output}`")
