"""*Intertemporal law.* The versions that a history is judged by, and the days of each.

A version governs from the day on which it comes into force until the next one does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from ipcity_policy.engines.lifecycle.position import VersionIndex, ends
from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.law.program import Gap, Program
from ipcity_policy.sheet.sheet import Sheet


@dataclass(frozen=True)
class VersionSpans:
    """Versions, the oldest first; a single one is applied to every day."""

    programs: tuple[Program, ...]

    def each(self) -> Iterator[tuple[VersionIndex, Program]]:
        """Yield the versions, each with its index."""
        for index, program in enumerate(self.programs):
            yield VersionIndex(index), program

    def span(self, version: VersionIndex) -> tuple[date, date]:
        """Return the first and the last day that may fall under a version.

        The first version has what lies before it, and the last what lies after it: there is
        no other. Where it is not known on which day one gave way to the next, the days that
        may fall under both are in the span of both.
        """
        return self._spans[version]

    @cached_property
    def _spans(self) -> tuple[tuple[date, date], ...]:
        return tuple(self._span(version) for version, _ in self.each())

    def _span(self, version: VersionIndex) -> tuple[date, date]:
        first, last = date.min, date.max
        if version > 0:
            first = _since(self.programs[version])
        if version + 1 < len(self.programs):
            following = self.programs[version + 1].in_force
            assert following is not None  # INVARIANT: drafts stand alone
            begins = following.surely_from
            last = begins - timedelta(days=1) if begins is not None else date.max
        return first, last

    def of(self, days: Dates) -> Iterator[tuple[VersionIndex, Dates]]:
        """Yield each version that a span of days falls under, with the part that does."""
        low, high = ends(days)
        for index, (first, last) in enumerate(self._spans):
            if max(low, first) <= min(high, last):
                yield VersionIndex(index), Dates(max(low, first), min(high, last))

    def sole(self, days: Dates) -> tuple[VersionIndex, ...]:
        """Return the version that some days all fall under; none where there are several."""
        found = tuple(version for version, _ in self.of(days))
        return found if len(found) == 1 else ()

    def governs(self, version: VersionIndex, days: Dates) -> Truth:
        """Tell whether all of some days fall under a version, or none; None for a part."""
        found = [other for other, _ in self.of(days)]
        if version not in found:
            return False
        return True if len(found) == 1 else None


def spans_of(programs: Sequence[Program]) -> VersionSpans:
    """Return the versions that have states, in the order of their coming into force.

    A draft stands alone.

    >>> from tests.boxes import law
    >>> versions = spans_of([law("2"), law("1")])  # the second says nothing of states
    >>> [program.id for program in versions.programs]
    ['small/1']
    """
    with_states = [program for program in programs if program.history.states]
    dated = sorted((p for p in with_states if p.in_force is not None), key=_since)
    return VersionSpans(tuple(dated) or tuple(with_states))


def gaps_in(
    versions: VersionSpans, sheet: Sheet, on: date
) -> tuple[tuple[VersionIndex, Gap], ...]:
    """Return what is only assumed of the versions that events up to a day fall under.

    What may have happened before the events of a sheet are known falls under any of the
    earlier ones.

    >>> from tests.boxes import box, law
    >>> gaps_in(spans_of([law()]), box("registered 2010-06-01"), date(2011, 1, 1))
    ((0, Gap(provision='art-2-b', instead=None)),)
    """
    days = [event.on.low or date.min for event in sheet.events]
    days += [date.min] if sheet.known_from is not None else []
    span = Dates(min((*days, on)), on)
    return tuple(
        (version, gap)
        for version, _ in versions.of(span)
        for gap in versions.programs[version].gaps_of_time()
    )


def least_rounds(programs: Sequence[Program]) -> dict[str, int]:
    """Return for each state that can be reached whether a round has surely begun: 0 or 1.

    >>> from tests.boxes import law
    >>> least_rounds([law()])
    {'fresh': 0, 'held': 1, 'over': 1, 'gone': 1}
    """
    found: dict[str, int] = {}
    todo = [
        (state.id, 0)
        for program in programs
        for state in program.history.states.values()
        if state.initial
    ]
    while todo:
        state, least = todo.pop()
        if found.get(state, 2) <= least:
            continue
        found[state] = least
        for history in (program.history for program in programs):
            for move in history.transitions.values():
                if move.leads_from(state):
                    todo.append((move.target, least if move.round == "same" else 1))
            todo += [
                (one.target, least) for one in history.lapses.values() if state in one.sources
            ]
            terms = (term for term in history.terms.values() if term.state == state)
            todo += [(term.then, least) for term in terms if term.then is not None]
    return found


def _since(program: Program) -> date:
    assert program.in_force is not None  # INVARIANT: drafts stand alone
    return program.in_force.since
