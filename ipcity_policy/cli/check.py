"""`check`: all that can be said of rule files without a subject."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.surface import FORMATS, MAX_SHOWN, Surface, surface_with
from ipcity_policy.text.codes import Severity
from ipcity_policy.text.diagnostic import has_errors
from ipcity_policy.text.message import Message, say, say_of

if TYPE_CHECKING:
    from ipcity_policy.api import CheckedFiles


@click.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity check policies",
        "ipcity check draft.yaml --fix",
        "ipcity check --format sarif > found.sarif",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--fix",
    is_flag=True,
    help="Make the edits that are certain, in the files of PATH; the rest is shown.",
)
@surface_with(*FORMATS, "sarif")
def check(surface: Surface, paths: tuple[Path, ...], *, fix: bool) -> None:
    """Check rule files: a folder of policies, a measure, a version or a draft.

    Without PATH, everything in the policies is checked.
    """
    policies = surface.policies
    if fix and not paths and policies.found == "installed":
        raise Misuse(say("give the folder to fix; the installed policies stay as they are"))
    found = api.fix(policies, paths) if fix else api.check(policies, paths)
    if fix:
        found = api.write_fixes(policies, found, paths)
    match surface.format:
        case "json":
            surface.show_json(found.as_json(surface.language))
        case "sarif":
            surface.show_json(found.as_sarif(surface.language))
        case "markdown" | "html":
            surface.show(found.blocks(surface.language, most=MAX_SHOWN))
        case _:
            _say(surface, found)
    if has_errors(found.diagnostics):
        raise click.exceptions.Exit(1)


def _say(surface: Surface, found: "CheckedFiles") -> None:
    """Print what was fixed, what is left, and a sum."""
    click.echo(api.fixes_text(found.fixed or (), surface.language), nl=False)
    surface.say_diagnostics(found.diagnostics, err=False)
    counts = {s: sum(d.severity is s for d in found.diagnostics) for s in Severity}
    parts = [say("{n} fixed", n=len(found.fixed))] if found.fixed is not None else []
    parts += [_counted(severity, n) for severity, n in counts.items() if n]
    if not found.diagnostics:
        parts.append(say("nothing wrong"))
    told = say("nothing checked: {found}", found=tuple(parts))
    if found.names:
        what = tuple(say("{version}", version=one) for one in found.names)
        told = say("{what} checked: {found}", what=what, found=tuple(parts))
    surface.say(told)
    offered = sum(d.fix is not None for d in found.diagnostics)
    if offered and found.fixed is None:
        surface.say(say("with `--fix`, {n} of them can be fixed", n=offered))
    elif offered:  # a fix whose effect cannot be told yet is not made
        surface.say(say("{n} of them can be fixed with `--fix` once the others are", n=offered))


def _counted(severity: Severity, n: int) -> Message:
    match severity:
        case Severity.ERROR:
            return say_of(n, "1 error", "{n} errors")
        case Severity.WARNING:
            return say_of(n, "1 warning", "{n} warnings")
        case Severity.HINT:
            return say_of(n, "1 hint", "{n} hints")
