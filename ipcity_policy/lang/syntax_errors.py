"""What is wrong with a sentence that cannot be read: the place, and the help."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from ipcity_policy.text.diagnostic import Diagnostic, Edit, Fix, diagnose
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Span
from ipcity_policy.yaml.document import Scalar

#: Marks that stand between sentences, and have no meaning in one.
LOOSE = "，。；、：,.;:"
#: Signs that are typed for the words of a comparison.
_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        ">=": "is at least",
        "≥": "is at least",
        "<=": "is at most",
        "≤": "is at most",
        ">": "is above",
        "<": "is below",
        "==": "is exactly",
        "=": "is exactly",
        "!=": "is not exactly",
        "≠": "is not exactly",
    }
)
_KINDS: Mapping[str, Message] = MappingProxyType(
    {
        "NAME": say("a name"),
        "NUMBER": say("a number"),
        "DATE": say("a date"),
        "STRING": say('an option in "quotes"'),
        "LPAR": say("`(`"),
        "RPAR": say("`)`"),
        "$END": say("the end of the sentence"),
    }
)

#: Words that are written for those of the language.
_MEANT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("more", "greater", "larger", "higher", "over"), "above"),
        **dict.fromkeys(("less", "fewer", "smaller", "lower", "under"), "below"),
        **dict.fromkeys(("exceeds", "exceed"), "is above"),
        **dict.fromkeys(("equals", "equal"), "is exactly"),
        **dict.fromkeys(("was", "are", "be", "been"), "is"),
        "later": "on or before",
        "earlier": "on or after",
        "up": "at most",
        "true": "yes",
        "false": "no",
    }
)
#: Where an option may stand, what the name of a parameter follows: by a word that may too.
_FOLLOWS: Mapping[str, Message] = MappingProxyType(
    {
        "EXACTLY": say("a parameter follows words such as `exactly` and `at least`"),
        "ALL": say("a parameter follows `all of`, `any of` or `none of`"),
    }
)


def unexpected_character(scalar: Scalar, at: int) -> Diagnostic:
    """Say that the character at an offset cannot stand in a sentence; `S301`.

    >>> from ipcity_policy.text.source import Source
    >>> from ipcity_policy.yaml.reader import read_document
    >>> found = unexpected_character(read_document(Source("", "weight ≥ heavy")).value, 7)
    >>> str(found.message), found.fix.edits[0].text
    ('`≥` cannot stand in a sentence', ' is at least ')
    """
    text = scalar.text
    char, place = text[at], scalar.part(at, at + 1)
    help = say("names are letters a to z, digits and Chinese characters, joined by hyphens")
    fix = None
    sign = next((one for one in _SIGNS if text.startswith(one, at)), None)
    if char in LOOSE:
        help = say("remove it; conditions are joined by `and` or `or`")
    elif sign is not None:
        help = say(
            "write `is at least`, `is at most`, `is above`, `is below`, `is exactly` or `is`"
        )
        fix = _worded(scalar, at, sign)
    elif char in "\"'":
        help, fix = say("close the quotes after the option"), _closed(scalar, at)
        if char == "'":
            help, fix = say('write `"`'), None
    elif char == "%":
        help = say("name the share under `parameters:`")
    message = say("`{char}` cannot stand in a sentence", char=char)
    return diagnose("S301", message, place, help=help, fix=fix)


def unexpected_word(
    scalar: Scalar, at: int, word: str, kind: str, accepts: Collection[str]
) -> Diagnostic:
    """Say that the word at an offset does not fit there (`S301`), or fits in two ways (`S302`).

    Its `kind` and what would fit (`accepts`) are terminals of the grammar.

    >>> from ipcity_policy.text.source import Source
    >>> from ipcity_policy.yaml.reader import read_document
    >>> sentence = read_document(Source("", "weight is over heavy")).value
    >>> found = unexpected_word(sentence, 10, "over", "NAME", {"ABOVE", "BELOW"})
    >>> str(found.message), str(found.help)
    ('`over` does not fit here', 'write `above`')
    """
    place = scalar.part(at, at + len(word))
    meant = _MEANT.get(word.lower())
    if meant is not None:
        if "IS" in accepts and not meant.startswith("is"):
            meant = f"is {meant}"
        fix = _reworded(scalar, at, word, meant)
        message = say("`{word}` does not fit here", word=word)
        return diagnose("S301", message, place, help=say("write `{text}`", text=meant), fix=fix)
    mixed = {"AND", "OR"} & set(accepts)
    if kind in ("AND", "OR") and mixed:
        other = next(iter(mixed)).lower()
        return diagnose(
            "S302",
            say(
                "`{word}` follows `{other}`, and the sentence can be read in two ways",
                word=word,
                other=other,
            ),
            place,
            help=say("put brackets around what belongs together"),
        )
    message = say("`{word}` does not fit here", word=word)
    if kind == "NAME" and "STRING" in accepts and "NAME" not in accepts:
        near, fix = nearest(word, _words(accepts), place)
        if not near:
            near = say('if it is an option, put it in quotes: `"{word}"`', word=word)
            follows = next(
                (after for token, after in _FOLLOWS.items() if token in accepts), None
            )
            if follows is not None:
                near = say("{help}; {follows}", help=near, follows=follows)
            fix = _quoted(scalar, at, word)
        return diagnose("S301", message, place, help=near, fix=fix)
    if kind == "RPAR" and scalar.text.count(")") > scalar.text.count("("):
        fix = Fix(say("remove a bracket that was not opened"), (Edit(place, ""),))
        return diagnose(
            "S301", message, place, help=say("remove it, or open it before"), fix=fix
        )
    near, fix = nearest(word, _words(accepts), place)
    if kind not in _KINDS and "NAME" in accepts:
        message = say("`{word}` is a word of the language, and does not fit here", word=word)
    return diagnose("S301", message, place, help=near or _expected(accepts), fix=fix)


def too_early(scalar: Scalar, accepts: Collection[str]) -> Diagnostic:
    """Say that a sentence ends before it is whole (`S301`); the terminals `accepts` would fit.

    >>> from ipcity_policy.text.source import Source
    >>> from ipcity_policy.yaml.reader import read_document
    >>> found = too_early(read_document(Source("", "(light or heavy")).value, {"RPAR", "OR"})
    >>> str(found.help), found.fix.edits[0].text
    ('close the bracket', ')')
    """
    text = scalar.text
    place = scalar.part(len(text), len(text))
    missing = text.count("(") - text.count(")")
    fix, help = None, _expected(accepts)
    if "RPAR" in accepts and missing > 0:
        help = say("close the bracket")
        if not re.search(r"\bnot\b", text):  # `not` would reach further or less far
            fix = Fix(help, (Edit(place, ")" * missing),))
    return diagnose("S301", say("the sentence ends too early"), place, help=help, fix=fix)


def _words(accepts: Collection[str]) -> list[str]:
    """Return the keywords among terminals."""
    return [kind.lower() for kind in accepts if kind not in _KINDS]


def _expected(accepts: Collection[str]) -> Message | None:
    words = (_KINDS.get(kind, say("`{text}`", text=kind.lower())) for kind in accepts)
    ordered = tuple(sorted(words, key=str))
    return say("expected here: {words}", words=ordered) if ordered else None


def _worded(scalar: Scalar, at: int, sign: str) -> Fix:
    """Return the fix that writes the words of a comparison for a sign, `is` written or not."""
    text = scalar.text
    start = re.search(r"\s*(?:\bis)?\s*$", text[:at])
    assert start is not None  # INVARIANT: the pattern fits everywhere
    end = re.compile(r"\s*").match(text, at + len(sign))
    assert end is not None
    place = scalar.part(start.start(), end.end())
    words = _SIGNS[sign]
    if re.compile(r'(yes|no|met)\b|"').match(text, end.end()):  # an option is asked about
        words = {"is exactly": "is", "is not exactly": "is not"}.get(words, words)
    return Fix(say("write `{text}`", text=words), (Edit(place, f" {words} "),))


def _reworded(scalar: Scalar, at: int, word: str, meant: str) -> Fix | None:
    """Return the fix that writes the words that are meant, with what belongs to them."""
    behind = re.compile(r"\s+(?:than|to)\b").match(scalar.text, at + len(word))
    compares = meant.removeprefix("is ") in ("above", "below", "at most", "exactly")
    end = behind.end() if behind is not None and compares else at + len(word)
    if meant in ("on or before", "on or after") or (word == "up" and behind is None):
        return None  # `no later than` is more than this word
    return Fix(say("write `{text}`", text=meant), (Edit(scalar.part(at, end), meant),))


def _closed(scalar: Scalar, at: int) -> Fix | None:
    """Return the fix that closes the quotes behind the word they open before."""
    word = re.compile(r'"([A-Za-z0-9\u3400-\u9fff-]+)(?=[\s)]|$)').match(scalar.text, at)
    if word is None or _in_double_quotes(scalar):
        return None
    place = scalar.part(word.end(), word.end())
    if word.end() < len(scalar.text):
        place = Span(place.source, place.start, place.start)
    return Fix(say("close the quotes"), (Edit(place, '"'),))


def _quoted(scalar: Scalar, at: int, word: str) -> Fix | None:
    """Return the fix that puts an option in quotes, of which one may stand already."""
    if _in_double_quotes(scalar):
        return None
    if scalar.text[at + len(word) : at + len(word) + 1] == '"':
        place = scalar.part(at, at + 1)
        return Fix(
            say("open the quotes"), (Edit(Span(place.source, place.start, place.start), '"'),)
        )
    return Fix(say("put it in quotes"), (Edit(scalar.part(at, at + len(word)), f'"{word}"'),))


def _in_double_quotes(scalar: Scalar) -> bool:
    """Tell whether quotes in a sentence would have to be written with escapes."""
    return scalar.span.text[:1] == '"'
