"""Pages of help: examples that run, commands by who needs them, completion, and the cost."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ipcity_policy.cli.help import ExamplesCommand
from ipcity_policy.cli.main import COMMANDS, GROUPS, ipcity
from tests.support import ROOT, SECOND_LAW, Ipcity

IPCITY = [sys.executable, "-m", "ipcity_policy"]


def commands(group: click.Group = ipcity) -> Iterator[click.Command]:
    """Every command that does something."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command)
        else:
            yield command


EXAMPLES = [
    line for one in commands() if isinstance(one, ExamplesCommand) for line in one.examples
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the examples name."""
    shutil.copytree(SECOND_LAW, tmp_path / "policies")
    berths = tmp_path / "policies" / "berths"
    shutil.copy(berths / "boats" / "nellie.yaml", tmp_path / "sheet.yaml")
    shutil.copytree(berths / "boats", tmp_path / "sheets")
    shutil.copy(berths / "drafts" / "longer-boats.yaml", tmp_path / "draft.yaml")
    monkeypatch.setenv("IPCITY_POLICIES", "policies")
    return tmp_path


def test_every_command_has_examples() -> None:
    assert all(isinstance(one, ExamplesCommand) and one.examples for one in commands())


@pytest.mark.parametrize("line", EXAMPLES)
def test_the_examples_run(
    line: str, desk: Path, ipcity: Ipcity, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, _, output = line.partition(" > ")
    line, _, stdin = line.partition(" < ")
    monkeypatch.setenv("IPCITY_POLICIES", "policies")
    monkeypatch.chdir(desk)
    called, *args = shlex.split(line)
    assert called == "ipcity"
    ran = ipcity(*args, stdin=(desk / stdin).read_bytes() if stdin else None)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out
    assert len(f"{line} > {output}") < 80  # as wide as a page of help


@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_shows_the_examples(language: str, ipcity: Ipcity) -> None:
    heading = {"en": "Examples:\n", "zh": "示例：\n"}[language]
    out = ipcity("sheet", "new", "--help", "--lang", language).out
    assert out.endswith(
        f"\n{heading}  ipcity sheet new > new-sheet.yaml\n"
        "  ipcity sheet new --version 2004 --decision fee\n"
    )


def test_every_command_is_shown_once_among_those_who_need_it(ipcity: Ipcity) -> None:
    assert sorted(name for _, names in GROUPS for name in names) == sorted(COMMANDS)
    for language in ("en", "zh"):
        out = ipcity("--help", "--lang", language).out
        assert "..." not in out.partition("\n")[2]  # no sentence is cut short
        for heading, _ in GROUPS:
            assert f"\n{heading.text(language)}" in out


def completed(*words: str, shell: str = "bash") -> list[str]:
    """What a shell offers for the last of some words."""
    ran = subprocess.run(
        IPCITY,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            "_IPCITY_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": shlex.join(words) if words[-1] else shlex.join(words[:-1]) + " ",
            "COMP_CWORD": str(len(words) - 1) if shell == "bash" else words[-1],
        },
    )
    return ran.stdout.splitlines()


@pytest.mark.whole
def test_a_shell_completes_commands_options_and_what_they_take() -> None:
    assert completed("ipcity", "") == [f"plain,{name}" for name in COMMANDS]
    assert completed("ipcity", "ev") == ["plain,evaluate"]
    assert completed("ipcity", "sheet", "n") == ["plain,new"]
    offered = completed("ipcity", "evaluate", "--")
    assert {"plain,--on", "plain,--reading", "plain,--policies"} <= {*offered}
    assert completed("ipcity", "list", "--format", "j") == ["plain,json"]
    assert completed("ipcity", "validate", "pol") == ["file,pol"]
    assert completed("ipcity", "explain", "n10")[0] == "plain,N101"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(shell: str) -> None:
    ran = subprocess.run(
        IPCITY,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "_IPCITY_COMPLETE": f"{shell}_source"},
    )
    assert "_ipcity_completion" in ran.stdout


#: What a page of help may load beside the commands themselves.
LIGHT = ("cli", "api", "text", "version", "words", "words.wrapping", "yaml", "yaml.document",
         "yaml.schema")  # fmt: skip


@pytest.mark.parametrize(
    "code",
    [
        "import ipcity_policy",
        "import ipcity_policy.api",
        "from ipcity_policy.cli.main import run; run(['--help'])",
        "from ipcity_policy.cli.main import run; run(['--version'])",
        "from ipcity_policy.cli.main import run; run(['evaluate', '--help'])",
        "from ipcity_policy.cli.main import run; run(['check', '--help'])",
    ],
)
def test_help_pays_for_nothing_else(code: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules, file=sys.stderr)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = ran.stderr.split()
    assert {"lark", "yaml", "jsonschema", "holidays"}.isdisjoint(loaded)
    own = [name.removeprefix("ipcity_policy.") for name in loaded if "ipcity_policy." in name]
    heavy = [
        one for one in own if one not in LIGHT and one.split(".")[0] not in ("cli", "text")
    ]
    assert heavy == []
    assert "cli" in code or "click" not in loaded


@pytest.mark.whole
@pytest.mark.parametrize(
    ("command", "without"),
    [
        ("explain N101", ("lark", "yaml", "jsonschema", "ipcity_policy.engines")),
        ("list", ("jsonschema", "ipcity_policy.formats.html", "ipcity_policy.studies.fixer")),
        ("fmt README.json", ("jsonschema", "ipcity_policy.report", "ipcity_policy.engines")),
    ],
)
def test_a_command_pays_only_for_what_it_does(command: str, without: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom ipcity_policy.cli.main import run\nrun(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *command.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {*without}.isdisjoint(ran.stderr.split())
