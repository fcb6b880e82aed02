"""A file in its canonical form: the layout of the text, and the sentences in it."""

from ipcity_policy.lang.parser import past_limits
from ipcity_policy.lang.syntax import Start
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.sentences import canonical_sentence, sentences
from ipcity_policy.text.diagnostic import Result
from ipcity_policy.yaml.document import Scalar
from ipcity_policy.yaml.formatter import lay_out


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


def _printed(scalar: Scalar, starts: tuple[Start, ...]) -> str | None:
    """Return the canonical text of a sentence; None where it stays as it is written.

    That is where it cannot be read, and where it was given lines of its own below `|`.
    """
    if scalar.span.text[:1] in ("|", ">"):
        return None
    text = canonical_sentence(scalar.text, starts)
    if text is None or past_limits(text) is not None:
        # With its spaces, a sentence at a limit would not be read again.
        return None
    return text if text != scalar.text or "\n" in scalar.span.text else None
