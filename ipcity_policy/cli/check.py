"""`check`: all that can be said of rule files without a subject."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import click

from ipcity_policy.cli.misuse import Misuse
from ipcity_policy.cli.options import (
    FORMATS,
    MAX_SHOWN,
    Surface,
    nothing_here,
    say_diagnostics,
    surface_with,
)
from ipcity_policy.formats.json.diagnostics import diagnostics_json
from ipcity_policy.formats.sarif import diagnostics_sarif
from ipcity_policy.law.files import is_file, is_folder, whole
from ipcity_policy.law.library import Library
from ipcity_policy.law.reader import child, text_of
from ipcity_policy.law.ref import Ref
from ipcity_policy.law.writing import write_over
from ipcity_policy.report.reports.diagnostics import fixes_text
from ipcity_policy.report.reports.faults import faults_report
from ipcity_policy.studies.certainty import with_certain_fixes
from ipcity_policy.studies.fixer import Seen, mend
from ipcity_policy.studies.lints.branches import lint_branches
from ipcity_policy.studies.lints.completeness import decision_faults
from ipcity_policy.studies.lints.folders import misnamed, strays
from ipcity_policy.studies.lints.interpretations import lint_interpretation
from ipcity_policy.studies.lints.limits import lint_limits
from ipcity_policy.studies.lints.publication import lint_published
from ipcity_policy.studies.lints.unused import lint_version, lint_vocabulary
from ipcity_policy.studies.lints.version_sequence import lint_times
from ipcity_policy.studies.lints.wordings import each_wording
from ipcity_policy.text.codes import Severity
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    diagnose,
    did_you_mean,
    has_errors,
    in_order,
)
from ipcity_policy.text.message import Message, listed, say, say_of
from ipcity_policy.text.source import Source, Span


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--fix",
    is_flag=True,
    help="Make the edits that are certain, in the files of PATH; what is left is shown.",
)
@surface_with(*FORMATS, "sarif")
def check(surface: Surface, paths: tuple[Path, ...], *, fix: bool) -> None:
    """Check rule files: a folder of policies, a measure, a version or a draft.

    Without PATH, everything in the policies is checked.
    """
    if fix and not paths and surface.library.found == "installed":
        raise Misuse(say("name the folder to mend; the installed policies stay as they are"))
    paths = paths or (surface.library.root,)
    checked, seen = look_at(surface.library, paths)
    fixed: tuple[Diagnostic, ...] = ()
    if fix:
        fixed, seen = _mend(surface.library, paths, seen)
    left = seen.diagnostics
    match surface.format:
        case "json":
            found = diagnostics_json(left, surface.language)
            surface.show_json(
                {"fixed": diagnostics_json(fixed, surface.language), "left": found}
                if fix
                else found
            )
        case "sarif":
            surface.show_json(diagnostics_sarif(left, surface.language))
        case "markdown" | "html":
            report = faults_report(
                checked, left, surface.language, mended=fixed, most=MAX_SHOWN
            )
            surface.show(report)
        case _:
            _say(checked, fixed if fix else None, left, surface.language)
    if has_errors(left):
        raise click.exceptions.Exit(1)


def _say(
    checked: tuple[str, ...],
    fixed: tuple[Diagnostic, ...] | None,
    left: tuple[Diagnostic, ...],
    language: str,
) -> None:
    """Print what was mended, None where that was not asked for, what is left, and a sum."""
    click.echo(fixes_text(fixed or (), language), nl=False)
    say_diagnostics(left, language, err=False)
    counts = {s: sum(d.severity is s for d in left) for s in Severity}
    found = [say("{n} mended", n=len(fixed))] if fixed is not None else []
    found += [_counted(severity, n) for severity, n in counts.items() if n]
    if not left:
        found.append(say("nothing wrong"))
    told = [say("nothing checked: {found}", found=tuple(found))]
    if checked:
        what = tuple(say("{version}", version=one) for one in checked)
        told = [say("{what} checked: {found}", what=what, found=tuple(found))]
    offered = sum(d.fix is not None for d in left)
    if offered and fixed is None:
        told.append(say("with `--fix`, {n} of them can be mended", n=offered))
    elif offered:  # a fix whose effect cannot be told yet is not made
        told.append(
            say("{n} of them can be mended with `--fix` once the others are", n=offered)
        )
    for one in told:
        click.echo(one.text(language))


def _counted(severity: Severity, n: int) -> Message:
    match severity:
        case Severity.ERROR:
            return say_of(n, "1 error", "{n} errors")
        case Severity.WARNING:
            return say_of(n, "1 warning", "{n} warnings")
        case Severity.HINT:
            return say_of(n, "1 hint", "{n} hints")


def look_at(library: Library, paths: Iterable[Path]) -> tuple[tuple[str, ...], Seen]:
    """Return what was checked, and what was found."""
    diagnostics: list[Diagnostic] = []
    checked: dict[str, None] = {}
    for path in paths:
        found = False
        for name, told in _check(library, path):
            found = True
            checked[name] = None
            diagnostics += told
        if not found:
            diagnostics.append(_no_rules(library, path))
    certain = with_certain_fixes(in_order(diagnostics), _texts(library))
    return tuple(checked), Seen(tuple(certain), library.paths)


def _texts(library: Library) -> Iterator[str]:
    """Yield what the files that were read say, and where they lie."""
    for name, path in library.paths.items():
        yield name
        node = library.document(path).value
        if node is not None:
            yield node.span.source.text


def _mend(
    library: Library, paths: tuple[Path, ...], seen: Seen
) -> tuple[tuple[Diagnostic, ...], Seen]:
    """Mend the files of some paths by what was seen; return what was mended, what is left."""
    roots = [whole(path) for path in paths]

    def look(edited: Mapping[Path, bytes]) -> Seen:
        return look_at(Library(library.root, library.found, edited), paths)[1]

    def read(path: Path) -> bytes | None:
        inside = any(whole(path).is_relative_to(root) for root in roots)
        return path.read_bytes() if inside and is_file(path) else None

    mended = mend(seen, look, read)
    names = {path: name for name, path in mended.seen.paths.items()}
    failed: dict[str, Diagnostic] = {}
    for path, data in mended.after.items():
        wrong = write_over(whole(path), names[path], mended.before[path], data)
        if wrong is not None:
            failed[names[path]] = wrong
    if not failed:
        return mended.fixed, mended.seen
    fixed = tuple(d for d in mended.fixed if d.at.source.name not in failed)
    seen = look({})  # as the files stand, some of them mended
    return fixed, replace(seen, diagnostics=in_order((*failed.values(), *seen.diagnostics)))


def _no_rules(library: Library, path: Path) -> Diagnostic:
    """Say why there is nothing to check at a path."""
    if not is_file(path) and not is_folder(path):
        message = say("there is no such file or folder")
        return diagnose("S101", message, Span(Source(str(path), ""), 0, 0))
    node = library.document(path).value if is_file(path) else None
    for key, command in (("sheet", "validate"), ("tests", "test")):
        if text_of(node, key) is not None:
            message, at = say("this is no rule file"), Span(Source(str(path), ""), 0, 0)
            return diagnose(
                "M112",
                message,
                at,
                help=say("run `ipcity {command} {path}`", command=command, path=str(path)),
            )
    return nothing_here(path)


def _check(library: Library, path: Path) -> Iterator[tuple[str, tuple[Diagnostic, ...]]]:
    """Yield what was checked at a path, and what there is to say of it."""
    own = library.at(path)
    if own is None:
        yield from _interpretation(library, path)
        return
    library, refs = own
    closed = library.closed()
    if closed:
        yield library.root.name, closed
        return
    for ref in refs:
        yield (
            ref.id,
            (
                *library.program(ref).diagnostics,
                *decision_faults(library, ref),
                *each_wording(library, ref, lint_limits),
                *each_wording(library, ref, lint_branches),
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
                    *(
                        told
                        for one in library.interpretations(home)
                        for told in lint_interpretation(library, one, home)
                    ),
                    *lint_times(library, home),
                    *strays(library, home),
                    *lint_vocabulary(library, _all(library, home)),
                ),
            )


def _interpretation(
    library: Library, path: Path
) -> Iterator[tuple[str, tuple[Diagnostic, ...]]]:
    """Yield what there is to say of an interpretation, where the path is one."""
    node = library.document(whole(path)).value if is_file(path) else None
    measure = text_of(node, "interprets")
    own = library.around(path)
    if measure is None:
        return
    home = own.measure(measure)
    if home is not None:
        yield path.stem, tuple(lint_interpretation(own, whole(path), home))
        return
    at = child(node, "interprets")
    assert at is not None  # INVARIANT: its text was found
    known = [one.name for one in own.measures()]
    mend = did_you_mean(measure, known) or say("there is {names}", names=listed(known))
    message = say("there is no measure `{measure}`", measure=measure)
    yield path.stem, (diagnose("M101", message, at.span, help=mend),)


def _all(library: Library, home: Path) -> tuple[Ref, ...]:
    return (*library.versions(home), *library.drafts(home))
