"""What a rule test expects, held against the verdict: what is not there, what differs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from ipcity_policy.engines.interpreter.explanation import (
    Fault,
    Reason,
    ReasonKind,
    Status,
    decided_by,
)
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Localized, Origin
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import child, entries_of, items_of, text_of
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.studies.reasons import parts_of, turning_point, wholes
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import quoted, say
from ipcity_policy.text.nearest import did_you_mean
from ipcity_policy.text.subject import EntryKey, EntryKind, FactPath
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar

#: What came of one key of `expect:`: a name, several, or a status by rule.
Came: TypeAlias = str | tuple[str, ...] | Mapping[str, str]

#: The keys whose value is known only once the other readings are tried.
OF_READINGS = frozenset(("readings", "basis"))


@dataclass(frozen=True, slots=True)
class DecidingReason:
    """Why an outcome or a rule has the status that it has."""

    #: The verdict under one version, that its words may be found.
    verdict: DecisionVerdict
    #: The outcome or rule.
    whole: Reason
    #: The first condition that gives it its status.
    point: Reason


@dataclass(frozen=True, slots=True)
class Ground:
    """What a position follows from: a step, a term, a duty or a bar."""

    says: Localized
    #: The day on which it happened or is due.
    day: Dates
    origin: Origin
    #: The version that has it, that its provision may be cited.
    program: Program


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that came out otherwise than expected."""

    what: str
    #: None where the case says nothing of it.
    expected: str | None
    actual: str
    #: The first reasons on which it turns; none where the names say it all.
    turns: tuple[DecidingReason, ...] = ()
    #: Of a position, what it follows from.
    grounds: tuple[Ground, ...] = ()


def unknown_names(
    expected: Node, verdict: DecisionVerdict, library: Library
) -> Iterator[Diagnostic]:
    """Report names that nothing has, so that a misspelt expectation cannot pass."""
    supposed = child(expected, "supposed")
    if supposed is not None:
        yield from unknown_names(supposed, verdict, library)
    programs = _programs(verdict, library)
    for key, names in _names(programs, verdict, library).items():
        node = child(expected, key)
        written = (node,) if isinstance(node, Scalar) else items_of(expected, key)
        for item in (*written, *(name for name, _ in entries_of(expected, key))):
            if isinstance(item, Scalar) and item.text not in names:
                fact, component = FactPath.parse(item.text)
                if key == "missing" and component and fact in verdict.vocabulary.facts:
                    continue  # a component of a fact may be missing
                message = say("there is no `{text}` to expect here", text=item.text)
                help = did_you_mean(item.text, names)
                yield diagnose("R101", message, item.span, help=help)
    for name, _ in entries_of(expected, "rules"):
        having = [program for program in programs if name.text in program.rules]
        if having and not any(_rests_on(p, verdict.decision, name.text) for p in having):
            resting = {d for p in having for d in p.decisions if _rests_on(p, d, name.text)}
            message = say(
                "`{decision}` does not depend on the rule `{text}`",
                decision=verdict.decision,
                text=name.text,
            )
            help = say("expect {names} instead", names=quoted(sorted(resting)))
            help = help if resting else say("leave it out; no decision depends on it")
            yield diagnose("R101", message, name.span, help=help)


def _programs(verdict: DecisionVerdict, library: Library) -> tuple[Program, ...]:
    """Return what was applied; where nothing was, every version that treats the decision."""
    applied = [part.program for part in parts_of(verdict) if part.program is not None]
    home = library.measure(verdict.sheet.measure)
    if applied or home is None:
        return tuple(applied)
    every = (library.program(ref).value for ref in library.versions(home))
    return tuple(one for one in every if one is not None and verdict.decision in one.decisions)


def _names(
    programs: Iterable[Program], verdict: DecisionVerdict, library: Library
) -> Mapping[str, Mapping[str, None]]:
    """Return what may be named under each key of `expect:`."""
    words = ("outcome", "possible", "missing", "readings", "decided-by", "rules")
    names: dict[str, dict[str, None]] = {key: {} for key in words}
    names["version"] = dict.fromkeys((*library.names(), *verdict.choice.versions, "none"))
    for program in programs:
        outcomes = dict.fromkeys(
            row.outcome for row in program.decisions[verdict.decision].outcomes
        )
        names["outcome"] |= outcomes
        names["possible"] |= outcomes
        texts = (*program.vocabulary.facts, *program.provisions, program.id)
        names["missing"] |= dict.fromkeys(texts)
        names["readings"] |= dict.fromkeys(program.readings)
        names["rules"] |= dict.fromkeys(program.rules)
        origins = [entry.origin for entry in program.parameters.values()]
        origins += [entry.origin for entry in program.rules.values()]
        origins += [row.origin for d in program.decisions.values() for row in d.outcomes]
        stands = (*program.provisions, *(origin.provision for origin in origins))
        names["decided-by"] |= dict.fromkeys(stands)
    names["outcome"] |= dict.fromkeys(("unknown", *Fault))
    names["readings"] |= dict.fromkeys(one.reading.id for one in verdict.readings)
    return names


def _rests_on(program: Program, decision: str, rule: str) -> bool:
    key = EntryKey(EntryKind.RULE, rule)
    return decision in program.decisions and key in program.reach(decision)


def came_out(verdict: DecisionVerdict, *, tried: bool = True) -> Mapping[str, Came]:
    """Return what came out, under each key of `expect:` in the order they are shown.

    Where the other readings were not tried, nothing is said of what depends on them.
    """
    answer = verdict.answer
    came: dict[str, Came] = {
        "outcome": str(verdict.outcome or answer.fault or "unknown"),
        "possible": verdict.possible,
        "version": verdict.choice.versions,
        "basis": str(verdict.basis),
        "missing": tuple(item.name for item in answer.missing),
        "readings": tuple(one.reading.id for one in verdict.readings),
        "decided-by": tuple(origin.provision for origin in decided_by(verdict.reasons)),
        "rules": {rule: _joint(found) for rule, found in _statuses(verdict).items()},
    }
    return {key: value for key, value in came.items() if tried or key not in OF_READINGS}


def _statuses(verdict: DecisionVerdict) -> Mapping[str, Mapping[str, Status]]:
    """Return the status of each rule that the decision rests on, by version."""
    found: dict[str, dict[str, Status]] = {}
    for part in parts_of(verdict):
        if part.program is None:
            continue
        # Where it is not known whether the version governs, nothing below an outcome is
        # looked at, and so nothing is known of the rules.
        reached = part.program.reach(part.decision)
        for rule in part.program.rules:
            if EntryKey(EntryKind.RULE, rule) in reached:
                found.setdefault(rule, {})[part.program.id] = Status.UNKNOWN
        for reason in wholes(part):
            if reason.kind is ReasonKind.RULE:
                found.setdefault(str(reason.id), {})[part.program.id] = reason.status
    return found


def _joint(statuses: Mapping[str, Status]) -> str:
    """Say the status of a rule, or one for each version where they are not the same."""
    if len(set(statuses.values())) == 1:
        return str(next(iter(statuses.values())))
    return ", ".join(f"{status} ({version})" for version, status in statuses.items())


def differences(expected: Node, verdict: DecisionVerdict) -> Iterator[Difference]:
    """Yield what came out otherwise than expected, each with the first reasons it turns on."""
    all_came = came_out(verdict)
    explained = text_of(expected, "outcome") != all_came["outcome"]
    for key, came in all_came.items():
        match child(expected, key), came:
            case document.Mapping(entries), Mapping():
                nowhere = str(Status.UNKNOWN) if not verdict.outcomes else None
                for name, value in entries:
                    actual = came.get(name.text, nowhere)  # None: it is no rule of the version
                    if isinstance(value, Scalar) and actual not in (value.text, None):
                        turns = tuple(_rule_turns(verdict, name.text, value.text))
                        yield Difference(f"{key}.{name.text}", value.text, actual, turns)
            case Scalar(text), (str() | tuple()) as actually if text != came_text(actually):
                turns = tuple(_outcome_turns(verdict, text)) if key == "outcome" else ()
                yield Difference(key, text, came_text(actually), turns)
            case document.Sequence(items), tuple() as actually:
                wanted = tuple(item.text for item in items if isinstance(item, Scalar))
                if sorted(wanted) != sorted(actually):
                    odd = [
                        one for one in verdict.outcomes if (one in wanted) != (one in actually)
                    ]
                    apart = key == "possible" and not explained
                    turns = tuple(_turns(verdict, odd[:1])) if apart else ()
                    yield Difference(key, came_text(wanted), came_text(actually), turns)
            case _:
                pass
    yield from _of_supposed(child(expected, "supposed"), verdict)


def _of_supposed(expected: Node | None, verdict: DecisionVerdict) -> Iterator[Difference]:
    """Yield what is supposed otherwise than expected."""
    if expected is None:
        return
    if verdict.supposed is None:
        yield Difference("supposed", text_of(expected, "outcome"), "none")
        return
    for one in differences(expected, verdict.supposed.verdict):
        yield replace(one, what=f"supposed.{one.what}")


def came_text(came: str | tuple[str, ...]) -> str:
    """Write what came: one, or several."""
    return came if isinstance(came, str) else ", ".join(came) or "none"


def _outcome_turns(verdict: DecisionVerdict, expected: str) -> Iterator[DecidingReason]:
    for part in parts_of(verdict):
        if part.outcome != expected:
            yield from _turns(part, (expected,))


def _turns(verdict: DecisionVerdict, outcomes: Iterable[str]) -> Iterator[DecidingReason]:
    """Yield the status of some outcomes and why, and why those that hold do."""
    named = set(outcomes)
    for part in parts_of(verdict):
        shown = [r for r in part.reasons if r.id in named]
        shown += [r for r in part.reasons if r.status is Status.MET and r.id not in named]
        turns = [
            DecidingReason(part, reason, turning_point(reason, part))
            for reason in shown
            if reason.because or reason.asked is None
        ]
        firm = {id(turn.point) for turn in turns if turn.whole.asked is not None}
        for turn in turns:  # an outcome for all other cases is said by what displaces it
            if turn.whole.asked is not None or id(turn.point) not in firm:
                yield turn


def _rule_turns(verdict: DecisionVerdict, rule: str, expected: str) -> Iterator[DecidingReason]:
    for part in parts_of(verdict):
        for reason in wholes(part):
            if (reason.kind, reason.id) == (
                ReasonKind.RULE,
                rule,
            ) and reason.status != expected:
                yield DecidingReason(part, reason, turning_point(reason, part))
                break
