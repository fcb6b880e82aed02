"""What several reports say of an answer: its basis, its version, and where the rules lie."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from ipcity_policy.law.library import SHIPPED
from ipcity_policy.law.model import Basis, TextSeen
from ipcity_policy.text.inline import Badge, Sentence
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

SENTENCES: Mapping[str, Message] = MappingProxyType(
    {
        "gap": say("the measure has no outcome for these facts: a gap in the rules"),
        "overlap": say(
            "the measure gives several outcomes at once, an overlap in the rules: {outcomes}"
        ),
        "asked": say("{version}, as asked for"),
        "in-force": say("{version}, in force on {day} ({fact})"),
        "in-doubt": say(
            "{version}, the last one known; whether it was still in force on "
            "{day} ({fact}) is not known"
        ),
        "partly": say(
            "{version}; {day} ({fact}) is not known to the day, and only a part"
            " of it lies in its time in force"
        ),
        "beginning-in-doubt": say(
            "{version}; whether it was in force already on {day} ({fact}) is not known"
        ),
        "partly-any-day": say(
            "{version}; {fact} is not known, and only some of the days that it "
            "may be lie in its time in force"
        ),
        "several-any-day": say("{fact} is not known, and each of these may govern: {version}"),
        "several": say(
            "{day} ({fact}) is not known to the day, and each of these may govern: {version}"
        ),
        "none": say("none: no version that is known was in force on {day} ({fact})"),
        "silent": say(
            "{version} was in force on {day} ({fact}) and does not answer this question"
        ),
        "missing-start-in-doubt": say(
            "whether {version} governed already: before {day} that is not known"
        ),
        "missing-start-unknown": say(
            "whether {version} governed already: its first day is not known"
        ),
        "missing-end-in-doubt": say(
            "whether {version} still governed: from {day} on that is not known"
        ),
        "high": say("high"),
        "medium": say("medium"),
        "low": say("low"),
        "day-stands-in": say(
            "the {fact} is not stated; {day}, the day asked about, is used instead"
        ),
        "not-seen": say(
            "the {fact} was stated on {day}, after the day asked about, and was not used"
        ),
        "later": say(
            "the {fact}, {day}, is after the day asked about and still chooses the version"
        ),
        "start-in-doubt": say("{version} governed already; before {day} that is not known"),
        "start-unknown": say("{version} governed already; its first day is not known"),
        "end-in-doubt": say("{version} still governed; from {day} on that is not known"),
        "within": say("the day lies in the part of {day} in which {version} was in force"),
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


def language_named(code: str, language: str) -> str:
    """Name a language; one that is not known here by its code."""
    return _LANGUAGES[code][language] if code in _LANGUAGES else code


def basis_word(basis: Basis, language: str) -> str:
    """Say in a word, which stands out, what something rests on."""
    return Sentence(Badge(_BASES[basis][language], basis))


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
