"""What a file costs as it grows: CPU time and memory for n, 2n, 4n … of each kind of thing.

    python -m bench.growth --kinds moves facts --commands timeline --first 500 --doublings 3

Each command runs as a process of its own, after what is only loaded once, so that its CPU time
and its memory are its own; a busy machine changes neither. Beside the CPU time of each size
stands what it is above that of the smallest file, as a ratio to the size before: 2 is a
straight line, 4 a square.
"""

import argparse
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from shutil import copytree

from ipcity_policy.cli.main import run
from tests.growing import (
    HEAD,
    fees,
    grades,
    moves,
    notices,
    unknown_events,
    unknown_facts,
    vague,
    years,
)

ROOT = Path(__file__).resolve().parent.parent
LAW = ROOT / "tests" / "second_law" / "berths"
#: In seconds of CPU time; a command that takes longer is stopped.
LIMIT = 120
#: The day asked about.
ON = ("--on", "2020-12-31")
POLICIES = ("--policies", str(LAW.parent))


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    #: In seconds; None where it took longer than the limit.
    cpu: float | None
    #: In megabytes.
    memory: float


def facts(count: int) -> Mapping[str, str]:
    """Write a vocabulary of many facts, and a sheet that states each."""
    asks = "type: yes-no, label-en: F, label-zh: 事, asks-en: A?, asks-zh: 问？"
    declared = "".join(f"  f-{n}: {{{asks}}}\n" for n in range(count))
    text = (LAW / "facts.yaml").read_text("utf-8")
    return {
        "facts.yaml": text.replace("\nfacts:\n", f"\nfacts:\n{declared}", 1),
        "boats/s.yaml": f"{HEAD}facts:\n" + "".join(f"  f-{n}: yes\n" for n in range(count)),
    }


def _article(entries: str) -> Mapping[str, str]:
    head = "article: 9\ntitle-en: M\ntitle-zh: 九\nbasis: attested\n"
    return {"2004/article-09.yaml": head + entries}


def provisions(count: int) -> Mapping[str, str]:
    """Write an article of many provisions."""
    said = (f"  art-9-p{n}: {{says-en: A., says-zh: 甲。}}\n" for n in range(count))
    return _article("numbering: ours\nprovisions:\n" + "".join(said))


def parameters(count: int) -> Mapping[str, str]:
    """Write an article of many parameters."""
    return _article("parameters:\n" + "".join(f"  p-{n}: {n} feet\n" for n in range(count)))


def rules(count: int) -> Mapping[str, str]:
    """Write an article of many rules, each with a sentence of its own."""
    said = (
        f"  r-{n}: {{title-en: R, title-zh: 规, require: length is at least p-{n}}}\n"
        for n in range(count)
    )
    named = "".join(f"  p-{n}: {n} feet\n" for n in range(count))
    return _article(f"parameters:\n{named}rules:\n{''.join(said)}")


def chain(count: int) -> Mapping[str, str]:
    """Write an article of rules of which each needs the one before."""
    first = "  r-0: {title-en: R, title-zh: 规, require: insured is yes}\n"
    said = (
        f"  r-{n}: {{title-en: R, title-zh: 规, require: r-{n - 1}}}\n" for n in range(1, count)
    )
    return _article("rules:\n" + first + "".join(said))


def wrong_names(count: int) -> Mapping[str, str]:
    """Write an article of rules that name facts which the measure does not have."""
    said = (
        f"  r-{n}: {{title-en: R, title-zh: 规, require: lenght-{n} is yes}}\n"
        for n in range(count)
    )
    return _article("rules:\n" + "".join(said))


def wrong_keys(count: int) -> Mapping[str, str]:
    """Write an article of keys that rule files do not have."""
    return _article("".join(f"rulse-{n}: x\n" for n in range(count)))


def cases(count: int) -> Mapping[str, str]:
    """Write a file of many rule tests."""
    said = (
        f"  - case-en: c {n}\n    case-zh: 例{n}\n    given:\n"
        "      boat: {name-en: Cleo, name-zh: 克莱奥号}\n      facts: {length: 20 feet}\n"
        "    version: berths/2004\n    decision: fee\n    expect: {outcome: small-fee}\n"
        "    why-en: W.\n    why-zh: 因。\n"
        for n in range(count)
    )
    return {"tests/many.yaml": "tests: berths\ncases:\n" + "".join(said)}


def _sheet(write: Callable[[int], str]) -> Callable[[int], Mapping[str, str]]:
    return lambda count: {"boats/s.yaml": write(count)}


OF_SHEETS = ("validate", "evaluate", "timeline", "sheet", "compare", "check", "fmt")
OF_LAWS = ("check", "fmt", "evaluate", "list", "show", "compare")
KINDS: Mapping[str, tuple[Callable[[int], Mapping[str, str]], tuple[str, ...]]] = {
    **{
        write.__name__.replace("_", "-"): (_sheet(write), OF_SHEETS)
        for write in (
            moves, notices, fees, grades, vague, unknown_facts, unknown_events, years,
        )
    },
    "facts": (facts, (*OF_SHEETS, "show")),
    **{
        write.__name__.replace("_", "-"): (write, OF_LAWS)
        for write in (provisions, parameters, rules, chain, wrong_names, wrong_keys)
    },
    "cases": (cases, ("test", "check", "fmt")),
}  # fmt: skip


def arguments(command: str, home: Path) -> list[str]:
    """Return the arguments of a command for the law in a folder."""
    sheet = str(home / "berths" / "boats" / "s.yaml")
    folder = ["--policies", str(home)]
    return {
        "validate": ["validate", sheet, *folder],
        "evaluate": ["evaluate", sheet, "--decision", "fee", *folder],
        "timeline": ["timeline", sheet, *ON, *folder],
        "sheet": ["sheet", "berths", *folder],
        "compare": ["compare", "--before", "1998", "--after", "2004", "--decision", "fee",
                    sheet, *folder],
        "check": ["check", str(home / "berths" / "2004"), sheet, *folder],
        "fmt": ["fmt", "--check", str(home / "berths")],
        "list": ["list", *folder],
        "show": ["show", "berths/2004", *folder],
        "test": ["test", str(home / "berths" / "tests" / "many.yaml"), *folder],
    }[command]  # fmt: skip


def cost(args: list[str]) -> Cost:
    """Run a command to its end in a process of its own, and return what it took."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        run(args)
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    late = os.waitstatus_to_exitcode(status) < 0
    return Cost(None if late else used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def curve(
    write: Callable[[int], Mapping[str, str]], command: str, sizes: list[int]
) -> Iterator[tuple[int, int, Cost]]:
    """Yield for each size its bytes, and what a command takes for it; first for one thing."""
    for size in (1, *sizes):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            copytree(LAW, home / "berths")
            (home / "berths" / "boats" / "s.yaml").write_text(HEAD, "utf-8")
            written = 0
            for name, text in write(size).items():
                (home / "berths" / name).write_text(text, "utf-8")
                written = max(written, len(text.encode()))
            yield size, written, cost(arguments(command, home))


def main() -> None:
    """Print the curve of each kind and command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="*", choices=KINDS, default=[*KINDS])
    parser.add_argument("--commands", nargs="*")
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--doublings", type=int, default=3)
    asked = parser.parse_args()
    with redirect_stdout(StringIO()):
        run(["evaluate", str(LAW / "boats" / "dot.yaml"), *POLICIES])
    sizes = [asked.first << n for n in range(asked.doublings + 1)]
    sys.stdout.write(
        f"{'kind':<15}{'command':<10}{'n':>7}{'kB':>6}{'CPU s':>8}{'ratio':>7}{'MB':>6}\n"
    )
    for kind in asked.kinds:
        write, commands = KINDS[kind]
        for command in commands:
            if asked.commands and command not in asked.commands:
                continue
            base, before = 0.0, 0.0
            for size, written, took in curve(write, command, sizes):
                said = f"> {LIMIT}" if took.cpu is None else f"{took.cpu:.2f}"
                above = (took.cpu or 0.0) - base
                ratio = f"{above / before:.1f}" if before > 0.05 and took.cpu else ""
                sys.stdout.write(
                    f"{kind:<15}{command:<10}{size:>7}{written // 1000:>6}"
                    f"{said:>8}{ratio:>7}{took.memory:>6.0f}\n"
                )
                sys.stdout.flush()
                base, before = (took.cpu or 0.0, 0.0) if size == 1 else (base, above)
                if took.cpu is None:
                    break


if __name__ == "__main__":
    main()
