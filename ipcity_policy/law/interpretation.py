"""An interpretation: options of readings that an office has adopted, on a day, by a source.

It is not the law, and nothing of it applies until somebody chooses it by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ipcity_policy.lang.literals import read_date
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import CitedSource, Localized, Vocabulary
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import child, entries_of, items_of, text_of, words_of
from ipcity_policy.law.schemas.interpretation import INTERPRETATION
from ipcity_policy.law.text_digest import file_digest
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose, has_errors
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import Message, listed, say
from ipcity_policy.text.source import Span
from ipcity_policy.yaml.document import Node, Scalar
from ipcity_policy.yaml.normalize import cleared
from ipcity_policy.yaml.validate import departures


@dataclass(frozen=True, slots=True)
class Interpretation:
    """The readings that an office has adopted."""

    #: The name of its file, by which it is chosen.
    id: str
    measure: str
    title: Localized
    #: The office, by its name in the vocabulary.
    office: str
    on: Dates
    source: CitedSource
    #: The versions whose text it reads.
    versions: tuple[str, ...]
    #: Readings with the option adopted.
    options: Mapping[str, str]
    note: Localized | None
    #: The digest of what it says, whatever its layout.
    digest: str
    #: Where each version, reading and `reading=option` stands, and all the options.
    places: Mapping[str, Span] = field(compare=False, repr=False)

    def reads(self, program: Program) -> bool:
        """Tell whether it reads a version: one that it names, or a draft of one."""
        return program.id in self.versions or program.amends in self.versions

    def options_in(self, program: Program) -> dict[str, str]:
        """Return what it says of a version, as far as that has such readings and options."""
        return {
            name: option
            for name, option in self.options.items()
            if self.reads(program)
            and name in program.readings
            and option in program.readings[name].options
        }


def read_interpretation(
    id: str,
    measure: str,
    node: Node,
    vocabulary: Vocabulary,
    sources: Mapping[str, CitedSource],
) -> Result[Interpretation]:
    """Read an interpretation of a measure; none where it cannot be used."""
    node, found = cleared(node, INTERPRETATION)
    wrong = [*found, *departures(node, INTERPRETATION)]
    wrong += _misnaming(node, measure, vocabulary, sources)
    day, at = read_date(text_of(node, "on") or ""), child(node, "on")
    if day is None and at is not None and all(one.at != at.span for one in wrong):
        help = say("write a day that the calendar has")
        message = say("`{text}` is not a day", text=text_of(node, "on") or "")
        wrong.append(diagnose("S204", message, at.span, help=help))
    if not has_errors(wrong):
        wrong += _says_nothing(node)
    if has_errors(wrong) or day is None:
        return Result(None, tuple(wrong))
    versions = [one for one in items_of(node, "versions") if isinstance(one, Scalar)]
    options = [
        (key, one) for key, one in entries_of(node, "options") if isinstance(one, Scalar)
    ]
    office, source = text_of(node, "adopted-by") or "", text_of(node, "source") or ""
    return Result(
        Interpretation(
            id=id,
            measure=measure,
            title=words_of(node, "title") or Localized(id, id),
            office=office,
            on=day,
            source=sources[source],
            versions=tuple(version.text for version in versions),
            options={key.text: option.text for key, option in options},
            note=words_of(node, "note"),
            digest=file_digest("interpretation", node),
            places=MappingProxyType(
                {"options": (child(node, "options") or node).span}
                | {version.text: version.span for version in versions}
                | {key.text: key.span for key, _ in options}
                | {f"{key.text}={option.text}": option.span for key, option in options}
            ),
        ),
        tuple(wrong),
    )


def _misnaming(
    node: Node, measure: str, vocabulary: Vocabulary, sources: Mapping[str, CitedSource]
) -> Iterator[Diagnostic]:
    """Report a measure, an office and a source that are not there."""
    named = child(node, "interprets")
    if isinstance(named, Scalar) and named.text != measure:
        message = say("there is no measure `{measure}`", measure=named.text)
        near, fix = nearest(named.text, [measure], named.span)
        help = near or say("write `{text}`", text=measure)
        yield diagnose("M101", message, named.span, help=help, fix=fix)
    yield from _unknown(child(node, "adopted-by"), say("office"), vocabulary.offices)
    yield from _unknown(child(node, "source"), say("source"), sources)


def _says_nothing(node: Node) -> Iterator[Diagnostic]:
    """Report that no version or no option is named."""
    for key, message in (
        ("versions", say("no version is named here")),
        ("options", say("no option is adopted here")),
    ):
        block = child(node, key)
        if block is not None and not (items_of(node, key) or entries_of(node, key)):
            help = say("write which readings it adopts, and with which options")
            yield diagnose("S202", message, block.span, help=help)


def unfit(one: Interpretation, programs: Mapping[str, Program]) -> Iterator[Diagnostic]:
    """Report readings and options that none of the versions has that it reads.

    `programs` are those versions by name, as far as they are sound.
    """
    read = [program for program in programs.values() if one.reads(program)]
    if not read:
        return
    known: dict[str, dict[str, None]] = {}
    for program in read:
        for reading in program.readings.values():
            known.setdefault(reading.id, {}).update(dict.fromkeys(reading.options))
    for name, option in one.options.items():
        if name not in known:
            yield _not_there(say("reading"), name, one.places[name], known)
        elif option not in known[name]:
            at = one.places[f"{name}={option}"]
            yield _not_there(say("option"), option, at, known[name])


def _unknown(
    node: Node | None, what: Message, known: Mapping[str, object]
) -> Iterator[Diagnostic]:
    if isinstance(node, Scalar) and node.text not in known:
        yield _not_there(what, node.text, node.span, known)


def _not_there(what: Message, name: str, at: Span, known: Mapping[str, object]) -> Diagnostic:
    near, fix = nearest(name, known, at)
    some = say("known names: {names}", names=listed(tuple(known))) if known else None
    message = say("there is no {what} `{name}`", what=what, name=name)
    help = near or some or say("declare it")
    return diagnose("N101", message, at, help=help, fix=fix)
