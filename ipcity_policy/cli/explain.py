"""`explain`: the page of a diagnostic."""

import click
from click.shell_completion import CompletionItem

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.surface import FORMATS, Surface, surface_with
from ipcity_policy.text.codes import CODES


def _codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let a shell complete a code, with its name beside it."""
    return [
        CompletionItem(code.id, help=code.name)
        for code in CODES.values()
        if code.id.startswith(incomplete.upper())
    ]


@click.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity explain N101",
        "ipcity explain unknown-name",
    ),
)
@click.argument("code", required=False, metavar="[CODE]", shell_complete=_codes)
@surface_with(*FORMATS, policies_needed=False)
def explain(surface: Surface, code: str | None) -> None:
    """Explain the CODE of a diagnostic, such as N101 or unknown-name, and how it is fixed.

    Without CODE, all codes are listed.
    """
    found = api.list_codes() if code is None else surface.value(api.explain(code))
    if surface.json:
        surface.show_json(found.as_json())
    else:
        surface.show(found.blocks(surface.language))
