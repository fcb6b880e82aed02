"""The examples in docstrings run, from the checkout, and give what they say."""

import ast
import doctest
from importlib import import_module
from pathlib import Path

import pytest

from tests.support import ROOT


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


PACKAGE = ROOT / "ipcity_policy"
FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = [module_of(path) for path in FILES if ">>> " in path.read_text("utf-8")]
#: The rooms of which each public function has an example.
ROOMS = ("api", "engines", "lang", "questions")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testmod(import_module(name))
    assert tried > 0
    assert failed == 0


def test_every_public_function_of_the_rooms_has_an_example() -> None:
    found = {
        f"{module_of(path)}.{node.name}": ">>> " in (ast.get_docstring(node) or "")
        for path in FILES
        if path.relative_to(PACKAGE).parts[0] in ROOMS
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert len(found) > 200
    assert [name for name, told in found.items() if not told] == []
