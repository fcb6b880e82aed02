"""The fixes that many diagnostics share: a word for another, an entry taken out.

Each is None where it would not be certain, or where the place is not as plain as it takes.
"""

import re
from collections.abc import Iterable

from ipcity_policy.text.diagnostic import Edit, Fix
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.nearest import meant, nearest_name
from ipcity_policy.text.source import Span


def instead(at: Span, old: str, new: str) -> Fix | None:
    """Return the fix that writes `new` for the one `old` that stands at a place."""
    found = list(re.finditer(rf"(?<![\w-]){re.escape(old)}(?![\w-])", at.text)) if old else []
    if len(found) != 1:
        return None
    start, end = found[0].span()
    place = Span(at.source, at.start + start, at.start + end)
    title = say("write `{new}` for `{old}`", new=new, old=old)
    return Fix(title, (Edit(place, new),), respells=(old, new))


def nearest(word: str, known: Iterable[str], at: Span) -> tuple[Message | None, Fix | None]:
    """Return "did you mean `x`?" for the nearest known word, and the fix that writes it.

    The text is empty where no word is near; the fix is None where it may be another.
    """
    near, sure = nearest_name(word, known)
    if near is None:
        return None, None
    return meant(near), instead(at, word, near) if sure else None


def repeats(text: str) -> bool:
    """Tell whether a word stands twice where a name should be: one may be too many."""
    words = re.split(r"[\s_]+", text.strip())
    return len({*words}) < len(words)


def removed(key: Span, value: Span, *, behind: int | None = None) -> Edit | None:
    """Return the edit that takes an entry out of its block.

    `behind` is the end of the entry before it in a block in brackets; without it, the entry
    stands on lines of its own.
    """
    text, end = key.source.text, max(key.end, value.end)
    if behind is not None:
        start = behind
    else:
        start = text.rfind("\n", 0, key.start) + 1
        stop = end if text[end - 1] == "\n" else text.find("\n", end) + 1 or len(text)
        if text[start : key.start].strip() or text[end:stop].strip():
            return None
        end = stop
    if "#" in text[start:end]:  # a comment would go with it
        return None
    return Edit(Span(key.source, start, end), "")
