"""`fmt`: rule files, rule tests and sheets in their canonical form."""

from pathlib import Path

import click

from ipcity_policy import api
from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import complete_files, language_option, policies_option, spoken
from ipcity_policy.cli.surface import Surface, standard_input
from ipcity_policy.text.diagnostic import has_errors
from ipcity_policy.text.message import Message, say


@click.command(
    cls=ExamplesCommand,
    examples=(
        "ipcity fmt policies",
        "ipcity fmt --check draft.yaml",
        "ipcity fmt - < draft.yaml",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_files)
@click.option("--check", is_flag=True, help="Change nothing; status 1 if a file would change.")
@policies_option
@language_option
def fmt(
    paths: tuple[str, ...], *, check: bool, policies: Path | None, lang: str | None
) -> None:
    """Bring YAML files into canonical form: rule files, rule tests and sheets.

    PATH is a file or a folder with everything below it; without PATH, the policies. With `-`,
    standard input is written to standard output. Comments, quotes, the order of keys and line
    breaks stay. The content of a block is indented by two spaces, also list items under their
    key; one space follows `:`, `-` and `,`; blank lines are single. In sentences words are one
    space apart, with brackets only where they are needed.
    """
    surface = Surface(policies, spoken(lang), "text")
    if "-" in paths:
        if paths != ("-",):
            raise Misuse(say("`-` cannot be combined with other paths"))
        raise click.exceptions.Exit(_stream(surface, check=check))
    found = api.fmt_files(paths or (surface.policies.root,))
    diagnostics, told = [*found.diagnostics], [*found.changes]
    for change in () if check else found.changes:
        wrong = change.write()
        if wrong is not None:
            diagnostics.append(wrong)
            told.remove(change)
    surface.say_diagnostics(diagnostics)
    for change in told:
        surface.say(_changed(say("{file}", file=change.name), check=check))
    of = say("{n} of 1 file", n=len(told))
    if found.count != 1:
        of = say("{n} of {all} files", n=len(told), all=found.count)
    surface.say(_changed(of, check=check))
    if has_errors(diagnostics) or (check and found.changes):
        raise click.exceptions.Exit(1)


def _changed(what: Message, *, check: bool) -> Message:
    return say("{what} would change", what=what) if check else say("{what} changed", what=what)


def _stream(surface: Surface, *, check: bool) -> int:
    """Bring standard input into canonical form; return the exit status."""
    data = standard_input()
    result = data if data.value is None else api.fmt(data.value)
    surface.say_diagnostics(result.diagnostics)
    if result.value is None:
        return 1
    if check:
        return int(result.value != data.value)
    click.echo(result.value, nl=False)
    return 0
