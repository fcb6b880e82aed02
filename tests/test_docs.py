"""Every fenced example in the papers is run; `pytest --accept` writes what it prints now.

A `yaml` or `python` fence may name a file after its language: it is written before the
commands that follow. A `console` fence holds commands behind `$` and their exact output.
"""

import io
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import click
import pytest

from ipcity_policy.cli.main import COMMANDS, ipcity, run
from tests.support import ROOT

PAPERS = ("README.md", "CONTRIBUTING.md")
FENCE = re.compile(r"^```(\S*)[ ]?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what a reader of the papers works on."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IPCITY_POLICIES", raising=False)
    return tmp_path


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console fence and the output shown below it."""
    for piece in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = piece.partition("\n")
        yield command, output


def printed(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    name, *args = shlex.split(command)
    if name == "cat":
        return "".join(Path(arg).read_text("utf-8") for arg in args)
    assert name == "ipcity", command
    capsys.readouterr()
    status = run(args)
    captured = capsys.readouterr()
    assert status in (0, 1), captured.err
    return captured.out + captured.err


@pytest.mark.parametrize("name", PAPERS)
def test_every_fenced_example_runs_as_shown(
    name: str,
    checkout: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
) -> None:
    if name == "CONTRIBUTING.md":  # its examples write rule files, and not into ours
        monkeypatch.setenv("IPCITY_POLICIES", "policies")
    text = (ROOT / name).read_text("utf-8")
    fresh: dict[int, str] = {}
    count = 0
    for fence in FENCE.finditer(text):
        language, file, body = fence.groups()
        count += 1
        match language:
            case "console":
                shown = "".join(
                    f"$ {command}\n{printed(command, capsys)}" for command, _ in commands(body)
                )
                fresh[fence.start(3)] = shown
                if not pytestconfig.getoption("--accept"):
                    assert shown == body
            case "yaml":
                path = checkout / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(body, "utf-8")
            case "python":
                with redirect_stdout(io.StringIO()) as out:
                    exec(compile(body, name, "exec"), {})
                assert out.getvalue()
            case "sh":
                # What follows the set-up is run here; the set-up itself by `.ci/run`.
                last = body.replace("&&\n", "&& ").strip().split("&& ")[-1]
                tool, *rest = shlex.split(last)
                if tool.endswith("/ipcity"):
                    assert printed(shlex.join(["ipcity", *rest]), capsys)
                else:
                    assert (tool, rest) == (".venv-dev/bin/pytest", [])
            case _:
                raise AssertionError(f"nobody runs a fence of {language!r}")
    assert count > 4
    if pytestconfig.getoption("--accept"):
        pieces = [fresh.get(fence.start(3), fence.group(3)) for fence in FENCE.finditer(text)]
        (ROOT / name).write_text(_replaced(text, pieces), "utf-8")


def _replaced(text: str, pieces: list[str]) -> str:
    """Return the text with the body of each fence replaced."""
    out, at = "", 0
    for fence, piece in zip(FENCE.finditer(text), pieces, strict=True):
        out += text[at : fence.start(3)] + piece
        at = fence.end(3)
    return out + text[at:]


def test_the_papers_name_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in COMMANDS:
        command = ipcity.get_command(click.Context(ipcity), name)
        assert f"`ipcity {name}" in readme
        assert command is not None
        assert command.help


def test_the_house_shows_every_room() -> None:
    house = (ROOT / "ipcity_policy" / "README.md").read_text("utf-8")
    for path in (ROOT / "ipcity_policy").iterdir():
        if path.is_dir() and path.name != "__pycache__":
            assert f"`{path.name}/`" in house
