"""One answer out of those that several versions give, where any of them may govern."""

from collections.abc import Mapping, Sequence

from ipcity_policy.engines.interpreter.explanation import (
    Answer,
    AssumptionKind,
    Missing,
    MissingKind,
)
from ipcity_policy.lang.values import Value
from ipcity_policy.law.model import Basis, weakest
from ipcity_policy.law.program import Program
from ipcity_policy.questions.applicable_law import covers
from ipcity_policy.questions.sufficiency import settled_together
from ipcity_policy.questions.verdict import DecisionVerdict, SettlingSets, VersionChoice
from ipcity_policy.text.subject import FactPath


def join_answers(
    each: Sequence[DecisionVerdict],
    candidates: Sequence[Program],
    choice: VersionChoice,
    values: Mapping[str, Value],
    *,
    strict: bool,
    settling: bool = True,
) -> tuple[Answer, SettlingSets]:
    """Return the answer of the versions together, and the sets of facts that settle it.

    Without `settling`, what settles it is not looked for.

    `each` is the verdict under each of the `candidates` that treats the decision. They
    decide only where all treat it, cover every day that is possible, and agree.

    >>> from datetime import date
    >>> from ipcity_policy.questions.evaluation import Question, evaluate_sheet
    >>> from tests.boxes import box, law, library
    >>> asked = Question("class", on=date(2025, 1, 1), thorough=False)
    >>> sheets = box(weight="8 grams"), box(weight="60 grams")
    >>> each = [evaluate_sheet(library(), sheet, asked).value[0] for sheet in sheets]
    >>> join_answers(each, [law("1"), law("2")], each[0].choice, {}, strict=False)[0].possible
    ('low', 'high')
    """
    assert choice.day is not None  # INVARIANT: only a span leaves several versions
    whole = len(each) == len(candidates) and covers(candidates, choice.day)
    outcomes = {verdict.outcome for verdict in each}
    outcome = outcomes.pop() if whole and len(outcomes) == 1 else None
    faults = {verdict.answer.fault for verdict in each}
    fault = faults.pop() if whole and len(faults) == 1 else None
    decided = outcome is not None or fault is not None
    effects = {verdict.answer.effects for verdict in each}
    exact = choice.day.interval.known
    date_fact = None if exact else choice.fact  # known to the day, it settles nothing more
    settled: SettlingSets = ()
    if settling and not decided:
        settled = _settled(each, date_fact, values, whole=whole, strict=strict)
    answer = Answer(
        outcome=outcome,
        possible=tuple(dict.fromkeys(o for verdict in each for o in verdict.possible)),
        fault=fault,
        basis=weakest(verdict.basis for verdict in each) if each else Basis.UNAVAILABLE,
        reasons=(),
        missing=() if decided else _missing(each, date_fact, settled),
        effects=effects.pop() if outcome is not None and len(effects) == 1 else (),
    )
    return answer, settled


def _settled(
    each: Sequence[DecisionVerdict],
    date_fact: str | None,
    values: Mapping[str, Value],
    *,
    whole: bool,
    strict: bool,
) -> SettlingSets:
    """Return what settles the question whichever version governs, or once one does."""
    programs = tuple(verdict.program for verdict in each if verdict.program is not None)
    if not programs:
        return ()
    asked = dict.fromkeys(
        one.of
        for verdict in each
        for one in verdict.answer.missing
        if isinstance(one.of, FactPath) and one.of.text != date_fact
    )
    return settled_together(
        programs,
        values,
        each[0].decision,
        tuple(asked),
        date_fact if whole else None,
        strict=strict,
        agree=whole,
        testimonies=tuple(verdict.testimony for verdict in each if verdict.program is not None),
    )


def _doubts(each: Sequence[DecisionVerdict]) -> list[Missing]:
    """Return the times in force that are not known."""
    kinds = (AssumptionKind.START_IN_DOUBT, AssumptionKind.END_IN_DOUBT)
    return [
        Missing(MissingKind.TEXT, one.about, one)
        for verdict in each
        for one in verdict.assumptions
        if one.kind in kinds
    ]


def _missing(
    each: Sequence[DecisionVerdict], date_fact: str | None, settled: SettlingSets
) -> tuple[Missing, ...]:
    """Return what would settle it, or where nothing does all that any version misses."""
    if settled:
        facts = dict.fromkeys(one for some in settled for one in some)
        return tuple(Missing(MissingKind.FACT, one) for one in facts)
    first = _doubts(each)
    if date_fact is not None:
        first = [Missing(MissingKind.FACT, FactPath(date_fact))]
    every = (one for verdict in each for one in verdict.answer.missing)
    return tuple(dict.fromkeys((*first, *every)))
