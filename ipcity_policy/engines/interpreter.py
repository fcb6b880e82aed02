"""The reference: one Program, what is known of one subject, one decision, with reasons.

Truth is three-valued (strong Kleene) and every value is what is still possible, so that a
comparison is decided when everything possible falls on one side.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from ipcity_policy.engines.truths import TRUTHS, margin_of
from ipcity_policy.engines.verdict import (
    Answer,
    Consequence,
    Fault,
    Kind,
    Missing,
    MissingKind,
    Reason,
    Status,
)
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import DateType, unknown
from ipcity_policy.lang.values import (
    Dates,
    Period,
    Truth,
    Value,
    all_of,
    any_of,
    opposite,
    shift,
)
from ipcity_policy.measure.model import (
    Basis,
    Decision,
    Origin,
    Program,
    Row,
    strongest,
    weakest,
)


def answer(
    program: Program, values: Mapping[str, Value], decision: str, *, strict: bool = False
) -> Answer:
    """Answer one decision from what is known of the facts; an absent one is unknown.

    With `strict`, what is only assumed counts as a text that is not available.
    """
    run = _Run(program, values, strict)
    rules = {name for kind, name in program.reach(decision) if kind == "rule"}
    for name, rule in program.rules.items():  # INVARIANT: each after those it rests on
        if name in rules:
            inner = run.reason(rule.condition, rule.origin)
            run.rules[name] = run.whole(Kind.RULE, name, rule.condition, rule.origin, inner)
    return _decide(run, program.decisions[decision])


def _decide(run: "_Run", decision: Decision) -> Answer:
    reasons: dict[str, Reason] = {}
    for row in decision.rows:
        if row.condition is not None:
            inner = run.reason(row.condition, row.origin)
            reasons[row.outcome] = run.whole(
                Kind.OUTCOME, row.outcome, row.condition, row.origin, inner
            )
    for row in decision.rows:
        if row.condition is None:
            reasons[row.outcome] = run.otherwise(row, tuple(reasons.values()))
    rows = {row.outcome: row for row in decision.rows}
    met = [name for name in rows if reasons[name].status is Status.MET]
    open_ = [name for name in rows if reasons[name].status is Status.UNKNOWN]
    outcome = met[0] if len(met) == 1 else None
    possible = [name for name in rows if name in met or name in open_]
    fault = Fault.OVERLAP if len(met) > 1 else None if met or open_ else Fault.GAP
    decisive = set(met or open_ or rows)
    if outcome is not None and rows[outcome].condition is None:
        decisive = set(rows)  # it holds because none of the others does
    done: dict[int, Reason] = {}
    marked = tuple(
        _mark(reasons[name], done) if name in decisive else reasons[name] for name in rows
    )
    bases = [reason.basis for reason in marked if reason.id in (met or open_ or rows)]
    return Answer(
        outcome=outcome,
        possible=tuple(possible),
        fault=fault,
        basis=weakest(bases),
        reasons=marked,
        missing=() if fault else run.missing(tuple(_mark(reasons[n], {}) for n in open_)),
        effects=run.consequences(rows[outcome]) if outcome is not None else (),
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


def _gives(parent: Reason, child: Reason) -> bool:
    if isinstance(parent.asked, core.Not) and parent.kind is Kind.CONDITION:
        return True
    return child.status is parent.status


@dataclass
class _Run:
    program: Program
    values: Mapping[str, Value]
    strict: bool
    rules: dict[str, Reason] = field(default_factory=dict)

    def whole(
        self, kind: Kind, id: str, asked: core.Condition, origin: Origin, inner: Reason
    ) -> Reason:
        """Return the reason of a rule or outcome around that of its condition."""
        basis = weakest((inner.basis, origin.basis))
        status = inner.status
        if self.withheld(origin):
            status, basis = Status.UNKNOWN, Basis.UNAVAILABLE
        return Reason(
            kind=kind,
            id=id,
            asked=asked,
            status=status,
            basis=basis,
            origin=origin,
            because=(inner,),
        )

    def otherwise(self, row: Row, others: tuple[Reason, ...]) -> Reason:
        """Return the reason of an outcome that holds when no other does."""
        truth = opposite(any_of([_truth(other.status) for other in others]))
        giving = [other.basis for other in others if _truth(other.status) is opposite(truth)]
        basis = strongest(giving) if truth is False else weakest(giving)
        basis = weakest((basis, row.origin.basis))
        if self.withheld(row.origin):
            truth, basis = None, Basis.UNAVAILABLE
        return Reason(
            kind=Kind.OUTCOME,
            id=row.outcome,
            asked=None,
            status=_status(truth),
            basis=basis,
            origin=row.origin,
        )

    def reason(self, asked: core.Condition, origin: Origin) -> Reason:
        """Return what became of a condition that stands at `origin`."""
        match asked:
            case core.Apply():
                return self._comparison(asked, origin)
            case core.Met(rule):
                return self.rules[rule]
            case core.Not(part):
                because: tuple[Reason, ...] = (self.reason(part, origin),)
                truth = opposite(_truth(because[0].status))
                basis = because[0].basis
            case core.All(parts):
                because = tuple(self.reason(part, origin) for part in parts)
                truth = all_of([_truth(child.status) for child in because])
                basis = _joint(because, truth, alone=False)
            case core.Any(parts):
                because = tuple(self.reason(part, origin) for part in parts)
                truth = any_of([_truth(child.status) for child in because])
                basis = _joint(because, truth, alone=True)
            case _:
                assert_never(asked)
        return Reason(
            kind=Kind.CONDITION,
            asked=asked,
            status=_status(truth),
            basis=basis,
            origin=origin,
            because=because,
        )

    def _comparison(self, asked: core.Apply, origin: Origin) -> Reason:
        left, right = self._value(asked.left), self._value(asked.right)
        for side in (asked.left, asked.right):
            if isinstance(side, core.ParameterRef):
                origin = _weaker(origin, self.program.parameters[side.name].origin)
        basis = origin.basis
        truth: Truth = None
        if self.withheld(origin):
            basis = Basis.UNAVAILABLE
        else:
            truth = TRUTHS[asked.operator](left, right)
        found = {
            side.name: value
            for side, value in ((asked.left, left), (asked.right, right))
            if not isinstance(side, core.Option)
        }
        return Reason(
            kind=Kind.CONDITION,
            asked=asked,
            status=_status(truth),
            basis=basis,
            origin=origin,
            values=found,
            margin=margin_of(asked.operator, left, right),
        )

    def _value(self, operand: core.Operand) -> Value | tuple[str, ...]:
        match operand:
            case core.FactRef(name):
                return self.fact(name)
            case core.ParameterRef(name):
                return self.program.parameters[name].value
            case core.Option(name):
                return (name,)
            case _:
                assert_never(operand)

    def withheld(self, origin: Origin) -> bool:
        """Tell whether what stands there decides nothing: no text, or only an assumed one."""
        assumed = self.strict and origin.basis is Basis.ASSUMED
        return assumed or origin.basis is Basis.UNAVAILABLE

    def gap(self, origin: Origin) -> str:
        """Return the provision whose text is missing."""
        if origin.carried_from is None:
            return origin.provision
        return self.program.carried[origin.carried_from].provision

    def fact(self, name: str) -> Value:
        """Return what is possible of a fact."""
        value = self.values.get(name)
        if value is None:
            return unknown(self.program.vocabulary.facts[name].datatype)
        return value

    def missing(self, reasons: tuple[Reason, ...]) -> tuple[Missing, ...]:
        """Return what the decisive, undecided branches ask for and do not find."""
        found: dict[Missing, None] = {}
        seen: set[int] = set()
        todo = list(reversed(reasons))
        while todo:
            reason = todo.pop()
            if not reason.decisive or reason.status is not Status.UNKNOWN or id(reason) in seen:
                continue
            seen.add(id(reason))
            if self.withheld(reason.origin):
                found[Missing(MissingKind.TEXT, self.gap(reason.origin))] = None
                continue
            for name, value in reason.values.items():
                if name in self.program.vocabulary.facts and not _known(value):
                    found[Missing(MissingKind.FACT, name)] = None
            todo += reversed(reason.because)
        return tuple(found)

    def _bar(self, effect: core.Bar, origin: Origin) -> Consequence:
        length, days = self.program.parameters[effect.period].value, self.fact(effect.after)
        assert isinstance(days, Dates)  # INVARIANT: the checker saw to both
        assert isinstance(length, Period)
        until = shift(days, length)
        known = days != unknown(DateType()) and until.low is not None and until.high is not None
        if not known or self.withheld(origin):
            return Consequence(effect, origin, None, None)
        return Consequence(effect, origin, days, until)

    def consequences(self, row: Row) -> tuple[Consequence, ...]:
        """Return what an outcome would cause."""
        caused: list[Consequence] = []
        for effect in row.effects:
            origin = effect_origin(effect, row, self.program)
            match effect:
                case core.Permit():
                    caused.append(Consequence(effect, origin, None, None))
                case core.Bar():
                    caused.append(self._bar(effect, origin))
                case _:
                    assert_never(effect)
        return tuple(caused)


def _weaker(origin: Origin, other: Origin) -> Origin:
    """Return the origin that rests on less, the first of two that rest on the same."""
    return other if weakest((origin.basis, other.basis)) is not origin.basis else origin


def effect_origin(effect: core.Effect, row: Row, program: Program) -> Origin:
    """Return where an effect stands: a bar under its period's provision, no firmer than it."""
    if not isinstance(effect, core.Bar):
        return row.origin
    origin = program.parameters[effect.period].origin
    return replace(origin, basis=weakest((origin.basis, row.origin.basis)))


def _joint(parts: tuple[Reason, ...], truth: Truth, *, alone: bool) -> Basis:
    """Return the basis of a combination: `alone` is the truth that one part alone gives."""
    giving = [part.basis for part in parts if _truth(part.status) is truth]
    return strongest(giving) if truth is alone else weakest(giving)


def _truth(status: Status) -> Truth:
    return {Status.MET: True, Status.NOT_MET: False, Status.UNKNOWN: None}[status]


def _status(truth: Truth) -> Status:
    return Status.UNKNOWN if truth is None else Status.MET if truth else Status.NOT_MET


def _known(value: Value | tuple[str, ...]) -> bool:
    return isinstance(value, (tuple, Period)) or value.known
