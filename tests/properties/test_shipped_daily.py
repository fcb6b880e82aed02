"""Where a city stands by the texts of 2014 and 2016 is what the daily reckoning gives."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from tests.properties.shipped import a_day, city_history, shipped
from tests.properties.shipped_daily import CityDaily, a_history_of, law_of
from tests.properties.timelaws import Course, as_reckoned_daily
from tests.support import ROOT, parts

CITIES, PARTS = 1_600, 8
#: All is told up to then.
TOLD = date(2100, 1, 1)


@pytest.fixture(scope="module")
def course() -> Course:
    """Return the law that is shipped, as it is reckoned."""
    course = shipped(ROOT / "policies")
    return replace(course, law=law_of(course.programs))


@pytest.mark.parametrize("part", parts(PARTS, whole=1))
def test_where_a_city_stands_is_as_reckoned_daily(part: int, course: Course) -> None:
    tried: Counter[str] = Counter()
    for seed in range(part, CITIES, PARTS):
        random = Random(seed)
        history = city_history(course, random, 6, vague=0.0)
        history = a_history_of(course.programs, history, random)
        if random.random() < 0.8:
            history = replace(history, known_until=TOLD)
        on = a_day(history, random)
        told = as_reckoned_daily(course, history, on, CityDaily)
        tried[told] += 1
        if told in ("impossible", "too many", "lost"):
            continue
        tried["followed"] += 1
        view, _ = course.view(history, on)
        tried.update({str(claim.key[0]) for claim in view.claims})
        tried.update({str(claim.key[1]) for claim in view.claims if claim.key[0] == "duty"})
        tried.update(view.states)
        tried.update({"/".join(map(str,claim.key[1:])) for claim in view.claims if claim.key[0] in ("bar","fact")})
    print(tried)
