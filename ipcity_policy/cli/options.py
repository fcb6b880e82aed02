"""What the commands share: options that mean the same everywhere, and ways in and out."""

import functools
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from ipcity_policy.measure.files import read_bytes
from ipcity_policy.measure.library import Library, open_library
from ipcity_policy.measure.sheet import Sheet
from ipcity_policy.render.as_json import dumps
from ipcity_policy.render.as_text import as_text
from ipcity_policy.render.block import Block
from ipcity_policy.render.reports.diagnostics import diagnostics_text
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose, has_errors, in_order
from ipcity_policy.text.document import MAX_BYTES
from ipcity_policy.text.source import Source, Span

Command = TypeVar("Command", bound=Callable[..., Any])

#: The width of text where there is no terminal to ask.
WIDTH = 88
_SHEETS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Surface:
    """Where a command reads from and how it speaks."""

    library: Library
    language: str
    format: str

    @property
    def json(self) -> bool:
        """Whether the output is for machines."""
        return self.format == "json"

    def show(self, blocks: Iterable[Block]) -> None:
        """Print a report."""
        colour = sys.stdout.isatty()
        width = min(shutil.get_terminal_size((WIDTH, 24)).columns, 110) if colour else WIDTH
        click.echo(as_text(blocks, width=width, colour=colour), nl=False)

    def show_json(self, value: object) -> None:
        """Print JSON."""
        click.echo(dumps(value), nl=False)


def surface(command: Command) -> Command:
    """Give a command `--policies`, `--lang` and `--format`, and pass it a Surface."""

    @click.option(
        "--policies",
        type=click.Path(path_type=Path),
        envvar="IPCITY_POLICIES",
        metavar="DIR",
        help="The folder of policies; else IPCITY_POLICIES, else the one that comes along.",
    )
    @click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        default="en",
        show_default=True,
        help="The language of what is said about the law.",
    )
    @click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="The form of the output.",
    )
    @functools.wraps(command)
    def wrapped(
        *args: Any, policies: Path | None, lang: str, format_: str, **options: Any
    ) -> Any:
        library = open_library(policies)
        if not library.measures():
            fail_on([nothing_here(library.root)])
        return command(*args, surface=Surface(library, lang, format_), **options)

    return wrapped  # type: ignore[return-value]


class Day(click.ParamType[date]):
    """A day, written `2001-05-17`."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        try:
            if len(value) == len("2001-05-17"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        return self.fail(f"`{value}` is not a day; write it as 2001-05-17", param, ctx)


class Pair(click.ParamType[tuple[str, str]]):
    """A name and a value, written `name=value`."""

    name = "name=value"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return the two."""
        if isinstance(value, tuple):
            return value
        name, equals, rest = value.partition("=")
        if not (name and equals and rest):
            self.fail(f"`{value}` is not of the form name=value", param, ctx)
        return name, rest


def say_diagnostics(diagnostics: Iterable[Diagnostic], *, err: bool = True) -> None:
    """Print diagnostics, to standard error unless they are what was asked for."""
    text = diagnostics_text(in_order(diagnostics))
    if text:
        click.echo(text, err=err, nl=False)


def fail_on(diagnostics: Sequence[Diagnostic]) -> None:
    """Print diagnostics and end with status 1 if any of them is an error."""
    say_diagnostics(diagnostics)
    if has_errors(diagnostics):
        raise click.exceptions.Exit(1)


def nothing_here(path: Path) -> Diagnostic:
    """Say that a folder holds nothing of what is asked for."""
    return diagnose(
        "M112",
        "there are no rule files here",
        Span(Source(str(path), ""), 0, 0),
        help="name a folder that holds a measure with its `facts.yaml`",
    )


def read_sheets(library: Library, names: Sequence[str]) -> Iterator[tuple[str, Result[Sheet]]]:
    """Read the sheets that a command names: files, folders of files, `-` for standard input."""
    for name in names:
        if name == "-":
            read = read_bytes("-", sys.stdin.buffer.read(MAX_BYTES + 1))
            if read.value is None:
                yield name, Result(None, read.diagnostics)
                continue
            sheet = library.sheet_of(read.value)
            yield name, Result(sheet.value, read.diagnostics + sheet.diagnostics)
        elif Path(name).is_dir():
            files = sorted(f for f in Path(name).iterdir() if f.suffix in _SHEETS)
            if not files:
                place = Span(Source(name, ""), 0, 0)
                yield name, Result(None, (diagnose("M112", "there are no sheets here", place),))
            for file in files:
                yield str(file), library.sheet(file)
        else:
            yield name, library.sheet(Path(name))
