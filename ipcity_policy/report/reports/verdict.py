"""A verdict as a report: the answer first, then why, and what it depends on."""

from collections.abc import Iterable, Iterator

from ipcity_policy.engines.interpreter.explanation import (
    AlternativeAnswer,
    Reason,
    ReasonKind,
    Status,
    decided_by,
    is_told_once,
)
from ipcity_policy.lang import core
from ipcity_policy.lang.values import Dates
from ipcity_policy.law.model import Basis
from ipcity_policy.law.program import Program
from ipcity_policy.questions.verdict import ChosenBy, DecisionVerdict, Supposed
from ipcity_policy.report.block import (
    Block,
    Fold,
    Heading,
    Items,
    Mark,
    Table,
    Tree,
    TreeLine,
)
from ipcity_policy.report.charts.bullet import bar_of
from ipcity_policy.report.prose.interpretations import adoption_blocks, replay_texts
from ipcity_policy.report.prose.rule import Wording
from ipcity_policy.report.prose.suppositions import gaps_of, supposing, wanting
from ipcity_policy.report.prose.verdict import (
    answer_lines,
    answer_text,
    assumption_text,
    bar_text,
    consequence_text,
    effect_wording,
    missing_text,
    reason_text,
)
from ipcity_policy.report.prose.versions import choice_text
from ipcity_policy.report.reports.citations import (
    attests,
    in_order,
    origins_of,
    places,
    provisions_table,
    texts_seen,
)
from ipcity_policy.report.reports.found import found_lines
from ipcity_policy.report.reports.readings import reading_lines
from ipcity_policy.text.digest import broken
from ipcity_policy.text.inline import Badge, RichText
from ipcity_policy.text.message import Message, say, tell
from ipcity_policy.text.subject import FactPath
from ipcity_policy.words.sentences import basis_said, rules_from


def verdict_report(verdict: DecisionVerdict, language: str) -> Iterator[Block]:
    """Yield the report of a verdict, with what does not decide as asides and folds."""
    yield from _Report(verdict, language).blocks()


class _Report:
    def __init__(
        self, verdict: DecisionVerdict, language: str, *, supposed: bool = False
    ) -> None:
        self.verdict = verdict
        #: Whether it tells what is given only if what is assumed holds.
        self.supposed = supposed
        #: Rules that were explained already; one that others rest on is explained once.
        self.explained: set[int] = set()
        #: Those that were explained in what is folded.
        self.explained_aside: set[int] = set()
        self.language = language
        self.wording = Wording(verdict.vocabulary, language, verdict.program)

    def blocks(self) -> Iterator[Block]:
        """Yield the whole report."""
        verdict = self.verdict
        name, other = verdict.sheet.name[self.language], verdict.sheet.name["zh"]
        subject = name if other in name or self.language == "zh" else f"{name} ({other})"
        asks = verdict.asks[self.language]
        yield Heading(tell(self.language, "{subject}: {asks}", subject=subject, asks=asks), 1)
        yield Table((), tuple(self._summary()))
        shown = self
        if verdict.supposed is not None:
            yield from self._effects()
            yield from self._missing_blocks()
            shown = _Report(verdict.supposed.verdict, self.language, supposed=True)
        yield from shown.explanation()
        yield from adoption_blocks(shown.verdict.adoptions, verdict.vocabulary, self.language)
        assumed = shown.verdict.assumptions
        if assumed:
            yield Heading(tell(self.language, "Assumptions"))
            yield Items(tuple(assumption_text(a, shown.wording) for a in assumed))
        yield from shown.folds()
        yield Heading(tell(self.language, "To check and repeat this verdict"))
        yield Table((), tuple(self._replay()))

    def _title(self, said: Message) -> str:
        """Return a heading; one that says so over what is only supposed."""
        title = said[self.language]
        return (
            tell(self.language, "{title}, supposing this", title=title)
            if self.supposed
            else title
        )

    def explanation(self) -> Iterator[Block]:
        """Yield why the answer is given, what it causes, and what it depends on."""
        verdict = self.verdict
        if verdict.alternatives:
            yield Heading(self._title(say("Why")))
            yield Items(tuple(self._alternatives()))
        if verdict.reasons:
            yield Heading(self._title(say("Why")))
            branches = tuple(self._branch(reason) for reason in verdict.reasons)
            legend = tell(
                self.language,
                "✓ met   ✗ not met   ? not known   – not asked here"
                if _not_asked(branches)
                else "✓ met   ✗ not met   ? not known",
            )
            yield Tree(
                branches,
                legend,
                tell(
                    self.language,
                    "What does not affect the answer is left out; --all shows it.",
                ),
            )
        yield from self._effects()
        bars = [bar_text(bar, self.wording) for bar in verdict.bars or ()]
        if bars:
            yield Heading(self._title(say("Bars on applying")))
            yield Items(tuple(bars))
        if not self.supposed or verdict.outcome is None:
            yield from self._missing_blocks()
        readings = tuple(reading_lines(verdict, self.wording))
        if readings:
            yield Heading(self._title(say("Other readings of the text")))
            yield Items(readings)

    def _effects(self) -> Iterator[Block]:
        effects = self.verdict.answer.effects
        if effects:
            yield Heading(self._title(say("Legal effects")))
            yield Items(tuple(consequence_text(e, self._worded(e.effect)) for e in effects))

    def _worded(self, effect: core.Effect) -> Wording:
        return effect_wording(self.verdict, effect, self.wording)

    def _missing_blocks(self) -> Iterator[Block]:
        missing = tuple(self._missing())
        if missing and (self.verdict.program is not None or self.verdict.alternatives):
            yield Heading(self._title(say("What is missing")))
            yield Items(missing)

    def folds(self) -> Iterator[Block]:
        """Yield what has no part in the answer, and the provisions that are cited."""
        verdict = self.verdict
        besides = tuple(found_lines(verdict, self.wording, decisive=False))
        if besides:
            yield Fold(
                tell(self.language, "Stated, without effect on the answer"), (Items(besides),)
            )
        if verdict.program is not None and verdict.reasons:
            yield Fold(tell(self.language, "The provisions cited"), (self._provisions(),))

    def _summary(self) -> Iterator[tuple[str, str]]:
        verdict = self.verdict
        first, *others = self._answer()
        answer = RichText(Badge(first, "answer"))
        yield from self._labelled(say("Answer"), [answer, *others])
        if verdict.supposed is not None:
            yield from self._labelled(say("Supposing"), self._supposing(verdict.supposed))
            shown = _Report(verdict.supposed.verdict, self.language, supposed=True)
            yield from shown.decided()
        else:
            yield from self.decided()
        if verdict.program is not None or verdict.alternatives:
            yield tell(self.language, "Basis"), self._basis()
        yield tell(self.language, "Version"), choice_text(verdict.choice, self.wording)
        every = (verdict, *verdict.alternatives)
        attesting = self._programs(one for one in every if _attests(one))
        texts = list(texts_seen(self._programs(every), attesting, self.language))
        if texts:
            yield from self._labelled(say("Text"), texts)

    def decided(self) -> Iterator[tuple[str, str]]:
        """Yield which clauses decide, and what was found of the facts behind them."""
        verdict = self.verdict
        if verdict.program is None:
            return
        clauses = in_order(decided_by(verdict.reasons), verdict.program)
        if clauses:
            template = say("Decided by") if verdict.outcome is not None else say("Depends on")
            yield tell(self.language, template), places(clauses, self.wording)
        found = list(found_lines(verdict, self.wording, decisive=True)) or [
            tell(self.language, "nothing that it depends on")
        ]
        yield from self._labelled(say("Found"), found)

    def _for_want(self, supposed: Supposed) -> list[str] | None:
        """Say for want of what the answer is not known; None where facts are missing too."""
        verdict = self.verdict
        if verdict.outcome is not None or verdict.answer.fault or supposed.outcome is None:
            return None
        gaps = gaps_of(supposed)
        if gaps:
            places = wanting(gaps, verdict.vocabulary, self.language)
            rows = verdict.outcomes
            if len(verdict.possible) == len(rows):
                return [
                    tell(
                        self.language,
                        "not known without the text of {places}",
                        places=places,
                    )
                ]
            _, *others = answer_lines(
                AlternativeAnswer(None, verdict.possible), rows, self.language
            )
            return [
                tell(
                    self.language,
                    "not known without the text of {places}; possible are:",
                    places=places,
                ),
                *others,
            ]
        doubts = [one for one in verdict.answer.missing if one.assumed is not None]
        if not doubts:
            return None
        open_ = tell(self.language, "; ").join(
            missing_text(one, self.wording) for one in doubts
        )
        return [tell(self.language, "not known: it depends on {open}", open=open_)]

    def _supposing(self, supposed: Supposed) -> list[str]:
        """Say what is answered with what is assumed."""
        first, *others = _Report(supposed.verdict, self.language, supposed=True)._answer()
        gaps = gaps_of(supposed)
        if gaps:
            first = supposing(gaps, first, self.language)
        return [first, *others]

    def _programs(self, verdicts: Iterable[DecisionVerdict]) -> list[Program]:
        return [one.program for one in verdicts if one.program is not None]

    def _labelled(self, label: Message, lines: list[str]) -> Iterator[tuple[str, str]]:
        yield label[self.language], lines[0]
        yield from (("", line) for line in lines[1:])

    def _answer(self) -> list[str]:
        """Say the answer; one that depends on the time in force begins with that."""
        verdict, choice = self.verdict, self.verdict.choice
        if verdict.supposed is not None:
            wanted = self._for_want(verdict.supposed)
            if wanted is not None:
                return wanted
        given = AlternativeAnswer(verdict.outcome, verdict.possible)
        fault = verdict.answer.fault
        lines = answer_lines(given, verdict.outcomes, self.language, fault=fault)
        agreed = {one.outcome for one in verdict.alternatives}
        if verdict.outcome is None and len(agreed) == 1 and None not in agreed:
            # They leave some of the days that are possible without a text.
            said = answer_text(
                AlternativeAnswer(agreed.pop(), ()), verdict.outcomes, self.language
            )
            return [
                tell(
                    self.language,
                    "not known: on some of the days that are possible no version is known "
                    "that was in force and answers this; where there was one: {answer}",
                    answer=said,
                )
            ]
        templates = {
            ChosenBy.START_IN_DOUBT: say(
                "if {version} governed already on {day}, which is not known: {answer}"
            ),
            ChosenBy.IN_DOUBT: say(
                "if {version} still governed on {day}, which is not known: {answer}"
            ),
            ChosenBy.PARTLY: say(
                "if the day lies in the time in force of {version}, which is not known: "
                "{answer}"
            ),
        }
        told = verdict.outcome is not None or self.supposed
        if not told or choice.chosen_by not in templates or choice.day is None:
            return lines
        version = self.wording.called(choice.versions[0])
        day = self.wording.day(choice.day)
        first = tell(
            self.language,
            templates[choice.chosen_by],
            version=version,
            day=day,
            answer=lines[0],
        )
        return [first, *lines[1:]]

    def _basis(self) -> str:
        programs = self._programs((self.verdict, *self.verdict.alternatives))
        seen = (one.text_seen for one in programs)
        translated = next((one for one in seen if one and one.translated_from), None)
        basis = basis_said(self.verdict.basis, translated, self.language)
        wanted = self.verdict.answer.missing
        if self.verdict.basis is Basis.UNAVAILABLE and any(one.assumed for one in wanted):
            return tell(
                self.language, "none that is known: whether the text was in force is open"
            )
        if self.verdict.choice.basis is Basis.ASSUMED and self.verdict.outcome is not None:
            return tell(
                self.language, "{basis}; that the version governs is assumed", basis=basis
            )
        return basis

    def _alternatives(self) -> Iterator[str]:
        for verdict in self.verdict.alternatives:
            assert verdict.program is not None
            given = AlternativeAnswer(verdict.outcome, verdict.possible)
            fault = verdict.answer.fault
            said = answer_text(given, verdict.outcomes, self.language, fault=fault)
            yield tell(
                self.language,
                "under {version}: {answer}",
                version=self.wording.called(verdict.program.id),
                answer=said,
            )
        treating = {v.program.id for v in self.verdict.alternatives if v.program is not None}
        for version in self.verdict.choice.versions:
            if version not in treating:
                yield tell(
                    self.language,
                    "under {version}: the question is not answered",
                    version=self.wording.called(version),
                )

    def _branch(self, reason: Reason, *, aside: bool = False, folded: bool = False) -> TreeLine:
        verdict = self.verdict
        text = reason_text(reason, verdict.decision, self.wording, verdict.derived)
        explained = self.explained | (self.explained_aside if folded else set())
        if is_told_once(reason) and id(reason) in explained:
            again = tell(self.language, "{text} (explained above)", text=text)
            mark = MARKS[reason.status]
            return TreeLine(mark, again, reason.decisive, aside=aside)
        (self.explained_aside if folded else self.explained).add(id(reason))
        below = tuple(
            self._branch(child, aside=beside and not folded, folded=beside or folded)
            for child, beside in _shown(reason)
        )
        mark = Mark.NONE if reason.kind is ReasonKind.QUANTITY else MARKS[reason.status]
        bar = bar_of(reason, self.wording)
        return TreeLine(mark, text, reason.decisive, below, aside, bar)

    def _provisions(self) -> Table:
        """Return every provision that the reasons and effects cite, in the order of the law."""
        program = self.verdict.program
        assert program is not None
        effects = {effect.origin: None for effect in self.verdict.answer.effects}
        origins = dict.fromkeys(origins_of(self.verdict.reasons)) | effects
        return provisions_table(origins, self.wording)

    def _missing(self) -> Iterator[str]:
        missing = self.verdict.answer.missing
        if not missing and self.verdict.outcome is not None:
            yield tell(self.language, "nothing: no further fact is needed for this answer")
        for item in missing:
            name = missing_text(item, self.wording, self.verdict.alternatives)
            if isinstance(item.of, FactPath):
                fact = self.wording.vocabulary.facts[item.of.fact]
                asks = fact.asks[self.language]
                yield tell(self.language, "{fact} — {asks}", fact=name, asks=asks)
            else:
                yield name
        settled = self.verdict.settled_by
        if len(settled) == 1 and len(settled[0]) > 2:
            facts = tell(self.language, "; ").join(map(self.wording.component, settled[0]))
            yield tell(
                self.language,
                "Knowing all of these settles it, as the text is read here: {facts}.",
                facts=facts,
            )
            return
        sets = [
            tell(self.language, " and the ").join(map(self.wording.component, names))
            for names in settled
        ]
        if len(sets) == 1:
            yield tell(
                self.language,
                "Knowing the {facts} settles it, as the text is read here.",
                facts=sets[0],
            )
        elif sets:
            yield tell(
                self.language,
                "Any one of these settles it, as the text is read here: {sets}.",
                sets=tell(self.language, "; ").join(sets),
            )

    def _replay(self) -> Iterator[tuple[str, str]]:
        verdict = self.verdict
        for id, digest in verdict.rules.texts.items() if verdict.rules is not None else ():
            yield tell(self.language, "rule files"), f"{id} {broken(digest)}"
        yield tell(self.language, "facts"), broken(verdict.sheet.digest)
        if verdict.on is not None:
            yield (
                tell(self.language, "day asked about"),
                self.wording.day(Dates(verdict.on, verdict.on)),
            )
        for option, chosen in (("--reading", verdict.chosen), ("--set", verdict.parameters)):
            for name, value in chosen.items():
                yield tell(self.language, "chosen"), f"{option} {name}={value}"
        for text in replay_texts(verdict.adoptions, self.language):
            yield tell(self.language, "chosen"), text
        if verdict.strict:
            yield tell(self.language, "nothing assumed"), "--strict"
        yield from ((tell(self.language, "rest days"), name) for name in verdict.calendars)
        yield tell(self.language, "program"), verdict.engine
        yield tell(self.language, "rules from"), rules_from(verdict.policies, self.language)


#: The sign before a line for its status.
MARKS = {
    Status.MET: Mark.MET,
    Status.NOT_MET: Mark.NOT_MET,
    Status.UNKNOWN: Mark.UNKNOWN,
    Status.NOT_APPLICABLE: Mark.NOT_ASKED,
}


def _shown(reason: Reason) -> Iterator[tuple[Reason, bool]]:
    """Yield what is below a reason, and whether it has no part in its status.

    A conjunction that only says again what is below it is left out.
    """
    for child in reason.because:
        gives = child.open - {Status.NOT_APPLICABLE} == {reason.status}
        aside = child.status is not reason.status and not gives and not _turns(reason)
        if child.kind is ReasonKind.CONDITION and isinstance(child.asked, core.All):
            for one, deeper in _shown(child):
                yield one, aside or deeper
        else:
            yield child, aside


def _attests(verdict: DecisionVerdict) -> bool:
    """Tell whether something that a verdict says is attested by the text of its version."""
    effects = (one.origin for one in verdict.answer.effects)
    bars = (one.origin for one in verdict.bars or ())
    return attests((*origins_of(verdict.reasons), *effects, *bars))


def _not_asked(branches: tuple[TreeLine, ...]) -> bool:
    return any(one.mark is Mark.NOT_ASKED or _not_asked(one.below) for one in branches)


def _turns(reason: Reason) -> bool:
    """Tell whether what is below a reason may give it another status than its own."""
    asked = (core.Not, core.Unless, core.Where, core.InYears)
    return reason.kind is ReasonKind.CONDITION and isinstance(reason.asked, asked)
