"""What is said to a user, kept apart from the language that it is said in.

A template is English. Its Chinese stands in `zh.yaml`, which is read when it is asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol, TypeAlias, Union

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

    def __str__(self) -> str:
        """Say it in English."""
        return self.text()

    def text(self, language: str = "en") -> str:
        """Say it in a language."""
        template = self.template
        if language == "zh":
            template = chinese().get(template, template)
        said = template.format(**{name: _said(part, language) for name, part in self.parts})
        if self.parts and len(said) > MAX_MESSAGE:
            return f"{said[: MAX_MESSAGE // 2]} … {said[-MAX_MESSAGE // 2 :]}"
        return said


def say(template: str, /, **parts: Parts) -> Message:
    """Return a message; the template stands in `zh.yaml` too, or a test fails."""
    return Message(template, tuple(parts.items()))


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
    reason = error.strerror or "it does not say why"
    return say(reason.replace("{", "{{").replace("}", "}}"))


def quoted(names: Iterable[str]) -> tuple[str, ...]:
    """Return names as they are quoted, to be listed."""
    return tuple(f"`{name}`" for name in names)


@cache
def chinese() -> Mapping[str, str]:
    """Return the Chinese of every template."""
    import yaml  # English does not pay for it

    text = Path(__file__).with_name("zh.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, str] = yaml.load(text, loader)
    return found


def _said(parts: Parts, language: str) -> str | int | date:
    match parts:
        case Message():
            return parts.text(language)
        case tuple():
            comma = "、" if language == "zh" else ", "
            return comma.join(str(_said(part, language)) for part in parts)
        case str() | int() | date():
            return parts
        case _:
            return parts[language]
