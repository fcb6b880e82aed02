"""How far each provision of a version is put into rules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import FINDING
from ipcity_policy.law.model import Basis, Origin
from ipcity_policy.law.program import Program
from ipcity_policy.text.subject import EntryKey, EntryKind

#: Where the name of a part goes on from that of the whole.
_PART = re.compile(r"[-.]")


class ProvisionKind(StrEnum):
    """The status of a provision, the firmest first."""

    #: A rule, an outcome, a state, a duty or the time in force follows from what is stated.
    EVALUATED = "evaluated"
    #: A rule stands under it that rests on findings alone.
    JUDGED = "judged"
    #: It is kept in words.
    RECORDED = "recorded"
    #: Its text is not available.
    UNAVAILABLE = "unavailable"


def kinds(program: Program) -> Mapping[str, ProvisionKind]:
    """Return the kind of every provision that is not divided into others."""
    cited = dict(_cited(program))
    found: dict[str, ProvisionKind] = {}
    divided = {
        other[: sign.start()] for other in program.provisions for sign in _PART.finditer(other)
    }
    for id, provision in program.provisions.items():
        if id in divided:
            continue
        if id in cited:
            found[id] = cited[id]
        elif provision.basis is Basis.UNAVAILABLE:
            found[id] = ProvisionKind.UNAVAILABLE
        else:
            found[id] = ProvisionKind.RECORDED
    return found


def _cited(program: Program) -> Iterator[tuple[str, ProvisionKind]]:
    """Yield the provisions that something stands under, the firmest kind of each last."""
    firm: list[str] = list(program.in_force.provisions) if program.in_force is not None else []
    for origin, names in _entries(program):
        if origin.carried_from is None:
            facts = [name for kind, name in program.rests_on(names) if kind is EntryKind.FACT]
            types = {program.vocabulary.facts[name].datatype for name in facts}
            if types == {FINDING}:
                yield origin.provision, ProvisionKind.JUDGED
            else:
                firm.append(origin.provision)
    for id in firm:
        yield id, ProvisionKind.EVALUATED


def _entries(program: Program) -> Iterator[tuple[Origin, Iterable[EntryKey]]]:
    """Yield what stands under a provision and counts, with what it names."""
    history = program.history
    used = {pair for decision in program.decisions for pair in program.reach(decision)}
    used |= history.names()
    for decision in program.decisions.values():
        for row in decision.outcomes:
            yield row.origin, core.names(row.condition) if row.condition is not None else ()
    for entry in (
        *history.moves(),
        *history.terms.values(),
        *history.deadlines.values(),
        *history.derived.values(),
    ):
        yield entry.origin, ()
    for rule in program.rules.values():
        if rule.key in used:
            yield rule.origin, rule.names
    for quantity in program.quantities.values():
        if quantity.key in used:
            yield quantity.origin, core.named(quantity.expression)
    for parameter in program.parameters.values():
        if parameter.key in used:
            users = [
                rule.names for rule in program.rules.values() if parameter.key in rule.names
            ]
            yield parameter.origin, [pair for names in users for pair in names]
