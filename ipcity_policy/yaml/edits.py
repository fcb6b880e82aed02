"""Edits made in the bytes of a file, so that nothing else of it changes."""

import re
from bisect import bisect_left, bisect_right, insort
from codecs import BOM_UTF8
from collections.abc import Iterable
from itertools import pairwise

from ipcity_policy.text.diagnostic import Diagnostic, Edit
from ipcity_policy.text.source import Span
from ipcity_policy.yaml.reader import JOINED


def compatible(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return those with a fix that can be made together: of two that overlap, the first.

    A fix that several offer is made once, for the first of them.
    """
    taken: dict[str, list[tuple[int, int]]] = {}  # of each file, in order
    chosen: list[Diagnostic] = []
    for diagnostic in diagnostics:
        edits = diagnostic.fix.edits if diagnostic.fix is not None else ()
        if edits and all(_free(taken.get(e.at.source.name, []), e.at) for e in edits):
            for edit in edits:
                insort(taken.setdefault(edit.at.source.name, []), (edit.at.start, edit.at.end))
            chosen.append(diagnostic)
    return tuple(chosen)


def _free(taken: list[tuple[int, int]], at: Span) -> bool:
    """Tell whether a stretch shares nothing with others; what is put in at an end shares it."""
    index = bisect_left(taken, (at.start, at.end))
    beside = taken[max(0, index - 2) : index + 2]  # INVARIANT: these do not overlap
    empty = at.start == at.end
    return not any(
        start <= at.end and at.start <= end
        if empty or start == end
        else start < at.end and at.start < end
        for start, end in beside
    )


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Make edits in the bytes of the file that they were offered for.

    A byte-order mark, the kind of line breaks and all that is not edited stay as they are.
    """
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    raw = data[len(mark) :].decode("utf-8")
    breaks = re.search(r"\r\n?|\n", raw)
    newline = breaks[0] if breaks else "\n"
    places = _Places(raw)
    ordered = sorted(edits, key=lambda edit: (edit.at.start, edit.at.end))
    # INVARIANT: edits that are made together do not overlap
    assert all(one.at.end <= other.at.start for one, other in pairwise(ordered))
    pieces: list[str] = []
    at = 0
    for edit in ordered:
        pieces += (raw[at : places.of(edit.at.start)], edit.text.replace("\n", newline))
        at = places.of(edit.at.end)
    return mark + "".join((*pieces, raw[at:])).encode("utf-8")


class _Places:
    """From offsets in a text as read to offsets in the text as it stands in the file."""

    def __init__(self, raw: str) -> None:
        #: Behind each joined character: the offset as read, and as it stands in the file.
        self._read: list[int] = []
        self._written: list[int] = []
        shorter = 0
        for found in JOINED.finditer(raw):
            shorter += len(found[0]) - 1
            self._read.append(found.end() - shorter)
            self._written.append(found.end())

    def of(self, offset: int) -> int:
        """Return where an offset lies in the file."""
        index = bisect_right(self._read, offset) - 1
        if index < 0:
            return offset
        return self._written[index] + offset - self._read[index]
