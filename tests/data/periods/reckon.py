"""Reckon the days of periods from the rules alone, with dateutil: this prints `periods.csv`.

The rules (Articles 8, 12 to 14, 16, 17, 21, 27 and 29 of the measures of 2016):

- A period from an event leaves the day of the event out, or counts it (`opening`).
- A period that follows another is reckoned from the last day of that one, which is not
  counted again, whatever `opening` is.
- A month or a year ends on the day of the same number, or on the last day of the month.
- The last day belongs to a period, or it is over when that day begins (`closing`).
- A last day that is a rest day stays, or moves to the next working day (`rest`): of the times
  for acts only, or of all periods. What follows is reckoned from the working day or from the
  rest day (`then`). Here Saturday and Sunday are the rest days.
- What happens when a period is over happens on the day after its last day.
- The bar for missing the record work or the application for re-examination is reckoned from
  the last day of the time for it, from the last day of the term, or from the day after that
  time as from an event (`start`).
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)
#: The first and the last days of months, leap days, and days that a short month lacks.
DAYS = (
    "2017-02-15", "2017-02-28", "2017-08-29", "2017-08-31", "2017-10-31", "2018-06-01",
    "2019-11-29", "2020-02-29",
)  # fmt: skip


def in_years(number: int) -> relativedelta:
    return relativedelta(years=number)


def in_months(number: int) -> relativedelta:
    return relativedelta(months=number)


def in_weeks(number: int) -> relativedelta:
    return relativedelta(weeks=number)


@dataclass(frozen=True)
class Row:
    """One day that is expected."""

    #: What is tried, and the day of the event that it begins with.
    tried: str
    event: str
    opening: str = "not-counted"
    closing: str = "included"
    rest: str = "stay"
    then: str = "from-the-moved-day"
    start: str = "end-of-the-time"
    what: str = ""
    day: str = ""
    article: str = ""

    def since_event(self, day: date, length: relativedelta, kind: str = "deadlines") -> date:
        return self.moved(self._closed(day + length) - (self.opening == "counted") * DAY, kind)

    def following(self, last: date, length: relativedelta) -> date:
        """Return the day on which a period ends that follows another, before it moves."""
        return self._closed(last + length)

    def moved(self, day: date, kind: str) -> date:
        moves = self.rest == "move" or (self.rest == "move-deadlines" and kind == "deadlines")
        while moves and day.weekday() >= 5:
            day += DAY
        return day

    def border(self, still: date, kind: str) -> date:
        """Return the day from which what comes after a period is reckoned."""
        return self.moved(still, kind) if self.then == "from-the-moved-day" else still

    def _closed(self, day: date) -> date:
        return day - (self.closing == "excluded") * DAY

    def says(self, what: str, day: date, article: str) -> "Row":
        return replace(self, what=what, day=day.isoformat(), article=article)


def chain(row: Row, term: tuple[str, str], time: str, months: int, bar: tuple[str, str],
          left: str) -> Iterator[Row]:  # fmt: skip
    """Yield a term of three years from an event, a time after it, and a bar after that."""
    begun = date.fromisoformat(row.event)
    still = row._closed(begun + in_years(3)) - (row.opening == "counted") * DAY
    yield row.says(f"term {term[0]}", row.moved(still, "terms"), term[1])
    due = row.following(row.border(still, "terms"), in_months(months))
    last = row.moved(due, "deadlines")
    yield row.says(f"duty {time}", last, left)
    yield row.says("state withdrawn", last + DAY, left)
    match row.start:
        case "end-of-the-time":
            ends = row.following(row.border(due, "deadlines"), in_years(3))
        case "end-of-the-term":
            ends = row.following(row.border(still, "terms"), in_years(3))
        case _:
            ends = row._closed(last + DAY + in_years(3)) - (row.opening == "counted") * DAY
    yield row.says(f"bar {bar[0]}", row.moved(ends, "bars"), bar[1])


def pilot(row: Row) -> Iterator[Row]:
    begun = date.fromisoformat(row.event)
    yield row.says("duty pilot-plan", row.since_event(begun, in_months(2)), "8")
    still = row._closed(begun + in_years(3)) - (row.opening == "counted") * DAY
    four = row.following(row.border(still, "terms"), in_months(4))
    yield row.says("duty acceptance-by-province", row.moved(four, "deadlines"), "13")
    ends = ("pilot-application", "17")
    yield from chain(row, ("pilot-term", "13"), "record-work", 6, ends, "17")


def model(row: Row) -> Iterator[Row]:
    begun = date.fromisoformat(row.event)
    yield row.says("duty model-plan", row.since_event(begun, in_months(4)), "21")
    ends = ("model-application", "27")
    yield from chain(row, ("model-term", "27"), "re-examination-application", 4, ends, "27")


def failed(row: Row) -> Iterator[Row]:
    day = date.fromisoformat(row.event)
    yield row.says("bar pilot-application", row.since_event(day, in_years(2), "bars"), "14")
    papers = row.since_event(day, in_weeks(2))
    yield row.says("duty acceptance-materials", papers, "13")


def re_examined(row: Row) -> Iterator[Row]:
    day = date.fromisoformat(row.event)
    yield row.says("bar model-application", row.since_event(day, in_years(2), "bars"), "29")


def reports(row: Row) -> Iterator[Row]:
    """Yield the reports of each year that falls into the term: by 31 January, never moved."""
    begun = date.fromisoformat(row.event)
    for year in range(begun.year + 1, begun.year + 4):
        if date(year, 1, 31) <= begun + in_years(3) - DAY:
            yield row.says(f"report {year}", date(year, 1, 31), "12")


def rows() -> Iterator[Row]:
    """Yield every row: under each way to count, and some under each way to move an end."""
    for day in DAYS:
        for opening in ("not-counted", "counted"):
            for closing in ("included", "excluded"):
                plain = Row("", day, opening, closing)
                starts = ["end-of-the-time", "end-of-the-term", "day-after"]
                for start in starts:
                    read = replace(plain, start=start)
                    found = [*pilot(replace(read, tried="pilot")),
                             *model(replace(read, tried="model"))]  # fmt: skip
                    whole = start == starts[0]
                    yield from (one for one in found if whole or one.what.startswith("bar"))
                yield from failed(replace(plain, tried="failed"))
                yield from re_examined(replace(plain, tried="re-examined"))
        yield from reports(Row("pilot", day))
    for day in ("2017-02-15", "2017-08-31", "2018-03-01", "2020-02-29"):
        for rest in ("move-deadlines", "move"):
            for then in ("from-the-moved-day", "from-the-rest-day"):
                yield from pilot(Row("pilot", day, rest=rest, then=then))
                yield from model(Row("model", day, rest=rest, then=then))
            yield from failed(Row("failed", day, rest=rest))


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([one.name for one in fields(Row)])
    writer.writerows(astuple(row) for row in rows())
