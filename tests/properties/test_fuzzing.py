"""Whatever is done to rule files, sheets and sentences, what comes of it is said.

`bench/soak.py --fuzz` tries thousands.
"""

import pytest

from tests.properties.fuzzing import FUZZ

#: How many of each are tried.
SEEDS = 90


@pytest.mark.whole
@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("kind", FUZZ)
def test_what_is_spoilt_gives_an_answer_or_diagnostics(kind: str, part: int) -> None:
    for seed in range(part, SEEDS, 3):
        try:
            FUZZ[kind](seed)
        except Exception as error:
            error.add_note(f"{kind}, seed {seed}")
            raise
