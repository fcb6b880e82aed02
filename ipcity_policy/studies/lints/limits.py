"""Limits that decide already, whatever a sheet states, and limits that are hardly meant."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from ipcity_policy.engines.interpreter.conditions import Evaluation
from ipcity_policy.engines.interpreter.operators import truth_of
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import PERCENT, RankType, SeriesType, unknown
from ipcity_policy.lang.interval import Interval
from ipcity_policy.lang.literals import number_text
from ipcity_policy.lang.values import Numbers, Series, Value, of_type
from ipcity_policy.law.indicators import System
from ipcity_policy.law.reader import child
from ipcity_policy.sheet.statements import is_usual
from ipcity_policy.studies.lints.wordings import Worded
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message, all_of, say
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey

#: What is compared with limits.
_Asked: TypeAlias = core.FactRef | core.QuantityRef


def lint_limits(wording: Worded) -> Iterator[Diagnostic]:
    """Report comparisons that leave nothing to ask, and limits that are likely a slip."""
    looked = _Look(wording)
    for key, condition in wording.conditions:
        for leaf in core.leaves(condition):
            alone = _alone(leaf)
            if alone is not None and not alone.row.of_sheet:
                yield from (one.found_in(key) for one in looked.at(alone))


def _alone(leaf: core.Apply | core.InYears | core.Met) -> core.Apply | None:
    """Return the comparison that a leaf makes; of years, the one that it makes of each."""
    if isinstance(leaf, core.InYears):
        assert isinstance(leaf.series.datatype, SeriesType)  # INVARIANT: the checker saw to it
        each = core.FactRef(leaf.series.name, leaf.series.datatype.each)
        return core.Apply(leaf.operator, (each, *leaf.right), leaf.span)
    return leaf if isinstance(leaf, core.Apply) else None


class _Look:
    """Comparisons, seen without any sheet."""

    def __init__(self, wording: Worded) -> None:
        self.version, program = wording.version, wording.program
        self.facts = program.vocabulary.facts
        #: The points that tables have for facts.
        self.points = dict(p for one in program.systems.values() for p in _scored(one))
        narrowed = {
            name: _narrowed(
                of_type(unknown(self.facts[name].datatype), Numbers), Interval(None, points)
            )
            for name, points in self.points.items()
        }
        self.run = Evaluation(program, narrowed, strict=False, supposed={})
        for quantity in program.quantities.values():
            self.run.calculate(quantity)

    def at(self, leaf: core.Apply) -> Iterator[Diagnostic]:
        """Report what a comparison comes to without a sheet, or a limit that is a slip."""
        sides = [side for side in leaf.operands if not isinstance(side, core.OptionRef)]
        asked = [side for side in sides if not isinstance(side, core.ParameterRef)]
        limits = [side for side in sides if isinstance(side, core.ParameterRef)]
        if len({*asked}) < len(asked):
            message = say("this compares something with itself")
            help = say("name what is meant there")
            yield diagnose("L110", message, leaf.span, help=help, names=core.names(leaf))
        elif limits and len(asked) == 1 and len(leaf.operands) == len(limits) + 1:
            one = asked[0]
            if isinstance(one, (core.FactRef, core.QuantityRef)):
                decided = self._decided(leaf, one, limits)
                if decided is not None:
                    help = say("check which of the two is wrong")
                    yield diagnose(
                        "L110", decided, leaf.span, help=help, names=core.names(leaf)
                    )
                else:
                    yield from self._slips(one, limits)

    def _decided(
        self, leaf: core.Apply, one: _Asked, limits: Sequence[core.ParameterRef]
    ) -> Message | None:
        """Say what a comparison comes to whatever a sheet states; None where that is open."""
        sides = (self._possible(s) if s is one else self.run.value(s) for s in leaf.operands)
        truth = truth_of(leaf, tuple(sides))
        if truth is None:
            return None
        names = all_of(limit.name for limit in limits)
        why = say("{limits} and the range of `{id}` decide it", limits=names, id=one.name)
        if isinstance(one.datatype, RankType):
            why = say("no place lies in the top {limits}", limits=names)
            if truth is (leaf.row.upward > 0):
                why = say("every place lies in the top {limits}", limits=names)
        elif one.name in self.points:
            why = say("{limits} and the points of `{id}` decide it", limits=names, id=one.name)
        if truth:
            return say("this always holds: {why}", why=why)
        return say("this never holds: {why}", why=why)

    def _possible(self, one: _Asked) -> Value:
        """Return what is possible of a fact or quantity by its type and by tables."""
        wide = unknown(one.datatype)
        if not isinstance(wide, Numbers):
            return wide
        found = self.run.value(one)
        if isinstance(one, core.FactRef) and isinstance(found, Series):
            return wide
        return _narrowed(wide, of_type(found, Numbers).interval)

    def _slips(self, one: _Asked, limits: Sequence[core.ParameterRef]) -> Iterator[Diagnostic]:
        """Report limits that a comparison hardly means."""
        for limit in limits:
            value = self.run.value(limit)
            (key,) = core.named(limit)
            entry = self.version.entries[key]
            at = (child(entry.node, "value") or entry.node).span
            if not isinstance(value, Numbers) or value.low is None:
                continue
            if isinstance(one.datatype, RankType):
                if value.unit == PERCENT and 0 < value.low < 1:
                    yield _below_one(key, value.low, at)
            elif isinstance(one, core.FactRef) and not is_usual(self.facts[one.name], value):
                message = say(
                    "`{name}` is beyond what is usual for `{id}`", name=limit.name, id=one.name
                )
                help = say("check whether it is wrong; if it is right, leave it")
                yield diagnose("L112", message, at, help=help, names=(key,))


def _scored(system: System) -> Iterator[tuple[str, Decimal]]:
    """Yield the facts that a table holds, with the points that there are for each."""
    given = () if system.given is None else (system.given,)
    yield from ((name, system.points) for name in (*system.bounds, *given))
    for row in system.indicators():
        if row.points is not None:
            yield row.fact, row.points


def _narrowed(value: Numbers, to: Interval[Decimal]) -> Numbers:
    """Return what is possible of a number that lies in an interval too."""
    both = value.interval.intersect(to)
    return value if both is None else Numbers(*both.ends, value.unit)


def _below_one(key: EntryKey, share: Decimal, at: Span) -> Diagnostic:
    """Say that a share is likely written as a part of one."""
    message = say("`{name}` is less than one in a hundred", name=key.id)
    help = say(
        "if {share} of the whole is meant, write `{percent} percent`",
        share=number_text(share),
        percent=number_text(share * 100),
    )
    return diagnose("L111", message, at, help=help, names=(key,))
