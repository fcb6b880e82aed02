"""Text on a real terminal: broken for its width."""

import fcntl
import os
import pty
import re
import struct
import sys
import termios

import pytest

from ipcity_policy.text.cells import cells
from tests.support import ROOT

#: Each starts a process.
pytestmark = pytest.mark.whole

SHEET = "tests/second_law/berths/boats/nellie.yaml"
ARGS = ("evaluate", SHEET, "--policies", "tests/second_law", "--on", "2005-01-01")


def on_terminal(columns: int, *args: str) -> list[str]:
    """Run a command on a terminal of some columns; return its lines without colours."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.environ.pop("COLUMNS", None)
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "cli.py", *args])
    written = b""
    while True:
        try:
            more = os.read(terminal, 1 << 16)
        except OSError:  # the command has ended
            break
        if not more:
            break
        written += more
    os.close(terminal)
    assert os.waitpid(pid, 0)[1] == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", written.decode()).splitlines()


@pytest.mark.parametrize("columns", [20, 30, 60])
def test_text_is_broken_for_a_narrow_terminal(columns: int) -> None:
    lines = on_terminal(columns, *ARGS)
    assert len(lines) > 50
    for line in lines:
        # Only a single word, with its sign, may be wider than there is room for.
        assert cells(line) <= columns or len(line.split()) <= 2
