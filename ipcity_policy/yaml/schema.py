"""What a block of a file may hold: declared once, read by the checks and by editors.

A shape says which keys a block has, what each holds and what it means. `validate` finds
every departure from it; `json_schema` beside it gives the same shape to an editor.
"""

import re
from collections import abc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ipcity_policy.yaml.document import Mapping, Node, Scalar, Sequence


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

    item: "Schema"


@dataclass(frozen=True, slots=True)
class MapOf:
    """Things by name: the names are the author's."""

    value: "Schema"
    #: Whether the names must be names of the language.
    named: bool = True


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a block."""

    name: str
    shape: "Schema"
    #: What it means, one sentence, shown by editors.
    doc: str
    required: bool = False
    #: Whether it is written once in each language, as `name-en` and `name-zh`.
    bilingual: bool = False


@dataclass(frozen=True, slots=True)
class Former:
    """A key that a block had in an older language."""

    name: str
    #: What it is called now; None where nothing has its meaning any more.
    now: str | None
    #: The first language that does not have it.
    since: int


@dataclass(frozen=True, slots=True)
class Record:
    """A block of known keys. With `short`, a bare value stands for a block of that key."""

    what: str
    #: What it is, one sentence, shown by editors.
    doc: str
    keys: tuple[Key, ...]
    short: str | None = None
    #: The keys that it had in older languages.
    former: tuple[Former, ...] = ()
    #: Each key as it is spelled in a file.
    spelled: abc.Mapping[str, Key] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spelled = {name: key for key in self.keys for name in written(key)}
        object.__setattr__(self, "spelled", spelled)


@dataclass(frozen=True, slots=True)
class Either:
    """One of several, told apart by how it is written: a text, a list, a block."""

    text: "Schema | None" = None
    list: "Schema | None" = None
    block: "Schema | None" = None


@dataclass(frozen=True, slots=True)
class Again:
    """A shape that holds itself, by name."""

    name: str
    shape: Callable[[], "Schema"]


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value at all: what a change puts in the place it names."""


@dataclass(frozen=True, slots=True)
class ByPath:
    """Things by the path of the place where each will stand; they are checked there."""

    shape: Callable[[str], "Schema"]


Schema: TypeAlias = Leaf | ListOf | MapOf | Record | Either | Again | Anything | ByPath

LANGUAGES = ("en", "zh")
#: Names: words of letters and digits joined by hyphens; Chinese letters allowed.
NAME = r"[a-z\u3400-\u4dbf\u4e00-\u9fff][a-z0-9\u3400-\u4dbf\u4e00-\u9fff]*" + (
    r"(?:-[a-z0-9\u3400-\u4dbf\u4e00-\u9fff]+)*"
)


def one_of(words: dict[str, str]) -> Leaf:
    """Return a text that is one of a few words, each given with what it means."""
    *most, last = (f"`{word}`" for word in words)
    return Leaf("|".join(words), f"{', '.join(most)} or {last}", words=tuple(words.items()))


def leaves(node: Node, shape: Schema) -> Iterator[tuple[Scalar, Leaf]]:
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
        case Record(), Mapping(entries):
            for key, child in entries:
                yield from leaves(child, below(shape, key.text))
        case Record(short=str(name)), _:
            yield from leaves(node, below(shape, name))
        case Either(text, many, block), _:
            chosen = {Scalar: text, Sequence: many, Mapping: block}[type(node)]
            yield from leaves(node, chosen or Anything())
        case Again(), _:
            yield from leaves(node, shape.shape())


def former_keys(node: Node, shape: Schema) -> Iterator[tuple[Mapping, Scalar, Record]]:
    """Yield every key of an older language, with its block and the shape of that."""
    match shape, node:
        case ListOf(item), Sequence(items):
            for child in items:
                yield from former_keys(child, item)
        case ((Record() | MapOf() | ByPath()), Mapping(entries)):
            if isinstance(shape, Record):
                old = {one.name for one in shape.former}
                yield from ((node, key, shape) for key, _ in entries if key.text in old)
            for key, child in entries:
                yield from former_keys(child, below(shape, key.text))
        case Either(text, many, block), _:
            chosen = {Scalar: text, Sequence: many, Mapping: block}[type(node)]
            yield from former_keys(node, chosen or Anything())
        case Again(), _:
            yield from former_keys(node, shape.shape())


def below(shape: Schema, key: str) -> Schema:
    """Return what may stand under a key; anything where the shape does not say."""
    match shape:
        case Record():
            known = shape.spelled.get(key)
            return Anything() if known is None else known.shape
        case MapOf(value):
            return value
        case ByPath(at):
            return at(key)
        case Either(block=Record() | MapOf() as block):
            return below(block, key)
        case Again():
            return below(shape.shape(), key)
    return Anything()


def keys_of(shape: Schema | None) -> frozenset[str]:
    """Return every key that a shape has at any depth, as it is spelled in a file."""
    match shape:
        case Record(keys=keys):
            inner = (keys_of(key.shape) for key in keys)
            return frozenset(shape.spelled).union(*inner)
        case ListOf(inside) | MapOf(inside):
            return keys_of(inside)
        case Either(text, many, block):
            return keys_of(text) | keys_of(many) | keys_of(block)
    return frozenset()  # what holds itself has no keys that it does not have already


def is_name(text: str) -> bool:
    """Tell whether a text can name something."""
    return re.fullmatch(NAME, text) is not None


def written(key: Key) -> tuple[str, ...]:
    """Return how a key is spelled in a file: once, or once in each language."""
    if key.bilingual:
        return tuple(f"{key.name}-{language}" for language in LANGUAGES)
    return (key.name,)
