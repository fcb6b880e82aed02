"""All laws of time on one generated law and its histories, by a seed."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.properties.assumptions import assumed_and_otherwise
from tests.properties.courses import Maker
from tests.properties.histories import Chronicler
from tests.properties.shipped import a_day
from tests.properties.timelaws import (
    as_in_every_world,
    as_it_stood,
    as_reckoned_daily,
    better_known,
    in_any_order,
    lay,
    never_contradicted,
    not_by_what_comes_after,
    whatever_is_assumed,
)

#: In how many ways the days of a history may turn out for each to be reckoned by itself.
MOST_WAYS = 40


def try_course(seed: int, folder: Path, histories: int) -> Counter[str]:
    """Try every law of time on so many histories under the law of a seed; count them."""
    random = Random(seed)
    law = Maker(random).law()
    course, chronicler = lay(law, folder), Chronicler(law, random)
    tried: Counter[str] = Counter()
    for _ in range(histories):
        exact = chronicler.history(8, covered=random.random() < 0.6)
        vague = chronicler.history(6, vague=0.5, covered=random.random() < 0.6)
        short = chronicler.history(3, vague=0.5, covered=True)
        on, then = a_day(exact, random), a_day(vague, random)
        try:
            tried[as_reckoned_daily(course, exact, on)] += 1
            tried[in_any_order(course, vague, then, random)] += 1
            tried[not_by_what_comes_after(course, vague, then, random)] += 1
            tried[never_contradicted(course, better_known(vague, random), then)] += 1
            earlier = then - timedelta(days=random.randint(0, 300))
            tried[as_it_stood(course, vague, earlier, then)] += 1
            tried[as_it_stood(course, exact, on - timedelta(days=100), on)] += 1
            if short.ways() <= MOST_WAYS:
                tried[as_in_every_world(course, short, a_day(short, random))] += 1
        except AssertionError as error:
            error.add_note(f"seed {seed}")
            raise
    return tried


def try_assumptions(seed: int, folder: Path, histories: int) -> Counter[str]:
    """Try what is said strictly under the law of a seed, with one of its texts assumed."""
    random = Random(seed)
    law = Maker(random).law()
    marked, otherwise = assumed_and_otherwise(law, random)
    course, other = lay(marked, folder / "assumed"), lay(otherwise, folder / "otherwise")
    chronicler = Chronicler(law, random)
    tried: Counter[str] = Counter()
    for _ in range(histories):
        history = chronicler.history(6, vague=0.3, covered=random.random() < 0.6)
        try:
            tried[whatever_is_assumed(course, other, history, a_day(history, random))] += 1
        except AssertionError as error:
            error.add_note(f"seed {seed}")
            raise
    return tried
