"""What `timeline` says: days reckoned by hand, and that every form says the same."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
import pytest

from ipcity_policy import timeline
from tests.leases import LEASES, sheet
from tests.support import ROOT, Ipcity, Made, Make, Ran

#: Asks where the box of a sheet stands on a day, with some options.
Ask: TypeAlias = Callable[..., Ran]
CITIES = str(ROOT / "policies/ip-cities/cities")


@pytest.fixture
def law(make: Make) -> Made:
    """The measure of leases."""
    return make(LEASES)


@pytest.fixture
def ask(ipcity: Ipcity, law: Made, tmp_path: Path) -> Ask:
    """Ask where the subject of a sheet stands on a day."""

    def asked(text: str, on: str, *options: str) -> Ran:
        (tmp_path / "box.yaml").write_text(text, "utf-8")
        named = ("--policies", str(law.library.root), "--on", on)
        return ipcity("timeline", str(tmp_path / "box.yaml"), *named, *options)

    return asked


@pytest.fixture
def told(ask: Ask, timeline_schema: jsonschema.Draft202012Validator) -> Callable[..., Any]:
    """Ask for JSON, which always conforms to its schema."""

    def asked(text: str, on: str, *options: str) -> Any:
        found = ask(text, on, "--format", "json", *options).json
        timeline_schema.validate(found)
        return found

    return asked


def span(low: str, high: str | None = None) -> dict[str, str]:
    """A day from one to another."""
    return {"low": low, "high": high or low}


def one_line(said: Ran | str) -> str:
    """What a command printed, with its lines joined."""
    return " ".join((said if isinstance(said, str) else said.out).split())


def duty(found: Any, name: str) -> Any:
    """The deadline of a name; the first of several."""
    return next(one for one in found["deadlines"] if one["deadline"] == name)


def test_a_month_makes_a_span_and_its_day_would_settle_it(told: Callable[..., Any]) -> None:
    # Two months after 1 February is 1 April, after 28 February 28 April.
    found = told(sheet("event: registered, on: 2001-02", until="2001-12-31"), "2001-04-10")
    assert found["state"] == "held"
    one = duty(found, "inspection")
    assert one["due"] == span("2001-04-01", "2001-04-28")
    assert (one["became"], one["possible"]) == (None, ["open", "overdue"])
    assert one["settled-by"] == [
        {"event": "registered", "on": span("2001-02-01", "2001-02-28")}
    ]
    assert "known only as 2001-02, would settle it" in one["text"]["en"]
    assert "“登记”的日期（仅知为2001年2月）确知后即可确定" in one["text"]["zh"]


@pytest.mark.parametrize(
    ("on", "status", "left", "late"),
    [
        ("2001-04-01", "open", 9, None),
        ("2001-04-10", "open", 0, None),
        ("2001-04-11", "overdue", None, 1),
        ("2001-05-01", "overdue", None, 21),
    ],
)
def test_days_are_counted_to_the_last_day_and_from_it(
    told: Callable[..., Any], on: str, status: str, left: int | None, late: int | None
) -> None:
    one = duty(
        told(sheet("event: registered, on: 2001-02-10", until="2001-12-31"), on), "inspection"
    )
    assert one["due"] == span("2001-04-10")
    assert one["became"] == status
    for key, days in (("days-left", left), ("days-late", late)):
        assert one[key] == (None if days is None else {"low": days, "high": days})


def test_lateness_is_that_of_the_office_that_is_late(told: Callable[..., Any]) -> None:
    events = sheet("event: registered, on: 2001-02-10", until="2001-12-31")
    text = duty(told(events, "2001-04-11"), "inspection")["text"]
    assert text == {
        "en": "overdue: the clerk is late by 1 day",
        "zh": "逾期未履行：书记员逾期1天",
    }
    late = sheet(
        "event: registered, on: 2001-02", "event: inspected, on: 2001-05-03", until="2001-12-31"
    )
    # From 28 April to 3 May are 5 days, from 1 April 32.
    one = duty(told(late, "2001-06-01"), "inspection")
    assert one["text"] == {
        "en": "met late: inspection, 2001-05-03; the clerk was late by 5 to 32 days",
        "zh": "逾期履行：检查，2001年5月3日；书记员逾期5至32天",
    }
    assert one["days-late"] == {"low": 5, "high": 32}


def test_a_term_that_a_notice_states_wins_and_both_are_said(
    ask: Ask, told: Callable[..., Any]
) -> None:
    events = sheet(
        "event: registered, on: 2001-02-10, term: {from: 2001-02-10, until: 2002-03-31}",
        until="2002-12-31",
    )
    (term,) = told(events, "2002-03-31")["terms"]
    assert (term["until"], term["reckoned-until"]) == (span("2002-03-31"), span("2002-02-10"))
    assert term["running"] is True
    assert told(events, "2002-04-01")["state"] == "over"
    text = ask(events, "2002-03-31", "--format", "markdown").out
    assert (
        "2002-03-31, as the notice states, which is followed; the calculated day would be "
        "2002-02-10" in text
    )


LAPSED = sheet(
    "event: registered, on: 2001-02-10",
    "event: inspected, on: 2001-03-01",
    until="2003-12-31",
)


def test_what_lapses_is_barred_up_to_and_including_the_last_day(
    told: Callable[..., Any],
) -> None:
    # The year ends on 10 February 2002, the thirty days on 12 March; six months from the 13th.
    assert told(LAPSED, "2002-03-12")["state"] == "over"
    lapsed = told(LAPSED, "2002-03-13")
    assert lapsed["state"] == "gone"
    (bar,) = lapsed["bars"]
    assert (bar["from"], bar["last-day"]) == (span("2002-03-13"), span("2002-09-13"))
    for on, running in (("2002-09-13", True), ("2002-09-14", False)):
        (bar,) = told(LAPSED, on)["bars"]
        assert bar["running"] is running
    steps = [(step["by"], step["on"]["low"], step["to"]) for step in lapsed["steps"]]
    assert steps == [
        ("event", "2001-02-10", "held"),
        ("term", "2002-02-11", "over"),
        ("lapse", "2002-03-13", "gone"),
    ]


def test_a_bar_says_whether_it_runs(ask: Ask) -> None:
    runs, over = (one_line(ask(LAPSED, on)) for on in ("2002-09-13", "2002-09-14"))
    said = "for 6 months; from: 2002-03-13; last day: 2002-09-13; why: given up for want of"
    assert said in runs
    assert "it runs on the day asked about" in runs
    assert "it is over" in over
    # What files the application may come next, but not before the bar is over.
    assert "registration → held; barred on the day asked about, last day: 2002-09-13" in runs
    assert "registration → held" in over
    assert "registration → held; barred" not in over


def test_what_comes_by_itself_is_said_with_its_day_and_what_keeps_it_away(ask: Ask) -> None:
    text = one_line(ask(LAPSED, "2002-02-20"))
    assert (
        "without any act, 2002-03-13: given up for want of a renewal → given up, if this is "
        "not done by then: ask for a renewal; but not if the clerk did not do this in time: "
        "inspect it [Art. 2 (our letter d)]"
    ) in text
    assert (
        "renewal → held, the next round; only if the answer to “Which class?” is: low"
    ) in text


def test_a_reading_says_only_what_it_changes(told: Callable[..., Any], ask: Ask) -> None:
    events = sheet("event: registered, on: 2001-02-10", until="2003-12-31")
    found = told(events, "2002-03-20")
    readings = {one["reading"]: one["alternatives"] for one in found["readings"]}
    # The clerk never inspected it, so nothing lapsed; to the letter it did.
    assert found["state"] == "over"
    strict = readings["whose-delay"]["keeps-not"]
    assert strict["state"] == "gone"
    differs = " ".join(one["en"] for one in strict["differs"])
    assert "state: given up (gone), round 1, since 2002-03-13" in differs
    assert "barred for 6 months; from: 2002-03-13; last day: 2002-09-13" in differs
    assert "inspect it" not in differs
    # With its first day counted the year ends a day earlier, and so does all that follows.
    counted = " ".join(one["en"] for one in readings["first-day"]["counted"]["differs"])
    assert "inspect it: last day 2001-04-09; overdue" in counted
    assert "time of holding: up to 2002-02-09, over" in counted
    text = one_line(ask(events, "2002-03-20"))
    assert "If instead it does not (--reading whose-delay=keeps-not):" in text
    chosen = told(events, "2002-03-20", "--reading", "whose-delay=keeps-not")
    assert chosen["state"] == "gone"
    assert chosen["chosen-readings"] == {"whose-delay": "keeps-not"}


def test_a_duty_from_an_event_that_is_not_told_is_not_told_to_be_none(
    make: Make, ipcity: Ipcity, tmp_path: Path
) -> None:
    reading = """\
  from-what:
    asks-en: From what do the two months run?
    asks-zh: 两个月自何时起算？
    why-en: The text is silent.
    why-zh: 条文未规定。
    basis: inferred
    confidence: low
    default: registration
    options:
      registration: {says-en: from the registration, says-zh: 自登记起}
      note:
        says-en: from the note
        says-zh: 自记录起
        change: {deadlines.inspection.after: noted}
"""
    home = make({**LEASES, "1/article-02.yaml": LEASES["1/article-02.yaml"] + reading})
    box = tmp_path / "box.yaml"

    def differs(*events: str) -> str:
        box.write_text(sheet(*events), "utf-8")
        said = ipcity(
            "timeline", str(box), "--policies", str(home.library.root), "--on", "2001-05-01"
        )
        return one_line(said).partition("If instead from the note")[2][:200]

    untold = differs("event: registered, on: 2001-02-10")
    assert (
        "inspect it: its time would run from “yearly note”, which is not among the events that "
        "are stated" in untold
    )
    told = differs("event: registered, on: 2001-02-10", "event: noted, on: 2001-03-10")
    assert "inspect it: last day 2001-05-10" in told


def test_where_no_reading_changes_anything_that_is_said(ask: Ask) -> None:
    text = ask(sheet(until="2003-12-31"), "2001-05-05").out
    assert "not registered (fresh), from the start" in text
    assert "no event changed its state by this day" in text
    assert "no other reading of the text changes what is said of this day" in text


def test_beyond_what_is_stated_the_state_is_not_known(
    ask: Ask, told: Callable[..., Any]
) -> None:
    events = sheet("event: registered, on: 2001-02-10", until="2001-03-01")
    found = told(events, "2001-06-01")
    assert (found["state"], found["covered"]) == (None, False)
    assert [place["state"] for place in found["places"]] == ["held"]
    # A term of a year cannot be over after four months.
    assert {one["state"] for one in found["possible"]} == {"held", "gone"}
    one = duty(found, "inspection")
    assert (one["became"], one["unstated"], one["settled-by"]) == (None, True, [])
    assert "whether it was done is not stated after 2001-03-01" in one["text"]["en"]
    text = one_line(ask(events, "2001-06-01"))
    said = "by the events that are stated: held (held), round 1, since 2001-02-10"
    assert said in text
    assert text.count("events are stated up to 2001-03-01 only") == 2
    never = one_line(ask(sheet("event: registered, on: 2001-02-10"), "2001-06-01"))
    assert "the sheet does not say up to which day all events are stated" in never


def test_a_day_that_leaves_the_state_open_is_named(ask: Ask) -> None:
    events = sheet("event: registered, on: 2001-02", until="2003-12-31")
    text = one_line(ask(events, "2002-02-10"))
    assert "not known; it is one of these:" in text
    assert "held (held), round 1, since a day between 2001-02-10 and 2001-02-28" in text
    assert "time over (over), round 1, since a day between 2002-02-02 and 2002-02-10" in text
    assert "the day of “registration” is known only as 2001-02" in text


def test_an_impossible_history_is_an_error_and_the_rest_is_said(ask: Ask) -> None:
    ran = ask(sheet("event: renewed, on: 2001-05-01", until="2003-12-31"), "2001-06-01")
    assert ran.status == 1
    assert "F121" in ran.err
    assert "cannot happen in the state not registered (`fresh`)" in one_line(ran.err)
    assert "it is possible only in held (`held`) or time over (`over`): check" in one_line(
        ran.err
    )
    assert "not registered (fresh)" in ran.out
    ran = ask(
        sheet("event: renewed, on: 2001-05-01", until="2003-12-31"),
        "2001-06-01",
        "--lang",
        "zh",
    )
    assert "不能在状态“未登记（`fresh`）”下发生" in ran.err
    assert "由状态“持有中（`held`）或期满（`over`）”发生" in ran.err


def test_an_event_that_contradicts_what_is_stated_with_it_is_an_error(ask: Ask) -> None:
    heavy = "event: renewed, on: 2002-02-20, facts: {weight: 90 grams}"
    ran = ask(
        sheet("event: registered, on: 2001-02-10", heavy, until="2003-12-31"), "2002-03-01"
    )
    assert ran.status == 1
    assert "F122" in ran.err
    assert "`renewed` does not fit what is stated: it requires `class` to give `low`" in (
        one_line(ran.err)
    )
    assert "time over (over)" in ran.out


def test_an_event_that_asks_what_does_not_hold_is_told_so_wherever_it_stands(
    make: Make, ipcity: Ipcity, tmp_path: Path
) -> None:
    asks = LEASES["1/article-02.yaml"].replace(
        "{event: taken-back, from: [held, over], to: gone}",
        "{event: taken-back, from: [held, over], to: gone, when: sealed is yes}",
    )
    made = make({**LEASES, "1/article-02.yaml": asks})
    taken = "event: taken-back, on: 2001-05-01, facts: {sealed: no}"
    events = sheet("event: registered, on: 2001-02-10", taken, until="2003-12-31")
    for text in (events, events.replace("events:", "events-known-from: 2001-01-01\nevents:")):
        (tmp_path / "box.yaml").write_text(text, "utf-8")
        named = ("--policies", str(made.library.root), "--on", "2001-06-01")
        ran = ipcity("timeline", str(tmp_path / "box.yaml"), *named)
        assert ran.status == 1
        assert "F122" in ran.err
        assert "what `taking-back` requires does not hold" in one_line(ran.err)


@pytest.mark.parametrize(
    ("fact", "status"),
    [
        ("weight: 90 grams", 1),
        ("weight: 5 grams", 0),
        ("weight: {value: 90 grams, on: 2002-02-20}", 1),
        ("weight: {value: 90 grams, on: 2002-02-19}", 0),
        ("weight: unknown", 0),
    ],
)
def test_a_fact_that_is_stated_otherwise_with_the_latest_event_is_an_error(
    ask: Ask, ipcity: Ipcity, law: Made, tmp_path: Path, fact: str, status: int
) -> None:
    text = sheet(
        "event: registered, on: 2001-02-10, facts: {weight: 70 grams}",
        "event: renewed, on: 2002-02-20, facts: {weight: 5 grams}",
        until="2003-12-31",
    )
    text += f"facts:\n  {fact}\n"
    ran = ask(text, "2002-03-01")
    assert (ran.status, ran.err.count("F123")) == (status, status)
    ran = ipcity("validate", str(tmp_path / "box.yaml"), "--policies", str(law.library.root))
    said = one_line(ran.out).count("`weight` is stated differently with `renewed`")
    assert (ran.status, said) == (status, status)
    # Before the renewal it is the registration with which it was stated.
    assert ask(text, "2002-02-01").status == int("unknown" not in fact and "on:" not in fact)


def test_a_choice_that_is_stated_otherwise_on_the_day_of_an_event_is_an_error(
    ask: Ask,
) -> None:
    text = sheet("event: registered, on: 2001-02-10, facts: {colour: red}", until="2003-12-31")
    for fact, status in (
        ("colour: {value: green, on: 2001-02-10}", 1),
        ("colour: {value: green, on: 2001-02-09}", 0),
        ("colour: {value: red, on: 2001-02-10}", 0),
    ):
        ran = ask(f"{text}facts:\n  {fact}\n", "2002-03-01")
        assert (ran.status, ran.err.count("F123")) == (status, status)


def test_what_the_events_give_is_said_in_the_language_asked_for(ask: Ask) -> None:
    text = sheet(
        "event: registered, on: 2001-02",
        "event: inspected, on: 2001-03-20",
        until="2003-12-31",
    )
    month = text.replace("events:", "facts: {sold: 2009-01-01}\nevents:")
    # Given up in the month after 30 days of the time that was over in February 2002.
    said = one_line(ask(month, "2002-06-01", "--lang", "zh").err)
    assert "由各事件得出的是 `2002-03-04` 至 `2002-03-31`" in said


def test_options_that_name_what_is_not_there_are_wrong_usage(ask: Ask) -> None:
    for option in ("--reading=nothing=such", "--set=nothing=1 day", "--version=nothing"):
        ran = ask(LAPSED, "2002-03-01", *option.split("=", 1))
        assert (ran.status, ran.out) == (2, "")
        assert "N104" in ran.err


def test_another_value_of_a_parameter_moves_what_is_reckoned_from_it(
    told: Callable[..., Any],
) -> None:
    found = told(LAPSED, "2001-03-05", "--set", "look-time=1 week")
    assert duty(found, "inspection")["due"] == span("2001-02-17")
    assert found["changed-parameters"] == {"look-time": "1 week"}


def test_an_event_that_does_not_fit_is_said_beside_what_stands_in_its_way(
    ask: Ask, told: Callable[..., Any]
) -> None:
    events = LAPSED + "  - {event: renewed, on: 2002-05-01, facts: {weight: 5 grams}}\n"
    ran = ask(events, "2002-06-01")
    assert ran.status == 0
    assert (
        "“renewal”, 2002-05-01: as the text is read here, this had happened by then: given up "
        "for want of a renewal"
    ) in one_line(ran)
    (conflict,) = told(events, "2002-06-01")["conflicts"]
    assert conflict["event"] == {"event": "renewed", "on": span("2002-05-01")}
    assert conflict["lapse"] == "not-renewed"


def test_what_is_taken_for_granted_is_said(ask: Ask) -> None:
    early = sheet("event: registered, on: 2000-12-15", until="2003-12-31")
    said = "no text is known for days before 2001-01-01; small/1 is applied to them"
    assert said in one_line(ask(early, "2001-05-05"))
    asked = one_line(ask(early, "2001-05-05", "--version", "1"))
    assert "small/1 is applied to days before 2001-01-01" in asked
    assert "version asked for 1" in asked
    assert said in one_line(ask(sheet(until="2003-12-31"), "2000-05-05"))
    on_the_day = sheet("event: registered, on: 2001-01-01", until="2003-12-31")
    assert "Assumptions" not in ask(on_the_day, "2001-05-05").out


@pytest.mark.parametrize("on", ["2001-01-01", "2001-04-10", "2002-02-20", "2002-06-01"])
def test_in_chinese_nothing_is_english(ask: Ask, on: str) -> None:
    events = LAPSED.replace("on: 2001-02-10", "on: 2001-02")
    text, replay, _ = ask(events, on, "--lang", "zh", "--all").out.partition("版本与校验信息")
    assert replay
    # Only what a user types is: the names of states, readings and versions.
    typed = r"（[a-z]+）|--reading\s+\S+|small/1|x{2,}"  # a bar is drawn with x
    assert re.findall("[A-Za-z]{2,}", re.sub(typed, "", text)) == []


def test_what_is_due_is_told_by_day_across_sheets(
    ipcity: Ipcity,
    law: Made,
    tmp_path: Path,
    timeline_schema: jsonschema.Draft202012Validator,
) -> None:
    folder = tmp_path / "boxes"
    folder.mkdir()
    for name, day in (("chest", "2001-03-20"), ("box", "2001-02-10")):
        text = sheet(f"event: registered, on: {day}", until="2001-12-31")
        (folder / f"{name}.yaml").write_text(
            text.replace("name-en: Box", f"name-en: {name}"), "utf-8"
        )
    args = ("timeline", str(folder), "--policies", str(law.library.root), "--on", "2001-04-20")
    found = ipcity(*args, "--due", "30", "--format", "json").json
    timeline_schema.validate(found)
    assert found["until"] == "2001-05-20"

    def rows(key: str) -> list[tuple[str, str, str]]:
        return [
            (one["subject"]["name"]["en"], one["deadline"], one["due"]["high"])
            for one in found[key]
        ]

    # The box was to be inspected by 10 April, the chest by 20 May, the last of the thirty days.
    assert rows("upcoming") == [("chest", "inspection", "2001-05-20")]
    assert rows("overdue") == [
        ("box", "note", "2001-03-31"),
        ("chest", "note", "2001-03-31"),
        ("box", "inspection", "2001-04-10"),
    ]
    assert rows("unknown") == []
    nearer = ipcity(*args, "--due", "29", "--format", "json").json
    assert nearer["upcoming"] == []
    text = ipcity(*args, "--due", "30").out
    assert re.search(
        r"2001-05-20 +chest +inspect it \[Art. 2 \(our letter c\)\] +clerk +open, 30 days", text
    )
    assert re.search(
        r"2001-04-10 +box +inspect it \[Art. 2 \(our letter c\)\] +clerk +overdue by 10", text
    )
    page = ipcity(*args, "--due", "30", "--format", "html", "--lang", "zh").out
    assert "即将到期" in page
    assert "逾期10天" in page


def test_what_may_have_been_done_unstated_stands_apart(ask: Ask) -> None:
    events = sheet("event: registered, on: 2001-02-10")
    args = (events, "2001-06-01", "--due", "30")
    (found, other) = ask(*args, "--format", "json").json["unknown"]
    assert (found["deadline"], other["deadline"]) == ("note", "inspection")
    text = ask(*args).out
    overdue, _, unknown = text.partition("Not known whether it was done\n")
    assert "inspect it" in unknown
    assert "inspect it" not in overdue
    # Why it is not known is said, too.
    assert "(events-known-until)" in unknown


def test_very_many_that_are_not_known_are_counted_and_listed_on_demand(
    ipcity: Ipcity, law: Made, tmp_path: Path
) -> None:
    for n in range(7):  # of each the note and the inspection
        (tmp_path / f"{n}.yaml").write_text(sheet("event: registered, on: 2001-02-10"), "utf-8")
    sheets = [str(tmp_path / f"{n}.yaml") for n in range(7)]
    named = ("--policies", str(law.library.root), "--on", "2001-06-01", "--due", "30")
    text = ipcity("timeline", *sheets, *named).out
    assert "Not known whether it was done: 14 duties; --all lists them" in text
    assert "inspect it" not in text
    assert "inspect it" in ipcity("timeline", *sheets, *named, "--all").out


def test_from_python_the_same_is_said(law: Made, ask: Ask) -> None:
    result = timeline(
        law.library,
        {
            "sheet": "1",
            "measure": "small",
            "thing": {"name-en": "Box", "name-zh": "匣"},
            "events-known-until": "2003-12-31",
            "events": [
                {"event": "registered", "on": "2001-02-10"},
                {"event": "inspected", "on": "2001-03-01"},
            ],
        },
        on=date(2002, 6, 1),
    )
    assert result.value is not None
    found = result.value
    assert (found.state, found.possible) == ("gone", ("gone",))
    assert [one.until.high for one in found.bars] == [date(2002, 9, 13)]
    assert [one.deadline.id for one in found.deadlines] == ["note", "inspection", "renewal"]
    assert [one.running for one in found.terms] == [False]
    assert len(found.steps) == 3
    assert found.as_text() == ask(LAPSED, "2002-06-01").out
    assert found.as_json() == ask(LAPSED, "2002-06-01", "--format", "json").json
    assert (
        found.as_markdown("zh")
        == ask(LAPSED, "2002-06-01", "--format", "markdown", "--lang", "zh").out
    )
    assert "匣" in found.as_html("zh")


@pytest.mark.whole
def test_without_a_day_there_is_nothing_to_say(ipcity: Ipcity) -> None:
    ran = ipcity("timeline", CITIES)
    assert (ran.status, ran.out) == (2, "")
    assert "give the day asked about with `--on`; the program reads no clock" in ran.err


def test_a_measure_that_says_nothing_of_time_gives_no_timeline(
    ipcity: Ipcity, make: Make, tmp_path: Path
) -> None:
    (tmp_path / "box.yaml").write_text(sheet(), "utf-8")
    root = str(make({}).library.root)
    args = ("timeline", str(tmp_path / "box.yaml"), "--on", "2001-05-05", "--policies", root)
    ran = ipcity(*args)
    assert (ran.status, ran.out) == (2, "")
    assert "`small` says nothing of states, terms or deadlines" in ran.err


LIANYUNGANG = """\
sheet: 1
measure: ip-cities
city: {name-en: Lianyungang, name-zh: 连云港}
events-known-until: 2017-12-31
events:
  - {event: pilot-approved, on: 2013-12}
  - {event: acceptance-passed, on: 2017-12-12, facts: {acceptance-score: 95 points}}
"""
TONGNAN = """\
sheet: 1
measure: ip-cities
city: {name-en: Tongnan, name-zh: 潼南}
events-known-until: 2021-12-31
events:
  - {event: pilot-approved, on: 2017}
  - {event: acceptance-passed, on: 2021-01-12, facts: {acceptance-score: 95 points}}
"""


@pytest.mark.whole
def test_the_province_was_late_and_the_city_did_not_leave_for_that(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    (tmp_path / "city.yaml").write_text(LIANYUNGANG, "utf-8")
    args = ("timeline", str(tmp_path / "city.yaml"), "--on", "2017-12-12", "--format", "json")
    found = ipcity(*args).json
    assert found["state"] == "accepted-for-fostering"
    assert found["bars"] == []
    # The term, the window and whose delay it was rest on a text that is only assumed.
    assert found["terms"] == []
    found = found["supposed"]
    assert found["provisions"] == [
        {
            "version": "ip-cities/2014",
            "provision": "articles-5-onward",
            "instead": "ip-cities/2016",
        }
    ]
    (term,) = found["terms"]
    assert (term["from"], term["until"]) == (
        span("2013-12-01", "2013-12-31"),
        span("2016-12-01", "2016-12-31"),
    )
    # The window ended on a day of April 2017: from the 30th 226 days, from the 1st 255.
    one = duty(found, "acceptance-by-province")
    assert (one["due"], one["became"]) == (span("2017-04-01", "2017-04-30"), "met-late")
    assert one["days-late"] == {"low": 226, "high": 255}
    assert "the provincial intellectual property office was late" in one["text"]["en"]
    assert duty(found, "record-work")["due"] == span("2017-06-01", "2017-06-30")
    (late,) = (one for one in found["readings"] if one["reading"] == "province-late")
    literal = late["alternatives"]["to-the-letter"]
    assert literal["state"] == "withdrawn"
    # It bars from the day after the six months; three years follow their last day.
    assert any(
        "from: a day between 2017-06-02 and 2017-07-01, calculated from a day in 2017-06; "
        "last day: a day in 2020-06" in one["en"]
        for one in literal["differs"]
    )


@pytest.mark.whole
def test_the_day_of_the_notice_would_settle_whether_the_acceptance_was_in_time(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    (tmp_path / "city.yaml").write_text(TONGNAN, "utf-8")
    args = ("timeline", str(tmp_path / "city.yaml"), "--on", "2021-12-31", "--format", "json")
    found = ipcity(*args).json
    # Only if the notice came so late that the acceptance was in time, the city left the list.
    (bar,) = found["bars"]
    assert (bar["certain"], bar["running"]) == (False, None)
    later = ipcity(*args[:3], "2025-01-01", *args[4:]).json
    assert later["bars"][0]["text"]["en"].endswith("it is over – not certain")
    one = duty(found, "acceptance-by-province")
    assert one["due"] == span("2020-05-01", "2021-04-30")
    assert (one["became"], one["possible"]) == (None, ["met", "met-late"])
    assert one["settled-by"] == [
        {"event": "pilot-approved", "on": span("2017-01-01", "2017-12-31")}
    ]


@pytest.mark.parametrize(
    ("on", "part"),
    [
        pytest.param("2013-06-01", 0, marks=pytest.mark.whole),
        pytest.param("2017-12-12", 1, marks=pytest.mark.deep),
        pytest.param("2026-01-01", 2, marks=pytest.mark.deep),
    ],
)
def test_every_city_has_a_timeline_that_conforms(
    ipcity: Ipcity, timeline_schema: jsonschema.Draft202012Validator, on: str, part: int
) -> None:
    cities = sorted(map(str, (ROOT / CITIES).glob("*.yaml")))[part::3]
    found = ipcity("timeline", *cities, "--on", on, "--format", "json").json
    assert len(found) == len(cities) > 20
    for one in found:
        timeline_schema.validate(one)
        assert one["places"] or one["lost"] or one["events-known-from"] > on


def test_what_was_chosen_and_what_else_may_be_read_stands_first(ask: Ask) -> None:
    head = one_line(ask(LAPSED, "2002-03-20").out.partition("Terms")[0])
    assert "As chosen" not in head
    assert (
        "In other readings Does a late clerk keep it from being given up? If it does not: "
        "given up"
    ) not in head  # the clerk was in time
    late = LAPSED.replace("  - {event: inspected, on: 2001-03-01}\n", "")
    head = one_line(ask(late, "2002-03-20").out.partition("Terms")[0])
    assert (
        "In other readings Does a late clerk keep it from being given up? If it does not: "
        "given up"
    ) in head
    chosen = ask(late, "2002-03-20", "--reading", "whose-delay=keeps-not")
    head = one_line(chosen.out.partition("Terms")[0])
    assert "As chosen Does a late clerk keep it from being given up? – it does not" in head


@pytest.mark.whole
def test_readings_that_change_the_state_come_first_and_the_same_is_said_once(
    ask: Ask, ipcity: Ipcity
) -> None:
    late = LAPSED.replace("  - {event: inspected, on: 2001-03-01}\n", "")
    readings = ask(late, "2002-03-20").out.partition("Other readings")[2]
    assert readings.index("whose-delay=") < readings.index("first-day=")
    anyang = one_line(ipcity("timeline", f"{CITIES}/anyang.yaml", "--on", "2018-05-01"))
    assert "the same as with --reading end-on-a-rest-day=move-deadlines" in anyang
    assert "(ip-cities/2014): days before 2016-11-18" in anyang
    assert "[Art. 27 (our letter c) of ip-cities/2016]" in anyang
    assert "not all of ip-cities/2014 is available" in anyang


def test_only_what_is_drawn_stands_in_the_legend(ask: Ask) -> None:
    text = ask(sheet("event: registered, on: 2001-02-10", until="2002-12-31"), "2001-03-01").out
    drawing, _, legend = text.partition("# state")
    signs = re.findall(r"(\S) [a-z]", legend.partition("\n\n")[0])
    assert {">", "=", "-", "*"} <= {*signs}
    assert all(sign in drawing for sign in signs)
    assert "| 2001-03-01" in text


def of_a_city(*events: str) -> str:
    """Write the sheet of a city of which all events are known."""
    head = "sheet: 1\nmeasure: ip-cities\nevents-known-until: 2040-12-31\n"
    city = "city: {name-en: Somewhere, name-zh: 某市, type: prefecture-level-city}\n"
    return head + city + "events:\n" + "".join(f"  - {{event: {one}}}\n" for one in events)


@pytest.mark.whole
@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_state_that_another_reading_adds_is_named(
    form: str, language: str, ipcity: Ipcity, tmp_path: Path
) -> None:
    events = (
        "pilot-approved, on: 2017-03-14",
        "acceptance-failed, on: 2020-05-22, facts: {acceptance-score: 59 points}",
    )
    (tmp_path / "city.yaml").write_text(of_a_city(*events), "utf-8")
    named = ("--on", "2021-01-01", "--format", form, "--lang", language, "--all")
    said = one_line(ipcity("timeline", str(tmp_path / "city.yaml"), *named))
    # Art. 14, read so that the title is lost only when the national office withdraws it
    names = {"en": "title not yet withdrawn", "zh": "尚未取消称号"}
    assert names[language] in said


def plans(ipcity: Ipcity, folder: Path, on: str, *events: str) -> dict[str, str]:
    """Return what became of the plan of Art. 8, by its last day."""
    (folder / "city.yaml").write_text(of_a_city(*events), "utf-8")
    asked = ("--on", on, "--version", "ip-cities/2016", "--format", "json")
    found = ipcity("timeline", str(folder / "city.yaml"), *asked).json
    return {
        one["due"]["high"]: one["became"]
        for one in found["deadlines"]
        if one["deadline"] == "pilot-plan"
    }


@pytest.mark.whole
def test_a_plan_of_the_second_approval_is_none_of_the_first(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    found = plans(
        ipcity,
        tmp_path,
        "2025-06-01",
        "pilot-approved, on: 2018-02-01",
        "acceptance-failed, on: 2021-03-01, facts: {acceptance-score: 50 points}",
        "pilot-approved, on: 2024-11-30",
        "pilot-plan-issued, on: 2024-12-30",
    )
    # Art. 8: two months each, and nothing was issued for the approval of 2018
    assert found == {"2018-04-01": "overdue", "2025-01-30": "met"}


@pytest.mark.whole
def test_a_duty_of_a_title_that_was_lost_does_not_come_back(
    ipcity: Ipcity, tmp_path: Path
) -> None:
    found = plans(
        ipcity,
        tmp_path,
        "2018-08-01",
        "pilot-approved, on: 2018-02-01",
        "title-cancelled, on: 2018-02-20",
        "pilot-approved, on: 2018-03-22",
        "pilot-plan-issued, on: 2018-03-30",
    )
    # Art. 8 binds a pilot city, and from 20 February to 22 March it was none
    assert found == {"2018-05-22": "met"}


def test_what_is_taken_for_granted_is_told_with_the_subjects_of_which(
    ipcity: Ipcity, law: Made, tmp_path: Path
) -> None:
    for name, until in (("a", None), ("b", "2001-03-01")):
        text = sheet("event: registered, on: 2001-02-10", until=until)
        named = text.replace("name-en: Box", f"name-en: Box {name}")
        (tmp_path / f"{name}.yaml").write_text(named, "utf-8")
    sheets = [str(tmp_path / f"{name}.yaml") for name in "ab"]
    options = ("--policies", str(law.library.root), "--on", "2001-06-01", "--due", "30")
    both = one_line(ipcity("timeline", *sheets, *options))
    assert "Box a: the sheet does not say up to which day all events are stated" in both
    assert "Box b: events are stated up to 2001-03-01 only" in both
    alone = one_line(ipcity("timeline", sheets[1], *options))
    assert "- events are stated up to 2001-03-01 only" in alone
