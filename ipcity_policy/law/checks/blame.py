"""Which change made something wrong, where a draft or a reading changes a version."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import TypeAlias

from ipcity_policy.law.model import Patch
from ipcity_policy.law.patch import at_change, is_new
from ipcity_policy.law.program import Program
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryPath
from ipcity_policy.yaml.schema import LANGUAGES

#: What an entry names.
Uses: TypeAlias = Callable[[EntryKey], Iterable[EntryKey]]


def uses_of(*programs: Program) -> Uses:
    """Return what entries name in one of some programs: what is faulty names nothing now."""
    return lambda key: {one for program in programs for one in program.under(key)}


def blamed(
    found: Iterable[Diagnostic],
    before: Set[Diagnostic],
    patches: Iterable[Patch],
    uses: Uses,
) -> tuple[Diagnostic, ...]:
    """Place what changes made wrong at the changes, and not at the text that they change.

    What was wrong `before`, and what is wrong with the new text itself, stays where it is.
    """
    patches = tuple(patches)
    written = {path: at for patch in patches for path, at in patch.spans.items()}
    if not written:
        return tuple(found)
    changed: dict[EntryKey, Span] = {}
    for path, at in written.items():
        place = EntryPath.parse(path)
        if place is not None and not _of_wording(place):
            changed.pop(place.key, None)  # of two changes of an entry the last one stands
            changed[place.key] = at
    last = [*written.values()][-1]
    return tuple(
        one
        if one in before or is_new(one, patches)
        else at_change(one, _at_fault(one, changed, uses) or last)
        for one in found
    )


def _of_wording(place: EntryPath) -> bool:
    """Tell whether a place only says to readers what it means, and decides nothing."""
    return bool(place.steps) and place.steps[-1].endswith(tuple(f"-{one}" for one in LANGUAGES))


def _at_fault(found: Diagnostic, changed: Mapping[EntryKey, Span], uses: Uses) -> Span | None:
    """Return where the nearest entry is changed that a diagnostic rests on; None for none."""
    for keys in _resting(found, uses):
        spans = [at for key, at in changed.items() if key in keys]
        if spans:
            return spans[-1]
    return None


def _resting(found: Diagnostic, uses: Uses) -> Iterator[Set[EntryKey]]:
    """Yield the entries that a diagnostic rests on, the nearest first.

    Those are what is missing, what it speaks of, what it was found in, and what that names,
    directly and through others.
    """
    yield frozenset(found.missing)
    yield frozenset(found.names)
    seen = {found.subject} if isinstance(found.subject, EntryKey) else set()
    seen |= {*found.names}
    border: Set[EntryKey] = seen
    while border:
        yield border
        border = {one for key in border for one in uses(key)} - seen
        seen = seen | border
