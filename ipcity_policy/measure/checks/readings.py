"""Check a reading: its default is the text as written, and every other option holds."""

from collections.abc import Mapping

from ipcity_policy.measure.checks.checking import Checking
from ipcity_policy.measure.model import Basis, Option, Reading, Words
from ipcity_policy.measure.reader import (
    Entry,
    basis_of,
    child,
    entries_of,
    read_patch,
    text_of,
    words_of,
)
from ipcity_policy.text.diagnostic import Related, diagnose
from ipcity_policy.text.document import Scalar
from ipcity_policy.text.mends import nearest
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.shape import LANGUAGES
from ipcity_policy.text.source import flow


def check_reading(check: Checking, entry: Entry) -> Reading:
    """Return a reading; what is wrong with its default or an empty option is reported."""
    node = entry.node
    options = {
        name.text: Option(
            name.text,
            words_of(item, "says") or Words(name.text, name.text),
            read_patch(item),
        )
        for name, item in entries_of(node, "options")
    }
    default = child(node, "default")
    if isinstance(default, Scalar):
        if default.text not in options:
            near, fix = nearest(default.text, options, default.span)
            message = say("`{text}` is not one of its options", text=default.text)
            check.say("M105", message, default.span, near, fix)
        elif not options[default.text].patch.empty:
            check.say(
                "M105",
                say("`{text}` is the default and changes the text", text=default.text),
                default.span,
                say(
                    "the default is the text as written: delete its `change:`, or make "
                    "another option the default"
                ),
            )
    named = text_of(node, "default")
    for name, _ in entries_of(node, "options"):
        # Which option is the text as written is told where the default is miswritten.
        if options[name.text].patch.empty and named in options and named != name.text:
            check.say(
                "M104",
                say("`{text}` changes nothing", text=name.text),
                name.span,
                say("add `change:` with what the text would say"),
            )
    _check_choice(check, entry, options)
    return Reading(
        id=entry.id,
        asks=words_of(node, "asks") or Words(entry.id, entry.id),
        why=words_of(node, "why") or Words("", ""),
        basis=basis_of(node) or Basis.UNAVAILABLE,
        confidence=text_of(node, "confidence") or "low",
        default=text_of(node, "default") or "",
        options=options,
        origin=entry.origin,
    )


def _check_choice(check: Checking, entry: Entry, options: Mapping[str, Option]) -> None:
    """Report a reading of one option, and options that do or say the same."""
    named = entries_of(entry.node, "options")
    if len(named) == 1 and text_of(entry.node, "default") in options:
        message, mend = (
            say("`{id}` has one option only", id=entry.id),
            say("add the other way to read it"),
        )
        check.say("M124", message, named[0][0].span, mend)
    patches: dict[object, Scalar] = {}
    texts: dict[tuple[str, str], Scalar] = {}
    for name, node in named:
        patch = options[name.text].patch
        first = patches.setdefault(patch.says, name)
        if first is not name and not patch.empty:
            _alike(
                check,
                say("`{text}` changes the same as `{first}`", text=name.text, first=first.text),
                name,
                first,
            )
            continue
        for key in (f"says-{language}" for language in LANGUAGES):
            said = child(node, key)
            if isinstance(said, Scalar):
                first = texts.setdefault((key, flow(said.text)), name)
                if first is not name:
                    _alike(
                        check,
                        say(
                            "`{text}` says the same as `{first}`",
                            text=name.text,
                            first=first.text,
                        ),
                        said,
                        first,
                    )
                    break


def _alike(check: Checking, says: Message, at: Scalar, first: Scalar) -> None:
    mend = say("say how they differ, or delete one of them")
    related = (Related(first.span, say("the other option is written here")),)
    check.diagnostics.append(diagnose("M124", says, at.span, help=mend, related=related))
