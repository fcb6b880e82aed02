"""What the schemas of a sheet say of its keys and words, in another language than English."""

from typing import Any

from ipcity_policy.text.catalogue import is_translated, translated
from ipcity_policy.yaml.json_schema import JsonSchema

_SAID = ("title", "description", "label", "enumDescriptions")


def in_language(schema: JsonSchema, language: str) -> JsonSchema:
    """Return a schema whose own words are said in a language, as those of the measure are."""
    return {key: _said(key, value, language) for key, value in schema.items()}


def _said(key: str, value: Any, language: str) -> Any:
    match value:
        case str() if key in _SAID:
            return "\n\n".join(_word(part, language) for part in value.split("\n\n"))
        case dict():
            return in_language(value, language)
        case list():
            return [_said(key, one, language) for one in value]
    return value


def _word(text: str, language: str) -> str:
    """Say words of a schema; those of the measure are in the language already."""
    known = is_translated(language, text, "sheet")
    return translated(language, text, "sheet") if known else text
