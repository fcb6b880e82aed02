"""The reference of the language is whole: every operator and every type has its page."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from ipcity_policy.lang import syntax
from ipcity_policy.lang.arithmetic import ARITHMETIC
from ipcity_policy.lang.keywords import KEYWORDS
from ipcity_policy.lang.operators import OPERATORS
from ipcity_policy.lang.parser import parse_sentence
from ipcity_policy.law.library import Library
from ipcity_policy.law.reader import child
from ipcity_policy.law.schemas.rules import ARTICLE, DRAFT, HEADER
from ipcity_policy.law.schemas.sheet import (
    DOCUMENT,
    RANK,
    SCALAR,
    statement_shape,
)
from ipcity_policy.law.schemas.tests import TESTS
from ipcity_policy.law.schemas.vocabulary import TYPES, VOCABULARY
from ipcity_policy.report.reports.codes import CHINESE
from ipcity_policy.text.page import Fence, Prose, Title, read_page
from ipcity_policy.yaml.document import Scalar
from ipcity_policy.yaml.schema import Either, ListOf, MapOf, Record, Schema
from tests.cases import MEASURE, PAGES, Section, expected, lay_out, sections, shown

#: Ways to say something that are no rows of the tables of operators.
FORMS = {"in-years", "later", "earlier"}
#: What no fact can leave open.
TWO_VALUED = {"known", "not-known"}
OPERATOR_PAGES = sorted(
    page for page in (PAGES / "operators").glob("*.md") if page.name != MEASURE
)
#: The headings of the page of a type, below which stand how it is declared.
OF_A_TYPE = ["How a sheet states it", "What is a fault", "Known in part"]
#: What stands in files, with every key that it may have.
SHAPES: tuple[Schema, ...] = (
    *(VOCABULARY, HEADER, ARTICLE, DRAFT),
    *(statement_shape(SCALAR), RANK, DOCUMENT, TESTS),
)
#: The pages that are read; those of codes have a form of their own.
READ = sorted(page for page in PAGES.rglob("*.md") if page.parent.name != "diagnostics")


def names_of(page: Path) -> list[str]:
    """Return the names in the title of a page."""
    return sections(page)[0].names[0].split(", ")


def texts(page: Path) -> tuple[str, str]:
    """Return the prose of a page outside examples, in English and in Chinese."""
    found = {False: "", True: ""}
    chinese = False
    for part in read_page(page.read_text("utf-8")):
        if isinstance(part, Title):
            chinese = part.text == CHINESE
        elif isinstance(part, Prose):
            found[chinese] += "\n".join(part.lines) + "\n"
    return found[False], found[True]


def test_every_operator_has_one_page() -> None:
    named = [name for page in OPERATOR_PAGES for name in names_of(page)]
    assert sorted(named) == sorted({*OPERATORS, *ARITHMETIC, *FORMS})
    for page in OPERATOR_PAGES:
        assert names_of(page)[0].startswith(page.stem)


@pytest.mark.parametrize("page", OPERATOR_PAGES, ids=shown)
def test_the_page_of_an_operator_says_what_it_means_and_shows_it(
    page: Path, tmp_path: Path
) -> None:
    english, chinese = texts(page)
    seen: dict[str, set[str]] = {}
    for number, section in enumerate(sections(page)):
        if section.rows:
            for name, cells in _shown(section, tmp_path / str(number)):
                seen.setdefault(name, set()).update(cells)
    for name in names_of(page):
        row = OPERATORS.get(name) or ARITHMETIC.get(name)
        if row is not None:
            assert re.search(rf"{row.words}[ `]", english)
            assert f" {row.doc_en} |" in english
            assert row.doc_zh in chinese
        if name in ARITHMETIC:
            assert any(" to " in cell for cell in seen[name]), f"{name} of what is open"
        else:
            statuses = (
                {"met", "not-met"} if name in TWO_VALUED else {"met", "not-met", "unknown"}
            )
            assert seen[name] >= statuses
    assert "What does not go together" in {one.names[-1] for one in sections(page)} or (
        not {*OPERATORS, *ARITHMETIC} & set(names_of(page))
    )


def test_every_type_has_a_page() -> None:
    assert {page.stem for page in (PAGES / "types").iterdir()} == set(TYPES)


@pytest.mark.parametrize("name", TYPES)
def test_the_page_of_a_type_shows_how_it_is_declared_stated_and_asked(name: str) -> None:
    top, *below = sections(PAGES / "types" / f"{name}.md")
    assert top.names == (name,)
    assert f"type: {name}" in top.files["facts.yaml"].text
    found = {one.names[-1]: one for one in below}
    assert [heading for heading in found if heading in OF_A_TYPE] == OF_A_TYPE
    states, faults, partly = (found[heading] for heading in OF_A_TYPE)
    assert any(file.startswith("sheet") for file in states.own)
    assert {one.code[0] for one in expected(faults)} & {"F", "S"}
    assert partly.rows


@pytest.mark.parametrize("page", READ, ids=shown)
def test_every_page_is_written_in_chinese_too(page: Path) -> None:
    english, chinese = texts(page)
    words = re.sub(r"^\|.*$", "", english, flags=re.MULTILINE).split()
    assert sections(page)[-1].names[-1] == CHINESE
    assert len(re.findall("[\u4e00-\u9fff]", chinese)) > len(words) / 2


def test_the_words_of_the_language_are_listed() -> None:
    text = (PAGES / "sentences.md").read_text("utf-8")
    fences = [one for one in read_page(text) if isinstance(one, Fence)]
    (listed,) = (one.body for one in fences if one.language == "text")
    assert listed.split() == sorted(KEYWORDS)


def test_every_page_stands_in_the_index() -> None:
    index = PAGES / "README.md"
    linked = {(PAGES / one).resolve() for one in _links(index.read_text("utf-8"))}
    assert {page.resolve() for page in READ} - linked == {index.resolve()}


@pytest.mark.parametrize("page", sorted(PAGES.rglob("*.md")), ids=shown)
def test_links_lead_to_pages(page: Path) -> None:
    for link in _links(page.read_text("utf-8")):
        assert (page.parent / link).exists(), link


def _links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)#:]+)\)", text)


def test_every_key_of_a_file_is_said_on_some_page() -> None:
    said = "".join(text for page in READ for text in texts(page))
    for key in {key for shape in SHAPES for key in _keys(shape)}:
        assert re.search(rf"`(?:[\w./ -]*[ .])?{key}(?:-en)?:?`", said), key


def _keys(shape: Schema) -> Iterator[str]:
    """Yield the keys that a shape has at any depth."""
    match shape:
        case Record(keys=keys):
            for key in keys:
                yield key.name
                yield from _keys(key.shape)
        case ListOf(part) | MapOf(part):
            yield from _keys(part)
        case Either(_, many, block):
            for one in (many, block):
                yield from _keys(one) if one is not None else ()


def _shown(section: Section, folder: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield each operator of the rules and quantities of a table, with what came out of it."""
    home = lay_out(section, folder)
    library = Library(home.parent, "a page")
    (ref,) = library.versions(home)
    version = library.version(ref).value
    assert version is not None
    keys: dict[str, tuple[str, syntax.Start]] = {
        "rules": ("require", "condition"),
        "quantities": ("reckon", "calculation"),
    }
    for (kind, name), entry in version.entries.items():
        cells = {row.cells[name] for row in section.rows if name in row.cells}
        if kind in keys and cells:
            key, start = keys[kind]
            sentence = child(entry.node, key)
            assert isinstance(sentence, Scalar)
            for operator in set(_said(parse_sentence(sentence, start).value)):
                yield operator, cells


def _said(node: object) -> Iterator[str]:
    """Yield the operators of a sentence."""
    match node:
        case syntax.Time(_, _, relation):
            yield f"time-{relation.operator}"
        case syntax.Relation(operator):
            yield operator
        case syntax.YearsPhrase():
            yield "in-years"
        case syntax.MovedPhrase(_, _, way):
            yield "later" if way == "after" else "earlier"
        case syntax.ArithmeticPhrase(operator):
            yield operator
        case syntax.RoundingPhrase(_, way):
            yield way
    if isinstance(node, tuple):
        for part in node:
            yield from _said(part)
    elif isinstance(node, syntax.Phrase):
        for one in fields(node):
            yield from _said(getattr(node, one.name))
