"""What the commands share: options that mean the same everywhere, and ways in and out."""

import functools
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import click

from ipcity_policy.cli.misuse import BadValue, Misuse
from ipcity_policy.formats.html import as_html
from ipcity_policy.formats.json.parts import dumps
from ipcity_policy.formats.markdown import as_markdown
from ipcity_policy.formats.text import as_text
from ipcity_policy.law.files import inside, is_folder, nothing_in, read_bytes, whole
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.ref import Ref
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.diagnostics import diagnostics_text
from ipcity_policy.sheet.reader import open_sheet, sheet_from
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.catalogue import languages
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    did_you_mean,
    has_errors,
    in_order,
)
from ipcity_policy.text.message import all_of, listed, said_by_system, say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Node
from ipcity_policy.yaml.reader import MAX_BYTES

Command = TypeVar("Command", bound=Callable[..., Any])

#: The width of text where there is no terminal to ask.
WIDTH = 88
#: How many diagnostics are printed before the rest is counted.
MAX_SHOWN = 200
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

    def show(self, *reports: Iterable[Block], unfold: bool = False) -> None:
        """Print reports, one below the other; with `unfold`, also what is folded."""
        click.echo(self._written(reports, unfold=unfold), nl=False)

    def _written(self, reports: tuple[Iterable[Block], ...], *, unfold: bool) -> str:
        if self.format == "html":
            return as_html(reports, self.language)
        if self.format == "markdown":
            return "\n".join(as_markdown(report, unfold=unfold) for report in reports)
        # Elsewhere than on a terminal the same inputs give the same bytes.
        colour = sys.stdout.isatty()
        width = min(shutil.get_terminal_size((WIDTH, 24)).columns, 110) if colour else WIDTH
        return "\n".join(
            as_text(report, width=width, colour=colour, unfold=unfold) for report in reports
        )

    def show_json(self, value: object) -> None:
        """Print JSON."""
        click.echo(dumps(value), nl=False)


policies_option = click.option(
    "--policies",
    type=click.Path(path_type=Path),
    envvar="IPCITY_POLICIES",
    metavar="DIR",
    help="The folder of policies; else IPCITY_POLICIES, else the one that comes along.",
)


language_option = click.option(
    "--lang",
    type=click.Choice(languages()),
    help="The language of all that is said; else that of IPCITY_LANG, else en.",
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


def surface_with(*formats: str, policies_needed: bool = True) -> Callable[[Command], Command]:
    """Give a command `--policies`, `--lang` and `--format`, and pass it a Surface."""

    def decorate(command: Command) -> Command:
        @policies_option
        @language_option
        @click.option(
            "--format",
            "format_",
            type=click.Choice(list(formats)),
            default="text",
            show_default=True,
            help="The form of the output.",
        )
        @functools.wraps(command)
        def wrapped(
            *args: Any, policies: Path | None, lang: str | None, format_: str, **options: Any
        ) -> Any:
            library = open_library(policies)
            surface = Surface(library, spoken(lang), format_)
            if policies_needed:
                fail_on(library.closed(), surface.language)
            if policies_needed and not library.measures():
                fail_on([nothing_here(library.root)], surface.language)
            return command(*args, surface=surface, **options)

        return wrapped  # type: ignore[return-value]

    return decorate


#: The formats in which every report is said.
FORMATS = ("text", "json", "markdown", "html")
#: What every command has that says something to a person.
surface = surface_with(*FORMATS)
#: What one has that prints a file, whatever is asked for.
file_surface = surface_with("text", "json")


class DayParam(click.ParamType[date]):
    """A day, written `2001-05-17`."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        try:
            if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        wrong = say("`{value}` is not a day; write it as `2001-05-17`", value=value)
        raise BadValue(wrong, ctx, param)


class DaysParam(click.ParamType[int]):
    """A number of days, written `90`."""

    name = "days"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number."""
        if isinstance(value, int):
            return value
        if re.fullmatch("[0-9]{1,5}", value):
            return int(value)
        wrong = say("`{value}` is not a number of days; write it as `90`", value=value)
        raise BadValue(wrong, ctx, param)


class PairParam(click.ParamType[tuple[str, str]]):
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
            raise BadValue(
                say("`{value}` is not of the form `name=value`", value=value), ctx, param
            )
        return name, rest


_READING = (
    click.option(
        "--reading",
        "readings",
        type=PairParam(),
        multiple=True,
        metavar="READING=OPTION",
        help="Read a doubtful place in another way; may be given again.",
    ),
    click.option(
        "--interpretation",
        "interpretations",
        multiple=True,
        metavar="NAME",
        help="Follow the readings that an office has adopted; a reading chosen goes before.",
    ),
)


def reading(command: Command) -> Command:
    """Add the options that choose how doubtful places are read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def choosing(command: Command) -> Command:
    """Add the options that choose readings and values, and what is only assumed."""
    options = (
        *_READING,
        click.option(
            "--set",
            "parameters",
            type=PairParam(),
            multiple=True,
            metavar="PARAMETER=VALUE",
            help="Try another value of a parameter; may be given again.",
        ),
        click.option("--strict", is_flag=True, help="Leave unknown what is only assumed."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def find_version(library: Library, name: str, *, drafts: bool = True) -> Ref:
    """Find a version or draft by the name a user gave; wrong usage where it names no one."""
    what = say("version or draft") if drafts else say("version")
    found = [ref for ref in library.named(name) if drafts or not ref.is_draft]
    if len(found) == 1:
        return found[0]
    names = [one for one in library.names() if drafts or not _is_draft(library, one)]
    if found:
        several = all_of(ref.id for ref in found)
        raise Misuse(
            say("`{name}` may mean {several}; write one of them", name=name, several=several)
        )
    near = did_you_mean(name, names) or say("there is {names}", names=listed(names))
    raise Misuse(say("there is no {what} `{name}`; {mend}", what=what, name=name, mend=near))


def newest(library: Library) -> list[Ref]:
    """Return all versions, the one that came into force last first."""
    refs = [ref for home in library.measures() for ref in library.versions(home)]
    return sorted(refs, key=lambda ref: _since(library, ref), reverse=True)


def _since(library: Library, ref: Ref) -> date:
    version = library.version(ref).value
    in_force = version.in_force if version is not None else None
    return in_force.since if in_force is not None else date.min


def _is_draft(library: Library, name: str) -> bool:
    return any(ref.is_draft for ref in library.named(name))


def once(pairs: tuple[tuple[str, str], ...], option: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of which none was given twice."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise Misuse(say("`{option} {name}=…` is given twice", option=option, name=name))
    return pairs


def leave(diagnostics: Iterable[Diagnostic]) -> None:
    """End a command with the status that its diagnostics ask for."""
    every = tuple(diagnostics)
    if any(diagnostic.code.id == "N104" for diagnostic in every):
        raise click.exceptions.Exit(2)  # the options name what is not there
    if has_errors(every):
        raise click.exceptions.Exit(1)


def say_diagnostics(
    diagnostics: Iterable[Diagnostic], language: str, *, err: bool = True
) -> None:
    """Print diagnostics, to standard error unless they are what was asked for."""
    ordered = in_order(diagnostics)
    text = diagnostics_text(ordered[:MAX_SHOWN], language)
    if text:
        click.echo(text, err=err, nl=False)
    if len(ordered) > MAX_SHOWN:
        more = say("… and {n} more like these", n=len(ordered) - MAX_SHOWN)
        click.echo(more.text(language), err=err)
    if ordered and (sys.stderr if err else sys.stdout).isatty():
        more = say("`ipcity explain {code}` tells more", code=ordered[0].code.id)
        click.echo(f"{more.text(language)}\n", err=err)


def fail_on(diagnostics: Sequence[Diagnostic], language: str) -> None:
    """Print diagnostics and end with status 1 if any of them is an error."""
    say_diagnostics(diagnostics, language)
    if has_errors(diagnostics):
        raise click.exceptions.Exit(1)


def nothing_here(path: Path) -> Diagnostic:
    """Say that a folder holds nothing of what is asked for."""
    mend = say("name a folder that holds a measure with its `facts.yaml`")
    return nothing_in(path, say("there are no rule files here"), mend)


def standard_input() -> Result[bytes]:
    """Read standard input as far as any file is read."""
    try:
        if sys.stdin is not None:
            return Result(sys.stdin.buffer.read(MAX_BYTES + 1))
        reason = say("it is closed")
    except OSError as error:
        reason = said_by_system(error)
    message = say("the file cannot be read: {said}", said=reason)
    return Result(None, (diagnose("S101", message, Span(Source("-", ""), 0, 0)),))


def read_sheets(library: Library, names: Sequence[str]) -> Iterator[tuple[str, Result[Sheet]]]:
    """Read the sheets that a command names: files, folders of files, `-` for standard input."""
    if names.count("-") > 1:
        raise Misuse(say("`-` is given twice, and standard input can be read only once"))
    for name in names:
        if name == "-":
            data = standard_input()
            read: Result[Node] = Result(None, data.diagnostics)
            if data.value is not None:
                read = read_bytes("-", data.value)
            if read.value is None:
                yield name, Result(None, read.diagnostics)
                continue
            sheet = sheet_from(library, read.value)
            yield name, Result(sheet.value, read.diagnostics + sheet.diagnostics)
        elif is_folder(Path(name)):
            files = [f for f in inside(Path(name)) if f.suffix in _SHEETS]
            if not files:
                missing = nothing_in(Path(name), say("there are no sheets here"))
                yield name, Result(None, (missing,))
            for file in files:
                yield str(file), open_sheet(library, file, whole(Path(name)))
        else:
            yield name, open_sheet(library, Path(name))
