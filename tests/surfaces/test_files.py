"""What a command is given to read: closed folders, links, streams, and other odd things."""

import ctypes
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import HEAD, ROOT, SECOND_LAW, SMALL, Ipcity, Make, write

BOAT = next(iter(sorted((SECOND_LAW / "berths/boats").glob("*.yaml"))))
#: What lets a superuser read what nobody may.
_ANY_FILE, _ANY_FOLDER, _DROP = 1, 2, 24


def common() -> None:
    """Make a superuser like anyone; of anyone else nothing can be taken."""
    libc = ctypes.CDLL(None)
    for right in (_ANY_FILE, _ANY_FOLDER):
        libc.prctl(_DROP, right, 0, 0, 0)


def shell(command: str, **more: str) -> tuple[int, str]:
    """Run a line of a shell from the checkout; return the status and all that is said."""
    ran = subprocess.run(
        ["bash", "-c", command.replace("ipcity", f"{sys.executable} -m ipcity_policy")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=common, env={**os.environ, **more},
    )  # fmt: skip
    return ran.returncode, ran.stdout


@pytest.mark.whole
@pytest.mark.parametrize(
    ("command", "folder"),
    [
        ("validate {}/sheets --policies {}", "sheets"),
        ("fmt --check {}", "small/1"),
        ("fmt --check {}/sheets", "sheets"),
        ("check {}", "small/1"),
        ("check {}", "small"),
        ("list --policies {}", "small/1"),
        ("test {}", "small/tests"),
    ],
)
def test_a_folder_that_cannot_be_read_is_not_taken_for_empty(
    tmp_path: Path, command: str, folder: str
) -> None:
    home = tmp_path / "home"
    write(home, {f"small/{name}": text for name, text in SMALL.items()})
    write(home, {"sheets/a.yaml": "sheet: 1\n", "small/tests/a.yaml": "tests: small\n"})
    (home / folder).chmod(0)
    try:
        status, said = shell(f"ipcity {command.replace('{}', str(home))}")
    finally:
        (home / folder).chmod(stat.S_IRWXU)
    assert status == 1
    assert "S101 unreadable-file: the folder cannot be read: Permission denied" in said
    assert "M112" not in said


def test_a_link_out_of_a_measure_is_not_followed(
    ipcity: Ipcity, make: Make, tmp_path: Path
) -> None:
    made = make({})
    secret = tmp_path / "secret.yaml"
    secret.write_text("secret-key: do not quote this\n", "utf-8")
    (made.home / "1/article-02.yaml").symlink_to(secret)
    ran = ipcity("check", str(made.home))
    assert ran.status == 1
    wrong = "S101 unreadable-file: this is a link out of `small`, and is not followed"
    assert f"{made.home}/1/article-02.yaml:1:1: error {wrong}" in ran.out
    assert "do not quote" not in ran.out + ran.err


@pytest.mark.parametrize("link", ["small", "small/1", "small/facts.yaml"])
def test_no_link_leads_out_of_the_policies(
    ipcity: Ipcity, make: Make, tmp_path: Path, link: str
) -> None:
    home = make({}).home.parent
    policies = tmp_path / "policies"
    (policies / link).parent.mkdir(parents=True)
    if link != "small":
        write(policies / "small", {k: v for k, v in SMALL.items() if k not in link})
    if (policies / link).is_dir():
        for file in (policies / link).iterdir():
            file.unlink()
        (policies / link).rmdir()
    (policies / link).unlink(missing_ok=True)
    (policies / link).symlink_to(home / link)
    ran = ipcity("show", "light", "--policies", str(policies))
    assert (ran.status, ran.out) == (1, "")
    assert "S101 unreadable-file: this is a link out of `small`" in ran.err


def test_a_link_inside_of_a_measure_is_followed(ipcity: Ipcity, make: Make) -> None:
    made = make({"notes/two.yaml": HEAD})
    (made.home / "1/article-02.yaml").symlink_to("../notes/two.yaml")
    assert ipcity("check", str(made.home / "1")).status == 0


def test_a_sheet_that_is_a_link_is_read_where_it_is_named(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    link = folder / "boat.yaml"
    link.symlink_to(BOAT)
    policies = ("--policies", str(SECOND_LAW))
    assert ipcity("validate", str(link), *policies).status == 0
    ran = ipcity("validate", str(folder), *policies)
    assert ran.status == 1
    assert "this is a link out of `sheets`, and is not followed" in ran.out


@pytest.mark.whole
def test_what_is_no_file_is_read_where_it_is_named() -> None:
    policies = f"--policies {SECOND_LAW}"
    whole = shell(f"ipcity validate {BOAT} {policies}")
    assert whole == (0, "1 sheet validated, none with errors\n")
    assert shell(f"ipcity validate /dev/stdin {policies} < {BOAT}") == whole
    assert shell(f"cat {BOAT} | ipcity validate /dev/stdin {policies}") == whole
    assert shell(f"ipcity validate <(cat {BOAT}) {policies}") == whole
    two = shell(f"ipcity validate <(cat {BOAT}) <(cat {BOAT}) {policies}")
    assert two == (0, "2 sheets validated, none with errors\n")


@pytest.mark.whole
def test_what_never_ends_is_read_in_bounds(tmp_path: Path) -> None:
    policies = f"--policies {SECOND_LAW}"
    for endless in ("/dev/zero", "<(yes)"):
        status, said = shell(f"ipcity validate {endless} {policies}")
        assert (status, "S103 too-large" in said) == (1, True)
    os.mkfifo(tmp_path / "waits.yaml")  # nobody writes to it
    status, said = shell(f"ipcity validate {tmp_path} {policies}")
    assert (status, "this is not a regular file" in said) == (1, True)


def test_standard_input_is_read_once(ipcity: Ipcity) -> None:
    ran = ipcity("validate", "-", "-", "--policies", str(SECOND_LAW), stdin=BOAT.read_bytes())
    assert ran.status == 2
    assert "`-` is given twice, and standard input can be read only once" in ran.err


@pytest.mark.whole
def test_standard_input_that_is_closed_is_told() -> None:
    for command in (f"validate - --policies {SECOND_LAW}", "fmt -"):
        status, said = shell(f"ipcity {command} <&-")
        assert status == 1
        assert (
            "-:1:1: error S101 unreadable-file: the file cannot be read: it is closed" in said
        )


@pytest.mark.whole
def test_the_folder_of_policies_may_begin_at_home(make: Make) -> None:
    home = make({}).home.parent
    for found in ("~", "~/"):
        status, said = shell("ipcity list", IPCITY_POLICIES=found, HOME=str(home))
        assert (status, "small/1" in said) == (0, True)
    checked = shell("ipcity fmt --check", IPCITY_POLICIES="~", HOME=str(home))
    assert checked == (0, "0 of 3 files would change\n")
