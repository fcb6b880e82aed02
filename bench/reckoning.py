"""Hold the program against the second reckoning on many random sheets and histories.

    python -m bench.reckoning --sheets 50000 --histories 20000

It prints how many agree and every difference; a seed gives the same sheet again. Each history
is followed a second time with one event known to its month only, where a possible state missed
is a fault, and one too many is none. The tests try 150, 500 and 200.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial

from tests.properties.reckoned_trying import Difference, Trial

#: How many are tried in one go.
PIECE = 100


@cache
def trial() -> Trial:
    """Open the program, once a process."""
    return Trial()


def tried(kind: str, seeds: range) -> list[Difference]:
    """Try some sheets or histories."""
    one_by_one = {
        "sheets": trial().sheet,
        "histories": trial().history,
        "histories with a month": trial().vague_history,
    }[kind]
    return [difference for seed in seeds for difference in one_by_one(seed)]


def lines(kind: str, seeds: range, jobs: int, shown: int) -> Iterator[str]:
    """Try that many, and yield what came of it; one line where all agree."""
    pieces = [seeds[start : start + PIECE] for start in range(0, len(seeds), PIECE)]
    found: list[Difference] = []
    with ProcessPoolExecutor(jobs) as pool:
        for some in pool.map(partial(tried, kind), pieces):
            found += some
    agree = len(seeds) - len({one.seed for one in found})
    yield f"{kind}: {agree:,} of {len(seeds):,} agree"
    for about, times in Counter(one.about for one in found).most_common():
        yield f"  {times:>7,}  {about}"
    yield from (f"  {one}" for one in found[:shown])
    if len(found) > shown:
        yield f"  and {len(found) - shown:,} more"


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=50_000)
    parser.add_argument("--histories", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--shown", type=int, default=sys.maxsize, help="differences shown")
    asked = parser.parse_args()
    differ = False
    for kind, number in (
        ("sheets", asked.sheets),
        ("histories", asked.histories),
        ("histories with a month", asked.histories),
    ):
        seeds = range(asked.first, asked.first + number)
        told = list(lines(kind, seeds, asked.jobs, asked.shown))
        differ |= len(told) > 1
        sys.stdout.write("\n".join([*told, ""]))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
