"""What is looked for in rule files, in tables: a check or lint is a function and a row here.

What a version itself must know to become a Program is checked in `law/checks`; the first row
hands that on.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from ipcity_policy.law.files import FACTS_FILE
from ipcity_policy.law.language import too_old
from ipcity_policy.law.library import Library
from ipcity_policy.law.ref import Ref
from ipcity_policy.studies.lints.branches import lint_branches
from ipcity_policy.studies.lints.completeness import decision_faults
from ipcity_policy.studies.lints.folders import misnamed, strays
from ipcity_policy.studies.lints.interpretations import lint_interpretation
from ipcity_policy.studies.lints.limits import lint_limits
from ipcity_policy.studies.lints.publication import lint_published
from ipcity_policy.studies.lints.unused import lint_version, lint_vocabulary
from ipcity_policy.studies.lints.version_sequence import lint_times
from ipcity_policy.studies.lints.wordings import each_wording
from ipcity_policy.text.diagnostic import Diagnostic

#: What can be said of a version or draft.
Lint: TypeAlias = Callable[[Library, Ref], Iterable[Diagnostic]]
#: What can be said of a measure, by its folder, whose versions and drafts are all looked at.
MeasureLint: TypeAlias = Callable[[Library, Path], Iterable[Diagnostic]]


def _program(library: Library, ref: Ref) -> Iterable[Diagnostic]:
    """Hand on what the checker found on the way to a Program."""
    return library.program(ref).diagnostics


def _limits(library: Library, ref: Ref) -> Iterable[Diagnostic]:
    """Report limits that nothing can pass or miss."""
    return each_wording(library, ref, lint_limits)


def _branches(library: Library, ref: Ref) -> Iterable[Diagnostic]:
    """Report conditions that are asked twice, or that contradict one another."""
    return each_wording(library, ref, lint_branches)


def _language(library: Library, measure: Path) -> Iterator[Diagnostic]:
    """Report a measure that names no language, or one that is not the newest."""
    told = too_old(library.document(measure / FACTS_FILE).value)
    yield from () if told is None else (told,)


def _sources(library: Library, measure: Path) -> Iterable[Diagnostic]:
    """Hand on what is wrong with the list of sources."""
    return library.sources(measure).diagnostics


def _interpretations(library: Library, measure: Path) -> Iterator[Diagnostic]:
    """Report what is wrong with the interpretations kept with a measure."""
    for path in library.interpretations(measure):
        yield from lint_interpretation(library, path, measure)


def _vocabulary(library: Library, measure: Path) -> Iterable[Diagnostic]:
    """Report facts and events that no version or draft uses."""
    return lint_vocabulary(library, (*library.versions(measure), *library.drafts(measure)))


LINTS: tuple[Lint, ...] = (
    _program,
    decision_faults,
    _limits,
    _branches,
    lint_version,
    misnamed,
    lint_published,
)

MEASURE_LINTS: tuple[MeasureLint, ...] = (
    _language,
    _sources,
    _interpretations,
    lint_times,
    strays,
    _vocabulary,
)
