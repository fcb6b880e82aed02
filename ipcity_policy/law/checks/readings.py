"""Check a reading: its default is the text as written, and every other option holds."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from ipcity_policy.law.change import Change
from ipcity_policy.law.checks.checking import Checking
from ipcity_policy.law.model import Basis, Confidence, Localized, Option, Reading
from ipcity_policy.law.patch import places
from ipcity_policy.law.reader import (
    Entry,
    basis_of,
    child,
    entries_of,
    read_patch,
    text_of,
    words_of,
)
from ipcity_policy.text.diagnostic import Diagnostic, Related, diagnose
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import flow
from ipcity_policy.text.subject import EntryKey, EntryKind
from ipcity_policy.yaml.document import Scalar
from ipcity_policy.yaml.schema import LANGUAGES

#: A change with the steps to its place, and the reading that makes it.
Placed: TypeAlias = tuple[tuple[str, ...], Change, str]


def check_reading(check: Checking, entry: Entry) -> Reading:
    """Return a reading; what is wrong with its default or an empty option is reported."""
    node = entry.node
    options = {
        name.text: Option(
            name.text,
            words_of(item, "says") or Localized(name.text, name.text),
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
        asks=words_of(node, "asks") or Localized(entry.id, entry.id),
        why=words_of(node, "why") or Localized("", ""),
        basis=basis_of(node) or Basis.UNAVAILABLE,
        confidence=Confidence(text_of(node, "confidence") or Confidence.LOW),
        default=text_of(node, "default") or "",
        options=options,
        origin=entry.origin,
    )


def _check_choice(check: Checking, entry: Entry, options: Mapping[str, Option]) -> None:
    """Report a reading of one option, and options that do or say the same."""
    named = entries_of(entry.node, "options")
    if len(named) == 1 and text_of(entry.node, "default") in options:
        message, help = (
            say("`{id}` has only one option", id=entry.id),
            say("add the other way to read it"),
        )
        check.say("M124", message, named[0][0].span, help)
    patches: dict[object, Scalar] = {}
    texts: dict[tuple[str, str], Scalar] = {}
    for name, node in named:
        patch = options[name.text].patch
        first = patches.setdefault(patch.says, name)
        if first is not name and not patch.empty:
            _alike(
                check,
                say(
                    "`{text}` makes the same change as `{first}`",
                    text=name.text,
                    first=first.text,
                ),
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


def check_together(readings: Iterable[Reading]) -> Iterator[Diagnostic]:
    """Report readings that change one place, each in its way: together one undoes the other."""
    at: dict[tuple[str, ...], list[Placed]] = {}
    inside: dict[tuple[str, ...], list[Placed]] = {}
    told: set[frozenset[str]] = set()
    for reading in readings:
        if reading.origin.carried_from is not None:
            continue  # it is reported where it comes from
        found = [one for option in reading.options.values() for one in places(option.patch)]
        for place, change in found:
            outer = (at.get(place[:steps], ()) for steps in range(1, len(place) + 1))
            for its, other, name in chain(*outer, inside.get(place, ())):
                same = its == place and (other.how, other.new) == (change.how, change.new)
                pair = frozenset((name, reading.id))
                if not same and pair not in told:
                    told.add(pair)
                    yield _clash((other, name), (change, reading.id))
                    break  # however many others change it too
        for place, change in found:
            placed = place, change, reading.id
            at.setdefault(place, []).append(placed)
            for steps in range(1, len(place)):
                inside.setdefault(place[:steps], []).append(placed)


def _clash(one: tuple[Change, str], other: tuple[Change, str]) -> Diagnostic:
    (first, its), (second, reading) = one, other
    inner = max(first, second, key=lambda change: len(change.steps))
    message = say(
        "`{first}` and `{second}` both change `{path}`, but differently",
        first=its,
        second=reading,
        path=inner.path,
    )
    help = say(
        "let each change something with a name of its own, or make them one reading with "
        "an option for each answer"
    )
    related = (Related(first.at, say("the other reading changes it here")),)
    subject, its_key = (EntryKey(EntryKind.READING, name) for name in (reading, its))
    return diagnose(
        "M126",
        message,
        second.at,
        help=help,
        related=related,
        subject=subject,
        names=(its_key,),
    )


def _alike(check: Checking, says: Message, at: Scalar, first: Scalar) -> None:
    help = say("say how they differ, or delete one of them")
    related = (Related(first.span, say("the other option is written here")),)
    check.diagnostics.append(diagnose("M124", says, at.span, help=help, related=related))
