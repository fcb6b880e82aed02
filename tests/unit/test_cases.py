"""The runner of the conformance pages: that a page which is wrong does not pass."""

from pathlib import Path

import pytest

from ipcity_policy.text.page import Fence, Prose, Title, read_page
from tests.cases import Section, differences, lay_out, replayed, sections, triggers
from tests.rows import outcome

SHEET = """\
```yaml sheet.yaml
sheet: 1
measure: parcels
parcel: {name-en: A, name-zh: 甲}
facts: {weight: 3 kilos}
```
"""
RULE = """\
```yaml 1/article-02.yaml
article: 2
title-en: Second
basis: attested
rules: {closed: {title-en: closed, require: sealed is yes}}
```
"""


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Read":
    """Read a page, and work in the folder of its last section."""
    return Read(tmp_path, monkeypatch)


class Read:
    """A page made on the spot."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch = folder, monkeypatch
        self.home = folder

    def __call__(self, text: str) -> Section:
        page = self.folder / "page.md"
        page.write_text(text, "utf-8")
        section = sections(page)[-1]
        self.home = lay_out(section, self.folder / "policies")
        self.monkeypatch.chdir(self.home)
        self.monkeypatch.setenv("IPCITY_POLICIES", "..")
        return section


def test_a_page_is_titles_fences_and_prose_with_their_lines() -> None:
    text = "# A\n\nOne\ntwo\n\n- x\n  y\n- z\n\n````md f.md\n```sh\n```\n````\n"
    parts = read_page(text + "| a |\n|---|\n| 1 |\n")
    assert parts == (
        Title(1, "A", 1), Prose(("One", "two"), 3), Prose(("- x", "  y", "- z"), 6),
        Fence("md", "f.md", "```sh\n```\n", 11), Prose(("| a |", "|---|", "| 1 |"), 14),
    )  # fmt: skip
    assert [part.items for part in parts if isinstance(part, Prose)] == [
        (), ("x\n  y\n", "z"), (),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("3 kilos}", "3 kilos}", []),
        ("3 kilos}", "3 kilos}  # error: [F102]", ["7: missing F102"]),
        ("3 kilos}", "3 litres}", ["7: unexpected error F102"]),
        ("3 kilos}", "3 litres}  # error: [F102]", []),
        ("3 kilos}", "3 litres}  # warning: [F102]", ["7: missing", "7: unexpected"]),
        ("3 kilos}", "3 litres}  # error: [F101]", ["7: missing F101", "7: unexpected"]),
        ("3 kilos}", "3 kilos}\nnote-fr: N", ["8: unexpected error S201"]),
        (", name-zh: 甲", "", []),
        ("parcels", "parcels  # hint: [S205]", ["5: missing S205"]),
    ],
)
def test_codes_must_stand_on_their_lines_and_nowhere_else(
    read: Read, old: str, new: str, told: list[str]
) -> None:
    found = differences(read("# A\n\n" + SHEET.replace(old, new)))
    assert len(found) == len(told)
    for line, one in zip(found, told, strict=True):
        assert line.split("page.md:")[1].startswith(one)


def test_a_page_that_is_about_a_hint_counts_it(read: Read) -> None:
    text = SHEET.replace(", name-zh: 甲", "")
    assert differences(read(f"# A\n\n{text}")) == []
    (told,) = differences(read(f"# S205 missing-translation\n\n{text}"))
    assert "page.md:6: unexpected hint S205" in told


def test_a_rule_test_that_fails_fails_the_page(read: Read) -> None:
    test = (
        "```yaml tests/t.yaml\ntests: parcels\ncases:\n  - case-en: C\n    why-en: W\n"
        "    given: {parcel: {name-en: A}, facts: {weight: 1 kilos}}\n    version: '1'\n"
        "    decision: postage\n    expect: {outcome: OUT}\n```\n"
    )
    assert differences(read("# A\n\n" + test.replace("OUT", "small"))) == []
    with pytest.raises(AssertionError, match="exit status 1"):
        differences(read("# A\n\n" + test.replace("OUT", "great")))


def test_files_hold_for_the_headings_below_and_only_for_those(read: Read) -> None:
    page = f"# A\n\n## B\n\n{SHEET}\n### C\n\n```text t\n```\n\n## D\n\nNothing.\n"
    read(page)
    found = {one.names[-1]: list(one.files) for one in sections(read.folder / "page.md")}
    assert found == {"A": [], "B": ["sheet.yaml"], "C": ["sheet.yaml", "t"], "D": []}


def test_a_page_within_a_page_is_read_with_the_lines_of_the_whole(read: Read) -> None:
    section = read(f"# A\n\n````markdown\n## B\n\n{SHEET}````\n")
    assert section.names == ("A", "B")
    assert section.files["sheet.yaml"].line == 7


def test_bytes_are_written_with_escapes(read: Read) -> None:
    read("# A\n\n```bytes sheet.yaml\n\\xff\\r\\n\\\n```\n")
    assert (read.home / "sheet.yaml").read_bytes() == b"\xff\r\n"


def test_what_no_heading_names_is_an_error(read: Read) -> None:
    with pytest.raises(AssertionError, match=r"page\.md:2: no heading"):
        read(SHEET)


def test_a_fence_that_names_no_file_is_an_error(read: Read) -> None:
    with pytest.raises(AssertionError, match="4: this fence names no file"):
        read("# A\n\n```yaml\nsheet: 1\n```\n")


def test_a_file_that_stands_twice_in_a_section_is_an_error(read: Read) -> None:
    with pytest.raises(AssertionError, match=r"11: `sheet\.yaml` stands here a second time"):
        read(f"# A\n\n{SHEET}\n{SHEET}")


def test_the_measure_beside_a_page_stands_in_before_the_topmost(read: Read) -> None:
    facts = "measure: letters\ntitle-en: L\nsubject: {key: letter, label-en: letter}\n"
    beside = f"# M\n\n```yaml facts.yaml\n{facts}```\n"
    (read.folder / "measure.md").write_text(beside, "utf-8")
    read("# A\n\nNothing.\n")
    assert (read.home / "facts.yaml").read_text("utf-8") == facts
    assert sorted(path.name for path in read.home.rglob("*.yaml")) == [
        "facts.yaml",
        "measure.yaml",
    ]


def test_commands_are_run_in_the_folder_of_the_measure(read: Read) -> None:
    section = read(f"# A\n\n{SHEET}\n```console\n$ ipcity validate sheet.yaml\n?\n```\n")
    now = replayed(section.consoles[0].body)
    assert now == "$ ipcity validate sheet.yaml\n1 sheet validated, none with errors\n"
    wrong = read(f"# A\n\n{SHEET}\n```console\ns.yaml:1:1: error S101 x: y\n```\n")
    assert triggers(wrong) == {"S101"}


TABLE = "| sealed | closed | volume | taken | possible | missing |\n|---|---|---|---|---|---|\n"


def test_rows_are_asked_of_an_engine(read: Read) -> None:
    rows = (
        "| yes | met | 5 litres | accepted | accepted | |\n| | unknown | 500 litres | | | |\n"
    )
    section = read(f"# A\n\n{RULE}\n{TABLE}{rows}\n| Fact | rule |\n|---|---|\n| a | b |\n")
    assert [row.line for row in section.rows] == [12, 13]
    first, second = (outcome(read.home, row.cells, "interpreter") for row in section.rows)
    cells = section.rows[0].cells
    wanted = ("closed", "taken", "possible", "missing")
    assert {name: first[name] for name in wanted} == {name: cells[name] for name in wanted}
    assert (first["basis"], first["effects"]) == ("attested", "")
    assert (second["closed"], second["taken"]) == ("unknown", "returned")
    assert (second["possible"], second["missing"]) == ("returned", "")


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("sealed | clozed", "yes | met", "no fact, quantity, rule or decision: clozed"),
        ("sealed | volume", "yes | 1 litres", "no column says what comes out"),
        ("sealed | closed", "perhaps | met", "does not state `sealed`"),
        ("version | closed", "2 | met", "2: there is"),
        ("closed | missing", "met | sealed", "of which decision"),
    ],
)
def test_a_row_that_asks_nothing_is_an_error(
    read: Read, header: str, row: str, said: str
) -> None:
    section = read(f"# A\n\n{RULE}\n| {header} |\n|---|---|\n| {row} |\n")
    with pytest.raises(AssertionError, match=said):
        outcome(read.home, section.rows[0].cells, "interpreter")


QUANTITY = """\
```yaml 1/article-02.yaml
article: 2
title-en: Second
basis: attested
parameters: {string: 0.1 kilos}
quantities: {tied: {title-en: tied, reckon: weight plus string}}
```
"""


def test_what_a_quantity_comes_to_is_a_column(read: Read) -> None:
    rows = "| weight | tied |\n|---|---|\n| 2 kilos | 2.1 kilos |\n| | 0.1 to 50.1 kilos |\n"
    section = read(f"# A\n\n{QUANTITY}\n{rows}")
    for row in section.rows:
        assert outcome(read.home, row.cells, "interpreter")["tied"] == row.cells["tied"]


def test_a_gap_names_its_engine_and_why(read: Read) -> None:
    section = read("# A\n\nnotyet: table: it has no ranks\n")
    assert section.gaps == {"table": "notyet: it has no ranks"}
