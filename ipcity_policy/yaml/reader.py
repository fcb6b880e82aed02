"""YAML read from parser events: every key and value with its place, and nothing implied.

What could hide a slip (duplicate keys, anchors, tags, merges, second documents) is refused.
"""

import re
from functools import cached_property

import yaml

from ipcity_policy.text.confusables import invisible, look_alikes, unseen, unseen_in
from ipcity_policy.text.diagnostic import Diagnostic, Edit, Fix, Related, Result, diagnose
from ipcity_policy.text.fixes import removed
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Mapping, Node, Scalar, Sequence
from ipcity_policy.yaml.normalize import clear
from ipcity_policy.yaml.pure import PureLoader
from ipcity_policy.yaml.syntax_errors import yaml_fault
from ipcity_policy.yaml.syntax_fixes import mark_index

MAX_BYTES = 1 << 20
MAX_NODES = 50_000
MAX_DEPTH = 40

#: The parser in C where it is there; what comes of the one in Python is the same.
Loader: type = getattr(yaml, "CSafeLoader", PureLoader)


#: What stands in a file as several characters and is read as one: a line break of two, and
#: a character that JSON writes as two escapes.
JOINED = re.compile(r"\r\n?|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)

#: A key as one can be: a name, or a path of names.
_WORD = re.compile(r"\w[\w./-]*")


def decode(name: str, data: bytes) -> Result[Source]:
    """Turn the bytes of a file into text: UTF-8, with or without a byte-order mark."""
    if len(data) > MAX_BYTES:
        # Whoever reads a file stops one byte behind the limit, and does not know its size.
        size = len(data) if len(data) > MAX_BYTES + 1 else None
        return Result(None, (too_large(name, size),))
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


def too_large(name: str, size: int | None) -> Diagnostic:
    """Say that a file is too large; None is a size that is not known."""
    message = say("the file has more than {most:,} bytes, which is the limit", most=MAX_BYTES)
    if size is not None:
        message = say(
            "the file has {n:,} bytes, and the limit is {most:,}", n=size, most=MAX_BYTES
        )
    place = Span(Source(name, ""), 0, 0)
    return diagnose("S103", message, place, help=say("split it into several files"))


def _one(found: "re.Match[str]") -> str:
    """Return the one character that several stand for."""
    if found[1] is None:
        return "\n"
    return bytes.fromhex(found[1] + found[2]).decode("utf-16-be")


def read_document(source: Source, parser: type = Loader) -> Result[Node]:
    """Read one YAML document.

    The value is None when nothing of the file can be used; otherwise it is whatever could
    be read, and the diagnostics say what could not.
    """
    forbidden = tuple(unseen_in(Span(source, 0, len(source.text))))
    if forbidden:
        return Result(None, forbidden)
    builder = _Builder(source, parser)
    fault = builder.take_all(source.text)
    if fault is not None:
        # The parser reads up to a line ahead of what it hands on, and so may give up on what
        # stands behind our own limits. Up to where it gave up, it hands on all that it read.
        before = _Builder(source, parser)
        before.take_all(source.text[: mark_index(getattr(fault, "problem_mark", None))])
        if before.stopped:
            return Result(None, tuple(before.diagnostics))
        builder.diagnostics.append(yaml_fault(source, fault, builder.long_quote))
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


class _Builder:
    """Builds nodes out of events, keeping to the limits."""

    def __init__(self, source: Source, parser: type) -> None:
        self.source = source
        self.parser = parser
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        #: The last quoted text that runs over several lines: a quote is often lost there.
        self.long_quote: Span | None = None
        #: Whether reading stopped at one of the limits, or at a second document.
        self.stopped = False
        self._nodes = 0
        self._documents = 0
        #: Open blocks: where each began, and what it holds so far.
        self._open: list[tuple[yaml.Event, list[Node]]] = []

    @cached_property
    def _labels_used(self) -> frozenset[str]:
        return frozenset(re.findall(r"\*([^\s,\[\]{}]+)", self.source.text))

    def take_all(self, text: str) -> yaml.YAMLError | None:
        """Take the events of a text one by one; return the fault that stopped it, if any."""
        try:
            for event in yaml.parse(text, Loader=self.parser):
                if not self._take(event):
                    self.stopped = True
                    break
        except yaml.YAMLError as error:
            return error
        return None

    def _take(self, event: yaml.Event) -> bool:
        """Take one event; False when reading must stop here."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(
                    event,
                    say("a second document begins here"),
                    say("keep one document per file"),
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
                say("`{text}` occurs twice in this block", text=key.text),
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

    def _refuse(self, what: yaml.Event | Node, says: Message, help: Message) -> None:
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
                help=help,
                fix=fix,
            )
        )

    def _stop(self, what: yaml.Event | Node, says: Message) -> None:
        span = self._span(what) if isinstance(what, yaml.Event) else what.span
        self.root = None
        self.diagnostics.append(
            diagnose("S103", says, span, help=say("split it into several files"))
        )
