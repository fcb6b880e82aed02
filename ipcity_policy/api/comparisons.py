"""Comparisons: the same sheets under two versions, and which clause moves an answer."""

from collections.abc import Mapping, Sequence
from datetime import date

from ipcity_policy.api.arguments import unanswerable
from ipcity_policy.api.policies import VersionLike, find_version
from ipcity_policy.api.sheets import SheetLike, read_sheets
from ipcity_policy.law.library import Library
from ipcity_policy.law.ref import Ref
from ipcity_policy.studies.comparison.comparison import Comparison, compare_versions
from ipcity_policy.text.diagnostic import Diagnostic, Result
from ipcity_policy.text.message import say


def compare(
    policies: Library,
    before: VersionLike,
    after: VersionLike,
    sheets: Sequence[SheetLike],
    *,
    decision: str | None = None,
    on: date | None = None,
    readings: Mapping[str, str] | None = None,
    interpretations: Sequence[str] = (),
) -> Result[Comparison]:
    """Compare what two versions or drafts of a measure answer on some sheets.

    Without a `decision` all are compared that both treat. A sheet with errors is told and left
    out. Names that mean nothing, or two versions with nothing in common, are diagnostics; there
    is no value then. `comparison_report` and `comparison_json` say the value.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> boats = ["tests/second_law/berths/boats"]
    >>> found = compare(policies, "1998", "2004", boats, decision="berth")
    >>> [pair.movement.value for row in found.value.rows for pair in row.pairs]
    ['decided', 'changed']
    """
    named = [find_version(policies, name) for name in (before, after)]
    refs = [one.value for one in named if one.value is not None]
    diagnostics = [told for one in named for told in one.diagnostics]
    if len(refs) == 2 and refs[0].measure_id != refs[1].measure_id:
        diagnostics.append(_apart(refs[0], refs[1]))
        return Result(None, tuple(diagnostics))
    read = read_sheets(policies, sheets)
    diagnostics += read.diagnostics
    if len(refs) < 2:
        return Result(None, tuple(diagnostics))
    found = compare_versions(
        policies,
        refs[0],
        refs[1],
        read.value or (),
        decision=decision,
        on=on,
        readings=tuple((readings or {}).items()),
        interpretations=tuple(interpretations),
    )
    diagnostics += found.diagnostics
    if found.value is not None and not found.value.decisions:
        diagnostics.append(_nothing_shared(refs[0], refs[1], decision))
        return Result(None, tuple(diagnostics))
    return Result(found.value, tuple(diagnostics))


def _apart(before: Ref, after: Ref) -> Diagnostic:
    message = say(
        "`{before}` and `{after}` do not belong to the same measure",
        before=before.id,
        after=after.id,
    )
    return unanswerable("version", after.id, message, None)


def _nothing_shared(before: Ref, after: Ref, decision: str | None) -> Diagnostic:
    ids = {"before": before.id, "after": after.id}
    if decision is None:
        message = say("`{before}` and `{after}` have no decision in common", **ids)
        return unanswerable("version", after.id, message, None)
    message = say(
        "`{before}` and `{after}` do not both have the decision `{decision}`",
        **ids,
        decision=decision,
    )
    return unanswerable("decision", decision, message, None)
