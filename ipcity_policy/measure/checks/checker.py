"""From a version as written to a Program: every name, type, unit and target checked.

This is the only door: engines accept a Program and check nothing again.
"""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from ipcity_policy.lang import core
from ipcity_policy.lang.keywords import KEYWORDS
from ipcity_policy.lang.names import Names, Scope
from ipcity_policy.measure.checks.checking import Checking
from ipcity_policy.measure.checks.decisions import check_decision
from ipcity_policy.measure.checks.parameters import check_parameter, options_of
from ipcity_policy.measure.checks.quantities import check_quantities
from ipcity_policy.measure.checks.readings import check_reading
from ipcity_policy.measure.model import (
    Carried,
    Parameter,
    Program,
    Reading,
    Rule,
    Vocabulary,
    Words,
)
from ipcity_policy.measure.patch import apply_patch, blamed
from ipcity_policy.measure.reader import Entry, Version, child, words_of
from ipcity_policy.text.diagnostic import Diagnostic, Result, has_errors, in_order

#: Through how many steps a rule may rest on others, conditions in conditions counted.
MAX_DEPTH = 100


def check_version(version: Version, vocabulary: Vocabulary) -> Result[Program]:
    """Check a version with all of its readings, and make the Program of it."""
    result = check_text(version, vocabulary)
    diagnostics = list(result.diagnostics)
    if result.value is not None:
        for reading in result.value.readings.values():
            diagnostics += _check_options(version, vocabulary, reading, result.diagnostics)
    return Result(result.value, in_order(diagnostics))


def check_text(version: Version, vocabulary: Vocabulary) -> Result[Program]:
    """Check a version as it stands, leaving its readings' options aside."""
    check = _begin(version, vocabulary)
    _check_names(check)
    quantities = check_quantities(check)
    program = Program(
        id=version.id,
        title=version.title,
        number=version.number,
        issuer=version.issuer,
        note=version.note,
        vocabulary=vocabulary,
        in_force=version.in_force,
        amends=version.amends,
        provisions=version.provisions,
        parameters=check.parameters,
        quantities=quantities,
        rules=_check_rules(check),
        decisions={
            entry.id: decision
            for entry in _entries(version, "decisions")
            if (decision := check_decision(check, entry)) is not None
        },
        readings={
            entry.id: check_reading(check, entry) for entry in _entries(version, "readings")
        },
        carried={
            carry.version: Carried(carry.provision, carry.why) for carry in version.carries
        },
    )
    check.names.finish()
    diagnostics = in_order((*check.diagnostics, *check.names.diagnostics))
    return Result(None if has_errors(diagnostics) else program, diagnostics)


def _entries(version: Version, kind: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in version.entries.values() if entry.kind == kind)


def _begin(version: Version, vocabulary: Vocabulary) -> Checking:
    """Read the parameters, and with them the scope of the sentences."""
    parameters: dict[str, Parameter] = {}
    diagnostics: list[Diagnostic] = []
    for entry in _entries(version, "parameters"):
        result = check_parameter(entry, vocabulary.units)
        diagnostics += result.diagnostics
        if result.value is not None:
            parameters[entry.id] = result.value
    written = _entries(version, "parameters")
    scope = Scope(
        facts={name: fact.datatype for name, fact in vocabulary.facts.items()},
        parameters={name: parameter.datatype for name, parameter in parameters.items()},
        places={entry.id: (child(entry.node, "value") or entry.node).span for entry in written},
        sets={
            entry.id: tuple((item.text, at) for item, at in options_of(entry))
            for entry in written
        },
        rules=frozenset(entry.id for entry in _entries(version, "rules")),
        cohorts=frozenset(vocabulary.cohorts),
        applications=frozenset(vocabulary.applications),
        broken=frozenset(entry.id for entry in written if entry.id not in parameters)
        # One that is right is found among the quantities before it is looked for here.
        | frozenset(entry.id for entry in _entries(version, "quantities")),
    )
    return Checking(version, vocabulary, parameters, Names(scope), diagnostics)


def _check_names(check: Checking) -> None:
    """Report names that mean two things, or that are words of the language."""
    taken: dict[str, str] = dict.fromkeys(check.vocabulary.facts, "a fact")
    kinds = (
        ("parameters", "a parameter"),
        ("quantities", "a quantity"),
        ("rules", "a rule"),
    )
    for kind, what in kinds:
        for entry in _entries(check.version, kind):
            if entry.id in KEYWORDS:
                message, mend = f"`{entry.id}` is a word of the language", "choose another name"
                check.say("N103", message, entry.span, mend)
            elif entry.id in taken:
                message = f"`{entry.id}` is already {taken[entry.id]}"
                check.say("N102", message, entry.span, "give one of them another name")
            taken[entry.id] = what


def _check_rules(check: Checking) -> dict[str, Rule]:
    """Return the rules so that each stands after those it rests on."""
    rules = {
        entry.id: Rule(
            entry.id,
            words_of(entry.node, "title") or Words(entry.id, entry.id),
            check.whole(entry.node, "require") or core.All(()),
            entry.origin,
        )
        for entry in _entries(check.version, "rules")
    }
    order = TopologicalSorter({name: _used(rule) for name, rule in rules.items()})
    try:
        ordered = {name: rules[name] for name in order.static_order()}
        _check_depth(check, ordered)
        return ordered
    except CycleError as error:
        ring = error.args[1]
        at = check.version.entries["rules", ring[0]].span
        message = f"a rule rests on itself: {' → '.join(ring)}"
        check.say("M109", message, at, "take it out of one of them")
        return {}


def _check_depth(check: Checking, rules: Mapping[str, Rule]) -> None:
    """Report rules that rest on one another through too many steps to be followed."""
    depths: dict[str, int] = {}
    for name, rule in rules.items():  # INVARIANT: each after those it rests on
        below = max((depths[used] for used in _used(rule)), default=0)
        depths[name] = below + core.depth(rule.condition)
        if depths[name] > MAX_DEPTH >= below:
            message = f"`{name}` rests on rules through more than {MAX_DEPTH} steps"
            mend = "say more of it in one rule"
            check.say("M108", message, check.version.entries["rules", name].span, mend)


def _used(rule: Rule) -> list[str]:
    return [name for kind, name in sorted(core.names(rule.condition)) if kind == "rule"]


def _check_options(
    version: Version,
    vocabulary: Vocabulary,
    reading: Reading,
    before: tuple[Diagnostic, ...],
) -> Iterable[Diagnostic]:
    """Report what is wrong with the text as each option reads it."""
    for option in reading.options.values():
        patched = apply_patch(version, option.patch)
        yield from patched.diagnostics
        if patched.value is None or has_errors(patched.diagnostics) or option.patch.empty:
            continue
        found = check_text(patched.value, vocabulary).diagnostics
        yield from blamed(found, before, (option.patch,), patched.value)
