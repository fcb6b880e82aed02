"""Years taken as one: what is told of a stretch of years is what is told of each of them."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from ipcity_policy.engines.lifecycle import stretches
from ipcity_policy.engines.lifecycle.position import Duty, Position
from tests.properties.courses import Maker
from tests.properties.histories import Chronicler
from tests.properties.timelaws import lay


def told(position: Position) -> list[Duty]:
    every = [one for duty in position.duties for one in duty.one_by_one()]
    return sorted(
        every, key=lambda one: (one.due.low or date.min, one.deadline.id, one.version)
    )


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(30))
def test_what_is_told_of_a_stretch_holds_of_each_of_its_years(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    law = Maker(random).law()
    course, chronicler = lay(law, tmp_path), Chronicler(law, random)
    for gap in (40, 900, 3000):
        sheet = course.read(chronicler.history(8, gap=gap, vague=0.4, sloppy=0.4))
        last = max((event.on.low for event in sheet.events if event.on.low), default=None)
        year = (last.year if last else 2001) + random.randint(0, 60)
        on = date(year, random.randint(1, 12), random.randint(1, 28))
        joined, _ = course.position(sheet, on)
        with monkeypatch.context() as patched:
            patched.setattr(stretches, "FEW", 10_000)
            apart, _ = course.position(sheet, on)
        assert told(joined) == list(apart.duties), (gap, on)
