"""Time several ways to do a thing in turn, and give the median of each."""

import statistics
import time
from collections.abc import Callable, Mapping


def medians(ways: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Return the median seconds of each way over `runs` rounds, after one to warm up."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(runs + 1):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            if round_:
                times[name].append(time.perf_counter() - begun)
    return {name: statistics.median(some) for name, some in times.items()}
