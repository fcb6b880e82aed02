"""Mistakes as values: what every step that reads a user's material returns."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Generic, TypeAlias, TypeVar

from ipcity_policy.text.codes import CODES, HELP, Code, Severity
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Place, Span
from ipcity_policy.text.subject import EntryKey, FactPath

T = TypeVar("T")

#: What a diagnostic is about: an entry of a version, or what a sheet states of a fact.
Subject: TypeAlias = EntryKey | FactPath


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
