"""Files and sentences spoilt at random, by a seed: each gives an answer or diagnostics.

What is done to a file are slips of the hand (`tests/slipping.py`) and what nobody types: bytes
that are no text, control signs, nesting, labels, numbers without end. What comes of it is said
in every form, and each form can be read again.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import get_args
from xml.etree import ElementTree

from ipcity_policy.api import Timeline, Verdict
from ipcity_policy.api.checking import look_at
from ipcity_policy.formats.json.diagnostics import diagnostics_json
from ipcity_policy.formats.sarif import diagnostics_sarif
from ipcity_policy.lang.parser import parse_sentence
from ipcity_policy.lang.syntax import Start
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from ipcity_policy.questions.validating import contradictions_in
from ipcity_policy.report.reports.diagnostics import diagnostics_text
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.text.diagnostic import Diagnostic, has_errors
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Scalar
from tests.slipping import SLIPS
from tests.support import ROOT, SECOND_LAW

LAW = SECOND_LAW / "berths"
SHEETS = sorted(
    one
    for folder in (LAW / "boats", ROOT / "policies/ip-cities/cities")
    for one in folder.glob("*.yaml")
)
#: What nobody types, or hardly.
STRANGE = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xc3", b"\x1b[31m", b"\r", b"\x85",
    b"\xe2\x80\xae", b"\xf0\x9f\x9a\xa2", b"&a ", b"*a ", b"!!python/object:x ", b"!!binary ",
    b"<<: ", b"? ", b"--- ", b"...\n", b"%YAML 9\n", b"[" * 60, b"{a: " * 60, b"9" * 60,
    b"1e999", b".inf", b"0x1F", b"1_000", b"12:30:45", b"~", b"null", b"-0",
    b"0001-01-01", b"9999-12-31",
    b"2001-02-30", b"'", b'"', b"|\n", b">\n", b"#", b"` ", b"@x ", b"unknown", b"never",
    b"{one of: []}", b"at least ", b"on or before ", b" to ",
)  # fmt: skip
#: What words of a sentence are drawn from.
WORDS = re.findall(
    r"\S+",
    """
    a is at least most and or not ( ) 60 points 得分 otherwise one of below above exactly
    between with both included only the first , % yes no met on before after by more than
    times plus minus divided rounded up down to -5 2001-05-17 3 months time from start end in
    years where unless any all ， ＝ 𝟙 " ' x-1
    """,
)


def spoilt(data: bytes, chance: Random) -> bytes:
    """Spoil the bytes of a file in one to four ways."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice((_slipped, _slipped, _strange, _cut, _moved))(data, chance)
    return data


def _slipped(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    made = chance.choice(list(SLIPS.values()))(text, chance)
    return (text if made is None else made).encode("utf-8", "surrogateescape")


def _strange(data: bytes, chance: Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(STRANGE) + data[at + chance.choice((0, 0, 1, 5)) :]


def _cut(data: bytes, chance: Random) -> bytes:
    low, high = sorted(chance.randint(0, len(data)) for _ in range(2))
    return data[:low] + data[min(high, low + 200) :]


def _moved(data: bytes, chance: Random) -> bytes:
    low = chance.randint(0, len(data))
    piece, at = data[low : low + chance.randint(1, 80)], chance.randint(0, len(data))
    return data[:at] + piece + data[at:]


def said(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Say diagnostics in every form."""
    for language in ("en", "zh"):
        text = diagnostics_text(diagnostics, language)
        assert not diagnostics or text
        # A terminal is not told to do anything by what a file holds.
        assert not set(text) & {"\x1b", "\u202e", "\x00"}
        json.loads(json.dumps(diagnostics_json(diagnostics, language), allow_nan=False))
        json.loads(json.dumps(diagnostics_sarif(diagnostics, language), allow_nan=False))
    for one in diagnostics:
        assert one.message_text
        assert one.help_text


def rule_file(seed: int) -> None:
    """Spoil a rule file of the small law, and check the law."""
    chance = Random(seed)
    files = [
        one for one in sorted(LAW.rglob("*.yaml")) if one.parent.name not in ("boats", "tests")
    ]
    path = chance.choice(files)
    held = {path: spoilt(path.read_bytes(), chance)}
    checked, seen = look_at(Library(SECOND_LAW, "made", held), (LAW,))
    assert checked or seen.diagnostics
    said(seen.diagnostics)


@cache
def _library() -> Mapping[Path, Library]:
    return {home: open_library(home) for home in (SECOND_LAW, ROOT / "policies")}


def sheet(seed: int) -> None:
    """Spoil a sheet, and validate, evaluate and follow it."""
    chance = Random(seed)
    path = chance.choice(SHEETS)
    library = _library()[SECOND_LAW if LAW in path.parents else ROOT / "policies"]
    data = spoilt(path.read_bytes(), chance)
    on = date(chance.randint(1995, 2030), chance.randint(1, 12), chance.randint(1, 28))
    document = read_bytes(path.name, data)
    said(document.diagnostics)
    if document.value is None:
        assert document.diagnostics
        return
    read = sheet_from(library, document.value)
    said(read.diagnostics)
    if read.value is None or has_errors(read.diagnostics):
        assert read.diagnostics
        return
    said(contradictions_in(library, read.value))
    answers = evaluate_sheet(library, read.value, Question(on=on, thorough=False))
    followed = timeline_of(library, read.value, PositionQuestion(on, try_readings=False))
    for found in (answers, followed):
        assert found.value is not None or found.diagnostics
        said(found.diagnostics)
    told: list[Verdict | Timeline] = [*map(Verdict, answers.value or ())]
    told += [Timeline(followed.value)] if followed.value is not None else []
    for one in told:
        json.loads(json.dumps(one.as_json(), allow_nan=False))
        for language in ("en", "zh"):
            ElementTree.fromstring(one.as_html(language).partition("\n")[2])


def sentence(seed: int) -> None:
    """Put words of the language in any order, and read them as every kind of sentence."""
    chance = Random(seed)
    text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(0, 14)))
    scalar = Scalar(text, Span(Source("s", text), 0, len(text)))
    for start in get_args(Start):
        found = parse_sentence(scalar, start)
        # A sign that only looks like another is read as it, and told.
        assert found.value is not None or found.diagnostics, text
        said(found.diagnostics)


FUZZ: Mapping[str, Callable[[int], None]] = {
    "rule files": rule_file,
    "sheets": sheet,
    "sentences": sentence,
}
