"""What can be said of an interpretation without a subject: whether it fits what it reads."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from ipcity_policy.law.checks.readings import check_together
from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.library import Library
from ipcity_policy.questions.interpretations import misfitting
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span


def lint_interpretation(library: Library, path: Path, measure: Path) -> Iterator[Diagnostic]:
    """Report all that is wrong with an interpretation of a measure."""
    read = library.interpretation(path, measure)
    yield from read.diagnostics
    if read.value is not None:
        wrong = tuple(misfitting(library, read.value, {}, every=True))
        yield from wrong or _apart(library, read.value)


def _apart(library: Library, one: Interpretation) -> Iterator[Diagnostic]:
    """Report options that cannot hold together, each sound by itself."""
    found: dict[Span, Diagnostic] = {}
    for name in one.versions:
        ref = library.find(name)
        written = library.program(ref).value if ref is not None else None
        if ref is None or written is None:
            continue
        options = {
            id: written.readings[id].options[option]
            for id, option in one.options_in(written).items()
        }
        alone = [
            replace(written.readings[id], options={option.id: option})
            for id, option in options.items()
        ]
        clashes = [
            (clash.message, one.places[f"{second.id}={one.options[second.id]}"])
            for first, second in combinations(alone, 2)
            for clash in check_together((first, second))
        ]
        patches = {
            f"reading {id}={option.id}": option.patch
            for id, option in options.items()
            if not option.patch.empty
        }
        if not clashes and patches and library.program(ref, patches).value is None:
            apart = say("these options do not hold together in `{version}`", version=name)
            clashes = [(apart, one.places["options"])]
        for says, at in clashes:
            help = say("leave one of them out, or let the options agree")
            found.setdefault(at, diagnose("M160", says, at, help=help))
    yield from found.values()
