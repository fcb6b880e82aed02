"""`law status`: what of the law is known, and what depends on a text that is not."""

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand, Group
from ipcity_policy.cli.options import language_option
from ipcity_policy.cli.surface import Surface, surface


@click.group(cls=Group)
@language_option
def law(lang: str | None) -> None:
    """The law itself: what of its text is known."""


@law.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity law status",
        "ipcity law status 2004 --all",
    ),
)
@click.argument("name", required=False, metavar="[VERSION|MEASURE]")
@click.option("--all", "unfold", is_flag=True, help="Also show what is folded.")
@surface
def status(surface: Surface, name: str | None, *, unfold: bool) -> None:
    """Show what is attested, inferred, assumed, unavailable, and which questions depend on it.

    A VERSION or draft is shown in full; for a MEASURE, or without a name for all of them, each
    version is one line. --all names everything.
    """
    found = surface.value(api.law_statuses(surface.policies, name))
    if surface.json:
        surface.show_json(found.as_json())
    else:
        surface.show(found.blocks(surface.language), unfold=unfold)
