"""Whatever is stated narrows: of a sheet that states more, no answer leaves more open.

The same of generated measures without events is in `laws`, and of the position of a subject on
generated courses in `timelaws`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import yaml

from ipcity_policy.lang import core
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import has_errors
from tests.support import ROOT, opened, parts

#: How many histories each part makes up, with what is stated of each in three steps.
HISTORIES, PARTS, STEPS = 10, 4, 3
CITY = ROOT / "policies" / "ip-cities" / "cities" / "fictitious-whole.yaml"
#: The dates that say which version governs: each is there from the first, or not at all.
GOVERNING = {
    "application-date",
    "model-application-date",
    "acceptance-date",
    "re-examination-date",
}
#: What follows from the events, which make it up here.
DERIVED = {
    "fostering-start", "title-held", "pilot-term-end", "model-term-end", "withdrawal-date",
    "pilot-listing-date", "model-listing-date", "title-withdrawal-date",
    "barred-from-pilot-application", "barred-from-model-application",
}  # fmt: skip


@pytest.fixture(scope="module")
def policies() -> Library:
    """The shipped policies."""
    return opened(ROOT / "policies")


def wider(value: Any, random: Random) -> Iterator[Any]:
    """Yield a value as it is known less and less; the last is not known at all."""
    yield value
    if isinstance(value, dict) and {"rank", "of"} <= value.keys():
        yield {**value, random.choice(("rank", "of")): "unknown"}
    elif isinstance(value, dict) and all(key.isdecimal() for key in value):
        yield {year: one for year, one in value.items() if random.random() < 0.5} or "unknown"
    elif isinstance(value, list):
        yield {one: random.choice(("yes", "unknown")) for one in value} or "unknown"
    elif isinstance(value, str) and value[:4].isdecimal() and value[4:5] == "-":
        yield from (value[:7], value[:4])
    yield "unknown"


def course(random: Random) -> list[dict[str, Any]]:
    """Make up what happened to a city, each day exactly, some of it out of time."""
    day = date(random.choice((2013, 2014, 2015)), random.randint(1, 12), random.randint(1, 28))
    events: list[dict[str, Any]] = []

    def later(kind: str, least: int, most: int, **facts: str) -> None:
        nonlocal day
        day += timedelta(days=random.randint(least, most))
        events.append({"event": kind, "on": day.isoformat(), "facts": facts})

    later("pilot-approved", 0, 30)
    score = random.choice((55, 60, 65, 70, 75, None))
    stated = {} if score is None else {"acceptance-score": f"{score} points"}
    kind = (
        random.choice(("passed", "failed"))
        if score is None
        else ("failed" if score < 60 else "passed")
    )
    later(f"acceptance-{kind}", 1000, 1200, **stated)
    if kind == "passed" and random.random() < 0.7:
        later("fostering-plan-issued", 10, 200)
        if random.random() < 0.5:
            later("model-approved", 300, 1000)
            later("re-examination-applied", 1100, 1200)
            later(random.choice(("re-examination-passed", "re-examination-failed")), 10, 90)
    return events


def sheet_of(
    library: Library, facts: Mapping[str, Any], events: list[dict[str, Any]], until: str | None
) -> tuple[Sheet | None, bool]:
    """Read a sheet; tell whether it has errors."""
    known = {"events-known-until": until} if until is not None else {}
    subject = {"name-en": "A", "name-zh": "甲", "type": "prefecture-level-city"}
    text = {
        "sheet": 1, "measure": "ip-cities", "city": subject, "facts": facts,
        "events": events, **known,
    }  # fmt: skip
    document = read_bytes("s.yaml", json.dumps(text).encode()).value
    assert document is not None
    read = sheet_from(library, document)
    return read.value, has_errors(read.diagnostics)


def steps(random: Random) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield what is stated of one city, from little to all of it."""
    whole: dict[str, Any] = yaml.load(CITY.read_text("utf-8"), yaml.BaseLoader)["facts"]
    events = course(random)
    facts = {name: one for name, one in whole.items() if name not in DERIVED}
    absent = {"acceptance-date", "acceptance-score", "re-examination-date"}
    facts = {n: one for n, one in facts.items() if n not in absent and random.random() < 0.8}
    for name, kinds in (("acceptance-date", "acceptance-"), ("re-examination-date", "re-ex")):
        days = [e["on"] for e in events if e["event"].startswith(kinds)]
        if days and random.random() < 0.4:
            facts[name] = days[-1]
    ways: dict[str, list[Any]] = {}
    for name, one in facts.items():
        ways[name] = list(wider(one, random))
        if name in GOVERNING:
            ways[name].pop()  # without it another day would stand in
    of_events = [list(wider(event["on"], random))[:-1] for event in events]
    known = {name: random.randrange(len(them)) for name, them in ways.items()}
    dated = [random.randrange(len(them)) for them in of_events]
    for _ in range(STEPS):
        happened = zip(events, dated, of_events, strict=True)
        yield (
            {name: ways[name][level] for name, level in known.items()},
            [{**event, "on": them[level]} for event, level, them in happened],
        )
        known = {name: random.randint(0, level) for name, level in known.items()}
        dated = [random.randint(0, level) for level in dated]


def answers(library: Library, sheet: Sheet, question: Question) -> dict[str, DecisionVerdict]:
    """Answer every decision; none where the sheet contradicts itself."""
    found = evaluate_sheet(library, sheet, question)
    if has_errors([d for d in found.diagnostics if d.code.id != "F107"]):
        return {}
    return {one.decision: one for one in found.value or () if not about_the_sheet(one)}


def about_the_sheet(verdict: DecisionVerdict) -> bool:
    """Tell whether a decision asks what the sheet states, which it states more and more of."""
    parts = [one.program for one in (verdict, *verdict.alternatives) if one.program is not None]
    for program in parts:
        reach = program.reach(verdict.decision)
        asked = [one.condition for one in program.decisions[verdict.decision].outcomes]
        asked += [one.condition for one in program.rules.values() if one.key in reach]
        leaves = (leaf for one in asked if one is not None for leaf in core.leaves(one))
        if any(isinstance(one, core.Apply) and one.row.of_sheet for one in leaves):
            return True
    return False


@pytest.mark.parametrize("part", parts(PARTS, whole=1))
def test_what_is_stated_more_nearly_leaves_no_more_open(policies: Library, part: int) -> None:
    tried: Counter[str] = Counter()
    for seed in range(part, HISTORIES * PARTS, PARTS):
        random = Random(seed)
        until = random.choice((None, "2022-12-31"))
        strict = random.random() < 0.3
        version = random.choice((None, "ip-cities/2016", "ip-cities/2016"))
        on = date(random.randint(2015, 2023), random.randint(1, 12), random.randint(1, 28))
        before: dict[str, DecisionVerdict] = {}
        stood: frozenset[str] | None = None
        for facts, events in steps(random):
            sheet, wrong = sheet_of(policies, facts, events, until)
            assert sheet is not None
            question = Question(on=on, version=version, strict=strict, thorough=False)
            now = {} if wrong else answers(policies, sheet, question)
            if not now:
                tried["contradicted"] += 1
                break
            for decision in before.keys() & now.keys():
                wide, narrow = before[decision], now[decision]
                if wide.choice.fact != narrow.choice.fact or not wide.possible:
                    continue  # another day stood in for the one that governs, or no version
                tried["answers"] += 1
                tried["told"] += narrow.testimony is not None
                tried["decided"] += len(narrow.possible) < len(wide.possible)
                assert {*narrow.possible} <= {*wide.possible}, (seed, decision, events)
                assert wide.outcome in (None, narrow.outcome), (seed, decision)
            before = now
            asked = PositionQuestion(on, version, strict=strict, try_readings=False)
            timeline = timeline_of(policies, sheet, asked).value
            assert timeline is not None
            stands = frozenset(timeline.position.possible)
            assert stood is None or stands <= stood, (seed, events)
            tried["stood"] += stood is not None
            stood = stands
    assert tried["answers"] > 5 * HISTORIES
    assert min(tried["stood"], tried["told"], tried["decided"]) > HISTORIES / 10
