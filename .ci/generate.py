"""Write the files that are made from the code, or with --check tell which are out of date."""

import json
import sys
from pathlib import Path
from typing import Any

from catalogue import update

from ipcity_policy.law.library import open_library
from ipcity_policy.law.schemas.kinds import FILES
from ipcity_policy.law.schemas.sheet import SOURCES
from ipcity_policy.report.forms.sheet_schema import sheet_schema
from ipcity_policy.yaml.json_schema import DIALECT, json_schema, snippet

ROOT = Path(__file__).resolve().parent.parent
SHEETS = "schemas/sheets"
MADE = "Generated from the shapes that the reader checks; do not edit."


def measure_schema() -> dict[str, Any]:
    """Return the schema of every kind of rule file, told apart by the key that only it has.

    In a file that has no such key yet, an editor offers the keys of all kinds.
    """
    definitions: dict[str, Any] = {}
    kinds = {key: json_schema(shape, definitions) for key, shape in FILES}
    said = f"a rule file says what it is by one of the keys {', '.join(kinds)}"
    known = [{"type": "object", "required": [key]} for key in kinds]
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
        "anyOf": [one | {"errorMessage": said} for one in known],
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


def sheet_schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas of the sheets for the shipped versions, by the name of the file."""
    library = open_library(ROOT / "policies")
    refs = [ref for measure in library.measures() for ref in library.versions(measure)]
    programs = {ref.id: library.program(ref).value for ref in refs}
    return {
        f"{SHEETS}/{id}.schema.json": sheet_schema(program, None, "en")
        for id, program in programs.items()
        if program is not None
    }


def main() -> int:
    """Write or check each generated file; 1 if one is out of date."""
    made = {
        "schemas/measure.schema.json": measure_schema(),
        "schemas/sources.schema.json": sources_schema(),
        **sheet_schemas(),
    }
    check, stale = "--check" in sys.argv[1:], 0
    for name, schema in made.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        path = ROOT / name
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            sys.stderr.write(f"{name} is out of date; run `python .ci/generate.py`\n")
            stale = 1
    stale = update(check=check) or stale
    for path in (ROOT / SHEETS).rglob("*.json"):
        name = path.relative_to(ROOT).as_posix()
        if name not in made:
            sys.stderr.write(f"{name} is of no version; delete it\n")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
