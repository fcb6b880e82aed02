"""`test`: run the rule tests that stand beside a measure."""

from pathlib import Path

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.surface import FORMATS, Surface, refuse, surface_with
from ipcity_policy.text.diagnostic import has_errors
from ipcity_policy.text.message import say


@click.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity test",
        "ipcity test policies --coverage",
    ),
)
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[PATH]")
@click.option(
    "--coverage", is_flag=True, help="List what no case has seen, article by article."
)
@click.option(
    "--accept", is_flag=True, help="Write the results of failed cases to a file for review."
)
@surface_with(*FORMATS, "junit")
def test(surface: Surface, path: Path | None, *, coverage: bool, accept: bool) -> None:
    """Run the rule tests below PATH: a folder or a file; without PATH, all of them."""
    result = api.test(surface.policies, path)
    refuse(result.diagnostics)
    found, diagnostics = result.value, [*result.diagnostics]
    if found is None:
        surface.say_diagnostics(diagnostics)
        raise click.exceptions.Exit(1)
    written: list[str] = []
    for proposal in found.proposals(surface.language) if accept else ():
        wrong = proposal.write()
        if wrong is not None:
            diagnostics.append(wrong)
        else:
            written.append(proposal.name)
    surface.say_diagnostics(diagnostics)
    if surface.json:
        surface.show_json(found.as_json() | ({"proposals": written} if accept else {}))
    elif surface.format == "junit":
        click.echo(found.as_junit(surface.language), nl=False)
    else:
        surface.show(found.blocks(surface.language, unseen=coverage))
    for name in written:
        done = say(
            "{file} written: it holds what the program gave, not yet what the law gives; "
            "check each case against the text before you copy it",
            file=name,
        )
        surface.say(done, err=surface.format != "text")
    if has_errors(diagnostics) or not found.passed:
        raise click.exceptions.Exit(1)
