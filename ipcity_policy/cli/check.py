"""`check`: all that can be said of rule files without a subject."""

from collections.abc import Iterator
from pathlib import Path

import click

from ipcity_policy.cli.options import Surface, nothing_here, say_diagnostics, surface
from ipcity_policy.measure.files import is_file, is_folder
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.reader import text_of
from ipcity_policy.measure.ref import Ref
from ipcity_policy.render.reports.diagnostics import diagnostics_json
from ipcity_policy.studies.faults import decision_faults
from ipcity_policy.studies.folders import misnamed, strays
from ipcity_policy.studies.lints import lint_version, lint_vocabulary
from ipcity_policy.studies.publication import lint_published
from ipcity_policy.studies.versions import lint_times
from ipcity_policy.text.codes import Severity
from ipcity_policy.text.diagnostic import Diagnostic, diagnose, has_errors, in_order
from ipcity_policy.text.source import Source, Span


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@surface
def check(surface: Surface, paths: tuple[Path, ...]) -> None:
    """Check rule files: a folder of policies, a measure, a version or a draft.

    Without PATH, everything in the policies is checked.
    """
    diagnostics: list[Diagnostic] = []
    checked: dict[str, None] = {}
    for path in paths or (surface.library.root,):
        found = False
        for name, told in _check(surface.library, path):
            found = True
            checked[name] = None
            diagnostics += told
        if not found:
            diagnostics.append(_no_rules(surface.library, path))
    ordered = in_order(diagnostics)
    if surface.json:
        surface.show_json(diagnostics_json(ordered))
    else:
        say_diagnostics(ordered, err=False)
        counts = {s: sum(d.severity is s for d in ordered) for s in Severity}
        said = ", ".join(f"{n} {s}{'s' if n != 1 else ''}" for s, n in counts.items() if n)
        click.echo(f"{', '.join(checked) or 'nothing'} checked: {said or 'nothing wrong'}")
    if has_errors(ordered):
        raise click.exceptions.Exit(1)


def _no_rules(library: Library, path: Path) -> Diagnostic:
    """Say why there is nothing to check at a path."""
    if not is_file(path) and not is_folder(path):
        message = "there is no such file or folder"
        return diagnose("S101", message, Span(Source(str(path), ""), 0, 0))
    node = library.document(path).value if is_file(path) else None
    for key, mend in (("sheet", "validate"), ("tests", "test")):
        if text_of(node, key) is not None:
            message, at = "this is no rule file", Span(Source(str(path), ""), 0, 0)
            return diagnose("M112", message, at, help=f"run `ipcity {mend} {path}`")
    return nothing_here(path)


def _check(library: Library, path: Path) -> Iterator[tuple[str, tuple[Diagnostic, ...]]]:
    """Yield what was checked at a path, and what there is to say of it."""
    own = library.at(path)
    if own is None:
        return
    library, refs = own
    for ref in refs:
        yield (
            ref.id,
            (
                *library.program(ref).diagnostics,
                *decision_faults(library, ref),
                *lint_version(library, ref),
                *misnamed(library, ref),
                *lint_published(library, ref),
            ),
        )
    for home in dict.fromkeys(ref.measure for ref in refs):
        whole = tuple(ref for ref in refs if ref.measure == home) == _all(library, home)
        if whole:
            yield (
                home.name,
                (
                    *library.sources(home).diagnostics,
                    *lint_times(library, home),
                    *strays(library, home),
                    *lint_vocabulary(library, _all(library, home)),
                ),
            )


def _all(library: Library, home: Path) -> tuple[Ref, ...]:
    return (*library.versions(home), *library.drafts(home))
