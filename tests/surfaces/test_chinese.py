"""Everything that is said in English is said in Chinese, and nothing else is said there."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from ipcity_policy.cli.main import ipcity as program
from ipcity_policy.report.reports.codes import code_page
from ipcity_policy.text import catalogue as text_catalogue
from ipcity_policy.text.catalogue import (
    DOMAIN,
    LOCALE,
    SOURCE,
    UntranslatedError,
    languages,
    translated,
    translated_number,
)
from ipcity_policy.text.codes import CODES, Code
from tests.cases import PAGES, Section, lay_out, printed, sections, triggers
from tests.messages import PACKAGE, said
from tests.support import ROOT, Ipcity

#: Names that are the same in every language.
PROPER = ("YAML", "UTF", "JSON", "Schema", "ASCII", "GBK", "SHA")

#: Where Chinese has a month as a number, the unit with each of several numbers, or an outcome
#: in words before its name.
OTHERWISE = (
    "{day} {month}",
    "{title}: {number} of {points}",
    "{title}: {least} of {known} known, between {low} and {high} of {points}",
    "{title}: nothing known, between {low} and {high} of {points}",
    "{id}",
    # A name of a user's files, with what it is called.
    "the sheet does not state a day, so no version can be chosen for `{decision}`",
    "the sheet does not state `{name}`, so no version can be chosen for `{decision}`",
    "`{text}` may not state `{id}`",
    "nothing is written here where `{id}` is stated",
    "`{text}` is beyond what is usual for `{id}`",
    "`{id}` is a finding, but the office that made it is not named",
    "`{text}` does not state `{id}`, which is {type}",
    "`{text}` is outside the range of `{id}`",
)
#: Senses that are there because a language says more in them than English does, or less.
SENSES = (
    *("missed", "missed-where-another-was-kept"),
    *("in-the-same-item", "in-the-same-article", "of-the-same-article"),
    *("of-one-of-several", "outcome", "labelled", "option", "fact", "first", "yes-or-no"),
)


def places(template: str) -> set[str]:
    """The places of a template, each with how its number is written."""
    return {f"{name}:{form}" for _, name, form, _ in Formatter().parse(template) if name}


def english(text: str) -> list[str]:
    """The English words of a text: not what stands in backticks or braces, and no option."""
    names = r"`[^`]*`|\{\w[^{}]*\}|--[a-z]+|ipcity [a-z]+|sha256|\b[a-z]+(?:-[a-z]+)+\b"
    return re.findall(r"[A-Za-z]{2,}", re.sub(names, "", text))


def names(text: str) -> list[str]:
    """The words of a text, of which some may be names in the files of a user."""
    return re.findall(r"[A-Za-z]{2,}", text)


def catalogue(language: str) -> Catalog:
    """What translators wrote."""
    with (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


OTHERS = [one for one in languages() if one != SOURCE]


@pytest.mark.whole
@pytest.mark.parametrize("language", OTHERS)
def test_what_is_said_is_said_in_every_language(language: str) -> None:
    missing = []
    for template in said():
        try:
            if template.several:
                translated_number(language, template.text, template.several, 2)
            else:
                translated(language, template.text, template.context)
        except UntranslatedError:
            missing.append(template)
    assert missing == []


@pytest.mark.whole
@pytest.mark.parametrize("language", OTHERS)
def test_what_is_translated_is_said_fills_the_same_places_and_holds_no_english(
    language: str,
) -> None:
    known = {one.text for one in said()} | {one.several for one in said()}
    wrong = []
    for entry in catalogue(language):
        ids = entry.id if isinstance(entry.id, (list, tuple)) else (entry.id,)
        strings = entry.string if isinstance(entry.string, (list, tuple)) else (entry.string,)
        quoted = {
            word for id in ids for part in re.findall("`[^`]*`", id) for word in names(part)
        }
        quoted |= {"yes", "no", "unknown"}  # what a sheet says is the same in every language
        for text in map(str, strings if entry.id else ()):
            alike = places(text) == places(ids[-1]) or ids[-1] in OTHERWISE
            alike = alike or entry.context in SENSES
            leaked = {*english(text)} - {*PROPER, *quoted}
            if not (text and {*ids} <= known and alike and not leaked):
                wrong.append((ids, text))
    assert wrong == []


def texts(entries: Iterable[Entry]) -> set[tuple[object, ...]]:
    """Entries, to be compared."""

    def plain(text: object) -> object:
        return tuple(text) if isinstance(text, (list, tuple)) else text

    return {(one.context, plain(one.id), plain(one.string)) for one in entries}


def test_what_is_compiled_is_what_translators_wrote() -> None:
    for language in languages()[1:]:
        with (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
            compiled = [one for one in read_mo(file) if one.id]
        assert texts(compiled) == texts(one for one in catalogue(language) if one.id)


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_the_page_of_a_code_begins_with_its_rule(code: Code) -> None:
    page = (ROOT / f"tests/conformance/diagnostics/{code.id}.md").read_text("utf-8")
    assert code_page(code, page).says.zh.startswith(translated("zh", code.rule))


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
        r"^用法：ipcity[a-z ]*|^  (?:-h, )?--[a-z]+|^  [a-z]+  |\[[a-z|]+\]|默认：[a-z]+"
        r"|^  ipcity .*$",  # an example
        re.M,
    )
    assert leaking(terms.sub("", page.out)) == []
    assert ipcity("--lang=zh", *names, "-h").out == page.out
    assert ipcity(*names, "-h", "--lang", "zh").out == page.out
    monkeypatch.setenv("IPCITY_LANG", "zh_CN.UTF-8")
    assert ipcity(*names, "-h").out == page.out
    assert ipcity(*names, "-h", "--lang", "en").out != page.out


#: Ways to use the commands that are wrong.
MISUSES = (
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
)


@pytest.mark.parametrize("args", MISUSES, ids=" ".join)
def test_wrong_usage_is_told_in_chinese(ipcity: Ipcity, args: tuple[str, ...]) -> None:
    ran = ipcity(*args, "--lang", "zh")
    assert ran.status == 2
    said = re.sub(r"^用法：ipcity[a-z ]*|'[^']*'|\[[a-z|]+\]", "", ran.err, flags=re.M)
    assert "错误：" in said
    assert leaking(said) == []


@pytest.mark.whole
def test_english_does_not_read_the_catalogue(ipcity: Ipcity) -> None:
    read = text_catalogue._catalogue
    read.cache_clear()
    sheet = str(ROOT / "policies/ip-cities/cities/yiwu.yaml")
    assert ipcity("check", "nowhere").status == 1
    assert ipcity("validate", sheet).status == 0
    assert read.cache_info().currsize == 0
    assert ipcity("check", "nowhere", "--lang", "zh").status == 1
    assert read.cache_info().currsize == 1


def test_neither_the_locale_nor_language_decides(
    ipcity: Ipcity, monkeypatch: pytest.MonkeyPatch
) -> None:
    english, chinese = ipcity("check", "nowhere"), ipcity("check", "nowhere", "--lang", "zh")
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "zh_CN.UTF-8")
    assert ipcity("check", "nowhere") == english
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "en_GB.UTF-8")
    assert ipcity("check", "nowhere", "--lang", "zh") == chinese


def test_a_missing_translation_is_a_fault_and_never_english() -> None:
    with pytest.raises(UntranslatedError):
        translated("zh", "said by nobody")
    with pytest.raises(UntranslatedError):
        translated_number("zh", "1 of nobody", "{n} of nobody", 2)
    assert translated("zh", "{low}/{high}") == "{low}/{high}"


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and a third language, which is a file.

    It has every template in brackets: what stands outside of them is of a rule file, or a name.
    """
    home = tmp_path_factory.mktemp("third")
    package = home / "ipcity_policy"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "pages").symlink_to(ROOT / "tests/conformance/diagnostics")
    folder = package / "locale" / "eo" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    made = Catalog(locale="eo")
    for one in said():
        ids = (one.text, one.several) if one.several else one.text
        strings = tuple(f"⟦{text}⟧" for text in ids) if one.several else f"⟦{one.text}⟧"
        made.add(ids, strings, context=one.context or None)
    with (folder / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, made)
    return home


#: Runs commands, one a line, and prints of each its status and what it printed, as JSON.
RUNNING = """
import contextlib, io, json, sys
from ipcity_policy.cli.main import run
for args in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = run(args)
    print(json.dumps([status, out.getvalue()]))
"""


def in_third(home: Path, calls: Iterable[tuple[str, ...]]) -> list[tuple[int, str]]:
    """Run some commands in the third language: the status of each, and what it printed."""
    ran = subprocess.run(
        (sys.executable, "-c", RUNNING),
        input=json.dumps([[*args, "--lang", "eo"] for args in calls]),
        cwd=home,
        env={
            **os.environ,
            "PYTHONPATH": str(home),
            "IPCITY_POLICIES": str(ROOT / "policies"),
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [(status, out) for status, out in map(json.loads, ran.stdout.splitlines())]


def outside(said: str) -> str:
    """Return what stands outside of all brackets."""
    while (less := re.sub("⟦[^⟦⟧]*⟧", "", said)) != said:
        said = less
    assert not {*"⟦⟧"} & {*said}
    return said


@pytest.mark.whole
def test_a_third_language_is_a_file(third: Path) -> None:
    city = str(ROOT / "policies/ip-cities/cities/lianyungang.yaml")
    calls = (
        ("explain", "N101"),
        ("check", "nowhere"),
        ("validate", city),
        ("evaluate", city, "--decision", "acceptance"),
        ("timeline", city, "--on", "2018-01-01"),
        ("evaluate", city, "--format", "json", "--decision", "acceptance"),
    )
    for args, (status, out) in zip(calls, in_third(third, calls), strict=True):
        assert status in (0, 1)
        assert "json" in args or out.count("⟦") == out.count("⟧") > 0
        assert "fault of this program" not in out


@pytest.mark.whole
def test_help_and_wrong_usage_are_wholly_in_a_third_language(third: Path) -> None:
    pages = [(*names, "--help") for names in commands()]
    for status, out in in_third(third, pages):
        assert status == 0
        usage, *lines = outside(out).splitlines()
        assert re.fullmatch(r"ipcity[a-z ]*(\[?\]?\.*| )*", usage)
        for line in lines:
            # The name of an option or a command, what it takes, or an example.
            named = re.fullmatch(
                r" *((-h, )?--[a-z-]+ *(\[[a-z|]+\])?|[a-z]+|ipcity .*)? *(\[[; ]*\])?", line
            )
            assert named is not None, line
    for args, (status, out) in zip(MISUSES, in_third(third, MISUSES), strict=True):
        assert status == 2, (args, out)
        assert re.sub(r"ipcity[a-z ]*|'[^']*'", "", outside(out)).split() == []
