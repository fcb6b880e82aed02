"""What is said to a user, kept apart from the language that it is said in.

A template is English; `catalogue` has it in other languages. `say` keeps what is said until
it is known who reads it, `tell` says it in a language at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias, Union

from ipcity_policy.text.catalogue import is_translated, translated, translated_number
from ipcity_policy.text.inline import filled

#: How long a message may be; what a user wrote is quoted in it.
MAX_MESSAGE = 400
#: How many names a list names.
MAX_LISTED = 12


class Bilingual(Protocol):
    """Words of a rule file, in both languages."""

    def __getitem__(self, language: str, /) -> str:
        """Return the text in `en` or `zh`."""


#: What fills a place of a template: what a user wrote, which stands in backticks there, a
#: number, a day, words of ours or of a rule file, or several of these.
MessagePart: TypeAlias = Union[str, int, date, "Message", Bilingual]
Parts: TypeAlias = MessagePart | tuple[MessagePart, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """Something said, of a template and what fills its places."""

    template: str
    parts: tuple[tuple[str, Parts], ...] = ()
    #: In which of its senses the template is meant; empty for the usual one.
    context: str = ""
    #: What is said of several; the part `n` tells of how many. None where that is all one.
    several: str | None = None

    def __str__(self) -> str:
        """Say it in English."""
        return self.text()

    def __getitem__(self, language: str, /) -> str:
        """Say it in a language, as words of a rule file are said."""
        return self.text(language)

    def text(self, language: str = "en") -> str:
        """Say it in a language."""
        template = self.template_in(language)
        said = template.format(**{name: _said(part, language) for name, part in self.parts})
        if self.parts and len(said) > MAX_MESSAGE:
            return f"{said[: MAX_MESSAGE // 2]} … {said[-MAX_MESSAGE // 2 :]}"
        return said

    def template_in(self, language: str) -> str:
        """Return the template in a language."""
        if self.several is None:
            return translated(language, self.template, self.context)
        n = dict(self.parts)["n"]
        assert isinstance(n, int)  # INVARIANT: `say_of` puts it there
        return translated_number(language, self.template, self.several, n)


def say(template: str, /, *, context: str = "", **parts: Parts) -> Message:
    """Return a message. The template is in every catalogue, or a test fails.

    >>> say("write `{text}`", text="12 kilos").text()
    'write `12 kilos`'
    """
    return Message(template, tuple(parts.items()), context)


def say_of(n: int, one: str, several: str, /, **parts: Parts) -> Message:
    """Return a message about a number of things, in the form that each language has for it.

    >>> say_of(1, "1 error", "{n} errors").text(), say_of(3, "1 error", "{n} errors").text()
    ('1 error', '3 errors')
    """
    return Message(one, (("n", n), *parts.items()), several=several)


def tell(language: str, template: str | Message, /, **parts: object) -> str:
    """Say something in a language, at its full length, with the links of what is filled in.

    >>> tell("en", "{low} to {high}", low="1", high="3")
    '1 to 3'
    """
    if isinstance(template, Message):
        template = template.template_in(language)
    else:
        template = translated(language, template)
    return filled(template, parts)


def listed(names: Iterable[str]) -> Message:
    """Return "`x`, `y`", of very many names the first ones and how many more there are."""
    every = tuple(names)
    said = quoted(every[:MAX_LISTED])
    more = len(every) - MAX_LISTED
    if more <= 0:
        return say("{names}", names=said)
    return say("{names} and {n:,} more", names=said, n=more)


def any_of(names: Iterable[str]) -> Message:
    """Return "`x`, `y` or `z`"."""
    return either(tuple(say("`{text}`", text=name) for name in names))


def all_of(names: Iterable[str]) -> Message:
    """Return "`x`, `y` and `z`"."""
    *most, last = (say("`{text}`", text=name) for name in names)
    return say("{words} and {last}", words=tuple(most), last=last) if most else last


def either(words: tuple[Message, ...]) -> Message:
    """Return words of which one is meant."""
    *most, last = words
    return say("{words} or {last}", words=tuple(most), last=last) if most else last


def said_by_system(error: OSError) -> Message:
    """Return the reason that the system gives; of those that are rare, in its own words."""
    if error.strerror is None:
        return say("it does not say why")
    return say("{reason}", reason=_OfSystem(error.strerror))


@dataclass(frozen=True, slots=True)
class _OfSystem:
    """What a system says, which may be none of our templates."""

    reason: str

    def __getitem__(self, language: str) -> str:
        known = is_translated(language, self.reason)
        return translated(language, self.reason) if known else self.reason


def quoted(names: Iterable[str]) -> tuple[str, ...]:
    """Return names as they are quoted, to be listed."""
    return tuple(f"`{name}`" for name in names)


def _said(parts: Parts, language: str) -> str | int | date:
    match parts:
        case Message():
            return parts.text(language)
        case tuple():
            comma = translated(language, ", ", "names")
            return comma.join(str(_said(part, language)) for part in parts)
        case str() | int() | date():
            return parts
        case _:
            return parts[language]
