"""`show`: the law as the tool understands it."""

import shlex

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.surface import Surface, surface
from ipcity_policy.text.message import Message, say


@click.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity show art-1",
        "ipcity show 2004 --format html > law.html",
    ),
)
@click.argument("provision", metavar="PROVISION")
@click.argument("version", required=False, metavar="[VERSION]")
@click.option("--all", "unfold", is_flag=True, help="Also show what is folded.")
@surface
def show(surface: Surface, provision: str, version: str | None, *, unfold: bool) -> None:
    """Show a PROVISION, such as art-3, of a VERSION or draft in plain words.

    PROVISION may also be the name of a decision, rule, quantity, indicator system, parameter or
    reading: then the provision it belongs to is shown. Without VERSION it is the newest that
    has it. The name or path of a version, draft or interpretation in place of PROVISION shows
    the whole of it.
    """
    found = surface.value(api.show(surface.policies, provision, version))
    for id in found.elsewhere:
        surface.say(_see(surface, provision, id), err=True)
    if surface.json:
        surface.show_json(found.as_json())
    else:
        folded = unfold or surface.format == "html"
        surface.show(found.blocks(surface.language, folded=folded), unfold=unfold)


def _see(surface: Surface, name: str, version: str) -> Message:
    """Say in which other measure a name stands, and how to see it there."""
    found = surface.policies.found
    folder = "" if found in api.SHIPPED else f" --policies {shlex.quote(found)}"
    command = f"ipcity show {name} {version}{folder}"
    return say(
        "`{name}` is in `{version}` too: `{command}`",
        name=name,
        version=version,
        command=command,
    )
