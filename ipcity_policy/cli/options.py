"""Options that mean the same in every command."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import click
from click.shell_completion import CompletionItem

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.params import DayParam, PairParam
from ipcity_policy.text.catalogue import languages
from ipcity_policy.text.message import say

#: What a command is made of.
Body: TypeAlias = Callable[..., Any]


policies_option = click.option(
    "--policies",
    type=click.Path(path_type=Path),
    envvar="IPCITY_POLICIES",
    metavar="DIR",
    help="The folder of policies; by default IPCITY_POLICIES, otherwise the one included.",
)


language_option = click.option(
    "--lang",
    type=click.Choice(languages()),
    help="The language of the output; by default that of IPCITY_LANG, otherwise en.",
)


def language_of(args: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that a command line asks for, wherever in it; else the usual one."""
    usual = environment.get("IPCITY_LANG", "")[:2].lower()
    pairs = pairwise([*args, ""])
    asked = [after if one == "--lang" else one.removeprefix("--lang=") for one, after in pairs]
    named = [one for one in asked if one in languages()]
    return (named or [usual if usual in languages() else "en"])[-1]


def spoken(lang: str | None) -> str:
    """Return the language that a command speaks: the one it was given, else the usual one."""
    return lang or str(click.get_current_context().find_root().obj or "en")


def complete_files(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Let a shell complete the names of files and folders."""
    return [CompletionItem(incomplete, type="file")]


sheets_argument = click.argument(
    "sheets", nargs=-1, required=True, metavar="SHEET...", shell_complete=complete_files
)


#: The day of a question that can do without one.
day_option = click.option(
    "--on",
    type=DayParam(),
    metavar="DATE",
    help="The day asked about; what was stated later is not used.",
)


_READING = (
    click.option(
        "--reading",
        "readings",
        type=PairParam(),
        multiple=True,
        metavar="READING=OPTION",
        help="Choose another reading of a doubtful passage; may be repeated.",
    ),
    click.option(
        "--interpretation",
        "interpretations",
        multiple=True,
        metavar="NAME",
        help="Follow the readings that an office has adopted; a chosen reading takes "
        "precedence.",
    ),
)


def reading(command: Body) -> Body:
    """Add the options that choose how doubtful places are read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def choosing(command: Body) -> Body:
    """Add the options that choose readings and values, and what is only assumed."""
    options = (
        *_READING,
        click.option(
            "--set",
            "parameters",
            type=PairParam(),
            multiple=True,
            metavar="PARAMETER=VALUE",
            help="Try another value of a parameter; may be repeated.",
        ),
        click.option("--strict", is_flag=True, help="Leave unknown what is only assumed."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def once(pairs: tuple[tuple[str, str], ...], option: str) -> dict[str, str]:
    """Return pairs of which none was given twice."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise Misuse(say("`{option} {name}=…` is given twice", option=option, name=name))
    return dict(pairs)
