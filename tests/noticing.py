"""Tells which tests notice that a place of the engines is wrong, in a copy made for it.

    python -m tests.noticing asked.json found.jsonl

`bench.wrong` makes the copy and starts this in it. The tests are collected once, and run once
to see which of them reach each place and how long each takes. Then every place is made wrong in
a process of its own, and those that reach it are run, quick ones first, up to the first that
fails.
"""

import json
import os
import resource
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

#: How much memory a process may take that something is wrong in.
MOST_MEMORY = 4 * 2**30
#: How long one test may take then, in CPU time: so many seconds, and so often what it took.
SLACK, SLOWER = 10.0, 10.0

#: Asked if a place is wrong. What is reached is noted, for one test at a time.
SWITCH = """
ACTIVE = 0
REACHED = set()


def wrong(place: int) -> bool:
    REACHED.add(place)
    return place == ACTIVE
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which places are made wrong, by their numbers, and what is run for them."""

    places: Sequence[int]
    tests: Sequence[str]
    #: For how many seconds of CPU time the tests of one place are run.
    seconds: float
    jobs: int


@dataclass
class Noticing:
    """Runs the tests that pytest has collected, for each place those that reach it."""

    asked: Asked
    found: Path
    switch: Any
    failed: list[str] = field(default_factory=list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what fails."""
        if report.failed:
            self.failed.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests in processes of their own, so that none finds what another left."""
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be collected")
        told = self.found.with_suffix(".reached")
        status = _waited(_forked(lambda: self._reaching(session.items, told)))
        reached = json.loads(told.read_text("utf-8")) if status == 0 else []
        if status or any(one["failed"] for one in reached):
            wrong = [one["failed"] for one in reached if one["failed"]]
            raise session.Interrupted(f"not right from the start: {status} {wrong}")
        running: dict[int, tuple[int, int]] = {}
        for place in self.asked.places:
            some = [
                (one["seconds"], number)
                for number, one in enumerate(reached)
                if place in one["places"]
            ]
            tests = [(session.items[number], seconds) for seconds, number in sorted(some)]
            if len(running) >= self.asked.jobs:
                self._waited_for(running)
            told = self.found.with_suffix(f".{place}")
            child = _forked(partial(self._wrong, place, tests))
            running[child] = place, len(tests)
        while running:
            self._waited_for(running)
        return True

    def _reaching(self, items: Sequence[pytest.Item], told: Path) -> None:
        """Run all tests and write down which places each reaches."""
        found = []
        for number, item in enumerate(items):
            self.switch.REACHED.clear()
            begun = time.process_time()
            self._run(item, items[number + 1] if number + 1 < len(items) else None)
            seconds = time.process_time() - begun
            places = sorted(self.switch.REACHED)
            found.append({"seconds": seconds, "places": places, "failed": self.failed[:1]})
            self.failed.clear()
        told.write_text(json.dumps(found), "utf-8")

    def _wrong(self, place: int, tests: Sequence[tuple[pytest.Item, float]]) -> None:
        """Make a place wrong and run tests up to the first that fails; write down which."""
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        self.switch.ACTIVE = place
        begun, ran = time.process_time(), 0
        for item, seconds in tests:
            if time.process_time() - begun > self.asked.seconds:
                break
            # Whoever runs on is stopped by the signal.
            signal.setitimer(signal.ITIMER_PROF, SLACK + SLOWER * seconds)
            self._run(item, None)
            ran += 1
            if self.failed:
                break
        by = self.failed[0] if self.failed else ""
        files = Counter(str(item.location[0]) for item, _ in tests[:ran])
        self._tell(place, by, ran, len(tests), {} if by else files)

    def _run(self, item: pytest.Item, after: pytest.Item | None) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)

    def _waited_for(self, running: dict[int, tuple[int, int]]) -> None:
        """Wait for one of the processes; one that was stopped has noticed."""
        child, status = os.wait()
        place, tests = running.pop(child)
        if status:
            self._tell(place, f"it was stopped: {status}", 0, tests, {})
        shutil.rmtree(_folder_of(child), ignore_errors=True)

    def _tell(
        self, place: int, by: str, ran: int, tests: int, files: Mapping[str, int]
    ) -> None:
        line = {"place": place, "by": by, "ran": ran, "reaching": tests, "files": files}
        with self.found.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _forked(work: Callable[[], None]) -> int:
    """Start a process for some work; its status tells if that came to its end."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        # Each keeps the files of its tests in a folder of its own.
        folder = _folder_of(os.getpid())
        folder.mkdir()
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)
        work()
        status = 0
    finally:
        os._exit(status)


def _folder_of(child: int) -> Path:
    return Path(os.environ["TMPDIR"]) / str(child)


def _waited(child: int) -> int:
    return os.waitpid(child, 0)[1]


def main(asked: Mapping[str, Any], found: Path) -> int:
    """Run pytest with what is asked."""
    switch = import_module("ipcity_policy._wrong")

    one = Asked(**asked)
    options = ["-q", "-p", "no:cacheprovider", *one.tests]
    return int(pytest.main(options, plugins=[Noticing(one, found, switch)]))


if __name__ == "__main__":
    sys.exit(main(json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2])))
