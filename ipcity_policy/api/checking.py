"""Rule files checked and fixed: all that can be said of them without a subject."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ipcity_policy.api.changes import FileChange
from ipcity_policy.api.policies import nothing_here
from ipcity_policy.formats.json.diagnostics import diagnostics_json
from ipcity_policy.formats.sarif import diagnostics_sarif
from ipcity_policy.law.files import is_file, is_folder, whole
from ipcity_policy.law.library import Library
from ipcity_policy.law.reader import child, text_of
from ipcity_policy.law.ref import Ref
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.faults import faults_report
from ipcity_policy.studies.certainty import with_certain_fixes
from ipcity_policy.studies.fixer import Seen, apply_fixes
from ipcity_policy.studies.lints.interpretations import lint_interpretation
from ipcity_policy.studies.lints.lints import LINTS, MEASURE_LINTS
from ipcity_policy.text.diagnostic import Diagnostic, diagnose, in_order
from ipcity_policy.text.message import listed, say
from ipcity_policy.text.nearest import did_you_mean
from ipcity_policy.text.source import Source, Span


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """What was found in rule files; after `fix`, what was fixed and what is left."""

    #: The versions, drafts, measures and interpretations that were looked at, by name.
    names: tuple[str, ...]
    #: What is wrong, in the order of files and places.
    diagnostics: tuple[Diagnostic, ...]
    #: What is fixed; None where that was not asked for.
    fixed: tuple[Diagnostic, ...] | None = None
    #: The files that hold the fixes, once they are written.
    changes: tuple[FileChange, ...] = ()

    def as_json(self, lang: str = "en") -> Any:
        """Return what was found, or what was fixed and what is left, in `en` or `zh`."""
        left = diagnostics_json(self.diagnostics, lang)
        if self.fixed is None:
            return left
        return {"fixed": diagnostics_json(self.fixed, lang), "left": left}

    def as_sarif(self, lang: str = "en") -> Any:
        """Return what was found as a log of SARIF, in `en` or `zh`."""
        return diagnostics_sarif(self.diagnostics, lang)

    def blocks(self, lang: str = "en", *, most: int = 200) -> Iterator[Block]:
        """Yield it as a report with at most so many diagnostics, in `en` or `zh`."""
        fixed = self.fixed or ()
        return faults_report(self.names, self.diagnostics, lang, fixed=fixed, most=most)


def check(policies: Library, paths: Sequence[str | Path] = ()) -> CheckedFiles:
    """Check rule files: folders of policies, measures, versions, drafts or interpretations.

    Without paths it is everything in the policies. A path with nothing to check is a
    diagnostic among the others.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> found = check(policies, ["tests/second_law/berths/2004"])
    >>> found.names, found.diagnostics
    (('berths/2004',), ())
    >>> [one.code.id for one in check(policies, ["nowhere"]).diagnostics]
    ['S101']
    """
    names, seen = look_at(policies, _paths(policies, paths))
    return CheckedFiles(names, seen.diagnostics)


def fix(policies: Library, paths: Sequence[str | Path] = ()) -> CheckedFiles:
    """Check rule files, and find the fixes that are certain, in the files of the paths.

    Nothing is written: `write_fixes` does that. Each fix is made of edits (`Diagnostic.fix`);
    what would do harm elsewhere is not among them.

    >>> from ipcity_policy.api import open_policies
    >>> found = fix(open_policies("tests/second_law"), ["tests/second_law/berths/2004"])
    >>> found.fixed, found.changes
    ((), ())
    """
    wanted = _paths(policies, paths)
    names, seen = look_at(policies, wanted)
    roots = [whole(path) for path in wanted]

    def look(edited: Mapping[Path, bytes]) -> Seen:
        return look_at(Library(policies.root, policies.found, edited), wanted)[1]

    def read(path: Path) -> bytes | None:
        inside = any(whole(path).is_relative_to(root) for root in roots)
        return path.read_bytes() if inside and is_file(path) else None

    fixed = apply_fixes(seen, look, read)
    called = {path: name for name, path in fixed.seen.paths.items()}
    changes = tuple(
        FileChange(path, called[path], fixed.before[path], data)
        for path, data in fixed.after.items()
    )
    return CheckedFiles(names, fixed.seen.diagnostics, fixed.fixed, changes)


def write_fixes(
    policies: Library, found: CheckedFiles, paths: Sequence[str | Path] = ()
) -> CheckedFiles:
    """Write what `fix` found for the same paths; return what is fixed and left then.

    A file that cannot be written, or was changed meanwhile, is a diagnostic, and what was to
    be fixed in it is left.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> paths = ["tests/second_law/berths/2004"]
    >>> write_fixes(policies, fix(policies, paths), paths).diagnostics
    ()
    """
    failed: dict[str, Diagnostic] = {}
    for change in found.changes:
        wrong = change.write()
        if wrong is not None:
            failed[change.name] = wrong
    if not failed:
        return found
    fixed = tuple(d for d in found.fixed or () if d.at.file not in failed)
    again = Library(policies.root, policies.found)  # as the files stand, some of them fixed
    left = look_at(again, _paths(policies, paths))[1].diagnostics
    return replace(found, diagnostics=in_order((*failed.values(), *left)), fixed=fixed)


def look_at(policies: Library, paths: Iterable[Path]) -> tuple[tuple[str, ...], Seen]:
    """Return the names of what was checked at some paths, and what was found.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> names, seen = look_at(policies, [Path("tests/second_law/berths/1998")])
    >>> names, seen.diagnostics
    (('berths/1998',), ())
    """
    diagnostics: list[Diagnostic] = []
    checked: dict[str, None] = {}
    for path in paths:
        found = False
        for name, told in _check(policies, path):
            found = True
            checked[name] = None
            diagnostics += told
        if not found:
            diagnostics.append(_no_rules(policies, path))
    certain = with_certain_fixes(in_order(diagnostics), _texts(policies))
    return tuple(checked), Seen(tuple(certain), policies.paths)


def _paths(policies: Library, paths: Sequence[str | Path]) -> tuple[Path, ...]:
    return tuple(Path(path) for path in paths) or (policies.root,)


def _texts(policies: Library) -> Iterator[str]:
    """Yield what the files that were read say, and where they lie."""
    for name, path in policies.paths.items():
        yield name
        node = policies.document(path).value
        if node is not None:
            yield node.span.source.text


def _no_rules(policies: Library, path: Path) -> Diagnostic:
    """Say why there is nothing to check at a path."""
    at = Span(Source(str(path), ""), 0, 0)
    if not is_file(path) and not is_folder(path):
        return diagnose("S101", say("there is no such file or folder"), at)
    node = policies.document(path).value if is_file(path) else None
    for key, command in (("sheet", "validate"), ("tests", "test")):
        if text_of(node, key) is not None:
            help = say("run `ipcity {command} {path}`", command=command, path=str(path))
            return diagnose("M112", say("this is not a rule file"), at, help=help)
    return nothing_here(path)


def _check(policies: Library, path: Path) -> Iterator[tuple[str, tuple[Diagnostic, ...]]]:
    """Yield what was checked at a path, and what there is to say of it."""
    own = policies.at(path)
    if own is None:
        yield from _interpretation(policies, path)
        return
    policies, refs = own
    closed = policies.closed()
    if closed:
        yield policies.root.name, closed
        return
    newer = {ref.measure: policies.too_new(ref.measure) for ref in refs}
    for ref in refs:
        barred = newer[ref.measure]
        lints = () if barred is not None else LINTS
        told = (told for lint in lints for told in lint(policies, ref))
        yield ref.id, (barred,) if barred is not None else tuple(told)
    for home in (home for home, barred in newer.items() if barred is None):
        if tuple(ref for ref in refs if ref.measure == home) == _all(policies, home):
            yield home.name, tuple(t for lint in MEASURE_LINTS for t in lint(policies, home))


def _interpretation(
    policies: Library, path: Path
) -> Iterator[tuple[str, tuple[Diagnostic, ...]]]:
    """Yield what there is to say of an interpretation, where the path is one."""
    node = policies.document(whole(path)).value if is_file(path) else None
    measure = text_of(node, "interprets")
    own = policies.around(path)
    if measure is None:
        return
    home = own.measure(measure)
    if home is not None:
        yield path.stem, tuple(lint_interpretation(own, whole(path), home))
        return
    at = child(node, "interprets")
    assert at is not None  # INVARIANT: its text was found
    known = [one.name for one in own.measures()]
    help = did_you_mean(measure, known) or say("known names: {names}", names=listed(known))
    message = say("there is no measure `{measure}`", measure=measure)
    yield path.stem, (diagnose("M101", message, at.span, help=help),)


def _all(policies: Library, home: Path) -> tuple[Ref, ...]:
    return (*policies.versions(home), *policies.drafts(home))
