"""Characters that are not what they seem: letters of another script, wide forms, unseen ones.

Prose may hold any that can be seen. Keys, names, numbers and sentences are written in ASCII
and Chinese letters, so that two that look the same are the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ipcity_policy.text.diagnostic import Diagnostic, Edit, Fix, diagnose
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Span

#: How many characters are reported before the rest is left.
MAX_REPORTED = 20
#: In how many places of one text look-alikes are fixed.
MAX_EDITS = 200
#: What moves the characters around it, so that a text reads otherwise than it is written.
_BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

#: Letters and marks, and below each the one in ASCII that it looks like or stands for. What
#: Unicode calls a form of a plain character (wide letters, other spaces) needs no row.
_SEEN: Mapping[str, str] = MappingProxyType(
    {
        seen: meant
        for row, plain in (
            ("асԁеһіјӏорԛѕѵԝху", "acdehijlopqsvwxy"),  # Cyrillic
            ("АВСЕԌНІЈКМОРԚЅТѴԜХҮ", "ABCEGHIJKMOPQSTVWXY"),
            ("αγικνορυχϲϳ", "ayikvopuxcj"),  # Greek
            ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
            ("օոսհցզ", "onuhgq"),  # Armenian
            ("ɑɡıɩᴄᴏᴠᴡᴢꜱ", "agiicovwzs"),  # Latin letters of other alphabets
            ("‐‑‒–—―−ー", "--------"),
            ("“”„‟«»「」『』″", '"""""""""""'),
            ("‘’‚‛", '""""'),  # the language knows one kind of quotes
            ("。、∶【】", ".,:[]"),
        )
        for seen, meant in zip(row, plain, strict=True)
    }
)
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def meant(char: str) -> str:
    """Return the plain character that is meant; the same where it is plain, or none is."""
    if char.isascii() or _CHINESE.match(char):
        return char
    if char in _SEEN:
        return _SEEN[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", char)
    fits = len(folded) == 1 and (folded.isascii() or _CHINESE.match(folded))
    return folded if fits else char


def plain(text: str) -> str:
    """Return a text with the characters that are meant, each in its place."""
    return text if text.isascii() else "".join(map(meant, text))


def look_alikes(
    found: Sequence[tuple[str, Span]], *, quoted: bool = False
) -> Iterator[Diagnostic]:
    """Say of characters in one text, and of where they stand, that others are meant.

    One fix fixes them all; `quoted` says whether the text stands in double quotes.
    """
    fix = None
    if len(found) <= MAX_EDITS and all(at.text == seen for seen, at in found):  # no escapes
        edits = tuple(Edit(at, _written(at, quoted=quoted)) for _, at in found)
        title = say("write the characters that are meant")
        if len(found) == 1:
            seen = found[0][0]
            title = say(
                "write {wanted} for {seen}", wanted=_shown(plain(seen)), seen=_shown(seen)
            )
        fix = Fix(title, edits)
    for seen, at in found[:MAX_REPORTED]:
        wanted = plain(seen)
        help = say("write {wanted}", wanted=_shown(wanted))
        if len(wanted) == 1:
            help = say("write {wanted} ({name})", wanted=_shown(wanted), name=_named(wanted))
        what = say("it is {name}", name=_named(seen[0]))
        if len(seen) > 1:
            what = say("it begins with {name}", name=_named(seen[0]))
        message = say(
            "{seen} is written where {wanted} is meant: {what}",
            seen=_shown(seen),
            wanted=_shown(wanted),
            what=what,
        )
        yield diagnose("S109", message, at, help=help, fix=fix)


def _written(at: Span, *, quoted: bool) -> str:
    """Return what is to be written in a file for what stands at a place."""
    wanted = plain(at.text)
    if quoted:
        return wanted.replace('"', '\\"')
    follows = at.source.text[at.end : at.end + 1]
    return wanted + " " if wanted[-1] in ":," and not follows.isspace() else wanted


def _shown(text: str) -> Message:
    if text.strip():
        return say("`{text}`", text=text)
    return say("a space") if len(text) == 1 else say("spaces")


def _named(char: str) -> Message:
    """Return the number and the name that Unicode gives a character."""
    name = unicodedata.name(char, "")
    number = f"U+{ord(char):04X}"
    return (
        say("{number}, {name}", number=number, name=name)
        if name
        else say("{number}", number=number)
    )


#: Anything but plain letters and what Chinese is written in, which is looked at more closely.
_UNUSUAL = re.compile("[^\n\t -~\u3000-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]")


def invisible(char: str) -> bool:
    """Tell whether a character is one that a reader cannot see or that moves others."""
    if char.isascii():
        return not (char.isprintable() or char in "\n\t")
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def visible(text: str) -> str:
    """Return a text with a sign for each character that is not seen, or acts on a terminal."""
    return _UNUSUAL.sub(lambda found: "\ufffd" if invisible(found[0]) else found[0], text)


def unseen_in(at: Span) -> Iterator[Diagnostic]:
    """Find the invisible characters of a stretch, some of them where there are many."""
    reported = 0
    for found in _UNUSUAL.finditer(at.text):
        if invisible(found[0]):
            reported += 1
            offset = at.start + found.start()
            yield unseen(found[0], Span(at.source, offset, offset + 1))
            if reported == MAX_REPORTED:
                return


def unseen(char: str, at: Span) -> Diagnostic:
    """Say that a character cannot be seen, or that it moves what is seen."""
    message = say("there is an invisible character here ({name})", name=_named(char))
    if char in _BIDIRECTIONAL:
        message = say(
            "an invisible character here reorders what is displayed ({name})", name=_named(char)
        )
    # What has no fixed meaning, or may stand for a line break, is not safely deleted.
    sure = unicodedata.category(char) in ("Cc", "Cf") and char != "\0" and at.text == char
    fix = Fix(say("delete the invisible character"), (Edit(at, ""),)) if sure else None
    return diagnose("S104", message, at, help=say("delete it"), fix=fix)
