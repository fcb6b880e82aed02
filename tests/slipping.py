"""One slip of the hand in a rule file, by a seed, and what `check --fix` makes of it.

The slips are those of somebody who types: letters, words, lines, signs and indentation. A fix
that is made must give back what was meant: the file as it was, or one with the same meaning.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from ipcity_policy.api.checking import look_at
from ipcity_policy.law.library import Library
from ipcity_policy.studies.fixer import Seen, apply_fixes
from ipcity_policy.text.source import Span

#: What a slip makes of a text: the text with it, or None where it cannot be made there.
Slip: TypeAlias = Callable[[str, Random], str | None]

_WORD = re.compile(r"[a-z][a-z-]*[a-z]")
_TOKEN = re.compile(r"[^\s\[\]{},:]+")
_WIDE = {
    **{chr(ord("0") + n): chr(ord("０") + n) for n in range(10)},
    ",": "，",
    ":": "：",
    "(": "（",
    ")": "）",
    "[": "【",
    "]": "】",
    '"': "”",
    "-": "－",
    "%": "％",
    ".": "。",
}
_SIGNS = {"at least": ">=", "at most": "<=", "above": ">", "below": "<", "exactly": "="}
_OTHERWISE = {
    "at least": ("at least", "is no less than", "is not less than", "is minimum"),
    "at most": ("at most", "is no more than", "is not more than", "is up to"),
    "above": ("above", "is more than", "is greater than", "exceeds", "is over"),
    "below": ("below", "is less than", "is smaller than", "is under"),
    "exactly": ("exactly", "is equal to", "equals", "is the same as"),
}
_LOOKS = {"a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х"}  # Cyrillic
_NEAR = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopqsdfghjklaxcvbnmz", strict=True))


def _at(pattern: str, change: Callable[[re.Match[str], Random], str]) -> Slip:
    """Change one of the places that a pattern finds."""

    def slip(text: str, chance: Random) -> str | None:
        found = list(re.finditer(pattern, text, re.MULTILINE))
        if not found:
            return None
        one = chance.choice(found)
        return text[: one.start()] + change(one, chance) + text[one.end() :]

    return slip


def _swap(found: re.Match[str], chance: Random) -> str:
    word = found[0]
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _drop(found: re.Match[str], chance: Random) -> str:
    at = chance.randrange(len(found[0]))
    return found[0][:at] + found[0][at + 1 :]


def _double(found: re.Match[str], chance: Random) -> str:
    at = chance.randrange(len(found[0]))
    return found[0][: at + 1] + found[0][at:]


def _other(found: re.Match[str], chance: Random) -> str:
    at = chance.randrange(len(found[0]))
    return found[0][:at] + _NEAR.get(found[0][at], "x") + found[0][at + 1 :]


def _case(found: re.Match[str], chance: Random) -> str:
    return chance.choice((str.upper, str.capitalize))(found[0])


def _of_the_file(pattern: re.Pattern[str]) -> Slip:
    """Put one word of a file in the place of another."""

    def slip(text: str, chance: Random) -> str | None:
        found = list(pattern.finditer(text))
        if len(found) < 2:
            return None
        one, other = chance.sample(found, 2)
        return text[: one.start()] + other[0] + text[one.end() :]

    return slip


def _lines(change: Callable[[list[str], int, Random], list[str]]) -> Slip:
    def slip(text: str, chance: Random) -> str | None:
        lines = text.splitlines(keepends=True)
        if len(lines) < 3:
            return None
        return "".join(change(lines, chance.randrange(len(lines) - 1), chance))

    return slip


def _indented(lines: list[str], at: int, chance: Random) -> list[str]:
    by, line = chance.choice((-2, -1, 1, 2, 4)), lines[at]
    spaces = len(line) - len(line.lstrip(" "))
    return [*lines[:at], " " * max(0, spaces + by) + line.lstrip(" "), *lines[at + 1 :]]


SLIPS: Mapping[str, Slip] = {
    "letters in each other's place": _at(_WORD.pattern, _swap),
    "a letter lost": _at(_WORD.pattern, _drop),
    "a letter twice": _at(_WORD.pattern, _double),
    "another letter": _at(_WORD.pattern, _other),
    "capitals": _at(_WORD.pattern, _case),
    "a word lost": _at(r" " + _TOKEN.pattern, lambda found, _: ""),
    "a word twice": _at(_TOKEN.pattern, lambda found, _: f"{found[0]} {found[0]}"),
    "another word of the file": _of_the_file(_WORD),
    "another name of the file": _of_the_file(re.compile(r"[a-z]+(?:-[a-z]+)+")),
    "a sign lost": _at(r"[\[\]{}:,\"|()-]", lambda found, _: ""),
    "a sign twice": _at(r"[\[\]{}:,\"|()]", lambda found, _: found[0] * 2),
    "a wide sign": _at(r"[0-9\[\]:,\"()%.-]", lambda found, _: _WIDE[found[0]]),
    "a letter that looks alike": _at(r"[aceopx]", lambda found, _: _LOOKS[found[0]]),
    "a unit lost": _at(r"(?<=\d) (?:points|percent|years?|months?|days?|feet)", lambda *_: ""),
    "another unit": _at(
        r"(?<=\d )(?:points|percent|years?|months?|days?|feet)",
        lambda _, chance: chance.choice(("percent", "points", "years", "months", "metres")),
    ),
    "another number": _at(
        r"\d+", lambda found, chance: str(chance.randrange(200)).zfill(len(found[0]))
    ),
    "a hyphen lost": _at(r"(?<=[a-z])-(?=[a-z])", lambda _, c: c.choice(("_", " ", "", "–"))),
    "quotes lost": _at(r'"([^"\n]*)"', lambda found, _: found[1]),
    "quotes too many": _at(_WORD.pattern, lambda found, _: f'"{found[0]}"'),
    "and for or": _at(r"\b(?:and|or|not)\b", lambda _, c: c.choice(("and", "or", "not"))),
    "any for all": _at(r"\b(?:any|all)\b", lambda f, _: "all" if f[0] == "any" else "any"),
    "a sign for words": _at(
        r"\bis (?:at least|at most|above|below|exactly)\b",
        lambda found, _: _SIGNS[found[0].removeprefix("is ")],
    ),
    "words that compare": _at(
        r"\bis (?:at least|at most|above|below|exactly)\b",
        lambda found, chance: chance.choice(_OTHERWISE[found[0].removeprefix("is ")]),
    ),
    "a line lost": _lines(lambda lines, at, _: [*lines[:at], *lines[at + 1 :]]),
    "a line twice": _lines(lambda lines, at, _: [*lines[: at + 1], *lines[at:]]),
    "lines in each other's place": _lines(
        lambda lines, at, _: [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
    ),
    "another indentation": _lines(_indented),
    "a tab": _at(r"^  ", lambda *_: "\t"),
    "lines joined": _at(r"\n +", lambda *_: " "),
    "a line broken": _at(r"(?<=[a-z]) (?=[a-z])", lambda *_: "\n"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A slip that was made, and what became of it."""

    seed: int
    kind: str
    file: str
    #: The codes that were found, and those of the fixes that were made.
    found: tuple[str, ...]
    fixed: tuple[str, ...]
    #: Whether what is there after the fixes is what was there before the slip; None where no
    #: fix was made, or something is still wrong and what was changed is as it was.
    same: bool | None
    #: The lines that differ, before the slip, with it and after the fixes.
    differs: tuple[str, ...]


def slip(home: Path, seed: int) -> Made | None:
    """Make the slip of a seed in a measure, and the fixes; None where it changes nothing."""
    chance = Random(seed)
    root = home.parent
    files = sorted(
        path
        for path in home.rglob("*.yaml")
        # What is not of the law, or does not say what it means, tells nothing of a fix.
        if path.parent.name not in ("tests", "boats", "cities", "interpretations")
        and path.name != "sources.yaml"
    )
    path, (kind, made) = chance.choice(files), chance.choice(list(SLIPS.items()))
    text = path.read_bytes().decode("utf-8")
    slipped = made(text, chance)
    if slipped is None or slipped == text:
        return None
    held = {path: slipped.encode("utf-8")}

    def look(edited: Mapping[Path, bytes]) -> Seen:
        return look_at(Library(root, "made", {**held, **edited}), (home,))[1]

    def read(one: Path) -> bytes | None:
        return held.get(one) or (one.read_bytes() if one.is_file() else None)

    seen = look({})
    fixed = apply_fixes(seen, look, read)
    same: bool | None = None
    if fixed.fixed and fixed.seen.diagnostics:
        # What is wrong still hides what is meant: each line that was changed must be as it was.
        changed = {
            line
            for one, data in fixed.after.items()
            for line in data.decode("utf-8").splitlines()
            if line not in (held.get(one) or one.read_bytes()).decode("utf-8").splitlines()
        }
        same = None if changed <= set(_all_lines(home)) else False
    elif fixed.fixed:
        after = Library(root, "made", {**held, **fixed.after})
        same = meaning(after, home) == meant(home)
    name = path.relative_to(home)
    return Made(
        seed,
        kind,
        str(name),
        tuple(one.code.id for one in seen.diagnostics),
        tuple(f"{one.code.id} {one.message_text}" for one in fixed.fixed),
        same,
        _differs(text, slipped, fixed.after.get(path, held[path]).decode("utf-8")),
    )


def _differs(*texts: str) -> tuple[str, ...]:
    """Return the lines that do not stand in each of some texts, a few of each."""
    each = [text.splitlines() for text in texts]
    odd = ([line for line in lines if any(line not in one for one in each)] for lines in each)
    return tuple(line for lines in odd for line in lines[:4])


@cache
def _all_lines(home: Path) -> frozenset[str]:
    files = home.rglob("*.yaml")
    return frozenset(line for path in files for line in path.read_text("utf-8").splitlines())


@cache
def meant(home: Path) -> Any:
    """Return the meaning of a measure as it is shipped."""
    return meaning(Library(home.parent, "made", {}), home)


def meaning(library: Library, home: Path) -> Any:
    """Return what the rule files of a measure mean, wherever in the files it stands."""
    refs = (*library.versions(home), *library.drafts(home))
    return [_bare(library.program(ref).value, {}) for ref in refs]


def _bare(value: Any, done: dict[int, Any]) -> Any:
    """Return a value without the places in files from which it was read."""
    match value:
        case Span():
            return None
        case Mapping():
            return [(key, _bare(one, done)) for key, one in value.items()]
        case tuple() | list():
            return [_bare(one, done) for one in value]
        case frozenset():
            return sorted(map(repr, value))
    if is_dataclass(value) and not isinstance(value, type):
        if id(value) not in done:
            told = [(o.name, getattr(value, o.name)) for o in fields(value) if o.compare]
            done[id(value)] = [
                type(value).__name__,
                *((name, _bare(one, done)) for name, one in told),
            ]
        return done[id(value)]
    return repr(value)
