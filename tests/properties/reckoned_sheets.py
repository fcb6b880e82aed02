"""Random sheets for the second reckoning, and how they are written for the program."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from dateutil.relativedelta import relativedelta

from tests.properties import reckoning

VOCABULARY = Path(__file__).resolve().parents[2] / "policies" / "ip-cities" / "facts.yaml"
#: The day looked from, after all that a sheet states.
ON = date(2030, 1, 1)
SCORES = ("59", "59.5", "59.99", "60", "61", "69", "69.9", "70", "71", "79", "80", "81", "95")
TYPES = (*sorted(reckoning.MAY_APPLY), "county-level-city", "other-unit")


@cache
def vocabulary() -> Mapping[str, Any]:
    """Read what a sheet may state."""
    found: Mapping[str, Any] = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    return found


# What a sheet states


@dataclass(frozen=True)
class Mood:
    """How often, of a hundred, a fact speaks for the city, is absent, or is known in part."""

    fair: int
    absent: int
    partly: int


def a_day(rng: Random, first: int = 2016, last: int = 2020) -> date:
    """Draw a day, often the last or the first of a month, or a leap day."""
    year, month = rng.randint(first, last), rng.randint(1, 12)
    length = calendar.monthrange(year, month)[1]
    day = rng.choice((1, length, length, rng.randint(1, length), rng.randint(1, length)))
    if rng.randrange(12) == 0:
        return date(2020, 2, 29)
    return date(year, month, day)


def as_known(rng: Random, mood: Mood, day: date) -> tuple[date, date]:
    """Know a day, or only its month or its year."""
    if rng.randrange(100) >= mood.partly:
        return day, day
    if rng.randrange(3):
        length = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=length)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def before(rng: Random, mood: Mood, day: date) -> date:
    """Draw a day near another, often the same or one beside it; the fair side is before."""
    if rng.randrange(100) < mood.fair:
        return day - timedelta(days=rng.choice((0, 0, 0, 1, rng.randrange(40))))
    return day + timedelta(days=rng.choice((1, 1, rng.randrange(40))))


def a_place(rng: Random, mood: Mood, percent: int) -> tuple[int | None, int | None]:
    """Draw a place near the line of a share, or the last, and how many there are."""
    size = rng.choice((1, 2, 3, 4, 10, 11, 20, rng.randint(1, 60)))
    line = percent * size // 100
    fair = rng.randrange(100) < mood.fair
    place = line - rng.randrange(3) if fair else rng.choice((line + 1, line + 2, size))
    rank = min(size, max(1, place))
    if rng.randrange(100) >= mood.partly:
        return rank, size
    return rng.choice(((rank, None), (None, size)))


def cases(rng: Random, mood: Mood) -> dict[str, bool | None]:
    """Draw the cases: a major case of all kinds is of each of the others too."""
    none = dict.fromkeys(
        ("of-a-kind", "of-all-kinds", "major-of-a-kind", "major-of-all-kinds"), False
    )
    if rng.randrange(100) < mood.fair // 2:
        return {**none}
    found: dict[str, bool | None] = {**none}
    for one in rng.choice(
        (
            ("of-a-kind",),
            ("of-a-kind", "of-all-kinds"),
            ("of-a-kind", "major-of-a-kind"),
            ("of-a-kind", "of-all-kinds", "major-of-a-kind"),
            tuple(none),
        )
    ):
        found[one] = True
    if rng.randrange(100) < mood.partly:  # the rarest of those that there are is not known of
        found[[one for one, there in found.items() if there][-1]] = None
    return found


def a_number(rng: Random, mood: Mood, limit: int) -> Decimal:
    """Draw a number near a limit."""
    if rng.randrange(100) < mood.fair:
        return Decimal(rng.choice((limit, limit + 1, limit + 20)))
    return Decimal(rng.choice(("-0.01", "-1", "-20"))) + limit


#: By name, the share or the limit that a place or a number is held against.
LINES = {
    "provincial-enforcement-rank": 50,
    "enforcement-rank": 30,
    "pledge-rank": 30,
    "current-enforcement-rank": 30,
    "current-pledge-rank": 30,
    "category-rank": 100,
    "earlier-category-rank": 100,
}
LIMITS = {
    "objective-score": 60,
    "converted-total": 80,
    "current-objective-score": 60,
    "current-converted-total": 80,
}
#: Of these, "no" speaks for the city.
BETTER_NOT = {
    "barred-from-pilot-application",
    "barred-from-model-application",
    "abnormal-applications",
    "improper-means",
    "nationwide-harm",
}
#: What is yes or no by its type in the vocabulary, and asked by one of the decisions.
PLAIN = (
    *reckoning.PILOT_PAPERS,
    *reckoning.ACCEPTANCE_PAPERS,
    *reckoning.MODEL_PAPERS,
    *("barred-from-pilot-application", "city-leadership", "administration-level"),
    *("patent-quality-work", "patent-quality-results", "ip-operation", "ip-operation-results"),
    *("featured-themes", "investigation-held", "recommended", "plan-guided"),
    *("responsible-department", "contact-person", "assessed-this-year"),
    *("barred-from-model-application", "fostering-performance", "government-priority"),
    *("district-assessment", "leading-management", "patent-policy", "patent-quality-progress"),
    *("systematic-operation", "abnormal-applications", "call-issued", "monitoring-supported"),
    *("guided-by-call", "scored-by-province", "ranked-by-province", "recommended-as-model"),
    *("examined-this-year", "strength-monitored", "preference-given"),
    *("current-government-priority", "current-district-assessment"),
    *("current-leading-management", "current-patent-policy", "current-systematic-operation"),
    *("term-performance", "improper-means", "nationwide-harm", "effective-measures"),
    *("category-unchanged", "ip-office-exists"),
)

#: By fact, what it is of: it cannot be stated where none of these is there.
OWNERS = {
    **dict.fromkeys(
        ("office-staff", "enforcement-staff", "ip-budget-share"), ("ip-office-exists",)
    ),
    "patent-quality-results": ("patent-quality-work",),
    "ip-operation-results": ("ip-operation",),
    "pilot-plan-span": ("pilot-work-plan",),
    "scores-by-province": ("scored-by-province",),
    "guided-by-call": ("call-issued",),
    "last-major-case-date": ("infringement-cases",),
    "last-abnormal-date": ("abnormal-applications",),
    "nationwide-harm": ("infringement-cases", "abnormal-applications"),
    "effective-measures": ("infringement-cases", "abnormal-applications"),
}


def dates(rng: Random, mood: Mood) -> dict[str, tuple[date, date]]:
    """Draw the days of a sheet, near the lines at which they decide."""
    applied, examined, filed = a_day(rng), a_day(rng, 2017, 2024), a_day(rng)
    agreed = a_day(rng)
    year = relativedelta(years=1)
    later = rng.choice((applied, examined, examined)) - 2 * year
    found = {
        "model-application-date": applied,
        "fostering-start": before(rng, mood, applied - year),
        "last-major-case-date": before(rng, mood, later),
        "last-abnormal-date": before(rng, mood, later),
        "re-examination-date": examined,
        "plan-approval-date": before(rng, mood, agreed),
        "plan-report-date": agreed,
        "deliberation-date": before(rng, mood, filed),
        "filing-date": filed,
    }
    return {name: as_known(rng, mood, day) for name, day in found.items()}


def draw_facts(rng: Random) -> dict[str, Any]:
    """Draw what a sheet states."""
    mood = Mood(
        rng.choice((100, 99, 97, 90, 50)), rng.choice((0, 0, 2, 10, 40)), rng.choice((0, 5, 30))
    )
    found: dict[str, Any] = {}
    for name in PLAIN:
        found[name] = (rng.randrange(100) < mood.fair) is not (name in BETTER_NOT)
    for name, percent in LINES.items():
        found[name] = a_place(rng, mood, percent)
    for name, limit in LIMITS.items():
        found[name] = a_number(rng, mood, limit)
    found |= dates(rng, mood)
    fair = rng.randrange(100) < mood.fair
    found["type"] = rng.choice(TYPES[:4] if fair else TYPES)
    found["acceptance-score"] = Decimal(rng.choice(SCORES))
    found["pilot-plan-span"] = 36 if fair else rng.choice((35, 37, 12, 60))
    found["filed-by"] = "province" if fair else "city"
    found["model-filed-by"] = "province" if fair else rng.choice(("province", "city"))
    found["support-fund"] = Decimal(rng.choice((1, 500_000)) if fair else 0)
    found["model-support-fund"] = Decimal(rng.choice((1, 500_000)) if fair else 0)
    found["conferences-held"] = rng.choice((1, 2)) if fair else 0
    found["office-staff"] = rng.randrange(9)
    found["enforcement-staff"] = rng.randint(0, found["office-staff"])
    found["ip-budget-share"] = Decimal(rng.randrange(100)) / 100
    found["inventions-per-10000"] = Decimal(rng.randrange(900)) / 100
    found["infringement-cases"] = cases(rng, mood)
    found["title-held"] = rng.choice(("none", "pilot", "model", "model"))
    found["enforcement-result"] = (
        "qualified" if rng.randrange(100) < mood.fair else "unqualified"
    )
    year = found["model-application-date"][0].year
    found["annual-grades"] = {
        one: rng.choice(("excellent",) * 4 + ("average", "poor", None))
        for one in range(year - 4, year + 1)
    }
    stated = {name: one for name, one in found.items() if rng.randrange(100) >= mood.absent}
    return {name: one for name, one in stated.items() if can_be(name, stated)}


def can_be(name: str, stated: Mapping[str, Any]) -> bool:
    """Say whether a fact is of something that is there, as far as a sheet tells."""
    owners = OWNERS.get(name, ())
    return not owners or any(
        one not in stated or there(stated[one]) is not False for one in owners
    )


def there(found: Any) -> bool | None:
    """Say whether something is there: of a set, whether one of it is."""
    if not isinstance(found, Mapping):
        return None if found is None else bool(found)
    known = set(found.values())
    return True if True in known else None if None in known else False


# How the program is asked of them


#: What is yes, no or not known, as a sheet says it.
SAID = {True: "yes", False: "no", None: "unknown"}


def day_as_text(days: tuple[date, date]) -> str:
    """Write a day as far as it is known."""
    first, last = days
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


def as_stated(name: str, found: Any) -> Any:
    """Write one fact as a sheet states it."""
    if name == "type":
        return found
    shape = vocabulary()["facts"][name]
    match shape["type"]:
        case "yes-no" | "document":
            return SAID[found]
        case "finding":
            return {"value": "met" if found else "not-met", "by": shape["by"][0]}
        case "rank":
            rank, size = ("unknown" if one is None else one for one in found)
            return {"rank": rank, "of": size}
        case "date":
            return day_as_text(found)
        case "number":
            return f"{found} {shape['unit']}"
        case "period":
            return f"{found} months"
        case "percent":
            return f"{found} percent"
        case "set":
            return {one: SAID[there] for one, there in found.items()}
        case "series":
            return {str(year): grade or "unknown" for year, grade in found.items()}
        case _:
            return found


def as_sheet(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Write facts as a sheet without events."""
    written = {name: as_stated(name, one) for name, one in facts.items()}
    city = {"name-en": "Somewhere", "name-zh": "某市"}
    if "type" in written:
        city["type"] = written.pop("type")
    return {"sheet": 1, "measure": "ip-cities", "city": city, "facts": written, "events": []}
