"""Which facts would settle a decision: the smallest sets that do, whatever they turn out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice, product

from ipcity_policy.engines.interpreter.decision import Ruling, answer, ruling
from ipcity_policy.engines.interpreter.explanation import Answer, Fault, Testimony
from ipcity_policy.lang.values import Value
from ipcity_policy.law.program import Program
from ipcity_policy.questions.assignments import Assignment, Comparisons, assignments_of
from ipcity_policy.questions.representatives import learn, samples_of
from ipcity_policy.questions.verdict import SettlingSets
from ipcity_policy.text.subject import FactPath

#: How many answers are worked out before the search is given up; how many reasons they may
#: give together, so that of large ones there are fewer; and how many sets are looked at.
MAX_ANSWERS = 256
MAX_REASONS = 100_000
MAX_SETS = 16_384
#: How many values of one fact are tried for one that leaves the decision open.
MAX_SAMPLES = 64

#: An outcome, or why there is none.
_Given = tuple[str | None, Fault | None]


def settled_by(
    program: Program,
    values: Mapping[str, Value],
    decision: str,
    found: Answer,
    *,
    strict: bool,
    testimony: Testimony | None = None,
) -> SettlingSets:
    """Return the smallest sets of facts that settle the decision whatever they turn out.

    They are what logic calls prime implicants, here of "it is decided" in what is known. Empty
    where nothing that can be asked settles it; all missing facts together where the search
    grows too large.

    >>> from tests.boxes import law
    >>> sets = settled_by(law(), {}, "sale", answer(law(), {}, "sale"), strict=False)
    >>> [[fact.text for fact in facts] for facts in sets]
    [['weight', 'sealed']]
    """
    missing = tuple(one.of for one in found.missing if isinstance(one.of, FactPath))
    if not missing or len(missing) < len(found.missing):  # a text cannot be asked for
        return ()
    search = _Search((program,), values, decision, strict, missing, (testimony,))
    needed = search.needed()
    sets: list[tuple[FactPath, ...]] = []
    for names in islice(_by_size(missing, needed), MAX_SETS):
        if any(set(smaller) <= set(names) for smaller in sets):
            continue
        # Once all that bears on it is known, it is decided.
        settles = names == missing or search.settles(names)
        if settles is None:
            return tuple(sets) or (missing,)
        if settles:
            sets.append(names)
    return tuple(sets) or (missing,)


def settled_together(
    programs: Sequence[Program],
    values: Mapping[str, Value],
    decision: str,
    missing: tuple[FactPath, ...],
    date_fact: str | None,
    *,
    strict: bool,
    agree: bool,
    testimonies: tuple[Testimony | None, ...],
) -> SettlingSets:
    """Return the smallest sets of facts that settle a question several versions may govern.

    Without the date that chooses the version, all must give one answer; with it, each must
    give some. `date_fact` is None where even that date may leave no version; `agree` says
    whether the versions cover every day that is possible.

    >>> from tests.boxes import law
    >>> asked = [law("1"), law("2")], {}, "class", (FactPath("weight"),), "made"
    >>> found = settled_together(*asked, strict=False, agree=True, testimonies=(None, None))
    >>> [[one.text for one in some] for some in found]
    [['made', 'weight']]
    """
    search = _Search(tuple(programs), values, decision, strict, missing, testimonies)
    day = FactPath(date_fact) if date_fact is not None else None
    names = missing if day is None else (day, *missing)
    sets: list[tuple[FactPath, ...]] = []
    for group in islice(_by_size(names, frozenset()), MAX_SETS):
        dated = day in group
        if any(set(smaller) <= set(group) for smaller in sets) or not (dated or agree):
            continue
        facts = tuple(one for one in group if one != day)
        settles = search.settles(facts, agreeing=not dated)
        if settles is None:
            return tuple(sets)
        if settles:
            sets.append(group)
    return tuple(sets)


def _by_size(
    facts: tuple[FactPath, ...], needed: frozenset[FactPath]
) -> Iterable[tuple[FactPath, ...]]:
    """Yield the sets of facts that hold all that is needed, small ones first."""
    others = [one for one in facts if one not in needed]
    for size in range(len(others) + 1):
        for more in combinations(others, size):
            group = tuple(one for one in facts if one in needed or one in more)
            if group:
                yield group


@dataclass
class _Search:
    """Looks for the facts that settle a question under one or several versions."""

    programs: tuple[Program, ...]
    values: Mapping[str, Value]
    decision: str
    strict: bool
    missing: tuple[FactPath, ...]
    #: What events tell of the answer, under each version.
    testimonies: tuple[Testimony | None, ...]
    #: How many answers were worked out, and how many may be.
    tried: int = 0
    limit: int = MAX_ANSWERS
    _several: tuple[Comparisons, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._several = tuple(
            Comparisons(
                program,
                answer(
                    program, self.values, self.decision, strict=self.strict, testimony=testimony
                ),
                self.values,
                self.decision,
                self.missing,
            )
            for program, testimony in zip(self.programs, self.testimonies, strict=True)
        )
        self.tried = len(self._several)
        size = sum(one.size for one in self._several)
        self.limit = min(MAX_ANSWERS, MAX_REASONS // max(size, 1))

    def _answer(
        self, number: int, values: Mapping[str, Value], supposed: Assignment | None = None
    ) -> Ruling:
        """Answer under one of the programs, by its number."""
        self.tried += 1
        return ruling(
            self.programs[number],
            values,
            self.decision,
            strict=self.strict,
            supposed=supposed or {},
            testimony=self.testimonies[number],
        )

    def needed(self) -> frozenset[FactPath]:
        """Return facts without which nothing settles it: all others known, it may stay open.

        For each fact a value is looked for that alone leaves the decision open; where those
        of all facts but one do so together, that one is needed. Others may be needed too.
        """
        leaving = {fact: self._leaving(fact) for fact in self.missing}
        found: set[FactPath] = set()
        for fact in self.missing:
            others = [(one, value) for one, value in leaving.items() if one != fact]
            if all(value is not None for _, value in others) and self._open(others):
                found.add(fact)
        return frozenset(found)

    def _leaving(self, fact: FactPath) -> Value | None:
        """Return a value of a fact that leaves the decision open; None if none is found."""
        if self.tried > self.limit:
            return None
        samples = samples_of(self.programs[0], self.values, self.decision, fact)
        some = islice(samples, MAX_SAMPLES)
        return next((value for value in some if self._open(((fact, value),))), None)

    def _open(self, learnt: Iterable[tuple[FactPath, Value | None]]) -> bool:
        """Tell whether the decision stays undecided once some facts are learnt."""
        if self.tried > self.limit:
            return False  # nothing more is looked for
        known = learn(self.programs[0], self.values, learnt)
        return not _decided(self._answer(0, known))

    def settles(self, facts: tuple[FactPath, ...], *, agreeing: bool = False) -> bool | None:
        """Tell whether some facts settle it whatever they turn out; None past the limit.

        `agreeing` says whether all versions must give one answer, or each some of its own.
        """
        for chosen in product(*assignments_of(self._several, facts)):
            given: set[_Given] = set()
            for number in range(len(self.programs)):
                if self.tried > self.limit:
                    return None
                supposed = {
                    leaf: truth for one in chosen for leaf, truth in one[number].items()
                }
                after = self._answer(number, self.values, supposed)
                if not _decided(after):
                    return False
                given.add((after.outcome, after.fault))
            if agreeing and len(given) > 1:
                return False
        return True


def _decided(given: Ruling) -> bool:
    """Tell whether a question has its answer, be it that the law gives none or several."""
    return given.outcome is not None or given.fault is not None
