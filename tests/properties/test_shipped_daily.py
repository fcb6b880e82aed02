"""Where a city stands by the text of 2016 is what the daily reckoning gives, day after day."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from tests.properties.daily import ImpossibleError
from tests.properties.shipped import a_day, city_history, shipped
from tests.properties.shipped_daily import CityDaily, comparable, law_of
from tests.properties.views import contradictions, of_world
from tests.support import ROOT

CITIES = 200
#: All is told up to then.
TOLD = date(2100, 1, 1)


@pytest.mark.whole
def test_where_a_city_stands_is_as_reckoned_daily() -> None:
    course = shipped(ROOT / "policies")
    program = course.programs[-1]
    course = replace(course, programs=(program,), law=law_of(program))
    tried: Counter[str] = Counter()
    for seed in range(CITIES):
        random = Random(seed)
        history = replace(
            city_history(course, random, 6, vague=0.0).exactly(random), known_until=TOLD
        )
        on = a_day(history, random)
        view, possible = course.view(history, on)
        daily = CityDaily(course.law, history, on)
        try:
            worlds = daily.worlds()
        except ImpossibleError:
            tried["impossible"] += 1
            assert not possible or view.lost, seed
            continue
        assert possible, seed
        assert not view.lost, seed
        assert view.states == {world.state for world in worlds}, seed
        told = comparable(view, program)
        for world in worlds:
            found = list(contradictions(told, comparable(of_world(daily, world), program)))
            assert not found, (seed, found)
        tried["followed"] += 1
        tried.update({str(claim.key[0]) for claim in told.claims})
        tried.update(view.states)
    assert tried["followed"] > CITIES / 2, tried
    assert min(tried[one] for one in ("step", "term", "duty")) > CITIES / 4, tried
    states = ("pilot-expired", "deprived", "accepted-for-fostering", "model")
    assert min(tried[state] for state in states) > 0, tried
