"""Every template that the program says, found in the code, in schemas, in help and in codes."""

import ast
import errno
import inspect
import os
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from ipcity_policy.cli.main import ipcity as program
from ipcity_policy.law import schemas
from ipcity_policy.law.schemas import sheet
from ipcity_policy.text.codes import CODES
from ipcity_policy.text.source import flow
from ipcity_policy.yaml.schema import Again, Key, Leaf, Record
from tests.support import ROOT

PACKAGE = ROOT / "ipcity_policy"
#: Where the template stands among the arguments of what says it.
SAYING = {"say": 0, "tell": 1, "say_of": 1}
#: What a system says of a file that cannot be read or written.
REFUSALS = (
    *(errno.EACCES, errno.EPERM, errno.ENOENT, errno.EEXIST, errno.EISDIR, errno.ENOTDIR),
    *(errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO, errno.EMFILE),
    *(errno.EFBIG, errno.EDQUOT),
)


@dataclass(frozen=True, slots=True)
class Template:
    """A template as a catalogue has it."""

    text: str
    #: In which of its senses it is meant.
    context: str = ""
    #: What is said of several.
    several: str = ""


@cache
def said() -> dict[Template, list[str]]:
    """Return every template, with the files in which it is said, in their order."""
    found: dict[Template, list[str]] = {}
    for template, where in _everything():
        files = found.setdefault(template, [])
        if where not in files:
            files.append(where)
    return found


def _everything() -> Iterator[tuple[Template, str]]:
    yield from _in_code()
    yield from ((Template(text), "ipcity_policy/law/schemas") for text in _in_schemas())
    yield from ((Template(text), "ipcity_policy/cli") for text in _in_help())
    for code in CODES.values():
        yield Template(code.name), "ipcity_policy/text/codes.py"
        yield Template(code.rule), "ipcity_policy/text/codes.py"
    yield from ((Template(os.strerror(one)), "the system") for one in REFUSALS)


def _in_code() -> Iterator[tuple[Template, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(name), args=args) if name in SAYING:
                    if len(args) > SAYING[name]:
                        yield from ((one, where) for one in _of_call(node, path))


def _of_call(node: ast.Call, path: Path) -> Iterator[Template]:
    assert isinstance(node.func, ast.Name)
    name, given = node.func.id, node.args[SAYING[node.func.id] :]
    if name == "say_of":
        match given:
            case [ast.Constant(str() as one), ast.Constant(str() as several)]:
                yield Template(one, several=several)
        return
    contexts = [k.value for k in node.keywords if k.arg == "context"]
    context = contexts[0].value if contexts and isinstance(contexts[0], ast.Constant) else ""
    for text in _texts(given[0], path):
        yield Template(text, str(context))


def _texts(node: ast.expr, path: Path) -> Iterator[str]:
    match node:
        case ast.Constant(str() as text):
            yield text
        case ast.IfExp(body=first, orelse=second):
            yield from _texts(first, path)
            yield from _texts(second, path)
        case ast.JoinedStr():
            raise AssertionError(f"{path}:{node.lineno}: a template is no f-string")


def _in_schemas() -> Iterator[str]:
    """What schemas say of themselves: how a block is called, what a text is, what is needed."""
    for shape in shapes():
        match shape:
            case Record():
                yield shape.what
            case Leaf() if not shape.words:
                yield shape.form
            case Key(required=True):
                yield shape.doc
    # A form for sheets shows all that is said of them.
    for shape in _shapes(
        *_of(sheet), sheet.sheet_shape("city", ()), sheet.statement_shape(sheet.PLACE)
    ):
        match shape:
            case Record():
                yield shape.what
                yield shape.doc
            case Leaf():
                yield shape.form
                yield from (meaning for _, meaning in shape.words)
            case Key():
                yield shape.doc


def shapes() -> Iterator[object]:
    """Yield every shape of the files of a measure, and all that it is made of."""
    return _shapes(*(value for module in _modules() for value in _of(module)))


def _modules() -> Iterator[ModuleType]:
    """Every module in which the schemas of files stand."""
    for found in pkgutil.iter_modules(schemas.__path__):
        yield import_module(f"{schemas.__name__}.{found.name}")


def _of(module: ModuleType) -> Iterator[object]:
    for value in vars(module).values():
        if is_dataclass(value) and not isinstance(value, type):
            yield value


def _shapes(*roots: object) -> Iterator[object]:
    """Yield some schemas and all that they are made of."""
    seen: set[int] = set()
    todo = list(roots)
    while todo:
        shape = todo.pop()
        if id(shape) in seen:
            continue
        seen.add(id(shape))
        yield shape
        if isinstance(shape, Again):
            todo.append(shape.shape())
        if isinstance(shape, tuple):
            todo += shape
        elif is_dataclass(shape):
            todo += [getattr(shape, field.name) for field in fields(shape)]


def _in_help(command: click.Command = program) -> Iterator[str]:
    """The help of a command and of all below it."""
    assert command.help is not None
    yield from map(flow, inspect.cleandoc(command.help).split("\n\n"))
    for parameter in command.params:
        if parameter.metavar is not None:
            yield parameter.metavar
        if isinstance(parameter, click.Option) and parameter.help is not None:
            yield parameter.help
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _in_help(below)
