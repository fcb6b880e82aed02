"""The long form of the properties: every law on many generated measures and sheets.

    python -m bench.soak --measures 10000 --sheets 200000 --seed 1000000
    python -m bench.soak --measures 0 --fuzz 25000 --doubts 5000

With `--fuzz` so many rule files, sheets and sentences are spoilt, too, and read; with
`--doubts` the laws of readings, of versions and of what settles a question are tried on so many
measures of each kind. What fails is written with its seed to a file, to be tried again alone.
"""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeAlias

import jsonschema
import referencing

from tests.properties.doubtlaws import try_doubts
from tests.properties.fuzzing import FUZZ
from tests.properties.trying import try_laws

ROOT = Path(__file__).resolve().parent.parent
#: Tries laws on what a seed gives, by so many sheets: how often each, and what failed.
Try: TypeAlias = Callable[[int, int], tuple[int, Counter[str], str]]
#: How many sheets are made up for each measure that is doubted.
DOUBTED = 5


def tried(seed: int, sheets: int) -> tuple[int, Counter[str], str]:
    """Try the laws on the measure of a seed: how often each, and what failed."""
    schema = json.loads((ROOT / "schemas" / "verdict.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema, registry=referencing.Registry())
    with tempfile.TemporaryDirectory() as folder:
        try:
            return seed, try_laws(seed, Path(folder), validator, sheets), ""
        except Exception:
            return seed, Counter(), traceback.format_exc()


def spoilt(kind: str, seed: int) -> tuple[float, str]:
    """Spoil one thing of a kind: the CPU time that it took, and what failed."""
    begun, error = time.process_time(), ""
    try:
        FUZZ[kind](seed)
    except Exception:
        error = traceback.format_exc()
    return time.process_time() - begun, error


def fuzz(pool: ProcessPoolExecutor, seeds: range, failures: Path) -> int:
    """Spoil so many of each kind, and print how many failed, and the longest that one took."""
    every = 0
    for kind in FUZZ:
        failed, longest = 0, (0.0, 0)
        for seed, (taken, error) in zip(
            seeds, pool.map(partial(spoilt, kind), seeds, chunksize=50), strict=True
        ):
            longest = max(longest, (taken, seed))
            if error:
                failed += 1
                with failures.open("a", encoding="utf-8") as file:
                    file.write(f"{kind}, seed {seed}\n{error}\n")
        sys.stdout.write(
            f"{len(seeds):>9,}  {kind} spoilt, {failed} failed; the longest took "
            f"{longest[0]:.2f} s (seed {longest[1]})\n"
        )
        sys.stdout.flush()
        every += failed
    return every


def doubted(seed: int, sheets: int) -> tuple[int, Counter[str], str]:
    """Try the laws of doubts on what a seed gives: how often each, and what failed."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return seed, try_doubts(seed, Path(folder), sheets), ""
        except Exception:
            return seed, Counter(), traceback.format_exc()


def laws(pool: ProcessPoolExecutor, one: Try, seeds: range, sheets: int, failures: Path) -> int:
    """Try laws on so many measures, and print how often each was tried."""
    total: Counter[str] = Counter()
    begun, failed = time.perf_counter(), 0
    for seed, found, error in pool.map(one, seeds, [sheets] * len(seeds), chunksize=8):
        total += found
        if error:
            failed += 1
            with failures.open("a", encoding="utf-8") as file:
                file.write(f"seed {seed}\n{error}\n")
    taken = time.perf_counter() - begun
    for name, count in total.most_common():
        sys.stdout.write(f"{count:>9,}  {name}\n")
    sys.stdout.write(
        f"{failed:>9,}  failed; {1000 * taken / len(seeds):.0f} s for 1,000 measures\n"
    )
    return failed


def main() -> int:
    """Print how often each law was tried and what was spoilt; 1 if something failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--measures", type=int, default=10_000)
    parser.add_argument("--sheets", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1_000_000, help="the first of the seeds")
    parser.add_argument("--fuzz", type=int, default=0, help="how many of each kind are spoilt")
    parser.add_argument("--doubts", type=int, default=0, help="how many are doubted")
    parser.add_argument("--failures", type=Path, default=Path("soak-failures.txt"))
    asked = parser.parse_args()
    failed = 0
    with ProcessPoolExecutor() as pool:
        if asked.measures:
            seeds = range(asked.seed, asked.seed + asked.measures)
            sheets = -(-asked.sheets // asked.measures)
            failed += laws(pool, tried, seeds, sheets, asked.failures)
        if asked.doubts:
            seeds = range(asked.seed, asked.seed + asked.doubts)
            failed += laws(pool, doubted, seeds, DOUBTED, asked.failures)
        if asked.fuzz:
            failed += fuzz(pool, range(asked.seed, asked.seed + asked.fuzz), asked.failures)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
