"""A comparison for machines, in the form that `schemas/comparison.schema.json` describes."""

from typing import Any

from ipcity_policy.engines.interpreter.explanation import Answer
from ipcity_policy.formats.json.interpretations import adoption_json
from ipcity_policy.formats.json.parts import both, effect_json, text_seen_json
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.suppositions import provisions
from ipcity_policy.report.reports.clauses import clause_text
from ipcity_policy.studies.comparison.clauses import Clause
from ipcity_policy.studies.comparison.comparison import Comparison, SupposedPair
from ipcity_policy.yaml.schema import LANGUAGES


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison for machines."""
    return {
        "comparison": 1,
        "before": comparison.before.id,
        "after": comparison.after.id,
        "texts-seen": {
            one.id: text_seen_json(one) for one in (comparison.before, comparison.after)
        },
        "counts": {
            decision: dict(comparison.counts(decision)) for decision in comparison.decisions
        },
        "chosen-readings": dict(comparison.chosen),
        "interpretations": [adoption_json(one) for one in comparison.adoptions],
        "left-out": [both(sheet.name) for sheet in comparison.left_out],
        "alone": dict(comparison.alone),
        "clauses": [_clause_json(clause, comparison) for clause in comparison.clauses],
        "subjects": [
            {
                "subject": both(row.sheet.name),
                "decisions": {
                    pair.decision: {
                        "before": _answer_json(pair.before),
                        "after": _answer_json(pair.after),
                        "movement": pair.movement,
                        "causes": [[c.key.path for c in group] for group in pair.causes],
                        "supposed": _supposed_json(pair.supposed),
                    }
                    for pair in row.pairs
                },
            }
            for row in comparison.rows
        ],
    }


def _answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "outcome": answer.outcome,
        "possible": list(answer.possible),
        "fault": answer.fault,
        "basis": answer.basis,
        "missing": [one.name for one in answer.missing],
        "effects": [effect_json(one) for one in answer.effects],
    }


def _supposed_json(supposed: SupposedPair | None) -> dict[str, Any] | None:
    if supposed is None:
        return None
    return {
        "provisions": provisions(supposed.gaps),
        "before": _answer_json(supposed.before),
        "after": _answer_json(supposed.after),
    }


def _clause_json(clause: Clause, comparison: Comparison) -> dict[str, Any]:
    sides = {"before": comparison.before, "after": comparison.after}
    says = {
        side: {
            language: clause_text(
                Wording(program.vocabulary, language, program), clause, program, comparison
            )
            for language in LANGUAGES
        }
        for side, program in sides.items()
    }
    return {
        "clause": clause.key.path,
        "before": clause.before.provision if clause.before else None,
        "after": clause.after.provision if clause.after else None,
        "says": says,
    }
