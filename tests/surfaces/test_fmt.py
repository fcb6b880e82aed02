"""`fmt` as a command: what it writes, what it says, and what it leaves alone."""

import errno
import os
from pathlib import Path

import pytest

from ipcity_policy.law import sentences
from tests.support import ROOT, SECOND_LAW, Ipcity

ODD = (
    "\ufeffarticle :  7\r\nrules:   # 规则\r\n"
    "    r: {require: ( 得分  is at least  下限 ) }\r\n\r\n\r\n"
)
EVEN = "article: 7\nrules:   # 规则\n  r: {require: 得分 is at least 下限}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file in order, two that are not, and others that are none of ours."""
    (tmp_path / "below").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "even.yaml").write_bytes(EVEN.encode())
    for name in ("odd.yaml", "below/odd.yml", ".hidden/odd.yaml", "odd.txt"):
        (tmp_path / name).write_bytes(ODD.encode())
    (tmp_path / "sheet.json").write_bytes(b'{ "sheet":1 }')
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes().decode() for path in files}


@pytest.mark.whole
def test_what_is_shipped_is_in_canonical_form(ipcity: Ipcity) -> None:
    ran = ipcity("fmt", "--check")
    assert (ran.status, ran.out.endswith("files would change\n")) == (0, True)
    ran = ipcity("fmt", "--check", "policies", str(SECOND_LAW))
    count = len([*(ROOT / "policies").rglob("*.yaml"), *SECOND_LAW.rglob("*.yaml")])
    assert (ran.status, ran.out) == (0, f"0 of {count} files would change\n")


@pytest.mark.parametrize(
    "args", [("draft", "new", "--amends", "ip-cities/2016"), ("sheet", "new")]
)
def test_what_the_commands_write_is_in_canonical_form(
    ipcity: Ipcity, args: tuple[str, ...]
) -> None:
    made = ipcity(*args).out
    assert ipcity("fmt", "-", stdin=made.encode()).out == made


def test_check_names_what_would_change_and_writes_nothing(ipcity: Ipcity, folder: Path) -> None:
    before = contents(folder)
    ran = ipcity("fmt", "--check", str(folder))
    assert ran.status == 1
    assert ran.out == (
        f"{folder}/below/odd.yml would change\n{folder}/odd.yaml would change\n"
        "2 of 3 files would change\n"
    )
    assert contents(folder) == before


def test_it_writes_what_is_not_in_order_and_nothing_else(ipcity: Ipcity, folder: Path) -> None:
    before = contents(folder)
    ran = ipcity("fmt", str(folder))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        f"{folder}/below/odd.yml changed\n{folder}/odd.yaml changed\n2 of 3 files changed\n"
    )
    assert contents(folder) == {**before, "below/odd.yml": EVEN, "odd.yaml": EVEN}
    assert ipcity("fmt", "--check", str(folder)).status == 0


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(ipcity: Ipcity, tmp_path: Path) -> None:
    file, link = tmp_path / "file.yaml", tmp_path / "link.yaml"
    file.write_text(ODD, "utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    assert ipcity("fmt", str(link)).status == 0
    assert link.is_symlink()
    assert file.read_text("utf-8") == EVEN
    assert file.stat().st_mode & 0o777 == 0o640
    assert len(os.listdir(tmp_path)) == 2


def test_a_file_that_cannot_be_read_is_left_alone_and_hides_no_other(
    ipcity: Ipcity, folder: Path
) -> None:
    broken = b"a:  [\n"
    (folder / "broken.yaml").write_bytes(broken)
    ran = ipcity("fmt", str(folder), str(folder / "nowhere.yaml"))
    assert ran.status == 1
    assert "broken.yaml:2:1: error S105" in ran.err
    assert "nowhere.yaml:1:1: error S101" in ran.err
    assert ran.out.endswith("2 of 5 files changed\n")
    assert (folder / "broken.yaml").read_bytes() == broken
    assert (folder / "odd.yaml").read_text("utf-8") == EVEN


def test_a_file_that_cannot_be_written_is_whole_and_hides_no_other(
    ipcity: Ipcity, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)
    replace = os.replace

    def full(source: str, target: Path) -> None:
        if target.name == "odd.yaml":
            raise OSError(errno.ENOSPC, "no space left")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    ran = ipcity("fmt", str(folder))
    assert ran.status == 1
    message = "error S110 unwritable-file: the file cannot be written: no space left"
    help = "help: make it writable, or work on a copy"
    assert ran.err == f"{folder}/odd.yaml:1:1: {message}\n  {help}\n\n"
    assert ran.out == f"{folder}/below/odd.yml changed\n1 of 3 files changed\n"
    assert contents(folder) == {**before, "below/odd.yml": EVEN}


def test_a_folder_without_yaml_is_an_error(ipcity: Ipcity, tmp_path: Path) -> None:
    ran = ipcity("fmt", str(tmp_path))
    assert (ran.status, "M112" in ran.err) == (1, True)


def test_json_is_not_touched(ipcity: Ipcity, folder: Path) -> None:
    ran = ipcity("fmt", str(folder / "sheet.json"))
    assert (ran.status, ran.out) == (0, "0 of 0 files changed\n")
    assert (folder / "sheet.json").read_bytes() == b'{ "sheet":1 }'


def test_standard_input_to_standard_output(ipcity: Ipcity) -> None:
    assert ipcity("fmt", "-", stdin=ODD.encode()).out == EVEN
    assert ipcity("fmt", "-", "--check", stdin=EVEN.encode()).status == 0
    checked = ipcity("fmt", "-", "--check", stdin=ODD.encode())
    assert (checked.status, checked.out) == (1, "")
    broken = ipcity("fmt", "-", stdin=b"a: [")
    assert (broken.status, broken.out, "S105" in broken.err) == (1, "", True)
    assert ipcity("fmt", "-", "policies", stdin=b"").status == 2


def test_a_fault_of_ours_writes_nothing(
    ipcity: Ipcity, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)
    # A printer that says something else than was written.
    monkeypatch.setattr(sentences, "print_sentence", lambda sentence: "得分: 下限")
    ran = ipcity("fmt", str(folder))
    assert (ran.status, ran.out) == (3, "")
    assert "a fault of this program, not of your files" in ran.err
    assert contents(folder) == before
