"""What other readings of the text would give, as a verdict says it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from ipcity_policy.law.model import Reading
from ipcity_policy.law.program import Program
from ipcity_policy.questions.interpretations import chosen_option
from ipcity_policy.questions.verdict import Combination, DecisionVerdict, Dependence
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import (
    answer_text,
    effect_text,
    effect_wording,
)
from ipcity_policy.report.prose.versions import choice_text
from ipcity_policy.text.message import say, tell
from ipcity_policy.words.sentences import CONFIDENCES


def reading_lines(verdict: DecisionVerdict, wording: Wording) -> Iterator[str]:
    """Yield the readings that a verdict depends on, and then those that it does not."""
    language, program = wording.language, verdict.program
    for one in depending_on(verdict):
        yield _dependence(one, verdict, wording)
    if program is not None:
        for together in verdict.combinations:
            yield _combination(together, verdict, program, wording)
        if verdict.untried:
            named = (option.split("=") for option in verdict.untried)
            yield tell(
                language,
                "could not be tried, because a day that they require is not known to fall "
                "under a text, or they do not fit what was chosen: {options}",
                options=_options(named, program, wording),
            )
    if not verdict.all_combined:
        yield tell(
            language, "there are too many readings to combine all; only pairs were tried"
        )
    if program is not None:
        yield from _without_effect(verdict, program, wording)


def depending_on(verdict: DecisionVerdict) -> tuple[Dependence, ...]:
    """Return all that depends on readings: the answer, what it causes, only the version."""
    return (*verdict.readings, *verdict.effect_readings, *verdict.version_readings)


def _dependence(one: Dependence, verdict: DecisionVerdict, wording: Wording) -> str:
    """Say what was chosen and why, or why something else is the default; what others give."""
    reading, language = one.reading, wording.language
    sentences = [chosen_text(reading, one.chosen, wording)]
    only_version = one in verdict.version_readings
    if only_version:
        sentences = [
            tell(
                language,
                "only the version that governs depends on this, not the answer: {asks}",
                asks=reading.asks[language],
            )
        ]
    for option, given in one.others.items():
        parts = {
            "says": reading.options[option].says[language],
            "choice": f"{reading.id}={option}",
        }
        elsewhere = one.elsewhere.get(option)
        if elsewhere is not None:
            version = choice_text(elsewhere.choice, wording)
            parts["says"] = tell(
                language, "{says} [{version}]", says=parts["says"], version=version
            )
        if only_version:
            sentences.append(
                tell(
                    language,
                    "If instead {says}, the answer is the same. To see it: --reading {choice}",
                    **parts,
                )
            )
        elif one.effects_only:
            told = elsewhere or verdict
            said = [  # without links: it may be the text of another version
                str(effect_text(e.effect, e.origin, effect_wording(told, e.effect, wording)))
                for e in given.effects
            ]
            effects = tell(language, "; ").join(said) or tell(language, "none")
            sentences.append(
                tell(
                    language,
                    "If instead {says}, the answer is the same, and its legal effects "
                    "are: {effects}. To see it: --reading {choice}",
                    effects=effects,
                    **parts,
                )
            )
        else:
            answer = answer_text(given, verdict.outcomes, language)
            sentences.append(
                tell(
                    language,
                    "If instead {says}, the answer is: {answer}. To see it: --reading {choice}",
                    answer=answer,
                    **parts,
                )
            )
    return _together(sentences, language)


def chosen_text(reading: Reading, chosen: str, wording: Wording) -> str:
    """Say what was chosen and why, or why something else is the default."""
    language, as_read = wording.language, chosen == reading.default
    sentences = (
        tell(
            language,
            "{asks} Here: {chosen}. {why}"
            if as_read
            else "{asks} Here, as chosen: {chosen}. The default is another one: "
            "{default}. Why that is the default: {why}",
            asks=reading.asks[language],
            chosen=reading.options[chosen].says[language],
            default=reading.options[reading.default].says[language],
            why=reading.why[language].strip(),
        ),
        tell(
            language,
            "Confidence: {level}." if as_read else "Confidence in the default: {level}.",
            level=CONFIDENCES[reading.confidence][language],
        ),
    )
    return _together(sentences, language)


def _combination(
    together: Combination, verdict: DecisionVerdict, program: Program, wording: Wording
) -> str:
    """Say what several readings give that change the answer only together."""
    pairs = together.options.items()
    return tell(
        wording.language,
        "these change it only together: {options}; the answer is then: {answer}. To see "
        "it: {choices}",
        options=_options(pairs, program, wording),
        answer=answer_text(together.given, verdict.outcomes, wording.language),
        choices=" ".join(f"--reading {reading}={option}" for reading, option in pairs),
    )


def _together(sentences: Iterable[str], language: str) -> str:
    """Say some sentences one after the other."""
    return reduce(
        lambda text, more: tell(language, "{text} {more}", text=text, more=more), sentences
    )


def _options(pairs: Iterable[Sequence[str]], program: Program, wording: Wording) -> str:
    """Say some options of readings, each with the question that it answers."""
    language = wording.language
    said = []
    for name, option in pairs:
        reading = program.readings[name]
        asks, says = reading.asks[language], reading.options[option].says[language]
        said.append(tell(language, "“{asks}” {says}", asks=asks, says=says))
    return tell(language, "; ").join(said)


def _without_effect(
    verdict: DecisionVerdict, program: Program, wording: Wording
) -> Iterator[str]:
    """Yield the readings that touch the decision and do not change its answer."""
    language = wording.language
    depending = {one.reading.id for one in depending_on(verdict)}
    others = [r for r in program.readings_of(verdict.decision) if r.id not in depending]
    chosen = [r for r in others if chosen_option(verdict, r) != r.default]
    for reading in chosen:
        yield tell(
            language,
            "{asks} Here, as chosen: {chosen}. With the default nothing would "
            "change: {default}.",
            asks=reading.asks[language],
            chosen=reading.options[chosen_option(verdict, reading)].says[language],
            default=reading.options[reading.default].says[language],
        )
    together = {name for one in verdict.combinations for name in one.options}
    tried = [
        tell(
            language,
            say("“{asks}”", context="other-options")
            if _partly(verdict, reading)
            else say("“{asks}”"),
            asks=reading.asks[language],
        )
        for reading in others
        if reading not in chosen and reading.id not in together and _tried(verdict, reading)
    ]
    told = bool(depending or chosen or together)
    if tried:
        none, no_other = (
            say(
                "none changes what is possible; tried: {readings}. Once the facts "
                "are known, the answer may depend on them"
            ),
            say(
                "none of the others changes what is possible; tried: {readings}. "
                "Once the facts are known, the answer may depend on them"
            ),
        )
        if verdict.outcome is not None:
            none, no_other = (
                say("none changes this answer; tried: {readings}"),
                say("none of the others changes this answer; tried: {readings}"),
            )
        listed = reduce(
            lambda quoted, more: tell(language, "{quoted}, {more}", quoted=quoted, more=more),
            tried,
        )
        yield tell(language, no_other if told else none, readings=listed)
    elif not told:
        yield tell(
            language,
            "none: no passage that affects this question is open to another reading",
        )


def _partly(verdict: DecisionVerdict, reading: Reading) -> bool:
    """Tell whether some option of a reading could not be tried, of which that is told."""
    return any(f"{reading.id}={option}" in verdict.untried for option in reading.options)


def _tried(verdict: DecisionVerdict, reading: Reading) -> bool:
    """Tell whether some other option of a reading could be tried."""
    now = chosen_option(verdict, reading)
    others = (f"{reading.id}={option}" for option in reading.options if option != now)
    return any(option not in verdict.untried for option in others)
