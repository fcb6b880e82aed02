"""What some 3,000 command lines print, kept in files, and where another state differs.

    python -m bench.outputs record before
    python -m bench.outputs compare before

Every command, format and language over all sheets that are shipped, every page, and rule files
and sheets that are spoilt. HTML and SVG are held against each other as canonical XML.
With `--phrases FILE` a difference that the file explains is none: a line a phrase, what stood
before, a tab, what stands there now (`tests/rewording.py`). Words are compared then, wherever
lines break, and of HTML its text; what was spoilt is left out, for its files were reworded too.

    python -m bench.outputs chinese

looks for English words and bare ids in what is printed in Chinese over every shipped city.
"""

import argparse
import contextlib
import hashlib
import io
import json
import os
import random
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import cycle
from pathlib import Path

import ipcity_policy.api.policies  # noqa: F401 (so that what it opens is opened once)
from ipcity_policy.cli import main as commands
from ipcity_policy.cli import surface
from tests.rewording import Phrases, read_phrases
from tests.support import opened
from tests.surfaces.test_chinese_output import CITIES, WIDE, over, wrong

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "zh")
FORMATS = ("text", "json", "markdown", "html")
PAGE = ("--format", "html")
#: How many rule files, and how many sheets, are spoilt.
SPOILT = 150


@dataclass(frozen=True, slots=True)
class Line:
    """A command line; with a seed, one over files that are spoilt by it."""

    args: tuple[str, ...]
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command line gave."""

    args: tuple[str, ...]
    status: int
    out: str
    err: str


def lines() -> Iterator[Line]:
    """Return all command lines, in an order that does not change."""
    yield from (Line(args) for args in _over_cities())
    yield from (Line(args) for args in _over_the_law())
    yield from (Line(args) for args in _pages())
    yield from (Line(args) for args in _misused())
    for seed in range(SPOILT):
        language = LANGUAGES[seed % 2]
        form = ("text", "json", "sarif")[seed % 3]
        yield Line(("check", "berths", "--lang", language, "--format", form), seed)
        yield Line(("validate", "sheet.yaml", "--lang", language), seed)


def _cities() -> list[str]:
    return sorted(
        path.relative_to(ROOT).as_posix() for path in ROOT.glob("policies/*/cities/*.yaml")
    )


def _over_cities() -> Iterator[tuple[str, ...]]:
    forms = cycle(((), ("--format", "markdown"), PAGE, ("--format", "json")))
    speech = cycle(LANGUAGES)
    days = cycle(("2016-12-31", "2018-06-30", "2020-01-01", "2021-11-15", "2026-11-30"))
    more = cycle(
        (
            ("--strict",),
            ("--reading", "top-share-rounding=round-up"),
            ("--set", "acceptance-floor=65 points"),
            ("--version", "ip-cities/2014"),
            ("--decision", "acceptance"),
            ("--on", "2017-12-31"),
        )
    )
    for city in _cities():
        for language in LANGUAGES:
            lang = ("--lang", language)
            yield ("evaluate", city, *lang)
            yield ("evaluate", city, *lang, "--format", "json")
            yield ("evaluate", city, *lang, "--all", *next(forms))
            yield ("timeline", city, *lang, "--on", next(days))
            yield ("validate", city, *lang)
        yield ("evaluate", city, "--lang", next(speech), *next(more), *next(forms))
        yield ("evaluate", city, "--lang", next(speech), *PAGE)
        yield ("timeline", city, "--on", next(days), "--all", "--lang", next(speech))
        yield ("timeline", city, "--on", next(days), *PAGE, "--lang", next(speech))
        yield ("timeline", city, "--on", next(days), "--format", "json")
        yield ("timeline", city, "--on", next(days), "--format", "ics", "--lang", next(speech))
        yield ("timeline", city, "--on", next(days), "--strict", *next(forms))
        yield ("validate", city, "--lang", next(speech), *next(forms))
        sides = ("--before", "ip-cities/2014", "--after", "ip-cities/2016")
        if "/strong-cities/" in city:
            sides = ("--before", "strong-cities/2022", "--after", "strong-cities/2025")
        yield ("compare", *sides, city, "--lang", next(speech), *next(forms))
        if "/ip-cities/" in city:
            sides = ("--before", "ip-cities/2016", "--after", "county-level-again")
            yield ("compare", *sides, city, "--lang", next(speech), *next(forms))


def _over_the_law() -> Iterator[tuple[str, ...]]:
    library = opened(ROOT / "policies")
    versions = [ref.id for home in library.measures() for ref in library.versions(home)]
    named = [*versions, "county-level-again"]
    for language in LANGUAGES:
        lang = ("--lang", language)
        for form in FORMATS:
            told = (*lang, "--format", form)
            yield ("list", *told)
            yield ("list", "--provisions", *told)
            yield ("list", "--readings", *told)
            yield ("law", "status", *told)
            yield ("law", "status", "--all", *told)
            yield ("check", *told)
            yield ("test", "tests/second_law", "--policies", "tests/second_law", *told)
            yield ("test", "policies/strong-cities", "--coverage", *told)
            sides = ("--before", "ip-cities/2014", "--after", "ip-cities/2016")
            yield ("compare", *sides, "policies/ip-cities/cities", *told)
            sides = ("--before", "ip-cities/2016", "--after", "county-level-again")
            yield ("compare", *sides, "policies/ip-cities/cities", *told)
            for version in named:
                yield ("law", "status", version, *told)
                yield ("list", version, *told)
        yield ("check", *lang, "--format", "sarif")
        yield ("test", "policies/ip-cities/2016/tests", *lang, "--format", "junit")
        yield ("fmt", "--check", "policies", "tests/second_law", *lang)
        yield (
            "timeline",
            "policies/ip-cities/cities",
            "--on",
            "2020-06-01",
            "--due",
            "90",
            *lang,
        )
        for version in versions:
            yield ("sheet", "schema", version, *lang)
            yield ("sheet", "new", "--version", version, *lang)
            yield ("sheet", "new", "--version", version, "--format", "json", *lang)
            yield ("draft", "new", "--amends", version, *lang)
            for decision in _decisions(version):
                chosen = ("--version", version, "--decision", decision)
                yield ("sheet", "new", *chosen, *lang)
                yield ("sheet", "schema", version, "--decision", decision, *lang)
    forms = cycle(FORMATS)
    for version in named:
        for provision in _provisions(version):
            for language in LANGUAGES:
                args = ("show", provision, version, "--lang", language)
                yield args
                yield (*args, "--all", "--format", next(forms))


@cache
def _decisions(version: str) -> tuple[str, ...]:
    library = opened(ROOT / "policies")
    [ref] = library.named(version)
    program = library.program(ref).value
    assert program is not None
    return tuple(program.decisions)


@cache
def _provisions(version: str) -> tuple[str, ...]:
    library = opened(ROOT / "policies")
    [ref] = library.named(version)
    program = library.program(ref).value
    assert program is not None
    return tuple(dict.fromkeys("-".join(one.split("-")[:2]) for one in program.provisions))


def _pages() -> Iterator[tuple[str, ...]]:
    forms = cycle(FORMATS)
    codes = _codes()
    for code in codes:
        for language in LANGUAGES:
            yield ("explain", code, "--lang", language)
        yield ("explain", code, "--lang", "zh", "--format", next(forms))
    for language in LANGUAGES:
        yield ("explain", "--lang", language)
        for command in commands.COMMANDS:
            yield (command, "--help", "--lang", language)
        for pair in (
            ("sheet", "new"),
            ("sheet", "schema"),
            ("draft", "new"),
            ("law", "status"),
        ):
            yield (*pair, "--help", "--lang", language)
        yield ("--help", "--lang", language)


def _codes() -> list[str]:
    pages = (ROOT / "tests" / "conformance" / "diagnostics").glob("*.md")
    return sorted(
        {found[0] for page in pages if (found := re.match("[A-Z][0-9]{3}", page.name))}
    )


def _misused() -> Iterator[tuple[str, ...]]:
    city = "policies/ip-cities/cities/lianyungang.yaml"
    wrong: tuple[tuple[str, ...], ...] = (
        (),
        ("evaluat", city),
        ("evaluate",),
        ("evaluate", "none.yaml"),
        ("evaluate", city, "--on", "yesterday"),
        ("evaluate", city, "--version", "2015"),
        ("evaluate", city, "--version", "2025"),
        ("evaluate", city, "--reading", "x"),
        ("evaluate", city, "--reading", "x=y"),
        ("evaluate", city, "--reading", "a=b", "--reading", "a=c"),
        ("evaluate", city, "--set", "acceptance-floor=65"),
        ("evaluate", city, "--set", "acceptance-flor=65 points"),
        ("evaluate", city, "--decision", "acceptanc"),
        ("evaluate", city, "--interpretation", "none"),
        ("evaluate", city, "--format", "docx"),
        ("evaluate", city, "--lang", "fr"),
        ("evaluate", city, "--nothing"),
        ("timeline", city),
        ("timeline", city, "--on", "2020-02-30"),
        ("timeline", city, "--on", "2020-02-20", "--due", "x"),
        ("compare", city),
        ("compare", "--before", "2014", "--after", "2017", city),
        ("show",),
        ("show", "art-99"),
        ("show", "art-11"),
        ("show", "art-11", "2099"),
        ("check", "nowhere"),
        ("check", "tests"),
        ("fmt", "nowhere"),
        ("validate", "-", "-"),
        ("sheet",),
        ("sheet", "new", "--version", "2099"),
        ("sheet", "new", "--decision", "none"),
        ("draft", "new"),
        ("draft", "new", "--amends", "2099"),
        ("test", "nowhere"),
        ("explain", "Z999"),
        ("explain", "n101"),
        ("law",),
        ("law", "status", "2099"),
        ("list", "2099"),
    )
    for args in wrong:
        for language in LANGUAGES:
            yield (*args, "--lang", language) if args else ("--lang", language)


def printed(line: Line) -> Printed:
    """Run a command line, and keep all that it printed."""
    for name in [name for name in sys.modules if name.startswith("ipcity_policy.")]:
        if hasattr(sys.modules[name], "open_library") and (".cli" in name or ".api" in name):
            sys.modules[name].open_library = opened  # type: ignore[attr-defined]
    with contextlib.ExitStack() as stack:
        where = ROOT
        if line.seed is not None:
            # Named by the seed, so that paths are the same each time.
            where = Path(tempfile.gettempdir()) / f"ipcity-outputs-{os.getpid()}"
            shutil.rmtree(where, ignore_errors=True)
            where.mkdir()
            stack.callback(shutil.rmtree, where)
            _spoil(where, line.seed)
        os.chdir(where)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            given = [*line.args]
            if line.seed is not None:
                given += ["--policies", "."]
            status = commands.run(given)
    texts = (one.replace(str(where), "HERE") for one in (out.getvalue(), err.getvalue()))
    return Printed(line.args, status, *texts)


def _spoil(where: Path, seed: int) -> None:
    """Put a law and a sheet of it into a folder, both changed by a seed."""
    chance = random.Random(seed)
    home = where / "berths"
    shutil.copytree(ROOT / "tests" / "second_law" / "berths", home)
    sheets = sorted(
        path for path in home.rglob("*.yaml") if "\nsheet: 1" in "\n" + path.read_text("utf-8")
    )
    rules = sorted(set(home.rglob("*.yaml")) - set(sheets))
    sheet = chance.choice(sheets) if sheets else None
    text = sheet.read_text("utf-8") if sheet is not None else "sheet: 1\nmeasure: berths\n"
    (where / "sheet.yaml").write_text(_spoilt(text, chance), "utf-8")
    rule = chance.choice(rules)
    rule.write_text(_spoilt(rule.read_text("utf-8"), chance), "utf-8")


def _spoilt(text: str, chance: random.Random) -> str:
    rows = text.splitlines()
    for _ in range(chance.choice((1, 1, 2, 3))):
        number = chance.randrange(len(rows))
        row = rows[number]
        match chance.randrange(7):
            case 0:
                del rows[number]
            case 1:
                rows.insert(number, row)
            case 2 if row:
                at = chance.randrange(len(row))
                rows[number] = row[:at] + row[at + 1 :]
            case 3 if row:
                at = chance.randrange(len(row))
                rows[number] = row[:at] + chance.choice("：“x9,{[]}&*-\t　") + row[at:]
            case 4:
                rows[number] = row[1:] if row.startswith(" ") else f"  {row}"
            case 5:
                words = row.split(" ")
                chance.shuffle(words)
                rows[number] = " ".join(words)
            case _:
                digits = re.sub("[0-9]", lambda found: chance.choice("0123456789x"), row)
                rows[number] = digits
        rows = rows or [""]
    return "\n".join(rows) + "\n"


def _record(numbered: tuple[int, Line], folder: Path) -> None:
    number, line = numbered
    made = printed(line)
    kept = json.dumps([made.args, made.status, made.out, made.err], ensure_ascii=False)
    (folder / f"{number:05}.json").write_text(kept, "utf-8")


@cache
def _recorded(folder: Path) -> dict[tuple[str, ...], list[tuple[int, str, str]]]:
    """Return what was recorded of each command line, over each spoilt folder in turn."""
    found: dict[tuple[str, ...], list[tuple[int, str, str]]] = {}
    for path in sorted(folder.glob("*.json")):
        args, status, out, err = json.loads(path.read_text("utf-8"))
        found.setdefault(tuple(args), []).append((status, out, err))
    return found


def _among_alike(lines: Iterable[Line]) -> Iterator[tuple[int, Line]]:
    """Number lines among those of the same words."""
    seen = Counter[tuple[str, ...]]()
    for line in lines:
        yield seen[line.args], line
        seen[line.args] += 1


def _differs(
    numbered: tuple[int, Line],
    folder: Path,
    phrases: Phrases | None,
    *,
    digests: bool,
) -> str:
    nth, line = numbered
    kept = _recorded(folder).get(line.args, [])
    if nth >= len(kept):
        return "was not recorded"
    status, out, err = kept[nth]
    made = printed(line)
    differing = []
    for name, before, after in (
        ("status", str(status), str(made.status)),
        ("output", out, made.out),
        ("errors", err, made.err),
    ):
        if not digests:
            before, after = _without_digests(before), _without_digests(after)
        if phrases is not None:
            wrong = next(phrases.unexplained(before, after), "")
            differing += [f"{name}: {wrong}"] if wrong else []
        elif _canonical(before) != _canonical(after):
            differing.append(f"{name}: {_first(before, after)}")
    return "; ".join(differing)


def _without_digests(text: str) -> str:
    """Return what was printed without digests, and without the lines that hold one."""
    try:
        return json.dumps(_plain(json.loads(text)), ensure_ascii=False)
    except ValueError:
        rows = re.sub(
            r"<tr>(?:(?!</tr>).)*[0-9a-f]{16}(?:(?!</tr>).)*</tr>", "", text, flags=re.S
        )
        return "\n".join(
            row.rstrip()
            for row in rows.splitlines()
            if not re.search("[0-9a-f]{16}|sha256", row)
        )


def _plain(value: object) -> object:
    match value:
        case dict():
            return {key: _plain(one) for key, one in value.items() if "digest" not in key}
        case list():
            return [_plain(one) for one in value]
    return value


def _canonical(text: str) -> str:
    """Return HTML and SVG as canonical XML, spaces and all; anything else as it is."""
    if not text.lstrip().startswith(("<!", "<html", "<svg")):
        return text
    try:
        return ET.canonicalize(re.sub("^<!DOCTYPE[^>]*>", "", text.lstrip()))
    except ET.ParseError:
        return text


def _first(before: str, after: str) -> str:
    """Return the first line in which two texts differ."""
    olds, news = before.splitlines(), after.splitlines()
    for old, new in zip(olds, news, strict=False):
        if old != new:
            at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
            at = max(0, at - 40)
            return f"{old[at : at + 160]!r} is now {new[at : at + 160]!r}"
    return f"{len(olds)} lines are now {len(news)}"


def _worker(job: tuple[str, tuple[int, Line], Path, Phrases | None, bool]) -> str:
    verb, numbered, folder, phrases, digests = job
    if verb == "record":
        _record(numbered, folder)
        return ""
    told = _differs(numbered, folder, phrases, digests=digests)
    return f"{' '.join(numbered[1].args)}\n      {told}\n" if told else ""


def _not_chinese(args: tuple[str, ...]) -> str:
    """Return the lines of what a command prints in Chinese that are not as they should be."""
    made = printed(Line((*args, "--lang", "zh")))
    return "".join(f"{' '.join(args)}: {line}\n" for line in wrong(made.out + made.err))


def _chinese(jobs: int) -> int:
    """Look through all that is printed in Chinese, of which no line is broken."""
    asked = [tuple(args) for city in CITIES for args in over(city)]
    wide = partial(setattr, surface, "WIDTH", WIDE)
    with ProcessPoolExecutor(jobs, initializer=wide) as pool:
        told = list(filter(None, pool.map(_not_chinese, asked, chunksize=4)))
    sys.stdout.write("".join(told))
    sys.stdout.write(f"{len(asked):,} command lines, {len(told):,} are not in Chinese\n")
    return 1 if told else 0


def main() -> int:
    """Record, compare, or look for what is not Chinese; 1 where something differs or is not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("verb", choices=("record", "compare", "chinese"))
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/outputs"))
    parser.add_argument("--phrases", type=Path)
    parser.add_argument("--no-digests", action="store_true", help="leave digests out")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--every", type=int, default=1, help="only each so many")
    asked = parser.parse_args()
    if asked.verb == "chinese":
        return _chinese(asked.jobs)
    folder = asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    phrases = read_phrases(asked.phrases) if asked.phrases is not None else None
    os.environ.pop("IPCITY_POLICIES", None)
    os.environ.pop("IPCITY_LANG", None)
    numbered = enumerate(lines()) if asked.verb == "record" else _among_alike(lines())
    left = (one for one in numbered if phrases is None or one[1].seed is None)
    every = list(left)[:: asked.every]
    digests = not asked.no_digests
    jobs = [(asked.verb, one, folder, phrases, digests) for one in every]
    differing = 0
    with ProcessPoolExecutor(asked.jobs) as pool:
        for told in pool.map(_worker, jobs, chunksize=8):
            differing += bool(told)
            sys.stdout.write(told)
            sys.stdout.flush()
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.json")):
        digest.update(path.read_bytes())
    sys.stdout.write(f"{len(every):,} command lines, {differing:,} differ\n")
    if asked.verb == "record":
        sys.stdout.write(f"recorded: {digest.hexdigest()[:16]}\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
