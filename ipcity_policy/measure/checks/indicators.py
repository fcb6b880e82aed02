"""Check indicator systems, and write each out as quantities: its blocks and its total.

What is not known of a table stands in its sum as an amount between nothing and what is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ipcity_policy.lang import core, exact
from ipcity_policy.lang.agreement import same_unit
from ipcity_policy.lang.datatypes import PERCENT, NumberType, name_of
from ipcity_policy.lang.literals import number_text, read_amount
from ipcity_policy.lang.values import Numbers
from ipcity_policy.measure.checks.checking import Checking
from ipcity_policy.measure.indicators import Block, Indicator, System, held_by, left_of
from ipcity_policy.measure.model import Basis, Origin, Quantity, Words, weakest
from ipcity_policy.measure.reader import (
    Entry,
    basis_of,
    child,
    entries_of,
    text_of,
    words_of,
)
from ipcity_policy.text.diagnostic import Related, diagnose
from ipcity_policy.text.document import Node, Scalar
from ipcity_policy.text.mends import nearest
from ipcity_policy.text.source import Span


def names_of(entry: Entry) -> tuple[str, ...]:
    """Return the names of the totals that a system is written out as."""
    return (*(name.text for name, _ in entries_of(entry.node, "blocks")), entry.id)


def parts_of(entry: Entry) -> tuple[str, ...]:
    """Return the names of the systems that a system weighs."""
    return tuple(name.text for name, _ in entries_of(entry.node, "parts"))


def check_system(check: Checking, entry: Entry) -> System | None:
    """Return a system with its totals; None where its points cannot be read."""
    points = child(entry.node, "points")
    amount = _amount(check, points)
    if amount is None:
        return None
    assert amount.low is not None  # INVARIANT: what was read is one number
    return _Reader(check, entry, amount.low, amount.unit).system()


def _amount(check: Checking, node: Node | None) -> Numbers | None:
    """Read an amount in a declared unit; None where it is none, or not known."""
    found = read_amount(node.text) if isinstance(node, Scalar) else None
    if node is None or found is None:
        return None
    number, unit = found
    if unit is not None and unit not in check.vocabulary.units:
        near, fix = nearest(unit, check.vocabulary.units, node.span)
        mend = near or "declare it under `units:`"
        check.say("N101", f"the unit `{unit}` is not declared", node.span, mend, fix)
        return None
    return Numbers(number, number, unit or "")


@dataclass(frozen=True, slots=True)
class _Reader:
    check: Checking
    entry: Entry
    points: Decimal
    unit: str

    def system(self) -> System:
        """Return the system with its totals."""
        node, entry = self.entry.node, self.entry
        blocks = tuple(self._block(*one) for one in entries_of(node, "blocks"))
        self._alone(block_node for _, block_node in entries_of(node, "blocks"))
        further = text_of(node, "further") == "yes"
        weights = {
            name.text: self._weight(name, part) for name, part in entries_of(node, "parts")
        }
        left = left_of(self.points, held_by(blocks))
        totals = [self._total_of(block, left) for block in blocks]
        if weights:
            total = self._weighted(weights, further=further)
        else:
            open_ = further or any(block.points is None for block in blocks)
            self._add_up(entry.span, entry.id, "blocks", self.points, left, open_=open_)
            total = self._whole(blocks, totals, left, further=further)
        given = self._given(child(node, "given"))
        datatype = self._type(self.points)
        if given is not None:
            total = core.Given(total, given, datatype)
        title = words_of(node, "title") or Words(entry.id, entry.id)
        origin = entry.origin
        totals.append(Quantity(entry.id, title, total, datatype, origin, entry.id))
        return System(
            id=entry.id,
            title=title,
            points=self.points,
            unit=self.unit,
            given=None if given is None else given.name,
            blocks=blocks,
            parts=weights,
            further=further,
            note=words_of(node, "note"),
            totals=tuple(totals),
            origin=origin,
        )

    def _type(self, points: Decimal) -> NumberType:
        return NumberType(self.unit, Decimal(0), points)

    def _block(self, name: Scalar, node: Node) -> Block:
        origin = self.check.origin(self.entry, node)
        rows = tuple(
            row
            for fact, one in entries_of(node, "rows")
            if (row := self._indicator(fact, one, origin)) is not None
        )
        whole = len(rows) == len(entries_of(node, "rows"))  # else more is wrong than a sum
        block = Block(
            id=name.text,
            title=words_of(node, "title") or Words(name.text, name.text),
            points=self._points(child(node, "points")),
            indicators=rows,
            further=text_of(node, "further") == "yes",
            note=words_of(node, "note"),
            origin=origin,
        )
        open_ = block.further or bool(block.open)
        if block.points is None and rows and whole and not open_:
            held = exact.minus(Decimal(0), left_of(Decimal(0), rows))
            return replace(block, points=held)
        if block.points is not None and block.left is not None and whole:
            at, left = name.span, block.left
            self._add_up(at, block.id, "indicators", block.points, left, open_=open_)
        return block

    def _total_of(self, block: Block, left: Decimal) -> Quantity:
        """Return the total of a block, as firm as what is known of it.

        A block without points of its own holds those of its indicators, and at most what is
        left besides.
        """
        known = [self._score(row) for row in block.indicators if row.points is not None]
        rest = left if block.left is None else block.left
        total = self._sum(known, self._open(block), rest, further=block.further)
        bases = (block.origin.basis, *(row.origin.basis for row in block.indicators))
        firm = (basis for basis in bases if basis is not Basis.UNAVAILABLE)
        basis = weakest((self.entry.origin.basis, *firm))
        origin = replace(block.origin, basis=basis)
        held = exact.minus(rest, left_of(Decimal(0), block.indicators))
        datatype = self._type(held)
        return Quantity(block.id, block.title, total, datatype, origin, self.entry.id)

    def _open(self, block: Block) -> list[core.Expression]:
        return [self._score(row) for row in block.open]

    def _whole(
        self,
        blocks: Sequence[Block],
        totals: Sequence[Quantity],
        left: Decimal,
        *,
        further: bool,
    ) -> core.Expression:
        """Add up the blocks; those without points share what is left."""
        whole = NumberType(self.unit)
        pairs = tuple(zip(blocks, totals, strict=True))
        refs = {block.id: core.QuantityRef(block.id, one.datatype) for block, one in pairs}
        known = [refs[block.id] for block in blocks if block.points is not None]
        open_ = [block for block in blocks if block.points is None]
        if not open_:
            return self._sum(known, (), left, further=further)
        parts: list[core.Expression] = [refs[block.id] for block in open_]
        if further:
            parts.append(self._between(left))
        # What they hold besides the indicators whose points are known is no more than is left.
        most = [self._score(row) for block in open_ for row in block.indicators if row.points]
        most.append(self._fixed(left))
        shared = core.Reckon(
            "lesser",
            (core.Reckon("plus", tuple(parts), whole), core.Reckon("plus", tuple(most), whole)),
            whole,
        )
        return core.Reckon("plus", (*known, shared), whole)

    def _sum(
        self,
        known: Sequence[core.Expression],
        open_: Sequence[core.Expression],
        left: Decimal,
        *,
        further: bool,
    ) -> core.Expression:
        """Add up what is known, and what shares the points that are left."""
        whole = NumberType(self.unit)
        parts = [*known]
        if open_:
            shared = [*open_, self._between(left)] if further else [*open_]
            rest = core.Reckon("plus", tuple(shared), whole)
            parts.append(core.Reckon("lesser", (rest, self._fixed(left)), whole))
        elif further or not parts:
            parts.append(self._between(left))
        return core.Reckon("plus", tuple(parts), whole)

    def _between(self, left: Decimal) -> core.Amount:
        """Return an amount between nothing and what is left."""
        return core.Amount(Numbers(Decimal(0), left, self.unit), NumberType(self.unit))

    def _indicator(self, name: Scalar, node: Node, block: Origin) -> Indicator | None:
        fact = self._number(name, "the score of an indicator is stated by a fact")
        points = self._points(child(node, "points"))
        reverse = text_of(node, "reverse") == "yes"
        unit = words_of(node, "unit")
        if reverse and unit is None:
            message = f"`{name.text}` does not say of what less scores more"
            mend = "add `unit-en:` and `unit-zh:` with what is measured"
            self.check.say("M143", message, name.span, mend)
        if fact is None:
            return None
        self._range(name, fact, points)
        stands = basis_of(node) is not None or text_of(node, "provision") is not None
        origin = self.check.origin(self.entry, node) if stands else block
        return Indicator(
            fact=name.text,
            number=text_of(node, "number"),
            title=words_of(node, "title") or Words(name.text, name.text),
            points=points,
            reverse=reverse,
            unit=unit,
            method=words_of(node, "method"),
            note=words_of(node, "note"),
            origin=replace(origin, basis=weakest((origin.basis, block.basis))),
        )

    def _number(self, name: Scalar, wanted: str) -> core.FactRef | None:
        """Resolve a fact that is a number in the unit of the system."""
        fact = self.check.names.fact(name.text, name.span)
        if fact is None:
            return None
        asked = NumberType(self.unit)
        if not isinstance(fact.datatype, NumberType):
            message = (
                f"`{name.text}` is {name_of(fact.datatype)}, and {name_of(asked)} is asked"
            )
            self.check.say("T101", message, name.span, wanted)
            return None
        if not same_unit(fact.datatype, asked):
            message = (
                f"`{name.text}` is {name_of(fact.datatype)}, and {name_of(asked)} is asked"
            )
            self.check.say("T102", message, name.span, "give all of a system in one unit")
            return None
        return fact

    def _range(self, name: Scalar, fact: core.FactRef, points: Decimal | None) -> None:
        """Report a score that cannot be stated as all that it may be."""
        declared = fact.datatype
        assert isinstance(declared, NumberType)  # INVARIANT: it was asked for
        short = points is not None and declared.high is not None and declared.high < points
        if declared.low == 0 and not short:
            return
        most = "" if points is None else f" and up to {self._said(points)}"
        message = f"`{name.text}` cannot be stated from 0{most}"
        mend = f"write `range: at least 0` where `{name.text}` is declared"
        self.check.say("M142", message, name.span, mend)

    def _points(self, node: Node | None) -> Decimal | None:
        found = _amount(self.check, node)
        if found is None or node is None:
            return None
        if found.unit != self.unit:
            message = f"`{node.span.text}` is not in the unit of the whole"
            mend = f"write `{self._said(found.low)}`" if found.low is not None else ""
            self.check.say("T102", message, node.span, mend)
        return found.low

    def _said(self, points: Decimal | None) -> str:
        return f"{number_text(points or Decimal(0))} {self.unit}".strip()

    def _score(self, row: Indicator) -> core.Expression:
        """Return the score of an indicator: no more than its points."""
        declared = self.check.names.scope.facts[row.fact]
        fact = core.FactRef(row.fact, declared)
        if row.points is None:
            return fact
        return core.Reckon("lesser", (fact, self._fixed(row.points)), NumberType(self.unit))

    def _fixed(self, points: Decimal) -> core.Amount:
        return core.Amount(Numbers(points, points, self.unit), NumberType(self.unit))

    def _add_up(
        self, at: Span, name: str, what: str, points: Decimal, left: Decimal, *, open_: bool
    ) -> None:
        """Report parts that hold other points than the whole."""
        if (left > 0) if open_ else (left == 0):
            return
        message = f"nothing is left for what is not known of `{name}`"
        mend = "see which of its points were miswritten, or delete `further:`"
        if left != 0:
            held = self._said(exact.minus(points, left))
            message = f"the {what} of `{name}` hold {held}, and it has {self._said(points)}"
            mend = "see which of the points were miswritten"
            mend += ", or write `further: yes` where some are not known" if left > 0 else ""
        self.check.say("M140", message, at, mend)

    def _alone(self, blocks: Iterable[Node]) -> None:
        """Report an indicator that stands twice, and a number that two have."""
        facts: dict[str, Scalar] = {}
        numbers: dict[str, Scalar] = {}
        for block in blocks:
            for name, row in entries_of(block, "rows"):
                number = child(row, "number")
                pairs = [(facts, name, "N102", "is declared twice")]
                if isinstance(number, Scalar):
                    pairs.append((numbers, number, "M141", "is the number of two indicators"))
                for taken, one, code, wrong in pairs:
                    first = taken.setdefault(one.text.strip(), one)
                    if first is not one:
                        related = Related(first.span, "it stands here first")
                        self.check.diagnostics.append(
                            diagnose(
                                code,
                                f"`{one.text.strip()}` {wrong}",
                                one.span,
                                help="see which of them was miswritten",
                                related=(related,),
                            )
                        )

    def _given(self, node: Node | None) -> core.FactRef | None:
        if not isinstance(node, Scalar):
            return None
        return self._number(node, "a total is stated by a fact")

    def _weight(self, name: Scalar, node: Node) -> Decimal | None:
        """Read the weight of a part; None where it is not known."""
        system = self.check.systems.get(name.text)
        if system is None:
            others = [one for one in self.check.systems if one != self.entry.id]
            near, fix = nearest(name.text, others, name.span)
            mend = near or "name one that stands under `indicators:`"
            message = f"`{name.text}` is no indicator system"
            self.check.say("N101", message, name.span, mend, fix)
        elif (system.points, system.unit) != (self.points, self.unit):
            other = f"{number_text(system.points)} {system.unit}".strip()
            message = f"`{name.text}` has {other}, and the whole has {self._said(self.points)}"
            mend = "how one is converted to the other is not known: leave its weight `unknown`"
            if text_of(node, "weight") != "unknown":
                self.check.say("M140", message, name.span, mend)
        weight = _amount(self.check, child(node, "weight"))
        if weight is not None and weight.unit != PERCENT:
            place = child(node, "weight") or node
            self.check.say("T102", "a weight is a share in percent", place.span)
        return None if weight is None else weight.low

    def _weighted(
        self, weights: dict[str, Decimal | None], *, further: bool
    ) -> core.Expression:
        """Return the weighted total, wholly open where a weight is not known."""
        whole = NumberType(self.unit)
        known = {name: one for name, one in weights.items() if one is not None}
        if further or len(known) < len(weights):
            return self._between(self.points)
        if sum(known.values()) != 100:
            message = f"the weights of `{self.entry.id}` do not make 100 percent"
            mend = "see which of them was miswritten"
            self.check.say("M140", message, self.entry.span, mend)
        share = NumberType(PERCENT)
        return core.Reckon(
            "plus",
            tuple(
                core.Reckon(
                    "times",
                    (
                        core.QuantityRef(name, whole),
                        core.Amount(Numbers(weight, weight, PERCENT), share),
                    ),
                    whole,
                )
                for name, weight in known.items()
                if name in self.check.systems
            )
            or (self._between(self.points),),
            whole,
        )
