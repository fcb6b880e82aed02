"""Indicator systems: tables of indicators whose scores add up to a total."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ipcity_policy.lang import decimals
from ipcity_policy.lang.values import Numbers
from ipcity_policy.law.model import Localized, Origin, Quantity
from ipcity_policy.text.subject import EntryKey, EntryKind


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of a table: what is measured, and the most that it can score."""

    #: The fact that states its score.
    fact: str
    #: Its number in the table; None where it has none, or none is known.
    number: str | None
    title: Localized
    #: The most that it can score; None where that is not known.
    points: Decimal | None
    #: Whether less of what is measured scores more.
    reverse: bool
    #: What it is counted in, and how a score is found from it; None where that is not known.
    unit: Localized | None
    method: Localized | None
    note: Localized | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """Some indicators that belong together."""

    id: str
    title: Localized
    points: Decimal | None
    indicators: tuple[Indicator, ...]
    #: Whether it has indicators of which nothing is known.
    further: bool
    note: Localized | None
    origin: Origin

    @property
    def left(self) -> Decimal | None:
        """The points that no indicator is known to hold; None where that is not known."""
        return None if self.points is None else left_of(self.points, self.indicators)

    @property
    def open(self) -> tuple[Indicator, ...]:
        """The indicators of which the points are not known."""
        return tuple(one for one in self.indicators if one.points is None)


@dataclass(frozen=True, slots=True)
class System:
    """An indicator system: its blocks, or other systems that it weighs, and their total."""

    id: str
    title: Localized
    points: Decimal
    unit: str
    #: The fact by which an office states the total; None where none does.
    given: str | None
    #: The facts that state what was scored by it, none of them more than its points.
    bounds: tuple[str, ...]
    blocks: tuple[IndicatorBlock, ...]
    #: The weight of each system that it is made of; None where that is not known.
    parts: Mapping[str, Decimal | None]
    #: Whether it has blocks or parts of which nothing is known.
    further: bool
    note: Localized | None
    #: What it is written out as: the total of each block, and its own as the last.
    totals: tuple[Quantity, ...]
    origin: Origin

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.SYSTEM, self.id)

    @property
    def left(self) -> Decimal:
        """The points that no block, nor an indicator of one, is known to hold."""
        return left_of(self.points, held_by(self.blocks))

    def indicators(self) -> Iterator[Indicator]:
        """Yield every indicator."""
        for block in self.blocks:
            yield from block.indicators

    @property
    def whole(self) -> Numbers:
        """Its points."""
        return self.amount(self.points)

    def amount(self, points: Decimal) -> Numbers:
        """Return so many of its points."""
        return Numbers(points, points, self.unit)


def held_by(blocks: Iterable[IndicatorBlock]) -> Iterator[IndicatorBlock | Indicator]:
    """Yield what holds points: of a block whose points are not known, its indicators."""
    for block in blocks:
        yield from (block,) if block.points is not None else block.indicators


def left_of(whole: Decimal, parts: Iterable[IndicatorBlock | Indicator]) -> Decimal:
    """Return what the parts of which the points are known leave of a whole."""
    for part in parts:
        if part.points is not None:
            whole = decimals.minus(whole, part.points)
    return whole
