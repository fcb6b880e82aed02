"""What a document says, as JSON: its keys and texts, without places, layout and comments."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from ipcity_policy.text.canonical_json import Json
from ipcity_policy.text.source import flow
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence


def plain(node: Node, texts: Mapping[int, str] = MappingProxyType({})) -> Json:
    """Return what a node says; every scalar is a text, with its lines joined.

    `texts` are other texts of scalars, by the offset where each scalar begins.
    """
    match node:
        case Scalar(text):
            return texts.get(node.span.start, flow(text))
        case Sequence(items):
            return [plain(item, texts) for item in items]
        case document.Mapping(entries):
            return {key.text: plain(value, texts) for key, value in entries}
        case _:
            assert_never(node)
