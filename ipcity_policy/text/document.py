"""YAML read from parser events: every key and value with its place, and nothing implied.

A scalar stays the text that was written; the reader of a key decides what it means. What
could hide a slip (duplicate keys, anchors, tags, merges, second documents) is refused.
"""

import re
from collections import abc
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import TypeAlias

import yaml

from ipcity_policy.text.characters import invisible, look_alikes, meant, unseen, unseen_in
from ipcity_policy.text.diagnostic import Diagnostic, Edit, Fix, Related, Result, diagnose
from ipcity_policy.text.mends import removed
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.text.yaml_faults import yaml_fault
from ipcity_policy.text.yaml_mends import mark_index

MAX_BYTES = 1 << 20
MAX_NODES = 50_000
MAX_DEPTH = 40

#: The parser in C where it is there.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


#: What stands in a file as several characters and is read as one: a line break of two, and
#: a character that JSON writes as two escapes.
JOINED = re.compile(r"\r\n?|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


#: A key as one can be: a name, or a path of names.
_WORD = re.compile(r"\w[\w./-]*")


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
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """Return the key itself, for its place."""
        return next((name for name, _ in self.entries if name.text == key), None)


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


def decode(name: str, data: bytes) -> Result[Source]:
    """Turn the bytes of a file into text: UTF-8, with or without a byte-order mark."""
    blank = Source(name, "")
    if len(data) > MAX_BYTES:
        return Result(
            None,
            (
                diagnose(
                    "S103",
                    say(
                        "the file has {n:,} bytes, more than {most:,}",
                        n=len(data),
                        most=MAX_BYTES,
                    ),
                    Span(blank, 0, 0),
                    help=say("split it into several files"),
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
                    say("the file is not written in UTF-8"),
                    Span(good, end, end),
                    help=say("save it again with the encoding UTF-8"),
                ),
            ),
        )
    return Result(Source(name, JOINED.sub(_one, text)))


def _one(found: "re.Match[str]") -> str:
    """Return the one character that several stand for."""
    if found[1] is None:
        return "\n"
    return bytes.fromhex(found[1] + found[2]).decode("utf-16-be")


def read_document(source: Source) -> Result[Node]:
    """Read one YAML document.

    The value is None when nothing of the file can be used; otherwise it is whatever could
    be read, and the diagnostics say what could not.
    """
    forbidden = tuple(unseen_in(Span(source, 0, len(source.text))))
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
                "S108",
                say("the file is empty"),
                Span(source, 0, 0),
                help=say("write it or delete it"),
            )
        )
    return Result(builder.root, tuple(builder.diagnostics))


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

    @cached_property
    def _labels_used(self) -> frozenset[str]:
        return frozenset(re.findall(r"\*([^\s,\[\]{}]+)", self.source.text))

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False when reading must stop here."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(
                    event,
                    say("a second document begins here"),
                    say("keep one document to a file"),
                )
                return False
        if isinstance(event, yaml.AliasEvent):
            self._refuse(
                event, say("a reference `*…` to another place"), say("write the value again")
            )
            return self._add(Scalar("", self._span(event)))
        if isinstance(event, yaml.NodeEvent):
            if event.anchor is not None:
                self._refuse(event, say("a label `&…` for reuse"), say("delete the label"))
            if getattr(event, "tag", None) is not None:
                self._refuse(event, say("a type tag `!…`"), say("delete the tag"))
        if isinstance(event, yaml.ScalarEvent):
            quoted = event.style not in (None, "")
            hidden = next(filter(invisible, event.value), None) if quoted else None
            if hidden is not None:  # written with an escape
                self.diagnostics.append(unseen(hidden, self._span(event)))
            if quoted and str(event.style) in "\"'" and "\n" in self._span(event).text:
                self.long_quote = self._span(event)
            return self._add(Scalar(event.value, self._span(event), quoted))
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open.append((event, []))
            if len(self._open) > MAX_DEPTH:
                self._stop(
                    event, say("blocks are nested more than {most} deep", most=MAX_DEPTH)
                )
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
                self._refuse(
                    key, say("a key that is itself a list or a block"), say("write a plain key")
                )
                continue
            if key.text == "<<" and not key.quoted:
                self._refuse(key, say("a merge `<<`"), say("write the keys themselves"))
                continue
            key, value = self._clear(key, value)
            if key.text in seen:
                self._twice(seen[key.text], (key, value), entries, flow=flow)
                continue
            seen[key.text] = key
            entries.append((key, value))
        return self._add(Mapping(tuple(entries), span))

    def _clear(self, key: Scalar, value: Node) -> tuple[Scalar, Node]:
        """Return a key in plain characters; behind a wide colon its value stands in it."""
        name, wide, rest = key.text.partition("：")
        if wide and not key.quoted and value == Scalar("", value.span) and _WORD.match(name):
            end = len(name) + 1
            self.diagnostics += look_alikes([(wide, key.part(end - 1, end))])
            value = Scalar(rest.strip(), key.part(end, len(key.text)))
            key = Scalar(name, key.part(0, len(name)))
        plain, found = clear(key)
        if not _WORD.fullmatch(plain.text):  # no look-alike makes a key of it
            return key, value
        self.diagnostics += found
        return plain, value

    def _twice(
        self,
        first: Scalar,
        again: tuple[Scalar, Node],
        entries: list[tuple[Scalar, Node]],
        *,
        flow: bool,
    ) -> None:
        """Report a key that was written before; what says the same can go."""
        key, value = again
        edit = None
        if (first, value) in entries:
            end = entries[-1][1].span.end
            edit = removed(key.span, value.span, behind=end if flow else None)
        title = say("delete the second `{text}`, which says the same", text=key.text)
        self.diagnostics.append(
            diagnose(
                "S106",
                say("`{text}` stands twice in this block", text=key.text),
                key.span,
                help=say("keep one of them"),
                related=(Related(first.span, say("it was written here first")),),
                fix=Fix(title, (edit,)) if edit is not None else None,
            )
        )

    def _add(self, node: Node) -> bool:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop(node, say("the file has more than {most:,} entries", most=MAX_NODES))
            return False
        if self._open:
            self._open[-1][1].append(node)
        elif self.root is None:
            self.root = node
        return True

    def _span(self, event: yaml.Event) -> Span:
        return Span(self.source, mark_index(event.start_mark), mark_index(event.end_mark))

    def _refuse(self, what: yaml.Event | Node, says: Message, mend: Message) -> None:
        span = self._span(what) if isinstance(what, yaml.Event) else what.span
        fix = None
        label = getattr(what, "anchor", None)
        signs = re.match(r"(?:[&!][^\s,\[\]{}]*[ \t]*)+", span.text)
        if signs is not None and label not in self._labels_used:
            at = Span(self.source, span.start, span.start + signs.end())
            fix = Fix(
                say("delete `{label}`, which says nothing", label=signs[0].strip()),
                (Edit(at, ""),),
            )
        self.diagnostics.append(
            diagnose(
                "S107",
                say("{what} is not used here", what=says),
                span,
                help=mend,
                fix=fix,
            )
        )

    def _stop(self, what: yaml.Event | Node, says: Message) -> None:
        span = self._span(what) if isinstance(what, yaml.Event) else what.span
        self.root = None
        self.diagnostics.append(
            diagnose("S103", says, span, help=say("split it into several files"))
        )
