"""The schema of the sheets for a version and the reader of sheets accept the same sheets."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.lang.calendar import in_months
from ipcity_policy.lang.datatypes import (
    FINDING,
    ChoiceType,
    DateType,
    DocumentType,
    FactType,
    NumberType,
    PeriodType,
    RankType,
    SeriesType,
    SetType,
    TextType,
)
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.model import Fact, Vocabulary
from ipcity_policy.law.program import Program
from ipcity_policy.report.forms.sheet_schema import sheet_schema
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.text.diagnostic import Diagnostic, has_errors
from ipcity_policy.text.subject import EntryKind
from tests.properties.slips import VALUES, slipped
from tests.support import ROOT, SECOND_LAW, SMALL, validator, write

#: A version with a decision of it that does not ask for every fact.
VERSIONS = (
    ("small/1", "class"),
    ("ip-cities/2016", "acceptance"),
    ("berths/2004", "fee"),
)
#: Faults that a schema cannot see: a source that is not listed, a rank beyond the size, ends
#: the wrong way round, two facts that cannot both be as they are stated.
UNSEEN = ("F104", "F110", "F113", "F130", "F131")

NAMES = {"name-en": "A thing", "name-zh": "某物"}
SOURCES = {"book": {"title-en": "A book", "title-zh": "一书"}}
#: What is written in the wrong place, or in no place rightly.
WRONG = st.one_of(
    VALUES,
    st.sampled_from(
        (
            "95", "95.5", "12 grams", "-0.1 grams", "100.1 grams", "101 grams", "12grams",
            "12 litres", "1e2 grams", "１２ grams", "12 feet", "31 feet", "-1 points",
            "unknown", "Unknown", "2000-02-29", "1900-02-29", "2015-02-30", "2015-13",
            "2015-1-1", "0000", "28.2.2001", "red", "Red", "purple", "yes", "no", "true",
            "clerk", "harbour-master", "3 months", "3 weeks", "3", "3.5", 3, "met", "buoy",
            "30 percent", "book", "a-book", "small", 95, 2015, "last", "1 to 2 to 3 grams",
            "at least 3", "2001 to", "on or before then", {"one of": []}, {"one of": ["red"]},
            "3 to 1 grams", "2002 to 2001-05",
        )
    ),
)  # fmt: skip
KEYS = st.sampled_from(
    (
        "value",
        "submitted",
        "tied",
        "2001",
        "99",
        "buoy",
        "evidence",
        "weight",
        "wieght",
        "colour",
        "acceptance-score",
        "length",
        "facts",
        "source",
        "note-en",
        "a b",
    )
)


@dataclass(frozen=True)
class Measure:
    """A version of a measure, and what its sheets are held against."""

    library: Library
    program: Program
    whole: jsonschema.Draft202012Validator
    #: The schema for one decision, and the facts that it asks.
    narrow: jsonschema.Draft202012Validator
    asked: frozenset[str]
    sheets: st.SearchStrategy[Any]


def scalars(datatype: FactType) -> st.SearchStrategy[Any]:
    """Return values of a type that are one text, or a number where JSON has one."""
    match datatype:
        case NumberType(unit, low, high, whole):
            ends = (low if low is not None else -999, high if high is not None else 9999)
            numbers = st.integers(*map(int, ends)) if whole else st.decimals(*ends, places=2)
            if not unit:
                plain = st.builds("{}{}".format, numbers, st.sampled_from(("", ".0")))
                return numbers | plain | in_part(numbers)
            units = st.sampled_from((f" {unit}", f"  {unit}"))
            return st.builds("{}{}".format, numbers, units) | in_part(numbers, units)
        case PeriodType(unit):
            words = ("month", "months", "year") if in_months(unit) else ("day", "weeks")
            counts, named = st.integers(0, 99), st.sampled_from([f" {one}" for one in words])
            return st.builds("{}{}".format, counts, named) | in_part(counts, named)
        case DateType():
            cut = st.sampled_from((4, 7, 10))
            text = st.builds(lambda day, end: day.isoformat()[:end], st.dates(), cut)
            two = st.builds("{} to {}".format, text, text)
            one = st.builds("on or {} {}".format, st.sampled_from(("before", "after")), text)
            return text | st.integers(1000, 9999) | two | one
        case ChoiceType(options) if datatype != FINDING:
            some = st.lists(st.sampled_from(options), min_size=1, max_size=3)
            return st.sampled_from(options) | st.builds(lambda names: {"one of": names}, some)
        case ChoiceType(options):
            return st.sampled_from(options)
        case DocumentType():
            return st.sampled_from(("yes", "no"))
        case TextType():
            return st.sampled_from(("a text", "一", "unknown", 7, 2.5))
    raise AssertionError(datatype)


def in_part(
    numbers: st.SearchStrategy[Any], units: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[str]:
    """Return amounts that are known in part, the unit written once or twice."""
    units = st.just("") if units is None else units
    two = st.builds("{}{} to {}{}".format, numbers, units | st.just(""), numbers, units)
    ends = st.sampled_from(("at least", "at  most"))
    return two | st.builds("{} {}{}".format, ends, numbers, units)


def values(fact: Fact) -> st.SearchStrategy[Any]:
    """Return what may be stated of a fact, but for the size of a cohort."""
    match fact.datatype:
        case RankType():
            plain = (1, 2, "3", "12", "unknown", 999_999_999)
            count = st.sampled_from((*plain, "2 to 5", "at least 3", "at most  12", "5 to 2"))
            tied = {"tied": st.sampled_from((1, "2"))}
            place = count | st.just("last")
            return st.fixed_dictionaries({"rank": place, "of": count}, optional=tied)
        case SeriesType(each):
            years = st.sampled_from(("1000", "2001", "02002", "9999"))
            return st.dictionaries(years, scalars(each) | st.just("unknown"), max_size=3)
        case SetType(options):
            held = st.sampled_from(("yes", "no", "unknown"))
            names = st.sampled_from(options)
            return st.lists(names, max_size=3) | st.dictionaries(
                names, held, min_size=1, max_size=3
            )
    return scalars(fact.datatype)


def statements(fact: Fact, vocabulary: Vocabulary) -> st.SearchStrategy[Any]:
    """Return statements of a fact, short and long."""
    value, unknown = values(fact), st.just("unknown")
    offices = fact.offices or tuple(vocabulary.offices)
    by = {"by": st.sampled_from(offices)} if offices else {}
    about = {
        "on": st.sampled_from(("2001-02-28", "2001-02", 2001)),
        "source": st.sampled_from(("book", "no-book")),
        "note-zh": st.just("注"),
    }
    evidence = {"evidence": st.just("a report")}
    if fact.datatype == FINDING:
        made = st.fixed_dictionaries({"value": value} | by, optional=about | evidence)
        return unknown | made | st.fixed_dictionaries({"value": unknown}, optional=about | by)
    long = st.fixed_dictionaries({"value": value | unknown}, optional=about | by | evidence)
    if fact.datatype == DocumentType():
        done = st.fixed_dictionaries({"submitted": st.just("yes")}, optional=about | by)
        open_ = st.fixed_dictionaries({"submitted": value | unknown}, optional=by)
        return value | unknown | long | done | open_
    return value | unknown | long


#: How many facts a sheet states; more would only take longer.
MOST = 6


def sheets(vocabulary: Vocabulary) -> st.SearchStrategy[Any]:
    """Return sheets that are right, but for a source that may not be listed."""
    names = st.sampled_from(tuple(vocabulary.facts))

    @st.composite
    def right(draw: st.DrawFn) -> Any:  # without arguments, whose names would fill pages
        chosen = [
            vocabulary.facts[name] for name in draw(st.lists(names, max_size=MOST, unique=True))
        ]
        stated = {fact.id: draw(statements(fact, vocabulary)) for fact in chosen}
        sheet: dict[str, Any] = {
            "sheet": draw(st.sampled_from((1, "1"))),
            "measure": vocabulary.measure,
            vocabulary.subject: NAMES | {f.id: stated[f.id] for f in chosen if f.of_subject},
        }
        others = {fact.id: stated[fact.id] for fact in chosen if not fact.of_subject}
        empty, more = draw(st.booleans()), draw(st.booleans())
        if others or empty:
            sheet["facts"] = others
        if more:
            sheet |= {"sources": SOURCES, "note-en": "a note"}
        return sheet

    return right()


@pytest.fixture(scope="module")
def measures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measure]:
    root: Path = tmp_path_factory.mktemp("policies")
    write(root / "small", SMALL)
    found = {}
    for home in (root, ROOT / "policies", SECOND_LAW):
        library = open_library(home)
        for version, decision in VERSIONS:
            ref = library.find(version)
            if ref is not None:
                program = library.program(ref).value
                assert program is not None
                reach = program.reach(decision)
                found[version] = Measure(
                    library,
                    program,
                    validator(sheet_schema(program, None, "en")),
                    validator(sheet_schema(program, decision, "zh")),
                    frozenset(name for kind, name in reach if kind is EntryKind.FACT),
                    sheets(program.vocabulary),
                )
    return found


def read(library: Library, sheet: object) -> list[Diagnostic]:
    """Return what the reader finds wrong in a sheet, but for what a schema cannot see."""
    document = read_bytes("s.json", json.dumps(sheet, ensure_ascii=False).encode())
    assert document.value is not None
    found = (*document.diagnostics, *sheet_from(library, document.value).diagnostics)
    return [diagnostic for diagnostic in found if diagnostic.code.id not in UNSEEN]


def as_texts(node: Any) -> Any:
    """Return a sheet as the reader sees it: every number is the text that was written."""
    match node:
        case dict():
            return {key: as_texts(value) for key, value in node.items()}
        case list():
            return [as_texts(one) for one in node]
        case str():
            return node
    return json.dumps(node)


def stated(measure: Measure, sheet: Any) -> set[str]:
    """Return the facts that a right sheet states."""
    subject = sheet[measure.program.vocabulary.subject].keys() - NAMES.keys()
    return set(subject) | set(sheet.get("facts", ()))


@pytest.mark.whole
@pytest.mark.parametrize("version", [version for version, _ in VERSIONS])
@given(data=st.data())
def test_the_schema_accepts_the_sheets_that_the_reader_accepts(
    measures: dict[str, Measure], version: str, data: st.DataObject
) -> None:
    measure = measures[version]
    sheet = data.draw(measure.sheets.flatmap(lambda right: slipped(right, WRONG, KEYS)))
    found = read(measure.library, sheet)
    right = not has_errors(found)
    for form in (sheet, as_texts(sheet)):
        assert measure.whole.is_valid(form) == right, [d.message_text for d in found]
        narrow = right and stated(measure, sheet) <= measure.asked
        assert measure.narrow.is_valid(form) == narrow


@pytest.mark.whole
@pytest.mark.parametrize("version", [version for version, _ in VERSIONS])
@given(data=st.data())
def test_a_statement_is_right_to_both_or_to_neither(
    measures: dict[str, Measure], version: str, data: st.DataObject
) -> None:
    measure = measures[version]
    vocabulary = measure.program.vocabulary
    fact = data.draw(st.sampled_from(list(vocabulary.facts.values())))
    statement = data.draw(
        st.one_of(
            statements(fact, vocabulary),
            WRONG,
            st.fixed_dictionaries({"value": values(fact)}, optional={"by": WRONG, "on": WRONG}),
        )
    )
    own, other = ({fact.id: statement}, {}) if fact.of_subject else ({}, {fact.id: statement})
    sheet = {
        "sheet": 1,
        "measure": vocabulary.measure,
        vocabulary.subject: NAMES | own,
        "facts": other,
        "sources": SOURCES,
    }
    found = read(measure.library, sheet)
    assert measure.whole.is_valid(sheet) != has_errors(found), [d.message_text for d in found]
    assert measure.whole.is_valid(as_texts(sheet)) != has_errors(found)
