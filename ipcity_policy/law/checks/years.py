"""Check the years of a version: when it is in force, and the days that it sets."""

import re

from ipcity_policy.lang.datatypes import DateType
from ipcity_policy.law.checks.checking import Checking
from ipcity_policy.law.reader import child
from ipcity_policy.law.years import unlikely
from ipcity_policy.text.subject import EntryKind
from ipcity_policy.yaml.document import Node, Scalar

#: The year that a day begins with.
_YEAR = re.compile(r"(?<![0-9-])[0-9]{4}")


def check_years(check: Checking) -> None:
    """Report years beyond those of the measure; what is carried over is told there."""
    time = check.version.time
    for key in ("from", "until"):
        _check_year(check, child(time, key))
    for entry in check.each(check.entries(EntryKind.PARAMETER)):
        parameter = check.parameters.get(entry.id)
        own = entry.origin.carried_from is None
        if own and parameter is not None and isinstance(parameter.datatype, DateType):
            _check_year(check, child(entry.node, "value") or entry.node)


def _check_year(check: Checking, node: Node | None) -> None:
    if isinstance(node, Scalar):
        for year in _YEAR.findall(node.text):
            check.diagnostics += unlikely(check.vocabulary, int(year), node.span)
