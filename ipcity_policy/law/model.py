"""The nouns of a measure once it is read and checked."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import DataType, FactType
from ipcity_policy.lang.values import Dates, Value
from ipcity_policy.text.source import Span
from ipcity_policy.text.subject import EntryKey, EntryKind, EntryPath
from ipcity_policy.yaml.document import Node

#: The key of a header that holds the time in force, and how a path to it begins.
TIME = "in-force"


class Basis(StrEnum):
    """What a provision rests on, strongest first."""

    ATTESTED = "attested"
    INFERRED = "inferred"
    ASSUMED = "assumed"
    UNAVAILABLE = "unavailable"


class Confidence(StrEnum):
    """How sure the default of a reading is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_STRENGTH = tuple(Basis)


def weakest(bases: Iterable[Basis]) -> Basis:
    """Return the weakest of several; of none, attested."""
    return max(bases, key=_STRENGTH.index, default=Basis.ATTESTED)


def strongest(bases: Iterable[Basis]) -> Basis:
    """Return the strongest of several; of none, attested."""
    return min(bases, key=_STRENGTH.index, default=Basis.ATTESTED)


@dataclass(frozen=True, slots=True)
class Localized:
    """A text in English and in Chinese; where one was not written, it is the other's."""

    en: str
    zh: str

    def __getitem__(self, language: str) -> str:
        """Return the text in `en` or `zh`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that numbers of the measure are counted in."""

    label: Localized
    #: The label for exactly one of it.
    one: Localized


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a sheet may state of a subject."""

    id: str
    #: The type as the vocabulary names it.
    kind: str
    datatype: FactType
    label: Localized
    #: The question that an office answers by stating it.
    asks: Localized
    options: Mapping[str, Localized]
    #: Offices that may state it; empty means anyone.
    offices: tuple[str, ...]
    #: What its numbers are counted in; None where they are counted in nothing, or are none.
    unit: Unit | None
    #: Whether it stands in the subject's own block of a sheet.
    of_subject: bool
    #: The numbers beyond which a slip is likely; an end that is None is open.
    usual: tuple[Decimal | None, Decimal | None]
    #: The facts that it is a part or a property of: without any of them there is none of it.
    #: Also the events that it is of: what is stated of one says nothing of the next.
    of: tuple[str, ...]
    #: The fact that it cannot exceed; None where that is not said.
    at_most: str | None
    #: The events and dates of which some one comes no later than its own day.
    not_before: tuple[str, ...]
    span: Span = field(compare=False, repr=False)

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.FACT, self.id)


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of dated happening that a sheet may state of a subject."""

    id: str
    label: Localized
    #: The offices whose act it is; empty where that is not said.
    offices: tuple[str, ...]
    #: The application that it files; None where it files none.
    applies_for: str | None
    #: The events and dates of which some one comes no later than it.
    not_before: tuple[str, ...]
    #: The state that it names by its own words, whatever a text adds; None where it names none.
    names: str | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What all versions of a measure share: the words that its rules and sheets use."""

    measure: str
    title: Localized
    #: The key of the subject's block in a sheet.
    subject: str
    subject_label: Localized
    facts: Mapping[str, Fact]
    units: Mapping[str, Unit]
    offices: Mapping[str, Localized]
    cohorts: Mapping[str, Localized]
    applications: Mapping[str, Localized]
    events: Mapping[str, EventKind]
    #: The first and the last year that its dates lie in; an end that is None is open.
    years: tuple[int | None, int | None]
    #: Facts whose declaration is faulty; what is wrong was said there.
    broken: frozenset[str] = frozenset()
    #: What versions are called, by the ids of those that have a name for readers.
    versions: Mapping[str, Localized] = field(default_factory=dict)

    def version(self, id: str, language: str) -> str:
        """Name a version as readers know it; one without such a name by its id."""
        return self.versions[id][language] if id in self.versions else id


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Where a fact was read."""

    id: str
    title: Localized
    #: Where to find it; None where it has no public address.
    address: str | None
    #: How far it can be relied on.
    reliability: Localized | None


@dataclass(frozen=True, slots=True)
class Provision:
    """One normative statement of a version."""

    id: str
    #: Its heading; an item of an article has its article's.
    title: Localized
    #: What it asks, in our own words; None where only the heading is known.
    says: Localized | None
    basis: Basis
    note: Localized | None
    #: The end of its id that the law does not have: a letter or number that we gave it.
    ours: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry of a version stands in the law, and how firmly."""

    provision: str
    basis: Basis
    #: The end of the provision's id that the law does not have.
    ours: str = ""
    #: The version it was carried over from; None for a version's own text.
    carried_from: str | None = None
    #: The draft that wrote it; None for a version's own text.
    drafted_by: str | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """From which day to which day a version governs.

    It may govern from `since` on, and does from `surely_from` on; the two differ where its
    first day is not known, and the second is None where no day is known on which it does.
    `until` is the first day on which it no longer governs, None while it stands; a version
    whose end is not known governs, as far as is known, up to `doubtful_from`.
    """

    since: date
    surely_from: date | None
    until: date | None
    doubtful_from: date | None
    basis: Basis
    why: Localized | None
    #: The provisions that say so, by id.
    provisions: tuple[str, ...] = ()

    @property
    def begins(self) -> tuple[date, date | None]:
        """Its first day: at the earliest, and at the latest."""
        return self.since, self.surely_from

    @property
    def ends(self) -> tuple[date | None, date | None]:
        """The first day on which it no longer governs: at the earliest, and at the latest."""
        return self.doubtful_from or self.until, self.until


@dataclass(frozen=True, slots=True)
class TextSeen:
    """From which text a version was written: what "attested" means there."""

    #: The language in which the text was read.
    language: str
    #: Whether the wording in which the law was issued was seen: `whole`, `in-part` or `unseen`.
    original: str
    attested_by: Localized
    #: The language in which the law was issued, where what was read is a translation.
    translated_from: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the law sets, by name."""

    id: str
    datatype: DataType
    #: Its value; of a set, the options it holds in the order written.
    value: Value | tuple[str, ...]
    label: Localized
    origin: Origin

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.PARAMETER, self.id)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value that the law calculates out of others, by name."""

    id: str
    title: Localized
    expression: core.Expression
    datatype: DataType
    origin: Origin
    #: The indicator system that it is a total of; None where it stands for itself.
    system: str | None = None

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.QUANTITY, self.id)


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition of the law."""

    id: str
    title: Localized
    condition: core.Condition
    origin: Origin
    #: What its condition mentions.
    names: frozenset[EntryKey] = field(init=False, repr=False, compare=False)

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.RULE, self.id)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", core.names(self.condition))


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome of a decision and when it holds."""

    outcome: str
    says: Localized
    #: None for `otherwise`: it holds when no other row does.
    condition: core.Condition | None
    effects: tuple[core.Effect, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Decision:
    """A question and its outcomes, of which exactly one holds."""

    id: str
    asks: Localized
    #: Other decisions whose facts its sheet asks for; they have no part in its answer.
    asks_also: tuple[str, ...]
    #: The fact whose date says which version governs; None: the day asked about.
    governed_by: str | None
    #: The fact or quantity that its bands divide; None for a decision by conditions.
    by: str | None
    outcomes: tuple[Outcome, ...]
    origin: Origin

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.DECISION, self.id)

    @property
    def bars(self) -> bool:
        """Whether one of its outcomes would bar an application for some time."""
        return any(isinstance(one, core.Bar) for row in self.outcomes for one in row.effects)

    def names(self) -> frozenset[EntryKey]:
        """Return what it mentions."""
        found: set[EntryKey] = set()
        for row in self.outcomes:
            if row.condition is not None:
                found |= core.names(row.condition)
            for effect in row.effects:
                found |= core.caused(effect)
        if self.governed_by is not None:
            found.add(EntryKey(EntryKind.FACT, self.governed_by))
        return frozenset(found)


@dataclass(frozen=True)
class Patch:
    """What a draft or a reading's option changes: replaced, added and repealed."""

    change: Mapping[str, tuple[Node, Span]]
    add: Mapping[str, tuple[Node, Span]]
    repeal: Mapping[str, Span]

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return not (self.change or self.add or self.repeal)

    @property
    def says(self) -> frozenset[tuple[str, str, Node | None]]:
        """Return what it does, wherever and in whatever order that is written."""
        return frozenset(
            (
                *(("change", path, node) for path, (node, _) in self.change.items()),
                *(("add", path, node) for path, (node, _) in self.add.items()),
                *(("repeal", path, None) for path in self.repeal),
            )
        )

    @property
    def spans(self) -> Mapping[str, Span]:
        """Return where each path is written."""
        changed = {path: at for path, (_, at) in (*self.change.items(), *self.add.items())}
        return {**changed, **self.repeal}

    @property
    def nodes(self) -> tuple[Span, ...]:
        """Return where the new text is written."""
        return tuple(node.span for node, _ in (*self.change.values(), *self.add.values()))

    @property
    def targets(self) -> tuple[str, ...]:
        """Return every path that it names."""
        return (*self.change, *self.add, *self.repeal)

    @cached_property
    def places(self) -> tuple[EntryPath, ...]:
        """Return the places in entries that it names."""
        read = map(EntryPath.parse, self.targets)
        return tuple(place for place in read if place is not None)

    @property
    def entries(self) -> tuple[EntryKey, ...]:
        """Return the entries that it names, once each, in its order."""
        return tuple(dict.fromkeys(place.key for place in self.places))

    @property
    def moves_time(self) -> bool:
        """Whether it changes when the version is in force."""
        return any(path.split(".")[0] == TIME for path in self.targets)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read a doubtful place."""

    id: str
    says: Localized
    patch: Patch


@dataclass(frozen=True, slots=True)
class Reading:
    """A doubtful place of the text, and the ways to read it."""

    id: str
    asks: Localized
    why: Localized
    basis: Basis
    confidence: Confidence
    default: str
    options: Mapping[str, Option]
    origin: Origin

    @property
    def key(self) -> EntryKey:
        """Its kind and name."""
        return EntryKey(EntryKind.READING, self.id)

    def touches(self, entries: Set[EntryKey], kinds: Collection[EntryKind] = ()) -> bool:
        """Tell whether an option changes one of some entries, or any of some kinds."""
        changed = (key for one in self.options.values() for key in one.patch.entries)
        return any(key.kind in kinds or key in entries for key in changed)

    def stays_in(self, entries: Set[EntryKey]) -> bool:
        """Tell whether its options change nothing but some entries."""
        return not self.moves_time and all(
            key in entries for one in self.options.values() for key in one.patch.entries
        )

    @property
    def moves_time(self) -> bool:
        """Whether an option changes when the version is in force."""
        return any(option.patch.moves_time for option in self.options.values())


def is_item(provision: str, other: str) -> bool:
    """Tell whether a provision is an item of another, by their ids."""
    return provision.startswith((f"{other}-", f"{other}."))


def in_force_on(in_force: InForce, days: Dates) -> bool | None:
    """Tell whether a version governs on a day; None where the day's span leaves it open.

    A version whose end is in doubt still counts as the one that governs, because no other
    is known to; whoever asks says so (`doubtful_from`).
    """
    low, high = days.earliest, days.latest
    last_in = in_force.until is None or high < in_force.until
    if in_force.surely_from is not None and low >= in_force.surely_from and last_in:
        return True
    if high < in_force.since or (in_force.until is not None and low >= in_force.until):
        return False
    return None
