"""The fixes that many diagnostics share: a word for another, an entry taken out.

Each is None where it would not be certain, or where the place is not as plain as it takes.
"""

import re
from collections.abc import Iterable

from ipcity_policy.text.confusables import plain
from ipcity_policy.text.diagnostic import MAX_WORD, NEAR, Edit, Fix, likely
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Span

#: How alike two words must be for the one to be the other misspelt, and how much more alike
#: than the next.
_ALIKE, _CLEARLY = 0.7, 0.12


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
    near, sure = _near(word, tuple(known))
    if near is None:
        return None, None
    return say("did you mean `{near}`?", near=near), instead(at, word, near) if sure else None


def _near(word: str, names: tuple[str, ...]) -> tuple[str | None, bool]:
    """Return the known word nearest to another, and whether it is certain to be meant."""
    written = as_name(word)
    if written != word and written in names:
        return written, True
    compared = likely(word, names)
    import difflib  # only a slip pays for it

    near = difflib.get_close_matches(word[:MAX_WORD], compared, 2, NEAR)
    if not near:
        return None, False
    alike = [difflib.SequenceMatcher(None, name, word[:MAX_WORD]).ratio() for name in near]
    clear = alike[0] >= _ALIKE and alike[0] - (*alike, 0, 0)[1] > _CLEARLY
    return near[0], clear and _slips(word, near[0])


def _slips(word: str, name: str) -> bool:
    """Tell whether a few letters are all that is wrong, and nothing more stands in the word.

    What is numbered otherwise is another thing, however alike.
    """
    kept = ("[0-9]+", "[\u3400-\u9fff]")
    same = all(re.findall(kind, word) == re.findall(kind, name) for kind in kept)
    more = re.match(re.escape(name) + r"\W+\w", word)
    return same and more is None and abs(len(word) - len(name)) <= 2


def as_name(text: str) -> str:
    """Return a text written as names are: lower case, words joined by hyphens."""
    return re.sub(r"[\s_-]+", "-", plain(text).strip(" \"'").lower())


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
