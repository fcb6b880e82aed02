"""What a sheet states of an indicator system and what does not fit together in it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ipcity_policy.engines.interpreter.arithmetic import calculated
from ipcity_policy.engines.interpreter.conditions import Evaluation
from ipcity_policy.lang import core, decimals
from ipcity_policy.lang.literals import number_text
from ipcity_policy.lang.values import Numbers, Value, of_type
from ipcity_policy.law.indicators import System
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.as_of import stated_on
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.sheet.statements import Statement
from ipcity_policy.text.diagnostic import Diagnostic, diagnose
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.subject import EntryKey, EntryKind


def contradictions(
    program: Program, statements: Mapping[str, Statement], decision: str | None = None
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield each fact that does not fit its indicator system, and why, for one decision or all.

    Which of the two is right nobody can tell from the sheet, so nothing is made of either.

    >>> from tests.boxes import box, law
    >>> found = contradictions(law(), box(shine="8 points").statements)
    >>> [(fact, str(why.message), str(why.help)) for fact, why in found]
    [('shine', '`shine` is more than there are points for it', 'its indicator has `7 points`')]
    """
    reach = None if decision is None else program.reach(decision)
    systems = [
        one
        for one in program.systems.values()
        if reach is None
        or EntryKey(EntryKind.SYSTEM, one.id) in reach
        or any(EntryKey(EntryKind.FACT, name) in reach for name in one.bounds)
    ]
    if not systems:
        return
    values = {name: one.value for name, one in statements.items()}
    run = Evaluation(program, values, strict=False, supposed={})
    for quantity in program.quantities.values():
        run.calculate(quantity)
    for system in systems:
        if not run.withheld(system.origin):
            yield from _too_high(system, statements, values)
            yield from _given(system, statements, run)


def every_contradiction(library: Library, sheet: Sheet) -> tuple[Diagnostic, ...]:
    """Return what fits under no version of the measure that treats of it.

    >>> from tests.boxes import box, library
    >>> sheet = box(shine="7 points", smell="3 points", score="8 points")
    >>> [str(one.message) for one in every_contradiction(library(), sheet)]
    ['`score` does not fit the scores, which come to `10 points`']
    """
    home = library.measure(sheet.measure)
    if home is None:
        return ()
    # What is stated of an event may have given way to what is stated of the next.
    each = (stated_on(sheet).statements, *(event.statements for event in sheet.events))
    return tuple(dict.fromkeys(one for part in each for one in _nowhere(library, home, part)))


def _nowhere(
    library: Library, home: Path, statements: Mapping[str, Statement]
) -> Iterator[Diagnostic]:
    """Yield what of some statements fits under no version that treats of it."""
    found: dict[str, Diagnostic] = {}
    fitting: set[str] = set()
    for ref in library.versions(home):
        program = library.program(ref).value
        if program is None:
            continue
        wrong = dict(contradictions(program, statements))
        for system in program.systems.values():
            rows = (row.fact for row in system.indicators())
            asked = {system.given, *rows, *system.bounds}
            fitting |= {name for name in asked if name is not None and name not in wrong}
        found = {**wrong, **found}
    yield from (one for name, one in found.items() if name not in fitting)


def _too_high(
    system: System, statements: Mapping[str, Statement], values: Mapping[str, Value]
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield the scores that are higher than the points that there are for them."""
    for block in system.blocks:
        for row in block.indicators:
            if row.points is not None and _least((row.fact,), values) > row.points:
                help = say(
                    "its indicator has {points}", points=_said(system.amount(row.points))
                )
                yield row.fact, _wrong(row.fact, statements, help)
    for name in system.bounds:
        if _least((name,), values) > system.points:
            help = say("`{name}` has {points}", name=system.id, points=_said(system.whole))
            yield name, _wrong(name, statements, help)
    shared = [(block.open, block.left, block.id) for block in system.blocks]
    together = tuple(row for block in system.blocks if block.left is None for row in block.open)
    for open_, left, name in (*shared, (together, system.left, system.id)):
        if left is not None and _least([row.fact for row in open_], values) > left:
            row = next(one for one in reversed(open_) if one.fact in values)
            amount = _said(system.amount(left))
            help = say("only {amount} are left in `{name}`", amount=amount, name=name)
            yield row.fact, _wrong(row.fact, statements, help)


def _least(facts: Sequence[str], values: Mapping[str, Value]) -> Decimal:
    """Return what some facts come to at least."""
    total = Decimal(0)
    for fact in facts:
        value = values.get(fact)
        if isinstance(value, Numbers) and value.low is not None:
            total = decimals.plus(total, value.low)
    return total


def _wrong(fact: str, statements: Mapping[str, Statement], help: Message) -> Diagnostic:
    message = say("`{fact}` is more than there are points for it", fact=fact)
    return diagnose("F111", message, statements[fact].span, help=help)


def _given(
    system: System, statements: Mapping[str, Statement], run: Evaluation
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield the total that is given where the scores cannot come to it."""
    expression = system.totals[-1].expression
    if not isinstance(expression, core.StatedTotal):
        return
    total = of_type(calculated(expression.total, run.value), Numbers)
    stated = of_type(run.value(expression.stated), Numbers)
    name = expression.stated.name
    if total.interval.overlaps(stated.interval) or name not in statements:
        return
    message = say(
        "`{name}` does not fit the scores, which come to {total}", name=name, total=_said(total)
    )
    help = say("check whether the total or one of the scores is wrong")
    span = statements[name].span
    yield name, diagnose("F112", message, span, help=help)


def _said(value: Numbers) -> Message:
    low, high = (
        f"{number_text(end)} {value.unit}".strip()
        for end in (value.low, value.high)
        if end is not None
    )
    if low == high:
        return say("`{text}`", text=low)
    return say("`{low}` to `{high}`", low=low, high=high)
