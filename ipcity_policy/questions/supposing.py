"""What depends on a text that is only assumed: first whether any is in reach at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ipcity_policy.engines.interpreter.explanation import Answer, AssumptionKind, Reason
from ipcity_policy.engines.lifecycle.version_spans import gaps_in, spans_of
from ipcity_policy.law.model import Basis
from ipcity_policy.law.program import Program
from ipcity_policy.questions.verdict import DecisionVerdict, Lack, Supposed

#: What is assumed of the time in which a version is in force.
_DOUBTS = (AssumptionKind.START_IN_DOUBT, AssumptionKind.END_IN_DOUBT, AssumptionKind.WITHIN)


def lacks_of(verdict: DecisionVerdict, programs: Sequence[Program]) -> tuple[Lack, ...]:
    """Return what a verdict may depend on that is only assumed: texts, or a time in force.

    `programs` are the versions that its history is judged by; none where the sheet tells
    of no events.

    >>> from ipcity_policy.engines.interpreter.explanation import Assumption
    >>> from ipcity_policy.questions.evaluation import Question, evaluate_sheet
    >>> from tests.boxes import box, library
    >>> asked = Question("class", on=date(2005, 1, 1))
    >>> (verdict,) = evaluate_sheet(library(), box(weight="8 grams"), asked).value
    >>> doubt = Assumption(AssumptionKind.START_IN_DOUBT, "small/1")
    >>> doubtful = replace(verdict, assumptions=(doubt,))
    >>> [(one.program.id, one.doubt.kind.value) for one in lacks_of(doubtful, ())]
    [('small/1', 'start-in-doubt')]
    """
    found: list[Lack] = []
    of_time = False
    for part in verdict.alternatives or (verdict,):
        if part.program is not None:
            found += [Lack(part.program, gap) for gap in part.program.gaps_of(part.decision)]
            of_time = of_time or part.program.rests_on_time(part.decision)
    if verdict.program is not None:
        doubts = [one for one in verdict.assumptions if one.kind in _DOUBTS]
        found += [Lack(verdict.program, None, doubt) for doubt in doubts]
    if of_time and programs:
        versions = spans_of(programs)
        gaps_of_time = gaps_in(versions, verdict.sheet, verdict.on or date.max)
        found += [Lack(versions.programs[version], gap) for version, gap in gaps_of_time]
    return tuple({(one.program.id, one.gap, one.doubt): one for one in found}.values())


def headed(
    strictly: DecisionVerdict, loosely: DecisionVerdict, lacks: tuple[Lack, ...]
) -> DecisionVerdict:
    """Return the verdict without what is assumed; beside it what is given with it.

    >>> from ipcity_policy.questions.evaluation import Question, evaluate_sheet
    >>> from tests.boxes import box, library
    >>> asked, sheets = Question("class", on=date(2005, 1, 1)), (box(), box(weight="8 grams"))
    >>> strictly, loosely = (evaluate_sheet(library(), one, asked).value[0] for one in sheets)
    >>> both = headed(strictly, loosely, ())
    >>> both.outcome, both.supposed.outcome
    (None, 'low')
    """
    same = _said(strictly.answer) == _said(loosely.answer)
    supposed = None if same else Supposed(loosely, lacks)
    return replace(strictly, strict=False, supposed=supposed)


def _said(answer: Answer) -> tuple[object, ...]:
    return answer.outcome, answer.possible, answer.fault, answer.effects


def without_force(program: Program, decision: str, given: Answer) -> Answer:
    """Return an answer that decides nothing: it is not known whether the version governs.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import grams, law
    >>> given = answer(law(), {"weight": grams(8)}, "class")
    >>> given.possible, without_force(law(), "class", given).possible
    (('low',), ('low', 'middle', 'high'))
    """
    return Answer(
        outcome=None,
        possible=tuple(row.outcome for row in program.decisions[decision].outcomes),
        fault=None,
        basis=Basis.UNAVAILABLE,
        reasons=tuple(map(_undecisive, given.reasons)),
        missing=given.missing,
        effects=(),
    )


def _undecisive(reason: Reason) -> Reason:
    """Take away the mark from a reason; below it, nothing is shown as deciding then."""
    return replace(reason, decisive=False, because=())
