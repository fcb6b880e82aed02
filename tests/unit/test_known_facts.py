"""What is known of a subject on the day that governs a question: what follows by then."""

from datetime import date

import pytest

from ipcity_policy.lang.datatypes import ANY_DAY
from ipcity_policy.lang.values import NEVER, Dates, Options, Series
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import open_library
from ipcity_policy.questions.known_facts import FactBase, KnownFacts
from ipcity_policy.sheet.reader import sheet_from
from tests.support import HEAD, SMALL, Make

FACTS = """\
  asked-on: {type: date, label-en: a, label-zh: 问, asks-en: A?, asks-zh: 问？}
  marked-on: {type: date, label-en: m, label-zh: 标, asks-en: M?, asks-zh: 标？}
  tidy-now: {type: yes-no, label-en: t, label-zh: 洁, asks-en: T?, asks-zh: 洁？}
  tidy-by-year:
    {type: series, each: yes-no, label-en: t, label-zh: 洁, asks-en: T?, asks-zh: 洁？}
"""
EVENTS = """
events:
  marked: {label-en: marking, label-zh: 标记}
"""
LAW = """
decisions:
  late:
    asks-en: L
    asks-zh: 迟
    governed-by: asked-on
    outcomes:
      yes-late: {says-en: y, says-zh: 是, when: marked-on is before asked-on}
      no-late: {says-en: n, says-zh: 否, when: otherwise}
states:
  new: {label-en: new, label-zh: 新, initial: yes}
  done: {label-en: done, label-zh: 毕}
transitions:
  marking: {event: marked, from: [new, done], to: done}
derived:
  marked-on: {day-of: [marked]}
  tidy-by-year: {by-year: marked, states: tidy-now}
"""


def known(make: Make, asked: str, on: str, *events: str) -> KnownFacts:
    """Return what is known of a thing on the day that governs a question."""
    facts = SMALL["facts.yaml"].replace("facts:\n", f"facts:\n{FACTS}", 1) + EVENTS
    home = make({"facts.yaml": facts, "1/article-02.yaml": HEAD + LAW}).home
    library = open_library(home.parent)
    lines = "".join(f"  - {{event: marked, {event}}}\n" for event in events)
    text = (
        "sheet: 1\nmeasure: small\nthing: {name-en: A, name-zh: 甲}\n"
        f"facts: {{asked-on: {asked}}}\nevents-known-until: 2005-12-31\nevents:\n{lines}"
    )
    document = read_bytes("s.yaml", text.encode()).value
    assert document is not None
    sheet = sheet_from(library, document)
    assert sheet.value is not None, sheet.diagnostics
    ref = library.find("small/1")
    assert ref is not None
    program = library.program(ref).value
    assert program is not None
    day = date.fromisoformat(on)
    base = FactBase(sheet.value, (program,), day, strict=False, rest=library.rest_days)
    return base.for_decision(program, "late", base.stated.values)


FIRST, SECOND = date(2001, 3, 1), date(2001, 5, 17)


@pytest.mark.parametrize(
    ("asked", "on", "day"),
    [
        ("2001-12-31", "2001-12-31", Dates(SECOND, SECOND)),
        ("2001-05-16", "2001-12-31", Dates(FIRST, FIRST)),
        # What happens after the day asked about is not seen, though a later day governs.
        ("2001-12-31", "2001-05-16", Dates(FIRST, FIRST)),
        # All that happened is stated, so that by then it had not.
        ("2001-12-31", "2001-02-28", NEVER),
        # Of a span, what follows on each of its days: on the first there was only one, or none.
        ("2001-05", "2001-12-31", Dates(FIRST, SECOND)),
        ("2001-06", "2001-12-31", Dates(SECOND, SECOND)),
        ("2001", "2001-12-31", Dates(None, SECOND, never=None)),
    ],
)
def test_what_follows_by_the_day_that_governs(
    make: Make, asked: str, on: str, day: Dates
) -> None:
    found = known(make, asked, on, "on: 2001-03-01", "on: 2001-05-17")
    assert found.values.get("marked-on", ANY_DAY) == day


def test_a_year_follows_on_every_day_of_a_span_or_not(make: Make) -> None:
    events = ("on: 2001-03-01, facts: {tidy-now: yes}", "on: 2002-05-17, facts: {tidy-now: no}")
    whole = known(make, "2002-06", "2005-12-31", *events).values["tidy-by-year"]
    assert isinstance(whole, Series)
    assert [year for year, _ in whole.stated] == [2001, 2002]
    part = known(make, "2002-05", "2005-12-31", *events).values["tidy-by-year"]
    assert isinstance(part, Series)
    assert part.stated == ((2001, Options(frozenset({"yes"}))),)
