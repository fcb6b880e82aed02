"""Laws of which one entry is only assumed, and what the law may be instead.

Whoever asks strictly takes what is assumed for a text that is not there. Then all that is
said must hold whatever that text is.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TypeVar

from tests.properties.courses import Duty, Lapse, Law, Maker, Move, Period, Term, Version

Change = Callable[[Version], Version]
T = TypeVar("T")


def assumed_and_otherwise(law: Law, random: Random) -> tuple[Law, Law]:
    """Return a law with one entry marked as assumed, and the law with another text for it."""
    number = random.randrange(len(law.versions))
    name, change = random.choice(_changes(law.versions[number], random))
    version = replace(law.versions[number], assumed=frozenset({name}))
    others = list(law.versions)
    marked = replace(law, versions=(*others[:number], version, *others[number + 1 :]))
    others[number] = change(others[number])
    return marked, replace(law, versions=tuple(others))


def _changes(version: Version, random: Random) -> list[tuple[str, Change]]:
    """Return what may be changed: by name, and how."""
    found: list[tuple[str, Change]] = []
    state = random.choice(version.states)
    missed = {one for lapse in version.lapses for one in (lapse.missed, lapse.unless)}
    missed |= {
        name
        for key, names in version.derived.values()
        if key == "last-day-for"
        for name in names
    }
    for move in version.moves:
        other = replace(move, target=state, round=random.choice(("first", "next", "same")))
        found.append((move.name, _moves(_swapped(version.moves, move, other))))
        if sum(one.event == move.event for one in version.moves) > 1:
            found.append((move.name, _moves(_swapped(version.moves, move))))
    for term in version.terms:
        ends = replace(term, then=random.choice((None, state)))
        found.append((term.name, _terms(_swapped(version.terms, term, ends))))
    for duty in version.duties:
        if duty.name not in missed:
            found.append((duty.name, _duties(_swapped(version.duties, duty))))
        met = replace(duty, met_by=(version.moves[0].event,))
        found.append((duty.name, _duties(_swapped(version.duties, duty, met))))
    for lapse in version.lapses:
        leads = replace(lapse, target=state)
        found.append((lapse.name, _lapses(_swapped(version.lapses, lapse, leads))))
    length = Maker(random).period()
    found += [(name, _lengthened(name, length)) for name in version.periods]
    return found


def _swapped(entries: tuple[T, ...], old: T, *new: T) -> tuple[T, ...]:
    """Return some entries with one of them for another, or without it."""
    place = entries.index(old)
    return (*entries[:place], *new, *entries[place + 1 :])


def _moves(moves: tuple[Move, ...]) -> Change:
    return lambda version: replace(version, moves=moves)


def _terms(terms: tuple[Term, ...]) -> Change:
    return lambda version: replace(version, terms=terms)


def _duties(duties: tuple[Duty, ...]) -> Change:
    return lambda version: replace(version, duties=duties)


def _lapses(lapses: tuple[Lapse, ...]) -> Change:
    return lambda version: replace(version, lapses=lapses)


def _lengthened(name: str, length: Period) -> Change:
    return lambda version: replace(version, periods={**version.periods, name: length})
