"""The picture of a time line: every place on it was reckoned by hand."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import combinations
from xml.etree.ElementTree import Element

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipcity_policy import timeline
from ipcity_policy.formats.gantt_svg import course_svg
from ipcity_policy.formats.text import as_text
from ipcity_policy.report.block import (
    GanttChart,
    GanttPoint,
    GanttRow,
    GanttShape,
    GanttStretch,
)
from ipcity_policy.report.charts.gantt import course_of
from ipcity_policy.report.charts.scale import scale_of
from ipcity_policy.report.reports.calendar import to_come
from ipcity_policy.text.cells import cells
from tests.leases import LEASES, sheet
from tests.support import Make


def drawn(make: Make, text: str, on: str, language: str = "en") -> GanttChart:
    """The picture of a sheet."""
    stated = yaml.load(text, yaml.BaseLoader)
    found = timeline(make(LEASES).library, stated, on=date.fromisoformat(on)).value
    assert found is not None
    course = course_of(found.whole, language)
    assert course is not None
    return course


def rows(course: GanttChart, title: str) -> list[GanttRow]:
    """The rows of one kind."""
    return [row for part in course.parts if part.title == title for row in part.rows]


def day(number: int, of: int) -> Decimal:
    """Where a day lies on a scale of so many."""
    return round(Decimal(number) / of, 5)


REGISTERED = "event: registered, on: 2001-02-10"
LATE = sheet(REGISTERED, "event: inspected, on: 2001-05-03", until="2001-06-20")


def test_every_place_is_where_its_day_lies(make: Make) -> None:
    # From 10 February 2001, day 40 of the year counted from 0, to 31 March 2002, when a note
    # may be due: eight marks of two months, from 1 January 2001 to 1 May 2002, 485 days.
    course = drawn(make, LATE, "2001-07-01")
    months = ["2001-01", "2001-03", "2001-05", "2001-07", "2001-09", "2001-11", "2002-01",
              "2002-03"]  # fmt: skip
    starts = [0, 59, 120, 181, 243, 304, 365, 424]
    assert course.ticks == tuple((day(n, 485), m) for n, m in zip(starts, months, strict=True))
    assert course.on == (day(181, 485), "2001-07-01")
    assert course.known == (day(170, 485), "events after 2001-06-20 are not known")

    def at(number: int) -> tuple[Decimal, Decimal]:
        return day(number, 485), day(number, 485)

    (state,) = rows(course, "State")
    assert state.stretches == (GanttStretch(GanttShape.STATE, at(40), at(181)),)
    assert state.points == (GanttPoint(GanttShape.NOW, at(181)),)
    assert [row.points for row in rows(course, "Events")] == [
        (GanttPoint(GanttShape.EVENT, at(40)),), (GanttPoint(GanttShape.EVENT, at(122)),)
    ]  # fmt: skip
    # A year from 10 February 2001.
    (term,) = rows(course, "Terms")
    assert term.stretches == (GanttStretch(GanttShape.TERM, at(40), at(405)),)
    # Two months, up to 10 April, and 3 May was late.
    inspection = rows(course, "Deadlines")[0]
    assert inspection.stretches == (
        GanttStretch(GanttShape.WINDOW, at(40), at(99)),
        GanttStretch(GanttShape.DELAY, at(99), at(122)),
    )
    assert inspection.points == (
        GanttPoint(GanttShape.DUE, at(99)),
        GanttPoint(GanttShape.MET_LATE, at(122)),
    )
    assert (inspection.when, inspection.status) == ("last day 2001-04-10", "met late")


def test_a_month_is_a_stretch_and_so_is_what_is_reckoned_from_it(make: Make) -> None:
    text = sheet("event: registered, on: 2001-02", until="2001-12-31")
    course = drawn(make, text, "2001-04-10")
    # From 1 February 2001 to 31 March 2002: again 485 days from 1 January 2001.
    spanned = (day(31, 485), day(58, 485))
    (registered,) = rows(course, "Events")
    assert registered.points == (GanttPoint(GanttShape.EVENT, spanned),)
    assert registered.when == "2001-02"
    # 1 April to 28 April 2001; a year later than February, 2002-02-01 to 2002-02-28.
    due = (day(90, 485), day(117, 485))
    inspection = rows(course, "Deadlines")[0]
    assert inspection.stretches == (GanttStretch(GanttShape.WINDOW, spanned, due),)
    assert inspection.points == (
        GanttPoint(GanttShape.DUE, due),
        GanttPoint(GanttShape.UNKNOWN, due),
    )
    (term,) = rows(course, "Terms")
    assert term.stretches == (
        GanttStretch(GanttShape.TERM, spanned, (day(396, 485), day(423, 485))),
    )


@pytest.mark.parametrize(
    ("events", "on", "shape"),
    [
        ((), "2001-03-01", GanttShape.OPEN),
        ((), "2001-04-11", GanttShape.OVERDUE),
        (("event: inspected, on: 2001-03-01",), "2001-04-11", GanttShape.MET),
        (("event: inspected, on: 2001-04-11",), "2001-04-11", GanttShape.MET_LATE),
    ],
)
def test_what_became_of_a_duty_has_a_sign_of_its_own(
    make: Make, events: tuple[str, ...], on: str, shape: GanttShape
) -> None:
    course = drawn(make, sheet(REGISTERED, *events, until="2001-12-31"), on)
    assert rows(course, "Deadlines")[0].points[1].shape is shape
    assert shape in dict(course.legend)


def test_a_bar_is_drawn_from_its_cause_to_its_last_day(make: Make) -> None:
    text = sheet(REGISTERED, "event: inspected, on: 2001-03-01", until="2002-12-31")
    # The year ends on 10 February 2002 and thirty days later it lapses.
    course = drawn(make, text, "2002-06-01")
    states = [(row.label, row.when) for row in rows(course, "State")]
    assert states == [
        ("held, round 1", "2001-02-10→2002-02-11"),
        ("time over, round 1", "2002-02-11→2002-03-13"),
        ("given up, round 1", "from 2002-03-13"),
    ]
    # Six months from 13 March 2002, on a scale up to 1 October of that year, 638 days.
    (bar,) = rows(course, "Bars")
    since, until = day(436, 638), day(620, 638)
    assert bar.stretches == (GanttStretch(GanttShape.BAR, (since, since), (until, until)),)


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        ("2001-02-10", "2001-03-01", ["2001-02", "2001-03"]),
        ("2001-02-10", "2001-02-10", ["2001-02"]),
        ("2013-12-01", "2017-12-12", ["2013", "2014", "2015", "2016", "2017"]),
        ("0001-01-01", "9999-12-31", [f"{n}000" for n in range(1, 10)]),
    ],
)
def test_a_scale_has_as_many_marks_as_can_be_read(
    first: str, last: str, marks: list[str]
) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    scale = scale_of(days)
    assert [label for _, label in scale.ticks("en")] == marks
    assert all(0 <= scale.place(one) <= 1 for one in days)


#: Forty events: a thing is given up and registered anew, and noted in most years.
MANY = sheet(
    *(f"event: registered, on: {1970 + 6 * n}-0{n + 1}-11" for n in range(8)),
    *(f"event: taken-back, on: {1974 + 6 * n}-0{n + 1}" for n in range(8)),
    *(f"event: inspected, on: {1970 + 6 * n}-0{n + 2}" for n in range(8)),
    *(f"event: noted, on: {1971 + 3 * n}-02-0{n % 9 + 1}" for n in range(16)),
    until="2018-06-30",
)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", [MANY, LATE], ids=["many", "few"])
def test_no_words_lie_on_others_and_none_leave_the_picture(
    make: Make, text: str, language: str
) -> None:
    on = "2019-01-01" if text == MANY else "2001-07-01"
    course = drawn(make, text, on, language)
    pictures = list(course_svg(course))
    assert (len(pictures) > 1) == (text == MANY)
    for picture in pictures:
        _, _, width, height = map(int, (picture.get("viewBox") or "").split())
        boxes = [box(one) for one in picture.iter("text") if one.get("x")]
        assert len(boxes) > 10
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height
        for one, other in combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1], (one, other)


def box(text: Element) -> tuple[float, float, float, float]:
    """Where words lie: a wide character is as wide as it is high, others half of that."""
    said = "".join(text.itertext())
    high = 12.5 if text.get("class") == "label" else 11.5
    wide = cells(said) * high / 2
    left = float(text.get("x") or 0) + float(text.get("dx") or 0)
    left -= {"middle": wide / 2, "end": wide}.get(text.get("text-anchor") or "", 0)
    base = float(text.get("y") or 0)
    return left, base - high * 0.8, left + wide, base + high * 0.2


@pytest.mark.parametrize(("text", "on"), [(MANY, "2019-01-01"), (LATE, "2001-07-01")])
def test_a_chinese_picture_has_no_english_word(make: Make, text: str, on: str) -> None:
    course = drawn(make, text, on, "zh")
    for picture in course_svg(course):
        heard = [picture.attrib["aria-label"], *picture.itertext()]
        assert not re.search("[A-Za-z]", "".join(heard))
    assert not re.search("[A-Za-z]{2}", as_text([course]))


def test_a_picture_is_told_to_who_cannot_see_it(make: Make) -> None:
    (picture,) = course_svg(drawn(make, LATE, "2001-07-01"))
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "The time line of Box, as on 2001-07-01"
    told = picture.findtext("desc") or ""
    assert "inspect it: last day 2001-04-10\nmet late" in told
    assert "events after 2001-06-20 are not known" in told


def test_in_text_the_years_stand_over_what_is_drawn_below(make: Make) -> None:
    found = as_text([drawn(make, MANY, "2019-01-01", "zh")], width=88).splitlines()
    assert max(map(cells, found)) <= 88
    years = next(line for line in found if "1970年" in line)
    first = next(line for line in found if "持有中，第1轮" in line)
    assert cells(years[: years.index("1970")]) == cells(first[: first.index("#")])


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(
    date(2000, 1, 1), date(2003, 1, 1)
)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["registered", "inspected", "renewed", "noted", "taken-back"]),
        DAYS,
        st.sampled_from([4, 7, 10]),
    ),
    max_size=40,
)


@pytest.mark.whole
def test_any_history_is_drawn_within_its_scale_and_entered_once(make: Make) -> None:
    library = make(LEASES).library
    tried: Counter[str] = Counter()

    @settings(max_examples=100)
    @given(EVENTS, DAYS, st.none() | DAYS)
    def drawn_and_entered(
        events: list[tuple[str, date, int]], on: date, until: date | None
    ) -> None:
        stated = {
            **yaml.load(sheet(), yaml.BaseLoader),
            "events": [{"event": kind, "on": day.isoformat()[:to]} for kind, day, to in events],
            **({} if until is None else {"events-known-until": until.isoformat()}),
        }
        found = timeline(library, stated, on=on).value
        assume(found is not None)
        assert found is not None
        course = course_of(found.whole, "en")
        tried["told"] += 1
        if course is not None:
            tried["drawn"] += 1
            for row in (row for part in course.parts for row in part.rows):
                reaches = [one.at for one in row.points]
                reaches += [reach for one in row.stretches for reach in (one.begins, one.ends)]
                assert all(0 <= low <= high <= 1 for low, high in reaches)
                assert all(one.begins[0] <= one.ends[1] for one in row.stretches)
            assert list(course_svg(course))
        entries = to_come(found.whole, "en")
        assert len({entry.uid for entry in entries}) == len(entries)
        assert all(entry.day >= on for entry in entries)
        tried["entered"] += bool(entries)

    drawn_and_entered()
    assert tried["told"] > 90, tried
    assert tried["drawn"] > 30, tried
    assert tried["entered"] > 10, tried
