"""What a text of the law says, apart from how its files are written, and the digest of that.

`docs/digests.md` tells how anybody calculates it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ipcity_policy.law.model import TIME, Basis
from ipcity_policy.law.sentences import canonical_sentence, sentences
from ipcity_policy.text.canonical_json import Json
from ipcity_policy.text.digest import digest
from ipcity_policy.yaml.document import Node
from ipcity_policy.yaml.plain import plain

#: The key of a header that holds the digest. What it says is not part of the text.
PUBLISHED = "published"
#: What a provision rests on whose text is not available.
_OPEN = (Basis.ASSUMED, Basis.UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class RulesDigest:
    """Which rules an answer was given by."""

    #: Of the bytes of all files that were read: of the versions, and of their vocabulary.
    files: str
    #: Of what each version or draft says that was applied, or that one of them rests on.
    texts: Mapping[str, str]


def version_digest(header: Node | None, files: Iterable[Node]) -> str | None:
    """Return the digest of what a version's own files say; None where they make no text.

    How the files are laid out, their names and their comments do not count, nor in which
    order keys stand, nor the day on which a later version ends it.

    A provision whose text is not available is open: that it is open was published, and not
    what substitutes for it. So of an open provision, and of a text found later that completes
    it, only the name of the open one counts.
    """
    head = _said(header) if header is not None else None
    if not isinstance(head, dict):
        return None
    in_force = head.get(TIME)
    if isinstance(in_force, dict):
        head[TIME] = {key: value for key, value in in_force.items() if key != "until"}
    head.pop(PUBLISHED, None)
    provisions: dict[str, Json] = {}
    open_: set[str] = set()
    for node in files:
        said = _said(node)
        left, found = without_open(said)
        open_ |= found
        if left is None:
            continue
        id = id_of(said)
        if not id or id in provisions:
            return None
        provisions[id] = left
    return digest("text", {"version": head, "provisions": provisions, "open": sorted(open_)})


def file_digest(kind: str, node: Node) -> str:
    """Return the digest of a text that is one file, such as a draft."""
    return digest("text", {kind: _said(node)})


def _said(node: Node) -> Json:
    """Return what a file says, its sentences in canonical form."""
    printed = {
        scalar.span.start: text
        for scalar, starts in sentences(node)
        if (text := canonical_sentence(scalar.text, starts)) is not None
    }
    return plain(node, printed)


def id_of(said: Json) -> str:
    """Return the id of the provision that a file holds; nothing where it holds none."""
    if not isinstance(said, dict):
        return ""
    return f"art-{said['article']}" if "article" in said else str(said.get("provision", ""))


def without_open(said: Json) -> tuple[Json, set[str]]:
    """Return what a file says without what is open, and the names of that.

    None where all of it is open, or completes what was.
    """
    completed = _completed(said, id_of(said))
    if completed is not None:
        return None, {completed}
    items = said.get("provisions") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(items, dict):
        return said, set()
    found = {id: open_ for id, item in items.items() if (open_ := _completed(item, id))}
    if not found:
        return said, set()
    rest = {kind: _not_under(found, kind, entries) for kind, entries in said.items()}
    return rest, set(found.values())


def _not_under(open_: Collection[str], kind: str, entries: Json) -> Json:
    """Return the entries of a kind but those that stand under an open item."""
    if not isinstance(entries, dict):
        return entries
    return {
        name: entry
        for name, entry in entries.items()
        if not (kind == "provisions" and name in open_) and _under(entry) not in open_
    }


def _under(entry: Json) -> str:
    """Return the item that an entry stands under; nothing where it names none."""
    named = entry.get("provision") if isinstance(entry, dict) else None
    return named if isinstance(named, str) else ""


def _completed(said: Json, id: str) -> str | None:
    """Return the open provision that a block leaves open or completes; None where none."""
    if not isinstance(said, dict):
        return None
    if "completes" in said:
        return str(said["completes"])
    return id if said.get("basis") in _OPEN else None
