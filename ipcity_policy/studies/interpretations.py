"""What can be said of an interpretation without a subject: whether it fits what it reads."""

from collections.abc import Iterator
from pathlib import Path

from ipcity_policy.engines.adopting import misfitting
from ipcity_policy.measure.interpretation import Interpretation
from ipcity_policy.measure.library import Library
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import say


def lint_interpretation(library: Library, path: Path, measure: Path) -> Iterator[Diagnostic]:
    """Report all that is wrong with an interpretation of a measure."""
    read = library.interpretation(path, measure)
    yield from read.diagnostics
    if read.value is not None:
        wrong = tuple(misfitting(library, read.value, {}, every=True))
        yield from wrong or _apart(library, read.value)


def _apart(library: Library, one: Interpretation) -> Iterator[Diagnostic]:
    """Report options that cannot hold together, each sound by itself."""
    for name in one.versions:
        ref = library.find(name)
        written = library.program(ref).value if ref is not None else None
        if ref is None or written is None:
            continue
        patches = {
            f"reading {reading}={option}": written.readings[reading].options[option].patch
            for reading, option in one.options_in(written).items()
        }
        patches = {what: patch for what, patch in patches.items() if not patch.empty}
        if patches and library.program(ref, patches).value is None:
            yield diagnose(
                "M160",
                say("these options do not hold together in `{version}`", version=name),
                one.places["options"],
                help=say("follow only one of those that change the same place"),
            )
