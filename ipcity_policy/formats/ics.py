"""Entries of a calendar as an iCalendar file (RFC 5545): the same entries, the same bytes."""

from collections.abc import Iterable, Iterator
from datetime import date

from ipcity_policy.report.reports.calendar import CalendarEntry
from ipcity_policy.version import __version__

#: So many bytes a line holds at most, without its end.
_MOST = 75


def as_ics(entries: Iterable[CalendarEntry], on: date, language: str) -> str:
    """Write entries as a calendar; `on` stands where the clock would."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//ipcity-policy//ipcity {__version__}//{language.upper()}",
        "CALSCALE:GREGORIAN",
        *(line for entry in entries for line in _event(entry, on, language)),
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for whole in lines for line in _folded(whole))


def _event(entry: CalendarEntry, on: date, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_plain(entry.uid)}"
    yield f"DTSTAMP:{_day(on)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(entry.day)}"
    yield f"SUMMARY;LANGUAGE={language}:{_plain(entry.summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_plain(entry.description)}"
    yield f"CATEGORIES;LANGUAGE={language}:{_plain(entry.category)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _plain(text: str) -> str:
    """Return a text as a value: its line breaks, commas, semicolons and backslashes escaped."""
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    for mark in "\\;,":
        shown = shown.replace(mark, f"\\{mark}")
    return shown.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Break a line where it has too many bytes; no character is broken."""
    piece, size = "", 0
    for char in line:
        more = len(char.encode())
        if size + more > _MOST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + more
    yield piece
