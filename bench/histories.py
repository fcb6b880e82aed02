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
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from tests.properties.courses import Maker
from tests.properties.histories import Chronicler, History
from tests.properties.shipped import a_day, city_history, shipped
from tests.properties.timelaws import Course, lay
from tests.properties.timetrying import try_assumptions, try_course

ROOT = Path(__file__).resolve().parent.parent
EVENTS = 40
#: In seconds.
LIMIT = 0.05


@dataclass
class Times:
    """How long it took to read sheets and to follow their histories."""

    reading: list[float] = field(default_factory=list)
    following: list[float] = field(default_factory=list)

    def take(self, course: Course, history: History, on: date) -> None:
        """Read a sheet and follow its history, and note how long each took."""
        begun = time.perf_counter()
        sheet = course.read(history)
        read = time.perf_counter()
        course.position(sheet, on)
        self.reading.append(read - begun)
        self.following.append(time.perf_counter() - read)

    def lines(self) -> Iterator[str]:
        """Yield the median and the longest time as ratios, and how many took long."""
        against = statistics.median(self.reading)
        for name, number in (
            ("median", statistics.median(self.following)),
            ("longest", max(self.following)),
        ):
            yield f"{name:<9} {number / against:6.2f} × reading a sheet"
        late = sum(one > LIMIT for one in self.following)
        yield f"{late:>9,} of {len(self.following):,} took more than {LIMIT * 1000:.0f} ms"


def of_cities(number: int) -> Times:
    """Follow histories under the law that is shipped."""
    course, times = shipped(ROOT / "policies"), Times()
    for seed in range(number):
        random = Random(seed)
        history = city_history(course, random, EVENTS)
        times.take(course, history, a_day(history, random))
    return times


def of_laws(seeds: range) -> Times:
    """Follow histories under generated laws, whose shortest terms last a day."""
    times = Times()
    for seed in seeds:
        random = Random(seed)
        law = Maker(random, shortest=1).law()
        with tempfile.TemporaryDirectory() as folder:
            course, chronicler = lay(law, Path(folder)), Chronicler(law, random)
            for _ in range(10):
                gap = random.choice((20, 300))
                history = chronicler.history(EVENTS, gap=gap, vague=0.5, sloppy=0.5)
                times.take(course, history, a_day(history, random))
    return times


def main() -> None:
    """Print the ratios, and how often each law of time was tried."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--laws", type=int, default=0, help="how many laws are generated")
    parser.add_argument("--seed", type=int, default=1_000_000, help="the first of their seeds")
    asked = parser.parse_args()
    seeds = range(asked.seed, asked.seed + asked.laws)
    sys.stdout.write(f"Histories of up to {EVENTS} events of cities:\n")
    sys.stdout.writelines(f"{line}\n" for line in of_cities(asked.histories).lines())
    if seeds:
        sys.stdout.write(f"Histories of up to {EVENTS} events under generated laws:\n")
        sys.stdout.writelines(f"{line}\n" for line in of_laws(seeds).lines())
    total: Counter[str] = Counter()
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            total += try_course(seed, Path(folder), 6)
            total += try_assumptions(seed, Path(folder), 6)
    for name, count in total.most_common():
        sys.stdout.write(f"{count:>9,}  {name}\n")


if __name__ == "__main__":
    main()
