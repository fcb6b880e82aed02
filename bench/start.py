"""The start of a command against an empty Python and against the libraries it must import."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from measure import medians

ROOT = Path(__file__).resolve().parent.parent
SHEET = ROOT / "policies" / "ip-cities" / "cities" / "lianyungang.yaml"


def process(*args: str) -> Callable[[], object]:
    """Return a way to run a Python process to its end."""
    return lambda: subprocess.run([sys.executable, *args], check=True, capture_output=True)


def results(runs: int = 9) -> list[tuple[str, float, str]]:
    """Return what was measured: name, ratio, and against what."""
    evaluate = ("-m", "ipcity_policy", "evaluate", str(SHEET), "--decision", "acceptance")
    check = ("-m", "ipcity_policy", "check")
    found = medians(
        {
            "empty": process("-c", ""),
            "libraries": process("-c", "import click, yaml"),
            "evaluate": process(*evaluate),
            "check": process(*check),
        },
        runs,
    )
    return [
        ("evaluate, from process start", found["evaluate"] / found["empty"], "an empty Python"),
        ("evaluate, from process start", found["evaluate"] / found["libraries"],
         "import click, yaml"),
        ("check of all shipped measures", found["check"] / found["empty"], "an empty Python"),
    ]  # fmt: skip
