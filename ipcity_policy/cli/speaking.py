"""The commands in another language than that of the code: the same, with other words."""

import copy
import inspect
from collections.abc import Iterable

import click

from ipcity_policy.cli.of_click import of_click
from ipcity_policy.text.catalogue import SOURCE, translated
from ipcity_policy.text.cells import cells
from ipcity_policy.text.message import say
from ipcity_policy.text.source import flow
from ipcity_policy.words.wrapping import wrap

#: How much room there is between an option and what it does.
_GAP, _MOST = 2, 30


def speaking(command: click.Command, language: str) -> click.Command:
    """Return a command whose help is in a language."""
    found = copy.copy(command)
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    said = [translated(language, flow(paragraph)) for paragraph in paragraphs]
    found.help = "\n\n".join(said)
    found.short_help = first_sentence(said[0], language)
    found.params = [_parameter(one, language) for one in command.params]
    found.options_metavar = _of_click(command.options_metavar or "", language)
    found.context_class = SpeakingContext
    if isinstance(found, click.Group):
        found.subcommand_metavar = _of_click(found.subcommand_metavar, language)
        found.commands = {name: speaking(one, language) for name, one in found.commands.items()}
    return found


def speaking_context(context: click.Context, language: str) -> click.Context:
    """Return the context of a command that speaks a language, in the place of another."""
    return SpeakingContext(
        speaking(context.command, language),
        parent=context.parent,
        info_name=context.info_name,
        obj=language,
        max_content_width=context.max_content_width,
    )


def spoken_by(context: click.Context) -> str:
    """Return the language of a page of help."""
    return context.language if isinstance(context, SpeakingContext) else SOURCE


def first_sentence(text: str, language: str) -> str:
    """Return the first sentence of a text, without what ends it.

    >>> first_sentence("It floats. It sinks.", "en"), first_sentence("It floats.", "en")
    ('It floats', 'It floats')
    """
    end = say(". ", context="sentence").text(language)
    return text.partition(end)[0].removesuffix(end.strip())


def _parameter(parameter: click.Parameter, language: str) -> click.Parameter:
    found = copy.copy(parameter)
    if found.metavar is not None:
        found.metavar = translated(language, found.metavar)
    if isinstance(found, click.Option) and found.help:
        found.help = translated(language, found.help)
    return found


def _of_click(text: str, language: str) -> str:
    said = of_click(text)
    return text if said is None else said.text(language)


class _Formatter(click.HelpFormatter):
    """Lays out help in a language that may have no spaces to break lines at."""

    #: Set by the context that makes it.
    language = SOURCE

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is used."""
        super().write_usage(prog, args, say("Usage: ").text(self.language))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        said = say("{heading}:", heading=_of_click(heading, self.language))
        self.write(f"{'':>{self.current_indent}}{said.text(self.language)}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        indent = " " * self.current_indent
        room = self.width - self.current_indent
        paragraphs = [
            "\n".join(indent + line for line in wrap(one, room)) for one in text.split("\n\n")
        ]
        self.write("\n\n".join(paragraphs) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _MOST, col_spacing: int = _GAP
    ) -> None:
        """Write options or commands, each with what it does."""
        rows = tuple(rows)
        indent = " " * self.current_indent
        width = min(max(cells(term) for term, _ in rows), col_max) + col_spacing
        for term, text in rows:
            lines = wrap(self._described(text), self.width - self.current_indent - width)
            lines = lines or [""]
            beside = " " * (width - cells(term))
            if cells(term) > width - col_spacing:
                beside = "\n" + indent + " " * width
            self.write(f"{indent}{term}{beside}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * width}{line}\n")

    def _described(self, text: str) -> str:
        """Return what an option does, and what click adds to it in brackets."""
        does, gap, added = text.partition("  [")
        every = [_of_click(one, self.language) for one in added.removesuffix("]").split("; ")]
        return _of_click(does, self.language) + (f"{gap}{'; '.join(every)}]" if gap else "")


class SpeakingContext(click.Context):
    """Where a command runs that speaks another language."""

    @property
    def language(self) -> str:
        """The language."""
        return str(self.obj)

    def make_formatter(self) -> click.HelpFormatter:
        """Make what lays out a page of help."""
        made = _Formatter(width=self.terminal_width, max_width=self.max_content_width)
        made.language = self.language
        return made
