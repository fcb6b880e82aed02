"""Hold the headline of every decision on every city and twelve days against the law emptied.

    python -m bench.headlines

The suite tries one pair of a city and a day of many (`tests/properties/test_supposing.py`).
"""

from tests.properties.supposing import DAYS, try_headlines
from tests.properties.test_supposing import CITIES, POLICIES


def main() -> None:
    """Try every city on every day."""
    for city in CITIES:
        print(city.stem, try_headlines(POLICIES, (city,), DAYS), flush=True)


if __name__ == "__main__":
    main()
