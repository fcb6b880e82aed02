"""`fmt`: rule files, rule tests and sheets in their canonical form."""

from collections.abc import Iterator
from pathlib import Path

import click

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import (
    language_option,
    policies_option,
    say_diagnostics,
    spoken,
    standard_input,
)
from ipcity_policy.law.files import (
    bytes_of,
    closed,
    inside,
    is_folder,
    nothing_in,
    whole,
)
from ipcity_policy.law.formatting import canonical
from ipcity_policy.law.library import open_library, shown
from ipcity_policy.law.writing import write_over
from ipcity_policy.text.diagnostic import Diagnostic, Result, has_errors
from ipcity_policy.text.message import Message, say


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Change nothing; status 1 if a file would change.")
@policies_option
@language_option
def fmt(
    paths: tuple[str, ...], *, check: bool, policies: Path | None, lang: str | None
) -> None:
    """Bring YAML files into canonical form: rule files, rule tests and sheets.

    PATH is a file or a folder with all that is below it; without PATH, the policies. With
    `-`, standard input is written to standard output. Comments, quotes, the order of keys
    and the breaks between lines stay. What a block holds is indented by two spaces, list
    items under their key too; one space follows `:`, `-` and `,`; blank lines are single.
    In sentences words stand one space apart, with brackets only where they are needed.
    """
    language = spoken(lang)
    if "-" in paths:
        if paths != ("-",):
            raise Misuse(say("`-` stands alone"))
        raise click.exceptions.Exit(_stream(language, check=check))
    diagnostics: list[Diagnostic] = []
    changed: dict[Path, tuple[bytes, bytes]] = {}  # what each holds, and what it should
    files = dict.fromkeys(
        file
        for path in paths or (open_library(policies).root,)
        for file in _files(Path(path), diagnostics)
    )
    for file in files:
        read = bytes_of(file, shown(file))
        diagnostics += read.diagnostics
        if read.value is not None:
            result = canonical(shown(file), read.value)
            diagnostics += result.diagnostics
            if result.value is not None and result.value != read.value:
                changed[file] = (read.value, result.value)
    told = list(changed)
    for file in () if check else told.copy():
        wrong = write_over(whole(file), shown(file), *changed[file])  # a link stays one
        if wrong is not None:
            diagnostics.append(wrong)
            told.remove(file)
    say_diagnostics(diagnostics, language)
    for file in told:
        click.echo(_changed(say("{file}", file=shown(file)), check=check).text(language))
    of = say("{n} of 1 file", n=len(told))
    if len(files) != 1:
        of = say("{n} of {all} files", n=len(told), all=len(files))
    click.echo(_changed(of, check=check).text(language))
    if has_errors(diagnostics) or (check and changed):
        raise click.exceptions.Exit(1)


def _changed(what: Message, *, check: bool) -> Message:
    return say("{what} would change", what=what) if check else say("{what} changed", what=what)


def _files(path: Path, diagnostics: list[Diagnostic]) -> Iterator[Path]:
    """Yield the YAML files at or below a path: none that is hidden, and no links."""
    if not is_folder(path):
        if path.suffix.lower() != ".json":  # it has no form of its own here
            yield path
        return
    found: list[Path] = []
    folders = [path]
    barred: list[Diagnostic] = []
    while folders:
        folder = folders.pop()
        told = closed(folder)
        barred += [told] if told is not None else []
        for one in inside(folder):
            if one.name.startswith(".") or one.is_symlink():
                continue
            if is_folder(one):
                folders.append(one)
            elif one.suffix.lower() in (".yaml", ".yml"):
                found.append(one)
    yield from sorted(found)
    diagnostics += barred
    if not found and not barred:
        diagnostics.append(nothing_in(path, say("there are no YAML files here")))


def _stream(language: str, *, check: bool) -> int:
    """Bring standard input into canonical form; return the exit status."""
    data = standard_input()
    result: Result[bytes] = Result(None, data.diagnostics)
    if data.value is not None:
        result = canonical("-", data.value)
    say_diagnostics(result.diagnostics, language)
    if result.value is None:
        return 1
    if check:
        return int(result.value != data.value)
    click.echo(result.value, nl=False)
    return 0
