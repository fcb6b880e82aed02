"""The law as the tool understands it, for machines: a provision, or a whole version."""

from typing import Any

from ipcity_policy.formats.json.indicators import system_json
from ipcity_policy.formats.json.parts import both, place_json, text_seen_json
from ipcity_policy.law.model import Outcome
from ipcity_policy.law.program import Program
from ipcity_policy.report.prose.lifecycle import LawOfTime, of_time
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.studies.provision_index import facts_of, heads, items_of, under
from ipcity_policy.text.message import tell
from ipcity_policy.yaml.schema import LANGUAGES


def version_json(program: Program) -> dict[str, Any]:
    """Return what a whole version says, for machines."""
    return {
        "version": program.id,
        "title": both(program.title),
        "number": program.number,
        "issuer": both(program.issuer),
        "amends": program.amends,
        "note": both(program.note),
        "text-seen": text_seen_json(program),
        "provisions": [provision_json(program, id) for id in heads(program)],
    }


def provision_json(program: Program, provision: str) -> dict[str, Any]:
    """Return what stands under a provision, for machines."""
    shown = program.provisions[provision]
    wordings = {
        language: Wording(program.vocabulary, language, program) for language in LANGUAGES
    }
    return {
        "version": program.id,
        "provision": shown.id,
        "text-seen": text_seen_json(program),
        "title": both(shown.title),
        "says": both(shown.says),
        "basis": shown.basis,
        "items": {
            p.id: {
                "ours": p.ours or None,
                "says": both(p.says),
                "basis": p.basis,
            }
            for p in items_of(program, provision)
        },
        "facts": {
            fact.id: {
                "kind": fact.kind,
                "label": both(fact.label),
                "asks": both(fact.asks),
                "by": list(fact.offices),
            }
            for fact in facts_of(program, provision)
        },
        "parameters": {
            p.id: {
                "value": {k: w.value(p.value, w.named_by(p.id)) for k, w in wordings.items()},
                **place_json(p.origin),
            }
            for p in program.parameters.values()
            if under(program, provision, p.origin)
        },
        "quantities": {
            q.id: {
                "title": both(q.title),
                "reckon": {k: w.expression(q.expression) for k, w in wordings.items()},
                **place_json(q.origin),
            }
            for q in program.quantities.values()
            if q.system is None and under(program, provision, q.origin)
        },
        "indicators": {
            s.id: system_json(s)
            for s in program.systems.values()
            if under(program, provision, s.origin)
        },
        "rules": {
            r.id: {
                "require": {k: w.condition(r.condition) for k, w in wordings.items()},
                **place_json(r.origin),
            }
            for r in program.rules.values()
            if under(program, provision, r.origin)
        },
        "time": {
            kind: {
                id: {
                    "says": {k: LawOfTime(program, w).text(one) for k, w in wordings.items()},
                    **place_json(one.origin),
                }
                for id, one in entries.items()
                if under(program, provision, one.origin)
            }
            for kind, entries in of_time(program.history).items()
        },
        "decisions": {
            d.id: {
                "asks": both(d.asks),
                "asks-also": list(d.asks_also),
                "outcomes": {
                    row.outcome: {
                        "says": both(row.says),
                        "when": {k: _when(row, k, w) for k, w in wordings.items()},
                        **place_json(row.origin),
                    }
                    for row in d.outcomes
                },
            }
            for d in program.decisions.values()
            if under(program, provision, d.origin)
        },
        "readings": {
            r.id: {
                "asks": both(r.asks),
                "default": r.default,
                "options": {o.id: both(o.says) for o in r.options.values()},
            }
            for r in program.readings.values()
            if under(program, provision, r.origin)
        },
    }


def _when(row: Outcome, language: str, wording: Wording) -> str:
    return (
        tell(language, "otherwise")
        if row.condition is None
        else wording.condition(row.condition)
    )
