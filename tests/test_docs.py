"""Every fenced example in the papers is run; `pytest --accept` writes what it prints now.

A `yaml` or `python` fence may name a file after its language: it is written before the
commands that follow. A `console` fence holds commands behind `$` and their exact output; what
a `python` fence prints stands in the `text` fence after it, and the next one knows its names.
"""

import io
import re
import shlex
import shutil
from contextlib import redirect_stdout
from difflib import ndiff
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from ipcity_policy.cli.main import COMMANDS, ipcity
from ipcity_policy.text.page import Fence, read_page
from tests.cases import printed, replayed
from tests.support import ROOT, Accept

#: Those whose examples write rule files, and not into ours.
WRITING = ("CONTRIBUTING.md", "policies/README.md", "policies/found.md")
PAPERS = ("README.md", "docs/cases.md", "docs/using.md", "docs/walk.md", *WRITING)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what a reader of the papers works on."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "timeline.yaml", tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IPCITY_POLICIES", raising=False)
    return tmp_path


@pytest.mark.whole
@pytest.mark.parametrize("name", PAPERS)
def test_every_fenced_example_runs_as_shown(
    name: str, checkout: Path, monkeypatch: pytest.MonkeyPatch, accept: Accept
) -> None:
    if name in WRITING:
        monkeypatch.setenv("IPCITY_POLICIES", "policies")
    page = ROOT / name
    fences = [part for part in read_page(page.read_text("utf-8")) if isinstance(part, Fence)]
    printing: str | None = None
    names: dict[str, object] = {}
    for fence in fences:
        body = fence.body
        assert (printing is None) is (fence.language != "text"), f"{name}:{fence.line}"
        match fence.language:
            case "console":
                now = replayed(body)
                if not accept(page, fence, now):
                    assert now == body, f"{name}:{fence.line}"
            case "yaml":
                path = checkout / fence.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(body, "utf-8")
            case "python":
                with redirect_stdout(io.StringIO()) as out:
                    exec(compile(body, name, "exec"), names)
                printing = out.getvalue()
                assert printing
            case "text":
                assert printing is not None
                if not accept(page, fence, printing):
                    assert printing == body, f"{name}:{fence.line}"
                printing = None
            case "sh":
                # What follows the set-up is run here; the set-up itself by `.ci/run`.
                last = body.replace("&&\n", "&& ").strip().split("&& ")[-1]
                tool, *rest = shlex.split(last)
                if tool.endswith("/ipcity"):
                    assert printed(shlex.join(["ipcity", *rest]))[0] == 0
                else:
                    assert (tool, rest) == (".venv-dev/bin/pytest", ["-n", "auto"])
            case language:
                raise AssertionError(f"nobody runs a fence of {language!r}")
    assert printing is None, f"{name}: what the last python fence prints is not shown"
    assert len(fences) > 2


def test_the_page_on_a_found_text_takes_away_only_what_it_names() -> None:
    name = "policies/ip-cities/2014/articles-05-onward.yaml"
    page = read_page((ROOT / "policies/found.md").read_text("utf-8"))
    (body,) = (p.body for p in page if isinstance(p, Fence) and p.name == name)
    shipped = (ROOT / name).read_text("utf-8").splitlines()[1:]  # the first is for editors
    changes = [one for one in ndiff(shipped, body.splitlines()) if one[0] in "+-"]
    assert changes == [
        "-     - acceptance",
        "-   acceptance-date:",
        "-     basis: inferred",
        "-     day-of: [acceptance-passed, acceptance-failed, acceptance-held]",
    ]


@pytest.mark.whole
def test_the_picture_is_what_the_command_below_it_draws(checkout: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (name,) = re.findall(r"^!\[.+\]\((.+\.svg)\)$", readme, re.MULTILINE)
    (command,) = re.findall(r"^Drawn by `(.+?)`", readme, re.MULTILINE)
    page = ElementTree.fromstring(printed(command)[1])
    picture = ElementTree.parse(ROOT / name)
    drawn = [one.text for one in page.iterfind(".//svg//text")]
    assert drawn == [one.text for one in picture.iterfind(".//{*}text")]
    assert len(drawn) > 20


def test_the_papers_name_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in COMMANDS:
        command = ipcity.get_command(click.Context(ipcity), name)
        assert f"`ipcity {name}" in readme
        assert command is not None
        assert command.help


@pytest.mark.parametrize(
    "name", ["docs/walk.md", "docs/newcomer.md", "ipcity_policy/README.md"]
)
def test_a_page_on_the_code_names_what_there_is(name: str) -> None:
    named = re.findall(r"`([a-z0-9_]+/[a-z0-9_./-]+)`", (ROOT / name).read_text("utf-8"))
    house = ROOT / "ipcity_policy"
    homes = (ROOT, house, *(room for room in house.iterdir() if room.is_dir()))
    for one in dict.fromkeys(named):
        places = [home / f"{one}{end}" for home in homes for end in ("", ".py")]
        assert any(place.exists() for place in places), one
    assert len(named) > 5


def test_the_house_shows_every_room() -> None:
    house = (ROOT / "ipcity_policy" / "README.md").read_text("utf-8")
    for path in (ROOT / "ipcity_policy").iterdir():
        if path.is_dir() and path.name != "__pycache__":
            assert f"`{path.name}/`" in house


def test_the_house_names_modules_that_are_in_their_rooms() -> None:
    house = (ROOT / "ipcity_policy" / "README.md").read_text("utf-8")
    found = 0
    for row in re.findall(r"^\| `([a-z_/]+)/` \|(.+)$", house, re.MULTILINE):
        room, told = ROOT / "ipcity_policy" / row[0], row[1]
        for one in re.findall(r"`([a-z0-9_]+)/?`", told):
            assert (room / one).exists() or (room / f"{one}.py").exists(), (row[0], one)
            found += 1
    assert found > 50
