"""Change a version as written: the one mechanism behind drafts, readings and `--set`.

A path names a place as `kind.name` and keys below it; the rows of a decision are named by
their outcome: `decisions.grade.pass.when`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from ipcity_policy.law.change import Change, ChangeKind, of_names
from ipcity_policy.law.model import TIME, Patch
from ipcity_policy.law.reader import (
    Entry,
    Version,
    changed_origin,
    origin_of,
    read_time,
    text_of,
)
from ipcity_policy.law.schemas.rules import DECISION, IN_FORCE, KINDS
from ipcity_policy.text.diagnostic import Diagnostic, Related, Result, diagnose, has_errors
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import Message, quoted, say
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryKind, EntryPath
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence
from ipcity_policy.yaml.schema import is_name, written
from ipcity_policy.yaml.validate import bad_name, conform

#: The keys of a decision that hold its rows, which a path may name or leave out.
_ROWS = ("bands", "outcomes")
_DECISION_KEYS = {name for key in DECISION.keys for name in written(key)} - {*_ROWS}


def apply_patch(version: Version, patch: Patch, draft: str | None = None) -> Result[Version]:
    """Return the version with the patch applied; `draft` is the draft that wrote it."""
    entries, time = dict(version.entries), version.time
    doubled = tuple(_doubled(patch))
    diagnostics = [_twice(outer, inner) for outer, inner in doubled]
    left = {(inner.how, inner.path) for _, inner in doubled}
    for change in _changes(patch):
        if (change.how, change.path) in left:
            continue
        if change.steps[0] == TIME:
            time = _change_time(change, time, diagnostics, draft)
        else:
            diagnostics += _carry_out(change, version, entries, draft)
    for key in patch.entries:
        entry = entries.get(key)
        if entry is not None and entry is not version.entries.get(key):
            found = conform(entry.node, KINDS[entry.kind])
            diagnostics += (one.found_in(key) for one in found)
    version = replace(version, entries=MappingProxyType(entries))
    if time is not version.time:
        version, wrong = _at_another_time(version, time, patch)
        diagnostics += wrong
    return Result(version, tuple(diagnostics))


def changes_time(patch: Patch) -> bool:
    """Tell whether a patch changes when a version is in force, or which day chooses it."""
    return patch.moves_time or any(
        place.key.kind is EntryKind.DECISION and place.steps[-1:] == ("governed-by",)
        for place in patch.places
    )


def places(patch: Patch) -> Iterator[tuple[tuple[str, ...], Change]]:
    """Yield each change of a patch with the steps to its place, written alike for all."""
    for change in _changes(patch):
        yield _place(change), change


def _changes(patch: Patch) -> Iterator[Change]:
    for path, (node, at) in patch.change.items():
        yield Change(path, at, "change", node)
    for path, (node, at) in patch.add.items():
        for one in _one_by_one(node):
            yield Change(path, at, "add", one)
    for path, at in patch.repeal.items():
        yield Change(path, at, "repeal", None)


def _one_by_one(node: Node) -> Iterator[Node]:
    """Yield what is added: of a list of names each for itself, for a list takes in items."""
    if isinstance(node, Sequence) and node.items and of_names(node):
        yield from (replace(node, items=(item,)) for item in node.items)
    else:
        yield node


def _doubled(patch: Patch) -> Iterator[tuple[Change, Change]]:
    """Yield each change of a place that another changes too, after that other."""
    placed = sorted(places(patch), key=lambda one: (one[0], one[1].at.start))
    outer: tuple[tuple[str, ...], Change] | None = None
    for place, inner in placed:  # INVARIANT: what lies inside a place is sorted after it
        if outer is not None and place[: len(outer[0])] == outer[0]:
            yield outer[1], inner
        else:
            outer = place, inner


_DONE: Mapping[ChangeKind, Message] = MappingProxyType(
    {"change": say("changed"), "add": say("added"), "repeal": say("repealed")}
)


def _twice(outer: Change, inner: Change) -> Diagnostic:
    """Say that a place is changed twice, so that the order would decide."""
    first, again = sorted((outer, inner), key=lambda one: one.at.start)
    message = say("`{path}` is changed twice", path=again.path)
    if _place(outer) != _place(inner):
        done = _DONE[outer.how]
        message = say(
            "`{path}` lies inside `{outer}`, which is {done} as a whole",
            path=inner.path,
            outer=outer.path,
            done=done,
        )
    related = (Related(first.at, say("the other one is written here")),)
    return diagnose("M123", message, again.at, help=say("keep one of the two"), related=related)


def _place(change: Change) -> tuple[str, ...]:
    """Return the steps of a path, with those to a row of a decision always written alike.

    What a list takes in has a place of its own in it, as what it gives up has.
    """
    kind, *rest = change.steps
    item: tuple[str, ...] = ()
    if change.how == "add" and isinstance(change.new, Sequence):
        item = tuple(one.text for one in change.new.items[:1] if isinstance(one, Scalar))
    if kind != EntryKind.DECISION or len(rest) < 2 or rest[1] in _DECISION_KEYS:
        return (*change.steps, *item)
    below = rest[2:] if rest[1] in _ROWS else rest[1:]
    return (kind, rest[0], "rows", *below, *item)


def _carry_out(
    change: Change, version: Version, entries: dict[EntryKey, Entry], draft: str | None
) -> list[Diagnostic]:
    """Carry out one change on some entries of a version; return what is wrong with it."""
    place = EntryPath.parse(change.path)
    if place is None or place.key.kind not in KINDS or not all(change.steps):
        return [_nowhere(change)]
    key, below = place.key, list(place.steps)
    entry = entries.get(key)
    takes_in = key.kind is EntryKind.PARAMETER and isinstance(change.new, Sequence)
    if change.how == "add" and not below and not (entry is not None and takes_in):
        if entry is not None:
            return [change.exists()]
        added, wrong = _added(change, key, version, draft)
        entries[key] = added
        return wrong
    if entry is None:
        return [change.missing(key.id, [one.id for one in entries if one.kind is key.kind])]
    if change.how == "repeal" and not below:
        del entries[key]
        return []
    if key.kind is EntryKind.PARAMETER and isinstance(entry.node, document.Mapping):
        below = _in_its_value(change, entry.node, below)
    changed = change.edit(entry.node, tuple(below))
    if isinstance(changed, Diagnostic):
        return [changed]
    diagnostics: list[Diagnostic] = []
    if changed == entry.node:
        diagnostics.append(_idle(change))
    origin = changed_origin(version, entry, changed, diagnostics)
    origin = replace(origin, drafted_by=draft or origin.drafted_by)
    entries[key] = replace(entry, node=changed, origin=origin)
    return diagnostics


def _in_its_value(change: Change, block: document.Mapping, below: list[str]) -> list[str]:
    """Return the steps below a parameter that is written as a block.

    What names none of its keys, and a new value that is no block itself, is meant of its value.
    """
    whole = not below and not isinstance(change.new, document.Mapping)
    item = bool(below) and change.how == "repeal" and block.get(below[0]) is None
    return ["value", *below] if whole or item else below


def _change_time(
    change: Change, time: Node | None, diagnostics: list[Diagnostic], draft: str | None
) -> Node | None:
    """Return the time in force as written, with one change carried out."""
    if draft is not None:
        message = say(
            "a draft is never in force, so it cannot change `{path}`", path=change.path
        )
        help = say("state it in `measure.yaml` of the version, in a reading if it is doubtful")
        diagnostics.append(diagnose("M102", message, change.at, help=help))
        return time
    if time is None:
        return None  # that it is missing was said where it belongs
    changed: Node | Diagnostic = _nowhere(change)
    if change.how == "change" or len(change.steps) > 1:
        changed = change.edit(time, change.steps[1:])
    if isinstance(changed, Diagnostic):
        diagnostics.append(changed)
        return time
    if changed == time:
        diagnostics.append(_idle(change))
    return changed


def _idle(change: Change) -> Diagnostic:
    help = say("delete it, or write what should stand there instead")
    message = say("`{path}` says this already", path=change.path)
    return diagnose("M104", message, change.at, help=help, names=change.entries)


def _at_another_time(
    version: Version, time: Node | None, patch: Patch
) -> tuple[Version, tuple[Diagnostic, ...]]:
    """Return a version with another time in force; a draft is in force on no day still."""
    found: list[Diagnostic] = []
    wrong = () if time is None else tuple(conform(time, IN_FORCE))
    in_force = read_time(time, found) if not has_errors(wrong) else None
    if version.amends is not None:
        in_force = None
    last = [at for path, at in patch.spans.items() if path.split(".")[0] == TIME][-1]
    placed = (
        one if is_new(one, (patch,)) else at_change(one, last) for one in (*wrong, *found)
    )
    return replace(version, time=time, in_force=in_force), tuple(placed)


def _added(
    change: Change, key: EntryKey, version: Version, draft: str | None
) -> tuple[Entry, list[Diagnostic]]:
    """Return a new entry, and what is wrong with its name or its provision."""
    node, at = change.new, change.at
    assert node is not None  # INVARIANT: what is added says something
    diagnostics: list[Diagnostic] = []
    if not is_name(key.id):
        diagnostics.append(bad_name(Scalar(key.id, at)))
    if text_of(node, "provision") is None:
        message = say("what is added belongs to no provision")
        help = say("add `provision:` with the article it belongs to")
        diagnostics.append(diagnose("M114", message, at, help=help))
    origin = origin_of(node, "", version.provisions, diagnostics)
    home = origin.provision
    origin = replace(origin, drafted_by=draft)
    return Entry(key.kind, key.id, node, origin, home, at), diagnostics


def _nowhere(change: Change) -> Diagnostic:
    kind = change.steps[0]
    kinds = quoted(f"{kind}." for kind in KINDS)
    known = [*KINDS, TIME]
    near, fix = nearest(kind, known, change.at) if kind not in KINDS else (None, None)
    return diagnose(
        "M102",
        say("`{path}` names no place in a version", path=change.path),
        change.at,
        help=near or say("begin with {kinds} and a name", kinds=kinds),
        fix=fix,
    )


def at_change(found: Diagnostic, at: Span) -> Diagnostic:
    """Return what is wrong as the work of a change, at the place where that is written."""
    old = Related(found.at, say("what no longer fits with this change is here"))
    return replace(
        found,
        message=say("with this change, {what}", what=found.message),
        at=at,
        related=(old, *found.related),
        fix=None,
    )


def is_new(found: Diagnostic, patches: Iterable[Patch]) -> bool:
    """Tell whether what is wrong stands in the new text of a change."""
    return any(found.at.lies_in(span) for patch in patches for span in patch.nodes)
