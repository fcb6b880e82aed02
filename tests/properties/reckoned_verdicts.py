"""What two small questions of each law come to, reckoned again from what the texts say.

The harbour byelaws let a boat berth that floats and is covered, and ask a fee by its length;
the measures on cities name who may apply, and divide the score of an acceptance. It shares
nothing with the package.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

#: From the first day to the last that is possible.
Span: TypeAlias = tuple[date, date]
DAY = timedelta(days=1)
NEVER = date.max


@dataclass(frozen=True)
class Version:
    """A version: from which day to before which it is in force, and what it asks."""

    name: str
    since: date
    until: date
    #: By decision, the outcomes that are possible by the facts that are seen.
    decisions: Mapping[str, Callable[["Facts"], frozenset[str]]]
    #: The first day on which it is not known whether it is still in force.
    doubtful: date = NEVER


@dataclass(frozen=True)
class Facts:
    """What is seen of a subject, as it is written, and how the question is put."""

    values: Mapping[str, str]
    readings: Mapping[str, str]
    parameters: Mapping[str, str]

    def number(self, name: str) -> Decimal | None:
        """Return a number without its unit."""
        text = self.values.get(name)
        return None if text is None else Decimal(text.split()[0])

    def limit(self, name: str, written: int) -> Decimal:
        """Return what the law sets, or what the question sets instead."""
        return Decimal(self.parameters.get(name, str(written)).split()[0])


@dataclass(frozen=True)
class Expected:
    """What is expected of a verdict; the outcome is not asked where a version is in doubt."""

    possible: frozenset[str]
    outcome: str | None
    versions: tuple[str, ...]
    doubtful: bool = False


def span(text: str) -> Span:
    """Read a day, a month or a year."""
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def seen(facts: Mapping[str, object], on: date | None) -> dict[str, str]:
    """Return what is known by a day: what was stated surely by then."""
    found: dict[str, str] = {}
    for name, stated in facts.items():
        value, when = stated, ""
        if isinstance(stated, dict):
            value, when = stated["value"], stated.get("on", "")
        assert isinstance(value, str)
        early = on is None or not when or span(when)[1] <= on
        if value != "unknown" and early:
            found[name] = value
    return found


def expected(
    versions: Sequence[Version], decision: str, facts: Facts, governing: str, on: date | None
) -> Expected | None:
    """Return what the versions give that may govern; None where no day says which."""
    day = facts.values.get(governing)
    if day is None and on is None:
        return None
    first, last = span(day) if day is not None else (on or NEVER, on or NEVER)
    there = [one for one in versions if one.since <= last and first < one.until]
    names = tuple(one.name for one in there)
    each = [one.decisions[decision](facts) for one in there if decision in one.decisions]
    possible = frozenset(outcome for some in each for outcome in some)
    ordered = sorted(there, key=lambda one: one.since)
    covered = bool(ordered) and ordered[0].since <= first and last < ordered[-1].until
    whole = len(each) == len(there) and covered
    doubtful = len(there) == 1 and (not covered or last >= there[0].doubtful)
    decided = len(possible) == 1 and (whole or len(there) == 1)
    return Expected(possible, next(iter(possible)) if decided else None, names, doubtful)


# The harbour byelaws


def fee(great: int, larger: int | None = None) -> Callable[[Facts], frozenset[str]]:
    """The fee of a boat: up to 20 feet, below `great`, below `larger`, and above."""

    def by_length(facts: Facts) -> frozenset[str]:
        length = facts.number("length")
        every = ["small-fee", "middle-fee", *(["large-fee"] if larger else []), "great-fee"]
        if length is None:
            return frozenset(every)
        if length <= 20:
            return frozenset({"small-fee"})
        if length < great:
            return frozenset({"middle-fee"})
        return frozenset({"large-fee" if larger and length < larger else "great-fee"})

    return by_length


def berth(depth: int, *, surveys: bool) -> Callable[[Facts], frozenset[str]]:
    """Whether a boat floats and is covered: by 1998 insured, later surveyed or rowed too."""

    def by_draught(facts: Facts) -> frozenset[str]:
        draught = facts.number("draught")
        floats = None if draught is None else draught < depth
        covers = [None if "insured" not in facts.values else facts.values["insured"] == "yes"]
        if surveys:
            rig, survey = facts.values.get("rig"), facts.values.get("surveyed")
            covers.append(None if rig is None else rig == "rowing")
            late = None
            if survey is not None:
                first, last = span(survey)
                since = date(2003, 1, 1)
                late = True if first >= since else False if last < since else None
            covers.append(late)
        covered = True if True in covers else None if None in covers else False
        found = set()
        if floats is not False and covered is not False:
            found.add("admitted")
        if floats is not True or covered is not True:
            found.add("turned-away")
        return frozenset(found)

    return by_draught


LATER = {"berth": berth(10, surveys=True), "fee": fee(40)}
BYELAWS = (
    Version(
        "berths/1998", date(1998, 3, 1), date(2004, 6, 1), {"berth": berth(8, surveys=False)}
    ),
    Version("berths/2004", date(2004, 6, 1), NEVER, LATER),
)
LONGER_BOATS = Version("berths/longer-boats", NEVER, NEVER, {**LATER, "fee": fee(50, 90)})


# The measures on cities


def applicant(*named: str) -> Callable[[Facts], frozenset[str]]:
    """Article 3: whether units of a type may apply; of those that these tests make up."""

    def by_type(facts: Facts) -> frozenset[str]:
        kind = facts.values.get("type")
        if kind is None:
            return frozenset({"eligible", "not-eligible"})
        return frozenset({"eligible" if kind in named else "not-eligible"})

    return by_type


BANDS = ("title-withdrawn", "next-pilot-round", "fostering-stage")


def acceptance(upper: int) -> Callable[[Facts], frozenset[str]]:
    """Article 14: below 60, between, and above 70, or what is set instead; limits are read."""

    def by_score(facts: Facts) -> frozenset[str]:
        score = facts.number("acceptance-score")
        if score is None:
            return frozenset(BANDS)
        low, high = facts.limit("acceptance-floor", 60), facts.limit("fostering-floor", upper)
        lost = facts.readings.get("exactly-sixty") == "lower-band"
        round_ = facts.readings.get("exactly-seventy") == "middle-band"
        if score < low or (score == low and lost):
            return frozenset({BANDS[0]})
        return frozenset({BANDS[1 if score < high or (score == high and round_) else 2]})

    return by_score


def not_found(facts: Facts) -> frozenset[str]:
    """Of 2014 no text on the acceptance was found."""
    del facts
    return frozenset(BANDS)


NAMED = ("municipal-district", "prefecture-level-city")
MEASURES = (
    Version(
        "ip-cities/2014",
        date(2014, 6, 13),
        date(2016, 11, 18),
        {"applicant": applicant(*NAMED, "county-level-city"), "acceptance": not_found},
    ),
    Version(
        "ip-cities/2016",
        date(2016, 11, 18),
        NEVER,
        {"applicant": applicant(*NAMED), "acceptance": acceptance(70)},
        doubtful=date(2021, 1, 1),
    ),
)
COUNTY_LEVEL_AGAIN = Version(
    "ip-cities/county-level-again",
    NEVER,
    NEVER,
    {"applicant": applicant(*NAMED, "county-level-city"), "acceptance": acceptance(75)},
)
