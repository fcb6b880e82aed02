"""The headline is what is answered without what is only assumed, on cities of all kinds."""

from tests.properties.supposing import DAYS, try_headlines
from tests.support import ROOT

POLICIES = ROOT / "policies"
CITIES = sorted((POLICIES / "ip-cities" / "cities").glob("*.yaml"))
#: Of so many pairs of a city and a day one is tried; `bench/headlines.py` tries them all.
ONE_OF = 144


def test_the_headline_is_the_answer_without_what_is_assumed() -> None:
    supposed = sum(
        try_headlines(POLICIES, CITIES[number::ONE_OF], (day,))
        for number, day in enumerate((*DAYS, *reversed(DAYS), *DAYS, *reversed(DAYS)))
    )
    assert supposed
