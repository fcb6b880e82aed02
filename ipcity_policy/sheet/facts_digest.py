"""The digest of the facts that a sheet states, whatever its order and layout.

`docs/digests.md` tells how anybody calculates it.
"""

from collections.abc import Iterable, Mapping

from ipcity_policy.lang.values import Dates
from ipcity_policy.sheet.events import Event
from ipcity_policy.sheet.silence import Silence
from ipcity_policy.sheet.statements import Statement
from ipcity_policy.text.canonical_json import Json, canonical_json
from ipcity_policy.text.digest import digest


def facts_digest(
    measure: str,
    names: Mapping[str, str | None],
    statements: Mapping[str, Statement],
    events: Iterable[Event],
    told: Mapping[str, Dates | None],
    silence: Silence,
) -> str:
    """Return the digest of what is stated of a subject; what is not stated has no key."""
    happened = sorted((_happened(event) for event in events), key=canonical_json)
    return digest(
        "facts",
        {
            "measure": measure,
            **_only(names),
            "facts": _stated(statements),
            "events": happened,
            **_only({key: _days(day) for key, day in told.items()}),
            "events-not-known": sorted(silence.not_known),
            "events-never": sorted(silence.never),
        },
    )


def _happened(event: Event) -> Json:
    first, last = event.term or (None, None)
    return {
        "event": event.kind,
        "on": _days(event.on),
        "facts": _stated(event.statements),
        **_only(
            {
                "year": str(event.year) if event.year is not None else None,
                "from": _days(first),
                "until": _days(last),
                "by": event.by,
                "source": event.source,
            }
        ),
    }


def _stated(statements: Mapping[str, Statement]) -> dict[str, Json]:
    return {
        name: {
            "value": one.said,
            **_only(
                {
                    "by": one.by,
                    "on": _days(one.on),
                    "source": one.source,
                    "evidence": one.evidence,
                }
            ),
        }
        for name, one in statements.items()
    }


def _days(days: Dates | None) -> Json:
    """Return the first and the last day that a day may be; null where there is no such end."""
    if days is None:
        return None
    return [day.isoformat() if day is not None else None for day in (days.low, days.high)]


def _only(parts: Mapping[str, Json]) -> dict[str, Json]:
    return {key: part for key, part in parts.items() if part is not None}
