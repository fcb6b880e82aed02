"""The answer for one subject, with all that is needed to give it again. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from ipcity_policy.engines.interpreter.explanation import (
    AlternativeAnswer,
    Answer,
    Assumption,
    Reason,
    Testimony,
)
from ipcity_policy.engines.lifecycle.position import DerivedFact, RunningBar
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import (
    Basis,
    InForce,
    Localized,
    Outcome,
    Reading,
    Vocabulary,
)
from ipcity_policy.law.program import Gap, Program
from ipcity_policy.law.text_digest import RulesDigest
from ipcity_policy.questions.interpretations import Adoption
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.subject import FactPath

#: The sets of facts of which each settles a question, whatever they turn out.
SettlingSets: TypeAlias = tuple[tuple[FactPath, ...], ...]


@dataclass(frozen=True, slots=True)
class Dependence:
    """A reading that the verdict depends on: what was chosen and what the others give."""

    reading: Reading
    chosen: str
    #: By option, the chosen one left out.
    others: Mapping[str, AlternativeAnswer]
    #: Whether only what the outcome causes depends on it, and not the outcome.
    effects_only: bool = False
    #: By option, the verdict where another version would govern, or none would.
    elsewhere: Mapping[str, "DecisionVerdict"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Combination:
    """Readings that change the answer only when they are switched together."""

    options: Mapping[str, str]
    given: AlternativeAnswer


class ChosenBy(StrEnum):
    """How the version was chosen."""

    #: It was asked for.
    ASKED = "asked"
    #: It is in force on the day that governs.
    IN_FORCE = "in-force"
    #: It is the last one known to be in force, and its end is not known.
    IN_DOUBT = "in-doubt"
    #: Its first day is not known, and the day that governs may lie before it.
    START_IN_DOUBT = "beginning-in-doubt"
    #: The day that governs is known only as a span, of which it was in force in a part.
    PARTLY = "partly"
    #: Several may be in force on the day that governs: it is known only as a span, or it is
    #: not known when one of them gave way to another.
    SEVERAL = "several"
    #: None that is known was in force.
    NONE = "none"
    #: The one in force does not treat the decision.
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """The version that was applied, and why that one."""

    chosen_by: ChosenBy
    #: The versions that are meant: one, several, or none.
    versions: tuple[str, ...]
    #: The day that governs; None when the version was asked for.
    day: Dates | None
    #: The fact that gave the day; None where the day asked about stood in.
    fact: str | None
    #: None when the version was asked for.
    basis: Basis | None
    #: Where none governs: every version that is known, with its time in force.
    known: tuple[tuple[str, InForce], ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is not known of the law, and is assumed."""

    #: The version whose text it is, or of which it is not known whether it governs.
    program: Program
    #: The provision whose text is not available; None where it is the time in force.
    gap: Gap | None
    #: What is assumed of the time in force.
    doubt: Assumption | None = None


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is answered if the texts that are only assumed say what substitutes for them."""

    verdict: "DecisionVerdict"
    #: What is assumed.
    lacks: tuple[Lack, ...]

    @property
    def outcome(self) -> str | None:
        """The outcome, or None where none is decided even so."""
        return self.verdict.outcome

    @property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that are possible even so."""
        return self.verdict.possible

    @property
    def provisions(self) -> tuple[tuple[str, str], ...]:
        """The provisions that are assumed, each after its version."""
        return tuple(
            (one.program.id, one.gap.provision) for one in self.lacks if one.gap is not None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionVerdict:
    """The answer for one subject, with all that is needed to give it again."""

    choice: VersionChoice
    decision: str
    #: The question, as the version puts it; where none governs, as the newest one does.
    asks: Localized
    sheet: Sheet
    vocabulary: Vocabulary
    #: The day looked from; None where none was given.
    on: date | None
    answer: Answer
    #: The readings and parameters that were chosen instead of what is written.
    chosen: Mapping[str, str]
    parameters: Mapping[str, str]
    strict: bool
    assumptions: tuple[Assumption, ...]
    #: The version of this package.
    engine: str
    #: Where the rule files were found.
    policies: str
    #: The Program that was applied; None where no single version was.
    program: Program | None = None
    #: The digests of what was applied; None where no single version was.
    rules: RulesDigest | None = None
    #: The calendars of rest days that days of the history were counted by.
    calendars: tuple[str, ...] = ()
    #: What follows from the events, and the bars that may run on the day that governs.
    derived: Mapping[str, DerivedFact] = field(default_factory=dict)
    #: None where the sheet says nothing of what happened.
    bars: tuple[RunningBar, ...] | None = None
    #: The readings that touch the decision, by name, where they were looked for.
    touching: tuple[str, ...] = ()
    #: The interpretations that decide a reading that it may turn on.
    adoptions: tuple[Adoption, ...] = ()
    #: What the event that the question is about tells of the answer.
    testimony: Testimony | None = None
    #: The readings that the outcome, or what is possible, depends on.
    readings: tuple[Dependence, ...] = ()
    #: The readings that only what the outcome causes depends on.
    effect_readings: tuple[Dependence, ...] = ()
    #: The readings that only the version depends on: under another, the answer is the same.
    version_readings: tuple[Dependence, ...] = ()
    combinations: tuple[Combination, ...] = ()
    #: Whether every combination of readings was tried, or only pairs.
    all_combined: bool = True
    #: The options, as `reading=option`, that could not be tried with what was chosen.
    untried: tuple[str, ...] = ()
    settled_by: SettlingSets = ()
    #: Where several versions may govern, the verdict under each.
    alternatives: tuple["DecisionVerdict", ...] = ()
    #: What is answered with the texts that are only assumed; None where it is the same.
    supposed: Supposed | None = None

    @property
    def outcome(self) -> str | None:
        """The outcome, or None where none is decided."""
        return self.answer.outcome

    @property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that are possible under the readings chosen."""
        return self.answer.possible

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The explanation, one node an outcome."""
        return self.answer.reasons

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """The outcomes of the decision, under every version that was applied."""
        rows = {
            id: row
            for one in (*self.readings, *self.effect_readings, *self.version_readings)
            for verdict in one.elsewhere.values()
            for id, row in verdict.outcomes.items()
        }
        for alternative in self.alternatives:
            rows |= alternative.outcomes
        if self.program is not None:
            own = self.program.decisions[self.decision].outcomes
            rows |= {row.outcome: row for row in own}
        return rows

    @property
    def basis(self) -> Basis:
        """What the answer rests on, with the readings that it depends on."""
        return self.answer.basis
