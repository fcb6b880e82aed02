"""Interpretations, and what they decide, for machines."""

from collections.abc import Sequence
from typing import Any

from ipcity_policy.formats.json.parts import both
from ipcity_policy.lang.literals import date_text
from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.program import Program
from ipcity_policy.questions.interpretations import Adoption
from ipcity_policy.report.reports.interpretation import readings_of
from ipcity_policy.yaml.schema import LANGUAGES


def adoption_json(one: Adoption) -> dict[str, Any]:
    """Return an interpretation that is followed, for machines."""
    return {
        **interpretation_json(one.interpretation),
        "decides": {
            adopted.reading.id: {"option": adopted.option, "instead": adopted.instead}
            for adopted in one.adopted
        },
    }


def interpretation_json(one: Interpretation) -> dict[str, Any]:
    """Return an interpretation for machines."""
    return {
        "interpretation": one.id,
        "title": both(one.title),
        "adopted-by": one.office,
        "on": date_text(one.on),
        "source": {
            "id": one.source.id,
            "title": both(one.source.title),
            "address": one.source.address,
        },
        "versions": list(one.versions),
        "digest": one.digest,
    }


def shown_json(one: Interpretation, programs: Sequence[Program]) -> dict[str, Any]:
    """Return an interpretation of some versions for machines."""
    return {
        **interpretation_json(one),
        "options": {
            reading.id: {
                "option": option,
                "says": {
                    language: reading.options[option].says[language] for language in LANGUAGES
                },
                "default": reading.default,
            }
            for reading, option, _ in readings_of(one, programs, LANGUAGES[0])
        },
    }
