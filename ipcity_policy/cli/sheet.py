"""`sheet new`: an empty fact sheet with its questions; `sheet schema`: its JSON Schema."""

import click

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import (
    Surface,
    fail_on,
    file_surface,
    find_version,
    language_option,
    newest,
)
from ipcity_policy.law.program import Program
from ipcity_policy.report.forms.sheet import sheet_form
from ipcity_policy.report.forms.sheet_schema import sheet_schema
from ipcity_policy.text.diagnostic import did_you_mean
from ipcity_policy.text.message import listed, say


@click.group()
@language_option
def sheet(lang: str | None) -> None:
    """Fact sheets: what is stated of one subject."""


@sheet.command()
@click.option("--version", metavar="V", help="The version to answer; else the newest.")
@click.option("--decision", metavar="NAME", help="Only what one question asks.")
@click.option("--schema", metavar="PATH", help="Tell editors where the sheet's schema is.")
@file_surface
def new(
    surface: Surface, version: str | None, decision: str | None, schema: str | None
) -> None:
    """Print an empty sheet: each fact with its question, unit and article."""
    program = _program(surface, version, decision)
    click.echo(sheet_form(program, decision, surface.language, schema), nl=False)


@sheet.command()
@click.argument("version", required=False, metavar="[VERSION]")
@click.option("--decision", metavar="NAME", help="Only what one question asks.")
@file_surface
def schema(surface: Surface, version: str | None, decision: str | None) -> None:
    """Print the JSON Schema of the sheets for a version, or else for the newest.

    An editor completes, explains and checks a sheet by it, and a form can be made from it.
    """
    program = _program(surface, version, decision)
    surface.show_json(sheet_schema(program, decision, surface.language))


def _program(surface: Surface, version: str | None, decision: str | None) -> Program:
    """Return the version that a command names, or else the newest with the decision."""
    library = surface.library
    refs = [find_version(library, version)] if version is not None else newest(library)
    found: list[Program] = []
    known: dict[str, None] = {}
    for ref in refs:
        result = library.program(ref)
        fail_on(result.diagnostics, surface.language)
        assert result.value is not None  # INVARIANT: one without errors has a Program
        known |= dict.fromkeys(result.value.decisions)
        if decision is None or decision in result.value.decisions:
            found.append(result.value)
    if not found:
        assert decision is not None
        near = did_you_mean(decision, known) or say("there is {names}", names=listed(known))
        names = listed(ref.id for ref in refs)
        raise Misuse(
            say(
                "no decision `{decision}` in {versions}; {mend}",
                decision=decision,
                versions=names,
                mend=near,
            )
        )
    if len({program.vocabulary.measure for program in found}) > 1:
        names = listed(program.id for program in found)
        raise Misuse(
            say("several measures are meant; name one of the versions {names}", names=names)
        )
    return found[0]
