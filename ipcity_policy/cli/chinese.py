"""The help of the commands in Chinese: the same commands, with other words."""

import copy
import inspect
import re
from collections.abc import Iterable

import click

from ipcity_policy.text.catalogue import is_translated, translated
from ipcity_policy.text.cells import cells
from ipcity_policy.text.message import say
from ipcity_policy.text.source import flow
from ipcity_policy.words.wrapping import wrap

#: What click itself says on a page of help.
_OF_CLICK = (
    say("Options"),
    say("Commands"),
    say("[OPTIONS]"),
    say("COMMAND [ARGS]..."),
    say("Show this message and exit."),
    say("Show the version and exit."),
)
#: How much room there is between an option and what it does.
_GAP, _MOST = 2, 30


def in_chinese(command: click.Command) -> click.Command:
    """Return a command whose help is in Chinese."""
    found = copy.copy(command)
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    said = [_chinese(flow(paragraph)) for paragraph in paragraphs]
    found.help = "\n\n".join(said)
    found.short_help = said[0].partition("。")[0]
    found.params = [_parameter(one) for one in command.params]
    found.context_class = ChineseContext
    if isinstance(found, click.Group):
        found.commands = {name: in_chinese(one) for name, one in found.commands.items()}
    return found


def chinese_context(context: click.Context) -> click.Context:
    """Return the context of a command that speaks Chinese, in the place of another."""
    command = in_chinese(context.command)
    return ChineseContext(
        command,
        parent=context.parent,
        info_name=context.info_name,
        max_content_width=context.max_content_width,
    )


def _parameter(parameter: click.Parameter) -> click.Parameter:
    found = copy.copy(parameter)
    if found.metavar is not None:
        found.metavar = _chinese(found.metavar)
    if isinstance(found, click.Option) and found.help:
        found.help = _chinese(found.help)
    return found


def _chinese(text: str) -> str:
    return translated("zh", text) if is_translated("zh", text) else text


class _Formatter(click.HelpFormatter):
    """Lays out help in Chinese, which has no spaces to break lines at."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is used."""
        for form in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(form, _chinese(form))
        super().write_usage(prog, args, say("Usage: ").text("zh"))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{'':>{self.current_indent}}{_chinese(heading)}：\n")

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
            said = _chinese(text)
            for pattern, words in (
                ("default: ", say("default: ")),
                ("required", say("required")),
            ):
                said = re.sub(rf"\[{pattern}", f"[{words.text('zh')}", said)
            lines = wrap(said, self.width - self.current_indent - width) or [""]
            beside = " " * (width - cells(term))
            if cells(term) > width - col_spacing:
                beside = "\n" + indent + " " * width
            self.write(f"{indent}{term}{beside}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * width}{line}\n")


class ChineseContext(click.Context):
    """Where a command runs that speaks Chinese."""

    formatter_class = _Formatter
