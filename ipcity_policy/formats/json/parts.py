"""What the answers for machines share: words, numbers, values, places in the law."""

import json
from decimal import Decimal
from typing import Any, overload

from ipcity_policy.engines.interpreter.explanation import (
    Consequence,
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
from ipcity_policy.law.model import Localized, Origin
from ipcity_policy.law.program import Program
from ipcity_policy.law.text_digest import RulesDigest
from ipcity_policy.sheet.sheet import Sheet

#: The version of the form; it changes when a reader of the old form would be misled.
FORM = 1


def dumps(value: object) -> str:
    """Write JSON as it is always written here."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


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
        "translated-from": seen.translated_from,
        "original": seen.original,
        "attested-by": both(seen.attested_by),
    }


@overload
def both(words: Localized) -> dict[str, str]: ...
@overload
def both(words: Localized | None) -> dict[str, str] | None: ...
def both(words: Localized | None) -> dict[str, str] | None:
    """Return words in every language; null for none."""
    return None if words is None else {"en": words.en, "zh": words.zh}


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
            return {"low": number_json(low), "high": number_json(high), "unit": unit}
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


def _count(count: int | None) -> str | None:
    return None if count is None else str(count)


def _ends(low: int | None, high: int | None) -> dict[str, str | None]:
    return {"low": _count(low), "high": _count(high)}


def number_json(number: Decimal | None) -> str | None:
    """Return a number as a text, and none as null."""
    return None if number is None else number_text(number)


def digest_json(rules: RulesDigest | None, sheet: Sheet) -> dict[str, Any]:
    """Return what an answer was given by: the rules, as files and as texts, and the facts."""
    return {
        "files": rules.files if rules is not None else None,
        "texts": dict(rules.texts) if rules is not None else {},
        "facts": sheet.digest,
    }
