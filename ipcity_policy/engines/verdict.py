"""The answer for one subject, and the tree that explains it. Data only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ipcity_policy.engines.adopting import Adoption
from ipcity_policy.engines.standing import Ban, Derivation
from ipcity_policy.lang import core
from ipcity_policy.lang.values import Dates, Truth, Value
from ipcity_policy.measure.events import Event
from ipcity_policy.measure.model import (
    Basis,
    InForce,
    Origin,
    Reading,
    Row,
    Vocabulary,
    Words,
    is_item,
)
from ipcity_policy.measure.program import Gap, Program
from ipcity_policy.measure.sheet import Sheet


class Status(StrEnum):
    """What became of a condition."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"
    #: It is not asked here, and counts neither for nor against.
    NOT_APPLICABLE = "not-applicable"


def truth_status(truth: Truth) -> Status:
    """Return the status of a condition that is asked."""
    return Status.UNKNOWN if truth is None else Status.MET if truth else Status.NOT_MET


class Fault(StrEnum):
    """Why a decision whose facts are all known has no outcome: the law's fault."""

    GAP = "gap"
    OVERLAP = "overlap"


class Kind(StrEnum):
    """What a reason is about."""

    OUTCOME = "outcome"
    RULE = "rule"
    CONDITION = "condition"
    #: A year of a series.
    YEAR = "year"
    #: How something was reckoned.
    QUANTITY = "quantity"
    #: What an event tells of an outcome.
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a value is from its limit, positive on the side that is met.

    In the limit's unit, for dates in days; two ends where the value is a range, None where
    an end is open.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A node of the explanation: something that was asked, and what became of it."""

    kind: Kind
    #: The outcome, rule, quantity or year; None for a condition within one.
    id: str | None = None
    #: What was asked; None for `otherwise` and for a quantity.
    asked: core.Condition | None
    status: Status
    basis: Basis
    #: Where it stands in the law.
    origin: Origin
    #: What was found of each fact and parameter it asks about; empty above the leaves.
    values: Mapping[str, Value | tuple[str, ...]] = field(default_factory=dict)
    margin: Margin | None = None
    #: What it may turn out to be, where its status alone does not tell: what is unknown may
    #: be met or not met, and if it combines others, perhaps not asked.
    may_be: frozenset[Status] = frozenset()
    #: Whether it is one of the branches that give the result.
    decisive: bool = False
    because: tuple["Reason", ...] = ()

    @property
    def open(self) -> frozenset[Status]:
        """What it may turn out to be once more is known."""
        return self.may_be or _OPEN[self.status]


_OPEN = {status: frozenset({status}) for status in Status}
_OPEN[Status.UNKNOWN] = frozenset({Status.MET, Status.NOT_MET})


@dataclass(frozen=True, slots=True)
class Testimony:
    """What an event tells of a question: it was answered by one of some outcomes."""

    #: The events that the question is about: one, or several of which it may be any.
    events: tuple[Event, ...]
    #: The outcomes that they leave, each with where the law lets the event follow from it.
    origins: Mapping[str, Origin]
    basis: Basis
    #: Whether something that the question rests on may be stated of a later time.
    later: bool

    @property
    def outcomes(self) -> frozenset[str]:
        """The outcomes that are left."""
        return frozenset(self.origins)


class AssumptionKind(StrEnum):
    """What was taken for granted."""

    #: The day asked about stood in for a date that governs and is not stated.
    DAY_STANDS_IN = "day-stands-in"
    #: No day was given, so nothing of the sheet was left out as later.
    NO_DAY = "no-day"
    #: The date that governs lies after the day asked about.
    LATER = "later"
    #: A fact was left out because it was stated after the day asked about.
    NOT_SEEN = "not-seen"
    #: It is not known whether the version was still in force.
    END_IN_DOUBT = "end-in-doubt"
    #: It is not known whether the version was in force already.
    START_IN_DOUBT = "start-in-doubt"
    #: The day that governs lies in the part of its span in which the version was in force.
    WITHIN = "within"
    #: A text is not available, and another version's stands in for it.
    CARRIED_OVER = "carried-over"


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that was taken for granted, and what it is about."""

    kind: AssumptionKind
    #: The fact or version it is about; empty where it is about none.
    about: str
    day: Dates | None = None


class MissingKind(StrEnum):
    """What kind of thing is missing."""

    FACT = "fact"
    #: A judgement that an office makes.
    FINDING = "finding"
    #: Something that follows from what happened, which the sheet does not tell.
    EVENT = "event"
    #: A text of the law that is not available; nobody can be asked for it.
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that could change the answer if it were known."""

    kind: MissingKind
    #: The fact, with the part of it that is missing if not all of it is: `place.of`; the
    #: version whose time in force is not known.
    name: str
    #: What is assumed of that time in force.
    assumed: Assumption | None = None


@dataclass(frozen=True, slots=True)
class Consequence:
    """An effect that the outcome would have on this subject."""

    effect: core.Effect
    #: Where it stands in the law, and how firmly.
    origin: Origin
    #: For a bar, the day it is reckoned from and its last day; None otherwise.
    since: Dates | None
    until: Dates | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one engine makes of one Program, one sheet and one decision."""

    outcome: str | None
    #: The outcomes that are not excluded, in the order of the rule file.
    possible: tuple[str, ...]
    fault: Fault | None
    basis: Basis
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    effects: tuple[Consequence, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An outcome, and the possible ones, that some other choice would give."""

    outcome: str | None
    possible: tuple[str, ...]
    #: What the outcome would cause; empty where none is decided.
    effects: tuple[Consequence, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependence:
    """A reading that the verdict depends on: what was chosen and what the others give."""

    reading: Reading
    chosen: str
    #: By option, the chosen one left out.
    others: Mapping[str, Given]
    #: Whether only what the outcome causes depends on it, and not the outcome.
    effects_only: bool = False
    #: By option, the verdict where another version would govern, or none would.
    elsewhere: Mapping[str, "Verdict"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Combination:
    """Readings that change the answer only when they are switched together."""

    options: Mapping[str, str]
    given: Given


class How(StrEnum):
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

    how: How
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
    """What is answered if the texts that are only assumed say what stands in for them."""

    verdict: "Verdict"
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
class Verdict:
    """The answer for one subject, with all that is needed to give it again."""

    choice: VersionChoice
    decision: str
    #: The question, as the version puts it; where none governs, as the newest one does.
    asks: Words
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
    #: SHA-256 of the rule files; None where no single version was applied.
    rules_digest: str | None = None
    #: The calendars of rest days that days of the history were counted by.
    calendars: tuple[str, ...] = ()
    #: What follows from the events, and the bars that may run on the day that governs.
    derived: Mapping[str, Derivation] = field(default_factory=dict)
    #: None where the sheet says nothing of what happened.
    bans: tuple[Ban, ...] | None = None
    #: The readings that touch the decision, by name, where they were looked for.
    touching: tuple[str, ...] = ()
    #: The interpretations that decide a reading that it may turn on.
    adoptions: tuple[Adoption, ...] = ()
    #: What the event that the question is about tells of the answer.
    told: Testimony | None = None
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
    settled_by: tuple[tuple[str, ...], ...] = ()
    #: Where several versions may govern, the verdict under each.
    alternatives: tuple["Verdict", ...] = ()
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
    def rows(self) -> Mapping[str, Row]:
        """The outcomes of the decision, under every version that was applied."""
        rows = {
            id: row
            for one in (*self.readings, *self.effect_readings, *self.version_readings)
            for verdict in one.elsewhere.values()
            for id, row in verdict.rows.items()
        }
        for alternative in self.alternatives:
            rows |= alternative.rows
        if self.program is not None:
            own = self.program.decisions[self.decision].rows
            rows |= {row.outcome: row for row in own}
        return rows

    @property
    def basis(self) -> Basis:
        """What the answer rests on, with the readings that it depends on."""
        return self.answer.basis


def is_told_once(reason: Reason) -> bool:
    """Tell whether a reason that stands in several places is explained in the first only."""
    return reason.kind is Kind.RULE or (reason.kind is Kind.QUANTITY and bool(reason.because))


def decided_by(reasons: tuple[Reason, ...]) -> tuple[Origin, ...]:
    """Return where the branches that give the result stand in the law, in order.

    An outcome for all other cases is left out where an item of its provision is named.
    """
    found: dict[tuple[str | None, str], Origin] = {}
    firm: set[tuple[str | None, str]] = set()
    for reason in decisive(reasons):
        if reason.kind is not Kind.CONDITION and not _rests_on_rules(reason):
            place = (reason.origin.carried_from, reason.origin.provision)
            found.setdefault(place, reason.origin)
            if reason.kind is not Kind.OUTCOME or reason.asked is not None:
                firm.add(place)
    return tuple(
        origin
        for place, origin in found.items()
        if place in firm or not any(_is_item(other, place) for other in found)
    )


def _is_item(place: tuple[str | None, str], other: tuple[str | None, str]) -> bool:
    return place[0] == other[0] and is_item(place[1], other[1])


def facts_behind(reasons: tuple[Reason, ...]) -> frozenset[str]:
    """Return the facts, and other values, that the branches that give the result ask about."""
    return frozenset(
        name.partition(".")[0] for reason in decisive(reasons) for name in reason.values
    )


def decisive(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    """Yield the reasons that give the result, each once, in order."""
    seen: set[int] = set()  # a rule that several others rest on is one object
    todo = list(reversed(reasons))
    while todo:
        reason = todo.pop()
        if reason.decisive and id(reason) not in seen:
            seen.add(id(reason))
            yield reason
            todo += reversed(reason.because)


def _rests_on_rules(reason: Reason) -> bool:
    """Tell whether rules stand below a reason, through its own conditions."""
    todo = list(reason.because)
    while todo:
        child = todo.pop()
        if child.kind is Kind.RULE:
            return True
        if child.kind is Kind.CONDITION:  # below a quantity or a year no rule stands
            todo += child.because
    return False
