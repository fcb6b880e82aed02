"""Fact sheets begun: empty ones with their questions, and their schema for editors."""

from collections.abc import Iterable
from typing import Any

from ipcity_policy.api.arguments import unanswerable
from ipcity_policy.api.policies import VersionLike, find_version, newest_first
from ipcity_policy.law.library import Library
from ipcity_policy.law.program import Program
from ipcity_policy.report.forms.sheet import sheet_form
from ipcity_policy.report.forms.sheet_schema import sheet_schema as _sheet_schema
from ipcity_policy.text.diagnostic import Diagnostic, Result
from ipcity_policy.text.message import listed, say
from ipcity_policy.text.nearest import did_you_mean


def sheet_new(
    policies: Library,
    version: VersionLike | None = None,
    *,
    decision: str | None = None,
    lang: str = "en",
    schema: str | None = None,
) -> Result[str]:
    """Return the text of an empty sheet with its questions, for one decision or all.

    Without a version it is the newest that has the decision. `schema` is the path by which an
    editor finds the sheet's schema.

    >>> from ipcity_policy.api import open_policies
    >>> text = sheet_new(open_policies("tests/second_law"), "2004", decision="fee").value
    >>> text.splitlines()[0]
    '# A fact sheet for Harbour byelaw of 2004 (berths/2004).'
    """
    program = _program(policies, version, decision)
    if program.value is None:
        return Result(None, program.diagnostics)
    return Result(sheet_form(program.value, decision, lang, schema), program.diagnostics)


def sheet_schema(
    policies: Library,
    version: VersionLike | None = None,
    *,
    decision: str | None = None,
    lang: str = "en",
) -> Result[dict[str, Any]]:
    """Return the JSON Schema of the sheets for a version, or else for the newest.

    >>> from ipcity_policy.api import open_policies
    >>> schema = sheet_schema(open_policies("tests/second_law"), "2004").value
    >>> schema["type"]
    'object'
    """
    program = _program(policies, version, decision)
    if program.value is None:
        return Result(None, program.diagnostics)
    return Result(_sheet_schema(program.value, decision, lang), program.diagnostics)


def _program(
    policies: Library, version: VersionLike | None, decision: str | None
) -> Result[Program]:
    """Return the version that is named, or else the newest with the decision."""
    refs = newest_first(policies)
    if version is not None:
        named = find_version(policies, version)
        if named.value is None:
            return Result(None, named.diagnostics)
        refs = (named.value,)
    found: list[Program] = []
    known: dict[str, None] = {}
    told: list[Diagnostic] = []
    for ref in refs:
        result = policies.program(ref)
        told += result.diagnostics
        if result.value is None:
            return Result(None, tuple(told))
        known |= dict.fromkeys(result.value.decisions)
        if decision is None or decision in result.value.decisions:
            found.append(result.value)
    wrong = None
    if not found:
        wrong = _no_decision(decision or "", known, [ref.id for ref in refs])
    elif len({program.vocabulary.measure for program in found}) > 1:
        names = listed(program.id for program in found)
        message = say("several measures are meant")
        help = say("name one of the versions {names}", names=names)
        wrong = unanswerable("version", "", message, help)
    return Result(None, (*told, wrong)) if wrong is not None else Result(found[0], tuple(told))


def _no_decision(decision: str, known: Iterable[str], versions: Iterable[str]) -> Diagnostic:
    names = tuple(known)
    help = did_you_mean(decision, names) or say("known names: {names}", names=listed(names))
    message = say(
        "no decision `{decision}` in {versions}", decision=decision, versions=listed(versions)
    )
    return unanswerable("decision", decision, message, help)
