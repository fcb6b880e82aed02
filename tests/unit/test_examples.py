"""Every example in a docstring is run."""

import doctest
from importlib import import_module

import pytest

from tests.support import ROOT

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "ipcity_policy").rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_what_an_example_shows_is_so(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert (found.attempted > 0, found.failed) == (True, 0)
