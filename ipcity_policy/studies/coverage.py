"""What the rule tests have seen of a measure: each rule and outcome in each status."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ipcity_policy.engines.verdict import Kind, Status, Verdict
from ipcity_policy.lang import core
from ipcity_policy.lang.operators import OF_SHEET
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.model import Origin
from ipcity_policy.measure.program import Program
from ipcity_policy.studies.reasons import parts_of, wholes
from ipcity_policy.studies.ruletests import Case

#: What every rule and outcome is to be seen as; what asks only whether something is stated
#: is never unknown.
WANTED = (Status.MET, Status.NOT_MET, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule or an outcome, and in how many cases it was seen as what."""

    #: As drafts name it: `rules.…`, `decisions.….…`.
    path: str
    origin: Origin
    seen: Mapping[Status, int]
    wanted: tuple[Status, ...] = WANTED

    @property
    def unseen(self) -> tuple[Status, ...]:
        """The statuses in which no case saw it."""
        return tuple(status for status in self.wanted if not self.seen.get(status))


@dataclass(frozen=True, slots=True)
class Tested:
    """A version or draft that cases ask about."""

    program: Program
    #: By article, or what stands in its place, in the order of the version.
    articles: Mapping[str, tuple[Entry, ...]]
    #: The options, as `reading=option`, under which no case was decided.
    untried: tuple[str, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All rules and outcomes."""
        return tuple(entry for entries in self.articles.values() for entry in entries)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the cases have seen, version by version."""

    tested: tuple[Tested, ...]
    #: The versions and drafts of the same measures that no case asks about.
    untested: tuple[str, ...]

    @property
    def all(self) -> int:
        """The number of rules and outcomes."""
        return sum(len(one.entries) for one in self.tested)

    @property
    def seen(self) -> int:
        """The number of those that were seen in every status."""
        return sum(not entry.unseen for one in self.tested for entry in one.entries)


def coverage_of(library: Library, cases: Iterable[Case]) -> Coverage:
    """Return what some cases have seen of the versions that they ask about.

    A rule counts as seen in a status where a verdict's reasons give it that status,
    whether it decides or not.
    """
    parts: dict[str, list[Verdict]] = {}
    measures: dict[str, None] = {}
    for case in cases:
        if case.verdict is not None:
            measures[case.verdict.sheet.measure] = None
            for part in parts_of(case.verdict):
                if part.program is not None:
                    parts.setdefault(part.program.id, []).append(part)
    homes = [home for home in library.measures() if home.name in measures]
    known = [
        ref.id for home in homes for ref in (*library.versions(home), *library.drafts(home))
    ]
    ordered = [id for id in known if id in parts] + [id for id in parts if id not in known]
    tested = tuple(_tested(_written(library, id, parts[id]), parts[id]) for id in ordered)
    untested = (id for id in known if id not in parts and _asks(library, id))
    return Coverage(tested, tuple(untested))


def _asks(library: Library, id: str) -> bool:
    """Tell whether a version has questions that a case could ask."""
    ref = library.find(id)
    program = library.program(ref).value if ref is not None else None
    return program is None or bool(program.decisions)


def _written(library: Library, id: str, parts: Sequence[Verdict]) -> Program:
    """Return a version as written, without the readings that a case may have chosen."""
    ref = library.find(id)
    program = library.program(ref).value if ref is not None else None
    applied = (part.program for part in parts if part.program is not None)
    return program or next(applied)


def _tested(program: Program, parts: Sequence[Verdict]) -> Tested:
    seen = _seen(parts)
    articles: dict[str, list[Entry]] = {}
    for path, origin, conditions in _paths(program):
        stated = all(map(partial(_of_sheet, program), conditions))
        entry = Entry(path, origin, seen.get(path, {}), WANTED[:2] if stated else WANTED)
        articles.setdefault(_article(program, origin), []).append(entry)
    order = [*program.provisions, *articles]
    return Tested(
        program,
        {id: tuple(articles[id]) for id in dict.fromkeys(order) if id in articles},
        tuple(_untried(program, parts)),
    )


def _paths(program: Program) -> Iterator[tuple[str, Origin, tuple[core.Condition, ...]]]:
    """Yield every rule and outcome that is a version's own, with what it asks.

    What is carried over is tested where it comes from, and of a draft what it touches.
    """
    drafted = program.drafted()
    for rule in program.rules.values():
        reach = program.rests_on((("rule", rule.id),))
        own = program.amends is None or drafted & reach
        if own and rule.origin.carried_from is None:
            yield f"rules.{rule.id}", rule.origin, (rule.condition,)
    for decision in program.decisions.values():
        own = program.amends is None or drafted & program.reach(decision.id)
        if own and decision.origin.carried_from is None:
            asked = tuple(row.condition for row in decision.rows if row.condition is not None)
            for row in decision.rows:
                yield f"decisions.{decision.id}.{row.outcome}", row.origin, asked


def _of_sheet(program: Program, condition: core.Condition) -> bool:
    """Tell whether a condition asks only whether a sheet states something."""
    return all(
        _of_sheet(program, program.rules[leaf.rule].condition)
        if isinstance(leaf, core.Met)
        else isinstance(leaf, core.Apply) and leaf.operator in OF_SHEET
        for leaf in core.leaves(condition)
    )


def _seen(parts: Iterable[Verdict]) -> Mapping[str, Mapping[Status, int]]:
    """Count the cases in which each rule and outcome has each status."""
    seen: dict[str, Counter[Status]] = {}
    for part in parts:
        found = {
            (f"rules.{r.id}" if r.kind is Kind.RULE else f"decisions.{part.decision}.{r.id}"): r
            for r in wholes(part)
        }
        for path, reason in found.items():
            seen.setdefault(path, Counter())[reason.status] += 1
    return seen


def _untried(program: Program, parts: Iterable[Verdict]) -> Iterator[str]:
    """Yield the options under which nothing was decided that they could have touched."""
    tried: set[tuple[str, str]] = set()
    for part in parts:
        tried |= set(part.chosen.items())
        if part.program is not None:
            for reading in part.program.readings_of(part.decision):
                tried.add((reading.id, part.chosen.get(reading.id, reading.default)))
    own = {path.split(".")[1] for path, _, _ in _paths(program) if path[0] == "d"}
    touched = {reading.id for id in own for reading in program.readings_of(id)}
    for reading in program.readings.values():
        own_reading = program.amends is None or reading.origin.drafted_by is not None
        for option in reading.options if own_reading and reading.id in touched else ():
            if (reading.id, option) not in tried:
                yield f"{reading.id}={option}"


def _article(program: Program, origin: Origin) -> str:
    """Return the article, or what stands in its place, that an entry belongs to."""
    provision = origin.provision
    if origin.carried_from is not None:
        provision = program.carried[origin.carried_from].provision
    return program.article_of(provision)
