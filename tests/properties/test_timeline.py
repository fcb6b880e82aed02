"""The laws of time, on generated laws and histories of another subject."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from tests.properties.courses import Maker
from tests.properties.histories import Chronicler
from tests.properties.timelaws import as_reckoned_daily, lay

LAWS, HISTORIES, PARTS = 60, 5, 4


@pytest.mark.parametrize("part", range(PARTS))
def test_exact_histories_stand_as_reckoned_day_by_day(part: int, tmp_path: Path) -> None:
    tried: Counter[str] = Counter()
    for seed in range(part, LAWS, PARTS):
        random = Random(seed)
        law = Maker(random).law()
        course, chronicler = lay(law, tmp_path / str(seed)), Chronicler(law, random)
        for _ in range(HISTORIES):
            history = chronicler.history(8, covered=random.random() < 0.6)
            days = [event.on.low for event in history.events] or [chronicler.first]
            on = random.choice(days) + timedelta(days=random.choice((0, 1, 50, 300)))
            tried[as_reckoned_daily(course, history, on)] += 1
    assert tried["exact"] > LAWS * HISTORIES / PARTS / 3
