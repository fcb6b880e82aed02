"""Looking through a verdict's reasons: what became of each rule, and on what it turns."""

from collections.abc import Iterator

from ipcity_policy.engines.verdict import Kind, Reason, Status, Verdict
from ipcity_policy.measure.model import Basis


def parts_of(verdict: Verdict) -> tuple[Verdict, ...]:
    """Return the verdict under each version that may govern; where one does, itself."""
    return verdict.alternatives or (verdict,)


def wholes(verdict: Verdict) -> Iterator[Reason]:
    """Yield the reason of each outcome and of each rule, decisive or not."""
    seen: set[int] = set()  # a rule that several others rest on is one object
    todo = list(reversed(verdict.reasons))
    while todo:
        reason = todo.pop()
        if id(reason) not in seen:
            seen.add(id(reason))
            if reason.kind is not Kind.CONDITION:
                yield reason
            todo += reversed(reason.because)


def turning_point(reason: Reason, verdict: Verdict) -> Reason:
    """Return the first condition, in the order of the file, that gives a reason its status.

    It is the reason itself where nothing below gives it: a text that is not available.
    """
    if reason.kind is Kind.OUTCOME and reason.asked is None:
        reason = _displacing(reason, verdict)
    while reason.because:
        same = next((c for c in reason.because if c.status is reason.status), None)
        if same is None and reason.basis is Basis.UNAVAILABLE:
            return reason
        reason = same or reason.because[0]
    return reason


def _displacing(otherwise: Reason, verdict: Verdict) -> Reason:
    """Return the outcome that gives the status of the one for all other cases."""
    opposite = {Status.MET: Status.NOT_MET, Status.NOT_MET: Status.MET}
    wanted = opposite.get(otherwise.status, otherwise.status)
    others = (r for r in verdict.reasons if r.asked is not None and r.status is wanted)
    return next(others, otherwise)
