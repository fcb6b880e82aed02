"""Write an indicator system out as quantities: the total of each block, and its own.

What is not known of a table stands in a sum as an amount between nothing and what is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.arithmetic import Operation
from ipcity_policy.lang.datatypes import PERCENT, FactType, NumberType
from ipcity_policy.lang.values import Numbers
from ipcity_policy.law.indicators import Indicator, IndicatorBlock, System, left_of
from ipcity_policy.law.model import Basis, Quantity, weakest


def write_out(system: System, facts: Mapping[str, FactType]) -> tuple[Quantity, ...]:
    """Return the totals of a system, its own as the last."""
    return _Sums(system, facts, NumberType(system.unit)).totals()


@dataclass(frozen=True, slots=True)
class _Sums:
    system: System
    facts: Mapping[str, FactType]
    unit: NumberType

    def totals(self) -> tuple[Quantity, ...]:
        """Return the total of each block, and that of the system."""
        system = self.system
        blocks = tuple(map(self._of_block, system.blocks))
        datatype = replace(self.unit, low=Decimal(0), high=system.points)
        total = self._weighted() if system.parts else self._whole(blocks)
        if system.given is not None:
            stated = core.FactRef(system.given, self.facts[system.given])
            total = core.StatedTotal(total, stated, datatype)
        own = Quantity(system.id, system.title, total, datatype, system.origin, system.id)
        return (*blocks, own)

    def _of_block(self, block: IndicatorBlock) -> Quantity:
        """Return the total of a block, as firm as what is known of it.

        A block of which the points are not known holds those of its indicators, and besides
        at most what is left of the whole.
        """
        left = self.system.left if block.left is None else block.left
        known = [self._score(row) for row in block.indicators if row.points is not None]
        total = self._sum(
            known, tuple(map(self._score, block.open)), left, further=block.further
        )
        bases = (block.origin.basis, *(row.origin.basis for row in block.indicators))
        firm = (basis for basis in bases if basis is not Basis.UNAVAILABLE)
        basis = weakest((self.system.origin.basis, *firm))
        most = decimals.minus(left, left_of(Decimal(0), block.indicators))
        return Quantity(
            id=block.id,
            title=block.title,
            expression=total,
            datatype=replace(self.unit, low=Decimal(0), high=most),
            origin=replace(block.origin, basis=basis),
            system=self.system.id,
        )

    def _whole(self, totals: Sequence[Quantity]) -> core.Expression:
        """Add up the blocks; those of which the points are not known share what is left."""
        system = self.system
        refs = {one.id: core.QuantityRef(one.id, one.datatype) for one in totals}
        known = [refs[block.id] for block in system.blocks if block.points is not None]
        open_ = [block for block in system.blocks if block.points is None]
        if not open_:
            return self._sum(known, (), system.left, further=system.further)
        parts: list[core.Expression] = [refs[block.id] for block in open_]
        parts += [self._up_to(system.left)] if system.further else []
        # Besides their indicators of known points they hold no more than is left.
        inside = [row for block in open_ for row in block.indicators if row.points is not None]
        most = [*map(self._score, inside), self._fixed(system.left)]
        shared = self._calculate(
            "lesser", self._calculate("plus", *parts), self._calculate("plus", *most)
        )
        return self._calculate("plus", *known, shared)

    def _sum(
        self,
        known: Sequence[core.Expression],
        open_: Sequence[core.Expression],
        left: Decimal,
        *,
        further: bool,
    ) -> core.Expression:
        """Add up what is known and what shares the points that are left."""
        parts = [*known]
        if open_:
            sharing = [*open_, self._up_to(left)] if further else open_
            rest = self._calculate("plus", *sharing)
            parts.append(self._calculate("lesser", rest, self._fixed(left)))
        elif further or not parts:
            parts.append(self._up_to(left))
        return self._calculate("plus", *parts)

    def _weighted(self) -> core.Expression:
        """Add up the parts by their weights; where one is not known, the whole is open."""
        system = self.system
        known = {name: one for name, one in system.parts.items() if one is not None}
        if system.further or len(known) < len(system.parts):
            return self._up_to(system.points)
        datatype = replace(self.unit, low=Decimal(0), high=system.points)
        share = NumberType(PERCENT)
        return self._calculate(
            "plus",
            *(
                self._calculate(
                    "times",
                    core.QuantityRef(name, datatype),
                    core.Amount(Numbers(weight, weight, PERCENT), share),
                )
                for name, weight in known.items()
            ),
        )

    def _score(self, row: Indicator) -> core.Expression:
        """Return the score of an indicator: no more than its points."""
        fact = core.FactRef(row.fact, self.facts[row.fact])
        if row.points is None:
            return fact
        return self._calculate("lesser", fact, self._fixed(row.points))

    def _fixed(self, points: Decimal) -> core.Amount:
        return core.Amount(self.system.amount(points), self.unit)

    def _up_to(self, points: Decimal) -> core.Amount:
        return core.Amount(Numbers(Decimal(0), points, self.system.unit), self.unit)

    def _calculate(self, operator: Operation, *parts: core.Expression) -> core.Calculate:
        return core.Calculate(operator, parts, self.unit)
