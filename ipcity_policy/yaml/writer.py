"""Documents written as YAML. The same document gives the same text; comments are not kept."""

import yaml

from ipcity_policy.yaml.document import Mapping, Node, Scalar, Sequence

#: How long a block or list may be that is written on one line.
_SHORT = 72
_TAGS = {Scalar: "str", Sequence: "seq", Mapping: "map"}


def yaml_text(node: Node) -> str:
    """Write a document so that reading it gives the document again."""
    # The base dumper gives no type to a plain text, as our reader does not.
    return yaml.serialize(
        _tree(node), Dumper=yaml.BaseDumper, allow_unicode=True, width=1 << 20
    )


def _tree(node: Node) -> yaml.Node:
    tag = f"tag:yaml.org,2002:{_TAGS[type(node)]}"
    match node:
        case Scalar(text):
            return yaml.ScalarNode(tag, text, style=_style(node))
        case Sequence(items):
            children = [_tree(item) for item in items]
            return yaml.SequenceNode(tag, children, flow_style=_on_one_line(*items))
        case Mapping(entries):
            pairs = [(_tree(key), _tree(value)) for key, value in entries]
            short = _on_one_line(*(part for entry in entries for part in entry))
            return yaml.MappingNode(tag, pairs, flow_style=short)


def _style(scalar: Scalar) -> str | None:
    if "\n" in scalar.text:
        return "|"
    return "'" if scalar.quoted or not scalar.text else None


def _on_one_line(*parts: Node) -> bool:
    texts = [part.text for part in parts if isinstance(part, Scalar)]
    plain = len(texts) == len(parts) and not any("\n" in text for text in texts)
    return plain and sum(map(len, texts)) + 2 * len(texts) <= _SHORT
