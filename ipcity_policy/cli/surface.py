"""Where a command reads from, and how it says what it found."""

import functools
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ipcity_policy import api
from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import Body, language_option, policies_option, spoken
from ipcity_policy.text.codes import HELP
from ipcity_policy.text.diagnostic import Diagnostic, Result, has_errors, in_order
from ipcity_policy.text.message import Message, said_by_system, say

if TYPE_CHECKING:  # a page of help needs none of them
    from ipcity_policy.law.library import Library
    from ipcity_policy.law.ref import Ref
    from ipcity_policy.report.block import Block

T = TypeVar("T")

#: The formats in which every report is said.
FORMATS = ("text", "json", "markdown", "html")
#: The width of text where there is no terminal to ask.
WIDTH = 88
#: How many diagnostics are printed before the rest is counted.
MAX_SHOWN = 200


@dataclass(frozen=True)
class Surface:
    """Where a command reads from and how it speaks."""

    #: The folder of policies; None for the one that comes along.
    folder: Path | None
    language: str
    format: str

    @cached_property
    def policies(self) -> "Library":
        """The policies, opened when they are first asked for."""
        return api.open_policies(self.folder)

    @property
    def json(self) -> bool:
        """Whether the output is for machines."""
        return self.format == "json"

    def show(self, *reports: "Iterable[Block]", unfold: bool = False) -> None:
        """Print reports, one below the other; with `unfold`, also what is folded."""
        click.echo(self._written(reports, unfold=unfold), nl=False)

    def _written(self, reports: "tuple[Iterable[Block], ...]", *, unfold: bool) -> str:
        if self.format == "html":
            return api.as_html(reports, self.language)
        if self.format == "markdown":
            return "\n".join(api.as_markdown(report, unfold=unfold) for report in reports)
        # Elsewhere than on a terminal the same inputs give the same bytes.
        colour = sys.stdout.isatty()
        width = min(shutil.get_terminal_size((WIDTH, 24)).columns, 110) if colour else WIDTH
        return "\n".join(
            api.as_text(report, width=width, colour=colour, unfold=unfold) for report in reports
        )

    def show_json(self, value: object) -> None:
        """Print JSON."""
        click.echo(api.dumps(value), nl=False)

    def show_each(self, values: "list[Any]", *, one: bool) -> None:
        """Print a list as JSON; where there can only be one, that alone, or nothing."""
        if not one:
            self.show_json(values)
        elif values:
            self.show_json(values[0])

    def say(self, message: Message, *, err: bool = False) -> None:
        """Print a message in a line of its own."""
        click.echo(message.text(self.language), err=err)

    def say_diagnostics(self, diagnostics: Iterable[Diagnostic], *, err: bool = True) -> None:
        """Print diagnostics, to standard error unless they are what was asked for."""
        ordered = in_order(diagnostics)
        text = api.diagnostics_text(ordered[:MAX_SHOWN], self.language) if ordered else ""
        if text:
            click.echo(text, err=err, nl=False)
        if len(ordered) > MAX_SHOWN:
            self.say(say("… and {n} more like these", n=len(ordered) - MAX_SHOWN), err=err)
        if ordered and (sys.stderr if err else sys.stdout).isatty():
            more = say("for more, run `ipcity explain {code}`", code=ordered[0].code.id)
            click.echo(f"{more.text(self.language)}\n", err=err)

    def fail_on(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Print diagnostics and end with status 1 if any of them is an error."""
        self.say_diagnostics(diagnostics)
        if has_errors(diagnostics):
            raise click.exceptions.Exit(1)

    def value(self, result: Result[T]) -> T:
        """Return what a verb gave; where it gave nothing, say why and end."""
        self.fail_on([one for one in result.diagnostics if not api.of_argument(one)])
        refuse(result.diagnostics)
        assert result.value is not None  # INVARIANT: without errors there is a value
        return result.value

    def version(self, name: str) -> "Ref":
        """Return the version or draft that a user named."""
        return self.value(api.find_version(self.policies, name))

    def sheets(self, names: Sequence[str]) -> "list[api.SheetLike]":
        """Return the sheets that a user named; `-` is standard input."""
        if names.count("-") > 1:
            raise Misuse(say("`-` is given twice, and standard input can be read only once"))
        return [api.Given("-", standard_input) if name == "-" else name for name in names]


def surface_with(*formats: str, policies_needed: bool = True) -> Callable[[Body], Body]:
    """Give a command `--policies`, `--lang` and `--format`, and pass it a Surface."""

    def decorate(command: Body) -> Body:
        @policies_option
        @language_option
        @click.option(
            "--format",
            "format_",
            type=click.Choice(list(formats)),
            default="text",
            show_default=True,
            help="The output format.",
        )
        @functools.wraps(command)
        def wrapped(
            *args: Any, policies: Path | None, lang: str | None, format_: str, **options: Any
        ) -> Any:
            surface = Surface(policies, spoken(lang), format_)
            if policies_needed:
                surface.fail_on(surface.policies.closed())
            if policies_needed and not surface.policies.measures():
                surface.fail_on([api.nothing_here(surface.policies.root)])
            return command(*args, surface=surface, **options)

        return wrapped

    return decorate


#: What every command has that says something to a person.
surface = surface_with(*FORMATS)
#: What one has that prints a file, whatever is asked for.
file_surface = surface_with("text", "json")


def refuse(diagnostics: Iterable[Diagnostic]) -> None:
    """Tell of wrong usage where a verb was asked with an argument that means nothing."""
    for one in diagnostics:
        if api.of_argument(one):
            general = one.help == HELP.get(one.code.id)
            raise Misuse(
                one.message
                if general
                else say("{what}; {help}", what=one.message, help=one.help)
            )


def leave(diagnostics: Iterable[Diagnostic]) -> None:
    """End a command with the status that its diagnostics ask for."""
    every = tuple(diagnostics)
    if any(diagnostic.code.id == "N104" for diagnostic in every):
        raise click.exceptions.Exit(2)  # the options name what is not there
    if has_errors(every):
        raise click.exceptions.Exit(1)


def standard_input() -> Result[bytes]:
    """Read standard input as far as any file is read."""
    try:
        if sys.stdin is not None:
            return Result(sys.stdin.buffer.read(api.MAX_BYTES + 1))
        reason = say("it is closed")
    except OSError as error:
        reason = said_by_system(error)
    return api.unreadable("-", reason)
