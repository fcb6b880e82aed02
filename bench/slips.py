"""What `check --fix` makes of many slips of the hand, each by its seed.

    python -m bench.slips --slips 5000

It prints of how many a fix was made, and each that is not what was meant.
"""

import argparse
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.slipping import slip
from tests.support import SECOND_LAW


def main() -> int:
    """Print what became of the slips; 1 where a fix was made that was not meant."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--slips", type=int, default=5_000)
    parser.add_argument("--first", type=int, default=0, help="the first of the seeds")
    parser.add_argument("--measure", type=Path, default=SECOND_LAW / "berths")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    count, wrong = Counter[str](), 0
    seeds = range(asked.first, asked.first + asked.slips)
    with ProcessPoolExecutor(asked.jobs) as pool:
        for made in pool.map(partial(slip, asked.measure.resolve()), seeds, chunksize=20):
            if made is None:
                count["that change nothing"] += 1
                continue
            count["made"] += 1
            count["noticed"] += bool(made.found)
            count["mended"] += bool(made.fixed)
            count["mended whole"] += made.same is True
            if made.same is False:
                wrong += 1
                lines = "".join(f"\n      {line}" for line in made.differs)
                sys.stdout.write(f"  seed {made.seed}, {made.kind}: {made.fixed}{lines}\n")
    for name, times in count.items():
        sys.stdout.write(f"{times:>9,}  slips {name}\n")
    sys.stdout.write(f"{wrong:>9,}  mended otherwise than was meant\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
