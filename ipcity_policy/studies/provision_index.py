"""What stands under a provision of a version, and what is asked there."""

import re
from collections.abc import Iterator
from itertools import chain

from ipcity_policy.lang import core
from ipcity_policy.law.model import (
    Fact,
    Origin,
    Parameter,
    Provision,
    Quantity,
    Rule,
    is_item,
)
from ipcity_policy.law.program import Program
from ipcity_policy.text.subject import EntryKey, EntryKind


def under(program: Program, provision: str, origin: Origin) -> bool:
    """Tell whether an entry stands under a provision or one of its items."""
    if origin.carried_from is not None:
        return program.provision_of(origin) == provision
    return origin.provision == provision or is_item(origin.provision, provision)


def items_of(program: Program, provision: str) -> tuple[Provision, ...]:
    """Return the items of a provision."""
    return tuple(p for p in program.provisions.values() if is_item(p.id, provision))


def heads(program: Program) -> tuple[str, ...]:
    """Return the provisions that are no item of another: articles by number, then others."""
    ids = program.provisions
    own = [id for id in ids if not any(is_item(id, other) for other in ids)]
    return tuple(sorted(own, key=_place))


def _place(id: str) -> tuple[bool, int]:
    number = re.fullmatch(r"art-(\d+)", id)
    return number is None, int(number[1]) if number is not None else 0


def resting_on(program: Program, provision: str) -> frozenset[str]:
    """Return the decisions that rest on something under a provision."""
    entries: Iterator[Rule | Quantity | Parameter] = chain(
        program.rules.values(), program.quantities.values(), program.parameters.values()
    )
    keys = {one.key for one in entries if under(program, provision, one.origin)}
    return frozenset(
        id
        for id, decision in program.decisions.items()
        if any(under(program, provision, row.origin) for row in decision.outcomes)
        or program.reach(id) & keys
    )


def facts_of(program: Program, provision: str) -> tuple[Fact, ...]:
    """Return the facts that a provision asks about, in the order of the vocabulary.

    Of a total that stands elsewhere it is the fact by which an office states it.
    """
    named: set[EntryKey] = set()
    for rule in program.rules.values():
        if under(program, provision, rule.origin):
            named |= rule.names
    for quantity in program.quantities.values():
        if under(program, provision, quantity.origin):
            named |= core.named(quantity.expression)
    for decision in program.decisions.values():
        if under(program, provision, decision.origin):
            named |= decision.names()
    for id in [key.id for key in named if key.kind is EntryKind.QUANTITY]:
        expression = program.quantities[id].expression
        if isinstance(expression, core.StatedTotal):
            named.add(EntryKey(EntryKind.FACT, expression.stated.name))
    facts = program.vocabulary.facts
    return tuple(fact for fact in facts.values() if fact.key in named)


def stands(program: Program) -> dict[str, str]:
    """Return the name of all that stands under a provision, and that provision."""
    found: dict[str, str] = {}
    every = (
        program.readings,
        program.parameters,
        program.systems,
        program.quantities,
        program.rules,
        program.decisions,
    )
    for entries in every:
        for id, entry in entries.items():
            provision = program.provision_of(entry.origin)
            if provision in program.provisions:
                found[id] = provision
    return found | {id: id for id in program.provisions}
