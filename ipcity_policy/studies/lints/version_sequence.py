"""What can be said of the versions of a measure beside one another: gaps, overlaps, repeals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipcity_policy.law.assembly import HEADER_FILE
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import TIME, InForce
from ipcity_policy.law.reader import Version, child, text_of
from ipcity_policy.law.ref import Ref
from ipcity_policy.text.diagnostic import Diagnostic, Related, diagnose
from ipcity_policy.text.message import Message, say
from ipcity_policy.text.source import Span
from ipcity_policy.yaml.document import Node


@dataclass(frozen=True, slots=True)
class _Dated:
    """A version with its time in force and its header."""

    version: Version
    time: InForce
    header: Node

    @property
    def id(self) -> str:
        """The version's name."""
        return self.version.id

    def place(self, key: str) -> Span:
        """Return where a day of its time in force is written."""
        return (child(child(self.header, TIME), key) or self.header).span

    @property
    def legible(self) -> bool:
        """Whether the end that was written is a day, so that it can be calculated with."""
        named = self.time.until or self.time.doubtful_from
        return named is not None or text_of(child(self.header, TIME), "until") == "open"

    def outlasts(self, other: "_Dated") -> bool:
        """Tell whether it ends later than another, or not at all."""
        mine, its = self.time.until, other.time.until
        return mine is None or (its is not None and mine > its)

    def gives_way_to(self, later: "_Dated") -> bool:
        """Tell whether it ends when another begins, be that day known or not."""
        return self.time.ends == later.time.begins

    @property
    def begins(self) -> str:
        """Its first day as it is written."""
        return text_of(child(self.header, TIME), "from") or ""

    def lasts_beyond(self, later: "_Dated") -> bool:
        """Tell whether it is still in force on the day on which another begins."""
        return self.time.until is None or self.time.until > later.time.since


def lint_times(library: Library, measure: Path) -> Iterator[Diagnostic]:
    """Report days on which two versions of a measure govern, or none between two that do."""
    refs = library.versions(measure)
    dated = [one for ref in refs if (one := _dated(library, ref)) is not None and one.legible]
    dated.sort(key=lambda one: one.time.since)
    for one in dated:
        yield from _repeal(library, one, measure)
    yield from _overlaps(dated)
    if len(dated) == len(refs):  # else the gap may be filled by the one that cannot be read
        yield from _gaps(dated)


def _dated(library: Library, ref: Ref) -> _Dated | None:
    """Return a version with its time in force; None where that is not known."""
    version = library.version(ref).value
    header = library.document(ref.path / HEADER_FILE).value
    if version is None or header is None or version.in_force is None:
        return None
    return _Dated(version, version.in_force, header)


def _pairs(dated: Sequence[_Dated]) -> Iterator[tuple[_Dated, _Dated]]:
    """Yield each version with the one that lasts longest of those that begin before it."""
    longest: _Dated | None = None
    for later in dated:
        if longest is not None:
            yield longest, later
        if longest is None or later.outlasts(longest):
            longest = later


def _overlaps(dated: Sequence[_Dated]) -> Iterator[Diagnostic]:
    for earlier, later in _pairs(dated):
        if not earlier.lasts_beyond(later) or earlier.gives_way_to(later):
            continue
        day = later.time.since
        message = say(
            "`{earlier}` is still in force on {day}, when `{later}` begins",
            earlier=earlier.id,
            day=day,
            later=later.id,
        )
        if earlier.time.doubtful_from is not None:
            message = say(
                "`{earlier}` may still be in force on {day}, when `{later}` begins",
                earlier=earlier.id,
                day=day,
                later=later.id,
            )
        help = say("write `until: {day}` in `{id}`", day=later.begins, id=earlier.id)
        if earlier.time.since == day:
            help = say("let one of them begin on another day")
        yield diagnose(
            "M113",
            message,
            earlier.place("until"),
            help=help,
            related=(Related(later.place("from"), say("the later one begins here")),),
        )


def _gaps(dated: Sequence[_Dated]) -> Iterator[Diagnostic]:
    for earlier, later in _pairs(dated):
        end, day = earlier.time.until, later.time.since
        if end is None or end >= day or later.version.repeals == earlier.id:
            continue  # INVARIANT: a repeal that does not fit is reported as one
        yield diagnose(
            "M121",
            say("from {end} until {day} no version is in force", end=end, day=day),
            earlier.place("until"),
            help=_meeting(earlier.id, end, later),
            related=(Related(later.place("from"), say("the next one begins here")),),
        )


def _meeting(earlier: str, end: date, later: _Dated) -> Message:
    """Say how a version and the one behind it are made to meet."""
    return say(
        "write `until: {day}` in `{id}`, or `from: {end}` in `{later}`",
        day=later.begins,
        id=earlier,
        end=end,
        later=later.id,
    )


def _repeal(library: Library, own: _Dated, measure: Path) -> Iterator[Diagnostic]:
    """Report a version that repeals one that does not end when it begins."""
    named, place = own.version.repeals, child(own.header, "repeals")
    ref = library.find(named) if named is not None else None
    if ref is None or place is None:
        return  # nothing is repealed, or what does not exist
    if ref.is_draft:
        message = say("`{id}` is a draft, which is never in force", id=ref.id)
        yield diagnose(
            "M122", message, place.span, help=say("name a version, or delete this line")
        )
        return
    if ref.id == own.id:
        help = say("name the version that it replaces, or delete this line")
        yield diagnose("M122", say("`{id}` repeals itself", id=own.id), place.span, help=help)
        return
    other = _dated(library, ref)
    if other is None or not other.legible:
        return
    end, day = other.time.until, own.time.since
    ends = (Related(other.place("until"), say("the end of what is repealed is written here")),)
    if other.time.since >= day:
        begins = (Related(other.place("from"), say("what is repealed begins here")),)
        message = say(
            "`{id}` begins on {since}, not before `{repealing}` repeals it",
            id=ref.id,
            since=other.time.since,
            repealing=own.id,
        )
        help = say("name the version that was in force until then")
        yield diagnose("M122", message, place.span, help=help, related=begins)
    elif other.lasts_beyond(own) and ref.measure == measure:
        return  # INVARIANT: the overlap is reported, if it is one
    elif not other.gives_way_to(own):
        message = say(
            "`{id}` has no end, and `{repealing}` repeals it from {day} on",
            id=ref.id,
            repealing=own.id,
            day=day,
        )
        help = say("write `until: {day}` in `{id}`", day=own.begins, id=ref.id)
        if end is not None:
            message = say(
                "`{id}` ends on {end}, and `{repealing}` repeals it from {day} on",
                id=ref.id,
                end=end,
                repealing=own.id,
                day=day,
            )
            help = _meeting(ref.id, end, own)
        yield diagnose("M122", message, place.span, help=help, related=ends)
