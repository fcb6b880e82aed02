"""A version that was checked, ready for the engines: the only door to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ipcity_policy.lang import core
from ipcity_policy.law.indicators import System
from ipcity_policy.law.lifecycle import (
    OF_TIME,
    Deadline,
    Derived,
    History,
    Lapse,
    Term,
    Transition,
    named_in,
)
from ipcity_policy.law.model import (
    Basis,
    Decision,
    InForce,
    Localized,
    Origin,
    Parameter,
    Provision,
    Quantity,
    Reading,
    Rule,
    TextSeen,
    Vocabulary,
    is_item,
)
from ipcity_policy.text.subject import EntryKey, EntryKind, EntryPath


@dataclass(frozen=True, slots=True)
class Carried:
    """Why another version substitutes for a provision whose text is not available."""

    provision: str
    why: Localized


@dataclass(frozen=True, slots=True)
class Gap:
    """A provision whose text is not available, where something is put in its place."""

    provision: str
    #: The version whose text substitutes for it; None where it stands in the version itself.
    instead: str | None


@dataclass(frozen=True, slots=True)
class Program:
    """A version or draft, checked. Only the checker makes one; engines accept nothing else."""

    #: `measure/version` or `measure/draft`.
    id: str
    title: Localized
    #: The number of the instrument and who issued it; None for a draft, or where not known.
    number: str | None
    issuer: Localized | None
    #: What is to be known of the text; of a draft, what it is for.
    note: Localized | None
    #: None where it is not said.
    text_seen: TextSeen | None
    vocabulary: Vocabulary
    #: None for a draft, which is in force on no day.
    in_force: InForce | None
    #: The version that it puts an end to; None where it names none.
    repeals: str | None
    #: The version it amends; None for a version.
    amends: str | None
    provisions: Mapping[str, Provision]
    parameters: Mapping[str, Parameter]
    #: Each after those that it is calculated from.
    quantities: Mapping[str, Quantity]
    systems: Mapping[str, System]
    #: Each after those that it rests on.
    rules: Mapping[str, Rule]
    decisions: Mapping[str, Decision]
    #: What it says of time.
    history: History
    readings: Mapping[str, Reading]
    #: What was carried over, by the version it came from.
    carried: Mapping[str, Carried]
    #: What each decision rests on, once that was asked.
    _reach: dict[str, frozenset[EntryKey]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    #: The readings that touch each decision, once that was asked.
    _touching: dict[str, tuple[Reading, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    #: The fact that each parameter is compared with first, once that was asked.
    _compared: dict[str, str | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def available(self) -> bool:
        """Whether all of its text is available."""
        return all(one.basis is not Basis.UNAVAILABLE for one in self.provisions.values())

    def reach(self, decision: str) -> frozenset[EntryKey]:
        """Return what a decision rests on, itself included."""
        if decision not in self._reach:
            named = self.rests_on(self.decisions[decision].names())
            self._reach[decision] = named | {self.decisions[decision].key}
        return self._reach[decision]

    def compared_with(self, parameter: str) -> str | None:
        """Return the fact that a parameter is compared with, the first of several."""
        if not self._compared:
            self._compared.update(dict.fromkeys(self.parameters))
            conditions = [rule.condition for rule in self.rules.values()]
            for decision in self.decisions.values():
                rows = (row.condition for row in decision.outcomes)
                conditions += [one for one in rows if one is not None]
            for leaf in (leaf for one in conditions for leaf in core.leaves(one)):
                sides = () if isinstance(leaf, core.Met) else core.operands_of(leaf)
                limits = [one.name for one in sides[1:] if isinstance(one, core.ParameterRef)]
                if limits and isinstance(sides[0], core.FactRef):
                    for limit in limits:
                        self._compared[limit] = self._compared[limit] or sides[0].name
        return self._compared.get(parameter)

    def rests_on(self, keys: Iterable[EntryKey]) -> frozenset[EntryKey]:
        """Return some entries with all that their rules rest on."""
        found: set[EntryKey] = set()
        todo = list(keys)
        while todo:
            key = todo.pop()
            if key not in found:
                found.add(key)
                if key.kind is EntryKind.RULE and key.id in self.rules:
                    todo += self.rules[key.id].names
                if key.kind is EntryKind.QUANTITY and key.id in self.quantities:
                    quantity = self.quantities[key.id]
                    todo += core.named(quantity.expression)
                    if quantity.system is not None:
                        todo.append(EntryKey(EntryKind.SYSTEM, quantity.system))
        return frozenset(found)

    def under(self, key: EntryKey) -> frozenset[EntryKey]:
        """Return what an entry rests on by itself.

        A total rests on its table, a fact on what it follows from, a state on what leads to it.
        """
        match key.kind:
            case EntryKind.QUANTITY if key.id in self.quantities:
                quantity = self.quantities[key.id]
                if quantity.system is not None:
                    return frozenset({self.systems[quantity.system].key})
                return core.named(quantity.expression)
            case EntryKind.SYSTEM if key.id in self.systems:
                totals = self.systems[key.id].totals
                return frozenset(one for q in totals for one in core.named(q.expression))
            case EntryKind.RULE if key.id in self.rules:
                return self.rules[key.id].names
            case EntryKind.DECISION if key.id in self.decisions:
                asked = self.decisions[key.id].asks_also
                return self.decisions[key.id].names() | {
                    self.decisions[one].key for one in asked if one in self.decisions
                }
            case EntryKind.READING if key.id in self.readings:
                options = self.readings[key.id].options.values()
                return frozenset(one for option in options for one in option.patch.entries)
            case EntryKind.FACT if key.id in self.history.derived:
                return frozenset({EntryKey(EntryKind.DERIVED, key.id)})
            case EntryKind.STATE:
                return frozenset(self.history.leading_to(key.id))
        return named_in(self.history, key) if self.history.has(key) else frozenset()

    def asked_with(self, decision: str) -> tuple[str, ...]:
        """Return a decision with all those whose facts a sheet for it asks for."""
        found, todo = {decision: None}, [decision]
        while todo:
            others = self.decisions[todo.pop()].asks_also
            todo += [other for other in others if other not in found]
            found |= dict.fromkeys(others)
        return tuple(found)

    def read_at(self, *places: EntryPath) -> tuple[Basis, ...]:
        """Return the bases of the readings of which an option says otherwise what stands there.

        A place is a key of an entry, such as `terms.lease.lasts`.
        """
        return tuple(
            reading.basis
            for reading in self.readings.values()
            if any(
                one.lies_in(place)
                for option in reading.options.values()
                for one in option.patch.places
                for place in places
            )
        )

    def readings_of(self, decision: str) -> tuple[Reading, ...]:
        """Return the readings that touch what a decision rests on, in the order written."""
        if decision not in self._touching:
            reach = self.reach(decision)
            found = (one for one in self.readings.values() if one.touches(reach))
            self._touching[decision] = tuple(found)
        return self._touching[decision]

    def rests_on_time(self, decision: str) -> bool:
        """Tell whether a decision rests on what follows from events."""
        reach = self.reach(decision)
        return any(EntryKey(EntryKind.FACT, name) in reach for name in self.history.derived)

    def rests_on_course(self, decision: str) -> bool:
        """Tell whether a decision rests on where events led, not on their days alone."""
        reach, history = self.reach(decision), self.history
        return any(
            EntryKey(EntryKind.FACT, fact) in reach and not history.of_events_alone(derived)
            for fact, derived in history.derived.items()
        )

    def reach_of_time(self) -> frozenset[EntryKey]:
        """Return what all that it says of time rests on."""
        named = self.rests_on(self.history.names())
        return named | {key for one in named for key in self._of_decision(one.id)}

    def parts_of_time(self) -> tuple[object, ...]:
        """Return all that what follows from events depends on."""
        parts: Mapping[EntryKind, Mapping[str, object]] = self._entries()
        found = (parts[k].get(name) for k, name in self.reach_of_time() if k in parts)
        return (self.id, self.history, self.in_force, *found)

    def gaps_of(self, decision: str) -> tuple[Gap, ...]:
        """Return the provisions that are only assumed among those a decision rests on."""
        return self._gaps(self.reach(decision))

    def gaps_of_time(self) -> tuple[Gap, ...]:
        """Return the provisions that are only assumed among those that move a subject."""
        history = self.history
        entries: tuple[Transition | Term | Deadline | Lapse | Derived, ...] = (
            *history.transitions.values(),
            *history.terms.values(),
            *history.deadlines.values(),
            *history.lapses.values(),
            *history.derived.values(),
        )
        found = dict.fromkeys(self._gap(one.origin) for one in entries if _assumed(one.origin))
        return tuple(found | dict.fromkeys(self._gaps(self.reach_of_time())))

    def _gaps(self, keys: Iterable[EntryKey]) -> tuple[Gap, ...]:
        found: dict[Gap, None] = {}
        for kind, name in sorted(keys):
            origins: list[Origin] = []
            match kind:
                case EntryKind.PARAMETER:
                    origins = [self.parameters[name].origin]
                case EntryKind.QUANTITY:
                    origins = [self.quantities[name].origin]
                case EntryKind.RULE:
                    origins = [self.rules[name].origin]
                case EntryKind.DECISION:
                    origins = [row.origin for row in self.decisions[name].outcomes]
            found |= {self._gap(one): None for one in origins if _assumed(one)}
        return tuple(found)

    def _gap(self, origin: Origin) -> Gap:
        return Gap(self.provision_of(origin), origin.carried_from)

    def readings_of_time(self) -> tuple[Reading, ...]:
        """Return the readings that touch what it says of time, in the order written."""
        reach = self.reach_of_time()
        return tuple(
            one
            for one in self.readings.values()
            if one.moves_time or one.touches(reach, OF_TIME)
        )

    def readings_of_counting(self) -> tuple[Reading, ...]:
        """Return the readings of how periods are counted, in the order written."""
        counting = (EntryKind.COUNTING,)
        return tuple(one for one in self.readings.values() if one.touches(set(), counting))

    def _of_decision(self, name: str) -> frozenset[EntryKey]:
        return self.reach(name) if name in self.decisions else frozenset()

    def provision_of(self, origin: Origin) -> str:
        """Return the provision that an entry stands under; carried over, substitutes for."""
        if origin.carried_from is None:
            return origin.provision
        return self.carried[origin.carried_from].provision

    def article_of(self, provision: str) -> str:
        """Return the article, or what stands in its place, that a provision belongs to."""
        above = (id for id in self.provisions if is_item(provision, id))
        return min(above, key=len, default=provision)

    def drafted(self) -> frozenset[EntryKey]:
        """Return what a draft wrote; nothing for a version."""
        return frozenset(
            EntryKey(kind, name)
            for kind, written in self._entries().items()
            for name, one in written.items()
            if one.origin.drafted_by is not None
        )

    def _entries(
        self,
    ) -> Mapping[EntryKind, Mapping[str, Parameter | Quantity | System | Rule | Decision]]:
        return {
            EntryKind.PARAMETER: self.parameters,
            EntryKind.QUANTITY: self.quantities,
            EntryKind.SYSTEM: self.systems,
            EntryKind.RULE: self.rules,
            EntryKind.DECISION: self.decisions,
        }


def _assumed(origin: Origin) -> bool:
    return origin.basis is Basis.ASSUMED
