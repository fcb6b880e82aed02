"""Wrong usage: what a command says of it, in the language asked for."""

import re

import click

from ipcity_policy.cli.chinese import chinese_context
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


#: What click says of wrong usage, in the forms of its versions.
_OF_CLICK = (
    say("No such command {name}."),
    say("Missing command."),
    say("No such option: {name}"),
    say("No such option {name}."),
    say("No such command {name}. Did you mean {near}?"),
    say("No such command {name}. (Did you mean one of: {near}?)"),
    say("No such option: {name} Did you mean {near}?"),
    say("No such option: {name} (Possible options: {near})"),
    say("No such option {name}. Did you mean {near}?"),
    say("No such option {name}. (Did you mean one of: {near}?)"),
    say("Option {name} requires an argument."),
    say("Option {name} requires {n} arguments."),
    say("Option {name} does not take a value."),
    say("Missing argument {name}."),
    say("Missing option {name}."),
    say("Got unexpected extra argument ({names})"),
    say("Got unexpected extra arguments ({names})"),
    say("Invalid value for {name}: {value} is not one of {names}."),
    say("Invalid value for {name}: File {file} is a directory."),
)


def show_misuse(error: click.ClickException, language: str) -> None:
    """Print what is wrong with the usage, and how the command is used."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if language == "en":
        error.show()
        return
    if context is not None:
        context = chinese_context(context)
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
    for form in _OF_CLICK:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(form.template))
        found = re.fullmatch(pattern, sentence)
        if found is not None:
            return say(form.template, **found.groupdict())
    return say("{what}", what=sentence)
