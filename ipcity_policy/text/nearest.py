"""The known name that a misspelt one is likely meant for."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from ipcity_policy.text.confusables import plain
from ipcity_policy.text.message import Message, say

#: How many names a misspelt one is compared with; of more, how many to each side of it in
#: the order of their beginnings, and of their ends.
_MAX_COMPARED = 60
_MAX_BESIDE = 6
#: How much of it is compared.
_MAX_WORD = 80
#: How alike two words must be for the one to be suggested for the other.
_NEAR = 0.6
#: How alike two words must be for the one to be the other misspelt, and how much more alike
#: than the next.
_ALIKE, _CLEARLY = 0.7, 0.12


def did_you_mean(word: str, known: Iterable[str]) -> Message | None:
    """Return "did you mean `x`?" for the nearest known word; None where none is near."""
    near, _ = nearest_name(word, known)
    return None if near is None else meant(near)


def meant(near: str) -> Message:
    """Return "did you mean `x`?"."""
    return say("did you mean `{near}`?", near=near)


def nearest_name(word: str, known: Iterable[str]) -> tuple[str | None, bool]:
    """Return the known word nearest to another, and whether it is certain to be meant."""
    written, names = as_name(word), tuple(known)
    if written != word and written in names:
        return written, True
    compared = _compared(word, names)
    import difflib  # only a slip pays for it

    near = difflib.get_close_matches(word[:_MAX_WORD], compared, 2, _NEAR)
    if not near:
        return None, False
    alike = [difflib.SequenceMatcher(None, name, word[:_MAX_WORD]).ratio() for name in near]
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


def _compared(word: str, names: tuple[str, ...]) -> list[str]:
    """Return the names that a word is compared with: all, or of many those most like it.

    Those begin or end as it does, as far as any do.
    """
    if len(names) <= _MAX_COMPARED:
        return sorted(names)
    forward, backward = _both_ways(names)
    ending = (name[::-1] for name in _around(word[::-1], backward))
    return sorted({*_around(word, forward), *ending})


@lru_cache(maxsize=8)
def _both_ways(names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Sort names by how they begin; and their letters from the last to the first."""
    return sorted(names), sorted(name[::-1] for name in names)


def _around(word: str, ordered: list[str]) -> list[str]:
    """Return the words that stand next to another in their order."""
    at = bisect_left(ordered, word)
    return ordered[max(at - _MAX_BESIDE, 0) : at + _MAX_BESIDE]


def as_name(text: str) -> str:
    """Return a text written as names are: lower case, words joined by hyphens."""
    return re.sub(r"[\s_-]+", "-", plain(text).strip(" \"'").lower())
