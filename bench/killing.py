"""Commands that write files, killed at many moments: what each file holds, and what is left.

python -m bench.killing --each 15
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.killing import WRITING, killed


def main() -> int:
    """Print how often each command was killed, and how often that left something half done."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--each", type=int, default=15, help="how often each is killed")
    parser.add_argument("--seed", type=int, default=0, help="the first of the seeds")
    asked = parser.parse_args()
    seeds = range(asked.seed, asked.seed + asked.each)
    for name in WRITING:
        half = 0
        for seed in seeds:
            with tempfile.TemporaryDirectory() as folder:
                half += killed(Path(folder), name, seed)
        sys.stdout.write(f"{len(seeds):>9,}  {name} killed, {half} of them on the way\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
