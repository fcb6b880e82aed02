"""Whether a published version still says what it said when it was published."""

import hashlib
import json
import re
from collections.abc import Iterator

from ipcity_policy.law.assembly import HEADER_FILE, rule_files
from ipcity_policy.law.library import Library
from ipcity_policy.law.reader import child
from ipcity_policy.law.ref import Ref
from ipcity_policy.law.text_digest import PUBLISHED, without_open
from ipcity_policy.text.diagnostic import Diagnostic, Edit, Fix, diagnose, has_errors
from ipcity_policy.text.digest import is_digest
from ipcity_policy.text.message import say
from ipcity_policy.yaml.document import Scalar
from ipcity_policy.yaml.plain import plain

#: A digest as it was written before it said what it is of.
_OLD = re.compile("[0-9a-f]{16}")


def lint_published(library: Library, ref: Ref) -> Iterator[Diagnostic]:
    """Report a version whose text is not the one that was published."""
    header = library.document(ref.path / HEADER_FILE).value
    written = child(header, PUBLISHED)
    if ref.is_draft or not isinstance(written, Scalar):
        return
    digest = library.text_digest(ref)
    if digest is None or written.text == digest:
        return
    old = _OLD.fullmatch(written.text) is not None
    if old and _old_digest(library, ref) == written.text:
        yield _old_form(written, digest)
    elif old or is_digest("text", written.text):
        yield _edited(ref, written, digest)
    else:
        message = say("`{text}` is not the digest of a text", text=written.text)
        help = say("write `{text}`", text=digest)
        yield diagnose("M120", message, written.span, help=help)


def _old_form(written: Scalar, digest: str) -> Diagnostic:
    help = say("write `{text}`", text=digest)
    return diagnose(
        "M120",
        say("`{text}` is a digest in the old form; the text is unedited", text=written.text),
        written.span,
        help=help,
        fix=Fix(help, (Edit(written.span, digest),)),
    )


def _edited(ref: Ref, written: Scalar, digest: str) -> Diagnostic:
    return diagnose(
        "M119",
        say("`{id}` no longer says what it said when it was published", id=ref.id),
        written.span,
        help=say(
            "write what is new as a draft (`ipcity draft new --amends {id}`) "
            "and undo it here; if the published text was copied wrongly, write "
            "`{key}: {digest}`",
            id=ref.id,
            key=PUBLISHED,
            digest=digest,
        ),
    )


def _old_digest(library: Library, ref: Ref) -> str | None:
    """Return the digest of a version in the old form; None where a file cannot be read.

    It was the beginning of the SHA-256 of a list of the files, in order of name, with the
    keys in the order written, and at its end of the names of what is open.
    """
    texts: list[object] = []
    open_: set[str] = set()
    for path in rule_files(ref.path):
        read = library.document(path)
        if read.value is None or has_errors(read.diagnostics):
            return None
        said = plain(read.value)
        if path.name == HEADER_FILE and isinstance(said, dict):
            said.pop(PUBLISHED, None)
        left, found = without_open(said)
        open_ |= found
        texts += [left] if left is not None else []
    texts += [sorted(open_)] if open_ else []
    packed = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()[:16]
