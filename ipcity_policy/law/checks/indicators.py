"""Check indicator systems: their points, their numbers, and the facts that state scores."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.compatibility import same_unit
from ipcity_policy.lang.datatypes import PERCENT, NumberType, name_of
from ipcity_policy.lang.literals import number_text, read_amount
from ipcity_policy.lang.values import Numbers
from ipcity_policy.law.checks.checking import Checking
from ipcity_policy.law.checks.totals import write_out
from ipcity_policy.law.indicators import Indicator, IndicatorBlock, System, left_of
from ipcity_policy.law.model import Localized, Origin, weakest
from ipcity_policy.law.reader import (
    Entry,
    basis_of,
    child,
    entries_of,
    items_of,
    text_of,
    words_of,
)
from ipcity_policy.text.diagnostic import Related, diagnose
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryKind
from ipcity_policy.yaml.document import Node, Scalar

#: What a total that is given is stated by.
_STATED = say("a total is stated by a fact")
_SCORED = say("what was scored is stated by a fact")


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
        help = near or say("declare it under `{block}:`", block="units")
        message = say("the unit `{unit}` is not declared", unit=unit)
        missing = (EntryKey(EntryKind.UNIT, unit),)
        check.say("N101", message, node.span, help, fix, missing=missing)
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
        given = child(node, "given")
        fact = self._number(given, _STATED) if isinstance(given, Scalar) else None
        system = System(
            id=entry.id,
            title=words_of(node, "title") or Localized(entry.id, entry.id),
            points=self.points,
            unit=self.unit,
            given=None if fact is None else fact.name,
            bounds=tuple(
                name.text
                for name in items_of(node, "bounds")
                if isinstance(name, Scalar) and self._number(name, _SCORED) is not None
            ),
            blocks=blocks,
            parts=weights,
            further=further,
            note=words_of(node, "note"),
            totals=(),
            origin=entry.origin,
        )
        if weights:
            self._weights(system)
        else:
            open_ = further or any(block.points is None for block in blocks)
            at = entry.span
            self._add_up(at, entry.id, say("blocks"), self.points, system.left, open_=open_)
        return replace(system, totals=write_out(system, self.check.names.scope.facts))

    def _block(self, name: Scalar, node: Node) -> IndicatorBlock:
        origin = self.check.origin(self.entry, node)
        rows = tuple(
            row
            for fact, one in entries_of(node, "rows")
            if (row := self._indicator(fact, one, origin)) is not None
        )
        whole = len(rows) == len(entries_of(node, "rows"))  # else more is wrong than a sum
        block = IndicatorBlock(
            id=name.text,
            title=words_of(node, "title") or Localized(name.text, name.text),
            points=self._points(child(node, "points")),
            indicators=rows,
            further=text_of(node, "further") == "yes",
            note=words_of(node, "note"),
            origin=origin,
        )
        open_ = block.further or bool(block.open)
        if block.points is None and rows and whole and not open_:
            held = decimals.minus(Decimal(0), left_of(Decimal(0), rows))
            return replace(block, points=held)
        if block.points is not None and block.left is not None and whole:
            at, left = name.span, block.left
            self._add_up(at, block.id, say("indicators"), block.points, left, open_=open_)
        return block

    def _indicator(self, name: Scalar, node: Node, block: Origin) -> Indicator | None:
        fact = self._number(name, say("the score of an indicator is stated by a fact"))
        points = self._points(child(node, "points"))
        reverse = text_of(node, "reverse") == "yes"
        unit = words_of(node, "unit")
        if reverse and unit is None:
            message = say(
                "`{name}` does not say what is measured, of which less scores more",
                name=name.text,
            )
            help = say("add `unit-en:` and `unit-zh:` with what is measured")
            self.check.say("M143", message, name.span, help)
        if fact is None:
            return None
        self._range(name, fact, points)
        stands = basis_of(node) is not None or text_of(node, "provision") is not None
        origin = self.check.origin(self.entry, node) if stands else block
        return Indicator(
            fact=name.text,
            number=text_of(node, "number"),
            title=words_of(node, "title") or Localized(name.text, name.text),
            points=points,
            reverse=reverse,
            unit=unit,
            method=words_of(node, "method"),
            note=words_of(node, "note"),
            origin=replace(origin, basis=weakest((origin.basis, block.basis))),
        )

    def _number(self, name: Scalar, wanted: Message) -> core.FactRef | None:
        """Resolve a fact that is a number in the unit of the system."""
        fact = self.check.names.fact(name.text, name.span)
        if fact is None:
            return None
        asked = NumberType(self.unit)
        message = say(
            "`{text}` is {type}, but {words} is expected here",
            text=name.text,
            type=name_of(fact.datatype),
            words=name_of(asked),
        )
        if not isinstance(fact.datatype, NumberType):
            self.check.say("T101", message, name.span, wanted)
            return None
        if not same_unit(fact.datatype, asked):
            help = say("give all parts of a system in one unit")
            self.check.say("T102", message, name.span, help)
            return None
        return fact

    def _range(self, name: Scalar, fact: core.FactRef, points: Decimal | None) -> None:
        """Report a score that cannot be stated as all that it may be."""
        declared = fact.datatype
        assert isinstance(declared, NumberType)  # INVARIANT: it was asked for
        short = points is not None and declared.high is not None and declared.high < points
        if declared.low == 0 and not short:
            return
        message = say("`{name}` does not allow the value 0", name=name.text)
        if points is not None:
            message = say(
                "`{name}` does not allow all values from 0 to `{points}`",
                name=name.text,
                points=self._said(points),
            )
        help = say("write `range: at least 0` where `{name}` is declared", name=name.text)
        self.check.say("M142", message, name.span, help)

    def _points(self, node: Node | None) -> Decimal | None:
        found = _amount(self.check, node)
        if found is None or node is None:
            return None
        if found.unit != self.unit:
            message = say("`{text}` is not in the unit of the whole", text=node.span.text)
            help = say("write `{text}`", text=self._said(found.low))
            self.check.say("T102", message, node.span, help)
        return found.low

    def _said(self, points: Decimal | None) -> str:
        return f"{number_text(points or Decimal(0))} {self.unit}".strip()

    def _add_up(
        self, at: Span, name: str, what: Message, points: Decimal, left: Decimal, *, open_: bool
    ) -> None:
        """Report parts that hold other points than the whole."""
        if (left > 0) if open_ else (left == 0):
            return
        message = say("no points are left for what is not known of `{name}`", name=name)
        help = say("check which of its points are wrong, or delete `further:`")
        if left != 0:
            message = say(
                "the {what} of `{name}` add up to `{held}`, but it has `{points}`",
                what=what,
                name=name,
                held=self._said(decimals.minus(points, left)),
                points=self._said(points),
            )
            help = say("check which of the points are wrong")
            if left > 0:
                help = say(
                    "check which of the points are wrong, or write `further: yes` where "
                    "some are not known"
                )
        self.check.say("M140", message, at, help)

    def _alone(self, blocks: Iterable[Node]) -> None:
        """Report an indicator that stands twice, and a number that two have."""
        facts: dict[str, Scalar] = {}
        numbers: dict[str, Scalar] = {}
        for block in blocks:
            for name, row in entries_of(block, "rows"):
                number = child(row, "number")
                twice = say("`{text}` is declared twice", text=name.text)
                self._once(facts, name, "N102", twice)
                if isinstance(number, Scalar):
                    text = number.text.strip()
                    twice = say("`{text}` is the number of two indicators", text=text)
                    self._once(numbers, number, "M141", twice)

    def _once(self, taken: dict[str, Scalar], one: Scalar, code: str, twice: Message) -> None:
        """Report a word that stands at another place already."""
        first = taken.setdefault(one.text.strip(), one)
        if first is not one:
            related = Related(first.span, say("it is here first"))
            help = say("check which of them is wrong")
            wrong = diagnose(code, twice, one.span, help=help, related=(related,))
            self.check.diagnostics.append(wrong)

    def _weight(self, name: Scalar, node: Node) -> Decimal | None:
        """Read the weight of a part; None where it is not known, or something is wrong."""
        check = self.check
        system = check.systems.get(name.text)
        written = child(node, "weight")
        weight = _amount(check, written)
        if system is None:
            if EntryKey(EntryKind.SYSTEM, name.text) not in check.version.entries:
                others = [one for one in check.systems if one != self.entry.id]
                near, fix = nearest(name.text, others, name.span)
                message = say("`{name}` is not an indicator system", name=name.text)
                help = near or say("name one that is under `indicators:`")
                missing = (EntryKey(EntryKind.SYSTEM, name.text),)
                check.say("N101", message, name.span, help, fix, missing=missing)
            return None
        if weight is None or written is None:
            return None
        if weight.unit != PERCENT:
            check.say("T102", say("a weight is a share in percent"), written.span)
            return None
        if (system.points, system.unit) != (self.points, self.unit):
            message = say(
                "`{name}` has `{points}`, but the whole has `{whole}`",
                name=name.text,
                points=f"{number_text(system.points)} {system.unit}",
                whole=self._said(self.points),
            )
            help = say(
                "the conversion from one to the other is not known: leave its weight `unknown`"
            )
            check.say("M140", message, name.span, help, names=(system.key,))
        return weight.low

    def _weights(self, system: System) -> None:
        """Report blocks beside parts, and weights that do not make a whole."""
        at = self.entry.span
        if system.blocks:
            message = say(
                "`{name}` has blocks of its own, but also weights other systems", name=system.id
            )
            self.check.say("S202", message, at, say("make a separate system of its blocks"))
        known = [weight for weight in system.parts.values() if weight is not None]
        whole = len(known) == len(system.parts) and not system.further
        if (sum(known) != 100) if whole else (sum(known) > 100):
            message = say(
                "the weights of `{name}` do not add up to 100 percent", name=system.id
            )
            self.check.say("M140", message, at, say("check which of them is wrong"))
