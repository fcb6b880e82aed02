"""A file in its canonical form: the layout of the text, and the sentences in it."""

from collections.abc import Iterator
from typing import cast

from ipcity_policy.lang.parser import parse_sentence, past_limits
from ipcity_policy.lang.printer import print_sentence
from ipcity_policy.lang.syntax import Start
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.schemas.kinds import shape_of
from ipcity_policy.text.diagnostic import Result
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Node, Scalar
from ipcity_policy.yaml.formatter import lay_out
from ipcity_policy.yaml.schema import Anything, leaves


def canonical(name: str, data: bytes) -> Result[bytes]:
    """Return the bytes of a file in canonical form; none where it cannot be read."""
    read = read_bytes(name, data)
    if not read.ok or read.value is None:
        return Result(None, read.diagnostics)
    texts = {
        scalar.span.start: text
        for scalar, starts in sentences(read.value)
        if (text := _printed(scalar, starts)) is not None
    }
    return Result(lay_out(read.value, texts).encode(), read.diagnostics)


def sentences(node: Node) -> Iterator[tuple[Scalar, tuple[Start, ...]]]:
    """Yield every sentence of a file, with the start rules that it may follow."""
    for scalar, leaf in leaves(node, shape_of(node) or Anything()):
        if leaf.sentences:
            yield scalar, cast(tuple[Start, ...], leaf.sentences)


def _printed(scalar: Scalar, starts: tuple[Start, ...]) -> str | None:
    """Return the canonical text of a sentence; None where it stays as it is written.

    That is where it cannot be read, and where it was given lines of its own below `|`.
    """
    if scalar.span.text[:1] in ("|", ">"):
        return None
    anywhere = Scalar(scalar.text, Span(Source("", ""), 0, 0))  # places take the most time
    for start in starts:
        sentence = parse_sentence(anywhere, start).value
        if sentence is not None:
            text = print_sentence(sentence)
            changed = text != scalar.text or "\n" in scalar.span.text
            # With its spaces, a sentence at a limit would not be read again.
            return text if changed and past_limits(text) is None else None
    return None
