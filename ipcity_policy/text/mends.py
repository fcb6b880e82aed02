"""The fixes that many diagnostics share: a word for another, an entry taken out.

Each is None where it would not be certain, or where the place is not as plain as it takes.
"""

import re
from collections.abc import Iterable

from ipcity_policy.text.characters import plain
from ipcity_policy.text.diagnostic import MAX_COMPARED, MAX_WORD, Edit, Fix, did_you_mean
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
    return Fix(f"write `{new}` for `{old}`", (Edit(place, new),))


def nearest(word: str, known: Iterable[str], at: Span) -> tuple[str, Fix | None]:
    """Return "did you mean `x`?" for the nearest known word, and the fix that writes it.

    The text is empty where no word is near; the fix is None where it may be another.
    """
    names = sorted(known)
    near = _only(word, names)
    if near is None:
        return did_you_mean(word, names), None
    return f"did you mean `{near}`?", instead(at, word, near)


def _only(word: str, names: list[str]) -> str | None:
    """Return the one known word that another can be; None where there is none such."""
    written = as_name(word)
    if written != word and written in names:
        return written
    if len(names) > MAX_COMPARED:  # as in `did_you_mean`
        names = [name for name in names if name[:3] == word[:3]]
    import difflib  # only a slip pays for it

    compared = names[:MAX_COMPARED]
    near = difflib.get_close_matches(word[:MAX_WORD], compared, 2, _ALIKE)
    alike = [difflib.SequenceMatcher(None, name, word[:MAX_WORD]).ratio() for name in near]
    sure = len(near) == 1 or (len(near) == 2 and alike[0] - alike[1] > _CLEARLY)
    return near[0] if sure and compared == names and _slips(word, near[0]) else None


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
        stop = text.find("\n", end) + 1 or len(text)
        if text[start : key.start].strip() or text[end:stop].strip():
            return None
        end = end if text[end - 1] == "\n" else stop
    if "#" in text[start:end]:  # a comment would go with it
        return None
    return Edit(Span(key.source, start, end), "")
