"""YAML read from parser events: every key and value with its place, and nothing implied.

A scalar stays the text that was written; the reader of a key decides what it means. What
could hide a slip (duplicate keys, anchors, tags, merges, second documents) is refused.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from ipcity_policy.text.diagnostic import Diagnostic, Related, Result, diagnose
from ipcity_policy.text.source import Source, Span

MAX_BYTES = 1 << 20
MAX_NODES = 50_000
MAX_DEPTH = 40
#: How many control characters are reported before the rest is left.
MAX_REPORTED = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    return Result(Source(name, text.replace("\r\n", "\n").replace("\r", "\n")))


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
        for event in yaml.parse(source.text, Loader=_Loader):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        builder.diagnostics.append(_yaml_error(source, error))
        return Result(None, tuple(builder.diagnostics))
    if builder.root is None and not builder.diagnostics:
        builder.diagnostics.append(
            diagnose(
                "S108", "the file is empty", Span(source, 0, 0), help="write it or delete it"
            )
        )
    return Result(builder.root, tuple(builder.diagnostics))


def _forbidden(source: Source) -> Iterator[Diagnostic]:
    """Find characters that a reader cannot see or that YAML does not take."""
    reported = 0
    for offset, char in enumerate(source.text):
        if char.isascii():
            if char.isprintable() or char in "\n\t":
                continue
        elif unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            continue
        reported += 1
        yield diagnose(
            "S104",
            f"there is an invisible character here (U+{ord(char):04X})",
            Span(source, offset, offset + 1),
            help="delete it",
        )
        if reported == MAX_REPORTED:
            return


_PLAIN_WORDS = (
    ("found character '\\t'", "a tab stands where only spaces may", "indent with spaces"),
    (
        "found character that cannot start any token",
        "this character cannot begin a value",
        "put the value in quotes",
    ),
    (
        "mapping values are not allowed",
        "a second `key:` stands on one line",
        "start a new line, or put the value in quotes",
    ),
    (
        "did not find expected key",
        "this line does not line up with the ones above",
        "indent it like its neighbours",
    ),
    ("could not find expected ':'", "a key without its `:`", "write `key: value`"),
    (
        "did not find expected '-' indicator",
        "this line does not line up with the list above",
        "begin it with `-` or indent it like its neighbours",
    ),
    ("did not find expected ',' or", "a bracket is not closed", "close it"),
    ("found unexpected end of stream", "a quotation mark is not closed", "close it"),
    ("found unexpected document indicator", "a quotation mark is not closed", "close it"),
    (
        "block sequence entries are not allowed",
        "a list item `-` cannot stand here",
        "start it on a new line",
    ),
    ("while scanning an anchor", "a value begins with `&`", "put it in quotes"),
    ("while scanning an alias", "a value begins with `*`", "put it in quotes"),
    ("undefined alias", "a value begins with `*`", "put it in quotes"),
)


def _yaml_error(source: Source, error: yaml.YAMLError) -> Diagnostic:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        said = f"{error.context or ''} {error.problem or ''}".strip()
        at = mark.index if mark else 0
    else:
        said, at = str(error), getattr(error, "position", 0)
    at = min(at, len(source.text))
    span = Span(source, at, min(at + 1, len(source.text)))
    for pattern, message, mend in _PLAIN_WORDS:
        if pattern in said:
            if "tab" not in message and source.text[at : at + 1] == "\t":
                message, mend = _PLAIN_WORDS[0][1:]
            return diagnose("S105", message, span, help=mend)
    return diagnose("S105", f"this is not well-formed YAML ({said})", span)


def _index(mark: object) -> int:
    # Marks of the C parser and of the Python one share no class.
    return int(getattr(mark, "index", 0))


class _Builder:
    """Builds nodes out of events, keeping to the limits."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
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
        last = children[-1].span.end if children else _index(event.end_mark)
        flow = bool(getattr(begun, "flow_style", False))
        span = Span(
            self.source, _index(begun.start_mark), _index(event.end_mark) if flow else last
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
        return Span(self.source, _index(event.start_mark), _index(event.end_mark))

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
