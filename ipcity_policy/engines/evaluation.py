"""The verdict on a sheet: which version governs, what it answers, what other readings give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version as package_version
from itertools import combinations, product

from ipcity_policy.engines.interpreter import answer
from ipcity_policy.engines.settling import settled_by
from ipcity_policy.engines.verdict import (
    Answer,
    Assumption,
    AssumptionKind,
    Combination,
    Dependence,
    Given,
    How,
    Missing,
    MissingKind,
    Reason,
    Verdict,
    VersionChoice,
)
from ipcity_policy.lang.datatypes import SetType
from ipcity_policy.lang.values import Dates, Value
from ipcity_policy.measure.library import Library, Ref
from ipcity_policy.measure.model import Basis, Patch, Program, Reading, in_force_on, weakest
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

#: How many combinations of readings are tried in full; past it, only pairs are.
MAX_COMBINATIONS = 64


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
        decisions = list(dict.fromkeys(name for p in programs.values() for name in p.decisions))
        if self.question.decision is not None:
            if self.question.decision not in decisions and programs:
                self._say_unknown("decision", self.question.decision, decisions, "--decision")
            decisions = [name for name in decisions if name == self.question.decision]
        found: list[Verdict] = []
        for decision in decisions:
            choice = (
                self._as_asked(asked)
                if asked is not None
                else self._governing(programs, decision)
            )
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

    def _as_asked(self, ref: Ref) -> VersionChoice:
        return VersionChoice(How.ASKED, (ref.id,), None, None, None)

    def _governing(
        self, programs: Mapping[Ref, Program], decision: str
    ) -> VersionChoice | None:
        """Choose the version by the day that governs, each by its own account of that day."""
        candidates: list[Program] = []
        day: Dates | None = None
        fact: str | None = None
        treated = [p.decisions[decision] for p in programs.values() if decision in p.decisions]
        for program in programs.values():
            # A version that does not treat the question is asked by the newest that does.
            named = program.decisions.get(decision, treated[-1]).governed_by
            stated = self.values.get(named) if named is not None else None
            if isinstance(stated, Dates) and stated != Dates(date.min, date.max):
                when, source = stated, named
            elif self.question.on is not None:
                when, source = Dates(self.question.on, self.question.on), None
            else:
                wanted = f"`{named}`" if named else "a day"
                self.diagnostics.append(
                    diagnose(
                        "F107",
                        f"the sheet does not state {wanted}, so that no version can "
                        f"be chosen for `{decision}`",
                        self.sheet.span,
                        help="state it, or give the day with --on or a version with --version",
                    )
                )
                return None
            day, fact = when, source
            if (
                program.in_force is not None
                and in_force_on(program.in_force, when) is not False
            ):
                candidates.append(program)
        assert day is not None  # INVARIANT: a decision is known from some version
        if not candidates:
            return VersionChoice(How.NONE, (), day, fact, Basis.UNAVAILABLE)
        names = tuple(program.id for program in candidates)
        bases = [p.in_force.basis for p in candidates if p.in_force is not None]
        if len(candidates) > 1:
            return VersionChoice(How.SEVERAL, names, day, fact, weakest(bases))
        only = candidates[0]
        if decision not in only.decisions:
            return VersionChoice(How.SILENT, names, day, fact, weakest(bases))
        doubtful = only.in_force.doubtful_from if only.in_force else None
        if doubtful is not None and (day.high is None or day.high >= doubtful):
            return VersionChoice(How.IN_DOUBT, names, day, fact, Basis.ASSUMED)
        return VersionChoice(How.IN_FORCE, names, day, fact, weakest(bases))

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
        trial = _Trial(
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
        strict_doubt = self.question.strict and choice.how is How.IN_DOUBT
        given = answer(base_program, self.values, decision, strict=self.question.strict)
        if strict_doubt:
            given = _without_force(base_program, decision, given)
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

    def _patched(self, trial: "_Trial") -> Program:
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


@dataclass(frozen=True)
class _Trial:
    """Tries readings on one Program: each option is a patch, so that no engine knows it."""

    library: Library
    ref: Ref
    base: Program
    settings: Mapping[str, Patch]
    chosen: Mapping[str, str]
    values: Mapping[str, Value]
    decision: str
    strict: bool

    def program(self, options: Mapping[str, str]) -> Result[Program]:
        """Return the Program under some options."""
        patches = dict(self.settings)
        for name, option in options.items():
            patch = self.base.readings[name].options[option].patch
            if not patch.empty:
                patches[f"reading {name}={option}"] = patch
        return self.library.program(self.ref, patches) if patches else Result(self.base)

    def given(self, options: Mapping[str, str]) -> Given | None:
        """Return what some options give; None where they do not hold together."""
        program = self.program({**self.chosen, **options}).value
        if program is None:
            return None
        found = answer(program, self.values, self.decision, strict=self.strict)
        return Given(found.outcome, found.possible)

    def dependences(self, base: Answer) -> Iterator[Dependence]:
        """Yield the readings of which another option alone changes the answer."""
        same = Given(base.outcome, base.possible)
        for reading in self.base.readings_of(self.decision):
            others = {
                option: given
                for option in self._others(reading)
                if (given := self.given({reading.id: option})) is not None
            }
            if any(given != same for given in others.values()):
                yield Dependence(reading, self._now(reading), others)

    def combined(self, base: Answer) -> tuple[tuple[Combination, ...], bool]:
        """Return the smallest sets of options that only together change the answer."""
        readings = self.base.readings_of(self.decision)
        total = 1
        for reading in readings:
            total *= len(reading.options)
        sizes = range(2, len(readings) + 1) if total <= MAX_COMBINATIONS else range(2, 3)
        same = Given(base.outcome, base.possible)
        changing: list[set[tuple[str, str]]] = [
            {(reading.id, option)}
            for reading in readings
            for option in self._others(reading)
            if self.given({reading.id: option}) not in (same, None)
        ]
        found: list[Combination] = []
        for size in sizes:
            for group in combinations(readings, size):
                for options in product(*(self._others(reading) for reading in group)):
                    switched = {r.id: o for r, o in zip(group, options, strict=True)}
                    if any(smaller <= switched.items() for smaller in changing):
                        continue
                    given = self.given(switched)
                    if given is not None and given != same:
                        changing.append(set(switched.items()))
                        found.append(Combination(switched, given))
        return tuple(found), total <= MAX_COMBINATIONS

    def _now(self, reading: Reading) -> str:
        return self.chosen.get(reading.id, reading.default)

    def _others(self, reading: Reading) -> tuple[str, ...]:
        return tuple(option for option in reading.options if option != self._now(reading))


def _without_force(program: Program, decision: str, given: Answer) -> Answer:
    """Return an answer that decides nothing: it is not known whether the version governs."""
    rows = program.decisions[decision].rows
    return Answer(
        outcome=None,
        possible=tuple(row.outcome for row in rows),
        fault=None,
        basis=Basis.UNAVAILABLE,
        reasons=tuple(map(_undecisive, given.reasons)),
        missing=(Missing(MissingKind.TEXT, program.id),),
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
