"""The movement of an answer: what a change of the law does to it. Decided here, once.

An answer is decided where it has an outcome, or where the law has none or several for facts
that are all known; else it is open, and some outcomes are possible.
"""

from enum import StrEnum

from ipcity_policy.engines.interpreter.explanation import Answer
from ipcity_policy.law.model import Basis


class Movement(StrEnum):
    """What a change of the law does to one answer; told in this order."""

    #: It was decided, and is decided in another way.
    CHANGED = "changed"
    #: It was open, and is decided.
    DECIDED = "decided"
    #: It was decided, and is open.
    OPENED = "opened"
    #: It is the same, and causes something else: another application, or a bar of other days.
    EFFECTS = "effects"
    #: It stays open, with more possible outcomes.
    MORE = "more-possible"
    #: It stays open, with fewer.
    FEWER = "fewer-possible"
    #: It stays open; some outcomes are no longer possible, and others are now.
    OTHERS = "others-possible"
    #: One side depends on a text that only substitutes for another, so nothing is known.
    ASSUMED = "cannot-be-compared"
    SAME = "same"

    @property
    def moves(self) -> bool:
        """Whether something moves that is known to."""
        return self not in (Movement.ASSUMED, Movement.SAME)


def movement_of(before: Answer, after: Answer, *, same_effects: bool) -> Movement:
    """Class two answers to one question; their effects are compared by who knows the law."""
    if _depends_on_assumed(before) or _depends_on_assumed(after):
        return Movement.ASSUMED
    old, new = frozenset(before.possible), frozenset(after.possible)
    match (_decided(before), _decided(after)):
        case (False, True):
            return Movement.DECIDED
        case (True, False):
            return Movement.OPENED
        case (True, True):
            if (before.fault, old) != (after.fault, new):
                return Movement.CHANGED
            return Movement.SAME if same_effects else Movement.EFFECTS
    if old == new:
        return Movement.SAME
    return Movement.MORE if old < new else Movement.FEWER if new < old else Movement.OTHERS


def _depends_on_assumed(answer: Answer) -> bool:
    """Tell whether an answer is known only if a text says what another one says."""
    return answer.basis in (Basis.ASSUMED, Basis.UNAVAILABLE)


def _decided(answer: Answer) -> bool:
    return answer.outcome is not None or answer.fault is not None
