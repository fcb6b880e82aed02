"""Places at which the engines can be made wrong: found in their syntax, each with one change.

The rules know the language and not the program, so that they outlive a move of the code. What
is only said, checked for a programmer or written for a type checker is left as it is.
"""

import ast
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: The modules in which an answer is made, by their rooms; `*` is all that a folder holds.
ROOMS: Mapping[str, tuple[str, ...]] = {
    "lang": (
        "calendar",
        "decimals",
        "literals",
        "narrowing",
        "time_limits",
        "values",
    ),
    "law": ("change", "interpretation", "lifecycle", "model", "patch", "program", "rest_days"),
    "sheet": ("as_of", "events", "sheet", "silence", "statements", "together", "values"),
    "engines/interpreter": ("*",),
    "engines/lifecycle": ("*",),
    "questions": ("*",),
    "studies/comparison": ("*",),
}

#: What is put in the place of a comparison.
_COMPARED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_JOINED: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.FloorDiv: ast.Mult,
}
_PAIRS = (
    ("min", "max"),
    ("any", "all"),
    ("all_of", "any_of"),
    ("weakest", "strongest"),
    ("low", "high"),
    ("of_low", "of_high"),
)
#: What is put in the place of a name that is called, or that is read of something.
_NAMED = {**dict(_PAIRS), **{other: one for one, other in _PAIRS}}
#: What makes an order, and what leaves it to chance.
_ORDERED = {"sorted": "list", "reversed": "list"}
#: What puts words together.
_WORDS = frozenset({"say", "listed", "diagnose", "did_you_mean"})
#: What only says something, and what a type checker is told.
_SAID = frozenset({*_WORDS, "AssertionError", "isinstance", "field"})


@dataclass(frozen=True, slots=True)
class Place:
    """One expression of the engines, and what is put there instead."""

    #: The file, below the package.
    module: str
    #: The function or method that it stands in.
    function: str
    line: int
    was: str
    now: str
    #: Which of those that read alike in one function.
    turn: int

    @property
    def room(self) -> str:
        """The folder of the module."""
        return self.module.rpartition("/")[0]

    @property
    def key(self) -> str:
        """The name of the place, which stays when the file is moved or other lines change."""
        name = Path(self.module).stem
        return f"{name}: {self.function}: {self.was} -> {self.now}"


def modules(package: Path) -> Iterator[str]:
    """Yield the modules of the rooms, below the package."""
    for room, names in ROOMS.items():
        for name in names:
            found = sorted((package / room).glob(f"{name}.py"))
            assert found, f"{room}/{name}"
            yield from (f"{room}/{one.name}" for one in found if one.stem != "__init__")


def places_of(module: str, text: str) -> list[Place]:
    """Return every place of a module."""
    return [place for place, _ in _found(module, ast.parse(text))]


def chosen(places: Iterable[Place], count: int, seed: int) -> list[Place]:
    """Choose so many places by a seed, from each module in turn.

    Which come first hangs on each place alone, so that most stay when others come and go.
    """

    def lot(place: Place) -> str:
        name = f"{seed} {place.key} {place.turn}"
        return hashlib.sha256(name.encode()).hexdigest()

    by_module: dict[str, list[Place]] = {}
    for place in sorted(places, key=lot):
        by_module.setdefault(place.module, []).append(place)
    turns = [
        (number, place) for ones in by_module.values() for number, place in enumerate(ones)
    ]
    turns.sort(key=lambda pair: (pair[0], lot(pair[1])))
    return [place for _, place in turns[:count]]


def switched(module: str, text: str, numbers: Mapping[Place, int], switch: str) -> str:
    """Return a module in which each place asks a function if it is wrong, by its number.

    `switch` is the line that imports that function, as `__wrong__`.
    """
    tree = ast.parse(text)
    wrong: dict[ast.expr, list[tuple[int, str]]] = {}
    for place, node in _found(module, tree):
        if place in numbers:
            wrong.setdefault(node, []).append((numbers[place], place.now))
    _Switch(wrong).visit(tree)
    tree.body.insert(1, ast.parse(switch).body[0])  # after what the module says of itself
    return ast.unparse(ast.fix_missing_locations(tree))


class _Switch(ast.NodeTransformer):
    """Puts each wrong expression beside the right one."""

    def __init__(self, wrong: Mapping[ast.expr, Sequence[tuple[int, str]]]) -> None:
        self._wrong = wrong

    def visit(self, node: ast.AST) -> ast.AST:
        found = self.generic_visit(node)
        if not isinstance(node, ast.expr):
            return found
        assert isinstance(found, ast.expr)
        for number, now in self._wrong.get(node, ()):
            test = ast.parse(f"__wrong__({number})", mode="eval").body
            found = ast.IfExp(test, ast.parse(now, mode="eval").body, found)
        return found


@dataclass(frozen=True, slots=True)
class _Inside:
    """What an expression stands in."""

    names: tuple[str, ...] = ()
    #: Whether that is a function: what else a module holds is made before any place is chosen.
    function: bool = False
    #: Whether it gives a truth, which may be unknown.
    truth: bool = False


def _found(module: str, tree: ast.Module) -> Iterator[tuple[Place, ast.expr]]:
    """Yield the places of a module, each with its node."""
    seen = Counter[tuple[str, str, str]]()
    for function, node, instead in _walk(tree, _Inside()):
        was, now = ast.unparse(node), ast.unparse(instead)
        key = (function, was, now)
        yield Place(module, function, node.lineno, was, now, seen[key]), node
        seen[key] += 1


def _walk(node: ast.AST, inside: _Inside) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Yield each expression that can be wrong, with where it stands and what is put there."""
    within: Iterable[ast.AST] = ast.iter_child_nodes(node)
    match node:
        case ast.FunctionDef(name=name, body=body, returns=returns):
            truth = returns is not None and ast.unparse(returns) == "Truth"
            inside, within = _Inside((*inside.names, name), function=True, truth=truth), body
        case ast.ClassDef(name=name, body=body):
            inside, within = _Inside((*inside.names, name)), body
        case ast.Assert() | ast.Raise() | ast.JoinedStr() | ast.pattern():
            return
        case ast.Call(func=ast.Name(id=name)) if name in _SAID:
            return
        case ast.AnnAssign(value=value):
            within = () if value is None else (value,)
    if inside.function:
        for wrong, instead in _changes(node, inside):
            yield ".".join(inside.names), wrong, instead
    for child in within:
        yield from _walk(child, inside)


def _changes(node: ast.AST, inside: _Inside) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what can be wrong at a node: an expression, and what is put in its place."""
    match node:
        case ast.If(test=test):
            yield test, ast.Constant(value=False)
        case ast.comprehension(ifs=tests):
            yield from ((test, ast.Constant(value=True)) for test in tests)
        case ast.Constant(value=bool()) if inside.truth:
            yield node, ast.Constant(value=None)
    if isinstance(node, ast.expr) and not _says(node):
        yield from ((node, instead) for instead in _instead(node))


def _says(node: ast.expr) -> bool:
    """Tell whether an expression chooses only between words."""
    calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return any(isinstance(one, ast.Name) and one.id in _WORDS for one in calls)


def _instead(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what is put in the place of an expression."""
    match node:
        case ast.Compare(left, ops, sides):
            for number, op in enumerate(ops):
                others = [*ops]
                others[number] = _COMPARED[type(op)]()
                yield ast.Compare(left, others, sides)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for number in range(len(values)):
                rest = [*values[:number], *values[number + 1 :]]
                yield ast.BoolOp(op, rest) if len(rest) > 1 else rest[0]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.BinOp(left, op, right) if type(op) in _JOINED and not _is_type(right):
            yield ast.BinOp(left, _JOINED[type(op)](), right)
        case ast.IfExp(_, body, other):
            yield body
            yield other
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
            yield (
                ast.UnaryOp(ast.USub(), ast.Constant(1))
                if value == 0
                else ast.Constant(value - 1)
            )
        case ast.Call(ast.Name(name), args, keywords) if name in _ORDERED:
            yield ast.Call(ast.Name(_ORDERED[name]), args[:1], [])
        case ast.Call(ast.Name(name), args, keywords) if name in _NAMED:
            yield ast.Call(ast.Name(_NAMED[name]), args, keywords)
        case ast.Attribute(value, name, ast.Load()) if name in _NAMED:
            yield ast.Attribute(value, _NAMED[name], ast.Load())


def _is_type(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
