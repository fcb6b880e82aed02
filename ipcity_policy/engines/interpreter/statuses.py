"""How the statuses of several conditions are joined, while some are not known.

A condition may turn out to be met, not met, or not asked at all. What it may still turn out
to be is a set of these, and a combination may be whatever its parts may come to together, as
if each could fall out for itself. What is not asked counts neither for nor against.
"""

from collections.abc import Iterable
from itertools import product
from typing import TypeAlias

from ipcity_policy.engines.interpreter.explanation import Reason, Status
from ipcity_policy.law.model import Basis, strongest, weakest

#: What something may turn out to be once more is known; never empty.
MayBe: TypeAlias = frozenset[Status]

_NOT_ASKED = frozenset({Status.NOT_APPLICABLE})
_OPPOSITES = {Status.MET: Status.NOT_MET, Status.NOT_MET: Status.MET}


def opposite_of(part: Reason) -> tuple[MayBe, Basis]:
    """Turn a condition round (Kleene's negation); what is not asked stays so.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import grams, law
    >>> low, *_ = answer(law(), {"weight": grams(8)}, "class").reasons
    >>> low.status.value, " or ".join(opposite_of(low)[0])
    ('met', 'not-met')
    """
    return frozenset(_OPPOSITES.get(one, one) for one in part.open), part.basis


def several(parts: tuple[Reason, ...], *, alone: Status) -> tuple[MayBe, Basis]:
    """Join parts of which one alone gives the status `alone`, and all together the opposite.

    What is not met alone gives Kleene's conjunction, what is met alone his disjunction.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import grams, law
    >>> parts = answer(law(), {"weight": grams(8)}, "class").reasons  # one of three is met
    >>> [" or ".join(several(parts, alone=one)[0]) for one in (Status.NOT_MET, Status.MET)]
    ['not-met', 'met']
    """
    asked = [part for part in parts if part.open != _NOT_ASKED]
    if parts and not asked:
        return _NOT_ASKED, weakest(part.basis for part in parts)
    together = _OPPOSITES[alone]
    may_be: MayBe = _NOT_ASKED if parts else frozenset({together})
    for part in asked:
        pairs = product(may_be, part.open)
        may_be = frozenset(alone if alone in pair else _asked(pair) for pair in pairs)
    if may_be == {alone}:
        return may_be, strongest(part.basis for part in asked if part.status is alone)
    if may_be == {together}:
        return may_be, weakest(part.basis for part in asked)
    return may_be, weakest(part.basis for part in asked if part.status is Status.UNKNOWN)


def _asked(pair: tuple[Status, Status]) -> Status:
    """Return the one of two that is asked; the second where neither is."""
    return pair[1] if pair[0] is Status.NOT_APPLICABLE else pair[0]


def at_least(parts: tuple[Reason, ...], count: int) -> tuple[MayBe, Basis]:
    """Join parts of which so many must be met.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import grams, law
    >>> parts = answer(law(), {"weight": grams(8)}, "class").reasons  # one of three is met
    >>> [" or ".join(at_least(parts, count)[0]) for count in (1, 2)]
    ['met', 'not-met']
    """
    asked = [part for part in parts if part.open != _NOT_ASKED]
    if parts and not asked:
        return _NOT_ASKED, weakest(part.basis for part in parts)
    #: How many of them may be met, up to the count, and whether any is asked.
    ways = {(0, not parts)}
    for part in asked:
        ways = {
            (
                min(met + (one is Status.MET), count),
                some or one is not Status.NOT_APPLICABLE,
            )
            for (met, some), one in product(ways, part.open)
        }
    may_be = frozenset(
        Status.NOT_APPLICABLE if not some else Status.MET if met >= count else Status.NOT_MET
        for met, some in ways
    )
    if may_be == {Status.MET}:
        return may_be, _firmest((p.basis for p in asked if p.status is Status.MET), count)
    if may_be == {Status.NOT_MET}:
        failing = (part.basis for part in asked if Status.MET not in part.open)
        return may_be, _firmest(failing, len(asked) - count + 1)
    return may_be, weakest(part.basis for part in asked if part.status is Status.UNKNOWN)


def _firmest(bases: Iterable[Basis], enough: int) -> Basis:
    """Return what so many rest on: so many of the firmest suffice, with the weakest of them."""
    rest, best = list(bases), list[Basis]()
    while rest and len(best) < enough:
        best.append(strongest(rest))
        rest.remove(best[-1])
    return weakest(best)


def unless(part: Reason, exception: Reason) -> tuple[MayBe, Basis]:
    """Join a condition and its exception, which holds it back where it is met.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import grams, law
    >>> low, middle, _ = answer(law(), {"weight": grams(8)}, "class").reasons  # low is met
    >>> [" or ".join(unless(low, exception)[0]) for exception in (middle, low)]
    ['met', 'not-met']
    """
    may_be = frozenset(
        Status.NOT_MET if held is Status.MET and one is not Status.NOT_APPLICABLE else one
        for one, held in product(part.open, exception.open)
    )
    if _NOT_ASKED in (part.open, exception.open):
        return may_be, part.basis
    if may_be == {Status.MET}:
        return may_be, weakest((part.basis, exception.basis))
    if may_be == {Status.NOT_MET}:
        giving = ((part, Status.NOT_MET), (exception, Status.MET))
        return may_be, strongest(one.basis for one, status in giving if one.status is status)
    unknown = (one for one in (part, exception) if one.status is Status.UNKNOWN)
    return may_be, weakest(one.basis for one in unknown)


def where(applies: Reason, part: Reason) -> tuple[MayBe, Basis]:
    """Join a condition and where it is asked; elsewhere it is no requirement.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import grams, law
    >>> low, middle, _ = answer(law(), {"weight": grams(8)}, "class").reasons  # low is met
    >>> [" or ".join(where(applies, low)[0]) for applies in (low, middle)]
    ['met', 'not-applicable']
    """
    asked = part.open if Status.MET in applies.open else frozenset[Status]()
    left_out = _NOT_ASKED if applies.open != {Status.MET} else frozenset[Status]()
    if asked and not left_out:
        return asked, weakest((applies.basis, part.basis))
    return asked | left_out, applies.basis
