"""*Guards.* Whether what a transition asks for holds on an event."""

from collections.abc import Mapping

from ipcity_policy.engines.interpreter.decision import holds, ruling
from ipcity_policy.engines.lifecycle.context import Context
from ipcity_policy.engines.lifecycle.position import EventIndex, VersionIndex
from ipcity_policy.lang.values import Truth, Value, all_of
from ipcity_policy.law.lifecycle import Guard, Transition
from ipcity_policy.law.program import Program


def guard_holds(
    context: Context, version: VersionIndex, move: Transition, event: EventIndex
) -> Truth:
    """Tell whether the guards of a transition hold by what is stated up to an event."""
    if move.guard is None and move.condition is None:
        return True
    key, known = (version, move.id, event), context.memo.guards
    if key not in known:
        program, values = context.programs[version], context.stated_with.on(event)
        truths: list[Truth] = []
        if move.guard is not None:
            truths.append(_gives(program, values, move.guard, strict=context.strict))
        if move.condition is not None:
            truths.append(
                holds(program, values, move.condition, move.origin, strict=context.strict)
            )
        known[key] = all_of(truths)
    return known[key]


def _gives(
    program: Program, values: Mapping[str, Value], guard: Guard, *, strict: bool
) -> Truth:
    """Tell whether a decision gives an outcome."""
    found = ruling(program, values, guard.decision, strict=strict)
    if found.outcome is not None:
        return found.outcome == guard.outcome
    return None if guard.outcome in found.possible else False
