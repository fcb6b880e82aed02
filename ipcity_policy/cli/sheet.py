"""`sheet new`: an empty fact sheet with its questions; `sheet schema`: its JSON Schema."""

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand, Group
from ipcity_policy.cli.options import language_option
from ipcity_policy.cli.surface import Surface, file_surface


@click.group(cls=Group)
@language_option
def sheet(lang: str | None) -> None:
    """Fact sheets: what is stated of one subject."""


@sheet.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity sheet new > new-sheet.yaml",
        "ipcity sheet new --version 2004 --decision fee",
    ),
)
@click.option(
    "--version", metavar="V", help="The version that the sheet is for; by default the newest."
)
@click.option("--decision", metavar="NAME", help="Only what one question requires.")
@click.option("--schema", metavar="PATH", help="Tell editors where the sheet's schema is.")
@file_surface
def new(
    surface: Surface, version: str | None, decision: str | None, schema: str | None
) -> None:
    """Print an empty sheet: each fact with its question, unit and article."""
    text = api.sheet_new(
        surface.policies, version, decision=decision, lang=surface.language, schema=schema
    )
    click.echo(surface.value(text), nl=False)


@sheet.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity sheet schema 2004 > sheet.schema.json",
        "ipcity sheet schema --decision fee",
    ),
)
@click.argument("version", required=False, metavar="[VERSION]")
@click.option("--decision", metavar="NAME", help="Only what one question requires.")
@file_surface
def schema(surface: Surface, version: str | None, decision: str | None) -> None:
    """Print the JSON Schema of the sheets for a version, by default the newest.

    Editors use it to complete, explain and check a sheet, and a form can be made from it.
    """
    found = api.sheet_schema(
        surface.policies, version, decision=decision, lang=surface.language
    )
    surface.show_json(surface.value(found))
