"""The verbs: every one documented with an example, and loaded when it is used."""

import ast
from inspect import isclass, isfunction
from pathlib import Path

import pytest

from ipcity_policy import api

#: The verbs and types of the rooms below, which are documented there.
BELOW = {
    name
    for home, names in api.HOMES.items()
    if not home.startswith("api.")
    for name in names.split()
}


@pytest.mark.parametrize("name", dir(api))
def test_every_name_is_found_and_says_what_it_is(name: str) -> None:
    found = getattr(api, name)
    if isfunction(found) or isclass(found):
        assert found.__doc__
    if isfunction(found) and name not in BELOW:
        assert ">>> " in str(found.__doc__)


def test_what_is_found_by_name_is_what_a_type_checker_sees() -> None:
    tree = ast.parse(Path(str(api.__file__)).read_text("utf-8"))
    seen = [
        (str(node.module).removeprefix("ipcity_policy."), one.name)
        for branch in tree.body
        if isinstance(branch, ast.If)
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    ]
    found = [(home, name) for home, names in api.HOMES.items() for name in names.split()]
    assert sorted(seen) == sorted(found)
    with pytest.raises(AttributeError):
        _ = api.nothing_of_the_kind  # type: ignore[attr-defined]
