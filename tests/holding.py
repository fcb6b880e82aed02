"""The law of holding written otherwise, and where a thing stands by it, for tests."""

from datetime import date

from ipcity_policy.api import read_sheet
from ipcity_policy.engines.lifecycle.follow import follow
from ipcity_policy.engines.lifecycle.position import Position
from ipcity_policy.law.program import Program
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic
from tests.leases import LEASES
from tests.properties.timelaws import programs_of
from tests.support import Made, Make

HEAD = {"sheet": "1", "measure": "small", "thing": {"name-en": "Box", "name-zh": "匣"}}
LIGHT = {"weight": "5 grams"}
ARTICLE = "1/article-02.yaml"

#: An event: its kind, its day and what is stated with it.
Stated = tuple[str, str] | tuple[str, str, dict[str, str]]


def laid(make: Make, *changes: tuple[str, str]) -> Made:
    """The law of holding with some of its text written otherwise, without the last reading."""
    text = LEASES[ARTICLE].partition("  whose-delay:")[0]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return make({**LEASES, ARTICLE: text})


def read(made: Made, *events: Stated, until: str) -> tuple[tuple[Program, ...], Sheet]:
    """The versions, and a sheet of a thing that tells all up to a day."""
    keys = ("event", "on", "facts")
    stated = [dict(zip(keys, event, strict=False)) for event in events]
    told = {**HEAD, "events-known-until": until, "events": stated}
    sheet = read_sheet(made.library, told)
    assert sheet.value is not None, [str(one.message_text) for one in sheet.diagnostics]
    return programs_of(made.library, "small"), sheet.value


def position(
    made: Made, *events: Stated, on: str, until: str, strict: bool = False
) -> tuple[Position, tuple[Diagnostic, ...]]:
    """Where a thing stands on a day, and what is wrong with its events."""
    programs, sheet = read(made, *events, until=until)
    found = follow(programs, sheet, date.fromisoformat(on), strict=strict)
    assert found.value is not None
    return found.value, found.diagnostics
