"""The long form of the properties: every law on many generated measures and sheets.

    python -m bench.soak --measures 10000 --sheets 200000 --seed 1000000

What fails is written with its seed to a file, so that it can be tried again alone.
"""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import jsonschema
import referencing

from tests.properties.trying import try_laws

ROOT = Path(__file__).resolve().parent.parent


def tried(seed: int, sheets: int) -> tuple[int, Counter[str], str]:
    """Try the laws on the measure of a seed: how often each, and what failed."""
    schema = json.loads((ROOT / "schemas" / "verdict.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema, registry=referencing.Registry())
    with tempfile.TemporaryDirectory() as folder:
        try:
            return seed, try_laws(seed, Path(folder), validator, sheets), ""
        except Exception:
            return seed, Counter(), traceback.format_exc()


def main() -> int:
    """Print how often each law was tried; 1 if one did not hold."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--measures", type=int, default=10_000)
    parser.add_argument("--sheets", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1_000_000, help="the first of the seeds")
    parser.add_argument("--failures", type=Path, default=Path("soak-failures.txt"))
    asked = parser.parse_args()
    seeds = range(asked.seed, asked.seed + asked.measures)
    each = -(-asked.sheets // asked.measures)
    total: Counter[str] = Counter()
    begun, failed = time.perf_counter(), 0
    with ProcessPoolExecutor() as pool:
        for seed, found, error in pool.map(tried, seeds, [each] * len(seeds), chunksize=8):
            total += found
            if error:
                failed += 1
                with asked.failures.open("a", encoding="utf-8") as file:
                    file.write(f"seed {seed}\n{error}\n")
    taken = time.perf_counter() - begun
    for name, count in total.most_common():
        sys.stdout.write(f"{count:>9,}  {name}\n")
    sys.stdout.write(
        f"{failed:>9,}  failed; {1000 * taken / len(seeds):.0f} s for 1,000 measures\n"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
