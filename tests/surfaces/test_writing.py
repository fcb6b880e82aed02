"""Files that commands write: whole, whatever happens on the way."""

import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ipcity_policy.law.writing import write_anew, write_first, write_over
from tests.killing import WRITING, holds, killed, lay
from tests.support import ROOT

#: Each starts a process.
pytestmark = pytest.mark.whole


def limited(home: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """Run a command for which no file may grow: the next byte is refused, as on a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5, 5))

    return subprocess.run(
        [sys.executable, "-B", ROOT / "cli.py", *args],
        cwd=home,
        capture_output=True,
        text=True,
        preexec_fn=limit,
    )


@pytest.mark.parametrize("name", WRITING)
def test_where_there_is_no_room_everything_stays_as_it_was(tmp_path: Path, name: str) -> None:
    lay(tmp_path, name)
    before = holds(tmp_path)
    ran = limited(tmp_path, *WRITING[name].args)
    assert ran.returncode == 1
    said = "error S110 unwritable-file: the file cannot be written: File too large"
    assert said in ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr
    assert holds(tmp_path) == before


@pytest.mark.parametrize("name", WRITING)
def test_a_command_that_is_killed_leaves_whole_files(tmp_path: Path, name: str) -> None:
    killed(tmp_path, name, 0)  # many more moments are tried by `bench/killing.py`


def test_a_new_file_has_the_usual_rights_and_a_written_one_its_own(tmp_path: Path) -> None:
    usual, path = tmp_path / "usual", tmp_path / "new"
    usual.write_bytes(b"")
    assert write_first(path, "new", b"1") is None
    assert path.stat().st_mode == usual.stat().st_mode
    for mode in (0o640, 0o604, 0o400):
        path.chmod(mode)
        assert write_anew(path, "new", b"2") is None
        assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes() == b"2"
    assert sorted(os.listdir(tmp_path)) == ["new", "usual"]


def test_what_is_there_is_not_taken_for_new(tmp_path: Path) -> None:
    path, link = tmp_path / "there", tmp_path / "link"
    path.write_bytes(b"old")
    link.symlink_to(tmp_path / "nowhere")
    for one in (path, link):
        wrong = write_first(one, "there", b"new")
        assert wrong is not None
        assert "File exists" in wrong.message_text
    assert path.read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["link", "there"]


def test_what_was_left_is_tidied_and_nothing_else(tmp_path: Path) -> None:
    left, own = tmp_path / f".ipcity-{'0' * 16}.part", tmp_path / ".ipcity-mine.part"
    for one in (left, own):
        one.write_bytes(b"half")
    path = tmp_path / "x"
    assert write_anew(path, "x", b"1") is None
    assert sorted(os.listdir(tmp_path)) == [own.name, "x"]


def test_what_another_writes_just_now_is_not_tidied(tmp_path: Path) -> None:
    # Another program writes: it holds the folder until its input ends.
    code = (
        "import sys\nfrom pathlib import Path\nfrom ipcity_policy.law import writing\n"
        f"with writing._at_work(Path({str(tmp_path)!r})):\n"
        "    print('here', flush=True)\n    sys.stdin.read()\n"
    )
    other = tmp_path / f".ipcity-{'0' * 16}.part"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        other.write_bytes(b"half")
        path = tmp_path / "x"
        assert write_first(path, "x", b"1") is None
        assert other.exists()
        running.communicate()
    assert write_over(path, "x", b"1", b"2") is None
    assert not other.exists()


@pytest.mark.parametrize("name", ["nowhere/x", ".", "\0", "a" * 300])
def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path, name: str) -> None:
    for write in (write_first, write_anew):
        wrong = write(tmp_path / name, "x", b"1")
        assert wrong is not None
        assert wrong.code.id == "S110"
    assert os.listdir(tmp_path) == []
