"""What other readings of the text would give, as a verdict says it."""

from collections.abc import Iterable, Iterator, Sequence

from ipcity_policy.law.model import Reading
from ipcity_policy.law.program import Program
from ipcity_policy.questions.interpretations import chosen_option
from ipcity_policy.questions.verdict import Combination, DecisionVerdict, Dependence
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.verdict import answer_text, choice_text, effect_text
from ipcity_policy.words.sentences import say


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
            yield say(language, "untried", options=_options(named, program, wording))
    if not verdict.all_combined:
        yield say(language, "pairs-only")
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
        sentences = [say(language, "only-version", asks=reading.asks[language])]
    for option, given in one.others.items():
        parts = {
            "says": reading.options[option].says[language],
            "choice": f"{reading.id}={option}",
        }
        elsewhere = one.elsewhere.get(option)
        if elsewhere is not None:
            version = choice_text(elsewhere.choice, wording)
            parts["says"] = say(language, "says-elsewhere", says=parts["says"], version=version)
        if only_version:
            sentences.append(say(language, "gives-same", **parts))
        elif one.effects_only:
            said = [effect_text(e.effect, e.origin, wording) for e in given.effects]
            effects = say(language, "apart").join(said) or wording.say("nothing")
            sentences.append(say(language, "gives-effects", effects=effects, **parts))
        else:
            answer = answer_text(given, verdict.outcomes, language)
            sentences.append(say(language, "gives", answer=answer, **parts))
    return wording.say("gap").join(sentences)


def chosen_text(reading: Reading, chosen: str, wording: Wording) -> str:
    """Say what was chosen and why, or why something else is the default."""
    language, as_read = wording.language, chosen == reading.default
    sentences = (
        say(
            language,
            "depends" if as_read else "depends-chosen",
            asks=reading.asks[language],
            chosen=reading.options[chosen].says[language],
            default=reading.options[reading.default].says[language],
            why=reading.why[language].strip(),
        ),
        say(
            language,
            "confidence" if as_read else "confidence-default",
            level=say(language, reading.confidence),
        ),
    )
    return wording.say("gap").join(sentences)


def _combination(
    together: Combination, verdict: DecisionVerdict, program: Program, wording: Wording
) -> str:
    """Say what several readings give that change the answer only together."""
    pairs = together.options.items()
    return say(
        wording.language,
        "together",
        options=_options(pairs, program, wording),
        answer=answer_text(together.given, verdict.outcomes, wording.language),
        choices=" ".join(f"--reading {reading}={option}" for reading, option in pairs),
    )


def _options(pairs: Iterable[Sequence[str]], program: Program, wording: Wording) -> str:
    """Say some options of readings, each with the question that it answers."""
    language = wording.language
    said = []
    for name, option in pairs:
        reading = program.readings[name]
        asks, says = reading.asks[language], reading.options[option].says[language]
        said.append(say(language, "option", asks=asks, says=says))
    return say(language, "apart").join(said)


def _without_effect(
    verdict: DecisionVerdict, program: Program, wording: Wording
) -> Iterator[str]:
    """Yield the readings that touch the decision and do not change its answer."""
    language = wording.language
    depending = {one.reading.id for one in depending_on(verdict)}
    others = [r for r in program.readings_of(verdict.decision) if r.id not in depending]
    chosen = [r for r in others if chosen_option(verdict, r) != r.default]
    for reading in chosen:
        yield say(
            language,
            "chosen-same",
            asks=reading.asks[language],
            chosen=reading.options[chosen_option(verdict, reading)].says[language],
            default=reading.options[reading.default].says[language],
        )
    together = {name for one in verdict.combinations for name in one.options}
    tried = [
        say(language, "question", asks=reading.asks[language])
        for reading in others
        if reading not in chosen and reading.id not in together and _tried(verdict, reading)
    ]
    told = bool(depending or chosen or together)
    if tried:
        keys = ("no-narrowing", "no-other-narrowing")
        if verdict.outcome is not None:
            keys = ("no-difference", "no-other")
        key = keys[told]
        yield say(language, key, readings=wording.say("comma").join(tried))
    elif not told:
        yield say(language, "no-readings")


def _tried(verdict: DecisionVerdict, reading: Reading) -> bool:
    """Tell whether some other option of a reading could be tried."""
    now = chosen_option(verdict, reading)
    others = (f"{reading.id}={option}" for option in reading.options if option != now)
    return any(option not in verdict.untried for option in others)
