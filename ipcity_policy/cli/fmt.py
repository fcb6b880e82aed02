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
        "ipcity fmt --migrate policies",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_files)
@click.option("--check", is_flag=True, help="Change nothing; status 1 if a file would change.")
@click.option(
    "--migrate",
    is_flag=True,
    help="Rewrite measures in the newest rule language, and leave their layout.",
)
@policies_option
@language_option
def fmt(
    paths: tuple[str, ...],
    *,
    check: bool,
    migrate: bool,
    policies: Path | None,
    lang: str | None,
) -> None:
    """Bring YAML files into canonical form: rule files, rule tests and sheets.

    PATH is a file or a folder with everything below it; without PATH, the policies. With `-`,
    standard input is written to standard output. Comments, quotes, the order of keys and line
    breaks stay. The content of a block is indented by two spaces, also list items under their
    key; one space follows `:`, `-` and `,`; blank lines are single. In sentences words are one
    space apart, with brackets only where they are needed.

    With `--migrate`, PATH is a folder of measures or of one, and each measure is rewritten
    whole or not at all.
    """
    surface = Surface(policies, spoken(lang), "text")
    if "-" in paths:
        if paths != ("-",):
            raise Misuse(say("`-` cannot be combined with other paths"))
        if migrate:
            raise Misuse(say("`--migrate` rewrites folders, and `-` is none"))
        raise click.exceptions.Exit(_stream(surface, check=check))
    verb = api.migrate_files if migrate else api.fmt_files
    found = verb(paths or (surface.policies.root,))
    diagnostics, told = [*found.diagnostics], [*found.changes] if check else []
    for change in () if check else found.changes:
        wrong = change.write()
        if wrong is None:
            told.append(change)
            continue
        diagnostics.append(wrong)
        if migrate:  # the number of the language, which comes last, says that all is written
            break
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
