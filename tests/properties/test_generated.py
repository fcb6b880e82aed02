"""The laws of every measure, on 500 generated ones and 10,000 sheets of them.

`bench/soak.py` tries the same on more.
"""

from collections import Counter
from pathlib import Path

import jsonschema
import pytest

from tests.properties.trying import try_laws

MEASURES, SHEETS, PARTS = 500, 10_000, 20


@pytest.mark.parametrize("part", range(PARTS))
def test_every_law_holds_of_generated_measures_and_sheets(
    part: int, tmp_path: Path, verdict_schema: jsonschema.Draft202012Validator
) -> None:
    tried: Counter[str] = Counter()
    for seed in range(part, MEASURES, PARTS):
        tried += try_laws(seed, tmp_path / str(seed), verdict_schema, SHEETS // MEASURES)
    assert tried["measures"] == MEASURES // PARTS
    assert tried["sheets"] >= SHEETS // PARTS
