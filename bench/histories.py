"""Follow random histories of up to 40 events, and try the laws of time on generated laws.

    python -m bench.histories --histories 10000 --laws 1000

The times are given as ratios to reading the sheets that state the histories.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.properties.shipped import a_day, city_history, shipped
from tests.properties.timetrying import try_assumptions, try_course

ROOT = Path(__file__).resolve().parent.parent
EVENTS = 40


def ratios(number: int) -> tuple[float, float]:
    """Return the median and the longest time to follow a history, against reading a sheet."""
    course = shipped(ROOT / "policies")
    reading: list[float] = []
    following: list[float] = []
    for seed in range(number):
        random = Random(seed)
        history = city_history(course.law, random, EVENTS)
        begun = time.perf_counter()
        sheet = course.read(history)
        read = time.perf_counter()
        course.standing(sheet, a_day(history, random))
        reading.append(read - begun)
        following.append(time.perf_counter() - read)
    against = statistics.median(reading)
    return statistics.median(following) / against, max(following) / against


def main() -> None:
    """Print the ratios, and how often each law of time was tried."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--laws", type=int, default=0, help="how many laws are generated")
    parser.add_argument("--seed", type=int, default=1_000_000, help="the first of their seeds")
    asked = parser.parse_args()
    median, longest = ratios(asked.histories)
    for name, ratio in (("median", median), ("longest", longest)):
        sys.stdout.write(f"{name:<9} {ratio:6.2f} × reading a sheet of up to {EVENTS} events\n")
    total: Counter[str] = Counter()
    for seed in range(asked.seed, asked.seed + asked.laws):
        with tempfile.TemporaryDirectory() as folder:
            total += try_course(seed, Path(folder), 6)
            total += try_assumptions(seed, Path(folder), 6)
    for name, count in total.most_common():
        sys.stdout.write(f"{count:>9,}  {name}\n")


if __name__ == "__main__":
    main()
