"""What a folder of policies holds, for machines."""

from collections.abc import Sequence
from typing import Any

from ipcity_policy.formats.json.interpretations import interpretation_json
from ipcity_policy.formats.json.parts import both, text_seen_json
from ipcity_policy.law.model import Localized
from ipcity_policy.report.reports.listing import Listed, ListedInterpretation


def list_json(
    measure: str,
    title: Localized,
    versions: Sequence[Listed],
    drafts: Sequence[Listed],
    interpretations: Sequence[ListedInterpretation],
    subjects: Sequence[tuple[str, Localized]],
) -> dict[str, Any]:
    """Return what a measure's folder holds, for machines."""
    return {
        "measure": measure,
        "title": both(title),
        "versions": [_listed_json(one) for one in versions],
        "drafts": [_listed_json(one) for one in drafts],
        "interpretations": [_interpretation(one) for one in interpretations],
        "sheets": [{"path": path, "name": both(name)} for path, name in subjects],
    }


def _listed_json(one: Listed) -> dict[str, Any]:
    program = one.program
    if program is None:
        return {"id": one.id, "errors": True}
    in_force = program.in_force
    day = in_force.doubtful_from if in_force else None
    return {
        "id": one.id,
        "errors": False,
        "title": both(program.title),
        "number": program.number,
        "issuer": both(program.issuer),
        "note": both(program.note),
        "text-seen": text_seen_json(program),
        "amends": program.amends,
        "in-force": None
        if in_force is None
        else {
            "from": in_force.since.isoformat(),
            "until": in_force.until.isoformat() if in_force.until else None,
            "unknown-from": day.isoformat() if day else None,
            "basis": in_force.basis,
        },
        "provisions": {p.id: p.basis for p in program.provisions.values()},
        "decisions": {id: both(d.asks) for id, d in program.decisions.items()},
    }


def _interpretation(one: ListedInterpretation) -> dict[str, Any]:
    if one.interpretation is None:
        return {"interpretation": one.id, "errors": True}
    return {**interpretation_json(one.interpretation), "errors": False}
