"""What the rule tests have seen of a measure: each rule and outcome in each status."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ipcity_policy.engines.verdict import Kind, Status, Verdict
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.model import Origin
from ipcity_policy.measure.program import Program
from ipcity_policy.studies.reasons import parts_of, wholes
from ipcity_policy.studies.ruletests import Case

#: What every rule and outcome is to be seen as.
WANTED = (Status.MET, Status.NOT_MET, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule or an outcome, and in how many cases it was seen as what."""

    #: As drafts name it: `rules.…`, `decisions.….…`.
    path: str
    origin: Origin
    seen: Mapping[Status, int]

    @property
    def unseen(self) -> tuple[Status, ...]:
        """The statuses in which no case saw it."""
        return tuple(status for status in WANTED if not self.seen.get(status))


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
    return Coverage(tested, tuple(id for id in known if id not in parts))


def _written(library: Library, id: str, parts: Sequence[Verdict]) -> Program:
    """Return a version as written, without the readings that a case may have chosen."""
    ref = library.find(id)
    program = library.program(ref).value if ref is not None else None
    applied = (part.program for part in parts if part.program is not None)
    return program or next(applied)


def _tested(program: Program, parts: Sequence[Verdict]) -> Tested:
    seen = _seen(parts)
    articles: dict[str, list[Entry]] = {}
    for path, origin in _paths(program):
        entry = Entry(path, origin, seen.get(path, {}))
        articles.setdefault(_article(program, origin), []).append(entry)
    order = [*program.provisions, *articles]
    return Tested(
        program,
        {id: tuple(articles[id]) for id in dict.fromkeys(order) if id in articles},
        tuple(_untried(program, parts)),
    )


def _paths(program: Program) -> Iterator[tuple[str, Origin]]:
    """Yield every rule and outcome of a version."""
    for rule in program.rules.values():
        yield f"rules.{rule.id}", rule.origin
    for decision in program.decisions.values():
        for row in decision.rows:
            yield f"decisions.{decision.id}.{row.outcome}", row.origin


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
    for reading in program.readings.values():
        for option in reading.options:
            if (reading.id, option) not in tried:
                yield f"{reading.id}={option}"


def _article(program: Program, origin: Origin) -> str:
    """Return the article, or what stands in its place, that an entry belongs to."""
    provision = origin.provision
    if origin.carried_from is not None:
        provision = program.carried[origin.carried_from].provision
    above = (id for id in program.provisions if provision.startswith((f"{id}-", f"{id}.")))
    return min(above, key=len, default=provision)
