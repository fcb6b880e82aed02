"""What can be said of rule files by looking: gaps, overlaps, what nothing uses."""

import re
from collections.abc import Iterator, Mapping
from itertools import product

from ipcity_policy.engines.interpreter import answer
from ipcity_policy.engines.settling import samples_of
from ipcity_policy.engines.verdict import Fault, Status
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import TextType
from ipcity_policy.lang.literals import date_text, number_text
from ipcity_policy.lang.values import Dates, Numbers, Options, Value
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.model import Decision, Program
from ipcity_policy.measure.reader import Version, texts_of
from ipcity_policy.measure.ref import Ref
from ipcity_policy.text.diagnostic import Diagnostic, diagnose

#: How many combinations of facts are looked at before a decision is left alone.
MAX_CASES = 4_096


def lint_version(library: Library, ref: Ref) -> Iterator[Diagnostic]:
    """Report gaps and overlaps of a version's decisions, and entries that nothing uses.

    A fault that is reported comes with a sample that shows it. A decision that compares
    facts with one another, or asks about very many, may have faults that are not found.
    """
    program, version = library.program(ref).value, library.version(ref).value
    if program is None or version is None:
        return
    for decision in program.decisions.values():
        if decision.quantity is None and decision.origin.carried_from is None:
            yield from _faults(program, version, decision)
    if not ref.is_draft:
        yield from _unused(program, version)


def lint_vocabulary(library: Library, refs: tuple[Ref, ...]) -> Iterator[Diagnostic]:
    """Report facts that no version of a measure asks about."""
    programs = [p for ref in refs if (p := library.program(ref).value) is not None]
    versions = [v for ref in refs if (v := library.version(ref).value) is not None]
    if not programs or len(programs) < len(refs):
        return  # an error elsewhere would make everything look unused
    used = {
        name
        for program in programs
        for decision in program.decisions
        for kind, name in program.reach(decision)
        if kind == "fact"
    }
    used |= {
        d.quantity for p in programs for d in p.decisions.values() if d.quantity is not None
    }
    for version in versions:
        used |= _mentioned(version)
    for fact in programs[0].vocabulary.facts.values():
        if fact.id not in used and not isinstance(fact.datatype, TextType):
            yield diagnose(
                "L101",
                f"no rule asks about the fact `{fact.id}`",
                fact.span,
                help="use it, or delete it",
            )


def _faults(program: Program, version: Version, decision: Decision) -> Iterator[Diagnostic]:
    facts = sorted(
        name
        for row in decision.rows
        if row.condition is not None
        for kind, name in program.rests_on(core.names(row.condition))
        if kind == "fact"
    )
    facts = list(dict.fromkeys(facts))
    samples = [tuple(samples_of(program, {}, decision.id, name)) for name in facts]
    total = 1
    for some in samples:
        total *= len(some)
    if total > MAX_CASES:
        return
    seen: set[tuple[str, ...]] = set()
    at = version.entries["decisions", decision.id].span
    for chosen in product(*samples):
        values = dict(zip(facts, chosen, strict=True))
        found = answer(program, values, decision.id)
        met = tuple(str(r.id) for r in found.reasons if r.status is Status.MET)
        if found.fault is None or met in seen:
            continue
        seen.add(met)
        case = _case(values)
        if found.fault is Fault.GAP:
            yield diagnose(
                "M106",
                f"`{decision.id}` has no outcome when {case}",
                at,
                help="say what holds then, or add an outcome with `when: otherwise`",
            )
        else:
            both = " and ".join(f"`{name}`" for name in met)
            yield diagnose(
                "M118",
                f"`{decision.id}` gives {both} at once when {case}",
                at,
                help="let only one of them hold then",
            )


def _case(values: Mapping[str, Value]) -> str:
    return ", ".join(f"`{name}` is {_value(value)}" for name, value in values.items())


def _value(value: Value) -> str:
    match value:
        case Numbers(low, _, unit) if low is not None:
            return f"{number_text(low)} {unit}"
        case Dates():
            return date_text(value)
        case Options(names):
            return " or ".join(sorted(names))
    return "anything"


def _unused(program: Program, version: Version) -> Iterator[Diagnostic]:
    used = {pair for id in program.decisions for pair in program.reach(id)}
    mentioned = _mentioned(version)
    touched = {r.id for id in program.decisions for r in program.readings_of(id)}
    kinds: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("parameter", program.parameters),
        ("rule", program.rules),
        ("reading", program.readings),
    )
    for kind, entries in kinds:
        for name in entries:
            entry = version.entries[f"{kind}s", name]
            known = name in touched if kind == "reading" else (kind, name) in used
            if known or name in mentioned or entry.origin.carried_from is not None:
                continue
            message = f"the {kind} `{name}` is used by no decision"
            yield diagnose("L101", message, entry.span, help="use it, or delete it")


def _mentioned(version: Version) -> set[str]:
    """Return the words of the readings, whose options may bring in what nothing else uses."""
    return {
        word
        for (kind, _), entry in version.entries.items()
        if kind == "readings"
        for text in texts_of(entry.node)
        for word in re.split(r"[^\w-]+", text)
    }
