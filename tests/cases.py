"""Markdown pages as tests: what a page states, and what comes of it.

`tests/conformance/README.md` says what headings, fences and tables mean. Here a page becomes
sections, and a section becomes files in a folder, commands that are run, and rows.
"""

import ast
import io
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipcity_policy.cli.main import run
from ipcity_policy.text.codes import CODES, Severity
from ipcity_policy.text.page import Fence, Prose, Title, read_page
from tests.support import ROOT

PAGES = ROOT / "tests" / "conformance"
#: What stands in for what pages leave out: the page beside them, then the topmost.
MEASURE = "measure.md"
#: What an example leaves out, and what it says in one language only, is no fault of it
#: unless the section is about that.
PARTIAL = {"L101", *(code.id for code in CODES.values() if code.severity is Severity.HINT)}
#: What stands behind the name of a file that may only be read.
LOCKED = " (read-only)"
_NAME = re.compile(r"[a-z][a-z0-9-]*|`[^`]+`")
_EXPECTED = re.compile(r"# (error|warning|hint): \[([A-Z0-9, ]+)\]")
_REPORTED = re.compile(
    r"^(\S.*?):(\d+):\d+: (error|warning|hint) ([A-Z]\d{3}) (.*)", re.MULTILINE
)
_GAP = re.compile(r"(notyet|never): (\w+): (.+)")
#: How the mend of a diagnostic begins.
_MEND = "\n  help: "


@dataclass(frozen=True)
class File:
    """A file that a page states."""

    page: Path
    #: The line of the page on which it begins.
    line: int
    text: str
    data: bytes


@dataclass(frozen=True)
class Row:
    """A row of a table: what a sheet states, and what is expected."""

    line: int
    cells: Mapping[str, str]


@dataclass
class Section:
    """What stands under a heading, with the files of the headings above it."""

    page: Path
    names: tuple[str, ...]
    files: dict[str, File]
    #: The files that it states itself.
    own: set[str] = field(default_factory=set)
    consoles: list[Fence] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    #: Why an engine does not answer the rows, by its name.
    gaps: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " / ".join((os.path.relpath(self.page, PAGES), *self.names))


def shown(page: Path) -> str:
    """Name a page as one finds it."""
    return os.path.relpath(page, ROOT)


def sections(page: Path) -> list[Section]:
    """Read a page."""
    return list(_sections(page, page.read_text("utf-8"), 0, ()))


def _sections(page: Path, text: str, above: int, names: tuple[str, ...]) -> Iterator[Section]:
    """Yield the sections of a text that begins below line `above` of a page."""
    open_ = [(0, Section(page, names, {}))]
    for part in read_page(text):
        section = open_[-1][1]
        where = f"{shown(page)}:{above + part.line}"
        assert len(open_) > 1 or isinstance(part, Title), f"{where}: no heading stands above"
        match part:
            case Title(level, title):
                while open_[-1][0] >= level:
                    open_.pop()
                upper = open_[-1][1]
                section = Section(page, (*upper.names, title), dict(upper.files))
                open_.append((level, section))
                yield section
            case Fence("console"):
                section.consoles.append(replace(part, line=above + part.line))
            case Fence("markdown", _, body, line):
                yield from _sections(page, body, above + line - 1, section.names)
            case Fence(language, name, body, line) if name:
                data = _bytes(body) if language == "bytes" else body.encode()
                assert name not in section.own, f"{where}: `{name}` stands here a second time"
                section.files[name] = File(page, above + line, body, data)
                section.own.add(name)
            case Fence(language):
                assert language == "text", f"{where}: this fence names no file"
            case Prose(lines):
                section.rows += _rows(part, above)
                for gap in filter(None, map(_GAP.fullmatch, lines)):
                    section.gaps[gap[2]] = f"{gap[1]}: {gap[3]}"


def _bytes(body: str) -> bytes:
    """Read bytes written with the escapes of Python; a backslash at the end joins lines."""
    found = ast.literal_eval(f'b"""{body}"""')
    assert isinstance(found, bytes)
    return found


def _rows(prose: Prose, above: int) -> Iterator[Row]:
    """Yield the rows of a table whose header holds only names."""
    header, *rows = prose.rows or ((),)
    if header and all(map(_NAME.fullmatch, header)):
        for number, row in enumerate(rows, start=prose.line + above + 2):
            assert len(row) == len(header), f"line {number}: a row of {len(row)} cells"
            cells = zip(header, row, strict=True)
            yield Row(number, {name.strip("`"): cell.strip("`") for name, cell in cells})


def whole(section: Section) -> dict[str, File]:
    """Return the files of a section, with those that stand in for what its page leaves out."""
    files = section.files
    for home in (section.page.parent, PAGES):
        if (home / MEASURE).is_file():
            above = sections(home / MEASURE)[0].files
            if "facts.yaml" in files:  # of rules on other facts only the head is of use
                above = {name: file for name, file in above.items() if name == "1/measure.yaml"}
            files = {**above, **files}
    return files


def lay_out(section: Section, folder: Path) -> Path:
    """Write the files of a section into a folder, and return the measure's home in it."""
    files = whole(section)
    named = re.search(r"^measure: *([\w-]+)", files["facts.yaml"].text, re.MULTILINE)
    home = folder / (named[1] if named else "measure")
    for name, file in files.items():
        path = home / name.removesuffix(LOCKED)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        if name.endswith(LOCKED):
            path.chmod(0o444)
    return home


def printed(command: str) -> tuple[int, str]:
    """Run a command of a page, and return its exit status and all that it printed."""
    name, *args = shlex.split(command)
    if name == "cat":
        return 0, "".join(Path(arg).read_text("utf-8") for arg in args)
    assert name == "ipcity", command
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        status = run(args)
    assert status in (0, 1, 2), err.getvalue()
    return status, out.getvalue() + err.getvalue()


def replayed(console: str) -> str:
    """Return a `console` fence with what its commands print now."""
    commands = re.findall(r"^\$ (.*)$", console, flags=re.MULTILINE)
    return "".join(f"$ {command}\n{printed(command)[1]}" for command in commands)


@dataclass(frozen=True, order=True)
class Finding:
    """A code at a line, expected or reported."""

    file: str
    line: int
    severity: str
    code: str
    message: str = field(default="", compare=False)


def expected(section: Section) -> set[Finding]:
    """Return the codes that the lines of a section's files carry."""
    return {
        Finding(name, number, found[1], code)
        for name, file in section.files.items()
        for number, line in enumerate(file.text.splitlines(), start=1)
        for found in _EXPECTED.finditer(line)
        for code in found[2].split(", ")
    }


def reported(section: Section) -> set[Finding]:
    """Check the files of a section that are laid out here, and return what is said of them."""
    sheets = [name for name in section.files if name.startswith("sheet")]
    tests = [name for name in section.files if name.startswith("tests/")]
    found: set[Finding] = set()
    for command in (
        "ipcity check",
        shlex.join(["ipcity", "validate", *sheets]) if sheets else "",
        "ipcity test ." if tests else "",
    ):
        status, said = printed(command) if command else (0, "")
        told = {
            Finding(os.path.relpath(file), int(line), severity, code, message)
            for file, line, severity, code, message in _REPORTED.findall(said)
        }
        bare = [one for one in said.split("\n\n") if _REPORTED.search(one) and _MEND not in one]
        assert not bare, f"{command}: no mend is given\n{bare}"
        errors = any(one.severity == "error" for one in told)
        assert status == int(errors), f"{command}: exit status {status}\n{said}"
        found |= told
    return found


def differences(section: Section) -> list[str]:
    """Check the files of a section, and tell what is not as its lines expect."""
    wanted, found = expected(section), reported(section)
    asked = {one.code for one in wanted} | set(re.findall(r"[A-Z]\d{3}", str(section)))
    found = {one for one in found if one.code in asked or one.code not in PARTIAL}
    told = [f"{_place(section, one)}: missing {one.code}" for one in sorted(wanted - found)]
    return told + [
        f"{_place(section, one)}: unexpected {one.severity} {one.code} {one.message}"
        for one in sorted(found - wanted)
    ]


def _place(section: Section, found: Finding) -> str:
    """Return the line of a page that a finding is about."""
    file = whole(section).get(found.file)
    if file is None:
        return f"{found.file}:{found.line}"
    return f"{shown(file.page)}:{file.line + found.line - 1}"


def triggers(section: Section) -> set[str]:
    """Return the codes that a section shows: at its lines, or in what commands print."""
    told = {
        code for one in section.consoles for _, _, _, code, _ in _REPORTED.findall(one.body)
    }
    return told | {one.code for one in expected(section)}
