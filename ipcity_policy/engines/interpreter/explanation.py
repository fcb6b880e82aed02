"""What one engine answers, and the tree of reasons that explains it. Data only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ipcity_policy.lang import core
from ipcity_policy.lang.values import Dates, Truth, Value
from ipcity_policy.law.model import (
    Basis,
    Origin,
    is_item,
)
from ipcity_policy.sheet.events import Event
from ipcity_policy.text.subject import FactPath


class Status(StrEnum):
    """The status of a condition."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"
    #: It is not asked here, and counts neither for nor against.
    NOT_APPLICABLE = "not-applicable"


def truth_status(truth: Truth) -> Status:
    """Return the status of a condition that is asked.

    >>> [truth_status(truth).value for truth in (True, False, None)]
    ['met', 'not-met', 'unknown']
    """
    return Status.UNKNOWN if truth is None else Status.MET if truth else Status.NOT_MET


class Fault(StrEnum):
    """Why a decision whose facts are all known has no outcome: the law's fault."""

    GAP = "gap"
    OVERLAP = "overlap"


class ReasonKind(StrEnum):
    """What a reason is about."""

    OUTCOME = "outcome"
    RULE = "rule"
    CONDITION = "condition"
    #: A year of a series.
    YEAR = "year"
    #: How something was calculated.
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
    """A node of the explanation: something that was asked, and its status."""

    kind: ReasonKind
    #: The outcome, rule, quantity or year; None for a condition within one.
    id: str | None = None
    #: What was asked; None for `otherwise` and for a quantity.
    asked: core.Condition | None
    status: Status
    basis: Basis
    #: Where it stands in the law.
    origin: Origin
    #: What was found of each fact and parameter it asks about; empty above the leaves. Of a
    #: year it is what its series has there.
    values: Mapping[str, Value | tuple[str, ...]] = field(default_factory=dict)
    margin: Margin | None = None
    #: What it may turn out to be, where its status alone does not tell: what is unknown may
    #: be met or not met, and if it combines others, perhaps not asked.
    may_be: frozenset[Status] = frozenset()
    #: Whether it is one of the branches that give the result.
    decisive: bool = False
    because: tuple["Reason", ...] = ()

    def found_of(self, name: str) -> FactPath:
        """Return what of a fact its value was found of: of a series, its year."""
        of_year = self.kind is ReasonKind.YEAR and self.id is not None
        return FactPath(name, str(self.id) if of_year else "")

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
    DAY_SUBSTITUTED = "day-stands-in"
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
    #: A text is not available, and another version's substitutes for it.
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
    #: The fact, or the component of it that is missing if not all of it is; of a text the
    #: provision, or the version whose time in force is not known.
    of: FactPath | str
    #: What is assumed of that time in force.
    assumed: Assumption | None = None

    @property
    def name(self) -> str:
        """What it is of, as it is written: `place.of`."""
        return self.of.text if isinstance(self.of, FactPath) else self.of


@dataclass(frozen=True, slots=True)
class Consequence:
    """An effect that the outcome would have on this subject."""

    effect: core.Effect
    #: Where it stands in the law, and how firmly.
    origin: Origin
    #: For a bar, the day it is calculated from and its last day; None otherwise.
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
class AlternativeAnswer:
    """An outcome, and the possible ones, that some other choice would give."""

    outcome: str | None
    possible: tuple[str, ...]
    #: What the outcome would cause; empty where none is decided.
    effects: tuple[Consequence, ...] = ()


def is_told_once(reason: Reason) -> bool:
    """Tell whether a reason that stands in several places is explained in the first only.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import law
    >>> sellable, _ = answer(law(), {}, "sale").reasons
    >>> (rule,) = sellable.because
    >>> [(one.kind.value, is_told_once(one)) for one in (sellable, rule)]
    [('outcome', False), ('rule', True)]
    """
    return reason.kind is ReasonKind.RULE or (
        reason.kind is ReasonKind.QUANTITY and bool(reason.because)
    )


def decided_by(reasons: tuple[Reason, ...]) -> tuple[Origin, ...]:
    """Return where the branches that give the result stand in the law, in order.

    An outcome for all other cases is left out where an item of its provision is named.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import grams, law
    >>> found = answer(law(), {"weight": grams(60)}, "sale")
    >>> [origin.provision for origin in decided_by(found.reasons)]
    ['art-1', 'art-3']
    """
    found: dict[tuple[str | None, str], Origin] = {}
    firm: set[tuple[str | None, str]] = set()
    for reason in decisive(reasons):
        if reason.kind is not ReasonKind.CONDITION and not _rests_on_rules(reason):
            stands = (reason.origin.carried_from, reason.origin.provision)
            found.setdefault(stands, reason.origin)
            if reason.kind is not ReasonKind.OUTCOME or reason.asked is not None:
                firm.add(stands)
    return tuple(
        origin
        for stands, origin in found.items()
        if stands in firm or not any(_is_item(other, stands) for other in found)
    )


def _is_item(one: tuple[str | None, str], other: tuple[str | None, str]) -> bool:
    return one[0] == other[0] and is_item(one[1], other[1])


def facts_behind(reasons: tuple[Reason, ...]) -> frozenset[str]:
    """Return the facts, and other values, that the branches that give the result ask about.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import grams, law
    >>> sorted(facts_behind(answer(law(), {"weight": grams(60)}, "sale").reasons))
    ['light', 'weight']
    """
    return frozenset(name for reason in decisive(reasons) for name in reason.values)


def decisive(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    """Yield the reasons that give the result, each once, in order.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import grams, law
    >>> found = answer(law(), {"weight": grams(60)}, "sale")  # too heavy, sealed or not
    >>> [(one.id, one.status.value) for one in decisive(found.reasons) if one.id is not None]
    [('sellable', 'not-met'), ('fit', 'not-met'), ('is-light', 'not-met'), ('kept', 'met')]
    """
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
        if child.kind is ReasonKind.RULE:
            return True
        if child.kind is ReasonKind.CONDITION:  # below a quantity or a year no rule stands
            todo += child.because
    return False
