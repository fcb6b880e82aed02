"""The verdict on a sheet: which version governs, what it answers, what other readings give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version as package_version

from ipcity_policy.engines.governing import choose_version
from ipcity_policy.engines.interpreter import answer
from ipcity_policy.engines.settling import settled_by
from ipcity_policy.engines.trials import Trial
from ipcity_policy.engines.verdict import (
    Answer,
    Assumption,
    AssumptionKind,
    How,
    Missing,
    MissingKind,
    Reason,
    Verdict,
    VersionChoice,
)
from ipcity_policy.lang.datatypes import SetType
from ipcity_policy.lang.values import Dates, Value
from ipcity_policy.measure.library import Library
from ipcity_policy.measure.model import Basis, Patch, Program, weakest
from ipcity_policy.measure.ref import Ref
from ipcity_policy.measure.sheet import Sheet
from ipcity_policy.text import document
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    did_you_mean,
    has_errors,
    in_order,
)
from ipcity_policy.text.document import Node, Scalar
from ipcity_policy.text.source import Source, Span


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


def evaluate_sheet(
    library: Library, sheet: Sheet, question: Question
) -> Result[tuple[Verdict, ...]]:
    """Answer a question about a sheet, one verdict a decision."""
    return _Evaluation(library, sheet, question).verdicts()


class _Evaluation:
    def __init__(self, library: Library, sheet: Sheet, question: Question) -> None:
        self.library = library
        self.sheet = sheet
        self.question = question
        self.diagnostics: list[Diagnostic] = []
        home = library.measure(sheet.measure)
        vocabulary = library.vocabulary(home).value if home is not None else None
        assert home is not None  # INVARIANT: a sheet is read with its measure's vocabulary
        assert vocabulary is not None
        self.home, self.vocabulary = home, vocabulary
        self.values, self.unseen = known_on(sheet, question.on)

    def verdicts(self) -> Result[tuple[Verdict, ...]]:
        """Return one verdict for each decision that is asked."""
        asked = self._asked_version()
        if self.question.version is not None and asked is None:
            return Result(None, in_order(self.diagnostics))
        refs = (asked,) if asked is not None else self.library.versions(self.home)
        programs: dict[Ref, Program] = {}
        for ref in refs:
            result = self.library.program(ref)
            self.diagnostics += [d for d in result.diagnostics if has_errors((d,))]
            if result.value is not None:
                programs[ref] = result.value
        programs = dict(sorted(programs.items(), key=lambda pair: _age(pair[1])))
        decisions = list(dict.fromkeys(name for p in programs.values() for name in p.decisions))
        if self.question.decision is not None:
            if self.question.decision not in decisions and programs:
                self._say_unknown("decision", self.question.decision, decisions, "--decision")
            decisions = [name for name in decisions if name == self.question.decision]
        found: list[Verdict] = []
        for decision in decisions:
            choice = self._choice(asked, tuple(programs.values()), decision)
            if choice is not None:
                found.append(self._verdict(programs, choice, decision))
        return Result(tuple(found) or None, in_order(self.diagnostics))

    def _asked_version(self) -> Ref | None:
        name = self.question.version
        if name is None:
            return None
        ref = self.library.find(name, self.sheet.measure)
        if ref is None:
            self._say_unknown("version", name, self.library.names(), "--version")
        elif ref.measure_id != self.sheet.measure:
            self.diagnostics.append(
                diagnose(
                    "M101",
                    f"`{ref.id}` is no version of `{self.sheet.measure}`, which the "
                    "sheet is for",
                    _option("--version", name).span,
                )
            )
            return None
        return ref

    def _choice(
        self, asked: Ref | None, programs: Sequence[Program], decision: str
    ) -> VersionChoice | None:
        if asked is not None:
            return VersionChoice(How.ASKED, (asked.id,), None, None, None)
        choice = choose_version(programs, self.values, self.question.on, decision)
        if isinstance(choice, VersionChoice):
            return choice
        wanted = f"`{choice}`" if choice else "a day"
        self.diagnostics.append(
            diagnose(
                "F107",
                f"the sheet does not state {wanted}, so that no version can be chosen for "
                f"`{decision}`",
                self.sheet.span,
                help="state it, or give the day with --on or a version with --version",
            )
        )
        return None

    def _verdict(
        self, programs: Mapping[Ref, Program], choice: VersionChoice, decision: str
    ) -> Verdict:
        by_id = {program.id: (ref, program) for ref, program in programs.items()}
        if choice.how is How.SEVERAL:
            each = tuple(
                self._verdict(
                    programs, replace(choice, how=How.IN_FORCE, versions=(id,)), decision
                )
                for id in choice.versions
                if decision in by_id[id][1].decisions
            )
            outcomes = {verdict.outcome for verdict in each}
            outcome = outcomes.pop() if len(outcomes) == 1 and len(each) > 1 else None
            possible = tuple(dict.fromkeys(o for verdict in each for o in verdict.possible))
            basis = weakest(verdict.basis for verdict in each)
            given = Answer(outcome, possible, None, basis, (), (), ())
            return self._without_program(programs, choice, decision, given, each)
        if choice.how in (How.NONE, How.SILENT):
            nothing = Answer(None, (), None, Basis.UNAVAILABLE, (), (), ())
            return self._without_program(programs, choice, decision, nothing, ())
        ref, program = by_id[choice.versions[0]]
        return self._under(ref, program, choice, decision)

    def _without_program(
        self,
        programs: Mapping[Ref, Program],
        choice: VersionChoice,
        decision: str,
        given: Answer,
        each: tuple[Verdict, ...],
    ) -> Verdict:
        asks = [
            p.decisions[decision].asks for p in programs.values() if decision in p.decisions
        ]
        return Verdict(
            program=None,
            choice=choice,
            decision=decision,
            asks=asks[-1],
            sheet=self.sheet,
            vocabulary=self.vocabulary,
            on=self.question.on,
            answer=given,
            readings=(),
            combinations=(),
            all_combined=True,
            chosen=dict(self.question.readings),
            parameters=dict(self.question.parameters),
            strict=self.question.strict,
            assumptions=tuple(self._assumptions(choice, None, "")),
            settled_by=(),
            alternatives=each,
            rules_digest=None,
            engine=package_version("ipcity-policy"),
            policies=self.library.found,
        )

    def _under(
        self, ref: Ref, program: Program, choice: VersionChoice, decision: str
    ) -> Verdict:
        """Answer under one version, and try what the other readings would give."""
        settings = self._settings(program)
        chosen = self._chosen(program)
        trial = Trial(
            self.library,
            ref,
            program,
            settings,
            chosen,
            self.values,
            decision,
            strict=self.question.strict,
        )
        base_program = self._patched(trial)
        doubtful = choice.how in (How.IN_DOUBT, How.PARTLY)
        strict_doubt = self.question.strict and doubtful
        given = answer(base_program, self.values, decision, strict=self.question.strict)
        if strict_doubt:
            given = _without_force(base_program, decision, given, choice)
        dependences = () if strict_doubt else tuple(trial.dependences(given))
        together, all_tried = ((), True) if strict_doubt else trial.combined(given)
        basis = weakest((given.basis, *(d.reading.basis for d in dependences)))
        return Verdict(
            program=base_program,
            choice=choice,
            decision=decision,
            asks=base_program.decisions[decision].asks,
            sheet=self.sheet,
            vocabulary=self.vocabulary,
            on=self.question.on,
            answer=replace(given, basis=basis),
            readings=dependences,
            combinations=together,
            all_combined=all_tried,
            chosen=chosen,
            parameters=dict(self.question.parameters),
            strict=self.question.strict,
            assumptions=tuple(self._assumptions(choice, base_program, decision)),
            settled_by=settled_by(
                base_program, self.values, decision, given, strict=self.question.strict
            ),
            alternatives=(),
            rules_digest=self.library.digest(ref),
            engine=package_version("ipcity-policy"),
            policies=self.library.found,
        )

    def _patched(self, trial: Trial) -> Program:
        result = trial.program(trial.chosen)
        if result.value is None:
            self.diagnostics += result.diagnostics
            return trial.base
        return result.value

    def _settings(self, program: Program) -> dict[str, Patch]:
        patches: dict[str, Patch] = {}
        for name, text in self.question.parameters:
            parameter = program.parameters.get(name)
            if parameter is None:
                self._say_unknown("parameter", name, program.parameters, "--set")
                continue
            value: Node = _option("--set", text)
            if isinstance(parameter.datatype, SetType):
                items = tuple(_option("--set", one.strip()) for one in text.split(","))
                value = document.Sequence(items, value.span)
            patches[f"set {name}={text}"] = Patch(
                {f"parameters.{name}": (value, value.span)}, {}, {}
            )
        return patches

    def _chosen(self, program: Program) -> dict[str, str]:
        chosen: dict[str, str] = {}
        for name, option in self.question.readings:
            reading = program.readings.get(name)
            if reading is None:
                self._say_unknown("reading", name, program.readings, "--reading")
            elif option not in reading.options:
                self._say_unknown("option", option, reading.options, "--reading")
            else:
                chosen[name] = option
        return chosen

    def _say_unknown(
        self, what: str, name: str, known: "Mapping[str, object] | Sequence[str]", option: str
    ) -> None:
        listed = ", ".join(f"`{one}`" for one in known)
        self.diagnostics.append(
            diagnose(
                "N101",
                f"there is no {what} `{name}`",
                _option(option, name).span,
                help=did_you_mean(name, known) or (f"there is {listed}" if listed else ""),
            )
        )

    def _assumptions(
        self, choice: VersionChoice, program: Program | None, decision: str
    ) -> Iterator[Assumption]:
        if program is not None:
            named = program.decisions[decision].governed_by
            if choice.day is not None and choice.fact is None and named is not None:
                yield Assumption(AssumptionKind.DAY_STANDS_IN, named, choice.day)
        if choice.how is How.IN_DOUBT and program is not None and program.in_force is not None:
            since = program.in_force.doubtful_from
            yield Assumption(AssumptionKind.END_IN_DOUBT, program.id, Dates(since, since))
        if choice.how is How.PARTLY:
            yield Assumption(AssumptionKind.WITHIN, choice.versions[0], choice.day)
        if self.question.on is None:
            yield Assumption(AssumptionKind.NO_DAY, "")
        reach = program.reach(decision) if program is not None else frozenset()
        for name in self.unseen:
            if ("fact", name) in reach:
                yield Assumption(AssumptionKind.NOT_SEEN, name, self.sheet.statements[name].on)
        if program is not None:
            origin = program.decisions[decision].origin
            if origin.carried_from is not None:
                yield Assumption(AssumptionKind.CARRIED_OVER, origin.carried_from)


def _age(program: Program) -> date:
    """Return the day a version came into force; a draft is younger than all."""
    return program.in_force.since if program.in_force is not None else date.max


def _without_force(
    program: Program, decision: str, given: Answer, choice: VersionChoice
) -> Answer:
    """Return an answer that decides nothing: it is not known whether the version governs."""
    missing = Missing(MissingKind.TEXT, program.id)
    if choice.how is How.PARTLY and choice.fact is not None:
        missing = Missing(MissingKind.FACT, choice.fact)
    return Answer(
        outcome=None,
        possible=tuple(row.outcome for row in program.decisions[decision].rows),
        fault=None,
        basis=Basis.UNAVAILABLE,
        reasons=tuple(map(_undecisive, given.reasons)),
        missing=(missing,),
        effects=(),
    )


def _undecisive(reason: Reason) -> Reason:
    because = tuple(map(_undecisive, reason.because))
    return replace(reason, decisive=False, because=because)


def known_on(sheet: Sheet, on: date | None) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Return what is known on a day, and the facts left out because they were stated later."""
    values: dict[str, Value] = {}
    unseen: list[str] = []
    for name, statement in sheet.statements.items():
        stated = statement.on
        if on is not None and stated is not None and (stated.high is None or stated.high > on):
            unseen.append(name)
        else:
            values[name] = statement.value
    return values, tuple(unseen)


def _option(name: str, text: str) -> Scalar:
    """Return the text of a command's option as a place that messages can quote."""
    source = Source(name, text)
    return Scalar(text, Span(source, 0, len(text)))
