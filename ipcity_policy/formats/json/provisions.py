"""How far each provision is put into rules, and the readings of a version, for machines."""

from typing import Any

from ipcity_policy.formats.json.parts import both, place_json
from ipcity_policy.law.program import Program
from ipcity_policy.studies.provisions import kinds


def provisions_json(program: Program) -> dict[str, Any]:
    """Return every provision with its kind and basis, for machines."""
    return {
        "version": program.id,
        "provisions": {
            id: {
                "kind": kind,
                "ours": program.provisions[id].ours or None,
                "basis": program.provisions[id].basis,
            }
            for id, kind in kinds(program).items()
        },
    }


def readings_json(program: Program) -> dict[str, Any]:
    """Return every reading with its options, for machines."""
    return {
        "version": program.id,
        "readings": {
            reading.id: {
                "asks": both(reading.asks),
                **place_json(reading.origin),
                "basis": reading.basis,
                "confidence": reading.confidence,
                "why": both(reading.why),
                "default": reading.default,
                "options": {id: both(one.says) for id, one in reading.options.items()},
            }
            for reading in program.readings.values()
        },
    }
