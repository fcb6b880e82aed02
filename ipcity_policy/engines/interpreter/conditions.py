"""The status of every condition of one Program on one sheet, as a tree of reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from ipcity_policy.engines.interpreter.arithmetic import calculated, moved
from ipcity_policy.engines.interpreter.explanation import (
    Reason,
    ReasonKind,
    Status,
    truth_status,
)
from ipcity_policy.engines.interpreter.margins import margin_of
from ipcity_policy.engines.interpreter.operators import Side, truth_of
from ipcity_policy.engines.interpreter.statuses import (
    MayBe,
    at_least,
    opposite_of,
    several,
    unless,
    where,
)
from ipcity_policy.engines.interpreter.windows import enough_years, windows_of
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import SeriesType, unknown
from ipcity_policy.lang.values import (
    Dates,
    Element,
    Numbers,
    Series,
    Truth,
    Value,
    all_of,
    of_type,
    opposite,
)
from ipcity_policy.law.model import Basis, Origin, Quantity, weakest
from ipcity_policy.law.program import Program
from ipcity_policy.text.subject import FactPath

#: The status of comparisons, by those that stand in one place, and of what.
Kept: TypeAlias = dict[tuple[int, int, tuple[Side, ...]], Reason]


@dataclass
class Evaluation:
    """One Program applied to what is known of one subject."""

    program: Program
    values: Mapping[str, Value]
    strict: bool
    #: What some comparisons are supposed to come to, whatever is known.
    supposed: Mapping[core.Condition, Truth]
    #: Where facts stand that are not stated but follow from the events.
    origins: Mapping[str, Origin] = field(default_factory=dict)
    rules: dict[str, Reason] = field(default_factory=dict)
    quantities: dict[str, Value] = field(default_factory=dict)
    #: What is kept from one subject to the next, for decisions that rest on no quantity.
    kept: Kept | None = None
    #: How each quantity was calculated, kept once for each status of what it stands below.
    _quantity_reasons: dict[tuple[str, Status], Reason] = field(default_factory=dict)
    #: Where each quantity stands, at the weakest of what it is calculated from.
    _stands: dict[str, Origin] = field(default_factory=dict)

    def calculate(self, quantity: Quantity) -> None:
        """Calculate a quantity from those before it."""
        if self.withheld(quantity.origin):
            self.quantities[quantity.id] = unknown(quantity.datatype)
            return
        value = calculated(quantity.expression, self.value)
        assert not isinstance(value, tuple)  # INVARIANT: the checker saw to its type
        self.quantities[quantity.id] = value

    def whole(
        self, kind: ReasonKind, id: str, asked: core.Condition, origin: Origin, inner: Reason
    ) -> Reason:
        """Return the reason of a rule or outcome around that of its condition."""
        basis = weakest((inner.basis, origin.basis))
        status, may_be = inner.status, inner.may_be
        if self.withheld(origin):
            status, basis = Status.UNKNOWN, Basis.UNAVAILABLE
            may_be = inner.open | {Status.MET, Status.NOT_MET}
        return Reason(
            kind=kind,
            id=id,
            asked=asked,
            status=status,
            basis=basis,
            origin=origin,
            may_be=may_be,
            because=(inner,),
        )

    def reason(self, asked: core.Condition, origin: Origin) -> Reason:
        """Return the status of a condition that stands at `origin`."""
        match asked:
            case core.Apply():
                return self._comparison(asked, origin)
            case core.InYears():
                return self._in_years(asked, origin)
            case core.Met(rule):
                return self.rules[rule]
        because = tuple(self.reason(part, origin) for part in core.parts_of(asked))
        may_be, basis = self._joined(asked, because)
        return Reason(
            kind=ReasonKind.CONDITION,
            asked=asked,
            status=next(iter(may_be)) if len(may_be) == 1 else Status.UNKNOWN,
            basis=basis,
            origin=origin,
            may_be=may_be,
            because=because,
        )

    def _joined(
        self, asked: core.Condition, because: tuple[Reason, ...]
    ) -> tuple[MayBe, Basis]:
        """Return what a combination may come to, and what that rests on."""
        match asked:
            case core.Not():
                return opposite_of(because[0])
            case core.All():
                return several(because, alone=Status.NOT_MET)
            case core.Any():
                return several(because, alone=Status.MET)
            case core.AtLeast(least, _):
                return at_least(because, self._count(least))
            case core.Unless():
                return unless(*because)
            case core.Where():
                return where(*because)
            case core.Apply() | core.InYears() | core.Met():
                raise AssertionError(asked)  # INVARIANT: they are leaves
            case _:
                assert_never(asked)

    def _comparison(self, asked: core.Apply, origin: Origin) -> Reason:
        """Return the status of a comparison, with the quantities in it below."""
        sides = tuple(self.value(side) for side in asked.operands)
        key = id(asked), id(origin), sides
        found = None if self.kept is None else self.kept.get(key)
        if found is None:
            truth = truth_of(asked, sides)
            found = self._leaf(asked, asked.operands, truth, origin, sides=sides)
            if self.kept is not None:
                self.kept[key] = found
        return found

    def _leaf(
        self,
        asked: core.Apply | core.InYears,
        operands: tuple[core.Operand, ...],
        truth: Truth,
        origin: Origin,
        *,
        sides: tuple[Side, ...] = (),
        below: tuple[Reason, ...] = (),
    ) -> Reason:
        """Return the reason of a comparison whose truth is found."""
        named = {one.name: one for side in operands for one in core.references(side)}
        for one in named.values():
            origin = _weaker(origin, self._origin(one))
        basis = origin.basis
        if self.supposed:
            truth = self.supposed.get(asked, truth)
        if self.withheld(origin):
            truth, basis = None, Basis.UNAVAILABLE
        status = truth_status(truth)
        return Reason(
            kind=ReasonKind.CONDITION,
            asked=asked,
            status=status,
            basis=basis,
            origin=origin,
            values={name: self.value(one) for name, one in named.items()},
            margin=margin_of(asked, sides) if isinstance(asked, core.Apply) else None,
            because=(
                *below,
                *(
                    self._quantity(one.name, status)
                    for one in named.values()
                    if isinstance(one, core.QuantityRef)
                ),
            ),
        )

    def _origin(self, one: core.FactRef | core.ParameterRef | core.QuantityRef) -> Origin:
        """Return where a named value stands, at its weakest; a fact stands nowhere."""
        match one:
            case core.ParameterRef(name):
                return self.program.parameters[name].origin
            case core.QuantityRef(name):
                quantity = self.program.quantities[name]
                if isinstance(quantity.expression, core.StatedTotal):
                    stated = quantity.expression.stated
                    if self._is_stated(name, stated):
                        return self._origin(stated)
                if name not in self._stands:
                    origin = quantity.origin
                    for part in core.references(quantity.expression):
                        origin = _weaker(origin, self._origin(part))
                    self._stands[name] = origin
                return self._stands[name]
            case core.FactRef(name) if name in self.origins:
                return self.origins[name]
        return Origin("", Basis.ATTESTED)

    def _is_stated(self, total: str, by: core.FactRef) -> bool:
        """Tell whether a total is what the sheet states of it, so that no table matters."""
        stated = self.fact(by.name)
        return isinstance(stated, Numbers) and stated.known and stated == self.quantities[total]

    def _quantity(self, name: str, status: Status) -> Reason:
        """Return how a quantity was calculated, for a comparison of that status."""
        if (name, status) not in self._quantity_reasons:
            self._quantity_reasons[name, status] = self._calculated(name, status)
        return self._quantity_reasons[name, status]

    def _calculated(self, name: str, status: Status) -> Reason:
        quantity = self.program.quantities[name]
        named = {one.name: one for one in core.references(quantity.expression)}
        return Reason(
            kind=ReasonKind.QUANTITY,
            id=name,
            asked=None,
            status=status,
            basis=self._origin(core.QuantityRef(name, quantity.datatype)).basis,
            origin=quantity.origin,
            values={
                name: self.quantities[name],
                **{id: self.value(one) for id, one in named.items()},
            },
            because=tuple(
                self._quantity(one.name, status)
                for one in named.values()
                if isinstance(one, core.QuantityRef)
            ),
        )

    def _in_years(self, asked: core.InYears, origin: Origin) -> Reason:
        """Return whether a comparison holds in enough of the last years before a date."""
        series = of_type(self.value(asked.series), Series)
        day, window = of_type(self.value(asked.day), Dates), self.value(asked.window)
        right = tuple(self.value(side) for side in asked.right)
        element = of_type(asked.series.datatype, SeriesType).each
        each = core.Apply(
            asked.operator,
            (core.FactRef(asked.series.name, element), *asked.right),
            asked.span,
        )
        found = windows_of(asked, series, day, window)
        truths = {year: truth_of(each, (value, *right)) for year, value in series.stated}
        other = truth_of(each, (series.otherwise, *right))
        truth = enough_years(found, truths, other, self._count(asked.least))
        truth = all_of([truth, opposite(day.never)])
        values = dict(series.stated)
        below = tuple(
            self._year(
                each,
                FactPath(asked.series.name, str(year)),
                values.get(year, series.otherwise),
                truths.get(year, other),
                origin,
            )
            for year in found.shown
        )
        reason = self._leaf(asked, core.operands_of(asked), truth, origin, below=below)
        if found.complete:  # the years below say what is known of the series
            shown = {n: v for n, v in reason.values.items() if n != asked.series.name}
            reason = replace(reason, values=shown)
        return reason

    def _year(
        self, each: core.Apply, year: FactPath, value: Element, truth: Truth, origin: Origin
    ) -> Reason:
        """Return the status of one year of a series."""
        status = Status.UNKNOWN if self.withheld(origin) else truth_status(truth)
        return Reason(
            kind=ReasonKind.YEAR,
            id=year.component,
            asked=each,
            status=status,
            basis=origin.basis,
            origin=origin,
            values={year.fact: value},
        )

    def _count(self, least: core.ParameterRef) -> int:
        """Return how many are asked for."""
        return int(of_type(self.program.parameters[least.name].value, Numbers).low or 0)

    def value(self, operand: core.Operand) -> Side:
        """Return what is still possible of an operand; a set's options as they stand."""
        match operand:
            case core.FactRef(name):
                return self.fact(name)
            case core.ParameterRef(name):
                return self.program.parameters[name].value
            case core.QuantityRef(name):
                return self.quantities[name]
            case core.OptionRef(name):
                return (name,)
            case core.Moved():
                return moved(operand, self.value)
            case _:
                assert_never(operand)

    def fact(self, name: str) -> Value:
        """Return what is still possible of a fact; an absent one is unknown."""
        value = self.values.get(name)
        return unknown(self.program.vocabulary.facts[name].datatype) if value is None else value

    def withheld(self, origin: Origin) -> bool:
        """Tell whether what stands there decides nothing: no text, or only an assumed one."""
        assumed = self.strict and origin.basis is Basis.ASSUMED
        return assumed or origin.basis is Basis.UNAVAILABLE

    def gap(self, origin: Origin) -> str:
        """Return the provision whose text is missing."""
        if origin.carried_from is None:
            return origin.provision
        return self.program.carried[origin.carried_from].provision


def _weaker(origin: Origin, other: Origin) -> Origin:
    """Return the origin that rests on less, the first of two that rest on the same."""
    return other if weakest((origin.basis, other.basis)) is not origin.basis else origin
