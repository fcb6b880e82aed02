"""The laws of time, on generated laws of another subject and on the shipped one.

`bench/histories.py` tries the same on more, and follows 10,000 histories of cities.
"""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from tests.properties.courses import Maker
from tests.properties.histories import Chronicler
from tests.properties.shipped import a_day, city_history, shipped
from tests.properties.timelaws import (
    as_it_stood,
    better_known,
    in_any_order,
    lay,
    never_contradicted,
    not_by_what_comes_after,
)
from tests.properties.timetrying import try_assumptions, try_course
from tests.support import ROOT, parts

LAWS, HISTORIES, PARTS = 48, 6, 6
CITIES, LONGEST = 600, 40


@pytest.mark.parametrize("part", parts(PARTS, whole=1))
def test_every_law_of_time_holds_of_generated_laws(part: int, tmp_path: Path) -> None:
    tried: Counter[str] = Counter()
    for seed in range(part, LAWS, PARTS):
        tried += try_course(seed, tmp_path / str(seed), HISTORIES)
    assert tried["exact"] > LAWS * HISTORIES / PARTS / 3
    assert tried["same"] > tried["wider"]
    each = LAWS * HISTORIES // PARTS
    assert tried["order"] == tried["after"] == each
    assert tried["sharper"] > each / 3
    assert tried["cut"] > each / 2
    assert tried["same"] > each / 6


@pytest.mark.parametrize("part", parts(PARTS, whole=1))
def test_what_is_said_strictly_holds_whatever_is_assumed(part: int, tmp_path: Path) -> None:
    tried: Counter[str] = Counter()
    for seed in range(part, LAWS, PARTS):
        tried += try_assumptions(seed, tmp_path / str(seed), HISTORIES)
    assert tried["strict"] > LAWS * HISTORIES / PARTS / 3
    assert tried["left open"]


@pytest.mark.whole
@pytest.mark.parametrize("seed", [326, 1_004_296, 1_020_405])
def test_laws_hold_where_they_once_did_not(seed: int, tmp_path: Path) -> None:
    assert try_course(seed, tmp_path / "course", HISTORIES)
    assert try_assumptions(seed, tmp_path, HISTORIES)["strict"]


@pytest.mark.parametrize("part", parts(PARTS, whole=1))
def test_every_law_of_time_holds_of_cities(part: int) -> None:
    course = shipped(ROOT / "policies")
    tried: Counter[str] = Counter()
    for seed in range(part, CITIES // 10, PARTS):
        random = Random(seed)
        history = city_history(course, random, 8)
        on = a_day(history, random)
        tried[in_any_order(course, history, on, random)] += 1
        tried[not_by_what_comes_after(course, history, on, random)] += 1
        tried[never_contradicted(course, better_known(history, random), on)] += 1
        earlier = on - timedelta(days=random.randint(0, 400))
        tried[as_it_stood(course, history, earlier, on)] += 1
    each = CITIES // 10 // PARTS
    assert tried["order"] == tried["after"] == each
    assert tried["sharper"] >= each / 5, tried
    assert tried["cut"] >= each / 5, tried


@pytest.mark.whole
def test_bars_and_duties_are_told_of_many_cities() -> None:
    course, told, number = shipped(ROOT / "policies"), Counter[str](), 200
    for seed in range(number):
        random = Random(seed)
        history = city_history(course, random, 8)
        position, _ = course.position(course.read(history), a_day(history, random))
        told["bars"] += bool(position.bars)
        told["duties"] += bool(position.duties)
    assert min(told["bars"], told["duties"]) > number / 5, told


@pytest.mark.deep
def test_long_histories_are_answered() -> None:
    course = shipped(ROOT / "policies")
    followed = 0
    for seed in range(CITIES):
        random = Random(seed)
        history = city_history(course, random, LONGEST)
        position, _ = course.position(course.read(history), a_day(history, random))
        followed += not position.lost
        assert position.possible
    assert followed > CITIES * 0.8


@pytest.mark.parametrize("seed", parts(20, whole=3))
def test_long_histories_under_generated_laws_are_answered(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    law = Maker(random, shortest=1).law()
    course, chronicler = lay(law, tmp_path), Chronicler(law, random)
    for _ in range(10):
        history = chronicler.history(
            LONGEST, gap=random.choice((20, 300)), vague=0.5, sloppy=0.5
        )
        position, _ = course.position(course.read(history), a_day(history, random))
        assert position.possible
