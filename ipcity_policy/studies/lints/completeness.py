"""Faults of decisions, found by trying: gaps, overlaps, outcomes that never hold.

A gap or overlap that is reported comes with a sample that shows it. A decision that compares
or calculates facts together, or asks about very many, may have faults that are not found.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from ipcity_policy.engines.interpreter.conditions import Kept
from ipcity_policy.engines.interpreter.decision import ruling
from ipcity_policy.engines.interpreter.explanation import Fault, Status
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import ChoiceType, DateType, NumberType
from ipcity_policy.lang.literals import date_text, number_text
from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Numbers,
    Options,
    Periods,
    Ranks,
    Series,
    Sets,
    Value,
)
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Decision
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import Version, entries_of
from ipcity_policy.law.ref import Ref
from ipcity_policy.questions.representatives import comparisons, samples_of
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message, all_of, either, say
from ipcity_policy.text.subject import EntryKind, FactPath

#: How many combinations of facts are looked at before a decision is left alone; and how
#: many comparisons may be made for them, in all decisions of a version.
MAX_CASES = 4_096
MAX_COMPARISONS = 200_000


def decision_faults(library: Library, ref: Ref) -> Iterator[Diagnostic]:
    """Report what is wrong with the decisions of a version, carried over ones left out."""
    program, version = library.program(ref).value, library.version(ref).value
    if program is None or version is None:
        return
    left = MAX_COMPARISONS
    for decision in program.decisions.values():
        own = program.amends is None or program.drafted() & program.reach(decision.id)
        if own and decision.origin.carried_from is None and decision.by is None:
            cases = _cases(program, decision, left)
            left -= len(cases) * _size(program, decision)
            yield from _tried(program, version, decision, cases)


def _size(program: Program, decision: Decision) -> int:
    """Return how many comparisons a decision takes."""
    return 1 + sum(1 for _ in comparisons(program, decision.id))


def _cases(program: Program, decision: Decision, most: int) -> tuple[dict[str, Value], ...]:
    """Return samples of the facts that a decision asks about; none where they are too many."""
    facts = sorted(
        {
            name
            for row in decision.outcomes
            if row.condition is not None
            for kind, name in program.rests_on(core.names(row.condition))
            if kind is EntryKind.FACT
        }
    )
    most = min(MAX_CASES, most // _size(program, decision))
    samples: list[tuple[Value, ...]] = []
    total = 1
    for fact in facts:
        some = islice(samples_of(program, {}, decision.id, FactPath(fact)), most + 1)
        samples.append(tuple(some))
        total *= len(samples[-1])
        if total > most:
            return ()
    return tuple(dict(zip(facts, chosen, strict=True)) for chosen in product(*samples))


def _tried(
    program: Program,
    version: Version,
    decision: Decision,
    cases: Sequence[Mapping[str, Value]],
) -> Iterator[Diagnostic]:
    """Report gaps, overlaps and outcomes that never hold, by trying samples of the facts."""
    seen: set[tuple[str, ...]] = set()
    held: set[str] = set()
    at = version.entries[decision.key].span
    outcomes = {row.outcome for row in decision.outcomes}
    # One condition and what holds otherwise leave no gap and do not overlap.
    sure = len(outcomes) <= 2 and any(row.condition is None for row in decision.outcomes)
    calculates = any(kind is EntryKind.QUANTITY for kind, _ in program.reach(decision.id))
    kept: Kept | None = None if calculates else {}
    for values in (*cases[-1:], *cases) if sure else cases:  # yes is the last of no and yes
        if sure and held >= outcomes:
            break
        found = ruling(program, values, decision.id, kept=kept)
        met = found.met
        held |= {id for id, reason in found.reasons.items() if reason.status in _MAY_HOLD}
        if found.fault is None or met in seen:
            continue
        seen.add(met)
        case = _case(values)
        if found.fault is Fault.GAP:
            message = say("`{id}` has no outcome when {case}", id=decision.id, case=case)
            help = say("say what holds then, or add an outcome with `when: otherwise`")
            yield diagnose("M106", message, at, help=help)
        else:
            both = all_of(met)
            message = say(
                "`{id}` gives {both} at once when {case}", id=decision.id, both=both, case=case
            )
            yield diagnose("M118", message, at, help=say("let only one of them hold then"))
    if cases and _complete(program, decision):
        written = entries_of(version.entries[decision.key].node, "outcomes")
        for name, _ in written:
            if name.text not in held:
                message = say("`{text}` holds for no facts at all", text=name.text)
                help = say("look for conditions that exclude one another")
                yield diagnose("M107", message, name.span, help=help)


_MAY_HOLD = (Status.MET, Status.UNKNOWN)


def _complete(program: Program, decision: Decision) -> bool:
    """Tell whether the samples stand for all facts: each is compared alone and by size."""
    for leaf in comparisons(program, decision.id):
        keys = program.rests_on(core.names(leaf))
        if sum(key.kind is EntryKind.FACT for key in keys) > 1 or isinstance(
            leaf, core.InYears
        ):
            return False
        if any(key.kind is EntryKind.QUANTITY for key in keys):
            return False
        left = leaf.left
        simple = (NumberType, DateType, ChoiceType)
        if isinstance(left, core.OptionRef) or not isinstance(left.datatype, simple):
            return False
    return True


def _case(values: Mapping[str, Value]) -> tuple[Message, ...]:
    return tuple(
        say("`{name}` is {value}", name=name, value=_value(value))
        for name, value in values.items()
    )


def _value(value: Value) -> Message:
    match value:
        case Numbers(low, _, unit) if low is not None:
            return _counted(number_text(low), unit)
        case Periods(low, _, unit) if low is not None:
            return _counted(str(low), unit)
        case Dates():
            return say("{day}", day=date_text(value))
        case Options(names):
            return either(tuple(say("{option}", option=name) for name in sorted(names)))
        case Ranks(low, _, size, _):
            return say("{place} of {size}", place=low, size=size or low)
        case Series(_, otherwise):
            return say("{value} in every year", value=_value(otherwise))
        case Sets(inside, _):
            return say("[{names}]", names=tuple(sorted(inside)))
        case Documents(submitted, on):
            if "yes" in submitted.names:
                return say("submitted on {day}", day=date_text(on))
            return say("not submitted")
    return say("anything")


def _counted(number: str, unit: str) -> Message:
    if not unit:
        return say("{number}", number=number)
    return say("{number} {unit}", number=number, unit=unit)
