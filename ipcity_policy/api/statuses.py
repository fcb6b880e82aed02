"""The status of a law's text: what is known, and what depends on what is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipcity_policy.api.policies import VersionLike, find_version
from ipcity_policy.formats.json.law_status import status_json
from ipcity_policy.formats.text import as_text
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Basis
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.status import status_report
from ipcity_policy.studies.status import StatusPart, VersionStatus
from ipcity_policy.studies.status import law_status as _law_status
from ipcity_policy.text.diagnostic import Diagnostic, Result


@dataclass(frozen=True, slots=True)
class LawStatus:
    """What of a version's text is known, and what depends on a text that is not."""

    #: The status with all that it holds.
    whole: VersionStatus

    @property
    def version(self) -> str:
        """The version, as `measure/version`."""
        return self.whole.program.id

    @property
    def provisions(self) -> Mapping[Basis, tuple[str, ...]]:
        """The provisions by what they rest on."""
        return self.whole.parts[StatusPart.PROVISIONS]

    @property
    def depends_on(self) -> Mapping[str, tuple[str, ...]]:
        """Of each decision, what it rests on that is not known to be the law."""
        return self.whole.depends_on

    def as_json(self) -> dict[str, Any]:
        """Return the status in the form of `schemas/status.schema.json`."""
        return status_json([self.whole])[0]

    def as_text(self, lang: str = "en", *, width: int = 88, unfold: bool = False) -> str:
        """Return it as a text of at most `width` cells a line, in `en` or `zh`."""
        return as_text(status_report([self.whole], lang), width=width, unfold=unfold)


@dataclass(frozen=True, slots=True)
class LawStatuses:
    """The status of some versions, side by side; of one alone, in full."""

    #: Each with all that it holds.
    whole: tuple[VersionStatus, ...]

    def as_json(self) -> list[dict[str, Any]]:
        """Return each in the form of `schemas/status.schema.json`."""
        return status_json(self.whole)

    def blocks(self, lang: str = "en") -> Iterator[Block]:
        """Yield them as a report, in `en` or `zh`."""
        return status_report(self.whole, lang)


def law_status(policies: Library, version: VersionLike) -> Result[LawStatus]:
    """Tell what of a version or draft is attested, inferred, assumed and unavailable.

    A name that means nothing, and errors in the rules, are diagnostics; there is no value then.

    >>> from ipcity_policy.api import open_policies
    >>> status = law_status(open_policies("tests/second_law"), "2004").value
    >>> status.version
    'berths/2004'
    """
    found = _status(policies, version)
    return Result(None if found.value is None else LawStatus(found.value), found.diagnostics)


def law_statuses(policies: Library, name: VersionLike | None = None) -> Result[LawStatuses]:
    """Tell the same of every version of a measure, of one version or draft, or of all versions.

    >>> from ipcity_policy.api import open_policies
    >>> found = law_statuses(open_policies("tests/second_law"), "berths").value
    >>> [one["version"] for one in found.as_json()]
    ['berths/1998', 'berths/2004']
    """
    homes = [home for home in policies.measures() if name is None or home.name == name]
    names: list[VersionLike] = [ref for home in homes for ref in policies.versions(home)]
    if name is not None and not homes:
        names = [name]
    found: list[VersionStatus] = []
    told: list[Diagnostic] = []
    for one in names:
        result = _status(policies, one)
        told += result.diagnostics
        if result.value is None:
            return Result(None, tuple(told))
        found.append(result.value)
    return Result(LawStatuses(tuple(found)), tuple(told))


def _status(policies: Library, version: VersionLike) -> Result[VersionStatus]:
    ref = find_version(policies, version)
    if ref.value is None:
        return Result(None, ref.diagnostics)
    program = policies.program(ref.value)
    told = None if program.value is None else _law_status(program.value)
    return Result(told, program.diagnostics)
