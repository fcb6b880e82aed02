"""How often the generators reach what the laws are about, counted on fixed seeds.

    python -m bench.reach

Of verdicts: readings that matter, alone and only together, readings of three and more options,
versions that disagree, and several sets of facts that settle a question. Of what is said of
histories under the law that is shipped: bars that may run and duties that were or are owed.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from ipcity_policy.questions.evaluation import Question
from tests.properties.doubtlaws import try_doubts
from tests.properties.laws import evaluated
from tests.properties.laws import lay as laid_out
from tests.properties.measures import LAST, Maker
from tests.properties.shipped import a_day, city_history, shipped

ROOT = Path(__file__).resolve().parent.parent
MEASURES, DOUBTS, HISTORIES = 60, 40, 400


def of_measures() -> Iterator[tuple[str, int, int]]:
    """Count over verdicts on measures of every kind."""
    seen: Counter[str] = Counter()
    for seed in range(MEASURES):
        random = Random(seed)
        with tempfile.TemporaryDirectory() as folder:
            laid = laid_out(Maker(random).measure(), Path(folder), random)
            sheet = laid.subjects.partly(laid.world())
            for one in evaluated(laid.library, laid.read(sheet), Question(None, LAST, "1")):
                matter = (*one.readings, *one.effect_readings)
                seen["verdicts"] += 1
                seen["readings matter"] += bool(matter)
                seen["readings of three and more options matter"] += any(
                    len(found.others) > 1 for found in matter
                )
                seen["readings matter only together"] += bool(one.combinations)
                seen["open"] += bool(one.answer.missing)
                seen["several settling sets"] += len(one.settled_by) > 1
    for name in ("readings matter", "readings of three and more options matter"):
        yield name, seen[name], seen["verdicts"]
    name = "readings matter only together"
    yield name, seen[name], seen["verdicts"]
    yield "several settling sets", seen["several settling sets"], seen["open"]


def of_doubts() -> Iterator[tuple[str, int, int]]:
    """Count over verdicts on measures that are made to be doubted."""
    seen: Counter[str] = Counter()
    for seed in range(DOUBTS):
        with tempfile.TemporaryDirectory() as folder:
            seen += try_doubts(seed, Path(folder), 4)
    for name, whole in (
        ("readings that matter", "readings"),
        ("readings of three and more options that matter", "readings"),
        ("readings that matter only together", "readings"),
        ("several settling sets", "open"),
        ("versions that disagree", "versions"),
    ):
        yield name, seen[name], seen[whole]


def of_cities() -> Iterator[tuple[str, int, int]]:
    """Count over what is said of histories under the law that is shipped."""
    course = shipped(ROOT / "policies")
    seen: Counter[str] = Counter()
    for seed in range(HISTORIES):
        random = Random(seed)
        history = city_history(course, random, 8)
        position, _ = course.position(course.read(history), a_day(history, random))
        seen["bars"] += bool(position.bars)
        seen["duties"] += bool(position.duties)
    yield "bars", seen["bars"], HISTORIES
    yield "duties", seen["duties"], HISTORIES


def main() -> None:
    """Print how often each was reached."""
    for title, found in (
        ("verdicts on measures of every kind", of_measures()),
        ("verdicts on measures that are made to be doubted", of_doubts()),
        ("histories of cities", of_cities()),
    ):
        sys.stdout.write(f"{title}\n")
        for name, count, whole in found:
            sys.stdout.write(f"  {count:>5,} of {whole:>5,}  {name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
