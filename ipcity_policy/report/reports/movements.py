"""Movements in words: how many answers move, and in which way, as a reader may quote it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ipcity_policy.law.model import Localized
from ipcity_policy.studies.comparison.comparison import Comparison, Pair
from ipcity_policy.studies.comparison.movement import Movement

#: What is said of one answer, and of several.
_SENTENCES: Mapping[Movement, tuple[Localized, Localized]] = MappingProxyType(
    {
        Movement.CHANGED: (
            Localized("{n} answer changes", "{n}个结论改变"),
            Localized("{n} answers change", "{n}个结论改变"),
        ),
        Movement.DECIDED: (
            Localized("{n} is decided that was open", "{n}个由未定变为已定"),
            Localized("{n} are decided that were open", "{n}个由未定变为已定"),
        ),
        Movement.OPENED: (
            Localized("{n} is open that was decided", "{n}个由已定变为未定"),
            Localized("{n} are open that were decided", "{n}个由已定变为未定"),
        ),
        Movement.EFFECTS: (
            Localized("{n} stays, with other effects", "{n}个结论不变而法律效果不同"),
            Localized("{n} stay, with other effects", "{n}个结论不变而法律效果不同"),
        ),
        Movement.MORE: (
            Localized("{n} stays open, with {by}", "{n}个仍未定，{by}"),
            Localized("{n} stay open, with {by}", "{n}个仍未定，{by}"),
        ),
        Movement.FEWER: (
            Localized("{n} stays open, with {by}", "{n}个仍未定，{by}"),
            Localized("{n} stay open, with {by}", "{n}个仍未定，{by}"),
        ),
        Movement.OTHERS: (
            Localized(
                "{n} stays open, with other possible outcomes", "{n}个仍未定，可能的结果不同"
            ),
            Localized(
                "{n} stay open, with other possible outcomes", "{n}个仍未定，可能的结果不同"
            ),
        ),
        Movement.ASSUMED: (
            Localized(
                "{n} cannot be compared, because one side only stands in for a text that is "
                "not available",
                "{n}个因一方条文未能找到、以他文代之而无法比较",
            ),
        )
        * 2,
        Movement.SAME: (
            Localized("{n} stays", "{n}个不变"),
            Localized("{n} stay", "{n}个不变"),
        ),
    }
)
#: By how many possible outcomes: one, some number, not the same number everywhere.
_BY: Mapping[Movement, tuple[Localized, Localized, Localized]] = MappingProxyType(
    {
        Movement.MORE: (
            Localized("one more possible outcome", "可能的结果增加一种"),
            Localized("{by} more possible outcomes", "可能的结果增加{by}种"),
            Localized("more possible outcomes", "可能的结果增加"),
        ),
        Movement.FEWER: (
            Localized("one possible outcome fewer", "可能的结果减少一种"),
            Localized("{by} possible outcomes fewer", "可能的结果减少{by}种"),
            Localized("fewer possible outcomes", "可能的结果减少"),
        ),
    }
)
_JOINED = Localized("; ", "；")


def counts_text(comparison: Comparison, decision: str, language: str) -> str:
    """Say how many answers to a decision move in each way that any of them does."""
    pairs = [p for row in comparison.rows for p in row.pairs if p.decision == decision]
    by_movement = {one: [p for p in pairs if p.movement is one] for one in Movement}
    said = (movement_text(some, language) for some in by_movement.values() if some)
    return _JOINED[language].join(said)


def movement_text(pairs: Sequence[Pair], language: str) -> str:
    """Say how many answers move in the one way in which all of these do."""
    movement = pairs[0].movement
    one, several = _SENTENCES[movement]
    by = _by(movement, pairs, language) if movement in _BY else ""
    return (one if len(pairs) == 1 else several)[language].format(n=len(pairs), by=by)


def _by(movement: Movement, pairs: Sequence[Pair], language: str) -> str:
    one, number, some = _BY[movement]
    differences = {abs(len(p.after.possible) - len(p.before.possible)) for p in pairs}
    if len(differences) > 1:
        return some[language]
    (by,) = differences
    return (one if by == 1 else number)[language].format(by=by)
