"""From a version as written to a Program: every name, type, unit and target checked.

This is the only door: engines accept a Program and check nothing again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from ipcity_policy.lang import core
from ipcity_policy.lang.keywords import KEYWORDS
from ipcity_policy.lang.names import Names, Scope
from ipcity_policy.law.checks.blame import blamed, uses_of
from ipcity_policy.law.checks.checked import CheckedVersion
from ipcity_policy.law.checks.checking import Checking
from ipcity_policy.law.checks.decisions import check_decision
from ipcity_policy.law.checks.lifecycle import check_history
from ipcity_policy.law.checks.parameters import check_parameter, options_of
from ipcity_policy.law.checks.quantities import check_quantities
from ipcity_policy.law.checks.readings import check_reading, check_together
from ipcity_policy.law.checks.years import check_years
from ipcity_policy.law.lifecycle import History
from ipcity_policy.law.model import Localized, Parameter, Rule, Vocabulary
from ipcity_policy.law.patch import apply_patch
from ipcity_policy.law.program import Carried, Program
from ipcity_policy.law.reader import (
    Version,
    child,
    without_unread,
    words_of,
)
from ipcity_policy.text.diagnostic import Diagnostic, diagnose, has_errors, in_order
from ipcity_policy.text.message import say
from ipcity_policy.text.subject import EntryKey, EntryKind

#: Through how many steps a rule may rest on others, conditions in conditions counted.
MAX_DEPTH = 100
#: How many characters are checked again, for all the options of a version together.
MAX_AGAIN = 1_000_000

_T = TypeVar("_T")


def check_version(version: Version, vocabulary: Vocabulary) -> CheckedVersion:
    """Check a version with all of its readings."""
    checked = check_text(version, vocabulary)
    options = (*_check_options(checked), *check_together(checked.program.readings.values()))
    return replace(checked, found=(*checked.found, *options))


def check_text(version: Version, vocabulary: Vocabulary) -> CheckedVersion:
    """Check a version as it stands, leaving its readings' options aside."""
    program = Program(
        id=version.id,
        title=version.title,
        number=version.number,
        issuer=version.issuer,
        note=version.note,
        text_seen=version.text_seen,
        vocabulary=vocabulary,
        in_force=version.in_force,
        repeals=version.repeals,
        amends=version.amends,
        provisions=version.provisions,
        parameters={},
        quantities={},
        systems={},
        rules={},
        decisions={},
        history=History(),
        readings={},
        carried={
            carry.version: Carried(carry.provision, carry.why) for carry in version.carries
        },
    )
    scope = Scope(
        facts={name: fact.datatype for name, fact in vocabulary.facts.items()},
        parameters={},
        places={},
        sets={},
        rules=frozenset(),
        cohorts=frozenset(vocabulary.cohorts),
        applications=frozenset(vocabulary.applications),
        broken=vocabulary.broken,
    )
    nothing = CheckedVersion(version, program, scope, frozenset(), (), ())
    return _check(nothing, version, tuple(version.entries))


def check_change(
    before: CheckedVersion, version: Version, changed: Iterable[EntryKey]
) -> CheckedVersion:
    """Check a version of which only some entries are not as they were before.

    What was wrong before is taken to be so still.
    """
    return _check(before, version, before.affected(changed, version))


def _check(
    before: CheckedVersion, version: Version, keys: Sequence[EntryKey]
) -> CheckedVersion:
    """Check some entries of a version, of which all others are as they were."""
    was = before.program
    check = _begin(before, version, keys)
    _check_names(check)
    check_years(check)
    quantities, systems = was.quantities, was.systems
    if _calculates(before, version, keys):
        quantities, systems = check_quantities(check), check.systems
    decisions = {
        entry.id: decision
        for entry in check.each(check.entries(EntryKind.DECISION))
        if (decision := check_decision(check, entry)) is not None
    }
    decisions_now = _renewed(was.decisions, decisions, check.named(EntryKind.DECISION))
    readings = {
        entry.id: check_reading(check, entry)
        for entry in check.each(check.entries(EntryKind.READING))
    }
    history = was.history
    if check.touches_time():
        history = check_history(check, decisions_now)
    program = replace(
        was,
        in_force=version.in_force,
        provisions=version.provisions,
        parameters=check.parameters,
        quantities=quantities,
        systems=systems,
        rules=_check_rules(check, was.rules),
        decisions=decisions_now,
        history=history,
        readings=_renewed(was.readings, readings, check.named(EntryKind.READING)),
    )
    check.names.finish()
    found = (*check.diagnostics, *check.names.diagnostics)
    return CheckedVersion(
        version,
        program,
        check.names.scope,
        frozenset(check.names.fitting),
        before.diagnostics,
        in_order(without_unread(found, version.unread)),
    )


def _renewed(
    was: Mapping[str, _T], new: Mapping[str, _T], names: Iterable[str]
) -> dict[str, _T]:
    """Return what there is once what has some names was checked again."""
    found = {**was, **new}
    for name in names:
        if name not in new:
            found.pop(name, None)
    return found


def _begin(before: CheckedVersion, version: Version, keys: Sequence[EntryKey]) -> Checking:
    """Read the parameters, and with them the scope of the sentences."""
    was, scope = before.program, before.scope
    check = Checking(version, was.vocabulary, keys, {}, Names(scope))
    parameters: dict[str, Parameter] = {}
    written = check.entries(EntryKind.PARAMETER)
    for entry in check.each(written):
        result = check_parameter(entry, was.vocabulary.units)
        check.diagnostics += result.diagnostics
        if result.value is not None:
            parameters[entry.id] = result.value
    named = check.named(EntryKind.PARAMETER)
    check.parameters = _renewed(was.parameters, parameters, named)
    types = {name: parameter.datatype for name, parameter in parameters.items()}
    places = {e.id: (child(e.node, "value") or e.node).span for e in written}
    sets = {e.id: tuple((item.text, at) for item, at in options_of(e)) for e in written}
    rules = frozenset(entry.id for entry in check.entries(EntryKind.RULE))
    totals = [name for entry in check.entries(EntryKind.SYSTEM) for name, _ in entry.names]
    quantities = {*check.named(EntryKind.QUANTITY), *check.named(EntryKind.SYSTEM), *totals}
    check.names = Names(
        replace(
            scope,
            parameters=_renewed(scope.parameters, types, named),
            places=_renewed(scope.places, places, named),
            sets=_renewed(scope.sets, sets, named),
            rules=scope.rules - {*check.named(EntryKind.RULE)} | rules,
            # All of them are read again, each in its turn.
            quantities={} if _calculates(before, version, keys) else dict(scope.quantities),
            broken=(scope.broken - {*named, *quantities})
            | (places.keys() - parameters.keys())
            # One that is right is found among the quantities before it is looked for here.
            | {entry.id for entry in check.entries(EntryKind.QUANTITY)}
            | {*totals},
        ),
        fitting=set(before.fitting),
    )
    return check


def _calculates(before: CheckedVersion, version: Version, keys: Sequence[EntryKey]) -> bool:
    """Tell whether a quantity is among some entries, or was."""
    kinds = (EntryKind.QUANTITY, EntryKind.SYSTEM)
    entries = (version.entries, before.version.entries)
    return any(key.kind in kinds and any(key in one for one in entries) for key in keys)


def _check_names(check: Checking) -> None:
    """Report names that mean two things, or that are words of the language."""
    taken = dict.fromkeys(check.vocabulary.facts, say("a fact"))
    kinds = (
        (EntryKind.PARAMETER, say("a parameter")),
        (EntryKind.QUANTITY, say("a quantity")),
        (EntryKind.SYSTEM, say("the total of indicators")),
        (EntryKind.RULE, say("a rule")),
    )
    for kind, what in kinds:
        pairs = ((*pair, e.key) for e in check.entries(kind) for pair in e.names)
        for name, at, key in pairs:
            if name in KEYWORDS:
                message = say("`{text}` is a word of the language", text=name)
                check.say("N103", message, at, say("choose another name"), subject=key)
            elif name in taken:
                message = say("`{id}` is already {taken}", id=name, taken=taken[name])
                help = say("give one of them another name")
                check.say("N102", message, at, help, subject=key)
            taken[name] = what


def _check_rules(check: Checking, was: Mapping[str, Rule]) -> dict[str, Rule]:
    """Return the rules so that each stands after those it rests on."""
    new = {
        entry.id: Rule(
            entry.id,
            words_of(entry.node, "title") or Localized(entry.id, entry.id),
            check.whole(entry.node, "require") or core.All(()),
            entry.origin,
        )
        for entry in check.each(check.entries(EntryKind.RULE))
    }
    rules = _renewed(was, new, check.named(EntryKind.RULE))
    if len(rules) == len(was) and all(
        name in was and _steps(was[name]) == _steps(rule) for name, rule in new.items()
    ):
        return rules
    order = TopologicalSorter({name: _used(rule) for name, rule in rules.items()})
    try:
        ordered = {name: rules[name] for name in order.static_order()}
        _check_depth(check, ordered)
        return ordered
    except CycleError as error:
        ring = error.args[1]
        keys = [rules[name].key for name in ring]
        at = check.version.entries[keys[0]].span
        message = say("a rule depends on itself: {names}", names=" → ".join(ring))
        help = say("remove it from one of them")
        check.say("M109", message, at, help, subject=keys[0], names=keys)
        return {}


def _steps(rule: Rule) -> tuple[list[str], int]:
    """Return what the order of the rules depends on."""
    return _used(rule), core.depth(rule.condition)


def _check_depth(check: Checking, rules: Mapping[str, Rule]) -> None:
    """Report rules that rest on one another through too many steps to be followed."""
    depths: dict[str, int] = {}
    for name, rule in rules.items():  # INVARIANT: each after those it rests on
        below = max((depths[used] for used in _used(rule)), default=0)
        depths[name] = below + core.depth(rule.condition)
        if depths[name] > MAX_DEPTH >= below:
            message = say(
                "`{name}` depends on rules through more than {most} steps",
                name=name,
                most=MAX_DEPTH,
            )
            help = say("state more of it in one rule")
            at = check.version.entries[rule.key].span
            check.say("M108", message, at, help, subject=rule.key)


def _used(rule: Rule) -> list[str]:
    return sorted(name for kind, name in rule.names if kind is EntryKind.RULE)


def _check_options(checked: CheckedVersion) -> Iterator[Diagnostic]:
    """Report what is wrong with the text as each option reads it."""
    known, size = frozenset(checked.diagnostics), 0
    for reading in checked.program.readings.values():
        for option in reading.options.values():
            patched = apply_patch(checked.version, option.patch)
            yield from (one.found_in(reading.key) for one in patched.diagnostics)
            if patched.value is None or has_errors(patched.diagnostics) or option.patch.empty:
                continue
            entries = patched.value.entries
            keys = checked.affected(option.patch.entries, patched.value)
            spans = (entries[key].node.span for key in keys if key in entries)
            size += sum(span.end - span.start for span in spans)
            if size > MAX_AGAIN:
                at = checked.version.entries[reading.key].span
                message = say(
                    "the options of readings change more than can be checked together"
                )
                help = say("let the options change entries that fewer others refer to")
                yield diagnose("S103", message, at, help=help, subject=reading.key)
                return
            again = _check(checked, patched.value, keys)
            uses = uses_of(checked.program, again.program)
            yield from blamed(again.found, known, (option.patch,), uses)
