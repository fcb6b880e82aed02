"""Texts in the characters that are meant, where they hold no prose, and what was not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import is_

from ipcity_policy.text.confusables import look_alikes, meant
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.yaml.document import Mapping, Node, Scalar, Sequence
from ipcity_policy.yaml.schema import (
    Again,
    ByPath,
    Either,
    Leaf,
    ListOf,
    MapOf,
    Record,
    Schema,
    below,
)


def clear(scalar: Scalar, but: str = "") -> tuple[Scalar, tuple[Diagnostic, ...]]:
    """Return a scalar in the characters that are meant, and what only looked like them.

    For keys, names, numbers and sentences, never for prose. The places of the text stay
    right; the characters in `but` are left as they are.
    """
    written = scalar.text
    if written.isascii():
        return scalar, ()
    text = "".join(char if char in but else meant(char) for char in written)
    if text == written:
        return scalar, ()
    changed = [old != new for old, new in zip(written, text, strict=True)]
    groups = groupby(range(len(text)), changed.__getitem__)
    runs = [(run[0], run[-1] + 1) for run in (list(g) for wrong, g in groups if wrong)]
    places = scalar.places()
    seen = [(written[start:end], scalar.part(start, end, places)) for start, end in runs]
    quoted = scalar.quoted and scalar.span.text[:1] == '"'
    found = tuple(look_alikes(seen, quoted=quoted))
    if changed[0] and len(text) > 2 and text[0] == text[-1] == '"' and not scalar.quoted:
        text = text[1:-1]  # as it reads once the quotes are what they should be
    return replace(scalar, text=text), found


def cleared(node: Node, shape: Schema) -> tuple[Node, tuple[Diagnostic, ...]]:
    """Return `node` in the characters that are meant where it holds no prose, and what was not.

    Who reads on from it does not meet the same slip again. Keys are clear already, and
    sentences are cleared where they are read.
    """
    found: list[Diagnostic] = []
    return _cleared(node, shape, found), tuple(found)


def _cleared(node: Node, shape: Schema, found: list[Diagnostic]) -> Node:
    match shape, node:
        case Leaf(), Scalar() if shape.plain or shape.pattern is not None:
            text, wrong = clear(node)
            if shape.pattern is None or re.fullmatch(shape.pattern, text.text):
                found += wrong
                return text
        case ListOf(item), Sequence(items):
            parts = tuple(part for one in items for part in _items(one, item, found))
            same = len(parts) == len(items) and all(map(is_, parts, items))
            return node if same else replace(node, items=parts)
        case ((MapOf() | ByPath() | Record()), Mapping(entries)):
            values = [_cleared(child, below(shape, key.text), found) for key, child in entries]
            if all(new is old for new, (_, old) in zip(values, entries, strict=True)):
                return node
            pairs = ((key, new) for new, (key, _) in zip(values, entries, strict=True))
            return replace(node, entries=tuple(pairs))
        case Record(short=str() as short), _:
            return _cleared(node, below(shape, short), found)
        case Either(text=Leaf() as leaf), Scalar():
            return _cleared(node, leaf, found)
        case Either(list=ListOf() as many), Sequence():
            return _cleared(node, many, found)
        case Either(block=Record() as block), Mapping():
            return _cleared(node, block, found)
        case Again(_, inner), _:
            return _cleared(node, inner(), found)
    return node


def _items(node: Node, shape: Schema, found: list[Diagnostic]) -> Iterator[Node]:
    """Yield an item of a list in plain characters; one with wide commas is several."""
    match shape, node:
        case Leaf(str() as pattern), Scalar(written) if not node.quoted:
            text, wrong = clear(node)
            parts = re.split(r"[,，、]", written)
            if wrong and len(parts) > 1 and _all_fit(pattern, text.text.split(",")):
                found += wrong
                at = 0
                for part in parts:
                    piece = replace(node, text=part, span=node.part(at, at + len(part)))
                    yield clear(piece)[0]
                    at += len(part) + 1
                return
    yield _cleared(node, shape, found)


def _all_fit(pattern: str, texts: Iterable[str]) -> bool:
    return all(re.fullmatch(pattern, text.strip()) for text in texts)
