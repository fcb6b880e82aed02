"""Everything that is said in English is said in Chinese, and nothing else is said there."""

import ast
import errno
import inspect
import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from string import Formatter

import click
import pytest

from ipcity_policy.cli.main import ipcity
from ipcity_policy.measure.shapes import rulefile, sheetfile, vocabularyfile
from ipcity_policy.render.reports.codes import code_page
from ipcity_policy.text.codes import CODES, Code
from ipcity_policy.text.message import chinese
from ipcity_policy.text.shape import Again, Block, Key, Leaf
from ipcity_policy.text.source import flow
from tests.support import ROOT

PACKAGE = ROOT / "ipcity_policy"
#: Names that are the same in every language.
PROPER = ("YAML", "UTF", "JSON", "Schema", "ASCII")
#: What a system says of a file that cannot be read or written.
REFUSALS = (
    *(errno.EACCES, errno.EPERM, errno.ENOENT, errno.EEXIST, errno.EISDIR, errno.ENOTDIR),
    *(errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO, errno.EMFILE),
)


def in_code() -> Iterator[str]:
    """Every template that the code says."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("say"), args=[ast.Constant(str() as text), *_]):
                    yield text


def in_shapes() -> Iterator[str]:
    """What shapes say of themselves: what a block is called, what a text is, what is needed."""
    seen: set[int] = set()
    todo: list[object] = [
        value
        for module in (rulefile, sheetfile, vocabularyfile)
        for value in vars(module).values()
        if is_dataclass(value) and not isinstance(value, type)
    ]
    while todo:
        shape = todo.pop()
        if id(shape) in seen:
            continue
        seen.add(id(shape))
        match shape:
            case Block():
                yield shape.what
            case Leaf() if not shape.words:
                yield shape.form
            case Key(required=True):
                yield shape.doc
            case Again():
                todo.append(shape.shape())
        if isinstance(shape, tuple):
            todo += shape
        elif is_dataclass(shape):
            todo += [getattr(shape, field.name) for field in fields(shape)]


def in_help(command: click.Command = ipcity) -> Iterator[str]:
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
            yield from in_help(below)


def in_codes() -> Iterator[str]:
    """The names of the codes, and their rules."""
    for code in CODES.values():
        yield code.name
        yield code.rule


SAID = [
    *dict.fromkeys(
        (*in_code(), *in_shapes(), *in_help(), *in_codes(), *map(os.strerror, REFUSALS))
    )
]


def places(template: str) -> set[str]:
    """The places of a template, each with how its number is written."""
    return {f"{name}:{form}" for _, name, form, _ in Formatter().parse(template) if name}


def english(text: str) -> list[str]:
    """The English words of a text: not what stands in backticks or braces."""
    return re.findall(r"[A-Za-z]{2,}", re.sub(r"`[^`]*`|\{\w[^{}]*\}", "", text))


@pytest.mark.parametrize("template", SAID)
def test_what_is_said_is_said_in_chinese(template: str) -> None:
    if english(template):
        assert template in chinese()


def test_nothing_is_translated_that_is_never_said() -> None:
    assert chinese().keys() - set(SAID) == set()


@pytest.mark.parametrize(("template", "said"), chinese().items())
def test_the_chinese_fills_the_same_places_and_holds_no_english(
    template: str, said: str
) -> None:
    assert places(said) == places(template)
    assert [word for word in english(said) if word not in PROPER] == []


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_the_page_of_a_code_begins_with_its_rule(code: Code) -> None:
    page = (ROOT / f"tests/conformance/diagnostics/{code.id}.md").read_text("utf-8")
    assert code_page(code, page).says.zh.startswith(chinese()[code.rule])
