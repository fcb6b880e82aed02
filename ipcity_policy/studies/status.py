"""What of a version's text is known, and what rests on a text that is not.

A decision depends on what is only assumed where something that it rests on, directly or through
others, substitutes for a text that is not available.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from ipcity_policy.law.indicators import System
from ipcity_policy.law.lifecycle import Deadline, Derived, Lapse, State, Term, Transition
from ipcity_policy.law.model import Basis, Origin, Parameter, Provision, Quantity, Rule
from ipcity_policy.law.program import Program
from ipcity_policy.text.subject import EntryKey, EntryKind

#: The bases of what is not known to be the law.
NOT_KNOWN = (Basis.ASSUMED, Basis.UNAVAILABLE)


class StatusPart(StrEnum):
    """The parts of a version whose basis is told, in the order they are told."""

    PROVISIONS = "provisions"
    PARAMETERS = "parameters"
    RULES = "rules"
    OUTCOMES = "outcomes"
    TIME = "time"
    READINGS = "readings"


@dataclass(frozen=True, slots=True)
class OpenProvision:
    """A provision whose text is not available, and the versions that substitute for it."""

    provision: Provision
    substitutes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionStatus:
    """What of a version rests on what."""

    program: Program
    #: The names of each part, by what they rest on.
    parts: Mapping[StatusPart, Mapping[Basis, tuple[str, ...]]]
    open: tuple[OpenProvision, ...]
    #: Of each decision, what it rests on that is not known to be the law, as `kind.name`.
    depends_on: Mapping[str, tuple[str, ...]]

    @property
    def dependent(self) -> tuple[str, ...]:
        """The decisions that depend on what is not known to be the law."""
        return tuple(id for id, names in self.depends_on.items() if names)


def law_status(program: Program) -> VersionStatus:
    """Tell what of a version is attested, inferred, assumed and unavailable."""
    parts: dict[StatusPart, dict[Basis, list[str]]] = {
        part: {basis: [] for basis in Basis} for part in StatusPart
    }
    for part, name, basis in _told(program):
        parts[part][basis].append(name)
    return VersionStatus(
        program,
        {
            part: {basis: tuple(names) for basis, names in of.items()}
            for part, of in parts.items()
        },
        tuple(_open(program)),
        {id: tuple(_depends_on(program, id)) for id in program.decisions},
    )


def _told(program: Program) -> Iterator[tuple[StatusPart, str, Basis]]:
    """Yield every entry of a version with what it rests on."""
    for provision in program.provisions.values():
        yield StatusPart.PROVISIONS, provision.id, provision.basis
    for parameter in program.parameters.values():
        yield StatusPart.PARAMETERS, parameter.id, parameter.origin.basis
    ruled: tuple[Mapping[str, Rule | Quantity | System], ...] = (
        program.rules,
        program.quantities,
        program.systems,
    )
    for entries in ruled:
        for name, entry in entries.items():
            yield StatusPart.RULES, name, entry.origin.basis
    for decision in program.decisions.values():
        for row in decision.outcomes:
            yield StatusPart.OUTCOMES, f"{decision.id}.{row.outcome}", row.origin.basis
    for key, origin in _of_time(program).items():
        yield StatusPart.TIME, key.path, origin.basis
    for reading in program.readings.values():
        yield StatusPart.READINGS, reading.id, reading.origin.basis


def _of_time(program: Program) -> Mapping[EntryKey, Origin]:
    """Return where each entry on time stands."""
    history = program.history
    kinds: Mapping[
        EntryKind, Mapping[str, State | Transition | Term | Deadline | Lapse | Derived]
    ] = {
        EntryKind.STATE: history.states,
        EntryKind.TRANSITION: history.transitions,
        EntryKind.TERM: history.terms,
        EntryKind.DEADLINE: history.deadlines,
        EntryKind.LAPSE: history.lapses,
        EntryKind.DERIVED: history.derived,
    }
    return {
        EntryKey(kind, id): entry.origin
        for kind, entries in kinds.items()
        for id, entry in entries.items()
    }


def _open(program: Program) -> Iterator[OpenProvision]:
    for provision in program.provisions.values():
        if provision.basis in NOT_KNOWN:
            others = (v for v, one in program.carried.items() if one.provision == provision.id)
            yield OpenProvision(provision, tuple(others))


def _depends_on(program: Program, decision: str) -> Iterator[str]:
    """Yield what a decision rests on that is not known to be the law, each once."""
    rows = program.decisions[decision].outcomes
    if any(row.origin.basis in NOT_KNOWN for row in rows):
        yield program.decisions[decision].key.path
    entries: Iterator[Parameter | Quantity | System | Rule] = chain(
        program.parameters.values(),
        program.quantities.values(),
        program.systems.values(),
        program.rules.values(),
    )
    reach = program.reach(decision)
    for one in entries:
        if one.key in reach and one.origin.basis in NOT_KNOWN:
            yield one.key.path
    course = [
        key
        for key, origin in _of_time(program).items()
        if origin.basis in NOT_KNOWN and key.kind is not EntryKind.DERIVED
    ]
    for fact, derived in program.history.derived.items():
        if EntryKey(EntryKind.FACT, fact) in reach and (
            derived.origin.basis in NOT_KNOWN
            or (course and not program.history.of_events_alone(derived))
        ):
            yield EntryKey(EntryKind.DERIVED, fact).path
