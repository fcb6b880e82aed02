"""Looking through a verdict's reasons: the status of each rule, and on what it turns."""

from collections.abc import Iterator

from ipcity_policy.engines.interpreter.explanation import Reason, ReasonKind, Status
from ipcity_policy.law.model import Basis
from ipcity_policy.questions.verdict import DecisionVerdict


def parts_of(verdict: DecisionVerdict) -> tuple[DecisionVerdict, ...]:
    """Return the verdict under each version that may govern; where one does, itself."""
    return verdict.alternatives or (verdict,)


#: What has a status of its own, or gives one; a year or a quantity says how a condition
#: came to its.
_ASKED = (ReasonKind.OUTCOME, ReasonKind.RULE, ReasonKind.CONDITION, ReasonKind.EVENT)


def wholes(verdict: DecisionVerdict) -> Iterator[Reason]:
    """Yield the reason of each outcome and of each rule, decisive or not."""
    seen: set[int] = set()  # a rule that several others rest on is one object
    todo = list(reversed(verdict.reasons))
    while todo:
        reason = todo.pop()
        if id(reason) not in seen:
            seen.add(id(reason))
            if reason.kind in (ReasonKind.OUTCOME, ReasonKind.RULE):
                yield reason
            todo += reversed(reason.because)


def turning_point(reason: Reason, verdict: DecisionVerdict) -> Reason:
    """Return the first condition, in the order of the file, that gives a reason its status.

    It is the reason itself where nothing below gives it: a text that is not available.
    """
    if reason.kind is ReasonKind.OUTCOME and reason.asked is None:
        reason = _displacing(reason, verdict)
    while below := [child for child in reason.because if child.kind in _ASKED]:
        same = next((child for child in below if child.status is reason.status), None)
        if same is None and reason.basis is Basis.UNAVAILABLE:
            return reason
        # An exception stands after what it displaces, what a rule applies to before it.
        reason = same or below[0 if reason.status is Status.NOT_APPLICABLE else -1]
    return reason


#: The statuses of the others that give one to the outcome for all other cases.
_DISPLACING = {
    Status.MET: (Status.NOT_MET, Status.NOT_APPLICABLE),
    Status.NOT_MET: (Status.MET,),
    Status.UNKNOWN: (Status.UNKNOWN,),
}


def _displacing(otherwise: Reason, verdict: DecisionVerdict) -> Reason:
    """Return the outcome that gives the status of the one for all other cases."""
    others = (reason for reason in verdict.reasons if reason.asked is not None)
    wanted = _DISPLACING.get(otherwise.status, ())
    return next((reason for reason in others if reason.status in wanted), otherwise)
