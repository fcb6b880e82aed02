"""Every departure of what was written from its shape, each with its help."""

import re
from collections.abc import Collection, Iterator
from typing import assert_never

from ipcity_policy.text.diagnostic import Diagnostic, Fix, diagnose
from ipcity_policy.text.fixes import instead, nearest, repeats
from ipcity_policy.text.message import Message, any_of, either, listed, say
from ipcity_policy.text.nearest import as_name
from ipcity_policy.yaml.document import Mapping, Node, Scalar, Sequence
from ipcity_policy.yaml.former import told_of
from ipcity_policy.yaml.normalize import cleared
from ipcity_policy.yaml.schema import (
    Again,
    Anything,
    ByPath,
    Either,
    Leaf,
    ListOf,
    MapOf,
    Record,
    Schema,
    below,
    is_name,
    written,
)

#: For so many unknown keys of a block the key that was meant is sought.
MAX_SLIPS = 500


def conform(node: Node, shape: Schema) -> Iterator[Diagnostic]:
    """Yield every departure of `node` from `shape`."""
    clear_node, found = cleared(node, shape)
    yield from found
    yield from departures(clear_node, shape)


def departures(node: Node, shape: Schema) -> Iterator[Diagnostic]:
    """Yield every departure from `shape` of a node that is cleared already."""
    match shape:
        case Leaf():
            yield from _leaf(node, shape)
        case ListOf() | MapOf() | ByPath() if _is_empty(node):
            return
        case ListOf(item):
            if isinstance(node, Sequence):
                for child in node.items:
                    yield from departures(child, item)
            else:
                yield _wrong(node, say("a list"), say("begin each item with `- `"))
        case MapOf(value, named):
            if isinstance(node, Mapping):
                taken = {name.text for name, _ in node.entries}
                for key, child in node.entries:
                    if named and not is_name(key.text):
                        yield bad_name(key, taken)
                    yield from departures(child, value)
            else:
                yield _wrong(node, say("a block of `name: …`"), say("write one name per line"))
        case ByPath():
            yield from departures(node, MapOf(Anything(), named=False))
        case Record():
            yield from _block(node, shape)
        case Either(text, many, block):
            chosen = {Scalar: text, Sequence: many, Mapping: block}[type(node)]
            if chosen is None:
                forms = zip((text, many, block), _WRITTEN.values(), strict=True)
                yield _wrong(
                    node, either(tuple(word for one, word in forms if one is not None)), None
                )
            else:
                yield from departures(node, chosen)
        case Again(_, inner):
            yield from departures(node, inner())
        case Anything():
            return
        case _:
            assert_never(shape)


def _is_empty(node: Node) -> bool:
    """Tell whether a key was written with nothing after it: a list or block of no entries."""
    return isinstance(node, Scalar) and not node.quoted and not node.text


def bad_name(key: Scalar, taken: Collection[str] = ()) -> Diagnostic:
    """Say that a name is not written as names are; `taken` are the names beside it."""
    better = as_name(key.text)
    fits = is_name(better)
    certain = fits and better not in taken and not repeats(key.text)
    return diagnose(
        "N103",
        say("`{text}` is not a name", text=key.text),
        key.span,
        help=say("write `{text}`", text=better)
        if fits
        else say("use lower-case words joined by hyphens"),
        fix=instead(key.span, key.text, better) if certain else None,
    )


def _leaf(node: Node, shape: Leaf) -> Iterator[Diagnostic]:
    if not isinstance(node, Scalar):
        yield _wrong(node, _form(shape), say("write it on one line, without brackets"))
    elif not node.text.strip():
        yield diagnose(
            "S204",
            say("nothing is written here where {form} is expected", form=_form(shape)),
            node.span,
        )
    elif shape.pattern is not None and not re.fullmatch(shape.pattern, node.text):
        help, fix = _leaf_help(node, shape.pattern)
        message = say("`{text}` is not {form}", text=_cut(node.text), form=_form(shape))
        yield diagnose("S204", message, node.span, help=help, fix=fix)


def _leaf_help(node: Scalar, pattern: str) -> tuple[Message | None, Fix | None]:
    """Return what a text is likely to be meant for, where its pattern tells."""
    if re.fullmatch(r"[a-z-]+(?:\|[a-z-]+)+", pattern):
        return nearest(node.text, pattern.split("|"), node.span)
    for better in (node.text.strip(), as_name(node.text), _as_date(node.text)):
        if re.fullmatch(pattern, better):
            fix = instead(node.span, node.text, better) if not repeats(node.text) else None
            return say("write `{text}`", text=better), fix
    return None, None


def _as_date(text: str) -> str:
    """Return a date as the language writes it, from year, month and day set apart."""
    found = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月](?:([0-9]{1,2})日?)?", text)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else ""


def _block(node: Node, shape: Record) -> Iterator[Diagnostic]:
    if not isinstance(node, Mapping):
        if shape.short is None:
            yield _wrong(
                node,
                say("a block for {what}", what=say(shape.what)),
                say("write its keys on lines of their own"),
            )
        else:
            yield from departures(node, below(shape, shape.short))
        return
    keys = shape.spelled
    there = {name.text for name, _ in node.entries}
    free = [key for key in keys if key not in there]
    slips = 0
    for name, child in node.entries:
        known = keys.get(name.text)
        old = told_of(node, name, shape) if known is None else None
        if old is not None:
            yield old
        elif known is None:
            slips += 1
            near, fix = (
                nearest(name.text, free, name.span) if slips <= MAX_SLIPS else (None, None)
            )
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
            yield from departures(child, known.shape)
    for key in shape.keys:
        found = [name for name in written(key) if name in there]
        if not found and key.required:
            yield diagnose(
                "S202",
                say("{what} needs `{written}`", what=say(shape.what), written=written(key)[0]),
                node.head,
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


#: How a node may be written.
_WRITTEN: dict[type[Node], Message] = {
    Scalar: say("a text"),
    Sequence: say("a list"),
    Mapping: say("a block"),
}


def _form(leaf: Leaf) -> Message:
    """Say what a text must be."""
    return any_of(word for word, _ in leaf.words) if leaf.words else say(leaf.form)


def _wrong(node: Node, wanted: Message, help: Message | None) -> Diagnostic:
    found = _WRITTEN[type(node)]
    head = node.head if isinstance(node, Mapping) else node.span
    if isinstance(node, Scalar) and not node.quoted and re.match(r"[\w-]+：", node.text):
        help = say("write `{mark}` and a space", mark=":")
    return diagnose(
        "S203",
        say("{wanted} is expected here, but {found} was written", wanted=wanted, found=found),
        head,
        help=help,
    )


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
