"""`list`: what the policies hold."""

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.surface import Surface, surface


@click.command(
    name="list",
    cls=ExamplesCommand,
    examples=(
        "ipcity list",
        "ipcity list --provisions",
    ),
)
@click.option(
    "--provisions", is_flag=True, help="How many provisions of each article are put into rules."
)
@click.option("--readings", is_flag=True, help="The points that the text leaves open.")
@surface
def list_(surface: Surface, *, provisions: bool, readings: bool) -> None:
    """List measures, versions, drafts, decisions, interpretations and sheets."""
    if provisions or readings:
        texts = api.list_texts(surface.policies, provisions=provisions, readings=readings)
        if surface.json:
            surface.show_json(texts.as_json())
        else:
            surface.show(texts.blocks(surface.language))
        return
    measures = api.list_measures(surface.policies)
    if surface.json:
        surface.show_json([measure.as_json() for measure in measures])
    else:
        surface.show(*(measure.blocks(surface.language) for measure in measures))
