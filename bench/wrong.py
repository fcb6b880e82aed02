"""Make the engines wrong at many places, one at a time, and see if a test notices.

    python -m bench.wrong --places 120 --seed 1

A place that no test notices is told, with what was changed and which tests ran, unless
`bench/wrong.toml` says why the change changes nothing. The work is done on a copy. What is
found is added to a file: with the same file, a run goes on where it was stopped, until the
package or the tests change.
"""

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.noticing import SWITCH
from tests.places import Place, chosen, modules, places_of, switched

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "ipcity_policy"
EXPLAINED = Path(__file__).with_name("wrong.toml")
#: What is run for a place: first what is quick, and for what is left, what takes longer.
STAGES: Sequence[Sequence[str]] = (
    ("tests/unit", "tests/test_conformance.py", "tests/properties/test_kleene.py"),
    (
        "tests/test_roster.py",
        "tests/test_second_law.py",
        "tests/test_together.py",
        "tests/surfaces/test_comparing.py",
        "tests/surfaces/test_far_days.py",
        "tests/surfaces/test_timeline.py",
        "tests/properties/test_answers.py",
        "tests/properties/test_bars.py",
        "tests/properties/test_in_part.py",
        "tests/properties/test_indicators.py",
        "tests/properties/test_reckoning.py",
        "tests/properties/test_shipped_daily.py",
        "tests/properties/test_stretches.py",
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one place."""

    place: Place
    #: The test that noticed; empty where none did.
    by: str
    #: How many tests were run, how many reach the place, and in which files.
    ran: int
    reaching: int
    files: Mapping[str, int]


def read(package: Path) -> Iterator[Place]:
    """Yield all places of the package."""
    for module in modules(package):
        yield from places_of(module, (package / module).read_text("utf-8"))


def copied(places: Sequence[Place], home: Path) -> None:
    """Copy the checkout, and have the copy ask at each place if it is wrong, by its number."""
    hidden = shutil.ignore_patterns(".*", "__pycache__", "node_modules")
    shutil.copytree(ROOT, home, ignore=hidden)
    package = home / PACKAGE
    (package / "_wrong.py").write_text(SWITCH, "utf-8")
    numbers = {place: number for number, place in enumerate(places, 1)}
    for module in {place.module for place in places}:
        path = package / module
        line = f"from {PACKAGE}._wrong import wrong as __wrong__"
        path.write_text(switched(module, path.read_text("utf-8"), numbers, line), "utf-8")


def tried(
    places: Sequence[Place], tests: Sequence[str], seconds: float, jobs: int
) -> Iterator[Found]:
    """Make each place wrong and run the tests that reach it."""
    with tempfile.TemporaryDirectory() as folder:
        home, asked, found = (Path(folder) / one for one in ("copy", "asked.json", "found"))
        copied(places, home)
        numbers = [*range(1, len(places) + 1)]
        what = {"places": numbers, "tests": tests, "seconds": seconds, "jobs": jobs}
        asked.write_text(json.dumps(what), "utf-8")
        found.touch()
        env = {**os.environ, "PYTHONPATH": str(home), "TMPDIR": folder}
        command = [sys.executable, "-m", "tests.noticing", str(asked), str(found)]
        with (Path(folder) / "log").open("w+b") as log, found.open("rb") as lines:
            running = subprocess.Popen(command, cwd=home, env=env, stdout=log, stderr=log)
            try:
                ended = False
                while not ended:
                    ended = running.poll() is not None
                    for line in lines:
                        one = json.loads(line)
                        yield Found(places[one.pop("place") - 1], **one)
                    time.sleep(0 if ended else 0.2)
            finally:
                running.terminate()
            if running.returncode:
                log.seek(0)
                sys.stdout.write(log.read().decode()[-4_000:])
                raise SystemExit(2)


def digest() -> str:
    """Return what tells the package and its tests from others."""
    read = hashlib.sha256()
    for folder in (PACKAGE, "tests"):
        for path in sorted((ROOT / folder).rglob("*.[pmy]*")):
            if path.suffix in (".py", ".md", ".yaml"):
                read.update(path.read_bytes())
    return read.hexdigest()[:12]


def explained() -> dict[str, str]:
    """Return why a change changes nothing, by the name of the place."""
    entries = tomllib.loads(EXPLAINED.read_text("utf-8"))["same"]
    return {one["place"]: one["why"] for one in entries}


def kept(
    path: Path, places: Iterable[Place], of: str
) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """Return what a file holds of places, by their names: what each stage found."""
    known = {(place.key, place.turn) for place in places}
    results: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        one = json.loads(line)
        if one["of"] == of and (one["place"], one["turn"]) in known:
            results.setdefault((one["place"], one["turn"]), []).append(one)
    return results


def main() -> int:
    """Print the places that no test notices; 1 if one of them is not explained."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--places", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only places with that in their name")
    parser.add_argument("--tests", nargs="*", help="run these instead")
    parser.add_argument("--seconds", type=float, default=20, help="CPU time for each place")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--found", type=Path, default=Path("wrong-found.jsonl"))
    parser.add_argument("--quick", action="store_true", help="run only the quick tests")
    parser.add_argument("--explained", action="store_true", help="try the explained ones, too")
    asked = parser.parse_args()
    every = [*read(ROOT / PACKAGE)]
    named = (one for one in every if asked.only in f"{one.module}: {one.key}")
    some = chosen(named, asked.places, asked.seed)
    why = explained()
    of = digest()
    results = kept(asked.found, some, of)
    stages = (asked.tests,) if asked.tests else STAGES[:1] if asked.quick else STAGES
    for number, tests in enumerate(stages):
        todo = [
            one
            for one in some
            if (asked.explained or one.key not in why)
            and not any(line["by"] or line["stage"] >= number for line in _of(results, one))
        ]
        for found in tried(todo, tests, asked.seconds, asked.jobs) if todo else ():
            line = {
                "of": of,
                "place": found.place.key,
                "turn": found.place.turn,
                "stage": number,
                "by": found.by,
                "ran": found.ran,
                "reaching": found.reaching,
                "files": found.files,
            }
            results.setdefault((found.place.key, found.place.turn), []).append(line)
            with asked.found.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
    return report(some, results, why, {one.key for one in every})


def _of(
    results: Mapping[tuple[str, int], list[dict[str, Any]]], one: Place
) -> list[dict[str, Any]]:
    return results.get((one.key, one.turn), [])


def report(
    places: Sequence[Place],
    results: Mapping[tuple[str, int], list[dict[str, Any]]],
    why: Mapping[str, str],
    known: Iterable[str],
) -> int:
    """Print what became of the places of each room, and what nobody noticed."""
    noticed = {one for one in places if any(line["by"] for line in _of(results, one))}
    left = [one for one in places if one not in noticed and one.key not in why]
    for room in dict.fromkeys(one.room for one in places):
        mine = [one for one in places if one.room == room]
        count = Counter("noticed" if one in noticed else "left" for one in mine)
        count["explained"] = sum(one not in noticed and one.key in why for one in mine)
        open_ = count["left"] - count["explained"]
        sys.stdout.write(
            f"{len(mine):>6}  {room}: {count['noticed']} noticed, "
            f"{count['explained']} explained, {open_} not noticed\n"
        )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.write(f"{used.ru_utime + used.ru_stime:>6.0f}  seconds of CPU time\n")
    for one in left:
        sys.stdout.write(
            f"\n{PACKAGE}/{one.module}:{one.line}, in {one.function}\n"
            f"  was  {one.was}\n  now  {one.now}\n"
        )
        for line in _of(results, one):
            files = ", ".join(f"{name} ({count})" for name, count in line["files"].items())
            sys.stdout.write(f"  {line['ran']} of {line['reaching']} tests ran: {files}\n")
    for one in sorted(noticed, key=lambda one: one.key):
        if one.key in why:
            sys.stdout.write(f"\nexplained, and noticed all the same: {one.key}\n")
    for key in sorted({*why} - {*known}):
        sys.stdout.write(f"\nexplained, and no longer there: {key}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
