"""The shipped text of 2016 as the daily reckoning takes a law, as far as it knows what it says.

What it does not know is left out on both sides: duties of each year, options, bars, and facts
that follow. What moves a city, how its terms run, and which duties come once, it knows.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ipcity_policy.lang.values import Periods
from ipcity_policy.law.program import Program
from tests.properties.courses import Duty, Lapse, Law, Move, Period, Term, Version
from tests.properties.daily import Daily, Truth
from tests.properties.shipped import SCORE
from tests.properties.views import View


def law_of(program: Program) -> Law:
    """Return one version as a law that holds on every day."""
    history = program.history
    moves = tuple(
        Move(
            m.id,
            m.event,
            m.sources,
            m.target,
            m.round,
            gives=m.guard.outcome if m.guard else "",
        )
        for m in history.transitions.values()
    )
    terms = tuple(
        Term(t.id, t.state, t.lasts, t.then, t.through) for t in history.terms.values()
    )
    duties = tuple(
        Duty(
            d.id,
            d.met_by,
            d.during,
            d.within,
            tuple((m.of, m.name) for m in d.after),
            None,
            (d.governed_by.of, d.governed_by.name) if d.governed_by else None,
            d.early,
        )
        for d in history.deadlines.values()
        if d.within is not None
    )
    lapses = tuple(
        Lapse(one.id, one.missed, one.sources, one.target, one.unless_missed or "")
        for one in history.lapses.values()
    )
    version = Version(
        date(1990, 1, 1),
        tuple(history.states),
        moves,
        terms,
        duties,
        lapses,
        periods(program, [*(t.lasts for t in terms), *(d.within for d in duties)]),
        {},
        {},
        opening_day=history.counting.of("terms").opening_day,
    )
    return Law(tuple(program.vocabulary.events), (version,))


def periods(program: Program, names: Sequence[str]) -> dict[str, Period]:
    """Return the lengths that the law sets."""
    found: dict[str, Period] = {}
    for name in names:
        value = program.parameters[name].value
        assert isinstance(value, Periods)
        assert value.low is not None
        found[name] = value.low, value.unit
    return found


class CityDaily(Daily):
    """Follows a city, whose acceptance leads where Article 14 says by its score."""

    def _holds(self, move: Move, n: int) -> Truth:
        if not move.gives:
            return True
        stated = {**self.history.facts, **self.history.events[n].facts}.get(SCORE)
        if stated is None:
            return None
        score = Decimal(stated.split()[0])
        band = "title-withdrawn" if score < 60 else "next-pilot-round"
        return move.gives == ("fostering-stage" if score >= 70 else band)


def comparable(view: View, program: Program) -> View:
    """Return a view without what the daily reckoning does not know of a city."""
    deadlines = program.history.deadlines
    once = {one.id for one in deadlines.values() if one.within is not None and not one.option}
    kept = (c for c in view.claims if c.key[0] != "duty" or (c.key[1] in once and not c.key[3]))
    return replace(view, claims=frozenset(kept)).without("bar", "fact")
