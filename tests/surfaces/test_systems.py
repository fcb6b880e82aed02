"""What differs between systems: how paths are written, how lines end, what streams take."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from ipcity_policy.cli.main import ipcity as ipcity_command
from ipcity_policy.cli.main import run
from ipcity_policy.law.library import kept_in, shown_from
from ipcity_policy.law.writing import write_first, write_over
from tests.support import ROOT, SECOND_LAW, Ipcity

WINDOWS, POSIX = PureWindowsPath, PurePosixPath


@pytest.mark.parametrize(
    ("path", "here", "name"),
    [
        (POSIX("/law/a/facts.yaml"), POSIX("/law"), "a/facts.yaml"),
        (POSIX("/law/a/facts.yaml"), POSIX("/la"), "/law/a/facts.yaml"),
        (POSIX("/law/a\\b.yaml"), POSIX("/law"), "a\\b.yaml"),
        (WINDOWS(r"C:\law\a\facts.yaml"), WINDOWS(r"C:\law"), "a/facts.yaml"),
        (WINDOWS(r"C:\law\a\facts.yaml"), WINDOWS(r"c:\LAW"), "a/facts.yaml"),
        (WINDOWS(r"D:\law\facts.yaml"), WINDOWS(r"C:\law"), "D:/law/facts.yaml"),
        (WINDOWS(r"C:\lawful\facts.yaml"), WINDOWS(r"C:\law"), "C:/lawful/facts.yaml"),
        (WINDOWS(r"\\host\law\facts.yaml"), WINDOWS("C:\\"), "//host/law/facts.yaml"),
        (WINDOWS(r"C:\法规\事实.yaml"), WINDOWS("C:\\"), "法规/事实.yaml"),
    ],
)
def test_a_file_is_named_with_one_sign_on_every_system(
    path: PurePath, here: PurePath, name: str
) -> None:
    assert shown_from(path, here) == name


@pytest.mark.parametrize(
    ("path", "alone", "folder"),
    [
        (r"C:\law\a\2004\article-01.yaml", False, r"C:\law\a"),
        (r"c:\LAW\a\facts.yaml", False, r"C:\law\a"),
        (r"C:\law\2004\article-01.yaml", True, r"C:\law"),
        (r"C:\law\facts.yaml", False, r"C:\law"),
        (r"C:\lawful\a\facts.yaml", False, None),
        (r"D:\law\a\facts.yaml", False, None),
        (r"\\host\law\a\facts.yaml", False, None),
    ],
)
def test_no_link_leads_out_of_the_folder_of_a_measure(
    path: str,
    alone: bool,  # noqa: FBT001
    folder: str | None,
) -> None:
    found = kept_in(WINDOWS(path), WINDOWS(r"C:\law"), alone=alone)
    assert found == (WINDOWS(folder) if folder is not None else None)


@pytest.fixture
def ended(tmp_path: Path) -> Path:
    """The second law with a slip in it, and with the ends of lines of another system."""
    shutil.copytree(SECOND_LAW, tmp_path / "law")
    for path in (tmp_path / "law").rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    article = tmp_path / "law" / "berths" / "2004" / "article-01.yaml"
    before = article.read_bytes()
    article.write_bytes(before.replace(b"title-en:", b"titel-en:", 1))
    assert article.read_bytes() != before
    return tmp_path / "law"


@pytest.mark.whole
def test_the_ends_of_lines_change_no_diagnostic(ended: Path, ipcity: Ipcity) -> None:
    found = {}
    for ends in ("\r\n", "\n"):
        for path in ended.rglob("*.yaml"):
            path.write_bytes(path.read_bytes().replace(b"\r\n", ends.encode()))
        boat = str(ended / "berths" / "boats" / "dot.yaml")
        wrong = ended / "wrong.yaml"
        wrong.write_bytes(Path(boat).read_bytes().replace(b"20 feet", b"20 feets"))
        found[ends] = (
            ipcity("check", str(ended)),
            ipcity("check", str(ended), "--format", "json"),
            ipcity("validate", boat, str(wrong), "--policies", str(SECOND_LAW)),
        )
    assert found["\r\n"] == found["\n"]
    assert "titel-en" in found["\n"][0].out
    assert "feets" in found["\n"][2].out


def test_a_mend_leaves_the_ends_of_lines_and_the_canonical_form_has_one(
    ended: Path, ipcity: Ipcity
) -> None:
    article = ended / "berths" / "2004" / "article-01.yaml"
    spoilt = article.read_bytes()
    assert "fixed" in ipcity("check", "--fix", str(ended)).out
    fixed = article.read_bytes()
    assert fixed != spoilt
    assert fixed.count(b"\r\n") == fixed.count(b"\n") == spoilt.count(b"\n")
    assert ipcity("fmt", str(ended)).status == 0
    assert all(b"\r" not in path.read_bytes() for path in ended.rglob("*.yaml"))
    original = SECOND_LAW / "berths" / "2004" / "article-01.yaml"
    assert article.read_text("utf-8") == original.read_text("utf-8")


IN_PROCESS = "import sys; from ipcity_policy.cli.main import run; sys.exit(run(sys.argv[1:]))"
BOAT = "tests/second_law/berths/boats/nellie.yaml"
SHOWN = ("evaluate", BOAT, "--version", "2004", "--decision", "berth",
         "--policies", "tests/second_law", "--lang", "zh")  # fmt: skip


@pytest.mark.whole
def test_the_program_writes_utf_8_whatever_the_code_page() -> None:
    plain, *others = (
        subprocess.run(
            [sys.executable, "-m", "ipcity_policy", *SHOWN],
            cwd=ROOT,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": one},
        ).stdout
        for one in ("utf-8", "cp936", "cp1252", "ascii")
    )
    assert "第一条" in plain.decode("utf-8")
    assert others == [plain] * 3
    assert b"\r" not in plain


@pytest.mark.whole
def test_a_stream_of_another_program_takes_what_it_can() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", IN_PROCESS, *SHOWN],
        cwd=ROOT,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "cp936"},
    )
    said = ran.stdout.decode("cp936")
    assert "第一条" in said
    assert "\\u2713" in said  # the sign for what is met, which the code page lacks
    assert ran.stderr == b""


def test_files_are_written_where_there_are_no_locks_owners_and_second_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "not on this system")

    monkeypatch.setitem(sys.modules, "fcntl", None)  # an import of it fails
    monkeypatch.delattr(os, "chown")
    monkeypatch.setattr(os, "link", refused)
    path, left = tmp_path / "文件.yaml", tmp_path / ".ipcity-0123456789abcdef.part"
    left.write_bytes(b"")
    assert write_first(path, "new", b"1\n") is None
    assert write_over(path, "new", b"1\n", b"2\r\n") is None
    assert path.read_bytes() == b"2\r\n"
    again = write_first(path, "new", b"3")
    assert again is not None
    assert path.read_bytes() == b"2\r\n"
    assert left.exists()  # whose it is cannot be told without locks
    assert sorted(os.listdir(tmp_path)) == [left.name, path.name]


def test_what_the_program_was_given_is_expanded_where_no_shell_does_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[object] = []
    monkeypatch.setattr(ipcity_command, "main", lambda args, **_: given.append(args))
    monkeypatch.setattr(sys, "argv", ["ipcity", "validate", "*.yaml"])
    assert run() == 0
    assert run(["validate", "*.yaml"]) == 0
    assert given == [None, ["validate", "*.yaml"]]  # click expands its own, and only them
