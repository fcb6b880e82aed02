"""A shape as JSON Schema 2020-12, with what an editor shows and offers.

A language server for YAML completes, explains and checks a file by it. Beside the words of
the standard it reads `enumDescriptions`, `patternErrorMessage` and `defaultSnippets`, which
other validators pass over.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, TypeAlias, assert_never

from ipcity_policy.yaml.schema import (
    NAME,
    Again,
    Anything,
    ByPath,
    Either,
    Key,
    Leaf,
    ListOf,
    MapOf,
    Record,
    Schema,
    below,
    written,
)

JsonSchema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NAMES = {
    "title": "name",
    "description": "a name in lower-case words joined by hyphens",
    "pattern": f"^{NAME}$",
    "patternErrorMessage": "a name is written in lower-case words joined by hyphens",
}


def json_schema(shape: Schema, definitions: JsonSchema) -> JsonSchema:
    """Return the JSON Schema of a shape; blocks and named shapes go into `definitions`.

    It refuses what `conform` calls an error. A text in one language only is not refused.
    """
    match shape:
        case Leaf():
            return leaf_schema(shape)
        case ListOf(item):
            several: JsonSchema = {"type": "array", "items": json_schema(item, definitions)}
            return several | (
                {"defaultSnippets": [snippet(item)]} if isinstance(item, Record) else {}
            )
        case MapOf(value, named):
            things: JsonSchema = {"type": "object"}
            if named:
                things["propertyNames"] = _NAMES
            if isinstance(value, Record):
                things["defaultSnippets"] = [_entry(value)]
            return things | {"additionalProperties": json_schema(value, definitions)}
        case Record():
            name = shape.what.split(" ", 1)[-1].replace(" ", "-")
            block = block_schema(shape, definitions)
            assert definitions.get(name, block) == block  # INVARIANT: `what` names one shape
            definitions[name] = block
            named_block = {"$ref": f"#/$defs/{name}"}
            if shape.short is None:
                return named_block
            short = json_schema(below(shape, shape.short), definitions)
            return {"anyOf": [short, named_block]}
        case Either(text, many, inner):
            options = [one for one in (text, many, inner) if one is not None]
            return {"anyOf": [json_schema(one, definitions) for one in options]}
        case Again(name, inner_shape):
            if name not in definitions:
                definitions[name] = {}
                definitions[name] = json_schema(inner_shape(), definitions)
            return {"$ref": f"#/$defs/{name}"}
        case Anything():
            return {}
        case ByPath():
            return {"type": "object"}
        case _:
            assert_never(shape)


def leaf_schema(leaf: Leaf) -> JsonSchema:
    """Return the JSON Schema of a text, which is a number to JSON where it looks like one."""
    if leaf.words:
        words, meanings = zip(*leaf.words, strict=True)
        return {"type": "string", "enum": [*words], "enumDescriptions": [*meanings]}
    if leaf.pattern is None:
        help = f"nothing is written here where {leaf.form} belongs"
        return {"type": ["string", "number"], "pattern": r"\S", "patternErrorMessage": help}
    text = {
        "pattern": f"^(?:{leaf.pattern})$",
        "patternErrorMessage": f"this is not {leaf.form}",
    }
    if leaf.numbers is None:
        return {"type": "string", **text}
    least, most = leaf.numbers
    limits = {"minimum": least} | ({} if most is None else {"maximum": most})
    return {"type": ["string", "integer"], **text, **limits}


def _described(key: Key) -> str:
    """Return what a key means, and how its value is written where that is not plain."""
    match key.shape:
        case Leaf(pattern=pattern, form=form, words=()) if pattern not in (None, NAME):
            return f"{key.doc}\n\n{form}"
    return key.doc


def block_schema(shape: Record, definitions: JsonSchema) -> JsonSchema:
    """Return the JSON Schema of a block itself; what it holds goes into `definitions`."""
    properties = {
        name: json_schema(key.shape, definitions) | {"description": _described(key)}
        for key in shape.keys
        for name in written(key)
    }
    needed = [key for key in shape.keys if key.required]
    block: JsonSchema = {
        "title": shape.what,
        "description": shape.doc,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if any(not key.bilingual for key in needed):
        block["required"] = [key.name for key in needed if not key.bilingual]
    if any(key.bilingual for key in needed):
        # One language is enough: what is missing in the other is a warning.
        block["allOf"] = [
            {"anyOf": [{"required": [name]} for name in written(key)]}
            for key in needed
            if key.bilingual
        ]
    return block


def snippet(block: Record, first: str | None = None) -> JsonSchema:
    """Return what an editor offers to insert for a block: the keys it needs, to be filled in.

    `first` is a key that begins it although the block does not need it.
    """
    places = count(1)
    keys = [key for key in block.keys if key.required or key.name == first]
    keys.sort(key=lambda key: key.name != first)
    return _snippet(block, _blanks(keys, places))


def _entry(block: Record) -> JsonSchema:
    """Return what an editor offers where blocks stand by name."""
    places = count(1)
    return _snippet(block, {f"${{{next(places)}:name}}": _blank(block, places)})


def _snippet(block: Record, body: JsonSchema) -> JsonSchema:
    return {"label": block.what, "description": block.doc, "body": body}


def _blanks(keys: Iterable[Key], places: Iterator[int]) -> JsonSchema:
    return {name: _blank(key.shape, places) for key in keys for name in written(key)}


def _blank(shape: Schema, places: Iterator[int]) -> Any:
    """Return what is inserted for a value: a numbered place, or a block of them."""
    match shape:
        case Leaf(words=words) if words:
            return f"${{{next(places)}|{','.join(word for word, _ in words)}|}}"
        case ListOf(item):
            return [_blank(item, places)]
        case MapOf(value):
            return {f"${{{next(places)}:name}}": _blank(value, places)}
        case Record(keys=keys, short=None):
            return _blanks((key for key in keys if key.required), places)
        case Leaf() | Record() | Either() | Again() | Anything() | ByPath():
            return f"${next(places)}"
        case _:
            assert_never(shape)
