"""What of the law is known, for machines."""

from collections.abc import Sequence
from typing import Any

from ipcity_policy.studies.status import VersionStatus
from ipcity_policy.yaml.schema import LANGUAGES


def status_json(found: Sequence[VersionStatus]) -> list[dict[str, Any]]:
    """Return each of some versions in the form of `schemas/status.schema.json`."""
    return [
        {
            "status": 1,
            "version": one.program.id,
            "title": {language: one.program.title[language] for language in LANGUAGES},
            "rests-on": {
                part: {basis: list(names) for basis, names in of.items()}
                for part, of in one.parts.items()
            },
            "open": [
                {"provision": open_.provision.id, "stands-in": list(open_.substitutes)}
                for open_ in one.open
            ],
            "decisions": {id: {"hangs-on": list(on)} for id, on in one.depends_on.items()},
        }
        for one in found
    ]
