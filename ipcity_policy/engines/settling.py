"""Which facts would settle a decision: the smallest sets that do, whatever they turn out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from ipcity_policy.engines.interpreter import answer
from ipcity_policy.engines.samples import comparisons, learn, samples_of
from ipcity_policy.engines.verdict import Answer, MissingKind
from ipcity_policy.lang import core
from ipcity_policy.lang.values import Value
from ipcity_policy.measure.model import Program

#: How many answers are worked out before the search is given up.
MAX_ANSWERS = 1_024


def settled_by(
    program: Program, values: Mapping[str, Value], decision: str, found: Answer, *, strict: bool
) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of facts that settle the decision whatever they turn out.

    Every value of a fact behaves like one of a few samples, between which no limit that it
    is compared with lies; those are tried. Empty where nothing that can be asked settles
    it; all missing facts together where the search grows too large.
    """
    missing = tuple(m.name for m in found.missing if m.kind is not MissingKind.TEXT)
    if not missing or any(m.kind is MissingKind.TEXT for m in found.missing):
        return ()
    search = _Search(program, values, decision, strict, missing)
    needed = search.needed()
    others = [name for name in missing if name not in needed]
    sets: list[tuple[str, ...]] = []
    for size in range(len(others) + 1):
        for more in combinations(others, size):
            names = tuple(name for name in missing if name in needed or name in more)
            if not names or any(set(smaller) <= set(names) for smaller in sets):
                continue
            settles = search.settles(names)
            if settles is None:
                return tuple(sets) or (missing,)
            if settles:
                sets.append(names)
    return tuple(sets)


@dataclass
class _Search:
    """Looks for the facts that settle one decision."""

    program: Program
    values: Mapping[str, Value]
    decision: str
    strict: bool
    missing: tuple[str, ...]
    samples: dict[str, tuple[Value, ...]] = field(init=False)
    #: How many answers were worked out.
    tried: int = 0

    def __post_init__(self) -> None:
        self.samples = {
            name: tuple(samples_of(self.program, self.values, self.decision, name))
            for name in self.missing
        }

    def open(self, learnt: Iterable[tuple[str, Value | None]]) -> bool:
        """Tell whether the decision stays undecided once some facts are learnt."""
        self.tried += 1
        known = learn(self.program, self.values, learnt)
        return answer(self.program, known, self.decision, strict=self.strict).outcome is None

    def needed(self) -> frozenset[str]:
        """Return facts without which nothing settles it: all others known, it may stay open.

        For each fact a value is looked for that alone leaves the decision open; where those
        of all facts but one do so together, that one is needed. Others may be needed too.
        """
        leaving = {
            name: next((v for v in self.samples[name] if self.open(((name, v),))), None)
            for name in self.missing
        }
        found: set[str] = set()
        for name in self.missing:
            others = [(one, value) for one, value in leaving.items() if one != name]
            if all(value is not None for _, value in others) and self.open(others):
                found.add(name)
        return frozenset(found)

    def settles(self, names: tuple[str, ...]) -> bool | None:
        """Tell whether some facts settle it whatever they turn out; None past the limit."""
        if names == self.missing:
            return True  # everything that bears on it is known
        joined = joint_facts(self.program, self.decision)
        left = {one.partition(".")[0] for one in self.missing if one not in names}
        tries = [_tried(name, self.samples[name], joined, left) for name in names]
        for chosen in product(*tries):
            if self.tried > MAX_ANSWERS:
                return None
            if self.open(zip(names, chosen, strict=True)):
                return False
        return True


def settled_together(
    programs: Sequence[Program],
    values: Mapping[str, Value],
    decision: str,
    missing: tuple[str, ...],
    date_fact: str | None,
    *,
    strict: bool,
    agree: bool,
) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of facts that settle a question several versions may govern.

    Without the date that chooses the version, all must give one answer; with it, each must
    give some. `date_fact` is None where even that date may leave no version; `agree` says
    whether the versions cover every day that is possible.
    """
    samples = {
        name: tuple(
            {
                repr(v): v for p in programs for v in samples_of(p, values, decision, name)
            }.values()
        )
        for name in missing
    }
    names = missing if date_fact is None else (date_fact, *missing)
    sets: list[tuple[str, ...]] = []
    tried = 0
    for size in range(1, len(names) + 1):
        for group in combinations(names, size):
            if any(set(smaller) <= set(group) for smaller in sets):
                continue
            dated = date_fact in group
            facts = [name for name in group if name != date_fact]
            if not (dated or agree):
                continue
            settles = True
            for chosen in product(*(samples[name] for name in facts)):
                tried += len(programs)
                if tried > MAX_ANSWERS:
                    return tuple(sets)
                learnt = learn(programs[0], values, zip(facts, chosen, strict=True))
                given = [answer(p, learnt, decision, strict=strict).outcome for p in programs]
                if None in given or not (dated or len(set(given)) == 1):
                    settles = False
                    break
            if settles:
                sets.append(group)
    return tuple(sets)


def _tried(
    name: str, samples: tuple[Value, ...], joined: Mapping[str, frozenset[str]], left: set[str]
) -> tuple[Value | None, ...]:
    """Return what is tried of a fact: nothing learnt too, where others decide with it.

    What a fact must be to decide then depends on facts that stay open, and no few samples
    stand for all its values.
    """
    others = joined.get(name.partition(".")[0], frozenset())
    return (*samples, None) if others & left else samples


def joint_facts(program: Program, decision: str) -> Mapping[str, frozenset[str]]:
    """Return, for each fact, those that it is compared or reckoned with."""
    joined: dict[str, set[str]] = {}
    for leaf in comparisons(program, decision):
        facts = {name for kind, name in program.rests_on(core.names(leaf)) if kind == "fact"}
        for fact in facts:
            joined.setdefault(fact, set()).update(facts - {fact})
    return {fact: frozenset(others) for fact, others in joined.items()}
