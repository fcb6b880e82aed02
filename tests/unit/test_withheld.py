"""A day that governs and that only an assumed text tells: any version may, on any day."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from ipcity_policy import evaluate, open_policies
from ipcity_policy.api import Verdict
from ipcity_policy.law.library import Library
from tests.support import SECOND_LAW

ON = date(2010, 1, 1)
BOAT = {
    "sheet": 1,
    "measure": "berths",
    "boat": {"name-en": "Dot", "name-zh": "点", "rig": "sail"},
    "facts": {"draught": "3 feet", "insured": "yes", "length": "20 feet"},
    "events-known-until": "2010-12-31",
    "events": [
        {"event": "berth-allotted", "on": "2005-05-05"},
        {"event": "berth-allotted", "on": "2006-06-01"},
        {"event": "fee-paid", "on": "2006-06-10"},
    ],
}


@pytest.fixture
def harbour(tmp_path: Path) -> Library:
    """The law of berths, where the day of arrival follows from an event by assumption alone.

    Who was struck off is barred from winter berths for a while, and then not admitted.
    """
    home = tmp_path / "berths"
    shutil.copytree(
        SECOND_LAW / "berths", home, ignore=shutil.ignore_patterns("drafts", "tests")
    )
    for name, old, new in (
        (
            "2004/article-01.yaml",
            "require: floats and covered",
            "require: {all: [floats, covered, winter-barred is no]}",
        ),
        ("2004/article-04.yaml", "    decision: berth\n    gives: admitted\n", ""),
        (
            "2004/article-04.yaml",
            "derived:\n",
            "derived:\n"
            "  arrival: {basis: assumed, provision: art-4.i, day-of: [berth-allotted]}\n",
        ),
    ):
        text = (home / name).read_text("utf-8")
        assert text.count(old) == 1, (name, old)
        (home / name).write_text(text.replace(old, new), "utf-8")
    return open_policies(tmp_path)


def berth(harbour: Library, *, strict: bool = False) -> Verdict:
    """The verdict on whether the boat may berth."""
    found = evaluate(harbour, BOAT, decision="berth", on=ON, strict=strict)
    assert found.value is not None, found.diagnostics
    (verdict,) = found.value
    return verdict


def test_a_bar_that_ran_on_one_of_the_days_may_have_run_on_the_day_that_governs(
    harbour: Library,
) -> None:
    # Not paid within the six weeks, it was struck off on 17 June 2005 and barred for two years:
    # on some days up to 2010 the bar runs, on others it does not.
    strictly = berth(harbour, strict=True)
    assert strictly.outcome is None
    assert set(strictly.possible) == {"admitted", "turned-away"}


def test_what_is_supposed_is_one_of_what_is_possible(harbour: Library) -> None:
    verdict = berth(harbour)
    assert verdict.outcome is None
    assert verdict.supposed is not None
    # Supposed to arrive with the allotment of 1 June 2006, it is barred until 17 June 2007.
    assert verdict.supposed.outcome == "turned-away"
    assert verdict.supposed.outcome in verdict.possible


@pytest.mark.deep
@pytest.mark.parametrize("facts", [{}, {"pilot-term-start": "unknown"}])
def test_to_state_that_a_day_is_not_known_says_no_more_than_silence(
    library: Library, facts: dict[str, str]
) -> None:
    sheet = {
        "sheet": 1,
        "measure": "ip-cities",
        "city": {"name-en": "A", "name-zh": "甲", "type": "prefecture-level-city"},
        "facts": facts,
        "events-known-until": "2035-12-31",
        "events": [
            {"event": "pilot-approved", "on": "2015-06-01"},
            {
                "event": "acceptance-passed",
                "on": "2018-08-01",
                "facts": {"acceptance-score": "65 points"},
            },
        ],
    }
    readings = {"outcome-of-a-running-term": "text-when-begun"}
    found = evaluate(
        library, sheet, decision="acceptance", on=date(2018, 12, 31), readings=readings
    )
    assert found.value is not None
    (verdict,) = found.value
    # When the term began stands in a text of 2014 that is not available.
    assert verdict.outcome is None
    assert "next-pilot-round" in verdict.possible


@pytest.mark.whole
def test_where_what_governs_did_not_happen_the_day_asked_about_does(library: Library) -> None:
    sheet = {
        "sheet": 1,
        "measure": "ip-cities",
        "city": {"name-en": "A", "name-zh": "甲", "type": "prefecture-level-city"},
        "events-known-until": "2035-12-31",
        "events": [{"event": "pilot-approved", "on": "2017-06-01"}],
    }
    found = evaluate(library, sheet, decision="acceptance", on=date(2019, 12, 31))
    assert found.value is not None
    (verdict,) = found.value
    told = " ".join(verdict.as_text().split())
    assert "(ip-cities/2016), in force on 2019-12-31 (the day asked about)" in told
    assert "never" not in told
