"""Verdicts for machines, in the form that `schemas/verdict.schema.json` describes.

Numbers are texts, so that nothing is lost on the way; keys stand in a fixed order, so that
the same verdict is the same bytes.
"""

from collections.abc import Callable
from typing import Any

from ipcity_policy.engines.interpreter.explanation import (
    AlternativeAnswer,
    Assumption,
    Consequence,
    Margin,
    Missing,
    Reason,
    decided_by,
    is_told_once,
)
from ipcity_policy.engines.lifecycle.position import RunningBar
from ipcity_policy.formats.json.interpretations import adoption_json
from ipcity_policy.formats.json.parts import (
    FORM,
    both,
    digest_json,
    effect_json,
    number_json,
    place_json,
    provision_id,
    text_seen_json,
    value_json,
)
from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.literals import date_text
from ipcity_policy.questions.verdict import DecisionVerdict, Dependence, Supposed
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.suppositions import gaps_of, provisions
from ipcity_policy.report.prose.verdict import (
    assumption_text,
    consequence_text,
    effect_wording,
    missing_text,
    reason_text,
)
from ipcity_policy.report.prose.versions import choice_text
from ipcity_policy.text.subject import FactPath
from ipcity_policy.yaml.schema import LANGUAGES

#: What is told of an answer that is only supposed.
_OF_SUPPOSED = (
    "outcome",
    "says",
    "possible",
    "fault",
    "basis",
    "decided-by",
    "readings",
    "effect-readings",
    "version-readings",
    "combined-readings",
    "combinations-tried",
    "untried-readings",
    "reasons",
    "missing",
    "settled-by",
    "effects",
    "bars",
    "alternatives",
)


def verdict_json(verdict: DecisionVerdict) -> dict[str, Any]:
    """Return a verdict as an object for machines."""
    return _Json(verdict).verdict()


class _Json:
    def __init__(self, verdict: DecisionVerdict) -> None:
        self.of = verdict
        self.explained: set[int] = set()
        self.wordings = {
            language: Wording(verdict.vocabulary, language, verdict.program)
            for language in LANGUAGES
        }

    def both(self, text: Callable[[Wording], str]) -> dict[str, str]:
        """Say something in every language."""
        return {language: text(wording) for language, wording in self.wordings.items()}

    def verdict(self) -> dict[str, Any]:
        """Return the whole verdict."""
        of, program = self.of, self.of.program
        row = of.outcomes.get(of.outcome) if of.outcome is not None else None
        return {
            "verdict": FORM,
            "measure": of.sheet.measure,
            "version": program.id if program is not None else None,
            "title": both(program.title) if program is not None else None,
            "decision": of.decision,
            "asks": both(of.asks),
            "subject": {"name": both(of.sheet.name)},
            "on": of.on.isoformat() if of.on is not None else None,
            "outcome": of.outcome,
            "says": both(row.says) if row is not None else None,
            "possible": list(of.possible),
            "fault": of.answer.fault,
            "basis": of.basis,
            "decided-by": [provision_id(origin) for origin in decided_by(of.reasons)],
            "text-seen": text_seen_json(program),
            "version-basis": of.choice.basis,
            "version-choice": {
                "how": of.choice.chosen_by,
                "versions": list(of.choice.versions),
                "day": None if of.choice.day in (None, ANY_DAY) else date_text(of.choice.day),
                "fact": of.choice.fact,
                "text": self.both(lambda wording: choice_text(of.choice, wording)),
            },
            "chosen-readings": dict(of.chosen),
            "interpretations": [adoption_json(one) for one in of.adoptions],
            "changed-parameters": dict(of.parameters),
            "strict": of.strict,
            "readings": [_dependence(one) for one in of.readings],
            "effect-readings": [_dependence(one) for one in of.effect_readings],
            "version-readings": [_dependence(one) for one in of.version_readings],
            "combined-readings": [
                {"options": dict(one.options), **_given(one.given)} for one in of.combinations
            ],
            "combinations-tried": "all" if of.all_combined else "pairs",
            "untried-readings": list(of.untried),
            "assumptions": [self._assumption(one) for one in of.assumptions],
            "reasons": [self._reason(reason) for reason in of.reasons],
            "missing": [self._missing(one) for one in of.answer.missing],
            "settled-by": [[one.text for one in facts] for facts in of.settled_by],
            "effects": [self._effect(effect) for effect in of.answer.effects],
            "bars": [_bar(bar) for bar in of.bars] if of.bars is not None else None,
            "alternatives": [_Json(one).verdict() for one in of.alternatives],
            "supposed": None if of.supposed is None else self._supposed(of.supposed),
            "digest": digest_json(of.rules, of.sheet),
            "calendars": list(of.calendars),
            "engine": of.engine,
            "policies": of.policies,
        }

    def _supposed(self, supposed: Supposed) -> dict[str, Any]:
        """Return what is answered with what is assumed, and what that is."""
        told = _Json(supposed.verdict).verdict()
        lacks = [one.doubt for one in supposed.lacks if one.doubt is not None]
        return {
            **{key: told[key] for key in _OF_SUPPOSED},
            "provisions": provisions(gaps_of(supposed)),
            "assumes": [self._assumption(one) for one in lacks],
        }

    def _reason(self, reason: Reason) -> dict[str, Any]:
        again = is_told_once(reason) and id(reason) in self.explained
        self.explained.add(id(reason))
        return {
            "kind": reason.kind,
            "rule": reason.id,
            **place_json(reason.origin),
            "status": reason.status,
            "basis": reason.basis,
            "text": self.both(
                lambda wording: reason_text(reason, self.of.decision, wording, self.of.derived)
            ),
            "values": {
                reason.found_of(name).text: value_json(value)
                for name, value in reason.values.items()
            },
            "margin": _margin(reason.margin),
            "decisive": reason.decisive,
            "again": again,
            "because": [] if again else [self._reason(child) for child in reason.because],
        }

    def _assumption(self, one: Assumption) -> dict[str, Any]:
        return {
            "kind": one.kind,
            "about": one.about or None,
            "day": date_text(one.day) if one.day is not None else None,
            "text": self.both(lambda wording: assumption_text(one, wording)),
        }

    def _missing(self, one: Missing) -> dict[str, Any]:
        if not isinstance(one.of, FactPath):
            parts = self.of.alternatives
            text = self.both(lambda wording: missing_text(one, wording, parts))
            return {"kind": one.kind, "name": one.name, "label": text, "asks": None}
        fact = self.of.vocabulary.facts[one.of.fact]
        return {
            "kind": one.kind,
            "name": one.name,
            "label": self.both(lambda wording: missing_text(one, wording)),
            "asks": both(fact.asks),
        }

    def _effect(self, caused: Consequence) -> dict[str, Any]:
        text = self.both(
            lambda wording: consequence_text(
                caused, effect_wording(self.of, caused.effect, wording)
            )
        )
        return effect_json(caused) | {"text": text}


def _bar(bar: RunningBar) -> dict[str, Any]:
    """Return a bar that may run on the day."""
    return {
        "application": bar.application,
        **place_json(bar.origin),
        "basis": bar.origin.basis,
        "after": date_text(bar.since),
        "from": date_text(bar.first),
        "last-day": date_text(bar.until),
        "certain": bar.certain,
    }


def _given(given: AlternativeAnswer) -> dict[str, Any]:
    return {
        "outcome": given.outcome,
        "possible": list(given.possible),
        "effects": [effect_json(one) for one in given.effects],
    }


def _dependence(one: Dependence) -> dict[str, Any]:
    reading = one.reading
    return {
        "reading": reading.id,
        "asks": both(reading.asks),
        "chosen": one.chosen,
        "says": both(reading.options[one.chosen].says),
        "basis": reading.basis,
        "confidence": reading.confidence,
        "why": both(reading.why),
        "alternatives": {
            option: {
                **_given(given),
                "says": both(reading.options[option].says),
                "versions": list(one.elsewhere[option].choice.versions)
                if option in one.elsewhere
                else None,
            }
            for option, given in one.others.items()
        },
    }


def _margin(margin: Margin | None) -> dict[str, Any] | None:
    if margin is None:
        return None
    return {
        "low": number_json(margin.low),
        "high": number_json(margin.high),
        "unit": margin.unit,
    }
