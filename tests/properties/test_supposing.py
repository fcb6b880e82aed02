"""The headline is what is answered without what is only assumed, on cities of all kinds."""

from datetime import date

import pytest

from tests.properties.supposing import DAYS, try_headlines
from tests.support import ROOT

POLICIES = ROOT / "policies"
CITIES = sorted((POLICIES / "ip-cities" / "cities").glob("*.yaml"))


@pytest.mark.whole
def test_the_headline_is_the_answer_without_what_is_assumed() -> None:
    # One city a day, far from one another in the list; `bench/headlines.py` tries all pairs.
    step = len(CITIES) // len(DAYS)
    supposed = sum(
        try_headlines(POLICIES, CITIES[number * step : number * step + 1], (day,))
        for number, day in enumerate(DAYS)
    )
    assert supposed


@pytest.mark.whole
@pytest.mark.parametrize(
    ("name", "day"),
    [
        # Its events are known from a day on; what comes before may fall under the earlier text.
        ("tongnan", date(2018, 4, 20)),
        # The day of an event governs, and no text is needed to know it.
        ("zhuozhou", date(2015, 3, 15)),
    ],
)
def test_it_is_where_it_once_was_not(name: str, day: date) -> None:
    (city,) = (city for city in CITIES if city.stem == name)
    try_headlines(POLICIES, (city,), (day,))
