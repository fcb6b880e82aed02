"""An empty draft of a version: what can be changed, listed with what stands there now."""

import json
from collections.abc import Iterator

from ipcity_policy.law.reader import Entry, Version, child, entries_of, items_of, text_of
from ipcity_policy.text.message import say
from ipcity_policy.text.subject import EntryKind
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence

_HEAD = """\
# {told}
#   ipcity check {file}
#   ipcity compare --before {id} --after {file} {sheets}
amends: {id}
title-en: A draft that amends {id}
title-zh: 修订{id}的草案
why-en: What it is for, in a sentence.
why-zh: 用一句话说明修订目的。
change:
"""


def new_draft(version: Version, language: str) -> str:
    """Return the text of a draft that changes nothing yet."""
    told = say(
        "A draft that amends {id}. Remove the `#` before a line below to change it, then see",
        id=version.id,
    )
    head = _HEAD.format(
        id=version.id,
        told=told.text(language),
        file=say("FILE").text(language),
        sheets=say("SHEETS").text(language),
    )
    lines = [f"  # {line}\n" for entry in version.entries.values() for line in _lines(entry)]
    return head + "".join(lines)


def _lines(entry: Entry) -> Iterator[str]:
    """Yield one commented change for each place of an entry that a drafter may change."""
    path, node = entry.key.path, entry.node
    match entry.kind:
        case EntryKind.PARAMETER:
            value = node.get("value") if isinstance(node, document.Mapping) else node
            yield from _change(path, value)
        case EntryKind.QUANTITY:
            yield from _change(f"{path}.reckon", child(node, "reckon"))
        case EntryKind.SYSTEM:
            yield from _points(path, node)
        case EntryKind.RULE:
            for key in ("applies", "require", "unless"):
                yield from _change(f"{path}.{key}", child(node, key))
        case EntryKind.DECISION:
            rows = [(text_of(item, "outcome") or "", item) for item in items_of(node, "bands")]
            rows += [(name.text, item) for name, item in entries_of(node, "outcomes")]
            for outcome, row in rows:
                for key in ("when", "unless"):
                    yield from _change(f"{path}.{outcome}.{key}", child(row, key))


def _points(path: str, node: Node) -> Iterator[str]:
    """Yield the points of a system, of its blocks and of their indicators."""
    yield from _change(f"{path}.points", child(node, "points"))
    for block, inner in entries_of(node, "blocks"):
        yield from _points_of(f"{path}.blocks.{block.text}", inner)
    for part, inner in entries_of(node, "parts"):
        yield from _change(f"{path}.parts.{part.text}.weight", child(inner, "weight"))


def _points_of(path: str, block: Node) -> Iterator[str]:
    yield from _change(f"{path}.points", child(block, "points"))
    for row, inner in entries_of(block, "rows"):
        yield from _change(f"{path}.rows.{row.text}.points", child(inner, "points"))


def _change(path: str, node: Node | None) -> Iterator[str]:
    if node is not None:
        yield from _written(path, node, "")


def _written(key: str, node: Node, indent: str) -> Iterator[str]:
    """Yield the lines of `key: node`, as they could stand in a file."""
    match node:
        case Scalar():
            yield f"{indent}{key}: {_text(node)}"
        case Sequence(items):
            yield f"{indent}{key}:"
            for item in items:
                yield from _item(item, f"{indent}  ")
        case document.Mapping(entries):
            yield f"{indent}{key}:"
            for name, value in entries:
                yield from _written(name.text, value, f"{indent}  ")


def _item(node: Node, indent: str) -> Iterator[str]:
    """Yield the lines of an item of a list."""
    if isinstance(node, Scalar):
        yield f"{indent}- {_text(node)}"
    elif isinstance(node, document.Mapping):
        lines = [
            line
            for name, value in node.entries
            for line in _written(name.text, value, f"{indent}  ")
        ]
        yield f"{indent}- {lines[0].strip()}"
        yield from lines[1:]


def _text(scalar: Scalar) -> str:
    """Write a text as it was written, or in quotes where that ran over several lines."""
    raw = scalar.span.text
    return raw if "\n" not in raw else json.dumps(scalar.text, ensure_ascii=False)
