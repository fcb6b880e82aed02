"""The versions of a measure beside one another: gaps, overlaps, repeals."""

import pytest

from ipcity_policy.law.library import Library
from ipcity_policy.studies.lints.version_sequence import lint_times
from ipcity_policy.text.diagnostic import Diagnostic
from tests.support import SMALL, Made, Make, write

#: A header: line 3 has `from:` at column 12 and `until:`, whose value is at column 31.
HEADER = "title-en: V\ntitle-zh: 版\nin-force: {{from: {}, until: {}, basis: attested}}\n{}"
ARTICLE = SMALL["1/article-01.yaml"]


def versions(make: Make, *times: tuple[str, str, str]) -> Made:
    """Make versions 1, 2, … with their days and what else their headers say."""
    files = {
        f"{number}/{name}": text
        for number, time in enumerate(times, 1)
        for name, text in (
            ("measure.yaml", HEADER.format(*time)),
            ("article-01.yaml", ARTICLE),
        )
    }
    return make(files)


def told(made: Made) -> list[Diagnostic]:
    return list(lint_times(made.library, made.home))


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        # One begins on the day on which the other no longer governs.
        ((("2001-01-01", "2002-01-01", ""), ("2002-01-01", "open", "")), []),
        # A day without a version, and a day with two.
        (
            (("2001-01-01", "2001-12-31", ""), ("2002-01-01", "open", "")),
            [("M121", "1/measure.yaml:3:37")],
        ),
        (
            (("2001-01-01", "2002-01-02", ""), ("2002-01-01", "open", "")),
            [("M113", "1/measure.yaml:3:37")],
        ),
        (
            (("2001-01-01", "open", ""), ("2002-01-01", "open", "")),
            [("M113", "1/measure.yaml:3:37")],
        ),
        # Nothing is said of the time before the first and after the last.
        ((("2001-01-01", "2002-01-01", ""),), []),
        # An end that is not known leaves no gap, but it is not after the next begins.
        (
            (("2001-01-01", "unknown from 2002", ""), ("2004-01-01", "open", "")),
            [("M113", "1/measure.yaml:3:37")],
        ),
        # One gives way to the next on a day that is not known, and both say so.
        (
            (
                ("2001-01-01", "unknown from 2002", ""),
                ("unknown from 2002", "open", "repeals: small/1"),
            ),
            [],
        ),
        (
            (
                ("2001-01-01", "unknown from 2002 until 2003", ""),
                ("unknown from 2002 until 2003", "open", "repeals: small/1"),
            ),
            [],
        ),
        # They do not say the same.
        (
            (
                ("2001-01-01", "unknown from 2002 until 2003", ""),
                ("unknown from 2002 until 2004", "open", ""),
            ),
            [("M113", "1/measure.yaml:3:37")],
        ),
        # What is in force all along fills the gap between two others, and overlaps both.
        (
            (
                ("2001-01-01", "2010-01-01", ""),
                ("2002-01-01", "2003-01-01", ""),
                ("2005-01-01", "2006-01-01", ""),
            ),
            [("M113", "1/measure.yaml:3:37"), ("M113", "1/measure.yaml:3:37")],
        ),
        # The names of the versions need not be in the order of their days.
        (
            (("2005-01-01", "open", ""), ("2001-01-01", "2002-01-01", "")),
            [("M121", "2/measure.yaml:3:37")],
        ),
        # Beside a version whose days cannot be read, a gap may be none; an overlap is one.
        (
            (
                ("2001-01-01", "2002-01-01", ""),
                ("2002-01-01", "2002-02-30", ""),
                ("2003-01-01", "open", ""),
                ("2004-01-01", "open", ""),
            ),
            [("M113", "3/measure.yaml:3:37")],
        ),
    ],
)
def test_the_times_of_versions(
    make: Make, times: tuple[tuple[str, str, str], ...], expected: list[tuple[str, str]]
) -> None:
    made = versions(make, *times)
    assert made.placed(told(made)) == expected


def test_a_gap_says_its_days_and_both_mends(make: Make) -> None:
    made = versions(make, ("2001-01-01", "2002-01-01", ""), ("2003-05-01", "open", ""))
    (gap,) = told(made)
    assert gap.severity == "warning"
    assert gap.message_text == "from 2002-01-01 until 2003-05-01 no version is in force"
    assert "`until: 2003-05-01` in `small/1`" in gap.help_text
    assert "`from: 2002-01-01` in `small/2`" in gap.help_text
    assert [r.at.place.split("/")[-2] for r in gap.related] == ["2"]


@pytest.mark.parametrize("end", ["2002-05-01", "open", "unknown from 2001-06"])
def test_the_mend_of_an_overlap_mends_it(make: Make, end: str) -> None:
    (told_before,) = told(
        versions(make, ("2001-01-01", end, ""), ("2002-01-01", "2003-01-01", ""))
    )
    assert "`until: 2002-01-01` in `small/1`" in told_before.help_text
    fixed = versions(make, ("2001-01-01", "2002-01-01", ""), ("2002-01-01", "2003-01-01", ""))
    assert told(fixed) == []


def test_two_versions_of_one_day_are_told_to_begin_apart(make: Make) -> None:
    made = versions(make, ("2001-01-01", "open", ""), ("2001-01-01", "open", ""))
    (overlap,) = told(made)
    assert (overlap.code.id, overlap.help_text) == (
        "M113",
        "let one of them begin on another day",
    )


FIRST = ("2001-01-01", "2002-01-01", "")


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ((FIRST, ("2002-01-01", "open", "repeals: small/1\n")), []),
        # It is said once, and at the repeal, that there is a gap.
        (
            (FIRST, ("2003-01-01", "open", "repeals: small/1\n")),
            [("M122", "2/measure.yaml:4:10")],
        ),
        # It is said once, and at the end, that there is an overlap.
        (
            (("2001-01-01", "open", ""), ("2003-01-01", "open", "repeals: small/1\n")),
            [("M113", "1/measure.yaml:3:37")],
        ),
        ((("2001-01-01", "open", "repeals: small/1\n"),), [("M122", "1/measure.yaml:4:10")]),
        (
            (
                ("2001-01-01", "2002-01-01", "repeals: small/2\n"),
                ("2002-01-01", "open", ""),
            ),
            [("M122", "1/measure.yaml:4:10")],
        ),
        # What it repeals is not the version that was in force before it.
        (
            (
                FIRST,
                ("2002-01-01", "2003-01-01", ""),
                ("2003-01-01", "open", "repeals: small/1\n"),
            ),
            [("M122", "3/measure.yaml:4:10")],
        ),
        # A version that does not exist is reported where the version is read (M101).
        ((FIRST, ("2002-01-01", "open", "repeals: small/0\n")), []),
    ],
)
def test_what_a_version_repeals_ends_when_it_begins(
    make: Make, times: tuple[tuple[str, str, str], ...], expected: list[tuple[str, str]]
) -> None:
    made = versions(make, *times)
    assert made.placed(told(made)) == expected


def test_a_repeal_of_what_does_not_exist_is_an_error_of_the_version(make: Make) -> None:
    made = versions(make, FIRST, ("2002-01-01", "open", "repeals: small/0\n"))
    assert made.places("small/2") == [("M101", "2/measure.yaml:4:10")]


def test_a_draft_cannot_be_repealed(make: Make) -> None:
    made = versions(make, ("2001-01-01", "open", "repeals: small/d\n"))
    write(made.home, {"drafts/d.yaml": "amends: small/1\ntitle-en: D\ntitle-zh: 草\n"})
    assert made.placed(told(made)) == [("M122", "1/measure.yaml:4:10")]


def test_a_version_may_repeal_one_of_another_measure(make: Make) -> None:
    made = versions(make, ("2001-01-01", "open", "repeals: other/1\n"))
    facts = SMALL["facts.yaml"].replace("measure: small", "measure: other")
    for end, expected in (
        ("2001-01-01", []),
        ("2000-06-01", [("M122", "1/measure.yaml:4:10")]),
        ("open", [("M122", "1/measure.yaml:4:10")]),
    ):
        other = {"facts.yaml": facts, "1/measure.yaml": HEADER.format("1999-01-01", end, "")}
        write(made.home.parent / "other", other)
        fresh = Made(Library(made.home.parent, "x"), made.home)
        assert fresh.placed(told(fresh)) == expected, end


def test_the_shipped_measures_have_no_gap_and_no_overlap(
    library: Library, second_law: Library
) -> None:
    for policies in (library, second_law):
        for home in policies.measures():
            assert list(lint_times(policies, home)) == []
