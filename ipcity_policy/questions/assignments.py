"""What the comparisons of a decision may come to once some facts are known.

What is learnt of a fact shows only in the comparisons that ask about it. A fact that is
compared with what the law sets has a few samples, between which no such comparison changes.
Of any other comparison no more is taken than that it will hold or will not. Together that
may be more than is possible; it is never less.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from ipcity_policy.engines.interpreter.components import with_component
from ipcity_policy.engines.interpreter.explanation import Answer, Status
from ipcity_policy.engines.interpreter.operators import truth_of
from ipcity_policy.lang import core
from ipcity_policy.lang.datatypes import (
    ChoiceType,
    DateType,
    DocumentType,
    NumberType,
    PeriodType,
)
from ipcity_policy.lang.values import Truth, Value
from ipcity_policy.law.program import Program
from ipcity_policy.questions.representatives import comparisons, known_of, samples_of
from ipcity_policy.text.subject import EntryKey, EntryKind, FactPath

Atom: TypeAlias = core.Apply | core.InYears
#: What some comparisons are supposed to come to.
Assignment: TypeAlias = Mapping[core.Condition, Truth]


def assignments_of(
    several: Sequence["Comparisons"], facts: Sequence[FactPath]
) -> list[list[tuple[Assignment, ...]]]:
    """Return what may be once some of the missing facts are known, as independent choices.

    Of every choice one item holds: for each version, what its comparisons come to.

    >>> from ipcity_policy.engines.interpreter.decision import answer
    >>> from tests.boxes import law
    >>> facts = [FactPath("weight")]
    >>> found = Comparisons(law(), answer(law(), {}, "class"), {}, "class", facts)
    >>> [[[*one.values()] for (one,) in choice] for choice in assignments_of([found], facts)]
    [[[True, False, True, False], [False, True, True, False], [False, True, False, True]]]
    """
    choices: list[list[tuple[Assignment, ...]]] = []
    for fact in facts:
        under = [
            tuple(one.sampled(fact, value) for one in several)
            for value in (value for one in several for value in one.samples(fact))
        ]
        unlike = {tuple(tuple(case.values()) for case in cases): cases for cases in under}
        choices.append(list(unlike.values()))
    for number, one in enumerate(several):
        for pair in one.free(frozenset(facts)):
            before: list[Assignment] = [{}] * number
            after: list[Assignment] = [{}] * (len(several) - number - 1)
            choices.append([(*before, case, *after) for case in pair])
    return [choice for choice in choices if choice]


class Comparisons:
    """What the comparisons of a decision depend on, under one version."""

    def __init__(
        self,
        program: Program,
        found: Answer,
        values: Mapping[str, Value],
        decision: str,
        missing: Sequence[FactPath],
    ) -> None:
        self.program, self.values, self.decision = program, values, decision
        #: How much an answer tells.
        now, self.size = _statuses(found)
        #: By missing fact, the comparisons that its samples stand for.
        self.simple: dict[FactPath, list[core.Apply]] = {path: [] for path in missing}
        #: The others that are open, with the sets of missing facts that decide each.
        self.others: list[tuple[Atom, tuple[frozenset[FactPath], ...]]] = []
        #: What asks whether the sheet states something.
        self.of_sheet: list[tuple[Atom, frozenset[FactPath]]] = []
        for leaf in dict.fromkeys(comparisons(program, decision)):
            keys = program.rests_on(core.names(leaf))
            asked = frozenset(p for p in missing if EntryKey(EntryKind.FACT, p.fact) in keys)
            if isinstance(leaf, core.Apply) and leaf.row.of_sheet:
                self.of_sheet.append((leaf, asked))
            elif now.get(leaf) is Status.UNKNOWN and asked:
                if isinstance(leaf, core.Apply) and len(asked) == 1 and _is_simple(leaf):
                    self.simple[next(iter(asked))].append(leaf)
                else:
                    self.others.append((leaf, tuple(_deciding(program, leaf, asked))))

    def samples(self, path: FactPath) -> Iterator[Value]:
        """Yield values of a fact, one for each way its comparisons may come out."""
        if self.simple[path]:
            yield from samples_of(self.program, self.values, self.decision, path)

    def sampled(self, path: FactPath, value: Value) -> Assignment:
        """Return what the comparisons of a fact come to where it has a value."""
        fact, component = path
        known = known_of(self.program, self.values, fact)
        whole = with_component(known, component, value)
        return {leaf: truth_of(leaf, (whole, *self._right(leaf))) for leaf in self.simple[path]}

    def _right(self, leaf: core.Apply) -> Iterator[Value | tuple[str, ...]]:
        for operand in leaf.operands[1:]:
            if isinstance(operand, core.ParameterRef):
                yield self.program.parameters[operand.name].value
            elif isinstance(operand, core.OptionRef):
                yield (operand.name,)

    def free(self, facts: frozenset[FactPath]) -> Iterator[tuple[Assignment, Assignment]]:
        """Yield the two ways that other comparisons can come out once some facts are known.

        One comes out like its opposite does not. What depends on other facts too stays open.
        """
        settled = [leaf for leaf, sets in self.others if any(one <= facts for one in sets)]
        settled += [leaf for leaf, asked in self.of_sheet if asked & facts]
        alike: dict[Atom, list[tuple[Atom, bool]]] = {}
        for leaf in settled:
            first, same = _plain(leaf)
            alike.setdefault(first, []).append((leaf, same))
        for leaves in alike.values():
            yield (
                dict(leaves),
                {leaf: not same for leaf, same in leaves},
            )


def _statuses(found: Answer) -> tuple[dict[core.Condition, Status], int]:
    """Return the status of each comparison, and how many reasons give it.

    Of a comparison that stands twice it is what is known.
    """
    statuses: dict[core.Condition, Status] = {}
    todo, seen = list(found.reasons), set[int]()
    while todo:
        reason = todo.pop()
        if id(reason) not in seen:  # a rule that several others rest on is one object
            seen.add(id(reason))
            if isinstance(reason.asked, (core.Apply, core.InYears)):
                known = statuses.get(reason.asked, Status.UNKNOWN)
                statuses[reason.asked] = reason.status if known is Status.UNKNOWN else known
            todo += reason.because
    return statuses, len(seen)


def _deciding(
    program: Program, leaf: Atom, asked: frozenset[FactPath]
) -> Iterator[frozenset[FactPath]]:
    """Yield the sets of missing facts that decide a comparison.

    A total is known from the scores, where the table is known in full, or as it is given.
    """
    for by_given in (False, True):
        facts = _behind(program, leaf, by_given=by_given)
        deciding = frozenset(path for path in asked if path.fact in facts)
        if deciding:
            yield deciding


def _behind(program: Program, leaf: Atom, *, by_given: bool) -> frozenset[str]:
    """Return the facts that a comparison depends on; none where a table leaves it open."""
    found: set[str] = set()
    todo = list(core.names(leaf))
    while todo:
        kind, name = todo.pop()
        if kind is EntryKind.FACT:
            found.add(name)
        elif kind is EntryKind.QUANTITY:
            expression = program.quantities[name].expression
            if isinstance(expression, core.StatedTotal):
                expression = expression.stated if by_given else expression.total
            if core.is_open(expression):
                return frozenset()
            todo += core.named(expression)
    return frozenset(found)


#: The types of which a few samples stand for all values.
_SAMPLED = (NumberType, PeriodType, DateType, ChoiceType, DocumentType)


def _is_simple(leaf: core.Apply) -> bool:
    """Tell whether a fact is compared with what the law sets, and samples stand for it."""
    left, *right = leaf.operands
    fixed = all(isinstance(one, (core.ParameterRef, core.OptionRef)) for one in right)
    return fixed and isinstance(left, core.FactRef) and isinstance(left.datatype, _SAMPLED)


def _plain(leaf: Atom) -> tuple[Atom, bool]:
    """Return the first of a comparison and its opposite, and whether it is that itself."""
    opposite = None if isinstance(leaf, core.InYears) else leaf.row.opposite
    if isinstance(leaf, core.InYears) or opposite is None or leaf.operator < opposite:
        return leaf, True
    return replace(leaf, operator=opposite), False
