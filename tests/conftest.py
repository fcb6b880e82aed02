"""What the tests share: the shipped policies, the second law, and measures made on the spot."""

import gc
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import jsonschema
import pytest
import referencing
from click.testing import CliRunner
from hypothesis import settings

from ipcity_policy.cli.main import ipcity as command
from ipcity_policy.cli.main import run
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.studies.rule_tests.runner import test_files
from ipcity_policy.text.page import Fence
from tests.support import (
    ROOT,
    SECOND_LAW,
    SMALL,
    SOME,
    Accept,
    Ipcity,
    Made,
    Make,
    Ran,
    opened,
    write,
)

#: How often a test is run: on every save, before a change is handed on, or in CI alone.
TIERS = ("fast", "whole", "deep")

#: Where there is room in memory, files are written there: tests write very many small ones,
#: which a disk is slow to take away again.
MEMORY, ROOM = Path("/dev/shm"), 2**29
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# How many examples of each property are tried; CI tries many, `--hypothesis-profile=many`.
settings.register_profile("some", max_examples=SOME, deadline=None, derandomize=True)
settings.register_profile("many", settings.get_profile("some"), max_examples=4 * SOME)
settings.load_profile("some")


@pytest.fixture
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def library() -> Library:
    """The shipped policies."""
    return opened(ROOT / "policies")


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Let commands find the shipped versions read and checked."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ipcity_policy.api.policies.open_library", opened)
        yield


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """A folder of a test's own, of one name for all: what was read there is known again."""
    here = tmp_path.with_name("here")
    tmp_path.rename(here)
    yield here
    here.rename(tmp_path)


@pytest.fixture
def second_law() -> Library:
    """The law that has nothing to do with cities."""
    return open_library(SECOND_LAW)


@pytest.fixture(scope="session")
def verdict_schema() -> jsonschema.Draft202012Validator:
    """What every verdict must conform to."""
    return _schema("verdict")


@pytest.fixture(scope="session")
def timeline_schema() -> jsonschema.Draft202012Validator:
    """What every timeline must conform to."""
    return _schema("timeline")


@pytest.fixture(scope="session")
def comparison_schema() -> jsonschema.Draft202012Validator:
    """What every comparison must conform to."""
    return _schema("comparison")


@pytest.fixture(scope="session")
def status_schema() -> jsonschema.Draft202012Validator:
    """What every status of a law must conform to."""
    return _schema("status")


def _schema(name: str) -> jsonschema.Draft202012Validator:
    """Read a schema. Nothing is fetched from anywhere."""
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema,
        registry=referencing.Registry(),
        format_checker=jsonschema.FormatChecker(),
    )


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make the small measure with some files replaced or added."""

    def made(files: Mapping[str, str]) -> Made:
        home = tmp_path / "small"
        write(home, {**SMALL, **files})
        return Made(open_library(tmp_path), home)

    return made


@pytest.fixture
def ipcity(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ipcity:
    """Run a command from the checkout, as a user would."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("IPCITY_POLICIES", raising=False)

    def ran(*args: str, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            result = CliRunner().invoke(command, list(args), input=stdin)
            return Ran(result.exit_code, result.stdout, result.stderr)
        status = run(args)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return ran


@pytest.fixture
def few_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a version be shown with the cases of one file, which take less time than all."""

    def some(home: Path) -> tuple[Path, ...]:
        return test_files(home)[:1]

    monkeypatch.setattr("ipcity_policy.api.provisions.test_files", some)


@pytest.fixture(scope="session")
def accept(pytestconfig: pytest.Config) -> Iterator[Accept]:
    """With `--accept`, take what is printed now for what a page shows; write it at the end."""
    taken: dict[Path, list[tuple[Fence, str]]] = {}

    def take(page: Path, fence: Fence, now: str) -> bool:
        taken.setdefault(page, []).append((fence, now))
        return bool(pytestconfig.getoption("--accept"))

    yield take
    if pytestconfig.getoption("--accept"):
        for page, fences in taken.items():
            lines = page.read_text("utf-8").splitlines(keepends=True)
            for fence, now in sorted(fences, key=lambda pair: -pair[0].line):
                first = fence.line - 1
                lines[first : first + fence.body.count("\n")] = [now]
            page.write_text("".join(lines), "utf-8")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test its one tier before `-m` chooses: it is fast unless it is marked."""
    for item in items:
        tiers = [mark.name for mark in item.iter_markers() if mark.name in TIERS]
        if len(tiers) > 1:
            raise pytest.UsageError(f"{item.nodeid} is of several tiers: {', '.join(tiers)}")
        if not tiers:
            item.add_marker(TIERS[0])


def pytest_collection_finish() -> None:
    """Let no search for garbage go through what was collected: it stays to the end."""
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let expected output be rewritten, for review as a difference."""
    parser.addoption("--accept", action="store_true", help="write expected output anew")
