"""In which version of the rule language the files of a measure are written."""

import re

from ipcity_policy.law.reader import child, text_of
from ipcity_policy.law.schemas import migrations
from ipcity_policy.law.schemas.vocabulary import LANGUAGE_KEY
from ipcity_policy.text.diagnostic import Diagnostic, Edit, Fix, diagnose
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Span
from ipcity_policy.yaml.document import Mapping, Node, Scalar


def written_in(vocabulary: Node | None) -> int:
    """Return the language that a vocabulary names; 0 where it names none."""
    text = text_of(vocabulary, LANGUAGE_KEY) or ""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


def too_new(vocabulary: Node | None) -> Diagnostic | None:
    """Say that a measure is written in a language that this program does not know."""
    at, number = child(vocabulary, LANGUAGE_KEY), written_in(vocabulary)
    if at is None or number <= migrations.LANGUAGE:
        return None
    message = say(
        "these files are written in language {n}, and this program reads up to {newest}",
        n=number,
        newest=migrations.LANGUAGE,
    )
    return diagnose("M170", message, at.span, help=say("use a newer ipcity-policy"))


def too_old(vocabulary: Node | None) -> Diagnostic | None:
    """Say that a measure names no language, or one that is not the newest."""
    at, number = child(vocabulary, LANGUAGE_KEY), written_in(vocabulary)
    if not isinstance(vocabulary, Mapping) or number >= migrations.LANGUAGE:
        return None
    if at is None:
        message = say("the measure does not say in which language its files are written")
        help = say(
            "write `{key}: {n}` below `measure:`, or run `ipcity fmt --migrate`",
            key=LANGUAGE_KEY,
            n=migrations.LANGUAGE,
        )
        place = (vocabulary.key("measure") or vocabulary).span
        title = say("write `{key}: {n}`", key=LANGUAGE_KEY, n=migrations.LANGUAGE)
        fix = Fix(title, (numbered(vocabulary),))
        return diagnose("M171", message, place, help=help, fix=fix)
    if not number:
        return None  # what is no number is told by the shape
    message = say(
        "these files are written in language {n}, and the newest is {newest}",
        n=number,
        newest=migrations.LANGUAGE,
    )
    return diagnose("M171", message, at.span, help=say("run `ipcity fmt --migrate`"))


def numbered(vocabulary: Mapping) -> Edit:
    """Return the edit by which a vocabulary names the newest language."""
    number = str(migrations.LANGUAGE)
    at = child(vocabulary, LANGUAGE_KEY)
    if isinstance(at, Scalar):
        return Edit(at.span, number)
    named = vocabulary.key("measure")
    key, value = next(
        (entry for entry in vocabulary.entries if entry[0] is named), vocabulary.entries[0]
    )
    text, end = key.span.source.text, value.span.end
    line = f"{LANGUAGE_KEY}: {number}"
    if vocabulary.span.text.startswith("{"):
        return Edit(Span(key.span.source, end, end), f", {line}")
    indent = " " * (key.span.start - text.rfind("\n", 0, key.span.start) - 1)
    stop = text.find("\n", end - 1)
    if stop < 0:
        return Edit(Span(key.span.source, len(text), len(text)), f"\n{indent}{line}")
    return Edit(Span(key.span.source, stop + 1, stop + 1), f"{indent}{line}\n")
