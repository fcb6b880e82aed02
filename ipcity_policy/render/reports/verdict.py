"""A verdict as a report: the answer first, then why, and what it hangs on."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipcity_policy.engines.verdict import (
    AssumptionKind,
    Dependence,
    Given,
    Kind,
    MissingKind,
    Reason,
    Status,
    Verdict,
    decided_by,
)
from ipcity_policy.lang import core
from ipcity_policy.lang.literals import date_text
from ipcity_policy.measure.model import Program, Words
from ipcity_policy.render.block import Block, Branch, Heading, Items, Mark, Table, Text, Tree
from ipcity_policy.render.explaining import (
    answer_text,
    assumption_text,
    choice_text,
    consequence_text,
    missing_text,
    reason_text,
    say,
)
from ipcity_policy.render.wording import Wording

LABELS: Mapping[str, Words] = MappingProxyType(
    {
        "answer": Words("Answer", "结论"),
        "clause": Words("Decided by", "依据条款"),
        "hangs": Words("Hangs on", "取决于"),
        "found": Words("Found", "查明"),
        "basis": Words("Rests on", "依据性质"),
        "version": Words("Version", "适用版本"),
        "why": Words("Why", "理由"),
        "causes": Words("What it causes", "后果"),
        "missing": Words("What is missing", "缺少什么"),
        "readings": Words("Other readings of the text", "条文的其他理解"),
        "assumed": Words("Taken for granted", "前提"),
        "replay": Words("To give this verdict again", "复核信息"),
        "rules": Words("rule files", "规则文件"),
        "facts": Words("facts", "事实"),
        "engine": Words("engine", "程序版本"),
        "policies": Words("policies", "规则来源"),
        "on": Words("day asked about", "查询日期"),
        "chosen": Words("chosen", "选定"),
        "strict": Words("strict", "严格模式"),
    }
)


def verdict_report(verdict: Verdict, language: str, *, unfold: bool = False) -> Iterator[Block]:
    """Yield the report of a verdict; with `unfold`, also the branches that do not decide."""
    yield from _Report(verdict, language, unfold=unfold).blocks()


class _Report:
    def __init__(self, verdict: Verdict, language: str, *, unfold: bool) -> None:
        self.verdict = verdict
        self.unfold = unfold
        #: Rules that were explained already; one that others rest on is explained once.
        self.explained: set[int] = set()
        self.language = language
        self.wording = Wording(verdict.vocabulary, language, verdict.program)

    def say(self, key: str, **parts: str) -> str:
        """Fill a sentence."""
        return say(self.language, key, **parts)

    def head(self, key: str) -> str:
        """Return a label."""
        return LABELS[key][self.language]

    def blocks(self) -> Iterator[Block]:
        """Yield the whole report."""
        verdict = self.verdict
        name, other = verdict.sheet.name[self.language], verdict.sheet.name["zh"]
        subject = name if other in name or self.language == "zh" else f"{name} ({other})"
        asks = verdict.asks[self.language]
        yield Heading(self.say("title", subject=subject, asks=asks), 1)
        yield Table((), tuple(self._summary()))
        if verdict.alternatives:
            yield Heading(self.head("why"))
            yield Items(tuple(self._alternatives()))
        if verdict.reasons:
            yield Heading(self.head("why"))
            yield Tree(tuple(self._branch(reason) for reason in verdict.reasons))
        if verdict.alternatives:
            yield Heading(self.head("missing"))
            yield from self._missing()
        if verdict.program is not None:
            if verdict.answer.effects:
                yield Heading(self.head("causes"))
                yield Items(
                    tuple(consequence_text(e, self.wording) for e in verdict.answer.effects)
                )
            yield Heading(self.head("missing"))
            yield from self._missing()
            yield Heading(self.head("readings"))
            yield from self._readings(verdict.program)
        if verdict.assumptions:
            yield Heading(self.head("assumed"))
            yield Items(tuple(assumption_text(a, self.wording) for a in verdict.assumptions))
        yield Heading(self.head("replay"))
        yield Table((), tuple(self._replay()))

    def _summary(self) -> Iterator[tuple[str, str]]:
        verdict = self.verdict
        fault = verdict.answer.fault.value if verdict.answer.fault else None
        given = Given(verdict.outcome, verdict.possible)
        said = answer_text(given, verdict.rows, self.language, fault=fault)
        yield self.head("answer"), said
        if verdict.program is not None:
            clauses = [self.wording.origin(origin) for origin in decided_by(verdict.reasons)]
            if clauses:
                key = "clause" if verdict.outcome is not None else "hangs"
                yield self.head(key), self.wording.say("comma").join(clauses)
            found = list(self._found()) or [self.wording.say("unknown")]
            yield self.head("found"), found[0]
            yield from (("", said) for said in found[1:])
            yield self.head("basis"), self.say(verdict.basis)
        yield self.head("version"), choice_text(verdict.choice, self.wording)

    def _found(self) -> Iterator[str]:
        """Yield what the sheet states of the facts that the decision asks about."""
        assert self.verdict.program is not None
        sheet, seen = self.verdict.sheet, self._unseen()
        reach = self.verdict.program.reach(self.verdict.decision)
        for id, fact in self.wording.vocabulary.facts.items():
            statement = sheet.statements.get(id)
            if ("fact", id) not in reach or statement is None or id in seen:
                continue
            details = []
            if statement.by is not None and statement.by in self.wording.vocabulary.offices:
                office = self.wording.vocabulary.offices[statement.by][self.language]
                details.append(self.say("by", office=office))
            if statement.on is not None:
                details.append(self.say("stated-on", day=date_text(statement.on)))
            if statement.source is not None and statement.source in sheet.sources:
                details.append(
                    self.say(
                        "source", title=sheet.sources[statement.source].title[self.language]
                    )
                )
            value = self.wording.found(id, statement.value)
            said = self.say("stated", fact=fact.label[self.language], value=value)
            comma = self.wording.say("comma")
            if details:
                inside = comma.join(details)
                said += f"（{inside}）" if self.language == "zh" else f" ({inside})"
            yield said

    def _unseen(self) -> frozenset[str]:
        kind = AssumptionKind.NOT_SEEN
        return frozenset(a.about for a in self.verdict.assumptions if a.kind is kind)

    def _alternatives(self) -> Iterator[str]:
        for verdict in self.verdict.alternatives:
            assert verdict.program is not None
            given = Given(verdict.outcome, verdict.possible)
            said = answer_text(given, verdict.rows, self.language)
            yield self.say("under", version=verdict.program.id, answer=said)
        treating = {v.program.id for v in self.verdict.alternatives if v.program is not None}
        for version in self.verdict.choice.versions:
            if version not in treating:
                yield self.say("silent-too", version=version)

    def _branch(self, reason: Reason) -> Branch:
        text = reason_text(reason, self.verdict.decision, self.wording)
        if reason.kind is Kind.RULE and id(reason) in self.explained:
            return Branch(_MARK[reason.status], self.say("again", text=text), reason.decisive)
        self.explained.add(id(reason))
        shown = self._shown(reason) if reason.decisive or self.unfold else ()
        below = tuple(self._branch(child) for child in shown)
        return Branch(_MARK[reason.status], text, reason.decisive, below)

    def _shown(self, reason: Reason) -> tuple[Reason, ...]:
        """Return what hangs below a reason, leaving out a combination that says it again."""
        shown: list[Reason] = []
        for child in reason.because:
            joined = child.kind is Kind.CONDITION and isinstance(child.asked, core.All)
            shown += self._shown(child) if joined else [child]
        return tuple(shown)

    def _missing(self) -> Iterator[Block]:
        missing = self.verdict.answer.missing
        if not missing:
            key = "nothing-missing" if self.verdict.outcome is not None else "no-answer"
            if key == "nothing-missing":
                yield Text(self.say(key))
            return
        said: list[str] = []
        for item in missing:
            if item.kind is MissingKind.TEXT:
                said.append(missing_text(item, self.wording))
            else:
                fact = self.wording.vocabulary.facts[item.name]
                asks = fact.asks[self.language]
                said.append(self.say("missing-fact", fact=fact.label[self.language], asks=asks))
        yield Items(tuple(said))
        sets = [
            self.say("and").join(self.wording.label(name) for name in names)
            for names in self.verdict.settled_by
        ]
        if len(sets) == 1:
            yield Text(self.say("settle-one", facts=sets[0]))
        elif sets:
            yield Text(self.say("settle-any", sets="; ".join(sets)))

    def _readings(self, program: Program) -> Iterator[Block]:
        verdict = self.verdict
        said = [text for one in verdict.readings for text in self._dependence(one)]
        for combination in verdict.combinations:
            options = self.wording.say("comma").join(
                f"{r}={o}" for r, o in combination.options.items()
            )
            answer = answer_text(combination.given, verdict.rows, self.language)
            said.append(self.say("together", options=options, answer=answer))
        if verdict.untried:
            options = self.wording.say("comma").join(verdict.untried)
            said.append(self.say("untried", options=options))
        if not verdict.all_combined:
            said.append(self.say("pairs-only"))
        if said:
            yield Items(tuple(said))
            return
        tried = [reading.id for reading in program.readings_of(verdict.decision)]
        key = "no-difference" if tried else "no-readings"
        yield Text(self.say(key, readings=self.wording.say("comma").join(tried)))

    def _dependence(self, one: Dependence) -> Iterator[str]:
        reading = one.reading
        chosen = reading.options[one.chosen].says[self.language]
        sure = self.say("confidence", level=self.say(reading.confidence))
        why = reading.why[self.language]
        why = f"{why}（{sure}）" if self.language == "zh" else f"{why} ({sure})"
        said = self.say("depends", asks=reading.asks[self.language], chosen=chosen, why=why)
        for option, given in one.others.items():
            says = reading.options[option].says[self.language]
            answer = answer_text(given, self.verdict.rows, self.language)
            said += (" " if self.language == "en" else "") + self.say(
                "gives", says=says, answer=answer
            )
        yield f"{reading.id}: {said}"

    def _replay(self) -> Iterator[tuple[str, str]]:
        verdict = self.verdict
        if verdict.rules_digest is not None:
            yield self.head("rules"), f"sha256 {verdict.rules_digest[:16]}…"
        yield self.head("facts"), f"sha256 {verdict.sheet.digest[:16]}…"
        if verdict.on is not None:
            yield self.head("on"), verdict.on.isoformat()
        for name, value in (*verdict.chosen.items(), *verdict.parameters.items()):
            yield self.head("chosen"), f"{name}={value}"
        if verdict.strict:
            yield self.head("strict"), "--strict"
        yield self.head("engine"), verdict.engine
        yield self.head("policies"), verdict.policies


_MARK = {Status.MET: Mark.MET, Status.NOT_MET: Mark.NOT_MET, Status.UNKNOWN: Mark.UNKNOWN}
