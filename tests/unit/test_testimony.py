"""What an event tells of the question that its own transitions ask, and of no other."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from ipcity_policy.engines.interpreter.explanation import ReasonKind
from ipcity_policy.engines.lifecycle.follow import follow as really
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import open_library
from ipcity_policy.law.program import Program
from ipcity_policy.questions import known_facts
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Result
from ipcity_policy.text.subject import FactPath
from tests.support import HEAD, SMALL, Make

EVENTS = """
events:
  weighed: {label-en: weighing, label-zh: 称重}
  marked: {label-en: marking, label-zh: 标记}
  refused: {label-en: refusal, label-zh: 拒收}
"""
DAY = "  weighed-on: {type: date, label-en: d, label-zh: 日, asks-en: D?, asks-zh: 日？}\n"
#: A thing is light, fit or heavy; only one that is fit or heavy is marked, a light one refused.
LAW = """
parameters:
  lightest: {value: 10 grams}
  heaviest: {value: 20 grams}
decisions:
  size:
    asks-en: S
    asks-zh: 大
    governed-by: weighed-on
    by: weight
    bands:
      - {outcome: light, says-en: light, says-zh: 轻, when: below lightest}
      - {outcome: fit, says-en: fit, says-zh: 合, when: below heaviest}
      - {outcome: heavy, says-en: heavy, says-zh: 重, when: otherwise}
  other:
    asks-en: O
    asks-zh: 他
    by: weight
    bands:
      - {outcome: little, says-en: little, says-zh: 少, when: below lightest}
      - {outcome: much, says-en: much, says-zh: 多, when: otherwise}
states:
  new: {label-en: new, label-zh: 新, initial: yes}
  done: {label-en: done, label-zh: 毕}
transitions:
  marking-the-fit: {event: marked, from: [new], to: done, decision: size, gives: fit, MARK}
  marking-the-heavy: {event: marked, from: [new], to: done, decision: size, gives: heavy}
  refusing: {event: refused, from: [new], to: new, decision: size, gives: light}
derived:
  weighed-on: {day-of: [weighed, marked, refused]}
"""


def asked(
    make: Make,
    *events: str,
    facts: str = "",
    decision: str = "size",
    strict: bool = False,
    law: str = LAW.replace("MARK", "basis: inferred"),
    on: date | None = date(2001, 12, 31),
    until: str = "",
) -> Result[tuple[DecisionVerdict, ...]]:
    """Ask a decision of a thing."""
    facts_file = SMALL["facts.yaml"].replace("facts:\n", f"facts:\n{DAY}", 1) + EVENTS
    home = make({"facts.yaml": facts_file, "1/article-02.yaml": HEAD + law}).home
    lines = "".join(f"  - {{{event}}}\n" for event in events)
    text = (
        "sheet: 1\nmeasure: small\nthing: {name-en: A, name-zh: 甲}\n"
        f"facts: {{{facts}}}\n{until}" + (f"events:\n{lines}" if events else "")
    )
    document = read_bytes("s.yaml", text.encode()).value
    assert document is not None
    library = open_library(home.parent)
    sheet = sheet_from(library, document)
    assert sheet.value is not None, sheet.diagnostics
    question = Question(decision, on, "small/1", strict=strict)
    return evaluate_sheet(library, sheet.value, question)


def verdict(make: Make, *events: str, **other: Any) -> DecisionVerdict:
    """Return the one verdict."""
    found = asked(make, *events, **other)
    assert found.value is not None, found.diagnostics
    (one,) = found.value
    return one


MARKED, REFUSED = "event: marked, on: 2001-05-17", "event: refused, on: 2001-05-17"


def test_an_event_leaves_what_its_transitions_ask(make: Make) -> None:
    one = verdict(make, MARKED)
    assert (one.outcome, one.possible) == (None, ("fit", "heavy"))
    assert one.basis == "inferred"
    assert [missing.name for missing in one.answer.missing] == ["weight"]
    assert one.settled_by == ((FactPath("weight"),),)
    (light,) = (reason for reason in one.reasons if reason.id == "light")
    event = light.because[-1]
    assert (light.status, event.kind, event.status) == ("not-met", ReasonKind.EVENT, "not-met")
    assert isinstance(event.values["marked"], Dates)


def test_what_an_event_leaves_alone_was_given(make: Make) -> None:
    one = verdict(make, REFUSED)
    assert (one.outcome, one.possible, one.basis) == ("light", ("light",), "attested")
    assert one.answer.missing == ()


@pytest.mark.parametrize(
    ("events", "decision"),
    [
        ((MARKED,), "other"),  # the transitions name another decision
        (("event: weighed, on: 2001-05-17",), "size"),  # it moves nothing
        ((MARKED, "event: weighed, on: 2001-05-18"), "size"),  # it is about the weighing
        ((MARKED, "event: weighed, on: 2001-05"), "size"),  # it may be
    ],
)
def test_nothing_is_told_of_another_question(
    make: Make, events: tuple[str, ...], decision: str
) -> None:
    one = verdict(make, *events, decision=decision)
    assert one.testimony is None
    assert len(one.possible) == len(one.reasons)


def test_of_events_of_which_any_may_be_meant_each_leaves_its_own(make: Make) -> None:
    may = "event: refused, on: 2001-05"
    assert verdict(make, may, MARKED).possible == ("light", "fit", "heavy")
    assert verdict(make, may, "event: refused, on: 2001-05-17").possible == ("light",)


def test_strictly_an_event_whose_text_is_assumed_tells_nothing(make: Make) -> None:
    law = LAW.replace("MARK", "basis: assumed")
    one = verdict(make, MARKED, law=law)
    assert len(one.possible) == 3
    assert one.supposed is not None
    beside = one.supposed.verdict
    assert (beside.possible, beside.basis) == (("fit", "heavy"), "assumed")
    assert len(verdict(make, MARKED, law=law, strict=True).possible) == 3
    assert verdict(make, REFUSED, law=law, strict=True).outcome == "light"


def test_a_transition_that_asks_nothing_lets_the_event_tell_nothing(make: Make) -> None:
    law = LAW.replace("MARK", "basis: attested")
    law = law.replace("derived:", "  any: {event: marked, from: [done], to: new}\nderived:")
    assert len(verdict(make, MARKED, law=law).possible) == 3


def test_an_event_that_leaves_nothing_does_not_fit(make: Make) -> None:
    found = asked(make, MARKED, facts="weight: 5 grams")
    assert [d.code.id for d in found.diagnostics] == ["F122"]
    # What is stated of a later day may be about another marking.
    later = verdict(make, MARKED, facts="weight: {value: 5 grams, on: 2001-06-01}")
    assert later.outcome == "light"


@pytest.mark.parametrize("on", [date(2001, 12, 31), None])
@pytest.mark.parametrize("decision", ["size", "other"])
def test_an_event_that_does_not_fit_is_found_with_a_day_and_without(
    make: Make, on: date | None, decision: str
) -> None:
    # Neither answers: what is asked may rest on what is stated with such an event.
    found = asked(make, f"{MARKED}, facts: {{weight: 5 grams}}", decision=decision, on=on)
    assert (found.value, [d.code.id for d in found.diagnostics]) == (None, ["F122"])
    fits = asked(make, f"{MARKED}, facts: {{weight: 45 grams}}", decision=decision, on=on)
    assert fits.value is not None
    assert fits.diagnostics == ()


@pytest.mark.parametrize("events", [(), (MARKED,)])
def test_without_a_day_only_events_are_followed(
    make: Make, monkeypatch: pytest.MonkeyPatch, events: Sequence[str]
) -> None:
    followed: list[Sheet] = []

    def follow(programs: Sequence[Program], sheet: Sheet, on: date, **other: Any) -> Any:
        followed.append(sheet)
        return really(programs, sheet, on, **other)

    monkeypatch.setattr(known_facts, "follow", follow)
    until = "events-known-until: 2001-12-31\n"
    assert asked(make, *events, decision="other", on=None, until=until).value is not None
    assert bool(followed) is bool(events)


@pytest.mark.parametrize("stated", ["2001-05-17", "2001-05", "2001", "unknown"])
@pytest.mark.parametrize("on", ["2001-05-17", "2001-05", "2001"])
def test_the_day_that_is_stated_is_that_of_the_event_it_may_be(
    make: Make, stated: str, on: str
) -> None:
    one = verdict(make, f"event: marked, on: {on}", facts=f"weighed-on: {stated}")
    assert one.possible == ("fit", "heavy")


def test_an_event_of_another_day_than_is_stated_is_not_meant(make: Make) -> None:
    refused = "event: refused, on: 2001-05-10"
    one = verdict(make, refused, MARKED, facts="weighed-on: 2001-05-17")
    assert one.possible == ("fit", "heavy")
    # In May it was refused, or marked.
    one = verdict(make, refused, MARKED, facts="weighed-on: 2001-05")
    assert one.possible == ("light", "fit", "heavy")


def test_to_state_that_the_day_is_not_known_leaves_the_latest_event_meant(make: Make) -> None:
    refused = "event: refused, on: 2001-05-10"
    one = verdict(make, refused, MARKED, facts="weighed-on: unknown")
    assert one.possible == verdict(make, refused, MARKED).possible == ("fit", "heavy")
