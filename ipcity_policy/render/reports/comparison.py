"""A comparison as a report: one line a subject, what moves unfolded, the changed clauses."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ipcity_policy.engines.verdict import Answer
from ipcity_policy.measure.model import PLURAL, Origin, Words
from ipcity_policy.render.as_json import effect_json, text_seen_json
from ipcity_policy.render.block import Block, Branch, Heading, Items, Mark, Table, Text, Tree
from ipcity_policy.render.explaining import consequence_text, reason_text
from ipcity_policy.render.reports.citations import attested_by, attests, origins_of
from ipcity_policy.render.reports.clauses import clause_branches, clause_text, stands, wordings
from ipcity_policy.render.wording import Wording
from ipcity_policy.studies.comparison import Clause, Comparison, Movement, Pair, Row
from ipcity_policy.text.shape import LANGUAGES

SENTENCES: Mapping[str, Words] = MappingProxyType(
    {
        "title": Words("{before} compared with {after}", "{before}与{after}比较"),
        "subject": Words("{subject}", "{subject}"),
        "before": Words("before: {version}", "之前：{version}"),
        "after": Words("after: {version}", "之后：{version}"),
        "moves": Words("moves?", "是否变化"),
        "same": Words("no", "否"),
        "moved": Words("yes", "是"),
        "assumed": Words("cannot be said", "无法判断"),
        "undecided": Words("not decided", "未定"),
        "gap": Words("no outcome", "无结果"),
        "overlap": Words("several at once", "结果重叠"),
        "possible": Words("{version}, possible: {outcomes}", "{version}，可能：{outcomes}"),
        "count": Words(
            "{moved} of {all} move; {same} stay; {assumed} cannot be compared, because one "
            "side only stands in for a text that is not available.",
            "共{all}个，{moved}个变化，{same}个不变，{assumed}个因一方条文未能找到、以他文代之而无法比较。",
        ),
        "count-known": Words(
            "{moved} of {all} move; {same} stay.", "共{all}个，{moved}个变化，{same}个不变。"
        ),
        "what-moves": Words("What moves, and which clause moves it", "变化及其原因"),
        "moves-from": Words("{subject}: {before} → {after}", "{subject}：{before}→{after}"),
        "by": Words("moved by {clauses}", "因{clauses}而变化"),
        "by-any": Words(
            "moved by any one of: {clauses}", "下列任一项均足以使其变化：{clauses}"
        ),
        "together": Words("{clauses} together", "{clauses}共同作用"),
        "and": Words(" and ", "和"),
        "alone": Words("Questions that only one of them treats", "仅其中一方规定的事项"),
        "only": Words("{decision}: only in {version}", "{decision}：仅见于{version}"),
        "causes": Words("{version}: {effect}", "{version}：{effect}"),
        "clauses": Words("Changed clauses", "变动的条款"),
        "reads": Words("{version}: {reason}", "{version}：{reason}"),
        "nothing": Words("nothing", "无"),
        "none": Words(
            "No clause that bears on these questions differs.", "与上述问题有关的条款没有变动。"
        ),
        "carried": Words(
            "{value} (stands in for a text that is not available)",
            "{value}（条文未能找到，以此代之）",
        ),
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

    def say(self, key: str, **parts: str) -> str:
        """Fill a sentence."""
        return SENTENCES[key][self.language].format(**parts)

    def blocks(self) -> Iterator[Block]:
        """Yield the whole report."""
        of = self.of
        yield Heading(self.say("title", before=of.before.id, after=of.after.id), 1)
        for decision, asks in of.decisions.items():
            yield Heading(asks[self.language])
            pairs = [
                (row, pair)
                for row in of.rows
                for pair in row.pairs
                if pair.decision == decision
            ]
            subject = of.after.vocabulary.subject_label[self.language]
            header = (
                subject,
                self.say("before", version=of.before.id),
                self.say("after", version=of.after.id),
                self.say("moves"),
            )
            yield Table(header, tuple(self._line(row, pair) for row, pair in pairs))
            counts = {m: str(sum(pair.movement is m for _, pair in pairs)) for m in Movement}
            key = "count-known" if counts[Movement.ASSUMED] == "0" else "count"
            yield Text(
                self.say(key, all=str(len(pairs)), **{m.value: n for m, n in counts.items()})
            )
            moved = [(row, pair) for row, pair in pairs if pair.movement is Movement.MOVED]
            if moved:
                yield Heading(self.say("what-moves"), 3)
                yield Tree(tuple(self._unfolded(row, pair) for row, pair in moved))
        if of.alone:
            yield Heading(self.say("alone"))
            said = (
                self.say("only", decision=id, version=version)
                for id, version in of.alone.items()
            )
            yield Items(tuple(said))
        yield Heading(self.say("clauses"))
        if of.clauses:
            yield Tree(tuple(clause_branches(of, self.language)))
        else:
            yield Text(self.say("none"))
        compared = [pair for row in of.rows for pair in row.pairs]
        told = []
        if _attests((c.before for c in of.clauses), (one.before for one in compared)):
            told.append(of.before)
        if _attests((c.after for c in of.clauses), (one.after for one in compared)):
            told.append(of.after)
        yield from (Text(line) for line in attested_by(told, self.language))

    def _line(self, row: Row, pair: Pair) -> tuple[str, ...]:
        name = row.sheet.name[self.language]
        return (
            name,
            self._answer(pair.before),
            self._answer(pair.after),
            self.say(pair.movement),
        )

    def _answer(self, answer: Answer) -> str:
        return answer.outcome or (
            self.say(answer.fault) if answer.fault else self.say("undecided")
        )

    def _unfolded(self, row: Row, pair: Pair) -> Branch:
        said = self.say(
            "moves-from",
            subject=row.sheet.name[self.language],
            before=self._answer(pair.before),
            after=self._answer(pair.after),
        )
        causes = [self._group(group) for group in pair.causes]
        key = "by" if len(causes) == 1 else "by-any"
        below = [Branch(Mark.NONE, self.say(key, clauses="; ".join(causes)))] if causes else []
        for wording, answer in ((self.first, pair.before), (self.second, pair.after)):
            assert wording.program is not None
            below += [
                Branch(
                    Mark(leaf.status),
                    self.say(
                        "reads",
                        version=wording.program.id,
                        reason=reason_text(leaf, pair.decision, wording),
                    ),
                )
                for leaf in _decisive_leaves(answer)
            ]
            if answer.outcome is None and answer.possible:
                outcomes = wording.say("comma").join(answer.possible)
                text = self.say("possible", version=wording.program.id, outcomes=outcomes)
                below.append(Branch(Mark.NONE, text))
            if pair.before.outcome == pair.after.outcome:  # what moves is what it causes
                below += [
                    Branch(
                        Mark.NONE, self.say("causes", version=wording.program.id, effect=text)
                    )
                    for text in (consequence_text(one, wording) for one in answer.effects)
                ]
        return Branch(Mark.NONE, said, decisive=True, below=tuple(below))

    def _group(self, group: tuple[Clause, ...]) -> str:
        names = [
            f"{PLURAL[clause.kind]}.{clause.id} ({stands(clause, self.first, self.second)})"
            for clause in group
        ]
        joined = self.say("and").join(names)
        return self.say("together", clauses=joined) if len(names) > 1 else joined


def _attests(clauses: Iterable[Origin | None], answers: Iterable[Answer]) -> bool:
    """Tell whether something of one side is attested by its own text."""
    reasons = (origin for one in answers for origin in origins_of(one.reasons))
    return attests((*(one for one in clauses if one is not None), *reasons))


def _decisive_leaves(answer: Answer) -> Iterator[Any]:
    seen: set[int] = set()  # a rule that several others rest on is one object
    todo = list(reversed(answer.reasons))
    while todo:
        reason = todo.pop()
        if reason.decisive and id(reason) not in seen:
            seen.add(id(reason))
            if reason.values:
                yield reason
            todo += reversed(reason.because)


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison for machines."""
    return {
        "comparison": 1,
        "before": comparison.before.id,
        "after": comparison.after.id,
        "texts-seen": {
            one.id: text_seen_json(one) for one in (comparison.before, comparison.after)
        },
        "alone": dict(comparison.alone),
        "clauses": [_clause_json(clause, comparison) for clause in comparison.clauses],
        "subjects": [
            {
                "subject": {"en": row.sheet.name.en, "zh": row.sheet.name.zh},
                "decisions": {
                    pair.decision: {
                        "before": _answer_json(pair.before),
                        "after": _answer_json(pair.after),
                        "movement": pair.movement,
                        "causes": [
                            [f"{PLURAL[c.kind]}.{c.id}" for c in group] for group in pair.causes
                        ],
                    }
                    for pair in row.pairs
                },
            }
            for row in comparison.rows
        ],
    }


def _answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "outcome": answer.outcome,
        "possible": list(answer.possible),
        "fault": answer.fault,
        "basis": answer.basis,
        "missing": [one.name for one in answer.missing],
        "effects": [effect_json(one) for one in answer.effects],
    }


def _clause_json(clause: Clause, comparison: Comparison) -> dict[str, Any]:
    sides = {"before": comparison.before, "after": comparison.after}
    says = {
        side: {
            language: clause_text(
                Wording(program.vocabulary, language, program), clause, program, comparison
            )
            for language in LANGUAGES
        }
        for side, program in sides.items()
    }
    return {
        "clause": f"{PLURAL[clause.kind]}.{clause.id}",
        "before": clause.before.provision if clause.before else None,
        "after": clause.after.provision if clause.after else None,
        "says": says,
    }
