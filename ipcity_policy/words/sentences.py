"""What several reports say of an answer: its basis, its version, and where the rules lie."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import assert_never

from ipcity_policy.law.library import SHIPPED
from ipcity_policy.law.model import Basis, Confidence, TextSeen
from ipcity_policy.text.inline import Badge, RichText
from ipcity_policy.text.message import Message, say, tell

#: What something rests on, in a word.
_BASES: Mapping[Basis, Message] = MappingProxyType(
    {
        Basis.ATTESTED: say("attested"),
        Basis.INFERRED: say("inferred"),
        Basis.ASSUMED: say("assumed"),
        Basis.UNAVAILABLE: say("unavailable"),
    }
)

#: How sure the default of a reading is, in a word.
CONFIDENCES: Mapping[Confidence, Message] = MappingProxyType(
    {
        Confidence.HIGH: say("high"),
        Confidence.MEDIUM: say("medium"),
        Confidence.LOW: say("low"),
    }
)

#: The languages that laws are issued and read in, as a sentence names them.
_LANGUAGES: Mapping[str, Message] = MappingProxyType(
    {"en": say("English"), "zh": say("Chinese")}
)

#: Where rule files were found that come with the program.
_PLACES: Mapping[str, Message] = MappingProxyType(
    {
        "checkout": say("this checkout"),
        "installed": say("the installed program"),
    }
)


def moment_of(term: str, which: str, language: str) -> str:
    """Name the `start` or the `end` of a term."""
    return tell(
        language,
        "the start of the {term}" if which == "start" else "the end of the {term}",
        term=term,
    )


def one_of(names: Sequence[str], language: str) -> str:
    """Say some words of which one is meant."""
    *most, last = names
    if not most:
        return last
    before = tell(language, say(" or ", context="before-others")).join(most)
    return tell(language, " or ").join((before, last))


def language_named(code: str, language: str) -> str:
    """Name a language; one that is not known here by its code."""
    return _LANGUAGES[code][language] if code in _LANGUAGES else code


def basis_word(basis: Basis, language: str) -> str:
    """Say in a word, which stands out, what something rests on."""
    return RichText(Badge(_BASES[basis][language], basis))


def basis_said(basis: Basis, seen: TextSeen | None, language: str) -> str:
    """Say what something rests on; a translation is not told as the text of the law."""
    word = basis_word(basis, language)
    match basis:
        case Basis.ATTESTED if seen is not None and seen.translated_from is not None:
            return tell(
                language,
                "a translation, not held against the {original} original ({basis})",
                original=language_named(seen.translated_from, language),
                basis=word,
            )
        case Basis.ATTESTED:
            return tell(language, "the text itself ({basis})", basis=word)
        case Basis.INFERRED:
            return tell(language, "the best reading of an unclear text ({basis})", basis=word)
        case Basis.ASSUMED:
            return tell(
                language,
                "an assumption: the text is not available and another is used in its place "
                "({basis})",
                basis=word,
            )
        case Basis.UNAVAILABLE:
            return tell(language, "no text: it is not available ({basis})", basis=word)
        case _:
            assert_never(basis)


def translated_said(seen: TextSeen | None, language: str) -> str | None:
    """Say that rules were written from a translation; None where they were not."""
    if seen is None or seen.translated_from is None:
        return None
    return tell(
        language,
        "written from a translation into {language}; the {original} here is not official",
        language=language_named(seen.language, language),
        original=language_named(seen.translated_from, language),
    )


def rules_from(found: str, language: str) -> str:
    """Say where the rule files were found."""
    return _PLACES[found][language] if found in SHIPPED else found
