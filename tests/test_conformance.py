"""The pages of the language and of the diagnostics, run as tests: `tests/conformance/`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipcity_policy.report.reports.codes import CHINESE, code_page
from ipcity_policy.text.codes import CODES
from tests.cases import (
    PAGES,
    Row,
    Section,
    differences,
    expected,
    lay_out,
    replayed,
    sections,
    shown,
    triggers,
)
from tests.rows import ENGINES, outcome
from tests.support import Accept

SECTIONS = [one for page in sorted(PAGES.rglob("*.md")) for one in sections(page)]


@pytest.fixture
def home(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The folder of a section's measure, as the folder that its reader works in."""
    home = lay_out(request.node.callspec.params["section"], tmp_path)
    monkeypatch.chdir(home)
    monkeypatch.setenv("IPCITY_POLICIES", "..")
    return home


#: Where the files of a section lie of which rows are asked: they are read once.
_LAID: dict[int, Path] = {}


@pytest.fixture
def laid(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The folder of a section's measure, the same for all its rows."""
    section = request.node.callspec.params["section"]
    if id(section) not in _LAID:
        _LAID[id(section)] = lay_out(section, tmp_path_factory.mktemp("rows"))
    monkeypatch.chdir(_LAID[id(section)])
    return _LAID[id(section)]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "section",
    [one for one in SECTIONS if one.own and (expected(one) or not one.consoles)],
    ids=str,
)
def test_what_is_wrong_is_said_where_the_page_says(section: Section) -> None:
    told = differences(section)
    assert not told, "\n".join(told)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("section", [one for one in SECTIONS if one.consoles], ids=str)
def test_commands_print_what_the_page_shows(section: Section, accept: Accept) -> None:
    for fence in section.consoles:
        now = replayed(fence.body)
        if not accept(section.page, fence, now):
            assert now == fence.body, f"{shown(section.page)}:{fence.line}"


def _rows() -> Iterator[object]:
    """Yield every row with every engine, those that it does not answer marked as failing."""
    for section in SECTIONS:
        assert section.gaps.keys() <= ENGINES.keys(), f"{section}: {section.gaps}"
        for row in section.rows:
            for engine in ENGINES:
                gap = section.gaps.get(engine)
                marks = [pytest.mark.xfail(strict=True, reason=gap)] if gap else []
                id = f"{section}:{row.line}-{engine}"
                yield pytest.param(section, row, engine, marks=marks, id=id)


@pytest.mark.parametrize(("section", "row", "engine"), list(_rows()))
def test_a_row_comes_out_as_the_page_says(
    section: Section, row: Row, engine: str, laid: Path
) -> None:
    here = f"{shown(section.page)}:{row.line}"
    found = outcome(laid, row.cells, engine)
    for name, cell in row.cells.items():
        if name in found:
            assert found[name] == cell, f"{here}: `{name}`"


def test_every_code_has_a_page() -> None:
    assert {page.stem for page in (PAGES / "diagnostics").iterdir()} == set(CODES)


@pytest.mark.parametrize("id", CODES)
def test_the_page_of_a_code_says_what_it_is_and_shows_it(id: str) -> None:
    file = PAGES / "diagnostics" / f"{id}.md"
    top, *below = sections(file)
    page = code_page(CODES[id], file.read_text("utf-8"))
    assert top.names == (f"{id} {page.code.name}",)
    assert page.says.en.startswith(page.code.rule)
    assert page.says.en != page.code.rule
    assert re.fullmatch("[\u4e00-\u9fff].*。", page.says.zh)
    found = [(section.names[-1], triggers(section)) for section in below]
    assert [name for name, _ in found if name != "Fixed"] == ["Example", CHINESE]
    for name, codes in found:
        assert (id in codes) if name == "Example" else not codes


@pytest.mark.parametrize("page", sorted({one.page for one in SECTIONS}), ids=shown)
def test_pages_do_not_call_anything_easy(page: Path) -> None:
    text = page.read_text("utf-8").lower()
    assert re.findall(r"\b(simply|just|obviously|of course|easily)\b", text) == []
