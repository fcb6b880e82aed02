"""What is very large and yet allowed: an answer, with no more work than its size asks for."""

from collections.abc import Callable
from cProfile import Profile
from typing import Any, TypeVar

import pytest

from tests.support import HEAD, RICH, Ipcity, Make, outcomes

THING = "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\n"
#: What an answer may take where what would settle it is sought: of thousands of things there
#: are more sets than could ever be tried.
CALLS = 100_000_000
T = TypeVar("T")
NINES = "9" * 18


def quantity(name: str, how: str) -> str:
    return f"  {name}: {{title-en: Q, title-zh: 数, reckon: '{how}'}}\n"


def facts_yaml(more: str) -> dict[str, str]:
    """Return the rich vocabulary with more facts."""
    text = RICH["facts.yaml"]
    return {"facts.yaml": text.replace("cohorts:\n", f"{more}cohorts:\n", 1)}


def counted(do: Callable[[], T]) -> tuple[T, int]:
    """Count the function calls of doing something: a busy machine makes as many as any."""
    with Profile() as profile:
        done = do()
    return done, sum(entry.callcount for entry in profile.getstats())


def evaluated(
    ipcity: Ipcity, make: Make, entries: str, when: str, facts: str = "", more: str = ""
) -> Any:
    """Check a measure that asks whether a condition holds, and return a verdict as JSON."""
    decision = outcomes(**{"in": when, "out": "otherwise"})
    files = {**RICH, **facts_yaml(more), "1/article-02.yaml": HEAD + entries + decision}
    made = make({**files, "s.yaml": THING + (f"facts:\n{facts}" if facts else "")})
    assert made.codes() == []
    policies = str(made.home.parent)
    args = ("evaluate", str(made.home / "s.yaml"), "--policies", policies, "--version", "1",
            "--decision", "d")  # fmt: skip
    assert ipcity(*args, "--lang", "zh").status == 0
    return ipcity(*args, "--format", "json").json


def series(first: int, last: int) -> str:
    years = range(first, last + 1)
    values = [f"    {year}: {'unknown' if year % 3 == 0 else 'good'}\n" for year in years]
    return "  grades:\n" + "".join(values)


def choosing(names: list[str]) -> str:
    """Return a fact of many options, for the vocabulary."""
    return "  many:\n    type: set\n    label-en: M\n    label-zh: 多\n" + (
        "    asks-en: X\n    asks-zh: 问\n    options:\n"
        + "".join(f"      {name}: {{label-en: o, label-zh: 项}}\n" for name in names)
    )


def options(first: int, last: int) -> list[str]:
    return [f"o-{number}" for number in range(first, last)]


def years_of(ipcity: Ipcity, make: Make, window: str, facts: str) -> Any:
    """Ask for three good ones of the last years before a day."""
    entries = f"parameters:\n  wide: {window}\n  often: 3\n"
    when = "'grades is \"good\" in at least often of the last wide before made'"
    return evaluated(ipcity, make, entries, when, facts)


def options_of(ipcity: Ipcity, make: Make, count: int, facts: str) -> Any:
    """Ask whether a set has all options or none."""
    names = options(0, count)
    entries = f"parameters:\n  all-wares: [{', '.join(names)}]\n"
    when = "many includes all of all-wares or many includes none of all-wares"
    return evaluated(ipcity, make, entries, when, facts, choosing(names))


def no_options(ipcity: Ipcity, make: Make, count: int) -> str:
    """State as many options that are none as there are, and return what is said."""
    made = make({**RICH, **facts_yaml(choosing(options(0, count)))})
    sheet = made.home / "s.yaml"
    wrong = ", ".join(options(count, 2 * count))
    sheet.write_text(f"{THING}facts:\n  many: [{wrong}]\n", "utf-8")
    ran = ipcity("validate", str(sheet), "--policies", str(made.home.parent))
    assert ran.status == 1
    return ran.out


def facts_missing(ipcity: Ipcity, make: Make, count: int) -> Any:
    """Ask for many facts, of which none is stated."""
    names = [f"f-{number}" for number in range(count)]
    more = "".join(
        f"  {name}: {{type: yes-no, label-en: F, label-zh: 事, asks-en: A, asks-zh: 问}}\n"
        for name in names
    )
    when = f"{{any: [{', '.join(f'{name} is yes or {name} is no' for name in names)}]}}"
    return evaluated(ipcity, make, "", when, more=more)["missing"]


def chained(ipcity: Ipcity, make: Make, count: int) -> str:
    """Check quantities of which each is reckoned from the one before."""
    chain = "".join(quantity(f"q-{n}", f"q-{n - 1} plus weight") for n in range(1, count))
    first = HEAD + "quantities:\n" + quantity("q-0", "weight")
    made = make({**RICH, "1/article-02.yaml": first + chain})
    return ipcity("check", str(made.home)).out


def options_open(ipcity: Ipcity, make: Make, count: int) -> Any:
    """Ask about many options, of which none is stated."""
    return options_of(ipcity, make, count, "")


@pytest.mark.deep
@pytest.mark.parametrize("given", [options_open, no_options, chained])
def test_the_work_grows_with_what_is_given_and_not_with_its_square(
    ipcity: Ipcity, make: Make, given: Callable[[Ipcity, Make, int], object]
) -> None:
    def work(count: int) -> int:
        return counted(lambda: given(ipcity, make, count))[1]

    work(1)  # what is only loaded once
    least = work(1)
    assert work(800) - least < 16 * (work(100) - least)


@pytest.mark.deep
@pytest.mark.parametrize(
    ("window", "day", "first"),
    [
        ("99999 years", "", 1000),
        ("99999 years", "  made: 9999-12-31\n", 1000),
        ("99999 years", "  made: 2001\n", 1900),
        ("3 years", "", 1000),
        ("3 years", "  made: 2001\n", 1900),
    ],
)
def test_windows_of_years_over_a_long_series(
    ipcity: Ipcity, make: Make, window: str, day: str, first: int
) -> None:
    stated = day + series(first, 9999 if first == 1000 else 2100)
    found, calls = counted(lambda: years_of(ipcity, make, window, stated))
    assert calls < CALLS
    # Of three years running one is not known; and before which year, not either.
    known = {"99999 years": "in", "3 years": None}[window]
    assert found["outcome"] == (known if day else None)


@pytest.mark.whole
def test_quantities_one_on_another(ipcity: Ipcity, make: Make) -> None:
    # Each weighs the one before it thirty times: the last has more than 40,000 digits.
    chain = [quantity("q-0", "weight")]
    for number in range(1, 48):
        chain.append(quantity(f"q-{number}", f"{'(' * 30}q-{number - 1}{' times much)' * 30}"))
    entries = (
        f"parameters:\n  much: {NINES}.{'9' * 12} percent\n  limit: {NINES} grams\n"
        "  step: 0.000000000001 grams\nquantities:\n" + "".join(chain)
        + quantity("last-one", "q-47 rounded half up to step")
    )  # fmt: skip
    found = evaluated(
        ipcity, make, entries, "last-one is above limit", "  weight: 99.123456789012 grams\n"
    )
    assert found["outcome"] == "in"


@pytest.mark.deep
def test_a_set_of_thousands(ipcity: Ipcity, make: Make) -> None:
    half = "".join(f"    {name}: yes\n" for name in options(0, 7000)[::2])
    for facts, outcome in (("", None), (f"  many:\n{half}", None)):
        assert options_of(ipcity, make, 7000, facts)["outcome"] == outcome


@pytest.mark.deep
def test_thousands_of_options_that_are_none(ipcity: Ipcity, make: Make) -> None:
    assert len(no_options(ipcity, make, 7000)) < 200_000


@pytest.mark.deep
def test_thousands_of_facts_that_are_missing(ipcity: Ipcity, make: Make) -> None:
    missing, calls = counted(lambda: facts_missing(ipcity, make, 1500))
    assert len(missing) == 1500
    assert calls < CALLS


@pytest.mark.parametrize("count", ["-5", "0", "2", "3", NINES])
def test_at_least_none_and_more_than_there_are(ipcity: Ipcity, make: Make, count: str) -> None:
    entries = f"parameters:\n  k: {count}\n  w: 2 years\n"
    when = "{at-least: k, of: [sealed is yes, makers is known]}"
    found = evaluated(ipcity, make, entries, when, "  sealed: yes\n  makers: 3\n")
    assert found["outcome"] == ("in" if int(count) <= 2 else "out")
    when = "'grades is \"good\" in at least k of the last w before made'"
    facts = "  made: 2003-05-01\n  grades: {2001: good, 2002: good}\n"
    found = evaluated(ipcity, make, entries, when, facts)
    assert found["outcome"] == ("in" if int(count) <= 2 else "out")


@pytest.mark.parametrize(
    ("rank", "outcome"),
    [
        ("{rank: 3, of: unknown, tied: 999999999}", None),
        ("{rank: unknown, of: 999999999, tied: 999999999}", "in"),
        ("{rank: 1, of: 999999999}", "in"),
        ("{rank: 999999999, of: 999999999}", "in"),
        ("{rank: 2, of: 999999999}", "out"),
    ],
)
def test_cohorts_of_nine_digits(
    ipcity: Ipcity, make: Make, rank: str, outcome: str | None
) -> None:
    entries = "parameters:\n  tiny: 0.00000011 percent\n"
    when = (
        "place is in the top tiny of all-things rounded down ties at the first or "
        "place is last of all-things"
    )
    found = evaluated(ipcity, make, entries, when, f"  place: {rank}\n")
    assert found["outcome"] == outcome


@pytest.mark.parametrize("facts", ["", "  made: 0001\n  sold: 9999-12\n"])
def test_periods_that_lead_off_the_calendar(ipcity: Ipcity, make: Make, facts: str) -> None:
    entries = "parameters:\n  long: 99999 years\n  long-days: 99999 days\n"
    for when in (
        "long after made is before sold",
        "long before long-days after long after made is on or after sold",
        "time from made to sold is at least long",
        "time from long after made to long before sold is below long-days",
    ):
        evaluated(ipcity, make, entries, when, facts)


@pytest.mark.whole
def test_a_thousand_rules_on_one_another_are_told_where_they_are_too_many(
    ipcity: Ipcity, make: Make
) -> None:
    assert "M108" in chained(ipcity, make, 5000)
