"""An indicator system for machines."""

from typing import Any

from ipcity_policy.formats.json.parts import both, number_json, place_json
from ipcity_policy.lang.literals import number_text
from ipcity_policy.law.indicators import Indicator, System


def system_json(system: System) -> dict[str, Any]:
    """Return an indicator system for machines; what is not known is null."""
    return {
        "title": both(system.title),
        "points": number_text(system.points),
        "unit": system.unit,
        "given": system.given,
        "further": system.further,
        "left": number_json(system.left) if system.blocks else None,
        "note": both(system.note),
        **place_json(system.origin),
        "basis": system.origin.basis,
        "parts": {name: number_json(weight) for name, weight in system.parts.items()},
        "blocks": {
            block.id: {
                "title": both(block.title),
                "points": number_json(block.points),
                "further": block.further,
                "left": number_json(block.left),
                "note": both(block.note),
                "basis": block.origin.basis,
                "indicators": {row.fact: _row(row) for row in block.indicators},
            }
            for block in system.blocks
        },
    }


def _row(row: Indicator) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": both(row.title),
        "points": number_json(row.points),
        "reverse": row.reverse,
        "unit": both(row.unit),
        "method": both(row.method),
        "note": both(row.note),
        "basis": row.origin.basis,
    }
