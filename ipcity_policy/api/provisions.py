"""The law shown: a provision, a whole version or an interpretation, as the tool reads it."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ipcity_policy.api.arguments import unanswerable
from ipcity_policy.api.policies import VersionLike, find_version, newest_first
from ipcity_policy.formats.json.interpretations import shown_json
from ipcity_policy.formats.json.law import provision_json, version_json
from ipcity_policy.law.interpretation import Interpretation
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Vocabulary
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import text_of
from ipcity_policy.law.ref import Ref
from ipcity_policy.report.block import Block
from ipcity_policy.report.reports.interpretation import interpretation_report
from ipcity_policy.report.reports.law import provision_report
from ipcity_policy.report.reports.version import version_report
from ipcity_policy.studies.provision_index import resting_on, stands
from ipcity_policy.studies.rule_tests.runner import RuleTest, run_tests, test_files
from ipcity_policy.text.diagnostic import Diagnostic, Result, has_errors
from ipcity_policy.text.message import say
from ipcity_policy.text.nearest import did_you_mean


@dataclass(frozen=True, slots=True)
class ShownProvision:
    """A provision of a version."""

    policies: Library
    ref: Ref
    program: Program
    #: The provision, by its id.
    id: str
    #: The versions of other measures in which the name that was asked for stands too.
    elsewhere: tuple[str, ...] = ()

    def as_json(self) -> Any:
        """Return it for machines."""
        return provision_json(self.program, self.id)

    def blocks(self, lang: str = "en", *, folded: bool = True) -> Iterator[Block]:
        """Yield it as a report with the rule tests of what rests on it, in `en` or `zh`."""
        decisions = resting_on(self.program, self.id)
        cases = _cases(self.policies, self.ref, self.program, decisions)
        adopted = _adopted(self.policies, self.ref)
        return provision_report(self.program, self.id, cases, lang, adopted)


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A whole version or draft."""

    policies: Library
    ref: Ref
    program: Program
    elsewhere: tuple[str, ...] = ()

    def as_json(self) -> Any:
        """Return it for machines."""
        return version_json(self.program)

    def blocks(self, lang: str = "en", *, folded: bool = True) -> Iterator[Block]:
        """Yield it as a report, in `en` or `zh`.

        Without what is `folded` no rule test is run: they stand there.
        """
        decisions = self.program.decisions if folded else ()
        cases = _cases(self.policies, self.ref, self.program, decisions)
        return version_report(self.program, cases, lang, _adopted(self.policies, self.ref))


@dataclass(frozen=True, slots=True)
class ShownInterpretation:
    """An interpretation that an office has adopted, with the versions that it reads."""

    interpretation: Interpretation
    vocabulary: Vocabulary
    programs: tuple[Program, ...]
    elsewhere: tuple[str, ...] = ()

    def as_json(self) -> Any:
        """Return it for machines."""
        return shown_json(self.interpretation, self.programs)

    def blocks(self, lang: str = "en", *, folded: bool = True) -> Iterator[Block]:
        """Yield it as a report, in `en` or `zh`."""
        return interpretation_report(self.interpretation, self.vocabulary, self.programs, lang)


#: What is shown: each has `as_json` and `blocks`.
Shown: TypeAlias = ShownProvision | ShownVersion | ShownInterpretation


def show(policies: Library, name: str, version: VersionLike | None = None) -> Result[Shown]:
    """Show what has a name: a provision, or the one under which an entry of that name stands.

    Without a version it is the newest that has it, and the name may also be that of a whole
    version, draft or interpretation. A name that means nothing is an error in place of the
    value, and so are errors in the rules.

    >>> from ipcity_policy.api import open_policies
    >>> policies = open_policies("tests/second_law")
    >>> show(policies, "art-1").value.ref.id
    'berths/2004'
    >>> show(policies, "exactly-small", "2004").value.id
    'art-2'
    >>> show(policies, "art-99").diagnostics[0].message_text
    'there is no `art-99` in these policies'
    """
    if version is None and policies.named(name):
        return _version(policies, name)
    adopted = _interpretation(policies, name) if version is None else None
    return adopted or _provision(policies, name, version)


def _version(policies: Library, name: str) -> Result[Shown]:
    ref = find_version(policies, name)
    if ref.value is None:
        return Result(None, ref.diagnostics)
    program = policies.program(ref.value)
    if program.value is None:
        return Result(None, program.diagnostics)
    return Result(ShownVersion(policies, ref.value, program.value), program.diagnostics)


def _interpretation(policies: Library, name: str) -> Result[Shown] | None:
    """Read an interpretation by its name or path; None where there is none."""
    for home in policies.measures():
        path = policies.find_interpretation(name, home.name)
        if path is None or text_of(policies.document(path).value, "interprets") != home.name:
            continue
        read, vocabulary = policies.interpretation(path, home), policies.vocabulary(home).value
        if read.value is None or vocabulary is None:
            return Result(None, read.diagnostics)
        refs = [ref for v in read.value.versions if (ref := policies.find(v)) is not None]
        programs = [policies.program(ref).value for ref in refs]
        sound = tuple(program for program in programs if program is not None)
        return Result(ShownInterpretation(read.value, vocabulary, sound), read.diagnostics)
    return None


def _provision(policies: Library, name: str, version: VersionLike | None) -> Result[Shown]:
    refs: Sequence[Ref] = newest_first(policies)
    if version is not None:
        found = find_version(policies, version)
        if found.value is None:
            return Result(None, found.diagnostics)
        refs = [found.value]
    programs: list[tuple[Ref, Program]] = []
    told: list[Diagnostic] = []
    for ref in refs:
        result = policies.program(ref)
        # What is wrong elsewhere matters only where the name is not found.
        told += result.diagnostics if version is not None or result.value is None else ()
        if result.value is not None:
            programs.append((ref, result.value))
    for ref, program in programs:
        if name in stands(program):
            own = stands(program)[name]
            more = _elsewhere(name, ref, programs)
            shown = ShownProvision(policies, ref, program, own, more)
            return Result(shown, tuple(told) if version is not None else ())
    if has_errors(told):  # it may stand in a version that has errors
        return Result(None, tuple(told))
    known = {one for _, program in programs for one in stands(program)}
    return Result(None, (*told, _nowhere(policies, name, version, known)))


def _elsewhere(
    name: str, shown: Ref, programs: Sequence[tuple[Ref, Program]]
) -> tuple[str, ...]:
    """Return of each other measure the newest version in which a name stands."""
    homes = {shown.measure: shown}
    for ref, program in programs:
        if ref.measure not in homes and name in stands(program):
            homes[ref.measure] = ref
    return tuple(ref.id for ref in homes.values() if ref is not shown)


def _nowhere(
    policies: Library, name: str, version: VersionLike | None, known: set[str]
) -> Diagnostic:
    message = say("there is no `{name}` in these policies", name=name)
    if version is not None:
        within = version.id if isinstance(version, Ref) else version
        message = say("there is no `{name}` in `{version}`", name=name, version=within)
    homes = policies.measures()
    known |= {path.stem for home in homes for path in policies.interpretations(home)}
    near = did_you_mean(name, {*known, *policies.names()})
    return unanswerable("provision", name, message, near)


def _adopted(policies: Library, ref: Ref) -> list[Interpretation]:
    """Return the interpretations kept with the measure of a version, those without errors."""
    kept = policies.interpretations(ref.measure)
    read = (policies.interpretation(path, ref.measure).value for path in kept)
    return [one for one in read if one is not None]


def _cases(
    policies: Library, ref: Ref, program: Program, decisions: Container[str]
) -> list[RuleTest]:
    """Return the rule tests of some decisions that were decided under a version."""
    cases = run_tests(policies, test_files(ref.measure), decisions, thorough=False).value
    return [
        case
        for case in cases or ()
        if case.verdict and case.verdict.program and case.verdict.program.id == program.id
    ]
