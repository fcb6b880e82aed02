"""Hold the headline of every decision on every city and twelve days against the law emptied.

    python -m bench.headlines

The suite tries one pair of a city and a day of many (`tests/properties/test_supposing.py`).
"""

import sys

from tests.properties.supposing import DAYS, try_headlines
from tests.properties.test_supposing import CITIES, POLICIES


def main() -> None:
    """Try every city on every day."""
    for city in CITIES:
        sys.stdout.write(f"{city.stem} {try_headlines(POLICIES, (city,), DAYS)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
