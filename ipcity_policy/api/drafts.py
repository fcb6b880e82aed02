"""Drafts begun: what of a version can be changed, with what stands there now."""

from ipcity_policy.api.policies import VersionLike, find_version
from ipcity_policy.law.drafting import new_draft
from ipcity_policy.law.library import Library
from ipcity_policy.text.diagnostic import Result


def draft_new(policies: Library, amends: VersionLike, *, lang: str = "en") -> Result[str]:
    """Return the text of a draft that amends a version and changes nothing yet.

    All that can be changed stands in it as comments. A name that is not that of a version, and
    errors in it, are diagnostics; there is no value then.

    >>> from ipcity_policy.api import open_policies
    >>> text = draft_new(open_policies("tests/second_law"), "2004").value
    >>> "amends: berths/2004" in text
    True
    """
    ref = find_version(policies, amends, drafts=False)
    if ref.value is None:
        return Result(None, ref.diagnostics)
    version = policies.version(ref.value)
    if version.value is None:
        return Result(None, version.diagnostics)
    return Result(new_draft(version.value, lang), version.diagnostics)
