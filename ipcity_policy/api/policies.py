"""Policies opened, and the versions in them found by the names that users give."""

from datetime import date
from pathlib import Path
from typing import TypeAlias

from ipcity_policy.api.arguments import unanswerable
from ipcity_policy.law.files import nothing_in
from ipcity_policy.law.library import Library, open_library
from ipcity_policy.law.ref import Ref
from ipcity_policy.text.diagnostic import Diagnostic, Result
from ipcity_policy.text.message import all_of, listed, say
from ipcity_policy.text.nearest import did_you_mean

#: A version or draft: its full name, its plain name, its path, or what `find_version` found.
VersionLike: TypeAlias = str | Ref


def open_policies(folder: str | Path | None = None) -> Library:
    """Open a folder of policies; without one, those that come with this package.

    Nothing is read before it is asked for. A folder that is not there, or holds nothing, is no
    error here: `Library.measures()` is empty then.

    >>> policies = open_policies("tests/second_law")
    >>> [home.name for home in policies.measures()]
    ['berths']
    """
    return open_library(Path(folder) if folder is not None else None)


def find_version(policies: Library, name: VersionLike, *, drafts: bool = True) -> Result[Ref]:
    """Find a version or draft by its full name, its plain name or its path.

    Without `drafts` only a version will do. A name that means nothing, or more than one thing,
    is an error in place of the value, with the nearest name as its help.

    >>> policies = open_policies("tests/second_law")
    >>> find_version(policies, "2004").value.id
    'berths/2004'
    >>> (wrong,) = find_version(policies, "2005").diagnostics
    >>> print(wrong.message)
    there is no version or draft `2005`
    >>> print(wrong.help)
    known names: `berths/1998`, `berths/2004`, `berths/longer-boats`
    """
    if isinstance(name, Ref):
        return Result(name)
    found = [ref for ref in policies.named(name) if drafts or not ref.is_draft]
    if len(found) == 1:
        return Result(found[0])
    if found:
        several = all_of(ref.id for ref in found)
        message = say("`{name}` may mean {several}", name=name, several=several)
        help = say("write one of them")
        return Result(None, (unanswerable("version", name, message, help, code="M101"),))
    names = [one for one in policies.names() if drafts or not _is_draft(policies, one)]
    what = say("version or draft") if drafts else say("version")
    help = did_you_mean(name, names) or say("known names: {names}", names=listed(names))
    message = say("there is no {what} `{name}`", what=what, name=name)
    return Result(None, (unanswerable("version", name, message, help, code="M101"),))


def newest_first(policies: Library) -> tuple[Ref, ...]:
    """Return all versions, without drafts, the one that came into force last first.

    >>> [ref.id for ref in newest_first(open_policies("tests/second_law"))]
    ['berths/2004', 'berths/1998']
    """
    refs = [ref for home in policies.measures() for ref in policies.versions(home)]
    return tuple(sorted(refs, key=lambda ref: _since(policies, ref), reverse=True))


def nothing_here(path: Path) -> Diagnostic:
    """Say that a folder holds nothing of what is asked for.

    >>> nothing_here(Path("tests/data")).message_text
    'there are no rule files here'
    """
    help = say("name a folder that holds a measure with its `facts.yaml`")
    return nothing_in(path, say("there are no rule files here"), help)


def _since(policies: Library, ref: Ref) -> date:
    version = policies.version(ref).value
    in_force = version.in_force if version is not None else None
    return in_force.since if in_force is not None else date.min


def _is_draft(policies: Library, name: str) -> bool:
    return any(ref.is_draft for ref in policies.named(name))
