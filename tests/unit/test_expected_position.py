"""Rule tests about a position: what came, what differs, what was seen both ways."""

import textwrap
from datetime import date
from typing import Any

import pytest

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.lifecycle.version_spans import least_rounds
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.judging import unfit_events
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from ipcity_policy.report.forms.proposals import proposals_text
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.studies.rule_tests.coverage import coverage_of
from ipcity_policy.studies.rule_tests.runner import RuleTest, run_tests
from tests.support import HEAD, SMALL, Made, Make, outcomes

EVENTS = """\
events:
  lent: {label-en: lending, label-zh: 借出}
  returned: {label-en: return, label-zh: 归还}
  asked: {label-en: reminder, label-zh: 催还, by: [clerk]}
  counted: {label-en: count, label-zh: 盘点, by: [clerk]}
"""
#: A thing lent on 31 January is late from 1 March; asked for by 10 March, or lost on 11 March.
LAW = """\
parameters: {loan-time: 1 month, asking-time: 10 days, rest: 1 year}
states:
  free: {label-en: free, label-zh: 在库, initial: yes}
  lent: {label-en: lent, label-zh: 借出}
  late: {label-en: late, label-zh: 逾期}
  gone: {label-en: gone, label-zh: 遗失}
transitions:
  lending: {event: lent, from: [free], to: lent, round: next}
  returning: {event: returned, from: [lent, late], to: free}
terms:
  loan: {label-en: loan, label-zh: 借期, of: lent, lasts: loan-time, then: late}
deadlines:
  asking:
    {says-en: ask for it, says-zh: 催还, duty-of: clerk, within: asking-time,
     after: end of loan, during: [late], met-by: [asked]}
  counting:
    {says-en: count it, says-zh: 盘点, duty-of: clerk, each-year-by: 03-01,
     during: [lent, late], met-by: [counted]}
lapses:
  losing:
    {label-en: nobody asked for it, label-zh: 无人催还, missed: asking, from: [late], to: gone,
     effects: [bar renewal for rest after sold]}
derived:
  sold: {day-of: [losing]}
readings:
  end-of-the-loan:
    asks-en: Does its last day count?
    asks-zh: 末日是否计入？
    basis: inferred
    confidence: low
    why-en: W.
    why-zh: 因。
    default: included
    options:
      included: {says-en: it does, says-zh: 计入}
      excluded:
        {says-en: it does not, says-zh: 不计入, change: {counting.days.last-day: excluded}}
counting:
  days: {opening-day: not-counted, last-day: included, rest-days: stay}
"""
LENT = "{event: lent, on: 2003-01-31}"


def lent_sheet(library: Library, *events: dict[str, Any]) -> Sheet:
    """Return the sheet of a thing that is lent, of which all is told up to the end of 2009."""
    sheet = read_sheet(
        library,
        {
            "sheet": "1",
            "measure": "small",
            "thing": {"name-en": "T", "name-zh": "物"},
            "facts": {},
            "events": list(events),
            "events-known-until": "2009-12-31",
        },
    )
    assert sheet.value is not None, sheet.diagnostics
    return sheet.value


@pytest.fixture
def made(make: Make) -> Made:
    """A measure about things that are lent."""
    return make({"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + LAW})


def run(made: Made, *cases: tuple[str, str, str]) -> tuple[RuleTest, ...]:
    """Run cases: each its events, its day and whatever follows, and what is expected."""
    text = "tests: small\ncases:\n" + "".join(
        textwrap.indent(
            f"- case-en: A\n  case-zh: 甲\n  on: {on}\n"
            "  given:\n    thing: {name-en: T, name-zh: 物}\n"
            f"    events-known-until: 2009-12-31\n    events: [{events}]\n"
            f"  stands: {stands}\n  why-en: W\n  why-zh: 因\n",
            "  ",
        )
        for events, on, stands in cases
    )
    return run_text(made, text)


def run_text(made: Made, text: str) -> tuple[RuleTest, ...]:
    path = made.home / "tests" / "cases.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    result = run_tests(open_library(made.home.parent), [path])
    assert result.value is not None, result.diagnostics
    return result.value


def differences(case: RuleTest) -> list[tuple[str, str | None, str]]:
    return [(one.what, one.expected, one.actual) for one in case.differences]


@pytest.mark.parametrize(
    ("on", "stands"),
    [
        ("2003-01-30", "{state: free, round: 0, since: none, under: small/1, steps: []}"),
        ("2003-02-28", "{state: lent, round: 1, since: 2003-01-31, terms: {loan: 2003-02-28}}"),
        ("2003-03-01", "{state: late, possible: [late], since: 2003-03-01}"),
        ("2003-03-10", "{due: {asking: 2003-03-10}, deadlines: {asking: open}}"),
        ("2003-03-01", "{due: {counting 2003: 2003-03-01}}"),
        ("2003-03-02", "{deadlines: {counting 2003: overdue, counting 2002: not-owed}}"),
        ("2003-03-11", "{state: gone, steps: [lending, loan, losing]}"),
        ("2003-03-11", "{bars: {renewal: 2004-03-11}, facts: {sold: 2003-03-11}}"),
        ("2003-03-10", "{bars: {renewal: none}, facts: {sold: never}}"),
        ("2003-02-28\n  readings: {end-of-the-loan: excluded}", "{state: late}"),
        ("2003-02-01", "{state: lent, readings: [end-of-the-loan]}"),
        ("2003-01-30", "{state: free, readings: []}"),
    ],
)
def test_what_the_law_gives_passes(made: Made, on: str, stands: str) -> None:
    (case,) = run(made, (LENT, on, stands))
    assert (case.passed, differences(case), case.diagnostics) == (True, [], ())


def test_every_difference_is_named_with_the_step_it_follows_from(made: Made) -> None:
    wrong = (
        "{state: lent, round: 2, since: 2003-03-10, under: small/1, terms: {loan: 2003-03-01}, "
        "due: {asking: 2003-03-09}, deadlines: {asking: met}, bars: {renewal: none}, "
        "steps: [loan, lending, losing], facts: {sold: 2003-03-12}, possible: [lent, gone]}"
    )
    (case,) = run(made, (LENT, "2003-04-01", wrong))
    assert differences(case) == [
        ("state", "lent", "gone"),
        ("possible", "lent, gone", "gone"),
        ("round", "2", "1"),
        ("since", "2003-03-10", "2003-03-11"),
        ("terms.loan", "2003-03-01", "2003-02-28"),
        ("due.asking", "2003-03-09", "2003-03-10"),
        ("deadlines.asking", "met", "overdue"),
        ("bars.renewal", "none", "2004-03-11"),
        ("steps", "loan, lending, losing", "lending, loan, losing"),
        ("facts.sold", "2003-03-12", "2003-03-11"),
    ]
    grounds = {one.what: [ground.says.en for ground in one.grounds] for one in case.differences}
    assert grounds["state"] == grounds["bars.renewal"] == ["nobody asked for it"]
    assert (grounds["terms.loan"], grounds["due.asking"]) == (["loan"], ["ask for it"])


def test_days_that_are_known_in_part_are_spans(made: Made) -> None:
    # Lent in February 2003, it is due between 1 and 28 March.
    event = "{event: lent, on: 2003-02}"
    (case,) = run(made, (event, "2003-03-11", "{state: unknown, possible: [lent, late]}"))
    assert case.passed, differences(case)
    spans = "{since: 2003-02, terms: {loan: 2003-03-01 – 2003-03-28}, steps: [lending]}"
    (case,) = run(made, (event, "2003-02-28", spans))
    assert case.passed, differences(case)


def test_a_history_that_cannot_be_is_told_by_its_codes(made: Made) -> None:
    early = "{event: returned, on: 2003-01-30}, " + LENT
    first, second, third, fourth = run(
        made,
        (early, "2003-02-01", "{faults: [F121]}"),
        (early, "2003-02-01", "{state: lent}"),
        (LENT, "2003-02-01", "{faults: [F121]}"),
        ("{event: lentt, on: 2003-01-31}", "2003-02-01", "{faults: [F120]}"),
    )
    assert first.passed
    assert fourth.passed
    assert not second.passed
    assert [one.code.id for one in second.diagnostics] == ["F121"]
    assert differences(third) == [("faults", "F121", "none")]


@pytest.mark.parametrize(
    ("stands", "slip", "help"),
    [
        ("{state: lentt}", "lentt", "did you mean `lent`?"),
        ("{possible: [free, lost]}", "lost", ""),
        ("{under: small/2}", "small/2", "did you mean `small/1`?"),
        ("{terms: {lone: 2003-01-01}}", "lone", "did you mean `loan`?"),
        ("{due: {askin: 2003-01-01}}", "askin", "did you mean `asking`?"),
        ("{deadlines: {counting: met}}", "counting", ""),
        ("{bars: {renewel: none}}", "renewel", "did you mean `renewal`?"),
        ("{steps: [lendings]}", "lendings", "did you mean `lending`?"),
        ("{facts: {solde: unknown}}", "solde", "did you mean `sold`?"),
        ("{readings: [end-of-loan]}", "end-of-loan", ""),
        ("{faults: [F211]}", "F211", ""),
    ],
)
def test_a_misspelt_name_is_a_fault(made: Made, stands: str, slip: str, help: str) -> None:
    (case,) = run(made, (LENT, "2003-02-01", stands))
    assert not case.passed
    (wrong,) = case.diagnostics
    assert (wrong.code.id, wrong.at.text) == ("R101", slip)
    assert help in wrong.help_text


@pytest.mark.parametrize(
    "stands", ["{}", "{state: gone, terms: {loan: none}, due: {asking: x}}"]
)
@pytest.mark.parametrize("on", ["2003-01-01", "2003-02-01", "2003-03-05", "2003-03-11"])
def test_what_is_proposed_passes(made: Made, on: str, stands: str) -> None:
    cases = run(made, (LENT, on, stands))
    assert not cases[0].passed
    text = proposals_text(cases, "en")
    assert text is not None
    (again,) = run_text(made, text)
    assert again.passed, (text, differences(again), again.diagnostics)


def test_what_is_said_of_time_is_to_be_seen_both_ways(made: Made) -> None:
    cases = run(
        made,
        (LENT, "2003-02-10", "{state: lent}"),
        (LENT, "2003-03-12", "{state: gone}"),
        (f"{LENT}, {{event: asked, on: 2003-03-10}}", "2003-03-12", "{state: late}"),
    )
    (tested,) = coverage_of(made.library, cases).tested
    # In the first case the loan runs, and nothing is due; in the second it is over, nobody
    # asked and nobody counted, and the bar runs; in the third somebody asked.
    seen = {
        one.path.text: {str(status): count for status, count in one.seen.items()}
        for one in tested.entries
        if one.of_time
    }
    certain = {
        path: {status: count for status, count in found.items() if status != "unknown"}
        for path, found in seen.items()
    }
    assert certain == {
        "transitions.lending": {"met": 3},
        "transitions.returning": {"not-met": 3},
        "terms.loan": {"met": 1, "not-met": 2},
        "deadlines.asking": {"not-met": 1, "met": 1},
        "deadlines.counting": {"not-met": 2},
        "lapses.losing": {"met": 1, "not-met": 1},
        "lapses.losing.effects.renewal": {"met": 1},
    }
    assert coverage_of(made.library, cases).counts(of_time=True) == (3, 7)
    assert tested.untried == ("end-of-the-loan=excluded",)


def test_a_version_that_says_nothing_of_time_judges_no_event(make: Make) -> None:
    old = "title-en: Old\ntitle-zh: 旧版\nin-force: {from: 1999-01-01, until: 2001-01-01"
    files = {"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + LAW}
    made = make({**files, "0/measure.yaml": old + ", basis: attested}\n"})
    lent = "{event: lent, on: 2000-06-05}"
    (case,) = run(made, (lent, "2000-06-10", "{state: lent, under: small/1, steps: [lending]}"))
    assert (case.passed, differences(case), case.diagnostics) == (True, [], ())


@pytest.mark.parametrize(("on", "state"), [("2003-03-31", "lent"), ("2003-04-01", "late")])
def test_what_is_set_for_a_question_counts(made: Made, on: str, state: str) -> None:
    # Two months from 31 January end on 31 March.
    asked = PositionQuestion(date.fromisoformat(on), parameters=(("loan-time", "2 months"),))
    sheet = lent_sheet(made.library, {"event": "lent", "on": "2003-01-31"})
    found = timeline_of(made.library, sheet, asked)
    assert found.value is not None, found.diagnostics
    assert found.value.position.possible == (state,)


def test_events_are_held_against_no_law_that_cannot_be_read(make: Make) -> None:
    wrong = HEAD + LAW.replace("of: lent", "of: lost")
    made = make({"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": wrong})
    sheet = lent_sheet(made.library, {"event": "returned", "on": "2003-01-31"})
    assert made.codes() != []
    assert unfit_events(made.library, sheet) == ()


def test_the_least_round_in_which_each_state_is_reached(make: Make) -> None:
    # What is lent is lent in a round of its own, and late or gone only then.
    law = LAW.replace("  gone: {", "  lone: {label-en: lone, label-zh: 孤}\n  gone: {", 1)
    made = make({"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + law})
    ref = made.library.find("small/1")
    assert ref is not None
    program = made.library.program(ref).value
    assert program is not None
    assert least_rounds((program,)) == {"free": 0, "lent": 1, "late": 1, "gone": 1}


def test_the_events_of_a_law_are_those_that_it_names(make: Make) -> None:
    # A count moves nothing and meets nothing here; from its day runs the time to ask.
    law = LAW.replace("met-by: [counted]", "met-by: [asked]")
    law = law.replace("after: end of loan", "after: [end of loan, counted]")
    made = make({"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + law})
    ref = made.library.find("small/1")
    assert ref is not None
    program = made.library.program(ref).value
    assert program is not None
    assert program.history.events() == {"lent", "returned", "asked", "counted"}


def test_a_reading_of_time_counts_for_what_rests_on_a_day(make: Make) -> None:
    # Lost on 11 March, or on the tenth where the last day of the loan does not count.
    law = LAW.replace("rest: 1 year}", "rest: 1 year, limit: 2003-03-10}")
    law += outcomes(early="sold is on or before limit", later="otherwise")
    made = make({"facts.yaml": SMALL["facts.yaml"] + EVENTS, "1/article-02.yaml": HEAD + law})
    sheet = lent_sheet(made.library, {"event": "lent", "on": "2003-01-31"})
    found = evaluate_sheet(made.library, sheet, Question("d", date(2003, 4, 1), "small/1"))
    assert found.value is not None, found.diagnostics
    (verdict,) = found.value
    assert verdict.outcome == "later"
    (reading,) = verdict.readings
    assert reading.reading.id == "end-of-the-loan"
    assert {name: one.outcome for name, one in reading.others.items()} == {"excluded": "early"}


@pytest.mark.parametrize(
    ("until", "on", "stands"),
    [
        # Lent in January for a month: until a day of February. Both leave the 15th to the 28th.
        ("2003-02-15 to 2003-03-10", "2003-02-14", "{state: lent}"),
        ("2003-02-15 to 2003-03-10", "2003-02-16", "{possible: [lent, late]}"),
        ("2003-02-15 to 2003-03-10", "2003-03-01", "{possible: [late, gone]}"),
        # Both leave the first to the tenth.
        ("2003-01-15 to 2003-02-10", "2003-02-01", "{state: lent}"),
        ("2003-01-15 to 2003-02-10", "2003-02-02", "{possible: [lent, late]}"),
        ("2003-01-15 to 2003-02-10", "2003-02-11", "{state: late}"),
    ],
)
def test_what_a_notice_and_the_text_say_of_an_end_is_taken_together(
    made: Made, until: str, on: str, stands: str
) -> None:
    lent = f"{{event: lent, on: 2003-01, term: {{from: 2003-01, until: {until}}}}}"
    (case,) = run(made, (lent, on, stands))
    assert (case.passed, differences(case), case.diagnostics) == (True, [], ())
