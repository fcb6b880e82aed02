"""A comparison as a report: the counts, what moves and why, the changed clauses."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias, assert_never

from ipcity_policy.engines.interpreter.explanation import Answer, Fault, Reason
from ipcity_policy.law.model import Origin
from ipcity_policy.report.block import Block, Heading, Items, Mark, Paragraph, Tree, TreeLine
from ipcity_policy.report.prose.interpretations import adoption_blocks
from ipcity_policy.report.prose.suppositions import supposing_both
from ipcity_policy.report.prose.verdict import consequence_text, reason_text
from ipcity_policy.report.reports.citations import attests, origins_of, texts_seen
from ipcity_policy.report.reports.clauses import clause_branches, stands, wordings
from ipcity_policy.report.reports.movements import counts_text, movement_text
from ipcity_policy.studies.comparison.clauses import Clause
from ipcity_policy.studies.comparison.comparison import (
    Comparison,
    Pair,
    SheetPair,
    SupposedPair,
)
from ipcity_policy.studies.comparison.movement import Movement
from ipcity_policy.text.message import Message, say, tell

#: Answers told together: their movement, the sentence, from where to where, and the reasons.
_Group: TypeAlias = tuple[Movement, Message, str, tuple[TreeLine, ...]]

#: What is said in place of an answer that the law fails to give.
_FAULTS: Mapping[Fault, Message] = MappingProxyType(
    {
        Fault.GAP: say("no outcome"),
        Fault.OVERLAP: say("several at once"),
    }
)


def comparison_report(comparison: Comparison, language: str) -> Iterator[Block]:
    """Yield the report of a comparison."""
    yield from _Report(comparison, language).blocks()


class _Report:
    def __init__(self, comparison: Comparison, language: str) -> None:
        self.of = comparison
        self.language = language
        self.first, self.second = wordings(comparison, language)

    def blocks(self) -> Iterator[Block]:
        """Yield the whole report."""
        of = self.of
        yield Heading(
            tell(
                self.language,
                "{before} compared with {after}",
                before=self.first.called(of.before.id),
                after=self.second.called(of.after.id),
            ),
            1,
        )
        if of.rows:
            yield Items(tuple(self._heads()))
        else:
            yield Paragraph(tell(self.language, "No sheet could be compared."))
        if of.left_out:
            names = self._list(sheet.name[self.language] for sheet in of.left_out)
            yield Paragraph(
                tell(
                    self.language,
                    "Left out, because something of the sheet is wrong: {subjects}.",
                    subjects=names,
                )
            )
        for decision, asks in of.decisions.items():
            groups = tuple(self._groups(decision))
            if groups:
                yield Heading(asks[self.language])
                yield Tree(groups)
        if of.alone:
            yield Heading(tell(self.language, "Questions that only one of them answers"))
            said = (
                tell(
                    self.language,
                    "{decision}: only in {version}",
                    decision=id,
                    version=self.first.called(version),
                )
                for id, version in of.alone.items()
            )
            yield Items(tuple(said))
        yield from adoption_blocks(of.adoptions, of.after.vocabulary, self.language)
        if of.chosen:
            pairs = self._list(f"{name}={option}" for name, option in of.chosen.items())
            yield Paragraph(tell(self.language, "Read as chosen: {options}.", options=pairs))
        yield Heading(tell(self.language, "Changed clauses"))
        if of.clauses:
            yield Tree(tuple(clause_branches(of, self.language)))
        else:
            yield Paragraph(
                tell(self.language, "No clause that affects these questions differs.")
            )
        compared = [pair for row in of.rows for pair in row.pairs]
        told = []
        if _attests((c.before for c in of.clauses), (one.before for one in compared)):
            told.append(of.before)
        if _attests((c.after for c in of.clauses), (one.after for one in compared)):
            told.append(of.after)
        texts = texts_seen((of.before, of.after), told, self.language)
        yield from (Paragraph(line) for line in texts)

    def _heads(self) -> Iterator[str]:
        """Yield the counts of each question; those in which nothing moves, together."""
        total = str(len(self.of.rows))
        still: dict[str, list[str]] = {}
        for decision, asks in self.of.decisions.items():
            counts = counts_text(self.of, decision, self.language)
            if any(n for one, n in self.of.counts(decision).items() if one.moves):
                yield tell(
                    self.language,
                    "{asks} Of {all}: {counts}.",
                    asks=asks[self.language],
                    all=total,
                    counts=counts,
                )
            else:
                still.setdefault(counts, []).append(asks[self.language])
        for counts, questions in still.items():
            if len(questions) == 1:
                yield tell(
                    self.language,
                    "{asks} Of {all}: {counts}.",
                    asks=questions[0],
                    all=total,
                    counts=counts,
                )
            else:
                n = str(len(questions))
                yield tell(
                    self.language,
                    "{n} questions, of {all} in each: {counts}.",
                    n=n,
                    all=total,
                    counts=counts,
                )

    def _groups(self, decision: str) -> Iterator[TreeLine]:
        """Yield what moves; what moves alike for the same reasons once, with its subjects."""
        alike: dict[_Group, list[tuple[SheetPair, Pair]]] = {}
        for row in self.of.rows:
            for pair in row.pairs:
                told = pair.movement.moves or pair.supposed is not None
                if pair.decision == decision and told:
                    group = (pair.movement, *self._way(pair), tuple(self._reasons(pair)))
                    alike.setdefault(group, []).append((row, pair))
        order = tuple(Movement)
        for group in sorted(alike, key=lambda one: order.index(one[0])):
            _, template, answer, below = group
            what = movement_text([pair for _, pair in alike[group]], self.language)
            names = self._list(row.sheet.name[self.language] for row, _ in alike[group])
            n = str(len(alike[group]))
            said = tell(self.language, template, what=what, n=n, answer=answer, subjects=names)
            yield TreeLine(Mark.NONE, said, decisive=True, below=below)

    def _way(self, pair: Pair) -> tuple[Message, str]:
        """Return the sentence that tells a movement, and from where to where."""
        old, new = pair.before, pair.after
        match pair.movement:
            case Movement.CHANGED | Movement.DECIDED | Movement.OPENED:
                before, after = (
                    self._answer(pair.decision, old),
                    self._answer(pair.decision, new),
                )
                return say("{what}, {answer}: {subjects}"), tell(
                    self.language, "{before} → {after}", before=before, after=after
                )
            case Movement.MORE | Movement.FEWER | Movement.OTHERS:
                added = [id for id in new.possible if id not in old.possible]
                gone = [id for id in old.possible if id not in new.possible]
                said = [
                    tell(
                        self.language,
                        template,
                        outcomes=self._outcomes(pair.decision, outcomes),
                    )
                    for template, outcomes in (
                        (say("new: {outcomes}"), added),
                        (say("no longer: {outcomes}"), gone),
                    )
                    if outcomes
                ]
                return say("{what} ({answer}): {subjects}"), tell(self.language, "; ").join(
                    said
                )
            case Movement.ASSUMED:
                return say("{n} cannot be compared: {subjects}"), ""
            case Movement.EFFECTS | Movement.SAME:
                return say("{what} ({answer}): {subjects}"), self._answer(pair.decision, new)
            case _:
                assert_never(pair.movement)

    def _answer(self, decision: str, answer: Answer) -> str:
        if answer.outcome is not None:
            return self._outcomes(decision, [answer.outcome])
        return tell(
            self.language,
            _FAULTS[answer.fault] if answer.fault else "not decided ({outcomes})",
            outcomes=self._outcomes(decision, answer.possible),
        )

    def _outcomes(self, decision: str, ids: Iterable[str]) -> str:
        """Name outcomes; those that both versions have as the later one says them."""
        both = (self.of.before.decisions[decision], self.of.after.decisions[decision])
        says = {row.outcome: row.says[self.language] for one in both for row in one.outcomes}
        named = say("{id}", context="outcome")
        return self._list(tell(self.language, named, id=id, says=says[id]) for id in ids)

    def _list(self, names: Iterable[str]) -> str:
        return tell(self.language, ", ").join(names)

    def _reasons(self, pair: Pair) -> Iterator[TreeLine]:
        """Say which clauses move an answer, and what decides it on both sides.

        Of one that cannot be compared, say what is answered with what is only assumed.
        """
        if pair.supposed is not None:
            yield TreeLine(Mark.NONE, self._supposing(pair.decision, pair.supposed))
            return
        causes = tell(self.language, "; ").join(map(self._clauses, pair.causes))
        template = (
            say("no changed clauses were found that alone change it in this way")
            if not pair.causes
            else say("changed by {clauses}")
            if len(pair.causes) == 1
            else say("changed by any one of: {clauses}")
        )
        yield TreeLine(Mark.NONE, tell(self.language, template, clauses=causes))
        for wording, answer in ((self.first, pair.before), (self.second, pair.after)):
            assert wording.program is not None
            version = wording.called(wording.program.id)
            for leaf in _decisive_leaves(answer):
                derived = wording.program.history.derived
                reason = reason_text(leaf, pair.decision, wording, derived)
                said = tell(
                    self.language, "{version}: {reason}", version=version, reason=reason
                )
                yield TreeLine(Mark(leaf.status), said)
            if pair.movement is Movement.EFFECTS:
                for effect in answer.effects:
                    said = consequence_text(effect, wording)
                    yield TreeLine(
                        Mark.NONE,
                        tell(
                            self.language, "{version}: {effect}", version=version, effect=said
                        ),
                    )

    def _supposing(self, decision: str, supposed: SupposedPair) -> str:
        before = self._answer(decision, supposed.before)
        after = self._answer(decision, supposed.after)
        said = tell(self.language, "{before} before, {after} after", before=before, after=after)
        if before == after:
            said = tell(self.language, "{answer} before and after", answer=after)
        return supposing_both(supposed.gaps, said, self.language)

    def _clauses(self, group: tuple[Clause, ...]) -> str:
        names = [
            tell(
                self.language,
                "{clause} ({cite})",
                clause=clause.key.path,
                cite=stands(clause, self.first, self.second),
            )
            for clause in group
        ]
        joined = tell(self.language, " and ").join(names)
        return (
            tell(self.language, "{clauses} together", clauses=joined)
            if len(names) > 1
            else joined
        )


def _attests(clauses: Iterable[Origin | None], answers: Iterable[Answer]) -> bool:
    """Tell whether something of one side is attested by its own text."""
    reasons = (origin for one in answers for origin in origins_of(one.reasons))
    return attests((*(one for one in clauses if one is not None), *reasons))


def _decisive_leaves(answer: Answer) -> Iterator[Reason]:
    seen: set[int] = set()  # a rule that several others rest on is one object
    todo = list(reversed(answer.reasons))
    while todo:
        reason = todo.pop()
        if reason.decisive and id(reason) not in seen:
            seen.add(id(reason))
            if reason.values:
                yield reason
            todo += reversed(reason.because)
