"""How many cells of a terminal a text fills, by the widths of Unicode (UAX #11, UTS #51)."""

import re
from bisect import bisect_right
from functools import lru_cache

from ipcity_policy.text.widths import RUNS

_TABLE = tuple(run.partition(":") for run in RUNS.split())
_STARTS = tuple(int(start, 16) for start, _, _ in _TABLE)
_CELLS = tuple(int(cells) for _, _, cells in _TABLE)
#: The blocks in which Unicode keeps pictures, and the few that stand elsewhere.
_PICTURE = (
    "[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff]"
)
_TONE = "[\U0001f3fb-\U0001f3ff]"
#: A picture with all that is joined to it: its tone, the way in which it is shown, others.
_JOINED = re.compile(
    rf"({_PICTURE}|[#*0-9](?=\ufe0f))[\ufe0e\ufe0f]?{_TONE}?"
    rf"(?:\u200d{_PICTURE}\ufe0f?{_TONE}?)*"
)
_JOINING = re.compile(f"[\u200d\ufe0e\ufe0f]|{_TONE}")


def cells(text: str) -> int:
    """Count the terminal cells that a text fills: wide characters fill two, marks none.

    >>> cells("wide 宽"), cells("cafe\u0301"), cells("👩‍🔬")
    (7, 4, 2)
    """
    if text.isascii():
        return len(text)
    if _JOINING.search(text):
        text = _JOINED.sub(_shown, text)
    return sum(map(_cells_of, text))


def _shown(joined: re.Match[str]) -> str:
    """Return a character that is as wide as a picture with all that is joined to it."""
    if "\ufe0f" in joined[0]:
        return "宽"
    return "x" if "\ufe0e" in joined[0] else joined[1]


@lru_cache(maxsize=8_192)
def _cells_of(char: str) -> int:
    return _CELLS[bisect_right(_STARTS, ord(char)) - 1]
