"""Conditions as lines: a short one in a sentence, the parts of a long one as a list."""

from dataclasses import replace

from ipcity_policy.lang import core
from ipcity_policy.report.block import Mark, TreeLine
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.text.message import say, tell

#: A condition of more comparisons and rules than this is said as a list.
_SHORT = 2


def is_long(condition: core.Condition) -> bool:
    """Tell whether a condition is said as a list."""
    return len(core.leaves(condition)) > _SHORT


def condition_branch(
    condition: core.Condition, wording: Wording, *, lead: str = ""
) -> TreeLine:
    """Say what a condition asks after some leading words, its parts below where it is long."""
    if not is_long(condition):
        return TreeLine(Mark.NONE, lead + wording.condition(condition))
    match condition:
        case core.All(parts, _):
            return _listed(lead + tell(wording.language, "all of these:"), parts, wording)
        case core.Any(parts) | core.Not(core.Any(parts)):
            template = (
                say("none of these:")
                if isinstance(condition, core.Not)
                else say("at least one of these:")
            )
            return _listed(lead + tell(wording.language, template), parts, wording)
        case core.AtLeast(least, parts):
            count = wording.value(wording.parameter(least.name).value)
            return _listed(
                lead + tell(wording.language, "at least {n} of these:", n=count), parts, wording
            )
        case core.Not(part):
            return _listed(lead + tell(wording.language, "not this:"), (part,), wording)
        case core.Unless(part, exception):
            said = condition_branch(part, wording, lead=lead)
            unless = condition_branch(
                exception, wording, lead=tell(wording.language, "unless ")
            )
            return replace(said, below=(*said.below, unless))
        case core.Where(applies, part):
            said = condition_branch(part, wording, lead=lead)
            where = condition_branch(
                applies, wording, lead=tell(wording.language, "applies only where ")
            )
            return replace(said, below=(*said.below, where))
    return TreeLine(Mark.NONE, lead + wording.condition(condition))


def _listed(text: str, parts: tuple[core.Condition, ...], wording: Wording) -> TreeLine:
    below = tuple(condition_branch(part, wording) for part in parts)
    return TreeLine(Mark.NONE, text, below=below)
