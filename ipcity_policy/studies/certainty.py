"""Which fixes are certain: whether what they write is what was meant, by all that is there.

Of two names that are nearly alike the declared one may be the slip, and not that in use. What
looks like prose with a `:` in it may be two lines that were joined.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from ipcity_policy.law.schemas.kinds import FILES
from ipcity_policy.text.diagnostic import Diagnostic
from ipcity_policy.yaml.schema import keys_of

_KEY = re.compile(r"(?<!\S)([a-z][\w-]*):(?!\S)")
#: What is said to readers, after its key; a text of several lines only where they follow it.
_PROSE = re.compile(r"(?<=-en: )(?:[|>][-+]?(?:\n +.*)+|[^,}\n]*)")
_NAME = re.compile(r"(?<![\w-])[A-Za-z][\w-]*")


def with_certain_fixes(
    diagnostics: Sequence[Diagnostic], texts: Iterable[str]
) -> Iterator[Diagnostic]:
    """Yield diagnostics, without the fixes that may not be what was meant.

    A declared name counts as spelt well if it is used elsewhere, or if its words are: who
    mistypes a name makes a word that stands nowhere else. Where the words of the other one do
    stand elsewhere, it may be meant.
    """
    found: _Words | None = None
    broken = {(d.at.file, d.at.row) for d in diagnostics if d.fix is None}
    for one in diagnostics:
        respelt = _respelt(one)
        if respelt is not None and found is None:
            found = _Words(texts)
        # What stands twice may have been meant for what is missing beside it.
        line = one.at.file, one.at.row
        twice = one.code.id == "S106" and line in broken
        certain = not (twice or _joins_lines(one) or _is_elsewhere(one)) and (
            found is None or respelt is None or found.knows(respelt[1], respelt[0])
        )
        yield one if certain else replace(one, fix=None)


def _joins_lines(one: Diagnostic) -> bool:
    """Tell whether a fix puts a key of rule files into a text."""
    if one.fix is None or one.code.id != "S105":
        return False
    keys = (key for edit in one.fix.edits for key in _KEY.findall(edit.text.strip("\"'")))
    return any(key in _keys() for key in keys)


def _is_elsewhere(one: Diagnostic) -> bool:
    """Tell whether a fix takes away a key that belongs to another block: a line was moved."""
    if one.fix is None or one.code.id != "S201":
        return False
    return any(edit.at.text in _keys() for edit in one.fix.edits)


@cache
def _keys() -> frozenset[str]:
    return frozenset().union(*(keys_of(shape) for _, shape in FILES))


def _respelt(one: Diagnostic) -> tuple[str, str] | None:
    """Return the name that a fix takes away and the declared one that it writes."""
    respells = one.fix.respells if one.fix is not None else None
    if respells is None or one.code.id[0] not in "NMT" or one.code.id == "M120":
        return None
    old, new = respells
    of_language = one.code.id == "M102" and new in _keys()  # a step of a path
    return respells if _NAME.fullmatch(old) and not of_language else None


class _Words:
    """The names in some texts and the words in names and prose, and how often each stands."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.names, self.words = Counter[str](), Counter[str]()
        for text in texts:
            prose = _PROSE.findall(text)
            self.names.update(_NAME.findall(_PROSE.sub("", text)))
            self.words.update(word for said in prose for word in _words(said))
        for name, times in self.names.items():
            for word in set(_words(name)):
                self.words[word] += times

    def knows(self, name: str, instead_of: str) -> bool:
        """Tell whether a name is used beside its declaration, or the words that tell it are."""
        if not _NAME.fullmatch(name):
            return " " in name  # an amount for its number, and no name with a sign too many
        if set(_words(name)) == set(_words(instead_of)):
            return True  # the same one written otherwise
        if not self._is_known(name, instead_of) and self.names[name] < 2:
            return False
        # Where both are words that are known, or used more than once, either may be meant.
        return self.names[instead_of] < 2 and not self._is_known(instead_of, name)

    def _is_known(self, name: str, other: str) -> bool:
        """Tell whether the words of a name stand elsewhere that the other does not have."""
        own = set(_words(name)) - set(_words(other))
        return bool(own) and all(self.words[word] > self.names[name] for word in own)


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W_\d]+", name.lower()) if word]
