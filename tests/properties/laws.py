"""What holds of every measure and every sheet, as functions that the tests and the soak call.

Each takes a measure that is laid out as files, and raises where the law does not hold.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

from jsonschema.protocols import Validator

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.engines.interpreter.explanation import Answer, Reason, ReasonKind, Status
from ipcity_policy.formats.html import as_html
from ipcity_policy.formats.json.parts import dumps
from ipcity_policy.formats.json.verdict import verdict_json
from ipcity_policy.formats.text import as_text
from ipcity_policy.lang import core
from ipcity_policy.lang.values import Series as KnownSeries
from ipcity_policy.law.checks.checker import check_text
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.model import Localized, Outcome
from ipcity_policy.law.patch import apply_patch
from ipcity_policy.law.program import Program
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.sufficiency import settled_by
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.report.reports.verdict import verdict_report
from ipcity_policy.sheet.as_of import stated_on
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.sheet.sheet import Sheet as ReadSheet
from ipcity_policy.text.diagnostic import has_errors
from ipcity_policy.text.source import Source, Span
from ipcity_policy.text.subject import FactPath
from tests.properties.files import DIGITS, NAME, measure_files
from tests.properties.made import Measure
from tests.properties.measures import LAST
from tests.properties.oracle import Given, Oracle
from tests.properties.sheets import YEARS, Sheet, Subjects, World, exactly, sheet_text
from tests.support import write

UNKNOWN = "unknown"


@dataclass
class Laid:
    """A measure laid out as files and checked, and what its laws were tried on."""

    measure: Measure
    random: Random
    library: Library
    program: Program
    subjects: Subjects
    #: How often each law was tried.
    tried: Counter[str] = field(default_factory=Counter)
    #: The last sheet that was read, for whoever looks for what went wrong.
    last: str = ""

    def read(self, sheet: Sheet, form: int | None = None) -> ReadSheet:
        """Read a sheet from what is written of it, in some form; it has no faults."""
        form = self.random.randrange(1 << 30) if form is None else form
        self.last = sheet_text(self.measure, sheet, self.random, form)
        document = read_bytes("sheet", self.last.encode())
        assert document.value is not None, document.diagnostics
        result = sheet_from(self.library, document.value)
        found = [d.message_text for d in (*document.diagnostics, *result.diagnostics)]
        assert result.value is not None, found
        assert not found
        return result.value

    def answers(self, sheet: Sheet) -> dict[str, Answer]:
        """Answer every decision."""
        self.tried["sheets"] += 1
        values = stated_on(self.read(sheet)).values
        return {name: answer(self.program, values, name) for name in self.measure.decisions}

    def given(self, world: World) -> tuple[dict[str, Given], Oracle]:
        """Return what the law gives in a world."""
        oracle = Oracle(self.measure, world)
        return {n: oracle.decide(one) for n, one in self.measure.decisions.items()}, oracle

    def learnt(self, sheet: Sheet, facts: Collection[str], decision: str) -> Answer:
        """Answer a decision once all is known of some facts, as it is in some world."""
        self.tried["sheets"] += 1
        world = self.world(sheet)
        exact = self.exact(world)
        known = stated_on(self.read({**sheet, **{n: exact[n] for n in facts}})).values
        values = dict(known)
        for name in facts:
            value = values[name]
            if isinstance(value, KnownSeries):  # the years that were not asked about too
                (_, first), *_ = value.stated or ((0, None),)
                values[name] = replace(value, otherwise=first or value.otherwise)
        return answer(self.program, values, decision)

    def exact(self, world: World) -> Sheet:
        """State all of a world that the law asks about."""
        return self.subjects.exact(world, self.given(world)[1].asked)

    def world(self, sheet: Sheet | None = None) -> World:
        """Return a world in which a sheet is so, and all that is asked can be stated."""
        while True:
            far = self.random.random() < 0.2
            world = (
                self.subjects.world(far=far) if sheet is None else self.subjects.complete(sheet)
            )
            years = [year for asked in self.given(world)[1].asked.values() for year in asked]
            if not years or (min(years) in YEARS and max(years) in YEARS):
                return world


def lay(measure: Measure, folder: Path, random: Random) -> Laid:
    """Write a measure to files and check it: it has no errors."""
    write(folder / NAME, measure_files(measure))
    library = open_library(folder)
    return Laid(measure, random, library, checked(library), Subjects(measure, random))


def checked(library: Library) -> Program:
    """Return the only version, which has no errors."""
    ref = library.find(f"{NAME}/1")
    assert ref is not None
    result = library.program(ref)
    assert not has_errors(result.diagnostics), [
        (d.at.place, d.message_text) for d in result.diagnostics if has_errors((d,))
    ]
    assert result.value is not None
    return result.value


def statuses(given: Answer) -> dict[str, str]:
    """Return what became of each outcome, and of each rule below."""
    found: dict[str, str] = {}
    todo: list[Reason] = list(given.reasons)
    seen: set[int] = set()
    while todo:
        reason = todo.pop()
        if reason.kind is ReasonKind.OUTCOME:
            found[f"outcome {reason.id}"] = reason.status.value
        if reason.kind is ReasonKind.RULE and id(reason) not in seen:
            seen.add(id(reason))
            found[f"rule {reason.id}"] = reason.status.value
        todo += reason.because
    return found


def so(given: Given, oracle: Oracle) -> dict[str, str]:
    """Return the same of what the law gives."""
    outcomes = {f"outcome {name}": status for name, status in given.statuses.items()}
    return {**outcomes, **{f"rule {name}": oracle.rule(name) for name in oracle.measure.rules}}


def decided(laid: Laid) -> None:
    """Where everything is known, the answer is what the law gives."""
    world = laid.world()
    wanted, oracle = laid.given(world)
    for name, found in laid.answers(laid.exact(world)).items():
        laid.tried["decided as the law gives"] += 1
        law, has = so(wanted[name], oracle), statuses(found)
        assert {what: law[what] for what in has} == has, name
        fault = None if found.fault is None else found.fault.value
        assert (found.outcome, fault) == (wanted[name].outcome, wanted[name].fault), name
        assert found.missing == (), name


def agrees(found: Answer, wanted: Given, oracle: Oracle, name: str) -> None:
    """What is said to be known is so, and what is so is said to be possible."""
    law = so(wanted, oracle)
    for what, status in statuses(found).items():
        assert status in (UNKNOWN, law[what]), (name, what, status, law[what])
    assert wanted.held <= set(found.possible), (name, wanted.held, found.possible)


def narrows(before: Answer, after: Answer, name: str) -> None:
    """What was known stays so, and nothing becomes possible that was not."""
    later = statuses(after)
    for what, status in statuses(before).items():
        assert status in (UNKNOWN, later[what]), (name, what, status, later[what])
    assert set(after.possible) <= set(before.possible), name
    if before.outcome is not None and after.outcome != before.outcome:
        # An outcome that was still possible beside it has come to hold as well.
        assert after.fault is not None, name
        assert before.outcome in after.possible, name


def partly_known(laid: Laid, worlds: int = 2) -> None:
    """What is answered from a part of the facts holds of all that they leave open."""
    sheet = laid.subjects.partly(laid.world())
    found = laid.answers(sheet)
    for _ in range(worlds):
        world = laid.world(sheet)
        wanted, oracle = laid.given(world)
        more = laid.subjects.sharper(sheet, world)
        after = laid.answers(more)
        for name, one in found.items():
            laid.tried["known is so, and so is possible"] += 1
            agrees(one, wanted[name], oracle, name)
            laid.tried["learning flips nothing and adds nothing"] += 1
            narrows(one, after[name], name)
            agrees(after[name], wanted[name], oracle, name)
    days(laid, sheet, found)
    missing(laid, sheet, found)


def days(laid: Laid, sheet: Sheet, found: Mapping[str, Answer]) -> None:
    """A month or year that is narrowed to one of its days contradicts nothing."""
    world = laid.world(sheet)
    dates = [name for name in sheet if laid.measure.facts[name].type == "date"]
    after = laid.answers({**sheet, **{name: exactly(world[name]) for name in dates}})
    for name, one in found.items():
        laid.tried["a month narrowed to a day"] += 1
        narrows(one, after[name], name)


def missing(laid: Laid, sheet: Sheet, found: Mapping[str, Answer]) -> None:
    """What is listed as missing decides, and what is not listed changes nothing."""
    world = laid.world(sheet)
    exact = laid.exact(world)
    for name, one in found.items():
        if one.fault is not None:
            continue
        listed = {each.of.fact for each in one.missing if isinstance(each.of, FactPath)}
        assert bool(listed) == (None in holding(one).values()), (name, listed, holding(one))
        if not listed:
            continue
        laid.tried["what is missing decides"] += 1
        learnt = laid.answers({**sheet, **{n: exact[n] for n in listed}})[name]
        assert None not in holding(learnt).values(), (name, listed, holding(learnt))
        laid.tried["what is not missing changes nothing"] += 1
        others = {n: stated for n, stated in exact.items() if n not in listed}
        same = laid.answers({**sheet, **others})[name]
        assert holding(same) == holding(one), name


def holding(given: Answer) -> dict[str, bool | None]:
    """Tell of each outcome whether it holds, or may.

    One that is not met or not asked, whichever it is, does not hold, and keeps nothing open.
    """
    return {
        str(one.id): {Status.MET: True, Status.UNKNOWN: None}[one.status]
        for one in given.reasons
        if Status.MET in one.open
    }


def outcomes(given: Answer) -> dict[str, str]:
    """Return what became of each outcome."""
    return {str(reason.id): reason.status.value for reason in given.reasons}


def settled(laid: Laid, worlds: int = 3) -> None:
    """What is said to settle a decision settles it, whatever it turns out to be."""
    sheet = laid.subjects.partly(laid.world())
    values = stated_on(laid.read(sheet)).values
    for name, one in laid.answers(sheet).items():
        sets = settled_by(laid.program, values, name, one, strict=False)
        listed = {each.of for each in one.missing}
        assert all(set(facts) <= listed for facts in sets), (sets, listed)
        assert not any(set(a) < set(b) for a in sets for b in sets), sets
        for facts in sets:
            for _ in range(worlds):
                laid.tried["what settles it settles it"] += 1
                after = laid.learnt(sheet, {path.fact for path in facts}, name)
                assert after.outcome is not None or after.fault is not None, (name, facts)


def known(laid: Laid) -> None:
    """What asks about the sheet is met or not met, and met where the sheet states all."""
    sheet = laid.subjects.partly(laid.world())
    for name, one in laid.answers(sheet).items():
        todo, seen = list(one.reasons), set[int]()
        while todo:
            reason = todo.pop()
            if id(reason) not in seen:
                seen.add(id(reason))
                todo += reason.because
                if isinstance(reason.asked, core.Apply) and reason.asked.row.of_sheet:
                    laid.tried["asked about the sheet"] += 1
                    assert reason.status in (Status.MET, Status.NOT_MET), name


def rechecked(laid: Laid) -> None:
    """Checking again only what an option touches gives what checking all of it gives."""
    ref = laid.library.find("1")
    assert ref is not None
    version, vocabulary = laid.library.version(ref).value, laid.program.vocabulary
    assert version is not None
    for reading in laid.program.readings.values():
        for name, option in reading.options.items():
            patched = apply_patch(version, option.patch).value
            assert patched is not None
            laid.tried["an option checked again"] += 1
            again = laid.library.program(ref, {name: option.patch}).value
            assert again == check_text(patched, vocabulary).result.value, (reading.id, name)


def kleene(laid: Laid) -> None:
    """The laws of conditions, also of those that are not asked everywhere."""
    program, random = laid.program, laid.random
    origin = next(iter(program.rules.values())).origin
    leaves = [leaf for rule in program.rules.values() for leaf in core.leaves(rule.condition)]
    nowhere = Span(Source("", ""), 0, 0)
    rules: list[core.Condition] = [core.Met(name, nowhere) for name in program.rules]
    sheet = laid.subjects.partly(laid.world())
    values = stated_on(laid.read(sheet)).values
    for _ in range(6):
        some = [random.choice(rules if random.random() < 0.7 else leaves) for _ in range(4)]
        a, b, c = (
            core.Where(some[3], one) if random.random() < 0.3 else one for one in some[:3]
        )
        pairs = [pair for joined in (core.All, core.Any) for pair in alike(joined, a, b, c)]
        rows = tuple(
            Outcome(f"{side}-{number}", Localized("", ""), condition, (), origin)
            for number, pair in enumerate(pairs)
            for side, condition in zip("lr", pair, strict=True)
        )
        decision = replace(next(iter(program.decisions.values())), id="laws", outcomes=rows)
        asked = replace(program, decisions={"laws": decision})
        found = outcomes(answer(asked, values, "laws"))
        for number, pair in enumerate(pairs):
            laid.tried["laws of conditions"] += 1
            assert found[f"l-{number}"] == found[f"r-{number}"], pair


def alike(
    joined: type[core.All] | type[core.Any],
    a: core.Condition,
    b: core.Condition,
    c: core.Condition,
) -> Iterable[tuple[core.Condition, core.Condition]]:
    """Return pairs of conditions that say the same."""
    other = core.Any if joined is core.All else core.All
    whole = joined((a, b, c))
    return (
        (core.Not(joined((a, b))), other((core.Not(a), core.Not(b)))),
        (joined((a, joined((b, c)))), whole),
        (joined((joined((a, b)), c)), whole),
        (joined((c, a, b)), whole),
        (joined((a, a)), a),
        (core.Not(core.Not(whole)), whole),
    )


def verdicts(laid: Laid, folder: Path, schema: Validator) -> None:
    """A verdict conforms and is said; it is the same again, in whatever order things stand."""
    world = laid.world()
    sheet = laid.exact(world) if laid.random.random() < 0.3 else laid.subjects.partly(world)
    question = Question(
        on=laid.random.choice((None, LAST)),
        version="1",
        strict=laid.random.random() < 0.2,
    )
    form = laid.random.randrange(1 << 30)
    found = evaluated(laid.library, laid.read(sheet, form), question)
    again = evaluated(laid.library, laid.read(sheet, form), question)
    write(folder / "other" / NAME, measure_files(laid.measure, laid.random))
    library = open_library(folder / "other")
    checked(library)
    other = replace(laid, library=library)
    turned = {v.decision: v for v in evaluated(library, other.read(sheet, form), question)}
    for one, same in zip(found, again, strict=True):
        laid.tried["verdicts"] += 1
        whole = verdict_json(one)
        schema.validate(whole)
        assert dumps(whole) == dumps(verdict_json(same))
        files = {"digest", "policies"}
        moved = verdict_json(turned[one.decision])
        assert without(whole, files) == without(moved, files)
        assert whole["digest"]["texts"] == moved["digest"]["texts"]
        said(laid, one)
        paged(one)


def said(laid: Laid, verdict: DecisionVerdict) -> None:
    """A verdict is said in each language, and in no other."""
    for unfold in (False, True):
        english, chinese = (
            "".join(as_text(verdict_report(verdict, language), unfold=unfold).split())
            for language in ("en", "zh")
        )
        assert not re.search(f"文[{DIGITS}]", english), english
        names = {one.name for one in laid.measure.readings}
        for decision in laid.measure.decisions.values():
            names |= {one.name for one in decision.outcomes}
            names |= {one.name for one in decision.bands}
        for name in sorted(names, key=len, reverse=True):
            chinese = chinese.replace(name, "")
        chinese = re.sub(
            "=other|made/1|(text|facts)-sha256:[0-9a-f]+|--[a-z]+|规则来源.*", "", chinese
        )
        assert not re.search("[A-Za-z]{2}", chinese), chinese


def paged(verdict: DecisionVerdict) -> None:
    """A verdict is a well-formed page, whose links lead to places of it."""
    html = as_html([verdict_report(verdict, "en")], "en")
    root = ElementTree.fromstring(html.partition("\n")[2])
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {(one.get("href") or "")[1:] for one in root.iter("a")} <= set(ids)


def without(whole: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """Return a verdict without some of what it holds."""
    return {key: value for key, value in whole.items() if key not in keys}


def evaluated(
    library: Library, sheet: ReadSheet, question: Question
) -> tuple[DecisionVerdict, ...]:
    """Return the verdicts on a sheet."""
    result = evaluate_sheet(library, sheet, question)
    assert result.value is not None, [d.message_text for d in result.diagnostics]
    return result.value
