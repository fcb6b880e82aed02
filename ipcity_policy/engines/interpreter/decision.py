"""The reference: one Program, what is known of one subject, one decision, with reasons.

Truth is three-valued (strong Kleene) and every value is what is still possible, so that a
comparison is decided when everything possible falls on one side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import assert_never

from ipcity_policy.engines.interpreter.bar_ends import (
    Calendars,
    bar_origin,
    bar_until,
    no_calendar,
)
from ipcity_policy.engines.interpreter.components import open_components
from ipcity_policy.engines.interpreter.conditions import Evaluation, Kept
from ipcity_policy.engines.interpreter.explanation import (
    AlternativeAnswer,
    Answer,
    Consequence,
    Fault,
    Missing,
    MissingKind,
    Reason,
    ReasonKind,
    Status,
    Testimony,
)
from ipcity_policy.engines.interpreter.scores import scores_tell
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import ANY_DAY, FINDING
from ipcity_policy.lang.values import Dates, Truth, Value, of_type
from ipcity_policy.law.model import Basis, Decision, Origin, Outcome, strongest, weakest
from ipcity_policy.law.program import Program
from ipcity_policy.text.subject import EntryKey, EntryKind, EntryPath, FactPath


@dataclass(frozen=True, slots=True)
class Ruling:
    """The status of the outcomes of a decision."""

    #: The reasons of all outcomes, in the order of the rows.
    reasons: Mapping[str, Reason]
    #: Those that are otherwise because of what an event tells.
    heard: frozenset[str]
    #: Those that hold, and those that may turn out to.
    met: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def outcome(self) -> str | None:
        """The outcome, or None where none is decided."""
        return self.met[0] if len(self.met) == 1 else None

    @property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that are not excluded."""
        return tuple(name for name in self.reasons if name in self.met or name in self.open)

    @property
    def fault(self) -> Fault | None:
        """What is wrong with the law itself."""
        if len(self.met) > 1:
            return Fault.OVERLAP
        return None if self.met or self.open else Fault.GAP


def answer(
    program: Program,
    values: Mapping[str, Value],
    decision: str,
    *,
    strict: bool = False,
    supposed: Mapping[core.Condition, Truth] = MappingProxyType({}),
    origins: Mapping[str, Origin] = MappingProxyType({}),
    testimony: Testimony | None = None,
    rest: Calendars = no_calendar,
) -> Answer:
    """Answer one decision from what is known of the facts; an absent one is unknown.

    With `strict`, what is only assumed counts as a text that is not available. Comparisons
    may be `supposed` to come out in some way, whatever is known of the facts. `origins`
    tells where facts stand that are not stated but follow from the events; `testimony` is what
    the event that the decision is about tells of it; `rest` tells which days are rest days,
    for ends that give way to them.

    >>> from tests.boxes import grams, law
    >>> answer(law(), {"weight": grams(8)}, "class").outcome
    'low'
    >>> found = answer(law(), {"weight": grams(8)}, "sale")
    >>> found.outcome, found.possible, [one.name for one in found.missing]
    (None, ('sellable', 'kept'), ['sealed'])
    """
    run = Evaluation(program, values, strict, supposed, origins)
    _calculate(run, program.reach(decision))
    found = _rule(run, program.decisions[decision], testimony)
    return _explained(run, program.decisions[decision], found, rest)


def gives(
    program: Program,
    values: Mapping[str, Value],
    decision: str,
    *,
    strict: bool = False,
    testimony: Testimony | None = None,
    rest: Calendars = no_calendar,
) -> AlternativeAnswer:
    """Return what an answer comes to, where nobody asks why; arguments are those of `answer`.

    >>> from tests.boxes import grams, law
    >>> gives(law(), {"weight": grams(60)}, "class").outcome
    'high'
    """
    run = Evaluation(program, values, strict, MappingProxyType({}))
    _calculate(run, program.reach(decision))
    found = _rule(run, program.decisions[decision], testimony)
    effects = _effects(run, program.decisions[decision], found, rest)
    return AlternativeAnswer(found.outcome, found.possible, effects)


def ruling(
    program: Program,
    values: Mapping[str, Value],
    decision: str,
    *,
    strict: bool = False,
    supposed: Mapping[core.Condition, Truth] = MappingProxyType({}),
    testimony: Testimony | None = None,
    kept: Kept | None = None,
) -> Ruling:
    """Return which outcomes hold, and may; who asks of many subjects lets it keep things.

    >>> from tests.boxes import grams, law
    >>> found = ruling(law(), {"weight": grams(8)}, "sale")
    >>> found.met, found.open
    ((), ('sellable', 'kept'))
    """
    run = Evaluation(program, values, strict, supposed, kept=kept)
    _calculate(run, program.reach(decision))
    return _rule(run, program.decisions[decision], testimony)


def holds(
    program: Program,
    values: Mapping[str, Value],
    condition: core.Condition,
    origin: Origin,
    *,
    strict: bool = False,
) -> Truth:
    """Tell whether a condition that stands for itself holds, from what is known.

    What is not asked counts as held.

    >>> from tests.boxes import grams, law
    >>> rule = law().rules["is-light"]
    >>> [holds(law(), {"weight": grams(n)}, rule.condition, rule.origin) for n in (8, 60)]
    [True, False]
    """
    run = Evaluation(program, values, strict, MappingProxyType({}))
    _calculate(run, program.rests_on(core.names(condition)))
    status = run.reason(condition, origin).status
    return None if status is Status.UNKNOWN else status is not Status.NOT_MET


def _calculate(run: Evaluation, reach: frozenset[EntryKey]) -> None:
    """Calculate the quantities and judge the rules that something rests on."""
    for name, quantity in run.program.quantities.items():  # INVARIANT: each after its parts
        if EntryKey(EntryKind.QUANTITY, name) in reach:
            run.calculate(quantity)
    for name, rule in run.program.rules.items():  # INVARIANT: each after those it rests on
        if EntryKey(EntryKind.RULE, name) in reach:
            inner = run.reason(rule.condition, rule.origin)
            run.rules[name] = run.whole(
                ReasonKind.RULE, name, rule.condition, rule.origin, inner
            )


def _rule(run: Evaluation, decision: Decision, testimony: Testimony | None) -> Ruling:
    reasons: dict[str, Reason] = {}
    for row in decision.outcomes:
        if row.condition is not None:
            inner = run.reason(row.condition, row.origin)
            reasons[row.outcome] = run.whole(
                ReasonKind.OUTCOME, row.outcome, row.condition, row.origin, inner
            )
    for row in decision.outcomes:
        if row.condition is None:
            reasons[row.outcome] = _otherwise(run, row, tuple(reasons.values()))
    heard = _heard(reasons, testimony) if testimony is not None else {}
    reasons |= heard
    rows = {row.outcome: reasons[row.outcome] for row in decision.outcomes}
    return Ruling(
        reasons=rows,
        heard=frozenset(heard),
        met=tuple(name for name, one in rows.items() if one.status is Status.MET),
        open=tuple(name for name, one in rows.items() if _may_be_met(one)),
    )


def _explained(run: Evaluation, decision: Decision, found: Ruling, rest: Calendars) -> Answer:
    """Return the answer that a ruling is, with what it rests on and depends on."""
    rows = {row.outcome: row for row in decision.outcomes}
    reasons, met, open_ = found.reasons, found.met, found.open
    outcome, fault = found.outcome, found.fault
    decisive = set(met or open_ or rows)
    if outcome is None:  # what is possible depends on what an event excludes too
        decisive |= found.heard
    if outcome is not None and rows[outcome].condition is None:
        decisive = set(rows)  # it holds because none of the others does
    done: dict[int, Reason] = {}
    marked = tuple(
        _mark(reasons[name], done) if name in decisive else reasons[name] for name in rows
    )
    telling = {*(met or open_ or rows), *found.heard}
    bases = [reason.basis for reason in marked if reason.id in telling]
    return Answer(
        outcome=outcome,
        possible=found.possible,
        fault=fault,
        basis=weakest(bases),
        reasons=marked,
        missing=() if fault else _missing(run, tuple(_mark(reasons[n], {}) for n in open_)),
        effects=_effects(run, decision, found, rest),
    )


def _may_be_met(reason: Reason) -> bool:
    """Tell whether something that is not known may turn out to be met."""
    return reason.status is Status.UNKNOWN and Status.MET in reason.open


def _heard(reasons: Mapping[str, Reason], testimony: Testimony) -> dict[str, Reason]:
    """Return the reasons that are otherwise because of what an event tells.

    It excludes what it does not leave; and what alone is left then holds, for it says that
    something was decided. Where it leaves nothing, nothing is made of it.
    """
    met = [name for name, one in reasons.items() if one.status is Status.MET]
    open_ = [name for name, one in reasons.items() if _may_be_met(one)]
    left = [name for name in open_ if name in testimony.outcomes]
    if met or not left:
        return {}
    changed = {name: Status.NOT_MET for name in open_ if name not in left}
    if len(left) == 1:
        changed |= {left[0]: Status.MET}
    return {name: _says(reasons[name], testimony, status) for name, status in changed.items()}


def _says(reason: Reason, testimony: Testimony, status: Status) -> Reason:
    """Return the reason of an outcome that an event excludes, or says that it was given."""
    origin = testimony.origins.get(str(reason.id)) or next(iter(testimony.origins.values()))
    says = tuple(
        Reason(
            kind=ReasonKind.EVENT,
            id=event.kind,
            asked=None,
            status=status,
            basis=testimony.basis,
            origin=replace(origin, basis=testimony.basis),
            values={event.kind: event.on},
        )
        for event in testimony.events
    )
    return replace(
        reason,
        status=status,
        basis=testimony.basis,
        may_be=frozenset(),
        because=(*reason.because, *says),
    )


def _mark(reason: Reason, marked: dict[int, Reason]) -> Reason:
    """Mark the branches that give a reason its status: those of the same status.

    A rule that several others rest on is one object, and is marked once.
    """
    if id(reason) not in marked:
        because = tuple(
            _mark(child, marked) if _gives(reason, child) else child for child in reason.because
        )
        marked[id(reason)] = replace(reason, decisive=True, because=because)
    return marked[id(reason)]


#: What an exception is where the whole has a status because of it.
_HELD_BACK = {
    Status.MET: (Status.NOT_MET, Status.NOT_APPLICABLE),
    Status.NOT_MET: (Status.MET,),
}


def _gives(parent: Reason, child: Reason) -> bool:
    """Tell whether a part of a reason is one of those that give it its status."""
    if child.kind is ReasonKind.QUANTITY:
        return True
    if parent.kind is ReasonKind.CONDITION:
        match parent.asked:
            case core.Not():
                return True
            case core.Unless() if child is parent.because[1]:
                return child.status in _HELD_BACK.get(parent.status, (parent.status,))
            case core.Where() if parent.status is Status.NOT_APPLICABLE:
                return child is parent.because[0] or child.status is parent.status
            case core.InYears() if parent.status is Status.UNKNOWN:
                return child.status is Status.UNKNOWN
            case core.All():
                return _counts(parent, child, Status.MET)
            case core.Any():
                return _counts(parent, child, Status.NOT_MET)
    return child.status is parent.status


def _counts(parent: Reason, child: Reason, neutral: Status) -> bool:
    """Tell whether a part that may not be asked is one that gives the whole its status.

    What is neutral whether it is asked or not, as what all ask and is met, is part of what
    makes the whole so; nothing that is open depends on it unless all may not be asked.
    """
    if child.status is Status.UNKNOWN and child.open == {neutral, Status.NOT_APPLICABLE}:
        whole = parent.open
        return whole == {neutral} or Status.NOT_APPLICABLE in whole
    return child.status is parent.status


def _otherwise(run: Evaluation, row: Outcome, others: tuple[Reason, ...]) -> Reason:
    """Return the reason of an outcome that holds when no other does."""
    met = [one for one in others if one.status is Status.MET]
    open_ = [one for one in others if _may_be_met(one)]
    status = Status.NOT_MET if met else Status.UNKNOWN if open_ else Status.MET
    bases = [one.basis for one in met or open_ or others]
    basis = weakest((strongest(bases) if met else weakest(bases), row.origin.basis))
    if run.withheld(row.origin):
        status, basis = Status.UNKNOWN, Basis.UNAVAILABLE
    return Reason(
        kind=ReasonKind.OUTCOME,
        id=row.outcome,
        asked=None,
        status=status,
        basis=basis,
        origin=row.origin,
    )


def _missing(run: Evaluation, reasons: tuple[Reason, ...]) -> tuple[Missing, ...]:
    """Return what the undecided outcomes depend on, in the order of the reasons."""
    found: dict[Missing, None] = {}
    seen: set[tuple[int, bool, bool]] = set()  # what several others rest on is one object
    todo = [(reason, False, True) for reason in reversed(reasons)]
    while todo:
        reason, given, tell = todo.pop()
        if not reason.decisive or reason.status is not Status.UNKNOWN:
            continue
        if (id(reason), given, tell) in seen:
            continue
        seen.add((id(reason), given, tell))
        if run.withheld(reason.origin):
            found[Missing(MissingKind.TEXT, run.gap(reason.origin))] = None
            continue
        expression = _calculation(run, reason)
        stated = expression.stated.name if isinstance(expression, core.StatedTotal) else None
        for name, value in reason.values.items():
            if tell or (name == stated and not given):
                found |= dict.fromkeys(_open_of(run, reason, name, value))
        if expression is not None and not given:
            # A total that an office may give does not wait for the rest of the table.
            given = stated is not None
            if core.is_open(expression):
                found[Missing(MissingKind.TEXT, run.gap(reason.origin))] = None
        if isinstance(reason.asked, core.Apply):
            tell = scores_tell(run, reason.asked)
        todo += [(one, given, tell) for one in reversed(reason.because)]
    return tuple(found)


def _calculation(run: Evaluation, reason: Reason) -> core.Expression | None:
    """Return how a quantity is calculated; None where a reason is of something else."""
    if reason.kind is not ReasonKind.QUANTITY:
        return None
    return run.program.quantities[str(reason.id)].expression


def _open_of(
    run: Evaluation, reason: Reason, name: str, value: Value | tuple[str, ...]
) -> Iterator[Missing]:
    """Yield what is missing of a fact that a reason names."""
    fact = run.program.vocabulary.facts.get(name)
    if fact is None or isinstance(value, tuple):
        return
    kind = MissingKind.FINDING if fact.datatype == FINDING else MissingKind.FACT
    kind = MissingKind.EVENT if fact.id in run.program.history.derived else kind
    found = reason.found_of(name)
    for component in open_components(value, reason.asked):
        yield Missing(kind, FactPath(name, component) if component else found)


def _effects(
    run: Evaluation, decision: Decision, found: Ruling, rest: Calendars
) -> tuple[Consequence, ...]:
    """Return what the outcome would cause; nothing where none is decided."""
    rows = {row.outcome: row for row in decision.outcomes}
    return (
        () if found.outcome is None else _consequences(run, decision, rows[found.outcome], rest)
    )


def _consequences(
    run: Evaluation, decision: Decision, row: Outcome, rest: Calendars
) -> tuple[Consequence, ...]:
    caused: list[Consequence] = []
    for effect in row.effects:
        origin = effect_origin(effect, decision, row, run.program)
        match effect:
            case core.Permit():
                caused.append(Consequence(effect, origin, None, None))
            case core.Bar():
                caused.append(_bar(run, effect, origin, rest))
            case _:
                assert_never(effect)
    return tuple(caused)


def _bar(run: Evaluation, effect: core.Bar, origin: Origin, rest: Calendars) -> Consequence:
    days = of_type(run.fact(effect.after), Dates)
    until = bar_until(run.program, effect, days, rest)
    known = days != ANY_DAY and until.low is not None and until.finite_ends[1] is not None
    if not known or days.never is not False or run.withheld(origin):
        return Consequence(effect, origin, None, None)
    return Consequence(effect, origin, days, until)


def effect_origin(
    effect: core.Effect, decision: Decision, row: Outcome, program: Program
) -> Origin:
    """Return where an effect of an outcome stands: a bar where its period does.

    >>> from tests.boxes import law
    >>> sale = law().decisions["sale"]
    >>> kept = sale.outcomes[1]
    >>> kept.origin.provision, effect_origin(kept.effects[0], sale, kept, law()).provision
    ('art-3', 'art-1')
    """
    if not isinstance(effect, core.Bar):
        return row.origin
    owner = EntryPath(decision.key, (row.outcome,))
    return bar_origin(program, effect, owner, row.origin)
