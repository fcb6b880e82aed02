"""Canonical JSON after RFC 8785 (JCS): one text for one value, so that it can be digested."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"

#: Beyond it JSON keeps no whole number exactly (RFC 7493).
MAX_INTEGER = 2**53 - 1


def canonical_json(value: Json) -> bytes:
    r"""Return a value as canonical JSON, in UTF-8.

    A decimal is given as a text: there are no binary fractions here.

    >>> canonical_json({"rate": "0.10", "of": ["a", "\u00e9"]}).decode()
    '{"of":["a","é"],"rate":"0.10"}'

    Raises:
        ValueError: A number has no exact form, or a text is not one of Unicode.
        TypeError: It is no JSON.
    """
    ordered = _ordered(value)
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode()


def _ordered(value: Json) -> Json:
    match value:
        case None | bool() | str():
            return value
        case int():
            if abs(value) > MAX_INTEGER:
                raise ValueError(f"{value} is beyond the whole numbers of JSON")
            return value
        case Mapping():
            return {key: _ordered(value[key]) for key in sorted(value, key=_code_units)}
        case list() | tuple():
            return [_ordered(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")


def _code_units(key: str) -> bytes:
    """Return what keys are sorted by: UTF-16, in which Python does not compare texts."""
    if not isinstance(key, str):
        raise TypeError(f"{type(key).__name__} is no key")
    return key.encode("utf-16-be")
