"""What a block of a file may hold: declared once, read by the checks and by editors.

A shape says which keys a block has, what each holds and what it means. `conform` finds
every departure from it; `json_schema` beside it gives the same shape to an editor.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from ipcity_policy.text.diagnostic import Diagnostic, diagnose, did_you_mean
from ipcity_policy.text.document import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text. `pattern` is what it must match, and `form` says so in words."""

    pattern: str | None = None
    form: str = "a text"
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


def conform(node: Node, shape: Shape) -> Iterator[Diagnostic]:
    """Yield every departure of `node` from `shape`."""
    match shape:
        case Leaf():
            yield from _leaf(node, shape)
        case ListOf() | MapOf() | ByPath() if _is_empty(node):
            return
        case ListOf(item):
            if isinstance(node, Sequence):
                for child in node.items:
                    yield from conform(child, item)
            else:
                yield _wrong(node, "a list", "begin each item with `- `")
        case MapOf(value, named):
            if isinstance(node, Mapping):
                for key, child in node.entries:
                    if named and not is_name(key.text):
                        yield bad_name(key)
                    yield from conform(child, value)
            else:
                yield _wrong(node, "a block of `name: …`", "write one name to a line")
        case ByPath():
            yield from conform(node, MapOf(Anything(), named=False))
        case Block():
            yield from _block(node, shape)
        case Either(text, many, block):
            chosen = {Scalar: text, Sequence: many, Mapping: block}[type(node)]
            if chosen is None:
                forms = ((text, "a text"), (many, "a list"), (block, "a block"))
                yield _wrong(
                    node, " or ".join(word for one, word in forms if one is not None), ""
                )
            else:
                yield from conform(node, chosen)
        case Again(_, inner):
            yield from conform(node, inner())
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


def bad_name(key: Scalar) -> Diagnostic:
    """Say that a name is not written as names are."""
    better = re.sub(r"[\s_]+", "-", key.text.strip().lower())
    fits = is_name(better)
    return diagnose(
        "N103",
        f"`{key.text}` is not a name",
        key.span,
        help=f"write `{better}`" if fits else "use lower-case words joined by hyphens",
    )


def _leaf(node: Node, shape: Leaf) -> Iterator[Diagnostic]:
    if not isinstance(node, Scalar):
        yield _wrong(node, shape.form, "write it on one line, without brackets")
    elif not node.text.strip():
        yield diagnose("S204", f"nothing is written here where {shape.form} belongs", node.span)
    elif shape.pattern is not None and not re.fullmatch(shape.pattern, node.text):
        yield diagnose("S204", f"`{_cut(node.text)}` is not {shape.form}", node.span)


def _block(node: Node, shape: Block) -> Iterator[Diagnostic]:
    if not isinstance(node, Mapping):
        if shape.short is None:
            yield _wrong(
                node, f"a block for {shape.what}", "write its keys on lines of their own"
            )
        else:
            yield from conform(node, next(k.shape for k in shape.keys if k.name == shape.short))
        return
    keys = {name: key for key in shape.keys for name in written(key)}
    for name, child in node.entries:
        known = keys.get(name.text)
        if known is None:
            near = did_you_mean(name.text, keys)
            yield diagnose(
                "S201",
                f"`{name.text}` is not a key of {shape.what}",
                name.span,
                help=near or f"the keys here are {', '.join(f'`{key}`' for key in keys)}",
            )
        else:
            yield from conform(child, known.shape)
    for key in shape.keys:
        found = [name for name in written(key) if node.get(name) is not None]
        if not found and key.required:
            yield diagnose(
                "S202",
                f"{shape.what} needs `{written(key)[0]}`",
                _head(node),
                help=f"add `{written(key)[0]}:` — {key.doc}",
            )
        elif key.bilingual and len(found) == 1:
            other = next(name for name in written(key) if name not in found)
            yield diagnose(
                "S205",
                f"`{found[0]}` has no `{other}` beside it",
                (node.key(found[0]) or node).span,
                help=f"add `{other}:`; until then readers of that language see this text",
            )


def written(key: Key) -> tuple[str, ...]:
    """Return how a key is spelled in a file: once, or once in each language."""
    if key.bilingual:
        return tuple(f"{key.name}-{language}" for language in LANGUAGES)
    return (key.name,)


def _head(node: Mapping) -> "Any":
    return node.entries[0][0].span if node.entries else node.span


def _wrong(node: Node, wanted: str, mend: str) -> Diagnostic:
    found = {Scalar: "a text", Sequence: "a list", Mapping: "a block"}[type(node)]
    head = _head(node) if isinstance(node, Mapping) else node.span
    return diagnose("S203", f"{wanted} belongs here, and {found} was written", head, help=mend)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
