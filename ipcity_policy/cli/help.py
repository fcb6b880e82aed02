"""Pages of help: examples below the options, and commands with their whole first sentence."""

import inspect
from collections.abc import Iterable
from typing import Any

import click

from ipcity_policy.cli.speaking import first_sentence, spoken_by
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import flow


class ExamplesCommand(click.Command):
    """A command whose help shows examples, which a test runs."""

    def __init__(self, *args: Any, examples: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each in a line of its own."""
        with formatter.section(say("Examples").text(spoken_by(ctx))):
            for line in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Group(click.Group):
    """Commands, of which the help cuts no sentence short."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands below one heading."""
        write_commands(self, say("Commands"), self.list_commands(ctx), ctx, formatter)


def write_commands(
    group: click.Group,
    heading: Message,
    names: Iterable[str],
    ctx: click.Context,
    formatter: click.HelpFormatter,
) -> None:
    """Write some commands of a group below a heading, each with what it does."""
    language = spoken_by(ctx)
    rows: list[tuple[str, str]] = []
    for name in names:
        command = group.get_command(ctx, name)
        assert command is not None  # INVARIANT: a group names the commands that it has
        does = flow(inspect.cleandoc(command.help or "").partition("\n\n")[0])
        rows.append((name, command.short_help or first_sentence(does, language)))
    with formatter.section(heading.text(language)):
        formatter.write_dl(rows)
