"""What readings of three options and more give, and readings that count only together.

Each answer was worked out by hand from the limits that the options set.
"""

from collections.abc import Mapping
from datetime import date

import pytest

from ipcity_policy import evaluate, timeline
from ipcity_policy.api import Timeline
from ipcity_policy.engines.interpreter.explanation import AlternativeAnswer
from ipcity_policy.lang.values import Dates
from ipcity_policy.questions.trials import MAX_COMBINATIONS
from ipcity_policy.questions.verdict import DecisionVerdict
from tests.leases import LEASES
from tests.support import HEAD, SMALL, Make, outcomes

THING = {"name-en": "T", "name-zh": "物"}


def readings(**options: Mapping[str, str]) -> str:
    """Write readings: of each, what every option but the first, `as-is`, changes."""
    text = "readings:\n"
    for name, changes in options.items():
        text += (
            f"  {name}:\n    asks-en: Q\n    asks-zh: 问\n    why-en: W\n    why-zh: 因\n"
            "    basis: inferred\n    confidence: low\n    default: as-is\n    options:\n"
            "      as-is: {says-en: A, says-zh: 甲}\n"
        )
        for number, (option, change) in enumerate(changes.items()):
            says = f"says-en: B{number}, says-zh: 乙{'一二三四五'[number]}"
            text += f"      {option}: {{{says}, change: {{{change}}}}}\n"
    return text


def verdict(make: Make, article: str, facts: dict[str, str], **chosen: str) -> DecisionVerdict:
    """Return the verdict on a thing, with what other readings give."""
    made = make({"1/article-02.yaml": HEAD + article})
    assert [code for code in made.codes() if code[0] != "L"] == []
    sheet = {"sheet": "1", "measure": "small", "thing": THING, "facts": facts}
    found = evaluate(made.library, sheet, decision="d", version="1", readings=chosen)
    assert found.value is not None, found.diagnostics
    return found.value[0].whole


#: It is in from some weight on: 50, 45 or 60 grams, or 53.
EDGE = outcomes(**{"in": "weight is at least heavy", "out": "otherwise"}) + readings(
    edge={
        "nearer": "parameters.heavy: 45 grams",
        "farther": "parameters.heavy: 60 grams",
        "a-little": "parameters.heavy: 53 grams",
    }
)
IN, OUT = AlternativeAnswer("in", ("in",)), AlternativeAnswer("out", ("out",))


@pytest.mark.parametrize(
    ("grams", "chosen", "others"),
    [
        (44, "as-is", None),
        (45, "as-is", {"nearer": IN, "farther": OUT, "a-little": OUT}),
        (50, "as-is", {"nearer": IN, "farther": OUT, "a-little": OUT}),
        # Only the last two differ from what is chosen; only the second; none.
        (53, "as-is", {"nearer": IN, "farther": OUT, "a-little": IN}),
        (60, "as-is", None),
        (53, "farther", {"as-is": IN, "nearer": IN, "a-little": IN}),
        (59, "farther", {"as-is": IN, "nearer": IN, "a-little": IN}),
        (52, "a-little", {"as-is": IN, "nearer": IN, "farther": OUT}),
        (44, "a-little", None),
    ],
)
def test_every_other_option_of_a_reading_is_tried(
    make: Make, grams: int, chosen: str, others: dict[str, AlternativeAnswer] | None
) -> None:
    found = verdict(make, EDGE, {"weight": f"{grams} grams"}, edge=chosen)
    if others is None:
        assert found.readings == ()
        return
    (one,) = found.readings
    assert (one.chosen, dict(one.others)) == (chosen, others)


#: Of three places each is tried: heavy, bulky, and one that is sealed.
THREE = outcomes(
    **{
        "in": "weight is at least heavy and volume is at least bulky and sold is before end",
        "out": "otherwise",
    }
)
LIMITS = "parameters: {end: 2001-06-01}\n"
READ = readings(
    one={"wide": "parameters.heavy: 40 grams", "wider": "parameters.heavy: 30 grams"},
    two={"wide": "parameters.bulky: 1 litres"},
    three={"wide": "parameters.end: 2001-07-01", "widest": "parameters.end: 2002-01-01"},
)


@pytest.mark.parametrize(
    ("grams", "litres", "sold", "combinations", "alone"),
    [
        # All three are missed by their first step: each step of each leads on only with both
        # of the others.
        (45, 1, "2001-06-15", [
            {"one": "wide", "two": "wide", "three": "wide"},
            {"one": "wide", "two": "wide", "three": "widest"},
            {"one": "wider", "two": "wide", "three": "wide"},
            {"one": "wider", "two": "wide", "three": "widest"},
        ], []),
        # Two are missed, one of them by its first step: what goes with a third is not smallest.
        (35, 2, "2001-06-15", [
            {"one": "wider", "three": "wide"},
            {"one": "wider", "three": "widest"},
        ], []),
        (45, 2, "2001-08-01", [
            {"one": "wide", "three": "widest"},
            {"one": "wider", "three": "widest"},
        ], []),
        # One is missed: it changes the answer alone, and no set that holds it is named.
        (35, 2, "2001-05-31", [], ["one"]),
        (50, 1, "2001-05-31", [], ["two"]),
        (50, 2, "2001-12-31", [], ["three"]),
        # Nothing is missed, or too much.
        (50, 2, "2001-05-31", [], []),
        (29, 2, "2001-06-15", [], []),
        (45, 1, "2002-01-01", [], []),
    ],
)  # fmt: skip
def test_the_smallest_sets_of_options_are_found_and_no_others(
    make: Make,
    grams: int,
    litres: int,
    sold: str,
    combinations: list[dict[str, str]],
    alone: list[str],
) -> None:
    facts = {"weight": f"{grams} grams", "volume": f"{litres} litres", "sold": sold}
    found = verdict(make, LIMITS + THREE + READ, facts)
    assert [one.reading.id for one in found.readings] == alone
    told = [dict(one.options) for one in found.combinations]
    assert sorted(map(str, told)) == sorted(map(str, combinations))
    assert {one.given for one in found.combinations} <= {IN}
    assert found.all_combined


def test_past_the_limit_only_pairs_are_combined_and_that_is_told(make: Make) -> None:
    # Seven places of two options each come to 128 combinations; where all seven are needed
    # nothing is found, and where two are, the pair.
    names = [f"p{number}" for number in range(7)]
    assert 2 ** len(names) > MAX_COMBINATIONS >= 2 ** (len(names) - 1)
    parameters = "parameters: {" + ", ".join(f"{name}: 50 grams" for name in names) + "}\n"
    changes = {f"r-{name}": {"wide": f"parameters.{name}: 40 grams"} for name in names}
    reached = [f"weight is at least {name}" for name in names]
    # No thing that is not sealed is in the third way; it is there to touch all seven.
    sealed = " and ".join((*reached, "sealed is yes"))
    for when, sets in ((reached, []), (reached[-2:], [{"r-p5": "wide", "r-p6": "wide"}])):
        ways = {"in": " and ".join((*when, "sealed is no")), "third": sealed}
        article = parameters + outcomes(**ways, out="otherwise") + readings(**changes)
        found = verdict(make, article, {"weight": "45 grams", "sealed": "no"})
        assert not found.all_combined
        assert [dict(one.options) for one in found.combinations] == sets


#: The second version begins on 1 January 2002, or on one of three other days.
TURNING = {
    "1/measure.yaml": SMALL["1/measure.yaml"].replace("until: open", "until: 2002-01-01"),
    "2/measure.yaml": SMALL["1/measure.yaml"].replace("2001-01-01", "2002-01-01")
    + "repeals: small/1\n",
    "2/article-01.yaml": SMALL["1/article-01.yaml"].replace("light: 10", "light: 20")
    + readings(
        begins={
            "sooner": "in-force.from: 2001-10-01",
            "later": "in-force.from: 2002-03-01",
            "latest": "in-force.from: 2002-06-01",
        }
    ),
}


@pytest.mark.parametrize(
    ("on", "elsewhere"),
    [
        # 15 grams are middle under the first version and low under the second.
        (date(2001, 9, 30), {}),
        (date(2001, 10, 1), {"sooner": "low"}),
        (date(2001, 12, 31), {"sooner": "low"}),
        (date(2002, 1, 1), {"later": "middle", "latest": "middle"}),
        (date(2002, 2, 28), {"later": "middle", "latest": "middle"}),
        # Only the last of the options still leaves the day to the first version.
        (date(2002, 3, 1), {"latest": "middle"}),
        (date(2002, 5, 31), {"latest": "middle"}),
        (date(2002, 6, 1), {}),
    ],
)
def test_every_other_first_day_of_a_version_is_tried(
    make: Make, on: date, elsewhere: dict[str, str]
) -> None:
    library = make(TURNING).library
    sheet = {"sheet": "1", "measure": "small", "thing": THING, "facts": {"weight": "15 grams"}}
    found = evaluate(library, sheet, decision="class", on=on)
    assert found.value is not None, found.diagnostics
    whole = found.value[0].whole
    assert whole.outcome == ("middle" if on < date(2002, 1, 1) else "low")
    told = {
        option: one.outcome
        for dependence in whole.readings
        for option, one in dependence.elsewhere.items()
    }
    assert told == elsewhere


#: What is light may not be asked for again for six months; the second version counts the first
#: day of them, so that they end a day sooner.
BARRING = SMALL["1/article-01.yaml"].replace(
    "when: below light}", "when: below light, effects: [bar renewal for pause after sold]}"
)
COUNTED = "counting:\n  days: {{opening-day: {}, last-day: included, rest-days: stay}}\n"


@pytest.mark.parametrize(("opening", "moved"), [("counted", True), ("not-counted", False)])
def test_a_version_that_ends_a_bar_on_another_day_causes_something_else(
    make: Make, opening: str, *, moved: bool
) -> None:
    _, head, reading = TURNING["2/article-01.yaml"].partition("readings:\n")
    files = {
        **TURNING,
        "1/article-01.yaml": BARRING + COUNTED.format("not-counted"),
        "2/article-01.yaml": BARRING + COUNTED.format(opening) + head + reading,
    }
    facts = {"weight": "5 grams", "sold": "2001-08-15"}
    sheet = {"sheet": "1", "measure": "small", "thing": THING, "facts": facts}
    found = evaluate(make(files).library, sheet, decision="class", on=date(2002, 1, 15))
    assert found.value is not None, found.diagnostics
    whole = found.value[0].whole
    ends = [one.until for one in whole.answer.effects]
    last = date(2002, 2, 14) if moved else date(2002, 2, 15)
    assert (whole.outcome, ends) == ("low", [Dates(last, last)])
    assert whole.readings == ()
    turned = [one.reading.id for one in whole.effect_readings]
    alike = [one.reading.id for one in whole.version_readings]
    assert (turned, alike) == ((["begins"], []) if moved else ([], ["begins"]))


def test_every_other_option_is_tried_of_where_a_subject_stands(make: Make) -> None:
    # Held from 10 February 2001 for a year; other options end that after 6 and 13 months.
    lasting = readings(
        lasting={
            "half": "parameters.hold-time: 6 months",
            "longer": "parameters.hold-time: 13 months",
        }
    )
    time = LEASES["1/article-02.yaml"] + lasting.removeprefix("readings:\n")
    library = make({**LEASES, "1/article-02.yaml": time}).library

    def turning(on: date) -> dict[str, set[str]]:
        sheet = {
            "sheet": "1", "measure": "small", "thing": THING,
            "events-known-until": "2003-12-31",
            "events": [{"event": "registered", "on": "2001-02-10"}],
        }  # fmt: skip
        told: Timeline | None = timeline(library, sheet, on=on).value
        assert told is not None
        (turn,) = (one for one in told.whole.dependences if one.reading.id == "lasting")
        assert turn.chosen == "as-is"
        return {option: {*position.possible} for option, position in turn.others.items()}

    held, over = {"held"}, {"over"}
    assert turning(date(2001, 8, 10)) == {"half": held, "longer": held}
    assert turning(date(2001, 8, 11)) == {"half": over, "longer": held}
    assert turning(date(2002, 2, 10)) == {"half": over, "longer": held}
    # From the next day on it is over as it is written, and only the last option differs.
    assert turning(date(2002, 2, 11)) == {"half": over, "longer": held}
