"""Everything that is said in English is said in Chinese, and nothing else is said there."""

import ast
import errno
import inspect
import os
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from string import Formatter

import click
import pytest

from ipcity_policy.cli.main import ipcity as program
from ipcity_policy.law.schemas import rules, sheet, tests, vocabulary
from ipcity_policy.report.reports.codes import code_page
from ipcity_policy.text.codes import CODES, Code
from ipcity_policy.text.message import chinese
from ipcity_policy.text.source import flow
from ipcity_policy.yaml.schema import Again, Block, Key, Leaf
from tests.cases import PAGES, Section, lay_out, printed, sections, triggers
from tests.support import ROOT, Ipcity

PACKAGE = ROOT / "ipcity_policy"
#: Names that are the same in every language.
PROPER = ("YAML", "UTF", "JSON", "Schema", "ASCII", "GBK", "SHA")
#: What a system says of a file that cannot be read or written.
REFUSALS = (
    *(errno.EACCES, errno.EPERM, errno.ENOENT, errno.EEXIST, errno.EISDIR, errno.ENOTDIR),
    *(errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO, errno.EMFILE),
    *(errno.EFBIG, errno.EDQUOT),
)


def in_code() -> Iterator[str]:
    """Every template that the code says."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("say"), args=[ast.Constant(str() as text), *_]):
                    yield text
                case ast.Call(func=ast.Name("say"), args=[ast.JoinedStr(), *_]):
                    raise AssertionError(f"{path}:{node.lineno}: a template is no f-string")


def in_shapes() -> Iterator[str]:
    """What shapes say of themselves: what a block is called, what a text is, what is needed."""
    seen: set[int] = set()
    todo: list[object] = [
        value
        for module in (rules, sheet, tests, vocabulary)
        for value in vars(module).values()
        if is_dataclass(value) and not isinstance(value, type)
    ]
    todo.append(sheet.sheet_shape("city", ()))
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


def in_help(command: click.Command = program) -> Iterator[str]:
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


#: What stands beside the words of a message: its place, the lines that it quotes, its code.
BESIDE = re.compile(
    r"^\s*(?:\d+)? +\|.*$|^\s*[^\s：]+:\d+:\d+:|\b[A-Z]\d{3}\b|U\+[0-9A-F]+", re.M
)
DIAGNOSTICS = sorted((PAGES / "diagnostics").iterdir())
SHOWN = [one for page in DIAGNOSTICS for one in sections(page) if triggers(one)]


def leaking(said: str) -> list[str]:
    """The English words of what a command printed in Chinese."""
    return [word for word in english(BESIDE.sub("", said)) if word not in PROPER]


@pytest.mark.parametrize("section", SHOWN, ids=str)
def test_no_english_leaks_into_what_is_said_of_a_mistake(
    section: Section, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lay_out(section, tmp_path))
    monkeypatch.setenv("IPCITY_POLICIES", "..")
    monkeypatch.setenv("IPCITY_LANG", "zh")
    shown = "".join(console.body for console in section.consoles)
    commands = re.findall(r"^\$ (ipcity .*)$", shown, flags=re.MULTILINE)
    sheets = [name for name in section.files if name.startswith("sheet")]
    commands += ["ipcity check"]
    commands += [shlex.join(["ipcity", "validate", *sheets])] if sheets else []
    said = "".join(printed(command)[1] for command in commands)
    assert re.search("[\u4e00-\u9fff]", said)
    assert leaking(said) == []


@pytest.mark.parametrize("code", CODES)
def test_a_page_is_wholly_chinese(ipcity: Ipcity, code: str) -> None:
    examples = re.compile(r"^    .*$|^[\w./-]+(?:（只读）)?$", re.MULTILINE)
    assert leaking(examples.sub("", ipcity("explain", code, "--lang", "zh").out)) == []


def commands(command: click.Command = program, *above: str) -> Iterator[tuple[str, ...]]:
    """Every command, as it is called."""
    yield above
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, *above, name)


@pytest.mark.parametrize("names", list(commands()), ids=" ".join)
def test_help_is_wholly_chinese_wherever_the_language_is_named(
    ipcity: Ipcity, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ipcity(*names, "--lang", "zh", "--help")
    assert page.status == 0
    terms = re.compile(
        r"^用法：ipcity[a-z ]*|^  (?:-h, )?--[a-z]+|^  [a-z]+  |\[[a-z|]+\]|默认：[a-z]+", re.M
    )
    assert leaking(terms.sub("", page.out)) == []
    assert ipcity("--lang=zh", *names, "-h").out == page.out
    assert ipcity(*names, "-h", "--lang", "zh").out == page.out
    monkeypatch.setenv("IPCITY_LANG", "zh_CN.UTF-8")
    assert ipcity(*names, "-h").out == page.out
    assert ipcity(*names, "-h", "--lang", "en").out != page.out


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("cheak",),
        ("sheet",),
        ("sheet", "now"),
        ("evaluate",),
        ("evaluate", "x", "--onn"),
        ("evaluate", "x", "--qqqq"),
        ("evaluate", "x", "--on"),
        ("evaluate", "x", "--on", "2001"),
        ("evaluate", "x", "--set", "z"),
        ("timeline", "x"),
        ("timeline", "x", "--on", "2001-01-01", "--due", "soon"),
        ("evaluate", "x", "--reading", "z=1", "--reading", "z=2"),
        ("evaluate", "x", "--strict=yes"),
        ("evaluate", "x", "--format", "csv"),
        ("explain", "N101", "N102"),
        ("explain", "N1O1"),
        ("explain", "zzz"),
        ("show", "nichts"),
        ("show", "art-1", "1999"),
        ("show", "nichts", "2016"),
        ("compare", "--before", "2014", "x"),
        ("draft", "new", "--amends", "2016", "--output", "."),
        ("sheet", "new", "--decision", "nichts"),
        ("fmt", "-", "x"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_in_chinese(ipcity: Ipcity, args: tuple[str, ...]) -> None:
    ran = ipcity(*args, "--lang", "zh")
    assert ran.status == 2
    said = re.sub(r"^用法：ipcity[a-z ]*|'[^']*'|\[[a-z|]+\]", "", ran.err, flags=re.M)
    assert "错误：" in said
    assert leaking(said) == []


@pytest.mark.whole
def test_english_does_not_read_the_catalogue(ipcity: Ipcity) -> None:
    chinese.cache_clear()
    sheet = str(ROOT / "policies/ip-cities/cities/yiwu.yaml")
    assert ipcity("evaluate", sheet, "--on", "2016-11-02").status == 0
    assert ipcity("evaluate", sheet, "--on", "2016-11-02", "--lang", "zh").status == 0
    assert ipcity("check", "nowhere").status == 1
    assert chinese.cache_info().currsize == 0
    assert ipcity("check", "nowhere", "--lang", "zh").status == 1
    assert chinese.cache_info().currsize == 1


def test_nothing_is_translated_twice() -> None:
    text = (PACKAGE / "text" / "zh.yaml").read_text("utf-8")
    keys = re.findall(r"(?m)^(\S.*):$", text)
    assert len(keys) == len(chinese())
    assert [key for key, times in Counter(keys).items() if times > 1] == []
