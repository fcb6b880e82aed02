"""Check what a version says of time as a whole: what can be reached, and in one way only."""

from collections.abc import Iterator
from dataclasses import replace

from ipcity_policy.lang import core
from ipcity_policy.law.checks.checking import Checking
from ipcity_policy.law.lifecycle import Deadline, History, Lapse, Term, Transition
from ipcity_policy.law.reader import child
from ipcity_policy.text.message import say
from ipcity_policy.text.subject import EntryKey, EntryKind


def check_starts(check: Checking, history: History) -> None:
    """Report that no state stands before anything has happened, or that several do."""
    starts = [state.id for state in history.states.values() if state.initial]
    entries = check.version.entries
    if history.states and not starts:
        key = EntryKey(EntryKind.STATE, next(iter(history.states)))
        message = say("no state is the initial one")
        help = say("add `initial: yes` to the state that a subject begins in")
        at = entries[key].span
        check.say("M154", message, at, help, subject=key)
    for again in starts[1:]:
        rival, entry = (entries[EntryKey(EntryKind.STATE, id)] for id in (starts[0], again))
        message = say(
            "both `{first}` and `{id}` are initial states",
            first=starts[0],
            id=again,
        )
        place = child(entry.node, "initial") or entry
        help = say("keep `initial:` at one of them")
        check.say("M154", message, place.span, help, subject=entry.key, names=(rival.key,))


def check_ways(check: Checking, history: History) -> None:
    """Report transitions that one event may cause out of the same state together."""
    taken: dict[tuple[str, str], list[Transition]] = {}
    for one in history.transitions.values():
        told = False
        for state in history.states if one.sources is None else dict.fromkeys(one.sources):
            others = taken.setdefault((one.event, state), [])
            rival = next((other for other in others if not _told_apart(one, other)), None)
            if rival is not None and not told:
                told = True
                message = say(
                    "in `{state}` both `{first}` and `{id}` may follow from `{event}`",
                    state=state,
                    first=rival.id,
                    id=one.id,
                    event=one.event,
                )
                help = say(
                    "distinguish them by different outcomes of one decision, or by a "
                    "`when:` in each that excludes the other"
                )
                at = check.version.entries[one.key].span
                check.say("M153", message, at, help, subject=one.key, names=(rival.key,))
            others.append(one)


def check_reach(check: Checking, history: History) -> None:
    """Report states that nobody reaches, and moves that never happen.

    What is carried over from another version is as that version has it.
    """
    reach = _Reach(history)
    if not reach.states:
        return  # that none is the first was reported
    for state in history.states.values():
        if state.id not in reach.states and state.origin.carried_from is None:
            message = say("`{id}` cannot be reached from the initial state", id=state.id)
            help = say("add a transition that leads to it, or delete it")
            key = EntryKey(EntryKind.STATE, state.id)
            check.say("M150", message, check.version.entries[key].span, help, subject=key)
    for transition in history.transitions.values():
        if not reach.fires(transition) and transition.origin.carried_from is None:
            message = say("`{id}` leads out of states that cannot be reached", id=transition.id)
            help = say("check whether `from:` names the right states, or delete it")
            at = check.version.entries[transition.key].span
            check.say("M152", message, at, help, subject=transition.key)
    for lapse in history.lapses.values():
        if not reach.happens(lapse) and lapse.origin.carried_from is None:
            message = say(
                "`{id}` can never happen: `{missed}` is not owed in a state that it ends",
                id=lapse.id,
                missed=lapse.missed,
            )
            help = say("check whether `from:` and `missed:` belong together, or delete it")
            at = check.version.entries[lapse.key].span
            check.say("M152", message, at, help, subject=lapse.key)


class _Reach:
    """What can be reached from the states in which a subject may begin."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.states = {state.id for state in history.states.values() if state.initial}
        while new := set(self._next()) - self.states:
            self.states |= new

    def _next(self) -> Iterator[str]:
        if not self.states:
            return
        yield from (one.target for one in self.history.transitions.values() if self.fires(one))
        yield from (one.target for one in self.history.lapses.values() if self.happens(one))
        for term in self.history.terms.values():
            if term.then is not None and self._runs(term):
                yield term.then

    def fires(self, transition: Transition) -> bool:
        """Tell whether a subject may stand where a transition begins."""
        return transition.sources is None or not self.states.isdisjoint(transition.sources)

    def happens(self, lapse: Lapse) -> bool:
        """Tell whether a subject may stand where a lapse ends its state, and owe the duty."""
        missed = self.history.deadlines.get(lapse.missed)
        sources = self.states & {*lapse.sources}
        if missed is None:  # it is faulty, and told so
            return bool(sources)
        if missed.during:
            sources &= {*missed.during}
        return bool(sources) and self._is_owed(missed)

    def _is_owed(self, deadline: Deadline) -> bool:
        terms = self.history.terms
        moments = deadline.after
        return not moments or any(
            m.of == "event" or m.name not in terms or self._runs(terms[m.name]) for m in moments
        )

    def _runs(self, term: Term) -> bool:
        return term.state in self.states


def _told_apart(one: Transition, other: Transition) -> bool:
    """Tell whether it is certain that two transitions are never taken together."""
    first, second = one.guard, other.guard
    asked_alike = first is not None and second is not None and first.decision == second.decision
    return (asked_alike and first != second) or _exclude(one.condition, other.condition)


def _exclude(one: core.Condition | None, other: core.Condition | None) -> bool:
    """Tell whether two conditions exclude one another by how they are written."""
    if one is None or other is None:
        return False
    mine, its = tuple(_required(one)), tuple(_required(other))
    return any(_against(part, its) for part in mine) or any(_against(p, mine) for p in its)


def _against(one: core.Condition, all_of: tuple[core.Condition, ...]) -> bool:
    """Tell whether one condition is at odds with one of several that all hold."""
    if isinstance(one, core.Any):
        return all(_against(part, all_of) for part in one.parts)
    return any(_opposed(one, other) for other in all_of)


def _required(condition: core.Condition) -> Iterator[core.Condition]:
    """Yield conditions that must hold where one does."""
    match condition:
        case core.All(parts):
            for part in parts:
                yield from _required(part)
        case core.Unless(part, exception):
            yield from _required(part)
            yield from _required(core.Not(exception))
        case core.Not(core.Any(parts)):
            for part in parts:
                yield from _required(core.Not(part))
        case core.Not(core.Not(part)):
            yield from _required(part)
        case _:
            yield condition


def _opposed(one: core.Condition, other: core.Condition) -> bool:
    """Tell whether one condition says the opposite of another, or names another option."""
    if core.Not(one) == other or one == core.Not(other):
        return True
    if not (isinstance(one, core.Apply) and isinstance(other, core.Apply)):
        return False
    if replace(one, operator=other.operator) == other:
        return one.row.opposite == other.operator
    options = [side for leaf in (one, other) for side in leaf.operands[1:]]
    return (
        one.operator == other.operator == "same"
        and one.left == other.left
        and all(isinstance(side, core.OptionRef) for side in options)
        and one.operands != other.operands
    )
