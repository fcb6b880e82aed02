"""Movements in words: how many answers move, and in which way, as a reader may quote it."""

from collections.abc import Sequence
from typing import assert_never

from ipcity_policy.studies.comparison.comparison import Comparison, Pair
from ipcity_policy.studies.comparison.movement import Movement
from ipcity_policy.text.message import Message, say, say_of, tell


def counts_text(comparison: Comparison, decision: str, language: str) -> str:
    """Say how many answers to a decision move in each way that any of them does."""
    pairs = [p for row in comparison.rows for p in row.pairs if p.decision == decision]
    by_movement = {one: [p for p in pairs if p.movement is one] for one in Movement}
    said = (movement_text(some, language) for some in by_movement.values() if some)
    return tell(language, "; ").join(said)


def movement_text(pairs: Sequence[Pair], language: str) -> str:
    """Say how many answers move in the one way in which all of these do."""
    n, movement = len(pairs), pairs[0].movement
    match movement:
        case Movement.CHANGED:
            said = say_of(n, "{n} answer changes", "{n} answers change")
        case Movement.DECIDED:
            said = say_of(
                n, "{n} open answer is decided now", "{n} open answers are decided now"
            )
        case Movement.OPENED:
            said = say_of(
                n, "{n} decided answer is open now", "{n} decided answers are open now"
            )
        case Movement.EFFECTS:
            said = say_of(
                n,
                "{n} stays the same, with other effects",
                "{n} stay the same, with other effects",
            )
        case Movement.MORE | Movement.FEWER:
            by = _by(movement, pairs)
            said = say_of(n, "{n} stays open, with {by}", "{n} stay open, with {by}", by=by)
        case Movement.OTHERS:
            said = say_of(
                n,
                "{n} stays open, with other possible outcomes",
                "{n} stay open, with other possible outcomes",
            )
        case Movement.ASSUMED:
            said = say(
                "{n} cannot be compared, because one side is only used in place of a text "
                "that is not available",
                n=n,
            )
        case Movement.SAME:
            said = say_of(n, "{n} stays the same", "{n} stay the same")
        case _:
            assert_never(movement)
    return said.text(language)


def _by(movement: Movement, pairs: Sequence[Pair]) -> Message:
    """Say by how many possible outcomes, where that is the same number everywhere."""
    differences = {abs(len(p.after.possible) - len(p.before.possible)) for p in pairs}
    more = movement is Movement.MORE
    if len(differences) > 1:
        return say("more possible outcomes") if more else say("fewer possible outcomes")
    (by,) = differences
    if by == 1:
        return say("one more possible outcome") if more else say("one possible outcome fewer")
    if more:
        return say("{by} more possible outcomes", by=by)
    return say("{by} possible outcomes fewer", by=by)
