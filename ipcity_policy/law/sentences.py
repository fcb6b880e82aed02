"""The sentences of a rule file, and the one canonical form that each of them has."""

from collections.abc import Iterator
from typing import cast

from ipcity_policy.lang.parser import parse_sentence
from ipcity_policy.lang.printer import print_sentence
from ipcity_policy.lang.syntax import Start
from ipcity_policy.law.schemas.kinds import shape_of
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Node, Scalar
from ipcity_policy.yaml.schema import Anything, leaves


def sentences(node: Node) -> Iterator[tuple[Scalar, tuple[Start, ...]]]:
    """Yield every sentence of a file, with the start rules that it may follow."""
    for scalar, leaf in leaves(node, shape_of(node) or Anything()):
        if leaf.sentences:
            yield scalar, cast(tuple[Start, ...], leaf.sentences)


def canonical_sentence(text: str, starts: tuple[Start, ...]) -> str | None:
    """Return a sentence in canonical form; None where it cannot be read."""
    anywhere = Scalar(text, Span(Source("", ""), 0, 0))  # places take the most time
    for start in starts:
        sentence = parse_sentence(anywhere, start).value
        if sentence is not None:
            return print_sentence(sentence)
    return None
