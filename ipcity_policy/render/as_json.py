"""Verdicts for machines, in the form that `schemas/verdict.schema.json` describes.

Numbers are texts, so that nothing is lost on the way; keys stand in a fixed order, so that
the same verdict is the same bytes.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ipcity_policy.engines.standing import Ban
from ipcity_policy.engines.verdict import (
    Assumption,
    Consequence,
    Dependence,
    Given,
    Margin,
    Missing,
    MissingKind,
    Reason,
    Supposed,
    Verdict,
    decided_by,
    is_told_once,
)
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.literals import date_text, number_text
from ipcity_policy.lang.values import (
    Dates,
    Documents,
    Numbers,
    Options,
    Periods,
    Ranks,
    Series,
    Sets,
    Text,
    Value,
)
from ipcity_policy.measure.model import Origin, Words
from ipcity_policy.measure.program import Program
from ipcity_policy.render.adopting import adoption_json
from ipcity_policy.render.explaining import (
    assumption_text,
    choice_text,
    consequence_text,
    missing_text,
    reason_text,
)
from ipcity_policy.render.supposing import gaps_of, provisions
from ipcity_policy.render.wording import Wording
from ipcity_policy.text.shape import LANGUAGES

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

#: The version of the form; it changes when a reader of the old form would be misled.
FORM = 1


def dumps(value: object) -> str:
    """Write JSON as it is always written here."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as an object for machines."""
    return _Json(verdict).verdict()


class _Json:
    def __init__(self, verdict: Verdict) -> None:
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
        row = of.rows.get(of.outcome) if of.outcome is not None else None
        return {
            "verdict": FORM,
            "measure": of.sheet.measure,
            "version": program.id if program is not None else None,
            "title": _words(program.title) if program is not None else None,
            "decision": of.decision,
            "asks": _words(of.asks),
            "subject": {"name": _words(of.sheet.name)},
            "on": of.on.isoformat() if of.on is not None else None,
            "outcome": of.outcome,
            "says": _words(row.says) if row is not None else None,
            "possible": list(of.possible),
            "fault": of.answer.fault,
            "basis": of.basis,
            "decided-by": [provision_id(origin) for origin in decided_by(of.reasons)],
            "text-seen": text_seen_json(program),
            "version-basis": of.choice.basis,
            "version-choice": {
                "how": of.choice.how,
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
            "settled-by": [list(names) for names in of.settled_by],
            "effects": [self._effect(effect) for effect in of.answer.effects],
            "bars": [_bar(ban) for ban in of.bans] if of.bans is not None else None,
            "alternatives": [_Json(one).verdict() for one in of.alternatives],
            "supposed": None if of.supposed is None else self._supposed(of.supposed),
            "digest": {
                "rules": of.rules_digest,
                "facts": of.sheet.digest,
            },
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
            "text": self.both(lambda wording: reason_text(reason, self.of.decision, wording)),
            "values": {name: value_json(value) for name, value in reason.values.items()},
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
        if one.kind is MissingKind.TEXT:
            parts = self.of.alternatives
            text = self.both(lambda wording: missing_text(one, wording, parts))
            return {"kind": one.kind, "name": one.name, "label": text, "asks": None}
        fact = self.of.vocabulary.facts[one.name.partition(".")[0]]
        return {
            "kind": one.kind,
            "name": one.name,
            "label": self.both(lambda wording: missing_text(one, wording)),
            "asks": _words(fact.asks),
        }

    def _effect(self, caused: Consequence) -> dict[str, Any]:
        text = self.both(lambda wording: consequence_text(caused, wording))
        return effect_json(caused) | {"text": text}


def _bar(ban: Ban) -> dict[str, Any]:
    """Return a bar that may run on the day."""
    return {
        "application": ban.application,
        **place_json(ban.origin),
        "basis": ban.origin.basis,
        "after": date_text(ban.since),
        "from": date_text(ban.first),
        "last-day": date_text(ban.until),
        "certain": ban.certain,
    }


def effect_json(caused: Consequence) -> dict[str, Any]:
    """Return what an outcome would cause, with its days where they are known."""
    return {
        "kind": "bar" if isinstance(caused.effect, core.Bar) else "permit",
        "application": caused.effect.application,
        **place_json(caused.origin),
        "basis": caused.origin.basis,
        "after": date_text(caused.since) if caused.since is not None else None,
        "last-day": date_text(caused.until) if caused.until is not None else None,
    }


def provision_id(origin: Origin) -> str:
    """Cite a provision by its id, with the version where it is not the verdict's own."""
    if origin.carried_from is not None:
        return f"{origin.carried_from} {origin.provision}"
    return origin.provision


def place_json(origin: Origin) -> dict[str, Any]:
    """Return where something stands: a provision's id, and what at its end is not the law's."""
    return {"provision": provision_id(origin), "ours": origin.ours or None}


def text_seen_json(program: Program | None) -> dict[str, Any] | None:
    """Return from which text a version was written; None where that is not said."""
    if program is None or program.text_seen is None:
        return None
    seen = program.text_seen
    return {
        "language": seen.language,
        "original": seen.original,
        "attested-by": _words(seen.attested_by),
    }


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _given(given: Given) -> dict[str, Any]:
    return {
        "outcome": given.outcome,
        "possible": list(given.possible),
        "effects": [effect_json(one) for one in given.effects],
    }


def _dependence(one: Dependence) -> dict[str, Any]:
    reading = one.reading
    return {
        "reading": reading.id,
        "asks": _words(reading.asks),
        "chosen": one.chosen,
        "says": _words(reading.options[one.chosen].says),
        "basis": reading.basis,
        "confidence": reading.confidence,
        "why": _words(reading.why),
        "alternatives": {
            option: {
                **_given(given),
                "says": _words(reading.options[option].says),
                "versions": list(one.elsewhere[option].choice.versions)
                if option in one.elsewhere
                else None,
            }
            for option, given in one.others.items()
        },
    }


def value_json(value: Value | tuple[str, ...]) -> Any:
    """Return a value: exact ones as text, others as what is still possible."""
    match value:
        case tuple():
            return list(value)
        case Options(names):
            return next(iter(names)) if value.known else {"one-of": sorted(names)}
        case Numbers(low, high, unit):
            if value.known and low is not None:
                return f"{number_text(low)} {unit}".strip()
            return {"low": _number(low), "high": _number(high), "unit": unit}
        case Dates():
            return date_text(value)
        case Text(text):
            return text
        case Periods(low_count, high_count, unit):
            if value.known:
                return f"{low_count} {unit}"
            return {"low": _count(low_count), "high": _count(high_count), "unit": unit}
        case Ranks(first, last, least, most, tied):
            ended = {"last": True} if value.last and not value.place_known else {}
            return {
                "rank": str(first) if value.place_known else _ends(first, last),
                "of": str(least) if value.size_known else _ends(least, most),
                "tied": tied,
                **ended,
            }
        case Series(stated):
            return {str(year): value_json(one) for year, one in stated}
        case Sets(inside, open_):
            return {"includes": sorted(inside), "unknown": sorted(open_)}
        case Documents(submitted, on):
            return {
                "submitted": value_json(submitted),
                "on": None if on == ANY_DAY else date_text(on),
            }


def _margin(margin: Margin | None) -> dict[str, Any] | None:
    if margin is None:
        return None
    return {"low": _number(margin.low), "high": _number(margin.high), "unit": margin.unit}


def _count(count: int | None) -> str | None:
    return None if count is None else str(count)


def _ends(low: int | None, high: int | None) -> dict[str, str | None]:
    return {"low": _count(low), "high": _count(high)}


def _number(number: Decimal | None) -> str | None:
    return None if number is None else number_text(number)
