"""The versions that a history is judged by, and which of them a day falls under."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ipcity_policy.lang.values import Dates, Truth
from ipcity_policy.law.program import Gap, Program
from ipcity_policy.sheet.sheet import Sheet


@dataclass(frozen=True, slots=True)
class VersionSpans:
    """Versions, the oldest first; a single one is applied to every day."""

    programs: tuple[Program, ...]

    def span(self, text: int) -> tuple[date, date]:
        """Return the first and the last day that may fall under a version.

        What lies before the first version that is known, or after the end of the last,
        falls under that one: no other text is there. Where it is not known on which day one
        gave way to the next, the days that may fall under both are in the span of both.
        """
        first, last = date.min, date.max
        if text > 0:
            first = _since(self.programs[text])
        if text + 1 < len(self.programs):
            following = self.programs[text + 1].in_force
            assert following is not None
            begins = following.surely_from
            last = begins - timedelta(days=1) if begins is not None else date.max
        return first, last

    def of(self, days: Dates) -> Iterator[tuple[int, Dates]]:
        """Yield each version that a span of days falls under, with the part that does."""
        for text in range(len(self.programs)):
            first, last = self.span(text)
            low, high = max(days.low or date.min, first), min(days.high or date.max, last)
            if low <= high:
                yield text, Dates(low, high)

    def sole(self, days: Dates) -> tuple[int, ...]:
        """Return the version that some days all fall under; none where there are several."""
        found = tuple(text for text, _ in self.of(days))
        return found if len(found) == 1 else ()

    def governs(self, text: int, days: Dates) -> Truth:
        """Tell whether all of some days fall under a version, or none."""
        mine = [other for other, _ in self.of(days)]
        if text not in mine:
            return False
        return True if len(mine) == 1 else None


def texts_of(programs: Sequence[Program]) -> VersionSpans:
    """Return the versions that say something of time, in the order of their coming into force.

    A draft stands alone.
    """
    telling = [program for program in programs if program.history.states]
    dated = sorted((p for p in telling if p.in_force is not None), key=_since)
    return VersionSpans(tuple(dated) or tuple(telling))


def gaps_in(texts: VersionSpans, sheet: Sheet, on: date) -> tuple[tuple[int, Gap], ...]:
    """Return what is only assumed of the versions that events up to a day fall under.

    Each with its version, by its place. What may have happened before the events of a sheet
    are known falls under any of the earlier ones.
    """
    days = [event.on.low or date.min for event in sheet.events]
    days += [date.min] if sheet.known_from is not None else []
    span = Dates(min((*days, on)), on)
    return tuple(
        (text, gap) for text, _ in texts.of(span) for gap in texts.programs[text].gaps_of_time()
    )


def least_rounds(programs: Sequence[Program]) -> dict[str, int]:
    """Return for each state that can be reached whether a round has surely begun: 0 or 1."""
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
