"""Following random histories of up to 40 events, against reading the sheet that states them."""

import statistics
import time
from pathlib import Path
from random import Random

from tests.properties.shipped import a_day, city_history, shipped

ROOT = Path(__file__).resolve().parent.parent
HISTORIES, EVENTS = 1_000, 40


def results(number: int = HISTORIES) -> list[tuple[str, float, str]]:
    """Return what was measured: name, ratio, and against what."""
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
    return [
        (f"the median of {number:,} histories", statistics.median(following) / against, WHAT),
        (f"the longest of {number:,} histories", max(following) / against, WHAT),
    ]


WHAT = "reading a sheet of up to 40 events"
