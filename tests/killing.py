"""Commands that write files, killed while they write."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support import HEAD, ROOT, SMALL, write

#: How many files a command writes that writes several.
SEVERAL = 10
_RULE = "rules:\n  r{}: {{titel-en: R, title-zh: 则, require: weight is below light}}\n"
_CASE = """\
tests: small
cases:
  - case-en: A light thing
    case-zh: 轻物
    given: {thing: {name-en: T, name-zh: 物}, facts: {weight: 5 grams}}
    on: 2001-01-01
    decision: class
    expect: {outcome: high}
    why-en: The text.
    why-zh: 条文。
"""


@dataclass(frozen=True)
class Writing:
    """A command that writes in a folder, and what stands there before."""

    args: tuple[str, ...]
    files: Mapping[str, str]
    #: The same where nothing is to be in the way of it.
    again: tuple[str, ...] = ()


def _numbered(form: str, text: str) -> dict[str, str]:
    return {form.format(n): text.replace("{}", str(n)) for n in range(SEVERAL)}


_DRAFT = ("draft", "new", "--amends", "small/1", "--policies", ".", "--output")
WRITING = {
    "fmt": Writing(("fmt", "small"), _numbered("small/1/article-{}.yaml", "article :  {}\n")),
    "check": Writing(
        ("check", "--fix", "small"),
        {
            f"small/1/article-{n}.yaml": HEAD.replace("2", str(n)) + _RULE.format(n)
            for n in range(2, SEVERAL)
        },
    ),
    "draft": Writing((*_DRAFT, "d.yaml"), {}, (*_DRAFT, "again.yaml")),
    "test": Writing(
        ("test", "small", "--accept"),
        {
            **_numbered("small/tests/{}.yaml", _CASE),
            **_numbered("small/tests/{}.proposed", "# what came out before\n"),
        },
    ),
}


def lay(home: Path, name: str) -> None:
    """Write what stands there before a command."""
    write(home, {f"small/{file}": text for file, text in SMALL.items()})
    write(home, WRITING[name].files)


def holds(home: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold."""
    found = sorted(path for path in home.rglob("*") if path.is_file())
    return {str(path.relative_to(home)): path.read_bytes() for path in found}


def _start(home: Path, args: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, ROOT / "cli.py", *args],
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _seen(home: Path) -> set[tuple[str, int]]:
    return {
        (one.name, one.inode())
        for folder in (home, home / "small/1", home / "small/tests")
        if folder.is_dir()
        for one in os.scandir(folder)
    }


def killed(home: Path, name: str, seed: int) -> bool:
    """Kill a command while it writes; tell whether that left anything half done.

    Every file holds what it held or what it should, and the next command tidies up.
    """
    writing, moment = WRITING[name], random.Random(seed).random() ** 5 / 4
    lay(home, name)
    first, before = holds(home), _seen(home)
    running = _start(home, writing.args)
    while running.poll() is None and _seen(home) == before:
        time.sleep(0.001)
    time.sleep(moment)
    running.send_signal(signal.SIGKILL)
    running.wait()
    left = holds(home)
    parts = {one for one in left if Path(one).name.startswith(".ipcity-")}
    _start(home, writing.again or writing.args).wait()
    after = holds(home)
    assert after != first, (name, seed)
    assert not parts & after.keys(), (name, seed)
    if writing.again:  # it writes the same under another name
        after["d.yaml"] = after.pop("again.yaml")
    whole = {one: data for one, data in left.items() if one not in parts}
    for one in first.keys() | after.keys() | whole.keys():
        assert whole.get(one) in (first.get(one), after.get(one)), (name, seed, one)
    return bool(parts) or whole not in (first, after)
