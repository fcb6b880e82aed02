"""What can be said of rule files by looking: what is declared and used by nothing."""

import re
from collections.abc import Iterator, Mapping

from ipcity_policy.lang.datatypes import TextType
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Quantity
from ipcity_policy.law.patch import changes_time
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import Version, texts_of
from ipcity_policy.law.ref import Ref
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.subject import EntryKey, EntryKind


def lint_version(library: Library, ref: Ref) -> Iterator[Diagnostic]:
    """Report entries of a version that nothing uses."""
    program, version = library.program(ref).value, library.version(ref).value
    if program is not None and version is not None and not ref.is_draft:
        yield from _unused(program, version)


def lint_vocabulary(library: Library, refs: tuple[Ref, ...]) -> Iterator[Diagnostic]:
    """Report facts that no version of a measure asks about, and events that none knows."""
    programs = [p for ref in refs if (p := library.program(ref).value) is not None]
    versions = [v for ref in refs if (v := library.version(ref).value) is not None]
    if not programs or len(programs) < len(refs):
        return  # an error elsewhere would make everything look unused
    used = {
        name
        for program in programs
        for decision in program.decisions
        for kind, name in program.reach(decision)
        if kind is EntryKind.FACT
    }
    of_time = {pair for p in programs for pair in p.rests_on(p.history.names())}
    used |= {name for kind, name in of_time if kind is EntryKind.FACT}
    used |= {d.by for p in programs for d in p.decisions.values() if d.by is not None}
    used |= {row.fact for p in programs for s in p.systems.values() for row in s.indicators()}
    used |= {s.given for p in programs for s in p.systems.values() if s.given is not None}
    happening = {event for program in programs for event in program.history.events()}
    for program, version in zip(programs, versions, strict=True):
        mentioned = _mentioned(version)
        happening |= mentioned
        rules = (rule.key for rule in program.rules.values() if rule.id in mentioned)
        used |= mentioned | {key.id for key in program.rests_on(rules)}
    for fact in programs[0].vocabulary.facts.values():
        if fact.id not in used and not isinstance(fact.datatype, TextType):
            yield diagnose(
                "L101",
                say("no rule uses the fact `{id}`", id=fact.id),
                fact.span,
                help=say("use it, or delete it"),
            )
    for event in programs[0].vocabulary.events.values():
        if event.id not in happening:
            message = say("the event `{id}` changes no state and meets no duty", id=event.id)
            yield diagnose("L101", message, event.span, help=say("use it, or delete it"))


def _unused(program: Program, version: Version) -> Iterator[Diagnostic]:
    used = {pair for id in program.decisions for pair in program.reach(id)}
    mentioned = _mentioned(version)
    used |= program.rests_on(r.key for r in program.rules.values() if r.id in mentioned)
    used |= program.rests_on(program.history.names())
    used |= {r.key for id in program.decisions for r in program.readings_of(id)}
    used |= {r.key for r in program.readings_of_time()}
    for reading in program.readings.values():  # what has a time in force decides all
        if any(changes_time(option.patch) for option in reading.options.values()):
            used.add(reading.key)
    kinds: tuple[tuple[EntryKind, Message, Mapping[str, object]], ...] = (
        (EntryKind.PARAMETER, say("parameter"), program.parameters),
        (EntryKind.QUANTITY, say("quantity"), program.quantities),
        (EntryKind.RULE, say("rule"), program.rules),
        (EntryKind.READING, say("reading"), program.readings),
    )
    for kind, what, entries in kinds:
        for name, one in entries.items():
            if isinstance(one, Quantity) and one.system is not None:
                continue  # a table is stated as the law has it, whether or not it decides
            key = EntryKey(kind, name)
            entry = version.entries[key]
            if key in used or name in mentioned or entry.origin.carried_from is not None:
                continue
            message = say("the {what} `{name}` is used by no decision", what=what, name=name)
            yield diagnose("L101", message, entry.span, help=say("use it, or delete it"))


def _mentioned(version: Version) -> set[str]:
    """Return the words of the readings, whose options may bring in what nothing else uses."""
    return {
        word
        for (kind, _), entry in version.entries.items()
        if kind is EntryKind.READING
        for text in texts_of(entry.node)
        for word in re.split(r"[^\w-]+", text)
    }
