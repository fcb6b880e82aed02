"""A row of a page's table: what a sheet states, asked of every engine."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import assert_never

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.engines.interpreter.explanation import (
    Answer,
    Consequence,
    Reason,
    ReasonKind,
)
from ipcity_policy.lang import core
from ipcity_policy.lang.literals import date_text, number_text, read_date
from ipcity_policy.lang.values import Dates, Numbers, Periods, Value
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.law.ref import Ref
from ipcity_policy.questions.sufficiency import settled_by
from ipcity_policy.sheet.as_of import stated_on
from ipcity_policy.sheet.reader import sheet_from

#: What answers: by name, from a Program, what is known, and a decision.
ENGINES: Mapping[str, Callable[[Program, Mapping[str, Value], str], Answer]] = {
    "interpreter": answer
}
#: Columns that say more of one decision.
ABOUT_ONE = ("possible", "missing", "settled-by", "basis", "effects")
#: Columns that are neither a fact nor a quantity nor a rule nor a decision.
OTHERS = ("on", "version", *ABOUT_ONE)

#: What asks about a rule or a quantity, so that an engine answers it whether or not a decision
#: rests on it.
ASKED = """\
provision: asked
title-en: What a table asks
title-zh: 表中所问
basis: attested
decisions:
"""
DECISION = """\
  asked-{0}:
    asks-en: Is it met?
    asks-zh: 是否满足？
    outcomes:
      met: {{says-en: it is, says-zh: 是, when: {1}}}
      otherwise: {{says-en: it is not, says-zh: 否, when: otherwise}}
"""


def outcome(home: Path, cells: Mapping[str, str], engine: str) -> dict[str, str]:
    """Return what an engine makes of a row, by the columns that it fills."""
    library, program, asking, asked = _read(home, cells.get("version"), tuple(sorted(cells)))
    decisions = [name for name in cells if name in program.decisions]
    unknown = cells.keys() - {*program.vocabulary.facts, *asked, *decisions, *OTHERS}
    assert not unknown, f"no fact, quantity, rule or decision: {', '.join(sorted(unknown))}"
    assert asked or decisions, "no column says what comes out"
    about_one = cells.keys() & set(ABOUT_ONE)
    assert not about_one or len(decisions) == 1, f"{about_one}: of which decision?"
    values = _values(library, program, cells)
    answers = ENGINES[engine]
    found: dict[str, str] = {}
    for name in decisions:
        given = answers(program, values, name)
        found[name] = given.outcome or given.fault or "unknown"
        found["possible"] = " ".join(given.possible)
        found["missing"] = " ".join(one.name for one in given.missing)
        found["basis"] = given.basis
        found["effects"] = "; ".join(map(_effect, given.effects))
        if "settled-by" in cells:
            sets = settled_by(program, values, name, given, strict=False)
            found["settled-by"] = "; ".join(" ".join(fact.text for fact in one) for one in sets)
    for name in asked:
        reasons = _every(answers(asking, values, f"asked-{name}").reasons)
        if name in program.rules:
            found[name] = next(
                r.status for r in reasons if (r.kind, r.id) == (ReasonKind.RULE, name)
            )
        else:
            found[name] = _shown(next(r.values[name] for r in reasons if name in r.values))
    return found


@cache
def _read(
    home: Path, version: str | None, columns: tuple[str, ...]
) -> tuple[Library, Program, Program, Mapping[str, str]]:
    """Read a measure as it is, and with what asks for some columns; tell how those ask."""
    library = Library(home.parent, "a page")
    ref = _ref(library, home, version)
    program = _program(library, ref)
    asked = {name: name for name in columns if name in program.rules}
    asked |= {name: f"{name} is known" for name in columns if name in program.quantities}
    if not asked:
        return library, program, program, asked
    base = ref if program.amends is None else _ref(library, home, program.amends)
    path = base.path / "asked.yaml"
    path.write_text(ASKED + "".join(DECISION.format(*pair) for pair in asked.items()), "utf-8")
    asking = _program(Library(home.parent, "a page"), ref)
    path.unlink()
    return library, program, asking, asked


def _ref(library: Library, home: Path, name: str | None) -> Ref:
    """Return the version or draft of that name, else the only version."""
    found = library.versions(home) if name is None else library.named(name)
    assert len(found) == 1, f"{name or 'no column `version`'}: there is {library.names()}"
    return found[0]


def _program(library: Library, ref: Ref) -> Program:
    result = library.program(ref)
    assert result.value is not None, [(d.at.place, d.message_text) for d in result.diagnostics]
    return result.value


def _values(
    library: Library, program: Program, cells: Mapping[str, str]
) -> Mapping[str, Value]:
    """Return what is known from a sheet that states the facts of a row."""
    facts, subject = program.vocabulary.facts, program.vocabulary.subject
    blocks = {subject: ["name-en: A", "name-zh: 甲"], "facts": [""]}
    for name, cell in cells.items():
        if name in facts and cell:
            blocks[subject if facts[name].of_subject else "facts"] += [f"{name}: {cell}"]
    text = f"sheet: 1\nmeasure: {program.vocabulary.measure}\n" + "".join(
        f"{block}:\n" + "".join(f"  {line}\n" for line in lines)
        for block, lines in blocks.items()
    )
    document = read_bytes("the row", text.encode())
    assert document.value is not None, text
    sheet = sheet_from(library, document.value)
    assert sheet.value is not None, text
    wrong = [d.message_text for d in (*document.diagnostics, *sheet.diagnostics)]
    assert not wrong, f"{wrong} in\n{text}"
    on = read_date(cells.get("on", ""))
    return stated_on(sheet.value, on.low if on is not None else None).values


def _effect(caused: Consequence) -> str:
    """Write an effect, a bar with the day after which it runs and its last one."""
    match caused.effect:
        case core.Permit(application):
            return f"permit {application}"
        case core.Bar(application):
            days = [date_text(day) for day in (caused.since, caused.until) if day is not None]
            return " ".join(
                [f"bar {application}", *(["after", " to ".join(days)] if days else [])]
            )
        case _:
            assert_never(caused.effect)


def _every(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    """Yield reasons with all that stand below them."""
    for reason in reasons:
        yield reason
        yield from _every(reason.because)


def _shown(value: object) -> str:
    """Write what a quantity comes to: `3 kilos`, `3 to 5 kilos`, `at least 3 kilos`."""
    match value:
        case Dates():
            return date_text(value)
        case Numbers(low, high, unit) | Periods(low, high, unit):
            ends = [None if end is None else number_text(Decimal(end)) for end in (low, high)]
            match ends:
                case [None, None]:
                    return "unknown"
                case [None, last]:
                    return f"at most {last} {unit}".strip()
                case [first, None]:
                    return f"at least {first} {unit}".strip()
                case [first, last]:
                    both = first if first == last else f"{first} to {last}"
                    return f"{both} {unit}".strip()
    raise AssertionError(value)
