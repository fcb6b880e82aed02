"""The clauses in which two versions differ: what each says before and after."""

from collections.abc import Container, Iterator, Mapping

from ipcity_policy.lang import core
from ipcity_policy.law.program import Program
from ipcity_policy.report.block import Mark, TreeLine
from ipcity_policy.report.prose.lifecycle import LawOfTime, of_time
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.reports.conditions import condition_branch, is_long
from ipcity_policy.report.reports.indicators import system_text
from ipcity_policy.studies.comparison.clauses import Clause
from ipcity_policy.studies.comparison.comparison import Comparison
from ipcity_policy.text.message import say, tell
from ipcity_policy.text.subject import EntryKind


def wordings(comparison: Comparison, language: str) -> tuple[Wording, Wording]:
    """Return how each of two versions is said, both in the words of the later facts."""
    before, after = comparison.before, comparison.after
    return (
        Wording(after.vocabulary, language, before),
        Wording(after.vocabulary, language, after),
    )


def clause_branches(comparison: Comparison, language: str) -> Iterator[TreeLine]:
    """Yield each clause that differs, with what it says before and after."""
    clauses = _Clauses(comparison, language)
    for clause in comparison.clauses:
        yield clauses.clause(clause)


def stands(clause: Clause, first: Wording, second: Wording) -> str:
    """Cite where a clause stands; where it stands in both, after."""
    if clause.after is not None:
        return second.origin(clause.after)
    return first.origin(clause.before) if clause.before is not None else ""


def clause_text(
    wording: Wording, clause: Clause, program: Program, of: Comparison
) -> str | None:
    """Say what a clause says in one of two versions; None where it is not in it."""
    match clause.key.kind:
        case EntryKind.SYSTEM:
            other = of.after if program is of.before else of.before
            one, another = (both.systems.get(clause.key.id) for both in (program, other))
            return system_text(one, another, wording) or None
        case EntryKind.PARAMETER:
            parameter = program.parameters.get(clause.key.id)
            return (
                wording.value(parameter.value, wording.named_by(clause.key.id))
                if parameter
                else None
            )
        case EntryKind.RULE:
            rule = program.rules.get(clause.key.id)
            return wording.condition(rule.condition) if rule else None
        case EntryKind.QUANTITY:
            quantity = program.quantities.get(clause.key.id)
            return wording.expression(quantity.expression) if quantity else None
        case EntryKind.COUNTING:
            return LawOfTime(program, wording).counting()
    if clause.of_time:
        entry = of_time(program.history)[clause.key.kind].get(clause.key.id)
        return LawOfTime(program, wording).text(entry) if entry is not None else None
    decision = program.decisions.get(clause.key.id)
    if decision is None:
        return None
    parts = [
        f"{row.outcome}: {wording.condition(row.condition)}"
        for row in decision.outcomes
        if row.condition is not None
    ]
    return "; ".join(parts)


class _Clauses:
    def __init__(self, comparison: Comparison, language: str) -> None:
        self.of = comparison
        self.language = language
        self.first, self.second = wordings(comparison, language)

    def _called(self, program: Program) -> str:
        return program.vocabulary.version(program.id, self.language)

    def clause(self, clause: Clause) -> TreeLine:
        """Say what a clause says before and after."""
        name = tell(
            self.language,
            "{clause} ({cite})",
            clause=clause.key.path,
            cite=stands(clause, self.first, self.second),
        )
        colon = tell(self.language, ": ")
        first, second = self._called(self.of.before), self._called(self.of.after)
        before = tell(self.language, "before: {version}", version=first) + colon
        after = tell(self.language, "after: {version}", version=second) + colon
        old = _conditions(clause, self.of.before)
        new = _conditions(clause, self.of.after)
        if old or new:
            changed = {id for id in (*old, *new) if old.get(id) != new.get(id)}
            below = (
                self._asked(before, clause, (old, {}), changed, self.first),
                self._asked(after, clause, (new, old), changed, self.second),
            )
        else:
            below = (
                TreeLine(Mark.NONE, before + self._value(self.first, clause, self.of.before)),
                TreeLine(Mark.NONE, after + self._after(clause)),
            )
        return TreeLine(Mark.NONE, name, below=below)

    def _asked(
        self,
        lead: str,
        clause: Clause,
        both: tuple[Mapping[str, core.Condition], Mapping[str, core.Condition]],
        changed: Container[str],
        wording: Wording,
    ) -> TreeLine:
        """Say conditions by their outcomes; of a long one that changed, only what did."""
        conditions, others = both
        moved = {id: one for id, one in conditions.items() if id in changed}
        if not moved:
            return TreeLine(Mark.NONE, lead + tell(self.language, "nothing"))
        said = []
        for id, condition in moved.items():
            named = self._named(clause, id) if id else ""
            one = lead + named if len(moved) == 1 else named
            other = others.get(id)
            if is_long(condition) and _mostly(condition, other):
                said.append(self._moved(one, condition, other))
            else:
                said.append(condition_branch(condition, wording, lead=one))
        return (
            said[0] if len(said) == 1 else TreeLine(Mark.NONE, lead.rstrip(), below=tuple(said))
        )

    def _named(self, clause: Clause, id: str) -> str:
        """Name an outcome; one that both versions have as the later one says it."""
        both = (self.of.before.decisions, self.of.after.decisions)
        decisions = (one[clause.key.id] for one in both if clause.key.id in one)
        rows = (row for one in decisions for row in one.outcomes)
        says = {row.outcome: row.says[self.language] for row in rows}
        template = say("{outcome}: ", context="outcome")
        return tell(self.language, template, outcome=id, says=says[id])

    def _moved(self, lead: str, new: core.Condition, old: core.Condition | None) -> TreeLine:
        """Say which parts of a conjunction are gone and which have come."""
        assert isinstance(new, core.All)
        assert isinstance(old, core.All)
        gone = (part for part in old.parts if part not in new.parts)
        come = (part for part in new.parts if part not in old.parts)
        below = (
            *(
                condition_branch(part, self.first, lead=tell(self.language, "no longer: "))
                for part in gone
            ),
            *(
                condition_branch(part, self.second, lead=tell(self.language, "new: "))
                for part in come
            ),
        )
        return TreeLine(Mark.NONE, lead + tell(self.language, "the same, except:"), below=below)

    def _after(self, clause: Clause) -> str:
        """Say what a clause says after; of a set, only what comes in or goes out."""
        old = self.of.before.parameters.get(clause.key.id)
        new = self.of.after.parameters.get(clause.key.id)
        if clause.key.kind is EntryKind.PARAMETER and old is not None and new is not None:
            had, has = old.value, new.value
            if isinstance(had, tuple) and isinstance(has, tuple):
                named = self.second.named_by(clause.key.id)
                gone = tuple(name for name in had if name not in has)
                come = tuple(name for name in has if name not in had)
                said = [
                    tell(self.language, template, names=self.second.value(names, named))
                    for template, names in (
                        (say("without {names}"), gone),
                        (say("and {names}"), come),
                    )
                    if names
                ]
                return tell(
                    self.language,
                    "the same {changes}",
                    changes=tell(self.language, say(", ", context="join")).join(said),
                )
        return self._value(self.second, clause, self.of.after)

    def _value(self, wording: Wording, clause: Clause, program: Program) -> str:
        return clause_text(wording, clause, program, self.of) or tell(self.language, "nothing")


def _conditions(clause: Clause, program: Program) -> dict[str, core.Condition]:
    """Return what a clause asks, by outcome; a rule has none, and a figure asks nothing."""
    if clause.key.kind is EntryKind.RULE and clause.key.id in program.rules:
        return {"": program.rules[clause.key.id].condition}
    if clause.key.kind is EntryKind.DECISION and clause.key.id in program.decisions:
        rows = program.decisions[clause.key.id].outcomes
        return {row.outcome: row.condition for row in rows if row.condition is not None}
    return {}


def _mostly(new: core.Condition, old: core.Condition | None) -> bool:
    """Tell whether two conjunctions share some part, so that only what differs is said."""
    if not isinstance(new, core.All) or not isinstance(old, core.All):
        return False
    return any(part in old.parts for part in new.parts)
