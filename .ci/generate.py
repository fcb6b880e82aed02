"""Write the files that are made from the code, or with --check tell which are out of date."""

import json
import sys
import textwrap
from itertools import groupby
from pathlib import Path
from typing import Any

import unicodedata2
from catalogue import update
from picture import picture

from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.schemas.kinds import FILES
from ipcity_policy.law.schemas.sheet import SOURCES
from ipcity_policy.report.forms.sheet_schema import sheet_schema
from ipcity_policy.yaml.json_schema import DIALECT, json_schema, snippet

ROOT = Path(__file__).resolve().parent.parent
SHEETS = "schemas/sheets"
MADE = "Generated from the shapes that the reader checks; do not edit."
#: Format characters that can be seen: the soft hyphen, and signs that stand below numbers.
SHOWN = (
    "\xad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
#: The vowels and finals of Hangul, which stand in the cells of the consonant before them, and
#: what stands where there is none.
HANGUL = (
    ("\u1160", "\u11ff"),
    ("\u3164", "\u3164"),
    ("\ud7b0", "\ud7c6"),
    ("\ud7cb", "\ud7fb"),
    ("\uffa0", "\uffa0"),
)
WIDTHS = '''"""How many cells a character fills. Made by `.ci/generate.py`; do not edit."""

#: The version of Unicode that it is made from.
UNICODE = "{version}"
#: Where a run of characters begins, in hexadecimal, and how many cells each of them fills.
RUNS = """
{runs}
"""
'''


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


def sheet_schemas(library: Library) -> dict[str, dict[str, Any]]:
    """Return the schemas of the sheets for the shipped versions, by the name of the file."""
    refs = [ref for measure in library.measures() for ref in library.versions(measure)]
    programs = {ref.id: library.program(ref).value for ref in refs}
    return {
        f"{SHEETS}/{id}.schema.json": sheet_schema(program, None, "en")
        for id, program in programs.items()
        if program is not None
    }


def widths() -> str:
    """Return the table of how wide characters are, in the Unicode of `unicodedata2`.

    It is the same whatever Python runs: each has its own Unicode, and so other widths.
    """
    wide = [(code, _cells(chr(code))) for code in range(sys.maxunicode + 1)]
    runs = [next(run) for _, run in groupby(wide, key=lambda one: one[1])]
    written = textwrap.fill(" ".join(f"{start:x}:{cells}" for start, cells in runs), 96)
    return WIDTHS.format(version=unicodedata2.unidata_version, runs=written)


def _cells(char: str) -> int:
    category = unicodedata2.category(char)
    if (
        category in ("Mn", "Me", "Zl", "Zp")
        or (category == "Cf" and char not in SHOWN)
        or unicodedata2.combining(char)
        or any(first <= char <= last for first, last in HANGUL)
    ):
        return 0
    return 2 if unicodedata2.east_asian_width(char) in ("W", "F") else 1


def main() -> int:
    """Write or check each generated file; 1 if one is out of date."""
    library = open_library(ROOT / "policies")
    schemas = {
        "schemas/measure.schema.json": measure_schema(),
        "schemas/sources.schema.json": sources_schema(),
        **sheet_schemas(library),
    }
    made = {
        name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }
    made["ipcity_policy/text/widths.py"] = widths()
    made["docs/timeline.svg"] = picture(library, ROOT)
    check, stale = "--check" in sys.argv[1:], 0
    for name, text in made.items():
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
