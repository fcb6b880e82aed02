"""The examples in docstrings run, from the checkout, and give what they say."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from tests.support import ROOT


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


FILES = sorted((ROOT / "ipcity_policy").rglob("*.py"))
MODULES = [module_of(path) for path in FILES if ">>> " in path.read_text("utf-8")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testmod(import_module(name))
    assert tried > 0
    assert failed == 0
