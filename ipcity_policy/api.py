"""The verbs for notebooks and services: open, evaluate, timeline, validate, compare, status.

Mistakes in rule files and sheets come back as diagnostics beside the value, as everywhere.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from ipcity_policy.engines.interpreter.explanation import Missing, Reason
from ipcity_policy.engines.lifecycle.position import Duty, RunningBar, StepTaken, TermOnDay
from ipcity_policy.formats.html import as_html
from ipcity_policy.formats.ics import as_ics
from ipcity_policy.formats.json.law_status import status_json
from ipcity_policy.formats.json.position import timeline_json
from ipcity_policy.formats.json.verdict import verdict_json
from ipcity_policy.formats.markdown import as_markdown
from ipcity_policy.formats.text import as_text
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.model import Basis
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.query import PositionQuestion, timeline_of
from ipcity_policy.questions.query import SubjectTimeline as _Timeline
from ipcity_policy.questions.validating import contradictions_in
from ipcity_policy.questions.verdict import DecisionVerdict as _Verdict
from ipcity_policy.questions.verdict import Supposed
from ipcity_policy.report.reports.calendar import to_come
from ipcity_policy.report.reports.status import status_report
from ipcity_policy.report.reports.timeline import timeline_report
from ipcity_policy.report.reports.verdict import verdict_report
from ipcity_policy.sheet.reader import open_sheet, sheet_from
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.studies.comparison.comparison import Comparison, compare_versions
from ipcity_policy.studies.status import StatusPart
from ipcity_policy.studies.status import VersionStatus as _LawStatus
from ipcity_policy.studies.status import law_status as _law_status
from ipcity_policy.text.diagnostic import Diagnostic, Result, diagnose, did_you_mean, has_errors
from ipcity_policy.text.message import say
from ipcity_policy.text.source import Source, Span

#: A sheet: the path of a file, or its content as nested dictionaries of texts.
SheetLike: TypeAlias = str | Path | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one subject and one decision."""

    #: The verdict with all that it holds.
    whole: _Verdict

    @property
    def outcome(self) -> str | None:
        """The outcome, or None where none is decided."""
        return self.whole.outcome

    @property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that are not excluded."""
        return self.whole.possible

    @property
    def basis(self) -> Basis:
        """What the answer rests on."""
        return self.whole.basis

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The explanation, one tree an outcome."""
        return self.whole.reasons

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What could change the answer if it were known."""
        return self.whole.answer.missing

    @property
    def supposed(self) -> Supposed | None:
        """What is answered with the texts that are only assumed; None where it is the same."""
        return self.whole.supposed

    def as_json(self) -> dict[str, Any]:
        """Return the verdict in the form of `schemas/verdict.schema.json`."""
        return verdict_json(self.whole)

    def as_text(self, lang: str = "en", *, width: int = 88, unfold: bool = False) -> str:
        """Return the verdict as a text of at most `width` cells a line, in `en` or `zh`."""
        return as_text(verdict_report(self.whole, lang), width=width, unfold=unfold)

    def as_markdown(self, lang: str = "en", *, unfold: bool = False) -> str:
        """Return the verdict as Markdown, in `en` or `zh`."""
        return as_markdown(verdict_report(self.whole, lang), unfold=unfold)

    def as_html(self, lang: str = "en") -> str:
        """Return the verdict as a page that needs nothing else, in `en` or `zh`."""
        return as_html([verdict_report(self.whole, lang)], lang)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where the subject of a sheet stands on a day."""

    #: The timeline with all that it holds.
    whole: _Timeline

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
        """The duties with the days on which they are due, and what became of them."""
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

    def as_text(self, lang: str = "en", *, width: int = 88, unfold: bool = False) -> str:
        """Return the timeline as a text of at most `width` cells a line, in `en` or `zh`."""
        return as_text(timeline_report(self.whole, lang), width=width, unfold=unfold)

    def as_markdown(self, lang: str = "en", *, unfold: bool = False) -> str:
        """Return the timeline as Markdown, in `en` or `zh`."""
        return as_markdown(timeline_report(self.whole, lang), unfold=unfold)

    def as_html(self, lang: str = "en") -> str:
        """Return the timeline as a page that needs nothing else, in `en` or `zh`."""
        return as_html([timeline_report(self.whole, lang)], lang)

    def as_ics(self, lang: str = "en") -> str:
        """Return what is due and what ends as an iCalendar file, in `en` or `zh`."""
        return as_ics(to_come(self.whole, lang), self.whole.position.on, lang)


@dataclass(frozen=True, slots=True)
class LawStatus:
    """What of a version's text is known, and what hangs on a text that is not."""

    #: The status with all that it holds.
    whole: _LawStatus

    @property
    def version(self) -> str:
        """The version, as `measure/version`."""
        return self.whole.program.id

    @property
    def provisions(self) -> Mapping[Basis, tuple[str, ...]]:
        """The provisions by what they rest on."""
        return self.whole.parts[StatusPart.PROVISIONS]

    @property
    def hanging(self) -> Mapping[str, tuple[str, ...]]:
        """Of each decision, what it rests on that is not known to be the law."""
        return self.whole.hanging

    def as_json(self) -> dict[str, Any]:
        """Return the status in the form of `schemas/status.schema.json`."""
        return status_json([self.whole])[0]

    def as_text(self, lang: str = "en", *, width: int = 88, unfold: bool = False) -> str:
        """Return it as a text of at most `width` cells a line, in `en` or `zh`."""
        return as_text(status_report([self.whole], lang), width=width, unfold=unfold)


def open_policies(folder: str | Path | None = None) -> Library:
    """Open a folder of policies; without one, those that come with this package."""
    return open_library(Path(folder) if folder is not None else None)


def read_sheet(policies: Library, sheet: SheetLike) -> Result[Sheet]:
    """Read a sheet from a file or a mapping."""
    if not isinstance(sheet, Mapping):
        return open_sheet(policies, Path(sheet))
    text = json.dumps(sheet, ensure_ascii=False, default=str)
    document = read_bytes("the mapping", text.encode())
    if document.value is None:
        return Result(None, document.diagnostics)
    read = sheet_from(policies, document.value)
    return Result(read.value, document.diagnostics + read.diagnostics)


def evaluate(
    policies: Library,
    sheet: SheetLike,
    *,
    decision: str | None = None,
    on: date | None = None,
    version: str | None = None,
    readings: Mapping[str, str] | None = None,
    parameters: Mapping[str, str] | None = None,
    strict: bool = False,
    interpretations: Sequence[str] = (),
) -> Result[tuple[Verdict, ...]]:
    """Evaluate a sheet: one verdict for `decision`, or one for each the version has.

    `on` is the day looked from; `version` overrides the version that the day chooses.
    `interpretations` are followed, by name or path, where `readings` do not say otherwise.
    """
    read = read_sheet(policies, sheet)
    if read.value is None or has_errors(read.diagnostics):
        return Result(None, read.diagnostics)
    question = Question(
        decision,
        on,
        version,
        tuple((readings or {}).items()),
        tuple((parameters or {}).items()),
        strict,
        tuple(interpretations),
    )
    found = evaluate_sheet(policies, read.value, question)
    verdicts = None if found.value is None else tuple(Verdict(one) for one in found.value)
    return Result(verdicts, read.diagnostics + found.diagnostics)


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

    Each day falls under the version in force on it; `version` applies one to every day. An
    event that cannot have happened where it is stated is an error beside the value.
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


def law_status(policies: Library, version: str) -> Result[LawStatus]:
    """Tell what of a version or draft is attested, inferred, assumed and unavailable."""
    ref = policies.find(version)
    if ref is None:
        return Result(None, (_no_version(policies, version),))
    found = policies.program(ref)
    told = None if found.value is None else LawStatus(_law_status(found.value))
    return Result(told, found.diagnostics)


def validate(policies: Library, sheet: SheetLike) -> tuple[Diagnostic, ...]:
    """Return every fault of a sheet; none where it can be used."""
    read = read_sheet(policies, sheet)
    wrong = contradictions_in(policies, read.value) if read.value is not None else ()
    return read.diagnostics + wrong


def compare(
    policies: Library,
    before: str,
    after: str,
    sheets: Sequence[SheetLike],
    *,
    decision: str | None = None,
    on: date | None = None,
    readings: Mapping[str, str] | None = None,
    interpretations: Sequence[str] = (),
) -> Result[Comparison]:
    """Compare what two versions or drafts answer on some sheets."""
    diagnostics: list[Diagnostic] = []
    refs = []
    for name in (before, after):
        ref = policies.find(name)
        if ref is None:
            diagnostics.append(_no_version(policies, name))
        else:
            refs.append(ref)
    read: list[Sheet] = []
    for sheet in sheets:
        result = read_sheet(policies, sheet)
        diagnostics += result.diagnostics
        if result.value is not None and not has_errors(result.diagnostics):
            read.append(result.value)
    if len(refs) < 2:
        return Result(None, tuple(diagnostics))
    found = compare_versions(
        policies,
        refs[0],
        refs[1],
        read,
        decision=decision,
        on=on,
        readings=tuple((readings or {}).items()),
        interpretations=tuple(interpretations),
    )
    return Result(found.value, (*diagnostics, *found.diagnostics))


def _no_version(policies: Library, name: str) -> Diagnostic:
    place = Span(Source("the version", name), 0, len(name))
    near = did_you_mean(name, policies.names())
    return diagnose("M101", say("there is no version `{text}`", text=name), place, help=near)
