"""What is spoken of: an entry of a version, a place in one, a component of a fact."""

from enum import StrEnum
from typing import NamedTuple


class EntryKind(StrEnum):
    """The kinds of entries, each spelt as the block of a rule file that holds them."""

    PARAMETER = "parameters"
    QUANTITY = "quantities"
    SYSTEM = "indicators"
    RULE = "rules"
    DECISION = "decisions"
    STATE = "states"
    TRANSITION = "transitions"
    TERM = "terms"
    DEADLINE = "deadlines"
    LAPSE = "lapses"
    DERIVED = "derived"
    COUNTING = "counting"
    READING = "readings"
    #: Provisions, and what the vocabulary declares; entries of versions name them.
    PROVISION = "provisions"
    FACT = "facts"
    EVENT = "events"
    OFFICE = "offices"
    UNIT = "units"
    COHORT = "cohorts"
    APPLICATION = "applications"


_KINDS = frozenset[str](EntryKind)


class EntryKey(NamedTuple):
    """An entry, by its kind and its name."""

    kind: EntryKind
    id: str

    @property
    def path(self) -> str:
        """`kind.name`, as drafts and reports write it."""
        return f"{self.kind}.{self.id}"


class EntryPath(NamedTuple):
    """A place in an entry: the entry, and the steps below it; of none, the entry itself."""

    key: EntryKey
    steps: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """`kind.name.step`, as drafts and reports write it."""
        return ".".join((self.key.path, *self.steps))

    @classmethod
    def parse(cls, text: str) -> "EntryPath | None":
        """Read a path as it is written; None where it names no entry.

        In `decisions.grade.pass.when` the entry is `grade`, and the steps are two.
        """
        kind, *names = text.split(".")
        if not names or kind not in _KINDS:
            return None
        return cls(EntryKey(EntryKind(kind), names[0]), tuple(names[1:]))

    def lies_in(self, outer: "EntryPath") -> bool:
        """Tell whether it is another place, or one inside it."""
        return self.key == outer.key and self.steps[: len(outer.steps)] == outer.steps


class FactPath(NamedTuple):
    """A fact, or the component of it that can be missing by itself."""

    fact: str
    #: Such as the size of a rank's cohort, or a year of a series; empty for the whole fact.
    component: str = ""

    @property
    def text(self) -> str:
        """`fact` or `fact.component`, as reports write it."""
        return f"{self.fact}.{self.component}" if self.component else self.fact

    @classmethod
    def parse(cls, text: str) -> "FactPath":
        """Read a path as it is written, such as `place.of`."""
        fact, _, component = text.partition(".")
        return cls(fact, component)
