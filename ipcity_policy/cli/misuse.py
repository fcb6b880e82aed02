"""Wrong usage: what a command says of it, in the language asked for."""

import click

from ipcity_policy.cli.of_click import of_click
from ipcity_policy.cli.speaking import speaking_context
from ipcity_policy.text.catalogue import SOURCE
from ipcity_policy.text.message import Message, say


class Misuse(click.UsageError):
    """A command was asked for what there is not, or in a way that has no meaning."""

    def __init__(self, says: Message) -> None:
        super().__init__(says.text())
        self.says = says


class BadValue(click.BadParameter):
    """The value of an option cannot be read."""

    def __init__(
        self, says: Message, context: click.Context | None, parameter: click.Parameter | None
    ) -> None:
        super().__init__(says.text(), context, parameter)
        self.says = says


def show_misuse(error: click.ClickException, language: str) -> None:
    """Print what is wrong with the usage, and how the command is used."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if language == SOURCE:
        error.show()
        return
    if context is not None:
        context = speaking_context(context, language)
        # Of no command at all, some versions of click make an error whose text is the help.
        if type(error).__name__ == "NoArgsIsHelpError":
            click.echo(context.get_help(), err=True)
            return
        click.echo(context.get_usage(), err=True)
        help = say("see `{command} --help`", command=context.command_path)
        click.echo(f"{help.text(language)}\n", err=True)
    wrong = say("Error: {what}", what=_said(error))
    click.echo(wrong.text(language), err=True)


def _said(error: click.ClickException) -> Message:
    match error:
        case Misuse():
            return error.says
        case BadValue():
            assert error.param is not None  # INVARIANT: it was raised by a type of ours
            name = error.param.opts[0]
            return say("Invalid value for {name}: {what}", name=f"'{name}'", what=error.says)
    sentence = error.format_message()
    return of_click(sentence) or say("{what}", what=sentence)
