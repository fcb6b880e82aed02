"""Timelines: where a subject stands on a day, what is due, and how it came there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipcity_policy.api.sheets import SheetLike, read_sheet
from ipcity_policy.engines.lifecycle.position import Duty, RunningBar, StepTaken, TermOnDay
from ipcity_policy.formats.html import as_html
from ipcity_policy.formats.ics import as_ics
from ipcity_policy.formats.json.agenda import agenda_json
from ipcity_policy.formats.json.position import timeline_json
from ipcity_policy.formats.markdown import as_markdown
from ipcity_policy.formats.text import as_text
from ipcity_policy.lang.calendar import add
from ipcity_policy.law.library import Library
from ipcity_policy.questions.query import PositionQuestion, SubjectTimeline, timeline_of
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.agenda import agenda_report
from ipcity_policy.report.reports.calendar import to_come
from ipcity_policy.report.reports.timeline import timeline_report
from ipcity_policy.studies.agenda import Agenda, agenda_of
from ipcity_policy.text.diagnostic import Result, has_errors


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where the subject of a sheet stands on a day."""

    #: The timeline with all that it holds.
    whole: SubjectTimeline

    @property
    def state(self) -> str | None:
        """The state, or None where more than one is possible."""
        return self.whole.position.state

    @property
    def possible(self) -> tuple[str, ...]:
        """The states that are possible, also by events that are not stated."""
        return self.whole.position.possible

    @property
    def terms(self) -> tuple[TermOnDay, ...]:
        """The terms that began, each with its days and whether it runs."""
        return self.whole.position.terms

    @property
    def deadlines(self) -> tuple[Duty, ...]:
        """The duties with the days on which they are due, and their status."""
        return self.whole.position.duties

    @property
    def bars(self) -> tuple[RunningBar, ...]:
        """The bars on applications, each with its days."""
        return self.whole.position.bars

    @property
    def steps(self) -> tuple[StepTaken, ...]:
        """How the subject came where it stands."""
        return self.whole.position.steps

    @property
    def supposed(self) -> "Timeline | None":
        """Where it stands with the texts that are only assumed; None where it is the same."""
        beside = self.whole.as_supposed
        return None if beside is None else Timeline(beside)

    def as_json(self) -> dict[str, Any]:
        """Return the timeline in the form of `schemas/timeline.schema.json`."""
        return timeline_json(self.whole)

    def blocks(self, lang: str = "en") -> Iterator[Block]:
        """Yield the timeline as a report, in `en` or `zh`."""
        return timeline_report(self.whole, lang)

    def as_text(self, lang: str = "en", *, width: int = 88, unfold: bool = False) -> str:
        """Return the timeline as a text of at most `width` cells a line, in `en` or `zh`."""
        return as_text(self.blocks(lang), width=width, unfold=unfold)

    def as_markdown(self, lang: str = "en", *, unfold: bool = False) -> str:
        """Return the timeline as Markdown, in `en` or `zh`."""
        return as_markdown(self.blocks(lang), unfold=unfold)

    def as_html(self, lang: str = "en") -> str:
        """Return the timeline as a page that needs nothing else, in `en` or `zh`."""
        return as_html([self.blocks(lang)], lang)

    def as_ics(self, lang: str = "en") -> str:
        """Return what is due and what ends as an iCalendar file, in `en` or `zh`."""
        return calendar_of([self], self.whole.position.on, lang)


@dataclass(frozen=True, slots=True)
class DueSoon:
    """What is due within some days, and what is overdue."""

    #: The agenda with all that it holds.
    whole: Agenda

    def as_json(self) -> Any:
        """Return it for machines."""
        return agenda_json(self.whole)

    def blocks(self, lang: str = "en") -> Iterator[Block]:
        """Yield it as a report, in `en` or `zh`."""
        return agenda_report(self.whole, lang)


def timeline(
    policies: Library,
    sheet: SheetLike,
    *,
    on: date,
    version: str | None = None,
    readings: Mapping[str, str] | None = None,
    parameters: Mapping[str, str] | None = None,
    strict: bool = False,
    interpretations: Sequence[str] = (),
) -> Result[Timeline]:
    """Follow the events of a sheet to where its subject stands on a day.

    Each day falls under the version in force on it; `version` applies one to every day. The
    other arguments are those of `evaluate`. An event that cannot have happened where it is
    stated is an error beside the value.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> sheet = "tests/second_law/berths/boats/nellie.yaml"
    >>> timeline(policies, sheet, on=date(2005, 1, 1)).value.state
    'berthed'
    """
    read = read_sheet(policies, sheet)
    if read.value is None or has_errors(read.diagnostics):
        return Result(None, read.diagnostics)
    asked = PositionQuestion(
        on,
        version,
        tuple((readings or {}).items()),
        tuple((parameters or {}).items()),
        strict,
        tuple(interpretations),
    )
    found = timeline_of(policies, read.value, asked)
    told = None if found.value is None else Timeline(found.value)
    return Result(told, read.diagnostics + found.diagnostics)


def due_soon(timelines: Iterable[Timeline], *, on: date, days: int) -> DueSoon:
    """Return what is due within some days of the day asked about, and what is overdue.

    >>> due_soon([], on=date(2005, 1, 1), days=90).whole.items
    ()
    """
    return DueSoon(agenda_of([one.whole for one in timelines], on, days))


def calendar_of(
    timelines: Iterable[Timeline], on: date, lang: str = "en", *, days: int | None = None
) -> str:
    """Write what is due and what ends as an iCalendar file, all or within so many days.

    >>> calendar_of([], date(2005, 1, 1)).splitlines()[0]
    'BEGIN:VCALENDAR'
    """
    last = date.max if days is None else add(on, days, "days")
    entries = (entry for one in timelines for entry in to_come(one.whole, lang))
    return as_ics((entry for entry in entries if entry.day <= last), on, lang)
