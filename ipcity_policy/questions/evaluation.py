"""The verdict on a sheet: which version governs, what it answers, what other readings give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipcity_policy.engines.interpreter.decision import answer
from ipcity_policy.engines.interpreter.explanation import (
    Answer,
    Assumption,
    AssumptionKind,
    Consequence,
    Missing,
    MissingKind,
)
from ipcity_policy.engines.lifecycle.testimony import contradicted
from ipcity_policy.lang.values import Value
from ipcity_policy.law.library import Library
from ipcity_policy.law.model import Basis, Reading, weakest
from ipcity_policy.law.program import Program
from ipcity_policy.law.ref import Ref
from ipcity_policy.questions.applicable_law import (
    choose_version,
    doubt_of,
    how_in_force,
    no_day,
)
from ipcity_policy.questions.choices import not_there, read_choices
from ipcity_policy.questions.judging import judging, unfit_events
from ipcity_policy.questions.known_facts import FactBase, KnownFacts
from ipcity_policy.questions.misfits import misfits, misstated
from ipcity_policy.questions.rest_days import calendars_of, without_calendar
from ipcity_policy.questions.several import join_answers
from ipcity_policy.questions.sufficiency import settled_by
from ipcity_policy.questions.supposing import headed, lacks_of, without_force
from ipcity_policy.questions.times import readings_of_times
from ipcity_policy.questions.totals import contradictions
from ipcity_policy.questions.trials import Trial
from ipcity_policy.questions.turning import with_turning
from ipcity_policy.questions.verdict import (
    ChosenBy,
    DecisionVerdict,
    Dependence,
    SettlingSets,
    VersionChoice,
)
from ipcity_policy.questions.versions import Versions, find_versions
from ipcity_policy.sheet.sheet import Sheet
from ipcity_policy.text.diagnostic import Diagnostic, Result, has_errors, in_order
from ipcity_policy.text.message import say
from ipcity_policy.text.subject import EntryKey, EntryKind, FactPath
from ipcity_policy.version import __version__


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a sheet."""

    #: One decision, or None for all that the version has.
    decision: str | None = None
    #: The day looked from; what was stated later is not seen.
    on: date | None = None
    #: A version or draft by name or path; None lets the day choose.
    version: str | None = None
    #: Readings and options chosen instead of the defaults.
    readings: tuple[tuple[str, str], ...] = ()
    #: Parameters and values set instead of what is written.
    parameters: tuple[tuple[str, str], ...] = ()
    #: Whether what is only assumed is left unknown.
    strict: bool = False
    #: The interpretations that are followed, by name or path; `readings` go before.
    interpretations: tuple[str, ...] = ()
    #: Whether the other readings are tried and what would settle it is sought.
    thorough: bool = True


def evaluate_sheet(
    library: Library, sheet: Sheet, question: Question
) -> Result[tuple[DecisionVerdict, ...]]:
    """Answer a question about a sheet, one verdict a decision.

    The answer is the one without what is only assumed; where it is another with it, that
    stands beside it. None where the sheet, the law or what is chosen has errors.

    >>> from tests.boxes import box, library
    >>> asked = Question("class", on=date(2005, 1, 1))
    >>> (verdict,) = evaluate_sheet(library(), box(weight="8 grams"), asked).value
    >>> verdict.outcome, verdict.choice.versions, verdict.basis.value
    ('low', ('small/1',), 'attested')
    """
    given = _evaluated(library, sheet, question)
    if question.strict or given.value is None:
        return given
    programs = _judging(library, sheet, question)
    lacks = {one.decision: lacks_of(one, programs) for one in given.value}
    depends_on = [decision for decision, found in lacks.items() if found]
    if not depends_on:
        return given
    only = depends_on[0] if len(depends_on) == 1 else question.decision
    strictly = _evaluated(library, sheet, replace(question, decision=only, strict=True))
    if strictly.value is None:
        return strictly
    without = {one.decision: one for one in strictly.value}
    headlines = (
        headed(without[one.decision], one, lacks[one.decision]) if lacks[one.decision] else one
        for one in given.value
    )
    return Result(tuple(headlines), given.diagnostics)


def _judging(library: Library, sheet: Sheet, question: Question) -> tuple[Program, ...]:
    """Return the versions that a history is judged by; none where a sheet tells of none."""
    chosen = (question.readings, question.parameters, question.interpretations)
    return judging(library, sheet, question.version, *chosen)


def _evaluated(
    library: Library, sheet: Sheet, question: Question, *, turning: bool = True
) -> Result[tuple[DecisionVerdict, ...]]:
    """Answer a question; `turning` is to try when the versions are in force otherwise."""
    found = find_versions(
        library,
        sheet.measure,
        question.version,
        question.readings,
        question.parameters,
        question.interpretations,
    )
    if found.value is None:
        return Result(None, in_order(found.diagnostics))
    dated = found.value.dated()
    if dated.value is None:
        return Result(None, in_order(dated.diagnostics))
    return _Inquiry(found.value, sheet, question).verdicts(dated.value, turning=turning)


class _Inquiry:
    def __init__(self, versions: Versions, sheet: Sheet, question: Question) -> None:
        self.versions, self.library = versions, versions.library
        self.sheet = sheet
        self.question = question
        #: The readings of when versions are in force, where the day chooses the version.
        self.of_times: dict[str, Reading] = {}
        if versions.named is None:
            self.of_times = readings_of_times(versions.written)
        self.diagnostics: list[Diagnostic] = []
        home = self.library.measure(sheet.measure)
        vocabulary = self.library.vocabulary(home).value if home is not None else None
        assert vocabulary is not None  # INVARIANT: a sheet is read with its vocabulary
        self.vocabulary = vocabulary
        rest = self.library.rest_days
        self.fact_base = FactBase(sheet, (), question.on, question.strict, rest)
        self.values: Mapping[str, Value] = self.fact_base.stated.values

    def verdicts(
        self, programs: Mapping[Ref, Program], *, turning: bool
    ) -> Result[tuple[DecisionVerdict, ...]]:
        """Return one verdict for each decision that is asked."""
        if not self._knows(programs, all_events=turning):
            return Result(None, in_order(self.diagnostics))
        decisions = list(dict.fromkeys(name for p in programs.values() for name in p.decisions))
        if self.question.decision is not None:
            if self.question.decision not in decisions and programs:
                self.diagnostics.append(
                    not_there(say("decision"), self.question.decision, decisions, "--decision")
                )
            decisions = [name for name in decisions if name == self.question.decision]
        found: list[DecisionVerdict] = []
        for decision in decisions:
            choice = self._choice(tuple(programs.values()), decision)
            verdict = self._verdict(programs, choice, decision) if choice is not None else None
            if verdict is not None and turning and self.question.thorough:
                verdict = self._with_turning(verdict)
            if verdict is not None:
                verdict = self._with_adoptions(verdict)
            found += [verdict] if verdict is not None else []
        return Result(tuple(found) or None, in_order(self.diagnostics))

    def _knows(self, programs: Mapping[Ref, Program], *, all_events: bool) -> bool:
        """Follow the events under the versions as chosen; report those that cannot be.

        `all_events` is to follow them too where no day is asked about and no answer may.
        """
        if not self.fact_base.tells_of_events or not programs:
            return True
        chosen = self.versions.as_read()
        if chosen.value is None:
            self.diagnostics += chosen.diagnostics
            return False
        self.fact_base.programs = chosen.value
        known = self.fact_base.under(chosen.value[-1])
        wrong = [*known.diagnostics, *misstated(self.sheet, self.question.on)]
        if all_events and self.question.on is None:
            own = (self.question.readings, self.question.interpretations)
            wrong += unfit_events(self.library, self.sheet, *own, strict=self.question.strict)
        if known.position is not None:
            wrong += misfits(known.position, self.sheet)
        self.diagnostics += wrong
        self.diagnostics += without_calendar(self.library, chosen.value, self.sheet)
        self.values = known.values
        return not has_errors(wrong)

    def _with_turning(self, verdict: DecisionVerdict) -> DecisionVerdict:
        """Return a verdict with the readings of times under which another version governs."""
        chosen, decision = self.versions.all_options(), verdict.decision

        def choose(reading: str, option: str) -> VersionChoice | None:
            programs = self.versions.dated({reading: option}).value
            if programs is None:
                return None
            candidates = tuple(programs.values())
            choice = self._chosen(candidates, decision)
            return choice if isinstance(choice, VersionChoice) else None

        def answered(reading: str, option: str) -> DecisionVerdict | None:
            own = dict(self.question.readings)
            readings = tuple({**own, reading: option}.items())
            question = replace(
                self.question, decision=decision, readings=readings, thorough=False
            )
            found = _evaluated(self.library, self.sheet, question, turning=False)
            return found.value[0] if found.value else None

        return with_turning(verdict, self.of_times.values(), chosen, choose, answered)

    def _with_adoptions(self, verdict: DecisionVerdict) -> DecisionVerdict:
        """Return a verdict with the interpretations that decide a reading it may turn on."""
        if not self.versions.interpretations:
            return verdict
        bearing = {name for one in (verdict, *verdict.alternatives) for name in one.touching}
        bearing |= {one.reading.id for one in (*verdict.readings, *verdict.effect_readings)}
        bearing |= {one.reading.id for one in verdict.version_readings}
        if not self.question.thorough:  # which version they lead to was not tried
            bearing |= self.of_times.keys()
        parts = tuple(map(self._with_adoptions, verdict.alternatives))
        found = self.versions.adoptions(bearing)
        return replace(verdict, adoptions=found, alternatives=parts)

    def _chosen(self, programs: Sequence[Program], decision: str) -> VersionChoice | str:
        """Choose the version that governs a decision by what is known."""
        on, withheld = self.question.on, self.fact_base.withheld
        return choose_version(programs, self.values, on, decision, withheld)

    def _choice(self, programs: Sequence[Program], decision: str) -> VersionChoice | None:
        named = self.versions.named
        if named is not None:
            return VersionChoice(ChosenBy.ASKED, (named.id,), None, None, None)
        choice = self._chosen(programs, decision)
        if isinstance(choice, VersionChoice):
            return choice
        stated = self.sheet.statements.get(choice)
        at = stated.span if stated is not None else self.sheet.span
        derived = any(choice in program.history.derived for program in programs)
        may_follow = derived and bool(self.sheet.events)
        asked = next(p.decisions[decision] for p in programs if decision in p.decisions)
        fact = programs[0].vocabulary.facts.get(choice)
        self.diagnostics.append(no_day(asked, fact, at, may_follow=may_follow))
        return None

    def _verdict(
        self, programs: Mapping[Ref, Program], choice: VersionChoice, decision: str
    ) -> DecisionVerdict | None:
        treating = [p.decisions[decision] for p in programs.values() if decision in p.decisions]
        blank = DecisionVerdict(
            choice=choice,
            decision=decision,
            asks=treating[-1].asks,
            sheet=self.sheet,
            vocabulary=self.vocabulary,
            on=self.question.on,
            answer=Answer(None, (), None, Basis.UNAVAILABLE, (), (), ()),
            chosen=dict(self.question.readings),
            parameters=dict(self.question.parameters),
            strict=self.question.strict,
            assumptions=tuple(self._assumptions(choice, None, decision)),
            engine=__version__,
            policies=self.library.found,
        )
        by_id = {program.id: (ref, program) for ref, program in programs.items()}
        candidates = [by_id[id] for id in choice.versions]
        if choice.chosen_by in (ChosenBy.NONE, ChosenBy.SILENT):
            return blank
        if choice.chosen_by is ChosenBy.SEVERAL:
            return self._several(blank, candidates)
        ((ref, program),) = candidates
        return self._under(blank, ref, program)

    def _several(
        self, blank: DecisionVerdict, candidates: Sequence[tuple[Ref, Program]]
    ) -> DecisionVerdict | None:
        """Answer under each version that may govern; they decide only where all agree."""
        each: list[DecisionVerdict] = []
        for ref, program in candidates:
            if blank.decision in program.decisions:
                how = self._how_supposed(program, blank.choice)
                part = replace(
                    blank.choice, chosen_by=how, versions=(program.id,), basis=Basis.ASSUMED
                )
                one = self._under(replace(blank, choice=part), ref, program, supposed=True)
                if one is None:
                    return None
                each.append(one)
        given, settled = join_answers(
            each,
            [program for _, program in candidates],
            blank.choice,
            self.values,
            strict=self.question.strict,
            settling=self.question.thorough,
        )
        depending = {one.reading.id: one for verdict in each for one in verdict.readings}
        causing = {one.reading.id: one for verdict in each for one in verdict.effect_readings}
        return replace(
            blank,
            answer=given,
            readings=tuple(depending.values()),
            effect_readings=tuple(causing.values()) if given.outcome is not None else (),
            all_combined=all(verdict.all_combined for verdict in each),
            settled_by=settled,
            alternatives=tuple(each),
        )

    def _how_supposed(self, program: Program, choice: VersionChoice) -> ChosenBy:
        """Return how a version may govern that is one of several."""
        assert program.in_force is not None  # INVARIANT: only dated versions are candidates
        assert choice.day is not None  # INVARIANT: a day leaves several versions
        how = how_in_force(program.in_force, choice.day)
        return ChosenBy.PARTLY if how is ChosenBy.IN_FORCE else how

    def _under(
        self, blank: DecisionVerdict, ref: Ref, written: Program, *, supposed: bool = False
    ) -> DecisionVerdict | None:
        """Answer under one version, and try what the other readings would give.

        `supposed` is for a version that is looked at as one of several that may govern.
        None where what the question chooses does not fit the version.
        """
        strict, decision, choice = self.question.strict, blank.decision, blank.choice
        trial = self._trial(ref, written, decision)
        program = trial.chosen_program() if trial is not None else None
        if trial is None or program is None:
            return None
        if program.in_force != written.in_force:  # another version's reading may have dated it
            program = replace(program, in_force=written.in_force)
        wrong = [
            d for _, d in contradictions(program, self.fact_base.stated.statements, decision)
        ]
        self.diagnostics += wrong
        if has_errors(wrong):
            return None
        known = self._known(program, decision)
        testimony = known.testimony
        given = answer(
            program,
            known.values,
            decision,
            strict=strict,
            origins=known.origins,
            testimony=testimony,
            rest=self.library.rest_days,
        )
        unfit = contradicted(given, testimony, decision)
        if unfit is not None:
            self.diagnostics.append(unfit)
            return None
        settled: SettlingSets = ()
        if self.question.thorough:
            settled = settled_by(
                program, known.values, decision, given, strict=strict, testimony=testimony
            )
        if (
            choice.chosen_by in (ChosenBy.START_IN_DOUBT, ChosenBy.IN_DOUBT, ChosenBy.PARTLY)
            and not supposed
        ):
            if strict:
                given, settled = without_force(program, decision, given), ()
                trial = replace(trial, readings=())
            given = replace(given, missing=(_in_force(program, choice), *given.missing))
        found = tuple(trial.dependences(given))
        dependences = tuple(one for one in found if not one.effects_only)
        together, all_tried = trial.combined(given)
        untried = trial.untried()
        doubtful = {option.partition("=")[0] for option in untried}
        readings = [one.reading for one in dependences]
        readings += [reading for reading in trial.readings if reading.id in doubtful]
        basis = weakest((given.basis, *(reading.basis for reading in readings)))
        return replace(
            blank,
            asks=program.decisions[decision].asks,
            answer=replace(given, basis=basis, effects=_as_read(given, found)),
            assumptions=tuple(self._assumptions(choice, program, decision)),
            program=program,
            rules=self.library.digests([ref]),
            derived=known.derived,
            testimony=testimony,
            calendars=calendars_of(self.library, self.fact_base.programs),
            bars=known.bars(self.fact_base.governing_day(program, decision, self.values))
            if known.position
            else None,
            touching=self._touching(trial, program),
            readings=dependences,
            effect_readings=tuple(one for one in found if one.effects_only),
            combinations=together,
            all_combined=all_tried,
            untried=untried,
            settled_by=settled,
        )

    def _touching(self, trial: Trial, program: Program) -> tuple[str, ...]:
        """Return the readings that touch a decision; untried, those of the text as chosen."""
        if self.question.thorough:
            return tuple(reading.id for reading in trial.readings)
        found = program.readings_of(trial.decision)
        found += program.readings_of_time() if trial.of_time else ()
        return tuple(reading.id for reading in found)

    def _known(self, program: Program, decision: str) -> KnownFacts:
        """Return what is known under a version on the day that governs a decision."""
        return self.fact_base.for_decision(program, decision, self.values)

    def _rests_on_time(self, program: Program, decision: str) -> bool:
        """Tell whether a decision rests on what follows from the events of the sheet."""
        return self.fact_base.tells_of_events and program.rests_on_time(decision)

    def _trial(self, ref: Ref, written: Program, decision: str) -> Trial | None:
        """Return the trial of what the question chooses; None where that does not hold."""
        readings = tuple(
            (name, option)
            for name, option in self.versions.options(written).items()
            if name in written.readings or name not in self.of_times
        )
        choices = read_choices(written, readings, self.question.parameters)
        self.diagnostics += choices.diagnostics
        if choices.value is None:
            return None
        trial = Trial(
            library=self.library,
            ref=ref,
            written=written,
            choices=choices.value,
            known=lambda read: ((one := self._known(read, decision)).values, one.testimony),
            decision=decision,
            strict=self.question.strict,
            readings=(),
            of_time=self._rests_on_time(written, decision),
            rest=self.library.rest_days,
        )
        if self.question.thorough:
            trial = replace(trial, readings=trial.reaching())
        self.diagnostics += [d for d in trial.faults() if has_errors((d,))]
        return trial

    def _assumptions(
        self, choice: VersionChoice, program: Program | None, decision: str
    ) -> Iterator[Assumption]:
        on = self.question.on
        if program is not None:
            named = program.decisions[decision].governed_by
            if choice.day is not None and choice.fact is None and named is not None:
                yield Assumption(AssumptionKind.DAY_SUBSTITUTED, named, choice.day)
        later = choice.day is not None and on is not None and choice.day.earliest > on
        if choice.fact is not None and later:
            yield Assumption(AssumptionKind.LATER, choice.fact, choice.day)
        if program is not None and (doubt := doubt_of(program, choice.chosen_by)) is not None:
            yield doubt
        if choice.chosen_by is ChosenBy.PARTLY:
            yield Assumption(AssumptionKind.WITHIN, choice.versions[0], choice.day)
        if on is None:
            yield Assumption(AssumptionKind.NO_DAY, "")
        reach = program.reach(decision) if program is not None else frozenset()
        for name in sorted(self.fact_base.stated.unseen):  # however the sheet is written
            if EntryKey(EntryKind.FACT, name) in reach:
                yield Assumption(AssumptionKind.NOT_SEEN, name, self.sheet.statements[name].on)
        if program is not None:
            origin = program.decisions[decision].origin
            if origin.carried_from is not None:
                yield Assumption(AssumptionKind.CARRIED_OVER, origin.carried_from)


def _in_force(program: Program, choice: VersionChoice) -> Missing:
    """Return what would tell whether a version governs: its end, or the day itself."""
    if choice.chosen_by is ChosenBy.PARTLY and choice.fact is not None:
        return Missing(MissingKind.FACT, FactPath(choice.fact))
    return Missing(MissingKind.TEXT, program.id, doubt_of(program, choice.chosen_by))


def _as_read(given: Answer, found: Sequence[Dependence]) -> tuple[Consequence, ...]:
    """Return what an outcome causes, as firmly as the readings that decide it."""
    return tuple(
        replace(one, origin=replace(one.origin, basis=weakest((one.origin.basis, *bases))))
        for one in given.effects
        for bases in [[d.reading.basis for d in found if d.effects_only and _depends(one, d)]]
    )


def _depends(caused: Consequence, dependence: Dependence) -> bool:
    """Tell whether a consequence is another, or none, by an option of a reading."""
    held = caused.effect, caused.since, caused.until
    return any(
        held not in [(one.effect, one.since, one.until) for one in other.effects]
        for other in dependence.others.values()
    )
