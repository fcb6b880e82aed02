"""What the rule tests have seen of a measure: each entry in each status."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ipcity_policy.engines.interpreter.explanation import Reason, ReasonKind, Status
from ipcity_policy.engines.lifecycle.position import Position
from ipcity_policy.lang import core
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Origin
from ipcity_policy.law.program import Program
from ipcity_policy.questions.interpretations import chosen_option
from ipcity_policy.questions.query import SubjectTimeline
from ipcity_policy.questions.verdict import DecisionVerdict
from ipcity_policy.studies.reasons import parts_of, wholes
from ipcity_policy.studies.rule_tests.runner import RuleTest
from ipcity_policy.studies.rule_tests.transition_coverage import paths_of_time, seen_of_time
from ipcity_policy.text.subject import EntryKey, EntryKind, EntryPath

#: What every rule and outcome is to be seen as.
WANTED = (Status.MET, Status.NOT_MET, Status.UNKNOWN)
#: What a step, a term, a duty, a lapse and a bar is to be seen as; and what asks only whether
#: something is stated, and so is never unknown.
BOTH_WAYS = WANTED[:2]


@dataclass(frozen=True, slots=True)
class CoveredEntry:
    """A rule, an outcome or what is said of time, and in how many cases it was seen as what."""

    #: An outcome is a step below its decision.
    path: EntryPath
    origin: Origin
    seen: Mapping[Status, int]
    wanted: tuple[Status, ...] = WANTED
    #: Whether it is said of time: a step, a term, a deadline, a lapse or a bar.
    of_time: bool = False

    @property
    def unseen(self) -> tuple[Status, ...]:
        """The statuses in which no case saw it."""
        return tuple(status for status in self.wanted if not self.seen.get(status))


@dataclass(frozen=True, slots=True)
class TestedText:
    """A version or draft that cases ask about."""

    program: Program
    #: By article, or what stands in its place, in the order of the version.
    articles: Mapping[str, tuple[CoveredEntry, ...]]
    #: The options, as `reading=option`, under which no case was decided.
    untried: tuple[str, ...]

    @property
    def entries(self) -> tuple[CoveredEntry, ...]:
        """All entries."""
        return tuple(entry for entries in self.articles.values() for entry in entries)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the cases have seen, version by version."""

    tested: tuple[TestedText, ...]
    #: The versions and drafts of the same measures that no case asks about.
    untested: tuple[str, ...]
    #: The interpretations kept with those measures that decide a reading in no case.
    unfollowed: tuple[str, ...]

    def counts(self, *, of_time: bool) -> tuple[int, int]:
        """Count rules and outcomes, or what is said of time: those seen as wanted, and all."""
        entries = [
            entry for one in self.tested for entry in one.entries if entry.of_time is of_time
        ]
        return sum(not entry.unseen for entry in entries), len(entries)


def coverage_of(library: Library, cases: Iterable[RuleTest]) -> Coverage:
    """Return what some cases have seen of the versions that they ask about.

    A rule counts as seen in a status where a verdict's reasons give it that status,
    whether it decides or not.
    """
    asked: dict[str, _Asked] = {}
    measures: dict[str, None] = {}
    followed: set[tuple[str, str]] = set()
    for case in cases:
        if case.measure is not None:
            measures[case.measure] = None
            _add(asked, case)
            answer = case.verdict or case.timeline
            followed |= {
                (case.measure, one.interpretation.id)
                for one in (answer.adoptions if answer is not None else ())
            }
    homes = [home for home in library.measures() if home.name in measures]
    known = [
        ref.id for home in homes for ref in (*library.versions(home), *library.drafts(home))
    ]
    ordered = [id for id in known if id in asked] + [id for id in asked if id not in known]
    tested = tuple(_tested(_written(library, id, asked[id]), asked[id]) for id in ordered)
    untested = (id for id in known if id not in asked and _asks(library, id))
    unfollowed = (
        path.stem
        for home in homes
        for path in library.interpretations(home)
        if (home.name, path.stem) not in followed
    )
    return Coverage(tested, tuple(untested), tuple(unfollowed))


@dataclass
class _Asked:
    """What the cases ask of one version, and what they have seen of it."""

    #: It as the first case applied it.
    program: Program
    parts: list[DecisionVerdict] = field(default_factory=list)
    timelines: list[SubjectTimeline] = field(default_factory=list)
    #: What is said of time: in how many cases it was seen as what.
    of_time: dict[EntryPath, Counter[Status]] = field(default_factory=dict)


def _add(asked: dict[str, _Asked], case: RuleTest) -> None:
    """Add what a case asks of each version."""
    for part in (part for one in _verdicts(case) for part in parts_of(one)):
        if part.program is not None:
            asked.setdefault(part.program.id, _Asked(part.program)).parts.append(part)
    if case.timeline is None:
        return
    programs: dict[str, None] = {}
    found: dict[tuple[str, EntryPath, Status], None] = {}
    for position in _positions(case.timeline):
        for program, path, status in seen_of_time(position):
            asked.setdefault(program.id, _Asked(program))
            programs[program.id] = None
            found[program.id, path, status] = None
    for id, path, status in found:
        asked[id].of_time.setdefault(path, Counter())[status] += 1
    for id in programs:
        asked[id].timelines.append(case.timeline)


def _verdicts(case: RuleTest) -> Iterator[DecisionVerdict]:
    """Yield what is answered, and what is only supposed."""
    if case.verdict is not None:
        yield case.verdict
        if case.verdict.supposed is not None:
            yield case.verdict.supposed.verdict


def _positions(timeline: SubjectTimeline) -> Iterator[Position]:
    """Yield where a subject stands, and where it is only supposed to."""
    yield timeline.position
    if timeline.supposed is not None:
        yield timeline.supposed.position


def _asks(library: Library, id: str) -> bool:
    """Tell whether a version has questions that a case could ask."""
    ref = library.find(id)
    program = library.program(ref).value if ref is not None else None
    return program is None or bool(program.decisions)


def _written(library: Library, id: str, asked: _Asked) -> Program:
    """Return a version as written, without the readings that a case may have chosen."""
    ref = library.find(id)
    program = library.program(ref).value if ref is not None else None
    return program or asked.program


def _tested(program: Program, asked: _Asked) -> TestedText:
    seen = _seen(asked.parts)
    articles: dict[str, list[CoveredEntry]] = {}
    for path, origin, conditions in _paths(program):
        stated = all(map(partial(_of_sheet, program), conditions))
        entry = CoveredEntry(path, origin, seen.get(path, {}), BOTH_WAYS if stated else WANTED)
        articles.setdefault(_article(program, origin), []).append(entry)
    for path, origin in paths_of_time(program):
        entry = CoveredEntry(path, origin, asked.of_time.get(path, {}), BOTH_WAYS, of_time=True)
        articles.setdefault(_article(program, origin), []).append(entry)
    order = [*program.provisions, *articles]
    return TestedText(
        program,
        {id: tuple(articles[id]) for id in dict.fromkeys(order) if id in articles},
        tuple(_untried(program, asked)),
    )


def _paths(program: Program) -> Iterator[tuple[EntryPath, Origin, tuple[core.Condition, ...]]]:
    """Yield every rule and outcome that is a version's own, with what it asks.

    What is carried over is tested where it comes from, and of a draft what it touches.
    """
    drafted = program.drafted()
    for rule in program.rules.values():
        reach = program.rests_on((rule.key,))
        own = program.amends is None or drafted & reach
        if own and rule.origin.carried_from is None:
            yield EntryPath(rule.key), rule.origin, (rule.condition,)
    for decision in program.decisions.values():
        own = program.amends is None or drafted & program.reach(decision.id)
        if own and decision.origin.carried_from is None:
            asked = tuple(
                row.condition for row in decision.outcomes if row.condition is not None
            )
            for row in decision.outcomes:
                yield EntryPath(decision.key, (row.outcome,)), row.origin, asked


def _of_sheet(program: Program, condition: core.Condition) -> bool:
    """Tell whether a condition asks only whether a sheet states something."""
    return all(
        _of_sheet(program, program.rules[leaf.rule].condition)
        if isinstance(leaf, core.Met)
        else isinstance(leaf, core.Apply) and leaf.row.of_sheet
        for leaf in core.leaves(condition)
    )


def _seen(parts: Iterable[DecisionVerdict]) -> Mapping[EntryPath, Mapping[Status, int]]:
    """Count the cases in which each rule and outcome has each status."""
    seen: dict[EntryPath, Counter[Status]] = {}
    for part in parts:
        found = {_path(part, reason): reason for reason in wholes(part)}
        for path, reason in found.items():
            seen.setdefault(path, Counter())[reason.status] += 1
    return seen


def _path(part: DecisionVerdict, reason: Reason) -> EntryPath:
    """Return the rule or the outcome that a reason is of."""
    assert reason.id is not None  # INVARIANT: only what has no name of its own has none
    if reason.kind is ReasonKind.RULE:
        return EntryPath(EntryKey(EntryKind.RULE, reason.id))
    return EntryPath(EntryKey(EntryKind.DECISION, part.decision), (reason.id,))


def _untried(program: Program, asked: _Asked) -> Iterator[str]:
    """Yield the options under which nothing was decided that they could have touched."""
    tried: set[tuple[str, str]] = set()
    of_time = program.readings_of_time() if asked.timelines else ()
    for timeline in asked.timelines:
        for reading in of_time:
            tried.add((reading.id, chosen_option(timeline, reading)))
    for part in asked.parts:
        tried |= set(part.chosen.items())
        if part.program is not None:
            for reading in part.program.readings_of(part.decision):
                tried.add((reading.id, chosen_option(part, reading)))
    keys = {path.key for path, _, _ in _paths(program)}
    own = {key.id for key in keys if key.kind is EntryKind.DECISION}
    touched = {reading.id for id in own for reading in program.readings_of(id)}
    touched |= {reading.id for reading in of_time}
    for reading in program.readings.values():
        own_reading = program.amends is None or reading.origin.drafted_by is not None
        for option in reading.options if own_reading and reading.id in touched else ():
            if (reading.id, option) not in tried:
                yield f"{reading.id}={option}"


def _article(program: Program, origin: Origin) -> str:
    """Return the article, or what stands in its place, that an entry belongs to."""
    return program.article_of(program.provision_of(origin))
