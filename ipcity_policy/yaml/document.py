"""What a file holds once it is read: every key and value with its place.

A scalar stays the text that was written; the reader of a key decides what it means.
"""

from collections import abc
from dataclasses import dataclass, field
from typing import TypeAlias

from ipcity_policy.text.confusables import meant
from ipcity_policy.text.diagnostic import Fix
from ipcity_policy.text.fixes import removed
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written, without quotes and escapes."""

    text: str
    span: Span = field(compare=False, repr=False)
    #: Whether it was written in quotes or as a block.
    quoted: bool = field(default=False, compare=False)

    def places(self) -> abc.Sequence[int]:
        """Return where each character of the text stands in the file; empty with escapes."""
        return _places(self)

    def part(self, start: int, end: int, places: abc.Sequence[int] | None = None) -> Span:
        """Return where the characters `start` to `end` of the text stand in the file.

        Whoever asks often gives the `places`, so that they are not found each time.
        """
        places = _places(self) if places is None else places
        if not places:
            return self.span
        first = places[min(start, len(places) - 1)]
        last = places[min(max(end - 1, start), len(places) - 1)]
        if start >= len(self.text):  # the end of the sentence
            return Span(self.span.source, last + 1, last + 1)
        return Span(self.span.source, first, last + 1)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values, in order."""

    items: tuple["Node", ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A block of keys with their values, in the order they were written."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    span: Span = field(compare=False, repr=False)

    def get(self, key: str) -> "Node | None":
        """Return the value of `key`, or None."""
        for name, value in self.entries:  # asked most often of all: no generator
            if name.text == key:
                return value
        return None

    def key(self, key: str) -> Scalar | None:
        """Return the key itself, for its place."""
        return next((name for name, _ in self.entries if name.text == key), None)

    @property
    def head(self) -> Span:
        """Where its first key stands, or all of it where it has none."""
        return self.entries[0][0].span if self.entries else self.span


Node: TypeAlias = Scalar | Sequence | Mapping


def _places(scalar: Scalar) -> abc.Sequence[int]:
    """Align the characters of a scalar with the file; empty where escapes prevent it."""
    raw, at = scalar.span.source.text, scalar.span.start
    end = scalar.span.end
    if raw[at:end] == scalar.text:
        return range(at, end)
    if scalar.quoted:
        if at < end and raw[at] in "|>":  # a block scalar begins on the next line
            at = raw.find("\n", at, end) + 1 or end
        elif at < end and raw[at] in "'\"":
            at += 1
            if "\\" in raw[at:end] or "''" in raw[at : end - 1]:
                return []
    places: list[int] = []
    for char in scalar.text:
        while at < end and raw[at] != char and raw[at].isspace() and not char.isspace():
            at += 1
        if at >= end:
            return []
        same = char in (raw[at], meant(raw[at])) or (char.isspace() and raw[at].isspace())
        if not same:
            return []
        places.append(at)
        at += 1
    return places


def removal(node: Node, key: str) -> Fix | None:
    """Return the fix that deletes a key with its value; None where that is not plain."""
    entries = node.entries if isinstance(node, Mapping) else ()
    index = next((i for i, (name, _) in enumerate(entries) if name.text == key), 0)
    if index == 0:  # what begins a block or an item holds more than itself
        return None
    name, value = entries[index]
    flow = node.span.text.startswith("{")
    edit = removed(
        name.span, value.span, behind=entries[index - 1][1].span.end if flow else None
    )
    return Fix(say("delete `{key}:`", key=key), (edit,)) if edit is not None else None
