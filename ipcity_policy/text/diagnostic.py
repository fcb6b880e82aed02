"""Mistakes as values: what every step that reads a user's material returns."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

from ipcity_policy.text.codes import CODES, HELP, Code, Severity
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Place, Span
from ipcity_policy.text.subject import EntryKey, FactPath

T = TypeVar("T")

#: What a diagnostic is about: an entry of a version, or what a sheet states of a fact.
Subject: TypeAlias = EntryKey | FactPath

#: How many names a misspelt one is compared with; of more, how many to each side of it in
#: the order of their beginnings, and of their ends.
MAX_COMPARED = 60
MAX_BESIDE = 6
#: How much of it is compared.
MAX_WORD = 80
#: How alike two words must be for the one to be suggested for the other.
NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a diagnostic, and why."""

    at: Place
    note: Message


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a file and the text to put in its place."""

    at: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix that `check --fix` can make: all of its edits, or none."""

    #: What is done, as an order: lower case, no full stop.
    title: Message
    edits: tuple[Edit, ...]
    #: The word that it takes for a slip, and the one that it writes; None for any other fix.
    respells: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something wrong with what a user wrote."""

    code: Code
    #: One plain sentence, lower case, no full stop, the author's words in backticks.
    message: Message
    at: Place
    #: What to do about it, in one sentence.
    help: Message
    related: tuple[Related, ...] = ()
    #: The fix as edits, where it is certain.
    fix: Fix | None = None
    #: The entry that it was found in; None where it is about none. Like what follows it is not
    #: said, and two diagnostics that say the same at one place are one.
    subject: Subject | None = field(default=None, compare=False)
    #: The entries that it speaks of beside that: what a sentence names, what stands against it.
    names: tuple[EntryKey, ...] = field(default=(), compare=False)
    #: The entries of which one is looked for and none is there.
    missing: tuple[EntryKey, ...] = field(default=(), compare=False)

    @property
    def severity(self) -> Severity:
        """Error, warning or hint, from the table of codes."""
        return self.code.severity

    @property
    def message_text(self) -> str:
        """What is wrong, in English."""
        return self.message.text()

    @property
    def help_text(self) -> str:
        """What to do about it, in English."""
        return self.help.text()

    def found_in(self, subject: Subject) -> "Diagnostic":
        """Return it as found in an entry, unless it is known to be about another."""
        return self if self.subject is not None else replace(self, subject=subject)


def diagnose(
    code: str,
    says: Message,
    at: Place,
    *,
    help: Message | None = None,
    related: Iterable[Related] = (),
    fix: Fix | None = None,
    subject: Subject | None = None,
    names: Iterable[EntryKey] = (),
    missing: Iterable[EntryKey] = (),
) -> Diagnostic:
    """Make a diagnostic. The only place that does, so that its shape can change in one."""
    help = help or HELP.get(code) or say("see `ipcity explain {code}`", code=code)
    return Diagnostic(
        CODES[code],
        says,
        at,
        help,
        tuple(related),
        fix,
        subject,
        tuple(sorted(names)),
        tuple(sorted(missing)),
    )


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What a step made of a user's material, and all that it found wrong with it."""

    #: What was made; None where nothing could be.
    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is a value and no error."""
        return self.value is not None and not has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file and place, and drop repetitions."""
    unique = dict.fromkeys(diagnostics)
    return tuple(
        sorted(
            unique,
            key=lambda d: (*d.at.order, d.code.id, d.message_text),
        )
    )


def did_you_mean(word: str, known: Iterable[str]) -> Message | None:
    """Return "did you mean `x`?" for the nearest known word; None where none is near."""
    import difflib  # only a slip pays for it

    names = likely(word, known)
    near = difflib.get_close_matches(word[:MAX_WORD], names, n=1, cutoff=NEAR)
    return say("did you mean `{near}`?", near=near[0]) if near else None


def likely(word: str, known: Iterable[str]) -> list[str]:
    """Return the names that a word is compared with: all, or of many those most like it.

    Those begin or end as it does, as far as any do.
    """
    names = tuple(known)
    if len(names) <= MAX_COMPARED:
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
    return ordered[max(at - MAX_BESIDE, 0) : at + MAX_BESIDE]
