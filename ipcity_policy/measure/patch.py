"""Change a version as written: the one mechanism behind drafts, readings and `--set`.

A path names a place as `kind.name` and keys below it; the rows of a decision are named by
their outcome: `decisions.grade.pass.when`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ipcity_policy.measure.model import Origin, Patch
from ipcity_policy.measure.reader import (
    Entry,
    Version,
    changed_origin,
    origin_of,
    text_of,
)
from ipcity_policy.measure.shapes.rulefile import KINDS
from ipcity_policy.text import document
from ipcity_policy.text.diagnostic import Diagnostic, Related, Result, diagnose
from ipcity_policy.text.document import Node, Scalar, Sequence
from ipcity_policy.text.mends import nearest
from ipcity_policy.text.shape import bad_name, cleared, conform, is_name
from ipcity_policy.text.source import Span


def apply_patch(version: Version, patch: Patch, draft: str | None = None) -> Result[Version]:
    """Return the version with the patch applied; `draft` is the draft that wrote it."""
    entries = dict(version.entries)
    diagnostics: list[Diagnostic] = []
    for path, (node, at) in patch.change.items():
        _at(version, entries, path, at, diagnostics, draft, "change", node)
    for path, (node, at) in patch.add.items():
        _at(version, entries, path, at, diagnostics, draft, "add", node)
    for path, at in patch.repeal.items():
        _at(version, entries, path, at, diagnostics, draft, "repeal", None)
    for key, entry in entries.items():
        if entry is not version.entries.get(key):
            node, found = cleared(entry.node, KINDS[entry.kind])
            diagnostics += (*found, *conform(node, KINDS[entry.kind]))
            entries[key] = replace(entry, node=node)
    return Result(replace(version, entries=MappingProxyType(entries)), tuple(diagnostics))


def _at(
    version: Version,
    entries: dict[tuple[str, str], Entry],
    path: str,
    at: Span,
    diagnostics: list[Diagnostic],
    draft: str | None,
    how: str,
    new: Node | None,
) -> None:
    """Carry out one change at one path."""
    steps = tuple(path.split("."))
    if len(steps) < 2 or steps[0] not in KINDS or not all(steps):
        kinds = ", ".join(f"`{kind}.`" for kind in KINDS)
        near, fix = nearest(steps[0], KINDS, at) if steps[0] not in KINDS else ("", None)
        diagnostics.append(
            diagnose(
                "M102",
                f"`{path}` names no place in a version",
                at,
                help=near or f"begin with {kinds} and a name",
                fix=fix,
            )
        )
        return
    key = (steps[0], steps[1])
    entry = entries.get(key)
    if len(steps) == 2 and how == "add":
        if entry is not None:
            diagnostics.append(_exists(path, at))
        elif new is not None:
            diagnostics += [bad_name(Scalar(steps[1], at))] if not is_name(steps[1]) else []
            origin = _added_origin(version, new, at, diagnostics, draft)
            home = origin.provision
            entries[key] = Entry(steps[0], steps[1], new, origin, home, at)
        return
    if entry is None:
        known = [name for kind, name in entries if kind == steps[0]]
        diagnostics.append(_missing(path, steps[1], known, at))
        return
    if len(steps) == 2 and how == "repeal":
        del entries[key]
        return
    below = steps[2:]
    if steps[0] == "parameters" and not below and not isinstance(new, document.Mapping):
        below = ("value",) if isinstance(entry.node, document.Mapping) else ()
    changed = _edit(entry.node, below, path, at, diagnostics, how, new)
    if changed is None:
        return
    if changed == entry.node:
        mend = "delete it, or write what should stand there instead"
        diagnostics.append(diagnose("M104", f"`{path}` says this already", at, help=mend))
    origin = changed_origin(version, entry, changed, diagnostics)
    origin = replace(origin, drafted_by=draft or origin.drafted_by)
    entries[key] = replace(entry, node=changed, origin=origin)


def _edit(
    node: Node,
    steps: tuple[str, ...],
    path: str,
    at: Span,
    diagnostics: list[Diagnostic],
    how: str,
    new: Node | None,
) -> Node | None:
    """Return `node` with the change made below it; None if the path leads nowhere."""
    if not steps:
        return new
    step, rest = steps[0], steps[1:]
    if not isinstance(node, document.Mapping):
        diagnostics.append(_missing(path, step, [], at))
        return None
    if node.get(step) is None:
        rows = _rows(node)
        inside = next((key for key, found in rows.items() if step in found), None)
        if inside is not None:
            steps, step, rest = (inside, *steps), inside, steps
        elif how == "add" and not rest:
            inside = next(iter(rows), None)
            if inside == "bands" and isinstance(new, document.Mapping):
                inserted = _insert(node.get(inside), step, new, at)
                if isinstance(inserted, Diagnostic):
                    diagnostics.append(inserted)
                    return None
                return _replace(node, inside, inserted)
            if inside == "outcomes":
                steps, step, rest = (inside, step), inside, (step,)
            else:
                return _with(node, step, new, at)
        else:
            known = [key.text for key, _ in node.entries] + [
                o for r in rows.values() for o in r
            ]
            diagnostics.append(_missing(path, step, known, at))
            return None
    child = node.get(step)
    if isinstance(child, Sequence) and rest:
        return _in_list(node, child, step, rest, path, at, diagnostics, how, new)
    if not rest and how == "add":
        diagnostics.append(_exists(path, at))
        return None
    if not rest and how == "repeal":
        return replace(node, entries=tuple(e for e in node.entries if e[0].text != step))
    if child is None:
        return None
    inner = _edit(child, rest, path, at, diagnostics, how, new)
    return _replace(node, step, inner) if inner is not None else None


def _in_list(
    node: document.Mapping,
    child: Sequence,
    step: str,
    rest: tuple[str, ...],
    path: str,
    at: Span,
    diagnostics: list[Diagnostic],
    how: str,
    new: Node | None,
) -> Node | None:
    """Make the change in the row of a list that has the outcome named."""
    items = list(child.items)
    for index, item in enumerate(items):
        if text_of(item, "outcome") != rest[0]:
            continue
        if len(rest) == 1 and how == "add":
            diagnostics.append(_exists(path, at))
            return None
        if len(rest) == 1 and how == "repeal":
            del items[index]
        else:
            inner = _edit(item, rest[1:], path, at, diagnostics, how, new)
            if inner is None:
                return None
            items[index] = inner
        return _replace(node, step, replace(child, items=tuple(items)))
    diagnostics.append(_missing(path, rest[0], [], at))
    return None


def _rows(node: document.Mapping) -> Mapping[str, list[str]]:
    """Return the outcomes of a decision, under the key that holds them."""
    rows: dict[str, list[str]] = {}
    bands, outcomes = node.get("bands"), node.get("outcomes")
    if isinstance(bands, Sequence):
        rows["bands"] = [text_of(item, "outcome") or "" for item in bands.items]
    if isinstance(outcomes, document.Mapping):
        rows["outcomes"] = [key.text for key, _ in outcomes.entries]
    return rows


def _insert(
    bands: Node | None, outcome: str, new: document.Mapping, at: Span
) -> Node | Diagnostic:
    """Put a band before the one it names, or before the last."""
    assert isinstance(bands, Sequence)  # INVARIANT: only lists of bands are named as rows
    outcomes = [text_of(item, "outcome") or "" for item in bands.items]
    before = new.get("before")
    place = max(len(outcomes) - 1, 0)
    if isinstance(before, Scalar):
        if before.text not in outcomes:
            mend, fix = nearest(before.text, outcomes, before.span)
            message = f"there is no band `{before.text}`"
            return diagnose("M102", message, before.span, help=mend, fix=fix)
        place = outcomes.index(before.text)
    row = replace(new, entries=tuple(e for e in new.entries if e[0].text != "before"))
    named = row.get("outcome")
    if isinstance(named, Scalar) and named.text != outcome:
        message = f"the band is named `{named.text}` here, and `{outcome}` in its path"
        return diagnose("M102", message, named.span, help="delete this `outcome:`")
    if named is None:
        row = _with(row, "outcome", Scalar(outcome, at), at)
    return replace(bands, items=(*bands.items[:place], row, *bands.items[place:]))


def blamed(
    found: Iterable[Diagnostic], before: Iterable[Diagnostic], patches: Iterable[Patch]
) -> tuple[Diagnostic, ...]:
    """Place what changes made wrong at the changes, and not at the text that they change.

    What was wrong `before`, and what is wrong with the new text itself, stays where it is.
    """
    patches = tuple(patches)
    spans = {path: at for patch in patches for path, at in patch.spans.items()}
    if not spans:
        return tuple(found)
    known = set(before)
    new = [span for patch in patches for span in patch.nodes]
    placed: list[Diagnostic] = []
    for diagnostic in found:
        at = diagnostic.at
        if diagnostic in known or any(_within(at, span) for span in new):
            placed.append(diagnostic)
            continue
        line = at.source.line(at.position.line)
        words = set(re.split(r"[^\w-]+", f"{diagnostic.message} {line}"))
        named = [path for path in spans if set(path.split(".")[1:2]) & words]
        old = Related(at, "what no longer fits with this change stands here")
        placed.append(
            diagnose(
                diagnostic.code.id,
                f"with this change, {diagnostic.message}",
                spans[(named or list(spans))[-1]],
                related=(old, *diagnostic.related),
            )
        )
    return tuple(placed)


def _within(inner: Span, outer: Span) -> bool:
    same = inner.source.name == outer.source.name
    return same and outer.start <= inner.start and inner.end <= outer.end


def _replace(node: document.Mapping, key: str, value: Node | None) -> document.Mapping:
    assert value is not None  # INVARIANT: a removal is made by the caller
    return replace(
        node,
        entries=tuple((name, value if name.text == key else old) for name, old in node.entries),
    )


def _with(node: document.Mapping, key: str, value: Node | None, at: Span) -> document.Mapping:
    assert value is not None  # INVARIANT: only an addition comes here
    return replace(node, entries=(*node.entries, (Scalar(key, at), value)))


def _added_origin(
    version: Version, node: Node, at: Span, diagnostics: list[Diagnostic], draft: str | None
) -> Origin:
    if text_of(node, "provision") is None:
        diagnostics.append(
            diagnose(
                "M114",
                "what is added stands under no provision",
                at,
                help="add `provision:` with the article it belongs to",
            )
        )
    return replace(origin_of(node, "", version.provisions, diagnostics), drafted_by=draft)


def _missing(path: str, step: str, known: list[str], at: Span) -> Diagnostic:
    mend, fix = nearest(step, known, at)
    if not mend and known:
        mend = f"there is {', '.join(f'`{name}`' for name in known[:12])}"
    start = at.text.find(step)
    place = at if start < 0 else Span(at.source, at.start + start, at.start + start + len(step))
    message = f"`{path}` names nothing: there is no `{step}`"
    return diagnose("M102", message, place, help=mend, fix=fix)


def _exists(path: str, at: Span) -> Diagnostic:
    return diagnose("M103", f"`{path}` exists already", at, help="put it under `change:`")
