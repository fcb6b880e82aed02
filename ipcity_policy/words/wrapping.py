"""Text broken into lines by terminal cells; Chinese may break anywhere."""

import re

from ipcity_policy.text.cells import cells

#: A wide character, or a run of others without a space, or spaces.
_PIECES = re.compile(
    r"[\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]|"
    r"[^\s\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]+|\s+"
)
#: Marks that may not begin a line.
_CLOSING = "，。、；：！？）》】〕」』”’,.;:!?)"
#: Marks that may not end one.
_OPENING = "（《【〔「『“‘(["


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells; Chinese may break anywhere."""
    lines: list[str] = []
    line: list[str] = []
    filled = 0
    for piece in _PIECES.findall(text):
        more = cells(piece)
        if piece.isspace():
            piece, more = (" ", 1) if line else ("", 0)
        elif line and filled + more > width:
            carried = _carried(line, piece)
            kept = "".join(line[: len(line) - len(carried)]).rstrip()
            lines += [kept] if kept else []
            line, filled = carried, cells("".join(carried))
        line += [piece] if piece else []
        filled += more
    last = "".join(line).rstrip()
    return [*lines, last] if last else lines


def _carried(line: list[str], piece: str) -> list[str]:
    """Return what must go to the next line with a piece: a mark stays with what it closes."""
    carried: list[str] = []
    while len(carried) < len(line):
        first = carried[0] if carried else piece
        before = line[len(line) - len(carried) - 1]
        if first[0] in _CLOSING or before[-1] in _OPENING:
            carried.insert(0, before)
        else:
            break
    return carried if len(carried) < len(line) else []
