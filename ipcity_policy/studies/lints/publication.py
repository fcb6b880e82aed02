"""Whether a published version still says what it said when it was published."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, assert_never

from ipcity_policy.law.assembly import HEADER_FILE, rule_files
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Basis
from ipcity_policy.law.reader import child
from ipcity_policy.law.ref import Ref
from ipcity_policy.text.diagnostic import Diagnostic, diagnose, has_errors
from ipcity_policy.text.message import say
from ipcity_policy.text.source import flow
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence

#: The key of a header that holds the digest. What it says is not part of the text.
_KEY = "published"
#: What a provision rests on whose text is not available.
_OPEN = (Basis.ASSUMED, Basis.UNAVAILABLE)
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

    A provision whose text is not available is open: that it is open was published, and not
    what stands in for it. So of an open provision, and of a text found later that completes
    it, only the name of the open one counts: the names stand at the end of the list, sorted.
    """
    texts: list[Any] = []
    open_: set[str] = set()
    for path in rule_files(ref.path):
        read = library.document(path)
        if read.value is None or has_errors(read.diagnostics):
            return None
        said = _plain(read.value)
        if path.name == HEADER_FILE and isinstance(said, dict):
            said.pop(_KEY, None)
        completed = _completed(said, _named(said))
        if completed is not None:
            open_.add(completed)
            continue
        open_ |= _take_out_open(said)
        texts.append(said)
    packed = json.dumps(
        texts + ([sorted(open_)] if open_ else []), ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(packed.encode()).hexdigest()[:_SHOWN]


def _named(said: Any) -> str:
    """Return the id of the provision that a file holds."""
    if not isinstance(said, dict):
        return ""
    return f"art-{said['article']}" if "article" in said else str(said.get("provision", ""))


def _completed(said: Any, id: str) -> str | None:
    """Return the open provision that a block leaves open or completes; None where none."""
    if not isinstance(said, dict):
        return None
    if "completes" in said:
        return str(said["completes"])
    return id if said.get("basis") in _OPEN else None


def _take_out_open(said: Any) -> set[str]:
    """Take open items of an article out of what it says, with what stands under them."""
    items = said.get("provisions") if isinstance(said, dict) else None
    if not isinstance(items, dict):
        return set()
    found = {id: open_ for id, item in items.items() if (open_ := _completed(item, id))}
    for id in found:
        del items[id]
    for entries in said.values() if found else ():
        if isinstance(entries, dict):
            for name, entry in tuple(entries.items()):
                if isinstance(entry, dict) and entry.get("provision") in found:
                    del entries[name]
    return set(found.values())


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
