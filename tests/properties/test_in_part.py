"""What is stated in part gives exactly what all of its completions give, for every type."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.interpreter.decision import holds
from ipcity_policy.lang.values import Truth
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.program import Program
from tests.support import HEAD, RICH, write

#: By fact, what is asked of it.
ASKED = {
    "makers": """\
        makers is at least four
        makers is above four
        makers is at most four
        makers is exactly four
        makers is not exactly four
        makers is between two and four with both included""",
    "age": """\
        age is at least year
        age is below year
        age is exactly year
        time from begun to ended is at least year""",
    "day": """\
        day is on or after border
        day is before border
        day is exactly border
        time from day to ended is at least month
        time from day to ended is below month""",
    "rating": """\
        rating is at least "fair"
        rating is below "good"
        rating is "fair"
        rating is not "fair"
        rating is one of middling
        rating is not one of middling""",
    "place": """\
        place is in the top third of all-things
        place is in the top third of all-things rounded up
        place is in the top third of all-things rounded half up ties at the last
        place is in the top third of all-things ties at the last
        place is in the top two-places of all-things
        place is not in the top third of all-things
        place is last of all-things
        place is not last of all-things""",
    "goods": """\
        goods includes "bread"
        goods includes all of named
        goods includes any of named
        goods includes none of named""",
    "plan": """\
        plan is submitted
        plan is submitted on or before border
        plan is not submitted
        plan is submitted after border""",
    "counts": """\
        counts is at least four in at least two of the last three-years before border
        counts is below four in at least two of the last three-years up to border""",
    "marks": """\
        marks is "good" in at least two of the last three-years before border""",
}
PARAMETERS = """\
parameters:
  two: 2
  four: 4
  year: 1 year
  month: 1 month
  border: 2004-03-01
  third: 33 percent
  two-places: 2 places
  named: [bread, honey]
  middling: [poor, good]
  three-years: 3 years
"""
WORDS = "label-en: L, label-zh: 名, asks-en: Q?, asks-zh: 问？"
GRADES = ["poor", "fair", "good", "best"]
OPTIONS = ", ".join(f"{one}: {{label-en: {one}, label-zh: {one}}}" for one in GRADES)
FACTS = f"""\
  day: {{type: date, {WORDS}}}
  begun: {{type: date, {WORDS}}}
  ended: {{type: date, {WORDS}}}
  rating: {{type: choice, ordered: yes, {WORDS}, options: {{{OPTIONS}}}}}
  counts: {{type: series, each: whole, range: 0 to 9, {WORDS}}}
  marks: {{type: series, each: choice, {WORDS}, options: {{{OPTIONS}}}}}
"""
#: What else is known.
BESIDE = {"begun": "2003-02-28", "ended": "2004-03-31"}


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Program]:
    """A law with a rule for each sentence, by the fact and its number."""
    folder = tmp_path_factory.mktemp("in-part")
    rules = "".join(
        f"  {fact}-{number}: {{title-en: R, title-zh: 则, require: '{sentence.strip()}'}}\n"
        for fact, sentences in ASKED.items()
        for number, sentence in enumerate(sentences.splitlines())
    )
    facts = RICH["facts.yaml"].replace("cohorts:", f"{FACTS}cohorts:")
    new = {"facts.yaml": facts, "1/article-02.yaml": f"{HEAD}{PARAMETERS}rules:\n{rules}"}
    write(folder / "small", {**RICH, **new})
    library = open_library(folder)
    ref = library.find("small/1")
    assert ref is not None
    found = library.program(ref)
    assert found.value is not None, [str(d.message_text) for d in found.diagnostics]
    return library, found.value


def truths(law: tuple[Library, Program], fact: str, written: Any) -> list[Truth]:
    """Return what comes of each sentence about a fact that is stated so, without a fault."""
    library, program = law
    sheet = {
        "sheet": 1,
        "measure": "small",
        "thing": {"name-en": "T", "name-zh": "物"},
        "facts": {**BESIDE, fact: written},
    }
    read = read_sheet(library, sheet)
    assert read.value is not None
    assert not read.diagnostics, [str(d.message_text) for d in read.diagnostics]
    values = {name: one.value for name, one in read.value.statements.items()}
    rules = [rule for name, rule in program.rules.items() if name.startswith(f"{fact}-")]
    return [holds(program, values, rule.condition, rule.origin) for rule in rules]


# What is stated, and everything that it may turn out to be

Part: TypeAlias = tuple[Any, list[Any]]


def numbers(two: list[int], unit: str = "", how: str = "to", most: int = 9) -> Part:
    """Write the whole numbers between two ends, or those from or up to one."""
    low, high = two
    said, first, last = {
        "to": (f"{low} to {high}", low, high),
        "least": (f"at least {low}", low, most),
        "most": (f"at most {high}", 0, high),
    }[how]
    return f"{said} {unit}".strip(), [f"{n} {unit}".strip() for n in range(first, last + 1)]


def ends(least: int, most: int) -> st.SearchStrategy[list[int]]:
    """Draw two ends, the smaller first."""
    return st.tuples(st.integers(least, most), st.integers(least, most)).map(sorted)


HOW = st.sampled_from(("to", "to", "least", "most"))


def days(first: date, last: date) -> list[str]:
    """Return every day between two."""
    return [str(first + timedelta(days=n)) for n in range((last - first).days + 1)]


def day(start: int, length: int, how: str) -> Part:
    """Write days around the border, between two or on one side of one."""
    first = date(2003, 12, 20) + timedelta(days=start)
    last = first + timedelta(days=length)
    far = timedelta(days=150)
    match how:
        case "least":
            return f"on or after {first}", days(first, first + far)
        case "most":
            return f"on or before {last}", days(last - far, last)
    return f"{first} to {last}", days(first, last)


DAYS = st.builds(day, st.integers(0, 120), st.integers(0, 40), HOW)
COUNTS = st.builds(lambda two, how: numbers(two, how=how), ends(0, 9), HOW)
SOME = st.lists(st.sampled_from(GRADES), min_size=1, unique=True)
CHOICES: st.SearchStrategy[Part] = SOME.map(lambda some: ({"one of": some}, some))


def rank(places: list[int], sizes: list[int], tied: int, how: str) -> Part:
    """Write a place and a size, and every place in a cohort of every size."""
    some = range(places[0], places[1] + 1) if how == "to" else range(1, 10)
    found = [
        {"rank": place, "of": size, "tied": tied}
        for place, size in product(some, range(sizes[0], sizes[1] + 1))
        if place + tied - 1 <= size and (how != "last" or place + tied - 1 == size)
    ]
    said = {"to": numbers(places)[0], "last": "last", "any": "unknown"}[how]
    return {"rank": said, "of": numbers(sizes)[0], "tied": tied}, found


def goods(bread: str, honey: str) -> Part:
    """Write a set of which some may not be known, and every set that it may be."""
    said = {"bread": bread, "honey": honey}
    ways = product(*(("yes", "no") if one == "unknown" else (one,) for one in said.values()))
    return said, [dict(zip(said, way, strict=True)) for way in ways]


def paper(part: Part, *, given_in: bool) -> Part:
    """Write a paper that was given in on a day known in part, or of which nothing is known."""
    said, each = part
    if given_in:
        found = [{"submitted": "yes", "on": one} for one in each]
        return {"submitted": "yes", "on": said}, found
    near = days(date(2004, 2, 1), date(2004, 4, 1))
    return "unknown", ["no", *({"submitted": "yes", "on": one} for one in near)]


def series(*parts: Part) -> Part:
    """Write a value for each year, and every way in which they may be together."""
    years = range(2001, 2001 + len(parts))
    ways = product(*(each for _, each in parts))
    return dict(zip(map(str, years), (said for said, _ in parts), strict=True)), [
        dict(zip(map(str, years), way, strict=True)) for way in ways
    ]


FEW = st.builds(
    lambda low, more: numbers([low, low + more]), st.integers(2, 5), st.integers(0, 2)
)
HELD = st.sampled_from(("yes", "no", "unknown"))
STATED: Mapping[str, st.SearchStrategy[Part]] = {
    "makers": COUNTS,
    "age": st.builds(lambda two, how: numbers(two, "months", how, 40), ends(1, 30), HOW),
    "day": DAYS,
    "rating": CHOICES,
    "place": st.builds(
        rank, ends(1, 9), ends(1, 9), st.integers(1, 3), st.sampled_from(("to", "last", "any"))
    ).filter(lambda part: bool(part[1])),
    "goods": st.builds(goods, HELD, HELD),
    "plan": st.builds(lambda part, yes: paper(part, given_in=yes), DAYS, st.booleans()),
    "counts": st.builds(series, FEW, FEW, FEW, FEW),
    "marks": st.builds(series, CHOICES, CHOICES, CHOICES),
}


def together(each: Iterator[list[Truth]]) -> list[Truth]:
    """Return what all completions give of each sentence; None where they do not agree."""
    columns = [set(column) for column in zip(*each, strict=True)]
    return [column.pop() if len(column) == 1 else None for column in columns]


@pytest.mark.whole
@pytest.mark.parametrize("fact", ASKED)
def test_what_is_known_in_part_gives_what_its_completions_give(
    fact: str, law: tuple[Library, Program]
) -> None:
    seen: dict[str, list[Truth]] = {}

    def found(written: Any) -> list[Truth]:
        if str(written) not in seen:
            seen[str(written)] = truths(law, fact, written)
        return seen[str(written)]

    @settings(max_examples=40)
    @given(STATED[fact])
    def try_one(part: Part) -> None:
        said, each = part
        assert truths(law, fact, said) == together(map(found, each))

    try_one()
