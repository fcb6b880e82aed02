"""The streams of a running command: closed, full, no longer read, and interrupted."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import ROOT

#: Each starts a process.
pytestmark = pytest.mark.whole

IPCITY = [sys.executable, "-m", "ipcity_policy"]
SHOWN = f"{sys.executable} -m ipcity_policy"
CLOSED = "standard output cannot be written: it is closed\n"
FULL = "standard output cannot be written: No space left on device\n"
#: Commands that print text, bytes, help and diagnostics.
PRINTING = (
    "explain S101",
    "explain S101 --format json",
    "fmt - < tests/second_law/berths/facts.yaml",
    "--help",
)


def shell(command: str) -> tuple[int, str, str]:
    """Run a line of a shell from the checkout."""
    ran = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("command", PRINTING)
def test_a_closed_output_is_told_in_one_line(command: str) -> None:
    assert shell(f"{SHOWN} {command} >&-") == (4, "", CLOSED)


@pytest.mark.parametrize("command", PRINTING)
def test_a_full_output_is_told_in_one_line(command: str) -> None:
    assert shell(f"{SHOWN} {command} >/dev/full") == (4, "", FULL)


def test_a_lost_output_is_told_in_chinese() -> None:
    said = "标准输出无法写出：磁盘空间不足\n"
    assert shell(f"{SHOWN} explain S101 --lang zh >/dev/full") == (4, "", said)
    assert shell(f"{SHOWN} explain S101 --lang zh >&-") == (
        4,
        "",
        "标准输出无法写出：已经关闭\n",
    )


@pytest.mark.parametrize("stream", ["2>/dev/full", ">&- 2>&-"])
def test_what_cannot_be_told_at_all_has_a_status_of_its_own(stream: str) -> None:
    for command in ("nonsense", "evaluate nowhere.yaml --on 2016-01-01"):
        assert shell(f"{SHOWN} {command} {stream}") == (4, "", "")


@pytest.mark.parametrize("command", PRINTING)
def test_a_reader_that_has_seen_enough_is_no_error(command: str) -> None:
    status, _, said = shell(f"set -o pipefail; {SHOWN} {command} | head -c 1")
    assert (status, said) == (0, "")


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    written = tmp_path / "d.yaml"
    command = f"{SHOWN} draft new --amends ip-cities/2016 --output {written}"
    assert shell(f"{command} >&- <&-") == (4, "", CLOSED)
    expected = shell(f"{SHOWN} draft new --amends ip-cities/2016")[1]
    assert written.read_text("utf-8") == expected


def interruptible() -> None:
    """Let a program be interrupted, though the tests themselves may run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(
    ("loaded", "wait"),
    [
        ("ipcity_policy.cli", 0),
        ("click.core", 0),
        ("ipcity_policy.cli.main", 0),
        ("yaml.scanner", 0),
        ("ipcity_policy.cli.main", 0.1),
        ("ipcity_policy.cli.main", 0.5),
    ],
)
def test_an_interruption_leaves_no_traceback(loaded: str, wait: float) -> None:
    # The interpreter tells what it has loaded, and so how far the command is.
    command = [IPCITY[0], "-X", "importtime", *IPCITY[1:], "check"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=interruptible,
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if line.rpartition("|")[2].strip() == loaded:
                break
        time.sleep(wait)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate()
    told = [line for line in err.splitlines() if not line.startswith("import time:")]
    assert (running.returncode, out, told) == (130, "", [])


def test_what_runs_in_the_background_is_not_interrupted() -> None:
    def ignore() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    with subprocess.Popen(
        [*IPCITY, "explain"], cwd=ROOT, stdout=subprocess.PIPE, preexec_fn=ignore
    ) as running:
        time.sleep(0.1)
        os.kill(running.pid, signal.SIGINT)
        out, _ = running.communicate()
    assert running.returncode == 0
    assert b"S101" in out
