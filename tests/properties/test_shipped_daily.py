"""Where a city stands by the texts of 2014 and 2016 is what the daily reckoning gives."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from tests.properties.courses import Law
from tests.properties.daily import ImpossibleError, TooManyError
from tests.properties.shipped import shipped
from tests.properties.shipped_daily import CityDaily, a_history, a_telling_day, law_of
from tests.properties.timelaws import Course, as_reckoned_daily, taken_for_granted
from tests.properties.views import View, contradictions, of_world
from tests.support import ROOT, parts

CITIES, PARTS = 2_000, 8
#: How often each state, duty and bar is told at least in each part, and each fact that follows.
SELDOM, OFTEN = 2, 20
_STATUSES = {f"duty {one}" for one in ("open", "met", "met-late", "overdue", "passed")}


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
        history = a_history(course, random)
        on = a_telling_day(course, history, random)
        told = as_reckoned_daily(course, history, on, CityDaily)
        tried[told] += 1
        if told in ("impossible", "too many", "lost"):
            continue
        view, _ = course.view(history, on)
        daily = CityDaily(course.law, history, on)
        versions = {daily.version_of(one.on.low) for one in history.events}
        tried["followed"] += 1
        tried["of both"] += len(versions) > 1
        tried.update(_told(view))
    each = CITIES / PARTS
    assert tried["followed"] > each * 3 / 4, tried
    assert tried["exact"] > each / 2, tried
    assert min(tried[one] for one in ("step", "term", "duty", "fact")) > each / 2, tried
    assert min(tried[one] for one in ("bar", "of both")) > each / 5, tried
    seldom, often = _all_that_can_be_told(course.law)
    assert {one: tried[one] for one in seldom if tried[one] < SELDOM} == {}
    assert {one: tried[one] for one in often if tried[one] < OFTEN} == {}


def _told(view: View) -> set[str]:
    """Return the kinds of what is said, and what each is said of."""
    found = {*view.states}
    for claim in view.claims:
        kind, name = map(str, claim.key[:2])
        found |= {kind, f"{kind} {claim.key[2] if kind == 'bar' else name}"}
        if kind == "duty":
            found |= {f"duty {status}" for status in claim.options[0]}
    return found


def _all_that_can_be_told(law: Law) -> tuple[set[str], set[str]]:
    """Return the states, duties and bars that there are, and the facts that follow."""
    seldom, often = {*law.versions[0].states, *_STATUSES}, set[str]()
    for version in law.versions:
        seldom |= {f"duty {duty.name}" for duty in version.duties}
        seldom |= {f"bar {move.name}" for move in version.moves if move.bars}
        seldom |= {f"bar {lapse.name}" for lapse in version.lapses if lapse.bars}
        facts = (version.derived, version.by_state, version.barred, version.by_year)
        often |= {f"fact {fact}" for some in facts for fact in some}
    return seldom, often


@pytest.mark.deep
def test_what_is_said_without_the_text_that_is_assumed_is_so_with_it(course: Course) -> None:
    tried: Counter[str] = Counter()
    for seed in range(150):
        random = Random(seed)
        history = a_history(course, random)
        on = a_telling_day(course, history, random)
        daily = CityDaily(course.law, history, on)
        try:
            worlds = daily.worlds()
        except (ImpossibleError, TooManyError):
            continue
        strict, possible = course.view(history, on, strict=True)
        told = [of_world(daily, world) for world in worlds]
        if daily.gaps or any(taken_for_granted(strict, one) for one in told):
            continue
        assert possible, seed
        for one in told:
            found = list(contradictions(strict, one))
            assert not found, (seed, found)
        tried["left open" if strict.lost or len(strict.states) > 1 else "told"] += 1
    assert min(tried["left open"], tried["told"]) > 20, tried
