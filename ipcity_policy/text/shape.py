"""What a block of a file may hold: declared once, read by the checks and by editors.

A shape says which keys a block has, what each holds and what it means. `conform` finds
every departure from it; `json_schema` beside it gives the same shape to an editor.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, assert_never

from ipcity_policy.text.diagnostic import Diagnostic, Fix, diagnose
from ipcity_policy.text.document import Mapping, Node, Scalar, Sequence, clear
from ipcity_policy.text.mends import as_name, instead, nearest
from ipcity_policy.text.message import Message, any_of, either, listed, say


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text. `pattern` is what it must match, and `form` says so in words."""

    pattern: str | None = None
    form: str = "a text"
    #: Whether it holds no prose: only names and numbers. With a pattern it never does.
    plain: bool = False
    #: The kinds of sentence that it may be, in the words of the language; none for a bare text.
    sentences: tuple[str, ...] = ()
    #: The words it may be, each with what it means; empty where there are not only a few.
    words: tuple[tuple[str, str], ...] = ()
    #: The least and greatest whole number that match `pattern`; None where none does.
    numbers: tuple[int, int | None] | None = None


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind of thing."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class MapOf:
    """Things by name: the names are the author's."""

    value: "Shape"
    #: Whether the names must be names of the language.
    named: bool = True


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a block."""

    name: str
    shape: "Shape"
    #: What it means, one sentence, shown by editors.
    doc: str
    required: bool = False
    #: Whether it is written once in each language, as `name-en` and `name-zh`.
    bilingual: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A block of known keys. With `short`, a bare value stands for a block of that key."""

    what: str
    #: What it is, one sentence, shown by editors.
    doc: str
    keys: tuple[Key, ...]
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """One of several, told apart by how it is written: a text, a list, a block."""

    text: "Shape | None" = None
    list: "Shape | None" = None
    block: "Shape | None" = None


@dataclass(frozen=True, slots=True)
class Again:
    """A shape that holds itself, by name."""

    name: str
    shape: Callable[[], "Shape"]


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value at all: what a change puts in the place it names."""


@dataclass(frozen=True, slots=True)
class ByPath:
    """Things by the path of the place where each will stand; they are checked there."""

    shape: Callable[[str], "Shape"]


Shape: TypeAlias = Leaf | ListOf | MapOf | Block | Either | Again | Anything | ByPath

LANGUAGES = ("en", "zh")
#: Names: words of letters and digits joined by hyphens; Chinese letters allowed.
NAME = r"[a-z\u3400-\u4dbf\u4e00-\u9fff][a-z0-9\u3400-\u4dbf\u4e00-\u9fff]*" + (
    r"(?:-[a-z0-9\u3400-\u4dbf\u4e00-\u9fff]+)*"
)


def one_of(words: dict[str, str]) -> Leaf:
    """Return a text that is one of a few words, each given with what it means."""
    *most, last = (f"`{word}`" for word in words)
    return Leaf("|".join(words), f"{', '.join(most)} or {last}", words=tuple(words.items()))


def cleared(node: Node, shape: Shape) -> tuple[Node, tuple[Diagnostic, ...]]:
    """Return `node` in the characters that are meant where it holds no prose, and what was not.

    Who reads on from it does not meet the same slip again. Keys are clear already, and
    sentences are cleared where they are read.
    """
    found: list[Diagnostic] = []
    return _cleared(node, shape, found), tuple(found)


def _cleared(node: Node, shape: Shape, found: list[Diagnostic]) -> Node:
    match shape, node:
        case Leaf(), Scalar() if shape.plain or shape.pattern is not None:
            text, wrong = clear(node)
            if shape.pattern is None or re.fullmatch(shape.pattern, text.text):
                found += wrong
                return text
        case ListOf(item), Sequence(items):
            parts = tuple(part for one in items for part in _items(one, item, found))
            return replace(node, items=parts)
        case ((MapOf() | ByPath() | Block()), Mapping(entries)):
            pairs = (
                (key, _cleared(child, below(shape, key.text), found)) for key, child in entries
            )
            return replace(node, entries=tuple(pairs))
        case Block(short=str() as short), _:
            return _cleared(node, below(shape, short), found)
        case Either(text=Leaf() as leaf), Scalar():
            return _cleared(node, leaf, found)
        case Either(list=ListOf() as many), Sequence():
            return _cleared(node, many, found)
        case Either(block=Block() as block), Mapping():
            return _cleared(node, block, found)
        case Again(_, inner), _:
            return _cleared(node, inner(), found)
    return node


def _items(node: Node, shape: Shape, found: list[Diagnostic]) -> Iterator[Node]:
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


def conform(node: Node, shape: Shape) -> Iterator[Diagnostic]:
    """Yield every departure of `node` from `shape`."""
    clear_node, found = cleared(node, shape)
    yield from found
    yield from _departures(clear_node, shape)


def _departures(node: Node, shape: Shape) -> Iterator[Diagnostic]:
    match shape:
        case Leaf():
            yield from _leaf(node, shape)
        case ListOf() | MapOf() | ByPath() if _is_empty(node):
            return
        case ListOf(item):
            if isinstance(node, Sequence):
                for child in node.items:
                    yield from _departures(child, item)
            else:
                yield _wrong(node, say("a list"), say("begin each item with `- `"))
        case MapOf(value, named):
            if isinstance(node, Mapping):
                taken = {name.text for name, _ in node.entries}
                for key, child in node.entries:
                    if named and not is_name(key.text):
                        yield bad_name(key, taken)
                    yield from _departures(child, value)
            else:
                yield _wrong(node, say("a block of `name: …`"), say("write one name to a line"))
        case ByPath():
            yield from _departures(node, MapOf(Anything(), named=False))
        case Block():
            yield from _block(node, shape)
        case Either(text, many, block):
            chosen = {Scalar: text, Sequence: many, Mapping: block}[type(node)]
            if chosen is None:
                forms = zip((text, many, block), _WRITTEN.values(), strict=True)
                yield _wrong(
                    node, either(tuple(word for one, word in forms if one is not None)), None
                )
            else:
                yield from _departures(node, chosen)
        case Again(_, inner):
            yield from _departures(node, inner())
        case Anything():
            return
        case _:
            assert_never(shape)


def leaves(node: Node, shape: Shape) -> Iterator[tuple[Scalar, Leaf]]:
    """Yield every text of `node` that stands where `shape` has one, and what it is."""
    match shape, node:
        case Leaf(), Scalar():
            yield node, shape
        case ListOf(item), Sequence(items):
            for child in items:
                yield from leaves(child, item)
        case ((MapOf() | ByPath()), Mapping(entries)):
            for key, child in entries:
                value = shape.value if isinstance(shape, MapOf) else shape.shape(key.text)
                yield from leaves(child, value)
        case Block(), Mapping(entries):
            for key, child in entries:
                yield from leaves(child, below(shape, key.text))
        case Block(short=str(name)), _:
            yield from leaves(node, below(shape, name))
        case Either(text, many, block), _:
            chosen = {Scalar: text, Sequence: many, Mapping: block}[type(node)]
            yield from leaves(node, chosen or Anything())
        case Again(), _:
            yield from leaves(node, shape.shape())


def below(shape: Shape, key: str) -> Shape:
    """Return what may stand under a key; anything where the shape does not say."""
    match shape:
        case Block(keys=keys):
            found = (one.shape for one in keys if key in written(one))
            return next(found, Anything())
        case MapOf(value):
            return value
        case ByPath(at):
            return at(key)
        case Either(block=Block() | MapOf() as block):
            return below(block, key)
        case Again():
            return below(shape.shape(), key)
    return Anything()


def _is_empty(node: Node) -> bool:
    """Tell whether a key was written with nothing after it: a list or block of no entries."""
    return isinstance(node, Scalar) and not node.quoted and not node.text


def is_name(text: str) -> bool:
    """Tell whether a text can name something."""
    return re.fullmatch(NAME, text) is not None


def bad_name(key: Scalar, taken: Collection[str] = ()) -> Diagnostic:
    """Say that a name is not written as names are; `taken` are the names beside it."""
    better = as_name(key.text)
    fits = is_name(better)
    return diagnose(
        "N103",
        say("`{text}` is not a name", text=key.text),
        key.span,
        help=say("write `{text}`", text=better)
        if fits
        else say("use lower-case words joined by hyphens"),
        fix=instead(key.span, key.text, better) if fits and better not in taken else None,
    )


def _leaf(node: Node, shape: Leaf) -> Iterator[Diagnostic]:
    if not isinstance(node, Scalar):
        yield _wrong(node, _form(shape), say("write it on one line, without brackets"))
    elif not node.text.strip():
        yield diagnose(
            "S204",
            say("nothing is written here where {form} belongs", form=_form(shape)),
            node.span,
        )
    elif shape.pattern is not None and not re.fullmatch(shape.pattern, node.text):
        mend, fix = _leaf_mend(node, shape.pattern)
        message = say("`{text}` is not {form}", text=_cut(node.text), form=_form(shape))
        yield diagnose("S204", message, node.span, help=mend, fix=fix)


def _leaf_mend(node: Scalar, pattern: str) -> tuple[Message | None, Fix | None]:
    """Return what a text is likely to be meant for, where its pattern tells."""
    if re.fullmatch(r"[a-z-]+(?:\|[a-z-]+)+", pattern):
        return nearest(node.text, pattern.split("|"), node.span)
    for better in (node.text.strip(), as_name(node.text), _as_date(node.text)):
        if re.fullmatch(pattern, better):
            return say("write `{text}`", text=better), instead(node.span, node.text, better)
    return None, None


def _as_date(text: str) -> str:
    """Return a date as the language writes it, from year, month and day set apart."""
    found = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月](?:([0-9]{1,2})日?)?", text)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else ""


def _block(node: Node, shape: Block) -> Iterator[Diagnostic]:
    if not isinstance(node, Mapping):
        if shape.short is None:
            yield _wrong(
                node,
                say("a block for {what}", what=say(shape.what)),
                say("write its keys on lines of their own"),
            )
        else:
            yield from _departures(
                node, next(k.shape for k in shape.keys if k.name == shape.short)
            )
        return
    keys = {name: key for key in shape.keys for name in written(key)}
    for name, child in node.entries:
        known = keys.get(name.text)
        if known is None:
            free = [key for key in keys if node.get(key) is None]
            near, fix = nearest(name.text, free, name.span)
            if isinstance(child, Scalar) and not child.text and _after_comma(name):
                near = say(
                    "in `{{…}}` a comma begins a new key: put the text around it in quotes"
                )
                fix = None
            yield diagnose(
                "S201",
                say("`{text}` is not a key of {what}", text=name.text, what=say(shape.what)),
                name.span,
                help=near or say("the keys here are {names}", names=listed(keys)),
                fix=fix,
            )
        else:
            yield from _departures(child, known.shape)
    for key in shape.keys:
        found = [name for name in written(key) if node.get(name) is not None]
        if not found and key.required:
            yield diagnose(
                "S202",
                say("{what} needs `{written}`", what=say(shape.what), written=written(key)[0]),
                _head(node),
                help=say("add `{written}:` — {doc}", written=written(key)[0], doc=say(key.doc)),
            )
        elif key.bilingual and len(found) == 1:
            other = next(name for name in written(key) if name not in found)
            yield diagnose(
                "S205",
                say("`{found}` has no `{other}` beside it", found=found[0], other=other),
                (node.key(found[0]) or node).span,
                help=say(
                    "add `{other}:`; until then readers of that language see this text",
                    other=other,
                ),
            )


def _after_comma(name: Scalar) -> bool:
    """Tell whether a key follows a comma on its line, as in a text that a comma divided."""
    span = name.span
    return span.source.text[: span.start].rstrip(" ").endswith(",")


def written(key: Key) -> tuple[str, ...]:
    """Return how a key is spelled in a file: once, or once in each language."""
    if key.bilingual:
        return tuple(f"{key.name}-{language}" for language in LANGUAGES)
    return (key.name,)


def _head(node: Mapping) -> "Any":
    return node.entries[0][0].span if node.entries else node.span


#: How a node may be written.
_WRITTEN: dict[type[Node], Message] = {
    Scalar: say("a text"),
    Sequence: say("a list"),
    Mapping: say("a block"),
}


def _form(leaf: Leaf) -> Message:
    """Say what a text must be."""
    return any_of(word for word, _ in leaf.words) if leaf.words else say(leaf.form)


def _wrong(node: Node, wanted: Message, mend: Message | None) -> Diagnostic:
    found = _WRITTEN[type(node)]
    head = _head(node) if isinstance(node, Mapping) else node.span
    return diagnose(
        "S203",
        say("{wanted} belongs here, and {found} was written", wanted=wanted, found=found),
        head,
        help=mend,
    )


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
