"""Old phrases and new ones, and what of a text they do not explain.

`bench/phrases.tsv` holds them: a line each, what stood before, a tab, what stands there now;
`{…}` stands for whatever fills a place. A text that was reworded is explained if, word by word,
it says the same or what the differences of the phrases put there.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

#: A word, what stands for one, or a sign; what only lays out is none.
_WORD = re.compile(r"\{[^{} ]*\}|[A-Za-z0-9]+|[^\sA-Za-z0-9─│|=·#-]")
_PLACE = re.compile(r"\{[^{} ]*\}")
#: How many words may fill a place of a sentence that is new.
_MOST = 40
#: How far two texts are read on before they are given up.
_STATES = 400_000

Words: TypeAlias = tuple[str, ...]


def words_of(text: str) -> Words:
    """Return the words of a text."""
    return tuple(_WORD.findall(text))


def _read(text: str) -> list[str]:
    """Return the lines that a reader sees."""
    if text.lstrip().startswith(("<!", "<html", "<svg")):
        text = re.sub("<style>.*?</style>", "", text, flags=re.DOTALL)
        text = html.unescape(
            re.sub("<[^>]*>", "", re.sub("<(?=/?(p|li|t[rdh]|h[1-9])\\b)", "\n<", text))
        )
    return text.splitlines()


@dataclass(frozen=True)
class Phrases:
    """Pairs of an old phrase and a new one; a new sentence has no old one."""

    pairs: tuple[tuple[str, str], ...]

    @cached_property
    def changes(self) -> dict[str, list[tuple[Words, Words]]]:
        """Words that give way to others, by the first of those that were there or come."""
        found: dict[str, dict[tuple[Words, Words], None]] = defaultdict(dict)
        for old, new in self.pairs:
            was, now = words_of(old), words_of(new)
            match = SequenceMatcher(None, was, now, autojunk=False)
            for tag, a, b, c, d in match.get_opcodes():
                if tag != "equal":
                    change = was[a:b], now[c:d]
                    found[(change[0] or change[1])[0]][change] = None
            # Where both stand far apart, the whole gives way to the whole.
            if was and now and match.ratio() < 0.6:
                found[was[0]][was, now] = None
        return {first: list(changes) for first, changes in found.items()}

    def unexplained(self, before: str, after: str) -> Iterator[str]:
        """Yield what differs in two texts and follows from no phrase, from the first on."""
        olds, news = _read(before), _read(after)
        match = SequenceMatcher(None, olds, news, autojunk=False)
        for tag, a, b, c, d in match.get_opcodes():
            if tag == "equal":
                continue
            was, now = words_of("\n".join(olds[a:b])), words_of("\n".join(news[c:d]))
            at = self._explains(was, now)
            if at is not None:
                i, j = (max(0, one - 4) for one in at)
                yield f"{' '.join(was[i : i + 24])!r} is now {' '.join(now[j : j + 24])!r}"

    def _explains(self, was: Words, now: Words) -> tuple[int, int] | None:
        """Return how far two texts are explained where they are not wholly; else None."""
        todo, seen, furthest = [(0, 0)], {(0, 0)}, (0, 0)
        while todo and len(seen) < _STATES:
            i, j = todo.pop()
            while i < len(was) and j < len(now) and was[i] == now[j]:
                for step in self._steps(was, now, i, j):
                    if step not in seen:
                        seen.add(step)
                        todo.insert(0, step)
                i, j = i + 1, j + 1
            furthest = max(furthest, (i, j))
            if (i, j) == (len(was), len(now)):
                return None
            for step in self._steps(was, now, i, j):
                if step not in seen:
                    seen.add(step)
                    todo.append(step)
        return furthest

    def _steps(self, was: Words, now: Words, i: int, j: int) -> Iterator[tuple[int, int]]:
        """Yield where two texts go on once some words have given way to others."""
        for first in {*was[i : i + 1], *now[j : j + 1]}:
            for old, new in self.changes.get(first, ()):
                for end in _ends(old, was, i):
                    for last in _ends(new, now, j):
                        yield end, last


def _ends(pattern: Words, words: Words, start: int) -> Iterator[int]:
    """Yield where a pattern ends that begins at a word; a place takes one word or some."""
    if not pattern:
        yield start
        return
    first, *rest = pattern
    if _PLACE.fullmatch(first) is None:
        if start < len(words) and words[start] == first:
            yield from _ends(tuple(rest), words, start + 1)
        return
    for end in range(start + 1, min(start + _MOST, len(words)) + 1):
        yield from _ends(tuple(rest), words, end)


def read_phrases(path: Path) -> Phrases:
    """Read a file of phrases."""
    rows = (row.split("\t") for row in path.read_text("utf-8").splitlines() if "\t" in row)
    return Phrases(tuple((row[0], row[1]) for row in rows))


def explained(pairs: Sequence[tuple[str, str]], before: str, after: str) -> bool:
    """Tell whether one text follows from another by some phrases.

    >>> explained([("it lies {where}", "it is {where}")], "it lies here", "it is here")
    True
    >>> explained([("it lies {where}", "it is {where}")], "it lies here", "it is there")
    False
    """
    return next(Phrases(tuple(pairs)).unexplained(before, after), None) is None
