"""Write the files that are made from the code, or with --check tell which are out of date."""

import json
import sys
from pathlib import Path
from typing import Any

from ipcity_policy.measure.shapes.kinds import FILES
from ipcity_policy.text.shape import json_schema

ROOT = Path(__file__).resolve().parent.parent


def measure_schema() -> dict[str, Any]:
    """Return the schema of every kind of rule file."""
    definitions: dict[str, Any] = {}
    branches = []
    for key, shape in FILES:
        then = json_schema(shape, definitions)
        branches.append({"if": {"required": [key]}, "then": then})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule file",
        "description": "Generated from the shapes that the reader checks; do not edit.",
        "type": "object",
        "anyOf": [{"required": [key]} for key, _ in FILES],
        "allOf": branches,
        "$defs": dict(sorted(definitions.items())),
    }


GENERATED = {"schemas/measure.schema.json": measure_schema}


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
