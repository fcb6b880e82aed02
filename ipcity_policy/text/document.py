"""YAML read from parser events: every key and value with its place, and nothing implied.

A scalar stays the text that was written; the reader of a key decides what it means. What
could hide a slip (duplicate keys, anchors, tags, merges, second documents) is refused.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from ipcity_policy.text.diagnostic import Diagnostic, Related, Result, diagnose
from ipcity_policy.text.source import Source, Span
from ipcity_policy.text.yaml_faults import mark_index, yaml_fault

MAX_BYTES = 1 << 20
MAX_NODES = 50_000
MAX_DEPTH = 40
#: How many control characters are reported before the rest is left.
MAX_REPORTED = 20

#: The parser in C where it is there.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_SURROGATES = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written, without quotes and escapes."""

    text: str
    span: Span = field(compare=False, repr=False)
    #: Whether it was written in quotes or as a block.
    quoted: bool = field(default=False, compare=False)

    def part(self, start: int, end: int) -> Span:
        """Return where the characters `start` to `end` of the text stand in the file."""
        places = _places(self)
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
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """Return the key itself, for its place."""
        return next((name for name, _ in self.entries if name.text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


def _places(scalar: Scalar) -> list[int]:
    """Align the characters of a scalar with the file; empty where escapes prevent it."""
    raw, at = scalar.span.source.text, scalar.span.start
    end = scalar.span.end
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
        if raw[at] != char and not (char.isspace() and raw[at].isspace()):
            return []
        places.append(at)
        at += 1
    return places


def decode(name: str, data: bytes) -> Result[Source]:
    """Turn the bytes of a file into text: UTF-8, with or without a byte-order mark."""
    blank = Source(name, "")
    if len(data) > MAX_BYTES:
        return Result(
            None,
            (
                diagnose(
                    "S103",
                    f"the file has {len(data):,} bytes, more than {MAX_BYTES:,}",
                    Span(blank, 0, 0),
                    help="split it into several files",
                ),
            ),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = Source(name, data[: error.start].decode("utf-8-sig", "replace"))
        end = len(good.text)
        return Result(
            None,
            (
                diagnose(
                    "S102",
                    "the file is not written in UTF-8",
                    Span(good, end, end),
                    help="save it again with the encoding UTF-8",
                ),
            ),
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Result(Source(name, _SURROGATES.sub(_joined, text)))


def _joined(pair: "re.Match[str]") -> str:
    """Return the character that JSON writes as two escapes."""
    return bytes.fromhex(pair[1] + pair[2]).decode("utf-16-be")


def read_document(source: Source) -> Result[Node]:
    """Read one YAML document.

    The value is None when nothing of the file can be used; otherwise it is whatever could
    be read, and the diagnostics say what could not.
    """
    forbidden = tuple(_forbidden(source))
    if forbidden:
        return Result(None, forbidden)
    builder = _Builder(source)
    try:
        for event in yaml.parse(source.text, Loader=Loader):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        builder.diagnostics.append(yaml_fault(source, error, builder.long_quote))
        return Result(None, tuple(builder.diagnostics))
    if builder.root is None and not builder.diagnostics:
        builder.diagnostics.append(
            diagnose(
                "S108", "the file is empty", Span(source, 0, 0), help="write it or delete it"
            )
        )
    return Result(builder.root, tuple(builder.diagnostics))


def _invisible(char: str) -> bool:
    """Tell whether a character is one that a reader cannot see or that moves others."""
    if char.isascii():
        return not (char.isprintable() or char in "\n\t")
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _forbidden(source: Source) -> Iterator[Diagnostic]:
    """Find invisible characters, some of them where there are many."""
    reported = 0
    for offset, char in enumerate(source.text):
        if _invisible(char):
            reported += 1
            yield _unseen(char, Span(source, offset, offset + 1))
            if reported == MAX_REPORTED:
                return


def _unseen(char: str, at: Span) -> Diagnostic:
    message = f"there is an invisible character here (U+{ord(char):04X})"
    return diagnose("S104", message, at, help="delete it")


class _Builder:
    """Builds nodes out of events, keeping to the limits."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        #: The last quoted text that runs over several lines: a quote is often lost there.
        self.long_quote: Span | None = None
        self._nodes = 0
        self._documents = 0
        #: Open blocks: where each began, and what it holds so far.
        self._open: list[tuple[yaml.Event, list[Node]]] = []

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False when reading must stop here."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(
                    event, "a second document begins here", "keep one document to a file"
                )
                return False
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "a reference `*…` to another place", "write the value again")
            return self._add(Scalar("", self._span(event)))
        if isinstance(event, yaml.NodeEvent):
            if event.anchor is not None:
                self._refuse(event, "a label `&…` for reuse", "delete the label")
            tag = getattr(event, "tag", None)
            if tag is not None:
                self._refuse(event, f"a type tag `{tag}`", "delete the tag")
        if isinstance(event, yaml.ScalarEvent):
            quoted = event.style not in (None, "")
            hidden = next(filter(_invisible, event.value), None) if quoted else None
            if hidden is not None:  # written with an escape
                self.diagnostics.append(_unseen(hidden, self._span(event)))
            if quoted and str(event.style) in "\"'" and "\n" in self._span(event).text:
                self.long_quote = self._span(event)
            return self._add(Scalar(event.value, self._span(event), quoted))
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open.append((event, []))
            if len(self._open) > MAX_DEPTH:
                self._stop(event, f"blocks are nested more than {MAX_DEPTH} deep")
                return False
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            return self._close(event)
        return True

    def _close(self, event: yaml.Event) -> bool:
        begun, children = self._open.pop()
        last = children[-1].span.end if children else mark_index(event.end_mark)
        flow = bool(getattr(begun, "flow_style", False))
        span = Span(
            self.source,
            mark_index(begun.start_mark),
            mark_index(event.end_mark) if flow else last,
        )
        if isinstance(event, yaml.SequenceEndEvent):
            return self._add(Sequence(tuple(children), span))
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Scalar] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._refuse(key, "a key that is itself a list or a block", "write a plain key")
                continue
            if key.text == "<<" and not key.quoted:
                self._refuse(key, "a merge `<<`", "write the keys themselves")
                continue
            if key.text in seen:
                first = seen[key.text]
                self.diagnostics.append(
                    diagnose(
                        "S106",
                        f"`{key.text}` stands twice in this block",
                        key.span,
                        help="keep one of them",
                        related=(Related(first.span, "it was written here first"),),
                    )
                )
                continue
            seen[key.text] = key
            entries.append((key, value))
        return self._add(Mapping(tuple(entries), span))

    def _add(self, node: Node) -> bool:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop(node, f"the file has more than {MAX_NODES:,} entries")
            return False
        if self._open:
            self._open[-1][1].append(node)
        elif self.root is None:
            self.root = node
        return True

    def _span(self, event: yaml.Event) -> Span:
        return Span(self.source, mark_index(event.start_mark), mark_index(event.end_mark))

    def _refuse(self, what: yaml.Event | Node, message: str, mend: str) -> None:
        span = self._span(what) if isinstance(what, yaml.Event) else what.span
        self.diagnostics.append(
            diagnose("S107", f"{message} is not used here", span, help=mend)
        )

    def _stop(self, what: yaml.Event | Node, message: str) -> None:
        span = self._span(what) if isinstance(what, yaml.Event) else what.span
        self.root = None
        self.diagnostics.append(
            diagnose("S103", message, span, help="split it into several files")
        )
