"""The headline is what is answered without what is only assumed, on cities of all kinds."""

from tests.properties.supposing import DAYS, try_headlines
from tests.support import ROOT

POLICIES = ROOT / "policies"
CITIES = sorted((POLICIES / "ip-cities" / "cities").glob("*.yaml"))


def test_the_headline_is_the_answer_without_what_is_assumed() -> None:
    # One city a day, far from one another in the list; `bench/headlines.py` tries all pairs.
    step = len(CITIES) // len(DAYS)
    supposed = sum(
        try_headlines(POLICIES, CITIES[number * step : number * step + 1], (day,))
        for number, day in enumerate(DAYS)
    )
    assert supposed
