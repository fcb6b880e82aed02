"""Check quantities: what the law calculates, each after those it is calculated from."""

from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias, get_args

from ipcity_policy.lang import core, syntax
from ipcity_policy.lang.arithmetic import Operation
from ipcity_policy.lang.arithmetic_types import calculate, can_be_calculated, combine, type_of
from ipcity_policy.lang.values import Numbers
from ipcity_policy.law.checks.checking import Checking
from ipcity_policy.law.checks.indicators import check_system, parts_of
from ipcity_policy.law.model import Localized, Parameter, Quantity
from ipcity_policy.law.reader import Entry, child, words_of
from ipcity_policy.text.message import say
from ipcity_policy.text.subject import EntryKind
from ipcity_policy.yaml import document
from ipcity_policy.yaml.document import Node, Scalar, Sequence

#: The operation that each key of a block stands for.
_LISTED: dict[str, Operation] = {"sum": "plus", "least": "lesser", "greatest": "greater"}
#: Through how many steps a quantity may be calculated from others.
MAX_STEPS = 50


def check_quantities(check: Checking) -> dict[str, Quantity]:
    """Return the quantities so that each stands after those it is calculated from."""
    written = check.version.entries.values()
    entries = {e.id: e for e in written if e.kind in (EntryKind.SYSTEM, EntryKind.QUANTITY)}
    tables = [e for e in entries.values() if e.kind is EntryKind.SYSTEM]
    single = [e for e in entries.values() if e.kind is EntryKind.QUANTITY]
    parsed = {e.id: _parse(check, child(e.node, "reckon")) for e in check.each(single)}
    of = {name: name for name in entries} | {name: e.id for e in tables for name, _ in e.names}
    used = {e.id: sorted({of[name] for name in parts_of(e) if name in of}) for e in tables}
    used |= {n: sorted({of[one] for one in _named(t) & of.keys()}) for n, t in parsed.items()}
    try:
        order = tuple(TopologicalSorter(used).static_order())
    except CycleError as error:
        ring = error.args[1]
        message = say("a quantity is calculated from itself: {names}", names=" → ".join(ring))
        at, help = entries[ring[0]], say("remove it from one of them")
        keys = [entries[name].key for name in ring]
        check.say("M109", message, at.span, help, subject=at.key, names=keys)
        return {}
    found: dict[str, Quantity] = {}
    steps: dict[str, int] = {}
    for entry in check.each(entries[name] for name in order):
        name = entry.id
        steps[name] = 1 + max((steps[one] for one in used[name]), default=0)
        if steps[name] > MAX_STEPS:
            message = say(
                "`{name}` is calculated through more than {most} others",
                name=name,
                most=MAX_STEPS,
            )
            check.say("M108", message, entry.span, say("calculate more of it in one quantity"))
        for quantity in _of_entry(check, entry, parsed.get(name)):
            found[quantity.id] = quantity
            check.names.scope.quantities[quantity.id] = quantity.datatype
    return found


def _of_entry(check: Checking, entry: Entry, tree: "_Tree | None") -> tuple[Quantity, ...]:
    """Return what an entry is written out as: one quantity, or the totals of a system."""
    if tree is None:
        system = check_system(check, entry)
        if system is None:
            return ()
        check.systems[entry.id] = system
        return system.totals
    quantity = _quantity(check, entry, tree)
    return () if quantity is None else (quantity,)


_CALCULATIONS = (
    *get_args(syntax.OperandPhrase),
    syntax.ArithmeticPhrase,
    syntax.RoundingPhrase,
)
#: A calculation as written: a sentence, or an operation on several.
_Written: TypeAlias = tuple[Operation, tuple["_Tree", ...]]
_Tree: TypeAlias = tuple[syntax.Calculation | _Written | None, Node | None]


def _parse(check: Checking, node: Node | None) -> _Tree:
    if isinstance(node, Scalar):
        parsed = check.parse(node, "calculation")
        assert parsed is None or isinstance(parsed, _CALCULATIONS)  # INVARIANT: the grammar
        return parsed, node
    if not isinstance(node, document.Mapping):
        return None, node
    if len(node.entries) != 1:
        check.say(
            "S202", say("a calculation has one of `sum:`, `least:` and `greatest:`"), node.span
        )
        return None, node
    key, items = node.entries[0]
    listed = items.items if isinstance(items, Sequence) else ()
    if not listed:
        check.say("S202", say("nothing is listed under `{text}:`", text=key.text), key.span)
        return None, node
    return (_LISTED.get(key.text, "plus"), tuple(_parse(check, item) for item in listed)), node


def _named(tree: _Tree) -> set[str]:
    """Return every name that a calculation mentions."""
    what, _ = tree
    if isinstance(what, tuple):
        return {name for part in what[1] for name in _named(part)}
    found: set[str] = set()
    todo: list[syntax.Calculation] = [] if what is None else [what]
    while todo:
        match todo.pop():
            case syntax.Name(name):
                found.add(name)
            case syntax.MovedPhrase(period, day, _):
                todo += [period, day]
            case syntax.ArithmeticPhrase(_, left, right):
                todo += [left, right]
            case syntax.RoundingPhrase(part, _, step):
                todo += [part, step]
    return found


def _quantity(check: Checking, entry: Entry, tree: _Tree) -> Quantity | None:
    expression = _lower(check, tree)
    datatype = None if expression is None else type_of(expression)
    if expression is None or datatype is None or not can_be_calculated(datatype):
        if expression is not None:
            message = say("`{id}` gives no number, period or date", id=entry.id)
            check.say("T101", message, entry.span, say("calculate it from numbers or dates"))
        return None
    _check_steps(check, expression, entry)
    title = words_of(entry.node, "title") or Localized(entry.id, entry.id)
    return Quantity(entry.id, title, expression, datatype, check.origin(entry))


def _lower(check: Checking, tree: _Tree) -> core.Expression | None:
    what, node = tree
    if what is None or node is None:
        return None
    if not isinstance(what, tuple):
        return calculate(check.names, what)
    operator, parts = what
    sides = [(_lower(check, part), part[1].span) for part in parts if part[1] is not None]
    return combine(check.names, operator, sides)


def _check_steps(check: Checking, expression: core.Expression, entry: Entry) -> None:
    """Report rounding to a step of nothing."""
    todo = [expression]
    while todo:
        match todo.pop():
            case core.Rounded(part, _, step):
                todo.append(part)
                parameter: Parameter | None = check.parameters.get(step.name)
                value = parameter.value if parameter is not None else None
                if isinstance(value, Numbers) and (value.low is None or value.low <= 0):
                    message = say("`{name}` cannot be a step to round to", name=step.name)
                    place = check.names.scope.places.get(step.name, entry.span)
                    help = say("write a number above 0")
                    check.say("T106", message, place, help, names=core.named(step))
            case core.Calculate(_, parts):
                todo += parts
