"""What turns on when the versions are in force: each other reading of those days is tried."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ipcity_policy.engines.interpreter.explanation import AlternativeAnswer
from ipcity_policy.lang import core
from ipcity_policy.law.model import Reading, weakest
from ipcity_policy.law.program import Program
from ipcity_policy.questions.verdict import DecisionVerdict, Dependence, VersionChoice

#: Chooses the version, and gives the verdict, as some reading's option has it.
Choose = Callable[[str, str], VersionChoice | None]
Answered = Callable[[str, str], DecisionVerdict | None]


def with_turning(
    verdict: DecisionVerdict,
    readings: Iterable[Reading],
    chosen: Mapping[str, str],
    choose: Choose,
    answered: Answered,
) -> DecisionVerdict:
    """Return a verdict with the readings that another version would govern under.

    What the answer rests on is not theirs to weaken: the choice of the version has its own
    basis, and theirs counts there.

    >>> from datetime import date
    >>> from ipcity_policy.questions.evaluation import Question, evaluate_sheet
    >>> from tests.boxes import box, law, library
    >>> days = [Question("class", on=date(year, 1, 1), thorough=False) for year in (2020, 2022)]
    >>> sheet = box(weight="12 grams")
    >>> old, new = (evaluate_sheet(library(), sheet, asked).value[0] for asked in days)
    >>> found = with_turning(
    ...     old, [law("2").readings["since-when"]], {}, lambda *_: new.choice, lambda *_: new
    ... )
    >>> found.outcome, found.readings[0].elsewhere["other"].outcome
    ('middle', 'low')
    """
    for reading in readings:
        now = chosen.get(reading.id, reading.default)
        elsewhere: dict[str, DecisionVerdict] = {}
        for option in reading.options:
            if option == now:
                continue
            choice = choose(reading.id, option)
            if choice is not None and _same(choice, verdict.choice):
                continue
            other = answered(reading.id, option) if choice is not None else None
            if other is None:
                untried = (*verdict.untried, f"{reading.id}={option}")
                verdict = replace(verdict, untried=tuple(dict.fromkeys(untried)))
            else:
                elsewhere[option] = other
        if elsewhere:
            verdict = _depending(verdict, reading, now, elsewhere)
    return verdict


def _same(one: VersionChoice, other: VersionChoice) -> bool:
    return (one.chosen_by, one.versions) == (other.chosen_by, other.versions)


def _depending(
    verdict: DecisionVerdict,
    reading: Reading,
    now: str,
    elsewhere: Mapping[str, DecisionVerdict],
) -> DecisionVerdict:
    """Return a verdict that says what it would be where another version governs."""
    found = (*verdict.readings, *verdict.effect_readings)
    within = {
        o: g for one in found if one.reading.id == reading.id for o, g in one.others.items()
    }
    others = within | {option: _given(other) for option, other in elsewhere.items()}
    decided = [(other.outcome, other.possible) for other in others.values()]
    same = [one == (verdict.outcome, verdict.possible) for one in decided]
    causes = [_causes(other) == _causes(verdict) for other in elsewhere.values()]
    causes += [given.effects == verdict.answer.effects for given in within.values()]
    dependence = Dependence(
        reading, now, others, effects_only=all(same) and not all(causes), elsewhere=elsewhere
    )
    basis = verdict.choice.basis
    if basis is not None:
        basis = weakest((basis, reading.basis))
    verdict = replace(
        verdict,
        choice=replace(verdict.choice, basis=basis),
        readings=_without(verdict.readings, reading),
        effect_readings=_without(verdict.effect_readings, reading),
    )
    if not all(same):
        return replace(verdict, readings=(*verdict.readings, dependence))
    if not all(causes):
        return replace(verdict, effect_readings=(*verdict.effect_readings, dependence))
    return replace(verdict, version_readings=(*verdict.version_readings, dependence))


def _without(found: tuple[Dependence, ...], reading: Reading) -> tuple[Dependence, ...]:
    return tuple(one for one in found if one.reading.id != reading.id)


def _given(verdict: DecisionVerdict) -> AlternativeAnswer:
    return AlternativeAnswer(verdict.outcome, verdict.possible, verdict.answer.effects)


def _causes(verdict: DecisionVerdict) -> frozenset[object]:
    """Return what the outcome would cause under each version that may govern."""
    return frozenset(
        tuple(
            (_plain(one.effect, part.program), one.since, one.until)
            for one in part.answer.effects
        )
        for part in verdict.alternatives or (verdict,)
    )


def _plain(effect: core.Effect, program: Program | None) -> object:
    """Return an effect with its period instead of the name that a version has for it."""
    if isinstance(effect, core.Bar) and program is not None:
        return effect, program.parameters[effect.period].value
    return effect
