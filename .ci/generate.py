"""Write the files that are made from the code, or with --check tell which are out of date."""

import json
import sys
from pathlib import Path
from typing import Any

from ipcity_policy.measure.shapes.rulefile import ARTICLE, DRAFT, HEADER, VOCABULARY
from ipcity_policy.measure.shapes.sheetfile import SOURCES, TESTS
from ipcity_policy.text.json_schema import json_schema, snippet
from ipcity_policy.text.shape import Block

ROOT = Path(__file__).resolve().parent.parent
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MADE = "Generated from the shapes that the reader checks; do not edit."

#: The kinds of rule file, each known by a key that only it has.
FILES: tuple[tuple[str, Block], ...] = (
    ("article", ARTICLE),
    ("provision", ARTICLE),
    ("in-force", HEADER),
    ("amends", DRAFT),
    ("subject", VOCABULARY),
    ("tests", TESTS),
)


def measure_schema() -> dict[str, Any]:
    """Return the schema of every kind of rule file, told apart by the key that only it has.

    In a file that has no such key yet, an editor offers the keys of all kinds.
    """
    definitions: dict[str, Any] = {}
    kinds = {key: json_schema(shape, definitions) for key, shape in FILES}
    said = f"a rule file says what it is by one of the keys {', '.join(kinds)}"
    known = [{"type": "object", "required": [key], "errorMessage": said} for key in kinds]
    keys = {
        name: schema
        for kind in reversed(kinds.values())
        for name, schema in definitions[kind["$ref"].rpartition("/")[2]]["properties"].items()
    }
    return {
        "$schema": DIALECT,
        "title": "a rule file",
        "description": MADE,
        "type": "object",
        "anyOf": known,
        "allOf": [
            *(
                {"if": one, "then": kind}
                for one, kind in zip(known, kinds.values(), strict=True)
            ),
            {
                "if": {"not": {"anyOf": known}},
                "then": {
                    "properties": keys,
                    "defaultSnippets": [
                        snippet(shape, key) for key, shape in FILES if key != "provision"
                    ],
                },
            },
        ],
        "$defs": dict(sorted(definitions.items())),
    }


def sources_schema() -> dict[str, Any]:
    """Return the schema of the list of sources that a measure keeps."""
    definitions: dict[str, Any] = {}
    schema = json_schema(SOURCES, definitions)
    return {
        "$schema": DIALECT,
        "title": "a list of sources",
        "description": MADE,
        **schema,
        "$defs": definitions,
    }


GENERATED = {
    "schemas/measure.schema.json": measure_schema,
    "schemas/sources.schema.json": sources_schema,
}


def main() -> int:
    """Write or check each generated file; 1 if one is out of date."""
    stale = 0
    for name, make in GENERATED.items():
        text = json.dumps(make(), ensure_ascii=False, indent=2) + "\n"
        path = ROOT / name
        if "--check" not in sys.argv[1:]:
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            sys.stderr.write(f"{name} is out of date; run `python .ci/generate.py`\n")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
