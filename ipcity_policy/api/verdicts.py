"""Verdicts: what the law gives for a sheet, with its reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipcity_policy.api.sheets import SheetLike, read_sheet
from ipcity_policy.engines.interpreter.explanation import Missing, Reason
from ipcity_policy.formats.html import as_html
from ipcity_policy.formats.json.verdict import verdict_json
from ipcity_policy.formats.markdown import as_markdown
from ipcity_policy.formats.text import as_text
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Basis
from ipcity_policy.questions.evaluation import Question, evaluate_sheet
from ipcity_policy.questions.verdict import DecisionVerdict, Supposed
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.verdict import verdict_report
from ipcity_policy.text.diagnostic import Result, has_errors


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one subject and one decision."""

    #: The verdict with all that it holds.
    whole: DecisionVerdict

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

    def blocks(self, lang: str = "en") -> Iterator[Block]:
        """Yield the verdict as a report, in `en` or `zh`."""
        return verdict_report(self.whole, lang)

    def as_text(self, lang: str = "en", *, width: int = 88, unfold: bool = False) -> str:
        """Return the verdict as a text of at most `width` cells a line, in `en` or `zh`."""
        return as_text(self.blocks(lang), width=width, unfold=unfold)

    def as_markdown(self, lang: str = "en", *, unfold: bool = False) -> str:
        """Return the verdict as Markdown, in `en` or `zh`."""
        return as_markdown(self.blocks(lang), unfold=unfold)

    def as_html(self, lang: str = "en") -> str:
        """Return the verdict as a page that needs nothing else, in `en` or `zh`."""
        return as_html([self.blocks(lang)], lang)


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
    `readings` map the name of a reading to its option, `parameters` that of a parameter to a
    value with its unit (`8 feet`). With `strict` what is only assumed stays unknown.
    `interpretations` are followed, by name or path, where `readings` do not say otherwise. What
    is wrong with the sheet, the rules or a name is a diagnostic; there is no value then.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> sheet = "tests/second_law/berths/boats/dot.yaml"
    >>> (verdict,) = evaluate(policies, sheet, decision="fee", version="2004").value
    >>> verdict.outcome, verdict.basis.value
    ('small-fee', 'inferred')
    >>> evaluate(policies, sheet, decision="fees").diagnostics[0].message_text
    'there is no decision `fees`'
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
