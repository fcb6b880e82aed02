"""Readings, versions and what settles a question, against all that may be so, gone through.

`bench/soak.py` tries the same on more.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.properties.doubtlaws import try_doubts

SEEDS, SHEETS, PARTS = 48, 4, 4
#: How often each kind of case came at least, in each part.
FLOORS = {
    "what readings leave possible": 300,
    "readings that matter": 10,
    "readings of three and more options that matter": 4,
    "a later option alone": 2,
    "readings that matter only together": 2,
    "open": 40,
    "several settling sets": 5,
    "a settling set of several facts": 20,
    "facts that need not be known": 1,
    "versions that disagree": 5,
    "settled by the day alone": 2,
}


@pytest.mark.whole
@pytest.mark.parametrize("part", range(PARTS))
def test_every_law_of_doubts_holds(part: int, tmp_path: Path) -> None:
    tried: Counter[str] = Counter()
    for seed in range(part, SEEDS, PARTS):
        tried += try_doubts(seed, tmp_path / str(seed), SHEETS)
    assert tried["readings"] == SEEDS * SHEETS // PARTS
    assert tried["settling"] == 2 * SEEDS * SHEETS // PARTS
    assert {name: tried[name] for name, least in FLOORS.items() if tried[name] < least} == {}
