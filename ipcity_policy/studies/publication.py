"""Whether a published version still says what it said when it was published."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, assert_never

from ipcity_policy.measure.assembly import HEADER_FILE, rule_files
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.reader import child
from ipcity_policy.measure.ref import Ref
from ipcity_policy.text import document
from ipcity_policy.text.diagnostic import Diagnostic, diagnose, has_errors
from ipcity_policy.text.document import Node, Scalar, Sequence
from ipcity_policy.text.message import say
from ipcity_policy.text.source import flow

#: The key of a header that holds the digest. What it says is not part of the text.
_KEY = "published"
#: How many characters of the digest are written.
_SHOWN = 16


def lint_published(library: Library, ref: Ref) -> Iterator[Diagnostic]:
    """Report a version whose text is not the one that was published."""
    header = library.document(ref.path / HEADER_FILE).value
    written = child(header, _KEY)
    if ref.is_draft or not isinstance(written, Scalar):
        return
    digest = text_digest(library, ref)
    if digest is None or written.text == digest:
        return
    if not re.fullmatch(f"[0-9a-f]{{{_SHOWN}}}", written.text):
        message, mend = (
            say("`{text}` is not the digest of a text", text=written.text),
            say("write `{text}`", text=digest),
        )
        yield diagnose("M120", message, written.span, help=mend)
        return
    yield diagnose(
        "M119",
        say("`{id}` no longer says what it said when it was published", id=ref.id),
        written.span,
        help=say(
            "write what is new as a draft (`ipcity draft new --amends {id}`) "
            "and undo it here; if the published text was copied wrongly, write "
            "`{key}: {digest}`",
            id=ref.id,
            key=_KEY,
            digest=digest,
        ),
    )


def text_digest(library: Library, ref: Ref) -> str | None:
    """Return the digest of what a version's own files say; None where one cannot be read.

    It is the beginning of the SHA-256, in hexadecimal digits, of the files in order of name
    as one JSON list: blocks as objects and lists as arrays, both in the order written, and
    every text with its white space as it is read. How the files are laid out, their names
    and their comments do not count.
    """
    texts: list[Any] = []
    for path in rule_files(ref.path):
        read = library.document(path)
        if read.value is None or has_errors(read.diagnostics):
            return None
        said = _plain(read.value)
        if path.name == HEADER_FILE and isinstance(said, dict):
            said.pop(_KEY, None)
        texts.append(said)
    packed = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()[:_SHOWN]


def _plain(node: Node) -> Any:
    """Return what a node says."""
    match node:
        case Scalar(text):
            return flow(text)
        case Sequence(items):
            return [_plain(item) for item in items]
        case document.Mapping(entries):
            return {key.text: _plain(value) for key, value in entries}
        case _:
            assert_never(node)
