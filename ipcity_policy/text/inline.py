"""A sentence with those of its words that are more than words: links and badges."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a text that lead to a place of the same report."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Badge:
    """Words of a text that stand out, as the kind of thing they are."""

    text: str
    kind: str


Inline: TypeAlias = str | Link | Badge


class RichText(str):
    """A text that is equal to its words alone, and keeps its links and badges.

    They stay where sentences are joined, added, or filled into another one; every other
    operation gives the words without them.

    >>> text = RichText("see ", Link("Art. 1", "art-1"))
    >>> text, (text + "!").inlines
    ('see Art. 1', ('see ', Link(text='Art. 1', anchor='art-1'), '!'))
    """

    __slots__ = ("inlines",)
    inlines: tuple[Inline, ...]

    def __new__(cls, *parts: Inline) -> "RichText":
        """Put some words, links, badges and sentences one after the other."""
        inlines = tuple(_flat(parts))
        words = (one if isinstance(one, str) else one.text for one in inlines)
        made = super().__new__(cls, "".join(words))
        made.inlines = inlines
        return made

    @property
    def plain(self) -> bool:
        """Whether it has neither links nor badges."""
        return all(isinstance(one, str) for one in self.inlines)

    def __add__(self, other: str) -> "RichText":
        """Go on with other words."""
        return RichText(self, other)

    def __radd__(self, other: str) -> "RichText":
        """Begin with other words."""
        return RichText(other, self)

    def join(self, parts: Iterable[str]) -> "RichText":
        """Put this between some parts."""
        every = [one for part in parts for one in (self, part)]
        return RichText(*every[1:])


def filled(template: str, parts: Mapping[str, object]) -> RichText:
    """Fill the places of a template; the links and badges of what fills them stay.

    >>> filled("[{cite}]", {"cite": RichText(Link("Art. 1", "art-1"))}).inlines
    ('[', Link(text='Art. 1', anchor='art-1'), ']')
    """
    if all(not isinstance(part, RichText) or part.plain for part in parts.values()):
        return RichText(template.format(**parts))
    said: list[Inline] = []
    for words, place, form, _ in Formatter().parse(template):
        said.append(words)
        if place is not None:
            part = parts[place]
            said.append(part if isinstance(part, RichText) else format(part, form or ""))
    return RichText(*said)


def _flat(parts: Iterable[Inline]) -> Iterator[Inline]:
    """Yield what some parts are made of; words that follow one another as one text."""
    words = ""
    for part in parts:
        for one in part.inlines if isinstance(part, RichText) else (part,):
            if isinstance(one, str):
                words += one
            else:
                yield from (words, one) if words else (one,)
                words = ""
    if words:
        yield words
