"""Which version governs, what was taken for granted, and what other readings give."""

from datetime import date

import pytest

from ipcity_policy.engines.interpreter.explanation import AlternativeAnswer, AssumptionKind
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Basis
from ipcity_policy.law.text_digest import RulesDigest
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.verdict import ChosenBy, DecisionVerdict
from ipcity_policy.sheet.reader import open_sheet, sheet_from
from tests.support import HEAD, READING, SECOND_LAW, SMALL, Made, Make, outcomes

BOATS = SECOND_LAW / "berths" / "boats"


def verdicts(library: Library, text: str, question: Question) -> tuple[DecisionVerdict, ...]:
    document = read_bytes("s.yaml", text.encode())
    assert document.value is not None
    sheet = sheet_from(library, document.value)
    assert sheet.value is not None
    assert not sheet.diagnostics
    result = evaluate_sheet(library, sheet.value, question)
    assert result.value is not None, result.diagnostics
    return result.value


def boat(*facts: str) -> str:
    lines = "".join(f"  {fact}\n" for fact in facts)
    head = "sheet: 1\nmeasure: berths\nboat: {name-en: B, name-zh: 船}\n"
    return head + (f"facts:\n{lines}" if lines else "")


def one(library: Library, text: str, **asked: object) -> DecisionVerdict:
    (verdict,) = verdicts(library, text, Question(**asked))  # type: ignore[arg-type]
    return verdict


@pytest.mark.parametrize(
    ("on", "arrival", "how", "versions"),
    [
        (date(1998, 2, 28), None, ChosenBy.NONE, ()),
        (date(1998, 3, 1), None, ChosenBy.IN_FORCE, ("berths/1998",)),
        (date(2004, 5, 31), None, ChosenBy.IN_FORCE, ("berths/1998",)),
        (date(2004, 6, 1), None, ChosenBy.IN_FORCE, ("berths/2004",)),
        (None, "2004-05-31", ChosenBy.IN_FORCE, ("berths/1998",)),
        (date(2010, 1, 1), "2004-05-31", ChosenBy.IN_FORCE, ("berths/1998",)),
        (None, "2004-05", ChosenBy.IN_FORCE, ("berths/1998",)),
        (None, "2004-06", ChosenBy.IN_FORCE, ("berths/2004",)),
        (None, "2004", ChosenBy.SEVERAL, ("berths/1998", "berths/2004")),
        (None, "1998", ChosenBy.PARTLY, ("berths/1998",)),
    ],
)
def test_the_day_that_governs_chooses_the_version(
    second_law: Library,
    on: date | None,
    arrival: str | None,
    how: ChosenBy,
    versions: tuple[str, ...],
) -> None:
    text = boat(f"arrival: {arrival}") if arrival else boat()
    verdict = one(second_law, text, decision="berth", on=on)
    assert (verdict.choice.chosen_by, verdict.choice.versions) == (how, versions)
    assert verdict.choice.fact == ("arrival" if arrival else None)


def test_a_day_known_only_as_a_year_gives_what_each_version_gives(second_law: Library) -> None:
    text = boat("arrival: 2004", "draught: 9 feet", "insured: yes")
    verdict = one(second_law, text, decision="berth")
    assert verdict.program is None
    assert verdict.outcome is None
    assert verdict.possible == ("turned-away", "admitted")
    assert [v.outcome for v in verdict.alternatives] == ["turned-away", "admitted"]
    agreed = one(second_law, text.replace("9 feet", "7 feet"), decision="berth")
    assert (agreed.outcome, agreed.possible) == ("admitted", ("admitted",))


def test_a_version_that_does_not_treat_the_question_says_so(second_law: Library) -> None:
    verdict = one(second_law, boat("length: 5 feet"), decision="fee", on=date(2000, 1, 1))
    assert (verdict.choice.chosen_by, verdict.choice.versions) == (
        ChosenBy.SILENT,
        ("berths/1998",),
    )
    assert (verdict.outcome, verdict.possible) == (None, ())


def test_without_any_day_no_version_is_guessed(second_law: Library) -> None:
    document = read_bytes("s.yaml", boat().encode())
    assert document.value is not None
    sheet = sheet_from(second_law, document.value).value
    assert sheet is not None
    result = evaluate_sheet(second_law, sheet, Question(decision="berth"))
    assert result.value is None
    assert [d.code.id for d in result.diagnostics] == ["F107"]


def test_what_was_stated_later_is_not_seen(second_law: Library) -> None:
    text = boat("length: {value: 10 feet, on: 2005-03}")
    late = one(second_law, text, decision="fee", on=date(2005, 3, 30))
    assert late.outcome is None
    assert [m.name for m in late.answer.missing] == ["length"]
    assert AssumptionKind.NOT_SEEN in [a.kind for a in late.assumptions]
    seen = one(second_law, text, decision="fee", on=date(2005, 3, 31))
    assert seen.outcome == "small-fee"


def test_a_reading_counts_only_where_it_changes_the_answer(second_law: Library) -> None:
    at_limit = one(second_law, boat("length: 20 feet"), decision="fee", version="2004")
    (dependence,) = at_limit.readings
    assert (at_limit.outcome, at_limit.basis) == ("small-fee", Basis.INFERRED)
    assert dependence.chosen == "included"
    assert dependence.others == {"excluded": AlternativeAnswer("middle-fee", ("middle-fee",))}
    beside = one(second_law, boat("length: 20.001 feet"), decision="fee", version="2004")
    assert (beside.outcome, beside.readings, beside.basis) == ("middle-fee", (), Basis.ATTESTED)
    other = one(
        second_law, boat("length: 20 feet"), decision="fee", version="2004",
        readings=(("exactly-small", "excluded"),),
    )  # fmt: skip
    assert other.outcome == "middle-fee"
    assert other.readings[0].others == {
        "included": AlternativeAnswer("small-fee", ("small-fee",))
    }


def test_readings_that_only_together_change_the_answer_are_found(make: Make) -> None:
    body = "rules:\n  big: {title-en: B, title-zh: 大, require: weight is above heavy}\n"
    body += "  wet: {title-en: W, title-zh: 湿, require: volume is above bulky}\n"
    body += "decisions:\n  d:\n    asks-en: D\n    asks-zh: 决\n    outcomes:\n"
    body += "      in: {says-en: i, says-zh: 入, when: big and wet}\n"
    body += "      out: {says-en: o, says-zh: 出, when: otherwise}\nreadings:\n"
    for name, change in (
        ("one", "rules.big.require: weight is at least heavy"),
        ("two", "rules.wet.require: volume is at least bulky"),
    ):
        text = READING.partition("\n")[2].replace("edge", name).replace("other", "wide")
        body += text.replace("CHANGE", change)
    head = "article: 2\ntitle-en: M\ntitle-zh: 二\nbasis: attested\n"
    made = make({"1/article-02.yaml": head + body})
    text = "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\n"
    text += "facts: {weight: 50 grams, volume: 2 litres}\n"
    verdict = one(made.library, text, decision="d", version="1")
    assert (verdict.outcome, verdict.readings, verdict.all_combined) == ("out", (), True)
    (together,) = verdict.combinations
    assert together.options == {"one": "wide", "two": "wide"}
    assert together.given == AlternativeAnswer("in", ("in",))


def test_a_parameter_can_be_tried_with_another_value(second_law: Library) -> None:
    text = boat("length: 45 feet")
    asked = Question("fee", None, "2004", (), (("great", "50 feet"),))
    (verdict,) = verdicts(second_law, text, asked)
    assert verdict.outcome == "middle-fee"
    assert verdict.parameters == {"great": "50 feet"}


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question("fee", None, "2004", (), (("graet", "50 feet"),)), "N104"),
        (Question("fee", None, "2004", (), (("great", "50 grams"),)), "N101"),
        (Question("fee", None, "2004", (), (("great", "10 feet"),)), "M107"),
        (Question("fee", None, "2004", (("exactly-smal", "excluded"),)), "N104"),
        (Question("fee", None, "2004", (("exactly-small", "no"),)), "N104"),
        (Question("feee", None, "2004"), "N104"),
        (Question("fee", None, "2005"), "N104"),
    ],
)
def test_a_question_that_names_what_is_not_there_is_an_error(
    second_law: Library, question: Question, code: str
) -> None:
    sheet = open_sheet(second_law, BOATS / "dot.yaml").value
    assert sheet is not None
    result = evaluate_sheet(second_law, sheet, question)
    assert code in [d.code.id for d in result.diagnostics]


def test_what_is_carried_over_is_assumed_and_strictly_unknown(make: Make) -> None:
    header = "title-en: Old\ntitle-zh: 旧\n"
    header += "in-force: {from: 1990-01-01, until: 2001-01-01, basis: attested}\n"
    rest = "provision: rest\ntitle-en: The rest\ntitle-zh: 其余\nbasis: unavailable\n"
    rest += "carries-over: {from: small/1, decisions: [class], why-en: W, why-zh: 因}\n"
    made = make({"0/measure.yaml": header, "0/rest.yaml": rest})
    text = (
        "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\nfacts: {weight: 5 grams}\n"
    )
    headline = one(made.library, text, decision="class", on=date(1995, 1, 1))
    assert (headline.outcome, headline.basis) == (None, Basis.UNAVAILABLE)
    assert headline.supposed is not None
    assert (headline.supposed.outcome, headline.supposed.possible) == ("low", ("low",))
    assert headline.supposed.provisions == (("small/0", "rest"),)
    loose = headline.supposed.verdict
    assert loose.basis is Basis.ASSUMED
    assert AssumptionKind.CARRIED_OVER in [a.kind for a in loose.assumptions]
    strict = one(made.library, text, decision="class", on=date(1995, 1, 1), strict=True)
    assert (strict.outcome, strict.basis) == (None, Basis.UNAVAILABLE)
    assert strict.possible == headline.possible == ("low", "middle", "high")
    assert strict.supposed is None
    assert [(m.kind.value, m.name) for m in strict.answer.missing] == [("text", "rest")]
    assert strict.settled_by == ()


def test_the_digests_follow_the_rule_files(make: Make) -> None:
    before = digests(make({}))
    assert digests(make({})) == before
    changed = SMALL["1/article-01.yaml"].replace("light: 10", "light: 11")
    after = digests(make({"1/article-01.yaml": changed}))
    assert after.files != before.files
    assert after.texts != before.texts
    remark = digests(make({"1/article-01.yaml": SMALL["1/article-01.yaml"] + "# A remark.\n"}))
    assert remark.files != before.files
    assert remark.texts == before.texts
    words = digests(make({"facts.yaml": SMALL["facts.yaml"].replace("W?", "How heavy?")}))
    assert words.files != before.files
    assert words.texts == before.texts


def test_the_digests_are_of_what_was_read_and_not_of_what_is_there_now(make: Make) -> None:
    before = digests(make({}))
    made = make({})
    ref = made.library.find("small/1")
    assert ref is not None
    assert made.library.program(ref).ok
    (made.home / "1" / "article-01.yaml").write_text("article: [", "utf-8")
    (made.home / "1" / "article-02.yaml").write_text("article: 2\n", "utf-8")
    (made.home / "facts.yaml").unlink()
    assert made.library.digests([ref]) == before


def test_a_draft_is_named_before_what_it_amends(make: Make) -> None:
    draft = "amends: small/1\ntitle-en: D\ntitle-zh: 草\nchange: {parameters.light: 9 grams}\n"
    found = digests(make({"drafts/d.yaml": draft}), "small/d").texts
    assert list(found) == ["small/d", "small/1"]
    assert found["small/1"] == digests(make({})).texts["small/1"] != found["small/d"]


def digests(made: Made, name: str = "small/1") -> RulesDigest:
    ref = made.library.find(name)
    assert ref is not None
    return made.library.digests([ref])


#: A second version that repeals the first, and lets more count as light.
_LATER = {
    "1/measure.yaml": SMALL["1/measure.yaml"].replace("until: open", "until: 2002-01-01"),
    "2/measure.yaml": SMALL["1/measure.yaml"].replace("2001-01-01", "2002-01-01")
    + "repeals: small/1\n",
    "2/article-01.yaml": SMALL["1/article-01.yaml"].replace(
        "light: 10 grams", "light: 20 grams"
    )
    + READING.replace("{CHANGE}", "{in-force.from: unknown from 2002-01-01 until 2003-01-01}"),
}
_THING = (
    "sheet: 1\nmeasure: small\nthing: {name-en: T, name-zh: 物}\nfacts: {weight: %s grams}\n"
)


@pytest.mark.parametrize(
    ("on", "weight", "answers", "versions"),
    [
        # 15 grams are middle under the first version and low under the second; 5 are low.
        (date(2001, 12, 31), 15, False, False),
        (date(2002, 1, 1), 15, True, False),
        (date(2002, 12, 31), 15, True, False),
        (date(2002, 12, 31), 5, False, True),
        (date(2003, 1, 1), 15, False, False),
    ],
)
def test_a_reading_of_the_first_day_counts_where_another_version_may_govern(
    make: Make, on: date, weight: int, *, answers: bool, versions: bool
) -> None:
    library = make(_LATER).library
    verdict = one(library, _THING % weight, on=on, decision="class")
    assert [r.reading.id for r in verdict.readings] == (["edge"] if answers else [])
    assert [r.reading.id for r in verdict.version_readings] == (["edge"] if versions else [])
    for found in (*verdict.readings, *verdict.version_readings):
        assert found.elsewhere["other"].choice.versions == ("small/1", "small/2")
    if answers:
        assert verdict.readings[0].others == {
            "other": AlternativeAnswer(None, ("middle", "low"))
        }
        assert (verdict.outcome, verdict.basis) == ("low", Basis.ATTESTED)
        assert verdict.choice.basis is Basis.INFERRED


def test_a_reading_of_the_first_day_is_chosen_for_every_version(make: Make) -> None:
    library = make(_LATER).library
    chosen = (("edge", "other"),)
    early = one(library, _THING % 15, on=date(2001, 12, 31), decision="class", readings=chosen)
    assert (early.outcome, dict(early.chosen)) == ("middle", {"edge": "other"})
    between = one(library, _THING % 15, on=date(2002, 6, 1), decision="class", readings=chosen)
    assert between.choice.chosen_by is ChosenBy.SEVERAL
    assert [m.name for m in between.answer.missing] == ["small/1", "small/2"]
    assert [part.choice.chosen_by for part in between.alternatives] == [
        ChosenBy.IN_DOUBT,
        ChosenBy.START_IN_DOUBT,
    ]
    wrong = (("edge", "neither"),)
    question = Question(on=date(2001, 12, 31), decision="class", readings=wrong)
    document = read_bytes("s.yaml", (_THING % 15).encode())
    assert document.value is not None
    sheet = sheet_from(library, document.value).value
    assert sheet is not None
    told = evaluate_sheet(library, sheet, question).diagnostics
    assert [one.code.id for one in told] == ["N104"]


def test_readings_of_both_ends_that_leave_no_day_do_not_hold_together(make: Make) -> None:
    """Each of them holds alone; together the version would end before it begins."""
    begins = READING.replace("{CHANGE}", "{in-force.from: 2001-06-01}")
    ends = READING.replace("{CHANGE}", "{in-force.until: 2001-03-01}")
    article = SMALL["1/article-01.yaml"] + begins
    article += ends.partition("\n")[2].replace("  edge:", "  limit:")
    library = make({"1/article-01.yaml": article}).library
    asked = {"on": date(2001, 7, 1), "decision": "class"}
    verdict = one(library, _THING % 15, readings=(("edge", "other"),), **asked)
    assert verdict.untried == ("limit=other",)
    assert verdict.outcome == "middle"


def test_a_reading_may_move_the_first_day_and_more(make: Make) -> None:
    change = "{in-force.from: 2002-06-01, parameters.light: 30 grams}"
    article = _LATER["2/article-01.yaml"].partition("readings:")[0]
    files = {**_LATER, "2/article-01.yaml": article + READING.replace("{CHANGE}", change)}
    library = make(files).library
    asked = {"on": date(2002, 7, 1), "decision": "class"}
    # 25 grams are below 30 and not below 20.
    assert one(library, _THING % 25, **asked).outcome == "middle"
    read = one(library, _THING % 25, readings=(("edge", "other"),), **asked)
    assert (read.outcome, dict(read.chosen)) == ("low", {"edge": "other"})


def test_how_a_period_is_counted_is_tried_where_an_outcome_bars(make: Make) -> None:
    law = outcomes(out="sealed is no", **{"in": "otherwise"})
    law = law.replace(
        "sealed is no", "sealed is no, effects: [bar renewal for pause after sold]"
    )
    law += (
        "counting:\n  days: {opening-day: not-counted, last-day: included, rest-days: stay}\n"
    )
    change = "{counting.days.last-day: excluded}"
    files = {"1/article-02.yaml": HEAD + law + READING.replace("{CHANGE}", change)}
    sheet = _THING.replace("weight: %s grams", "sealed: no, sold: 2001-08-01")
    verdict = one(make(files).library, sheet, on=date(2001, 9, 1), decision="d")
    assert (verdict.outcome, verdict.readings) == ("out", ())
    (found,) = verdict.effect_readings
    # Six months from 1 August end on 1 February, or the day before.
    last = Dates(date(2002, 1, 31), date(2002, 1, 31))
    assert [one.until for one in found.others["other"].effects] == [last]


def test_a_day_that_stands_in_is_no_text_that_is_assumed(make: Make) -> None:
    law = outcomes(out="sealed is no", **{"in": "otherwise"})
    law = law.replace("    asks-en: D\n", "    asks-en: D\n    governed-by: made\n")
    head = HEAD.replace("attested", "assumed")
    library = make({"1/article-02.yaml": head + law}).library
    sheet = _THING.replace("weight: %s grams", "sealed: no")
    verdict = one(library, sheet, on=date(2001, 9, 1), decision="d")
    assert AssumptionKind.DAY_SUBSTITUTED in [one.kind for one in verdict.assumptions]
    assert (verdict.outcome, verdict.supposed is not None) == (None, True)
    assert verdict.supposed is not None
    assert verdict.supposed.outcome == "out"
    assert [(lack.gap is None, lack.doubt) for lack in verdict.supposed.lacks] == [
        (False, None)
    ]


@pytest.mark.parametrize(("warm", "outcome"), [("red, green", "warm"), ("blue", "cold")])
def test_a_set_is_set_to_the_options_that_are_listed(
    make: Make, warm: str, outcome: str
) -> None:
    law = outcomes(warm="colour is one of warm", cold="otherwise")
    library = make({"1/article-02.yaml": HEAD + law}).library
    sheet = _THING.replace("weight: %s grams", "colour: green")
    asked = {"on": date(2001, 9, 1), "decision": "d", "parameters": (("warm", warm),)}
    assert one(library, sheet, **asked).outcome == outcome
